"""Which rows of two copies of a table are one row, and how copies of rows and cells are joined."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.case.row import SEPARATOR
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Cells = dict[str, str]
# What says that two rows are one where no id or key does: what they are about, and in which document.
_ABOUT = {
    "claims": ("subject", "relation", "object", "document"),
    "figures": ("subject", "measure", "scope", "document"),
    "events": ("id", "document"),
    "names": ("entity", "name", "document"),
    "judgements": ("left", "right"),
    "withhold": ("record",),
}
# What two rows that both copies added must share beside that, to be one row entered twice.
_PLACE = ("locator", "passage", "stance", "voice", "via", "said", "from", "to", "value", "unit")
# What shows that a passage is the same one, though its row was changed.
_PASSAGE = ("locator", "passage", "gloss", "quote", "key")
_MANY = 40_000
# Cells whose values are a set: what either copy adds is added.
_SETS = ("aliases", "same_as", "foreign_ids")


class Clash(Record):
    """What two copies made different of one thing, and a person has to decide.

    `row` is the id, the key or what the row is about, `column` empty where all of it is meant.
    """

    table: str
    row: str
    column: str
    what: str
    base: str = ""
    ours: str = ""
    theirs: str = ""


@dataclass(slots=True)
class Rows:
    """The rows of one copy: cells by column; `name` is the table's, as ``claims``."""

    name: str
    columns: list[str]
    cells: list[Cells] = field(default_factory=list)

    def key(self, row: int) -> str:
        """The id or key of a row; empty if it has none."""
        column = "key" if self.name in _ABOUT else "id"
        return self.cells[row].get(column, "")

    def about(self, row: int) -> tuple[str, ...]:
        """What a row without id or key is known by."""
        cells = self.cells[row]
        if self.name == "judgements":
            return tuple(sorted((cells.get("left", ""), cells.get("right", ""))))
        if self.name in _ABOUT:
            return tuple(cells.get(c, "") for c in _ABOUT[self.name])
        if "id" in self.columns:
            return (cells.get("name", ""),)
        named = dict.fromkeys((*self.columns[:2], *(c for c in ("document",) if c in self.columns)))
        return tuple(cells.get(c, "") for c in named)

    def told(self, row: int) -> str:
        """A row as a report names it."""
        return self.key(row) or " ".join(filter(None, self.about(row)))


def matched(base: Rows, side: Rows) -> dict[int, int]:
    """The row of a copy for each row of the base that is still there. Linear in the rows.

    By id or key first; then what is equal in every cell; then by what a row is about, where
    several are, those that have the most cells in common. A row that has the id of no other, and
    is else the same as one whose id is gone, is that row with a new id.
    """
    found: dict[int, int] = {}
    mine, theirs = _by_key(base), _by_key(side)
    for key, (b, *more) in mine.items():
        (s, *others) = theirs.get(key, [-1])
        if s >= 0 and not more and not others:
            found[b] = s

    def keyed(rows: Rows) -> Callable[[int], tuple[str, ...]]:
        return lambda i: (rows.key(i),)

    # A key that several rows have, though none should, tells less: they are told apart by the rest.
    _pair(found, base, side, keyed(base), keyed(side), lambda i, rows: bool(rows.key(i)))
    shared = [c for c in base.columns if c in side.columns]

    def whole(rows: Rows) -> Callable[[int], tuple[str, ...]]:
        return lambda i: tuple(rows.cells[i].get(c, "") for c in shared)

    def open_to(i: int, rows: Rows) -> bool:
        return rows.name in _ABOUT or not rows.key(i)

    _pair(found, base, side, whole(base), whole(side), open_to)
    _pair(found, base, side, base.about, side.about, open_to)
    apart = [c for c in shared if c != "id"]
    if base.name not in _ABOUT and apart:

        def rest(rows: Rows) -> Callable[[int], tuple[str, ...]]:
            return lambda i: tuple(rows.cells[i].get(c, "") for c in apart)

        _pair(found, base, side, rest(base), rest(side), lambda i, rows: any(rest(rows)(i)))
    return found


def _by_key(rows: Rows) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i in range(len(rows.cells)):
        if key := rows.key(i):
            found.setdefault(key, []).append(i)
    return found


def _pair(
    found: dict[int, int],
    base: Rows,
    side: Rows,
    ours: Callable[[int], tuple[str, ...]],
    theirs: Callable[[int], tuple[str, ...]],
    fits: Callable[[int, Rows], bool],
) -> None:
    """Pair rows that are left over and have one mark; of several, those that are most alike."""
    taken = set(found.values())
    groups: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for b in range(len(base.cells)):
        if b not in found and fits(b, base):
            groups[ours(b)][0].append(b)
    for s in range(len(side.cells)):
        if s not in taken and fits(s, side):
            groups[theirs(s)][1].append(s)
    for old, new in groups.values():
        for b, s in _closest(base, old, side, new):
            found[b] = s


def _closest(
    base: Rows, old: Sequence[int], side: Rows, new: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of rows of one mark, those with the most in common first."""
    if len(old) * len(new) > _MANY:
        # So many rows that say one thing: those in the same place of both tables.
        yield from zip(old, new, strict=False)
        return
    ranked = [
        (-_common(base.cells[b], side.cells[s]), abs(i - j), b, s)
        for i, b in enumerate(old)
        for j, s in enumerate(new)
        if _one_place(base.cells[b], side.cells[s])
    ]
    done: tuple[set[int], set[int]] = (set(), set())
    for _, _, b, s in sorted(ranked):
        if b not in done[0] and s not in done[1]:
            done[0].add(b)
            done[1].add(s)
            yield b, s


def _one_place(one: Cells, other: Cells) -> bool:
    """Whether two rows may be of one passage: a mark of it is the same, or one row has none, or
    nothing else than one mark was changed."""
    marks = [(one.get(c, ""), other.get(c, "")) for c in _PASSAGE]
    if not any(a for a, _ in marks) or not any(b for _, b in marks):
        return True
    if any(a and a == b for a, b in marks):
        return True
    rest = ({**one}, {**other})
    for cells in rest:
        for c in _PASSAGE:
            cells.pop(c, None)
    return sum(a != b for a, b in marks) == 1 and rest[0] == rest[1]


def _common(one: Cells, other: Cells) -> int:
    return sum(bool(v) and other.get(c) == v for c, v in one.items())


def entered_twice(
    ours: Rows, added: Sequence[int], theirs: Rows, new: Sequence[int]
) -> dict[int, int]:
    """Of the rows that both copies added, those that are one: their row by ours."""
    found: dict[int, int] = {}
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def mark(rows: Rows, i: int) -> tuple[str, ...]:
        if key := rows.key(i):
            return ("", key)
        if rows.name == "judgements":
            return rows.about(i)
        return (*rows.about(i), *(rows.cells[i].get(c, "") for c in _PLACE))

    for i in new:
        waiting[mark(theirs, i)].append(i)
    for i in added:
        held = waiting.get(mark(ours, i), [])
        best = max(held, key=lambda s: (_common(ours.cells[i], theirs.cells[s]), -s), default=-1)
        if best < 0:
            continue
        if ours.name == "judgements" and _agree(ours.cells[i], theirs.cells[best]):
            # Two people who decide the same are two decisions.
            continue
        held.remove(best)
        found[i] = best
    return found


def _agree(one: Cells, other: Cells) -> bool:
    return one != other and one.get("kind") == other.get("kind")


def joined(
    base: Cells, ours: Cells, theirs: Cells, columns: Sequence[str]
) -> tuple[Cells, list[str]]:
    """A row of three copies as one, with ours where two changed one cell, and those columns."""
    row: Cells = {}
    clashing = []
    for column in columns:
        b, o, t = (cells.get(column, "") for cells in (base, ours, theirs))
        if o == t or t == b:
            row[column] = o
        elif o == b:
            row[column] = t
        elif (both := _both(column, b, o, t)) is not None:
            row[column] = both
        else:
            row[column] = o
            clashing.append(column)
    return row, clashing


def _both(column: str, base: str, ours: str, theirs: str) -> str | None:
    """A cell that holds a set, with what either copy added; None where it is none."""
    if column not in _SETS:
        return None
    was, one, other = (c.split(SEPARATOR) if c else [] for c in (base, ours, theirs))
    kept = [v for v in was if v in one and v in other]
    added = [v for v in (*one, *other) if v not in was]
    return SEPARATOR.join(dict.fromkeys([*kept, *added]))
