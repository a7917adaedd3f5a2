"""What writes a table: the named cells change, every other byte stays, in one step or not at all."""

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.case import tablewriter
from kg.case.form import Form
from kg.case.tablewriter import change, diff, laid_out, write
from kg.model.errors import OutOfBounds, UsageError

PLAIN = Form()


@pytest.fixture
def table(tmp_path):
    def make(text, encoding="utf-8", name="people.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return make


CELL = st.text(st.sampled_from("ab ,;\"'\nö|"), max_size=6)


def raw(cell, always, separator):
    """A cell as one program or another writes it."""
    needed = any(c in cell for c in (separator, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if always or needed else cell


@given(
    rows=st.lists(
        st.lists(st.tuples(CELL, st.booleans()), min_size=3, max_size=3), min_size=1, max_size=6
    ),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    mark=st.sampled_from(["", "\ufeff"]),
    last=st.booleans(),
    new=CELL,
    data=st.data(),
)
def test_all_other_bytes_stay(tmp_path_factory, rows, ends, separator, mark, last, new, data):
    cells = [["id", "name", "note"], *([raw(*c, separator) for c in row] for row in rows)]
    number = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(0, 2))

    def written():
        text = ends.join(separator.join(row) for row in cells) + (ends if last else "")
        return (mark + text).encode()

    path = tmp_path_factory.mktemp("table") / "people.csv"
    path.write_bytes(written())
    # A quoted cell of several lines is one row.
    made = change(path, Form(separator=separator), {(number + 1, cells[0][column]): new})
    assert made.before == written()
    cells[number][column] = raw(new, False, separator)
    assert made.after == written()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_an_encoding_and_its_mark_stay(table, encoding, declared):
    text = 'id;name\r\na;"Käthe"\r\nb;Bö'
    path = table(text, encoding)
    write([change(path, Form(separator=";", encoding=declared), {(3, "name"): "Bé;r"})])
    assert path.read_bytes() == text.replace("Bö", '"Bé;r"').encode(encoding)


def test_what_an_encoding_cannot_hold_is_refused(table):
    path = table("id,name\na,A\n", "cp1252")
    with pytest.raises(UsageError, match="cp1252, which has no “警”"):
        change(path, Form(encoding="cp1252"), {(2, "name"): "警"})


def test_rows_are_added_with_the_line_ends_that_are_there(table):
    path = table("name,id,note\r\nA,a,")
    write([change(path, PLAIN, {}, [{"id": "b", "name": "B, C"}])])
    assert path.read_bytes() == b'name,id,note\r\nA,a,\r\n"B, C",b,\r\n'


def test_blank_lines_count_and_stay(table):
    path = table("\nid,name\n\na,A\n\n")
    write([change(path, PLAIN, {(4, "name"): "B"})])
    assert path.read_text() == "\nid,name\n\na,B\n\n"


def test_a_column_that_is_not_there_is_told(table):
    with pytest.raises(UsageError, match=r"people\.csv has no column note; add one"):
        change(table("id,name\na,A\n"), PLAIN, {(2, "note"): "x"})


def test_a_workbook_is_not_written(table):
    with pytest.raises(UsageError, match=r"people\.xlsx is a workbook.*\(row 2, column name\)"):
        change(table("", name="people.xlsx"), PLAIN, {(2, "name"): "x"})


def test_a_diff_shows_the_lines_that_change(table):
    made = change(table("id,name\na,A\nb,B\n"), PLAIN, {(3, "name"): "C"})
    assert diff([made]).splitlines() == [
        "--- a/people.csv",
        "+++ b/people.csv",
        "@@ -3 +3 @@",
        "-b,B",
        "+b,C",
    ]
    assert diff([change(made.path, PLAIN, {})]) == ""


def test_a_table_that_changed_meanwhile_is_not_touched(table):
    path = table("id,name\na,A\n")
    made = change(path, PLAIN, {(2, "name"): "B"})
    path.write_text("id,name\na,A\nb,B\n")
    with pytest.raises(OutOfBounds, match=r"people\.csv changed meanwhile"):
        write([made])
    assert path.read_text() == "id,name\na,A\nb,B\n"
    assert [p.name for p in path.parent.iterdir()] == ["people.csv"]


def test_one_that_changes_at_the_last_moment_stops_all(table, monkeypatch):
    one, two = table("id\na\n", name="one.csv"), table("id\na\n", name="two.csv")
    made = [change(path, PLAIN, {(2, "id"): "b"}) for path in (one, two)]
    copied = tablewriter.shutil.copymode

    def meanwhile(source, target):
        thread = threading.Thread(target=two.write_text, args=("id\nc\n",))
        thread.start()
        thread.join()
        copied(source, target)

    monkeypatch.setattr(tablewriter.shutil, "copymode", meanwhile)
    with pytest.raises(OutOfBounds, match=r"two\.csv changed meanwhile; nothing changed"):
        write(made)
    assert (one.read_text(), two.read_text()) == ("id\na\n", "id\nc\n")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_every_table_whole(table, monkeypatch, call):
    one, two = table("id\na\n", name="one.csv"), table("id\na\n", name="two.csv")
    made = [change(path, PLAIN, {(2, "id"): "b"}) for path in (one, two)]
    works = getattr(os, call)
    calls = []

    def refuse(*given):
        calls.append(given)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return works(*given)

    monkeypatch.setattr(tablewriter.os, call, refuse)
    with pytest.raises(OutOfBounds, match="No space left"):
        write(made)
    states = {"id\na\n", "id\nb\n"} if call == "replace" else {"id\na\n"}
    assert {one.read_text(), two.read_text()} == states
    assert sorted(p.name for p in one.parent.iterdir()) == ["one.csv", "two.csv"]


def test_permissions_and_links_stay(table, tmp_path):
    path = table("id\na\n", name="real.csv")
    path.chmod(0o640)
    link = tmp_path / "people.csv"
    link.symlink_to(path)
    write([change(link, PLAIN, {(2, "id"): "b"})])
    assert link.is_symlink()
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("id\nb\n", 0o640)


def test_laying_out_keeps_every_word(table):
    path = table('note;name;id;x\r\n"a";" B ";b;"1;2"\r\n\r\nc;"C ""D""";d;\r\n')
    made = laid_out(path, Form(separator=";"), ("id", "name", "class", "note"))
    assert made.after.decode() == 'id;name;note;x\r\nb;B;a;"1;2"\r\nd;"C ""D""";c;\r\n'
    write([made])
    again = laid_out(path, Form(separator=";"), ("id", "name", "class", "note"))
    assert again.after == again.before
