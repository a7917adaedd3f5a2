// A claim under the source lens: weighed anew from the attestations that are switched on.
// The rules of the build: of each voice only the latest stance counts, undated ones all count.
const lensOn = () => S.off.doc.size || S.off.voice.size || S.known;
const rowOn = (row) => !S.off.doc.has(row.d) && !S.off.voice.has(row.v) && (!S.known || !row.k || row.k <= S.known);
const BASIS_OF = { asserts: "Asserted", alleges: "Alleged", announces: "Announced", questions: "Questioned" };

function weigh(claim) {
  const rows = claim.rows.filter(rowOn);
  if (rows.length === claim.rows.length) return claim.given;
  const gone = claim.rows.filter((row) => !rowOn(row));
  const last = new Map();
  for (const row of rows) if (row.k && row.k > (last.get(row.v) || "")) last.set(row.v, row.k);
  const living = rows.filter((row) => {
    if (row.k && row.k < last.get(row.v)) return false;
    if (row.p !== "withdrawn") return true;
    // Withdrawn by a row that is switched off: it stands again.
    return row.t in BASIS_OF && gone.some((other) => other.v === row.v && other.k >= row.k);
  });
  const side = (row) => (row.p !== "withdrawn" ? row.p : row.t === "asserts" || row.t === "alleges" ? "for" : "open");
  const pro = living.filter((row) => side(row) === "for");
  const open = living.filter((row) => side(row) === "open");
  const con = living.filter((row) => side(row) === "against");
  const back = rows.length > living.length || rows.some((row) => row.p === "withdrawn");
  let st = "Open";
  if (pro.length) st = con.length ? "Contested" : "Uncontested";
  else if (con.length) st = "Denied";
  else if (!open.length && back) st = claim.given.st === "Corrected" ? "Corrected" : "Retracted";
  const support = pro.concat(open);
  const ba = ["Asserted", "Alleged", "Announced", "Questioned"].find((word) => support.some((row) => BASIS_OF[row.t] === word)) || "Unsupported";
  const count = (list, key) => new Set(list.map((row) => row[key])).size;
  return { st, ba, v: count(support, "v"), d: count(support, "d"), o: count(con, "v"), rows, lost: !support.length && claim.given.v > 0 };
}

const many = (n, word, words) => `${n.toLocaleString("en")} ${n === 1 ? word : words || word + "s"}`;
function standing(claim) {
  const live = claim.live || claim.given;
  if (live === claim.given && claim.stand) return claim.stand;
  const against = live.o ? `opposed by ${many(live.o, "voice")}` : "";
  const status = term(STATUSES, live.st).label;
  let words = `${term(BASES, live.ba).label} by ${many(live.v, "voice")} in ${many(live.d, "document")}, ${status}${against ? ` (${against})` : ""}`;
  if (live.st === "Denied") words = `${status}: ${against}, put forward by none`;
  if (live.st === "Retracted" || live.st === "Corrected") words = `${status}: those who put it forward took it back${against && `, ${against}`}`;
  return live === claim.given ? words : `${words}, among the sources switched on`;
}
