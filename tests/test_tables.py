from __future__ import annotations

import csv

import pytest
from draws import draws
from hypothesis import example, given
from hypothesis import strategies as st

from kg.case import csvfile
from kg.case.form import PLAIN
from kg.case.row import Problems, Row, quoted
from kg.case.table import header, read

PEOPLE = ("id", "name", "aliases", "name_zh")


@pytest.fixture
def table(tmp_path):
    """Read bytes as a table; returns its rows as lists of cells, and what is wrong."""

    def reading(content, known=PEOPLE):
        path = tmp_path / "people.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = Problems()
        found = [list(row.cells.values()) for row in read(path, known[:2], known, problems)]
        return found, [str(p) for p in problems.found]

    return reading


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ('id,name\na,"Lu, Jianwang"\n', [["a", "Lu, Jianwang"]]),
        ('id,name\na,"Lu ""Harry"" Jianwang"\n', [["a", 'Lu "Harry" Jianwang']]),
        ('id,name\na,"Lu\nJianwang"\nb,B\n', [["a", "Lu\nJianwang"], ["b", "B"]]),
        ('"id","name"\n"a","A"\n', [["a", "A"]]),
        ('\ufeff"id","name"\na,A\n', [["a", "A"]]),
        ("\ufeffid,name\na,A\n", [["a", "A"]]),
        (" id , name \na, A \n", [["a", "A"]]),
        ("id,name\na,A", [["a", "A"]]),
        ("id,name,,\na,A,,\nb,B,, \n", [["a", "A"], ["b", "B"]]),
        ("id,name\n\na,A\n,\n  ,\nb,B\n\n", [["a", "A"], ["b", "B"]]),
        ("name,id\nA,a\n", [["A", "a"]]),
        ("id,name,name_fr\na,A,Â\n", [["a", "A", "Â"]]),
        ("id,name\na,陆建旺\n", [["a", "陆建旺"]]),
        ("id,name\na,\u00a0A\u3000\n", [["a", "A"]]),
        ("\n\nid,name\na,A\n", [["a", "A"]]),
    ],
)
def test_what_is_read(table, content, rows):
    assert table(content) == (rows, [])


def test_rows_are_numbered_as_a_spreadsheet_does(table):
    bad = 'id,name\n\na,"A\nB"\nb,B,B\n'
    assert table(bad)[1] == [
        "people.csv, row 4: 3 cells; expected 2, as in the header; quote a cell that holds a comma"
    ]


def test_good_rows_are_read_around_bad_ones(table):
    rows, found = table("id,name\na\nb,B\nc,\x00\nd,D\ne,E,E\n")
    assert rows == [["b", "B"], ["d", "D"]]
    assert [f.partition(":")[0] for f in found] == [
        "people.csv, row 2",
        "people.csv, row 4, column name",
        "people.csv, row 6",
    ]


def test_a_million_bad_rows_keep_the_first_thousand(table):
    problems = Problems(limit=3)
    for i in range(10):
        row = Row("a.csv", i, {}, problems)
        row.warn("", "odd" + "!" * i, "even")
    row.fault("", "bad", "good")
    assert [p.found for p in problems.found] == ["odd", "odd!", "odd!!", "bad"]
    assert (problems.errors, problems.warnings, problems.dropped) == (1, 10, 7)


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=10))
def test_what_a_spreadsheet_writes_is_read(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("sheet") / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name"])
        writer.writerows(content)
    problems = Problems()
    found = [list(row.cells.values()) for row in read(path, PEOPLE[:2], PEOPLE, problems)]
    wanted = [[c.strip() for c in cells] for cells in content]
    assert found == [cells for cells in wanted if any(cells)]
    assert problems.errors == 0


BYTES = [
    b"id,name\n",
    b"a",
    b"B",
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b'"',
    b'""',
    b";",
    b" ",
    b"\t",
    b"\x00",
]
BYTES += [b"\xff", b"\xef\xbb\xbf", b"\xc3\xb6", b"name_fr", b"class"]


@draws(200)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(BYTES), max_size=40).map(b"".join))
def test_any_bytes_are_rows_or_named_faults(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "people.csv"
    path.write_bytes(content)
    problems = Problems()
    rows = [*read(path, PEOPLE[:2], PEOPLE, problems)]
    # A header alone is a table of no rows.
    assert rows or problems.found or {"id", "name"} <= set(header(path, PLAIN))
    assert all({"id", "name"} <= set(row.cells) for row in rows)
    assert all(p.file == "people.csv" and p.found and p.expected for p in problems.found)


def test_messages_show_a_long_cell_short():
    assert quoted("x" * 81) == f"“{'x' * 80}…”"


@draws(100)
@given(
    st.text('a,"\n\r é\u0301\x07\ufeff\u2028', max_size=40),
    st.integers(1, 9),
)
@example("a,a\n\ufeffa,a\n", 1)
def test_lines_that_are_looked_at_together_are_read_as_one_by_one(tmp_path_factory, text, some):
    path = tmp_path_factory.getbasetemp() / "some-lines.csv"
    path.write_bytes(text.encode())
    read, told = [], []
    for size in (some, 1 << 16, 0):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(csvfile, "_SOME", size)
            if not size:
                patched.setattr(csvfile, "_some", lambda _: b"")
            problems = Problems()
            read.append(list(csvfile.records(path, PLAIN, problems)))
            told.append(problems.found)
    assert read[0] == read[1] == read[2]
    assert told[0] == told[1] == told[2]
