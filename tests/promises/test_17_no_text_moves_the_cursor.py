"""Nothing that stands in a table, a query or a file's name acts on the terminal.

Fault: ESC, BEL, an OSC 8 link, CR or a bidirectional control stands in what is printed.
Seen: visible escapes, as `\\x1b` and `\\u202e`; exit code 0.
Kept: the screen, its title, its colours, the order of the words on it.
"""

import json
import unicodedata

import pytest
from hostile import TEXTS, sheet, tables
from hypothesis import example, given
from hypothesis import strategies as st
from terminals import run

from kg.case.folder import find
from kg.store.build import build
from kg.text.untrusted import in_json, markdown, one_line, shown

ANY = st.text(st.characters(exclude_categories=[]))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ESCAPES = '"\\u001B]0;PWN\\u0007\\u001B[2J\\u001B[31m\\u009B1A\\rover\\u0008\\u202Eabc\\u2066"'


def still(text):
    """Whether no character of a text can move a cursor or turn the text."""
    return all(
        c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") and c not in BIDI)
        for c in text
    )


@given(ANY)
def test_nothing_shown_can_move_a_cursor_or_turn_the_text(text):
    assert still(shown(text))
    assert still(markdown(text))


@given(ANY)
def test_one_line_is_one_line(text):
    assert not set("\n\r\t\x0b\x0c\x85\u2028\u2029") & set(one_line(text))
    assert len(f"x{one_line(text)}x".splitlines()) == 1


@example("\x7f")
@given(st.text())
def test_json_is_still_and_exact(text):
    written = in_json(json.dumps([text], ensure_ascii=False))
    assert still(written)
    assert json.loads(written) == [text]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("bell\x07", "bell\\x07"),
        ("a\rb", "a\\x0db"),
        ("\x1b]8;;http://x\x07", "\\x1b]8;;http://x\\x07"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b", "a\\u2066b"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("[red]x[/red]", "[red]x[/red]"),
    ],
)
def test_what_hides_is_shown(text, seen):
    assert shown(text) == seen


COMMANDS = [
    *([["show", "p-0", "--format", form] for form in ("text", "markdown", "json", "html")]),
    *(["query", f"SELECT ({ESCAPES} AS ?x) ?l {{ ?s rdfs:label ?l }}", "--format", f]
      for f in ("table", "csv", "tsv", "json", "xml")),
    ["query", f"CONSTRUCT {{ ?s rdfs:label {ESCAPES} }} WHERE {{ ?s rdfs:label ?l }}", "--format", "nt"],
    ["query", "SELECT \x1b]0;PWN\x07 \u202e"],
    *(["claims", "--rows", "--format", form] for form in ("text", "csv", "tsv", "json", "markdown")),
    *([verb] for verb in ("claims", "figures", "conflicts", "sources", "gaps", "stats", "terms", "check")),
    *([verb, "p-0"] for verb in ("neighbors", "timeline")),
    ["find", "txt.exe"], ["find", "\x1b]0;PWN\x07\u202e"], ["show", "\x1b]0;PWN\x07\u202e"],
    ["check", "--read"], ["path", "p-0", "p-1", "--through", "all"],
    ["path", "p-0", "p-1", "--through", "all", "--format", "json"],
    ["ask", "voice", "p-0\x1b]0;PWN\x07"], ["--case", "\x1b]0;PWN\x07", "check"],
]  # fmt: skip


@pytest.fixture(scope="module")
def screen(make_case):
    """Every verb on a terminal, on a case of hostile texts; the bidirectional ones come first."""
    texts = sorted(TEXTS, key=lambda t: still(t))[:16]
    folder = make_case(**tables(texts))
    build(find(folder))
    return run(folder, COMMANDS)


def test_no_verb_does_anything_to_a_terminal_but_write_lines(screen):
    assert {*screen.asked} <= {
        "draw",
        "linefeed",
        "carriage_return",
        "tab",
        "reset_mode",
        "set_mode",
    }
    assert screen.asked["draw"] > 1000
    assert still(screen.text)


def test_the_escapes_can_be_seen(screen):
    for seen in ("\\x1b]0;PWN\\x07", "\\u202etxt.exe", "\\u2066", "\\x9b1A", "\\u2028"):
        assert seen in screen.text, seen


def test_a_bad_table_does_nothing_to_a_terminal_either(make_case):
    folder = make_case(people=sheet(["id", "name\u202e"], ["person-lu", "Lu\x1b]0;PWN\x07"]))
    (folder / "data" / "\x1b]0;PWN\x07.csv").write_text("id,name\n", encoding="utf-8")
    screen = run(folder, [["check"], ["build"]])
    assert {*screen.asked} <= {"draw", "linefeed", "carriage_return"}
    assert "\\x1b]0;PWN\\x07.csv: no class has this table" in screen.text
    assert "name\\u202e" in screen.text


def test_the_name_of_a_folder_does_nothing_to_a_terminal_either(make_case):
    folder = make_case()
    name = "\x1b]0;PWN\x07"
    (folder / name).symlink_to(folder)
    screen = run(folder, [["--case", name, verb] for verb in ("check", "build", "doctor", "view")])
    assert {*screen.asked} <= {"draw", "linefeed", "carriage_return"}
    assert "\\x1b]0;PWN\\x07" in screen.text


def test_columns_line_up_whatever_the_script(make_case):
    names = ["Lu", "福州市公安局", "Ｌｕ", "Ång", "Lu\u0301", "각하", "👮", "ไทยกำ"]
    people = sheet(["id", "name"], *[[f"p-{i}", n] for i, n in enumerate(names)])
    folder = make_case(people=people, claims="subject,relation,object,document,locator\n")
    build(find(folder))
    sparql = 'SELECT ?l ("|" AS ?mark) { ?s a kg:Person ; rdfs:label ?l }'
    places = run(folder, [["query", sparql]]).places("|")
    assert (len(places), len({*places})) == (len(names), 1)
