// What is set, in the address after the hash, so that it can be sent and kept.
function toHash() {
  const p = new URLSearchParams();
  const base = fresh();
  for (const key of ["tab", "layout", "sel", "focus", "depth", "chain", "path", "asof", "known", "dark", "open"]) {
    if (String(S[key]) !== String(base[key])) p.set(key, S[key]);
  }
  for (const dim in OFF) {
    const flips = [...S.off[dim]].filter((id) => !base.off[dim].has(id)).concat([...base.off[dim]].filter((id) => !S.off[dim].has(id)));
    const name = dim === "doc" ? (i) => DOCS[i].id : dim === "voice" ? (i) => VOICES[i][0] : (id) => id;
    if (flips.length) p.set(dim, flips.map(name).join("\t"));
  }
  return p.toString();
}
function fromHash(text) {
  const p = new URLSearchParams(text.replace(/^#/, ""));
  const next = fresh();
  for (const key of ["tab", "layout", "sel", "focus", "chain", "path", "asof", "known", "dark", "open"]) if (p.has(key)) next[key] = p.get(key);
  if (!TABS.some(({ id }) => id === next.tab)) next.tab = "network";
  if (!OPT.layouts.some((layout) => layout.id === next.layout)) next.layout = OPT.start;
  if (!REC.paths[Number(next.path) - 1]) next.path = "";
  next.depth = Math.min(4, Math.max(1, parseInt(p.get("depth"), 10) || 1));
  for (const key of ["asof", "known"]) if (!/^\d{4}-\d\d-\d\d$/.test(next[key])) next[key] = "";
  for (const dim in OFF) {
    for (const id of (p.get(dim) || "").split("\t")) {
      if (!id) continue;
      let keys = [id];
      if (dim === "doc") keys = DOC.has(id) ? [DOC.get(id)] : [];
      if (dim === "voice") keys = VOICE.has(id) ? [VOICE.get(id)] : [];
      for (const key of keys) next.off[dim][next.off[dim].has(key) ? "delete" : "add"](key);
    }
  }
  S = next;
  // What is selected is drawn, even of a kind that starts switched off.
  const { node } = selected();
  if (node) S.off.kind.delete(node.kind);
}
