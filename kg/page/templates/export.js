// Taking away: pictures, tables, linked data, a footnote, a printed sheet.

// Speaks the part of canvas 2D that the drawing uses, and writes SVG.
class SvgPen {
  constructor() {
    this.parts = [];
    this.d = "";
    this.dash = [];
    Object.assign(this, { globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: `12px ${FONT}`, lineJoin: "miter", textAlign: "left", textBaseline: "alphabetic" });
  }
  n(value) { return Math.round(value * 100) / 100; }
  beginPath() { this.d = ""; }
  moveTo(x, y) { this.d += `M${this.n(x)} ${this.n(y)}`; }
  lineTo(x, y) { this.d += `L${this.n(x)} ${this.n(y)}`; }
  quadraticCurveTo(a, b, x, y) { this.d += `Q${this.n(a)} ${this.n(b)} ${this.n(x)} ${this.n(y)}`; }
  arc(x, y, r) { this.d += `M${this.n(x - r)} ${this.n(y)}a${this.n(r)} ${this.n(r)} 0 1 0 ${this.n(2 * r)} 0a${this.n(r)} ${this.n(r)} 0 1 0 ${this.n(-2 * r)} 0`; }
  closePath() { this.d += "Z"; }
  setLineDash(dash) { this.dash = dash; }
  part(tag, more, text) { this.parts.push([tag, Object.assign(more, this.globalAlpha < 1 ? { opacity: this.n(this.globalAlpha) } : {}), text]); }
  pen() { return Object.assign({ fill: "none", stroke: this.strokeStyle, "stroke-width": this.n(this.lineWidth) }, this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {}); }
  fill() { this.part("path", { d: this.d, fill: this.fillStyle }); }
  stroke() { this.part("path", Object.assign({ d: this.d }, this.pen())); }
  fillRect(x, y, w, h) { this.part("rect", { x: this.n(x), y: this.n(y), width: this.n(w), height: this.n(h), fill: this.fillStyle }); }
  strokeRect(x, y, w, h) { this.part("rect", Object.assign({ x: this.n(x), y: this.n(y), width: this.n(w), height: this.n(h) }, this.pen())); }
  words() { const [, bold, px] = /^(bold )?([\d.]+)px/.exec(this.font); return Object.assign({ "font-size": px, "font-family": FONT }, bold ? { "font-weight": "bold" } : {}); }
  fillText(text, x, y) { this.part("text", Object.assign({ x: this.n(x), y: this.n(y), fill: this.fillStyle }, this.words()), text); }
  strokeText(text, x, y) { this.part("text", Object.assign({ x: this.n(x), y: this.n(y), "stroke-linejoin": "round" }, this.words(), this.pen()), text); }
  measureText(text) { pen.font = this.font; return pen.measureText(text); }
  nodes(w, h) { return svg("svg", { width: w, height: h, viewBox: `0 0 ${w} ${h}`, "aria-hidden": "true", class: "icon" }, this.parts.map(([tag, more, text]) => svg(tag, more, text))); }
}

function save(name, kind, content) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: kind });
  const a = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(a.href), 5000);
  say(`${name} saved`);
}
const fileName = (end) => `${(REC.title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").replace(/^(con|prn|aux|nul|com\d|lpt\d)$/i, "view-$1").slice(0, 60) || "view").toLowerCase()}.${end}`;
const PAPER = 84;
const CAVEAT = `Claims are what the documents say, not facts. Uncontested means that ${REC.lens ? "no source chosen" : "nobody in these documents"} opposes it, not that it is true.`;

// The picture as it stands, with title, footnote and marks in words below it.
function onPaper(c, w, h, dark) {
  const p = PALETTE[dark ? "dark" : "light"];
  c.fillStyle = p.ground;
  c.fillRect(0, h, w, PAPER);
  c.textBaseline = "alphabetic";
  [[REC.title, `bold 13px ${FONT}`, p.text], [statusLine(), `11px ${FONT}`, p.muted], [filterWords() + (REC.version ? ` Version ${REC.version}.` : ""), `11px ${FONT}`, p.muted], [CAVEAT, `11px ${FONT}`, p.muted], [`${REC.licence ? `Licence: ${REC.licence}. ` : ""}Documents: ${cited().map((doc) => doc.short || doc.title).join("; ")}.`, `11px ${FONT}`, p.muted]].forEach(([text, font, colour], i) => {
    c.font = font;
    c.fillStyle = colour;
    c.fillText(shorten(c, text, w - 24, font), 12, h + 16 + i * 15);
  });
}
function picture(at = T, dark = isDark(), paper = PAPER) {
  const sheet = document.createElement("canvas");
  sheet.width = at.w * 2;
  sheet.height = (at.h + paper) * 2;
  const c = sheet.getContext("2d");
  c.scale(2, 2);
  paint(c, at, at.w, at.h, null, dark);
  if (paper) onPaper(c, at.w, at.h, dark);
  return sheet;
}
// The whole picture on a sheet of its own, whatever the window shows of it.
function wholeSheet() {
  const [x1, y1, x2, y2] = bounds();
  const k = Math.min(1.2, 1100 / Math.max(1, x2 - x1));
  return { k, x: 8 - x1 * k, y: 8 - y1 * k, w: Math.ceil((x2 - x1) * k) + 16, h: Math.ceil((y2 - y1) * k) + 16 };
}
const savePng = () => picture().toBlob((blob) => save(fileName("png"), "image/png", blob));
function svgText() {
  const c = new SvgPen();
  paint(c, T, T.w, T.h, null, isDark());
  onPaper(c, T.w, T.h, isDark());
  const drawing = c.nodes(T.w, T.h + PAPER);
  drawing.removeAttribute("class");
  drawing.setAttribute("role", "img");
  drawing.prepend(svg("title", null, REC.title), svg("desc", null, footnote()));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}\n`;
}
const saveSvg = () => save(fileName("svg"), "image/svg+xml", svgText());

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
const cellText = (value) => {
  const text = typeof value !== "string" ? String(value ?? "") : value.replace(/^(?=[=+\-@\t\r＝＋－＠])|(?<=[;\t\r\n])(?="*[=+\-@\t\r＝＋－＠])/g, "'");
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};
function csvText() {
  const head = ["claim", "subject", "subject name", "relation", "object", "object name", "values", "values opposed", "sentence", "status", "basis", "voices", "documents", "opposing voices", "from", "to", "attestations", "sources"];
  const lines = sorted().map((claim) => [claim.id, claim.s, nameOf(claim.s), claim.rel.id, claim.o, claim.text, valuesOf(claim, "for", "open").join(" | "), valuesOf(claim, "against").join(" | "), claim.sentence, claim.live.st, claim.live.ba, claim.live.v, claim.live.d, claim.live.o, claim.live.e, claim.live.l, claim.live.rows.length,
    claim.live.rows.map((row) => `${VOICES[row.v][1]} ${row.t}${row.val ? ` ${row.val}` : ""}: ${DOCS[row.d].short || DOCS[row.d].title}${row.loc || row.pas ? ` (${[row.loc, row.pas].filter(Boolean).join(", ")})` : ""}`).join(" | ")]);
  return `\ufeff${[head, ...lines].map((line) => line.map(cellText).join(",")).join("\r\n")}\r\n`;
}
const saveCsv = () => save(fileName("csv"), "text/csv;charset=utf-8", csvText());
// What is shown as linked data: nodes with those of their claims, with those of their attestations.
function linkedText() {
  const shown = new Set(V.claims.map((claim) => claim.id));
  const used = new Set(V.claims.flatMap((claim) => [claim.s, claim.o]));
  const own = (raw) => {
    const { live } = CLAIM.get(raw.id);
    const kept = new Set(live.rows.map((row) => row.id));
    const { st, ba, v, d, o, e, l } = live;
    return Object.assign({}, raw, { st, ba, nv: v, nd: d, no: o, e: e || undefined, l: l || undefined, a: (raw.a || []).filter((row) => kept.has(row.id)) });
  };
  const graph = LD["@graph"].filter((raw) => used.has(raw.id)).map((raw) => Object.assign({}, raw, { c: (raw.c || []).filter((claim) => shown.has(claim.id)).map(own) }));
  return JSON.stringify({ "@context": LD["@context"], "@graph": graph }, null, 1);
}
const saveLinked = () => save(fileName("jsonld"), "application/ld+json", linkedText());

function filterWords() {
  const base = fresh().off;
  const name = { kind: (id) => term(KINDS, id).label, rel: (id) => term(RELS, id).label, st: (id) => term(STATUSES, id).label, ba: (id) => term(BASES, id).label, doc: (i) => DOCS[i].short || DOCS[i].title, voice: (i) => VOICES[i][1] };
  const out = [];
  for (const dim in OFF) {
    const off = [...S.off[dim]].filter((id) => !base[dim].has(id)).map(name[dim]);
    const on = [...base[dim]].filter((id) => !S.off[dim].has(id)).map(name[dim]);
    if (off.length) out.push(`without ${OFF[dim]} ${off.slice(0, 6).join(", ")}${off.length > 6 ? ` and ${off.length - 6} more` : ""}`);
    if (on.length) out.push(`with ${OFF[dim]} ${on.join(", ")}`);
  }
  if (S.asof) out.push(`true on ${S.asof}`);
  if (S.known) out.push(`known by ${S.known}`);
  if (S.from || S.to) out.push(`said or printed${S.from && ` from ${S.from}`}${S.to && ` to ${S.to}`}`);
  if (S.undated) out.push("undated too");
  if (V.undated.size) out.push(`${V.undated.size.toLocaleString("en")} undated left out`);
  if (V.focus) out.push(`within ${many(S.depth, "step")} of ${nameOf(S.focus)}`);
  return out.length ? `Filters: ${(REC.lens ? [`a choice of sources (${REC.lens})`, ...out] : out).join("; ")}.` : REC.lens ? `No filters on this choice of sources (${REC.lens}).` : "No filters.";
}
function cited() {
  const used = new Set(V.claims.flatMap((claim) => claim.live.rows.map((row) => row.d)));
  return DOCS.filter((doc, i) => used.has(i));
}
function footnote() {
  const docs = cited().map((doc) => `${doc.title}${doc.date ? ` (${doc.date})` : ""}${doc.url ? ` <${doc.url}>` : ""}${doc.disputes ? " [disputed as a whole]" : ""}`);
  return [`${REC.title}${REC.version ? `, version ${REC.version}` : ""}.`, REC.filters && `View: ${REC.filters}.`, statusLine(), filterWords(), CAVEAT, docs.length && `Documents: ${docs.join("; ")}.`, REC.licence && `Licence: ${REC.licence}.`].filter(Boolean).join(" ");
}
async function copyFootnote() {
  const text = footnote();
  const area = el("textarea", { readonly: true, rows: 7, "aria-label": "Footnote" });
  area.value = text;
  $("card").prepend(el("div", { class: "att note" }, el("p", { class: "kind" }, "Footnote"), area));
  $("card").scrollTop = 0;
  document.body.classList.add("picked");
  area.select();
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    done = document.execCommand("copy");
  }
  say(done ? "Footnote copied" : "Footnote selected, copy it with Ctrl C");
}

// The printed sheet: picture, how to read it, filters, numbered sources.
function fillSheet() {
  const sheet = $("sheet");
  const image = el("img", { alt: "", src: picture(wholeSheet(), false, 0).toDataURL("image/png") });
  sheet.replaceChildren(el("h1", null, REC.title), el("p", null, statusLine(), " ", filterWords()), S.tab === "network" ? image : "",
    el("p", null, "Solid line: asserted. Dotted: only alleged. Broken with a diamond: contested. Broken with a cross: denied. A ring: open. Crossed symbol: closed; one bar: closure ordered. The number beside a title is how many stand in its band."),
    el("h2", null, "Sources"), el("ol", null, cited().map((doc) => el("li", null, doc.title, doc.date ? ` (${doc.date})` : "", doc.url ? ` ${doc.url}` : "", (doc.disputes || []).map((text) => el("i", null, ` ${text}`))))));
}
addEventListener("beforeprint", fillSheet);
