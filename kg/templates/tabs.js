// Map, timeline and table: the same selection and the same filters as the network.
const OUTLINE = read("kg-outline");
const TABS = [["network", "Network"]];
if (OUTLINE && NODES.some((node) => node.where)) TABS.push(["map", "Map"]);
if (CLAIMS.some((claim) => claim.e || claim.rows.some((row) => row.k))) TABS.push(["timeline", "Timeline"]);
TABS.push(["table", "Table"]);

// ---------------------------------------------------------------- map
const WORLD = [0, 0, 2000, 1040];
let frame = null;
function places() {
  const found = new Map();
  for (const node of V.nodes) {
    if (!node.where || (V.focus && !V.focus.has(node))) continue;
    const key = node.where.join(",");
    if (!found.has(key)) found.set(key, { key, x: node.where[0], y: node.where[1], name: node.where[2], nodes: [] });
    found.get(key).nodes.push(node);
  }
  return [...found.values()].sort((a, b) => b.nodes.length - a.nodes.length || (a.key < b.key ? -1 : 1));
}
function mapFrame(list, box) {
  const ratio = box.width / Math.max(1, box.height);
  let [x1, y1, x2, y2] = WORLD;
  if (list.length) {
    x1 = Math.min(...list.map((p) => p.x)) - 90;
    x2 = Math.max(...list.map((p) => p.x)) + 130;
    y1 = Math.min(...list.map((p) => p.y)) - 70;
    y2 = Math.max(...list.map((p) => p.y)) + 70;
  }
  const w = Math.max(x2 - x1, (y2 - y1) * ratio, 240);
  return [(x1 + x2) / 2 - w / 2, (y1 + y2) / 2 - w / ratio / 2, w, w / ratio];
}
function drawMap() {
  const pane = $("pane-map");
  const list = places();
  const box = pane.getBoundingClientRect();
  if (!frame) frame = mapFrame(list, box);
  const [fx, fy, fw] = frame;
  const unit = fw / Math.max(200, box.width);
  const drawing = svg("svg", { viewBox: frame.join(" "), role: "group", "aria-label": "Map of places, one symbol for each with the number of actors" },
    svg("path", { d: OUTLINE, class: "land", "stroke-width": 0.8 * unit }));
  const picked = selected().node;
  const taken = Taken();
  const sx = (x) => (x - fx) / unit;
  const sy = (y) => (y - fy) / unit;
  const spots = list.map((p) => Object.assign(p, { r: Math.min(26, 7 + 3.2 * Math.sqrt(p.nodes.length)), X: sx(p.x), Y: sy(p.y) }));
  for (const p of spots) taken.add([p.X - p.r, p.Y - p.r, p.X + p.r, p.Y + p.r, p.key]);
  const on = (p) => S.sel === `p:${p.key}` || (picked && p.nodes.includes(picked));
  for (const p of spots) {
    const shut = p.nodes.filter((node) => node.mark.state === "closed").length;
    const words = `${p.name}: ${many(p.nodes.length, "actor")}${shut ? `, ${shut} closed` : ""}`;
    const go = () => pick(p.nodes.length === 1 ? `n:${p.nodes[0].id}` : `p:${p.key}`);
    const mark = svg("g", { class: `site${on(p) ? " on" : ""}${shut === p.nodes.length ? " shut" : ""}`, role: "button", tabindex: 0, "aria-label": words, "data-key": `site-${p.key}`, onclick: go, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } } },
      svg("title", null, words),
      svg("circle", { cx: p.x, cy: p.y, r: p.r * unit, "stroke-width": (on(p) ? 3.4 : 1.4) * unit }),
      svg("text", { x: p.x, y: p.y + 4 * unit, "font-size": 11.5 * unit, "text-anchor": "middle" }, String(p.nodes.length)));
    drawing.append(mark);
  }
  for (const p of spots) {
    const size = measure(pen, p.name, `12px ${FONT}`);
    for (const [bx, by] of [[p.X + p.r + 3, p.Y - 6], [p.X - p.r - 3 - size, p.Y - 6], [p.X - size / 2, p.Y + p.r + 1], [p.X - size / 2, p.Y - p.r - 13]]) {
      const label = [bx, by, bx + size, by + 12, p.key];
      if (!taken.free(label, null)) continue;
      taken.add(label);
      drawing.append(svg("text", { class: "name", x: fx + bx * unit, y: fy + (by + 10) * unit, "font-size": 12 * unit, "stroke-width": 3 * unit, "aria-hidden": "true" }, p.name));
      break;
    }
  }
  let from = null;
  drawing.addEventListener("wheel", (event) => {
    event.preventDefault();
    const b = pane.getBoundingClientRect();
    zoomMap(Math.exp(event.deltaY * 0.002), (event.clientX - b.left) / b.width, (event.clientY - b.top) / b.height);
  }, { passive: false });
  drawing.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY, frame[0], frame[1]]; });
  drawing.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    frame[0] = from[2] - (event.clientX - from[0]) * unit;
    frame[1] = from[3] - (event.clientY - from[1]) * unit;
    drawing.setAttribute("viewBox", frame.join(" "));
  });
  const end = () => { if (from && (from[2] !== frame[0] || from[3] !== frame[1])) { from = null; drawMap(); } from = null; };
  drawing.addEventListener("pointerup", end);
  drawing.addEventListener("pointerleave", end);
  const counted = list.reduce((sum, p) => sum + p.nodes.length, 0);
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  pane.replaceChildren(drawing,
    el("div", { class: "zoom", role: "group", "aria-label": "Zoom of the map" }, [["+", "Zoom in", 0.7], ["−", "Zoom out", 1.4]].map(([sign, words, factor]) => el("button", { type: "button", "data-key": `map${sign}`, "aria-label": words, onclick: () => zoomMap(factor) }, sign)),
      el("button", { type: "button", "data-key": "map0", onclick: () => { frame = null; drawMap(); } }, "Fit")),
    el("p", { class: "note" }, `${many(counted, "actor")} at ${many(list.length, "place")}; ${many(V.nodes.length - counted, "actor")} without a place. A number is how many actors, pale: all closed. Borders: Natural Earth, no position taken.`));
  const again = held && [...pane.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
  if (again) again.focus();
}
function zoomMap(factor, px = 0.5, py = 0.5) {
  const w = Math.min(3000, Math.max(40, frame[2] * factor));
  const k = w / frame[2];
  frame = [frame[0] + frame[2] * px * (1 - k), frame[1] + frame[3] * py * (1 - k), w, frame[3] * k];
  drawMap();
}

// ---------------------------------------------------------------- timeline
let clock = "said";
const dayOf = (claim) => (clock === "so" ? claim.e : claim.live.rows.map((row) => row.k).filter(Boolean).sort()[0] || "");
function drawTimeline() {
  const pane = $("pane-timeline");
  const rows = new Map();
  const undated = new Map();
  for (const claim of V.claims) {
    const day = dayOf(claim);
    const key = claim.rel.id;
    if (!rows.has(key)) rows.set(key, []);
    if (day) rows.get(key).push([day, claim]);
    else undated.set(key, (undated.get(key) || 0) + 1);
  }
  const all = [...rows.values()].flat().map((pair) => pair[0]).sort();
  const choice = el("p", { class: "tools" }, el("label", null, "A dot is a claim, at the day it was ", el("select", { "data-key": "clock", onchange: (event) => { clock = event.target.value; drawTimeline(); } },
    [["said", "first said or printed"], ["so", "first so, as far as said"]].map(([value, words]) => el("option", { value, selected: value === clock }, words)))));
  if (!all.length) {
    pane.replaceChildren(choice, el("p", { class: "note" }, `None of ${many(V.claims.length, "claim")} shown has such a date.`));
    return;
  }
  const months = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  // The sheet begins where a hundredth of the claims lie before: one early date must not squeeze the rest.
  const early = months(all[Math.floor(all.length * 0.01)]);
  const [first, last] = [Math.max(early, months(all[all.length - 1]) - 60 * 12), months(all[all.length - 1])];
  const width = Math.max(360, pane.clientWidth - 36);
  const left = Math.min(190, width * 0.3);
  const span = last - first + 1;
  const bin = [1, 3, 6, 12, 60, 120].find((n) => Math.ceil(span / n) * 9 <= width - left) || 240;
  const base = Math.floor(first / bin) * bin;
  const columns = Math.floor((last - base) / bin) + 1;
  const step = Math.min(34, (width - left - 14) / columns);
  const parts = [];
  let y = 24;
  const names = [...RELS.values()].filter((t) => rows.has(t.id));
  const dark = isDark();
  for (const t of names) {
    const bins = new Map();
    for (const [day, claim] of rows.get(t.id)) {
      const at = Math.max(0, Math.floor((months(day) - base) / bin));
      if (!bins.has(at)) bins.set(at, []);
      bins.get(at).push(claim);
    }
    const most = Math.max(1, ...[...bins.values()].map((list) => list.length));
    const across = Math.max(1, Math.floor((step - 2) / 8));
    const deep = Math.ceil(most / across);
    const dots = deep <= 16;
    const high = dots ? deep * 8 + 14 : 110;
    const n = rows.get(t.id).length;
    const none = undated.get(t.id) || 0;
    parts.push(svg("line", { x1: left, x2: left + step * columns, y1: y + high, y2: y + high, class: "axis" }),
      svg("text", { x: 4, y: y + high - 12, class: "rel" }, t.label), svg("text", { x: 4, y: y + high + 1, class: "count" }, `${n} dated, ${none} not`));
    for (const [at, list] of bins) {
      list.sort((a, b) => (loud(a.live) ? 1 : 0) - (loud(b.live) ? 1 : 0) || a.i - b.i);
      if (!dots) {
        const tall = (list.length / most) * 96;
        const cut = (list.filter((claim) => !loud(claim.live)).length / most) * 96;
        parts.push(svg("rect", { x: left + at * step + 1, y: y + high - tall, width: step - 2, height: tall, fill: "none", stroke: ink(t, dark), "stroke-dasharray": "3 2" }, svg("title", null, many(list.length, "claim"))),
          svg("rect", { x: left + at * step + 1, y: y + high - cut, width: step - 2, height: cut, fill: ink(t, dark) }));
        continue;
      }
      list.forEach((claim, i) => {
        const [cx, cy] = [left + at * step + 5 + (i % across) * 8, y + high - 5 - Math.floor(i / across) * 8];
        const bad = loud(claim.live);
        parts.push(svg("circle", { cx, cy, r: S.sel === `c:${claim.id}` ? 5 : 3.2, class: S.sel === `c:${claim.id}` ? "dot on" : "dot", fill: bad || claim.live.ba !== "Asserted" ? "var(--ground)" : ink(t, dark), stroke: ink(t, dark), "stroke-width": 1.5, "stroke-dasharray": bad ? "2.2 1.6" : null, "data-claim": claim.id, onclick: () => pick(`c:${claim.id}`) },
          svg("title", null, `${claim.sentence} (${standing(claim)}; ${dayOf(claim)})`)));
      });
    }
    y += high + 14;
  }
  let lastTick = -99;
  for (let i = 0; i < columns; i++) {
    const month = base + i * bin;
    const [year, m] = [Math.floor(month / 12), month % 12];
    const x = left + i * step;
    if ((m === 0 || (bin > 1 && m < bin && m % 12 < bin) || columns < 14) && x - lastTick > 46) {
      parts.unshift(svg("line", { x1: x, x2: x, y1: 18, y2: y, class: "tick" }));
      parts.push(svg("text", { x: x + 2, y: 13, class: "count" }, bin >= 12 || m === 0 ? String(year) : `${year}-${String(m + 1).padStart(2, "0")}`));
      lastTick = x;
    }
  }
  const early1 = all.filter((day) => months(day) < base).length;
  pane.replaceChildren(choice, el("p", { class: "note" }, `One column is ${bin === 1 ? "a month" : bin === 3 ? "a quarter" : bin < 12 ? "half a year" : many(bin / 12, "year")}. Full: asserted; hollow: less; broken rim: contested or denied. ${many(V.claims.length - all.length, "claim")} without a date${early1 ? `; ${early1} earlier ones stand in the first column` : ""}. The table holds the same claims as text.`),
    svg("svg", { width: left + step * columns + 14, height: y + 8, role: "img", "aria-label": `Timeline of ${many(all.length, "dated claim")} in ${many(names.length, "relation")}` }, parts));
}

// ---------------------------------------------------------------- table
const COLUMNS = [
  ["Subject", (claim) => nameOf(claim.s)], ["Relation", (claim) => claim.rel.label], ["Object", (claim) => claim.text || nameOf(claim.o)],
  ["Status", (claim) => term(STATUSES, claim.live.st).label], ["Basis", (claim) => term(BASES, claim.live.ba).label],
  ["Voices", (claim) => claim.live.v], ["Documents", (claim) => claim.live.d], ["Against", (claim) => claim.live.o],
  ["From", (claim) => claim.e], ["To", (claim) => claim.l],
];
let sort = [0, 1];
let page = 0;
const PAGE = 1500;
function sorted() {
  const [at, way] = sort;
  const value = COLUMNS[at][1];
  const keyed = V.claims.map((claim) => [value(claim), claim]);
  const text = new Intl.Collator("en", { numeric: true });
  keyed.sort((a, b) => way * (typeof a[0] === "number" ? a[0] - b[0] : text.compare(a[0], b[0])) || a[1].i - b[1].i);
  return keyed.map((pair) => pair[1]);
}
function drawTable() {
  const pane = $("pane-table");
  const list = sorted();
  page = Math.min(page, Math.floor(Math.max(0, list.length - 1) / PAGE));
  const part = list.slice(page * PAGE, (page + 1) * PAGE);
  const head = el("tr", null, COLUMNS.map(([name], i) => el("th", { scope: "col", "aria-sort": sort[0] === i ? (sort[1] > 0 ? "ascending" : "descending") : null },
    el("button", { type: "button", "data-key": `sort-${i}`, onclick: () => { sort = [i, sort[0] === i ? -sort[1] : 1]; drawTable(); } }, name, el("span", { "aria-hidden": "true" }, sort[0] === i ? (sort[1] > 0 ? " ▲" : " ▼") : "")))));
  const actor = (node, words, claim) => (node ? el("button", { type: "button", class: "cell", onclick: () => pick(`n:${node.id}`) }, icon(node.term, node.mark || undefined), el("bdi", null, words)) : el("bdi", null, words));
  const body = el("tbody", null, part.map((claim) => el("tr", { class: S.sel === `c:${claim.id}` ? "on" : null, "data-claim": claim.id },
    el("td", null, actor(claim.from, nameOf(claim.s))), el("td", null, el("button", { type: "button", class: "cell rel", "aria-label": `Evidence: ${claim.sentence}`, onclick: () => pick(`c:${claim.id}`) }, claim.rel.label)),
    el("td", null, actor(claim.to, claim.text || nameOf(claim.o))), el("td", { class: `st ${claim.live.st.toLowerCase()}` }, lineOf(claim.live), COLUMNS[3][1](claim)), COLUMNS.slice(4).map((column, i) => el("td", { class: i && i < 4 ? "n" : null }, column[1](claim) || (i && i < 4 ? "0" : ""))))));
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  const pager = list.length > PAGE && el("p", { class: "tools" }, el("button", { type: "button", disabled: !page, onclick: () => { page -= 1; drawTable(); } }, "Earlier rows"), ` rows ${page * PAGE + 1} to ${page * PAGE + part.length} of ${list.length.toLocaleString("en")} `,
    el("button", { type: "button", disabled: (page + 1) * PAGE >= list.length, onclick: () => { page += 1; drawTable(); } }, "Later rows"));
  pane.replaceChildren(...[pager, el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of claims" },
    el("table", { "aria-rowcount": list.length + 1 }, el("caption", null, `${many(list.length, "claim")} shown. A row opens its evidence by its relation.`), el("thead", null, head), body))].filter(Boolean));
  const again = held && [...pane.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
  if (again) again.focus();
}
function markRow() {
  for (const row of $("pane-table").querySelectorAll("tr[data-claim]")) row.classList.toggle("on", S.sel === `c:${row.dataset.claim}`);
}
