"""Names that begin so, for a shell to complete: a look into the ledger that loads next to nothing."""

from __future__ import annotations

import os
import sqlite3

from kg.text.names import exact, folded
from kg.text.words import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.graph import Graph

_MARKS = "\x1d\x1e\x1f"
_LAST = "\U0010ffff"


def begun(
    graph: Graph, text: str, kinds: Iterable[str] = (), limit: int = 100
) -> list[tuple[str, str, str]]:
    """(name, id, class) of what has a name or id that begins so, by name; then of what has all its
    words, the last one begun. A name that several have is told by their ids.

    `kinds` are the classes that count, all if none is given. Cost: two looks into indexes.
    Raises BadGraph for a graph that is damaged.
    """
    path = os.path.abspath(graph.part("ledger.sqlite"))
    for mark in "%?#":
        path = path.replace(mark, f"%{ord(mark):02x}")
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        found = list(_begun(db, text, tuple(kinds), limit))
    finally:
        db.close()
    owners: dict[str, set[str]] = {}
    for name, id_, _ in found:
        owners.setdefault(exact(name), set()).add(id_)
    return [
        (name if len(owners[exact(name)]) == 1 else id_, id_, kind)
        for name, id_, kind in found[:limit]
    ]


def _begun(
    db: sqlite3.Connection, text: str, kinds: tuple[str, ...], limit: int
) -> Iterator[tuple[str, str, str]]:
    marks = ",".join("?" * len(kinds))
    some = f"and e.kind in ({marks}) " if kinds else ""
    if not text.strip() or not (key := folded(text)):
        every = f"where kind in ({marks}) " if kinds else ""
        yield from db.execute(
            f"select name, id, kind from entity {every}order by id limit ?", (*kinds, limit)
        )
        return
    rows = db.execute(
        "select n.folded, e.id, e.name, e.kind, e.rest from name n join entity e on e.id=n.entity "
        f"where n.folded>=? and n.folded<? {some}order by n.folded, e.id limit ?",
        (key, key + _LAST, *kinds, limit),
    )
    held = set()
    for folded_, id_, name, kind, rest in rows:
        held.add(id_)
        texts = (t for t in (name, *_texts(rest)) if folded_ in (folded(t), joined(folded(t))))
        yield next(texts, id_), id_, kind
    words = " AND ".join(f'"{w}"' for w in key.split()) + "*"
    if len(held) < limit and '""' not in words:
        rows = db.execute(
            "select e.name, e.id, e.kind from sought_words w join sought s on s.n=w.rowid "
            f"join entity e on e.id=s.entity where sought_words match ? {some}"
            "order by w.rowid limit ?",
            (f"names : ({words})", *kinds, limit),
        )
        yield from (row for row in rows if row[1] not in held)


def _texts(rest: str) -> list[str]:
    """All that stands in a record's packed cells."""
    for mark in _MARKS[1:]:
        rest = rest.replace(mark, _MARKS[0])
    return rest.split(_MARKS[0])
