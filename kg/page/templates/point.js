// The strip above the picture: what there is to see in one sentence, how to read it, what is not drawn.
function disputedWords() {
  const disputed = V.claims.filter((claim) => loud(claim.live));
  const of = (st) => disputed.filter((claim) => claim.live.st === st).length;
  const parts = ["Contested", "Denied"].filter(of).map((st) => `${of(st).toLocaleString("en")} ${term(STATUSES, st).label}`);
  const by = new Map();
  for (const claim of disputed) for (const v of new Set(claim.live.rows.filter((row) => row.p === "against").map((row) => row.v))) by.set(v, (by.get(v) || 0) + 1);
  const [first] = [...by].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const alone = disputed.filter((claim) => claim.live.o === 1).length;
  const most = alone * 2 > disputed.length ? `, ${alone === disputed.length ? "each" : "most"} by one voice` : "";
  return `${partOf(disputed.length, V.claims.length, "claim")} ${disputed.length === 1 ? "is" : "are"} disputed${parts.length > 1 ? ` (${parts.join(", ")})` : ""}${most}${first && disputed.length > 2 ? `; ${VOICES[first[0]][1]} opposes most, ${first[1]}` : ""}.`;
}
// What is drawn, in one sentence, and how it is read.
function pointWords() {
  const drawn = V.drawn.filter((node) => !node.of).length;
  const part = `${partOf(drawn, V.nodes.length, "actor")}${V.nodes.some((node) => node.term.rank >= OPT.asideRank) ? " and other entities" : ""}`;
  if (V.groups) return [`${many(V.total, "actor")} in ${many(V.groups.length, "group")}.`, `A number is how many claims lead from one group to another${V.ties.length > STRONG ? `; the ${STRONG} strongest of ${V.ties.length.toLocaleString("en")} ties have theirs, a group that is pointed at has all of its own` : ""}. A click opens a group.`];
  if (V.mode === "dispute") return [disputedWords(), `${V.cut ? `The ${V.lines.length} that most speak of are drawn, all are in the matrix. ` : ""}A line is a claim: ◇ contested, ✕ denied.${layoutNow().voices && layoutNow().voices.length ? " Left who puts it forward, right who opposes it, with how many." : ""} A click opens the passages.`];
  if (V.mode === "weight") return [`${many(V.claims.length, "claim")}, ${V.claims.some((claim) => loud(claim.live)) ? `${V.claims.filter((claim) => loud(claim.live)).length} disputed` : "none disputed"}.`, `Drawn: the ${drawn} of ${V.nodes.length.toLocaleString("en")} that most sides and documents speak of.`];
  if (V.mode === "focus") return [`${part}: within ${many(S.depth, "step")} of ${nameOf(S.focus)}.`, V.cut ? `${many(V.cut, "more", "more")} as near, spoken of less, not drawn.` : ""];
  if (V.mode === "chain") return [`The shortest chain from ${nameOf(S.chain.split("\t")[0])} to ${nameOf(S.chain.split("\t")[1])}.`, REC.walk.caveat];
  if (V.mode === "step") return [`What this step speaks of: ${many(V.lines.length, "claim")}.`, ""];
  if (V.mode === "left") return [`${part}: what the filters leave a line.`, ""];
  return ["", ""];
}
function showAll() {
  if (V.mode === "focus") return focusOff();
  if (V.mode === "chain") return release();
  if (V.mode === "left") S.all = "1";
  else setLayout(OPT.layouts.find((layout) => !layout.live).id);
  update({ fit: true });
}
function showPoint() {
  const [said, how] = pointWords();
  const rest = new Map();
  if (said && V.mode && !["focus", "chain", "step"].includes(V.mode)) for (const node of V.nodes) if (!node.in) rest.set(node.term, (rest.get(node.term) || 0) + 1);
  const folded = [...rest].sort((a, b) => a[0].rank - b[0].rank || b[1] - a[1]);
  const left = folded.reduce((sum, [, n]) => sum + n, 0);
  const open = (t) => () => {
    S.all = "1";
    if (LIVE.has(S.layout)) setLayout(OPT.layouts.find((layout) => !layout.live).id);
    S.off.kind.delete(t.id);
    update({ fit: true });
    say(`${t.label} drawn`);
  };
  $("point").hidden = !said;
  if (!said) return $("point").replaceChildren();
  $("point").replaceChildren(el("p", { class: "said" }, el("strong", null, said), " ", el("span", { class: "how" }, how)),
    el("p", { class: "rest" }, left > 0 && [el("span", null, "Not drawn: "), folded.slice(0, 5).map(([t, n]) => el("button", { type: "button", "data-key": `open-${t.id}`, title: `Draw all, with ${t.label}`, onclick: open(t) }, icon(t), ` ${n.toLocaleString("en")} ${t.label}`)), folded.length > 5 && el("span", null, ` and ${folded.slice(5).reduce((sum, [, n]) => sum + n, 0).toLocaleString("en")} more `)],
      movedHere().size > 0 && el("button", { type: "button", "data-key": "back", onclick: moveBack }, "Undo moves"),
      (left > 0 || V.mode === "focus" || V.mode === "chain") && el("button", { type: "button", id: "all", "data-key": "all", onclick: showAll }, "Show all")));
}
