// The rule of standing and the clock: kg/model/standing.py and kg/model/clock.py, word for word.
// A test holds the two equal, so that page and command never give a claim another standing.
// A row is { id, v, d, t, pt, n, un, by, e, l, on } and the days { ke, kl, se, sl, hf, ht }: voice, document,
// stance, for whom the voice speaks (`pt`), the number it speaks of, whether it takes back what was put forward, what stands in its place,
// its period, whether that goes on; when it was known, when it was spoken, from when to when it holds.
const NOBODY = -1;
function makeRule({ sides, bases, verdicts }) {
  const SUPPORT = Object.keys(sides).filter((t) => sides[t] === "for");
  const TENTATIVE = Object.keys(sides).filter((t) => sides[t] === "open");
  const FORWARD = SUPPORT.concat(TENTATIVE);
  const RETRACTS = Object.keys(sides).find((t) => sides[t] === "withdrawn");
  const puts = (row) => FORWARD.includes(row.t);

  // ---------------------------------------------------------------- the clock
  // Whether a row was said or in print when the clock asks; null if nothing dates it.
  function heard(row, lens) {
    if (!lens.known && !lens.from && !lens.to) return true;
    if (!row.ke) return lens.undated ? true : null;
    return (!lens.known || row.ke <= lens.known) && (!lens.to || row.ke <= lens.to) && (!lens.from || row.kl >= lens.from);
  }
  // Whether what it speaks of may have been so on a day; null if nothing dates it.
  function holds(row, day) {
    if (!row.hf && !row.ht) return null;
    return row.hf <= day && (!row.ht || row.ht >= day);
  }
  // Of one claim's rows, those that count on the day, and those that only lack a date for it.
  function ofTheDay(rows, lens) {
    if (!lens.asof) return [rows, []];
    const kept = rows.filter((row) => row.t === RETRACTS || holds(row, lens.asof) !== false);
    const loose = kept.filter((row) => row.t !== RETRACTS && holds(row, lens.asof) === null);
    const firm = kept.some((row) => row.t !== RETRACTS && !loose.includes(row));
    if (lens.undated) return [firm || loose.length ? kept : [], []];
    if (!firm) return [[], loose];
    const left = loose.filter(puts);
    return [kept.filter((row) => !left.includes(row)), left];
  }

  // ---------------------------------------------------------------- what lives
  const later = (b, a) => !!(b.se && a.sl && b.se > a.sl);
  const takesBack = (a, b) => a.t === RETRACTS && a.v === b.v && a.n === b.n && !later(b, a);
  const unsaid = (a, rows) => a.t !== RETRACTS && rows.some((b) => takesBack(b, a));
  const overtaken = (a, rows) => rows.some((b) => b.v === a.v && b.t !== a.t && b.n === a.n && later(b, a));
  const lives = (a, rows, replaced) => !replaced && !unsaid(a, rows) && !overtaken(a, rows);
  // What stands in a row's place and is shown, as it lives itself: `x` are the other rows of its voice on
  // its own claim, `by` what that voice has put in its place in turn.
  const instead = (row, shown) => row.by.filter(shown).map((b) => ({
    id: b.id, v: b.v, pt: b.pt, alive: lives(b, b.x.filter(shown).concat(b), b.by.some(shown)),
  }));

  // How many sides some rows' voices are (kg/model/parties.py): voices that speak for one another are one.
  function sidesOf(rows) {
    const may = new Map();
    for (const row of rows) if (row.v !== NOBODY) may.set(row.v, new Set([...(may.get(row.v) || []), ...(row.pt.length ? row.pt : [row.v])]));
    const alone = new Set([...may.values()].filter((names) => names.size === 1).flatMap((names) => [...names]));
    let groups = [];
    for (const names of may.values()) {
      if ([...names].some((name) => alone.has(name))) continue;
      const near = groups.filter((group) => [...names].some((name) => group.has(name)));
      groups = groups.filter((group) => !near.includes(group)).concat([new Set([...names, ...near.flatMap((group) => [...group])])]);
    }
    return alone.size + groups.length;
  }

  // How many voices there are in a set: what nobody says is in none.
  const heads = (set) => set.size - (set.has(NOBODY) ? 1 : 0);
  // The standing of a claim over some of its rows.
  function settle(rows, shown) {
    const same = new Map();
    for (const row of rows) same.set(row.v, (same.get(row.v) || []).concat([row]));
    const others = new Map(rows.map((row) => [row, instead(row, shown)]));
    const own = new Map(rows.map((row) => [row, others.get(row).filter((b) => b.v === row.v)]));
    const held = rows.filter((row) => lives(row, same.get(row.v), own.get(row).length > 0));
    const support = held.filter((row) => SUPPORT.includes(row.t));
    const forth = support.length ? support : held.filter((row) => TENTATIVE.includes(row.t));
    const put = rows.filter(puts);
    const opposing = held.filter((row) => sides[row.t] === "against");
    for (const row of put) for (const b of others.get(row)) if (b.alive && b.v !== row.v) opposing.push(b);
    const against = new Set(opposing.map((row) => row.v));
    const facts = {
      support: support.length > 0,
      forward: forth.length > 0,
      opposed: against.size > 0,
      unopposed: against.size === 0,
      corrected: put.some((row) => own.get(row).some((b) => b.alive)),
      retracted: put.some((row) => own.get(row).length) || rows.some((row) => row.un),
    };
    const voices = new Set(forth.map((row) => row.v));
    const speaking = support.length ? SUPPORT : TENTATIVE;
    const spoken = put.filter((row) => voices.has(row.v) && speaking.includes(row.t) && !own.get(row).length && !unsaid(row, same.get(row.v)));
    const ba = Object.keys(bases).find((t) => held.some((row) => row.t === t));
    const days = forth.length ? forth : put;
    const first = days.map((row) => row.e).filter(Boolean).sort();
    const last = days.map((row) => row.l).filter(Boolean).sort();
    return {
      st: verdicts.find(([, needs]) => needs.every((need) => facts[need]))[0], ba: ba ? bases[ba] : "Unsupported",
      v: heads(voices), vs: sidesOf(forth), os: sidesOf(opposing), d: new Set(spoken.map((row) => row.d)).size, o: heads(against),
      e: first[0] || "", l: days.some((row) => !row.l && (row.hf || row.on)) ? "" : last[last.length - 1] || "",
      firm: heads(new Set(held.filter((row) => ba && bases[row.t] === bases[ba]).map((row) => row.v))),
      rows, held, others: [...others.values()].flat(), lost: !forth.length,
    };
  }

  // A claim's rows through a lens { source, asof, known, from, to, undated }: its standing, or null
  // if nothing is left, and the rows left out because nothing dates them. `out` is the first day of its ends.
  function through(rows, lens, out = "") {
    if (lens.asof && out > lens.asof) return [null, []];
    const said = rows.filter(lens.source);
    const [kept, loose] = ofTheDay(said.filter((row) => heard(row, lens)), lens);
    const left = loose.concat(said.filter((row) => heard(row, lens) === null));
    return [kept.length ? settle(kept, (row) => lens.source(row) && heard(row, lens) === true) : null, left];
  }
  return { through, heard, sidesOf };
}
// A row as the record has it, with what stands in its place and what else that voice says.
function readRow(raw, phrases) {
  const all = (list) => (list || []).map((other) => readRow(other, phrases));
  const number = (word) => (word ? Number(word.slice(1)) : NOBODY);
  return Object.assign({ n: "", un: 0 }, readDays(phrases[raw.z - 1]), raw, { v: number(raw.v), d: number(raw.d), pt: (raw.pt || []).map(number), x: all(raw.x), by: all(raw.by) });
}
// The days of a row, as they stand in the record: known, spoken, holds, period, whether it goes on.
function readDays(text) {
  const [known, spoken, holding, period, on] = text.split(" ").map((part) => part.split("/"));
  return { ke: known[0], kl: known[1], se: spoken[0], sl: spoken[1], hf: holding[0], ht: holding[1], e: period[0], l: period[1], on: on[0] === "on" };
}
