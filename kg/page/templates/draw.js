// Drawing: one function paints the picture on anything that speaks canvas 2D (screen, PNG, SVG).
const FONT = 'Arial, "Liberation Sans", Helvetica, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", sans-serif';
const PALETTE = {
  light: { ground: "#ffffff", band: "#f4f6f9", rim: "#d9dee5", text: "#16202b", muted: "#556270", accent: "#0b57a4", warn: "#b3261e" },
  dark: { ground: "#12171d", band: "#19212a", rim: "#303b47", text: "#e8edf2", muted: "#a3b0bd", accent: "#7cc0ff", warn: "#ff9a90" },
};
const ink = (t, dark) => (dark ? t.colour_dark : t.colour) || "#767676";

// Outline of a symbol of radius r about (x, y).
function outline(c, symbol, x, y, r) {
  const poly = (points) => {
    points.forEach(([px, py], i) => (i ? c.lineTo(x + px * r, y + py * r) : c.moveTo(x + px * r, y + py * r)));
    c.closePath();
  };
  const ring = (n, turn, size) => Array.from({ length: n }, (_, i) => [Math.cos((i * 2 * Math.PI) / n + turn) * size, Math.sin((i * 2 * Math.PI) / n + turn) * size]);
  c.beginPath();
  if (symbol === "square") poly([[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]]);
  else if (symbol === "hexagon") poly(ring(6, 0, 1.04));
  else if (symbol === "triangle") poly([[0, -1.12], [1.08, 0.82], [-1.08, 0.82]]);
  else if (symbol === "nabla") poly([[0, 1.12], [1.08, -0.82], [-1.08, -0.82]]);
  else if (symbol === "diamond") poly([[0, -1.08], [1.08, 0], [0, 1.08], [-1.08, 0]]);
  else if (symbol === "sheet") poly([[-0.74, -1], [0.3, -1], [0.74, -0.5], [0.74, 1], [-0.74, 1]]);
  else if (symbol === "card") poly([[-1.05, -0.66], [1.05, -0.66], [1.05, 0.66], [-1.05, 0.66]]);
  else if (symbol === "flag") poly([[-0.8, -1.05], [1.05, -0.4], [-0.45, 0.2], [-0.45, 1.1], [-0.8, 1.1]]);
  else if (symbol === "pin") poly([[0, 1.15], [-0.8, -0.1], [-0.55, -0.85], [0, -1.1], [0.55, -0.85], [0.8, -0.1]]);
  else {
    c.arc(x, y, symbol === "dot" ? r * 0.72 : r, 0, 2 * Math.PI);
    if (symbol === "rings") {
      c.moveTo(x + r * 0.45, y);
      c.arc(x, y, r * 0.45, 0, 2 * Math.PI);
    }
  }
}

// A symbol: full, pale with dots (only alleged), pale with dashes (contested), crossed (closed), barred (ordered closed); of what is no more the rim alone.
function symbol(c, t, x, y, r, mark, dark) {
  const colour = ink(t, dark);
  const p = PALETTE[dark ? "dark" : "light"];
  const hollow = mark.state || mark.tie !== "full";
  outline(c, t.symbol, x, y, r);
  // A rim of the ground's colour keeps symbols that touch apart.
  c.setLineDash([]);
  c.strokeStyle = p.ground;
  c.lineWidth = 3.2;
  c.stroke();
  c.fillStyle = p.ground;
  c.fill();
  c.fillStyle = colour;
  const alpha = c.globalAlpha;
  c.globalAlpha = alpha * (mark.state ? 0.08 : hollow ? 0.24 : 1);
  c.fill();
  c.globalAlpha = alpha;
  c.strokeStyle = colour;
  c.lineWidth = hollow ? 1.7 : 1.2;
  c.setLineDash(mark.tie === "alleged" ? [1.6, 2.1] : mark.tie === "none" ? [1, 4] : mark.tie === "contested" ? [4.2, 2.6] : []);
  c.stroke();
  c.setLineDash([]);
  if (t.symbol === "rings" && !hollow) {
    // The inner ring shows on the full symbol too.
    c.strokeStyle = p.ground;
    c.beginPath();
    c.arc(x, y, r * 0.5, 0, 2 * Math.PI);
    c.stroke();
    c.strokeStyle = colour;
  }
  if (t.letter && r > 4) {
    const font = `bold ${Math.round(r * 11) / 10}px ${FONT}`;
    const x0 = x - measure(c, t.letter, font) / 2 - (t.symbol === "flag" ? r * 0.14 : 0);
    c.font = font;
    c.textAlign = "left";
    c.textBaseline = "alphabetic";
    c.fillStyle = hollow ? p.text : p.ground;
    c.fillText(t.letter, x0, y + r * (t.symbol === "triangle" ? 0.6 : t.symbol === "nabla" ? 0.1 : t.symbol === "flag" ? -0.05 : 0.4));
  }
  if (mark.state && mark.state !== "gone") {
    const d = r * 0.58;
    c.beginPath();
    c.moveTo(x - d, y + d);
    c.lineTo(x + d, y - d);
    if (mark.state === "closed") {
      c.moveTo(x - d, y - d);
      c.lineTo(x + d, y + d);
    }
    c.lineWidth = 1.9;
    c.stroke();
  }
}

// On screen a symbol is drawn once and then stamped; sizes go by half pixels, so that there are few stamps.
const STAMPS = new Map();
function stamp(c, t, x, y, r, mark, dark) {
  if (c !== pen) return symbol(c, t, x, y, r, mark, dark);
  const dpr = canvas.width / T.w;
  const size = Math.round(r * 2) / 2;
  const key = `${t.symbol} ${t.letter} ${ink(t, dark)} ${size} ${mark.tie} ${mark.state} ${dark} ${dpr}`;
  const half = Math.ceil(size * 1.25 + 3);
  if (!STAMPS.has(key)) {
    if (STAMPS.size > 500) STAMPS.clear();
    const sheet = document.createElement("canvas");
    sheet.width = sheet.height = Math.ceil(2 * half * dpr);
    const own = sheet.getContext("2d");
    own.scale(dpr, dpr);
    symbol(own, t, half, half, size, mark, dark);
    STAMPS.set(key, sheet);
  }
  const sheet = STAMPS.get(key);
  c.drawImage(sheet, Math.round((x - half) * dpr) / dpr, Math.round((y - half) * dpr) / dpr, sheet.width / dpr, sheet.height / dpr);
}

function paint(c, T, w, h, hover, dark) {
  const p = PALETTE[dark ? "dark" : "light"];
  const at = layoutNow();
  const up = V.groups ? null : lifted(hover);
  const out = { nodes: [], lines: [], boxes: [], words: [], voices: [], bundles: [], ways: [], marks: [], wanted: 0, named: 0 };
  c.globalAlpha = 1;
  c.setLineDash([]);
  c.fillStyle = p.ground;
  c.fillRect(0, 0, w, h);
  if (V.groups) {
    paintGroups(c, T, dark, p, out, hover);
    return out;
  }
  const group = (name) => c.group && c.group(name);
  group("bands");
  const titles = paintBands(c, T, w, h, p, at);
  group("voices");
  paintVoices(c, T, p, at, up, hover, dark, out);
  group("lines");
  paintLines(c, T, w, h, dark, p, at, up, out);
  group("actors");
  const picked = selected().node;
  const rest = [];
  for (const node of V.drawn) {
    const [wx, wy] = spot(node, at);
    const [x, y, r] = [wx * T.k + T.x, wy * T.k + T.y, symbolSize(node, T.k)];
    if (x < -20 || y < -20 || x > w + 20 || y > h + 20) continue;
    const dim = (up && !up.nodes.has(node)) || (!V.mode && V.focus && !V.focus.has(node));
    out.nodes.push({ node, x, y, r, dim });
    if (!dim && up) {
      rest.push([node, x, y, r]);
      continue;
    }
    if (dim && up && up.soft) {
      // Lines end behind it, not in it.
      outline(c, node.term.symbol, x, y, r);
      c.fillStyle = p.ground;
      c.fill();
    }
    c.globalAlpha = dim ? (up && up.soft ? 0.55 : 0.22) : 1;
    stamp(c, node.term, x, y, r, node.mark, dark);
  }
  c.globalAlpha = 1;
  for (const [node, x, y, r] of rest) stamp(c, node.term, x, y, r, node.mark, dark);
  for (const { node, x, y, r } of out.nodes) {
    if (node !== picked && !(hover && hover.node === node) && !(up && S.chain.split("\t").includes(node.id))) continue;
    c.beginPath();
    c.arc(x, y, r + 4.5, 0, 2 * Math.PI);
    c.strokeStyle = p.accent;
    c.lineWidth = node === picked ? 2.6 : 1.6;
    c.stroke();
  }
  group("names");
  paintLabels(c, T, w, h, p, up, titles, out);
  group("marks");
  paintMarks(c, p, out);
  return out;
}

function paintBands(c, T, w, h, p, at) {
  const titles = [];
  let first = null;
  for (const [text, x, y, bw, bh, id, count] of at.heads) {
    const node = BY.get(id);
    const held = bandHolds(at, x, y, bw, bh, node);
    const [sx, sy] = [G.x * T.k, G.y * T.k];
    // A band that goes on in the next column is counted where it begins.
    if (count < 0 && first) first.count += held.length;
    if (!held.length && !(node && node.on && node.in)) continue;
    const box = [x * sx + T.x, y * sy + T.y, bw * sx, bh * sy];
    const title = { text, node, held, count: count < 0 ? null : held.length, box };
    if (count >= 0) first = title;
    if (box[0] > w || box[1] > h || box[0] + box[2] < 0 || box[1] + box[3] < 0) continue;
    c.fillStyle = p.band;
    c.fillRect(...box);
    c.strokeStyle = p.rim;
    c.lineWidth = 1;
    c.strokeRect(Math.round(box[0]) + 0.5, Math.round(box[1]) + 0.5, Math.round(box[2]), Math.round(box[3]));
    titles.push(title);
  }
  return titles;
}

// What stands in a band and is drawn now, its head apart.
const BANDS = new Map();
function bandHolds(at, x, y, bw, bh, head) {
  const key = `${at.key} ${x} ${y}`;
  if (!BANDS.has(key)) {
    BANDS.set(key, NODES.filter((other) => {
      const spot = at.spots[other.i];
      if (!spot) return false;
      const [nx, ny] = spot;
      return other !== head && nx >= x && ny >= y && nx <= x + bw && ny <= y + bh;
    }));
  }
  return BANDS.get(key).filter((other) => other.on && other.in);
}
