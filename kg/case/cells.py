"""What one cell may hold: ids, keys, numbers, dates, addresses, digests."""

from __future__ import annotations

import re

from kg.case.csvfile import Row, quoted
from kg.model import dates

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
INTEGER = re.compile(r"-?[0-9]{1,18}")
BOOLEAN = re.compile("true|false")
PASSAGE = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
DIGEST = re.compile(r"(sha256:)?[0-9a-f]{16,64}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

# The characters of RFC 3987 without brackets (IPv6 hosts), private use and bidi controls.
_WIDE = "\u00a1-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdcf\ufdf0-\ufeef\U00010000-\U0001fffd"
_HOST = rf"(?:[A-Za-z0-9._~!$&'()*+,;={_WIDE}-]|%[0-9A-Fa-f]{{2}})"
_TAIL = rf"(?:{_HOST}|[:@/?])*"
ADDRESS = re.compile(rf"https?://{_HOST}+(?::[0-9]{{1,5}})?(?:[/?]{_TAIL})?(?:#{_TAIL})?")


def date(row: Row, column: str, *, open_end: bool = False) -> dates.Span:
    """The date in a cell; `..` (still so) only where there is an `open_end`."""
    cell = row.get(column)
    try:
        if cell == ".." and not open_end:
            raise ValueError("a date; “..” (still so) belongs in the column to")
        return dates.parse(cell)
    except ValueError as error:
        row.fault(column, quoted(cell), str(error), dates.hint(cell))
        return dates.UNSAID


def number_hint(cell: str) -> str:
    """How a number with separators or an exponent is to be written."""
    plain = re.sub(r"(?<=[0-9])[,' _\u00a0\u202f](?=[0-9]{3})", "", cell)
    if match := re.fullmatch(r"([0-9]+)[eE]\+?([0-9]{1,2})", plain):
        plain = match[1] + "0" * int(match[2])
    return f"write {plain}" if plain != cell and NUMBER.fullmatch(plain) else ""


_YES = {"yes", "y", "1", "t", "ja", "oui", "si", "wahr", "vrai"}
_NO = {"no", "n", "0", "f", "nein", "nee", "non", "falsch", "faux"}


def boolean_hint(cell: str) -> str:
    """How a yes or a no is to be written."""
    word = cell.casefold()
    said = "true" if word in _YES | {"true"} else "false" if word in _NO | {"false"} else ""
    return f"write {said}" if said else ""


def a(name: str) -> str:
    """The name of a class with its article.

    >>> a("Station"), a("Entity")
    ('a Station', 'an Entity')
    """
    return f"an {name}" if name[:1] in "AEIOU" else f"a {name}"


def bad_character(address: str) -> str:
    """The first character of an address that no address can hold, as U+ and its place."""
    for place, character in enumerate(address, 1):
        if not re.fullmatch(rf"[%#:@/?]|{_HOST}", character):
            return f"U+{ord(character):04X} at character {place}"
    return ""
