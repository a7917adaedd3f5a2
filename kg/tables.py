"""Strict reading of a case's CSV files: every cell exactly as it stands, or a named problem.

Read with the standard `csv` module (RFC 4180), a row at a time; nothing is
guessed, no row is ever shifted, and reading goes on after a bad row so that all
of them are reported at once.
"""

from __future__ import annotations

import csv
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import Problem
from kg.ontology import did_you_mean

MAX_BYTES = 8 << 30
MAX_CELL = 1 << 20
MAX_COLUMNS = 200
SEPARATOR = " | "

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_MAGIC = {
    b"\x1f\x8b": "a gzip file",
    b"PK\x03\x04": "a zip file or a spreadsheet",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"%PDF": "a PDF",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"SQLite": "a database",
}


@dataclass
class Problems:
    """Collects what is wrong; a table with a million bad rows keeps the first thousand."""

    limit: int = 1000
    found: list[Problem] = field(default_factory=list)
    errors: int = 0
    dropped: int = 0

    def add(self, problem: Problem) -> None:
        """Keep one more problem, in the order found."""
        self.errors += not problem.warning
        if len(self.found) < self.limit:
            self.found.append(problem)
        else:
            self.dropped += 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and its cells by column."""

    file: str
    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell, trimmed; empty where the table has no such column."""
        return self.cells.get(column, "")

    def values(self, column: str) -> tuple[str, ...]:
        """The cell's several values."""
        cell = self.cells.get(column, "")
        return tuple(v for part in cell.split(SEPARATOR) if (v := part.strip())) if cell else ()

    def problem(
        self, column: str, found: str, expected: str, hint: str = "", *, warning: bool = False
    ) -> Problem:
        """A problem at this row."""
        return Problem(self.file, self.number, column, found, expected, hint, warning)


def read(
    path: Path, required: Sequence[str], known: Iterable[str], problems: Problems
) -> Iterator[Row]:
    """Stream the rows of a table whose shape is right; report the others.

    `required` columns must be there, other columns must be `known` or match
    ``name_xx``. Cells come trimmed of spaces at their ends. Cost: one pass, one
    row in memory.
    """
    name = path.name
    if complaint := _unreadable(path):
        problems.add(Problem(name, 0, "", complaint, "a UTF-8 CSV file", "save the sheet as CSV"))
        return
    csv.field_size_limit(MAX_CELL)
    try:
        with path.open(encoding="utf-8-sig", errors="strict", newline="") as file:
            yield from _records(name, file, required, set(known), problems)
    except UnicodeDecodeError:
        problems.add(_encoding(path))


def _records(
    name: str, lines: Iterable[str], required: Sequence[str], known: set[str], problems: Problems
) -> Iterator[Row]:
    # A one-element list, set while a line with a control character goes by, keeps the
    # search for the cell off the way of the other rows.
    dirty: list[bool] = []

    def watched() -> Iterator[str]:
        for line in lines:
            if _CONTROL.search(line):
                dirty.append(True)
                line = line.replace("\x00", "\ufffe")
            yield line

    reader = csv.reader(watched(), strict=True)
    header: list[str] | None = None
    number = 0
    while True:
        start = number + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.add(_csv_problem(name, start, str(error)))
            return
        number += 1
        if dirty:
            dirty.clear()
            bad = _control(name, number, header or [], cells)
            if bad:
                problems.add(bad)
                continue
        if not any(cells):
            continue
        if header is None:
            header = [c.strip() for c in cells]
            if not _header_fits(name, number, header, required, known, problems):
                return
            continue
        if len(cells) != len(header):
            problems.add(_length(name, number, header, cells))
            continue
        yield Row(name, number, {h: c.strip() for h, c in zip(header, cells, strict=True)})
    if header is None:
        problems.add(Problem(name, 0, "", "the file is empty", f"a header row: {','.join(required)}"))


def _unreadable(path: Path) -> str:
    try:
        mode = path.stat()
    except OSError as error:
        return error.strerror or "cannot be read"
    if not stat.S_ISREG(mode.st_mode):
        return "this is no ordinary file"
    if mode.st_size > MAX_BYTES:
        return f"{mode.st_size:,} bytes, more than {MAX_BYTES:,}"
    with path.open("rb") as file:
        head = file.read(8)
    return next((f"this is {what}" for magic, what in _MAGIC.items() if head.startswith(magic)), "")


def _header_fits(
    name: str,
    number: int,
    header: list[str],
    required: Sequence[str],
    known: set[str],
    problems: Problems,
) -> bool:
    before = problems.errors

    def bad(column: str, found: str, expected: str, hint: str = "") -> None:
        problems.add(Problem(name, number, column, found, expected, hint))

    if len(header) == 1 and len(required) > 1:
        for mark, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if mark in header[0]:
                bad("", f"one column only; looks like {called} between the cells", "commas")
                return False
    if len(header) > MAX_COLUMNS:
        bad("", f"{len(header):,} columns", f"at most {MAX_COLUMNS}")
        return False
    for i, column in enumerate(header):
        if not column:
            bad(f"number {i + 1}", "no name", "a name for every column")
        elif column in header[:i]:
            bad(column, "the column is there twice", "each column once")
        elif column not in known and not re.fullmatch(r"name_[a-z]{2,3}", column):
            hint = did_you_mean(column, known)
            bad(column, "unknown column", f"one of {', '.join(sorted(known))}", hint)
    for column in required:
        if column not in header:
            bad(column, "the column is missing", f"the columns {', '.join(required)}")
    return problems.errors == before


def _length(name: str, number: int, header: list[str], cells: list[str]) -> Problem:
    found = f"{len(cells)} cells"
    hint = "quote a cell that holds a comma" if len(cells) > len(header) else "fill the row up"
    return Problem(name, number, "", found, f"{len(header)}, as in the header", hint)


def _control(name: str, number: int, header: list[str], cells: list[str]) -> Problem | None:
    for i, cell in enumerate(cells):
        if bad := _CONTROL.search(cell):
            column = header[i] if i < len(header) else f"number {i + 1}"
            # csv cannot hold NUL; it travels as U+FFFE, itself refused.
            code = f"U+{ord(bad.group()):04X}".replace("U+FFFE", "U+0000 or U+FFFE")
            return Problem(name, number, column, f"the character {code}", "text", "delete it")
    return None


def _csv_problem(name: str, row: int, error: str) -> Problem:
    if "field larger" in error:
        return Problem(
            name, row, "", "a cell too large, or a quote that never closes", f"cells of at most {MAX_CELL:,} characters"
        )
    if "unexpected end" in error:
        return Problem(
            name, row, "", "a quote opened in this row never closes", "a closing quote", 'write "" for a quote inside a cell'
        )
    return Problem(name, row, "", error, "cells quoted as RFC 4180 says", 'write "" for a quote inside a cell')


def _encoding(path: Path) -> Problem:
    data = path.read_bytes()
    try:
        data.decode("utf-8")
        where, looks = 0, ""
    except UnicodeDecodeError as error:
        where = error.start
        looks = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:200] else ""
        looks = looks or "Windows-1252 or Latin-1"
    row = data.count(b"\n", 0, where) + 1
    return Problem(
        path.name, row, "", f"not UTF-8 at byte {where:,}; looks like {looks}", "UTF-8", "save the sheet as “CSV UTF-8”"
    )
