"""A row with a cell too many or too few is refused, never shifted.

Fault: a comma that is not quoted, or a cell that was left out.
Seen: the row, how many cells it has, how many the header has; exit code 3.
Kept: the other rows, each cell under its own column.
"""

import pytest
from hostile import sheet

from kg.case.row import Problems
from kg.case.table import read


@pytest.mark.parametrize("more", [-2, -1, 1, 2])
@pytest.mark.parametrize("bad", [0, 25, 49], ids=["first", "middle", "last"])
def test_a_row_of_another_length_is_left_out_and_the_others_stay(tmp_path, bad, more):
    rows = [[f"p-{i}", f"N{i}", f"A{i}"] for i in range(50)]
    rows[bad] = [*rows[bad], "x", "y"][: 3 + more]
    path = tmp_path / "people.csv"
    path.write_text(sheet(["id", "name", "aliases"], *rows), encoding="utf-8")
    problems = Problems()
    head = ("id", "name", "aliases")
    found = [[*row.cells.values()] for row in read(path, head[:2], head, problems)]
    assert found == rows[:bad] + rows[bad + 1 :]
    (told,) = map(str, problems.found)
    assert told.startswith(f"people.csv, row {bad + 2}: {3 + more} cell")
    assert "expected 3, as in the header" in told
