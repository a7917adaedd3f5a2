// Finding: what a text may mean, best first, as `kg find` has it (kg/store/name_match.py, kg/store/name_index.py and
// kg/text/forms.py), held to it by a test. Here every actor of the page is compared; a script is read in Latin letters
// where the page has a letter for it.
const fold1 = makeFold(REC.fold);
const [EXACT, FOLDED, FORM, PHRASE, BEGINNING, WORDS, INSIDE, TITLE, NEAR, WITHIN, SOME] = Array(11).keys();
const [SMALL1, TITLES1, JOINS1] = ["small", "titles", "joins"].map((name) => new Set(REC.finding[name]));
const HOME = new Map(REC.finding.home);
// Letters that are spelt as newspapers do, then all others; of Chinese each sign is a syllable of its own.
const LATIN = new Map(REC.finding.latin);
const LETTERS = new Map([["letters", ""], ["signs", " "]].flatMap(([name, room]) => REC.finding[name].flatMap(([read, signs]) => [...signs].map((sign) => [sign, room + read + room]))));
const ASCII = /^[\u0000-\u007f]*$/;
const wordsIn = (text) => text.split(" ").filter(Boolean);
const exactly = (text) => text.normalize("NFC").toLowerCase();
// Single letters side by side are one word: initials.
function joined(key) {
  const out = [];
  let run = false;
  for (const word of wordsIn(key)) {
    const single = [...word].length === 1 && /\p{L}/u.test(word);
    if (single && run) out[out.length - 1] += word;
    else out.push(word);
    run = single;
  }
  return out.join(" ");
}
const wordsOf = (text) => { const here = fold1(text); return new Set([...wordsIn(here), ...wordsIn(joined(here))]); };
const glued = (key) => { const words = wordsIn(key); return words.length >= 2 && words.length <= 4 ? words.join("") : ""; };
function initials(name) {
  const found = new Set();
  const outside = [...name].reduce(([text, depth], c) => { const deep = depth + ("([".includes(c) ? 1 : 0); return [text + (deep ? " " : c), deep - (")]".includes(c) && deep ? 1 : 0)]; }, ["", 0])[0];
  for (const part of outside.split(/[,:;–—/\n]/)) {
    const words = wordsIn(fold1(part));
    if (words.length < 3 || words.length > 8) continue;
    for (const row of [words.filter((word) => !SMALL1.has(word)), SMALL1.has(words[0]) ? words.slice(1) : words]) {
      for (let n = Math.min(6, row.length); n >= 3; n--) {
        const run = row.slice(-n);
        if (!SMALL1.has(run[0]) && !SMALL1.has(run[n - 1])) found.add(run.map((word) => [...word][0]).join(""));
      }
    }
  }
  return [...found];
}
// A text in Latin letters, if there is one of its own for each.
function reading(text) {
  if (ASCII.test(text)) return [];
  const as = (table, text) => [...text].map((c) => table.get(c) ?? c).join("");
  const plain = as(LATIN, as(LATIN, text.normalize("NFC").toLowerCase()).normalize("NFKD").replace(/[\u0300-\u036f]/g, ""));
  const spelt = as(LETTERS, plain).replace(/['’ʼ`]/g, "");
  const read = wordsIn(spelt.replace(/[^a-z0-9]+/g, " ")).join(" ");
  const here = fold1(text);
  return /[^\u0000-\u007f]/.test(spelt.replace(/[\p{P}\p{S}]/gu, "")) || !read || read === here || ASCII.test(here) ? [] : [read];
}
// A reading, and how well a record must fit that is found by it alone. Signs of scripts without spaces are syllables,
// which stand inside many names: one finds nothing, two have to be words of a name.
const dense = (key) => /^[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u{20000}-\u{3ffff}]+$/u.test(key);
const single = (key) => [...key].length === 1 && dense(key);
function readings(text) {
  const signs = fold1(text).replaceAll(" ", "");
  const many = [...signs].length;
  if (!dense(signs)) return reading(text).map((read) => [read, many > 1 ? NEAR : PHRASE]);
  if (many === 1) return [];
  const [parts, whole] = many > 2 ? [WORDS, NEAR] : [PHRASE, PHRASE];
  const read = reading(text).map((word) => [word, word.includes(" ") ? parts : whole]);
  return [...read, ...read.flatMap(([word]) => (glued(word) ? [[glued(word), whole]] : []))];
}
// Without titles that go with any name, without the ending of a possessive, without its own initials in brackets.
function bare(text) {
  const match = /^(.+?)\s*\(([\p{L}\p{N}_.]{2,9})\)\s*$/u.exec(text);
  let given = text;
  if (match) {
    const words = match[1].replace(/-/g, " ").split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
    const mark = match[2].replace(/\./g, "").toLowerCase();
    const rows = [words, words.filter((word) => !SMALL1.has(word.toLowerCase()))];
    if (rows.some((row) => row.map((word) => [...word][0]).join("").toLowerCase().endsWith(mark))) [, given] = match;
  }
  const words = given.split(/\s+/).filter(Boolean).map((word) => {
    const cut = word.replace(/[,.;]+$/, "");
    const end = ["'s", "’s", "ʼs", "s’", "s'"].find((one) => word.length > one.length + 1 && cut.endsWith(one));
    return end ? cut.slice(0, -end.length) + (end[0] === "s" ? "s" : "") : word;
  });
  const kept = words.filter((word) => !TITLES1.has(word.replace(/^[.,]+|[.,]+$/g, "").toLowerCase()));
  return (kept.length ? kept : words).join(" ");
}
const tellingOf = (key) => wordsIn(key).filter((word) => !SMALL1.has(word)).sort().join(" ");
function atHome(key) {
  const words = wordsIn(key);
  for (let i = 0; words.length > 1 && i < words.length; i++) {
    for (const n of [2, 1]) {
      const phrase = words.slice(i, i + n);
      if (phrase.length === n && HOME.has(phrase.join(" "))) return HOME.get(phrase.join(" ")).map((name) => [...words.slice(0, i), name, ...words.slice(i + n)].join(" "));
    }
  }
  return [];
}
// How alike two texts are: the ratio of difflib, from 0.75 to 1, or 0.
function ratio(a, b) {
  const [x, y] = [[...b], [...a]];
  const all = x.length + y.length;
  if (!all) return 1;
  if ((2 * Math.min(x.length, y.length)) / all < 0.75) return 0;
  const places = new Map();
  y.forEach((c, j) => (places.has(c) ? places.get(c).push(j) : places.set(c, [j])));
  if (y.length >= 200) for (const [c, some] of places) if (some.length > Math.floor(y.length / 100) + 1) places.delete(c);
  let met = 0;
  const parts = [[0, x.length, 0, y.length]];
  while (parts.length) {
    const [xl, xh, yl, yh] = parts.pop();
    let [bi, bj, size] = [xl, yl, 0];
    let lengths = new Map();
    for (let i = xl; i < xh; i++) {
      const next = new Map();
      for (const j of places.get(x[i]) || []) {
        if (j < yl || j >= yh) continue;
        const k = (lengths.get(j - 1) || 0) + 1;
        next.set(j, k);
        if (k > size) [bi, bj, size] = [i - k + 1, j - k + 1, k];
      }
      lengths = next;
    }
    if (!size) continue;
    met += size;
    parts.push([xl, bi, yl, bj], [bi + size, xh, bj + size, yh]);
  }
  const found = (2 * met) / all;
  return found >= 0.75 ? found : 0;
}

// What each actor is found by, folded once, and how many have each word.
let SOUGHT = null;
function sought() {
  if (SOUGHT) return SOUGHT;
  const held = new Map();
  const records = NODES.map((node) => {
    const names = [...new Set([node.name, ...node.aliases, node.local, node.label, ...(node.fn || [])].filter(Boolean))].map((name) => [name, fold1(name)]);
    const titles = [...(node.ft || []), fold1(node.text)].filter(Boolean);
    const classes = (node.fc ? REC.phrases[node.fc - 1].split("\n") : [node.narrow, node.term.label].filter(Boolean)).map(fold1);
    const forms = new Set([...(node.ff || []), ...names.flatMap(([name, here]) => [...initials(name), glued(here), ...reading(name)])].filter(Boolean));
    const all = [...names, [node.id, fold1(node.id)]];
    const words = new Set([...all.map(([name]) => name), ...titles, ...classes, ...forms].flatMap((text) => [...wordsOf(text)]));
    for (const word of words) (held.get(word) || held.set(word, new Set()).get(word)).add(node);
    return { node, names: all, brief: first(names.map(([name]) => [name.length, name]))[1], text: all.map(([, here]) => joined(here)).join("\n"), classes, forms, rest: ` ${node.facts.map((fact) => fold1(fact[1])).join(" ")}` };
  });
  const begun = (word) => new Set([...held].filter(([other]) => other.startsWith(word)).flatMap(([, nodes]) => [...nodes]));
  return (SOUGHT = { records, begun, weight: (word) => Math.log(1 + NODES.length / (held.has(word) ? held.get(word).size : 1)) });
}
function ask(text) {
  const key = fold1(text);
  const short = joined(key);
  const whole = [key, ...(single(key) ? [] : reading(text))].map((read) => glued(read) || read).filter((word) => word && !word.includes(" ") && word !== key);
  return { key, exact: exactly(text.trim()), short, parts: wordsIn(short), forms: whole };
}
function tierOf(name, here, q) {
  for (const [key, text] of [[q.key, here], [q.short, joined(here)]]) if (text === key) return exactly(name) === q.exact ? EXACT : FOLDED;
  const words = ` ${joined(here)} `;
  if (words.includes(` ${q.short} `)) return PHRASE;
  if (words.includes(` ${q.short}`)) return BEGINNING;
  if (q.parts.length && q.parts.every((part) => words.includes(` ${part}`))) return WORDS;
  return q.parts.length && q.parts.every((part) => words.includes(part)) ? INSIDE : SOME;
}
const first = (rows) => rows.reduce((best, row) => (!best || ordered(row, best) < 0 ? row : best), null);
function ordered(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}
// Of a record the name that is most alike, and how much.
function alike(names, q) {
  let best = [0, ""];
  for (const [name, here] of names) {
    const words = wordsIn(here);
    const worst = Math.min(...wordsIn(q.key).map((part) => Math.max(0, ...words.map((word) => ratio(part, word)))));
    const found = [Math.max(ratio(q.key, here), Number.isFinite(worst) ? worst : 0), name];
    if (ordered(best, found) < 0) best = found;
  }
  return best;
}
// Rows of those that fit: rank, tier, what is missing, share, length, name, id, record.
function ranked(q, { close = false, some = false } = {}) {
  const { records, weight, begun } = sought();
  const weights = q.parts.map((word) => [begun(word), weight(word)]);
  const all = weights.reduce((sum, [, value]) => sum + value, 0) || 1;
  const rows = [];
  for (const record of records) {
    const last = record.names.length - 1;
    const inside = q.parts.every((part) => record.text.includes(part));
    let [tier, , , name] = inside ? first(record.names.map(([called, here], i) => [tierOf(called, here, q), i === last ? 1 : 0, called.length, called])) : [SOME, 0, 0, record.brief];
    if (tier > FORM && [q.key, ...q.forms].some((form) => record.forms.has(form))) [tier, name] = [FORM, record.names[0][0]];
    let missing = 0;
    if (tier > INSIDE) {
      missing = weights.filter(([some]) => !some.has(record.node)).reduce((sum, [, value]) => sum + value, 0);
      if (!missing) tier = TITLE;
      else if (!close) continue;
      else {
        const [score, called] = alike(record.names, q);
        if (score) [tier, missing, name] = [score >= 0.86 || q.parts.length < 3 ? NEAR : SOME, 1 - score, called];
        else if (some && missing / all <= 0.6) [tier, missing] = [SOME, missing / all];
        else continue;
      }
    }
    const share = tier === FORM ? 0 : Math.max(...record.names.map(([called]) => { const words = wordsOf(called); return [...words].filter((word) => q.parts.includes(word)).length / (words.size || 1); }));
    const ofClass = tier > FORM && tier <= TITLE && record.classes.some((label) => label && ` ${q.short} `.includes(` ${label} `));
    rows.push([tier <= FORM ? tier : ofClass ? PHRASE : tier + 1, tier, missing, -share, name.length, name, record.node.id, record.node]);
  }
  const told = rows.some((row) => row[1] < NEAR) ? rows.filter((row) => row[1] < NEAR) : rows;
  return told.sort((a, b) => ordered(a.slice(0, 7), b.slice(0, 7))).map((row) => ({ node: row[7], tier: row[1], matched: row[5], whole: false, ofClass: row[0] === PHRASE }));
}
function hitsOf(text, some) {
  const q = ask(text);
  if (!q.key) return [];
  const found = ranked(q);
  if (found.length || !some) return found;
  const near = ranked(q, { close: true });
  return near.length ? near : ranked(q, { close: true, some: true });
}
// Without the words that many have a record comes after one that fits as well with them.
function withTelling(text) {
  const key = joined(fold1(text));
  const weights = wordsIn(key).map((word) => [word, sought().weight(word)]);
  const least = 0.4 * Math.max(0, ...weights.map(([, value]) => value));
  const telling = weights.filter(([, value]) => value >= least).map(([word]) => word).join(" ");
  const found = hitsOf(text, true);
  if (telling === key || (found.length && found[0].tier <= FORM)) return found;
  const best = new Map(found.map((hit) => [hit.node, hit]));
  for (const hit of hitsOf(telling, false)) {
    const held = best.get(hit.node) || hit;
    const tier = Math.max(hit.tier, PHRASE);
    if (tier <= TITLE && (held === hit || tier < held.tier)) best.set(hit.node, Object.assign({}, hit, { tier, whole: hit.tier <= FOLDED }));
  }
  const all = [...best.values()];
  return (all.some((hit) => hit.tier <= TITLE) ? all.filter((hit) => hit.tier <= TITLE) : all).sort((a, b) => b.whole - a.whole || b.ofClass - a.ofClass || a.tier - b.tier);
}
const once = (hits) => [...new Map(hits.map((hit) => [hit.node, hit]).reverse()).values()].reverse().sort((a, b) => hits.findIndex((hit) => hit.node === a.node) - hits.findIndex((hit) => hit.node === b.node));
// What is named whole within a longer text: whole parts first, then what no preposition joins, the last before the first.
function within(text) {
  const spans = new Map();
  let place = 0;
  for (const part of text.replace(/;/g, ",").split(",")) {
    const words = wordsIn(fold1(part));
    words.forEach((_, i) => {
      for (let n = 1; n <= Math.min(words.length - i, 8); n++) {
        const span = words.slice(i, i + n);
        const key = span.join(" ");
        if ((key.length < 3 && ASCII.test(key)) || span.every((word) => JOINS1.has(word))) continue;
        const rank = [n < words.length ? 1 : 0, i > 0 && JOINS1.has(words[i - 1]) ? 1 : 0, -(place + i + n), -n];
        if (!spans.has(key) || ordered(rank, spans.get(key)) < 0) spans.set(key, rank);
      }
    });
    place += words.length;
  }
  const found = [];
  for (const { node, names } of sought().records) {
    const best = first(names.filter(([, here]) => spans.has(here)).map(([, here]) => spans.get(here)));
    if (best) found.push([...best, node.name, node.id, node]);
  }
  return found.sort((a, b) => ordered(a.slice(0, 6), b.slice(0, 6))).map((row) => ({ node: row[6], tier: WITHIN }));
}
function home(key, hits) {
  const [whole, part] = [[], []];
  for (const read of atHome(key)) {
    for (const hit of withTelling(read)) {
      if (hit.tier > TITLE) continue;
      const same = hit.tier <= FORM || tellingOf(fold1(hit.matched)) === tellingOf(read);
      (same ? whole : part).push(Object.assign({}, hit, { tier: Math.max(hit.tier, PHRASE) }));
    }
  }
  if (!whole.length && !part.length) return hits;
  const order = (hit) => (hit.tier > INSIDE ? hit.tier : 0);
  return once([...whole, ...[...hits, ...part].sort((a, b) => order(a) - order(b))]);
}
function find(text) {
  let hits = withTelling(text);
  if (!hits.length || hits[0].tier > FORM) {
    const plain = bare(text);
    if (plain !== text) {
      const found = withTelling(plain);
      if (found.length) hits = found;
    }
    hits = home(fold1(plain), hits);
    if (!hits.length) hits = once(readings(plain).flatMap(([read, least]) => withTelling(read).filter((hit) => hit.tier <= least).map((hit) => Object.assign({}, hit, { tier: NEAR }))));
    if (!hits.length || hits[0].tier >= NEAR) hits = once([...within(plain), ...hits].sort((a, b) => Math.max(0, a.tier - NEAR + 1) - Math.max(0, b.tier - NEAR + 1)));
  }
  // What else a card holds, such as a code, after what a name holds.
  const parts = wordsIn(fold1(text));
  const facts = parts.length ? sought().records.filter(({ rest, node }) => parts.every((part) => rest.includes(` ${part}`)) && !hits.some((hit) => hit.node === node && hit.tier < NEAR)).map(({ node }) => ({ node, tier: TITLE })) : [];
  return (hits.length && hits[0].tier < NEAR ? [...hits, ...facts] : once([...facts, ...hits])).slice(0, 12).map((hit) => hit.node);
}
