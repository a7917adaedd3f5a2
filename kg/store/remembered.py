"""What a build remembers of its rows for the next one: `rows.bin`, `warnings.json`, `known.sqlite`.

Of each line of the tables that are read row by row its digest, its attestation and what is known of
it; every warning in the order in which it came; the classes that relations join; what was
known of the entities. Nothing but a build reads them.
"""

from __future__ import annotations

import json
import os
from array import array
from collections import Counter
from dataclasses import dataclass, field

from kg.case import lines as line_prints
from kg.case.kept import ID, Kept, Lines, Told, found
from kg.case.lines import Prints
from kg.model.problems import Problem
from kg.store import arrays

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.store.arrays import Code
    from kg.store.graph import Graph

ROWS, WARNINGS = "rows.bin", "warnings.json"
_MAGIC = b"KGR2"
_DIGEST = 16
# Of a problem what a warning has: all but its row, and that it is one.
_FIELDS = ("file", "column", "found", "expected", "hint", "unit", "kind")


class Whole(Exception):
    """All has to be built; says why, or nothing where the tables hold errors, which are told then."""


@dataclass
class Table:
    """The lines of a table: their digests, and the rows that stand in them."""

    prints: Prints
    rows: Lines


@dataclass
class Remembered:
    """What is remembered of the tables that are read row by row, by stem, and of the case as a whole.

    `pairs` counts the pairs of classes that each relation joins, `single` has the attestation of
    those that it joins once. `elsewhere` are the attestations of rows of other tables of the ledger,
    `own` those of the records' own rows. `steps` counts the builds since all was built, `changes` the rows that
    they changed.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    pairs: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    single: dict[tuple[str, str, str], str] = field(default_factory=dict)
    elsewhere: bytes = b""
    own: bytes = b""
    twice: frozenset[str] = frozenset()
    steps: int = 0
    changes: int = 0

    def mark(self, stem: str, line: int) -> str:
        """The attestation that stands in a line of a table."""
        return self.tables[stem].rows.ids[line * ID : (line + 1) * ID].hex()

    def place(self, mark: str) -> tuple[str, int] | None:
        """The table and the line in which an attestation stands, if in one of these tables."""
        for stem, table in self.tables.items():
            for place in found(table.rows.ids, mark):
                return stem, place
        return None


def of(kept: Kept, told: Told, tables: Mapping[str, Path]) -> Remembered | None:
    """What one reading of all tables leaves; nothing where a table's rows are no lines."""
    made = Remembered(told=told, twice=frozenset(kept.twice))
    made.elsewhere, made.own = bytes(kept.elsewhere), bytes(kept.own)
    for stem, path in tables.items():
        rows = kept.lines.get(stem, Lines())
        prints = line_prints.prints(path, max(len(rows), 1))
        if prints is None:
            return None
        more = len(prints.lines) // line_prints.DIGEST - len(rows)
        rows.flags += bytes(more)
        rows.ids += bytes(more * ID)
        made.tables[stem] = Table(prints, rows)
    if watch := kept.watch:
        made.pairs = watch.pairs()
        for (relation, *pair), row in watch.first.items():
            one, other = pair
            if made.pairs[relation][one, other] == 1:
                mark = _mark(made, row.file, row.number)
                made.single[relation, one, other] = mark
    return made


def _mark(made: Remembered, file: str, number: int) -> str:
    """The attestation of a row; empty for one of another table."""
    table = made.tables.get(file.rpartition(".")[0])
    return table.rows.ids[(number - 1) * ID : number * ID].hex() if table else ""


def write(folder: str | os.PathLike[str], made: Remembered) -> None:
    """Write what is remembered of rows. Cost: linear in the rows; 21 bytes a row."""
    parts: dict[str, array[int] | bytes] = {"elsewhere": made.elsewhere, "own": made.own}
    for stem, table in made.tables.items():
        parts[f"{stem}.ids"] = bytes(table.rows.ids)
        parts[f"{stem}.flags"] = bytes(table.rows.flags)
        parts[f"{stem}.digests"] = bytes(table.prints.lines)
        parts[f"{stem}.chunks"] = b"".join(table.prints.chunks)
        parts[f"{stem}.sizes"] = table.prints.sizes
    parts["phases"], parts["numbers"] = bytes(made.told.phases), made.told.numbers
    parts["rows"] = made.told.rows
    header = [
        " ".join(made.tables),
        f"{made.steps} {made.changes}",
        " ".join(sorted(made.twice)),
    ]
    arrays.write(os.path.join(folder, ROWS), _MAGIC, header, parts)
    strings: dict[str, int] = {}
    texts = [
        [strings.setdefault(getattr(text, name), len(strings)) for name in _FIELDS]
        for text in made.told.texts
    ]
    pairs = [
        (relation, *pair, times, made.single.get((relation, *pair), ""))
        for relation, counted in sorted(made.pairs.items())
        for pair, times in sorted(counted.items())
    ]
    held = {"strings": [*strings], "texts": texts, "pairs": pairs}
    with open(os.path.join(folder, WARNINGS), "w", encoding="utf-8") as file:
        file.write(json.dumps(held, ensure_ascii=False) + "\n")


def steps(graph: Graph) -> int:
    """How many builds of differences made a graph since all of it was built."""
    if not graph.holds(ROWS):
        return 0
    words, _ = arrays.read(graph.part(ROWS), _MAGIC, 3, {})
    return int(words[1][0])


def read(rows: str, warnings: str) -> Remembered:
    """Read it; the two names are of the files. Raises BadGraph if they are damaged."""
    types: dict[str, Code] = {"numbers": "I", "rows": "I"}
    types |= {f"{stem}.sizes": "I" for stem in ("claims", "figures")}
    words, parts = arrays.read(rows, _MAGIC, 3, types)
    made = Remembered(twice=frozenset(words[2]))
    made.elsewhere, made.own = bytes(parts["elsewhere"]), bytes(parts["own"])
    made.steps, made.changes = map(int, words[1])
    for stem in words[0]:
        chunks = bytes(parts[f"{stem}.chunks"])
        cut = [chunks[i : i + _DIGEST] for i in range(0, len(chunks), _DIGEST)]
        sizes = array("I", parts[f"{stem}.sizes"].tobytes())
        prints = Prints(cut, sizes, bytearray(parts[f"{stem}.digests"]))
        ids, flags = bytearray(parts[f"{stem}.ids"]), bytearray(parts[f"{stem}.flags"])
        made.tables[stem] = Table(prints, Lines(ids, flags))
    with open(warnings, encoding="utf-8") as file:
        held = json.load(file)
    strings = held["strings"]
    texts = (dict(zip(_FIELDS, (strings[i] for i in text), strict=True)) for text in held["texts"])
    numbered = {Problem(row=0, warning=True, **text): i for i, text in enumerate(texts)}
    numbers = (array("I", parts[name].tobytes()) for name in ("numbers", "rows"))
    made.told = Told(numbered, bytearray(parts["phases"]), *numbers)
    for relation, one, other, times, mark in held["pairs"]:
        made.pairs.setdefault(relation, Counter())[one, other] = times
        if mark:
            made.single[relation, one, other] = mark
    return made
