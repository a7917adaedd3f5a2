// Putting it together: what a click changes, and in which order all parts follow.
const SHOWN = { mode: "", key: "" };
const say = (text) => { $("live").textContent = text; };

function update(how = {}) {
  // What the pointer is on may be gone with this, and nothing would tell it that the pointer has left.
  hover = null;
  derive();
  showLens();
  showPoint();
  // As paintNow does, which sees no more that the window is another: what there is room for is another now.
  const resized = size();
  if (resized) {
    if (V.mode === "dispute") derive();
    else place();
    showPoint();
  }
  fan();
  const anew = V.mode !== SHOWN.mode || (V.mode && LAID.key !== SHOWN.key);
  Object.assign(SHOWN, { mode: V.mode, key: LAID.key });
  if (how.legend !== false) legend();
  showTab();
  showCard();
  if ((how.fit || anew || (resized && !T.own)) && S.tab === "network") fit(false, how.fit === "keep" && !anew);
  $("status").textContent = `${statusLine()} ${filterWords()}`;
  $("held").hidden = !heldWords();
  $("apart").hidden = !S.apart && !bundles(layoutNow()).length;
  $("apart").setAttribute("aria-pressed", String(!S.apart));
  address(how.quiet);
}

// What the window shows of the picture stands in the address: the middle, in units of the sheet, and the scale.
function keepView() {
  S.view = T.own ? [((T.w - cardOver()) / 2 - T.x) / T.k, (T.h / 2 - T.y) / T.k, T.k * 1000].map(Math.round).join(",") : "";
  address(true);
}
let viewSoon = 0;
const keepViewSoon = () => {
  clearTimeout(viewSoon);
  viewSoon = setTimeout(keepView, 120);
};
function showView(view) {
  const [x, y, k] = view.split(",").map(Number);
  if (!(k >= 50 && k <= 6000) || !Number.isFinite(x) || !Number.isFinite(y)) return;
  Object.assign(T, { k: k / 1000, own: true });
  Object.assign(T, { x: (T.w - cardOver()) / 2 - x * T.k, y: T.h / 2 - y * T.k });
  S.view = view;
  address(true);
  redraw();
}

function showTab() {
  for (const { id } of TABS) {
    $(`tab-${id}`).setAttribute("aria-selected", String(S.tab === id));
    $(`tab-${id}`).tabIndex = S.tab === id ? 0 : -1;
    $(`pane-${id}`).hidden = S.tab !== id;
  }
  document.body.dataset.tab = S.tab;
  document.body.dataset.part = V.mode;
  tab().draw();
  for (const of of document.querySelectorAll("#tools .of")) of.hidden = pictured();
}

function pick(sel, quiet) {
  if (!known(sel)) return;
  const walked = V.mode === "chain";
  S.sel = sel;
  S.chain = walked && sel.startsWith("c:") ? S.chain : "";
  S.hold = false;
  const { node, claim } = selected();
  let changed = walked && !S.chain;
  if (node && !node.on && S.off.kind.delete(node.kind)) changed = true;
  if (V.nodes.length > BUDGET && !V.mode) changed = true;
  if (node && outside(node)) {
    Object.assign(S, { focus: node.id, depth: 1 });
    changed = true;
  }
  if (changed) update({ fit: !!V.groups, quiet });
  else {
    showCard();
    (tab().mark || showTab)();
    address(quiet);
  }
  if (node) {
    if (S.tab === "network") fly(node);
    say(`${node.name}, ${node.narrow || node.term.label}${stateWords(node) ? `, ${stateWords(node)}` : ""}, ${many(node.claims.length, "claim")}`);
  } else if (claim) say(`${fullWords(claim)} ${standing(claim)}`);
  if (!quiet) $("card").scrollTop = 0;
  redraw();
}
// Each step of the reader is one of the browser's, so that Back undoes it; `quiet` is none.
function address(quiet) {
  try {
    const hash = toHash();
    const there = hash ? `#${hash}` : location.href.split("#")[0];
    if (hash !== location.hash.slice(1)) history[quiet ? "replaceState" : "pushState"](null, "", there);
  } catch {
    // A page shown inside another one may not touch its address.
  }
}
// What is chosen by hand among the kinds goes along into another layout.
function setLayout(id) {
  const flips = [...KINDS.keys()].filter((kind) => S.off.kind.has(kind) !== asideIn(S.layout).includes(kind));
  S.layout = id;
  S.off.kind = new Set(asideIn(id));
  for (const kind of flips) S.off.kind[S.off.kind.has(kind) ? "delete" : "add"](kind);
  T.own = false;
  $("layout").value = id;
}
// What a part of the picture leaves out is shown with what is around it.
const outside = (node) => V.mode && S.tab === "network" && !seen(node);
function bring(node) {
  if (!outside(node)) return;
  Object.assign(S, { focus: node.id, depth: 1 });
  update({ fit: true, quiet: true });
}
const known = (sel) => !sel.startsWith("n:") || BY.has(sel.slice(2));
function release() {
  if (!S.sel && !S.chain && S.step) return leaveStory();
  if (!S.sel && !S.chain && S.focus) return focusOff();
  if (!S.sel && !S.chain && pathNow()) return liftPath(0);
  if (!S.sel && !S.chain && !S.open && !S.hold) return;
  if (!S.sel && !S.chain && S.open) {
    S.open = "";
    return update({ fit: true });
  }
  const walked = V.mode === "chain";
  S.sel = S.chain = "";
  S.hold = false;
  if (walked) update();
  else if (V.nodes.length > BUDGET && !V.mode) update({ fit: !S.open && !S.focus });
  else {
    showCard();
    showTab();
    address();
  }
  say("Nothing selected");
}
function linkTo(node) {
  const from = selected().node;
  if (!from || from === node) return pick(`n:${node.id}`);
  S.chain = `${from.id}\t${node.id}`;
  const found = chain(from, node);
  if (LIVE.has(S.layout)) update();
  else {
    showCard();
    address();
    redraw();
  }
  say(found ? `Chain of ${many(found.claims.length, "step")} from ${from.name} to ${node.name}` : "No chain over the lines shown");
}
function focusOn(node, depth = S.depth) {
  S.focus = node.id;
  S.depth = depth;
  S.sel = `n:${node.id}`;
  update();
  fly(node);
  say(`Only what is within ${many(depth, "step")} of ${node.name}: ${many(V.focus.size, "actor")}`);
}
function focusOff() {
  S.focus = "";
  update();
  say("No longer only a neighbourhood");
}
function openGroup(group) {
  S.open = group.key;
  S.sel = "";
  update({ fit: true });
  say(`${many(V.drawn.length, "actor")} drawn`);
}

// What an address says, with the part of the picture that it shows.
function showState() {
  const { view } = S;
  update({ fit: true, quiet: true });
  if (view) showView(view);
}

function theme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  $("dark").setAttribute("aria-pressed", String(isDark()));
}

function build() {
  panes();
  const tabs = TABS.map(({ id, label }) => el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `pane-${id}`, onclick: () => { S.tab = id; update(); } }, label));
  $("tabs").append(...tabs);
  $("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = tabs.findIndex((tab) => tab.tabIndex === 0);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
  const layouts = el("select", { id: "layout", onchange: (event) => { setLayout(event.target.value); S.focus = ""; update({ fit: true }); } }, OPT.layouts.map((layout) => el("option", { value: layout.id }, layout.label)));
  const saves = el("details", { class: "menu" }, el("summary", null, "Save"), el("div", null,
    [["PNG picture", savePng], ["SVG picture", saveSvg], ["CSV of the claims shown", saveCsv], ["JSON-LD of the claims shown", saveLinked], ["Footnote", copyFootnote], ["This page as it is now", savePage], ["Print", () => print()]].map(([words, act]) =>
      el("button", { type: "button", onclick: () => { saves.open = false; act(); } }, words, / picture$/.test(words) && el("span", { class: "of" }, " of the network")))));
  $("held").addEventListener("click", () => { S.off.kind = new Set(); update({ fit: true }); $("picture").focus(); say("All kinds switched on"); });
  const help = el("details", { class: "menu" }, el("summary", null, "Keys"), el("div", { class: "help" }, el("p", null, "In the picture: arrows walk to the neighbour that way, N and P go through all actors, Enter goes to the card, F shows only the neighbourhood, Escape lets go, + and − zoom, 0 fits, Shift with arrows moves the sheet, Alt with arrows moves the actor. Anywhere: / finds.")));
  $("tools").append(el("label", { class: "layout" }, "Layout ", layouts), el("button", { type: "button", id: "fit", onclick: () => { T.own = false; (tab().fit || TABS[0].fit)(); address(true); } }, "Fit"),
    el("button", { type: "button", id: "panel", "aria-controls": "card", "aria-pressed": "false", onclick: () => { const on = document.body.classList.toggle("paneled"); $("panel").setAttribute("aria-pressed", String(on)); if (on) $("card").focus(); } }, "Panel"), saves, el("button", { type: "button", id: "dark", "aria-pressed": "false", onclick: () => { S.dark = isDark() ? "0" : "1"; theme(); update(); } }, "Dark"), help);
  $("zoom").append(el("button", { type: "button", id: "apart", hidden: true, "aria-pressed": "true", title: "Lines between two bands as one, with their number", onclick: () => { S.apart = S.apart ? "" : "1"; update({ legend: false }); } }, "Bundles"), el("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoomBy(1.3) }, "+"), el("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoomBy(1 / 1.3) }, "−"));
  document.addEventListener("pointerdown", (event) => { for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); } else release();
    } else if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      $("find").focus();
    }
  });
  const follow = () => {
    if (location.hash.slice(1) === toHash()) return;
    fromHash(location.hash);
    theme();
    $("layout").value = S.layout;
    showState();
  };
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  addEventListener("resize", () => { if (tab().resize) tab().resize(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { theme(); update(); });
}

build();
if (location.hash || SAVED !== null) fromHash(location.hash || SAVED);
else if (STORY.length) {
  fromHash(STORY[0].to);
  S.step = "1";
} else fromHash("");
theme();
$("layout").value = S.layout;
size();
if (REC.paths.length || STORY.length) {
  document.body.classList.add("paneled");
  $("panel").setAttribute("aria-pressed", "true");
}
if (OPT.embed) document.body.classList.add("embed");
const { view } = S;
showState();
if (selected().node) bring(selected().node);
if (selected().node && !view) fly(selected().node);
paintNow();
// The picture with all its lines, those included that later frames would bring.
function whole() {
  while (ROUTES.steps && !V.groups && S.tab === "network" && canvas.offsetParent) paintNow();
}
window.kg = Object.freeze({
  state: () => JSON.parse(JSON.stringify({ tab: S.tab, layout: S.layout, sel: S.sel, focus: S.focus, path: S.path, step: S.step })),
  scene: () => (whole(), { named: scene.named, wanted: scene.wanted, boxes: scene.boxes.map((box) => box.slice(0, 4)), nodes: scene.nodes.map((item) => ({ id: item.node ? item.node.id : item.group.key, x: item.x, y: item.y, r: item.r, dim: item.dim })), words: scene.words, marks: scene.marks.map(([, claim, , seat]) => [claim.id, ...seat]), bundles: scene.bundles.map(({ bundle, path }) => ({ id: bundle.id, pieces: pieces(path) })), lines: scene.lines.map(({ claim, path }) => ({ id: claim.id, from: claim.s, to: claim.tip.id, x: path.mx, y: path.my, stub: !!path.end, pieces: pieces(path) })) }),
  counts: () => ({ nodes: V.nodes.length, claims: V.claims.length, lines: V.lines.length, drawn: V.drawn.length, groups: V.groups ? V.groups.length : 0 }),
  told: () => CLAIMS.map((claim) => [claim.id, claim.sentence, claim.stand, claim.given.v, claim.given.d, claim.given.o, claim.rows.map((row) => [row.s, row.p, row.ke])]),
  stood: () => CLAIMS.filter(({ live }) => live.rows.length).map(({ id, live }) => [id, live.st, live.ba, live.v, live.d, live.o, live.e, live.l]),
  undated: () => V.undated.size,
  address: (hash) => { fromHash(hash); showState(); },
  known: () => NODES.map((node) => node.id), found: (text) => find(text).map((node) => node.id), mode: () => V.mode, voices: () => scene.voices.map(({ one }) => [VOICES[one.v][0], one.side, one.claims.length]),
  bundles: () => (whole(), scene.bundles.map(({ bundle }) => [bundle.id, bundle.claims.map((claim) => claim.id)])), weights: () => CLAIMS.map((claim) => [claim.id, ...weightOf(claim.given.rows.filter((row) => !row.elsewhere))]), changes: () => changed().map(([id, , , claims]) => [id, claims.map((claim) => claim.id)]),
  palette: PALETTE, lifted: () => [...(lifted(hover) || { nodes: [] }).nodes].map((node) => node.id),
  csv: csvText, page: pageText, matrix: () => { const { rows, columns, against } = stances(S.by); return [columns, rows.map(({ claim, cells }) => [claim.id, columns.map((id) => (cells.has(id) ? cellOf(cells.get(id)) : ""))]), [...against].map(([id, met]) => [id, [...met]])]; }, matrixCsv: matrixText, svg: svgText, held: () => V.held.length, footnote, linked: linkedText, paint: () => { const t = performance.now(); paintNow(); return performance.now() - t; },
});
