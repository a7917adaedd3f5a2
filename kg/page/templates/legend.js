// The left column: find, and a legend that is the filter.
function finder({ id = "find", list: listId = "hits", label = "Find", value = "", choose: chosen = (node) => pick(`n:${node.id}`) } = {}) {
  let hits = [];
  let at = -1;
  const input = el("input", { id, value, type: "search", autocomplete: "off", spellcheck: "false", placeholder: "name, place, code, 中文 …", role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list" });
  const list = el("ul", { id: listId, class: "hits", role: "listbox", "aria-label": "Hits", hidden: true });
  const note = el("p", { class: "when nohit", hidden: true }, "Nothing by that name in this view.");
  const show = () => {
    list.replaceChildren(...hits.map((node, i) => el("li", { role: "option", id: `${listId}-${i}`, "aria-selected": String(i === at), onpointerdown: (event) => { event.preventDefault(); choose(node); } },
      icon(node.term, node.mark), el("span", null, el("bdi", null, node.name), node.local && [" ", localName(node)], el("small", null, [node.narrow || node.term.label, node.cell].filter(Boolean).join(" · "))))));
    list.hidden = !hits.length;
    note.hidden = !!hits.length || !input.value.trim();
    input.setAttribute("aria-expanded", String(!!hits.length));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${listId}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const choose = (node) => {
    hits = [];
    show();
    note.hidden = true;
    chosen(node);
  };
  input.addEventListener("input", () => {
    hits = find(input.value);
    at = hits.length ? 0 : -1;
    show();
    say(input.value.trim() ? many(hits.length, "hit") : "");
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!hits.length) return;
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      show();
      event.preventDefault();
    } else if (event.key === "Enter" && hits[Math.max(0, at)]) choose(hits[Math.max(0, at)]);
    else if (event.key === "Escape" && (input.value || hits.length)) {
      input.value = "";
      hits = [];
      show();
      event.stopPropagation();
    }
  });
  input.addEventListener("blur", () => { hits = []; show(); note.hidden = true; });
  return el("div", { class: "find" }, el("label", { for: id }, label), input, list, note);
}

const OPEN = new Map();
function filterRow(dim, id, label, picture, count, title) {
  const on = !S.off[dim].has(id);
  const key = `${dim}-${id}`;
  const box = el("input", { type: "checkbox", checked: on, "data-key": key, onchange: (event) => {
    S.off[dim][event.target.checked ? "delete" : "add"](id);
    update({ fit: dim === "kind" && !T.own && "keep" });
  } });
  const only = el("button", { type: "button", class: "only", "data-key": `only-${key}`, "aria-label": `Only ${label}`, onclick: () => {
    const all = dim === "doc" ? DOCS.map((_, i) => i) : dim === "voice" ? VOICES.map((_, i) => i) : [...{ kind: KINDS, rel: RELS, st: STATUSES, ba: BASES }[dim].keys()];
    const rest = all.filter((other) => other !== id);
    const alone = !S.off[dim].has(id) && rest.every((other) => S.off[dim].has(other));
    S.off[dim] = alone ? fresh(S.layout).off[dim] : new Set(rest);
    update();
  } }, "only");
  const over = { kind: { kind: id }, rel: { of: (claim) => claim.rel.id === id }, st: { of: (claim) => claim.live.st === id }, ba: { of: (claim) => claim.live.ba === id }, doc: { of: (claim) => claim.live.rows.some((row) => row.d === id) }, voice: { of: (claim) => claim.live.rows.some((row) => row.v === id) } }[dim];
  const lift = (to) => () => { hover = to; redraw(); };
  return el("li", { class: on ? "" : "out", title: title || null, onpointerenter: lift(over), onpointerleave: lift(null) }, el("label", null, box, picture, el("span", { class: "name", dir: "auto" }, label), el("span", { class: "count" }, count === null ? "" : count.toLocaleString("en"))), only);
}

let allRelations = false;
function filterGroup(title, dim, rows, open = true, more = null) {
  const out = rows.filter((row) => row && S.off[dim].size && row.classList.contains("out")).length;
  const details = el("details", { class: "filter", open: OPEN.has(title) ? OPEN.get(title) : open, ontoggle: (event) => OPEN.set(title, event.target.open) },
    el("summary", { "data-key": `sum-${title}` }, el("h2", null, title), out > 0 && el("span", { class: "count" }, `${out} off`)));
  const base = fresh(S.layout).off[dim];
  const changed = S.off[dim].size !== base.size || [...S.off[dim]].some((id) => !base.has(id));
  details.append(el("ul", { "aria-label": title }, rows), more || "", changed ? el("button", { type: "button", class: "reset", "data-key": `reset-${dim}`, onclick: () => { S.off[dim] = base; update(); } }, "as at the start") : "");
  return details;
}

const TIES = [["full", "asserted by a voice"], ["alleged", "only alleged"], ["contested", "contested or denied"], ["none", "nothing left to support it"]];
const STATES = [["closed", "closed"], ["ordered closed", "closure ordered"], ["gone", "no more"]];
const inState = (state) => NODES.filter((node) => (node.mark || node).state === state);
// What the fill, the rim and the strokes of a symbol mean; a state is also a list to open.
function key() {
  const member = NODES.find((node) => node.lane && node.term.part !== "lane" && node.term.rank < OPT.asideRank) || NODES[0];
  if (!member) return "";
  const ties = TIES.filter(([tie], i) => i === 0 || NODES.some((node) => node.mark && node.mark.tie === tie));
  const states = STATES.filter(([state]) => inState(state).length);
  return el("details", { class: "filter", open: OPEN.has("key") ? OPEN.get("key") : true, ontoggle: (event) => OPEN.set("key", event.target.open) }, el("summary", { "data-key": "sum-key" }, el("h2", null, "Symbols")),
    el("ul", { class: "key" }, ties.map(([tie, words]) => el("li", null, icon(member.term, { tie, state: "" }), words)),
      states.map(([state, words]) => el("li", null, el("button", { type: "button", class: "row", "data-key": `state-${state}`, "aria-pressed": String(S.sel === `s:${state}`), onclick: () => (S.sel === `s:${state}` ? release() : pick(`s:${state}`)) },
        icon(member.term, { tie: "full", state }), el("span", { class: "name" }, words), el("span", { class: "count" }, inState(state).length))))));
}

function days() {
  const seen = { asof: new Set(), known: new Set() };
  for (const claim of CLAIMS) {
    for (const row of claim.rows) {
      for (const day of [row.hf, row.ht]) if (day) seen.asof.add(daysOf(day.slice(0, 7))[1]);
      if (row.ke) seen.known.add(daysOf(row.ke.slice(0, 7))[1]);
    }
  }
  const [asof, known] = [[...seen.asof].sort(), [...seen.known].sort()];
  return { asof, known, from: known.map((day) => `${day.slice(0, 8)}01`), to: known };
}
const DAYS = days();
function slider(name, label, title) {
  const list = DAYS[name];
  if (list.length < 2) return "";
  const last = list.length;
  const value = S[name] ? Math.max(0, list.findIndex((day) => day >= S[name])) : last;
  const words = (i) => (i >= last ? "any time" : list[i].slice(0, 7));
  const out = el("output", null, words(value));
  const input = el("input", { type: "range", min: 0, max: last, step: 1, "aria-label": label, "aria-valuetext": words(value), "data-key": `range-${name}`, oninput: (event) => {
    const i = Number(event.target.value);
    out.textContent = words(i);
    event.target.setAttribute("aria-valuetext", words(i));
    S[name] = i >= last ? "" : list[i];
    later();
  } });
  input.value = value;
  return el("div", { class: "slider", title }, el("span", { class: "name", dir: "auto" }, label), out, input);
}
let soon = 0;
const later = () => {
  clearTimeout(soon);
  soon = setTimeout(() => update({ legend: false, quiet: true }), 30);
};

function legend() {
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : "";
  const left = $("left");
  const scrolled = left.scrollTop;
  if (!left.firstChild) left.append(finder(), el("div", { id: "between" }), el("button", { type: "button", id: "more", "aria-expanded": "false", "aria-controls": "filters", onclick: (event) => { const on = left.classList.toggle("open"); event.target.setAttribute("aria-expanded", String(on)); } }, "Legend and filters"), el("div", { id: "filters" }));
  const n = (dim, id) => V.counts[dim].get(id) || 0;
  const dark = isDark();
  const grey = "currentColor";
  const has = (dim, id) => n(dim, id) || S.off[dim].has(id);
  const kinds = [...KINDS.values()].filter((t) => n("kind", t.id)).sort((a, b) => a.rank - b.rank);
  const rels = [...RELS.values()].filter((t) => has("rel", t.id)).sort((a, b) => n("rel", b.id) - n("rel", a.id) || (a.label < b.label ? -1 : 1));
  const top = allRelations || rels.length < 16 ? rels : rels.filter((t, i) => i < 12 || S.off.rel.has(t.id));
  const cited = (list, key) => { const map = new Map(); for (const claim of V.claims) for (const id of new Set(claim.rows.map((row) => row[key]))) map.set(id, (map.get(id) || 0) + 1); return map; };
  const [byDoc, byVoice] = [cited(V.claims, "d"), cited(V.claims, "v")];
  const sources = DOCS.map((doc, i) => i).filter((i) => byDoc.get(i) || S.off.doc.has(i)).sort((a, b) => (byDoc.get(b) || 0) - (byDoc.get(a) || 0) || a - b);
  const voices = VOICES.map((voice, i) => i).filter((i) => byVoice.get(i) || S.off.voice.has(i)).sort((a, b) => (byVoice.get(b) || 0) - (byVoice.get(a) || 0) || a - b);
  const sample = (st, ba) => lineOf({ st, ba, rows: [1, 1] }, grey);
  const basisOf = { Open: "Announced" };
  $("between").replaceChildren(endsBox());
  $("filters").replaceChildren(
    filterGroup("Actors", "kind", kinds.map((t) => filterRow("kind", t.id, t.label, icon(t), n("kind", t.id), t.definition))),
    key(),
    filterGroup("Status of claims", "st", [...STATUSES.values()].filter((t) => has("st", t.id)).map((t) => filterRow("st", t.id, t.label, sample(t.id, basisOf[t.id] || "Asserted"), n("st", t.id), t.definition))),
    filterGroup("Basis of claims", "ba", [...BASES.values()].filter((t) => has("ba", t.id)).map((t) => filterRow("ba", t.id, t.label, sample("Uncontested", t.id), n("ba", t.id), t.definition))),
    filterGroup("Relations", "rel", top.map((t) => filterRow("rel", t.id, t.label, stroke(ink(t, dark), [], t.part === "faint" ? 1 : 2.4), n("rel", t.id), t.definition)), true, rels.length < 16 ? null : el("button", { type: "button", class: "reset", "data-key": "all-rel", onclick: () => { allRelations = !allRelations; legend(); } }, allRelations ? "fewer" : `all ${rels.length} relations`)),
    DAYS.asof.length + DAYS.known.length > 3 ? el("details", { class: "filter", open: OPEN.has("t") ? OPEN.get("t") : true, ontoggle: (event) => OPEN.set("t", event.target.open) }, el("summary", { "data-key": "sum-time" }, el("h2", null, "Time")),
      slider("asof", "True on", "What was so at the end of that month, as far as it is dated"), slider("known", "Known by", "What had been said or was in print by then"), slider("from", "Said from", "What was said or printed then or later"), slider("to", "Said to", "What was said or printed then or before"),
      el("label", { class: "undated", title: "Also what nothing dates" }, el("input", { type: "checkbox", checked: !!S.undated, "data-key": "undated", onchange: (event) => { S.undated = event.target.checked ? "1" : ""; update(); } }), "Undated too", V.undated.size > 0 && el("span", { class: "count" }, `${V.undated.size.toLocaleString("en")} left out`))) : "",
    filterGroup("Documents", "doc", sources.map((i) => filterRow("doc", i, DOCS[i].short || DOCS[i].title, DOCS[i].disputes ? el("span", { class: "flagged", title: "disputed as a whole" }, "◇") : "", byDoc.get(i) || 0, DOCS[i].title)), false),
    filterGroup("Voices", "voice", voices.map((i) => filterRow("voice", i, VOICES[i][1] || VOICES[i][0], "", byVoice.get(i) || 0)), false),
    el("p", { class: "tools" }, el("button", { type: "button", "data-key": "reset-all", onclick: () => { const { tab, layout, dark: d } = S; S = Object.assign(fresh(layout), { tab, dark: d }); update({ fit: true }); say("As at the start"); } }, "Reset all")));
  if (held) {
    const again = [...left.querySelectorAll("[data-key]")].find((item) => item.dataset.key === held);
    if (again && again !== document.activeElement) again.focus({ preventScroll: true });
  }
  left.scrollTop = scrolled;
}
