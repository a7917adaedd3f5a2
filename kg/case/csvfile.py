"""Strict reading of a case's CSV files: every cell exactly as it stands, or a named problem.

Read with the standard `csv` module (RFC 4180), a row at a time; nothing is
guessed, no row is ever shifted, and reading goes on after a bad row so that all
of them are reported at once.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from unicodedata import is_normalized

from kg.model.problems import Problem
from kg.text.spelling import Likely, did_you_mean

MAX_BYTES = 8 << 30
MAX_LINE = 1 << 24
MAX_CELL = 1 << 20
MAX_COLUMNS = 200
SEPARATOR = " | "

# C0 but tab and line ends, DEL and C1, and what is no character. C1 is most often Windows-1252
# that was read as Latin-1 and saved as UTF-8: it acts on some terminals as C0 does.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_OTHER_NAME = re.compile(r"name_[a-z]{2,3}")
_MAGIC = {
    b"\x1f\x8b": "a gzip file",
    b"PK\x03\x04": "a zip file or a spreadsheet",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"%PDF": "a PDF",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"SQLite": "a database",
}
_QUOTES = 'write "" for a quote inside a cell'


# Rows of one mistake that are named; words compared in the search for likely ones.
_FIRST, _COMPARISONS = 5, 300_000
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Problems:
    """Collects what is wrong; of a million errors or warnings it keeps the first thousand.

    One mistake repeated down a column is one problem, with its count and first rows. `torn`
    names the files with rows that could not be read at all.
    """

    limit: int = 1000
    found: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    torn: set[str] = field(default_factory=set)
    _alike: dict[tuple[object, ...], int] = field(default_factory=dict)
    _kept: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    _forms: dict[tuple[object, ...], int] = field(default_factory=dict)
    _compared: int = 0

    @property
    def dropped(self) -> int:
        """How many were not kept."""
        return self.errors + self.warnings - sum(p.times for p in self.found)

    def add(self, problem: Problem, likely: Likely | None = None) -> None:
        """Keep one more problem, in the order found; `likely` is looked up only if it is kept."""
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
        about = (problem.file, problem.column, problem.expected, problem.warning)
        if (*about, problem.found) in self._alike or _LETTER.search(problem.found):
            return *about, problem.found
        form = (*about, "", re.sub(r"\d", "0", problem.found))
        self._forms[form] = self._forms.get(form, 0) + 1
        return form if self._forms[form] > _FIRST else (*about, problem.found)

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
    """One row: its number as a spreadsheet counts, its cells by column, what is wrong with it."""

    file: str
    number: int
    cells: dict[str, str]
    problems: Problems
    fine: bool = True

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

    def fault(self, column: str, found: str, expected: str, hint: str | Likely = "") -> None:
        """Report an error in a cell; the row is not `fine` from now on."""
        self.fine = False
        said, likely = (hint, None) if isinstance(hint, str) else ("", hint)
        problem = Problem(self.file, self.number, column, found, expected, said)
        self.problems.add(problem, likely)

    def warn(self, column: str, found: str, expected: str, hint: str = "") -> None:
        """Report what is odd in a cell and does not stop a build."""
        self.problems.add(Problem(self.file, self.number, column, found, expected, hint, True))


def quoted(text: str) -> str:
    """A cell as a message shows it: short, and an empty one in a word.

    >>> quoted("x" * 100)[-3:], quoted("")
    ('x…”', 'nothing')
    """
    return f"“{text if len(text) <= 80 else text[:80] + '…'}”" if text else "nothing"


def read(
    path: Path, required: Sequence[str], known: Iterable[str], problems: Problems
) -> Iterator[Row]:
    """Stream the rows of a table whose shape is right; report the others.

    `required` columns must be there, other columns must be `known`; where
    ``name_zh`` is known, so is the name in any language. Empty columns without a
    name at the right end, as spreadsheets leave them, are no columns. Cells come
    trimmed at their ends, line ends inside them as ``\\n``. A table without rows
    is a warning. Cost: one pass, one row in memory.
    """
    name = path.name
    if complaint := _unreadable(path):
        hint = "save the sheet as “CSV UTF-8”"
        problems.lose(Problem(name, 0, "", complaint, "a UTF-8 CSV file", hint))
        return
    csv.field_size_limit(MAX_LINE)
    before, rows = problems.errors, 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for row in _rows(name, file, required, set(known), problems):
                rows += 1
                yield row
    except UnicodeDecodeError:
        problems.lose(_encoding(path))
    if not rows and problems.errors == before:
        problems.add(Problem(name, 0, "", "a header and no rows", "rows", warning=True))


def _rows(
    name: str, file: TextIO, required: Sequence[str], known: set[str], problems: Problems
) -> Iterator[Row]:
    # Only a record whose lines are long, hold a control character or letters in several parts
    # is looked at cell by cell.
    suspect, parted, length, uncomposed = False, False, 0, 0

    def watched() -> Iterator[str]:
        nonlocal suspect, parted, length
        while line := file.readline(MAX_LINE):
            length += len(line)
            if length >= MAX_LINE and not line.endswith("\n"):
                raise csv.Error("line too long")
            suspect = suspect or length > MAX_CELL or bool(_CONTROL.search(line))
            parted = parted or not (line.isascii() or is_normalized("NFC", line))
            yield line

    reader = csv.reader(watched(), strict=True)
    header: list[str] = []
    width = number = 0
    while True:
        number += 1
        length = 0
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.lose(_csv_problem(name, number, str(error)))
            return
        if suspect:
            suspect = False
            if bad := _bad_cell(name, number, header, cells):
                problems.lose(bad)
                if not header:
                    return
                continue
        if parted:
            parted = False
            uncomposed += sum(not is_normalized("NFC", cell) for cell in cells)
        if not cells or (not cells[0].strip() and not "".join(cells).strip()):
            continue
        if not header:
            if cells[0].lower().startswith("sep="):
                found = "a line that tells Excel the separator"
                problems.lose(Problem(name, number, "", found, "the header", "delete this line"))
                return
            width = len(cells)
            header = _named([c.strip() for c in cells])
            if not _header_fits(name, number, header, required, known, problems):
                return
        elif len(cells) != width:
            problems.lose(_length(name, number, width, cells))
        elif width > len(header) and any(c.strip() for c in cells[len(header) :]):
            found = "a cell under no column name"
            problems.lose(Problem(name, number, "", found, "a name in the header, or no cell"))
        else:
            columns = zip(header, cells, strict=False)
            yield Row(name, number, {h: c.strip() for h, c in columns}, problems)
    if uncomposed:
        found = (
            f"{uncomposed:,} {'cell' if uncomposed == 1 else 'cells'} with letters in parts (NFD)"
        )
        kept = "they are kept as they are, and found in either form"
        problems.add(Problem(name, 0, "", found, "whole letters (NFC)", kept, True))
    if not header:
        expected = f"a header row: {','.join(required)}"
        problems.lose(Problem(name, 0, "", "the file is empty", expected))


def _unreadable(path: Path) -> str:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return "this is no ordinary file"
        if about.st_size > MAX_BYTES:
            return f"{about.st_size:,} bytes, more than {MAX_BYTES:,}"
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        return error.strerror or "cannot be read"
    if head and not (any(head[::2]) and any(head[1::2] or b"x")):
        return "not UTF-8 at byte 0, row 1; looks like UTF-16"
    return next((f"this is {what}" for magic, what in _MAGIC.items() if head.startswith(magic)), "")


def _named(header: list[str]) -> list[str]:
    while header and not header[-1]:
        header.pop()
    return header


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
        problems.lose(Problem(name, number, column, found, expected, hint))

    if len(header) == 1 and len(required) > 1:
        for mark, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if mark in header[0]:
                bad("", f"one column only; looks like {called} between the cells", "commas")
                return False
    if len(header) > MAX_COLUMNS:
        extra = header[MAX_COLUMNS]
        bad(extra, f"{len(header):,} columns, this is the first too many", f"at most {MAX_COLUMNS}")
        return False
    for i, column in enumerate(header):
        if not column:
            bad(f"number {i + 1}", "no name", "a name for every column")
        elif column in header[:i]:
            bad(column, "the column is there twice", "each column once")
        elif column not in known and not ("name_zh" in known and _OTHER_NAME.fullmatch(column)):
            renamed = _RENAMED.get(column, "")
            now = f"it is called “{renamed}” now: rename the column" if renamed in known else ""
            hint = now or did_you_mean(column, known)
            bad(column, "unknown column", f"one of {', '.join(sorted(known))}", hint)
    for column in required:
        if column not in header:
            bad(column, "the column is missing", f"the columns {', '.join(required)}")
    return problems.errors == before


# Columns that have another name than in tables of an earlier version.
_RENAMED = {"verdict": "kind"}


def _length(name: str, number: int, width: int, cells: list[str]) -> Problem:
    found = "1 cell" if len(cells) == 1 else f"{len(cells):,} cells"
    hint = "quote a cell that holds a comma" if len(cells) > width else "fill the row up"
    return Problem(name, number, "", found, f"{width}, as in the header", hint)


def _bad_cell(name: str, number: int, header: list[str], cells: list[str]) -> Problem | None:
    for i, cell in enumerate(cells):
        column = header[i] if i < len(header) else f"number {i + 1}"
        if len(cell) > MAX_CELL:
            found, expected = f"{len(cell):,} characters", f"at most {MAX_CELL:,}"
            return Problem(name, number, column, found, expected, "is a quote left open?")
        if bad := _CONTROL.search(cell):
            found = f"the character U+{ord(bad.group()):04X}"
            return Problem(name, number, column, found, "text", _instead(bad.group()))
    return None


def _instead(control: str) -> str:
    """What to do about a control character; many are a letter that was read in another encoding."""
    try:
        meant = control.encode("latin-1").decode("cp1252")
    except UnicodeError:
        return "delete it"
    return f"write “{meant}”" if meant.isprintable() else "delete it"


def _csv_problem(name: str, row: int, error: str) -> Problem:
    if "unexpected end" in error:
        found = "a quote opened in this row never closes"
        return Problem(name, row, "", found, "a closing quote", _QUOTES)
    if "field larger" in error or "line too long" in error:
        found = "a row too long, or a quote opened in it never closes"
        return Problem(name, row, "", found, f"at most {MAX_LINE:,} characters")
    found = "text after a closing quote" if "expected after" in error else error
    return Problem(name, row, "", found, "cells quoted as RFC 4180 says", _QUOTES)


def _encoding(path: Path) -> Problem:
    """Where a file stops being UTF-8, and what it may be instead."""
    data = path.read_bytes()
    try:
        data.decode()
        where = 0
    except UnicodeDecodeError as error:
        where = error.start
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:200]
    looks = "UTF-16" if wide else "Windows-1252 or Latin-1"
    row = 0
    with contextlib.suppress(csv.Error):
        for _ in csv.reader(io.StringIO(data[:where].decode() + "x", None)):
            row += 1
    found = f"not UTF-8 at byte {where:,}; looks like {looks}"
    return Problem(path.name, row, "", found, "UTF-8", "save the sheet as “CSV UTF-8”")
