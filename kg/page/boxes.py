"""Columns and bands of named symbols: how wide a name is, and how blocks fill a sheet.

One unit is one CSS pixel of a picture that just fits its sheet (`SHEET`); every
symbol has room for its name beside it: at most `LABEL_MAX` wide, one line or two.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.page.view import ViewNode

SHEET = (900, 800)
LABEL_MAX = 118
PITCH = 18
PITCH_TWO = 29
HEAD = 22
PAD = 5
SIZE = 13
_SYMBOL = 24
# Widths of ASCII 32-126 in Arial, Helvetica and Liberation Sans (one metric), per 1000.
_NARROW = {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys(' !,./:;I[\\]ft|()-r`"', 310),
    **dict.fromkeys("ckvxyzsJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUwGOQ", 740),
    **dict.fromkeys("mMW%@", 880),
}


@dataclass(frozen=True, slots=True)
class Head:
    """A titled band of the picture; `node` is the lane head that it belongs to, if any.

    `count` is how many it holds, -1 for a band that continues the one before it.
    """

    text: str
    x: int
    y: int
    width: int
    height: int
    node: str = ""
    count: int = 0


@dataclass(slots=True)
class Block:
    """Nodes that stand together under a title; a breakable one may go on in the next column."""

    title: str
    nodes: list[ViewNode]
    node: str = ""
    breakable: bool = True


@functools.lru_cache(maxsize=50_000)
def text_width(text: str, size: float = 12) -> float:
    """Return the width of `text` in pixels, near enough to reserve room for it."""
    total = 0
    for char in text:
        if char.isascii():
            total += _NARROW.get(char, 556)
        else:
            total += 1000 if unicodedata.east_asian_width(char) in "WF" else 600
    return total * size / 1000


def label_of(node: ViewNode) -> str:
    """Return the name that is drawn."""
    return node.short or node.name


def pitch(node: ViewNode, most: int = LABEL_MAX) -> int:
    """The height of a node's row: long names stand in two lines."""
    return PITCH if text_width(label_of(node), SIZE) <= most else PITCH_TWO


def height(nodes: Sequence[ViewNode]) -> int:
    """The height of a column of `nodes`."""
    return sum(map(pitch, nodes))


def room(node: ViewNode, most: int = LABEL_MAX) -> float:
    """The width of a name as drawn, in one line or two."""
    wide = text_width(label_of(node), SIZE)
    return wide if wide <= most else min(most, max(wide * 0.6, most * 0.8))


def width(nodes: Sequence[ViewNode], most: int = LABEL_MAX) -> int:
    """The width of a column that holds `nodes` with their names."""
    return round(max((room(node, most) for node in nodes), default=0)) + _SYMBOL + 8


def stack(nodes: Sequence[ViewNode], top: float) -> list[float]:
    """The middle of each node's row in a column that begins at `top`."""
    made = []
    for node in nodes:
        tall = pitch(node)
        made.append(top + tall / 2)
        top += tall
    return made


def columns_of(nodes: Sequence[ViewNode], per_row: int) -> list[Sequence[ViewNode]]:
    """`nodes` in at most `per_row` columns, read from top to bottom."""
    rows = math.ceil(len(nodes) / per_row) or 1
    return [nodes[i : i + rows] for i in range(0, len(nodes), rows)]


def band_sizes(nodes: Sequence[ViewNode]) -> list[tuple[int, int, int]]:
    """(columns, width, height) of a band for each number of columns that may be chosen."""
    made = []
    for per_row in range(1, 13):
        columns = columns_of(nodes, per_row)
        tallest = max(map(height, columns), default=0)
        made.append((per_row, sum(map(width, columns)), HEAD + max(PITCH, tallest) + PAD))
    return made


def chosen(sizes: list[tuple[int, int, int]], inner: int) -> tuple[int, int, int]:
    """The size with the most columns that is not wider than `inner`."""
    return next((size for size in reversed(sizes) if size[1] <= inner), sizes[0])


def bands_size(bands: list[list[tuple[int, int, int]]], inner: int) -> tuple[int, int]:
    """The width and height of all bands under each other, each as chosen."""
    taken = [chosen(sizes, inner) for sizes in bands]
    return max(size[1] for size in taken), sum(size[2] + 8 for size in taken)


def fit(width: float, height: float) -> float:
    """Return by how much a picture may grow to fill the sheet."""
    return min(SHEET[0] / max(width, 1), SHEET[1] / max(height, 1))


def flow(
    blocks: Sequence[Block], height: int, x: float, top: int
) -> tuple[dict[str, tuple[float, float]], list[Head], float, int]:
    """Set blocks like a newspaper, in columns of at most `height`.

    Returns positions, heads, the right edge and the height that was used.
    """
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y, wide, used = 0, 0, 0
    for block in blocks:
        rest, part = list(block.nodes), 0
        while rest:
            fitting = _fitting(rest, height - y - HEAD - PAD)
            fits = fitting == len(rest) or (block.breakable and fitting >= 8)
            if y and not fits:
                x, y, wide = x + wide + 10, 0, 0
                continue
            take = rest if not block.breakable else rest[: max(1, fitting)]
            rest = rest[len(take) :]
            title = f"{block.title}, part {part + 1}" if part else block.title
            column = max(width(take), round(text_width(title, 12) * 1.2) + 30)
            wide = max(wide, column)
            high = HEAD + sum(map(pitch, take)) + PAD
            count = -1 if part else len(block.nodes)
            heads.append(Head(title, round(x), top + y, column, high, block.node, count))
            for node, middle in zip(take, stack(take, top + y + HEAD), strict=True):
                at[node.id] = (x + 12, middle)
            y += high + 7
            used = max(used, y)
            part += 1
    return at, heads, x + wide, used


def _fitting(nodes: Sequence[ViewNode], high: float) -> int:
    """How many of `nodes` fit into a column `high`."""
    for i, node in enumerate(nodes):
        high -= pitch(node)
        if high < 0:
            return i
    return len(nodes)


def flow_rows(
    blocks: Sequence[Block], wide: float, top: float
) -> tuple[dict[str, tuple[float, float]], list[Head], float]:
    """Unlinked nodes in rows below the picture, a band per kind."""
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y = top
    for block in blocks:
        column = width(block.nodes)
        per_row = max(1, int(wide // column))
        rows = math.ceil(len(block.nodes) / per_row)
        tall = HEAD + rows * PITCH_TWO + PAD
        heads.append(Head(block.title, 0, round(y), round(wide), tall, "", len(block.nodes)))
        for i, node in enumerate(block.nodes):
            spot = 12 + (i % per_row) * column, y + HEAD + (i // per_row + 0.5) * PITCH_TWO
            at[node.id] = spot
        y += tall + 7
    return at, heads, y


def even(heads: list[Head]) -> list[Head]:
    """Make the bands of one column as wide as the widest of them."""
    widest: dict[int, int] = defaultdict(int)
    for head in heads:
        widest[head.x] = max(widest[head.x], head.width)
    return [Head(h.text, h.x, h.y, widest[h.x], h.height, h.node, h.count) for h in heads]
