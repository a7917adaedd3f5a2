// Lines between two bands as one, with their number: what is between columns is read before each of its lines.
// A line that is disputed, or lifted, is drawn by itself; so are those within a band, and two or three between bands.
const BUNDLED = { lines: 60, least: 3 };
const bundling = (at = layoutNow()) => !S.apart && !at.live && !V.groups && !few() && at.heads.length > 3 && V.lines.length > BUNDLED.lines;
// The band in which each actor stands, itself where it stands in none.
const STANDS = new Map();
function bandOf(node, at) {
  if (!STANDS.has(at)) {
    STANDS.clear();
    STANDS.set(at, new Map());
  }
  const held = STANDS.get(at);
  if (!held.has(node)) {
    const [x, y] = at.spots[node.i] || [0, 0];
    const head = at.heads.find(([, bx, by, bw, bh]) => x >= bx && x <= bx + bw && y >= by && y <= by + bh);
    held.set(node, head ? { key: `${head[0]} ${head[1]} ${head[2]}`, name: head[0], box: head.slice(1, 5) } : { key: node.id, name: node.label, box: [x - 11, y - 11, 22, 22] });
  }
  return held.get(node);
}
const LOOSE = { key: "", made: [] };
function bundles(at) {
  if (!bundling(at)) return [];
  const key = `${at.key} ${V.lines.map((claim) => claim.i)} ${S.apart}`;
  if (LOOSE.key !== key) Object.assign(LOOSE, { key, made: bundled(at) });
  return LOOSE.made;
}
function bundled(at) {
  const found = new Map();
  for (const claim of V.lines) {
    claim.bundle = null;
    if (claim.ghost || loud(claim.live) || movedHere().has(claim.from.i) || movedHere().has(claim.tip.i)) continue;
    const [a, b] = [bandOf(claim.from, at), bandOf(claim.tip, at)].sort((one, other) => (one.key < other.key ? -1 : 1));
    if (a.key === b.key) continue;
    const id = `${a.key}|${b.key}`;
    if (!found.has(id)) found.set(id, { id, bands: [a, b], claims: [] });
    found.get(id).claims.push(claim);
  }
  const made = [...found.values()].filter(({ claims }) => claims.length >= BUNDLED.least);
  for (const bundle of made) for (const claim of bundle.claims) claim.bundle = bundle;
  gates(made);
  return made;
}
// Where a bundle leaves its bands: on the sides that face each other, those of one side in the order of where they lead.
function gates(made) {
  const sides = new Map();
  for (const bundle of made) {
    const [a, b] = bundle.bands.map(({ box }) => box);
    const across = a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0];
    const first = across ? a[0] + a[2] <= b[0] : a[1] < b[1];
    bundle.ends = [[0, first], [1, !first]].map(([which, low]) => {
      const { key, box } = bundle.bands[which];
      const far = bundle.bands[1 - which].box;
      const gate = { bundle, box, across, low, toward: across ? far[1] + far[3] / 2 : far[0] + far[2] / 2, spot: null };
      const side = `${key} ${across} ${low}`;
      sides.set(side, (sides.get(side) || []).concat(gate));
      return gate;
    });
  }
  for (const some of sides.values()) {
    some.sort((one, other) => one.toward - other.toward || (one.bundle.id < other.bundle.id ? -1 : 1));
    some.forEach((gate, i) => {
      const [x, y, w, h] = gate.box;
      const part = (i + 1) / (some.length + 1);
      // Just outside: symbols stand near the edge.
      gate.spot = gate.across ? [gate.low ? x + w + 3 : x - 5, y + h * part] : [x + w * part, gate.low ? y + h + 3 : y - 5];
    });
  }
}
const bundleWidth = ({ claims }) => Math.min(7, 0.6 + 0.9 * Math.sqrt(claims.length));
const bundleWords = ({ bands, claims }) => `${many(claims.length, "claim")} between ${bands[0].name} and ${bands[1].name}`;
// One that finds no free way is drawn as its lines.
const stuck = (bundle, laid) => !!(laid[V.lines.length + bundle.seat] || {}).ends;
const inBundle = (claim, laid) => bundling() && !!claim.bundle && !stuck(claim.bundle, laid);
const pickedBundle = () => (S.sel.startsWith("b:") ? bundles(layoutNow()).find(({ id }) => id === S.sel.slice(2)) : null);
function paintBundles(c, T, w, h, dark, p, up, laid, out) {
  for (const bundle of bundles(layoutNow())) {
    const route = laid[V.lines.length + bundle.seat];
    if (!route || !route.parts) continue;
    const on = ([x, y]) => [x * T.k + T.x, y * T.k + T.y];
    const [[x1, y1], [x2, y2]] = bundle.ends.map(({ spot }) => on(onSheet(spot)));
    const q = { x1, y1, x2, y2, parts: route.parts.map(([cx, cy, x, y]) => [...on([cx, cy]), ...on([x, y])]) };
    const rels = new Set(bundle.claims.map((claim) => claim.rel));
    c.globalAlpha = up ? 0.1 : 0.42;
    c.strokeStyle = rels.size === 1 ? ink([...rels][0], dark) : p.muted;
    c.lineWidth = bundleWidth(bundle);
    c.setLineDash([]);
    trace(c, q);
    out.bundles.push({ bundle, path: q });
  }
  c.globalAlpha = 1;
}
// The number of a bundle, on it.
function paintNumbers(c, w, h, p, up, taken, out) {
  const font = `bold 11px ${FONT}`;
  for (const { bundle, path } of out.bundles) {
    const text = String(bundle.claims.length);
    const wide = measure(c, text, font);
    for (const t of [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.15, 0.85, 0.1, 0.9, 0.05, 0.95]) {
      const [x, y] = along(path, t);
      const box = [x - wide / 2 - 3, y - 7, x + wide / 2 + 3, y + 7, -2];
      if (box[0] < 0 || box[1] < 0 || box[2] > w || box[3] > h || !taken.free(box, -3)) continue;
      taken.add(box);
      out.boxes.push(box.slice(0, 4).concat(-1, -1, bundle));
      c.globalAlpha = up ? 0.3 : 1;
      c.fillStyle = p.ground;
      c.strokeStyle = p.muted;
      c.lineWidth = 1;
      c.fillRect(box[0] + 0.5, box[1] + 0.5, wide + 5, 13);
      c.strokeRect(box[0] + 0.5, box[1] + 0.5, wide + 5, 13);
      written(c, text, x - wide / 2, y + 4, font, p.text, p, up ? 0.3 : 1);
      break;
    }
  }
}
function bundleCard(bundle) {
  const claims = [...bundle.claims].sort((a, b) => (a.rel.label < b.rel.label ? -1 : a.rel.label > b.rel.label ? 1 : a.i - b.i));
  return [el("p", { class: "kind" }, "lines between two bands"), el("h2", null, `${bundle.bands[0].name} – ${bundle.bands[1].name} `, el("span", { class: "count" }, claims.length)), claims.slice(0, 120).map((claim) => claimItem(claim))];
}
