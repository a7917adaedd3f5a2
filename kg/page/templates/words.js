// What is shown, in words: how much of the whole, what is held back, through which filters.
const CAVEAT = `Claims are what the documents say, not facts. Uncontested means that ${REC.lens ? "no source chosen" : "nobody in these documents"} opposes it, not that it is true.`;
const partOf = (n, all, word, words) => (n === all ? many(n, word, words) : `${n.toLocaleString("en")} of ${many(all, word, words)}`);

// How many are shown of how many: what is not shown is held back, filtered or without a claim that is left.
function statusLine() {
  const docs = new Set(V.claims.flatMap((claim) => claim.live.rows.map((row) => row.d))).size;
  const disputed = V.claims.filter((claim) => loud(claim.live)).length;
  const held = V.focus ? [...V.focus.keys()].filter((node) => node.on) : V.nodes;
  const acting = (node) => node.term.rank < OPT.asideRank;
  const [actors, others] = [NODES.filter(acting).length, NODES.length - NODES.filter(acting).length];
  const parts = [partOf(held.filter(acting).length, actors, "actor") + (others ? ` and ${partOf(held.filter((node) => !acting(node)).length, others, "other entity", "other entities")}` : ""), `${partOf(V.claims.length, CLAIMS.length, "claim")} (${V.lines.filter((claim) => !claim.ghost && !claim.apart).length.toLocaleString("en")} as lines) from ${many(docs, "document")}`, `${disputed.toLocaleString("en")} disputed`];
  if (V.nodes.length > BUDGET) parts.push(V.groups ? `folded into ${many(V.groups.length, "group")}` : `${V.drawn.length.toLocaleString("en")} of ${V.total.toLocaleString("en")} drawn`);
  if (REC.light) parts.push(`${many(REC.light, "claim")} that weigh less left out of this page`);
  if (REC.omitted) parts.push(`${many(REC.omitted, "entity", "entities")} left out of this page`);
  return parts.join(", ") + ".";
}

// The kinds that are switched off, at the start or by hand, and what that holds back.
function heldWords() {
  const kinds = [...KINDS.values()].filter((kind) => S.off.kind.has(kind.id) && NODES.some((node) => node.kind === kind.id)).sort((a, b) => (a.label < b.label ? -1 : 1));
  if (!kinds.length) return "";
  const disputed = V.held.filter((claim) => loud(claim.live)).length;
  return `${V.held.length ? many(V.held.length, "claim") : "no claim"} held back${disputed ? ` (${disputed.toLocaleString("en")} disputed)` : ""}: ${kinds.map((kind) => kind.label).join(", ")} off`;
}
// The clock that is set, in the words of the command's options.
function timeWords() {
  const out = [];
  if (S.asof) out.push(`true on ${S.asof}`);
  if (S.known) out.push(`known by ${S.known}`);
  if (S.from || S.to) out.push(`said or printed${S.from && ` from ${S.from}`}${S.to && ` to ${S.to}`}`);
  return out;
}
const sourcesOff = () => S.off.doc.size + S.off.voice.size > 0;
const lensWords = () => [sourcesOff() && "among the sources switched on", ...timeWords()].filter(Boolean).join(", ");
function filterWords() {
  const name = { rel: (id) => term(RELS, id).label, st: (id) => term(STATUSES, id).label, ba: (id) => term(BASES, id).label, doc: (i) => DOCS[i].short || DOCS[i].title, voice: (i) => VOICES[i][1] };
  const out = [heldWords()].filter(Boolean);
  for (const dim in name) {
    const off = [...S.off[dim]].map(name[dim]);
    if (off.length) out.push(`without ${OFF[dim]} ${off.slice(0, 6).join(", ")}${off.length > 6 ? ` and ${off.length - 6} more` : ""}`);
  }
  out.push(...timeWords());
  if (S.undated) out.push("undated too");
  if (V.undated.size) out.push(`${V.undated.size.toLocaleString("en")} undated left out`);
  if (V.focus) out.push(`within ${many(S.depth, "step")} of ${nameOf(S.focus)}`);
  return out.length ? `Filters: ${(REC.lens ? [`a choice of sources (${REC.lens})`, ...out] : out).join("; ")}.` : REC.lens ? `No filters on this choice of sources (${REC.lens}).` : "No filters.";
}
function cited() {
  const used = new Set(V.claims.flatMap((claim) => claim.live.rows.map((row) => row.d)));
  return DOCS.filter((doc, i) => used.has(i));
}
// What a file says of itself in each of its lines.
const footnoteHead = () => [`${REC.title}.`, statusLine(), filterWords(), REC.version && `Version ${REC.version}.`].filter(Boolean).join(" ");
function footnote() {
  const docs = cited().map((doc) => `${doc.title}${doc.date ? ` (${doc.date})` : ""}${doc.url ? ` <${doc.url}>` : ""}${doc.disputes ? " [disputed as a whole]" : ""}`);
  return [`${REC.title}${REC.version ? `, version ${REC.version}` : ""}.`, REC.filters && `The page holds: ${REC.filters}.`, statusLine(), filterWords(), CAVEAT, docs.length && `Documents: ${docs.join("; ")}.`, REC.licence && `Licence: ${REC.licence}.`].filter(Boolean).join(" ");
}
