// What is disputed, by row: who puts it forward at the left, who opposes it at the right, in the middle what it is about.
const VOICE_ROOM = 150;
const GUTTER = 52;
const LINKS = { for: "accent", against: "warn" };
const narrow = () => T.w < 700;

// Voices of a side with their claims, at most so many, each at the mean height of what it speaks of.
function speakers(side, heightOf, tall, pitch) {
  const found = new Map();
  for (const claim of V.lines) {
    for (const v of new Set(claim.live.rows.filter((row) => (side === "for" ? row.p === "for" || row.p === "open" : row.p === side)).map((row) => row.v))) {
      if (!found.has(v)) found.set(v, { v, side, claims: [] });
      found.get(v).claims.push(claim);
    }
  }
  const most = Math.max(4, Math.floor(tall / pitch));
  const all = [...found.values()].sort((a, b) => b.claims.length - a.claims.length || a.v - b.v);
  const kept = all.slice(0, all.length > most ? most - 1 : most);
  for (const one of kept) one.y = one.claims.reduce((sum, claim) => sum + heightOf(claim), 0) / one.claims.length;
  kept.sort((a, b) => a.y - b.y || a.v - b.v);
  // Apart from each other, and as near to where they speak as that leaves.
  kept.forEach((one, i) => { one.y = Math.max(one.y, i ? kept[i - 1].y + pitch : pitch / 2); });
  for (let i = kept.length - 1, low = tall - pitch / 2; i >= 0; i--) low = (kept[i].y = Math.min(kept[i].y, low)) - pitch;
  return { kept, more: all.length - kept.length };
}
function setDispute(trees) {
  const out = Object.assign(emptySheet(), { trees: new Map() });
  const order = trees.map((tree) => [tree, rowsOf(tree)]).sort((a, b) => b[1] - a[1] || a[0].node.i - b[0].node.i);
  let y = 8;
  const mark = (tree, root) => {
    out.trees.set(tree.node, root);
    for (const kid of tree.kids) mark(kid, root);
  };
  for (const [tree, rows] of order) {
    setTree(tree, HUB, y, ROW, 1, out);
    if (tree.kids.length) setRoot(tree, out);
    mark(tree, tree.node);
    y += rows * ROW + 5;
  }
  const wide = HUB + Math.max(...order.map(([tree]) => deep(tree)), 1) * STEP + NAME;
  for (const [node, [x]] of out.at) if (!out.sides.get(node) && out.rooms.get(node) === NAME) out.rooms.set(node, wide - x);
  if (narrow()) return Object.assign(out, { voices: [], box: [0, 0, wide, y] });
  const farther = (claim) => (out.at.get(claim.from)[0] > out.at.get(claim.tip)[0] ? claim.from : claim.tip);
  const [pro, con] = [speakers("for", (claim) => out.at.get(out.trees.get(claim.from))[1], y, 21), speakers("against", (claim) => out.at.get(farther(claim))[1], y, 21)];
  for (const one of pro.kept) one.x = -GUTTER;
  for (const one of con.kept) one.x = wide + GUTTER;
  return Object.assign(out, { voices: [...pro.kept, ...con.kept], more: { for: pro.more, against: con.more }, farther, wide, box: [-GUTTER - VOICE_ROOM, -14, wide + GUTTER + VOICE_ROOM, y] });
}

// Whether a voice is lifted: with a claim that is, or by the pointer.
const voiceUp = (one, up, hover) => (hover && hover.voice ? hover.voice === one : up ? one.claims.some((claim) => up.claims.has(claim)) : null);
function paintVoices(c, T, p, at, up, hover, dark, out) {
  out.voices = [];
  if (!at.voices || !at.voices.length) return;
  const bold = `bold 12px ${FONT}`;
  const px = Math.max(11, Math.min(13, 12 * T.k));
  const font = `${px}px ${FONT}`;
  const on = (x, y) => [x * T.k + T.x, y * T.k + T.y];
  const most = Math.max(...at.voices.map((one) => one.claims.length));
  // A line for each claim to who opposes it; those for it go to where it begins, as one with their number.
  for (const one of at.voices) {
    const [x, y] = on(one.x, one.y);
    const lit = voiceUp(one, up, hover);
    c.strokeStyle = p[LINKS[one.side]];
    const ends = new Map();
    for (const claim of one.claims) {
      const end = one.side === "for" ? at.trees.get(claim.from) : at.farther(claim);
      if (!ends.has(end)) ends.set(end, []);
      ends.get(end).push(claim);
    }
    for (const [node, claims] of ends) {
      const [nx, ny] = on(...spotOf(node, at));
      const some = hover && hover.voice ? lit : up ? claims.some((claim) => up.claims.has(claim)) : null;
      c.globalAlpha = some === null ? 0.34 : some ? 0.95 : 0.06;
      c.lineWidth = (some ? 0.6 : 0) + 0.9 + Math.min(5, 0.5 * (claims.length - 1));
      const name = shorten(c, node.label, at.rooms.get(node) * T.k, font);
      const away = symbolSize(node) + 6 + measure(c, name, font);
      const turn = one.side === "for" ? T.x - 4 : at.wide * T.k + T.x + 2;
      const end = one.side === "for" ? Math.max(nx - away, turn) : Math.min(nx + away, turn);
      const middle = (x + turn) / 2;
      const row = one.side === "for" || movedHere().has(node.i) ? ny : at.lane.get(node) * T.k + T.y;
      c.beginPath();
      c.moveTo(x, y);
      c.quadraticCurveTo(middle, y, middle, (y + row) / 2);
      c.quadraticCurveTo(middle, row, turn, row);
      if (one.side === "against" && row !== ny) {
        c.lineTo(end + 24, row);
        c.lineTo(end, ny);
      } else c.lineTo(end, row);
      c.stroke();
    }
  }
  c.globalAlpha = 1;
  for (const one of at.voices) {
    const [x, y] = on(one.x, one.y);
    const node = BY.get(VOICES[one.v][0]);
    const r = Math.min(9.5, 4.5 + 5 * Math.sqrt(one.claims.length / most));
    const dim = voiceUp(one, up, hover) === false;
    c.globalAlpha = dim ? 0.3 : 1;
    if (node) symbol(c, node.term, x, y, r, node.mark, dark);
    else {
      c.beginPath();
      c.arc(x, y, r * 0.8, 0, 2 * Math.PI);
      c.fillStyle = p.muted;
      c.fill();
    }
    const number = String(one.claims.length);
    const room = VOICE_ROOM * T.k - r - 8 - measure(c, number, bold);
    const name = shorten(c, (node ? node.label : VOICES[one.v][1]) || VOICES[one.v][0], Math.max(30, room), font);
    const [wide, n] = [measure(c, name, font), measure(c, number, bold)];
    const left = one.side === "for";
    const start = left ? x - r - 4 - n : x + r + 4;
    written(c, number, start, y + 4, bold, p[LINKS[one.side]], p, dim ? 0.4 : 1);
    written(c, name, left ? start - 5 - wide : start + n + 5, y + 4, font, p.text, p, dim ? 0.4 : 1);
    const box = left ? [start - 5 - wide, y - 8, x + r, y + 8] : [x - r, y - 8, start + n + 5 + wide, y + 8];
    out.voices.push({ one, x, y, r, box, node });
    out.boxes.push([...(left ? [start - 5 - wide, y - 7, start + n, y + 7] : [start, y - 7, start + n + 5 + wide, y + 7]), -1]);
  }
  for (const [side, words, x] of [["for", "put forward by", -GUTTER - VOICE_ROOM], ["against", "opposed by", at.wide + GUTTER]]) {
    const [sx, sy] = on(x, -14);
    const more = at.more[side] ? `, ${at.more[side]} more` : "";
    written(c, words + more, Math.max(4, sx), Math.max(12, sy + 10), `bold 11.5px ${FONT}`, p[LINKS[side]], p, 1);
  }
}
const speaksOn = (node, claim) => claim.live.rows.some((row) => VOICES[row.v][0] === node.id && row.p !== "withdrawn");
// Whether an actor is to be seen: drawn, or as a voice at the side.
const seen = (node) => node.in || (V.mode === "dispute" && V.lines.some((claim) => speaksOn(node, claim)));
// The voice at a point.
const voiceAt = (x, y) => (scene.voices || []).find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
