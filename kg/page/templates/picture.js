// Pictures to take away: what the tab shows, on a sheet with title, footnote and filters below it.

// The drawing that a tab holds, if it is not the network's, with its size; the table has none.
const drawn = { map: () => standalone($("pane-map").querySelector("svg:not(.icon)")), timeline: () => standalone($("pane-timeline").querySelector("svg:not(.icon)")), matrix: () => matrixDrawing() };
const pictured = () => S.tab === "network" || !!drawn[S.tab];
// What the tab says beside its drawing.
function besides() {
  if (S.tab === "network") return "";
  if (!drawn[S.tab]) return "The picture of the network.";
  const pane = $(`pane-${S.tab}`);
  return pane.querySelector(".tools .note, p.note, .note details p").textContent;
}
// The lines below a picture, each broken where it is longer than the sheet is wide.
function paperLines(c, w, p) {
  const font = `11px ${FONT}`;
  const said = [[document.title, `bold 13px ${FONT}`, p.text], ...[besides(), statusLine(), filterWords() + (REC.version ? ` Version ${REC.version}.` : ""), CAVEAT].filter(Boolean).map((text) => [text, font, p.muted])];
  const lines = [];
  for (const [text, own, colour] of said) {
    let line = "";
    for (const word of text.split(" ")) {
      if (line && measure(c, `${line} ${word}`, own) > w - 24) {
        lines.push([line, own, colour]);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push([shorten(c, line, w - 24, own), own, colour]);
  }
  const sources = `${REC.licence ? `Licence: ${REC.licence}. ` : ""}Documents: ${cited().map((doc) => doc.short || doc.title).join("; ")}.`;
  return [...lines, [shorten(c, sources, w - 24, font), font, p.muted]];
}
// What symbols and lines mean, of what is drawn: [how it is drawn, words], in rows as wide as the sheet.
function keyRows(c, w, dark) {
  if (S.tab !== "network" || V.groups) return [];
  const font = `11px ${FONT}`;
  const kinds = [...new Map(V.drawn.filter((node) => !node.of).map((node) => [node.kind, node.term])).values()].sort((a, b) => a.rank - b.rank);
  const lines = V.lines.filter((claim) => !claim.ghost && !claim.apart);
  const used = (dim) => [...new Set(lines.map((claim) => claim.live[dim]))];
  const items = kinds.map((t) => [(x, y) => symbol(c, t, x + 7, y, 6, { tie: "full", state: "" }, dark), t.label, 18]);
  const line = (live, words) => items.push([(x, y) => {
    c.strokeStyle = PALETTE[dark ? "dark" : "light"].text;
    c.lineWidth = 1.6;
    c.setLineDash(dashOf(live));
    c.beginPath();
    c.moveTo(x, y);
    c.lineTo(x + 30, y);
    c.stroke();
    c.setLineDash([]);
    if (marked(live)) statusMark(c, x + 15, y, live.st, 1, PALETTE[dark ? "dark" : "light"]);
  }, words, 34]);
  for (const st of used("st").filter((id) => id !== "Uncontested")) line({ st, ba: "Asserted", rows: [1] }, term(STATUSES, st).label);
  for (const ba of used("ba").filter((id) => id !== "Unsupported")) line({ st: "Uncontested", ba, rows: [1] }, `${term(BASES, ba).label}, uncontested`);
  const rows = [[]];
  let x = 12;
  for (const item of items) {
    const wide = item[2] + measure(c, item[1], font) + 16;
    if (x + wide > w - 12 && rows[rows.length - 1].length) {
      rows.push([]);
      x = 12;
    }
    rows[rows.length - 1].push([x, ...item]);
    x += wide;
  }
  return rows;
}
const paperHeight = (w) => (paperLines(pen, w, PALETTE.light).length + keyRows(pen, w, false).length) * 15 + 9;
function onPaper(c, w, h, dark) {
  const p = PALETTE[dark ? "dark" : "light"];
  const lines = paperLines(c, w, p);
  c.fillStyle = p.ground;
  const keys = keyRows(c, w, dark);
  if (c.group) c.group("key");
  c.fillRect(0, h, w, (lines.length + keys.length) * 15 + 9);
  c.textBaseline = "alphabetic";
  keys.forEach((row, i) => {
    for (const [x, draw, words, room] of row) {
      draw(x, h + 12 + i * 15);
      c.font = `11px ${FONT}`;
      c.textAlign = "left";
      c.textBaseline = "alphabetic";
      c.fillStyle = p.text;
      c.fillText(words, x + room, h + 16 + i * 15);
    }
  });
  if (c.group) c.group("words");
  const top = h + keys.length * 15;
  lines.forEach(([text, font, colour], i) => {
    c.font = font;
    c.fillStyle = colour;
    c.fillText(text, 12, top + 16 + i * 15);
  });
}
function sheetOf(w, h) {
  const sheet = document.createElement("canvas");
  // Twice as fine as the screen, as far as browsers hold so many pixels.
  const k = Math.min(2, Math.sqrt(6e7 / (w * h)), 16000 / Math.max(w, h));
  sheet.width = Math.floor(w * k);
  sheet.height = Math.floor(h * k);
  const c = sheet.getContext("2d");
  c.scale(k, k);
  return [sheet, c];
}
function picture(at = T, dark = isDark(), paper = true) {
  const [sheet, c] = sheetOf(at.w, at.h + (paper ? paperHeight(at.w) : 0));
  paint(c, at, at.w, at.h, null, dark);
  if (paper) onPaper(c, at.w, at.h, dark);
  return sheet;
}
// The whole picture on a sheet of its own, whatever the window shows of it.
function wholeSheet() {
  const [x1, y1, x2, y2] = bounds();
  const k = Math.min(1.2, 1100 / Math.max(1, x2 - x1));
  return { k, fit: k, x: 8 - x1 * k, y: 8 - y1 * k, w: Math.ceil((x2 - x1) * k) + 16, h: Math.ceil((y2 - y1) * k) + 16 };
}
// A tab's drawing with the looks that the page's style gives it, so that it stands alone.
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "paint-order"];
function standalone(drawing) {
  const copy = drawing.cloneNode(true);
  const [from, to] = [drawing.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((item, i) => {
    const looks = getComputedStyle(item);
    for (const name of LOOKS) to[i].setAttribute(name, looks.getPropertyValue(name));
    for (const name of ["class", "tabindex", "role", "data-key"]) to[i].removeAttribute(name);
  });
  const box = drawing.getBoundingClientRect();
  const [w, h] = [Math.ceil(box.width), Math.ceil(box.height)];
  for (const [name, value] of [["width", w], ["height", h], ["x", 0], ["y", 0]]) copy.setAttribute(name, value);
  for (const name of ["class", "role"]) copy.removeAttribute(name);
  return [copy, w, h];
}
function svgSheet() {
  const dark = isDark();
  const c = new SvgPen();
  let sheet;
  if (drawn[S.tab]) {
    const [copy, w, h] = drawn[S.tab]();
    onPaper(c, w, h, dark);
    sheet = c.nodes(w, h + paperHeight(w));
    sheet.prepend(svg("rect", { width: w, height: h, fill: PALETTE[dark ? "dark" : "light"].ground }), copy);
  } else {
    const at = S.tab === "network" ? T : wholeSheet();
    paint(c, at, at.w, at.h, null, dark);
    onPaper(c, at.w, at.h, dark);
    sheet = c.nodes(at.w, at.h + paperHeight(at.w));
  }
  for (const name of ["class", "aria-hidden"]) sheet.removeAttribute(name);
  sheet.setAttribute("role", "img");
  sheet.prepend(svg("title", null, document.title), svg("desc", null, footnote()));
  return sheet;
}
const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgSheet())}\n`;
const saveSvg = () => save(fileName("svg"), "image/svg+xml", svgText());
const keepPng = (sheet) => sheet.toBlob((blob) => save(fileName("png"), "image/png", blob));
function savePng() {
  if (!drawn[S.tab]) return keepPng(picture(S.tab === "network" ? T : wholeSheet()));
  const copy = svgSheet();
  const image = new Image();
  image.onload = () => {
    const [sheet, c] = sheetOf(Number(copy.getAttribute("width")), Number(copy.getAttribute("height")));
    c.drawImage(image, 0, 0);
    keepPng(sheet);
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
}

