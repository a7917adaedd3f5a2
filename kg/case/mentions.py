"""The lines of a table that name some records, found in its text without reading its cells."""

from __future__ import annotations

import re
from unicodedata import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from kg.case.form import Form


def lines(path: Path, form: Form, words: Collection[str]) -> Iterator[int]:
    """The numbers of the lines in which a name or an id may stand; the first line is 0.

    `words` are in the form of `names.folded`. Every record has to be one line. A line that has one
    in a cell is found; one that has it in a longer text, too. Cost: one search in the file's text.
    """
    if not words:
        return
    text = path.read_bytes().decode(form.encoding, "replace").replace('""', '"')
    # As `names.folded` does, but line by line.
    text = normalize("NFC", normalize("NFC", text).casefold())
    last, place = -1, 0
    number = 0
    for match in _any(words).finditer(text):
        number += text.count("\n", place, match.start())
        place = match.start()
        if number != last:
            yield number
        last = number


def _any(words: Collection[str]) -> re.Pattern[str]:
    """What finds one of some names, whatever blanks are in it."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        blank = r"[^\S\n]+".join(map(re.escape, word.split()))
        before = r"(?<![^\W_])" if word[0].isalnum() else ""
        after = r"(?![^\W_])" if word[-1].isalnum() else ""
        parts.append(f"{before}{blank}{after}")
    return re.compile("|".join(parts))
