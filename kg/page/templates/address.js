// What is set, in the address after the hash, so that it can be sent and kept.
const TIMES = { asof: "as-of", known: "known-by" };
// The first and the last day that a date of any precision means, as the command reads it; null if it is none.
function daysOf(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!found) return null;
  const [, year, month, day] = found;
  const days = (m) => new Date(Date.UTC(Number(year), Number(m), 0)).getUTCDate();
  if (month && (month < "01" || month > "12" || day === "00" || Number(day) > days(month))) return null;
  return [`${year}-${month || "01"}-${day || "01"}`, `${year}-${month || "12"}-${day || String(days(month || "12")).padStart(2, "0")}`];
}
function toHash() {
  const p = new URLSearchParams();
  const base = fresh(S.layout);
  for (const key of ["tab", "layout", "sel", "focus", "depth", "chain", "path", "asof", "known", "undated", "dark", "open", "all", "by", "order", "sort", "frame", "fill", "apart", "view", "at"]) {
    if (String(S[key]) !== String(key === "layout" ? OPT.start : base[key])) p.set(TIMES[key] || key, S[key]);
  }
  if (S.step) p.set("step", S.step);
  if (S.from || S.to) p.set("said", `${S.from}..${S.to}`);
  for (const dim in OFF) {
    const flips = [...S.off[dim]].filter((id) => !base.off[dim].has(id)).concat([...base.off[dim]].filter((id) => !S.off[dim].has(id)));
    const name = dim === "doc" ? (i) => DOCS[i].id : dim === "voice" ? (i) => VOICES[i][0] : (id) => id;
    if (flips.length) p.set(dim, flips.map(name).join("\t"));
  }
  return p.toString();
}
function fromHash(text) {
  const p = new URLSearchParams(text.replace(/^#/, ""));
  const layout = OPT.layouts.find(({ id }) => id === p.get("layout"));
  const next = fresh(layout ? layout.id : OPT.start);
  for (const key of ["tab", "sel", "focus", "chain", "path", "undated", "dark", "open", "all", "by", "order", "sort", "frame", "fill", "apart", "view", "at", "step"]) if (p.has(key)) next[key] = p.get(key);
  // By its name as an option, or as a keyword.
  const time = (name) => p.get(name) || p.get(name.replace("-", "_")) || "";
  for (const key in TIMES) next[key] = (daysOf(time(TIMES[key])) || ["", ""])[1];
  const [from, to] = (p.get("said") || "").split("..");
  next.from = (daysOf(from) || [""])[0];
  next.to = (daysOf(to === undefined ? from : to) || ["", ""])[1];
  if (!TABS.some(({ id }) => id === next.tab)) next.tab = "network";
  if (!p.has("step")) next.step = "";
  if (!STORY[Number(next.step) - 1]) next.step = "";
  if (!REC.paths[Number(next.path) - 1]) next.path = "";
  next.depth = Math.min(4, Math.max(1, parseInt(p.get("depth"), 10) || 1));
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
  frame = null;
  fromMoves(S.at);
  // What is selected is drawn, even of a kind that starts switched off.
  const { node } = selected();
  if (node) S.off.kind.delete(node.kind);
}
