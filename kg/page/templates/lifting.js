// What is lifted out of the picture: a chain, a path, what is selected or pointed at.
const chainNow = () => { const [a, b] = S.chain.split("\t").map((id) => BY.get(id)); return a && b ? chain(a, b) : null; };
const pathNow = () => REC.paths[Number(S.path) - 1];

// What carries a hop of a chain, as the command's paths have it: not what is denied, withdrawn or only announced.
const carries = (claim) => REC.walk.statuses.includes(claim.live.st) && REC.walk.bases.includes(claim.live.ba);
const between = (a, b) => V.lines.filter((claim) => carries(claim) && ((claim.from === a && claim.to === b) || (claim.from === b && claim.to === a)));
// Shortest chain between two nodes over what is drawn; faint relations only if nothing else leads there.
// Documents, places and whatever else its class says is not walked are ends and nothing between.
function chain(from, to) {
  for (const faint of [false, true]) {
    const back = new Map([[from, null]]);
    for (const node of back.keys()) {
      if (node === to) {
        const found = { nodes: [node], claims: [] };
        for (let step = back.get(node); step; step = back.get(step[0])) {
          found.nodes.unshift(step[0]);
          found.claims.unshift(step[1]);
        }
        return found;
      }
      if (node.stop && node !== from) continue;
      for (const [other, claim] of node.next) {
        if (carries(claim) && !claim.rel.idle && (faint || claim.rel.part !== "faint") && !back.has(other)) back.set(other, [node, claim]);
      }
    }
  }
  return null;
}

// What is lifted out of the picture: a chain, what the pointer is on, what is selected.
function lifted(hover) {
  const out = { nodes: new Set(), claims: new Set(), soft: few(), way: false };
  const take = (node) => {
    out.nodes.add(node);
    for (const [other, claim] of node.next) {
      out.nodes.add(other);
      out.claims.add(claim);
    }
  };
  const takeClaim = (claim) => {
    out.claims.add(claim);
    if (claim.from) out.nodes.add(claim.from);
    if (claim.tip) out.nodes.add(claim.tip);
  };
  const picked = selected();
  const ends = S.chain.split("\t").map((id) => BY.get(id));
  // A chain holds: what the pointer passes over on the way does not put it out.
  if (ends[0] && ends[1]) {
    const found = chain(ends[0], ends[1]);
    if (found) {
      out.way = true;
      found.nodes.forEach((node) => out.nodes.add(node));
      for (const claim of found.claims) for (const other of between(claim.from, claim.to)) out.claims.add(other);
    } else ends.forEach((node) => out.nodes.add(node));
  } else if (hover && hover.voice) hover.voice.claims.forEach(takeClaim);
  else if (hover && hover.of) V.lines.filter(hover.of).forEach(takeClaim);
  else if (hover && hover.kind) V.drawn.filter((node) => node.kind === hover.kind).forEach((node) => out.nodes.add(node));
  else if (hover && hover.node) take(hover.node);
  else if (hover && hover.claim) takeClaim(hover.claim);
  else if (hover && hover.bundle) hover.bundle.claims.forEach(takeClaim);
  else if (picked.node && V.mode === "dispute") V.lines.filter((claim) => claim.from === picked.node || claim.tip === picked.node || speaksOn(picked.node, claim)).forEach(takeClaim);
  // What lies around it is all that is drawn.
  else if (picked.node && V.mode === "focus" && picked.node.id === S.focus) return null;
  else if (picked.node && picked.node.on) take(picked.node);
  else if (picked.state) for (const node of V.drawn.filter((other) => other.mark.state === picked.state)) out.nodes.add(node);
  else if (picked.claim) takeClaim(picked.claim);
  else if (pickedBundle()) pickedBundle().claims.forEach(takeClaim);
  else if (stepNow() && stepNow().says.some(([, ids]) => ids.some((id) => CLAIM.has(id)))) stepNow().says.forEach(([, ids]) => ids.forEach((id) => CLAIM.has(id) && takeClaim(CLAIM.get(id))));
  else if (pathNow()) {
    const path = pathNow();
    out.way = true;
    for (const id of path.nodes) out.nodes.add(BY.get(id));
    for (const id of path.hops.flatMap((hop) => hop[1])) out.claims.add(CLAIM.get(id));
    for (const hop of APART) if (path.apart.some(([from, tip]) => hop.s === from && hop.tip.id === tip)) out.claims.add(hop);
  } else if (S.hold) {
    for (const id of REC.highlight) {
      if (BY.has(id)) out.nodes.add(BY.get(id));
      if (CLAIM.has(id)) takeClaim(CLAIM.get(id));
    }
    for (const claim of V.lines) if (out.nodes.has(claim.from) && out.nodes.has(claim.to)) out.claims.add(claim);
  } else return null;
  return out.nodes.size || out.claims.size ? out : null;
}
