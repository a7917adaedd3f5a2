// Lines: what they say by dash and mark, the course that they take, and how they are painted.
// A line says its basis by its dash and its status by a mark in its middle; no two read the same.
const DASHES = {
  Contested: [8, 4], Denied: [8, 4], Retracted: [9, 3, 1.6, 3], Corrected: [9, 3, 1.6, 3], Withdrawn: [9, 3, 1.6, 3],
  Asserted: [], Alleged: [1.6, 3.2], Announced: [12, 3, 2, 3], Questioned: [2, 3, 2, 9], Unsupported: [4, 9], Apart: [1, 6],
};
const dashOf = (live) => DASHES[live.st] || DASHES[live.ba] || [];
const loud = (live) => live.st === "Contested" || live.st === "Denied";
const marked = (live) => live.st !== "Uncontested";
const wide = (live) => Math.min(4.2, 0.75 + 0.55 * live.rows.length) * (live.ba === "Alleged" ? 0.85 : 1);

// The routes of all lines, in the units of the sheet: laid at the fitted scale, where symbols are largest against the
// room between them, and laid anew only when what is drawn, where it stands or that scale is another.
// On screen those that have to be searched for follow in the next frames.
const ROUTES = { key: "", steps: null, made: [] };
const STEPS = 4;
function routes(at, k, whole) {
  const begun = laying(at, k);
  for (let n = begun && !whole ? STEPS : 0; ROUTES.steps && (whole || n < STEPS); n++) if (ROUTES.steps.next().done) ROUTES.steps = null;
  if (ROUTES.steps) redraw();
  return ROUTES.made;
}
function laying(at, k) {
  if (DRAG.begun && ROUTES.key) return false;
  const key = [at.key, k, G.k, G.x, G.y, G.turn, V.drawn.map((node) => node.i), V.lines.map((claim) => claim.i), S.apart].join(" ");
  if (ROUTES.key === key) return false;
  const seat = new Map(V.drawn.map((node, i) => [node, i]));
  const discs = V.drawn.map((node) => [...spot(node, at), symbolSize(node, k) / k]);
  const step = (few() ? 46 : 22) / k;
  const wishes = V.lines.map((claim) => {
    const [a, b] = [seat.get(claim.from), seat.get(claim.tip)];
    const [dx, dy] = [discs[b][0] - discs[a][0], discs[b][1] - discs[a][1]];
    const far = Math.hypot(dx, dy) || 1;
    const apart = Math.min(step, far * 0.2);
    let wish = claim.par * apart;
    if (!few() && Math.abs(dx) < 24 && far > 24 / k) wish += Math.min(44 / k, 10 / k + far * 0.12);
    const led = ledPast(claim, at, dx, dy, far);
    return { a, b, apart: apart * 0.6, bends: bendsFor(wish + led, far, Math.max(Math.abs(led), 130 / k)) };
  });
  // Bundles after the lines, from gate to gate.
  for (const [n, bundle] of bundles(at).entries()) {
    bundle.seat = n;
    const [a, b] = bundle.ends.map(({ spot }) => discs.push([...onSheet(spot), 0]) - 1);
    wishes.push({ a, b, bends: bendsFor(0, Math.hypot(discs[b][0] - discs[a][0], discs[b][1] - discs[a][1]), 130 / k) });
  }
  const made = [];
  V.lines.forEach((claim, i) => { if (alongRow(claim, at)) made[i] = { parts: rowParts(claim, at, discs[seat.get(claim.from)], discs[seat.get(claim.tip)]) }; });
  Object.assign(ROUTES, { key, made, steps: Router(discs, 2 / k, 6 / k).route(wishes, made) });
  ROUTES.steps.next();
  return true;
}
// How far a layout itself leads a line past what stands in the straight way.
function ledPast(claim, at, dx, dy, far) {
  const led = at.bends.find(([i, j]) => (i === claim.from.i && j === claim.tip.i) || (j === claim.from.i && i === claim.tip.i));
  if (!led) return 0;
  const across = G.turn ? (-dy / far) * led[2] * G.x : (dx / far) * led[2] * G.y;
  return claim.from.i > claim.tip.i ? -across : across;
}

// A line of a tree turns into the row of its outer end and goes along it, where its words stand.
const alongRow = (claim, at) => at.kin && !movedHere().has(claim.from.i) && !movedHere().has(claim.tip.i) && (at.kin.get(claim.from) === claim.tip || at.kin.get(claim.tip) === claim.from);
function rowParts(claim, at, from, to) {
  const outward = at.kin.get(claim.tip) === claim.from;
  const [hub, leaf] = outward ? [from, to] : [to, from];
  const row = leaf[1] + claim.par * Math.min(9, 30 / (1 + Math.abs(claim.par)));
  const turn = hub[0] + (leaf[0] - hub[0]) * 0.3;
  const half = (hub[0] + turn) / 2;
  const parts = [[half, hub[1], half, (hub[1] + row) / 2], [half, row, turn, row], [(turn + leaf[0]) / 2, row, leaf[0], row === leaf[1] ? row : leaf[1]]];
  if (outward) return parts;
  return parts.map(([cx, cy], i) => [cx, cy, ...(i ? parts[i - 1].slice(2) : hub.slice(0, 2))]).reverse();
}

// As long as one of its ends is being moved, a line is straight.
function straight(claim, at) {
  const [[x1, y1], [x2, y2]] = [claim.from, claim.tip].map((node) => spot(node, at));
  return { parts: [[(x1 + x2) / 2, (y1 + y2) / 2, x2, y2]] };
}

// The course of a line on screen: start, curves, end, middle, and from where the arrow comes.
function course(claim, { parts, ends }, T, at) {
  const onScreen = (x, y) => [x * T.k + T.x, y * T.k + T.y];
  const [[x1, y1], [x2, y2]] = [claim.from, claim.tip].map((node) => onScreen(...spot(node, at)));
  if (ends) {
    const [near, end] = ends.map(([x, y]) => onScreen(x, y));
    return { x1, y1, x2, y2, near, end, parts: [], mx: near[0], my: near[1], cx: end[0], cy: end[1] };
  }
  const made = parts.map(([cx, cy, x, y]) => [...onScreen(cx, cy), ...onScreen(x, y)]);
  const q = { x1, y1, x2, y2, parts: made, cx: made[made.length - 1][0], cy: made[made.length - 1][1] };
  // In a row the mark stands where the row begins, free of its words.
  if (made.length === 3 && alongRow(claim, at)) [q.mx, q.my] = made[at.kin.get(claim.tip) === claim.from ? 1 : 0].slice(2);
  else [q.mx, q.my] = along(q, 0.5);
  return q;
}
// The corners of the box that a line keeps within.
function reach(q) {
  let [x1, y1, x2, y2] = [Math.min(q.x1, q.x2), Math.min(q.y1, q.y2), Math.max(q.x1, q.x2), Math.max(q.y1, q.y2)];
  for (const [cx, cy, x, y] of q.parts) [x1, y1, x2, y2] = [Math.min(x1, cx, x), Math.min(y1, cy, y), Math.max(x2, cx, x), Math.max(y2, cy, y)];
  return [x1, y1, x2, y2];
}
function trace(c, q) {
  c.beginPath();
  c.moveTo(q.x1, q.y1);
  if (q.end) {
    c.lineTo(...q.near);
    c.moveTo(q.x2, q.y2);
    c.lineTo(...q.end);
  } else for (const part of q.parts) c.quadraticCurveTo(...part);
  c.stroke();
}
// Points along a line, by the length of its curves from 0 to 1.
const chord = (q, i) => Math.hypot(q.parts[i][2] - (i ? q.parts[i - 1][2] : q.x1), q.parts[i][3] - (i ? q.parts[i - 1][3] : q.y1)) || 1e-6;
function along(q, t) {
  if (q.end) return t < 0.5 ? q.near : q.end;
  const long = q.parts.map((part, i) => chord(q, i));
  let rest = t * long.reduce((sum, one) => sum + one, 0);
  let i = 0;
  while (i < long.length - 1 && rest > long[i]) rest -= long[i++];
  const u = Math.min(1, rest / long[i]);
  const [x1, y1] = i ? q.parts[i - 1].slice(2) : [q.x1, q.y1];
  const [cx, cy, x2, y2] = q.parts[i];
  return [(1 - u) * (1 - u) * x1 + 2 * u * (1 - u) * cx + u * u * x2, (1 - u) * (1 - u) * y1 + 2 * u * (1 - u) * cy + u * u * y2];
}
// A line as straight pieces, as it is pointed at.
function pieces(q) {
  if (q.end) return [[q.x1, q.y1, ...q.near], [q.x2, q.y2, ...q.end]];
  const found = [];
  let [px, py] = [q.x1, q.y1];
  for (const [cx, cy, ex, ey] of q.parts) {
    const steps = Math.max(2, Math.min(16, Math.ceil(Math.hypot((px + ex) / 2 - cx, (py + ey) / 2 - cy))));
    const [sx, sy] = [px, py];
    for (let i = 1; i <= steps; i++) {
      const u = i / steps;
      const [nx, ny] = [(1 - u) * (1 - u) * sx + 2 * u * (1 - u) * cx + u * u * ex, (1 - u) * (1 - u) * sy + 2 * u * (1 - u) * cy + u * u * ey];
      found.push([px, py, nx, ny]);
      [px, py] = [nx, ny];
    }
  }
  return found;
}

// Number the lines between the same two nodes, so that they fan out.
function fan() {
  const pairs = new Map();
  for (const claim of V.lines) {
    const key = claim.from.i < claim.tip.i ? `${claim.from.i} ${claim.tip.i}` : `${claim.tip.i} ${claim.from.i}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(claim);
  }
  for (const claims of pairs.values()) claims.forEach((claim, i) => { claim.par = i - (claims.length - 1) / 2; });
}

function paintLines(c, T, w, h, dark, p, at, up, out) {
  const batches = new Map();
  const arrows = [];
  const under = [];
  const ghostly = [];
  const pointed = V.lines.length < 700;
  const laid = routes(at, T.fit || G.fit, few() || (at.live && V.lines.length < 120) || c !== pen);
  for (const [i, claim] of V.lines.entries()) {
    if (!laid[i]) continue;
    const held = DRAG.begun && (claim.from === DRAG.node || claim.tip === DRAG.node);
    const path = course(claim, held ? straight(claim, at) : laid[i], T, at);
    const [x1, y1, x2, y2] = reach(path);
    if (x2 < 0 || x1 > w || y2 < 0 || y1 > h) continue;
    if (claim.rel.part !== "faint") out.ways.push(path);
    const high = up && up.claims.has(claim);
    if (!high && inBundle(claim, laid)) continue;
    const out1 = !V.mode && V.focus && !(V.focus.has(claim.from) && V.focus.has(claim.to));
    const faint = claim.rel.part === "faint";
    if (claim.ghost) {
      ghostly.push([path, claim]);
      continue;
    }
    let alpha = faint ? 0.12 : loud(claim.live) ? 0.72 : claim.rel.part === "lane-member" || S.layout === "links" ? 0.45 : 0.26;
    if (few() || at.live) alpha = Math.max(alpha, faint ? 0.3 : 0.7);
    if (up) alpha = high ? 1 : up.soft ? 0.42 : Math.min(alpha, 0.07);
    if (out1) alpha = 0.04;
    if (alpha >= 0.1) out.lines.push({ claim, path });
    const size = wide(claim.live) * (high ? 1.35 : 1);
    const key = `${ink(claim.rel, dark)}|${dashOf(claim.live).join(",")}|${size.toFixed(2)}|${alpha}`;
    if (!batches.has(key)) batches.set(key, []);
    batches.get(key).push(path);
    if (high && up.way) under.push(path);
    if (marked(claim.live) && alpha > 0.2) out.marks.push([path, claim, alpha]);
    if (!claim.rel.symmetric && (high || (pointed && (T.k > 1.15 || few() || at.live) && !faint && alpha > 0.3))) arrows.push([path, claim, alpha]);
  }
  paintBundles(c, T, w, h, dark, p, up, laid, out);
  c.globalAlpha = 0.5;
  c.strokeStyle = p.muted;
  c.lineWidth = 1.2;
  c.setLineDash([1, 6]);
  for (const [path, claim] of ghostly) {
    trace(c, path);
    out.lines.push({ claim, path });
  }
  // A path that is lifted lies on a broad pale band.
  c.globalAlpha = 0.22;
  c.strokeStyle = p.accent;
  c.lineWidth = 13;
  c.setLineDash([]);
  for (const q of under) trace(c, q);
  const order = [...batches].sort((a, b) => Number(a[0].split("|")[3]) - Number(b[0].split("|")[3]));
  for (const [key, paths] of order) {
    const [colour, dash, size, alpha] = key.split("|");
    c.globalAlpha = Number(alpha);
    c.strokeStyle = colour;
    c.lineWidth = Number(size);
    c.setLineDash(dash ? dash.split(",").map(Number) : []);
    // One by one: without a GPU a path of many lines takes twice the time of its lines.
    for (const q of paths) trace(c, q);
  }
  c.setLineDash([]);
  for (const [q, claim, alpha] of arrows) {
    const turn = Math.atan2(q.y2 - q.cy, q.x2 - q.cx);
    const off = few() || at.live ? symbolSize(claim.tip, T.k) + 3 : 10;
    const [tx, ty] = [q.x2 - Math.cos(turn) * off, q.y2 - Math.sin(turn) * off];
    c.globalAlpha = alpha;
    c.fillStyle = ink(claim.rel, dark);
    c.beginPath();
    c.moveTo(tx, ty);
    c.lineTo(tx - Math.cos(turn - 0.42) * 8, ty - Math.sin(turn - 0.42) * 8);
    c.lineTo(tx - Math.cos(turn + 0.42) * 8, ty - Math.sin(turn + 0.42) * 8);
    c.closePath();
    c.fill();
  }
  c.globalAlpha = 1;
}

// The mark of a line stands in its middle, or as near to that as no name and no symbol covers it.
function paintMarks(c, p, out) {
  const clear = ([x, y]) => !out.boxes.some((b) => x > b[0] - 4 && x < b[2] + 4 && y > b[1] - 3 && y < b[3] + 3) && !out.nodes.some((item) => Math.hypot(item.x - x, item.y - y) < item.r + 4);
  for (const mark of out.marks) {
    const [q, claim, alpha] = mark;
    const seats = [[q.mx, q.my], ...(q.end ? [] : Array.from({ length: 20 }, (_, i) => along(q, 0.5 + 0.04 * (1 + (i >> 1)) * (i % 2 ? 1 : -1))))];
    mark.push(seats.find(clear) || seats[0]);
    statusMark(c, ...mark[3], claim.live.st, Math.max(alpha, 0.7), p);
  }
}

// In the middle of a line: a diamond if contested, a cross if denied, a ring if open, a bar if taken back, two if corrected, a square if a denial was taken back.
function statusMark(c, x, y, st, alpha, p) {
  c.globalAlpha = alpha;
  c.lineWidth = 1.5;
  c.strokeStyle = st === "Contested" || st === "Denied" ? p.warn : p.text;
  c.fillStyle = p.ground;
  c.beginPath();
  const stroke = (x1, y1, x2, y2) => { c.moveTo(x + x1, y + y1); c.lineTo(x + x2, y + y2); };
  if (st === "Contested" || st === "Open") {
    outline(c, st === "Open" ? "circle" : "diamond", x, y, 3.6);
    c.fill();
  } else if (st === "Denied") {
    stroke(-3.5, -3.5, 3.5, 3.5);
    stroke(3.5, -3.5, -3.5, 3.5);
  } else if (st === "Retracted") stroke(0, -5, 0, 5);
  else if (st === "Withdrawn") {
    outline(c, "square", x, y, 3.8);
    c.fill();
  }
  else {
    stroke(-2, -5, -2, 5);
    stroke(2, -5, 2, 5);
  }
  c.stroke();
  c.globalAlpha = 1;
}
