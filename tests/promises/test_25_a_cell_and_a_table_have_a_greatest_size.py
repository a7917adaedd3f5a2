"""A cell, a row and a table's width have a greatest size; what is beyond is named.

Fault: one cell of 5 MB, a row without end, or 10,000 columns.
Seen: row and column, the size found and the greatest one; exit code 3.
Kept: the memory; the rows around are read.
"""

import pytest

from kg.case import csvfile
from kg.case import table as table_module
from kg.case.row import Problems
from kg.case.table import read


@pytest.fixture
def table(tmp_path):
    def reading(content, known=("id", "name", "aliases")):
        path = tmp_path / "people.csv"
        path.write_text(content, encoding="utf-8")
        problems = Problems()
        rows = [row.get(known[0]) for row in read(path, known[:2], known, problems)]
        return rows, [str(p) for p in problems.found]

    return reading


@pytest.mark.parametrize(("more", "fine"), [(-1, True), (0, True), (1, False)])
def test_a_cell_has_a_greatest_size(table, more, fine):
    size = csvfile.MAX_CELL + more
    rows, found = table(f"id,name,aliases\na,A,{'x' * size}\nb,B,\n")
    assert rows == (["a", "b"] if fine else ["b"])
    told = f"people.csv, row 2, column aliases: {size:,} characters; expected at most 1,048,576"
    assert found == ([] if fine else [f"{told}; is a quote left open?"])


def test_a_cell_of_many_lines_has_the_same_greatest_size(table):
    cell = "line\n" * 250_000
    rows, found = table(f'id,name\na,"{cell}"\nb,B\n')
    assert rows == ["b"]
    assert found[0].startswith("people.csv, row 2, column name: 1,250,000 characters")


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_row_without_end_is_given_up(table, mark):
    found = table(f"id,name\na,{mark}{'x' * csvfile.MAX_LINE}\nb,B\n")[1]
    told = "people.csv, row 2: a row too long, or a quote opened in it never closes"
    assert found == [f"{told}; expected at most 16,777,216 characters"]


@pytest.mark.parametrize("count", [199, 200, 201, 10_000])
def test_a_table_has_a_greatest_number_of_columns(table, count):
    names = [f"c{i}" for i in range(count)]
    rows, found = table(f"{','.join(names)}\nx{',' * (count - 1)}\n", names)
    fine = count <= table_module.MAX_COLUMNS
    assert rows == (["x"] if fine else [])
    wanted = f"people.csv, row 1, column c200: {count:,} columns, this is the first too many"
    assert found == ([] if fine else [f"{wanted}; expected at most 200"])
