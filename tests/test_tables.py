from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg import tables
from kg.builder import build
from kg.case import find
from kg.tables import Problems, quoted, read

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


@pytest.mark.parametrize(
    "cell",
    [
        *("NA", "N/A", "null", "None", "nan", "007", "1e5", "TRUE", "1,000", "-", "0", "=1+1"),
        *("@x", "'", "''", "\\", "\\n", "\t.", ".\t.", "%s", "{}", "#REF!", "2022-10-29", "1.0"),
        *(
            "é",
            "e\u0301",
            "ﬁ",
            "👮\u200d♀️",
            "\u202eabc",
            "\u200b.",
            "|",
            "a|b",
            "a  b",
            "\x80",
            "\x9f",
        ),
    ],
)
def test_a_cell_is_kept_exactly(table, cell):
    assert table(f'id,name\na,"{cell}"\n') == ([["a", cell.strip()]], [])


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


REFUSED = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("code", REFUSED, ids=hex)
def test_a_control_character_is_refused(table, code):
    rows, found = table(f'id,name,aliases\na,A,"x{chr(code)}"\nb,B,\n')
    assert rows == [["b", "B", ""]]
    wanted = (
        f"people.csv, row 2, column aliases: the character U+{code:04X}; expected text; delete it"
    )
    assert found == [wanted]


@pytest.mark.parametrize(("more", "fine"), [(-1, True), (0, True), (1, False)])
def test_a_cell_has_a_greatest_size(table, more, fine):
    size = tables.MAX_CELL + more
    rows, found = table(f"id,name,aliases\na,A,{'x' * size}\nb,B,\n")
    assert [r[0] for r in rows] == (["a", "b"] if fine else ["b"])
    told = f"people.csv, row 2, column aliases: {size:,} characters; expected at most 1,048,576"
    assert found == ([] if fine else [f"{told}; is a quote left open?"])


def test_a_cell_of_many_lines_has_the_same_greatest_size(table):
    cell = "line\n" * 250_000
    rows, found = table(f'id,name\na,"{cell}"\nb,B\n')
    assert [r[0] for r in rows] == ["b"]
    assert found[0].startswith("people.csv, row 2, column name: 1,250,000 characters")


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_row_without_end_is_given_up(table, mark):
    found = table(f"id,name\na,{mark}{'x' * tables.MAX_LINE}\nb,B\n")[1]
    told = "people.csv, row 2: a row too long, or a quote opened in it never closes"
    assert found == [f"{told}; expected at most 16,777,216 characters"]


@pytest.mark.parametrize(("more", "fine"), [(0, True), (1, False)])
def test_a_table_has_a_greatest_number_of_columns(table, more, fine):
    names = [f"c{i}" for i in range(tables.MAX_COLUMNS + more)]
    rows, found = table(f"{','.join(names)}\n{',' * (len(names) - 1)}x\n", names)
    assert len(rows) == fine
    wanted = "people.csv, row 1, column c200: 201 columns, this is the first too many"
    assert found == ([] if fine else [f"{wanted}; expected at most 200"])


@pytest.mark.parametrize("head", ["1f8b08", "504b0304", "d0cf11e0", "25504446", "53514c697465"])
def test_what_is_no_csv_file_is_named(table, head):
    rows, (found,) = table(bytes.fromhex(head) + b"\xff\x00\n")
    assert not rows
    assert found.startswith("people.csv: this is a")


@pytest.mark.parametrize(
    "encoding", ["latin-1", "cp1252", "mac-roman", "utf-16", "utf-16-be", "utf-16-le"]
)
def test_another_encoding_is_named_with_its_place(table, encoding):
    content = "id,name\na,A\nf,Fiskesjö\n".encode(encoding)
    (found,) = table(content)[1]
    wide = encoding.startswith("utf-16")
    where = 0 if wide else content.index("ö".encode(encoding))
    looks = "UTF-16" if wide else "Windows-1252 or Latin-1"
    assert f"not UTF-8 at byte {where}" in found
    assert f"row {1 if wide else 3}" in found
    assert f"looks like {looks}" in found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_device_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for name in ("pipe.csv", "zero.csv", "none.csv"):
        problems = Problems()
        assert list(read(tmp_path / name, ("id",), ("id",), problems)) == []
        assert problems.errors == 1


def test_a_file_beyond_the_size_is_not_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(tables.MAX_BYTES + 1)
    problems = Problems()
    assert list(read(path, ("id",), ("id",), problems)) == []
    assert problems.found[0].found == "8,589,934,593 bytes, more than 8,589,934,592"


def test_a_million_bad_rows_keep_the_first_thousand(table):
    problems = Problems(limit=3)
    for i in range(10):
        row = tables.Row("a.csv", i, {}, problems)
        row.warn("", "odd", "even")
    row.fault("", "bad", "good")
    assert [p.found for p in problems.found] == ["odd", "odd", "odd", "bad"]
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


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(BYTES), max_size=40).map(b"".join))
def test_any_bytes_are_rows_or_named_faults(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "people.csv"
    path.write_bytes(content)
    problems = Problems()
    rows = [*read(path, PEOPLE[:2], PEOPLE, problems)]
    assert rows or problems.found
    assert all({"id", "name"} <= set(row.cells) for row in rows)
    assert all(p.file == "people.csv" and p.found and p.expected for p in problems.found)


def test_messages_show_a_long_cell_short():
    assert quoted("x" * 81) == f"“{'x' * 80}…”"


# ------------------------------------------------------------------ line ends


def mixed(text):
    ends = ("\r", "\n", "\r\n")
    return "".join(line + ends[i % 3] for i, line in enumerate(text.split("\n")[:-1]))


@pytest.fixture(scope="module")
def written(make_case):
    """Everything a graph holds, made from tables with given line ends."""
    people = 'id,name,description\nperson-lu,Lu Jianwang,"First\nsecond\n\nfourth"\n'
    claims = (
        "subject,relation,object,document,locator,gloss\n"
        'person-lu,visited,place-irl,doc-page,p. 1,"Was\nthere"\n'
    )

    def write(change):
        changed = {n: change(t).encode() for n, t in (("people", people), ("claims", claims))}
        graph = build(find(make_case(**changed)))[0]
        text = Store.read_only(graph.store).dump(
            format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()
        )
        ledger = graph.ledger
        adjacency = Path(graph.part("adjacency.bin")).read_bytes()
        return sorted(text.splitlines()), [*ledger.entities()], [*ledger.claims()], adjacency

    return write


ENDS = {
    "mark": lambda t: "\ufeff" + t,
    "crlf": lambda t: t.replace("\n", "\r\n"),
    "cr": lambda t: t.replace("\n", "\r"),
    "mark-crlf": lambda t: "\ufeff" + t.replace("\n", "\r\n"),
    "mixed": mixed,
    "no-last-end": lambda t: t.rstrip("\n"),
}


@pytest.mark.parametrize("change", ENDS.values(), ids=ENDS)
def test_line_ends_and_marks_make_the_same_graph(written, change):
    assert written(change) == written(str)
