// A large view from afar: its groups on a ring, where no line can pass through a third one, with the number of claims
// between each two; a click opens a group with what its members are linked to.
function groupOf(node) {
  const kind = node.term.part === "lane" ? node.id : node.lane && BY.has(node.lane) ? node.lane : "";
  return kind ? `lane:${kind}` : `kind:${node.kind}`;
}
function groups() {
  const found = new Map();
  for (const node of V.nodes) {
    const key = groupOf(node);
    if (!found.has(key)) found.set(key, { key, nodes: [], head: key.startsWith("lane:") ? BY.get(key.slice(5)) : null, term: node.term });
    found.get(key).nodes.push(node);
  }
  return [...found.values()].sort((a, b) => (a.head ? 0 : 1) - (b.head ? 0 : 1) || b.nodes.length - a.nodes.length || (a.key < b.key ? -1 : 1));
}
// How many claims lead from one group to another, and how many of them are disputed.
function groupTies() {
  const ties = new Map();
  for (const claim of V.claims) {
    if (!claim.link || !claim.from.on || !claim.to.on) continue;
    const [a, b] = [groupOf(claim.from), groupOf(claim.to)].sort();
    if (a === b) continue;
    const key = `${a}\n${b}`;
    if (!ties.has(key)) ties.set(key, { ends: [a, b], n: 0, loud: 0 });
    ties.get(key).n += 1;
    ties.get(key).loud += loud(claim.live) ? 1 : 0;
  }
  return [...ties.values()].sort((a, b) => a.n - b.n || (a.ends.join() < b.ends.join() ? -1 : 1));
}
const nameOfGroup = (group) => (group.head ? group.head.label : group.term.label);
function groupSpots() {
  const n = V.groups.length;
  const [rx, ry] = [Math.max(300, n * 17), Math.max(220, n * 15)];
  // Down the right side and up the left, at even heights: each has room for its name beside it.
  const right = Math.ceil(n / 2);
  return V.groups.map((group, i) => {
    const left = i >= right;
    const part = left ? (n - i - 0.5) / (n - right) : (i + 0.5) / right;
    const y = ry * (2 * part - 1);
    return { group, x: (left ? -rx : rx) * Math.sqrt(Math.max(0.02, 1 - (y / ry) ** 2)), y, left };
  });
}
// So many ties are drawn with their numbers, the strongest; of the others a trace, until a group is pointed at.
const STRONG = 60;
function paintGroups(c, T, dark, p, out, hover) {
  const most = Math.max(...V.groups.map((group) => group.nodes.length));
  const spots = groupSpots();
  const pitch = spots.length > 4 ? Math.abs(spots[1].y - spots[0].y) * T.k : 60;
  const at = new Map(spots.map(({ group, x, y }) => [group.key, [x * T.k + T.x, y * T.k + T.y]]));
  const { ties } = V;
  const over = hover && hover.group;
  const shown = new Set(over ? ties.filter(({ ends }) => ends.includes(over.key)) : ties.slice(-STRONG));
  const top = Math.max(1, ...ties.map(({ n }) => n));
  const taken = Taken();
  const font = `11px ${FONT}`;
  for (const tie of ties) {
    const { ends, n, loud: bad } = tie;
    const [[x1, y1], [x2, y2]] = ends.map((key) => at.get(key));
    c.globalAlpha = shown.has(tie) ? 0.2 + 0.5 * Math.sqrt(n / top) : 0.07;
    c.strokeStyle = bad ? p.warn : p.muted;
    c.setLineDash(bad ? [8, 4] : []);
    c.lineWidth = shown.has(tie) ? 0.8 + 5 * Math.sqrt(n / top) : 0.8;
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
  }
  c.setLineDash([]);
  c.globalAlpha = 1;
  for (const { x, y } of spots) taken.add([x * T.k + T.x - 24, y * T.k + T.y - 24, x * T.k + T.x + 24, y * T.k + T.y + 24, -1]);
  for (const { ends, n, loud: bad } of [...shown].reverse()) {
    const [[x1, y1], [x2, y2]] = ends.map((key) => at.get(key));
    const text = `${n.toLocaleString("en")}${bad ? `, ${bad.toLocaleString("en")} disputed` : ""}`;
    const wide = measure(c, text, font);
    for (const t of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const [x, y] = [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t];
      const box = [x - wide / 2 - 2, y - 7, x + wide / 2 + 2, y + 7, -2];
      if (!taken.free(box, -3)) continue;
      taken.add(box);
      written(c, text, x - wide / 2, y + 4, font, bad ? p.warn : p.muted, p, 1);
      break;
    }
  }
  for (const { group, x: gx, y: gy, left } of spots) {
    const [x, y] = at.get(group.key);
    const r = Math.min(8 + 14 * Math.sqrt(group.nodes.length / most), Math.max(8, pitch * 0.55));
    symbol(c, group.head ? group.head.term : group.term, x, y, r, { tie: "full", state: "" }, dark);
    out.nodes.push({ group, x, y, r: Math.max(r, 14), dim: false });
    const bold = `bold 13px ${FONT}`;
    const text = shorten(c, nameOfGroup(group), 190, bold);
    const sub = many(group.nodes.length, "actor");
    const wide = Math.max(measure(c, text, bold), measure(c, sub, `12px ${FONT}`));
    const start = left ? x - 26 - wide : x + 26;
    written(c, text, start, y - 1, bold, p.text, p, 1);
    written(c, sub, start, y + 14, `12px ${FONT}`, p.muted, p, 1);
    out.boxes.push([start, y - 12, start + wide, y + 18, -1]);
    out.wanted += 1;
    out.named += 1;
  }
}
