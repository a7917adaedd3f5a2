// The page as it is now, as a file: the same document, which opens in the state that it was saved in.
const SAVED = read("kg-state");
function pageText() {
  const copy = document.documentElement.cloneNode(true);
  const empty = (selector) => { for (const item of copy.querySelectorAll(selector)) item.replaceChildren(); };
  empty("#tabs, #tools, #left, #card, #point, #zoom, #status, #live, #sheet, #hint, #lens");
  for (const item of copy.querySelectorAll("#kg-state, section[id^=pane-]:not(#pane-network)")) item.remove();
  copy.querySelector("#pane-network").hidden = false;
  copy.querySelector("#left").removeAttribute("class");
  for (const name of ["width", "height", "style", "data-named", "data-wanted"]) copy.querySelector("#canvas").removeAttribute(name);
  delete copy.dataset.theme;
  for (const name of ["class", "data-tab", "data-part"]) copy.querySelector("body").removeAttribute(name);
  copy.querySelector("title").textContent = REC.title;
  const state = document.createElement("script");
  Object.assign(state, { type: "application/json", id: "kg-state", textContent: JSON.stringify(toHash()).replace(/</g, "\\u003c") });
  copy.querySelector("#kg-data").before(state, "\n");
  return `<!DOCTYPE html>\n${copy.outerHTML}\n`;
}
const savePage = () => save(fileName("html"), "text/html;charset=utf-8", pageText());
