// The table: every claim that is shown, sortable; the complete truth.
TABS.push({ id: "table", label: "Table", draw: () => drawTable(), mark: () => markRow() });
// The numbers that rows of some sides give, each once; what rows say besides, as a share; and all of a claim with what is opposed.
const rowsBy = (claim, ...sides) => (claim.live || claim.given).rows.filter((row) => sides.includes(row.p));
const valuesOf = (claim, ...sides) => [...new Set(rowsBy(claim, ...sides).filter((row) => row.val).map((row) => row.val))];
function besidesOf(rows) {
  const found = new Map();
  for (const [label, text] of rows.flatMap((row) => row.bs)) found.set(label, (found.get(label) || new Set()).add(text));
  const told = (texts) => `${texts.slice(0, 3).join(" / ")}${texts.length > 3 ? ` and ${texts.length - 3} more` : ""}`;
  return [...found].map(([label, texts]) => `${label} ${told([...texts])}`.trim()).join(", ");
}
const rejected = (text) => text && `opposed: ${text}`;
const valueWords = (claim) => [valuesOf(claim, "for", "open").join(" / "), besidesOf(rowsBy(claim, "for", "open")), ...valuesOf(claim, "against").map(rejected), rejected(besidesOf(rowsBy(claim, "against")))].filter(Boolean).join("; ");
// Words for a claim, with what those who put it forward say of it: the number of a figure, its qualities.
const withSaid = (words, claim) => {
  const values = claim.figure ? valuesOf(claim, "for", "open") : [];
  const more = [values.length < 4 && values.join(" / "), besidesOf(rowsBy(claim, "for", "open"))].filter(Boolean).join(", ");
  return more ? (words ? `${words} (${more})` : more) : words;
};
const fullWords = (claim) => withSaid(claim.sentence, claim);
const COLUMNS = [
  ["Subject", (claim) => nameOf(claim.s)], ["Relation", (claim) => claim.rel.label], ["Object", (claim) => claim.text || nameOf(claim.o)], ["Value", (claim) => valueWords(claim)],
  ["Status", (claim) => term(STATUSES, claim.live.st).label], ["Basis", (claim) => term(BASES, claim.live.ba).label],
  ["Voices", (claim) => claim.live.v], ["Docs", (claim) => claim.live.d], ["Against", (claim) => claim.live.o],
  ["From", (claim) => claim.live.e], ["To", (claim) => claim.live.l],
];
// The column and the way that it is sorted, as they stand in the address: 4 or -4.
const sortNow = () => { const at = parseInt(S.sort, 10) || 1; return [Math.min(COLUMNS.length, Math.abs(at)) - 1, at < 0 ? -1 : 1]; };
let page = 0;
const PAGE = 1500;
function sorted() {
  const [at, way] = sortNow();
  const value = COLUMNS[at][1];
  const keyed = V.claims.map((claim) => [value(claim), claim]);
  const text = new Intl.Collator("en", { numeric: true });
  keyed.sort((a, b) => way * (typeof a[0] === "number" ? a[0] - b[0] : text.compare(a[0], b[0])) || a[1].i - b[1].i);
  return keyed.map((pair) => pair[1]);
}
function drawTable() {
  const sort = sortNow();
  const pane = $("pane-table");
  const list = sorted();
  page = Math.min(page, Math.floor(Math.max(0, list.length - 1) / PAGE));
  const part = list.slice(page * PAGE, (page + 1) * PAGE);
  const head = el("tr", null, COLUMNS.map(([name], i) => el("th", { scope: "col", "aria-sort": sort[0] === i ? (sort[1] > 0 ? "ascending" : "descending") : null },
    el("button", { type: "button", "data-key": `sort-${i}`, onclick: () => { const way = sort[0] === i ? -sort[1] : 1; S.sort = i || way < 0 ? String(way * (i + 1)) : ""; update({ legend: false }); } }, name, el("span", { "aria-hidden": "true" }, sort[0] === i ? (sort[1] > 0 ? " ▲" : " ▼") : "")))));
  const actor = (node, words) => (node ? el("button", { type: "button", class: "cell", onclick: () => pick(`n:${node.id}`) }, icon(node.term, node.mark || undefined), el("bdi", { title: words.length > 60 ? words : null }, words)) : el("bdi", { title: words.length > 60 ? words : null }, words));
  const body = el("tbody", null, part.map((claim) => el("tr", { class: S.sel === `c:${claim.id}` ? "on" : null, "data-claim": claim.id },
    el("td", null, actor(claim.from, nameOf(claim.s))), el("td", null, el("button", { type: "button", class: "cell rel", "aria-label": `Evidence: ${fullWords(claim)}`, onclick: () => pick(`c:${claim.id}`) }, claim.rel.label)),
    el("td", null, actor(claim.to, claim.text || nameOf(claim.o))), el("td", null, valueWords(claim)), el("td", { class: `st ${claim.live.st.toLowerCase()}` }, lineOf(claim.live), COLUMNS[4][1](claim)), COLUMNS.slice(5).map((column, i) => el("td", { class: i && i < 4 ? "n" : null }, column[1](claim) || (i && i < 4 ? "0" : ""))))));
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  const pager = list.length > PAGE && el("p", { class: "tools" }, el("button", { type: "button", disabled: !page, onclick: () => { page -= 1; drawTable(); } }, "Earlier rows"), ` rows ${page * PAGE + 1} to ${page * PAGE + part.length} of ${list.length.toLocaleString("en")} `,
    el("button", { type: "button", disabled: (page + 1) * PAGE >= list.length, onclick: () => { page += 1; drawTable(); } }, "Later rows"));
  pane.replaceChildren(...[pager, el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of claims" },
    el("table", { "aria-rowcount": list.length + 1 }, el("caption", null, `${partOf(list.length, CLAIMS.length, "claim")} shown. ${filterWords()} A row opens its evidence by its relation.`), el("thead", null, head), body))].filter(Boolean));
  const again = held && [...pane.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
  if (again) again.focus();
  const row = pane.querySelector("tr.on");
  if (row && !again) row.scrollIntoView({ block: "center" });
}
function markRow() {
  for (const row of $("pane-table").querySelectorAll("tr[data-claim]")) row.classList.toggle("on", S.sel === `c:${row.dataset.claim}`);
}
