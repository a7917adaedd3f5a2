"""Judgements about records: those that stand in the table, and new ones at its end.

A judgement is a row of judgements.csv and nothing else: taken out, it is undone.
"""

from __future__ import annotations

from pathlib import Path

from kg.case import table, tablewriter
from kg.case.form import Form
from kg.case.ids import JUDGEMENT, RECORDS, Judgement, merged
from kg.case.row import Problems
from kg.case.tablewriter import Change
from kg.model.errors import BadTables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.case.folder import Case


def standing(case: Case) -> list[Judgement]:
    """What the table says of records, as it stands; names are not looked up.

    Raises BadTables where it cannot be read: what was decided would be asked again.
    """
    path = case.table("judgements")
    if path is None:
        return []
    problems = Problems()
    needed = ("kind", "left", "reason")
    rows = table.read(path, needed, JUDGEMENT, problems, case.form(path), {"date": "date"})
    found = [Judgement(*(row.get(c) for c in JUDGEMENT)) for row in rows]
    if problems.errors:
        raise BadTables(problems.found, problems.errors, problems.dropped)
    return [j for j in found if j.kind in RECORDS]


class Decided:
    """The pairs that were decided, through records that are held to be one."""

    def __init__(self, judgements: Iterable[Judgement], meant: Callable[[str], str] = str) -> None:
        self._told = [(j.kind, meant(j.left), meant(j.right)) for j in judgements]
        self._settle()

    def _settle(self) -> None:
        same = ((left, right) for kind, left, right in self._told if kind == "same")
        self._one = merged(same)
        self._pairs = {frozenset((self._of(a), self._of(b))) for _, a, b in self._told}

    def add(self, judgement: Judgement) -> None:
        """Take one more judgement in, of two ids."""
        self._told.append((judgement.kind, judgement.left, judgement.right))
        self._settle()

    def take_back(self) -> None:
        """Forget the last one."""
        self._told.pop()
        self._settle()

    def _of(self, id_: str) -> str:
        return self._one.get(id_, id_)

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, frozenset):
            return False
        held = frozenset(map(self._of, pair))
        return len(held) == 1 or held in self._pairs

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[frozenset[str]]:
        return iter(self._pairs)


def added(case: Case, judgement: Judgement) -> Change:
    """The table with a judgement more; a table that there is not begins with it.

    Raises as `tablewriter.change`.
    """
    path = case.table("judgements")
    if path is None:
        path = case.root / "data" / "judgements.csv"
        return tablewriter.begun(Path(path), Form(), JUDGEMENT, [_cells(judgement)])
    return tablewriter.change(path, case.form(path), {}, [_cells(judgement)])


def _cells(judgement: Judgement) -> dict[str, str]:
    return {c: getattr(judgement, c) for c in JUDGEMENT}
