"""Names in place of ids: which records have a name, and the ids that cells mean by it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from kg.case.row import SEPARATOR, Row
from kg.text import companies, forms
from kg.text.names import folded as alike

_CHAIN = " < "
_SHOWN = 3


def folded(name: str) -> str:
    """The form in which a cell and a name are the same: whole letters, no case, single spaces.

    >>> folded("Zhōngwén  Press") == folded("zhōngwén press")
    True
    """
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(normalize("NFC", normalize("NFC", name).casefold()).split())


@dataclass
class Names:
    """The ids of the records that have each name or alias; `shown` keeps how it is written."""

    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    _worded: dict[str, tuple[str, ...]] = field(default_factory=dict)

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

    def around(self, name: str) -> list[str]:
        """The records with a name that has all words of this one, or all whose words this one has.

        A surname alone, initials, a title before it, the words in another order, a company without
        its form. Titles and forms of companies are no words here.
        """
        asked = _words(name)
        if not asked:
            return []
        if len(self._worded) != len(self.ids):
            self._worded = {key: _words(key) for key in self.ids}
        found = (
            key for key, held in self._worded.items() if _within(*sorted((asked, held), key=len))
        )
        return [*dict.fromkeys(own for key in found for own in self.ids[key])]

    def near(self, name: str, cutoff: float = 0.6) -> str:
        """These records as a message names them; empty if none is near."""
        return ", ".join(self.told(own) for own, _ in self.closest(name, cutoff))

    def told(self, own: str) -> str:
        """A record as a message names it."""
        return f"“{own}” ({self.shown.get(own, '')})"


def _words(name: str) -> tuple[str, ...]:
    # “A.” is no article.
    initials = {word[0].casefold() for word in name.split() if word[1:] in (".", ".,")}
    words = companies.bare(alike(forms.bare(name))).split()
    return tuple(word for word in words if word in initials or word not in forms.SMALL)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether each word of one name is a word of another, or its initial; one at least is a word.

    >>> _within(("o", "hontar"), ("olha", "hontar")), _within(("o",), ("olha", "hontar"))
    (True, False)
    """
    left = [*many]
    for word in sorted(few, key=len, reverse=True):
        one = next((w for w in left if w == word), "")
        one = one or next((w for w in left if 1 in (len(w), len(word)) and w[0] == word[0]), "")
        if not one:
            return False
        left.remove(one)
    return any(len(word) > 1 and word in many for word in few)


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
) -> bool:
    """Put ids in the place of names in those columns of a row that name entities; tells whether there are any.

    A cell that is one of the `ids` needs no second look: nearly all are.
    """
    get, before = row.cells.get, row.typed
    for column in columns:
        if not (cell := get(column)) or cell in ids:
            continue
        if (found := each(cell, column, meant)) != each(cell, column, str):
            row.rewrite(column, found)
    return row.typed is not before
