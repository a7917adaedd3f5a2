// Small pictures: spread over the window each way on its own, with larger symbols, names in full and relations in words.
const SMALL = 40;
const WORDED = 25;
const G = { x: 1, y: 1, turn: false, gap: 0, k: 1, fit: 1 };
const few = () => !V.groups && V.drawn.length > 0 && V.drawn.length < SMALL && V.mode !== "dispute";
const worded = () => (few() && V.lines.length < WORDED) || (layoutNow().live && V.lines.length < 90);
const spot = (node, at = layoutNow()) => onSheet(spotOf(node, at));
const onSheet = ([x, y]) => (G.turn ? [y * G.x, x * G.y] : [x * G.x, y * G.y]);
// What a page is about stands in the middle of its picture by links.
const CENTRE = !REC.paths.length && REC.highlight.length === 1 ? BY.get(REC.highlight[0]) : null;
const centred = () => (CENTRE && CENTRE.on && CENTRE.in && layoutNow().id === "links" ? CENTRE : null);
const sideOf = (node, at = layoutNow()) => {
  const side = at.sides[node.i] || 0;
  return G.turn ? [2, 3, 0, 0][side] : side;
};
const textSize = () => (!few() ? Math.max(11, Math.min(13, 12 * T.k)) : T.w < 560 ? 12.5 : V.drawn.length < 16 ? 15 : 14);
const nameRoom = () => (T.w < 560 ? 104 : V.drawn.length < 16 ? 190 : 150);
const nameOn = (node) => (S.layout === "paths" ? node.name : node.label);

// A name in as few lines as hold it, of about one length, or null if it cannot be broken so.
const WRAPPED = new Map();
function wrapped(c, text, room, font, most = 5) {
  const key = `${room} ${most} ${font}${text}`;
  if (!WRAPPED.has(key)) WRAPPED.set(key, wrap(c, text, room, font, most));
  return WRAPPED.get(key);
}
function wrap(c, text, room, font, most) {
  const words = text.split(/(?<=[\s\u3000-\u9fff])/u);
  if (words.some((word) => measure(c, word.trimEnd(), font) > room)) return null;
  const whole = measure(c, text, font);
  for (let n = Math.ceil(whole / room); n <= most; n++) {
    for (let aim = whole / n; aim < room + 8; aim += 8) {
      const out = [];
      for (const word of words) {
        const last = out.length - 1;
        if (last >= 0 && measure(c, (out[last] + word).trimEnd(), font) <= Math.min(aim, room)) out[last] += word;
        else out.push(word);
      }
      if (out.length <= n) return out.map((line) => line.trimEnd());
    }
  }
  return null;
}
// The same for a name that no room holds: shortened until it does.
function fitted(c, text, room, font) {
  for (let size = text.length; size > 8; size = Math.floor(size * 0.9)) {
    const found = wrapped(c, size < text.length ? `${text.slice(0, size).trimEnd()}…` : text, room, font);
    if (found) return found;
  }
  return [shorten(c, text, room, font)];
}

// The scale each way at which symbols and names just fill the window.
function fitSmall() {
  const at = layoutNow();
  G.turn = at.turns && T.w < 560;
  Object.assign(G, { x: 1, y: 1 });
  const font = `${textSize()}px ${FONT}`;
  const line = textSize() * 1.05;
  const r = symbolSize({ term: { part: "" } }) + 10;
  const boxes = V.drawn.map((node) => {
    const words = fitted(pen, nameOn(node), nameRoom(), font);
    const wide = Math.max(...words.map((text) => measure(pen, text, font))) + 4;
    const tall = words.length * line + 4;
    const side = sideOf(node, at);
    const [x, y] = onSheet(at.spots[node.i]);
    const across = side > 1 ? wide / 2 : r;
    const up = side < 2 ? Math.max(r, tall / 2) : r;
    return { x, y, l: side === 1 ? r + wide : across, r: side === 0 ? r + wide : across, u: side === 3 ? r + tall : up, d: side === 2 ? r + tall : up };
  });
  for (const [, x, y, w, h, id] of at.heads) {
    if (bandHolds(at, x, y, w, h, BY.get(id)).length) boxes.push({ x, y, l: 0, r: 0, u: 0, d: 0 }, { x: x + w, y: y + h, l: 0, r: 0, u: 0, d: 0 });
  }
  const middle = centred();
  const [mx, my] = middle ? onSheet(at.spots[middle.i]) : [0, 0];
  const span = (k, value, less, more, about) => {
    let [low, high] = [Infinity, -Infinity];
    for (const box of boxes) {
      low = Math.min(low, box[value] * k - box[less]);
      high = Math.max(high, box[value] * k + box[more]);
    }
    if (!middle) return [low, high];
    const half = Math.max(about * k - low, high - about * k);
    return [about * k - half, about * k + half];
  };
  const solve = (room, ...which) => {
    let [low, high] = [0.2, 9];
    for (let i = 0; i < 24; i++) {
      const k = (low + high) / 2;
      const [a, b] = span(k, ...which);
      if (b - a <= room) low = k;
      else high = k;
    }
    return low;
  };
  const wide = freeWidth();
  let kx = solve(wide - 24, "x", "l", "r", mx);
  let ky = solve(T.h - 24, "y", "u", "d", my);
  const free = at.id === "links" || at.id === "paths" || at.live;
  [kx, ky] = [Math.min(kx, ky * (free ? 12 : 2.2)), Math.min(ky, kx * (free ? 12 : 1.7))];
  const tight = T.w < 700 && Math.min(kx, ky) < 0.58 && !free;
  // On a phone what cannot be read whole begins at the top left.
  if (tight) kx = ky = 0.9;
  T.k = G.k = Math.min(kx, ky, 1.7);
  G.x = kx / T.k;
  G.y = ky / T.k;
  const [[x1, x2], [y1, y2]] = [span(kx, "x", "l", "r", mx), span(ky, "y", "u", "d", my)];
  T.x = tight ? 12 - x1 : (wide - x1 - x2) / 2;
  T.y = tight ? 12 - y1 : (T.h - y1 - y2) / 2;
  T.own = false;
  G.gap = nearest(at);
  G.fit = T.k;
}

// How near two symbols come, on screen at the fitted scale.
function nearest(at) {
  let best = 1e9;
  const spots = V.drawn.map((node) => spot(node, at));
  spots.forEach(([x, y], i) => { for (let j = 0; j < i; j++) best = Math.min(best, Math.hypot(x - spots[j][0], y - spots[j][1])); });
  return best * T.k;
}
// The radius of a symbol; in small pictures by how many there are and how near they come.
function symbolSize(node, k = T.k) {
  const own = node.term.part === "lane" ? 10.5 : node.term.symbol === "dot" ? 6.5 : 7.4;
  if (!few()) return Math.max(6.5, own * Math.min(1.5, Math.max(0.85, k)) * (layoutNow().live ? Math.min(1.25, node.size || 1) : 1));
  const grown = own * (layoutNow().live ? Math.min(1.5, node.size || 1) : 1) * (T.w < 560 ? 1.25 : V.drawn.length < 16 ? 1.8 : 1.4) * Math.max(0.6, Math.min(1.3, k / G.k));
  return Math.max(6.5, Math.min(grown, (G.gap || 99) * (k / G.k) * 0.46));
}

// Full names first, where they stand clear of lines; then where they stand clear of names.
function seatWhole(c, { node, x, y, r }, w, h, taken, strewn) {
  const size = Math.max(11, Math.min(textSize(), (G.gap || 99) * (T.k / G.k) * 0.95));
  const font = `${node.term.part === "lane" ? "bold " : ""}${size}px ${FONT}`;
  const line = size * 1.05;
  const side = sideOf(node);
  const sides = side > 1 ? [side, 0, 1, 5 - side] : [side, 1 - side, 2, 3];
  const shapes = [...new Map([1, 1.5, 0.72, 0.5].map((part) => wrapped(c, nameOn(node), nameRoom() * part, font)).concat([fitted(c, nameOn(node), nameRoom(), font)]).filter(Boolean).map((words) => [words.join("\n"), words])).values()];
  for (const soft of [true, false]) {
    for (const way of sides) {
      for (const words of shapes) {
        const long = Math.max(...words.map((text) => measure(c, text, font)));
        const tall = line * words.length;
        const [bx, by] = [[x + r + 7, y - tall / 2], [x - r - 7 - long, y - tall / 2], [x - long / 2, y + r + 3], [x - long / 2, y - r - 3 - tall]][way];
        const box = [bx - 1, by, bx + long + 1, by + tall, -2];
        if (box[0] < 0 || box[2] > w || box[1] < 0 || box[3] > h || !taken.free(box, node.i) || (soft && !strewn.free(box, node.i))) continue;
        taken.add(box);
        return { words, box, font, line, centred: way > 1 };
      }
    }
  }
  return null;
}

// Small boxes along every line, so that names may keep off them.
function strew(out) {
  const strewn = Taken();
  for (const { claim, path } of out.lines) {
    const steps = Math.max(4, Math.ceil(path.parts.reduce((sum, part, i) => sum + chord(path, i), 0) / 10));
    for (let i = 1; i < steps; i++) {
      const [x, y] = along(path, i / steps);
      // The first bit of a line lies beside its own symbol, whose name may touch it there.
      strewn.add([x - 1, y - 1, x + 1, y + 1, i * 10 < 14 ? claim.from.i : (steps - i) * 10 < 14 ? claim.tip.i : -9]);
    }
  }
  return strewn;
}

// What a line says, on the line, with the way that it is said, if it has one.
function paintWords(c, T, w, h, p, up, taken, out, told) {
  const size = textSize() - 2;
  const font = `${size}px ${FONT}`;
  for (const { claim, path } of told) {
    if (path.end || claim.ghost) continue;
    const [dx, dy] = [path.x2 - path.x1, path.y2 - path.y1];
    const rowed = layoutNow().live && alongRow(claim, layoutNow());
    // In rows that are close the marks on the lines say how a claim stands.
    const all = V.mode === "dispute" || (rowed && !few());
    const hedge = [(all ? ["Alleged", "Announced"].includes(claim.live.ba) : claim.live.ba !== "Asserted") && term(BASES, claim.live.ba).label, !all && claim.live.st !== "Uncontested" && term(STATUSES, claim.live.st).label].filter(Boolean).join(", ");
    const said = claim.apart ? claim.rel.label : hedge ? `${claim.rel.label}, ${hedge}` : claim.rel.label;
    const way = rowed || Math.abs(dx) >= Math.abs(dy) * 0.6 ? (dx > 0 ? `${said} →` : `← ${said}`) : `${said} ${dy > 0 ? "↓" : "↑"}`;
    const text = claim.rel.symmetric ? said : way;
    const shapes = (T.w < 560 ? [84, 64] : [190, 90, 66]).map((room) => wrapped(c, text, room, font)).filter(Boolean);
    // On the line, else just above or below it.
    const seats = [0, -1, 1].flatMap((off) => shapes.flatMap((shape) => (rowed ? (layoutNow().kin.get(claim.tip) === claim.from ? [0.72, 0.66, 0.78, 0.6] : [0.28, 0.34, 0.22, 0.4]) : [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8]).map((at) => [shape, at, off])));
    for (const [broken, t, off] of seats) {
      const long = Math.max(...broken.map((row) => measure(c, row, font)));
      const tall = broken.length * size * 1.05;
      const [x, middle] = along(path, t);
      const y = middle + off * (tall / 2 + 3);
      const box = [x - long / 2 - 2, y - tall / 2, x + long / 2 + 2, y + tall / 2, -2];
      const mark = marked(claim.live) && box[0] < path.mx + 6 && box[2] > path.mx - 6 && box[1] < path.my + 6 && box[3] > path.my - 6;
      if (mark || box[0] < 0 || box[1] < 0 || box[2] > w || box[3] > h || !taken.free(box, -3)) continue;
      taken.add(box);
      out.boxes.push([...box.slice(0, 4), -1, claim.i]);
      out.words.push([claim.id, broken.join(" ")]);
      const dim = up && !up.claims.has(claim) ? (up.soft ? 0.75 : 0.25) : 1;
      c.globalAlpha = dim;
      c.fillStyle = p.ground;
      c.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
      const colour = loud(claim.live) ? p.warn : p.text;
      broken.forEach((row, i) => written(c, row, x - measure(c, row, font) / 2, box[1] + size * (i * 1.05 + 0.86), font, colour, p, dim));
      break;
    }
  }
}
