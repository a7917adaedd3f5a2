// A story: steps by the author, each a state of the page with sentences that name their claims.
const STORY = REC.story;
const stepNow = () => STORY[Number(S.step) - 1];
// What is set by a step; `step` itself stays in the address.
function goStep(number) {
  const step = STORY[number - 1];
  if (!step) return;
  const { dark } = S;
  fromHash(step.to);
  S.dark = dark;
  S.step = String(number);
  theme();
  $("layout").value = S.layout;
  T.own = false;
  update({ fit: true });
  const next = document.querySelector("[data-key=step-next]");
  if (next && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) next.focus({ preventScroll: true });
  say(`Step ${number} of ${STORY.length}: ${step.title}`);
}
function leaveStory() {
  S.step = "";
  update();
}
// A claim of a sentence: how it stands now, and if that is not as it stood when the sentence was written.
function footing(id, status) {
  const claim = CLAIM.get(id);
  if (!claim) return el("p", { class: "when" }, "A claim of this sentence is not on this page.");
  const gone = !claim.live.rows.length;
  const turned = status && !gone && term(STATUSES, claim.live.st).label !== status;
  return [(gone || turned) && el("p", { class: "docdispute" }, gone ? "Among the sources chosen nobody says this now." : `Now ${term(STATUSES, claim.live.st).label}; ${status} when this was written.`), claimItem(claim)];
}
function storyCard() {
  const number = Number(S.step);
  const step = stepNow();
  const go = (to, words, key) => el("button", { type: "button", "data-key": key, disabled: !STORY[to - 1], onclick: () => goStep(to) }, words);
  return [el("p", { class: "kind" }, REC.storyTitle), el("h2", null, `${number}. ${step.title}`),
    el("p", { class: "tools" }, go(number - 1, "‹ Back", "step-back"), el("span", { class: "count" }, `${number} of ${STORY.length}`), go(number + 1, "Next ›", "step-next"), el("button", { type: "button", onclick: leaveStory }, "Leave the story")),
    step.says.map(([text, ids, status]) => el("section", { class: "group says" }, el("p", { class: "told ltr" }, text), ids.map((id) => footing(id, status)))),
    el("p", { class: "when" }, CAVEAT)];
}
// In the overview: the way in.
function storySection() {
  if (!STORY.length) return "";
  return el("section", { class: "group" }, el("h3", null, REC.storyTitle), el("ol", { class: "list steps" }, STORY.map((step, i) => el("li", null, el("button", { type: "button", class: "row", onclick: () => goStep(i + 1) }, step.title)))));
}
document.addEventListener("keydown", (event) => {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!way || !S.step || event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return;
  if (document.activeElement.closest("input, select, textarea, canvas, [role=tablist], .scroll, svg")) return;
  event.preventDefault();
  goStep(Number(S.step) + way);
});
// The whole story as a report: every sentence with the passages of its claims.
const storySheet = () => (STORY.length ? [el("h2", null, REC.storyTitle), STORY.map((step, i) => el("section", null, el("h3", null, `${i + 1}. ${step.title}`), step.says.map(([text, ids, status]) => [el("p", null, text), el("ul", null, ids.map((id) => CLAIM.has(id) && evidenceItem(CLAIM.get(id), status)))])))] : "");
// A claim on paper: sentence, standing, and who says so where.
function evidenceItem(claim, status) {
  const turned = status && term(STATUSES, claim.live.st).label !== status ? ` (${status} when this was written)` : "";
  return el("li", null, `${fullWords(claim)}: ${standing(claim)}${turned}.`, el("ul", null, claim.live.rows.map((row) => el("li", { class: row.p }, row.s, row.pas ? ` (${row.pas})` : "", row.q ? el("q", null, row.q) : ""))));
}
