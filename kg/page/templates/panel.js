// The card: what is known of the node, line or place that is selected, always with its sources.
function chip(claim) {
  const live = claim.live || claim.given;
  return el("span", { class: `chip ${live.st.toLowerCase()}` }, lineOf(live), standing(claim));
}

function link(doc) {
  const words = doc.title || doc.short || doc.id;
  if (!/^https?:\/\//i.test(doc.url || "")) return el("span", { class: "doc" }, words);
  return el("a", { class: "doc", href: doc.url, rel: "noopener noreferrer", target: "_blank", title: doc.url }, words);
}
const nameOf = (id) => (BY.has(id) ? BY.get(id).name : DOC.has(id) ? DOCS[DOC.get(id)].short : id);

function attestation(row, on) {
  const doc = DOCS[row.d];
  const where = [row.loc, doc.date && `published ${doc.date}`].filter(Boolean).join(" · ");
  const when = [row.said && `said ${row.said}`, row.per && `period ${row.per}`, row.via.length && `via ${row.via.map(nameOf).join(", ")}`, row.pas && `passage ${row.pas}${row.dig ? ` (digest ${row.dig})` : ""}`];
  return el("li", { class: `att ${row.p}${on ? "" : " off"}`, "data-att": row.id },
    el("p", { class: "said" }, row.s),
    row.g && el("p", { class: "gloss" }, row.g),
    row.q && el("blockquote", null, row.qq || `“${row.q}”`),
    el("p", { class: "where" }, link(doc), where && el("span", null, ` — ${where}`)),
    when.some(Boolean) && el("p", { class: "when" }, when.filter(Boolean).join(" · ")),
    row.r.map((text) => el("p", { class: "remark" }, el("b", null, "On this statement: "), text)),
    (doc.disputes || []).map((text) => el("p", { class: "docdispute" }, el("b", null, "On the document as a whole: "), text)),
    !on && el("p", { class: "when" }, "Not shown by the filters of source and time."),
    row.p === "withdrawn" && on && el("p", { class: "when" }, "Taken back, or replaced by a later statement of the same voice."));
}

function sides(claim) {
  const groups = [["for", "For"], ["against", "Against"], ["open", "Announced or asked"], ["withdrawn", "Taken back"]];
  const now = new Map((claim.live || claim.given).rows.map((row) => [row.id, row]));
  const columns = groups.map(([side, title]) => [title, claim.rows.map((row) => now.get(row.id) || row).filter((row) => row.p === side), side]).filter((group) => group[1].length);
  const two = columns.some((group) => group[2] === "against") && columns.some((group) => group[2] === "for");
  return el("div", { class: two ? "sides two" : "sides" }, columns.map(([title, rows, side]) =>
    el("section", { class: `side ${side}` }, el("p", { class: "head" }, `${title} (${rows.length})`), el("ul", { "aria-label": title }, rows.map((row) => attestation(row, now.has(row.id)))))));
}

const period = ({ live, given }) => {
  const { e, l } = live || given;
  return e || l ? [e, l].map((day) => day || "…").join(" to ") : "no date given";
};

function claimItem(claim, node, open) {
  const other = node && claim.from === node ? claim.to : claim.from;
  const inward = node && claim.to === node && claim.from !== node;
  const title = node ? withSaid(inward ? claim.from.label : claim.to ? claim.to.label : claim.text, claim) : fullWords(claim);
  return el("details", { class: "claim", open: open, "data-claim": claim.id },
    el("summary", null, el("span", { class: "who" }, other && other.term ? icon(other.term, other.mark || undefined) : null, el("bdi", node ? null : { class: "ltr" }, title)), chip(claim)),
    el("p", { class: "sentence" }, fullWords(claim)),
    el("p", { class: "when" }, claim.figure ? "" : `Period: ${period(claim)}`),
    sides(claim),
    el("p", { class: "go" },
      claim.link && el("button", { type: "button", onclick: () => pick(`c:${claim.id}`) }, "Show this line"),
      other && node && other !== node && el("button", { type: "button", onclick: () => pick(`n:${other.id}`) }, `Go to ${other.label}`)));
}

// Claims of a node by relation and direction; a relation from the other end reads by its inverse.
function sections(node) {
  const order = new Map([...RELS.keys()].map((id, i) => [id, i]));
  const found = new Map();
  const claims = node.claims.filter((claim) => claim.shown || !claim.link || !claim.from.on || !claim.to.on);
  for (const claim of claims) {
    if (claim.live && !claim.live.rows.length && claim.rows.length) continue;
    const inward = claim.to === node && claim.from !== node && !claim.rel.symmetric;
    const key = `${inward ? 1 : 0}${claim.rel.id}`;
    const label = inward ? claim.rel.inverse || `${claim.rel.label} (from the other end)` : claim.rel.label;
    if (!found.has(key)) found.set(key, { label, rel: claim.rel, inward, claims: [], figure: claim.figure });
    found.get(key).claims.push(claim);
  }
  const sorted = [...found.values()].sort((a, b) => a.figure - b.figure || order.get(a.rel.id) - order.get(b.rel.id) || a.inward - b.inward);
  const weight = (claim) => (loud(claim.live) ? 0 : 1);
  return sorted.map((group) => {
    group.claims.sort((a, b) => weight(a) - weight(b) || a.text.localeCompare(b.text, "en") || a.i - b.i);
    const list = el("div", null, group.claims.slice(0, 60).map((claim) => claimItem(claim, node, claims.length <= 2)));
    const more = group.claims.length > 60 && el("button", { type: "button", onclick: (event) => {
      list.append(...group.claims.slice(60).map((claim) => claimItem(claim, node)));
      event.target.remove();
    } }, `Show ${group.claims.length - 60} more`);
    const disputed = group.claims.filter((claim) => loud(claim.live)).length;
    return el("section", { class: "group" },
      el("h3", null, `${group.figure ? "Figure: " : ""}${group.label} `, el("span", { class: "count" }, `${group.claims.length}${disputed ? `, ${disputed} disputed` : ""}`)), list, more);
  });
}

// What it says as a voice, for or against, told apart from what is said of it.
function saysSection(node) {
  const v = VOICE.get(node.id);
  if (v === undefined) return "";
  const own = CLAIMS.filter((claim) => claim.rows.some((row) => row.v === v && rowOn(row)) && claim.from !== node && claim.to !== node);
  if (!own.length) return "";
  const against = own.filter((claim) => claim.rows.some((row) => row.v === v && row.p === "against"));
  own.sort((a, b) => against.includes(b) - against.includes(a) || a.i - b.i);
  const box = el("details", { class: "group fold says", ontoggle: () => { if (box.open && box.childElementCount === 1) box.append(el("div", null, own.slice(0, 80).map((claim) => claimItem(claim))), own.length > 80 ? el("p", { class: "when" }, `and ${own.length - 80} more: the table, filtered by this voice, has all.`) : ""); } },
    el("summary", null, el("h3", null, "Says, as a voice ", el("span", { class: "count" }, `${many(own.length, "claim")}${against.length ? `, against ${against.length}` : ""}`))));
  return box;
}

function nodeCard(node) {
  const doc = DOC.has(node.id) ? DOCS[DOC.get(node.id)] : null;
  const facts = node.facts.slice();
  if (node.cell && !facts.some((fact) => fact[1] === node.cell)) facts.unshift(["in", node.cell]);
  if (node.lane !== node.id && BY.has(node.lane)) facts.unshift([term(KINDS, BY.get(node.lane).kind).label, BY.get(node.lane).name]);
  const tie = { alleged: "named only in allegations", contested: "its tie is contested", none: `no support left${lensWords() && `, ${lensWords()}`}` }[node.mark && node.mark.tie];
  const hidden = node.claims.filter((claim) => claim.link && claim.from.on && claim.to.on && !claim.shown).length;
  return [
    el("p", { class: "kind" }, icon(node.term, node.mark), node.narrow || node.term.label, stateWords(node) && el("strong", { class: "state" }, stateWords(node)), tie && el("span", { class: "tie" }, tie)),
    el("h2", null, named(node.name, node), node.local && [" ", localName(node)]),
    node.aliases.length > 0 && el("p", { class: "aliases" }, "also: ", node.aliases.map((alias, i) => [i ? " · " : "", named(alias, node)])),
    node.text && el("p", { dir: "auto" }, node.text),
    el("dl", null, facts.map(([name, value]) => [el("dt", null, name), el("dd", null, value)])),
    doc && el("p", { class: "where" }, link(doc), doc.date && ` — published ${doc.date}`),
    doc && (doc.disputes || []).map((text) => el("p", { class: "docdispute" }, el("b", null, "On the document as a whole: "), text)),
    focusTools(node),
    saysSection(node),
    sections(node),
    hidden > 0 && el("p", { class: "when" }, `${many(hidden, "claim")} hidden by the filters.`),
    node.claims.length > 0 && el("p", { class: "when" }, CAVEAT),
    !node.claims.length && el("p", { class: "when" }, "No claim in this view speaks of it."),
    el("p", { class: "id" }, "id: ", el("code", null, node.id)),
  ];
}

function focusTools(node) {
  const here = S.focus === node.id;
  const steps = el("select", { "aria-label": "Steps of the neighbourhood", onchange: (event) => focusOn(node, Number(event.target.value)) },
    [1, 2, 3, 4].map((n) => el("option", { value: n, selected: here && S.depth === n }, many(n, "step"))));
  return el("div", { class: "tools" },
    el("button", { type: "button", "aria-pressed": String(here), onclick: () => (here ? focusOff() : focusOn(node, Number(steps.value))) }, here ? "Show all again" : "Only its neighbourhood"), steps);
}

function claimCard(claim) {
  const near = CLAIMS.filter((other) => other !== claim && claim.link && ((other.from === claim.from && other.to === claim.to) || (other.from === claim.to && other.to === claim.from)));
  const go = (node) => node && el("button", { type: "button", class: "actor", onclick: () => pick(`n:${node.id}`) }, icon(node.term, node.mark), el("bdi", null, node.label));
  return [
    el("p", { class: "kind" }, claim.figure ? "figure" : "claim", el("strong", { class: "state" }, claim.rel.label)),
    el("h2", { class: "ltr" }, fullWords(claim)),
    el("p", null, chip(claim)),
    el("p", { class: "when" }, CAVEAT),
    claim.live && claim.live !== claim.given && el("p", { class: "when" }, "Without the filters of source and time: ", claim.stand),
    el("p", { class: "ends" }, go(claim.from), el("span", null, ` ${claim.rel.label} `), go(claim.to) || claim.text),
    [claim.from, claim.to].filter((end) => end && !end.on).map((end) => el("p", { class: "when" }, `Not drawn: ${end.term.label} is switched off. `, el("button", { type: "button", onclick: () => { S.off.kind.delete(end.kind); update({ fit: !T.own && "keep" }); fly(end); redraw(); } }, "Switch on"))),
    !claim.figure && el("p", { class: "when" }, `Period: ${period(claim)}`),
    sides(claim),
    near.length > 0 && el("section", { class: "group" }, el("h3", null, "Between the same two ", el("span", { class: "count" }, near.length)), near.map((other) => claimItem(other))),
    el("p", { class: "id" }, "id: ", el("code", null, claim.id)),
  ];
}

function placeCard(key) {
  const place = places().find((found) => found.key === key);
  if (!place) return overview();
  return [el("p", { class: "kind" }, "place"), el("h2", null, place.name), el("ul", { class: "list" }, place.nodes.map((node) =>
    el("li", null, el("button", { type: "button", class: "actor", onclick: () => pick(`n:${node.id}`) }, icon(node.term, node.mark), el("bdi", null, node.name), stateWords(node) && ` (${stateWords(node)})`))))];
}

function chainCard(from, to) {
  const found = chain(from, to);
  const head = [el("p", { class: "kind" }, "shortest chain"), el("h2", null, `${from.label} to ${to.label}`), el("p", null, el("button", { type: "button", onclick: release }, "Let go"))];
  if (!found) return head.concat(el("p", null, "No chain over the lines that are shown. Fewer filters may open one; claims that are denied, taken back or only announced carry none, and none leads through a document, a place, a group or the like."));
  const hops = found.nodes.slice(1).map((node, i) => between(found.nodes[i], node));
  const against = (claims) => claims.every((claim) => claim.rel.adverse);
  return head.concat(el("p", null, many(hops.length, "step")), hops.map((claims, i) => el("section", { class: "group" },
    el("h3", null, `${i + 1}. ${found.nodes[i].label} – ${found.nodes[i + 1].label}`, against(claims) && el("span", { class: "count" }, ` (${REC.walk.against})`)),
    claims.map((claim) => claimItem(claim, null, false)))), el("p", { class: "note caveat" }, hops.some(against) ? `${REC.walk.caveat} ${REC.walk.opposition}` : REC.walk.caveat));
}

function showCard() {
  const picked = selected();
  const ends = S.chain.split("\t").map((id) => BY.get(id));
  let parts;
  if (ends[0] && ends[1]) parts = chainCard(...ends);
  else if (picked.node) parts = nodeCard(picked.node);
  else if (picked.claim) parts = claimCard(picked.claim);
  else if (picked.state) parts = stateCard(picked.state);
  else if (pickedBundle()) parts = bundleCard(pickedBundle());
  else if (S.sel.startsWith("k:")) parts = countryCard(S.sel.slice(2));
  else if (S.sel.startsWith("p:")) parts = placeCard(S.sel.slice(2));
  else if (stepNow()) parts = storyCard();
  else parts = overview();
  const some = S.sel || S.chain || S.step;
  if (S.sel || S.chain) parts.unshift(el("button", { type: "button", class: "close", "aria-label": "Close the card", onclick: release }, "×"));
  document.body.classList.toggle("picked", !!some);
  const card = $("card");
  const inside = card.contains(document.activeElement) && document.activeElement !== card;
  const key = inside && document.activeElement.dataset.key;
  card.replaceChildren(...parts.flat(3).filter((part) => part));
  card.scrollTop = 0;
  // What had the focus is gone: its successor has it, else the card.
  if (inside) ((key && [...card.querySelectorAll("[data-key]")].find((item) => item.dataset.key === key)) || card).focus({ preventScroll: true });
}
