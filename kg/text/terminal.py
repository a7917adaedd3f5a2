"""Plain text for a terminal: tables that fit, nothing that moves the cursor."""

from __future__ import annotations

import os

from kg.text.untrusted import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


# The typographic characters of our own sentences: one column each.
_NARROW = str.maketrans(dict.fromkeys("“”‘’—–…·•←→−↳×é─"))


def width() -> int:
    """How many columns there are to write in, between 60 and 120."""
    try:
        said = os.environ.get("COLUMNS", "")[:9]
        found = int(said) if said.isdecimal() else os.get_terminal_size(1).columns
    except OSError:
        found = 100
    return max(60, min(120, found or 100))


def coloured(text: str) -> str:
    """The text with standings in colour where somebody rejects a claim, unless `NO_COLOR` is set.

    >>> "\\x1b[33m" in coloured("  asserted by one voice, contested (opposed by one voice)")
    True
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    import re

    text = re.sub(r"\bcontested(?= \(opposed)", "\x1b[33mcontested\x1b[0m", text)
    return re.sub(r"(?m)^( +)(denied|retracted|corrected)(?=: )", "\\1\x1b[31m\\2\x1b[0m", text)


def columns(text: str) -> int:
    """How many columns a text takes: Chinese characters take two."""
    if _narrow(text):
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], limit: int) -> str:
    """Rows under a head, in columns; cells wrap where the line would get too long.

    A table with more columns than a line can hold is written row by row, a cell a line.
    """
    cells = [[one_line(c) for c in row] for row in rows]
    if not head:
        return f"{len(rows)} solutions without variables\n" if rows else ""
    if 14 * len(head) > limit:
        return _blocks(head, cells, limit)
    widths = [
        max([columns(h), *(columns(r[i]) for r in cells)]) for i, h in enumerate(map(str, head))
    ]
    spare = limit - 2 * (len(widths) - 1)
    while sum(widths) > spare and max(widths) > 12:
        widest = widths.index(max(widths))
        second = sorted(widths)[-2] if len(widths) > 1 else 0
        widths[widest] = max(
            12, min(widths[widest] - 1, max(second, spare - sum(widths) + widths[widest]))
        )
    lines = [_line([str(h) for h in head], widths), _line(["─" * w for w in widths], widths)]
    for row in cells:
        wrapped = [_wrap(c, w) for c, w in zip(row, widths, strict=True)]
        for i in range(max(len(w) for w in wrapped)):
            lines.append(_line([w[i] if i < len(w) else "" for w in wrapped], widths))
    return "\n".join(lines) + "\n"


def _blocks(head: Sequence[str], rows: Sequence[Sequence[str]], limit: int) -> str:
    """Rows one under the other; empty cells are left out."""
    label = max(columns(h) for h in head) + 2
    blocks = []
    for row in rows:
        named = ((h + " " * (label - columns(h)), c) for h, c in zip(head, row, strict=True) if c)
        blocks.append("\n".join(wrap(c, limit, h, " " * label) for h, c in named))
    return "\n\n".join(blocks) + "\n"


def wrap(text: str, limit: int, first: str = "", rest: str = "") -> str:
    """A sentence in lines, with what stands before the first line and before the others."""
    follow = rest or first
    room = limit - max(columns(first), columns(follow))
    lines = _wrap(" ".join(one_line(text).split()), max(room, 20))
    return "\n".join((follow if i else first) + line for i, line in enumerate(lines))


def cut(text: str, limit: int, kept: str = "") -> str:
    """A text on one line, cut short where it is too long; of what is kept nothing is cut.

    >>> cut("Ann says that the shop is shut", 24, " — Letter, p. 3")
    'Ann says that the s… — Letter, p. 3'
    """
    text, kept = " ".join(one_line(text).split()), one_line(kept)
    room = max(limit - columns(kept), 20)
    if columns(text) <= room:
        return text + kept
    while columns(text) > room - 1:
        text = text[:-1]
    return text.rstrip(" ,;:") + "…" + kept


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (c + " " * (w - columns(c)) for c, w in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _narrow(text: str) -> bool:
    """Whether each character takes one column, as can be told at once."""
    return text.isascii() or text.translate(_NARROW).isascii()


def _wrap(text: str, limit: int) -> list[str]:
    width = len if _narrow(text) else columns
    if width(text) <= limit:
        return [text]
    lines, line, taken = [], "", 0
    for word in text.replace(" ", " \0").split("\0"):
        while width(word) > limit:
            cut = next((i for i in range(len(word)) if taken + width(word[: i + 1]) > limit), 0)
            if not cut:
                lines.append(line.rstrip())
                line, taken = "", 0
                continue
            lines.append(line + word[:cut])
            word, line, taken = word[cut:], "", 0
        if taken + width(word.rstrip()) > limit:
            lines.append(line.rstrip())
            line, taken = "", 0
        line += word
        taken += width(word)
    return [*lines, line.rstrip()] if line.strip() else lines


def some(names: Sequence[str], most: int = 5) -> str:
    """The first of some names, and how many more there are: ``ann, bob and 3 more``."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def count(number: int, noun: str) -> str:
    """``1 claim``, ``2,500 entities``."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"
