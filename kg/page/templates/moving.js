// Actors moved by hand stay where they are put, in their layout: in the address, and in the file that is saved.
const DRAG = { node: null, from: null, begun: false };
const drawnOf = () => (V.mode === "focus" ? `focus ${S.focus}` : V.mode || S.layout);
function toMoves() {
  return [...MOVED].flatMap(([layout, own]) => [...own].map(([i, [x, y]]) => [layout, nodeAt(i).id, Math.round(x), Math.round(y)].join("|"))).join("\t");
}
const nodeAt = (i) => NODES[i] || CLAIMS[i - NODES.length].tip;
function fromMoves(text) {
  MOVED.clear();
  for (const part of text.split("\t")) {
    const [layout, id, x, y] = part.split("|");
    const node = BY.get(id) || (id && id.endsWith("/value") && CLAIM.has(id.slice(0, -6)) ? CLAIM.get(id.slice(0, -6)).tip : null);
    if (node && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) put(layout, node, [Number(x), Number(y)]);
  }
}
function put(layout, node, spot) {
  if (!MOVED.has(layout)) MOVED.set(layout, new Map());
  MOVED.get(layout).set(node.i, spot);
}
// Where a point of the window lies on the sheet.
function onPaperOf(x, y) {
  const [wx, wy] = [(x - T.x) / T.k, (y - T.y) / T.k];
  return G.turn ? [wy / G.y, wx / G.x] : [wx / G.x, wy / G.y];
}
function drag(x, y) {
  DRAG.begun = true;
  put(drawnOf(), DRAG.node, onPaperOf(x, y));
  place();
  redraw();
}
function drop() {
  const { node, begun } = DRAG;
  Object.assign(DRAG, { node: null, begun: false });
  if (!begun) return false;
  S.at = toMoves();
  T.own = true;
  address();
  redraw();
  say(`${node.label} moved`);
  return true;
}
// By keys: Alt with an arrow moves what is selected.
function nudge([dx, dy]) {
  const { node } = selected();
  if (!node || !node.in) return;
  const [x, y] = spot(node);
  put(drawnOf(), node, onPaperOf(x * T.k + T.x + dx * 14, y * T.k + T.y + dy * 14));
  S.at = toMoves();
  T.own = true;
  place();
  address(true);
  redraw();
}
function moveBack() {
  MOVED.delete(drawnOf());
  S.at = toMoves();
  update({ fit: true });
}
