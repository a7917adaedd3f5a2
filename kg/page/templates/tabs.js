// The tabs: different pictures of the same selection and the same filters. A tab's own script puts
// it here: { id, label, draw }, and where it needs them fit (what the button does), resize (drawn
// again for another width) and mark (what a new selection changes without drawing all of it).
const TABS = [{ id: "network", label: "Network", draw: () => redraw(), fit: () => fit(true) }];
const tab = () => TABS.find(({ id }) => id === S.tab);
function panes() {
  for (const { id } of TABS) if (!$(`pane-${id}`)) $("picture").append(el("section", { id: `pane-${id}`, role: "tabpanel", "aria-labelledby": `tab-${id}`, hidden: true }));
}
