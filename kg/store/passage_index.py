"""The index of passages: where in the case some words stand.

A row for each attestation, with the words of its gloss, its quote, its place, and of the names
of all that it speaks of; and one for each record's description. It stands in the ledger's file.
"""

from __future__ import annotations

from kg.model.claims import named
from kg.text.names import folded
from kg.text.words import asked, dense, held

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

SCHEMA = """
create table passage (n integer primary key, said text, entity text);
create virtual table passage_words using fts5
    (text, place, names, content='', detail=column, tokenize='ascii');
"""


def fill(
    db: sqlite3.Connection,
    labels: Callable[[str], str],
    descriptions: Iterator[tuple[str, str]],
) -> None:
    """Write the index, once the names stand in theirs.

    `labels` gives what a relation or measure is called in all languages, `descriptions` are
    (entity, text). Cost: linear in the attestations and descriptions.
    """
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

    rows = db.execute(
        "select id, subject, relation, object, voice, document, gloss, quote, locator, value, unit "
        "from said order by id"
    ).fetchall
    n = 0
    for id_, subject, relation, object_, voice, document, *texts in rows():
        gloss, quote, locator, value, unit = texts
        names = (called(subject), read(relation), called(object_), called(voice), called(document))
        n += 1
        db.execute("insert into passage values (?,?,'')", (n, id_))
        db.execute(
            "insert into passage_words (rowid, text, place, names) values (?,?,?,?)",
            (n, _words(gloss, quote, value, unit), _words(locator), " ".join(names)),
        )
    for entity, text in descriptions:
        n += 1
        db.execute("insert into passage values (?,'',?)", (n, entity))
        db.execute(
            "insert into passage_words (rowid, text, place, names) values (?,?,'',?)",
            (n, _words(text), called(entity)),
        )


def _words(*texts: str) -> str:
    return " ".join(word for text in texts if text for word in held(folded(text)))


class PassageIndex:
    """Reads the index in a finished ledger."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def hits(self, text: str, *, some: bool = False) -> Iterator[tuple[str, str]]:
        """(attestation, "") or ("", entity) of what has all words, in any order, best first.

        With `some`, of what has one of them. A word of three letters stands for those that
        begin so, too. Cost: what has the words is ranked.
        """
        words = [_pattern(word) for word in asked(folded(text))]
        yield from self._db.execute(
            "select p.said, p.entity from (select rowid n, bm25(passage_words, 5, 2, 1) r "
            "from passage_words where passage_words match ? order by r, n) w "
            "join passage p on p.n=w.n order by w.r, p.n",
            ((" OR " if some else " AND ").join(words),),
        )


def _pattern(word: str) -> str:
    quoted = '"' + word.replace('"', '""') + '"'
    return quoted + "*" if len(word) > 2 and not dense(word) else quoted
