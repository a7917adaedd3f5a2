"""The marks of a sheet in an xlsx file: its formats, its errors, its formulas without a value."""

from __future__ import annotations

import re
import zipfile

from kg.case.sheet_marks import Attributes, Book, Marks, parse

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def book(archive: zipfile.ZipFile) -> Book:
    """The sheets of an xlsx file, with the marks of each."""
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

    parse(archive, "xl/workbook.xml", sheet)
    parse(archive, "xl/_rels/workbook.xml.rels", relation)

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
        parse(archive, "xl/styles.xml", start, end)
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
        parse(archive, "xl/sharedStrings.xml", start, None, words)
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
    values = 0

    def start(tag: str, given: Attributes) -> None:
        nonlocal row, column, cell, formula, value, values, inside, number
        inside = tag == "v"
        values += tag in ("v", "is")
        if tag == "row":
            row, column = int(given["r"]) - 1 if "r" in given else row + 1, -1
        elif tag == "c":
            if place := _REFERENCE.fullmatch(given.get("r", "")):
                row, column = int(place[2]) - 1, _number(place[1])
            else:
                column += 1
            cell, formula, value, values, number = given, False, False, 0, ""
        elif tag == "f":
            formula = True
        elif tag == "is" or (tag == "v" and cell.get("t") == "str"):
            value = True
        elif tag == "mergeCell":
            first, _, last = given["ref"].partition(":")
            here, there = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
            if here and there:
                marks.merge((int(here[2]) - 1, int(there[2]) - 1), _number(here[1]))

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
        # The reader of cells would take the last for the cell's, or none.
        mark = "two-values" if values > 1 else mark
        style = int(cell.get("s", 0))
        if not mark and cell.get("t", "n") in ("n", "d") and style < len(formats):
            mark = formats[style]
        marks.note(row, column, mark)

    parse(archive, member, start, end, words)
    return marks


def _number(letters: str) -> int:
    """The number, from 0, of a column with these letters."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1
