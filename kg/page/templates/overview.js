// Nothing selected: what stands out of the whole, each with its way in.
const actorButton = (node, more) => el("button", { type: "button", class: "actor", onclick: () => pick(`n:${node.id}`) }, icon(node.term, node.mark), el("bdi", null, more ? node.label : node.name), more);

// The claims that a state rests on.
const STATE_PARTS = { closed: ["closing", "closing-state"], "ordered closed": ["ordering"], gone: [] };
const restsOn = (node, state) => node.claims.filter((claim) => STATE_PARTS[state].includes(claim.rel.part) && (claim.rel.part === "closing-state" ? claim.from === node : claim.to === node) && claim.live && claim.live.rows.length);
function stateList(state) {
  return el("ul", { class: "list states" }, inState(state).map((node) => el("li", null, actorButton(node),
    restsOn(node, state).map((claim) => el("button", { type: "button", class: "row", onclick: () => pick(`c:${claim.id}`) }, withSaid(claim.to === node ? `by ${claim.from ? claim.from.name : nameOf(claim.s)}` : claim.text, claim), el("small", null, standing(claim)))))));
}
function stateCard(state) {
  const words = STATES.find((pair) => pair[0] === state);
  if (!words) return overview();
  return [el("p", { class: "kind" }, "state"), el("h2", null, `${words[1].slice(0, 1).toUpperCase()}${words[1].slice(1)} `, el("span", { class: "count" }, inState(state).length)),
    el("p", { class: "when" }, state === "gone" ? "As the tables of the case say of them; no chain leads through them." : `Only where a document says so flatly and ${REC.lens ? "no source chosen" : "nobody in these documents"} opposes it.`), stateList(state)];
}
function stateSections() {
  return STATES.filter(([state]) => inState(state).length).map(([state, words]) => el("section", { class: "group" },
    el("h3", null, el("button", { type: "button", class: "headline", onclick: () => pick(`s:${state}`) }, `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`, el("span", { class: "count" }, inState(state).length), state !== "gone" && el("span", { class: "go" }, "who says so ›"))),
    el("ul", { class: "list brief" }, inState(state).slice(0, 8).map((node) => el("li", null, actorButton(node))), inState(state).length > 8 && el("li", { class: "when" }, `and ${inState(state).length - 8} more`))));
}

// The paths of a page of paths: each lifts itself, and has its hops in words with their evidence.
function liftPath(number) {
  S.path = number ? String(number) : "";
  S.sel = S.chain = "";
  showCard();
  showTab();
  address();
  redraw();
  say(number ? `Path ${number}: ${REC.paths[number - 1].nodes.map(nameOf).join(" – ")}` : "No path lifted");
}
function pathList() {
  if (!REC.paths.length) return "";
  return [el("ol", { class: "list paths" }, REC.paths.map((path, i) => {
    const on = S.path === String(i + 1);
    return el("li", null, el("button", { type: "button", class: "row", "data-key": `path-${i + 1}`, "aria-pressed": String(on), onclick: () => {
      liftPath(on ? 0 : i + 1);
      document.querySelector(`[data-key="path-${i + 1}"]`).focus();
    } }, el("span", { class: "nodes" }, path.nodes.map((id, n) => [n ? " – " : "", el("bdi", null, nameOf(id))])), el("small", null, path.said)),
    on && el("ol", { class: "hops" }, path.hops.map(([said, ids]) => el("li", null, el("p", { class: "sentence" }, said), ids.filter((id) => CLAIM.has(id)).map((id) => claimItem(CLAIM.get(id)))))));
  })), REC.note && el("p", { class: "note caveat" }, REC.note)];
}

// Who heads how many, and where they are.
function laneSection() {
  const heads = V.nodes.filter((node) => node.term.part === "lane").map((node) => [node, V.nodes.filter((other) => other !== node && other.lane === node.id && other.term.rank < OPT.asideRank)]).sort((a, b) => b[1].length - a[1].length || a[0].i - b[0].i);
  const most = heads.length ? heads[0][1].length : 0;
  if (!most) return "";
  const where = (held) => {
    const cells = new Map();
    for (const node of held) if (node.cell) cells.set(node.cell, (cells.get(node.cell) || 0) + 1);
    const order = [...cells].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const words = (some) => some.map(([cell, n]) => `${cell} ${n}`).join(", ");
    const rest = order.slice(4);
    return [words(order.slice(0, 4)), rest.length > 0 && [", ", el("button", { type: "button", class: "more", onclick: (event) => event.target.replaceWith(words(rest)) }, `${rest.length} more`)]];
  };
  return el("section", { class: "group" }, el("h3", null, `By ${term(KINDS, heads[0][0].kind).label}: how many and where`), el("ul", { class: "list lanes" }, heads.filter((head) => head[1].length).map(([node, held]) => el("li", null,
    actorButton(node, el("span", { class: "count" }, held.length)), el("meter", { min: 0, max: most, value: held.length, "aria-label": `${node.name}: ${held.length}` }), el("small", null, where(held))))));
}

// Who disputes whom: objections to claims and to things as a whole, by the one who objects.
function disputers() {
  const found = new Map();
  const add = (who, whom, claim, whole) => {
    if (!found.has(who)) found.set(who, { who, whom: new Map(), claims: new Set() });
    const entry = found.get(who);
    entry.claims.add(claim);
    const name = whole ? `${whom} (as a whole)` : whom;
    if (!entry.whom.has(name)) entry.whom.set(name, new Set());
    entry.whom.get(name).add(claim);
  };
  for (const claim of [...V.claims, ...V.held]) {
    const voices = (side, numbers) => [...new Set(claim.live.rows.filter((row) => row.p === side && (!numbers || numbers.some((number) => sameNumber(number, measured(row))))).map((row) => VOICES[row.v][1]))];
    if (claim.rel.part === "objection" && voices("for").length) add(nameOf(claim.s), claim.to ? claim.text : claim.text.split(/[’']s? /)[0], claim, !!claim.to);
    for (const who of voices("against")) {
      // Of a figure, whoever gives the number that is opposed.
      const numbers = claim.live.rows.filter((row) => row.p === "against" && VOICES[row.v][1] === who).map(measured);
      const pro = ["for", "open"].flatMap((side) => voices(side, numbers));
      for (const whom of pro) if (who !== whom) add(who, whom, claim, false);
      if (!pro.length) add(who, "claims that are not put forward here", claim, false);
    }
  }
  return [...found.values()].sort((a, b) => b.claims.size - a.claims.size || (a.who < b.who ? -1 : 1));
}
function disputeSection() {
  const all = disputers();
  if (!all.length) return "";
  const most = V.mode === "dispute" ? 5 : 14;
  const rest = all.slice(most);
  return el("section", { class: "group" }, el("h3", null, "Who disputes whom ", el("span", { class: "count" }, all.length)), all.slice(0, most).map(disputer),
    rest.length > 0 && el("button", { type: "button", onclick: (event) => event.target.replaceWith(...rest.map(disputer)) }, `Show ${rest.length} more`));
}
function disputer(entry) {
  const whom = [...entry.whom].sort((a, b) => b[1].size - a[1].size);
  const box = el("details", { class: "claim", ontoggle: () => { if (box.open && box.childElementCount === 1) box.append(el("div", null, [...entry.claims].map((claim) => claimItem(claim)))); } },
    el("summary", null, el("span", { class: "who" }, el("bdi", null, entry.who), el("span", { class: "count" }, entry.claims.size)), el("span", { class: "chip" }, `→ ${whom.slice(0, 4).map(([name, claims]) => `${name} ${claims.size}`).join("; ")}${whom.length > 4 ? `; ${whom.length - 4} more` : ""}`)));
  return box;
}

// How many claims rest on one voice, or on one document, each with its way into the table.
function carriedSection() {
  const put = V.claims.filter((claim) => claim.live.v > 0);
  if (!put.length) return "";
  const list = (n, words, column) => n > 0 && el("li", null, el("button", { type: "button", class: "row", onclick: () => { S.tab = "table"; S.sort = String(column); update(); } }, `${n.toLocaleString("en")} of ${put.length.toLocaleString("en")} ${words}`, el("small", null, "the table, by that number")));
  return el("ul", { class: "list states" }, list(put.filter((claim) => claim.live.v === 1).length, "claims put forward rest on one voice", 7), list(put.filter((claim) => claim.live.d === 1).length, "are in one document alone", 8));
}

function overview() {
  const disputed = [...V.claims, ...V.held].filter((claim) => loud(claim.live)).sort((a, b) => b.live.o - a.live.o || b.live.v - a.live.v || a.i - b.i);
  const docs = DOCS.filter((doc) => doc.disputes);
  const all = V.claims.length || 1;
  const bars = [...STATUSES.values()].map((t) => [t, V.claims.filter((claim) => claim.live.st === t.id).length]).filter((bar) => bar[1]);
  return [
    el("h2", null, REC.paths.length ? `${many(REC.paths.length, "path")}, the best first` : "At a glance"),
    pathList(),
    REC.description && el("p", { dir: "auto" }, REC.description),
    el("p", { class: "when" }, "Click an actor or a line, or find one by name. Shift-click a second actor for the shortest chain between the two."),
    S.open && el("p", { class: "tools" }, el("button", { type: "button", onclick: release }, "Fold again")),
    V.groups && el("section", { class: "group" }, el("h3", null, "Folded groups ", el("span", { class: "count" }, V.groups.length)), el("ul", { class: "list" }, V.groups.map((group) =>
      el("li", null, el("button", { type: "button", class: "actor", onclick: () => openGroup(group) }, icon(group.term), el("bdi", null, group.head ? group.head.label : group.term.label), el("span", { class: "count" }, group.nodes.length.toLocaleString("en"))))))),
    storySection(),
    changeSection(),
    V.mode === "dispute" && disputeSection(),
    stateSections(),
    laneSection(),
    V.mode !== "dispute" && disputeSection(),
    el("h3", null, `How the ${partOf(V.claims.length, CLAIMS.length, "claim")} stand`),
    el("ul", { class: "bars" }, bars.map(([t, n]) => el("li", null, lineOf({ st: t.id, ba: t.id === "Open" ? "Announced" : "Asserted", rows: [1, 1] }), el("span", null, t.label), el("span", { class: "count" }, n.toLocaleString("en")),
      el("meter", { min: 0, max: all, value: n, "aria-label": `${t.label}: ${n} of ${all}` })))),
    carriedSection(),
    el("p", { class: "when" }, CAVEAT),
    disputed.length > 0 && el("section", { class: "group" }, el("h3", null, "Disputed claims ", el("span", { class: "count" }, disputed.length)),
      disputed.some(aside) && el("p", { class: "when" }, `${disputed.filter(aside).length.toLocaleString("en")} of them held back by kinds that are off.`),
      el("ul", { class: "list" }, disputed.slice(0, 12).map((claim) => el("li", null, el("button", { type: "button", class: "row", onclick: () => pick(`c:${claim.id}`) }, el("span", null, fullWords(claim)), chip(claim))))),
      disputed.length > 12 && el("button", { type: "button", onclick: () => { S.off.st = new Set([...STATUSES.keys()].filter((id) => id !== "Contested" && id !== "Denied")); S.off.kind = new Set(); S.tab = "table"; update(); } }, "All of them in the table")),
    docs.length > 0 && el("section", { class: "group" }, el("h3", null, "Disputed documents ", el("span", { class: "count" }, docs.length)),
      docs.map((doc) => el("div", { class: "att" }, el("p", { class: "where" }, link(doc)), doc.disputes.map((text) => el("p", { class: "docdispute" }, text))))),
    el("p", { class: "id" }, [REC.version && `version ${REC.version}`, REC.filters, REC.licence].filter(Boolean).join(" · ")),
  ];
}
