from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import dates
from kg.model.dates import UNSAID, Span, after, hint, parse, period

FORMS = "a date as 2022, 2022-10, 2022-10-29, 2022~ (about) or 2021-04/2022-07 (some time within)"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("", "", ""),
        ("?", "", ""),
        ("..", "", ""),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019~", "2018-01-01", "2020-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2019-05", "2019-05-01", "2019-05-31"),
        ("2019-05~", "2019-04-01", "2019-06-30"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("2019-05-31", "2019-05-31", "2019-05-31"),
        ("2019-05-31~", "2019-05-24", "2019-06-07"),
        ("2021-04/2022-07", "2021-04-01", "2022-07-31"),
        ("2021/2022", "2021-01-01", "2022-12-31"),
        ("2021/2021", "2021-01-01", "2021-12-31"),
        ("2021-04-05/2021-04-05", "2021-04-05", "2021-04-05"),
        ("2021~/2022-03", "2020-01-01", "2022-03-31"),
        ("/2022-10", "", "2022-10-31"),
        ("2022-10/", "2022-10-01", ""),
    ],
)
def test_dates_are_as_precise_as_the_text(text, earliest, latest):
    assert parse(text) == Span(text, earliest, latest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-02-30", "a date that exists (2019-02 has 28 days)"),
        ("2019-02-29", "a date that exists (2019-02 has 28 days)"),
        ("2019-04-31", "a date that exists (2019-04 has 30 days)"),
        ("2019-05-00", "a date that exists (2019-05 has 31 days)"),
        ("2019-00", "a date that exists"),
        ("2019-13", "a date that exists"),
        ("0000", "a date that exists"),
        ("2022/2021", "a span whose end is not before its beginning"),
        *(
            (text, FORMS)
            for text in ("1/2/2019", "29.10.2022", "2019-5", "19", "20195", "May 2019")
        ),
        *(
            (text, FORMS)
            for text in ("2019-05-31T10:00", "2019//", "/", "..2019", "2019..", "~2019")
        ),
        *(
            (text, FORMS)
            for text in ("-2019", "2019 ", "٢٠١٩", "２０１９", "2019–2020", "2019/../2020")
        ),
    ],
)
def test_what_is_no_date_is_told(text, expected):
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1/2/2019", "write 2019-01-02 or 2019-02-01"),
        ("13/2/2019", "write 2019-02-13"),
        ("2/13/2019", "write 2019-02-13"),
        ("5.5.2019", "write 2019-05-05"),
        ("30/2/2019", ""),
        ("99/99/2019", ""),
        ("May 2019", ""),
    ],
)
def test_both_readings_are_offered(text, told):
    assert hint(text) == told


@given(st.dates(), st.dates())
def test_days_and_spans_come_back(first, last):
    first, last = sorted((first, last))
    assert parse(first.isoformat()) == Span(*[first.isoformat()] * 3)
    span = parse(f"{first}/{last}")
    assert (span.earliest, span.latest) == (first.isoformat(), last.isoformat())


@given(st.dates(max_value=datetime.date(9999, 11, 30)))
def test_a_month_ends_the_day_before_the_next(day):
    latest = datetime.date.fromisoformat(parse(f"{day:%Y-%m}".zfill(7)).latest)
    assert (latest + datetime.timedelta(1)).day == 1
    assert (latest.year, latest.month) == (day.year, day.month)


@given(st.text("0123456789-/~.?", max_size=12))
def test_every_text_is_a_date_or_a_named_fault(text):
    try:
        span = parse(text)
    except ValueError as error:
        assert str(error).startswith("a ")
    else:
        assert span.text == text
        assert not (span.earliest and span.latest) or span.earliest <= span.latest


@pytest.mark.parametrize(
    ("start", "end", "together"),
    [
        ("", "", ("", "", "")),
        ("2022", "", ("2022", "2022-01-01", "2022-12-31")),
        ("2022", "2023-05", ("2022 – 2023-05", "2022-01-01", "2023-05-31")),
        ("2022", "..", ("2022 – ..", "2022-01-01", "")),
        ("2016", "?", ("2016 – ?", "2016-01-01", "")),
        ("?", "2023", ("? – 2023", "", "2023-12-31")),
        ("", "2023", (" – 2023", "", "2023-12-31")),
    ],
)
def test_from_and_to_make_a_period(start, end, together):
    assert period(parse(start), parse(end)) == together


@pytest.mark.parametrize(
    ("later", "earlier", "sure"),
    [
        ("2023", "2022", True),
        ("2022-10", "2022", False),
        ("2022", "2022-10", False),
        ("2022-10-02", "2022-10-01", True),
        ("2022-10-01", "2022-10-01", False),
        ("?", "2022", False),
        ("2023", "", False),
        ("2023/", "/2022", True),
    ],
)
def test_later_only_where_every_reading_is(later, earlier, sure):
    assert after(parse(later), parse(earlier)) is sure


def test_nothing_said_is_no_days():
    assert parse("") is UNSAID
    assert dates.Span() == UNSAID
