"""A list of names against the case: how each is matched, what is not taken; what joins several."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

PEOPLE = """\
id,name,aliases
person-lu,Lu Jianwang,Harry Lu
person-eve,Éve Müller,
person-jo,Jo Smith,
person-joe,Jo Smith,
person-anna,Anna Bell,
person-ben,Ben Ray,
person-min,박지민,
person-un,Kim Jong Un,김정은
"""
# lu – eve are tied, eve and anna share ben, jo is tied to nobody.
CLAIMS = """\
subject,relation,object,stance,voice,document,locator
person-lu,visited,person-eve,,,doc-report,p. 1
person-eve,visited,person-ben,alleges,,doc-report,p. 2
person-anna,visited,person-ben,,,doc-report,p. 3
person-anna,visited,person-ben,denies,body-state,doc-page,p. 4
"""


@pytest.fixture(scope="module")
def case(make_case, kg):
    folder = make_case(people=PEOPLE, claims=CLAIMS)
    assert kg(folder, "build").returncode == 0
    return folder


@pytest.fixture
def names(tmp_path):
    """Write a list of names into a file."""

    def made(text, name="names.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return made


def screened(run):
    return [*csv.DictReader(run.stdout.splitlines())]


@pytest.mark.parametrize(
    ("asked", "match", "id_"),
    [
        ("lu jianwang", "exact", "person-lu"),
        ("지민", "part", "person-min"),
        ("정은", "part", "person-un"),
        ("person-lu", "exact", "person-lu"),
        ("Harry Lu", "alias", "person-lu"),
        ("Eve Muller", "folded", "person-eve"),
        ("Jianwang Lu", "order", "person-lu"),
        ("卢建旺", "script", "person-lu"),
        ("E. Müller", "initials", "person-eve"),
        ("Eve Miller", "near", "person-eve"),
        ("Muller", "part", "person-eve"),
        # One word of two records' names: neither is taken.
        ("Smith", "part", ""),
        ("Nobody", "none", ""),
    ],
)
def test_a_name_is_told_how_it_is_matched(case, kg, names, asked, match, id_):
    run = kg(case, "find", "--list", names(f"{asked}\n"), "--format", "csv")
    (row,) = screened(run)
    assert (row["row"], row["asked"], row["match"], row["id"]) == ("1", asked, match, id_)
    assert run.returncode == (match not in ("exact", "alias", "folded"))


def test_what_several_have_is_taken_for_none_of_them(case, kg, names):
    run = kg(case, "find", "--list", names("\nJo Smith\n\nlu jianwang\n"), "--format", "json")
    first, second = json.loads(run.stdout)
    assert (first["row"], first["match"], first["records"], first["id"]) == (2, "exact", 2, "")
    assert first["others"] == ["Jo Smith (person-jo)", "Jo Smith (person-joe)"]
    assert (second["row"], second["id"]) == (4, "person-lu")
    assert run.returncode == 1
    assert "2 names: 1 exact, 1 several" in run.stderr


def test_a_class_narrows_it(case, kg, names):
    run = kg(case, "find", "--list", names("Ireland\n"), "--kind", "person", "--format", "csv")
    assert [r["match"] for r in screened(run)] == ["none"]


def test_names_come_from_a_column(case, kg, names, tmp_path):
    table = names("nr,Name\n1,Lu Jianwang\n2,\n3,Harry Lu\n", "list.csv")
    run = kg(case, "find", "--list", table, "--format", "csv")
    assert [(r["row"], r["id"]) for r in screened(run)] == [("2", "person-lu"), ("4", "person-lu")]
    assert run.returncode == 0
    book = openpyxl.Workbook()
    for row in (("who", "what"), ("Harry Lu", "x")):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    run = kg(
        case, "find", "--list", str(tmp_path / "list.xlsx"), "--column", "WHO", "--format", "csv"
    )
    assert [r["match"] for r in screened(run)] == ["alias"]


@pytest.mark.parametrize(
    ("text", "name", "words", "told"),
    [
        ("a,b\nx,y\n", "l.csv", (), "which column?"),
        ("a,b\nx,y\n", "l.csv", ("--column", "c"), "no column c; --column names one of a, b"),
        ("a;b\nx;y\n", "l.csv", (), "looks like semicolons"),
        ("x\n", "l.txt", ("--column", "c"), "read line by line"),
        ('a\n"x\n', "l.csv", (), "l.csv, row 2"),
        ("", "l.txt", (), "has no names"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(case, kg, names, text, name, words, told):
    run = kg(case, "find", "--list", names(text, name), *words)
    assert run.returncode == (1 if name == "l.txt" and not text else 2)
    assert told in run.stderr


@pytest.mark.parametrize(
    "words", [(), ("Lu", "--list", "x"), ("Lu", "--column", "x"), ("--list", "nowhere.txt")]
)
def test_a_text_or_a_list_is_asked_for(case, kg, words):
    run = kg(case, "find", *words)
    assert run.returncode == 2
    assert "--list" in run.stderr or "nowhere.txt is no file" in run.stderr


def joined(run):
    return json.loads(run.stdout)


def test_what_joins_several_is_ties_shared_neighbours_and_chains(case, kg, names):
    listed = names("Lu Jianwang\nperson-eve\nAnna Bell\n")
    run = kg(case, "path", "--among", listed, "--format", "json")
    found = joined(run)
    assert run.returncode == 0
    assert [n["id"] for n in found["named"]] == ["person-lu", "person-eve", "person-anna"]
    assert [[n["id"] for n in p["nodes"]] for p in found["ties"]] == [["person-eve", "person-lu"]]
    (shared,) = found["shared"]
    assert (shared["id"], len(shared["paths"])) == ("person-ben", 2)
    claims = [c for p in shared["paths"] for h in p["hops"] for c in h["claims"]]
    assert {(c["status"], c["basis"]) for c in claims} == {
        ("Contested", "Asserted"),
        ("Uncontested", "Alleged"),
    }
    (chain,) = found["chains"]
    assert [n["id"] for n in chain["nodes"]] == ["person-eve", "person-ben", "person-anna"]
    assert len(found["groups"]) == 1
    text = kg(case, "path", "--among", listed).stdout
    assert "Ties among them: 1" in text
    assert "Ben Ray (person-ben): next to 2 of them" in text
    assert "contested" in text


def test_what_nothing_joins_is_told_and_the_answer_is_no(case, kg):
    words = [w for n in ("person-lu", "person-eve", "person-jo") for w in ("--among", n)]
    run = kg(case, "path", *words)
    assert run.returncode == 1
    assert "Nothing that a path may use joins these groups" in run.stdout
    found = joined(kg(case, "path", *words, "--format", "json"))
    assert [[n["id"] for n in group] for group in found["groups"]] == [
        ["person-lu", "person-eve"],
        ["person-jo"],
    ]


def test_it_is_seen_through_a_lens_and_drawn(case, kg, tmp_path):
    words = ("path", "--among", "person-eve", "--among", "person-anna")
    page = tmp_path / "joined.html"
    run = kg(case, *words, "--view", str(page), "--document", "doc-report")
    assert run.returncode == 0
    assert "contested" not in run.stdout.replace("uncontested", "")
    assert "3 entities" in run.stderr
    assert "Ben Ray" in page.read_text("utf-8")
    assert kg(case, *words, "--max-hops", "1").returncode == 1


def test_every_name_of_a_list_must_be_one_record(case, kg, names):
    run = kg(case, "path", "--among", names("Lu Jianwang\nJo Smith\nXyz\n"))
    assert run.returncode == 1
    assert "row 2: “Jo Smith” names several: person-jo, person-joe" in run.stderr
    assert "row 3: nothing is called “Xyz”" in run.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("path",), "give two actors"),
        (("path", "person-lu"), "give two actors"),
        (("path", "person-lu", "person-eve", "--among", "person-jo"), "give two actors"),
        (("path", "--among", "person-lu"), "1 names; expected from 2"),
    ],
)
def test_two_actors_or_several_are_asked_for(case, kg, words, told):
    run = kg(case, *words)
    assert run.returncode == 2
    assert told in run.stderr
