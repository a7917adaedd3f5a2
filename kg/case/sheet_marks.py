"""What a workbook's file says of its cells beside their values: errors, formats, merged cells.

Read from the XML inside the zip file, by the standard parser; entities are refused, and
sizes are bounded before anything is unpacked by somebody else.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

_UNPACKED = 1 << 30
_AREA = 10_000_000
_TEXT = 1 << 28
_CHUNK = 1 << 20
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
Attributes = dict[str, str]


class Unreadable(Exception):
    """A workbook that is not read: (found, expected, hint)."""


@dataclass
class Marks:
    """What is to be known of a sheet's cells, by (row, column) from 0; `merged` by row."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    text: int = 0

    def weigh(self, length: int) -> None:
        """Count the text of cells: one that stands once in the file may be that of many."""
        self.text += length
        if self.text > _TEXT:
            raise Unreadable("a sheet of too much text", f"at most {_TEXT:,} characters")

    def note(self, row: int, column: int, mark: str = "", rows: int = 1, columns: int = 1) -> None:
        """Enter a cell that holds something, and those it is repeated to."""
        self.rows, self.columns = max(self.rows, row + rows), max(self.columns, column + columns)
        if self.rows * self.columns > _AREA:
            found = f"a sheet of {self.rows:,} rows and {self.columns:,} columns"
            raise Unreadable(found, f"at most {_AREA:,} cells", "delete what lies far outside")
        if mark:
            for i in range(row, row + rows):
                self.cells.update(((i, j), mark) for j in range(column, column + columns))


@dataclass
class Book:
    """An open workbook: its sheets by name, with whether each is visible, and their marks."""

    sheets: dict[str, bool]
    marks: Callable[[str], Marks]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Book]:
    """Open a workbook. Raises Unreadable, or what zipfile raises for a file that is none."""
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > _UNPACKED:
            raise Unreadable(f"more than {_UNPACKED:,} bytes once unpacked", "a smaller sheet")
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise Unreadable("a workbook with a password", "one without")
        # Sizes that lie are found here: what is longer than it says fails its checksum.
        if torn := archive.testzip():
            raise zipfile.BadZipFile(f"{torn} is damaged")
        yield _xlsx(archive) if path.suffix == ".xlsx" else _ods(archive)


def _parse(
    archive: zipfile.ZipFile,
    name: str,
    start: Callable[[str, Attributes], Any],
    end: Callable[[str], Any] | None = None,
    words: Callable[[str], Any] | None = None,
) -> None:
    """Walk the XML of a member; names of elements and attributes come without their prefixes."""

    def refuse(*_: object) -> None:
        raise Unreadable(f"{name} declares entities", "a workbook of a spreadsheet program")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, given: start(
        tag.rpartition(":")[2], {k.rpartition(":")[2]: v for k, v in given.items()}
    )
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if words:
        parser.CharacterDataHandler = words
    try:
        with archive.open(name) as file:
            _feed(parser, file)
    except expat.ExpatError as error:
        raise Unreadable(f"{name} is no XML: {error}", "a workbook that opens") from error


def _feed(parser: Any, file: IO[bytes]) -> None:
    while data := file.read(_CHUNK):
        parser.Parse(data, False)
    parser.Parse(b"", True)


# ---------------------------------------------------------------- xlsx


def _xlsx(archive: zipfile.ZipFile) -> Book:
    sheets: dict[str, bool] = {}
    links: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, given: Attributes) -> None:
        if tag == "sheet":
            sheets[given["name"]] = given.get("state", "visible") == "visible"
            links[given["name"]] = given.get("id", "")

    def relation(tag: str, given: Attributes) -> None:
        if tag == "Relationship":
            targets[given["Id"]] = given["Target"]

    _parse(archive, "xl/workbook.xml", sheet)
    _parse(archive, "xl/_rels/workbook.xml.rels", relation)

    def marks(name: str) -> Marks:
        target = targets[links[name]]
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return _xlsx_marks(archive, member, _formats(archive), _lengths(archive))

    return Book(sheets, marks)


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """What each style of an xlsx file says of a date or number; see `_shown`."""
    codes: dict[str, str] = {"9": "0%", "10": "0.00%", "16": "d-mmm", "17": "mmm-yy"}
    found: list[str] = []
    inside = False

    def start(tag: str, given: Attributes) -> None:
        nonlocal inside
        if tag == "numFmt":
            codes[given["numFmtId"]] = given["formatCode"]
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            found.append(_shown(codes.get(given.get("numFmtId", "0"), "")))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    if "xl/styles.xml" in archive.namelist():
        _parse(archive, "xl/styles.xml", start, end)
    return found


def _lengths(archive: zipfile.ZipFile) -> list[int]:
    """How long each of the texts is that cells of an xlsx file share."""
    found: list[int] = []

    def start(tag: str, given: Attributes) -> None:
        if tag == "si":
            found.append(0)

    def words(text: str) -> None:
        if found:
            found[-1] += len(text)

    if "xl/sharedStrings.xml" in archive.namelist():
        _parse(archive, "xl/sharedStrings.xml", start, None, words)
    return found


def _shown(code: str) -> str:
    """What of a cell a format shows: ``percent``, a date's ``month`` or ``year``, ``no-year``.

    >>> _shown("mmm-yy"), _shown("yyyy"), _shown("dd/mm/yyyy"), _shown('0 "days"'), _shown("0%")
    ('month', 'year', '', '', 'percent')
    """
    plain = re.sub(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*.', "", code.partition(";")[0]).lower()
    if "%" in plain:
        return "percent"
    if "general" in plain or not re.search("[ymd]", plain) or re.search("[hs]", plain):
        return ""
    if "y" not in plain:
        return "no-year"
    return "" if "d" in plain else "month" if "m" in plain else "year"


def _xlsx_marks(
    archive: zipfile.ZipFile, member: str, formats: list[str], lengths: list[int]
) -> Marks:
    marks = Marks()
    number = ""
    row = column = -1
    cell: Attributes = {}
    formula = value = inside = False

    def start(tag: str, given: Attributes) -> None:
        nonlocal row, column, cell, formula, value, inside, number
        inside = tag == "v"
        if tag == "row":
            row, column = int(given["r"]) - 1 if "r" in given else row + 1, -1
        elif tag == "c":
            if place := _REFERENCE.fullmatch(given.get("r", "")):
                row, column = int(place[2]) - 1, _number(place[1])
            else:
                column += 1
            cell, formula, value, number = given, False, False, ""
        elif tag == "f":
            formula = True
        elif tag == "is" or (tag == "v" and cell.get("t") == "str"):
            value = True
        elif tag == "mergeCell":
            first, _, last = given["ref"].partition(":")
            here, there = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
            if here and there:
                _merge(marks, (int(here[2]) - 1, int(there[2]) - 1), _number(here[1]))

    def words(text: str) -> None:
        nonlocal value, number
        value = value or inside
        if inside and cell.get("t") == "s":
            number += text

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag != "c" or not (formula or value):
            return
        if number.isdecimal() and int(number) < len(lengths):
            marks.weigh(lengths[int(number)])
        mark = "error" if cell.get("t") == "e" else "" if value else "no-value"
        style = int(cell.get("s", 0))
        if not mark and cell.get("t", "n") in ("n", "d") and style < len(formats):
            mark = formats[style]
        marks.note(row, column, mark)

    _parse(archive, member, start, end, words)
    return marks


def _merge(marks: Marks, rows: tuple[int, int], column: int) -> None:
    for row in range(rows[0], min(rows[1], rows[0] + 100_000) + 1):
        marks.merged.setdefault(row, column)


def _number(letters: str) -> int:
    """The number, from 0, of a column with these letters."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


# ---------------------------------------------------------------- ods


def _ods(archive: zipfile.ZipFile) -> Book:
    sheets: dict[str, bool] = {}
    hidden: set[str] = set()
    style = ""

    def start(tag: str, given: Attributes) -> None:
        nonlocal style
        if tag == "style":
            style = given.get("name", "")
        elif tag == "table-properties" and given.get("display") == "false":
            hidden.add(style)
        elif tag == "table" and "name" in given:
            sheets[given["name"]] = given.get("style-name") not in hidden

    _parse(archive, "content.xml", start)
    return Book(sheets, lambda name: _ods_marks(archive, name))


def _ods_marks(archive: zipfile.ZipFile, name: str) -> Marks:
    marks = Marks()
    shows: dict[str, set[str]] = {}
    data_style = ""
    of_style: dict[str, str] = {}
    columns: list[str] = []
    here = False
    row = column = repeated = 0
    rows = 1

    def start(tag: str, given: Attributes) -> None:
        nonlocal data_style, here, row, column, rows, repeated
        if tag == "date-style":
            data_style = given.get("name", "")
            shows[data_style] = set()
        elif tag in ("year", "month", "day") and data_style:
            shows[data_style].add(tag)
        elif tag == "style" and "data-style-name" in given:
            of_style[given.get("name", "")] = given["data-style-name"]
        elif tag == "table":
            here = given.get("name") == name
        elif not here:
            return
        elif tag == "table-column":
            times = min(int(given.get("number-columns-repeated", 1)), 1024)
            columns.extend([given.get("default-cell-style-name", "")] * times)
        elif tag == "table-row":
            rows, column = int(given.get("number-rows-repeated", 1)), 0
        elif tag in ("table-cell", "covered-table-cell"):
            times = int(given.get("number-columns-repeated", 1))
            if "value-type" in given or "formula" in given:
                default = columns[column] if column < len(columns) else ""
                shown = shows.get(of_style.get(given.get("style-name", default), ""))
                marks.note(row, column, _ods_mark(given, shown), rows, times)
                repeated = rows * times
            if {"number-columns-spanned", "number-rows-spanned"} & set(given):
                span = int(given.get("number-rows-spanned", 1))
                wide = int(given.get("number-columns-spanned", 1))
                if span > 1 or wide > 1:
                    _merge(marks, (row, row + span - 1), column)
            column += times
        elif tag == "line-break" and column:
            marks.cells[row, column - 1] = "line-break"

    def words(text: str) -> None:
        if here:
            marks.weigh(len(text) * repeated)

    def end(tag: str) -> None:
        nonlocal row, here, data_style
        if tag == "date-style":
            data_style = ""
        elif here and tag == "table-row":
            row += rows
        elif here and tag == "table":
            here = False

    _parse(archive, "content.xml", start, end, words)
    return marks


def _ods_mark(given: Attributes, shown: set[str] | None) -> str:
    kind = given.get("value-type", "")
    if kind == "error" or (given.get("formula") and kind == "string" and "value" in given):
        return "error"
    if given.get("formula") and not kind:
        return "no-value"
    if kind in ("percentage", "time"):
        return "percent" if kind == "percentage" else "time"
    if kind == "date" and shown:
        if "year" not in shown:
            return "no-year"
        return "" if "day" in shown else "month" if "month" in shown else "year"
    return ""
