// The timeline: a dot per claim in a row per relation, those without a date counted.
if (CLAIMS.some((claim) => claim.given.e || claim.rows.some((row) => row.ke))) TABS.push({ id: "timeline", label: "Timeline", draw: () => drawTimeline(), resize: () => drawTimeline() });
const dayOf = (claim) => (S.clock === "so" ? claim.live.e : claim.live.rows.map((row) => row.ke).filter(Boolean).sort()[0] || "");
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
  const choice = el("p", { class: "tools" }, el("label", null, "A dot is a claim, at the day it was ", el("select", { "data-key": "clock", onchange: (event) => { S.clock = event.target.value; update({ legend: false }); } },
    [["said", "first said or printed"], ["so", "first so, as far as said"]].map(([value, words]) => el("option", { value, selected: value === S.clock }, words)))));
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
  const blank = [...rows.values()].filter((list) => !list.length).length;
  const names = [...RELS.values()].filter((t) => rows.has(t.id) && rows.get(t.id).length).sort((a, b) => rows.get(b.id).length - rows.get(a.id).length || (a.label < b.label ? -1 : 1));
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
  pane.replaceChildren(choice, el("p", { class: "note" }, `One column is ${bin === 1 ? "a month" : bin === 3 ? "a quarter" : bin < 12 ? "half a year" : many(bin / 12, "year")}. Full: asserted; hollow: less; broken rim: contested or denied. ${many(V.claims.length - all.length, "claim")} without a date${early1 ? `; ${early1} earlier ones stand in the first column` : ""}. ${blank ? `${many(blank, "relation")} without any date left out here. ` : ""}The table holds the same claims as text.`),
    svg("svg", { width: left + step * columns + 14, height: y + 8, role: "img", "aria-label": `Timeline of ${many(all.length, "dated claim")} in ${many(names.length, "relation")}` }, parts));
}
