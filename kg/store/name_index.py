"""The index of names: which records a question in words may mean, best first.

It stands in the ledger's file and is filled when a graph is built: the words of the names, of the
titles and offices, and of the classes of each record, and every word with the number of records
that have it. What is asked is looked up there; `kg.store.name_match` compares the few found in full.
"""

from __future__ import annotations

from collections import Counter

from kg.store.name_match import (
    FOLDED,
    FORM,
    INSIDE,
    NEAR,
    PHRASE,
    TITLE,
    WITHIN,
    Hit,
    Question,
    Sought,
    closeness,
    is_after,
    once,
    ratio,
    reading,
    readings,
    spans,
    words_of,
)
from kg.text import demonyms, forms
from kg.text.names import folded
from kg.text.words import asked, dense, held, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

# The tokenizer `ascii` parts words at spaces alone, once ASCII punctuation is folded away.
SCHEMA = """
create table sought
    (n integer primary key, entity text, names text, titles text, classes text, forms text);
create virtual table sought_words using fts5
    (names, titles, classes, forms, content='', detail=column, tokenize='ascii');
create table word (word text primary key, records int) without rowid;
create virtual table spelling using fts5
    (word, content='', detail=none, tokenize='trigram case_sensitive 1');
create table spelt (n integer primary key, word text);
"""
# So many records are compared in full, of so many at most that are ranked first.
_POOL, _RANKED = 400, 20_000
# The numbers of records are so far apart: others find a place between them.
_APART = 1 << 20
_COLUMNS = "rowid, names, titles, classes, forms"
# Of an index without content what was entered has to be told to it.
_GONE = f"insert into sought_words (sought_words, {_COLUMNS}) values ('delete',?,?,?,?,?)"
# So many words of questions are remembered.
_KEPT = 1_000


def fill(db: sqlite3.Connection, records: Iterable[Sought]) -> None:
    """Write the index. Cost: linear in the names; a million of them take a minute.

    Records with few words come first: of what is too much to be ranked the first are taken.
    """
    for i, record in enumerate(sorted(records, key=_fewest), 1):
        _enter(db, i * _APART, record)
    # At once: the index of passages looks every record up.
    db.execute("create index sought_entity on sought (entity)")
    db.execute("create virtual table temp.terms using fts5vocab(main, sought_words, row)")
    db.execute("insert into word select term, doc from temp.terms order by term")
    db.execute("drop table temp.terms")
    # Slips are looked for in words that somebody wrote, not in other forms of them.
    db.execute("create virtual table temp.terms using fts5vocab(main, sought_words, col)")
    rows = db.execute(
        "select distinct term from temp.terms where col<>'forms' and length(term) > 2 order by term"
    ).fetchall()
    db.execute("drop table temp.terms")
    for n, (word,) in enumerate(rows, 1):
        if not dense(word):
            db.execute("insert into spelt values (?,?)", (n, word))
            db.execute("insert into spelling (rowid, word) values (?,?)", (n, f"^{word}$"))


def _enter(db: sqlite3.Connection, n: int, record: Sought) -> list[str]:
    """Put a record in; returns its words."""
    texts = [[folded(t) for t in part] for part in record[1:4]]
    texts.append(_forms(record.names[:-1], texts[0]))
    texts[0] += [short for t in texts[0] if (short := joined(t)) != t]
    row = (n, record.entity, "\n".join(record.names), *("\n".join(t) for t in texts[1:]))
    db.execute("insert into sought values (?,?,?,?,?,?)", row)
    words = [" ".join(w for t in part for w in held(t)) for part in texts]
    db.execute(f"insert into sought_words ({_COLUMNS}) values (?,?,?,?,?)", (n, *words))
    return words


def change(db: sqlite3.Connection, gone: Iterable[str], records: Iterable[Sought]) -> bool:
    """Take records out, and put others in; whether there is room between the numbers of the others.

    Cost: a look at every word where one is new, or is no more.
    """
    moved: Counter[str] = Counter()
    for entity in sorted({*gone}):
        n, old, _ = _entered(db, entity)
        db.execute(_GONE, (n, *old))
        db.execute("delete from sought where n=?", (n,))
        moved.subtract({w for part in old for w in part.split()})
    for n, record in _places(db, sorted(records, key=_fewest)):
        if not n:
            return False
        moved.update({w for part in _enter(db, n, record) for w in part.split()})
    _recount(db, moved)
    return True


def _places(db: sqlite3.Connection, records: Sequence[Sought]) -> Iterator[tuple[int, Sought]]:
    """Each of some records in their order with a number of its own; 0 where there is no room."""
    groups: dict[tuple[int, int], list[Sought]] = {}
    for record in records:
        groups.setdefault(_between(db, _fewest(record)), []).append(record)
    for (low, high), several in groups.items():
        for i, record in enumerate(several, 1):
            n = low + (high - low) * i // (len(several) + 1)
            yield n if high - low > len(several) else 0, record


def _between(db: sqlite3.Connection, key: tuple[int, str]) -> tuple[int, int]:
    """The numbers of the records before and after a place, by bisection."""
    (last,) = db.execute("select coalesce(max(n), 0) from sought").fetchone()
    low, high = 0, last + 2 * _APART
    one = "select n, entity, names from sought where n>? and n<? and n{}? order by n{} limit 1"
    while True:
        middle = (low + high) // 2
        row = db.execute(one.format(">=", ""), (low, high, middle)).fetchone()
        row = row or db.execute(one.format("<", " desc"), (low, high, middle)).fetchone()
        if not row:
            return low, high
        n, entity, names = row
        if _fewest(Sought(entity, (*names.split("\n"),), (), ())) < key:
            low = n
        else:
            high = n


def _entered(db: sqlite3.Connection, entity: str) -> tuple[int, list[str], str]:
    """The number of a record, its words as they were entered, and its titles."""
    one = "select n, names, titles, classes, forms from sought where entity=?"
    n, names, *others = db.execute(one, (entity,)).fetchone()
    own = [folded(name) for name in names.split("\n")]
    own += [short for t in own if (short := joined(t)) != t]
    parts = [own, *(text.split("\n") if text else [] for text in others)]
    return n, [" ".join(w for t in part for w in held(t)) for part in parts], others[0]


def retitle(db: sqlite3.Connection, entity: str, titles: Iterable[str]) -> None:
    """Give a record other titles. Cost: a look at every word where one is new, or is no more."""
    n, old, before = _entered(db, entity)
    fresh = [folded(title) for title in titles]
    if before == "\n".join(fresh):
        return
    new = [old[0], " ".join(w for t in fresh for w in held(t)), *old[2:]]
    db.execute(_GONE, (n, *old))
    db.execute(f"insert into sought_words ({_COLUMNS}) values (?,?,?,?,?)", (n, *new))
    db.execute("update sought set titles=? where n=?", ("\n".join(fresh), n))
    moved = Counter({w for part in new for w in part.split()})
    moved.subtract({w for part in old for w in part.split()})
    _recount(db, moved)


def _recount(db: sqlite3.Connection, moved: Counter[str]) -> None:
    """Have words in so many records more, or fewer; those of none are no words."""
    for word, more in sorted(moved.items()):
        if more:
            also = "on conflict (word) do update set records=records+excluded.records"
            db.execute(f"insert into word values (?,?) {also}", (word, more))
    db.execute("delete from word where records=0")
    for word in sorted(moved):
        _respell(db, word)


def _respell(db: sqlite3.Connection, word: str) -> None:
    """Have a word among those in which slips are looked for, if somebody wrote it."""
    written = "select 1 from sought_words where sought_words match ? limit 1"
    query = f"{{names titles classes}} : {_quoted(word)}"
    wanted = len(word) > 2 and not dense(word) and db.execute(written, (query,)).fetchone()
    row = db.execute("select n from spelt where word=?", (word,)).fetchone()
    if wanted and not row:
        (n,) = db.execute("select coalesce(max(n), 0) + 1 from spelt").fetchone()
        db.execute("insert into spelt values (?,?)", (n, word))
        db.execute("insert into spelling (rowid, word) values (?,?)", (n, f"^{word}$"))
    elif row and not wanted:
        gone = "insert into spelling (spelling, rowid, word) values ('delete',?,?)"
        db.execute(gone, (row[0], f"^{word}$"))
        db.execute("delete from spelt where n=?", row)


def _fewest(record: Sought) -> tuple[int, str]:
    """How many words the shortest name of a record has that is no id, and the id."""
    return min((n.count(" ") for n in record.names[:-1]), default=0), record.entity


def _forms(names: Sequence[str], folded_names: Sequence[str]) -> list[str]:
    """Other forms of names: initials, their words as one, and how another script is read."""
    found: dict[str, None] = {}
    for name, here in zip(names, folded_names, strict=False):
        found |= dict.fromkeys(forms.initials(name))
        for text in (here, *reading(name)):
            if whole := forms.glued(text):
                found[whole] = None
            if text is not here:
                found[text] = None
    return [form for form in found if form not in folded_names]


class NameIndex:
    """Reads the index in a finished ledger."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._words: dict[str, list[str]] = {}
        counted = "select sum(number) from counted where what='class'"
        self._all = int(db.execute(counted).fetchone()[0] or 0)

    def hits(self, text: str, *, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """The records that a text may mean, best first; near spellings only if nothing else fits.

        Titles that go with any name do not count, a country's adjective stands for its name;
        where nothing has all that is asked, what is named within it is found. `kinds` are the
        classes that count, all if none is given; a `limit` of 0 is none.
        """
        pool = max(_POOL, 4 * limit) if limit else 0
        ranked = self._of(text, kinds, pool)
        if not ranked or ranked[0].tier > FORM:
            bare = forms.bare(text)
            if bare != text:
                ranked = self._of(bare, kinds, pool) or ranked
            ranked = self._at_home(folded(bare), ranked, kinds, pool)
            if not ranked:
                ranked = once(
                    hit._replace(tier=max(hit.tier, NEAR))
                    for read, least in readings(bare)
                    for hit in self._of(read, kinds, pool)
                    if hit.tier <= least
                )
            if not ranked or ranked[0].tier >= NEAR:
                ranked = once(sorted([*self._within(bare, kinds), *ranked], key=closeness))
        return ranked[: limit or None]

    def _at_home(self, key: str, ranked: list[Hit], kinds: Sequence[str], pool: int) -> list[Hit]:
        """The same with what the name of a country finds in place of the word for what is of it.

        What that names whole comes first: the Government of Italy for “Italian government”.
        """
        whole: list[Hit] = []
        part: list[Hit] = []
        for home in demonyms.at_home(key):
            for hit in self._of(home, kinds, pool):
                if hit.tier <= TITLE:
                    name = forms.telling(folded(hit.matched))
                    same = hit.tier <= FORM or name == forms.telling(home)
                    told = hit._replace(tier=max(hit.tier, PHRASE))
                    (whole if same else part).append(told)
        if not (whole or part):
            return ranked
        rest = sorted([*ranked, *part], key=lambda hit: hit.tier if hit.tier > INSIDE else 0)
        return once([*whole, *rest])

    def _within(self, text: str, kinds: Sequence[str]) -> list[Hit]:
        """The records whose whole name is a part of a text, what the rest is about last.

        What is a whole phrase comes first, then what no preposition joins to it: of “Ann Lee,
        director of Acme” Ann Lee, of “the paper of Ann Lee” the paper; else the last one, since
        titles stand before a name.
        """
        held = spans(text)
        marks = ",".join("?" * len(held))
        found: dict[str, tuple[tuple[bool, bool, int, int], Hit]] = {}
        some = f"and e.kind in ({','.join('?' * len(kinds))})" if kinds else ""
        rows = self._db.execute(
            "select n.folded, n.entity, e.name from name n join entity e on e.id=n.entity "
            f"where n.folded in ({marks}) {some} order by n.folded, n.entity",
            (*held, *kinds),
        )
        for key, entity, name in rows:
            hit = (held[key], Hit(WITHIN, name, entity))
            found[entity] = min(found.get(entity, hit), hit)
        return [hit for _, hit in sorted(found.values())]

    def _of(self, text: str, kinds: Sequence[str], pool: int) -> list[Hit]:
        """The records that a text may mean as it stands.

        Without the words that many have, such as articles, a record comes after one that fits
        as well with them.
        """
        key = joined(folded(text))
        telling = self._telling(key)
        ranked = self._hits(Question(text), kinds, pool)
        if telling != key and (not ranked or ranked[0].tier > FORM):
            best = {hit.entity: hit for hit in ranked}
            for hit in self._hits(Question(telling), kinds, pool, some=False):
                # One that fits so is a part of what was asked, however well it fits.
                held = best.get(hit.entity, hit)
                tier = max(hit.tier, PHRASE)
                if tier <= TITLE and (held is hit or tier < held.tier):
                    best[hit.entity] = hit._replace(tier=tier, whole=hit.tier <= FOLDED)
            if any(hit.tier <= TITLE for hit in best.values()):
                best = {k: hit for k, hit in best.items() if hit.tier <= TITLE}
            ranked = sorted(best.values(), key=lambda h: (not h.whole, not h.ofclass, h.tier))
        return ranked

    def _hits(
        self, question: Question, kinds: Sequence[str], pool: int, *, some: bool = True
    ) -> list[Hit]:
        groups = {word: self._meant(word) for word in asked(question.short)}
        found = self._together([[w] for w in asked(question.key)], kinds, pool)
        found |= self._together([*groups.values()], kinds, pool)
        found |= self._any([[form] for form in question.forms], kinds)
        ranked = question.ranked(found.values(), self._weight)
        if ranked or not some:
            return ranked
        known = [g for g in groups.values() if g]
        return question.ranked(self._any(known, kinds).values(), self._weight, some=True)

    def sought(self, entity: str) -> Sought:
        """All that a record is found by, its names as written; of one that is not indexed nothing."""
        row = self._db.execute(
            "select names, titles, classes, forms from sought where entity=?", (entity,)
        ).fetchone()
        return Sought(entity, *(tuple(t.split("\n")) if t else () for t in row or ("",) * 4))

    def named_after(self, text: str) -> list[str]:
        """The records with a name that begins with a text and goes on, or is something of it."""
        key = folded(text)
        found = self._together([[w] for w in asked(key)], (), _POOL) if key else {}
        return [
            record.entity
            for record in found.values()
            if any(is_after(folded(name), key) for name in record.names)
        ]

    def worded(self, text: str) -> list[str]:
        """The records whose names, titles and offices have every word of a text, one of them a name.

        Where there are some, those too that lack only words that many records have.
        """
        bare = folded(forms.bare(text))
        for key in dict.fromkeys(
            (folded(text), joined(folded(text)), bare, *demonyms.at_home(bare))
        ):
            if fits := self._worded(key):
                telling = self._telling(key)
                return [*dict.fromkeys(fits + (self._worded(telling) if telling != key else []))]
        return []

    def _worded(self, key: str) -> list[str]:
        words = {*key.split()}
        found = self._together([[w] for w in asked(key)], (), _POOL) if words else {}
        fits = []
        for record in found.values():
            names = {w for n in record.names for w in words_of(n)}
            titles = {w for n in record.titles for w in words_of(n)}
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
            "select s.word from spelling f join spelt s on s.n=f.rowid where f.spelling match ? "
            "order by f.rank, s.word limit ?",
            (query, limit),
        )
        return sorted(r[0] for r in rows)

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
        rank, order = "bm25(sought_words, 8, 2, 1, 2)", "r, w.rowid"
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
            "select s.entity, s.names, s.titles, s.classes, s.forms "
            f"from ({inner}) w join sought s on s.n=w.n order by w.r, s.n",
            (query, *kinds, pool or -1),
        )
        return {
            r[0]: Sought(r[0], *(tuple(t.split("\n")) if t else () for t in r[1:])) for r in rows
        }


def _grams(word: str) -> list[str]:
    return [_quoted(word[i : i + 3]) for i in range(len(word) - 2)]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
