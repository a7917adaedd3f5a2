"""The records of a workbook's sheet, its typed cells read by one stated rule.

python-calamine reads the cells. What it does not tell apart from an empty or an ordinary
cell (errors, formulas without a value, the precision a date is shown with, percentages)
comes from a look at the file itself, `kg.case.sheet_file`, which also bounds its size.
"""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.case import form as forms
from kg.case import sheet_file
from kg.case.csvfile import CONTROL, MAX_CELL, Record
from kg.case.form import Form
from kg.case.row import Problems
from kg.case.sheet_marks import Marks, Unreadable
from kg.model.problems import Problem

KINDS = (".xlsx", ".ods")
# What stands for a date that is shown less precisely than by its day.
_SHOWN = {"month": 7, "year": 4}
_REFUSED = {
    "error": ("an error of a formula", "a value"),
    "no-value": ("a formula whose result is not in the file", "its result; open and save the file"),
    "percent": ("a percentage", "the number alone, as 12, and the unit %"),
    "no-year": ("a date shown without its year", "a date with its year, or text"),
    "time": ("a time or a duration", "text"),
    "two-values": ("a cell with two values", "one; open and save the file"),
    "line-break": ("a line break that cannot be read", "the words on one line"),
}
_DIGITS = 10**15


def records(path: Path, form: Form, problems: Problems) -> Iterator[Record]:
    """Stream the rows of the table's sheet as `kg.case.csvfile.records` does those of a file.

    The sheet is the one that `form` names, else the one called as the file is, else the only
    visible one that is not empty. Rows count as the sheet counts. A row with a cell that cannot
    be read for certain is reported and left out.
    """
    try:
        yield from _records(path, form, problems)
    except ImportError:
        hint = "pip install 'actors-kg[office]', or save the sheet as “CSV UTF-8”"
        found = "a workbook, and python-calamine, which reads it, is not installed"
        problems.lose(Problem(path.name, 0, "", found, "a CSV file, or that", hint))
    except Unreadable as error:
        problems.lose(Problem(path.name, 0, "", *error.args))
    except (
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:
        found = f"no whole {path.suffix[1:]} workbook: {error}"
        problems.lose(Problem(path.name, 0, "", found, "one that a spreadsheet program opens"))


def _records(path: Path, form: Form, problems: Problems) -> Iterator[Record]:
    from python_calamine import CalamineWorkbook

    with sheet_file.opened(path) as book:
        name = _sheet(path, form, book.sheets)
        marks = book.marks(name)
    try:
        found = CalamineWorkbook.from_path(path).get_sheet_by_name(name)
        first = (found.start or (0, 0))[1]
        rows = found.iter_rows()
    except BaseException as error:
        # A panic of the library is no Exception; Ctrl-C and the like pass.
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise Unreadable(f"no whole workbook: {error}", "one that opens") from error
    names: list[str] = []
    for i, values in enumerate(_whole(rows, first, marks)):
        cells: list[str] = []
        faults: list[tuple[int, str, str]] = []
        for j, value in enumerate(values, first):
            mark = marks.cells.get((i, j), "")
            text, *bad = _text(value, mark)
            cells.append(text)
            if bad:
                faults.append((j, bad[0], bad[1]))
        if i in marks.merged:
            faults.append((marks.merged[i], "cells merged into one", "each cell on its own"))
        if faults:
            for j, what, expected in faults:
                column = names[j - first][:80] if j - first < len(names) else ""
                place = f"{_letter(j)}{i + 1}"
                label = f"{column} ({place})" if column else place
                problems.lose(Problem(path.name, i + 1, label, what, expected))
            if not names:
                return
            continue
        if not names and any(c.strip() for c in cells):
            names = [c.strip() for c in cells]
        text = "".join(cells)
        suspect = len(text) > MAX_CELL or bool(CONTROL.search(text))
        yield i + 1, cells, suspect, not text.isascii()


def _whole(rows: Iterator[list[Any]], first: int, marks: Marks) -> Iterator[list[Any]]:
    """The rows that the library reads, then those below in which it saw nothing and something stands."""
    count = width = 0
    for values in rows:
        count, width = count + 1, len(values)
        yield values
    last = max((row for (row, _), mark in marks.cells.items() if mark in _REFUSED), default=-1)
    for _ in range(count, last + 1):
        yield [""] * max(width, marks.columns - first)


def _sheet(path: Path, form: Form, sheets: dict[str, bool]) -> str:
    """The name of the sheet to be read; `sheets` says of each whether it is visible."""
    visible = [n for n, shown in sheets.items() if shown]
    listed = ", ".join(f"“{n}”" for n in visible)
    if form.sheet:
        if form.sheet in sheets:
            return form.sheet
        raise Unreadable(f"no sheet “{form.sheet}”", f"one of {listed}", "mend case.toml")
    if path.stem in visible:
        return path.stem
    if len(visible) == 1:
        return visible[0]
    hint = forms.line("sheet", visible[0] if visible else "…", path.stem)
    raise Unreadable(f"{len(visible)} sheets: {listed}", f"one, or one called {path.stem}", hint)


def _text(value: object, mark: str) -> tuple[str, ...]:
    """A cell as text; with what is wrong and what was expected, where it cannot be certain.

    >>> _text(54.0, ""), _text(0.1 + 0.2, ""), _text(True, "")
    (('54',), ('0.3',), ('true',))
    >>> _text(datetime.date(2022, 5, 1), "month"), _text(datetime.date(2022, 5, 1), "")
    (('2022-05',), ('2022-05-01',))
    """
    if mark in _REFUSED:
        return ("", *_REFUSED[mark])
    if isinstance(value, str):
        return (value.replace("\r\n", "\n").replace("\r", "\n"),)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, (int, float)):
        if not abs(value) < _DIGITS:
            return "", "a number of more than 15 digits", "text: a sheet does not keep the others"
        return (format(Decimal(format(value, ".15g")).normalize(), "f"),)
    if isinstance(value, datetime.datetime):
        return "", f"a date with a time of day, {value}", "a date alone, or text"
    if isinstance(value, datetime.date):
        return (value.isoformat()[: _SHOWN.get(mark, 10)],)
    return "", f"a time or a duration, {value}", "text"


def _letter(column: int) -> str:
    """The letters of a column.

    >>> _letter(0), _letter(27)
    ('A', 'AB')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
