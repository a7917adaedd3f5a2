"""The rows of a case's tables that have a key, found in the tables' text without reading all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.case import csvfile
from kg.case.kept import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.case.folder import Case

# Tables that are read as text, line by line.
TEXTS = (".csv", ".tsv")


@dataclass
class Keyed:
    """Looks for keys. Every record has to be one line, in the tables of which a row is asked for."""

    case: Case
    _held: dict[str, bytes] = field(default_factory=dict)
    _columns: dict[str, list[str]] = field(default_factory=dict)

    def places(self, key: str) -> Iterator[tuple[str, int]]:
        """(table, line) of each line in which a key stands as a key; the first is 0.

        Of a table that is no text, and of rows that are several lines, the line is -1. Cost: one
        search in the text of all tables.
        """
        word = re.compile(
            rb"(?<![A-Za-z0-9_.@-])" + re.escape(key.encode()) + rb"(?![A-Za-z0-9_.-])"
        )
        for stem in ROWS:
            if not (path := self.case.table(stem)):
                continue
            if path.suffix not in TEXTS:
                yield stem, -1
                continue
            data, seen = self._text(stem, path), -1
            for match in word.finditer(data):
                line = data.count(b"\n", 0, match.start())
                begun = data.rfind(b"\n", 0, match.start()) + 1
                if line > seen and self._row(stem, path, begun).get("key", key) == key:
                    yield stem, line
                seen = line

    def row(self, stem: str, line: int) -> dict[str, str]:
        """The cells of a line, trimmed, by column; none of one that is no record."""
        path = self.case.table(stem)
        if path is None:
            return {}
        data, begun = self._text(stem, path), 0
        for _ in range(line):
            begun = data.find(b"\n", begun) + 1
        return self._row(stem, path, begun)

    def _row(self, stem: str, path: Path, begun: int) -> dict[str, str]:
        data, form = self._text(stem, path), self.case.form(path)
        if stem not in self._columns:
            self._columns[stem] = csvfile.cells(data[: data.find(b"\n")], form)
        end = data.find(b"\n", begun)
        cells = csvfile.cells(data[begun : end if end >= 0 else len(data)], form)
        return dict(zip(self._columns[stem], cells, strict=False)) if cells else {}

    def _text(self, stem: str, path: Path) -> bytes:
        if stem not in self._held:
            self._held[stem] = path.read_bytes()
        return self._held[stem]
