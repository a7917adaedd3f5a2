"use strict";
// What happens when, and what is loaded first.
let editor, running = null, marked = null;

function showHistory() {
  const kept = remembered();
  by("asked").replaceChildren(...kept.map((query) =>
    el("li", {}, el("button", { title: query, onclick: () => { editor.setValue(query); editor.focus(); } }, query.replace(/\s+/g, " ")))));
  by("nothing-asked").hidden = kept.length > 0;
  by("forget").hidden = kept.length === 0;
}

async function run() {
  if (running) running.abort();
  const mine = (running = new AbortController()), query = editor.getValue(), began = performance.now();
  if (marked !== null) editor.removeLineClass(marked, "wrap", "wrong-line");
  marked = null;
  status("status", "Asking…");
  by("run").setAttribute("aria-busy", "true");
  try {
    const answer = await sparql(query, mine.signal);
    remember(query);
    showHistory();
    await showAnswer(query, answer, performance.now() - began);
    if (running !== mine) return;
    // The form that was looked at stays.
    showForm(by("forms").querySelector("[aria-selected=true]").getAttribute("aria-controls"));
  } catch (error) {
    if (mine.signal.aborted) return;
    by("answer").hidden = true;
    status("status", error.message, true);
    const place = /at line (\d+), column (\d+)/.exec(error.message);
    if (place) {
      marked = Number(place[1]) - 1;
      editor.addLineClass(marked, "wrap", "wrong-line");
      editor.setCursor(marked, Number(place[2]) - 1);
    }
  } finally {
    if (running === mine) {
      running = null;
      by("run").removeAttribute("aria-busy");
    }
  }
}

const showForm = tabs(by("forms"), (name) => { if (name === "network") network(); });
openTab = tabs(by("tabs"), (name) => { if (name === "query" && editor) editor.refresh(); });
editor = madeEditor(run);
by("run").addEventListener("click", run);
by("forget").addEventListener("click", () => { forget(); showHistory(); });
by("find").addEventListener("submit", (event) => { event.preventDefault(); if (by("text").value.trim()) find(by("text").value.trim()); });
by("walk").addEventListener("submit", (event) => {
  event.preventDefault();
  const start = by("start").value.trim(), end = by("end").value.trim();
  if (start && end) walk(start, end, by("k").value || 3);
  else status("path-status", "Name both ends.");
});
for (const id of ["start", "end"]) by(id).addEventListener("input", suggest);
by("examples").addEventListener("change", (event) => {
  if (event.target.value) editor.setValue(event.target.value);
  event.target.value = "";
});
showHistory();

const loading = (async () => {
  const about = await (await fetch("api/workbench")).json();
  by("title").textContent = about.title || "kg";
  document.title = `${about.title || "kg"} · kg workbench`;
  by("old").textContent = about.note;
  prefixes = about.prefixes;
  base = about.base;
  language = about.language;
  for (const [name, query] of Object.entries(about.questions))
    by("examples").append(el("option", { value: query }, name));
  terms = (await api("terms", {})).answer;
})();
