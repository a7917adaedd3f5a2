"""The index of names: which records a question in words may mean, best first.

It stands in the ledger's file and is filled when a graph is built: the words of the names, of the
titles and offices, and of the classes of each record, and every word with the number of records
that have it. What is asked is looked up there; the few records found are compared in full here.
"""

from __future__ import annotations

from kg.model.record import Record
from kg.text.names import exact, folded
from kg.text.words import asked, dense, held, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from difflib import SequenceMatcher

# The tokenizer `ascii` parts words at spaces alone, once ASCII punctuation is folded away.
SCHEMA = """
create table sought (n integer primary key, entity text, names text, titles text, classes text);
create virtual table sought_words using fts5
    (names, titles, classes, content='', detail=column, tokenize='ascii');
create table word (word text primary key, records int) without rowid;
create virtual table spelling using fts5
    (word, content='', detail=none, tokenize='trigram case_sensitive 1');
create table spelt (n integer primary key, word text);
"""
# How well a record fits: what `Hit.tier` says.
EXACT, FOLDED, PHRASE, BEGINNING, WORDS, INSIDE, TITLE, NEAR, SOME = range(9)
# So many records are compared in full, of so many at most that are ranked first.
_POOL, _RANKED = 400, 20_000
# So many words of questions are remembered.
_KEPT = 1_000


class Sought(Record):
    """A record by what it is found by: names, titles and offices, labels of its classes."""

    entity: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    classes: tuple[str, ...]


class Hit(Record):
    """A record that a question may mean, how well it fits, and the name that does.

    `whole` where the name is all that was asked but for words that tell little, `ofclass`
    where the question names its class.
    """

    tier: int
    matched: str
    entity: str
    whole: bool = False
    ofclass: bool = False


def fill(db: sqlite3.Connection, records: Iterable[Sought]) -> None:
    """Write the index. Cost: linear in the names; a million of them take a minute.

    Records with few words come first: of what is too much to be ranked the first are taken.
    """
    for n, record in enumerate(sorted(records, key=_fewest), 1):
        texts = [[folded(t) for t in part] for part in record[1:]]
        texts[0] += [short for t in texts[0] if (short := joined(t)) != t]
        row = (n, record.entity, "\n".join(record.names), *("\n".join(t) for t in texts[1:]))
        db.execute("insert into sought values (?,?,?,?,?)", row)
        words = (" ".join(w for t in part for w in held(t)) for part in texts)
        db.execute(
            "insert into sought_words (rowid, names, titles, classes) values (?,?,?,?)",
            (n, *words),
        )
    # At once: the index of passages looks every record up.
    db.execute("create index sought_entity on sought (entity)")
    db.execute("create virtual table temp.terms using fts5vocab(main, sought_words, row)")
    db.execute("insert into word select term, doc from temp.terms order by term")
    db.execute("drop table temp.terms")
    rows = db.execute("select word from word where length(word) > 2 order by word").fetchall()
    for n, (word,) in enumerate(rows, 1):
        if not dense(word):
            db.execute("insert into spelt values (?,?)", (n, word))
            db.execute("insert into spelling (rowid, word) values (?,?)", (n, f"^{word}$"))


def _fewest(record: Sought) -> tuple[int, str]:
    """How many words the shortest name of a record has that is no id, and the id."""
    return min((n.count(" ") for n in record.names[:-1]), default=0), record.entity


class NameIndex:
    """Reads the index in a finished ledger."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._words: dict[str, list[str]] = {}
        self._all = int(db.execute("select max(n) from sought").fetchone()[0] or 0)

    def hits(self, text: str, *, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """The records that a text may mean, best first; near spellings only if nothing else fits.

        Without the words that many have, such as articles, a record comes after one that fits
        as well with them. `kinds` are the classes that count, all if none is given; a `limit`
        of 0 is none.
        """
        pool = max(_POOL, 4 * limit) if limit else 0
        key = joined(folded(text))
        telling = self._telling(key)
        ranked = self._hits(_Question(text), kinds, pool)
        if telling != key and (not ranked or ranked[0].tier > FOLDED):
            best = {hit.entity: hit for hit in ranked}
            for hit in self._hits(_Question(telling), kinds, pool, some=False):
                # One that fits so is a part of what was asked, however well it fits.
                held = best.get(hit.entity, hit)
                tier = max(hit.tier, PHRASE)
                if tier <= TITLE and (held is hit or tier < held.tier):
                    best[hit.entity] = hit._replace(tier=tier, whole=hit.tier <= FOLDED)
            if any(hit.tier <= TITLE for hit in best.values()):
                best = {k: hit for k, hit in best.items() if hit.tier <= TITLE}
            ranked = sorted(best.values(), key=lambda h: (not h.whole, not h.ofclass, h.tier))
        return ranked[: limit or None]

    def _hits(
        self, question: _Question, kinds: Sequence[str], pool: int, *, some: bool = True
    ) -> list[Hit]:
        groups = {word: self._meant(word) for word in asked(question.short)}
        found = self._together([[w] for w in asked(question.key)], kinds, pool)
        found |= self._together([*groups.values()], kinds, pool)
        ranked = question.ranked(found.values(), self._weight)
        if ranked or not some:
            return ranked
        known = [g for g in groups.values() if g]
        return question.ranked(self._any(known, kinds).values(), self._weight, some=True)

    def worded(self, text: str) -> list[str]:
        """The records whose names, titles and offices have every word of a text, one of them a name.

        Where there are some, those too that lack only words that many records have.
        """
        for key in dict.fromkeys((folded(text), joined(folded(text)))):
            if fits := self._worded(key):
                telling = self._telling(key)
                return [*dict.fromkeys(fits + (self._worded(telling) if telling != key else []))]
        return []

    def _worded(self, key: str) -> list[str]:
        words = {*key.split()}
        found = self._together([[w] for w in asked(key)], (), _POOL) if words else {}
        fits = []
        for record in found.values():
            names = {w for n in record.names for w in _words(n)}
            titles = {w for n in record.titles for w in _words(n)}
            if words & names and words <= names | titles:
                fits.append(record.entity)
        return fits

    def _telling(self, key: str) -> str:
        """The words of a key without those that tell much less than another one does."""
        weights = {word: self._weight(word) for word in key.split()}
        least = 0.4 * max(weights.values(), default=0.0)
        return " ".join(w for w in key.split() if weights[w] >= least)

    def _weight(self, word: str) -> float:
        """How much a word tells: the fewer records have it, the more."""
        from math import log

        row = self._db.execute("select records from word where word=?", (word,)).fetchone()
        return log(1 + self._all / (row[0] if row else 1))

    def _meant(self, word: str) -> list[str]:
        """The words of the index that a word may stand for: itself, what begins so, what holds it,
        what is spelt alike."""
        if word not in self._words:
            if len(self._words) > _KEPT:
                self._words.clear()
            self._words[word] = self._looked_up(word)
        return self._words[word]

    def _looked_up(self, word: str) -> list[str]:
        one = "select 1 from word where word=?"
        if self._db.execute(one, (word,)).fetchone():
            if len(word) > 1 or dense(word):
                # What begins so, too: a name begun is a name.
                return [word, *(w for w in self._begun(word, 20) if w != word)]
            return [word, *self._begun(word, 200)]
        if dense(word):
            return []
        return self._begun(word, 200) or self._holding(word) or self._alike(word)

    def _begun(self, word: str, limit: int) -> list[str]:
        query = (
            "select word from word where word >= ? and word < ? order by records desc, word limit ?"
        )
        return [r[0] for r in self._db.execute(query, (word, word + "\U0010ffff", limit))]

    def _holding(self, word: str) -> list[str]:
        grams = _grams(word)
        if not grams:
            return []
        rows = self._spelt(" AND ".join(grams), 200)
        return [w for w in rows if word in w]

    def _alike(self, word: str) -> list[str]:
        """Words spelt alike, by the measure of difflib, among those that share the most trigrams."""
        if len(word) < 3:
            return []
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, "", word)
        found = []
        for other in self._spelt(" OR ".join(_grams(f"^{word}$")), 400):
            if (score := ratio(matcher, other)) > 0:
                found.append((-score, other))
        return [other for _, other in sorted(found)[:12]]

    def _spelt(self, query: str, limit: int) -> list[str]:
        rows = self._db.execute(
            "select word from spelt where n in (select rowid from spelling where spelling match ? "
            "order by rank limit ?)",
            (query, limit),
        )
        return [r[0] for r in rows]

    def _together(
        self, groups: Sequence[Sequence[str]], kinds: Sequence[str], pool: int
    ) -> dict[str, Sought]:
        """The records that have a word of each group, so many at most, best first."""
        if not groups or not all(groups):
            return {}
        every = (" OR ".join(map(_quoted, dict.fromkeys(group))) for group in groups)
        return self._matching(" AND ".join(f"({g})" for g in every), kinds, pool)

    def _any(self, groups: Sequence[Sequence[str]], kinds: Sequence[str]) -> dict[str, Sought]:
        """The records that have one of the words that tell the most."""
        if not groups:
            return {}
        telling = sorted(groups, key=lambda g: -self._weight(g[0]))[:4]
        words = dict.fromkeys(w for g in telling for w in g)
        return self._matching(" OR ".join(map(_quoted, words)), kinds, _POOL)

    def _matching(self, query: str, kinds: Sequence[str], pool: int) -> dict[str, Sought]:
        some = (
            "select count(*) from (select 1 from sought_words where sought_words match ? limit ?)"
        )
        (many,) = self._db.execute(some, (query, _RANKED + 1)).fetchone()
        rank, order = "bm25(sought_words, 8, 2, 1)", "r, w.rowid"
        if many > _RANKED and pool:
            # To rank so many takes longer than anybody waits; those with few words come first.
            rank, order = "0", "w.rowid"
        of = ""
        if kinds:
            of = f"and e.kind in ({','.join('?' * len(kinds))})"
        joins = "join sought s on s.n=w.rowid join entity e on e.id=s.entity" if kinds else ""
        inner = (
            f"select w.rowid n, {rank} r from sought_words w {joins} "
            f"where sought_words match ? {of} order by {order} limit ?"
        )
        rows = self._db.execute(
            "select s.entity, s.names, s.titles, s.classes "
            f"from ({inner}) w join sought s on s.n=w.n order by w.r, s.n",
            (query, *kinds, pool or -1),
        )
        return {
            r[0]: Sought(r[0], *(tuple(t.split("\n")) if t else () for t in r[1:])) for r in rows
        }


class _Question:
    """What is asked, and how well a record fits it."""

    def __init__(self, text: str) -> None:
        self.key, self.exact = folded(text), exact(text)
        self.short = joined(self.key)
        self.groups: dict[str, list[str]] = {}
        self._alike: tuple[SequenceMatcher[str], ...] = ()

    def ranked(
        self, records: Iterable[Sought], weight: Callable[[str], float], *, some: bool = False
    ) -> list[Hit]:
        """The records that fit, best first; with `some`, also those with a part of the words."""
        words = {w: weight(w) for w in self.short.split()}
        whole = sum(words.values()) or 1.0
        rows = []
        for record in records:
            # The id, which is the last, is the name of what has no other that fits as well.
            *called, id_ = record.names
            tiers = ((self._tier(n), n is id_, len(n), n) for n in (*called, id_))
            tier, _, _, name = min(tiers)
            missing = 0.0
            if tier > INSIDE:
                held = {w for part in record[1:] for n in part for w in _words(n)}
                missing = sum(
                    value
                    for word, value in words.items()
                    if not any(h.startswith(word) for h in held)
                )
                if not missing:
                    tier = TITLE
                elif (score := self.alike(record.names))[0]:
                    tier, missing, name = NEAR, 1 - score[0], score[1]
                elif some and missing / whole <= 0.6:
                    tier, missing = SOME, missing / whole
                else:
                    continue
            share = max(_share(self.short, n) for n in record.names)
            rows.append(
                (self._rank(tier, record), tier, missing, -share, len(name), name, record.entity)
            )
        if any(r[1] < NEAR for r in rows):
            rows = [r for r in rows if r[1] < NEAR]
        return [Hit(r[1], *r[-2:], ofclass=r[0] == PHRASE) for r in sorted(rows)]

    def _rank(self, tier: int, record: Sought) -> int:
        """The order of a tier; what is of a class that the question names comes after whole names."""
        if tier <= FOLDED:
            return tier
        asked = f" {self.short} "
        named = any(f" {folded(label)} " in asked for label in record.classes)
        return PHRASE if named and tier <= TITLE else tier + 1

    def _tier(self, name: str) -> int:
        here = folded(name)
        for key, text in ((self.key, here), (self.short, joined(here))):
            if text == key:
                return EXACT if exact(name) == self.exact else FOLDED
        words = f" {joined(here)} "
        parts = self.short.split()
        if f" {self.short} " in words:
            return PHRASE
        if f" {self.short}" in words:
            return BEGINNING
        if parts and all(f" {part}" in words for part in parts):
            return WORDS
        return INSIDE if parts and all(part in words for part in parts) else SOME

    def alike(self, names: Sequence[str]) -> tuple[float, str]:
        """How alike the name that is most so is written, from 0.75 to 1, or 0."""
        if not self._alike:
            from difflib import SequenceMatcher

            texts = (self.key, *self.key.split())
            self._alike = tuple(SequenceMatcher(None, "", text) for text in texts)
        whole, *parts = self._alike
        best = (0.0, "")
        for name in names:
            here = folded(name)
            words = here.split()
            worst = min(
                (max((ratio(m, w) for w in words), default=0.0) for m in parts), default=0.0
            )
            best = max(best, (max(ratio(whole, here), worst), name))
        return best


def ratio(matcher: SequenceMatcher[str], text: str) -> float:
    """How alike two words are, from 0.75 to 1, or 0."""
    matcher.set_seq1(text)
    if matcher.real_quick_ratio() < 0.75 or matcher.quick_ratio() < 0.75:
        return 0.0
    found = float(matcher.ratio())
    return found if found >= 0.75 else 0.0


def _share(key: str, name: str) -> float:
    """Which part of a name's words a question has."""
    words = _words(name)
    return len({*key.split()} & words) / (len(words) or 1)


def _words(text: str) -> set[str]:
    here = folded(text)
    return {*here.split(), *joined(here).split()}


def _grams(word: str) -> list[str]:
    return [_quoted(word[i : i + 3]) for i in range(len(word) - 2)]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
