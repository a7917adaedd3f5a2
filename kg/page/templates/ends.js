// From one actor to another: two fields, for touch and keyboard; the way with its evidence and its caveat.
function endsBox() {
  const ends = S.chain ? S.chain.split("\t") : [selected().node ? selected().node.id : "", ""];
  const chosen = [BY.get(ends[0]) || null, BY.get(ends[1]) || null];
  const set = (which) => (node) => {
    chosen[which] = node;
    if (chosen[0] && chosen[1] && chosen[0] !== chosen[1]) {
      walkBetween(chosen[0], chosen[1]);
      const box = document.querySelector("#ends summary");
      if (box) box.focus();
    } else $(which ? "end-from" : "end-to").focus();
  };
  const field = (which, label) => finder({ id: which ? "end-to" : "end-from", list: which ? "hits-to" : "hits-from", label, value: chosen[which] ? chosen[which].label : "", choose: set(which) });
  return el("details", { id: "ends", class: "filter", open: !!S.chain || !!OPEN.get("ends"), ontoggle: (event) => OPEN.set("ends", event.target.open) }, el("summary", { "data-key": "sum-ends" }, el("h2", null, "Path between two")), field(0, "From"), field(1, "To"));
}
function walkBetween(from, to) {
  S.chain = `${from.id}\t${to.id}`;
  S.sel = `n:${from.id}`;
  for (const node of [from, to]) S.off.kind.delete(node.kind);
  update();
  const found = chain(from, to);
  say(found ? `Chain of ${many(found.claims.length, "step")} from ${from.name} to ${to.name}` : "No chain over the lines shown");
}
