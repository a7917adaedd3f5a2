"""The index of names: which records a question in words may mean, best first.

It stands in the ledger's file, as `kg.store.name_entries` filled it. What is asked is looked up
there; `kg.store.name_match` compares the few found in full.
"""

from __future__ import annotations

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
    readings,
    spans,
    words_of,
)
from kg.text import demonyms, forms
from kg.text.names import folded
from kg.text.words import asked, dense, joined, quoted, syllables

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# So many records are compared in full, of so many at most that are ranked first.
_POOL, _RANKED = 400, 20_000
# So many words of questions are remembered.
_KEPT = 1_000


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
                more = self._begun(word, 20) + (self._holding(word) if syllables(word) else [])
                return [word, *(w for w in dict.fromkeys(more) if w != word)]
            return [word, *self._begun(word, 200)]
        if dense(word):
            return []
        begun = self._begun(word, 200)
        if syllables(word):
            # A Korean given name stands behind the family's, with no space between them.
            begun += [w for w in self._holding(word) if w not in begun]
        return begun or self._holding(word) or self._alike(word)

    def _begun(self, word: str, limit: int) -> list[str]:
        query = (
            "select word from word where word >= ? and word < ? order by records desc, word limit ?"
        )
        return [r[0] for r in self._db.execute(query, (word, word + "\U0010ffff", limit))]

    def _holding(self, word: str) -> list[str]:
        grams = _grams(word)
        if not grams and syllables(word):
            query = "select word from word where instr(word, ?) order by records desc, word limit ?"
            return [r[0] for r in self._db.execute(query, (word, 200))]
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
        every = (" OR ".join(map(quoted, dict.fromkeys(group))) for group in groups)
        return self._matching(" AND ".join(f"({g})" for g in every), kinds, pool)

    def _any(self, groups: Sequence[Sequence[str]], kinds: Sequence[str]) -> dict[str, Sought]:
        """The records that have one of the words that tell the most."""
        if not groups:
            return {}
        telling = sorted(groups, key=lambda g: -self._weight(g[0]))[:4]
        words = dict.fromkeys(w for g in telling for w in g)
        return self._matching(" OR ".join(map(quoted, words)), kinds, _POOL)

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
    return [quoted(word[i : i + 3]) for i in range(len(word) - 2)]
