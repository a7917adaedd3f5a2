// The map: one symbol per place with the number of actors there, never moved apart.
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
    x1 = Math.min(...list.map((p) => p.x)) - 150;
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
  const spots = list.map((p) => Object.assign(p, { r: Math.min(20, 7 + 2.6 * Math.sqrt(p.nodes.length)), X: sx(p.x), Y: sy(p.y) }));
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
      if (bx < 2 || bx + size > box.width - 2 || !taken.free(label, null)) continue;
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
