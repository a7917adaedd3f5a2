// What the lens changes: what fell, what turned, what now rests on one voice. Lists that open, ghosts in the picture.
const CHANGES = [
  ["fell", "Fell", "no source chosen puts it forward", (given, live) => given.v > 0 && (!live.rows.length || live.lost)],
  ["turned", "Turned", "its status is another now", (given, live) => live.rows.length > 0 && !live.lost && live.st !== given.st],
  ["alone", "Now rests on one voice", "more put it forward in the whole", (given, live) => live.rows.length > 0 && !live.lost && live.v === 1 && given.v > 1],
];
const changed = () => CHANGES.map(([id, title, words, is]) => [id, title, words, lensOn() ? CLAIMS.filter((claim) => is(claim.given, claim.live)) : []]);
const turn = ({ given, live }) => (live.rows.length && live.st !== given.st ? `${term(STATUSES, given.st).label} → ${term(STATUSES, live.st).label}` : live.rows.length && live.v !== given.v ? `${many(given.v, "voice")} → ${live.v}` : `${term(STATUSES, given.st).label} by ${many(given.v, "voice")} before`);
function changeSection() {
  if (!lensOn()) return "";
  const lists = changed();
  return el("section", { class: "group changes" }, el("h3", null, `What this lens changes`), el("p", { class: "when" }, `${lensTitle()}.`),
    lists.map(([id, title, words, claims]) => {
      claims.sort((a, b) => loud(b.given) - loud(a.given) || lighter(weightOf(a.given.rows), weightOf(b.given.rows)) || a.i - b.i);
      const box = el("details", { class: "claim", "data-change": id, open: false, ontoggle: () => { if (box.open && box.childElementCount === 1) box.append(el("ul", { class: "list" }, claims.slice(0, 200).map((claim) => el("li", null, el("button", { type: "button", class: "row", onclick: () => pick(`c:${claim.id}`) }, el("span", null, fullWords(claim)), el("small", null, turn(claim))))), claims.length > 200 && el("li", { class: "when" }, `and ${claims.length - 200} more`))); } },
        el("summary", null, el("span", { class: "who" }, title, el("span", { class: "count" }, claims.length.toLocaleString("en"))), el("span", { class: "chip" }, words)));
      return box;
    }));
}
// The lens in a few words, for the title.
function lensTitle() {
  const named = (dim, name) => (S.off[dim].size ? `without ${[...S.off[dim]].slice(0, 2).map(name).join(", ")}${S.off[dim].size > 2 ? ` and ${S.off[dim].size - 2} more` : ""}` : "");
  return [named("doc", (i) => DOCS[i].short || DOCS[i].title), named("voice", (i) => VOICES[i][1]), ...timeWords()].filter(Boolean).join("; ");
}
function showLens() {
  const words = lensOn() ? lensTitle() : "";
  $("lens").textContent = words;
  $("lens").hidden = !words;
  document.title = words ? `${REC.title} (${words})` : REC.title;
}
// Lines that are there without the lens and not through it.
const ghost = (claim) => claim.ghost;
function ghosts() {
  for (const claim of CLAIMS) claim.ghost = false;
  if (!lensOn()) return [];
  const left = (claim) => (V.mode === "dispute" ? loud(claim.given) && !(claim.shown && loud(claim.live)) : !claim.live.rows.length || claim.live.lost) && claim.given.v + claim.given.o > 0;
  const shown = CLAIMS.filter((claim) => left(claim) && claim.from && claim.from.on && claim.tip.on && claim.from !== claim.tip && !S.off.rel.has(claim.rel.id) && (claim.link || V.mode === "dispute"));
  for (const claim of shown) claim.ghost = true;
  return shown;
}
