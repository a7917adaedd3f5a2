"""What two processes tell each other through a socket: a small part that marshal carries, and a body of bytes.

A body may be large: it is written from where it is and read into where it stays, and copied nowhere else.
"""

from __future__ import annotations

import marshal
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Body = bytes | bytearray

# Bytes of the two lengths before each frame; bytes that are read at once of what is small.
_LENGTHS, _ROOM = 16, 1 << 16


def framed(said: Any, size: int = 0) -> bytes:
    """A frame but for its body, which has so many bytes and is to follow."""
    small = marshal.dumps(said)
    return len(small).to_bytes(8, "little") + size.to_bytes(8, "little") + small


def write(channel: int, said: Any, body: Body = b"") -> None:
    """Write a frame, however often that takes; it blocks as long as nobody reads."""
    head = framed(said, len(body))
    done = os.writev(channel, (head, body)) if body else os.write(channel, head)
    left = [memoryview(head), memoryview(body)]
    while done < len(left[0]) + len(left[1]):
        left = [left[0][done:], left[1][max(0, done - len(left[0])) :]]
        done = os.writev(channel, left)


class Reader:
    """Puts together the frames that come in parts.

    What comes next goes into `room()`; `came` says how much of it did, and gives what is whole.

    >>> reader, frame = Reader(), framed("a", 3) + b"bcd" + framed("e")
    >>> found = []
    >>> for byte in frame:
    ...     reader.room()[0] = byte
    ...     found += reader.came(1)
    >>> found
    [('a', bytearray(b'bcd')), ('e', bytearray(b''))]
    """

    def __init__(self) -> None:
        self._held = memoryview(bytearray(_ROOM))
        self._size = 0
        # The frame whose body is coming.
        self._said: Any = None
        self._body: bytearray | None = None
        self._filled = 0

    def room(self) -> memoryview:
        """Where to put what comes next."""
        if self._body is not None:
            return memoryview(self._body)[self._filled :]
        return self._held[self._size :]

    def came(self, size: int) -> Iterator[tuple[Any, bytearray]]:
        """So many bytes came: the frames that are whole now, each what is said and its body."""
        if self._body is not None:
            self._filled += size
            if self._filled < len(self._body):
                return
            said, body, self._said, self._body = self._said, self._body, None, None
            yield said, body
            return
        self._size += size
        at = 0
        while self._size >= at + _LENGTHS:
            start = at + _LENGTHS
            small = int.from_bytes(self._held[at : at + 8], "little")
            large = int.from_bytes(self._held[at + 8 : start], "little")
            if self._size < start + small:
                self._widen(_LENGTHS + small)
                break
            said = marshal.loads(self._held[start : start + small])
            at = min(self._size, start + small + large)
            body = bytearray(large)
            there = at - start - small
            body[:there] = self._held[start + small : at]
            if there < large:
                self._said, self._body, self._filled = said, body, there
                break
            yield said, body
        left = self._size - at
        if at and left:
            self._held[:left] = bytes(self._held[at : self._size])
        self._size = left

    def _widen(self, size: int) -> None:
        """Have room for a small part that is larger than was thought."""
        if size > len(self._held):
            self._held = memoryview(bytearray(self._held[: self._size]).ljust(size, b"\0"))
