"""The records of a CSV file: every cell exactly as it stands, or a named problem.

Read with the standard `csv` module (RFC 4180), a record at a time; nothing is
guessed. What separates cells, and the encoding, are what case.toml declares.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO
from unicodedata import is_normalized

from kg.case import form as forms
from kg.case.encodings import readings
from kg.case.form import SEPARATORS, Form
from kg.case.row import Problems
from kg.model.problems import Problem

MAX_LINE = 1 << 24
MAX_CELL = 1 << 20
# C0 but tab and line ends, DEL and C1, and what is no character. C1 is most often Windows-1252
# that was read as Latin-1 and saved as UTF-8: it acts on some terminals as C0 does.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
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
SAVE = "save the sheet as “CSV UTF-8”"
# So many bytes of lines are looked at together.
_SOME = 1 << 16
# Number, cells, whether a cell may break a rule, whether letters may stand in parts.
Record = tuple[int, list[str], bool, bool]


def codec(form: Form) -> str:
    """The name of the encoding to read a file with; UTF-8 with or without its mark."""
    return "utf-8-sig" if form.encoding == "utf-8" else form.encoding


def records(path: Path, form: Form, problems: Problems) -> Iterator[Record]:
    """Stream the records of a file: (number, cells, suspect, parted).

    Only a record that is `suspect` (its lines are long or hold a control character)
    needs to be looked at cell by cell, and only a `parted` one (with letters in several
    parts) counted. What ends the reading is reported. Cost: one pass, one record in memory.
    """
    if problem := _foreign(path, form):
        problems.lose(problem)
        return
    csv.field_size_limit(MAX_LINE)
    try:
        yield from _records(path, form, problems)
    except UnicodeError:
        problems.lose(_encoding(path, form))


def _records(path: Path, form: Form, problems: Problems) -> Iterator[Record]:
    suspect, parted, length = False, False, 0

    def watched(file: TextIO) -> Iterator[str]:
        nonlocal suspect, parted, length
        while line := file.readline(MAX_LINE):
            length += len(line)
            if length >= MAX_LINE and not line.endswith("\n"):
                raise csv.Error("line too long")
            suspect = suspect or length > MAX_CELL or bool(CONTROL.search(line))
            parted = parted or not (line.isascii() or is_normalized("NFC", line))
            yield line

    def lines() -> Iterator[str]:
        nonlocal length
        name = codec(form)
        with path.open("rb") as file:
            while some := _some(file) if form.encoding == "utf-8" else None:
                text = _plain(some, name)
                # What is plain as a whole needs no look line by line, unless a record may go on for long.
                if text is None or length > MAX_CELL >> 1:
                    yield from watched(io.TextIOWrapper(io.BytesIO(some), name))
                else:
                    length += len(text)
                    yield from io.StringIO(text)
                name = form.encoding
            with io.TextIOWrapper(file, name) as rest:
                yield from watched(rest)

    reader = csv.reader(lines(), strict=True, delimiter=form.separator)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells, suspect, parted
            suspect, parted, length = False, False, 0
    except csv.Error as error:
        problems.lose(_csv_problem(path.name, number + 1, str(error)))


def _some(file: BinaryIO) -> bytes:
    """Some whole lines of a file; nothing before what has no end of a line in reach."""
    at = file.tell()
    some = file.read(_SOME) + file.readline(MAX_LINE)
    if some.endswith(b"\n"):
        return some
    file.seek(at)
    return b""


def _plain(some: bytes, encoding: str) -> str | None:
    """The text of some lines in which no cell can break a rule; None where each needs a look."""
    try:
        text = some.decode(encoding).replace("\r\n", "\n")
    except UnicodeError:
        return None
    fine = "\r" not in text and len(text) < MAX_CELL and not CONTROL.search(text)
    return text if fine and (text.isascii() or is_normalized("NFC", text)) else None


def single(line: str, form: Form) -> list[str] | None:
    """The cells of a line, with its end, that is one record; None for what is only a part of one."""
    if "\r" in line.rstrip("\r\n"):
        return None
    try:
        (found,) = csv.reader([line], strict=True, delimiter=form.separator)
    except (csv.Error, ValueError):
        return None
    return found


def cells(line: bytes, form: Form) -> list[str]:
    """The cells of a line of a table, trimmed; none of what is no record."""
    found = single(line.decode(codec(form), "replace"), form)
    return [cell.strip() for cell in found or ()]


def looks_separated(header: list[str], form: Form, file: str) -> tuple[str, str, str] | None:
    """What to report of a header with a single cell that holds another separator."""
    for mark, called in SEPARATORS.items():
        if mark != form.separator and mark in header[0]:
            found = f"one column only; looks like {called} between the cells"
            own = form.separator != ","
            table = file.rpartition(".")[0]
            told = " as case.toml says" if own else ""
            return (
                found,
                f"{SEPARATORS[form.separator]}{told}",
                forms.line("separator", mark, table, others=not own),
            )
    return None


def _foreign(path: Path, form: Form) -> Problem | None:
    """What a file is, from its first bytes, if it is no CSV in the declared encoding."""
    with path.open("rb") as file:
        head = file.read(8)
    expected = f"a CSV file in {form.encoding}" if form.encoding != "utf-8" else "a UTF-8 CSV file"
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            return Problem(path.name, 0, "", f"this is {what}", expected, SAVE)
    wide = form.encoding.startswith(("utf-16", "utf-32"))
    if head and not wide and not (any(head[::2]) and any(head[1::2] or b"x")):
        kind = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le"
        kind = "utf-16-be" if head[:1] == b"\x00" else kind
        found = f"not {form.encoding.upper()} at byte 0, row 1; looks like UTF-16"
        return Problem(path.name, 0, "", found, expected, _or_declare(path, kind))
    if head.startswith(codecs.BOM_UTF8) and form.encoding != "utf-8":
        hint = forms.line("encoding", "utf-8", path.stem)
        return Problem(path.name, 0, "", "it begins with the mark of UTF-8", expected, hint)
    return None


def _or_declare(path: Path, encoding: str, header: str = "") -> str:
    """How a file of another encoding is read; its separator is told with it."""
    declared = forms.line("encoding", encoding, path.stem, others=True)
    if "," not in header and (mark := next((m for m in ";\t" if m in header), "")):
        declared += f' and separator = "{"tab" if mark == chr(9) else mark}"'
    return f"{SAVE}, or {declared}"


def _csv_problem(name: str, row: int, error: str) -> Problem:
    if "unexpected end" in error:
        found = "a quote opened in this row never closes"
        return Problem(name, row, "", found, "a closing quote", _QUOTES)
    if "field larger" in error or "line too long" in error:
        found = "a row too long, or a quote opened in it never closes"
        return Problem(name, row, "", found, f"at most {MAX_LINE:,} characters")
    found = "text after a closing quote" if "expected after" in error else error
    return Problem(name, row, "", found, "cells quoted as RFC 4180 says", _QUOTES)


def _encoding(path: Path, form: Form) -> Problem:
    """Where a file stops being in its encoding, and what it may be instead."""
    data, name = path.read_bytes(), form.encoding
    try:
        data.decode(name)
        where = 0
    except UnicodeDecodeError as error:
        where = error.start
    row = 0
    with contextlib.suppress(csv.Error, UnicodeError):
        before = data[:where].decode(codec(form)) + "x"
        for _ in csv.reader(io.StringIO(before, None), delimiter=form.separator):
            row += 1
    if name != "utf-8":
        found = f"not {name} at byte {where:,}"
        hint = f"{SAVE}, or name its encoding under [tables.{path.stem}] in data/case.toml"
        return Problem(path.name, row, "", found, f"{name}, as case.toml says", hint)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:200]
    header = (
        "" if wide or form.separator != "," else data.split(b"\n", 1)[0].decode("cp1252", "replace")
    )
    if not wide and (read := readings(data, where)):
        as_read = " or ".join(f"{e}, which has “{text}” there" for e, text in read)
        hint = _or_declare(path, read[0][0], header)
        hint += ", or which of these reads right" if len(read) > 1 else ", if that reads right"
        found = f"not UTF-8 at byte {where:,}; looks like {as_read}"
        return Problem(path.name, row, "", found, "UTF-8", hint)
    looks, declared = ("UTF-16", "utf-16") if wide else ("Windows-1252 or Latin-1", "cp1252")
    found = f"not UTF-8 at byte {where:,}; looks like {looks}"
    return Problem(path.name, row, "", found, "UTF-8", _or_declare(path, declared, header))
