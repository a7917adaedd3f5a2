"""The mapping language: what stands where in a record, and what its text means."""

from __future__ import annotations

import csv

import pytest
from draws import draws
from hypothesis import given
from hypothesis import strategies as st

from kg.case.folder import find
from kg.exchange import importing, mapping
from kg.exchange.values import Value, nodes, steps
from kg.model.errors import BadData, UsageError
from kg.store.check import check

NAMES = 'format = "csv"\n[[entity]]\nclass = "=Thing"\nname = "name"\n'


@pytest.fixture
def mapped(tmp_path):
    """Imports a table by a mapping; gives the tally as a dict and a reader of tables."""

    def imported(text, plan, name="table.csv", folder="made", **options):
        (tmp_path / name).write_text(text, "utf-8", newline="")
        (tmp_path / "plan.toml").write_text(plan, "utf-8")
        lines = importing.run(
            tmp_path / name, tmp_path / folder, mapping=tmp_path / "plan.toml", **options
        )

        def rows(table):
            path = tmp_path / folder / "data" / f"{table}.csv"
            with path.open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))

        told: dict[tuple[str, str], int] = {}
        for x in lines:
            told[x.step, x.kind] = told.get((x.step, x.kind), 0) + x.number
        return told, rows

    return imported


CLAIM = """
format = "csv"
[read]
{read}
[[entity]]
as = "one"
class = "=Thing"
name = {{ from = "a", split = "/" }}
[[claim]]
subject = "one"
relation = {{ from = "tie", codes = {{ "owned by" = "<owns" }} }}
object = {{ name = "b", class = "=Thing" }}
from = "since"
to = "until"
qualities.share = {{ from = "share", number = true }}
[qualities.share]
type = "decimal"
"""


@pytest.mark.parametrize(
    ("read", "cells", "found"),
    [
        ("", "2019-03-01,,50", ("2019-03-01", "", "50")),
        ("", "2019-03-01T10:00:00Z,2020,1e2", ("2019-03-01", "2020", "100")),
        ('dates = "d/m/y"', "05/06/2022,13/2/2023,", ("2022-06-05", "2023-02-13", "")),
        ('dates = "m/d/y"', "05/06/2022,,", ("2022-05-06", "", "")),
        ('decimal = ","\nthousands = "."', '2019,,"1.234,5"', ("2019", "", "1234.5")),
        ('open = ["now"]\nblank = ["n/a"]', "n/a,now,n/a", ("", "..", "")),
    ],
)
def test_dates_and_numbers_are_read_as_declared(mapped, read, cells, found):
    told, rows = mapped(f"a,tie,b,since,until,share\nx,owns,y,{cells}\n", CLAIM.format(read=read))
    (row,) = rows("claims")
    assert (row["from"], row["to"], row.get("share", "")) == found
    assert not [step for step, _ in told if step == "left out"]


def test_what_is_no_date_or_number_is_left_out_and_counted(mapped):
    told, rows = mapped(
        "a,tie,b,since,until,share\nx,owns,y,05/06/2022,soon,half\n", CLAIM.format(read="")
    )
    (row,) = rows("claims")
    assert (row["from"], row["to"], row.get("share", "")) == ("", "", "")
    assert told["left out", "date"] == 2
    assert told["left out", "value of share"] == 1


def test_cells_are_split_and_relations_turned(mapped):
    _, rows = mapped("a,tie,b,since,until,share\nx/z,owned by,y,,,\n", CLAIM.format(read=""))
    assert [(r["subject"], r["relation"], r["object"]) for r in rows("claims")] == [
        ("y", "owns", "x"),
        ("y", "owns", "z"),
    ]


def test_ids_have_a_scope_and_meet_across_rows(mapped):
    plan = """
format = "csv"
[[entity]]
class = "=Person"
id = "person"
scope = "person"
name = "name"
[[claim]]
subject = { id = "person", scope = "person" }
relation = "=worksFor"
object = { id = "firm", scope = "firm" }
[[entity]]
class = "=Firm"
id = "firm"
scope = "firm"
name = "firm_name"
"""
    table = "person,name,firm,firm_name\n1,Ann,1,Harbour Ltd\n2,Bo,1,\n"
    told, rows = mapped(table, plan)
    assert {r["id"]: r["foreign_ids"] for r in rows("persons")} == {
        "person-1": "person:1",
        "person-2": "person:2",
    }
    assert [r["name"] for r in rows("firms")] == ["Harbour Ltd"]
    assert {r["object"] for r in rows("claims")} == {"firm-1"}
    assert told["read", "row"] == 2


def test_a_row_of_another_length_is_left_out_never_shifted(mapped):
    told, rows = mapped("name,note\nAnn,x\nBo\nCy,y,z\nDi,\n", NAMES)
    assert [r["name"] for r in rows("things")] == ["Ann", "Di"]
    assert told["left out", "row"] == 2
    assert told["read", "row"] == 4


def test_a_field_that_no_rule_takes_is_told(mapped):
    told, _ = mapped("name,note,empty\nAnn,x,\nBo,,\n", NAMES)
    assert told["left out", "field note of row"] == 1
    assert ("left out", "field empty of row") not in told
    ignored = NAMES + '[[ignore]]\nfields = ["note"]\nreason = "private"\n'
    told, _ = mapped("name,note\nAnn,x\n", ignored, folder="again")
    assert told["passed over", "field note of row"] == 1
    assert "left out" not in {step for step, _ in told}


def test_records_of_json_with_paths_rest_and_lists(mapped):
    plan = """
format = "json"
[read]
records = "things"
[[document]]
of = "header"
as = "source"
name = "about.title"
[[entity]]
of = "item"
class = ["kind", "=Thing"]
id = "id"
name = "{first} {last}"
names.zh = "han"
attributes.places = { each = "stays", from = "{city} ({year})" }
rest = "more"
[[claim]]
of = "item"
each = "knows"
subject = "^.id"
relation = "=knows"
object = "."
"""
    text = """{"about": {"title": "A list"}, "things": [
      {"id": "x", "first": "Ann", "last": "Example", "han": "安", "kind": "Person", "knows": ["y", "gone"],
       "stays": [{"city": "Dublin", "year": 2019}, {"city": "Galway", "year": 2020}],
       "more": {"born": 1957, "tags": ["a", "b"], "deep": {"er": true}}, "extra": 1},
      {"id": "y", "first": "Bo", "last": ""}]}"""
    told, rows = mapped(text, plan, name="list.json", format="json")
    (ann,) = rows("persons")
    assert (ann["name"], ann["name_zh"]) == ("Ann Example", "安")
    assert ann["places"] == "Dublin (2019) | Galway (2020)"
    assert (ann["born"], ann["tags"], ann["deep_er"]) == ("1957", "a | b", "true")
    assert {(r["subject"], r["object"]) for r in rows("claims")} == {("x", "y"), ("x", "gone")}
    assert told["left out", "field extra of item"] == 1
    assert rows("documents")[0]["name"] == "A list"


WRONG = [
    ('titel = "x"', "the mapping has the unknown key “titel”; expected"),
    ('[read]\ndates = "y/d/m"', "[read] dates is “y/d/m”; expected one of d.m.y"),
    ('[relations.x]\nlable = "y"', "[relations.x] has the unknown key “lable”"),
    ('[attributes.x]\ntype = "number"', "[attributes.x]: type is “number”; expected string"),
    (
        '[classes.x]\nrole = "HumanBeeing"',
        "role is “HumanBeeing”, which is none; did you mean “HumanBeing”?",
    ),
    ('[[claim]]\nsubject = "a"', "[[claim]] has no relation"),
    ('[[entity]]\nclass = "=X"', "[[entity]] has no id and no name"),
    ('[[entity]]\nclass = "=X"\nname = 7', "[[entity]] name: expected the name of a field"),
    ('[[entity]]\nclass = "=X"\nname = { from = "a", codes = "c" }', "no table [codes.c]"),
    (
        '[[entity]]\nclass = "=X"\nname = { from = "a", match = "(" }',
        "match is no regular expression",
    ),
    (
        '[[entity]]\nclass = "=X"\nname = { from = "a", strip = "xml" }',
        "strip is “xml”; expected markdown or html",
    ),
    ("[[entity]", "no mapping that can be read"),
    ("entity = 3", "entity is no list; expected [[entity]]"),
    ("[codes]\nx = 1", None),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_in_a_mapping_is_told(tmp_path, text, said):
    path = tmp_path / "plan.toml"
    path.write_text(text, "utf-8")
    if said is None:
        assert mapping.read(path)
        return
    with pytest.raises(BadData) as caught:
        mapping.read(path)
    assert said in str(caught.value) and str(caught.value).startswith("plan.toml: ")


def test_all_faults_of_a_mapping_are_told_at_once(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("\n".join(text for text, said in WRONG[:3]), "utf-8")
    with pytest.raises(BadData) as caught:
        mapping.read(path)
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            b"name;b\nAnn;1\n",
            'it looks like semicolons between the cells; under [read] in the mapping, add: separator = ";"',
        ),
        ("name\nZoé\n".encode("latin-1"), 'add: encoding = "cp1252"'),
        (b"name,name\nAnn,Bo\n", "row 1: the column “name” is there twice; rename one"),
        (b'name\n"Ann\n', "a quote opened in this row never closes"),
        (b"", "table.csv is empty"),
        (b"PK\x03\x04", "this is a zip file or a spreadsheet"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(tmp_path, text, said):
    (tmp_path / "table.csv").write_bytes(text)
    (tmp_path / "plan.toml").write_text(NAMES, "utf-8")
    with pytest.raises(BadData) as caught:
        importing.run(tmp_path / "table.csv", tmp_path / "made", mapping=tmp_path / "plan.toml")
    assert said in str(caught.value)
    assert not (tmp_path / "made").exists()


def test_a_table_without_a_mapping_says_how_to_get_one(tmp_path):
    (tmp_path / "table.csv").write_text("name\nAnn\n")
    with pytest.raises(
        UsageError, match=r"table.csv needs a mapping: mapping FILE; suggest proposes"
    ):
        importing.run(tmp_path / "table.csv", tmp_path / "made")


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@draws(60)
@given(TREES, st.text(max_size=8))
def test_any_place_in_any_record_gives_texts_or_nothing(record, place):
    found = Value((place,)).all((record,))
    assert all(isinstance(text, str) and text for text in found)
    assert all(node is not None for node in nodes((record,), steps(place)))


# ---------------------------------------------------------------- joining a case

PEOPLE = """
format = "csv"
[[entity]]
class = "=Person"
id = "nr"
name = "name"
attributes.town = "town"
[[claim]]
subject = "nr"
relation = "=knows"
object = "knows"
"""


def test_joining_adds_below_and_to_the_right_and_is_done_once(mapped, tmp_path):
    first = "nr,name,town,knows\n1,Ann,Dublin,2\n2,Bo,,\n"
    mapped(first, PEOPLE)
    table = tmp_path / "made" / "data" / "persons.csv"
    before = table.read_text("utf-8")
    told, rows = mapped(first, PEOPLE, into=True)
    assert table.read_text("utf-8") == before and ("written", "claims.csv") not in told
    plan = PEOPLE.replace('"town"', '"town"\nattributes.age = "age"')
    _, rows = mapped("nr,name,town,knows,age\n3,Cy,Cork,1,50\n", plan, name="more.csv", into=True)
    after = rows("persons")
    assert [r["id"] for r in after] == ["1", "2", "3"]
    assert after[2]["age"] == "50" and after[0]["age"] == ""
    assert [(r["subject"], r["object"]) for r in rows("claims")] == [("1", "2"), ("3", "1")]


def test_what_does_not_go_together_changes_nothing(mapped, tmp_path):
    from kg.model.errors import BadTables

    mapped("nr,name,town,knows\n1,Ann,,\n", PEOPLE)
    claims = tmp_path / "made" / "data" / "claims.csv"
    claims.write_text(claims.read_text() + "1,knows,nobody,,,,,,,doc-table,row 9,,\n")
    held = {p: p.read_bytes() for p in (tmp_path / "made").rglob("*") if p.is_file()}
    with pytest.raises(BadTables):
        mapped("nr,name,town,knows\n3,Cy,,1\n", PEOPLE, name="more.csv", into=True)
    assert {p: p.read_bytes() for p in (tmp_path / "made").rglob("*") if p.is_file()} == held


def test_what_a_mapping_says_of_its_terms_may_hold_any_character(mapped, tmp_path):
    plan = (
        NAMES
        + 'attributes.status = "status"\n[attributes.status]\ngone = \'sold "as is" \\ off\'\n'
    )
    mapped('name,status\nAnn,"sold ""as is"" \\ off"\n', plan)
    case = find(tmp_path / "made")
    assert check(case).fine
    (term,) = (t for t in case.ontology.attributes.values() if t.column == "status")
    assert term.gone == ('sold "as is" \\ off',)
