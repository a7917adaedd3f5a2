"""The rows of a table as records: its header names the fields, and no row is ever shifted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.case.csvfile import Record as Cells
from kg.case.form import PLAIN, SEPARATORS, Form
from kg.case.row import Problems
from kg.exchange.source import LeftOut, Record, Source

Reader = Callable[[Path, Form, Problems], Iterator[Cells]]
_DECLARE = re.compile(
    r"under \[tables[^,;]*?(?: in data/case\.toml)?(?: \(or \[tables\], if all are so\))?, add: "
)


def form(source: Source, options: dict[str, Any]) -> Form:
    """How the table is written, as the mapping says."""
    separator = options.get("separator", "\t" if source.ending == ".tsv" else ",")
    separator = "\t" if separator == "tab" else separator
    if separator not in SEPARATORS:
        raise source.bad(f"[read] separator is “{separator}”", "expected “,”, “;”, “|” or “tab”")
    encoding = options.get("encoding", "utf-8")
    return replace(PLAIN, separator=separator, encoding=encoding, sheet=options.get("sheet", ""))


def rows(source: Source, read: Reader, form: Form) -> Iterator[Record]:
    """Every row below the header that holds anything. Kind is ``row``.

    A row that cannot be read for certain is left out and counted. Raises BadData for a file
    that cannot, and for a header with the same name twice.
    """
    problems = Problems()
    names: list[str] = []
    try:
        for number, cells, _, _ in read(source.path, form, problems):
            yield from _left(problems, source, bool(names))
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = _names(source, number, cells)
                _one_column(source, names, form)
                continue
            extra = [cell for cell in cells[len(names) :] if cell.strip()]
            if len(cells) < len(names) or extra:
                yield LeftOut("row", f"it has {len(cells)} cells, the header {len(names)}")
                continue
            record = {n: c for n, c in zip(names, cells, strict=False) if n}
            yield "row", f"row {number}", record
    except LookupError as error:
        raise source.bad(f"[read] encoding: {error}") from error
    yield from _left(problems, source, bool(names))
    if not names:
        raise source.bad("it is empty; expected a header and rows")


def _left(problems: Problems, source: Source, begun: bool) -> Iterator[LeftOut]:
    """The rows that could not be read; what ends the reading is raised."""
    for problem in problems.found:
        told = _DECLARE.sub("under [read] in the mapping, add: ", str(problem))
        whole = not problem.row or not begun or "never closes" in told or "closing quote" in told
        if whole or source.ending in (".csv", ".tsv"):
            raise source.bad(told.removeprefix(f"{source.name}: ").removeprefix(f"{source.name}, "))
        yield LeftOut("row", problem.found)
    problems.found.clear()


def _names(source: Source, number: int, cells: list[str]) -> list[str]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    for i, name in enumerate(names):
        if name and name in names[:i]:
            raise source.bad(f"row {number}: the column “{name[:60]}” is there twice", "rename one")
    return [name or f"column {i}" for i, name in enumerate(names, 1)]


def _one_column(source: Source, names: list[str], form: Form) -> None:
    if len(names) == 1:
        for mark, called in SEPARATORS.items():
            if mark != form.separator and names[0].count(mark) > (mark in ",|"):
                said = "tab" if mark == "\t" else mark
                hint = f'under [read] in the mapping, add: separator = "{said}"'
                raise source.bad(f"one column only; it looks like {called} between the cells", hint)
