"""Arrays of numbers in one mapped file: opening it costs the same for a hundred and for a billion.

Layout: four bytes that say what it is, the length of the header, the header (lines of words; the
last two are the byte order, and the name and size of each array), then the arrays, each aligned
to eight bytes.
"""

from __future__ import annotations

import mmap
import os
import sys

from kg.store import checksums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence
    from typing import Literal

    Code = Literal["B", "H", "I"]


def write(
    path: str | os.PathLike[str],
    magic: bytes,
    header: Sequence[str],
    arrays: Mapping[str, array[int] | bytes],
) -> None:
    """Write the file."""
    sizes = (len(a) if isinstance(a, bytes) else len(a) * a.itemsize for a in arrays.values())
    sections = " ".join(f"{name} {size}" for name, size in zip(arrays, sizes, strict=True))
    text = "\n".join([*header, sys.byteorder, sections]).encode()
    with open(path, "wb") as file:
        file.write(magic + len(text).to_bytes(4, "little") + text)
        for values in arrays.values():
            file.write(b"\0" * (-file.tell() % 8))
            file.write(values if isinstance(values, bytes) else values.tobytes())


def read(
    path: str | os.PathLike[str], magic: bytes, lines: int, types: Mapping[str, Code]
) -> tuple[list[list[str]], dict[str, memoryview]]:
    """The words of so many header lines, and the arrays by name, bytes where `types` has no code.

    Nothing is copied. Raises BadGraph if the file is damaged or of another kind.
    """
    try:
        with open(path, "rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if held[:4] != magic:
            raise ValueError(f"not a file of this version ({magic.decode()})")
        length = int.from_bytes(held[4:8], "little")
        *words, order, sections = [
            line.split() for line in held[8 : 8 + length].decode().split("\n")
        ]
        if len(words) != lines:
            raise ValueError("a header of another length")
        if order != [sys.byteorder]:
            raise ValueError("made on a machine of another byte order")
        sizes = dict(zip(sections[::2], map(int, sections[1::2]), strict=True))
        return words, _arrays(memoryview(held), sizes, 8 + length, types)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise checksums.damaged(path, str(error)) from error


def _arrays(
    view: memoryview, sizes: Mapping[str, int], position: int, types: Mapping[str, Code]
) -> dict[str, memoryview]:
    found = {}
    for name, size in sizes.items():
        position += -position % 8
        part = view[position : position + size]
        if len(part) != size:
            raise ValueError("cut short")
        found[name] = part.cast(types[name]) if name in types else part
        position += size
    return found
