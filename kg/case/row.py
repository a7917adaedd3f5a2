"""One row of a table, and what is found wrong in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.model.problems import Problem
from kg.text.spelling import Likely

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.kept import Told

SEPARATOR = " | "
# Rows of one mistake that are named; words compared in the search for likely ones.
_FIRST, _COMPARISONS = 5, 300_000
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Problems:
    """Collects what is wrong; of a million errors or warnings it keeps the first thousand.

    One mistake repeated down a column is one problem, with its count and first rows. `torn`
    names the files with rows that could not be read at all; warnings of a kind in `quiet` are not
    kept. `told`, where it is given, keeps every single one with the `phase` of reading.
    """

    limit: int = 1000
    found: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    torn: set[str] = field(default_factory=set)
    quiet: frozenset[str] = frozenset()
    told: Told | None = None
    phase: str = ""
    _alike: dict[tuple[object, ...], int] = field(default_factory=dict)
    _kept: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    _forms: dict[tuple[object, ...], int] = field(default_factory=dict)
    _compared: int = 0

    @property
    def total(self) -> int:
        """How many there are, kept or not."""
        return self.errors + self.warnings

    @property
    def dropped(self) -> int:
        """How many were not kept."""
        return self.total - sum(p.times for p in self.found)

    def add(self, problem: Problem, likely: Likely | None = None) -> None:
        """Keep one more problem, in the order found; `likely` is looked up only if it is kept."""
        if problem.kind in self.quiet:
            return
        if self.told is not None:
            self.told.add(self.phase, problem)
        if problem.warning:
            self.warnings += 1
        else:
            self.errors += 1
        key = self._key(problem)
        place = self._alike.get(key) if problem.row else None
        if place is not None:
            held = self.found[place]
            rows = held.rows or (held.row,)
            rows = (*rows, problem.row) if len(rows) < _FIRST else rows
            self.found[place] = held._replace(rows=rows, times=held.times + 1)
        # Warnings have a room of their own: they never crowd out an error.
        elif self._kept[problem.warning] < self.limit:
            self._kept[problem.warning] += 1
            self._alike[key] = len(self.found)
            self.found.append(problem._replace(hint=self._hint(likely)) if likely else problem)

    def _key(self, problem: Problem) -> tuple[object, ...]:
        """What makes two findings one mistake: the same text; after some, a cell of the same form.

        Only cells without letters, as dates and numbers, have a form: names are told apart.
        """
        file, _, column, found, expected, _, warning, *_ = problem
        exact = file, column, expected, warning, found
        if exact in self._alike or _LETTER.search(found):
            return exact
        form = file, column, expected, warning, "", re.sub(r"\d", "0", found)
        self._forms[form] = self._forms.get(form, 0) + 1
        return form if self._forms[form] > _FIRST else exact

    def _hint(self, likely: Likely) -> str:
        """Likeness is looked for until so many words have been compared, not for ever."""
        self._compared += len(likely.known)
        return likely.hint() if self._compared <= _COMPARISONS else ""

    def lose(self, problem: Problem) -> None:
        """Keep a problem for which at least one row of its file is not read."""
        self.torn.add(problem.file)
        self.add(problem)


@dataclass(slots=True)
class Row:
    """One row: its number as a spreadsheet counts, its cells by column, what is wrong with it.

    `typed` has the cells that were written in a local form, as they stand; `refused` the columns
    that could not be read in that form, of which nothing more is told.
    """

    file: str
    number: int
    cells: dict[str, str]
    problems: Problems
    fine: bool = True
    typed: dict[str, str] | None = None
    refused: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[str, int]:
        """File and number."""
        return self.file, self.number

    def get(self, column: str) -> str:
        """The cell, trimmed; empty where the table has no such column."""
        return self.cells.get(column, "")

    def values(self, column: str) -> tuple[str, ...]:
        """The cell's several values."""
        cell = self.cells.get(column, "")
        return tuple(v for part in cell.split(SEPARATOR) if (v := part.strip())) if cell else ()

    def rewrite(self, column: str, value: str) -> None:
        """Put in the place of a cell what it stands for."""
        if (cell := self.cells.get(column, "")) != value:
            self.typed = {column: cell} | (self.typed or {})
            self.cells[column] = value

    def fault(self, column: str, found: str, expected: str, hint: str | Likely = "") -> None:
        """Report an error in a cell; the row is not `fine` from now on."""
        self.fine = False
        if column in self.refused:
            return
        found = self._as_typed(column, found)
        said, likely = (hint, None) if isinstance(hint, str) else ("", hint)
        problem = Problem(self.file, self.number, column, found, expected, said)
        self.problems.add(problem, likely)

    def warn(self, column: str, found: str, expected: str, hint: str = "", kind: str = "") -> None:
        """Report what is odd in a cell and does not stop a build."""
        found = self._as_typed(column, found)
        told = Problem(self.file, self.number, column, found, expected, hint, True, kind=kind)
        self.problems.add(told)

    def _as_typed(self, column: str, found: str) -> str:
        if self.typed and column in self.typed:
            return found.replace(quoted(self.cells[column]), quoted(self.typed[column]))
        return found


def quoted(text: str) -> str:
    """A cell as a message shows it: short, and an empty one in a word.

    >>> quoted("x" * 100)[-3:], quoted("")
    ('x…”', 'nothing')
    """
    return f"“{text if len(text) <= 80 else text[:80] + '…'}”" if text else "nothing"
