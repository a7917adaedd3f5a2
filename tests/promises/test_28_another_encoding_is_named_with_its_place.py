"""A table in another encoding than UTF-8 is refused where it first shows.

Fault: a table is in an encoding that Excel saves in (Windows-1252, -1251, -1253, GBK, Shift-JIS …), Latin-1, Mac Roman or
UTF-16, as a whole or in part.
Seen: the byte, the row, what it looks like, and where letters are not Latin how the cell reads then; exit code 3.
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


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Ольга Гонтарь"),
        ("koi8_u", "Ольга Гонтарь"),
        ("cp866", "Ольга Гонтарь"),
        ("cp1253", "Γιώργος Παπαδόπουλος"),
        ("cp1255", "משרד התחבורה"),
        ("cp1256", "وزارة النقل"),
        ("cp874", "สมชาย ใจดี"),
        ("cp1250", "Lech Wałęsa"),
        ("gb18030", "交通运输部"),
        ("big5", "交通部長"),
        ("cp932", "山田太郎"),
        ("cp949", "해양수산부"),
    ],
)
@pytest.mark.parametrize("mark", [",", ";"])
def test_letters_that_are_not_latin_are_shown_as_they_read(tmp_path, encoding, name, mark):
    """Each cell would be garbled, and nothing wrong, if it were taken for Windows-1252."""
    content = f"id,name\na,A\nb,{name}\nc,C\n".replace(",", mark).encode(encoding)
    found = fault(tmp_path / "people.csv", content)[1]
    assert "people.csv, row 3: not UTF-8" in found
    assert f"looks like {encoding}, which has “{name}” there" in found
    assert f'add: encoding = "{encoding}"' in found


@pytest.mark.parametrize("name", ["Crème Brûlée", "Þórður Ásgeirsson", "“x” – € 5", "¿Año?"])
def test_what_has_a_letter_here_and_there_is_western(tmp_path, name):
    content = f"id,name\na,{name}\n".encode("cp1252")
    assert "Windows-1252 or Latin-1" in fault(tmp_path / "people.csv", content)[1]


@pytest.mark.parametrize("rows", [1, 5_000])
def test_a_file_half_in_one_and_half_in_another_is_told_at_the_seam(tmp_path, rows):
    first = b"id,name\n" + "a,Å\n".encode() * rows
    found = fault(tmp_path / "people.csv", first + "b,Å\n".encode("latin-1"))[1]
    assert f"people.csv, row {rows + 2}: not UTF-8 at byte {len(first) + 2:,}; looks like" in found


def test_a_row_is_counted_through_quoted_line_ends(tmp_path):
    content = b'id,name\na,"A\n\nB"\n' + b"b,\xff\n"
    assert "people.csv, row 3: not UTF-8 at byte 19" in fault(tmp_path / "people.csv", content)[1]
