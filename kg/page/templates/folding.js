// Names are compared as kg/text/names.py compares them, held equal by a test.
function makeFold(tables) {
  const text = (codes) => String.fromCodePoint(...codes);
  const sequences = tables.sequences.map(([before, after]) => [text(before), text(after)]);
  const joiner = text(tables.kept);
  const same = new Map(tables.same);
  const plain = new Map(tables.plain);
  const han = new Map(tables.han);
  const apart = new Set(tables.apostrophes);
  const optional = (code) => tables.optional.some(([first, last]) => first <= code && code <= last);
  // Twice: capital ẞ has a small letter, which has two capitals.
  const small = (letters) => letters.toUpperCase().toLowerCase().toUpperCase().toLowerCase();
  const digit = (code) => {
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
    return String((code - first) % 10);
  };
  const known = new Map();
  const one = (letter) => {
    const code = letter.codePointAt(0);
    if (same.has(code)) return same.get(code);
    if (/[\p{Mn}\p{Me}]/u.test(letter)) return optional(code) ? "" : letter;
    if (/\p{Cf}/u.test(letter)) return "";
    if (/\p{Nd}/u.test(letter)) return digit(code);
    if (apart.has(code) || /[\p{Z}\p{P}\p{S}\p{Cc}]/u.test(letter)) return " ";
    if (/\p{Script=Han}/u.test(letter)) return han.get(code) || letter;
    const parts = letter.normalize("NFKD");
    if (!/^[\p{Script=Latin}\p{Script=Greek}]/u.test(parts)) return small(letter);
    return [...small(parts.replace(/\p{Mn}/gu, ""))].map((c) => plain.get(c.codePointAt(0)) || c).join("").replaceAll("ς", "σ");
  };
  const letter = (c) => {
    if (!known.has(c)) known.set(c, one(c));
    return known.get(c);
  };
  return (given) => {
    let whole = given.normalize("NFKC");
    for (const [before, after] of sequences) whole = whole.replaceAll(before, after);
    const parts = whole.split(joiner).map((part) => [...part].map(letter).join(""));
    return parts.join(joiner).normalize("NFC").split(/\s+/).filter(Boolean).join(" ") || small(whole).normalize("NFKC").replaceAll("\0", " ").trim();
  };
}
