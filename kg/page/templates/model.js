// The data of the page, what is set (S), and what follows from it (derive).
const $ = (id) => document.getElementById(id);
const read = (id) => ($(id) ? JSON.parse($(id).textContent) : null);
// Short words for the ids of claims and attestations, as the context has them.
const LONG = (text) => text.replaceAll('"id":"C:', '"id":"claim/').replaceAll('"id":"A:', '"id":"attestation/');
const REC = read("kg-record");
const OPT = REC.options;
const BUDGET = 800;

const PLAIN = { inverse: "", definition: "", symbol: "dot", colour: "#767676", colour_dark: "#A0A0A0", rank: 99, part: "", letter: "" };
const table = (terms) => new Map(terms.map((term) => [term.id, Object.assign({}, PLAIN, term)]));
const KINDS = table(REC.kinds);
const RELS = table(REC.relations);
const STATUSES = table(REC.statuses);
const BASES = table(REC.bases);
const term = (terms, id) => {
  if (!terms.has(id)) {
    terms.set(id, Object.assign({}, PLAIN, { id, label: id }));
  }
  return terms.get(id);
};
const DOCS = REC.documents;
for (const doc of DOCS) doc.short = doc.short || doc.title;
const DOC = new Map(DOCS.map((doc, i) => [doc.id, i]));
const VOICES = Object.assign(REC.voices, { [NOBODY]: ["", "no voice"] });
const VOICE = new Map(VOICES.map((voice, i) => [voice[0], i]));
// Texts have numbered marks in place of what the record says elsewhere.
const unmark = (text, parts) => text.replace(MARKED, (mark) => parts[REC.marks.indexOf(mark)]);
const MARKED = /[\u0001-\u0008\u000e-\u001f]/g;
const SIDE = REC.rule.sides;
const RULE = makeRule(REC.rule);
const distinct = (rows, sides, key) => new Set(rows.filter((row) => sides.includes(row.p)).map((row) => row[key])).size;

const LD = JSON.parse(LONG($("kg-data").textContent));
const NODES = LD["@graph"].filter((raw) => raw.kind).map((raw, i) => Object.assign({ aliases: [], state: "", lane: "", cell: "", local: "", text: "" }, raw, {
  i, label: raw.label || raw.name, narrow: raw.narrow ? REC.phrases[raw.narrow - 1] : "", facts: (raw.facts || []).map(([name, value]) => [REC.phrases[name], value]),
  term: term(KINDS, raw.kind), stop: !!(raw.stop || term(KINDS, raw.kind).stops), claims: [], next: [], degree: 0,
}));
const BY = new Map(NODES.map((node) => [node.id, node]));
function readClaim(raw, subject) {
  const [from, to] = [BY.get(subject), BY.get(raw.to)];
  const rel = term(RELS, raw.rel);
  const text = raw.o || (to ? to.name : "");
  const sentence = raw.s || `${from ? from.name : subject} ${rel.label} ${text}`;
  const clause = sentence.replace(/\.+$/, "");
  const rows = (raw.a || []).map((a) => {
    const row = Object.assign({ t: "", loc: "", g: "", per: "", said: "", r: [] }, readRow(a, REC.phrases), { p: a.p || SIDE[a.t] || "open", elsewhere: !!a.away, via: (a.via || []).map((n) => REC.phrases[n]), dig: a.dig ? REC.phrases[a.dig - 1] : "", bs: (a.bs || []).map((pair) => pair.map((n) => REC.phrases[n])) });
    row.s = unmark(REC.phrases[a.w || 0], [clause, clause.slice(0, 1).toLowerCase() + clause.slice(1), row.g, ...row.via, VOICES[row.v][1], row.loc, DOCS[row.d].title, row.per, row.said]);
    return row;
  });
  const n = (said, sides, key) => (said === undefined ? distinct(rows, sides, key) : Number(said));
  const sides = (ways) => RULE.sidesOf(rows.filter((row) => ways.includes(row.p)));
  return {
    id: raw.id, s: subject, o: raw.to || "", text, sentence, rel, from, to, out: raw.out || "", figure: !!raw.f, rows,
    stand: unmark(REC.phrases[raw.stand || 0] || "", [...new Set(rows.map((row) => VOICES[row.v][1]))]),
    given: { st: raw.st, ba: raw.ba, v: n(raw.nv, ["for", "open"], "v"), d: n(raw.nd, ["for", "open"], "d"), o: n(raw.no, ["against"], "v"), vs: raw.vs === undefined ? sides(["for", "open"]) : Number(raw.vs), os: raw.os === undefined ? sides(["against"]) : Number(raw.os), e: raw.e || "", l: raw.l || "", rows },
  };
}
// What a line to no actor ends at: a number, or the words of what is said.
const VALUE = { ...PLAIN, id: "", label: "value", symbol: "card", rank: 99 };
const valueOf = (claim) => ({ i: NODES.length + claim.i, id: `${claim.id}/value`, of: claim, name: claim.text, label: claim.text, kind: "", cell: "", lane: "", local: "", facts: [], aliases: [], term: VALUE, mark: { tie: "full", state: "" }, on: true, in: false, claims: [claim], next: [], degree: 1, size: 1 });
const CLAIMS = LD["@graph"].flatMap((raw) => (raw.c || []).map((claim) => readClaim(claim, raw.id)));
CLAIMS.forEach((claim, i) => { claim.i = i; });
const CLAIM = new Map(CLAIMS.map((claim) => [claim.id, claim]));
for (const claim of CLAIMS) {
  claim.link = !!(claim.from && claim.to && claim.from !== claim.to);
  claim.tip = claim.to || valueOf(claim);
  term(STATUSES, claim.given.st);
  term(BASES, claim.given.ba);
  if (claim.from) claim.from.claims.push(claim);
  if (claim.to && claim.to !== claim.from) claim.to.claims.push(claim);
}

// Hops of a path that no claim draws: what one only says of the other, records that may be one. They are no ties.
const APART = [...new Map(REC.paths.flatMap((path, n) => path.apart.map(([from, tip, kind]) => [`${from} ${tip}`, {
  id: `${kind} ${from} ${tip}`, i: CLAIMS.length, path: n + 1, apart: true, s: from, from: BY.get(from), tip: BY.get(tip), rows: [], sentence: "",
  rel: { ...PLAIN, id: kind, label: { speech: "spoke about", exchange: "spoke about each other", unsure: "may be the same as" }[kind], colour: "#5b6672", colour_dark: "#a3b0bd", symmetric: kind !== "speech" },
  live: { st: "Uncontested", ba: "Apart", rows: [1], v: 0 },
}]))).values()].filter(({ from, tip }) => from && tip);
APART.forEach((hop, i) => { hop.i += i; });

// ---------------------------------------------------------------- what is set
const ASIDE = [...KINDS.values()].filter((kind) => kind.rank >= OPT.asideRank).map((kind) => kind.id);
// A layout that chooses what it draws by itself holds back no kind.
const LIVE = new Set(OPT.layouts.filter((layout) => layout.live).map((layout) => layout.id));
const asideIn = (layout) => (ASIDE.length < KINDS.size && !LIVE.has(layout) ? ASIDE : []);
const fresh = (layout = OPT.start) => ({
  tab: "network", layout, all: "", at: "", step: REC.story.length ? "1" : "", by: "voice", order: "", sort: "", frame: "", fill: "", apart: "", view: "", sel: REC.highlight.length === 1 && BY.has(REC.highlight[0]) ? `n:${REC.highlight[0]}` : "", focus: "", depth: 1, chain: "", path: REC.paths.length ? "1" : "", asof: "", known: "", from: "", to: "", undated: "", dark: "", open: "", hold: !!REC.highlight.length && !REC.paths.length,
  off: { kind: new Set(asideIn(layout)), rel: new Set(), st: new Set(), ba: new Set(), doc: new Set(), voice: new Set() },
});
let S = fresh();
const OFF = { kind: "kind", rel: "relation", st: "status", ba: "basis", doc: "document", voice: "voice" };

// ---------------------------------------------------------------- what follows
const V = { undated: new Set(), held: [], claims: [], lines: [], nodes: [], drawn: [], counts: {}, focus: null, mode: "", total: 0, cut: 0 };

function derive() {
  const lens = lensOn();
  LENS = lensNow();
  V.undated = new Set();
  const counts = { kind: new Map(), rel: new Map(), st: new Map(), ba: new Map() };
  const add = (dim, key) => counts[dim].set(key, (counts[dim].get(key) || 0) + 1);
  for (const node of NODES) {
    node.on = !S.off.kind.has(node.kind);
    node.degree = 0;
    node.next = [];
    add("kind", node.kind);
  }
  V.claims = [];
  V.lines = [];
  V.held = [];
  for (const claim of CLAIMS) {
    claim.live = lens ? weigh(claim) : claim.given;
    claim.shown = claim.drawn = false;
    if (!claim.live.rows.length && claim.rows.length) continue;
    const miss = [];
    if (S.off.rel.has(claim.rel.id)) miss.push("rel");
    if (S.off.st.has(claim.live.st)) miss.push("st");
    if (S.off.ba.has(claim.live.ba)) miss.push("ba");
    if (aside(claim)) {
      if (!miss.length) V.held.push(claim);
      continue;
    }
    const keys = { rel: claim.rel.id, st: claim.live.st, ba: claim.live.ba };
    if (!miss.length) for (const dim in keys) add(dim, keys[dim]);
    else if (miss.length === 1) add(miss[0], keys[miss[0]]);
    if (miss.length) continue;
    claim.shown = true;
    V.claims.push(claim);
    if (!claim.link || !claim.from.on || !claim.to.on || claim.live.lost) continue;
    claim.drawn = true;
    V.lines.push(claim);
    for (const [a, b] of [[claim.from, claim.to], [claim.to, claim.from]]) {
      a.degree += 1;
      a.next.push([b, claim]);
    }
  }
  V.lines.push(...APART.filter(({ from, tip }) => from.on && tip.on));
  V.counts = counts;
  V.ghosts = 0;
  V.nodes = NODES.filter((node) => node.on);
  V.total = V.nodes.length;
  V.focus = S.focus && BY.has(S.focus) ? around(BY.get(S.focus), S.depth) : null;
  if (V.focus) V.claims = V.claims.filter(inFocus);
  for (const node of NODES) node.mark = markOf(node, lens);
  fold();
  recount();
  place();
}

// In a part of the picture the legend counts that part; the other tabs show all.
function recount() {
  if (!V.mode || (S.tab !== "network" && !V.focus)) return;
  const kinds = new Map([...V.counts.kind.keys()].map((kind) => [kind, 0]));
  for (const node of V.drawn) if (kinds.has(node.kind)) kinds.set(node.kind, kinds.get(node.kind) + 1);
  V.counts.kind = kinds;
  if (!V.focus) return;
  for (const [dim, key] of [["rel", (claim) => claim.rel.id], ["st", (claim) => claim.live.st], ["ba", (claim) => claim.live.ba]]) {
    V.counts[dim] = new Map();
    for (const claim of V.claims) V.counts[dim].set(key(claim), (V.counts[dim].get(key(claim)) || 0) + 1);
  }
}

// Held back by the kinds that are off: no end is drawn.
const aside = ({ from, to }) => !!from && !from.on && (to ? !to.on : from.term.rank < OPT.asideRank);

const inFocus = (claim) => {
  const [a, b] = [V.focus.get(claim.from), V.focus.get(claim.to)];
  if (a !== undefined && b !== undefined) return true;
  const near = a === undefined ? b : a;
  return near !== undefined && near < S.depth && !(claim.from && claim.to && claim.from.on && claim.to.on);
};

// Nodes within so many steps, with their distance.
function around(node, depth) {
  const found = new Map([[node, 0]]);
  for (const current of found.keys()) {
    const far = found.get(current);
    if (far < depth) for (const [other] of current.next) if (!found.has(other)) found.set(other, far + 1);
  }
  return found;
}

// Above the budget only what is opened, focused on or selected is drawn, the best linked first.
function fold() {
  V.groups = null;
  V.drawn = V.nodes;
  V.cut = 0;
  V.mode = modeNow();
  const gone = ghosts();
  V.ghosts = gone.length;
  V.lines = V.lines.concat(gone);
  if (V.mode) return part();
  for (const node of V.nodes) node.in = true;
  if (V.nodes.length <= BUDGET) return;
  const keep = new Set();
  const take = (nodes) => { for (const node of nodes) if (node.on && keep.size < BUDGET) keep.add(node); };
  const near = (node) => node.next.map((pair) => pair[0]);
  const { node, claim } = selected();
  if (node) take([node, ...near(node)]);
  if (claim && claim.link) take([claim.from, claim.to]);
  if (V.focus) take(V.focus.keys());
  else if (S.open) {
    // A group with half of the room for what its members are linked to: ties between groups show.
    const linked = (a, b) => b.degree - a.degree || a.i - b.i;
    const own = V.nodes.filter((other) => groupOf(other) === S.open).sort(linked).slice(0, BUDGET / 2);
    take(own);
    take([...new Set(own.flatMap(near))].sort(linked));
  }
  if (!keep.size) Object.assign(V, { groups: groups(), ties: groupTies() });
  for (const other of V.nodes) other.in = keep.has(other);
  V.drawn = V.nodes.filter((other) => other.in);
  V.lines = V.lines.filter((other) => other.from.in && other.to.in);
}

// How a symbol is filled: by what supports its lane, and by whether it is closed.
function markOf(node, lens) {
  let tie = "", closing = 0, held = 0, living = 0;
  for (const claim of node.claims) {
    const part = claim.rel.part;
    const alive = claim.live && claim.live.rows.length;
    if (alive) living += 1;
    if (part === "lane-member" && claim.to === node) {
      const now = !alive || claim.live.lost ? "none" : claim.live.st === "Uncontested" && claim.live.ba === "Asserted" ? "full"
        : claim.live.st === "Contested" || claim.live.st === "Denied" ? "contested" : "alleged";
      const order = ["none", "alleged", "contested", "full"];
      if (!tie || order.indexOf(now) > order.indexOf(tie)) tie = now;
    }
    if (((part === "closing" || part === "ordering") && claim.to === node) || (part === "closing-state" && claim.from === node)) {
      closing += 1;
      if (alive && !claim.live.lost) held += 1;
    }
  }
  const state = lens && closing && !held ? "" : node.state;
  // Under the source lens, what no source that is switched on speaks of is pale.
  if (lens && node.claims.length && !living) tie = "none";
  return { tie: tie || "full", state };
}

function selected() {
  if (S.sel.startsWith("n:")) return { node: BY.get(S.sel.slice(2)) };
  if (S.sel.startsWith("s:")) return { state: S.sel.slice(2) };
  if (S.sel.startsWith("c:")) return { claim: CLAIM.get(S.sel.slice(2)) };
  return {};
}
