"""A table in another encoding than UTF-8 is refused where it first shows.

Fault: a table is Latin-1, Windows-1252, Mac Roman or UTF-16, as a whole or in part.
Seen: the byte, the row, and what it looks like; exit code 3.
Kept: no letter is guessed.
"""

import pytest

from kg.case.row import Problems
from kg.case.table import read


def fault(path, content):
    path.write_bytes(content)
    problems = Problems()
    rows = [row.get("id") for row in read(path, ("id", "name"), ("id", "name"), problems)]
    (found,) = map(str, problems.found)
    return rows, found


@pytest.mark.parametrize(
    "encoding", ["latin-1", "cp1252", "mac-roman", "utf-16", "utf-16-be", "utf-16-le"]
)
def test_another_encoding_is_named_with_its_place(tmp_path, encoding):
    content = "id,name\na,A\nf,Fiskesjö\n".encode(encoding)
    found = fault(tmp_path / "people.csv", content)[1]
    wide = encoding.startswith("utf-16")
    where = 0 if wide else content.index("ö".encode(encoding))
    assert f"not UTF-8 at byte {where}" in found
    assert f"row {1 if wide else 3}" in found
    assert f"looks like {'UTF-16' if wide else 'Windows-1252 or Latin-1'}" in found


@pytest.mark.parametrize("rows", [1, 5_000])
def test_a_file_half_in_one_and_half_in_another_is_told_at_the_seam(tmp_path, rows):
    first = b"id,name\n" + "a,Å\n".encode() * rows
    found = fault(tmp_path / "people.csv", first + "b,Å\n".encode("latin-1"))[1]
    assert f"people.csv, row {rows + 2}: not UTF-8 at byte {len(first) + 2:,}; looks like" in found


def test_a_row_is_counted_through_quoted_line_ends(tmp_path):
    content = b'id,name\na,"A\n\nB"\n' + b"b,\xff\n"
    assert "people.csv, row 3: not UTF-8 at byte 19" in fault(tmp_path / "people.csv", content)[1]
