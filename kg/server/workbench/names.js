"use strict";
// Names: find a record, read its dossier; paths between two.
let openTab = () => {};

async function find(text) {
  const last = latest("found");
  latest("dossier");
  status("found-status", "Looking…");
  by("dossier").hidden = true;
  try {
    const found = await api("find", { text, limit: 30 });
    if (!last()) return;
    by("found").replaceChildren(...found.answer.map((one) =>
      el("li", {}, el("button", { "data-id": one.id, onclick: () => dossier(one.id) }, one.name, el("small", {}, `${one.kind}${one.state ? `, ${one.state}` : ""}`)))));
    const number = found.answer.length;
    status("found-status", number ? `${number} ${number === 1 ? "record" : "records"}` : found.notes.join("\n"));
    if (number === 1) await dossier(found.answer[0].id);
  } catch (error) {
    if (!last()) return;
    by("found").replaceChildren();
    status("found-status", error.message, true);
  }
}

async function dossier(id) {
  const last = latest("dossier");
  for (const one of by("found").querySelectorAll("button")) one.setAttribute("aria-current", one.dataset.id === id);
  try {
    // Text with headings and links: what would run in it is stopped by this page's policy.
    const text = await api("show", { name: id, format: "html" });
    if (!last()) return;
    const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    const draw = el("button", { onclick: () => shownIn(by("dossier"), draw, frame({ focus: id }, "What is near")) }, "Draw what is near");
    const from = el("button", { onclick: () => { by("start").value = id; openTab("path"); by("end").focus(); } }, "Paths from here");
    const heading = main.querySelector("h1"), bar = el("p", { class: "bar" }, from, draw);
    by("dossier").replaceChildren(...main.childNodes);
    if (heading) heading.after(bar);
    else by("dossier").prepend(bar);
    by("dossier").hidden = false;
    by("dossier").scrollTop = 0;
    // On a narrow screen it stands below the list.
    if (by("dossier").getBoundingClientRect().top > innerHeight / 2) by("dossier").scrollIntoView();
  } catch (error) {
    if (last()) status("found-status", error.message, true);
  }
}

// A drawing at the end of something, in place of the button that asked for it.
function shownIn(into, button, drawing) {
  button.remove();
  into.append(drawing);
  drawing.scrollIntoView({ block: "nearest" });
}

function openDossier(id) {
  openTab("names");
  by("text").value = id;
  latest("found");
  by("found").replaceChildren();
  status("found-status", "");
  dossier(id);
}

let waiting = 0;
function suggest(event) {
  const text = event.target.value;
  const last = latest("near");
  clearTimeout(waiting);
  if (text.length < 2) return;
  waiting = setTimeout(async () => {
    const found = await api("find", { text, limit: 8 }).catch(() => ({ answer: [] }));
    if (last()) by("near").replaceChildren(...found.answer.map((one) => el("option", { value: one.name }, one.kind)));
  }, 150);
}

// A sentence of a path with the standing of all that it rests on: through an event it is two hops.
function step(path, number) {
  const claims = path.hops.filter((hop) => hop.step === number).flatMap((hop) => hop.claims.slice(0, 3));
  const told = claims.map((claim) => {
    const disputed = /^(contested|denied)$/i.test(claim.status);
    const standing = `${claim.status}, ${claim.basis}`.toLowerCase();
    return el("small", { class: disputed ? "disputed" : "" }, `${standing}; voices: ${claim.voices.length ?? claim.voices}, documents: ${claim.documents.length ?? claim.documents}`);
  });
  return el("li", {}, path.told[number], ...told);
}

async function walk(start, end, k) {
  const last = latest("paths");
  by("paths").replaceChildren();
  by("path-network").replaceChildren();
  status("path-status", "Looking…");
  try {
    const found = await api("path", { start, end, k });
    if (!last()) return;
    status("path-status", found.notes.join("\n"));
    by("paths").replaceChildren(...found.answer.map((path, n) => el("li", {},
      el("h2", {}, `${n + 1}. ${path.hops.length} ${path.hops.length === 1 ? "hop" : "hops"}`),
      el("ol", {}, ...path.told.map((_, number) => step(path, number))))));
    if (found.answer.length) {
      const draw = el("button", { onclick: () => shownIn(by("path-network"), draw, frame({ path: [start, end], k }, "Paths")) }, "Draw these paths");
      by("path-network").replaceChildren(draw);
    }
  } catch (error) {
    if (last()) status("path-status", error.message, true);
  }
}
