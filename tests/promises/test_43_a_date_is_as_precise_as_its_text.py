"""A date keeps its precision; one that cannot be, or that can be two, is refused.

Fault: `2019`, `2019-05` or `2019~` has no day; `2019-02-30` does not exist; `1/2/2019` is two days.
Seen: what was typed, with the first and the last day it may mean; the row and how to write it;
  exit code 3 for what is refused.
Kept: no day is made up; a filter by day finds every date that may mean it.
"""

import pytest

from kg.analysis import listing
from kg.case.folder import find
from kg.model import dates
from kg.store.build import build
from kg.store.lens import Lens

GOOD = {
    "2019": ("2019-01-01", "2019-12-31"),
    "2019-05": ("2019-05-01", "2019-05-31"),
    "2019-02": ("2019-02-01", "2019-02-28"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2000-02-29": ("2000-02-29", "2000-02-29"),
    "2019-05-07": ("2019-05-07", "2019-05-07"),
    "2019~": ("2018-01-01", "2020-12-31"),
    "2019-05~": ("2019-04-01", "2019-06-30"),
    "2019-05-07~": ("2019-04-30", "2019-05-14"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "2021-04/2022-07": ("2021-04-01", "2022-07-31"),
    "2021/2021": ("2021-01-01", "2021-12-31"),
    "/2022-10": ("", "2022-10-31"),
    "2022-10/": ("2022-10-01", ""),
    "2021-04-03/2022": ("2021-04-03", "2022-12-31"),
    "?": ("", ""),
    "": ("", ""),
}
BAD = {
    **dict.fromkeys(("2019-02-30", "2019-13", "2019-00", "0000", "2019-04-31", "2019-01-00"), "a date that exists"),
    **dict.fromkeys(("2019-02-29", "1900-02-29", "2021-13-01", "2021-02-30/2022"), "a date that exists"),
    **dict.fromkeys(("1/2/2019", "1.2.2019", "May 2019", "19", "201", "20190507"), "a date as 2022"),
    **dict.fromkeys(("2019-5", "2019-05-7", "c. 2019", "2019?", "2019-05-07T10:00", "２０１９"), "a date as 2022"),
    **dict.fromkeys(("-2019", "2019~~", "~2019", "/", "2019-05-07Z", "today"), "a date as 2022"),
    "2022/2021": "a span whose end is not before its beginning",
    "..": "still so",
}  # fmt: skip


def test_the_table_has_forty_dates():
    assert len(GOOD) + len(BAD) >= 40


@pytest.mark.parametrize(("text", "days"), GOOD.items(), ids=GOOD)
def test_precision_is_kept_as_two_days_and_the_text(text, days):
    span = dates.parse(text)
    assert (span.text, span.earliest, span.latest) == (text, *days)


def test_every_other_date_is_refused_with_its_row(make_case, complain):
    head = "subject,relation,object,from,document,locator\n"
    rows = "".join(
        f'person-lu,visited,place-irl,"{d}",doc-page,p. {i}\n' for i, d in enumerate(BAD)
    )
    found = complain(make_case(claims=head + rows))
    assert len(found) == len(BAD)
    for (number, (text, told)), line in zip(enumerate(BAD.items(), 2), found, strict=True):
        assert line.startswith(f"claims.csv, row {number}, column from: “{text}”; expected "), line
        assert told in line


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1/2/2019", "write 2019-01-02 or 2019-02-01"),
        ("13/2/2019", "write 2019-02-13"),
        ("29.10.2022", "write 2022-10-29"),
        ("31/31/2019", ""),
    ],
)
def test_a_date_that_may_be_two_is_told_with_both(text, hint):
    assert dates.hint(text) == hint


@pytest.fixture(scope="module")
def graph(make_case):
    texts = [t for t in GOOD if t]
    people = "id,name\nperson-lu,Lu\n" + "".join(f"p-{i},P{i}\n" for i, _ in enumerate(texts))
    head = "subject,relation,object,from,document,locator,gloss\n"
    rows = "".join(
        f"p-{i},visited,place-irl,{t},doc-page,p. {i},{t}\n" for i, t in enumerate(texts)
    )
    return build(find(make_case(people=people, claims=head + rows)))[0]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2019-05-07", "2019-05-07"),
        ("2019-12", "2019"),
        ("2022", ""),
        ("", "1900"),
        ("2021-06", "2021-06"),
    ],
)
def test_a_filter_finds_every_date_that_may_mean_the_days(graph, since, until):
    first = dates.parse(since).earliest or "0000-00-00"
    last = dates.parse(until).latest or "9999-99-99"
    wanted = {
        text
        for text, (earliest, latest) in GOOD.items()
        if (earliest or latest) and earliest <= last and (latest or "9999-99-99") >= first
    }
    rows = listing.attestations(graph, Lens(), relation="visited", since=since, until=until)
    assert {row.gloss for row in rows} == wanted
