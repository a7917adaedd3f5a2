// Lines that keep off the symbols of others: straight where that is free, else bent, else along free channels.
//
// `discs` are [x, y, radius]; a wish is { a, b, bends }: the numbers of its two discs, and how far its middle may
// leave the straight, the best first. `gap` is the room kept beside a disc, `cell` the grain of the channels.
// A route is { parts } from a on, each [cx, cy, x, y], a quadratic curve; or { ends: [[x, y], [x, y]] } where no way
// is free: a short stub at each end. Nothing is left to chance or to a clock: the same input has the same routes.
// About linear in wishes; what is searched for channels is at most `CELLS` cells in all.
const CELLS = 2e6;
function Router(discs, gap, cell) {
  const wall = gap + cell * 0.2;
  const size = Math.max(24, ...discs.map(([, , r]) => 2 * (r + wall)));
  const buckets = new Map();
  const slot = (bx, by) => bx * 65536 + by;
  discs.forEach(([x, y, r], i) => {
    const far = r + wall;
    for (let bx = Math.floor((x - far) / size); bx <= Math.floor((x + far) / size); bx++) {
      for (let by = Math.floor((y - far) / size); by <= Math.floor((y + far) / size); by++) {
        if (!buckets.has(slot(bx, by))) buckets.set(slot(bx, by), []);
        buckets.get(slot(bx, by)).push(i);
      }
    }
  });

  // Whether a straight piece keeps off all discs but a and b.
  function clear(x1, y1, x2, y2, a, b, room = gap) {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const long = dx * dx + dy * dy || 1e-9;
    const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1];
    for (let bx = Math.floor(left / size); bx <= Math.floor(right / size); bx++) {
      let [ya, yb] = [y1, y2];
      if (Math.abs(dx) > 1e-9) {
        ya = y1 + (dy * (Math.max(left, bx * size) - x1)) / dx;
        yb = y1 + (dy * (Math.min(right, (bx + 1) * size) - x1)) / dx;
      }
      if (ya > yb) [ya, yb] = [yb, ya];
      for (let by = Math.floor(ya / size); by <= Math.floor(yb / size); by++) {
        const here = buckets.get(slot(bx, by));
        if (!here) continue;
        for (const i of here) {
          if (i === a || i === b) continue;
          const [x, y, r] = discs[i];
          const u = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / long));
          const [ex, ey] = [x1 + u * dx - x, y1 + u * dy - y];
          if (ex * ex + ey * ey < (r + room) * (r + room)) return false;
        }
      }
    }
    return true;
  }
  // What the discs span: a curve stays within, but for a narrow margin.
  const [xs, ys] = [discs.map((disc) => disc[0]), discs.map((disc) => disc[1])];
  const pad = 6 * cell;
  const span = [Math.min(...xs) - pad, Math.min(...ys) - pad, Math.max(...xs) + pad, Math.max(...ys) + pad];
  // The same for a curve, in pieces.
  function curveClear(x1, y1, [cx, cy, x2, y2], a, b) {
    const steps = Math.max(4, Math.min(28, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 14)));
    for (let i = 1, px = x1, py = y1; i <= steps; i++) {
      const t = i / steps;
      const x = (1 - t) * (1 - t) * x1 + 2 * t * (1 - t) * cx + t * t * x2;
      const y = (1 - t) * (1 - t) * y1 + 2 * t * (1 - t) * cy + t * t * y2;
      if (x < span[0] || y < span[1] || x > span[2] || y > span[3] || !clear(px, py, x, y, a, b)) return false;
      [px, py] = [x, y];
    }
    return true;
  }
  // One curve whose middle leaves the straight by `bend`, to the right as seen from the disc of the lower number.
  function bent(a, b, bend) {
    const [x1, y1] = discs[a];
    const [x2, y2] = discs[b];
    const far = Math.hypot(x2 - x1, y2 - y1) || 1;
    const off = (2 * (a > b ? -bend : bend)) / far;
    return [(x1 + x2) / 2 - (y2 - y1) * off, (y1 + y2) / 2 + (x2 - x1) * off, x2, y2];
  }

  // The free cells of the sheet, and the way along them from one disc to others.
  let grid = null;
  let left = CELLS;
  function sheet() {
    const [x0, y0, x1, y1] = span;
    let step = cell;
    const wide = () => Math.ceil((x1 - x0) / step) + 1;
    const high = () => Math.ceil((y1 - y0) / step) + 1;
    while (wide() * high() > 250000) step *= 1.4;
    const [w, h] = [wide(), high()];
    const shut = new Uint8Array(w * h);
    for (let i = 0; i < w; i++) shut[i] = shut[(h - 1) * w + i] = 1;
    for (let j = 0; j < h; j++) shut[j * w] = shut[j * w + w - 1] = 1;
    for (const [x, y, r] of discs) {
      const far = r + wall;
      for (let j = Math.ceil((y - far - y0) / step); j <= (y + far - y0) / step; j++) {
        for (let i = Math.ceil((x - far - x0) / step); i <= (x + far - x0) / step; i++) {
          if ((x0 + i * step - x) ** 2 + (y0 + j * step - y) ** 2 < far * far) shut[j * w + i] = 1;
        }
      }
    }
    return { x0, y0, step, w, h, shut, cost: new Int32Array(w * h), from: new Int32Array(w * h) };
  }
  // Free cells beside a disc that a straight piece reaches from its middle.
  function doors(a) {
    const { x0, y0, step, w, h, shut } = grid;
    const [x, y, r] = discs[a];
    const far = r + wall + 2.5 * step;
    const found = [];
    for (let j = Math.max(1, Math.ceil((y - far - y0) / step)); j <= Math.min(h - 2, (y + far - y0) / step); j++) {
      for (let i = Math.max(1, Math.ceil((x - far - x0) / step)); i <= Math.min(w - 2, (x + far - x0) / step); i++) {
        const [px, py] = [x0 + i * step, y0 + j * step];
        const away = Math.hypot(px - x, py - y);
        if (away <= far && !shut[j * w + i] && clear(x, y, px, py, a, a)) found.push([j * w + i, Math.round((away / step) * 10)]);
      }
    }
    return found;
  }
  function reach(a, targets) {
    const { w, shut, cost, from } = grid;
    cost.fill(2147483647);
    const rings = [];
    const put = (at, value) => (rings[value] || (rings[value] = [])).push(at);
    const start = new Set();
    for (const [at, value] of doors(a)) {
      cost[at] = value;
      from[at] = -1;
      start.add(at);
      put(at, value);
    }
    const goals = new Map();
    for (const b of targets) for (const [at] of doors(b)) goals.set(at, (goals.get(at) || []).concat(b));
    const reached = new Map();
    const moves = [[1, 10], [-1, 10], [w, 10], [-w, 10], [w + 1, 14], [w - 1, 14], [-w + 1, 14], [-w - 1, 14]];
    for (let value = 0; value < rings.length && reached.size < targets.length && left > 0; value++) {
      for (const at of rings[value] || []) {
        if (cost[at] !== value) continue;
        left -= 1;
        for (const b of goals.get(at) || []) if (!reached.has(b)) reached.set(b, at);
        for (const [move, price] of moves) {
          const next = at + move;
          if (shut[next] || cost[next] <= value + price) continue;
          cost[next] = value + price;
          from[next] = at;
          put(next, value + price);
        }
      }
      rings[value] = null;
    }
    return reached;
  }
  // The way to a cell pulled taut, its corners rounded as far as that stays free.
  function taut(a, b, at) {
    const { x0, y0, step, w, from } = grid;
    const cells = [];
    for (let c = at; c >= 0; c = from[c]) cells.push(c);
    cells.reverse();
    const turns = cells.filter((c, i) => !i || i === cells.length - 1 || c - cells[i - 1] !== cells[i + 1] - c);
    const points = [discs[a], ...turns.map((c) => [x0 + (c % w) * step, y0 + Math.floor(c / w) * step]), discs[b]];
    const kept = [points[0]];
    for (let i = 0; i < points.length - 1; ) {
      let j = points.length - 1;
      while (j > i + 1 && !clear(points[i][0], points[i][1], points[j][0], points[j][1], a, b)) j -= 1;
      kept.push(points[j]);
      i = j;
    }
    return rounded(kept, a, b);
  }
  function rounded(points, a, b) {
    const parts = [];
    let [px, py] = points[0];
    const line = (x, y) => {
      parts.push([(px + x) / 2, (py + y) / 2, x, y]);
      [px, py] = [x, y];
    };
    for (let i = 1; i < points.length - 1; i++) {
      const [x, y] = points[i];
      const [before, after] = [points[i - 1], points[i + 1]];
      const [m, n] = [Math.hypot(before[0] - x, before[1] - y) || 1, Math.hypot(after[0] - x, after[1] - y) || 1];
      let round = Math.min(m / 2, n / 2, 12 * cell);
      let curve = null;
      for (; !curve && round > 0.5; round /= 2) {
        const [sx, sy] = [x + ((before[0] - x) / m) * round, y + ((before[1] - y) / m) * round];
        const tried = [x, y, x + ((after[0] - x) / n) * round, y + ((after[1] - y) / n) * round];
        if (curveClear(sx, sy, tried, a, b)) [curve] = [tried, line(sx, sy)];
      }
      if (curve) {
        parts.push(curve);
        [px, py] = curve.slice(2);
      } else line(x, y);
    }
    const last = points[points.length - 1];
    line(last[0], last[1]);
    return parts;
  }
  // Where no way is free: a short piece from the rim on, as near as may be to the way to the other.
  function stub(a, b) {
    const [x, y, r] = discs[a];
    const turn = Math.atan2(discs[b][1] - y, discs[b][0] - x);
    const long = r + 4 * cell;
    for (let size = long; size > r + 1; size = r + (size - r) / 2) {
      for (let i = 0; i < 24; i++) {
        const way = turn + ((i % 2 ? -1 : 1) * Math.ceil(i / 2) * Math.PI) / 12;
        const [ex, ey] = [x + Math.cos(way) * size, y + Math.sin(way) * size];
        if (clear(x, y, ex, ey, a, a)) return [ex, ey];
      }
    }
    return [x, y];
  }

  function route(wishes) {
    const routes = [];
    const waiting = new Map();
    const used = new Map();
    const wait = (a, i) => (waiting.has(a) ? waiting.get(a).push(i) : waiting.set(a, [i]));
    wishes.forEach(({ a, b, bends, apart = 0 }, i) => {
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      if (!used.has(key)) used.set(key, []);
      const taken = used.get(key);
      const [x1, y1] = discs[a];
      for (const bend of bends) {
        if (taken.some((other) => Math.abs(other - bend) < apart)) continue;
        const part = bent(a, b, bend);
        if (bend ? !curveClear(x1, y1, part, a, b) : !clear(x1, y1, part[2], part[3], a, b)) continue;
        routes[i] = { parts: [part] };
        taken.push(bend);
        return;
      }
      wait(a, i);
      wait(b, i);
    });
    // Lines of one hub share one search, so that they go along the same channels.
    const hubs = [...waiting].sort((one, other) => other[1].length - one[1].length || one[0] - other[0]);
    if (hubs.length) grid = sheet();
    for (const [hub, lines] of hubs) {
      const open = lines.filter((i) => !routes[i]);
      const ends = new Map(open.map((i) => [i, wishes[i].a === hub ? wishes[i].b : wishes[i].a]));
      const reached = open.length && left > 0 ? reach(hub, [...new Set(ends.values())]) : new Map();
      for (const i of open) {
        const { a, b } = wishes[i];
        const at = reached.get(ends.get(i));
        if (at === undefined) {
          routes[i] = { ends: [stub(a, b), stub(b, a)] };
          continue;
        }
        const parts = taut(hub, ends.get(i), at);
        routes[i] = { parts: hub === a ? parts : turned(parts, discs[hub]) };
      }
    }
    return routes;
  }
  function turned(parts, start) {
    return parts.map(([cx, cy], i) => [cx, cy, ...(i ? parts[i - 1].slice(2) : start.slice(0, 2))]).reverse();
  }
  return { route };
}
// How far lines between two discs may bend, the nearest to what is wished first.
function bendsFor(wish, far, most) {
  const bends = [wish];
  for (const part of [0, 0.04, 0.08, 0.12, 0.17, 0.22, 0.28]) {
    const bend = part * far;
    if (bend <= most) bends.push(bend, -bend);
  }
  return [...new Set(bends)].sort((one, other) => Math.abs(one - wish) - Math.abs(other - wish) || one - other);
}
