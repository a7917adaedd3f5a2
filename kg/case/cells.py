"""What one cell may hold: ids, keys, numbers, dates, addresses, digests."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.case import form, local_forms
from kg.case.row import Row, quoted
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
    """The date in a cell; `..` (still so) only where there is an `open_end`. Raises ValueError."""
    cell = row.get(column)
    try:
        if cell == ".." and not open_end:
            raise ValueError("a date; “..” (still so) belongs in the column to")
        return dates.parse(cell)
    except ValueError as error:
        row.fault(column, quoted(cell), str(error), date_hint(cell))
        return dates.UNSAID


def date_hint(cell: str) -> str:
    """How a date in another notation is to be written, or its order declared.

    >>> date_hint("13.2.2022")
    'write 2022-02-13, or under [tables] in data/case.toml, add: dates = "d.m.y"'
    """
    written = dates.hint(cell)
    if orders := local_forms.orders(cell):
        declared = " or ".join(form.line("dates", order) for order in orders[:1])
        others = "".join(f' or "{order}"' for order in orders[1:])
        return f"{written}{', or ' if written else ''}{declared}{others}"
    if re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}", cell):
        return "write the year with four digits"
    return written or local_forms.spelt(cell)


_CODE = r"(?P<{}>[A-Z]{{3}}|[€$£¥₽₹₴%])"
_MONEY = re.compile(
    rf"(?:{_CODE.format('before')}\s?)?(?P<n>[0-9.,' \u00a0\u202f]+?)(?:\s?{_CODE.format('after')})?"
)
_CURRENCY = {"€": "EUR", "£": "GBP", "₽": "RUB", "₹": "INR", "₴": "UAH"}


def value_hint(cell: str, table: str = "") -> str:
    """How a figure's number is to be written, its currency in the column unit.

    >>> value_hint("25–30")
    'write 25..30'
    >>> value_hint("EUR 1,200"), value_hint("12 %"), value_hint("$5")
    ('write 1200, and EUR in the column unit', 'write 12, and % in the column unit', 'write 5, and the currency in the column unit, as USD')
    """
    if len(between := re.split(r" ?[-–—] ?| to ", cell)) == 2 and all(
        map(NUMBER.fullmatch, between)
    ):
        return f"write {'..'.join(between)}"
    money = _MONEY.fullmatch(cell)
    if not money or not (sign := money["before"] or money["after"]):
        return number_hint(cell, table)
    number = money["n"].strip()
    plain = (
        number if NUMBER.fullmatch(number) else number_hint(number, table).removeprefix("write ")
    )
    unit = _CURRENCY.get(sign, sign)
    told = "the currency" if unit in "$¥" else unit
    example = ", as USD" if unit == "$" else ", as CNY or JPY" if unit == "¥" else ""
    return f"write {plain or 'the plain number'}, and {told} in the column unit{example}"


def number_hint(cell: str, table: str = "") -> str:
    """How a number with separators, an exponent or words is to be written.

    `table` is the one whose form a decimal comma may be declared for.

    >>> number_hint("1.200.000"), number_hint("4.2 million"), number_hint("five thousand")
    ('write 1200000', 'write 4200000', 'write 5000')
    """
    if whole := _in_words(cell):
        return f"write {whole}"
    if re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}", cell):
        return f"write {cell.replace('.', '')}"
    if re.fullmatch(r"-?[0-9]{1,18},(?:[0-9]{1,2}|[0-9]{4,18})", cell):
        return f"write {cell.replace(',', '.')}, or {form.line('decimal', ',', table, others=True)}"
    plain = re.sub(r"(?<=[0-9])[,' _\u00a0\u202f](?=[0-9]{3})", "", cell)
    if match := re.fullmatch(r"([0-9]+)[eE]\+?([0-9]{1,2})", plain):
        plain = match[1] + "0" * int(match[2])
    return f"write {plain}" if plain != cell and NUMBER.fullmatch(plain) else ""


_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TIMES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9}
_WORDED = re.compile(
    rf"(?:(?P<n>[0-9]+(?:[.,][0-9]+)?)|(?P<w>a|{'|'.join(_ONES)}))(?: (?P<t>{'|'.join(_TIMES)})s?)?"
)


def _in_words(cell: str) -> str:
    """A number that is told with words as the tables write it; empty if it is none."""
    found = _WORDED.fullmatch(cell.casefold())
    if not found or not (found["t"] or found["w"]):
        return ""
    word = found["w"]
    one = found["n"] or str(1 if word == "a" else _ONES.index(word) + 1)
    size = Decimal(one.replace(",", ".")) * 10 ** _TIMES.get(found["t"] or "", 0)
    return f"{size.normalize():f}"


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
