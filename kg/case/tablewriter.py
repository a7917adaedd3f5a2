"""The only hand that writes in a case's tables: the cells it is told to, and not a byte beside.

Order, quoting, line ends, encoding and byte-order mark of everything else stay as they are. A
change is made of the bytes that were read, shown as a diff, and put in place in one step, if
the file still holds these bytes.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import difflib
import io
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.case import sheet
from kg.case.form import Form
from kg.model.errors import OutOfBounds, UsageError

_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Change:
    """What a table holds and what it is to hold, as bytes; `form` says how they are text."""

    path: Path
    before: bytes
    after: bytes
    form: Form


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and where it stands in the file's, from `start` to `end`, quotes included."""

    start: int
    end: int
    text: str


def change(
    path: Path,
    form: Form,
    cells: Mapping[tuple[int, str], str],
    rows: Sequence[Mapping[str, str]] = (),
) -> Change:
    """A table with new texts in the cells named by (row, column), and with `rows` at its end.

    Rows count as a spreadsheet does. A new row has empty cells where it says nothing.

    Raises UsageError for a workbook, which only a spreadsheet program writes without loss, for
    a column that the table lacks, and for a text that its encoding cannot hold; OutOfBounds if
    the file is not as it was read.
    """
    if path.suffix in sheet.KINDS:
        row, column = next(iter(cells), (0, ""))
        where = f" (row {row}, column {column})" if row else ""
        raise UsageError(
            f"{path.name} is a workbook, and writing it would lose formats and formulas; enter "
            f"what is printed there by hand{where}, or save the sheet as “CSV UTF-8”"
        )
    before = path.read_bytes()
    mark, text, codec = decoded(path, before, form)
    read = records(path, text, form)
    header = next((n for n, r in enumerate(read, 1) if any(c.text.strip() for c in r)), 0)
    names = [c.text.strip() for c in read[header - 1]] if header else []
    for column in [column for _, column in cells] + [c for row in rows for c in row]:
        if column not in names:
            raise UsageError(f"{path.name} has no column {column}; add one to its header first")
    parts, last = [], 0
    for number, record in enumerate(read, 1):
        for name, cell in zip(names, record, strict=False):
            if (number, name) in cells and number > header:
                parts += [text[last : cell.start], quoted(cells[number, name], form.separator)]
                last = cell.end
    found = "".join([*parts, text[last:]])
    ends = _LINE.search(text)
    end = ends.group() if ends else "\n"
    if rows and found and not found.endswith(("\n", "\r")):
        found += end
    for new in rows:
        found += form.separator.join(quoted(new.get(n, ""), form.separator) for n in names) + end
    try:
        after = mark + found.encode(codec)
    except UnicodeEncodeError as error:
        lacking = found[error.start]
        raise UsageError(
            f"{path.name} is in {form.encoding}, which has no “{lacking}”; save it as UTF-8"
        ) from error
    return Change(path, before, after, form)


def begun(
    path: Path, form: Form, columns: Sequence[str], rows: Sequence[Mapping[str, str]]
) -> Change:
    """A table that there is not yet, with its header and first rows."""
    lines = [columns, *([row.get(c, "") for c in columns] for row in rows)]
    text = "".join(form.separator.join(quoted(c, form.separator) for c in x) + "\n" for x in lines)
    return Change(path, b"", text.encode(form.encoding), form)


def undone(change: Change) -> Change:
    """What takes a change back; of a table that was begun only the header stays."""
    if change.before:
        return Change(change.path, change.after, change.before, change.form)
    header = change.after.partition(b"\n")[0] + b"\n"
    return Change(change.path, change.after, header, change.form)


def laid_out(path: Path, form: Form, columns: Sequence[str]) -> Change:
    """A table with its columns in the order of `columns`, others after them, plainly quoted.

    Rows keep their order and cells their words; lines end as the first one does. Blank rows go.
    Raises UsageError for a workbook.
    """
    if path.suffix in sheet.KINDS:
        raise UsageError(f"{path.name} is a workbook; arrange it in a spreadsheet program")
    before = path.read_bytes()
    mark, text, codec = decoded(path, before, form)
    read = [r for r in records(path, text, form) if any(c.text.strip() for c in r)]
    names = [c.text.strip() for c in read[0]] if read else []
    order = sorted(range(len(names)), key=lambda i: _place(names[i], columns))
    ends = _LINE.search(text)
    end = ends.group() if ends else "\n"
    lines = []
    for record in read:
        cells = [*(record[i].text for i in order if i < len(record))]
        lines.append(form.separator.join(quoted(c.strip(), form.separator) for c in cells) + end)
    return Change(path, before, mark + "".join(lines).encode(codec), form)


def _place(name: str, columns: Sequence[str]) -> int:
    # A name in one more language stands where the known one does.
    name = "name_zh" if name.startswith("name_") and name not in columns else name
    return columns.index(name) if name in columns else len(columns)


def diff(changes: Iterable[Change]) -> str:
    """All changes as one unified diff; empty if nothing changes."""
    parts = []
    for c in changes:
        old, new = (
            decoded(c.path, data, c.form)[1].splitlines(True) for data in (c.before, c.after)
        )
        lines = difflib.unified_diff(old, new, f"a/{c.path.name}", f"b/{c.path.name}", n=0)
        parts += [_LINE.sub("", line) for line in lines]
    return "\n".join(parts) + "\n" if parts else ""


def write(changes: Iterable[Change]) -> list[Path]:
    """Put changes in place, each file in one step; returns the files that changed.

    All new files are on the disk before the first takes the place of an old one; whatever
    stops it before leaves every table as it was.

    Raises OutOfBounds if a file is not as it was read, or cannot be written.
    """
    wanted = [c for c in changes if c.after != c.before]
    fresh: list[tuple[Path, Path, Change]] = []
    try:
        for c in wanted:
            target = c.path.resolve()
            path = target.with_name(f".{target.name}.{os.getpid()}")
            fresh.append((path, target, c))
            with path.open("wb") as file:
                file.write(c.after)
                file.flush()
                os.fsync(file.fileno())
            if target.exists() or c.before:
                shutil.copymode(target, path)
        for _, target, c in fresh:
            if _held(target) != c.before:
                raise OutOfBounds(f"{c.path.name} changed meanwhile; nothing changed; run it again")
        for path, target, c in fresh:
            if _held(target) != c.before:
                raise OutOfBounds(f"{c.path.name} changed meanwhile and is left so; run it again")
            os.replace(path, target)
    except OSError as error:
        raise OutOfBounds(f"cannot write a table: {error}") from error
    finally:
        for path, _, _ in fresh:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return [c.path for c in wanted]


def _held(path: Path) -> bytes:
    """What a file holds; nothing if there is none."""
    return path.read_bytes() if path.exists() else b""


def quoted(text: str, separator: str) -> str:
    """A cell as CSV writes it: in quotes where it needs them.

    >>> quoted('a "b" c', ","), quoted("a;b", ","), quoted("a;b", ";")
    ('"a ""b"" c"', 'a;b', '"a;b"')
    """
    if any(c in text for c in (separator, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def decoded(path: Path, data: bytes, form: Form) -> tuple[bytes, str, str]:
    """Byte-order mark, text, and the codec that gives the same bytes again.

    Raises OutOfBounds for bytes that are none of its encoding, UsageError for what would
    not come back as it was.
    """
    name, mark = form.encoding, b""
    for known, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(known) and codec.startswith(name):
            mark, name = known, codec
            break
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeError as error:
        raise OutOfBounds(f"{path.name} is not {name} any more; nothing changed") from error
    if mark + text.encode(name) != data:
        raise UsageError(f"{path.name}: {name} cannot be written as it stands; save it as UTF-8")
    return mark, text, name


def records(path: Path, text: str, form: Form) -> list[list[Cell]]:
    """Every record with its cells' places, exactly as the reader of tables sees them.

    Raises UsageError for a table that is quoted in another way than CSV is.
    """
    separator = re.escape(form.separator)
    cell = re.compile(rf'("(?:[^"]|"")*"|[^{separator}\r\n]*)({separator}|\r\n|\r|\n|\Z)')
    found: list[list[Cell]] = [[]]
    for match in cell.finditer(text):
        raw = match[1]
        plain = raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
        found[-1].append(Cell(match.start(1), match.end(1), _LINE.sub("\n", plain)))
        if not match[2]:
            break
        if match[2] != form.separator:
            found.append([])
    if len(found[-1]) == 1 and not found[-1][0].text and len(found) > 1:
        found.pop()
    try:
        stream = io.StringIO(text, None)
        known = [r or [""] for r in csv.reader(stream, strict=True, delimiter=form.separator)]
    except csv.Error as error:
        raise UsageError(f"{path.name}: {error}; mend it first: kg check says where") from error
    if [[c.text for c in r] for r in found] != (known or [[""]]):
        raise UsageError(f"{path.name} is quoted in a way that cannot be written; see kg check")
    return found
