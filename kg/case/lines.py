"""Which lines of a table are new since it was last read, found without reading its cells.

A table is cut into chunks where a line's own sum says so, so that what stands before and behind a
change falls into the same chunks as before. Only chunks that were not there are looked at line
by line. This holds for tables of which every record is one line; others are read whole.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import blake2b
from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# A line whose sum has none of these bits ends a chunk: every 64th or so.
_CUT = 63
DIGEST = 8


@dataclass
class Prints:
    """A table's chunks, by digest and number of lines, and the digest of each of its lines."""

    chunks: list[bytes] = field(default_factory=list)
    sizes: array[int] = field(default_factory=lambda: array("I"))
    lines: bytearray = field(default_factory=bytearray)

    def line(self, number: int) -> bytes:
        """The digest of a line; the first is 0."""
        return bytes(self.lines[number * DIGEST : (number + 1) * DIGEST])


@dataclass
class Difference:
    """What became of a table's lines.

    `came` are (old line, new line) of those that were there, as runs with their length; `gone`
    the numbers of lines that are there no more, `new` those that were not, with their bytes.
    """

    prints: Prints
    came: list[tuple[int, int, int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    new: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def in_order(self) -> bool:
        """Whether the lines that are left follow each other as they did."""
        return all(a[0] < b[0] for a, b in zip(self.came, self.came[1:], strict=False))

    def lines(self) -> Iterator[tuple[int, int]]:
        """(old line, new line) of each line that was there."""
        for begun, place, size in self.came:
            yield from zip(range(begun, begun + size), range(place, place + size), strict=True)

    @property
    def moved(self) -> Moved:
        """Where the lines that were there are now."""
        return Moved(self.came)


class Moved:
    """Where the lines of a table are now."""

    def __init__(self, came: Iterable[tuple[int, int, int]]) -> None:
        self._runs = sorted(came)
        self._starts = [run[0] for run in self._runs]

    def now(self, place: int) -> int:
        """The line that a line is now; -1 if it is gone."""
        i = bisect_right(self._starts, place) - 1
        begun, start, size = self._runs[i] if i >= 0 else (0, 0, 0)
        return start + place - begun if place < begun + size else -1


def prints(path: Path, after: int = 0) -> Prints | None:
    """The digests of a table; None where a record may be several lines.

    That is told by what stands `after` so many lines: every record is one line if nothing but
    separators does, and no line ends with a carriage return alone. Cost: one pass over the file's bytes.
    """
    made = Prints()
    count = 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            for line in chunk:
                count += 1
                if b"\r" in line.rstrip(b"\r\n"):
                    return None
                if count > after and after and line.strip(b' ,;|\t"\r\n'):
                    return None
                made.lines += _digest(line)
            made.chunks.append(_whole(chunk))
            made.sizes.append(len(chunk))
    return made


def unchanged(old: Prints) -> Difference:
    """What became of the lines of a table that is as it was: nothing."""
    return Difference(old, [(0, 0, len(old.lines) // DIGEST)])


def differing(path: Path, old: Prints) -> Difference:
    """Compare a table with what it was. Cost: one pass over the file's bytes."""
    told = Difference(Prints())
    made = told.prints
    places: dict[bytes, list[int]] = {}
    start = 0
    for digest, size in zip(old.chunks, old.sizes, strict=True):
        places.setdefault(digest, []).append(start)
        start += size
    for where in places.values():
        where.reverse()
    unused = bytearray(b"\1") * start
    fresh: list[tuple[int, bytes]] = []
    number = 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            digest, size = _whole(chunk), len(chunk)
            made.chunks.append(digest)
            made.sizes.append(size)
            if same_chunk := places.get(digest):
                begun = same_chunk.pop()
                made.lines += old.lines[begun * DIGEST : (begun + size) * DIGEST]
                unused[begun : begun + size] = bytes(size)
                told.came.append((begun, number, size))
            else:
                for place, line in enumerate(chunk, number):
                    made.lines += _digest(line)
                    fresh.append((place, line))
            number += size
    # Of the chunks that are new most lines are not.
    held: dict[bytes, list[int]] = {}
    place = unused.find(1)
    while place >= 0:
        held.setdefault(old.line(place), []).append(place)
        place = unused.find(1, place + 1)
    for places_ in held.values():
        places_.reverse()
    for place, line in fresh:
        if same := held.get(made.line(place)):
            told.came.append((same.pop(), place, 1))
        else:
            told.new.append((place, line))
    told.gone = sorted(place for places_ in held.values() for place in places_)
    told.came.sort(key=lambda run: run[1])
    return told


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines in chunks that end where a line's own sum says so."""
    chunk: list[bytes] = []
    for line in lines:
        # What ends the last line of a file is no part of it.
        chunk.append(line if line[-1:] == b"\n" else line + b"\n")
        if not crc32(chunk[-1]) & _CUT:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _whole(chunk: Iterable[bytes]) -> bytes:
    return blake2b(b"".join(chunk), digest_size=16).digest()


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=DIGEST).digest()
