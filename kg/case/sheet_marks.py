"""What a workbook's file says of its cells beside their values, as it is gathered from its XML.

Read by the standard parser; entities are refused, and the extent of a sheet is bounded.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat

_AREA = 10_000_000
_TEXT = 1 << 28
_MERGED = 100_000
_CHUNK = 1 << 20
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

    def merge(self, rows: tuple[int, int], column: int) -> None:
        """Note cells merged into one, from a column on, over these rows."""
        for row in range(rows[0], min(rows[1], rows[0] + _MERGED) + 1):
            self.merged.setdefault(row, column)


@dataclass
class Book:
    """An open workbook: its sheets by name, with whether each is visible, and their marks."""

    sheets: dict[str, bool]
    marks: Callable[[str], Marks]


def parse(
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
