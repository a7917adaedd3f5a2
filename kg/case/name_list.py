"""A list of names from a file: a line each, or a column of a table or sheet."""

from __future__ import annotations

from pathlib import Path

from kg.case import csvfile, sheet
from kg.case.form import PLAIN
from kg.case.row import Problems
from kg.model.errors import UsageError, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.case.form import Form

_TABLES = (".csv", ".tsv", *sheet.KINDS)


def read(path: Path, column: str = "", form: Form = PLAIN) -> list[tuple[int, str]]:
    """(row, name) of every name in a file, in its order; rows without one are left out.

    A `.csv`, `.tsv`, `.xlsx` or `.ods` file has a header: `column` names the one with the
    names; it need not where there is one column only, or one called “name”. Any other file is UTF-8
    text, a name a line.

    Raises UsageError for a file that cannot be read so, and where no column is certain.
    """
    if not path.is_file():
        raise UsageError(f"{path} is no file; expected a text, .csv or .xlsx file with names")
    if path.suffix.lower() not in _TABLES:
        if column:
            raise UsageError(
                f"{parameter('column')} is for tables; {path.name} is read line by line"
            )
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            told = f"{path.name}: not UTF-8 at byte {error.start:,}; save it as UTF-8"
            raise UsageError(told) from error
        return [(n, name) for n, line in enumerate(lines, 1) if (name := line.strip())]
    return _column(path, column, form)


def _column(path: Path, column: str, form: Form) -> list[tuple[int, str]]:
    problems = Problems()
    if path.suffix.lower() == ".tsv":
        from dataclasses import replace

        form = replace(form, separator="\t")
    source = sheet.records if path.suffix.lower() in sheet.KINDS else csvfile.records
    found: list[tuple[int, str]] = []
    at = -1
    for number, cells, _, _ in source(path, form, problems):
        if at < 0:
            if any(c.strip() for c in cells):
                at = _place(path, [c.strip() for c in cells], column, form)
            continue
        if at < len(cells) and (name := " ".join(cells[at].split())):
            found.append((number, name))
    if problems.errors:
        raise UsageError(str(problems.found[0]))
    return found


def _place(path: Path, header: Sequence[str], column: str, form: Form) -> int:
    if len(header) == 1 and path.suffix == ".csv":
        wrong = csvfile.looks_separated([*header], form, path.name)
        if wrong:
            raise UsageError(f"{path.name}: {wrong[0]}; expected {wrong[1]}; save it with commas")
    if not column and len(header) == 1:
        return 0
    wanted = (column or "name").casefold()
    places = [i for i, name in enumerate(header) if name.casefold() == wanted]
    if len(places) != 1:
        told = f"{path.name} has no column {column}" if column else f"{path.name}: which column?"
        raise UsageError(f"{told}; {parameter('column')} names one of {', '.join(header)}")
    return places[0]
