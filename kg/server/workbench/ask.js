"use strict";
// Asking this server, and nobody else.
const el = (name, attributes = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside);
  return made;
};
const by = (id) => document.getElementById(id);

async function api(verb, fields) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) given.append(name, one);
  const reply = await fetch(`api/${verb}?${given}`, { headers: { Accept: "*/*" } });
  if (fields.format && reply.ok) return reply.text();
  const said = await reply.json();
  if (reply.ok) return said;
  const near = (said.near || []).map((one) => `\n  ${one.name} (${one.id})`).join("");
  throw new Error(said.error + (near && `\nPerhaps:${near}`));
}

async function sparql(query, signal) {
  const reply = await fetch("sparql", {
    method: "POST",
    signal,
    headers: {
      "Content-Type": "application/sparql-query",
      Accept: "application/sparql-results+json, text/turtle;q=0.9",
    },
    body: query,
  });
  if (!reply.ok) throw new Error((await reply.text()).trim());
  const kind = reply.headers.get("Content-Type") || "";
  return kind.startsWith("text/turtle") ? { graph: await reply.text() } : reply.json();
}

// Of what is asked for one place the last is shown there, in whatever order the answers come.
const ASKED = {};
const latest = (place) => {
  const mine = (ASKED[place] = {});
  return () => ASKED[place] === mine;
};

// What was asked is remembered by this browser, newest first.
const KEY = "kg-workbench-asked", MOST = 50;
const remembered = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
};
const remember = (query) => {
  const kept = [query, ...remembered().filter((one) => one !== query)].slice(0, MOST);
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* a browser that keeps nothing */ }
};
const forget = () => { try { localStorage.removeItem(KEY); } catch { /* nothing is kept */ } };

// Says how it stands with what was asked.
function status(id, text, wrong = false) {
  const line = by(id);
  line.textContent = text;
  line.classList.toggle("wrong", wrong);
}

// Tabs as the keyboard expects them: arrows go from one to the next.
function tabs(list, shown = () => {}) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const show = (tab, focus) => {
    for (const one of all) {
      const chosen = one === tab;
      one.setAttribute("aria-selected", chosen);
      one.tabIndex = chosen ? 0 : -1;
      by(one.getAttribute("aria-controls")).hidden = !chosen;
    }
    if (focus) tab.focus();
    shown(tab.getAttribute("aria-controls"));
  };
  for (const [i, tab] of all.entries()) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show(all[(i + step + all.length) % all.length], true);
    });
  }
  return (name) => show(all.find((tab) => tab.getAttribute("aria-controls") === name));
}
