// The matrix as a drawing to take away: all of its rows and columns, whatever the window shows of them.
const CELL = { head: 300, wide: 34, high: 32, top: 176 };
function matrixDrawing() {
  const made = stances(BYS.some(([name]) => name === S.by) ? S.by : "voice");
  const rows = matrixRows(made);
  const p = PALETTE[isDark() ? "dark" : "light"];
  const font = `12px ${FONT}`;
  const [w, h] = [CELL.head + made.columns.length * CELL.wide + 12, CELL.top + rows.length * CELL.high + 10];
  const wash = { for: p.accent, against: p.warn, "": p.muted };
  const text = (x, y, words, more) => svg("text", Object.assign({ x, y, fill: p.text, "font-size": 12, "font-family": FONT }, more), words);
  const line = (x1, y1, x2, y2) => svg("line", { x1, y1, x2, y2, stroke: p.rim, "stroke-width": 1 });
  const heads = made.columns.map((id, i) => {
    const x = CELL.head + (i + 0.5) * CELL.wide;
    const met = [...(made.against.get(id) || [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const at = (dx) => ({ transform: `rotate(-90 ${x + dx} ${CELL.top - 6})` });
    return [text(x - 1, CELL.top - 6, shorten(pen, columnName(id, made.by), CELL.top - 16, `bold ${font}`), Object.assign({ "font-weight": "bold" }, at(-1))),
      met.length && text(x + 12, CELL.top - 6, shorten(pen, `✕ ${columnName(met[0][0], made.by)} ${met[0][1]}${met.length > 1 ? `, ${met.length - 1} more` : ""}`, CELL.top - 16, `11px ${FONT}`), Object.assign({ fill: p.warn, "font-size": 11 }, at(12)))];
  });
  const body = rows.map(({ claim, cells }, r) => {
    const y = CELL.top + r * CELL.high;
    const said = lines(pen, fullWords(claim), CELL.head - 16, CELL.head - 16, font);
    return [line(0, y, w, y), said.map((words, i) => text(8, y + (said.length > 1 ? 13 : 20) + i * 14, words, { fill: claim.live.st === "Denied" ? p.warn : p.text })),
      made.columns.map((id, c) => {
        if (!cells.has(id)) return null;
        const x = CELL.head + c * CELL.wide;
        const side = sideOfCell(cells.get(id));
        const sign = shorten(pen, cellOf(cells.get(id), true), CELL.wide - 2, `bold ${font}`);
        return [svg("rect", { x, y, width: CELL.wide, height: CELL.high, fill: wash[side], "fill-opacity": 0.13 }), text(x + CELL.wide / 2, y + 20, sign, { "text-anchor": "middle", "font-weight": "bold", fill: side === "against" ? p.warn : p.text })];
      })];
  });
  const across = made.columns.map((id, i) => line(CELL.head + i * CELL.wide, CELL.top, CELL.head + i * CELL.wide, h - 10));
  return [svg("svg", { x: 0, y: 0, width: w, height: h }, heads, across, body.flat(2)), w, h];
}
