"""Dates as precise as the text: a `Span` of days, and the text as printed.

Two days stand for every date, the first and the last that it may mean, so that
they compare the same way in every SPARQL engine; `xsd:gYear` does not. A date
that is about so (``~``) may mean the year or month before and after it too, a
day the week before and after.
"""

from __future__ import annotations

from datetime import date, timedelta

from kg.model.record import Record

_FORMS = "a date as 2022, 2022-10, 2022-10-29, 2022~ (about) or 2021-04/2022-07 (some time within)"


class Span(Record):
    """The days a date may mean; an ISO day each, empty where open or unknown."""

    text: str = ""
    earliest: str = ""
    latest: str = ""


UNSAID = Span()
# The dates of a case are few: each is read once, of the first so many.
_KEPT = 20_000
_read: dict[str, Span] = {}


def parse(text: str) -> Span:
    """Read a date cell.

    Raises ValueError saying what was expected. `?` (said to be unknown) and
    `..` (still so) have no days.

    >>> parse("2022-02")
    Span(text='2022-02', earliest='2022-02-01', latest='2022-02-28')
    >>> parse("/2022-10").latest
    '2022-10-31'
    """
    if not text:
        return UNSAID
    if (held := _read.get(text)) is None:
        held = _span(text)
        if len(_read) < _KEPT:
            _read[text] = held
    return held


def _span(text: str) -> Span:
    if text in ("?", ".."):
        return Span(text)
    first, slash, last = text.partition("/")
    if not slash:
        return Span(text, *_days(text))
    earliest = _days(first)[0] if first else ""
    latest = _days(last)[1] if last else ""
    if not (earliest or latest):
        raise ValueError(_FORMS)
    if earliest and latest and earliest > latest:
        raise ValueError("a span whose end is not before its beginning")
    return Span(text, earliest, latest)


def period(start: Span, end: Span) -> tuple[str, str, str]:
    """What two cells from and to say together: (as printed, first day, last day).

    A beginning alone is a time within that date for an event, and an open end
    for a state; either way only what is said is bounded.
    """
    if not end.text:
        return start.text, start.earliest, start.latest
    return f"{start.text} – {end.text}", start.earliest, end.latest


def bounds(period: str) -> tuple[str, str]:
    """The day by which what has this period had begun, and the first on which it may have ended.

    >>> bounds("/2022-10 – 2023-02")
    ('2022-10-31', '2023-02-01')
    """
    start, _, end = period.partition(" – ")
    return parse(start).latest, parse(end).earliest


def printed(text: str) -> str:
    """A period as a text prints it: one date where both ends are the same one.

    >>> printed("2022 – 2022"), printed("2016 – ?")
    ('2022', '2016 – ?')
    """
    start, dash, end = text.partition(" – ")
    return start if dash and start == end else text


def after(later: Span, earlier: Span) -> bool:
    """Whether one is later than the other however the two are read."""
    return bool(later.earliest and earlier.latest and later.earliest > earlier.latest)


def hint(text: str) -> str:
    """How a date in another notation is to be written; both ways where it may be two.

    >>> hint("1/2/2019")
    'write 2019-01-02 or 2019-02-01'
    """
    import re

    match = re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})", text)
    if not match:
        return ""
    first, second, year = int(match[1]), int(match[2]), match[3]
    orders = sorted({(first, second), (second, first)})
    written = [f"{year}-{month:02}-{day:02}" for month, day in orders]
    either = " or ".join(day for day in written if _exists(day))
    return f"write {either}" if either else ""


def _exists(day: str) -> bool:
    try:
        return bool(_days(day))
    except ValueError:
        return False


def _days(text: str) -> tuple[str, str]:
    about = text.endswith("~")
    plain = text[:-1] if about else text
    parts = plain.split("-")
    digits = plain.replace("-", "0")
    if [len(p) for p in parts] != [4, 2, 2][: len(parts)] or not _ascii_digits(digits):
        raise ValueError(_FORMS)
    year, month, day = map(int, (*parts, "0", "0")[:3])
    if not year or (len(parts) > 1 and not 1 <= month <= 12):
        raise ValueError("a date that exists")
    length = _length(year, month) if month else 0
    if len(parts) > 2 and not 1 <= day <= length:
        raise ValueError(f"a date that exists ({year:04}-{month:02} has {length} days)")
    unit = ("year", "month", "day")[len(parts) - 1]
    if unit == "day":
        first = last = date(year, month, day)
    elif unit == "month":
        first, last = date(year, month, 1), date(year, month, length)
    else:
        first, last = date(year, 1, 1), date(year, 12, 31)
    if about:
        first, last = _before(first, unit), _after(last, unit)
    return first.isoformat(), last.isoformat()


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _length(year: int, month: int) -> int:
    """How many days a month has. The library's `calendar` takes longer to load than a list to print."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _before(first: date, unit: str) -> date:
    """The first day of the year or month before, or the day a week before."""
    try:
        if unit == "day":
            return first - timedelta(days=7)
        before = first - timedelta(days=1)
        return before.replace(month=before.month if unit == "month" else 1, day=1)
    except OverflowError:
        return date.min


def _after(last: date, unit: str) -> date:
    """The last day of the year or month after, or the day a week after."""
    try:
        if unit == "day":
            return last + timedelta(days=7)
        after = last + timedelta(days=1)
        month = after.month if unit == "month" else 12
        return after.replace(month=month, day=_length(after.year, month))
    except OverflowError:
        return date.max
