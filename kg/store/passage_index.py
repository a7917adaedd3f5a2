"""The index of passages: where in the case some words stand.

A row for each attestation, with the words of its gloss, its quote, its place, and of the names
of all that it speaks of; and one for each record's description. It stands in the ledger's file.
"""

from __future__ import annotations

from kg.model.claims import named
from kg.text.names import folded
from kg.text.words import asked, dense, held, quoted, syllables

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

SCHEMA = """
create table passage (n integer primary key, said text, entity text);
create virtual table passage_words using fts5
    (text, place, names, content='', detail=column, tokenize='ascii');
"""
_ENTRIES = "select said, n from passage"
# So many rows are entered at once.
_AT_ONCE = 1_000
_HELD = 32 << 20
_ROWS = (
    "select id, subject, relation, object, voice, document, gloss, quote, locator, value, unit "
    "from said"
)


def fill(
    db: sqlite3.Connection,
    labels: Callable[[str], str],
    descriptions: Iterator[tuple[str, str]],
) -> None:
    """Write the index, once the names stand in theirs.

    `labels` gives what a relation or measure is called in all languages, `descriptions` are
    (entity, text). Cost: linear in the attestations and descriptions.
    """
    worded = _Worded(db, labels)
    n = 0
    # So much is gathered before it is written as a piece; the pieces are joined again and again.
    db.execute("insert into passage_words (passage_words, rank) values ('hashsize', ?)", (_HELD,))
    rows = db.execute(f"{_ROWS} order by id")
    while some := rows.fetchmany(_AT_ONCE):
        _enter(db, [(i, row[0], worded.of(row)) for i, row in enumerate(some, n + 1)])
        n += len(some)
    for entity, text in descriptions:
        n += 1
        _describe(db, n, entity, (_words(text), "", worded.called(entity)))


def drop(db: sqlite3.Connection, marks: Sequence[str], labels: Callable[[str], str]) -> None:
    """Take attestations out that are still held. Cost: one look at every entry."""
    worded = _Worded(db, labels)
    entries = {row[0]: row[1] for row in _some(db, f"{_ENTRIES} where said in", marks)}
    for row in _some(db, f"{_ROWS} where id in", marks):
        _forget(db, entries[row[0]], worded.of(row))


def add(db: sqlite3.Connection, marks: Sequence[str], labels: Callable[[str], str]) -> None:
    """Put attestations in that are held by now."""
    worded = _Worded(db, labels)
    (n,) = db.execute("select coalesce(max(n), 0) from passage").fetchone()
    rows = _some(db, f"{_ROWS} where id in", marks)
    _enter(db, [(i, row[0], worded.of(row)) for i, row in enumerate(rows, n + 1)])


def drop_described(
    db: sqlite3.Connection, described: Mapping[str, str], labels: Callable[[str], str]
) -> None:
    """Take the descriptions of records out, by record, while their names stand in the other index."""
    worded = _Worded(db, labels)
    one = "select entity, n from passage where entity in"
    for entity, n in _some(db, one, [*described]):
        _forget(db, n, (_words(described[entity]), "", worded.called(entity)))


def describe(
    db: sqlite3.Connection, described: Mapping[str, str], labels: Callable[[str], str]
) -> None:
    """Put descriptions of records in, by record."""
    worded = _Worded(db, labels)
    (n,) = db.execute("select coalesce(max(n), 0) from passage").fetchone()
    for entity, text in described.items():
        n += 1
        _describe(db, n, entity, (_words(text), "", worded.called(entity)))


def naming(db: sqlite3.Connection, entities: Sequence[str]) -> set[str]:
    """The attestations that some records are an end, the voice or the document of."""
    found: set[str] = set()
    for column in ("subject", "object"):
        one = f"select s.id from claim c join said s on s.claim=c.id where c.{column} in"
        found |= {row[0] for row in _some(db, one, entities)}
    for column in ("voice", "document"):
        found |= {row[0] for row in _some(db, f"select id from said where {column} in", entities)}
    return found


def _some(db: sqlite3.Connection, one: str, values: Sequence[str]) -> Iterator[Sequence[Any]]:
    for i in range(0, len(values), 500):
        part = values[i : i + 500]
        yield from db.execute(f"{one} ({','.join('?' * len(part))})", part).fetchall()


def _forget(db: sqlite3.Connection, n: int, words: tuple[str, str, str]) -> None:
    # Of an index without content what was entered has to be told to it.
    db.execute(
        "insert into passage_words (passage_words, rowid, text, place, names) "
        "values ('delete',?,?,?,?)",
        (n, *words),
    )
    db.execute("delete from passage where n=?", (n,))


def _describe(db: sqlite3.Connection, n: int, entity: str, words: tuple[str, str, str]) -> None:
    db.execute("insert into passage values (?,'',?)", (n, entity))
    db.execute(
        "insert into passage_words (rowid, text, place, names) values (?,?,?,?)", (n, *words)
    )


def _enter(db: sqlite3.Connection, rows: list[tuple[int, str, tuple[str, str, str]]]) -> None:
    db.executemany("insert into passage values (?,?,'')", ((n, mark) for n, mark, _ in rows))
    db.executemany(
        "insert into passage_words (rowid, text, place, names) values (?,?,?,?)",
        ((n, *words) for n, _, words in rows),
    )


class _Worded:
    """The words of an attestation: those that it has itself, and the names of what it is about."""

    def __init__(self, db: sqlite3.Connection, labels: Callable[[str], str]) -> None:
        from functools import lru_cache

        @lru_cache(20_000)
        def called(entity: str) -> str:
            if name := named(entity)[1]:
                return _words(name)
            row = db.execute("select names from sought where entity=?", (entity,)).fetchone()
            return _words(*row[0].split("\n")) if row else ""

        @lru_cache(1_000)
        def read(relation: str) -> str:
            return _words(labels(relation))

        self.called, self._read = called, read
        self._placed = lru_cache(20_000)(_words)

    def of(self, row: Sequence[str]) -> tuple[str, str, str]:
        """What its passage, its place and its names are found by."""
        _, subject, relation, object_, voice, document, *texts = row
        gloss, quote, locator, value, unit = texts
        ends = (self.called(subject), self._read(relation), self.called(object_))
        names = (*ends, self.called(voice), self.called(document))
        return _words(gloss, quote, value, unit), self._placed(locator), " ".join(names)


def _words(*texts: str) -> str:
    return " ".join(word for text in texts if text for word in held(folded(text)))


class PassageIndex:
    """Reads the index in a finished ledger."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def hits(self, text: str, *, some: bool = False) -> Iterator[tuple[str, str]]:
        """(attestation, "") or ("", entity) of what has all words, in any order, best first.

        With `some`, of what has one of them. A word of three letters, or of two syllables of Korean, stands for
        those that begin so, too. Cost: what has the words is ranked.
        """
        words = [_pattern(word) for word in asked(folded(text))]
        yield from self._db.execute(
            "select p.said, p.entity from (select rowid n, bm25(passage_words, 5, 2, 1) r "
            "from passage_words where passage_words match ? order by r, n) w "
            "join passage p on p.n=w.n order by w.r, p.entity, p.said",
            ((" OR " if some else " AND ").join(words),),
        )


def _pattern(word: str) -> str:
    # In Korean a particle follows a word with no space, of one syllable or two mostly.
    begun = len(word) > (1 if syllables(word) else 2) and not dense(word)
    return quoted(word) + "*" if begun else quoted(word)
