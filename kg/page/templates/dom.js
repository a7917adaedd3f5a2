// Making elements: attributes and text only, never markup.
const SVGNS = "http://www.w3.org/2000/svg";
function el(tag, props, ...kids) {
  const node = document.createElement(tag);
  return dress(node, props, kids);
}
function svg(tag, props, ...kids) {
  return dress(document.createElementNS(SVGNS, tag), props, kids);
}
function dress(node, props, kids) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "checked" || key === "value" || key === "indeterminate") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const kid of kids.flat(3)) if (kid !== null && kid !== undefined && kid !== false && kid !== "") node.append(kid);
  return node;
}
// A name in Han script says so, so that it is read and set as what it is.
const tongue = (text, node) => (/\p{Script=Han}/u.test(text) ? (node.lang || "").startsWith("zh") ? node.lang : "zh" : null);
const named = (text, node) => el("bdi", { lang: tongue(text, node) }, text);
const localName = (node) => el("bdi", { lang: node.lang || null, class: "local" }, node.local);
const stateWords = (node) => [...new Set([{ closed: "closed", "ordered closed": "closure ordered" }[(node.mark || node).state], node.was])].filter(Boolean).join(", ");

// Small pictures for legend and card, drawn by the same function as the big ones.
const ICONS = new Map();
function icon(t, mark = { tie: "full", state: "" }) {
  const key = [t.symbol, t.letter, ink(t, isDark()), mark.tie, mark.state, isDark()].join("|");
  if (!ICONS.has(key)) {
    const c = new SvgPen();
    symbol(c, t, 9, 9, t.part === "lane" ? 7.4 : 6.5, mark, isDark());
    ICONS.set(key, c.nodes(18, 18));
  }
  return ICONS.get(key).cloneNode(true);
}
function stroke(colour, dash, size = 2, mark = "") {
  const c = new SvgPen();
  c.strokeStyle = colour;
  c.lineWidth = size;
  c.setLineDash(dash);
  c.beginPath();
  c.moveTo(1, 7);
  c.lineTo(33, 7);
  c.stroke();
  c.setLineDash([]);
  if (mark) statusMark(c, 17, 7, mark, 1, PALETTE[isDark() ? "dark" : "light"]);
  return c.nodes(34, 14);
}
const lineOf = (live, colour) => stroke(colour || "currentColor", dashOf(live), wide(live), marked(live) ? live.st : "");
