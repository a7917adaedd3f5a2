// A claim through the lens of sources and times: settled anew by the rule of the build.
const lensNow = () => ({ source: (row) => !S.off.doc.has(row.d) && !S.off.voice.has(row.v), asof: S.asof, known: S.known, from: S.from, to: S.to, undated: !!S.undated });
const lensOn = () => !!(S.off.doc.size || S.off.voice.size || S.asof || S.known || S.from || S.to);
let LENS = null;
const rowOn = (row) => LENS.source(row) && RULE.heard(row, LENS) === true;

function weigh(claim) {
  const own = claim.rows.filter((row) => !row.elsewhere);
  const [found, left] = RULE.through(own, LENS, claim.out);
  for (const row of left) V.undated.add(row.id);
  if (!found) return { st: claim.given.st, ba: claim.given.ba, v: 0, vs: 0, os: 0, d: 0, o: 0, e: "", l: "", firm: 0, rows: [], lost: true };
  const { given } = claim;
  const same = ["st", "ba", "v", "d", "o", "e", "l", "vs", "os"].every((key) => found[key] === given[key]);
  if (same && found.rows.length === own.length && claim.rows.every(rowOn)) return given;
  const sided = (row, p) => (p === row.p ? row : Object.assign({}, row, { p }));
  const alive = new Set(found.others.filter((other) => other.alive).map((other) => other.id));
  const rows = found.rows.map((row) => sided(row, found.held.includes(row) ? SIDE[row.t] : "withdrawn"))
    .concat(claim.rows.filter((row) => row.elsewhere && found.others.some((other) => other.id === row.id)).map((row) => sided(row, alive.has(row.id) ? "against" : "withdrawn")));
  return Object.assign(found, { rows, lost: found.lost && given.v > 0 });
}

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const inWords = (n) => NUMBERS[n] || n.toLocaleString("en");
const count = (n, word) => `${inWords(n)} ${n === 1 ? word : word + "s"}`;
const many = (n, word, words) => `${n.toLocaleString("en")} ${n === 1 ? word : words || word + "s"}`;
const oneSide = (voices, sides) => (sides && sides < voices ? `, ${count(sides, "side")}` : "");
function standing(claim) {
  const live = claim.live || claim.given;
  if (live === claim.given && claim.stand) return claim.stand;
  const against = live.o ? `opposed by ${count(live.o, "voice")}${oneSide(live.o, live.os)}` : "";
  const status = term(STATUSES, live.st).label;
  const none = (REC.rule.unsupported[live.st] || "").replace(/ (in these documents|by the sources chosen)$/, "");
  const side = oneSide(live.v, live.vs);
  const voices = live.firm && live.firm < live.v
    ? `${count(live.firm, "voice")}; ${REC.rule.weaker[live.ba]} by ${inWords(live.v - live.firm)} more;${side && `${side.slice(1)} in all;`}`
    : (live.v ? count(live.v, "voice") : VOICES[NOBODY][1]) + (side && `${side},`);
  const words = none ? `${status}: ${none.replace("{against}", against)}${against && !none.includes("{against}") ? `, ${against}` : ""}`
    : `${term(BASES, live.ba).label} by ${voices} in ${count(live.d, "document")}, ${status}${against ? ` (${against})` : ""}`;
  return live === claim.given ? words : `${words}, ${lensWords()}`;
}
