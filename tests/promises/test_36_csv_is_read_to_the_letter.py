"""CSV is read as RFC 4180 says; another separator or an open quote is told.

Fault: cells are separated by semicolons or tabs, or a quote is opened and never closed.
Seen: what it looks like, or the row in which the quote opened; exit code 3.
Kept: line ends, quotes, commas and any letters inside quoted cells.
"""

import pytest

from kg.case.row import Problems
from kg.case.table import read

TABLES = {
    "commas in quotes": ('a,b\n1,"x, y"\n', [{"a": "1", "b": "x, y"}]),
    "empty cells": (
        'a,b,c\n1,"",""\n2,3,4\n',
        [{"a": "1", "b": "", "c": ""}, {"a": "2", "b": "3", "c": "4"}],
    ),
    "quotes in quotes": ('a,b\n1,"ha ""ha"" ha"\n', [{"a": "1", "b": 'ha "ha" ha'}]),
    "json": ('a,b\n1,"{""t"": [1.0, ""x""]}"\n', [{"a": "1", "b": '{"t": [1.0, "x"]}'}]),
    "line ends in quotes": ('a,b\n1,"x\ny\n\nz"\n', [{"a": "1", "b": "x\ny\n\nz"}]),
    "quotes and line ends": ('a,b\n1,"x\n""y"",\n"\n', [{"a": "1", "b": 'x\n"y",'}]),
    "any letters": ("a,b\n1,ʤ°陆\n", [{"a": "1", "b": "ʤ°陆"}]),
    "spaces in names": ("a b,Ü c\n1,2\n", [{"a b": "1", "Ü c": "2"}]),
    "no last line end": ("a,b\n1,2", [{"a": "1", "b": "2"}]),
    "a quote inside a cell": ("a,b\n1,6'2\"\n", [{"a": "1", "b": "6'2\""}]),
    "one column": ("a\n1\n2\n", [{"a": "1"}, {"a": "2"}]),
}


def reading(path, content, columns):
    path.write_text(content, encoding="utf-8", newline="")
    problems = Problems()
    rows = [row.cells for row in read(path, columns[:2], columns, problems)]
    return rows, [str(p) for p in problems.found]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("content", "rows"), TABLES.values(), ids=TABLES)
def test_what_is_quoted_is_read(tmp_path, content, rows, end):
    found = reading(tmp_path / "t.csv", content.replace("\n", end), list(rows[0]))
    assert found == (rows, [])


@pytest.mark.parametrize(("mark", "called"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_another_separator_is_named(tmp_path, mark, called):
    rows, (found,) = reading(tmp_path / "t.csv", f"a{mark}b\n1{mark}2\n", ["a", "b"])
    assert rows == []
    said = "tab" if mark == "\t" else mark
    assert found == (
        f"t.csv, row 1: one column only; looks like {called} between the cells; expected commas; "
        f'under [tables.t] in data/case.toml (or [tables], if all are so), add: separator = "{said}"'
    )


@pytest.mark.parametrize("place", [2, 3, 40])
def test_an_open_quote_is_told_with_the_row_in_which_it_opened(tmp_path, place):
    lines = ["a,b", *(f"{i},x" for i in range(2, 60))]
    lines[place - 1] = f'{place},"x'
    rows, (found,) = reading(tmp_path / "t.csv", "\n".join(lines), ["a", "b"])
    assert len(rows) == place - 2
    assert f"t.csv, row {place}: a quote opened in this row never closes" in found
