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
  const [xs, ys, rs] = [0, 1, 2].map((i) => Float64Array.from(discs, (disc) => disc[i]));
  // What the discs span: lines stay within, but for a narrow margin.
  const pad = 6 * cell;
  const most = (values, sign) => values.reduce((best, value) => Math.max(best, sign * value), -Infinity) * sign;
  const span = [most(xs, -1) - pad, most(ys, -1) - pad, most(xs, 1) + pad, most(ys, 1) + pad];
  // Discs by squares of the sheet.
  const size = Math.max(4 * cell, 2 * (most(rs, 1) + wall), Math.sqrt(((span[2] - span[0]) * (span[3] - span[1])) / 40000) || 1);
  const columns = Math.ceil((span[2] - span[0]) / size) + 1 || 1;
  const rows = Math.ceil((span[3] - span[1]) / size) + 1 || 1;
  const column = (x) => Math.max(0, Math.min(columns - 1, Math.floor((x - span[0]) / size)));
  const row = (y) => Math.max(0, Math.min(rows - 1, Math.floor((y - span[1]) / size)));
  const squares = Array.from({ length: columns * rows }, () => []);
  discs.forEach(([x, y, r], i) => {
    const far = r + wall;
    for (let bx = column(x - far); bx <= column(x + far); bx++) for (let by = row(y - far); by <= row(y + far); by++) squares[by * columns + bx].push(i);
  });

  // Whether a straight piece keeps off all discs but a and b.
  function clear(x1, y1, x2, y2, a, b) {
    const dx = x2 - x1;
    const dy = y2 - y1;
    const long = dx * dx + dy * dy || 1e-9;
    const left = Math.min(x1, x2);
    const right = Math.max(x1, x2);
    const last = column(right);
    for (let bx = column(left); bx <= last; bx++) {
      let ya = y1;
      let yb = y2;
      if (dx > 1e-9 || dx < -1e-9) {
        ya = y1 + (dy * (Math.max(left, Math.min(right, span[0] + bx * size)) - x1)) / dx;
        yb = y1 + (dy * (Math.max(left, Math.min(right, span[0] + (bx + 1) * size)) - x1)) / dx;
      }
      const low = row(Math.max(ya, yb));
      for (let by = row(Math.min(ya, yb)); by <= low; by++) {
        const here = squares[by * columns + bx];
        for (let n = 0; n < here.length; n++) {
          const i = here[n];
          if (i === a || i === b) continue;
          let u = ((xs[i] - x1) * dx + (ys[i] - y1) * dy) / long;
          u = u < 0 ? 0 : u > 1 ? 1 : u;
          const ex = x1 + u * dx - xs[i];
          const ey = y1 + u * dy - ys[i];
          const far = rs[i] + gap;
          if (ex * ex + ey * ey < far * far) return false;
        }
      }
    }
    return true;
  }
  // The same for a curve, in pieces.
  function curveClear(x1, y1, [cx, cy, x2, y2], a, b) {
    const steps = Math.max(4, Math.min(28, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 14)));
    let px = x1;
    let py = y1;
    for (let i = 1; i <= steps; i++) {
      const t = i / steps;
      const x = (1 - t) * (1 - t) * x1 + 2 * t * (1 - t) * cx + t * t * x2;
      const y = (1 - t) * (1 - t) * y1 + 2 * t * (1 - t) * cy + t * t * y2;
      if (x < span[0] || y < span[1] || x > span[2] || y > span[3] || !clear(px, py, x, y, a, b)) return false;
      px = x;
      py = y;
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
    return { x0, y0, step, w, h, shut, cost: new Int32Array(w * h), from: new Int32Array(w * h), doors: new Map() };
  }
  // Free cells beside a disc that a straight piece reaches from its middle.
  function doors(a) {
    if (!grid.doors.has(a)) grid.doors.set(a, doorsOf(a));
    return grid.doors.get(a);
  }
  function doorsOf(a) {
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
  // The nearest cells of some discs as seen from another; towards a single one only what may lie on the way is looked at.
  function reach(a, targets) {
    const { x0, y0, step, w, h, shut, cost, from } = grid;
    cost.fill(2147483647);
    const done = new Uint8Array(w * h);
    const [single, tx, ty] = [targets.length === 1, Math.round((xs[targets[0]] - x0) / step), Math.round((ys[targets[0]] - y0) / step)];
    const slack = single ? Math.ceil(((rs[targets[0]] + wall) / step + 4) * 14) : 0;
    const ahead = (at) => {
      if (!single) return 0;
      const dx = Math.abs((at % w) - tx);
      const dy = Math.abs(Math.floor(at / w) - ty);
      return Math.max(0, 20 * Math.max(dx, dy) + 8 * Math.min(dx, dy) - slack);
    };
    const base = ahead(Math.round((ys[a] - y0) / step) * w + Math.round((xs[a] - x0) / step));
    const rings = [];
    let now = 0;
    const put = (at, before, value) => {
      if (cost[at] <= value) return;
      cost[at] = value;
      from[at] = before;
      const ring = Math.max(now, value + ahead(at) - base);
      if (rings[ring]) rings[ring].push(at);
      else rings[ring] = [at];
    };
    for (const [at, value] of doors(a)) put(at, -1, value);
    const goals = new Map();
    for (const b of targets) for (const [at] of doors(b)) goals.set(at, (goals.get(at) || []).concat(b));
    const reached = new Map();
    for (; now < rings.length && reached.size < targets.length && left > 0; now++) {
      const here = rings[now];
      if (!here) continue;
      for (let n = 0; n < here.length; n++) {
        const at = here[n];
        if (done[at]) continue;
        if (reached.size === targets.length) break;
        done[at] = 1;
        left -= 1;
        if (goals.has(at)) for (const b of goals.get(at)) if (!reached.has(b)) reached.set(b, at);
        const value = cost[at];
        for (let move = -1; move <= 1; move++) {
          for (let next = at + move * w - 1; next <= at + move * w + 1; next++) {
            if (!shut[next] && !done[next]) put(next, at, value + (move && next !== at + move * w ? 14 : 10));
          }
        }
      }
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

  // Lays the routes of wishes into `routes`, what lies there already apart, in steps: as wished, then bent, then hub by hub.
  function* route(wishes, routes) {
    const waiting = new Map();
    const used = new Map();
    const wait = (a, i) => (waiting.has(a) ? waiting.get(a).push(i) : waiting.set(a, [i]));
    const bendInto = (i, bends) => {
      const { a, b, apart = 0 } = wishes[i];
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      if (!used.has(key)) used.set(key, []);
      const taken = used.get(key);
      for (const bend of bends) {
        if (taken.some((other) => Math.abs(other - bend) < apart)) continue;
        const part = bent(a, b, bend);
        if (bend ? !curveClear(xs[a], ys[a], part, a, b) : !clear(xs[a], ys[a], part[2], part[3], a, b)) continue;
        routes[i] = { parts: [part] };
        taken.push(bend);
        return;
      }
    };
    wishes.forEach(({ bends }, i) => routes[i] || bendInto(i, bends.slice(0, 1)));
    for (let i = 0, tried = 0; i < wishes.length; i++) {
      if (routes[i]) continue;
      if (tried++ % 50 === 0) yield;
      bendInto(i, wishes[i].bends.slice(1));
      if (routes[i]) continue;
      wait(wishes[i].a, i);
      wait(wishes[i].b, i);
    }
    // Lines of one hub share one search, so that they go along the same channels.
    const hubs = [...waiting].sort((one, other) => other[1].length - one[1].length || one[0] - other[0]);
    yield;
    if (hubs.length) grid = sheet();
    for (const [hub, lines] of hubs) {
      const open = lines.filter((i) => !routes[i]);
      if (!open.length) continue;
      const ends = new Map(open.map((i) => [i, wishes[i].a === hub ? wishes[i].b : wishes[i].a]));
      const all = [...new Set(ends.values())];
      for (const some of all.length > 4 ? [all] : all.map((end) => [end])) {
        const reached = left > 0 ? reach(hub, some) : new Map();
        for (const i of open) {
          const end = ends.get(i);
          if (!some.includes(end)) continue;
          const { a, b } = wishes[i];
          const parts = reached.has(end) && taut(hub, end, reached.get(end));
          routes[i] = parts ? { parts: hub === a ? parts : turned(parts, discs[hub]) } : { ends: [stub(a, b), stub(b, a)] };
        }
        yield;
      }
    }
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
