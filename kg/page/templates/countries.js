// What the map tells by colour, for a relation that is chosen: countries are filled by what their bodies are said to do,
// places marked by whose they are. The ontology says by ranks which relations come first; else those that reach most.
const OUTLINE = read("kg-outline");
// Fine outlines are written in tenths.
if (OUTLINE) for (const iso of OUTLINE.fine) OUTLINE.own[iso] = OUTLINE.own[iso].replace(/-?\d+/g, (tenths) => tenths / 10);
const landOf = (node) => (node && node.iso && OUTLINE.own[node.iso] ? node.iso : "");
// Where some kinds stand for actors, only those stand on the map.
const mapped = (node) => ACTING.length === 0 || node.term.rank < OPT.asideRank;
const ACTING = NODES.filter((node) => node.where && node.term.rank < OPT.asideRank);
const spotted = (node) => !!node && !!node.where && mapped(node);
const bodyOf = (claim) => (claim.from && !claim.from.where ? landOf(claim.from) : "");
function fills() {
  const found = new Map();
  for (const claim of V.claims) {
    const reached = [bodyOf(claim), spotted(claim.to) && claim.from && claim.from !== claim.to ? claim.to.where.join() : ""].filter(Boolean);
    if (!reached.length || claim.rel.part === "cell" || claim.rel.part === "faint") continue;
    if (!found.has(claim.rel)) found.set(claim.rel, new Set());
    for (const one of reached) found.get(claim.rel).add(one);
  }
  return [...found].sort((a, b) => a[0].rank - b[0].rank || b[1].size - a[1].size || (a[0].id < b[0].id ? -1 : 1)).map(([rel]) => rel);
}
const fillNow = () => { const all = fills(); return S.fill === "-" ? null : all.find((rel) => rel.id === S.fill) || all[0] || null; };
function filledBy(rel) {
  const found = new Map();
  for (const claim of V.claims) {
    const iso = claim.rel === rel && bodyOf(claim);
    if (iso) found.set(iso, (found.get(iso) || []).concat(claim));
  }
  return found;
}
// Whose the located ends of a relation are: each end with the claims on it, each subject with its colour and its letter.
function ownersBy(rel) {
  const ends = new Map();
  const held = new Map();
  for (const claim of V.claims) {
    if (claim.rel !== rel || !spotted(claim.to) || !claim.from || claim.from === claim.to) continue;
    ends.set(claim.to, (ends.get(claim.to) || []).concat(claim));
    held.set(claim.from, (held.get(claim.from) || 0) + 1);
  }
  const order = [...held].sort((a, b) => b[1] - a[1] || a[0].i - b[0].i);
  const letters = new Set();
  const owners = new Map(order.slice(0, OPT.colours.length).map(([node, n], i) => {
    const letter = [...node.label.toUpperCase()].find((c) => /\p{L}/u.test(c) && !letters.has(c)) || "";
    letters.add(letter);
    return [node, { node, n, letter, colour: OPT.colours[i][isDark() ? 1 : 0] }];
  }));
  return { ends, owners, more: order.length - owners.size };
}
// The shares of a place: by owner the members it has, and how many of those are disputed.
function sharesOf(nodes, { ends, owners }) {
  const found = new Map();
  for (const node of nodes) {
    const claim = (ends.get(node) || [])[0];
    const owner = (claim && owners.get(claim.from)) || null;
    if (!found.has(owner)) found.set(owner, { owner, n: 0, loud: 0 });
    found.get(owner).n += 1;
    found.get(owner).loud += claim && ends.get(node).some((one) => loud(one.live)) ? 1 : 0;
  }
  return [...found.values()].sort((a, b) => !a.owner - !b.owner || b.n - a.n || (a.owner ? a.owner.node.i - b.owner.node.i : 0));
}
// The ring of a place: an arc for each owner, broken where a claim on it is contested or denied.
function ringOf(p, shares, unit) {
  const all = shares.reduce((sum, { n }) => sum + n, 0);
  const r = (p.r - 2.5) * unit;
  let begun = -Math.PI / 2;
  return shares.map(({ owner, n, loud: bad }) => {
    const turn = (2 * Math.PI * n) / all;
    const [a, b] = [begun, begun + Math.min(turn, 2 * Math.PI - 0.01)];
    begun += turn;
    const at = (angle) => `${p.x + r * Math.cos(angle)} ${p.y + r * Math.sin(angle)}`;
    return svg("path", { class: "share", d: `M${at(a)}A${r} ${r} 0 ${turn > Math.PI ? 1 : 0} 1 ${at(b)}`, fill: "none", stroke: owner ? owner.colour : "var(--field)", "stroke-width": 5 * unit, "stroke-dasharray": bad ? `${3 * unit} ${2 * unit}` : null });
  });
}
const lettersOf = (shares) => shares.map(({ owner }) => (owner ? owner.letter : "")).filter(Boolean).join("");
const sharesWords = (shares, rel) => shares.filter(({ owner }) => owner).map(({ owner, n, loud: bad }) => `${owner.node.label} ${rel.label} ${n}${bad ? ` (${bad} contested or denied)` : ""}`).join(", ");
function countries(unit) {
  const rel = fillNow();
  const found = rel ? filledBy(rel) : new Map();
  const colour = rel && ink(rel, isDark());
  const hatch = svg("pattern", { id: "hatch", width: 7 * unit, height: 7 * unit, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("rect", { width: 7 * unit, height: 7 * unit, fill: "var(--land)" }), svg("rect", { width: 3 * unit, height: 7 * unit, fill: colour || "none" }));
  return [svg("defs", null, hatch), Object.entries(OUTLINE.own).map(([iso, d]) => {
    const claims = found.get(iso);
    if (!claims) return svg("path", { d, class: "land", "stroke-width": 0.8 * unit });
    const words = `${countryName(iso)}: ${many(claims.length, "claim")} that a body of it ${rel.label}${claims.some((claim) => loud(claim.live)) ? ", some contested or denied" : ""}`;
    const go = () => pick(`k:${iso}`);
    return svg("path", { d, class: `country${S.sel === `k:${iso}` ? " on" : ""}`, "stroke-width": 0.8 * unit, fill: claims.some((claim) => loud(claim.live)) ? "url(#hatch)" : colour, "fill-opacity": 0.75, role: "button", tabindex: 0, "data-key": `country-${iso}`, "aria-label": words, onclick: go, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } } }, svg("title", null, words));
  })];
}
const countryName = (iso) => (NODES.find((node) => node.iso === iso && node.cell) || {}).cell || (NODES.find((node) => node.iso === iso) || { name: iso }).name;
function fillChoice() {
  const all = fills();
  if (!all.length) return "";
  const now = fillNow();
  return el("label", { class: "fill" }, "Who ", el("select", { "data-key": "fill", onchange: (event) => { S.fill = event.target.value; update({ legend: false }); } }, all.map((rel) => el("option", { value: rel.id, selected: rel === now }, rel.label)), el("option", { value: "-", selected: !now }, "(nothing)")));
}
function countryCard(iso) {
  const own = V.claims.filter((claim) => claim.from && !claim.from.where && claim.from.iso === iso && claim.rel.part !== "cell");
  const now = fillNow();
  own.sort((a, b) => (b.rel === now) - (a.rel === now) || loud(b.live) - loud(a.live) || (a.rel.label < b.rel.label ? -1 : 1) || a.i - b.i);
  return [el("p", { class: "kind" }, "country"), el("h2", null, countryName(iso)), el("p", { class: "when" }, `What its bodies are said to do: ${many(own.length, "claim")}.`), own.slice(0, 80).map((claim) => claimItem(claim))];
}
// What colours and letters mean, for the note of the map.
function ownersKey({ owners, more }, rel) {
  if (!owners.size) return "";
  return el("ul", { class: "owners" }, [...owners.values()].map(({ node, n, letter, colour }) => el("li", null, el("button", { type: "button", class: "row", "data-key": `owner-${node.id}`, onclick: () => pick(`n:${node.id}`) },
    svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", class: "icon", "aria-hidden": "true" }, svg("circle", { cx: 7, cy: 7, r: 4.5, fill: "none", stroke: colour, "stroke-width": 4 })), el("b", null, letter), ` ${node.label} `, el("span", { class: "count" }, n)))), more > 0 && el("li", null, `and ${many(more, "more")}, grey`));
}
