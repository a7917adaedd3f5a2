"""Passages sought in a document's text: where their row says, and everywhere else."""

from __future__ import annotations

import bisect
import hashlib
import itertools
from array import array
from collections.abc import Iterable, Iterator

from kg.case import cells
from kg.case.row import SEPARATOR
from kg.model.record import Record

RESULTS = (
    *("exact", "moved", "ambiguous", "missing", "quote", "no-digest", "no-passage", "no-text"),
)
_SHOWN = 3


class Found(Record):
    """One row's passage. `result` is one of `RESULTS`, or ``filled``.

    `row` counts as a spreadsheet does; `at` is where the words stand now: one
    position if they moved, the first few if there are several. Of row 0 a document
    is told, and `note` says what.
    """

    file: str
    row: int
    document: str
    passage: str
    result: str
    at: tuple[str, ...] = ()
    digest: str = ""
    note: str = ""


class Text:
    """A document's text, in which code points are found without decoding again."""

    def __init__(self, text: str) -> None:
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


class Search:
    """Finds rows in texts; what is not in its place is gathered by text and length, and sought once."""

    def __init__(self, texts: dict[str, Text]) -> None:
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
        text, stretches = self._texts.get(row.document), stretches_of(row.passage)
        if text is None:
            return row._replace(result="no-text")
        words = text.words(stretches)
        if not row.digest:
            return row._replace(result="no-digest" if words else "missing")
        if words and _has(words, row.digest):
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
            start = stretches_of(found[number].passage)[0][0]
            for move in usual:
                if self._place(text, shape, start + move, number, found):
                    break
            else:
                left.append(number)
        wanted = {bare(found[n].digest) for n in left}
        lengths = {len(w) for w in wanted}
        for at, mark in text.marks(shape) if wanted else ():
            if any(mark[:n] in wanted for n in lengths):
                for number in [n for n in left if mark.startswith(bare(found[n].digest))]:
                    self._place(text, shape, at, number, found)
                    left.remove(number)
                    move = at - stretches_of(found[number].passage)[0][0]
                    if move not in usual:
                        usual.insert(0, move)
                if not left:
                    break

    def _place(
        self, text: Text, shape: list[tuple[int, int]], at: int, number: int, found: list[Found]
    ) -> bool:
        """Whether a row's words stand at a place; if so, every place where they do is noted."""
        words = text.words(shape, at)
        if not words or not _has(words, found[number].digest):
            return False
        every = list(itertools.islice(text.places(shape, at), _SHOWN))
        places = (SEPARATOR.join(f"{a + m}-{b + m}" for a, b in shape) for m in every)
        result = "moved" if len(every) == 1 else "ambiguous"
        found[number] = found[number]._replace(result=result, at=tuple(places))
        return True


def _has(words: bytes, digest: str) -> bool:
    return hashlib.sha256(words).hexdigest().startswith(bare(digest))


def bare(digest: str) -> str:
    """A digest's hexadecimal digits; of what is none, something that no digest begins with."""
    return digest.removeprefix("sha256:") if cells.DIGEST.fullmatch(digest) else "-"


def stretches_of(passage: str) -> list[tuple[int, int]]:
    """The (start, end) of a passage; none if it is no passage."""
    found = []
    for part in passage.split(SEPARATOR):
        ends = cells.PASSAGE.fullmatch(part.strip())
        if not ends or int(ends[1]) >= int(ends[2]):
            return []
        found.append((int(ends[1]), int(ends[2])))
    return found
