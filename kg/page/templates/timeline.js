// The timeline. Without a choice a row is an actor and a dot a claim; of an actor that is chosen each claim has a row
// of its own, in words: a bar for its period, ticks for when it was said or printed, denials below the line they answer.
if (CLAIMS.some((claim) => claim.given.e || claim.rows.some((row) => row.ke))) TABS.push({ id: "timeline", label: "Timeline", draw: () => drawTimeline(), resize: () => drawTimeline(), mark: () => drawTimeline() });
const monthsOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + (Number(day.slice(8, 10) || 1) - 1) / 31;
const saidOn = (row) => row.se || row.ke;
const knownOn = (claim) => claim.live.rows.map((row) => row.ke).filter(Boolean).sort()[0] || "";
// The day of a claim: when it was so, else when it was first known.
const dayOf = (claim) => claim.live.e || knownOn(claim);
const FIRST = 40;

// Whose claims have rows of their own: what is selected, else what the picture is laid around.
const ownRows = () => selected().node || (V.focus ? BY.get(S.focus) : null);
function scaleOf(days, width, left) {
  const all = days.map(monthsOf).sort((a, b) => a - b);
  // The sheet begins where a hundredth lie before: one early date must not squeeze the rest.
  const first = Math.floor(Math.max(all[Math.floor(all.length * 0.01)], all[all.length - 1] - 60 * 12));
  const last = Math.ceil(all[all.length - 1]) + 1;
  const room = width - left - 16;
  const at = (day) => left + (Math.max(0, monthsOf(day) - first) / Math.max(1, last - first)) * room;
  const dayAt = (x) => {
    const month = Math.max(0, Math.min(last - first, ((x - left) / room) * (last - first))) + first;
    return `${Math.floor(month / 12)}-${String((Math.floor(month) % 12) + 1).padStart(2, "0")}`;
  };
  return { first, last, at, dayAt, early: all.filter((month) => month < first).length };
}
function drawTimeline() {
  const pane = $("pane-timeline");
  const own = ownRows();
  const about = own ? V.claims.filter((claim) => claim.from === own || claim.to === own) : [];
  const node = about.length ? own : null;
  const claims = node ? about : V.claims;
  const days = claims.flatMap((claim) => (node ? [claim.live.e, claim.live.l, ...claim.live.rows.map(saidOn)] : [dayOf(claim)])).filter(Boolean);
  const none = claims.filter((claim) => !dayOf(claim)).length;
  const width = Math.max(360, pane.clientWidth - 30);
  const left = Math.min(node ? 370 : 200, width * 0.42);
  const scale = days.length ? scaleOf(days, width, left) : null;
  const note = `${node ? `${node.name}: ${many(claims.length, "claim")}. A bar: its period, as far as said; broken: undated, up to the day it was in print. A tick: said or printed, below the line: against. ` : `A dot is a claim in the row of what it is about, at its day, hollow at the day it was first said or printed; its form says how it stands. `}${many(none, "claim")} without a date${scale && scale.early ? `; ${many(scale.early, "earlier one stands", "earlier ones stand")} at the left edge` : ""}. Drag along the top to see only what was said or printed then, in all tabs.`;
  const tools = el("p", { class: "tools" }, node && el("button", { type: "button", "data-key": "rows", onclick: () => { S.focus = ""; S.sel = ""; update(); } }, "All actors"), (S.from || S.to) && el("button", { type: "button", "data-key": "unbrush", onclick: () => brush("", "") }, `Said ${S.from.slice(0, 7) || "…"} to ${S.to.slice(0, 7) || "…"}: clear`), el("span", { class: "note" }, note));
  if (!scale) return pane.replaceChildren(tools);
  const [parts, high] = node ? claimRows(node, claims, scale, width, left) : actorRows(claims, scale, width, left);
  const drawing = svg("svg", { width, height: high + 8, role: "group", "aria-label": `Timeline of ${many(days.length, "date")}` }, axis(scale, width, left, high), parts);
  brushing(drawing, scale, left);
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  pane.replaceChildren(...[tools, !node && dotKey(claims.filter(dayOf)), drawing].filter(Boolean));
  const again = held && [...pane.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
  if (again) again.focus();
}
function axis({ first, last, at }, width, left, high) {
  const step = [1, 3, 6, 12, 60, 120, 600].find((n) => ((last - first) / n) * 50 <= width - left) || 1200;
  const parts = [svg("rect", { class: "brush", x: left, y: 0, width: width - left - 16, height: 20 })];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const day = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
    const x = at(day);
    parts.push(svg("line", { x1: x, x2: x, y1: 18, y2: high, class: "tick" }), svg("text", { x: x + 2, y: 14, class: "count" }, step >= 12 || month % 12 === 0 ? day.slice(0, 4) : day.slice(0, 7)));
  }
  return parts;
}
const row = (y, words, key, go, width, left) => svg("g", { class: "lane", role: "button", tabindex: 0, "data-key": key, "aria-label": words, onclick: go, onkeydown: (event) => {
  if (event.key === "Enter" || event.key === " ") go();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = [...$("pane-timeline").querySelectorAll(".lane")];
    const next = all[all.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
  } else return;
  event.preventDefault();
} }, svg("title", null, words), svg("text", { x: 4, y, class: "rel" }, shorten(pen, words, left - 14, `12.5px ${FONT}`)));

// A row for each claim of one actor, by day, the first forty in words.
function claimRows(node, claims, { at, first }, width, left) {
  const parts = [];
  const words = (claim) => withSaid(claim.from === node ? `${claim.rel.label} ${claim.text}`.trim() : `${claim.rel.inverse || claim.rel.label} ${nameOf(claim.s)}`, claim);
  const order = claims.filter(dayOf).sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : a.i - b.i));
  const rest = claims.filter((claim) => !dayOf(claim));
  let y = 34;
  for (const [n, claim] of [...order, ...rest].entries()) {
    const { live } = claim;
    const said = n < FIRST ? words(claim) : "";
    const colour = loud(live) ? "var(--warn)" : ink(claim.rel, isDark());
    const item = row(y + 4, `${words(claim)} (${standing(claim)})`, `t-${claim.id}`, () => pick(`c:${claim.id}`), width, left);
    item.querySelector("text").textContent = said && shorten(pen, said, left - 54, `12.5px ${FONT}`);
    item.append(dress(lineOf(live, ink(claim.rel, isDark())), { x: left - 42, y: y - 7 }, []));
    if (loud(live)) item.querySelector("text").setAttribute("class", "rel loud");
    const known = knownOn(claim);
    if (live.e || live.l) item.append(svg("line", { x1: live.e ? at(live.e) : left, x2: Math.max((live.e ? at(live.e) : left) + 3, live.l ? at(live.l) : width - 16), y1: y, y2: y, stroke: colour, "stroke-width": 5, "stroke-opacity": live.ba === "Asserted" ? 0.85 : 0.4 }));
    else if (known) item.append(svg("path", { d: `M${left} ${y}H${at(known)}v-4v8`, stroke: colour, "stroke-width": 1.3, "stroke-dasharray": "3 4", fill: "none" }));
    else item.append(svg("text", { x: left + 4, y: y + 4, class: "count" }, "neither dated nor in dated print"));
    for (const one of live.rows) {
      const day = saidOn(one);
      if (!day) continue;
      const down = one.p === "against" ? 1 : -1;
      item.append(svg("line", { x1: at(day), x2: at(day), y1: y + down * 1, y2: y + down * 8, stroke: down > 0 ? "var(--warn)" : "var(--text)", "stroke-width": 1.8 }, svg("title", null, `${day}: ${one.s}`)));
    }
    if (S.sel === `c:${claim.id}`) item.setAttribute("class", "lane on");
    parts.push(item);
    y += 22;
  }
  return [parts, y];
}
// A dot says its status by the mark that lines have, else its basis by their dash around it; hollow where nothing dates it.
function dotOf(live, cx, cy, colour, dated) {
  if (live.ba === "Asserted" && !marked(live)) return svg("circle", { cx, cy, r: 3, fill: dated ? colour : "var(--ground)", stroke: colour, "stroke-width": 1.4 });
  const ring = { Uncontested: 1, Open: 1 }[live.st];
  const core = dated && svg("circle", { cx, cy, r: 1.5, fill: loud(live) ? "var(--warn)" : colour });
  if (ring) return [svg("circle", { cx, cy, r: 3.4, fill: "var(--ground)", stroke: colour, "stroke-width": 1.4, "stroke-dasharray": dashOf(live).join(" ") || null }), core];
  const c = new SvgPen();
  statusMark(c, cx, cy, live.st, 1, PALETTE[isDark() ? "dark" : "light"]);
  return [grouped(c.parts), live.st === "Contested" && core];
}
// Which dots there are, in the words of the legend.
function dotKey(claims) {
  const found = new Map();
  for (const { live } of claims) found.set(marked(live) && live.st !== "Open" ? live.st : `${live.st} ${live.ba}`, live);
  const words = ({ st, ba }) => (st === "Uncontested" ? term(BASES, ba).label : st === "Open" ? `${term(STATUSES, st).label}, ${term(BASES, ba).label}` : term(STATUSES, st).label);
  return el("p", { class: "tools dots" }, [...found.values()].map((live) => el("span", { class: "note" }, svg("svg", { width: 14, height: 14, class: "icon", "aria-hidden": "true" }, dotOf(live, 7, 7, "currentColor", true)), ` ${words(live)}`)));
}
// A row for each actor, those with most dated claims first.
function actorRows(claims, { at, first }, width, left) {
  const rows = new Map();
  for (const claim of claims) {
    if (!dayOf(claim)) continue;
    if (!rows.has(claim.s)) rows.set(claim.s, []);
    rows.get(claim.s).push(claim);
  }
  const order = [...rows].sort((a, b) => b[1].length - a[1].length || (nameOf(a[0]) < nameOf(b[0]) ? -1 : 1));
  const parts = [];
  let y = 30;
  for (const [id, list] of order.slice(0, 300)) {
    const columns = new Map();
    for (const claim of list) {
      const at_ = Math.round(at(dayOf(claim)) / 7);
      if (!columns.has(at_)) columns.set(at_, []);
      columns.get(at_).push(claim);
    }
    const deep = Math.min(6, Math.max(...[...columns.values()].map((some) => some.length)));
    const high = Math.max(20, deep * 7 + 8);
    const base = y + high - 6;
    const known = BY.get(id);
    const item = row(base, `${nameOf(id)}, ${list.length}`, `t-${id}`, () => (known ? pick(`n:${id}`) : null), width, left);
    parts.push(svg("line", { x1: left, x2: width - 16, y1: base + 4, y2: base + 4, class: "tick" }), item);
    for (const [x, some] of columns) {
      some.sort((a, b) => loud(a.live) - loud(b.live) || a.i - b.i);
      some.forEach((claim, i) => {
        // More than six of one week stand as a number.
        if (i >= 6) return;
        const picked = S.sel === `c:${claim.id}`;
        const [cx, cy] = [x * 7, base - i * 7];
        parts.push(svg("g", { class: picked ? "dot on" : "dot", "data-claim": claim.id, onclick: () => pick(`c:${claim.id}`) }, svg("title", null, `${dayOf(claim)}: ${fullWords(claim)} (${standing(claim)})`),
          svg("circle", { cx, cy, r: picked ? 5.4 : 4, fill: "transparent", stroke: picked ? "var(--text)" : "none" }), dotOf(claim.live, cx, cy, ink(claim.rel, isDark()), !!claim.live.e)));
      });
      if (some.length > 6 && !columns.has(x + 1) && !columns.has(x + 2)) parts.push(svg("text", { x: x * 7 + 5, y: base - 34, class: "count" }, `+${some.length - 6}`));
    }
    y += high;
  }
  if (order.length > 300) parts.push(svg("text", { x: 4, y: y + 14, class: "count" }, `and ${order.length - 300} more actors, in the table`)), (y += 20);
  return [parts, y];
}
// What is dragged over along the top is what was said or printed then, for all tabs.
function brush(from, to) {
  S.from = from && (daysOf(from) || [""])[0];
  S.to = to && (daysOf(to) || ["", ""])[1];
  update();
}
function brushing(drawing, scale, left) {
  let begun = null;
  const mark = svg("rect", { class: "brushed", y: 0, height: Number(drawing.getAttribute("height")), x: 0, width: 0 });
  drawing.append(mark);
  const place = (event) => event.clientX - drawing.getBoundingClientRect().left;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.clientY - drawing.getBoundingClientRect().top > 22 || place(event) < left) return;
    begun = place(event);
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    mark.setAttribute("x", Math.min(begun, place(event)));
    mark.setAttribute("width", Math.abs(begun - place(event)));
  });
  drawing.addEventListener("pointerup", (event) => {
    if (begun === null) return;
    const [a, b] = [Math.min(begun, place(event)), Math.max(begun, place(event))];
    begun = null;
    if (b - a > 4) brush(scale.dayAt(a), scale.dayAt(b));
    else mark.setAttribute("width", 0);
  });
}
