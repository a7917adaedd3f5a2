// Where what is drawn stands: a layout of the record, or one laid here, anew for what is left: what is
// disputed, what weighs most, what lies around an actor, what filters leave. Those stand in rows beside
// what they are linked to most, in columns by how many steps that is.
for (const layout of OPT.layouts) Object.assign(layout, { key: layout.id, spots: NODES.map((_, i) => (layout.live ? null : [layout.at[2 * i], layout.at[2 * i + 1]])) });
let PLACED = OPT.layouts[0];
const layoutNow = () => PLACED;
const MOST = { dispute: 56, weight: 22, left: 60 };
// So many rows can be read in the window.
const mostNear = () => Math.max(40, Math.floor(T.h / 12));

// How much an actor or a claim weighs: by how many sides speak of it, in how many documents, the newest first.
// As kg/analysis/weight.py has it, held equal by a test.
function weightOf(rows) {
  const living = rows.filter((row) => row.p !== "withdrawn");
  return [RULE.sidesOf(living), new Set(living.map((row) => row.d)).size, living.reduce((day, row) => (row.ke > day ? row.ke : day), "")];
}
const lighter = (a, b) => b[0] - a[0] || b[1] - a[1] || (a[2] < b[2] ? 1 : a[2] > b[2] ? -1 : 0);
const weightOfNode = (node) => weightOf(node.claims.flatMap((claim) => (claim.live && claim.shown ? claim.live.rows : [])));
const sizeOf = (node) => 0.9 + 0.17 * Math.log2(1 + new Set(node.claims.flatMap((claim) => (claim.live && claim.shown ? claim.live.rows.map((row) => row.d) : []))).size);

// Which part of the whole the picture shows: nothing here means all that is switched on.
function modeNow() {
  if (S.chain && LIVE.has(S.layout) && chainNow()) return "chain";
  if (V.focus) return "focus";
  if (LIVE.has(S.layout) && stepClaims().length) return "step";
  if (LIVE.has(S.layout)) return S.layout;
  const narrowed = ["rel", "st", "ba", "doc", "voice"].some((dim) => S.off[dim].size) || S.asof || S.known || S.from || S.to;
  if (!narrowed || S.all || V.nodes.length > BUDGET) return "";
  const linked = new Set(V.lines.filter((claim) => !claim.ghost).flatMap((claim) => [claim.from, claim.to]));
  return linked.size && linked.size <= MOST.left && linked.size < V.nodes.length ? "left" : "";
}
// What a step of a story speaks of, where the layout would not draw it: nothing of it is disputed.
function stepClaims() {
  const step = stepNow();
  const claims = step ? step.says.flatMap(([, ids]) => ids.map((id) => CLAIM.get(id))).filter((claim) => claim && claim.shown) : [];
  return S.layout === "dispute" && claims.some(({ live }) => loud(live)) ? [] : [...new Set(claims)].filter(({ from, tip }) => from && from.on && tip.on && from !== tip);
}
// The lines and actors of that part.
function part() {
  let lines = V.lines;
  if (V.mode === "dispute") {
    lines = [...V.claims, ...V.lines.filter(ghost)].filter((claim) => (claim.ghost || loud(claim.live)) && claim.from && claim.from.on && claim.tip.on && claim.from !== claim.tip);
    lines.sort((a, b) => (a.ghost || false) - (b.ghost || false) || lighter(weightOf(a.live.rows), weightOf(b.live.rows)) || a.i - b.i);
    const most = Math.max(12, Math.min(MOST.dispute, Math.floor(T.h / 11.5)));
    V.cut = Math.max(0, lines.length - most);
    lines = lines.slice(0, most);
  } else if (V.mode === "step") lines = stepClaims();
  else {
    const chosen = V.mode === "weight" ? heaviest() : V.mode === "chain" ? new Set(chainNow().nodes) : V.mode === "focus" ? nearby([...V.focus.keys()]) : new Set(lines.filter((claim) => !claim.ghost).flatMap((claim) => [claim.from, claim.to]));
    lines = lines.filter((claim) => chosen.has(claim.from) && chosen.has(claim.to));
    V.drawn = NODES.filter((node) => chosen.has(node) && node.on);
  }
  if (V.mode === "dispute" || V.mode === "step") V.drawn = [...new Set(lines.flatMap((claim) => [claim.from, claim.tip]))].sort((a, b) => a.i - b.i);
  for (const node of NODES) node.in = false;
  for (const node of V.drawn) Object.assign(node, { in: true, size: sizeOf(node) });
  V.lines = lines;
}
function heaviest() {
  const acting = V.nodes.filter((node) => node.next.length && node.term.rank < OPT.asideRank);
  const some = acting.length > 8 ? acting : V.nodes.filter((node) => node.next.length);
  // Who is spoken of by many sides is spoken of in many claims: only those with the most are weighed.
  const many = some.length > 400 ? [...some].sort((a, b) => b.claims.length - a.claims.length || a.i - b.i).slice(0, 400) : some;
  const weighed = many.map((node) => [node, weightOfNode(node)]);
  weighed.sort((a, b) => lighter(a[1], b[1]) || b[0].claims.length - a[0].claims.length || a[0].i - b[0].i);
  if (!weighed.length) return new Set(V.nodes.slice(0, MOST.weight));
  // Each with the two heaviest that it is linked to, so that the picture has lines.
  const order = new Map(weighed.map(([node], i) => [node, i]));
  const chosen = new Set();
  for (const [node] of weighed) {
    const near = [...new Set(node.next.map(([other]) => other))].filter((other) => order.has(other)).sort((a, b) => order.get(a) - order.get(b)).slice(0, 2);
    for (const one of [node, ...near]) if (chosen.size < MOST.weight) chosen.add(one);
    if (chosen.size >= MOST.weight) break;
  }
  return chosen;
}
// Of a neighbourhood that is too large those nearest and weightiest, and how many are left out.
function nearby(nodes) {
  if (nodes.length <= mostNear()) return new Set(nodes);
  const weighed = nodes.map((node) => [node, V.focus.get(node), weightOfNode(node)]);
  weighed.sort((a, b) => a[1] - b[1] || lighter(a[2], b[2]) || a[0].i - b[0].i);
  V.cut = nodes.length - mostNear();
  return new Set(weighed.slice(0, mostNear()).map(([node]) => node));
}

// ---------------------------------------------------------------- laid here
const HUB = 160;
const NAME = 176;
const STEP = 200;
const ROW = 19;
// Trees of what is linked: the root is what most lines meet, or what is asked for; each next end is a step further.
function forest(nodes, lines, root) {
  const near = new Map(nodes.map((node) => [node, []]));
  for (const claim of lines) {
    near.get(claim.from).push([claim.tip, claim]);
    near.get(claim.tip).push([claim.from, claim]);
  }
  const out = (node) => near.get(node).filter(([, claim]) => claim.from === node).length;
  const order = [...nodes].sort((a, b) => (b === root) - (a === root) || near.get(b).length - near.get(a).length || out(b) - out(a) || a.i - b.i);
  const seen = new Set();
  const names = [...RELS.keys()];
  const trees = [];
  for (const first of order) {
    if (seen.has(first)) continue;
    seen.add(first);
    const tree = { node: first, kids: [] };
    for (const queue = [tree]; queue.length;) {
      const at = queue.shift();
      const fresh = near.get(at.node).filter(([other]) => !seen.has(other));
      fresh.sort(([a, one], [b, two]) => (one.from === at.node) - (two.from === at.node) || names.indexOf(one.rel.id) - names.indexOf(two.rel.id) || a.term.rank - b.term.rank || (a.label < b.label ? -1 : 1));
      for (const [other, claim] of fresh) {
        if (seen.has(other)) continue;
        seen.add(other);
        const kid = { node: other, kids: [], by: claim };
        at.kids.push(kid);
        queue.push(kid);
      }
    }
    trees.push(tree);
  }
  return trees;
}
const rowsOf = (tree) => Math.max(1, tree.kids.reduce((sum, kid) => sum + rowsOf(kid), 0));
const deep = (tree) => (tree.kids.length ? 1 + Math.max(...tree.kids.map(deep)) : 0);
// Sets a tree into rows from `top` on, to the right of x, or to the left where way is -1.
function setTree(tree, x, top, pitch, way, out) {
  let y = top;
  for (const kid of tree.kids) {
    setTree(kid, x + way * STEP, y, pitch, way, out);
    out.kin.set(kid.node, tree.node);
    y += rowsOf(kid) * pitch;
  }
  const middle = tree.kids.length ? (out.at.get(tree.kids[0].node)[1] + out.at.get(tree.kids[tree.kids.length - 1].node)[1]) / 2 : top + pitch / 2;
  out.at.set(tree.node, [x, middle]);
  // Between the rows of what stands further out: there a line from it passes.
  out.lane.set(tree.node, tree.kids.length ? top + Math.round((middle - top) / pitch) * pitch : middle);
  out.sides.set(tree.node, way < 0 ? 1 : 0);
  out.rooms.set(tree.node, tree.kids.length ? STEP * 0.4 : NAME);
}
const emptySheet = () => ({ at: new Map(), sides: new Map(), rooms: new Map(), kin: new Map(), lane: new Map(), rows: new Map() });
// The name of a root stands on its free side, in so many lines as it has rows.
function setRoot(tree, out) {
  out.sides.set(tree.node, 1);
  out.rooms.set(tree.node, HUB);
  out.rows.set(tree.node, rowsOf(tree));
}
// Trees below each other in so many columns as fill the window best.
function setForest(trees, w, h, pitch) {
  const sized = trees.map((tree) => ({ tree, rows: rowsOf(tree), wide: HUB + deep(tree) * STEP + NAME })).sort((a, b) => (b.tree.kids.length > 0) - (a.tree.kids.length > 0) || b.rows - a.rows);
  const total = sized.reduce((sum, { rows }) => sum + rows + 0.6, 0);
  let best = null;
  for (let columns = 1; columns <= 4; columns++) {
    const most = Math.max(total / columns + 0.6, sized[0].rows);
    let [x, y, wide, tall] = [0, 0, 0, 0];
    const spots = sized.map((one) => {
      if (y && y + one.rows > most + 0.01) [x, y, wide] = [x + wide + 26, 0, 0];
      const spot = [one, x, y * pitch];
      y += one.rows + 0.6;
      wide = Math.max(wide, one.wide);
      tall = Math.max(tall, y * pitch);
      return spot;
    });
    const k = Math.min(w / (x + wide), h / tall);
    if (!best || k > best.k * 1.04) best = { k, spots, wide: x + wide, tall };
  }
  const out = emptySheet();
  for (const [one, x, y] of best.spots) {
    setTree(one.tree, x + HUB, y, pitch, 1, out);
    if (one.tree.kids.length) setRoot(one.tree, out);
  }
  return Object.assign(out, { box: [0, 0, best.wide, best.tall] });
}
// What is asked for in the middle, what points to it on its left, what it points to on its right.
function setAround(tree, pitch, w, h) {
  const out = emptySheet();
  const inward = tree.kids.filter((kid) => kid.by.tip === tree.node);
  let [left, right] = [inward, tree.kids.filter((kid) => !inward.includes(kid))];
  const rows = (kids) => kids.reduce((sum, kid) => sum + rowsOf(kid), 0);
  // A long side lends the other what it has too much.
  const [from, to] = rows(left) > rows(right) ? [left, right] : [right, left];
  while (rows(from) - rows(to) > 10 && from.length > 1) to.push(from.pop());
  const tall = Math.max(rows(left), rows(right), 1) * pitch;
  for (const [kids, way] of [[left, -1], [right, 1]]) {
    let y = (tall - rows(kids) * pitch) / 2;
    for (const kid of kids) {
      setTree(kid, way * STEP * 1.1, y, pitch, way, out);
      out.kin.set(kid.node, tree.node);
      y += rowsOf(kid) * pitch;
    }
  }
  out.at.set(tree.node, [0, tall / 2]);
  out.sides.set(tree.node, 2);
  out.rooms.set(tree.node, NAME);
  // Many rows make the picture higher than wide: then names at its edges have more room.
  const edge = tall > 24 * ROW ? NAME * 1.7 : NAME;
  const far = (kids) => STEP * 1.1 + Math.max(...kids.map(deep)) * STEP;
  const reach = (kids) => (kids.length ? far(kids) + edge : NAME / 2);
  for (const kids of [left, right]) for (const [node, [x]] of out.at) if (kids.length && (x < 0) === (kids === left) && Math.abs(x) >= far(kids) - 1) out.rooms.set(node, edge);
  return Object.assign(out, { box: [-reach(left), -20, reach(right), tall + 20] });
}

// The layout of what is drawn now.
const LAID = { key: "", made: null };
function place() {
  const chosen = OPT.layouts.find((layout) => layout.id === S.layout) || OPT.layouts[0];
  if (!V.mode) return void (PLACED = withMoves(chosen));
  const key = [V.mode, S.focus, T.w, T.h, V.drawn.map((node) => node.i), V.lines.map((claim) => claim.i)].join(" ");
  if (LAID.key !== key) Object.assign(LAID, { key, made: laidHere(key) });
  PLACED = withMoves(LAID.made);
}
function laidHere(key) {
  const pitch = V.mode === "dispute" ? ROW : V.drawn.length < 30 ? 30 : ROW + 3;
  const root = V.mode === "focus" ? BY.get(S.focus) : V.mode === "chain" ? BY.get(S.chain.split("\t")[0]) : null;
  const trees = forest(V.drawn, V.lines, root);
  const made = V.mode === "focus" ? setAround(trees[0], pitch, T.w, T.h) : V.mode === "dispute" ? setDispute(trees) : setForest(trees, T.w, T.h, pitch);
  const spots = [];
  const sides = [];
  for (const [node, spot] of made.at) spots[node.i] = spot;
  if (V.mode === "chain") for (const node of V.drawn) made.sides.set(node, 2);
  for (const [node, side] of made.sides) sides[node.i] = side;
  return Object.assign(made, { id: V.mode, key, live: true, most: NAME, heads: [], bends: [], turns: false, spots, sides });
}

// ---------------------------------------------------------------- moved by hand
// What was moved stands where it was put, in the layout in which it was.
const MOVED = new Map();
const movedHere = () => MOVED.get(drawnOf()) || new Map();
function withMoves(layout) {
  const own = movedHere();
  if (!own.size) return layout;
  const spots = layout.spots.slice();
  for (const [i, spot] of own) if (spots[i]) spots[i] = spot;
  return Object.assign({}, layout, { spots, key: `${layout.key} ${[...own].join(" ")}` });
}
const spotOf = (node, at) => at.spots[node.i] || [0, 0];
