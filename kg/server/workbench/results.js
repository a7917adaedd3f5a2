"use strict";
// An answer as a table, a chart, a network.
let prefixes = {}, base = "", language = "", answered = "", drawn = null, names = new Map();
// So many rows are shown at once, and so many names asked for at once.
const ROWS = 500, NAMES = 200;
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

function short(iri) {
  for (const [name, space] of Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length))
    if (iri.startsWith(space)) return `${name}:${iri.slice(space.length)}`;
  return iri;
}
const isNumber = (term) => term && NUMBER.test(term.datatype || "");
// A claim's own number says nothing to a reader: the beginning of it tells one from the other.
const told = (iri) => names.get(iri) || short(iri).replace(/^id:(claim\/\w{6})\w+$/, "$1…");
const plain = (term) => (!term ? "" : term.type === "uri" ? told(term.value) : term.type === "bnode" ? `_:${term.value}` : String(term.value));

// The names of what an answer holds: of terms as the case defines them, of records as they are called.
async function learn(rows) {
  await loading.catch(() => {});
  for (const term of terms) names.set(term.iri, term.label);
  const found = new Set();
  for (const row of rows)
    for (const term of Object.values(row))
      if (term.type === "uri" && !names.has(term.value) && base && term.value.startsWith(base) && !/[<>"{}|^`\\\s]/.test(term.value)) found.add(term.value);
  const all = [...found];
  for (let at = 0; at < all.length; at += NAMES) {
    const given = all.slice(at, at + NAMES).map((iri) => `<${iri}>`).join(" ");
    const answer = await sparql(`SELECT ?s ?name { VALUES ?s { ${given} } ?s rdfs:label ?name }`).catch(() => null);
    const rank = (row) => [language, undefined].indexOf(row.name["xml:lang"]) + 1 || 3;
    const called = answer ? answer.results.bindings.sort((a, b) => rank(b) - rank(a)) : [];
    for (const row of called) names.set(row.s.value, row.name.value);
  }
}

function cell(term) {
  if (!term) return el("td", {});
  if (isNumber(term)) return el("td", { class: "number" }, term.value);
  if (term.type === "uri") {
    const text = told(term.value), code = names.has(term.value) ? el("small", { class: "code" }, short(term.value)) : "";
    if (base && term.value.startsWith(base)) {
      const id = term.value.slice(base.length);
      return el("td", {}, el("button", { class: "link", title: term.value, onclick: () => openDossier(id) }, text), code);
    }
    return el("td", { title: term.value }, text, code);
  }
  const tag = term["xml:lang"] ? el("small", {}, term["xml:lang"]) : "";
  return el("td", {}, plain(term), tag);
}

// The rows in parts: a browser is slow with a hundred thousand at once.
function table(answer) {
  const columns = answer.head.vars, rows = answer.results.bindings;
  const head = el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name)));
  const body = el("tbody", {}), more = el("button", {});
  let shown = 0;
  const add = async () => {
    const part = rows.slice(shown, shown + ROWS);
    shown += part.length;
    more.disabled = true;
    await learn(part);
    body.append(...part.map((row) => el("tr", {}, ...columns.map((name) => cell(row[name])))));
    more.disabled = false;
    more.hidden = shown === rows.length;
    more.textContent = `Show more: ${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows are shown`;
  };
  more.addEventListener("click", add);
  const made = [el("table", {}, el("thead", {}, head), body), el("p", { class: "bar" }, more)];
  return add().then(() => made);
}

// The column whose values part the rows best: that has the fewest, but more than one.
function parting(columns, rows) {
  const kinds = columns.map((name) => new Set(rows.map((row) => plain(row[name]))).size);
  const least = Math.min(...kinds.filter((kind) => kind > 1));
  return columns[Math.max(0, kinds.indexOf(least))];
}

// A bar for each row with a number; without numbers, one for each value of the column that parts them best.
function bars(answer) {
  const columns = answer.head.vars, rows = answer.results.bindings;
  const number = columns.find((name) => rows.some((row) => isNumber(row[name])));
  const label = (row) => columns.filter((name) => name !== number).map((name) => plain(row[name])).filter(Boolean).join(", ");
  let found;
  if (number) {
    found = rows.filter((row) => row[number]).map((row) => [label(row), Number(row[number].value)]);
  } else {
    const column = parting(columns, rows), counts = new Map();
    for (const row of rows) counts.set(plain(row[column]), (counts.get(plain(row[column])) || 0) + 1);
    found = [...counts].sort((a, b) => b[1] - a[1]);
    return { by: `rows for each ${column}`, bars: found };
  }
  return { by: number, bars: found };
}

function chart(answer) {
  const { by: what, bars: found } = bars(answer), most = Math.max(...found.map(([, value]) => Math.abs(value)), 0);
  const parts = found.slice(0, 100).flatMap(([name, value]) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 100 16");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    bar.setAttribute("height", "16");
    bar.setAttribute("width", String(most ? (Math.abs(value) / most) * 100 : 0));
    svg.append(bar);
    return [el("span", { class: "name", title: name }, name), svg, el("span", { class: "value" }, value.toLocaleString("en"))];
  });
  const more = found.length > 100 ? ` The first 100 of ${found.length.toLocaleString("en")}.` : "";
  return [el("p", { class: "quiet" }, `${what}.${more}`), el("div", { class: "bars" }, ...parts)];
}

function frame(fields, title) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) given.append(name, one);
  return el("iframe", { src: `api/view?${given}&format=html`, title, sandbox: "allow-scripts allow-downloads allow-popups" });
}

// What the network of a query is, is said by kg view: all claims between what it names, with their evidence.
async function network() {
  const into = by("network"), query = answered;
  if (drawn === query) return;
  drawn = query;
  into.replaceChildren(el("p", { class: "quiet" }, "Drawing…"));
  try {
    await api("view", { query, format: "html" });
    if (drawn === query) into.replaceChildren(frame({ query }, "Network of what the query selects"));
  } catch (error) {
    if (drawn === query) into.replaceChildren(el("p", { class: "quiet" }, error.message));
  }
}

async function showAnswer(query, answer, took) {
  answered = query;
  drawn = null;
  by("network").replaceChildren();
  const time = `${Math.round(took).toLocaleString("en")} ms`;
  if ("graph" in answer) {
    by("table").replaceChildren(el("pre", {}, answer.graph));
    by("chart").replaceChildren(el("p", { class: "quiet" }, "A graph has no chart."));
    status("status", `A graph, in ${time}.`);
  } else if ("boolean" in answer) {
    by("table").replaceChildren(el("p", { class: "quiet" }, answer.boolean ? "Yes." : "No."));
    by("chart").replaceChildren(el("p", { class: "quiet" }, "Yes or no has no chart."));
    status("status", `${answer.boolean ? "Yes" : "No"}, in ${time}.`);
  } else {
    const number = answer.results.bindings.length;
    const rows = await table(answer);
    if (answered !== query) return;
    by("table").replaceChildren(...rows);
    by("chart").replaceChildren(...chart(answer));
    status("status", `${number.toLocaleString("en")} ${number === 1 ? "row" : "rows"}, in ${time}.`);
  }
  by("answer").hidden = false;
}
