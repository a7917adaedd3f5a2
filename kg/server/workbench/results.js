"use strict";
// An answer as a table, a chart, a network.
let prefixes = {}, base = "", answered = "", drawn = null;
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

function short(iri) {
  for (const [name, space] of Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length))
    if (iri.startsWith(space)) return `${name}:${iri.slice(space.length)}`;
  return iri;
}
const isNumber = (term) => term && NUMBER.test(term.datatype || "");
const plain = (term) => (!term ? "" : term.type === "uri" ? short(term.value) : term.type === "bnode" ? `_:${term.value}` : String(term.value));

function cell(term) {
  if (!term) return el("td", {});
  if (isNumber(term)) return el("td", { class: "number" }, term.value);
  if (term.type === "uri") {
    const text = short(term.value);
    if (base && term.value.startsWith(base)) {
      const id = term.value.slice(base.length);
      return el("td", {}, el("button", { class: "link", title: term.value, onclick: () => openDossier(id) }, text));
    }
    return el("td", { title: term.value }, text);
  }
  const language = term["xml:lang"] ? el("small", {}, term["xml:lang"]) : "";
  return el("td", {}, plain(term), language);
}

function table(answer) {
  const names = answer.head.vars, rows = answer.results.bindings;
  const head = el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, name)));
  const body = rows.map((row) => el("tr", {}, ...names.map((name) => cell(row[name]))));
  return el("table", {}, el("thead", {}, head), el("tbody", {}, ...body));
}

// A bar for each row with a number; without numbers, one for each value of the first column.
function bars(answer) {
  const names = answer.head.vars, rows = answer.results.bindings;
  const number = names.find((name) => rows.some((row) => isNumber(row[name])));
  const label = (row) => names.filter((name) => name !== number).map((name) => plain(row[name])).filter(Boolean).join(", ");
  let found;
  if (number) {
    found = rows.filter((row) => row[number]).map((row) => [label(row), Number(row[number].value)]);
  } else {
    const counts = new Map();
    for (const row of rows) counts.set(plain(row[names[0]]), (counts.get(plain(row[names[0]])) || 0) + 1);
    found = [...counts].sort((a, b) => b[1] - a[1]);
  }
  return { by: number ? number : `rows for each ${names[0]}`, bars: found };
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
    into.replaceChildren(el("p", { class: "quiet" }, error.message));
  }
}

function showAnswer(query, answer, took) {
  answered = query;
  drawn = null;
  by("network").replaceChildren();
  by("answer").hidden = false;
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
    by("table").replaceChildren(table(answer));
    by("chart").replaceChildren(...chart(answer));
    status("status", `${number.toLocaleString("en")} ${number === 1 ? "row" : "rows"}, in ${time}.`);
  }
}
