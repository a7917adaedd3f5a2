"""A character that no text has is refused with its row, its column and its number.

Fault: NUL, another control character, U+FFFE, U+FFFF or half of a character stands in a cell.
Seen: row, column and U+ number; exit code 3.
Kept: the rows around are read; what is built can be written in every format and read again.
"""

import pytest

from kg.case.folder import find
from kg.case.row import Problems
from kg.case.table import read
from kg.model.errors import BadCase, NotFound, UsageError
from kg.sparql import results
from kg.sparql.query import Answer, Term
from kg.store.graph import open_graph

REFUSED = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF]


@pytest.fixture
def table(tmp_path):
    def reading(content):
        path = tmp_path / "people.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = Problems()
        known = ("id", "name", "aliases")
        rows = [list(row.cells.values()) for row in read(path, known[:2], known, problems)]
        return rows, [str(p) for p in problems.found]

    return reading


@pytest.mark.parametrize("code", REFUSED, ids=hex)
def test_a_control_character_is_refused(table, code):
    rows, found = table(f'id,name,aliases\na,A,"x{chr(code)}"\nb,B,\n')
    assert rows == [["b", "B", ""]]
    wanted = f"people.csv, row 2, column aliases: the character U+{code:04X}; expected text; "
    assert [f.partition(wanted)[2].split()[0] for f in found] in (["delete"], ["write"])


def test_a_letter_of_another_encoding_is_named(table):
    _, (found,) = table("id,name,aliases\na,A,it\x92s\n")
    assert found.endswith("the character U+0092; expected text; write “’”")


@pytest.mark.parametrize("said", [r'title = "a\u009bb"', r'editors = ["a\u001bb"]'])
def test_a_control_character_in_case_toml_is_refused(make_case, said):
    folder = make_case()
    held = folder / "data" / "case.toml"
    held.write_text(f"{said.replace('title', 'description')}\n{held.read_text('utf-8')}", "utf-8")
    with pytest.raises(BadCase, match=r"holds the character U\+00[19]B; expected text"):
        find(folder)


def test_a_control_character_in_a_label_of_the_ontology_is_left_out(make_case):
    folder = make_case()
    with (folder / "ontology" / "terms.ttl").open("a", encoding="utf-8") as file:
        file.write('kg:seen a kg:Event ; rdfs:label "se\x9ben"@en .\n')
    assert find(folder).ontology.relations["seen"].label == "se en"


@pytest.mark.parametrize(
    "code",
    [9, 10, 0xA0, 0xAD, 0x2028, 0xFDD0, 0xFFFD, 0x1FFFE, 0x10FFFF],
    ids=hex,
)
def test_every_other_character_is_kept(table, code):
    assert table(f'id,name,aliases\na,A,"x{chr(code)}y"\n') == ([["a", "A", f"x{chr(code)}y"]], [])


@pytest.mark.parametrize("half", [b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80"])
def test_half_of_a_character_is_no_utf_8(table, half):
    rows, (found,) = table(b"id,name,aliases\na,A,x\nb,B,y" + half + b"\n")
    assert rows in ([], [["a", "A", "x"]])
    assert "people.csv, row 3: not UTF-8 at byte 27" in found


@pytest.mark.parametrize("text", ["\ud800", "a\udcff", "pers\udfffon"])
def test_half_of_a_character_in_a_name_finds_nothing(built_case, text):
    with pytest.raises(NotFound):
        open_graph(built_case / "out").find(text)


@pytest.mark.parametrize("words", [("show",), ("find",), ("path", "person-lu"), ("query",)])
def test_bytes_that_are_no_text_in_a_command_are_told(built_case, kg, words):
    ran = kg(built_case, *words, b"\xff\xfe")
    assert ran.returncode == (2 if words == ("query",) else 1)
    assert ran.stderr.startswith(("kg: ", "nothing is called"))


@pytest.mark.parametrize("code", [c for c in REFUSED if not 0x7F <= c < 0xA0], ids=hex)
def test_xml_is_not_written_with_what_it_cannot_hold(code):
    answer = Answer("select", ("x",), ((Term("literal", f"a{chr(code)}"),),))
    with pytest.raises(UsageError, match=rf"XML cannot hold the character U\+{code:04X}"):
        results.write(answer, "xml", {})
