// Taking away: tables, linked data, a footnote, a printed sheet; pictures are drawn next door.

// Speaks the part of canvas 2D that the drawing uses, and writes SVG.
class SvgPen {
  constructor() {
    this.parts = [];
    this.d = "";
    this.dash = [];
    Object.assign(this, { globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: `12px ${FONT}`, lineJoin: "miter", textAlign: "left", textBaseline: "alphabetic", direction: "ltr" });
  }
  n(value) { return Math.round(value * 100) / 100; }
  beginPath() { this.d = ""; }
  moveTo(x, y) { this.d += `M${this.n(x)} ${this.n(y)}`; }
  lineTo(x, y) { this.d += `L${this.n(x)} ${this.n(y)}`; }
  quadraticCurveTo(a, b, x, y) { this.d += `Q${this.n(a)} ${this.n(b)} ${this.n(x)} ${this.n(y)}`; }
  arc(x, y, r) { this.d += `M${this.n(x - r)} ${this.n(y)}a${this.n(r)} ${this.n(r)} 0 1 0 ${this.n(2 * r)} 0a${this.n(r)} ${this.n(r)} 0 1 0 ${this.n(-2 * r)} 0`; }
  closePath() { this.d += "Z"; }
  setLineDash(dash) { this.dash = dash; }
  // What follows belongs to a part of the picture that has a name.
  group(name) { this.parts.push(["g", name]); }
  part(tag, more, text) { this.parts.push([tag, Object.assign(more, this.globalAlpha < 1 ? { opacity: this.n(this.globalAlpha) } : {}), text]); }
  pen() { return Object.assign({ fill: "none", stroke: this.strokeStyle, "stroke-width": this.n(this.lineWidth) }, this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {}); }
  fill() { this.part("path", { d: this.d, fill: this.fillStyle }); }
  stroke() { this.part("path", Object.assign({ d: this.d }, this.pen())); }
  fillRect(x, y, w, h) { this.part("rect", { x: this.n(x), y: this.n(y), width: this.n(w), height: this.n(h), fill: this.fillStyle }); }
  strokeRect(x, y, w, h) { this.part("rect", Object.assign({ x: this.n(x), y: this.n(y), width: this.n(w), height: this.n(h) }, this.pen())); }
  words() { const [, bold, px] = /^(bold )?([\d.]+)px/.exec(this.font); return Object.assign({ "font-size": px, "font-family": FONT }, bold ? { "font-weight": "bold" } : {}, this.direction === "rtl" ? { direction: "rtl", "text-anchor": "end" } : {}); }
  fillText(text, x, y) { this.part("text", Object.assign({ x: this.n(x), y: this.n(y), fill: this.fillStyle }, this.words()), text); }
  strokeText(text, x, y) { this.part("text", Object.assign({ x: this.n(x), y: this.n(y), "stroke-linejoin": "round" }, this.words(), this.pen()), text); }
  measureText(text) { pen.font = this.font; return pen.measureText(text); }
  nodes(w, h) { return svg("svg", { width: w, height: h, viewBox: `0 0 ${w} ${h}`, "aria-hidden": "true", class: "icon" }, grouped(this.parts)); }
}

// Parts of a picture in the groups that they belong to, empty ones left out.
function grouped(parts) {
  const out = [];
  let into = out;
  for (const [tag, more, text] of parts) {
    if (tag === "g") out.push((into = [more]));
    else into.push(svg(tag, more, text));
  }
  return out.map((item) => (Array.isArray(item) ? item.length > 1 && svg("g", { id: item[0] }, item.slice(1)) : item));
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
// A cell that a spreadsheet would take for a formula begins with an apostrophe.
const cellText = (value) => {
  const text = typeof value !== "string" ? String(value ?? "") : value.replace(/^(?=[=+\-@\t\r＝＋－＠])|(?<=[;\t\r\n])(?="*[=+\-@\t\r＝＋－＠])/g, "'");
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};
function csvText() {
  const head = ["claim", "subject", "subject name", "relation", "object", "object name", "values", "values opposed", "qualities", "sentence", "status", "basis", "voices", "sides", "documents", "opposing voices", "opposing sides", "from", "to", "attestations", "sources", "shown"];
  const shown = footnoteHead();
  const lines = sorted().map((claim) => [claim.id, claim.s, nameOf(claim.s), claim.rel.id, claim.o, claim.text, valuesOf(claim, "for", "open").join(" | "), valuesOf(claim, "against").join(" | "), besidesOf(rowsBy(claim, "for", "open")), claim.sentence, claim.live.st, claim.live.ba, claim.live.v, claim.live.vs, claim.live.d, claim.live.o, claim.live.os, claim.live.e, claim.live.l, claim.live.rows.length,
    claim.live.rows.map((row) => `${VOICES[row.v][1]} ${REC.rule.spoke[row.t]}${row.val ? ` ${row.val}` : ""}${row.bs.length ? ` (${besidesOf([row])})` : ""}: ${DOCS[row.d].short || DOCS[row.d].title}${row.loc || row.pas ? ` (${[row.loc, row.pas].filter(Boolean).join(", ")})` : ""}`).join(" | "), shown]);
  return csvOf([head, ...lines]);
}
const csvOf = (lines) => `\ufeff${lines.map((line) => line.map(cellText).join(",")).join("\r\n")}\r\n`;
const saveCsv = () => save(fileName("csv"), "text/csv;charset=utf-8", csvText());
// What is shown as linked data: nodes with those of their claims, with those of their attestations.
function linkedText() {
  const shown = new Set(V.claims.map((claim) => claim.id));
  const used = new Set(V.claims.flatMap((claim) => [claim.s, claim.o]));
  const own = (raw) => {
    const { live } = CLAIM.get(raw.id);
    const kept = new Set(live.rows.map((row) => row.id));
    // What the page holds once for many is written out.
    const full = (row) => Object.assign({}, row, { ch: (row.ch || []).map((n) => REC.phrases[n]), dig: row.dig && REC.phrases[row.dig - 1] });
    const { st, ba, v, d, o, e, l, vs, os } = live;
    return Object.assign({}, raw, { st, ba, nv: v, vs, nd: d, no: o, os, e: e || undefined, l: l || undefined, a: (raw.a || []).filter((row) => kept.has(row.id)).map(full) });
  };
  const graph = LD["@graph"].filter((raw) => used.has(raw.id)).map((raw) => Object.assign({}, raw, { c: (raw.c || []).filter((claim) => shown.has(claim.id)).map(own) }));
  const about = { "@type": "http://www.w3.org/ns/dcat#Dataset", name: REC.title, text: footnote() };
  const context = Object.assign({}, LD["@context"], { ch: "chain", dig: "passageDigest" });
  return JSON.stringify({ "@context": context, "@graph": [about, ...graph] }, null, 1);
}
const saveLinked = () => save(fileName("jsonld"), "application/ld+json", linkedText());

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
  const image = el("img", { alt: "", src: picture(wholeSheet(), false, false).toDataURL("image/png") });
  const lines = V.claims.filter((claim) => (V.mode ? V.lines.includes(claim) : selected().node ? claim.from === selected().node || claim.to === selected().node : selected().claim ? claim === selected().claim : true));
  const evidence = el("section", { class: "evidence" }, el("h2", null, `Evidence of ${lines.length > 150 ? `the heaviest 150 of ${lines.length.toLocaleString("en")}` : many(lines.length, "claim")} shown`),
    el("ol", null, lines.map((claim) => [weightOf(claim.live.rows), claim]).sort((a, b) => lighter(a[0], b[0]) || a[1].i - b[1].i).slice(0, 150).map(([, claim]) => evidenceItem(claim))));
  sheet.replaceChildren(...[el("h1", null, document.title), el("p", null, statusLine(), " ", filterWords()), S.tab === "network" ? image : "",
    el("p", null, "Solid line: asserted. Dotted: only alleged. Broken with a diamond: contested. Broken with a cross: denied. A ring: open. A bar: taken back; two bars: corrected; a square: denial taken back. Crossed symbol: closed; one bar: closure ordered. The number beside a title is how many stand in its band."),
    el("p", null, CAVEAT), storySheet(), evidence, el("h2", null, "Sources"), el("ol", null, cited().map((doc) => el("li", null, doc.title, doc.date ? ` (${doc.date})` : "", doc.url ? ` ${doc.url}` : "", (doc.disputes || []).map((text) => el("i", null, ` ${text}`)))))].flat(9).filter(Boolean));
}
addEventListener("beforeprint", fillSheet);
