// Names: measured, shortened, and given a seat where no other name or symbol is.
const WIDTHS = new Map();
function measure(c, text, font) {
  let held = WIDTHS.get(font);
  if (!held) WIDTHS.set(font, (held = new Map()));
  let width = held.get(text);
  if (width === undefined) {
    c.font = font;
    held.set(text, (width = c.measureText(text).width));
  }
  return width;
}
function shorten(c, text, room, font) {
  if (measure(c, text, font) <= room) return text;
  let [low, high] = [1, Math.min(text.length, 60)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(c, text.slice(0, middle).trimEnd() + "…", font) <= room) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low).trimEnd() + "…";
}

// A name without the first word that most of its kind begin with: what is left tells it from the others.
const FIRSTS = new Map();
function briefOf(node) {
  if (!FIRSTS.size) {
    for (const { kind, label } of NODES) {
      const first = label.split(" ", 1)[0];
      if (!FIRSTS.has(kind)) FIRSTS.set(kind, { all: 0, words: new Map() });
      const held = FIRSTS.get(kind);
      held.all += 1;
      held.words.set(first, (held.words.get(first) || 0) + 1);
    }
  }
  const [first] = node.label.split(" ", 1);
  const held = FIRSTS.get(node.kind);
  const shared = held && held.all > 3 && held.words.get(first) * 2 > held.all && !/\d/.test(first);
  return (shared && node.label.slice(first.length).trimStart()) || node.label;
}
const uncut = (words) => !words.some((text) => text.endsWith("…"));
// The name, or what is left of it without that word: in a layout of bands for all alike, else where the name does not fit.
function shortest(node, made) {
  if (!few() && !layoutNow().live) return made(briefOf(node));
  const full = made(node.label);
  return uncut(full) ? full : made(briefOf(node));
}

// Shortened before its last word if that holds a number: it tells namesakes apart.
function cut(c, text, room, font) {
  const end = text.lastIndexOf(" ");
  if (end < 1 || !/\d/.test(text.slice(end)) || measure(c, text, font) <= room) return shorten(c, text, room, font);
  return shorten(c, text.slice(0, end), room - measure(c, text.slice(end), font), font) + text.slice(end);
}

// A name in one line if there is room, else in two, broken at a space near the middle.
const LINES = new Map();
function lines(c, text, one, room, font) {
  if (measure(c, text, font) <= one) return [text];
  const key = `${room} ${font}${text}`;
  if (!LINES.has(key)) LINES.set(key, broken(c, text, room, font));
  return LINES.get(key);
}
function broken(c, text, room, font) {
  const whole = measure(c, text, font);
  let best = null;
  for (let i = text.indexOf(" "); i > 0; i = text.indexOf(" ", i + 1)) {
    const first = measure(c, text.slice(0, i), font);
    if (first > room) break;
    const worst = Math.max(first, whole - first);
    if (!best || worst <= best[0]) best = [worst, i];
  }
  if (!best) return [shorten(c, text, room, font)];
  return [text.slice(0, best[1]), shorten(c, text.slice(best[1] + 1), room, font)];
}

// Boxes that are taken, in a grid so that asking is cheap.
function Taken() {
  const grid = new Map();
  const each = (box, visit) => {
    for (let gx = Math.floor(box[0] / 64); gx <= Math.floor(box[2] / 64); gx++) {
      for (let gy = Math.floor(box[1] / 24); gy <= Math.floor(box[3] / 24); gy++) if (visit(`${gx} ${gy}`)) return true;
    }
    return false;
  };
  return {
    add: (box) => each(box, (key) => { if (!grid.has(key)) grid.set(key, []); grid.get(key).push(box); }),
    free: (box, own) => !each(box, (key) => (grid.get(key) || []).some((b) => b[4] !== own && b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])),
  };
}

// Whether a text is read from the right, by its first letter.
const rightward = (text) => /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);
function written(c, text, x, y, font, colour, p, alpha) {
  c.font = font;
  c.direction = rightward(text) ? "rtl" : "ltr";
  c.textBaseline = "alphabetic";
  c.textAlign = "left";
  c.lineJoin = "round";
  c.globalAlpha = alpha;
  c.strokeStyle = p.ground;
  c.lineWidth = 3;
  c.strokeText(text, x, y);
  c.fillStyle = colour;
  c.fillText(text, x, y);
  c.direction = "ltr";
  c.globalAlpha = 1;
}

// Where the members of a lane are: its fullest cells, as many as there is room for, and how many more.
function spread(held, room, c, font) {
  const cells = new Map();
  for (const node of held) if (node.cell) cells.set(node.cell, (cells.get(node.cell) || 0) + 1);
  const order = [...cells].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (let n = Math.min(6, order.length); n > 0; n--) {
    const rest = order.slice(n);
    const text = order.slice(0, n).map(([cell, count]) => `${cell} ${count}`).join(", ") + (rest.length ? `, ${rest.length} more` : "");
    if (measure(c, text, font) <= room - 14) return [text];
  }
  return [];
}

function paintLabels(c, T, w, h, p, up, titles, out) {
  const taken = Taken();
  const named = new Set();
  const bold = `bold 13px ${FONT}`;
  const plain = `12px ${FONT}`;
  for (const title of titles) {
    const [x, y, bw] = title.box;
    const font = title.node ? bold : `bold 11.5px ${FONT}`;
    const number = title.count === null ? "" : String(title.count);
    const text = shorten(c, title.text, Math.max(30, bw - 14 - measure(c, number, plain) - 6), font);
    const size = measure(c, text, font);
    const top = y + Math.max(2, Math.min(5, (24 * T.k - 14) / 2));
    const dim = up && title.node && !up.nodes.has(title.node) ? 0.4 : 1;
    written(c, text, x + 7, top + 11, font, title.node ? p.text : p.muted, p, dim);
    written(c, number, x + 7 + size + 6, top + 11, title.node ? bold : plain, title.node ? p.text : p.muted, p, dim);
    let end = x + 7 + size + 8 + measure(c, number, title.node ? bold : plain);
    if (title.node) {
      named.add(title.node);
      const room = x + bw - 8 - end - 10;
      const more = [title.node.local, ...spread(title.held, room - measure(c, title.node.local || "", plain), c, plain)].filter(Boolean).join("  ");
      const short = room > 40 && more ? shorten(c, more, room, plain) : "";
      if (short) {
        written(c, short, end + 6, top + 11, plain, p.muted, p, dim);
        end += 6 + measure(c, short, plain);
      }
    }
    const box = [x + 5, top, end, top + 13, -1];
    taken.add(box);
    out.boxes.push(box);
  }
  const inside = out.nodes.filter((item) => item.x > 0 && item.y > 0 && item.x < w && item.y < h);
  inside.sort((a, b) => a.node.term.rank - b.node.term.rank || b.node.degree - a.node.degree || a.node.i - b.node.i);
  for (const { x, y, r, node } of out.nodes) taken.add([x - r, y - r + 1, x + r, y + r - 1, node.i]);
  paintNumbers(c, w, h, p, up, taken, out);
  const placed = new Map();
  const small = few();
  const strewn = small && strew(out);
  // Where the buttons for zooming lie.
  if (small) taken.add([w - 80, h - 44, w, h, -1]);
  for (const { box } of out.voices) taken.add([...box, -1]);
  // By links names keep clear of lines, and those that they do not end at them and go on behind them.
  const free = !small && layoutNow().id === "links" && out.ways.length < 700;
  for (const item of inside) {
    if (named.has(item.node) || placed.size > 600) continue;
    const found = (!small && layoutNow().live && seatRow(c, item, w, h, taken, T.k)) || (small && seatWhole(c, item, w, h, taken, strewn)) || seatLabel(c, item, w, h, taken, T.k);
    if (found) placed.set(item.node, found);
  }
  if (free) seatFreely(c, inside, w, h, taken, T.k, placed, Crossing(out.ways));
  // Names keep their places when something is lifted; what is lifted and had none takes one from the dimmed.
  const above = up ? inside.filter((item) => !item.dim && !named.has(item.node)) : [];
  if (above.some((item) => !placed.has(item.node))) {
    const high = Taken();
    for (const box of out.boxes) high.add(box);
    for (const { node, x, y, r } of above) {
      high.add([x - r, y - r + 1, x + r, y + r - 1, node.i]);
      if (placed.has(node)) high.add(placed.get(node).box);
    }
    for (const item of above) {
      if (placed.has(item.node)) continue;
      const found = seatLabel(c, item, w, h, high, T.k);
      if (!found) continue;
      const [x1, y1, x2, y2] = found.box;
      for (const [node, other] of placed) {
        const q = other.box;
        if (!up.nodes.has(node) && q[0] < x2 && q[2] > x1 && q[1] < y2 && q[3] > y1) placed.delete(node);
      }
      placed.set(item.node, found);
    }
  }
  for (const { node, dim } of inside) {
    out.wanted += dim ? 0 : 1;
    const found = placed.get(node);
    if (found || named.has(node)) out.named += dim ? 0 : 1;
    if (!found) continue;
    out.boxes.push(found.box.slice(0, 4).concat(node.i));
    out.words.push([node.id, found.words.join(" ")]);
    const middle = (found.box[0] + found.box[2]) / 2;
    if (free) {
      c.globalAlpha = 0.85;
      c.fillStyle = p.ground;
      c.fillRect(found.box[0] - 1, found.box[1], found.box[2] - found.box[0] + 2, found.box[3] - found.box[1]);
    }
    found.words.forEach((text, i) => written(c, text, found.centred ? middle - measure(c, text, found.font) / 2 : found.box[0] + 1, found.box[1] + found.line * (i + 0.84), found.font, p.text, p, dim ? (up && up.soft ? 0.75 : 0.3) : 1));
  }
  // What a line says: of all where there is room, else of those that are lifted.
  if (worded() || up) paintWords(c, T, w, h, p, up, taken, out, worded() ? out.lines : out.lines.filter(({ claim }) => up.claims.has(claim)).slice(0, 160));
  paintEnds(c, w, h, p, up, taken, out);
}

// Beside the stubs of a line that finds no free way: who stands at its other end.
function paintEnds(c, w, h, p, up, taken, out) {
  const font = `italic 11px ${FONT}`;
  for (const { claim, path } of out.lines) {
    if (!path.end) continue;
    const dim = up && !up.claims.has(claim) ? 0.3 : 1;
    for (const [[x, y], x0, other] of [[path.near, path.x1, claim.tip], [path.end, path.x2, claim.from]]) {
      const text = `${claim.rel.symmetric ? "–" : other === claim.tip ? "→" : "←"} ${shorten(c, other.label, 90, font)}`;
      const left = x < x0 ? x - measure(c, text, font) - 3 : x + 3;
      const box = [left, y - 6, left + measure(c, text, font), y + 6, -2];
      if (box[0] < 0 || box[1] < 0 || box[2] > w || box[3] > h || !taken.free(box, -3)) continue;
      taken.add(box);
      out.boxes.push([...box.slice(0, 4), -1, claim.i]);
      written(c, text, left, y + 4, font, p.muted, p, dim);
    }
  }
}

// In rows: in one line at the free side, or in more where nothing stands above and below.
function seatRow(c, { node, x, y, r }, w, h, taken, k) {
  const font = `${node.term.part === "lane" ? "bold " : ""}${textSize()}px ${FONT}`;
  const line = textSize() * 1.02;
  const side = sideOf(node);
  const edge = side === 1 ? x : side === 0 ? w - x : Infinity;
  const room = Math.min((layoutNow().rooms.get(node) - 14) * k, edge - r - 8);
  if (room < 40) return null;
  const rows = Math.min(4, layoutNow().rows.get(node) || 1);
  const shapes = [rows > 1 && wrapped(c, node.label, room, font, rows), shortest(node, (text) => [cut(c, text, room, font)])].filter(Boolean);
  for (const words of shapes) {
    const long = Math.max(...words.map((text) => measure(c, text, font)));
    const tall = line * words.length;
    const bx = side === 1 ? x - r - 5 - long : x + r + 5;
    const box = [bx - 1, y - tall / 2, bx + long + 1, y + tall / 2, -2];
    if (box[0] < 0 || box[2] > w || box[1] < 0 || box[3] > h || !taken.free(box, node.i)) continue;
    taken.add(box);
    return { words, box, font, line };
  }
  return null;
}

// Names shrink with the picture down to a size that can still be read.
const sizeAt = (k) => Math.min(OPT.size, Math.max(11, Math.round(OPT.size * k * 2) / 2));
// The first free seat of a name beside its symbol: right, in one line or two, shortened if need be, before any other side.
// Where it is told how much a box is crossed, the free seat that is crossed least.
function seatLabel(c, { node, x, y, r }, w, h, taken, k, crossed) {
  const head = node.term.part === "lane";
  const px = head ? 13 : sizeAt(k);
  const font = `${head ? "bold " : ""}${px}px ${FONT}`;
  const most = head ? 190 : (layoutNow().most * px) / OPT.size;
  const narrow = head ? 190 : Math.min(most, Math.round(layoutNow().most * Math.max(k, 0.7)));
  const line = px * 0.94;
  const full = shortest(node, (text) => lines(c, text, most, narrow, font));
  const one = shortest(node, (text) => [cut(c, text, narrow, font)]);
  const tries = [[full, 0]];
  if (full.length > 1) tries.push([one, 0]);
  const size = measure(c, one[0], font);
  for (const part of [0.84, 0.68]) if (size * part > 44) tries.push([shortest(node, (text) => [cut(c, text, size * part, font)]), 0]);
  tries.push([full, 1], [one, 1], [one, 2], [one, 3]);
  if (size > 90) for (const side of [0, 1]) tries.push([shortest(node, (text) => [cut(c, text, 60, font)]), side]);
  let best = null;
  for (const [words, side] of tries) {
    const long = Math.max(...words.map((text) => measure(c, text, font)));
    const tall = line * words.length;
    const [bx, by] = [[x + r + 4, y - tall / 2], [x - r - 4 - long, y - tall / 2], [x - long / 2, y + r + 1], [x - long / 2, y - r - 1 - tall]][side];
    const box = [bx - 1, by, bx + long + 1, by + tall, -2];
    if (box[0] < 0 || box[2] > w || box[1] < 0 || box[3] > h || !taken.free(box, node.i)) continue;
    // What is lost of a name weighs as much as lines through it.
    const cost = crossed ? crossed(box) + (uncut(words) ? 0 : Math.max(1, 6 * (1 - words.join(" ").length / node.label.length))) : 0;
    if (!best || cost < best.cost) best = { words, box, font, line, cost };
    if (!cost) break;
  }
  if (best) taken.add(best.box);
  return best;
}
// By links a name moves to another side, if one is free, where lines run through it; none is lost by that.
function seatFreely(c, items, w, h, taken, k, placed, crossed) {
  for (let round = 0; round < 2; round++) {
    for (const item of items) {
      const held = placed.get(item.node);
      if (!held || !crossed(held.box)) continue;
      // Its box is nowhere as long as another seat is looked for; if none is better it is found again.
      held.box.splice(2, 2, -1e9, -1e9);
      placed.set(item.node, seatLabel(c, item, w, h, taken, k, crossed));
    }
  }
}
