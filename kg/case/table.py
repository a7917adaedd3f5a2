"""Strict reading of a case's tables: every cell exactly as it stands, or a named problem.

A CSV file or a sheet is read a row at a time; no row is ever shifted, and reading
goes on after a bad row so that all of them are reported at once.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import is_normalized

from kg.case import csvfile, local_forms, sheet
from kg.case.csvfile import CONTROL, MAX_CELL
from kg.case.form import PLAIN, SEPARATORS, Form
from kg.case.row import Problems, Row, quoted
from kg.model.problems import Problem
from kg.text.spelling import did_you_mean, most_alike
from kg.text.terminal import count

MAX_BYTES = 8 << 30
MAX_COLUMNS = 200
_LONGEST = 200
# Columns that have another name than in tables of an earlier version.
_RENAMED = {"verdict": "kind"}
_OTHER_NAME = re.compile(r"name_[a-z]{2,3}")


def read(
    path: Path,
    required: Sequence[str],
    known: Iterable[str],
    problems: Problems,
    form: Form = PLAIN,
    typed: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """Stream the rows of a table whose shape is right; report the others.

    `required` columns must be there, other columns must be `known`; where
    ``name_zh`` is known, so is the name in any language. Empty columns without a
    name at the right end, as spreadsheets leave them, are no columns. Cells come
    trimmed at their ends, line ends inside them as ``\\n``; those of the columns that
    `typed` calls a ``date`` or a ``number`` come in the tables' own form where the table's
    `form` declares another. Cost: one pass, one row in memory; a sheet is held whole.
    """
    if complaint := unreadable(path):
        problems.lose(Problem(path.name, 0, "", complaint, "a UTF-8 CSV file", csvfile.SAVE))
        return
    source = sheet.records if path.suffix in sheet.KINDS else csvfile.records
    rows = _rows(path, source(path, form, problems), required, set(known), form, problems)
    if not form.dates and form.decimal != ",":
        yield from rows
        return
    for row in rows:
        _translate(row, form, typed or {})
        yield row


def unreadable(path: Path) -> str:
    """Why a file cannot be a table whatever it holds; empty if it can."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return "this is no ordinary file"
        if about.st_size > MAX_BYTES:
            return f"{about.st_size:,} bytes, more than {MAX_BYTES:,}"
        with path.open("rb"):
            return ""
    except OSError as error:
        return error.strerror or "cannot be read"


def header(path: Path, form: Form) -> list[str]:
    """The names of a table's columns; none if they cannot be read."""
    if unreadable(path):
        return []
    source = sheet.records if path.suffix in sheet.KINDS else csvfile.records
    for _, cells, _, _ in source(path, form, Problems(limit=0)):
        if any(c.strip() for c in cells):
            return [c.strip() for c in cells]
    return []


def _translate(row: Row, form: Form, typed: Mapping[str, str]) -> None:
    for column, kind in typed.items():
        if not (cell := row.cells.get(column)):
            continue
        if kind == "date":
            row.rewrite(column, local_forms.date(cell, form))
        elif form.decimal == "," and "." in cell.replace("..", ""):
            expected = "a number with a decimal comma and no other sign, as 1200 or 0,5"
            row.fault(column, quoted(cell), expected, "case.toml says decimal = “,”")
            row.refused |= {column}
        else:
            row.rewrite(column, local_forms.number(cell, form))


def _rows(
    path: Path,
    source: Iterable[csvfile.Record],
    required: Sequence[str],
    known: set[str],
    form: Form,
    problems: Problems,
) -> Iterator[Row]:
    name, before = path.name, len(problems.torn)
    names: list[str] = []
    lacking = frozenset[str]()
    width = uncomposed = 0
    for number, cells, suspect, parted in source:
        if suspect and (bad := _bad_cell(name, number, names, cells)):
            problems.lose(bad)
            if not names:
                return
            continue
        if parted:
            uncomposed += sum(not is_normalized("NFC", cell) for cell in cells)
        if not cells or (not cells[0].strip() and not "".join(cells).strip()):
            continue
        if not names:
            if cells[0].lower().startswith("sep="):
                found = "a line that tells Excel the separator"
                problems.lose(Problem(name, number, "", found, "the header", "delete this line"))
                return
            width = len(cells)
            names = _named([c.strip() for c in cells])
            if not (read := _header(name, number, names, required, known, form, problems)):
                return
            names, lacking = read
        elif len(cells) != width:
            problems.lose(_length(name, number, width, cells, form))
        elif width > len(names) and any(c.strip() for c in cells[len(names) :]):
            found = "a cell under no column name"
            problems.lose(Problem(name, number, "", found, "a name in the header, or no cell"))
        else:
            held = dict(zip(names, map(str.strip, cells), strict=False))
            # What stands in a column that is none is told at its head, as one that lacks is.
            held.pop("", None)
            for column in lacking:
                held[column] = ""
            yield Row(name, number, held, problems, refused=lacking)
    if uncomposed:
        found = f"{count(uncomposed, 'cell')} with letters in parts (NFD)"
        kept = "they are kept as they are, and found in either form"
        problems.add(Problem(name, 0, "", found, "whole letters (NFC)", kept, True))
    if not names and name not in problems.torn and len(problems.torn) == before:
        expected = f"a header row: {','.join(required)}"
        problems.lose(Problem(name, 0, "", "the file is empty", expected))


def _named(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    return names


def _header(
    name: str,
    number: int,
    names: list[str],
    required: Sequence[str],
    known: set[str],
    form: Form,
    problems: Problems,
) -> tuple[list[str], frozenset[str]] | None:
    """The columns as they are meant, and those that lack; None if the rows below cannot be told apart.

    What is wrong with the header is reported. A column that is none has an empty name then, or that of the
    one that is likely meant: so the cells below are looked at, too.
    """

    def bad(column: str, found: str, expected: str, hint: str = "") -> None:
        problems.lose(Problem(name, number, column, found, expected, hint))

    alone = len(names) == 1 and len(required) > 1 and not name.endswith(sheet.KINDS)
    if alone and (told := csvfile.looks_separated(names, form, name)):
        bad("", *told)
        return None
    if len(names) > MAX_COLUMNS:
        extra = names[MAX_COLUMNS]
        bad(extra, f"{len(names):,} columns, this is the first too many", f"at most {MAX_COLUMNS}")
        return None
    meant = list(names)
    for i, column in enumerate(names):
        if not column:
            meant[i] = ""
            bad(f"number {i + 1}", "no name", "a name for every column")
        elif len(column) > _LONGEST:
            meant[i] = ""
            found = f"a name of {len(column):,} characters"
            bad(f"number {i + 1}", found, f"at most {_LONGEST}", "is a quote left open?")
        elif column in names[:i]:
            meant[i] = ""
            bad(column, "the column is there twice", "each column once")
        elif column not in known and not ("name_zh" in known and _OTHER_NAME.fullmatch(column)):
            renamed = _RENAMED.get(column, "")
            likely = renamed if renamed in known else most_alike(column, known)
            meant[i] = "" if likely in meant else likely
            now = f"it is called “{renamed}” now: rename the column" if renamed in known else ""
            hint = now or did_you_mean(column, known)
            bad(column, "unknown column", f"one of {', '.join(sorted(known))}", hint)
    for column in required:
        if column not in names:
            bad(column, "the column is missing", f"the columns {', '.join(required)}")
    lacking = frozenset(required).difference(meant)
    # Of what has no column that is known nobody can tell what it is.
    return (meant, lacking) if any(meant) else None


def _length(name: str, number: int, width: int, cells: list[str], form: Form) -> Problem:
    found = count(len(cells), "cell")
    one = SEPARATORS[form.separator].removesuffix("s")
    hint = f"quote a cell that holds a {one}" if len(cells) > width else "fill the row up"
    return Problem(name, number, "", found, f"{width}, as in the header", hint)


def _bad_cell(name: str, number: int, names: list[str], cells: list[str]) -> Problem | None:
    for i, cell in enumerate(cells):
        column = names[i] if i < len(names) else f"number {i + 1}"
        if len(cell) > MAX_CELL:
            found, expected = f"{len(cell):,} characters", f"at most {MAX_CELL:,}"
            return Problem(name, number, column, found, expected, "is a quote left open?")
        if bad := CONTROL.search(cell):
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
