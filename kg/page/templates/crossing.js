// How many lines run through a box, by pieces of lines in a grid: a name is seated where the fewest do.
const TILE = [64, 24];
function Crossing(paths) {
  const grid = new Map();
  const each = ([x1, y1, x2, y2], visit) => {
    for (let gx = Math.floor(x1 / TILE[0]); gx <= Math.floor(x2 / TILE[0]); gx++) {
      for (let gy = Math.floor(y1 / TILE[1]); gy <= Math.floor(y2 / TILE[1]); gy++) visit(`${gx} ${gy}`);
    }
  };
  paths.forEach((path, i) => {
    for (const [x1, y1, x2, y2] of pieces(path)) {
      each([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], (key) => {
        if (!grid.has(key)) grid.set(key, []);
        grid.get(key).push([x1, y1, x2, y2, i]);
      });
    }
  });
  return (box) => {
    const found = new Set();
    each(box, (key) => { for (const piece of grid.get(key) || []) if (!found.has(piece[4]) && meets(piece, box)) found.add(piece[4]); });
    return found.size;
  };
}
// Whether a straight piece runs through a box, by Liang and Barsky.
function meets([x1, y1, x2, y2], [left, top, right, bottom]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  let [from, to] = [0, 1];
  for (const [p, q] of [[-dx, x1 - left], [dx, right - x1], [-dy, y1 - top], [dy, bottom - y1]]) {
    if (p < 0) from = Math.max(from, q / p);
    else if (p > 0) to = Math.min(to, q / p);
    else if (q < 0) return false;
  }
  return from < to;
}
