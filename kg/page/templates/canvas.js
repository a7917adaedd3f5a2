// The canvas on screen: fitting, moving, pointing, walking by keys.
const canvas = $("canvas");
const pen = canvas.getContext("2d");
const T = { k: 1, x: 0, y: 0, w: 1200, h: 850, own: false };
let hover = null;
let scene = { nodes: [], lines: [], boxes: [], words: [], voices: [], bundles: [], marks: [], wanted: 0, named: 0 };
let waiting = 0;
const isDark = () => (S.dark ? S.dark === "1" : matchMedia("(prefers-color-scheme: dark)").matches);

function size() {
  const box = $("stage").getBoundingClientRect();
  const dpr = Math.min(2, window.devicePixelRatio || 1);
  // Hidden, as in print or behind another tab: the last size stays.
  if (box.width < 80 || box.height < 80) return false;
  const [w, h] = [Math.max(50, Math.floor(box.width)), Math.max(50, Math.floor(box.height))];
  if (w === T.w && h === T.h && canvas.width === Math.floor(w * dpr)) return false;
  T.w = w;
  T.h = h;
  canvas.width = Math.floor(w * dpr);
  canvas.height = Math.floor(h * dpr);
  canvas.style.width = w + "px";
  canvas.style.height = h + "px";
  return true;
}

// What the picture spans in its own units; names at the right edge included.
function bounds() {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  const grow = (a, b, c, d) => { x1 = Math.min(x1, a); y1 = Math.min(y1, b); x2 = Math.max(x2, c); y2 = Math.max(y2, d); };
  if (V.groups) for (const { x, y, left } of groupSpots()) grow(x - (left ? 240 : 30), y - 30, x + (left ? 30 : 240), y + 30);
  else {
    const at = layoutNow();
    if (at.box) grow(...at.box);
    const own = S.open ? V.drawn.filter((node) => groupOf(node) === S.open) : [];
    for (const node of own.length ? own : V.drawn) {
      const [x, y] = spot(node, at);
      const room = Math.min(at.most, measure(pen, node.label, `12px ${FONT}`)) + 16;
      if (at.box) grow(x - 12, y - 12, x + 12, y + 12);
      else grow(x - (sideOf(node, at) === 1 ? room : 12), y - 12, x + room, y + 12);
    }
    if (V.drawn.length === V.nodes.length && !at.live) {
      for (const [, x, y, w, h, id] of at.heads) {
        const head = BY.get(id);
        if (bandHolds(at, x, y, w, h, head).length || (head && head.on && head.in)) grow(x * G.x, y * G.y, (x + w) * G.x, (y + h) * G.y);
      }
    }
    if (centred()) {
      const [x, y] = spot(CENTRE, at);
      grow(2 * x - x2, 2 * y - y2, 2 * x - x1, 2 * y - y1);
    }
  }
  return x1 < x2 ? [x1, y1, x2, y2] : [0, 0, 100, 100];
}

// How much of the window's width no card lies over: what is laid out here keeps to it.
const cardOver = () => ($("card").offsetParent && getComputedStyle($("card")).position === "absolute" ? $("card").offsetWidth : 0);
const freeWidth = () => ((layoutNow().live || REC.paths.length) && cardOver() < T.w - 240 ? T.w - cardOver() : T.w);
function fit(whole, keep) {
  const { view } = S;
  S.view = "";
  if (few()) {
    fitSmall();
    return redraw();
  }
  Object.assign(G, { x: 1, y: 1, turn: false, gap: 0, k: 1 });
  const [x1, y1, x2, y2] = bounds();
  const pad = 10;
  const wide = freeWidth();
  const k = Math.min((wide - 2 * pad) / (x2 - x1), (T.h - 2 * pad) / (y2 - y1), 1.7);
  // Asked to keep the picture rather than to make it too small to read.
  if (keep && k < 0.55) {
    S.view = view;
    return say("More is drawn beside the picture: Fit shows all");
  }
  T.own = false;
  if (!whole && k < 0.58 && (T.w < 700 || T.h < 400)) {
    // Too small to read whole (a phone): begin at the top left, readable.
    T.k = 0.82;
    T.x = pad - x1 * T.k;
    T.y = pad - y1 * T.k;
  } else {
    T.k = k;
    T.x = (wide - (x2 - x1) * k) / 2 - x1 * k;
    T.y = Math.max(pad, (T.h - (y2 - y1) * k) / 2) - y1 * k;
  }
  G.fit = T.k;
  redraw();
}

function redraw() {
  if (waiting) return;
  waiting = requestAnimationFrame(() => {
    waiting = 0;
    paintNow();
  });
}
function paintNow() {
  if (S.tab !== "network" || !canvas.offsetParent) return;
  if (size() && !T.own) {
    if (V.mode === "dispute") {
      derive();
      showPoint();
    } else place();
    fan();
    fit();
    cancelAnimationFrame(waiting);
    waiting = 0;
  }
  const dpr = canvas.width / T.w;
  pen.setTransform(dpr, 0, 0, dpr, 0, 0);
  scene = paint(pen, T, T.w, T.h, hover, isDark());
  canvas.dataset.named = scene.named;
  canvas.dataset.wanted = scene.wanted;
}

// Bring a node into view without changing more than needed.
function fly(node) {
  const [wx, wy] = spot(node);
  const [x, y] = [wx * T.k + T.x, wy * T.k + T.y];
  const covered = cardOver();
  if (x > 6 && y > 6 && x < T.w - 30 - covered && y < T.h - 6) return;
  T.own = true;
  T.k = Math.max(T.k, 0.9);
  T.x = (T.w - covered) / 2 - wx * T.k;
  T.y = T.h / 2 - wy * T.k;
}

function zoom(factor, x = T.w / 2, y = T.h / 2) {
  const k = Math.min(6, Math.max(0.05, T.k * factor));
  T.x = x - ((x - T.x) * k) / T.k;
  T.y = y - ((y - T.y) * k) / T.k;
  T.k = k;
  T.own = true;
  redraw();
}

const zoomBy = (factor) => {
  zoom(factor);
  keepView();
};
// The nearest symbol that a point lies on.
function symbolAt(x, y) {
  const near = scene.nodes.map((item) => [Math.hypot(item.x - x, item.y - y), item]).filter(([away, item]) => away < item.r + 3).sort((a, b) => a[0] - b[0]);
  return near.length ? near[0][1].node : null;
}
// A number or words at the end of a line stand for their claim.
const meant = (node) => (node.of ? { claim: node.of } : { node });
// What lies at a point: the nearest node, else the nearest line.
function under(x, y) {
  let best = null;
  let near = 1e9;
  for (const item of scene.nodes) {
    const away = Math.hypot(item.x - x, item.y - y) - item.r;
    if (away < 4 && away < near) [best, near] = [item, away];
  }
  const voice = best ? null : voiceAt(x, y);
  if (voice) return { voice: voice.one };
  if (best) return best.group ? { group: best.group } : meant(best.node);
  for (const item of scene.boxes) {
    if (item[6] && x >= item[0] && x <= item[2] && y >= item[1] && y <= item[3]) return { bundle: item[6] };
    if (item.length > 5 && x >= item[0] && x <= item[2] && y >= item[1] && y <= item[3]) return { claim: CLAIMS[item[5]] || APART[item[5] - CLAIMS.length] };
    if (item[4] >= 0 && x >= item[0] && x <= item[2] && y >= item[1] && y <= item[3]) return meant(NODES[item[4]] || { of: CLAIMS[item[4] - NODES.length] });
  }
  near = 5;
  let line = null;
  for (const { claim, bundle, path: q } of [...scene.lines, ...scene.bundles]) {
    const [x1, y1, x2, y2] = reach(q);
    if (x < x1 - 5 || x > x2 + 5 || y < y1 - 5 || y > y2 + 5) continue;
    for (const [px, py, nx, ny] of pieces(q)) {
      const [dx, dy] = [nx - px, ny - py];
      const u = Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
      const away = Math.hypot(px + u * dx - x, py + u * dy - y);
      if (away < near) [line, near] = [bundle ? { bundle } : { claim }, away];
    }
  }
  return line;
}

const what = (a) => a && (a.node || a.claim || a.group || a.voice || a.bundle);
const same = (a, b) => what(a) === what(b);
function hint(found, x, y) {
  const box = $("hint");
  box.hidden = !found || !!found.group;
  if (box.hidden) return;
  if (found.voice) return hintVoice(box, found.voice, x, y);
  if (found.bundle) {
    box.replaceChildren(el("span", null, bundleWords(found.bundle)));
    return seatHint(box, x, y);
  }
  box.replaceChildren(found.node ? el("b", null, found.node.name) : el("span", null, fullWords(found.claim)));
  if (found.node) {
    if (found.node.local) box.append(" ", localName(found.node));
    box.append(el("small", null, [found.node.narrow || found.node.term.label, stateWords(found.node), many(found.node.degree, "line")].filter(Boolean).join(" · ")));
  } else if (found.claim.apart) box.replaceChildren(el("span", null, `${found.claim.from.name} ${found.claim.rel.label} ${found.claim.tip.name}`), el("small", null, "no tie in the world"));
  else box.append(el("small", null, standing(found.claim)));
  seatHint(box, x, y);
}
function seatHint(box, x, y) {
  box.style.left = Math.max(4, Math.min(x + 14, T.w - 270)) + "px";
  box.style.top = (y > T.h - 90 ? y - 70 : y + 16) + "px";
}
function hintVoice(box, one, x, y) {
  box.replaceChildren(el("b", null, VOICES[one.v][1] || VOICES[one.v][0]), el("small", null, `${one.side === "for" ? "puts forward" : "opposes"} ${many(one.claims.length, "disputed claim")}`));
  seatHint(box, x, y);
}

const pointers = new Map();
let moved = 0;
let pinch = 0;
const local = (event) => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};
canvas.addEventListener("pointerdown", (event) => {
  pointers.set(event.pointerId, local(event));
  canvas.setPointerCapture(event.pointerId);
  moved = 0;
  pinch = 0;
  DRAG.node = pointers.size === 1 && !V.groups ? symbolAt(...local(event)) : null;
});
canvas.addEventListener("pointermove", (event) => {
  const [x, y] = local(event);
  const last = pointers.get(event.pointerId);
  if (!last) {
    const found = under(x, y);
    canvas.style.cursor = found ? "pointer" : "grab";
    hint(found, x, y);
    if (!same(found, hover)) {
      hover = found;
      redraw();
    }
    return;
  }
  moved += Math.abs(x - last[0]) + Math.abs(y - last[1]);
  pointers.set(event.pointerId, [x, y]);
  if (pointers.size === 2) {
    const [a, b] = [...pointers.values()];
    const gap = Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (pinch) zoom(gap / pinch, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    pinch = gap;
  } else if (moved > 4 && DRAG.node) {
    $("hint").hidden = true;
    drag(x, y);
  } else if (moved > 4) {
    T.x += x - last[0];
    T.y += y - last[1];
    T.own = true;
    $("hint").hidden = true;
    redraw();
  }
});
const lift = (event) => {
  const was = pointers.delete(event.pointerId);
  if (was && drop()) return;
  if (was && moved > 4) keepView();
  if (!was || moved > 4 || event.type === "pointercancel" || pointers.size) return;
  const found = under(...local(event));
  if (found && found.voice) return pick(`n:${VOICES[found.voice.v][0]}`);
  if (found && found.group) return openGroup(found.group);
  if (found && found.node && event.shiftKey && selected().node) return linkTo(found.node);
  if (found && found.node) pick(`n:${found.node.id}`);
  else if (found && found.claim && found.claim.apart) liftPath(found.claim.path);
  else if (found && found.claim) pick(`c:${found.claim.id}`);
  else if (found && found.bundle) pick(`b:${found.bundle.id}`);
  else release();
};
canvas.addEventListener("pointerup", lift);
canvas.addEventListener("pointercancel", lift);
canvas.addEventListener("pointerleave", () => {
  $("hint").hidden = true;
  if (hover) {
    hover = null;
    redraw();
  }
});
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const step = event.deltaMode === 1 ? 16 : 1;
  zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * step)) * 0.0022), ...local(event));
  keepViewSoon();
}, { passive: false });
canvas.addEventListener("dblclick", (event) => {
  const found = under(...local(event));
  if (found && found.node) focusOn(found.node);
});

// Arrow keys walk to the nearest neighbour in that direction, else to the nearest symbol.
function walk(dx, dy) {
  const picked = selected().node;
  const at = layoutNow();
  if (!picked || !picked.on) {
    const first = V.drawn.find((node) => node.term.part === "lane") || V.drawn[0];
    if (first) pick(`n:${first.id}`, true);
    return;
  }
  const [x, y] = spot(picked, at);
  const score = (other) => {
    const [ox, oy] = spot(other, at);
    const along = (ox - x) * dx + (oy - y) * dy;
    const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    return along > 0 && across <= along * 2.2 ? along + across * 1.6 : Infinity;
  };
  const nearest = (list) => list.reduce((best, other) => (other !== picked && score(other) < best[0] ? [score(other), other] : best), [Infinity, null])[1];
  const next = nearest(picked.next.map((pair) => pair[0]).filter((node) => V.drawn.includes(node))) || nearest(V.drawn);
  if (next) pick(`n:${next.id}`, true);
  else say("Nothing further that way");
}
canvas.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (step && event.altKey) nudge(step);
  else if (step && event.shiftKey) {
    T.x -= step[0] * 60;
    T.y -= step[1] * 60;
    T.own = true;
    keepView();
    redraw();
  } else if (step) walk(...step);
  else if ("+=-".includes(event.key)) zoomBy(event.key === "-" ? 0.8 : 1.25);
  else if (event.key === "0") {
    fit(true);
    address(true);
  }
  else if (event.key === "Enter" && selected().node) $("card").focus();
  else if (event.key === "f" && selected().node) focusOn(selected().node);
  else if ((event.key === "n" || event.key === "p") && V.drawn.length) {
    const order = V.drawn;
    const i = order.indexOf(selected().node) + (event.key === "n" ? 1 : -1);
    pick(`n:${order[(i + order.length) % order.length].id}`, true);
  } else return;
  event.preventDefault();
});
new ResizeObserver(() => redraw()).observe($("stage"));
