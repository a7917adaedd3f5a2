"""Names in place of ids: which records have a name, and the ids that cells mean by it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from kg.case.row import SEPARATOR, Row

_CHAIN = " < "
_SHOWN = 3


def folded(name: str) -> str:
    """The form in which a cell and a name are the same: whole letters, no case, single spaces.

    >>> folded("Zhōngwén  Press") == folded("zhōngwén press")
    True
    """
    return " ".join(normalize("NFC", normalize("NFC", name).casefold()).split())


@dataclass
class Names:
    """The ids of the records that have each name or alias; `shown` keeps how it is written."""

    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Enter every name of the record in a row."""
        own = row.get("id")
        local = (row.get(c) for c in row.cells if c.startswith("name_"))
        for name in (row.get("name"), *row.values("aliases"), *local):
            held = self.ids.get(key := folded(name), ())
            if name and own not in held:
                self.ids[key] = (*held, own)
                self.shown.setdefault(own, row.get("name"))

    def enter(self, own: str, name: str) -> None:
        """Let a record be known by one more name."""
        held = self.ids.get(key := folded(name), ())
        if own not in held:
            self.ids[key] = (*held, own)

    def of(self, name: str) -> tuple[str, ...]:
        """The ids of all records that have exactly this name."""
        return self.ids.get(folded(name), ())

    def closest(self, name: str, cutoff: float = 0.6) -> list[tuple[str, str]]:
        """The (id, name) of the records whose names are spelt most alike, nearest first."""
        keys = difflib.get_close_matches(folded(name), self.ids, n=_SHOWN, cutoff=cutoff)
        found = dict.fromkeys(own for key in keys for own in self.ids[key])
        return [(own, self.shown.get(own, "")) for own in found]

    def near(self, name: str, cutoff: float = 0.6) -> str:
        """These records as a message names them; empty if none is near."""
        return ", ".join(self.told(own) for own, _ in self.closest(name, cutoff))

    def told(self, own: str) -> str:
        """A record as a message names it."""
        return f"“{own}” ({self.shown.get(own, '')})"


def each(cell: str, column: str, change: Callable[[str], str]) -> str:
    """A cell with each of the entities it names changed; ``via`` holds chains of them."""
    if cell.startswith("@"):
        return cell
    if column == "via":
        ways = (way.split("<") for way in cell.split(SEPARATOR))
        return SEPARATOR.join(_CHAIN.join(change(p.strip()) for p in way) for way in ways)
    return SEPARATOR.join(change(part.strip()) for part in cell.split(SEPARATOR))


def take(
    row: Row, columns: Iterable[str], meant: Callable[[str], str], ids: Container[str]
) -> None:
    """Put ids in the place of names in those columns of a row that name entities.

    A cell that is one of the `ids` needs no second look: nearly all are.
    """
    get = row.cells.get
    for column in columns:
        if not (cell := get(column)) or cell in ids:
            continue
        if (found := each(cell, column, meant)) != each(cell, column, str):
            row.rewrite(column, found)
