"""What a case knew of its entities, kept beside its graph: some rows can be checked against it.

A small SQLite file, asked only for what those rows name.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import Generic, TypeVar

from kg.case import names
from kg.case.ids import JUDGEMENT, Judgement, Register, merged
from kg.model import dates
from kg.store.graph import JUDGEMENTS, WITHHELD

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path

    from kg.case.source import Rows
    from kg.model.ontology import Ontology

NAME = "known.sqlite"
V = TypeVar("V")
_SCHEMA = """
create table record (id text primary key, kind text) without rowid;
create table called (name text, id text, primary key (name, id)) without rowid;
create table document (id text primary key, voice text, printed text, changed text) without rowid;
"""


def write(path: str | os.PathLike[str], known: Register) -> None:
    """Write down what is known. Cost: linear in the names."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(f"pragma journal_mode=off; pragma synchronous=off; {_SCHEMA} begin;")
    db.executemany("insert into record values (?,?)", sorted(known.kinds.items()))
    called = {(name, own) for name, owners in known.names.ids.items() for own in owners}
    db.executemany("insert into called values (?,?)", sorted(called))
    documents = (
        (name, voice, printed.text, known.changed.get(name, ""))
        for name, (voice, printed) in sorted(known.documents.items())
    )
    db.executemany("insert into document values (?,?,?,?)", documents)
    db.execute("commit")
    db.close()


def whole(
    path: str,
) -> tuple[dict[str, str], dict[str, set[str]], dict[str, tuple[str, str, str]]]:
    """All that was known: the classes of records, the records of names, and voice, day of print and
    last day of documents. Cost: linear in the names."""
    db = sqlite3.connect(f"file:{_address(path)}?mode=ro&immutable=1", uri=True)
    kinds: dict[str, str] = dict(db.execute("select id, kind from record"))
    called: dict[str, set[str]] = {}
    for name, own in db.execute("select name, id from called"):
        called.setdefault(name, set()).add(own)
    printed = {
        name: (voice, day, last) for name, voice, day, last in db.execute("select * from document")
    }
    db.close()
    return kinds, called, printed


def keep(folder: Path, rows: Rows) -> None:
    """Write down what editors decided: nothing of it is in a ledger."""
    judged = [asdict(judgement) for judgement in rows.judgements]
    text = json.dumps(judged, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / JUDGEMENTS).write_text(text + "\n", encoding="utf-8")
    if rows.withheld:
        kept = [asdict(withheld) for withheld in rows.withheld]
        text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / WITHHELD).write_text(text + "\n", encoding="utf-8")


def read(path: str, terms: Ontology, judgements: str | os.PathLike[str]) -> Register:
    """What was known, looked up when it is asked for; `judgements` is the file that has them.

    Of the records' names only the ids are known, and of no record its row.
    """
    tables = _Tables(path)
    with open(judgements, encoding="utf-8") as file:
        judged = [Judgement(*(entry[k] for k in JUDGEMENT)) for entry in json.load(file)]
    known = Register(terms)
    known.judgements = judged
    known.misprints = {j.left for j in judged if j.kind == "misprint"}
    known.merged = merged((j.left, j.right) for j in judged if j.kind == "same")

    def kind(name: str) -> str | None:
        row = tables.db.execute("select kind from record where id=?", (name,)).fetchone()
        return str(row[0]) if row else None

    def owners(name: str) -> tuple[str, ...] | None:
        rows = tables.db.execute("select id from called where name=?", (name,)).fetchall()
        return tuple(str(row[0]) for row in rows) or None

    printed: dict[str, tuple[str, str]] = {}
    for name, voice, day, changed in tables.db.execute("select * from document"):
        printed[name] = voice, day
        known.changed[name] = changed

    def document(name: str) -> tuple[str, dates.Span] | None:
        if name not in printed:
            return None
        voice, day = printed[name]
        return voice, dates.parse(day)

    known.kinds = _Looked(kind)
    known.names = names.Names(_Looked(owners))
    known.documents = _Looked(document)
    return known


class _Tables:
    """The file, open as long as somebody may look something up in it."""

    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(f"file:{_address(path)}?mode=ro&immutable=1", uri=True)

    def __del__(self) -> None:
        # There is none if it could not be opened.
        if db := getattr(self, "db", None):
            db.close()


class _Looked(dict[str, V], Generic[V]):
    """A table of which an entry is looked up when it is first asked for."""

    def __init__(self, look: Callable[[str], V | None]) -> None:
        super().__init__()
        self._look = look
        self._none: set[str] = set()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __missing__(self, key: str) -> V:
        if (found := self.get(key)) is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: V | None = None) -> V | None:  # type: ignore[override]
        if not super().__contains__(key) and key not in self._none:
            found = self._look(key)
            if found is None:
                self._none.add(key)
            else:
                self[key] = found
        return super().get(key, default)


def _address(path: str) -> str:
    for mark in "%?#":
        path = path.replace(mark, f"%{ord(mark):02x}")
    return path
