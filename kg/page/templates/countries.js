// Countries filled by what their bodies are said to do: by a relation that is chosen, at first that of most countries.
const landOf = (node) => (node && node.iso && OUTLINE.own[node.iso] ? node.iso : "");
// The relations whose subjects belong to a country on the map, those first that reach most countries.
function fills() {
  const found = new Map();
  for (const claim of V.claims) {
    const iso = landOf(claim.from);
    if (!iso || claim.from.where || claim.rel.part === "cell" || claim.rel.part === "faint") continue;
    if (!found.has(claim.rel)) found.set(claim.rel, new Set());
    found.get(claim.rel).add(iso);
  }

  return [...found].sort((a, b) => b[1].size - a[1].size || (a[0].id < b[0].id ? -1 : 1)).map(([rel]) => rel);
}
const fillNow = () => { const all = fills(); return all.find((rel) => rel.id === S.fill) || all[0]; };
function filledBy(rel) {
  const found = new Map();
  for (const claim of V.claims) {
    const iso = claim.rel === rel && claim.from && !claim.from.where && landOf(claim.from);
    if (iso) found.set(iso, (found.get(iso) || []).concat(claim));
  }
  return found;
}
function countries(unit) {
  const rel = S.fill === "-" ? null : fillNow();
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
  const now = S.fill === "-" ? null : fillNow();
  return el("label", { class: "fill" }, "Countries whose bodies ", el("select", { "data-key": "fill", onchange: (event) => { S.fill = event.target.value; update({ legend: false }); } }, all.map((rel) => el("option", { value: rel.id, selected: rel === now }, rel.label)), el("option", { value: "-", selected: !now }, "nothing")));
}
function countryCard(iso) {
  const own = V.claims.filter((claim) => claim.from && !claim.from.where && claim.from.iso === iso && claim.rel.part !== "cell");
  const now = S.fill === "-" ? null : fillNow();
  own.sort((a, b) => (b.rel === now) - (a.rel === now) || loud(b.live) - loud(a.live) || (a.rel.label < b.rel.label ? -1 : 1) || a.i - b.i);
  return [el("p", { class: "kind" }, "country"), el("h2", null, countryName(iso)), el("p", { class: "when" }, `What its bodies are said to do: ${many(own.length, "claim")}.`), own.slice(0, 80).map((claim) => claimItem(claim))];
}
