// The map: one symbol per place with the number of actors there, never moved; where they would
// cover each other the largest place stands for its neighbours, and a click opens them.
const WORLD = [0, 0, 2000, 1040];
let frame = null;
const wholeMap = () => { frame = null; S.frame = ""; drawMap(); address(true); };
// What the map shows stands in the address: x, y and width, in its own units.
function keepFrame() {
  S.frame = frame.slice(0, 3).map(Math.round).join(",");
  address(true);
}
function frameOf(box) {
  const [x, y, w] = S.frame.split(",").map(Number);
  return w > 0 ? [x, y, w, (w * box.height) / Math.max(1, box.width)] : null;
}
if (OUTLINE && NODES.some((node) => node.where)) TABS.push({ id: "map", label: "Map", draw: () => drawMap(), fit: wholeMap, resize: () => { frame = null; drawMap(); } });
function places() {
  const found = new Map();
  for (const node of V.nodes) {
    if (!spotted(node) || (V.focus && !V.focus.has(node))) continue;
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
    x1 = Math.min(...list.map((p) => p.x)) - 60;
    x2 = Math.max(...list.map((p) => p.x)) + 100;
    y1 = Math.min(...list.map((p) => p.y)) - 70;
    y2 = Math.max(...list.map((p) => p.y)) + 70;
  }
  const w = Math.max(x2 - x1, (y2 - y1) * ratio, 240);
  return [(x1 + x2) / 2 - w / 2, (y1 + y2) / 2 - w / ratio / 2, w, w / ratio];
}
// Places whose symbols would cover each other, under the largest of them and at its very place.
function clusters(spots, picked, least) {
  const radius = (p) => Math.min(22, (p.members.length > 1 ? least + 4 : least) + 2.6 * Math.sqrt(p.all.length));
  for (const p of spots) {
    p.all = p.nodes;
    p.r = radius(p);
  }
  spots.sort((a, b) => (picked && b.nodes.includes(picked)) - (picked && a.nodes.includes(picked)) || b.nodes.length - a.nodes.length || (a.key < b.key ? -1 : 1));
  for (let again = true; again;) {
    again = false;
    for (let i = 0; i < spots.length; i++) {
      for (let j = spots.length - 1; j > i; j--) {
        const [a, b] = [spots[i], spots[j]];
        if (Math.hypot(a.X - b.X, a.Y - b.Y) >= a.r + b.r) continue;
        a.members = a.members.concat(b.members);
        a.all = a.all.concat(b.all);
        a.r = radius(a);
        spots.splice(j, 1);
        again = true;
      }
    }
  }
  return spots;
}
function openCluster(p) {
  const [xs, ys] = [p.members.map((m) => m.x), p.members.map((m) => m.y)];
  const box = $("pane-map").getBoundingClientRect();
  const ratio = box.width / Math.max(1, box.height);
  const w = Math.max((Math.max(...xs) - Math.min(...xs)) * 1.5, (Math.max(...ys) - Math.min(...ys)) * 1.5 * ratio, 24);
  if (w > frame[2] * 0.9) return zoomMap(0.6);
  frame = [(Math.max(...xs) + Math.min(...xs)) / 2 - w / 2, (Math.max(...ys) + Math.min(...ys)) / 2 - w / ratio / 2, w, w / ratio];
  drawMap();
  keepFrame();
  say(`${many(p.members.length, "place")} around ${p.name}`);
}
function drawMap() {
  const pane = $("pane-map");
  const list = places();
  const box = pane.getBoundingClientRect();
  if (!frame) frame = frameOf(box) || mapFrame(list, box);
  const [fx, fy, fw] = frame;
  const unit = fw / Math.max(200, box.width);
  const drawing = svg("svg", { viewBox: frame.join(" "), role: "group", "aria-label": "Map of places, one symbol for each with the number of actors" },
    svg("path", { d: OUTLINE.rest, class: "land", "stroke-width": 0.8 * unit }), countries(unit));
  const picked = selected().node;
  const taken = Taken();
  const sx = (x) => (x - fx) / unit;
  const sy = (y) => (y - fy) / unit;
  const rel = fillNow();
  const owned = rel ? ownersBy(rel) : null;
  const told = !!owned && owned.owners.size > 0;
  const spots = clusters(list.map((p) => Object.assign(p, { X: sx(p.x), Y: sy(p.y), members: [p] })), picked, told ? 10 : 7);
  for (const p of spots) taken.add([p.X - p.r, p.Y - p.r, p.X + p.r, p.Y + p.r, p.key]);
  const on = (p) => S.sel === `p:${p.key}` || (picked && p.all.includes(picked));
  for (const p of spots) {
    const shut = p.all.filter((node) => node.mark.state === "closed").length;
    const several = p.members.length > 1;
    const words = `${p.name}${several ? ` and ${many(p.members.length - 1, "place")} nearby` : ""}: ${many(p.all.length, "actor")}${shut ? `, ${shut} closed` : ""}${told && sharesWords(sharesOf(p.all, owned), rel) ? `; ${sharesWords(sharesOf(p.all, owned), rel)}` : ""}`;
    const go = () => (several ? openCluster(p) : pick(p.all.length === 1 ? `n:${p.all[0].id}` : `p:${p.key}`));
    const mark = svg("g", { class: `site${on(p) ? " on" : ""}${told ? " told" : ""}${shut === p.all.length ? " shut" : ""}`, role: "button", tabindex: 0, "aria-label": words, "data-key": `site-${p.key}`, onclick: go, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } } },
      svg("title", null, words), several && svg("circle", { class: "ring", cx: p.x, cy: p.y, r: (p.r - 1) * unit, "stroke-width": 1.5, "stroke-dasharray": "2.5 2" }),
      svg("circle", { cx: p.x, cy: p.y, r: (several ? p.r - 4 : p.r) * unit, "stroke-width": on(p) ? 3.4 : 1.4 }), told && ringOf(several ? Object.assign({}, p, { r: p.r - 4 }) : p, sharesOf(p.all, owned), unit),
      svg("text", { x: p.x, y: p.y + 4 * unit, "font-size": 11.5 * unit, "text-anchor": "middle" }, String(p.all.length)));
    drawing.append(mark);
  }
  for (const p of spots) {
    const letters = told ? lettersOf(sharesOf(p.all, owned)) : "";
    const text = `${p.members.length > 1 ? `${p.name} +${p.members.length - 1}` : p.name}${letters && ` · ${letters}`}`;
    const size = measure(pen, text, `12px ${FONT}`);
    for (const [bx, by] of [[p.X + p.r + 3, p.Y - 6], [p.X - p.r - 3 - size, p.Y - 6], [p.X - size / 2, p.Y + p.r + 1], [p.X - size / 2, p.Y - p.r - 13]]) {
      const label = [bx, by, bx + size, by + 12, p.key];
      if (bx < 2 || bx + size > box.width - 2 || !taken.free(label, null)) continue;
      taken.add(label);
      drawing.append(svg("text", { class: "name", x: fx + bx * unit, y: fy + (by + 10) * unit, "font-size": 12 * unit, "stroke-width": 3 * unit, "aria-hidden": "true" }, text));
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
  const end = () => { if (from && (from[2] !== frame[0] || from[3] !== frame[1])) { from = null; drawMap(); keepFrame(); } from = null; };
  drawing.addEventListener("pointerup", end);
  drawing.addEventListener("pointerleave", end);
  const filled = rel && filledBy(rel).size > 0;
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  pane.replaceChildren(...[drawing,
    el("div", { class: "zoom", role: "group", "aria-label": "Zoom of the map" }, [["+", "Zoom in", 0.7], ["−", "Zoom out", 1.4]].map(([sign, words, factor]) => el("button", { type: "button", "data-key": `map${sign}`, "aria-label": words, onclick: () => zoomMap(factor) }, sign)),
      el("button", { type: "button", "data-key": "map0", onclick: wholeMap }, "Fit")),
    fillChoice(),
    picked && !picked.where && el("p", { class: "banner", role: "status" }, icon(picked.term, picked.mark), el("span", null, el("bdi", null, picked.name), " is not located: it is not on this map.")),
    el("div", { class: "note" }, told && box.width > 560 && ownersKey(owned, rel), mapNote(box, list, told && box.width <= 560 && ownersKey(owned, rel), [`A number is how many actors; pale: all closed; a broken ring: places that a click opens.`, filled && `Filled: a body of the country ${rel.label}, as a document says; hatched where that is contested or denied.`, told && `A ring and a letter: who ${rel.label} what is there; broken where that is contested or denied, grey where nobody is named.`, "Borders: Natural Earth, no position taken."]), elsewhere())].filter(Boolean));
  const again = held && [...pane.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
  if (again) again.focus();
}
// How the map is read: open where there is room.
function mapNote(box, list, owners, words) {
  const counted = list.reduce((sum, p) => sum + p.nodes.length, 0);
  const open = OPEN.has("map") ? OPEN.get("map") : box.width > 1000;
  return el("details", { open, ontoggle: (event) => OPEN.set("map", event.target.open) }, el("summary", { "data-key": "map-note" }, `${many(counted, "actor")} at ${many(list.length, "place")}. How to read it`), el("p", null, words.filter(Boolean).join(" ")), owners);
}
// What has no place, by kind, so that an empty country is not taken for an empty list.
function elsewhere() {
  const rest = V.nodes.filter((node) => !node.where && mapped(node) && (!V.focus || V.focus.has(node)));
  if (!rest.length) return "";
  const box = el("details", { class: "fold", ontoggle: () => { if (box.open && box.childElementCount === 1) box.append(el("ul", { class: "list" }, rest.slice(0, 400).map((node) => el("li", null, actorButton(node))), rest.length > 400 && el("li", null, `and ${rest.length - 400} more`))); } },
    el("summary", { "data-key": "elsewhere" }, `${many(rest.length, "actor")} not located`));
  return box;
}
function zoomMap(factor, px = 0.5, py = 0.5) {
  const w = Math.min(3000, Math.max(12, frame[2] * factor));
  const k = w / frame[2];
  frame = [frame[0] + frame[2] * px * (1 - k), frame[1] + frame[3] * py * (1 - k), w, frame[3] * k];
  drawMap();
  keepFrame();
}
