// The stance matrix: disputed claims as rows, who speaks as columns, how they stand in the cells; as `kg matrix` has it.
const SIGN = { asserts: "+", alleges: "(+)", announces: "…", questions: "?", denies: "−", disputes: "(−)", retracts: "×" };
const STANCE = Object.keys(SIGN);
const BYS = [["voice", "voices"], ["document", "documents"]];
if (CLAIMS.some((claim) => claim.given.o)) TABS.push({ id: "matrix", label: "Matrix", draw: () => drawMatrix(), mark: () => markCells() });
const columnOf = { voice: (row) => VOICES[row.v][0], document: (row) => DOCS[row.d].id };
const columnName = (id, by) => (by === "document" ? (DOCS[DOC.get(id)] || { short: id }).short : (BY.get(id) || {}).label || (VOICES[VOICE.get(id)] || [id, id])[1]);

// What `kg matrix` answers: rows, the heaviest first, and columns, those with most cells first; pairs that meet on a claim.
function stances(by) {
  const own = (claim) => claim.live.rows.filter((row) => !row.elsewhere && (row.p !== "withdrawn" || row.t === "retracts"));
  const claims = [...V.claims, ...V.held].filter((claim) => claim.live.o).map((claim) => [weightOf(claim.live.rows.filter((row) => !row.elsewhere)), claim]);
  claims.sort((a, b) => lighter(a[0], b[0]) || (a[1].id < b[1].id ? -1 : 1));
  const sizes = new Map();
  const rows = claims.map(([, claim]) => {
    const cells = new Map();
    for (const row of own(claim)) {
      const id = columnOf[by](row);
      if (!cells.has(id)) cells.set(id, []);
      cells.get(id).push(row);
    }
    for (const [id, said] of cells) {
      said.sort((a, b) => STANCE.indexOf(a.t) - STANCE.indexOf(b.t));
      sizes.set(id, (sizes.get(id) || 0) + 1);
    }
    return { claim, cells };
  });
  // Voices of one side stand together.
  const shared = by === "voice" ? sharedSides(rows.flatMap(({ claim }) => own(claim))) : new Map();
  const order = [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const sides = [...new Set(order.map(([id]) => shared.get(id) || id))];
  const columns = order.map(([id]) => [sides.indexOf(shared.get(id) || id), id]).sort((a, b) => a[0] - b[0]).map(([, id]) => id);
  const against = new Map();
  for (const { cells } of rows) {
    const sides = [...cells].map(([id, said]) => [id, byNumber(said)]);
    for (const [a, one] of sides) {
      for (const [b, other] of sides) {
        if (![...one].some(([number, side]) => [...other].some(([again, against]) => sameNumber(number, again) && side !== against))) continue;
        if (!against.has(a)) against.set(a, new Map());
        against.get(a).set(b, (against.get(a).get(b) || 0) + 1);
      }
    }
  }
  return { by, rows, columns, against, shared };
}
// The side of each voice that shares one with another, or speaks for another (kg/model/parties.py).
function sharedSides(rows) {
  const may = new Map();
  for (const row of rows) {
    const voice = VOICES[row.v][0];
    if (voice) may.set(voice, new Set([...(may.get(voice) || []), ...(row.pt.length ? row.pt.map((v) => VOICES[v][0]) : [voice])]));
  }
  const alone = new Set([...may.values()].filter((names) => names.size === 1).flatMap((names) => [...names]));
  const found = new Map();
  let groups = [];
  for (const [voice, names] of may) {
    const near = [...names].filter((name) => alone.has(name)).sort();
    if (near.length) {
      found.set(voice, near[0]);
      continue;
    }
    const same = groups.filter((group) => [...names].some((name) => group.names.has(name)));
    groups = groups.filter((group) => !same.includes(group)).concat([{ voices: [voice, ...same.flatMap((group) => group.voices)], names: new Set([...names, ...same.flatMap((group) => [...group.names])]) }]);
  }
  for (const { voices, names } of groups) for (const voice of voices) found.set(voice, [...names].sort()[0]);
  const many = new Set([...found].filter(([voice, side]) => voice !== side).map(([, side]) => side));
  return new Map([...found].filter(([, side]) => many.has(side)));
}
function sideOfCell(said) {
  const sides = new Set(said.map((row) => SIDE[row.t]).filter((side) => side === "for" || side === "against"));
  return sides.size === 1 ? [...sides][0] : "";
}
// The side that a cell takes, for each number and unit in it: who gives another number has not spoken against it.
const measured = (row) => `${numberOf(row)} ${row.u || ""}`;
function byNumber(said) {
  const numbers = [...new Set(said.map(measured))];
  return new Map(numbers.map((number) => [number, sideOfCell(said.filter((row) => measured(row) === number))]).filter(([, side]) => side));
}
// A number without a unit is taken to be in the other's.
function sameNumber(one, other) {
  const [[a, unit], [b, again]] = [one, other].map((text) => [text.slice(0, text.indexOf(" ")), text.slice(text.indexOf(" ") + 1)]);
  return a === b && (!unit || !again || unit === again);
}
// Numbers as said, in signs or in words, as the command has them: “at most 7,000” is no 7,000.
const numberOf = (row) => row.num ?? (row.nlo === undefined ? "" : `${row.nlo}..${row.nhi}`);
const cellOf = (said, signs) => [...new Set(said.map((row) => [signs ? SIGN[row.t] : row.t, row.val].filter(Boolean).join(" ")))].join(" ");

let MATRIX = null;
function matrixRows(made) {
  if (!S.order) return made.rows;
  const rank = { for: 1, against: 0, "": 2 };
  const key = (row) => (S.order === "claim" ? row.claim.sentence : S.order === "status" ? row.claim.live.st : row.cells.has(S.order) ? rank[sideOfCell(row.cells.get(S.order))] : 3);
  return made.rows.map((row) => [key(row), row]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)).map(([, row]) => row);
}
function drawMatrix() {
  const pane = $("pane-matrix");
  const by = BYS.some(([name]) => name === S.by) ? S.by : "voice";
  MATRIX = stances(by);
  const { columns, against, shared } = MATRIX;
  const rows = matrixRows(MATRIX);
  const arrange = (key) => () => { S.order = S.order === key ? "" : key; update({ legend: false }); };
  const sorted = (key) => (S.order === key ? "ascending" : null);
  const opposes = (id) => [...(against.get(id) || [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const head = el("tr", null, el("th", { scope: "col", class: "corner", "aria-sort": sorted("claim") }, el("button", { type: "button", "data-key": "order-claim", onclick: arrange("claim") }, "Claim"), el("button", { type: "button", "data-key": "order-status", "aria-pressed": String(S.order === "status"), onclick: arrange("status") }, "by status")),
    columns.map((id) => {
      const met = opposes(id);
      const words = met.length ? `opposes ${met.map(([other, n]) => `${columnName(other, by)} ${n}`).join(", ")}` : "opposes none of them";
      return el("th", { scope: "col", "aria-sort": sorted(id), title: `${columnName(id, by)}: ${words}` }, el("button", { type: "button", "data-key": `order-${id}`, onclick: arrange(id) }, el("b", null, columnName(id, by)), el("span", { class: "unseen" }, `, ${words}`), el("small", { "aria-hidden": "true" }, met.length ? `✕ ${columnName(met[0][0], by)} ${met[0][1]}${met.length > 1 ? `, ${met.length - 1} more` : ""}` : "")));
    }));
  const sides = [];
  for (const id of columns) {
    const [side, last] = [shared.get(id), sides[sides.length - 1]];
    if (side && last && last.side === side) last.size += 1;
    else sides.push({ side, size: 1 });
  }
  const over = shared.size ? el("tr", { class: "sides" }, el("th", { scope: "row" }, "side"), sides.map(({ side, size }) => el("th", { scope: "colgroup", colspan: size }, side ? columnName(side, by) : ""))) : null;
  const body = rows.map(({ claim, cells }, r) => el("tr", { "data-claim": claim.id },
    el("th", { scope: "row" }, el("button", { type: "button", class: "cell", tabindex: -1, "data-at": `${r} -1`, onclick: () => pick(`c:${claim.id}`) }, el("span", { class: claim.live.st.toLowerCase() }, lineOf(claim.live)), el("bdi", { title: `${fullWords(claim)}: ${standing(claim)}` }, fullWords(claim)))),
    columns.map((id, c) => {
      const said = cells.get(id);
      if (!said) return el("td", null);
      const side = sideOfCell(said) || "other";
      return el("td", { class: side }, el("button", { type: "button", tabindex: -1, "data-at": `${r} ${c}`, "aria-label": `${columnName(id, by)} ${cellOf(said)}: ${fullWords(claim)}`, onclick: () => openPassage(claim, said[0]) }, cellOf(said, true)));
    })));
  const tools = el("p", { class: "tools" }, el("label", null, "Columns ", el("select", { "data-key": "by", onchange: (event) => { S.by = event.target.value; S.order = ""; update({ legend: false }); } }, BYS.map(([value, words]) => el("option", { value, selected: value === by }, words)))),
    el("button", { type: "button", "data-key": "order-weight", "aria-pressed": String(!S.order), onclick: () => { S.order = ""; update({ legend: false }); } }, "Heaviest first"),
    el("button", { type: "button", "data-key": "matrix-csv", onclick: saveMatrix }, "CSV of the matrix"),
    el("span", { class: "note" }, `${many(rows.length, "disputed claim")}, ${many(columns.length, by)}. + asserts, (+) alleges, … announces, ? questions, − denies, (−) disputes, × retracts. A cell opens its passage; a column's head sorts by it and says whom it opposes.`));
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  pane.replaceChildren(tools, el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Matrix of stances; arrow keys go from cell to cell" }, el("table", { class: "matrix" }, el("thead", null, over, head), el("tbody", null, body))));
  const scroll = pane.lastChild;
  scroll.addEventListener("keydown", walkCells);
  const first = scroll.querySelector("td button");
  if (first) first.tabIndex = 0;
  const again = held && [...pane.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
  if (again) again.focus();
  markCells();
}
// Arrow keys: the next cell that holds something, that way.
function walkCells(event) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const now = event.target.dataset && event.target.dataset.at;
  if (!step || !now) return;
  event.preventDefault();
  const [r, c] = now.split(" ").map(Number);
  const cells = [...$("pane-matrix").querySelectorAll("[data-at]")];
  const ahead = cells.map((cell) => [cell, ...cell.dataset.at.split(" ").map(Number)]).filter(([, y, x]) => (step[0] ? x === c && (y - r) * step[0] > 0 : y === r && (x - c) * step[1] > 0));
  ahead.sort((a, b) => Math.abs(a[1] - r) + Math.abs(a[2] - c) - Math.abs(b[1] - r) - Math.abs(b[2] - c));
  if (!ahead.length) return say("Nothing further that way");
  event.target.tabIndex = -1;
  ahead[0][0].tabIndex = 0;
  ahead[0][0].focus();
}
function markCells() {
  for (const row of $("pane-matrix").querySelectorAll("tr[data-claim]")) row.classList.toggle("on", S.sel === `c:${row.dataset.claim}`);
}
// A claim's card with one passage in view.
function openPassage(claim, row) {
  pick(`c:${claim.id}`);
  const item = $("card").querySelector(`[data-att="${row.id}"]`);
  if (!item) return;
  item.classList.add("found");
  item.scrollIntoView({ block: "center" });
}
function matrixText() {
  const made = stances(BYS.some(([name]) => name === S.by) ? S.by : "voice");
  const names = made.columns.map((id) => columnName(id, made.by));
  const told = names.map((name, i) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${made.columns[i]})`));
  const shown = footnoteHead();
  const lines = matrixRows(made).map(({ claim, cells }) => [claim.id, fullWords(claim), standing(claim), ...made.columns.map((id) => (cells.has(id) ? cellOf(cells.get(id)) : "")), shown]);
  return csvOf([["claim", "sentence", "standing", ...told, "shown"], ...lines]);
}
const saveMatrix = () => save(fileName("matrix.csv"), "text/csv;charset=utf-8", matrixText());
