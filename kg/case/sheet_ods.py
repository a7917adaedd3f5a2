"""The marks of a sheet in an ods file: its formats, its errors, what it repeats."""

from __future__ import annotations

import zipfile

from kg.case.sheet_marks import Attributes, Book, Marks, parse


def book(archive: zipfile.ZipFile) -> Book:
    """The sheets of an ods file, with the marks of each."""
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

    parse(archive, "content.xml", start)
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
                    marks.merge((row, row + span - 1), column)
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

    parse(archive, "content.xml", start, end, words)
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
