"""Columns and bands of named symbols: how wide a name is, and how blocks fill a sheet.

One unit is one CSS pixel of a picture that just fits its sheet (`SHEET`); every
symbol has room for its name beside it: `LABEL_MAX` wide, `PITCH` high.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.views import ViewNode

SHEET = (900, 800)
LABEL_MAX = 118
PITCH = 16
HEAD = 22
PAD = 5
_SYMBOL = 20
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
    """A titled band of the picture; `node` is the lane head that it belongs to, if any."""

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


def width(nodes: Sequence[ViewNode]) -> int:
    """The width of a column that holds `nodes` with their names."""
    widest = max((text_width(label_of(node)) for node in nodes), default=0)
    return round(min(widest, LABEL_MAX)) + _SYMBOL + 12


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
            room = (height - y - HEAD - PAD) // PITCH
            fits = room >= len(rest) or (block.breakable and room >= min(8, len(rest)))
            if y and not fits:
                x, y, wide = x + wide + 10, 0, 0
                continue
            take = rest if not block.breakable else rest[: max(1, room)]
            rest = rest[len(take) :]
            column = width(take)
            wide = max(wide, column)
            tall = HEAD + len(take) * PITCH + PAD
            count = 0 if part else len(block.nodes)
            title = block.title if not part else f"{block.title}, more"
            heads.append(Head(title, round(x), top + y, column, tall, block.node, count))
            for row, node in enumerate(take):
                at[node.id] = (x + 12, top + y + HEAD + PITCH * row + PITCH // 2)
            y += tall + 7
            used = max(used, y)
            part += 1
    return at, heads, x + wide, used


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
        tall = HEAD + rows * (PITCH + 2) + PAD
        title = block.title
        heads.append(Head(title, 0, round(y), round(wide), tall, "", len(block.nodes)))
        for i, node in enumerate(block.nodes):
            spot = 12 + (i % per_row) * column, y + HEAD + (i // per_row + 0.5) * (PITCH + 2)
            at[node.id] = spot
        y += tall + 7
    return at, heads, y


def even(heads: list[Head]) -> list[Head]:
    """Make the bands of one column as wide as the widest of them."""
    widest: dict[int, int] = defaultdict(int)
    for head in heads:
        widest[head.x] = max(widest[head.x], head.width)
    return [Head(h.text, h.x, h.y, widest[h.x], h.height, h.node, h.count) for h in heads]
