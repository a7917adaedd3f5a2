"""Two copies of a table joined over what both began with: row by row, cell by cell.

A row is the same row by its id, its key, or what it says, wherever it stands. What only one copy
changed is taken; where both changed one cell, both rows are kept, one under the other, and
told. No mark is ever written into a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kg.case import tablewriter
from kg.case.form import Form
from kg.case.merge_rows import Cells, Clash, Rows, entered_twice, joined, matched
from kg.case.tablewriter import quoted
from kg.model.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OURS, THEIRS = "ours", "theirs"
_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Copy:
    """One copy of a table: its rows, the text of each as it stands, how it is written.

    It is `ragged` if its rows have cells that belong to no column.
    """

    rows: Rows
    file: str
    raw: list[str] = field(default_factory=list)
    form: Form = field(default_factory=Form)
    mark: bytes = b""
    codec: str = "utf-8"
    end: str = "\n"
    ragged: bool = False


@dataclass(slots=True)
class Joined:
    """The bytes of a joined table, and what a person has to decide."""

    data: bytes
    clashes: list[Clash]


def read(path: Path, data: bytes, form: Form) -> Copy:
    """A copy of a table from its bytes.

    Raises UsageError, or OutOfBounds, for bytes that are no such table.
    """
    copy = Copy(Rows(path.stem, []), path.name, form=form)
    copy.mark, text, copy.codec = tablewriter.decoded(path, data, form)
    ends = _LINE.search(text)
    copy.end = ends.group() if ends else "\n"
    for record in tablewriter.records(path, text, form):
        if not any(c.text.strip() for c in record):
            continue
        cells = [c.text.strip() for c in record]
        if not copy.rows.columns:
            copy.rows.columns = _named(cells)
            copy.ragged = len(copy.rows.columns) < len(cells)
            if len({*copy.rows.columns}) < len(copy.rows.columns):
                raise UsageError(f"{path.name}: a column is there twice; mend it first: kg check")
            continue
        if any(cells[len(copy.rows.columns) :]):
            told = "a row has more cells than the header; mend it first: kg check says which"
            raise UsageError(f"{path.name}: {told}")
        copy.rows.cells.append(dict(zip(copy.rows.columns, cells, strict=False)))
        copy.raw.append(text[record[0].start : record[-1].end])
    return copy


def _named(header: list[str]) -> list[str]:
    """The columns of a header without those that a spreadsheet leaves at its right end, unnamed."""
    while header and not header[-1]:
        header = header[:-1]
    return header


def merge(base: Copy, ours: Copy, theirs: Copy) -> Joined:
    """Three copies as one table, written as ours is. Linear in the rows."""
    return _Merge(base, ours, theirs).done()


class _Merge:
    def __init__(self, base: Copy, ours: Copy, theirs: Copy) -> None:
        self.base, self.ours, self.theirs = base.rows, ours.rows, theirs.rows
        self.copies = {OURS: ours, THEIRS: theirs}
        self.file = ours.file
        self.clashes: list[Clash] = []
        # What a column is called in the joined table; here all have the name that base has.
        self.called: dict[str, str] = {}
        for name, side in ((OURS, self.ours), (THEIRS, self.theirs)):
            self._rename(name, side)
        self.at = {OURS: matched(self.base, self.ours), THEIRS: matched(self.base, self.theirs)}
        self.columns = self._columns()

    def _rename(self, name: str, side: Rows) -> None:
        """Read columns that a copy gave another name by the name that base has."""
        gone = [c for c in self.base.columns if c not in side.columns]
        new = [c for c in side.columns if c not in self.base.columns]
        if not gone or not new:
            return
        pairs = matched(self.base, side)
        for old in gone:
            held = [(self.base.cells[b].get(old, ""), side.cells[s]) for b, s in pairs.items()]
            full = [(value, cells) for value, cells in held if value]
            for column in new:
                same = sum(cells.get(column) == value for value, cells in full)
                if same and same * 2 > len(full):
                    new.remove(column)
                    self._take(name, side, old, column)
                    break

    def _take(self, name: str, side: Rows, old: str, column: str) -> None:
        side.columns[side.columns.index(column)] = old
        for cells in side.cells:
            if column in cells:
                cells[old] = cells.pop(column)
        held = self.called.setdefault(old, column)
        if held != column:
            told = "renamed in both copies; ours is kept"
            self.clashes.append(Clash(self.file, "", old, told, old, held, column))

    def _columns(self) -> list[str]:
        """The columns of the joined table: in our order, theirs after the one that they follow."""
        found = list(self.ours.columns)
        for i, column in enumerate(self.theirs.columns):
            if column not in found and column not in self.base.columns:
                before = [c for c in self.theirs.columns[:i] if c in found]
                found.insert(found.index(before[-1]) + 1 if before else 0, column)
        for column in self.base.columns:
            for name, side, other in (
                (OURS, self.ours, self.theirs),
                (THEIRS, self.theirs, self.ours),
            ):
                if column in side.columns or column not in other.columns:
                    continue
                if self._touched(column, THEIRS if name == OURS else OURS, other):
                    told = f"taken out in {name}, changed in the other copy; it is kept"
                    self.clashes.append(Clash(self.file, "", column, told))
                    if column not in found:
                        found.append(column)
                elif column in found:
                    found.remove(column)
        return found

    def _touched(self, column: str, name: str, side: Rows) -> bool:
        at = self.at[name]
        changed = any(
            side.cells[s].get(column, "") != self.base.cells[b].get(column, "")
            for b, s in at.items()
        )
        held = set(at.values())
        new = (cells for s, cells in enumerate(side.cells) if s not in held)
        return changed or any(cells.get(column) for cells in new)

    def done(self) -> Joined:
        ours, theirs = self.at[OURS], self.at[THEIRS]
        # What each row of a copy became: the rows to be written, as (cells, copy, its row).
        made: dict[tuple[str, int], list[Cells]] = {}
        partner: dict[int, int] = {}
        for b in range(len(self.base.cells)):
            o, t = ours.get(b, -1), theirs.get(b, -1)
            if o >= 0 and t >= 0:
                made[OURS, o] = self._cells(self.base.cells[b], o, t)
                partner[t] = o
            elif o >= 0 or t >= 0:
                name, row = (OURS, o) if o >= 0 else (THEIRS, t)
                made[name, row] = self._left(b, name, row)
        added = [o for o in range(len(self.ours.cells)) if (OURS, o) not in made]
        held = set(theirs.values())
        new = [t for t in range(len(self.theirs.cells)) if t not in held]
        twice = entered_twice(self.ours, added, self.theirs, new)
        for o in added:
            t = twice.get(o, -1)
            if t >= 0:
                partner[t] = o
                made[OURS, o] = self._cells({}, o, t)
            else:
                made[OURS, o] = [self.ours.cells[o]]
        for t in new:
            if t not in partner:
                made[THEIRS, t] = [self.theirs.cells[t]]
        return Joined(self._written(made, partner), self.clashes)

    def _side(self, side: Rows, row: int, base: Cells) -> Cells:
        """A row of a copy; a column that the copy does not have is as it was."""
        lacking = {c: v for c, v in base.items() if c not in side.columns}
        return lacking | side.cells[row]

    def _cells(self, base: Cells, o: int, t: int) -> list[Cells]:
        ours, theirs = self._side(self.ours, o, base), self._side(self.theirs, t, base)
        row, clashing = joined(base, ours, theirs, self.columns)
        if not clashing:
            return [row]
        # Which of two decisions holds is the question, not who wrote which id first.
        judged = self.ours.name == "judgements" and "kind" in clashing
        shown = ["kind"] if judged else clashing
        for column in shown:
            told = "changed in both copies" if base else "added in both copies, not alike"
            told += "; both rows are kept"
            cells = (c.get(column, "") for c in (base, ours, theirs))
            self.clashes.append(Clash(self.file, self.ours.told(o), column, told, *cells))
        return [row, row | {c: theirs.get(c, "") for c in clashing}]

    def _left(self, b: int, name: str, row: int) -> list[Cells]:
        """A row that one copy took out: gone if the other left it as it was."""
        side = self.ours if name == OURS else self.theirs
        base = self.base.cells[b]
        cells = self._side(side, row, base)
        changed = [c for c in side.columns if cells.get(c, "") != base.get(c, "")]
        if not changed:
            return []
        other = THEIRS if name == OURS else OURS
        told = f"taken out in {other}, changed in {name}; it is kept"
        for column in changed:
            values = {name: cells.get(column, "")}
            self.clashes.append(
                Clash(self.file, side.told(row), column, told, base.get(column, ""), **values)
            )
        return [cells]

    def _written(self, made: dict[tuple[str, int], list[Cells]], partner: dict[int, int]) -> bytes:
        """The table: rows in our order, or in theirs where only they changed it."""
        order = self._order(made, partner)
        copy = self.copies[OURS]
        names = [self.called.get(c, c) for c in self.columns]
        separator = copy.form.separator
        lines = [separator.join(quoted(n, separator) for n in names)]
        plain = {n: self._is_plain(n) for n in (OURS, THEIRS)}
        other = {o: t for t, o in partner.items()}
        for name, row in order:
            as_it_stands = [(name, row)]
            if name == OURS and row in other:
                as_it_stands.append((THEIRS, other[row]))
            for cells in made[name, row]:
                for side, i in as_it_stands:
                    held = (self.ours if side == OURS else self.theirs).cells[i]
                    if plain[side] and all(cells.get(c) == held.get(c) for c in self.columns):
                        lines.append(self.copies[side].raw[i])
                        break
                else:
                    values = (cells.get(c, "") for c in self.columns)
                    lines.append(separator.join(quoted(v, separator) for v in values))
        text = "".join(line + copy.end for line in lines)
        return copy.mark + text.encode(copy.codec)

    def _is_plain(self, name: str) -> bool:
        """Whether the rows of a copy can be written as they stand there."""
        side, copy = (self.ours if name == OURS else self.theirs), self.copies[name]
        ours = self.copies[OURS]
        alike = not copy.ragged and copy.form.separator == ours.form.separator
        return alike and side.columns == self.columns

    def _order(
        self, made: dict[tuple[str, int], list[Cells]], partner: dict[int, int]
    ) -> list[tuple[str, int]]:
        stays = _rising([self.at[OURS][b] for b in sorted(self.at[OURS])])
        moved = not _rising([self.at[THEIRS][b] for b in sorted(self.at[THEIRS])])
        first, second = (THEIRS, OURS) if stays and moved else (OURS, THEIRS)

        def held(name: str, row: int) -> tuple[str, int]:
            """Where the row of a copy is kept: joined rows are under ours."""
            if name == THEIRS and row in partner:
                return OURS, partner[row]
            return name, row

        sizes = {OURS: len(self.ours.cells), THEIRS: len(self.theirs.cells)}
        order = [held(first, i) for i in range(sizes[first])]
        order = [place for place in order if place in made]
        known = set(order)
        after: dict[tuple[str, int], list[tuple[str, int]]] = {}
        last: tuple[str, int] = ("", -1)
        for i in range(sizes[second]):
            place = held(second, i)
            if place in known:
                last = place
            elif place in made:
                after.setdefault(last, []).append(place)
        found = after.get(("", -1), [])
        for place in order:
            found += [place, *after.get(place, ())]
        return found


def _rising(rows: Sequence[int]) -> bool:
    return all(a < b for a, b in pairwise(rows))
