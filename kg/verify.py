"""Passages found again in the documents' texts, by position and digest.

The tables hold of a passage where it stands and its SHA-256, never its words.
Whoever has the texts can check with these that each passage is where its row
says, and find one that has moved; a passage that is only nearly the same is
not found.
"""

from __future__ import annotations

import bisect
import contextlib
import csv
import hashlib
import io
import itertools
import os
import re
import shutil
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import cells, tables
from kg.case import LEDGER, Case
from kg.errors import BadTables, OutOfBounds, UsageError
from kg.record import Record
from kg.terminal import count, wrap

COLUMN = "passage_digest"
RESULTS = ("exact", "moved", "ambiguous", "missing", "no-digest", "no-text")
# What `kg verify` is there to find: the row says something that its document's text does not.
MISMATCHES = ("moved", "ambiguous", "missing")
_SHOWN = 3
_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\r|\n|\Z)')


class Found(Record):
    """One row's passage. `result` is one of `RESULTS`, or ``filled``.

    `row` counts as a spreadsheet does; `at` is where the words stand now: one
    position if they moved, the first few if there are several.
    """

    file: str
    row: int
    document: str
    passage: str
    result: str
    at: tuple[str, ...] = ()
    digest: str = ""


def verify(case: Case, texts: Path) -> list[Found]:
    """Look every passage of the tables up in the texts of a folder and of the folders in it.

    A text belongs to the document whose ``digest`` is the SHA-256 of the file's
    bytes. Rows without a passage are left out; the others come in the order of
    the tables.

    Raises UsageError if there is no such folder, BadTables if a table cannot be
    read in full. Cost: one digest a row; where rows are not exact, one digest a
    character of the text for each passage length among them.
    """
    return _Verifier(_texts(case, texts)).results(_rows(case))


def fill(case: Case, texts: Path) -> list[Found]:
    """Write the digests of passages that have none into the tables; returns the rows filled.

    Fills blank ``passage_digest`` cells of every table that has the column;
    all other bytes of the files stay as they are, and no digest is ever
    overwritten. All tables are read before the first is written.

    Raises as `verify` does, and OutOfBounds if a table cannot be written.
    """
    held = _texts(case, texts)
    filled: list[Found] = []
    changed: list[tuple[Path, bytes]] = []
    for path in _tables(case):
        if COLUMN not in _header(path):
            continue
        before = path.read_bytes()
        digests: dict[int, str] = {}
        for found in _rows_of(path):
            text = held.get(found.document)
            if found.digest or not text:
                continue
            if words := text.words(_stretches(found.passage)):
                digests[found.row] = f"sha256:{hashlib.sha256(words).hexdigest()}"
                filled.append(found._replace(result="filled", digest=digests[found.row]))
        if digests:
            changed.append((path, _with_cells(path, before, digests)))
    for path, content in changed:
        _replace(path, content)
    return filled


def mismatches(found: Iterable[Found]) -> list[Found]:
    """The rows whose passage is not where, or not what, they say."""
    return [f for f in found if f.result in MISMATCHES]


def text(found: Iterable[Found], width: int) -> str:
    """What was found, for a terminal: every row that does not match, then the counts."""
    rows = list(found)
    lines = []
    for f in rows:
        if f.result in MISMATCHES:
            now = f"; now at {' or '.join(f.at)}" if f.at else ""
            said = f"{f.file}, row {f.row}: {f.result}: {f.document} {f.passage}{now}"
            lines.append(wrap(said, width, "", "  "))
    for document in sorted({f.document for f in rows if f.result == "no-text"}):
        several = sum(f.document == document and f.result == "no-text" for f in rows)
        lines.append(f"no file is the text of {document} ({count(several, 'passage')})")
    by_result = {r: sum(f.result == r for f in rows) for r in (*RESULTS, "filled")}
    counts = ", ".join(f"{n:,} {r}" for r, n in by_result.items() if n)
    return (
        "\n".join([*lines, f"{count(len(rows), 'passage')}: {counts}" if rows else "no passages"])
        + "\n"
    )


class _Text:
    """A document's text, in which code points are found without decoding again."""

    def __init__(self, data: bytes) -> None:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        self.bytes = text.encode()
        self.length = len(text)
        # Where each code point begins; a plain text needs no table.
        self._begins = None if text.isascii() else _begins(text)

    def words(self, stretches: list[tuple[int, int]], by: int = 0) -> bytes:
        """The stretches, moved `by` code points, joined by newlines; empty if one is outside."""
        if not self.holds(stretches, by):
            return b""
        begins = self._begins
        if begins is None:
            return b"\n".join([self.bytes[a + by : b + by] for a, b in stretches])
        return b"\n".join([self.bytes[begins[a + by] : begins[b + by]] for a, b in stretches])

    def holds(self, stretches: list[tuple[int, int]], by: int) -> bool:
        """Whether all of the stretches lie within the text."""
        return bool(stretches) and all(0 <= a + by < b + by <= self.length for a, b in stretches)

    def marks(self, shape: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
        """Every place at which stretches of a shape can stand, with the digest of the words there."""
        sha256, data, begins = hashlib.sha256, self.bytes, self._begins
        size, first = shape[0][1], -min(a for a, _ in shape)
        places = range(first, self.length - max(b for _, b in shape) + 1)
        if len(shape) > 1:
            yield from ((at, sha256(self.words(shape, at)).hexdigest()) for at in places)
        elif begins is None:
            yield from ((at, sha256(data[at : at + size]).hexdigest()) for at in places)
        else:
            ends = zip(begins, begins[size:], strict=False)
            yield from ((at, sha256(data[a:b]).hexdigest()) for at, (a, b) in enumerate(ends))

    def places(self, shape: list[tuple[int, int]], at: int) -> Iterator[int]:
        """Where the words that stand at one place stand as well, that place included."""
        words, first = self.words(shape, at), self.words(shape[:1], at)
        found = self.bytes.find(first)
        while found >= 0:
            place = found if self._begins is None else bisect.bisect_left(self._begins, found)
            if self.words(shape, place) == words:
                yield place
            found = self.bytes.find(first, found + 1)


def _begins(text: str) -> array[int]:
    begins, at = array("Q"), 0
    for character in text:
        begins.append(at)
        at += len(character.encode())
    begins.append(at)
    return begins


class _Verifier:
    """Finds rows in texts; what is not in its place is gathered by text and length, and sought once."""

    def __init__(self, texts: dict[str, _Text]) -> None:
        self._texts = texts
        self._sought: dict[tuple[str, tuple[tuple[int, int], ...]], list[int]] = {}
        self._moves: dict[str, list[int]] = {}

    def results(self, rows: Iterable[Found]) -> list[Found]:
        """Every row with its result."""
        found = [self._in_place(i, row) for i, row in enumerate(rows)]
        for (document, shape), numbers in self._sought.items():
            self._seek(document, list(shape), numbers, found)
        return found

    def _in_place(self, number: int, row: Found) -> Found:
        text, stretches = self._texts.get(row.document), _stretches(row.passage)
        if text is None:
            return row._replace(result="no-text")
        words = text.words(stretches)
        if not row.digest:
            return row._replace(result="no-digest" if words else "missing")
        if words and _is(words, row.digest):
            return row._replace(result="exact")
        if stretches:
            first = stretches[0][0]
            shape = tuple((a - first, b - first) for a, b in stretches)
            self._sought.setdefault((row.document, shape), []).append(number)
        return row._replace(result="missing")

    def _seek(
        self, document: str, shape: list[tuple[int, int]], numbers: list[int], found: list[Found]
    ) -> None:
        """Look for rows of one shape everywhere, the moves of earlier ones first."""
        text = self._texts[document]
        usual = self._moves.setdefault(document, [])
        left = []
        for number in numbers:
            start = _stretches(found[number].passage)[0][0]
            for move in usual:
                if self._place(text, shape, start + move, number, found):
                    break
            else:
                left.append(number)
        wanted = {_bare(found[n].digest) for n in left}
        lengths = {len(w) for w in wanted}
        for at, mark in text.marks(shape) if wanted else ():
            if any(mark[:n] in wanted for n in lengths):
                for number in [n for n in left if mark.startswith(_bare(found[n].digest))]:
                    self._place(text, shape, at, number, found)
                    left.remove(number)
                    move = at - _stretches(found[number].passage)[0][0]
                    if move not in usual:
                        usual.insert(0, move)
                if not left:
                    break

    def _place(
        self, text: _Text, shape: list[tuple[int, int]], at: int, number: int, found: list[Found]
    ) -> bool:
        """Whether a row's words stand at a place; if so, every place where they do is noted."""
        words = text.words(shape, at)
        if not words or not _is(words, found[number].digest):
            return False
        every = list(itertools.islice(text.places(shape, at), _SHOWN))
        places = (tables.SEPARATOR.join(f"{a + m}-{b + m}" for a, b in shape) for m in every)
        result = "moved" if len(every) == 1 else "ambiguous"
        found[number] = found[number]._replace(result=result, at=tuple(places))
        return True


def _is(words: bytes, digest: str) -> bool:
    return hashlib.sha256(words).hexdigest().startswith(_bare(digest))


def _bare(digest: str) -> str:
    """A digest's hexadecimal digits; of what is none, something that no digest begins with."""
    return digest.removeprefix("sha256:") if cells.DIGEST.fullmatch(digest) else "-"


def _stretches(passage: str) -> list[tuple[int, int]]:
    """The (start, end) of a passage; none if it is no passage."""
    found = []
    for part in passage.split(tables.SEPARATOR):
        ends = cells.PASSAGE.fullmatch(part.strip())
        if not ends or int(ends[1]) >= int(ends[2]):
            return []
        found.append((int(ends[1]), int(ends[2])))
    return found


def _tables(case: Case) -> list[Path]:
    """The tables that can hold passages."""
    return [p for p in case.tables if p.stem in ("claims", "figures") or p.stem not in LEDGER]


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig") as file, contextlib.suppress(csv.Error):
            return [c.strip() for c in next((r for r in csv.reader(file) if any(r)), ())]
    except (UnicodeDecodeError, OSError):
        pass
    return []


def _read(path: Path) -> Iterator[tables.Row]:
    """The rows of a table. Raises BadTables once all of it is read, if a row could not be."""
    problems = tables.Problems()
    # Which columns a table may have is the check's business; here those it has are read.
    yield from tables.read(path, (), {c for c in _header(path) if c}, problems)
    if problems.errors:
        raise BadTables(problems.found, problems.errors, problems.dropped)


def _rows(case: Case) -> Iterator[Found]:
    for path in _tables(case):
        yield from _rows_of(path)


def _rows_of(path: Path) -> Iterator[Found]:
    if "passage" not in _header(path):
        return
    for row in _read(path):
        if row.get("passage") or row.get(COLUMN):
            cited = (row.get("document"), row.get("passage"))
            yield Found(row.file, row.number, *cited, "", (), row.get(COLUMN))


def _texts(case: Case, folder: Path) -> dict[str, _Text]:
    """The text of every document of which a file lies in the folder."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name the one that holds the documents' texts")
    wanted: dict[str, list[str]] = {}
    for path in case.tables:
        if path.stem not in LEDGER and "digest" in _header(path):
            for row in _read(path):
                if row.get("digest"):
                    wanted.setdefault(_bare(row.get("digest")), []).append(row.get("id"))
    found: dict[str, _Text] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()
        names = [n for w, some in wanted.items() if mark.startswith(w) for n in some]
        # A document kept as a PDF or a picture has no text to look in.
        with contextlib.suppress(UnicodeDecodeError):
            if names:
                found.update(dict.fromkeys(names, _Text(path.read_bytes())))
    return found


def _with_cells(path: Path, data: bytes, digests: dict[int, str]) -> bytes:
    """A table's bytes with the digests in the rows of these numbers."""
    text = data.decode()
    column = _header(path).index(COLUMN)
    start = last = 1 if text.startswith("\ufeff") else 0
    parts = [text[:start]]
    read: list[list[str]] = [[]]
    for match in _CELL.finditer(text, start):
        cell = match[1][1:-1].replace('""', '"') if match[1].startswith('"') else match[1]
        if len(read[-1]) == column and len(read) in digests and not cell.strip():
            parts += [text[last : match.start(1)], digests[len(read)]]
            last = match.end(1)
        read[-1].append(cell.replace("\r\n", "\n").replace("\r", "\n"))
        if not match[2]:
            break
        if match[2] != ",":
            read.append([])
    known = [row or [""] for row in csv.reader(io.StringIO(text[start:], None), strict=True)]
    # Only what the reader of tables sees in the same cells is written.
    if [row for row in read if row != [""]] != [row for row in known if row != [""]]:
        raise OutOfBounds(f"{path.name} changed while it was read; nothing changed")
    return "".join([*parts, text[last:]]).encode()


def _replace(path: Path, content: bytes) -> None:
    """Put a file in the place of another in one step, its permissions kept."""
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        shutil.copymode(target, fresh)
        os.replace(fresh, target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OutOfBounds(f"cannot write {path}: {error}") from error
