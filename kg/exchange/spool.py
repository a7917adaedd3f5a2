"""What a source gives, laid down as it comes: a file of things and claims, to be read in order.

A source names things before and after it describes them, and some it never describes. So
everything is first written down here, each thing once under its key, and read when all is known.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.case.slugs import slug

# Things that are known without a look at the file.
_REMEMBERED = 200_000
# What comes of a full disk.
NoRoom = sqlite3.OperationalError

_TABLES = """
CREATE TABLE thing (
  n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, slug TEXT NOT NULL, kind TEXT NOT NULL DEFAULT '',
  told TEXT NOT NULL DEFAULT '', named INTEGER NOT NULL DEFAULT 0, held INTEGER NOT NULL DEFAULT 0, id TEXT
);
CREATE TABLE claim (
  n INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, subject INTEGER NOT NULL, relation TEXT NOT NULL,
  object INTEGER NOT NULL, ledger INTEGER NOT NULL, told TEXT NOT NULL
);
"""


class Spool:
    """Things by key and claims by content, on disk. Cost: one look-up a thing that is named."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            f"PRAGMA temp_store = FILE; BEGIN; {_TABLES}"
        )
        self._numbers: dict[str, int] = {}
        self._named: set[int] = set()
        self._holds = False

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def number(self, key: str, called: str) -> int:
        """The number of a thing, which need not have been described yet; its id is made of `called`."""
        if (known := self._numbers.get(key)) is not None:
            return known
        found = self._db.execute("SELECT n FROM thing WHERE key = ?", (key,)).fetchone()
        if not found:
            put = "INSERT INTO thing (key, slug) VALUES (?, ?) RETURNING n"
            found = self._db.execute(put, (key, slug(called))).fetchone()
        if len(self._numbers) > _REMEMBERED:
            self._numbers.clear()
        number: int = found[0]
        self._numbers[key] = number
        return number

    def call(self, number: int, called: str) -> None:
        """Make the id of a thing of another slug than that of its first mention."""
        self._db.execute(
            "UPDATE thing SET slug = ? WHERE n = ? AND held = 0", (slug(called), number)
        )

    def described(self, number: int) -> tuple[str, dict[str, Any]]:
        """The class of a thing and what is told of it; empty if it was only named so far."""
        row = self._db.execute("SELECT kind, told FROM thing WHERE n = ?", (number,)).fetchone()
        return row[0], json.loads(row[1]) if row[1] else {}

    def describe(self, number: int, kind: str, told: Mapping[str, Any]) -> None:
        """Keep what is told of a thing."""
        text = json.dumps(told, ensure_ascii=False)
        self._db.execute("UPDATE thing SET kind = ?, told = ? WHERE n = ?", (kind, text, number))

    def hold(self, key: str, id: str) -> None:
        """Note that a thing is a record already, with this id: it is not written again."""
        self._holds = True
        put = "INSERT INTO thing (key, slug, id, held) VALUES (?, '', ?, 1)"
        self._db.execute(f"{put} ON CONFLICT (key) DO NOTHING", (key, id))

    def held(self, number: int) -> bool:
        """Whether a thing is a record already."""
        if not self._holds:
            return False
        row = self._db.execute("SELECT held FROM thing WHERE n = ?", (number,)).fetchone()
        return bool(row[0])

    def named(self, number: int) -> None:
        """Note that a claim or a cell names a thing."""
        if number in self._named:
            return
        if len(self._named) > _REMEMBERED:
            self._named.clear()
        self._named.add(number)
        self._db.execute("UPDATE thing SET named = 1 WHERE n = ? AND named = 0", (number,))

    def claim(
        self, subject: int, relation: str, object: int, table: int, told: Mapping[str, Any]
    ) -> bool:
        """Keep an attestation, for one of the tables of the ledger; False if the very same is there already."""
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        content = f"{subject}\x1f{relation}\x1f{object}\x1f{table}\x1f{text}"
        digest = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        put = (
            "INSERT INTO claim (digest, subject, relation, object, ledger, told) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING"
        )
        row = (digest, subject, relation, object, table, text)
        return self._db.execute(put, row).rowcount > 0

    def undescribed(self) -> list[str]:
        """The key of every thing that is named and that nothing describes."""
        rows = "SELECT key FROM thing WHERE kind = '' AND held = 0 AND named = 1 ORDER BY key"
        return [key for (key,) in self._db.execute(rows)]

    def give_ids(self, taken: set[str]) -> None:
        """An id to every thing: its slug where no other has it, else the slug and a hash of its key.

        So an id depends on the key and on who shares its slug, not on the order of the source.
        `taken` are the ids that are not free.
        """
        self._db.execute("CREATE INDEX by_slug ON thing (slug)")
        self._db.execute(
            "UPDATE thing SET id = slug WHERE held = 0 AND slug <> '' AND NOT EXISTS ("
            "SELECT 1 FROM thing o WHERE o.slug = thing.slug AND o.n <> thing.n)"
        )
        free = "SELECT n, id FROM thing WHERE held = 0 AND id IS NOT NULL"
        clash = [n for n, id in self._db.execute(free) if id in taken]
        self._db.executemany("UPDATE thing SET id = NULL WHERE n = ?", [(n,) for n in clash])
        for n, key, made in self._db.execute(
            "SELECT n, key, slug FROM thing WHERE id IS NULL ORDER BY key"
        ).fetchall():
            self._db.execute("UPDATE thing SET id = ? WHERE n = ?", (hashed(made, key), n))
        self._db.execute("CREATE UNIQUE INDEX by_id ON thing (id) WHERE held = 0")

    def id(self, number: int) -> str:
        """The id of a thing, once they are given."""
        row = self._db.execute("SELECT id FROM thing WHERE n = ?", (number,)).fetchone()
        found: str = row[0]
        return found

    def kinds(self) -> dict[str, int]:
        """How many new things there are of each class."""
        rows = "SELECT kind, count(*) FROM thing WHERE kind <> '' AND held = 0 GROUP BY kind"
        return dict(self._db.execute(rows))

    def things(self, kinds: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Id, class and what is told of every new thing of some classes, by id."""
        marks = ", ".join("?" * len(kinds))
        rows = f"SELECT id, kind, told FROM thing WHERE kind IN ({marks}) AND held = 0 ORDER BY id"
        for id, kind, told in self._db.execute(rows, kinds):
            yield id, kind, json.loads(told)

    def claims(self, table: int) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Subject, relation, object (ids; an empty one if a figure has no scope) and the rest, in order."""
        rows = self._db.execute(
            "SELECT s.id, c.relation, coalesce(o.id, ''), c.told FROM claim c "
            "JOIN thing s ON s.n = c.subject LEFT JOIN thing o ON o.n = c.object "
            "WHERE c.ledger = ? ORDER BY c.n",
            (table,),
        )
        for subject, relation, object, told in rows:
            yield subject, relation, object, json.loads(told)


def hashed(slug: str, key: str) -> str:
    """An id made of a slug and a hash of the key that it is not the only one for.

    >>> hashed("foo-ltd", "name/Foo Ltd"), hashed("", "x")
    ('foo-ltd-60c0da0654', 'r-ce2d142464')
    """
    mark = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{slug or 'r'}-{mark}"
