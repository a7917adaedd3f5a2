"""Records that may be one: what is proposed, why, and what becomes of a decision."""

from __future__ import annotations

import csv
import json
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import verbs
from kg.analysis import duplicates
from kg.case import judging
from kg.case.folder import find
from kg.model.errors import UsageError
from kg.store.build import build
from kg.text.likeness import alike, keys, named
from kg.verbs.place import Place

CASE = 'title = "Who is who"\nbase = "https://example.org/id/"\neditors = ["A. Editor"]\n'
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Being a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "beings" .
my:Firm a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "firm"@en ; kg:table "firms" .
my:Bank a rdfs:Class ; rdfs:subClassOf my:Firm ; rdfs:label "bank"@en .
my:Shop a rdfs:Class ; rdfs:subClassOf my:Firm ; rdfs:label "shop"@en .
my:Land a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "country"@en ; kg:table "lands" .
my:born a kg:Attribute ; rdfs:label "date of birth"@en ; kg:column "born" ; rdfs:domain my:Being ; rdfs:range xsd:date .
my:number a kg:Attribute ; kg:role kg:Code ; rdfs:label "register number"@en ; kg:column "number" ; rdfs:domain my:Firm ; rdfs:range xsd:string .
my:land a kg:Attribute ; rdfs:label "country"@en ; kg:column "land" ; rdfs:domain kg:Entity ; rdfs:range my:Land .
my:owns a kg:State ; rdfs:label "owns"@en ; rdfs:domain kg:Entity ; rdfs:range my:Firm .
"""
BEINGS = """\
id,name,aliases,name_ru,born,land
p1,Vladimir Orlov,,Владимир Орлов,1960-05-04,l1
p2,Орлов Владимир,,,1960-05-04,l1
p3,John Smith,,,1970,
p4,J. Smith,,,,
p5,John Smith,,,1985-01-01,
p6,Wopke Hoekstra,,,,
p7,Wopke Hokstra,,,,
p8,Ann Lee,,,,
"""
FIRMS = """\
id,name,class,number,land,foreign_ids
f1,Oceanic Trading Ltd.,,77,l1,lei:1 | oc:7
f2,OCEANIC TRADING LIMITED,,,l1,wd:Q1
f3,ООО «Ромашка»,,,,lei:3
f4,Romashka LLC,,,,lei:4
f5,Fund II,,,,wd:Q5 | oc:5
f6,Fund III,,,,wd:Q5
f7,Harbour Works,,88,l1,
f8,Quite Another Name,,88,l2,
f9,North Bank,Bank,,,
f10,North Bank,Shop,,,
f11,Harbour Works Holding,,,,
"""
CLAIMS = """\
subject,relation,object,document,locator
p1,owns,f1,d1,p. 1
p2,owns,f1,d1,p. 2
p3,owns,f7,d1,p. 3
p4,owns,f7,d1,p. 4
f11,owns,f7,d1,p. 5
"""


def write(folder, **more):
    tables = {
        "beings": BEINGS,
        "firms": FIRMS,
        "claims": CLAIMS,
        "lands": "id,name\nl1,Malta\nl2,Italy\n",
    }
    tables |= {"documents": "id,name\nd1,A register\n"} | more
    for part in ("data", "ontology"):
        (folder / part).mkdir()
    (folder / "data" / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "ontology" / "t.ttl").write_text(TERMS, encoding="utf-8")
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    build(find(folder))
    return folder


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return write(tmp_path_factory.mktemp("twins"))


@pytest.fixture(scope="module")
def graph(case):
    return build(find(case))[0]


@pytest.fixture(scope="module")
def pairs(graph):
    return {frozenset((p.left, p.right)): p for p in duplicates.duplicates(graph, least=0).pairs}


@pytest.mark.parametrize(
    ("one", "other", "names", "reason"),
    [
        ("p1", "p2", "script", "the same date of birth: 1960-05-04"),
        ("p1", "p2", "script", "1 shared neighbour: Oceanic Trading Ltd."),
        ("p3", "p4", "initials", "one name, the other with initials"),
        ("p3", "p4", "initials", "1 shared neighbour: Harbour Works"),
        ("p6", "p7", "near", "names spelt alike"),
        ("f1", "f2", "form", "the same country: Malta"),
        ("f3", "f4", "script", "one name in two scripts"),
        ("f7", "f8", "", "the same register number: 88"),
        ("f9", "f10", "same", "one name: “North Bank”"),
        ("f5", "f6", "", "the same id in wd: Q5"),
    ],
)
def test_a_pair_is_proposed_with_its_reasons(pairs, one, other, names, reason):
    pair = pairs[frozenset((one, other))]
    assert pair.names == names
    assert any(reason in r for r in pair.reasons)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("p3", "p5", "different date of birth: 1970, 1985-01-01"),
        ("f7", "f8", "different country: Malta, Italy"),
        ("f7", "f11", "one owns the other"),
        ("f3", "f4", "different ids in lei: 3, 4"),
        ("f9", "f10", "one class must be mended first"),
    ],
)
def test_what_speaks_against_a_pair_is_told_and_lowers_it(pairs, one, other, told):
    pair = pairs[frozenset((one, other))]
    assert any(told in a for a in pair.against)
    assert pair.score < 60


def test_what_is_not_alike_is_not_proposed(pairs):
    assert not any("lei" in a or "oc" in a for a in pairs[frozenset(("f1", "f2"))].against)
    assert not any("p8" in pair for pair in pairs)
    assert all(p.left[0] == p.right[0] for p in pairs.values())


def test_names_that_a_document_uses_are_names_unless_they_are_denied(tmp_path):
    used = (
        "entity,name,stance,document,locator\np6,The Duke,,d1,p. 8\np8,The Duke of,denies,d1,p. 9\n"
    )
    (tmp_path / "case").mkdir()
    folder = write(
        tmp_path / "case", names=used + "p8,The Duke,,d1,p. 7\np4,The Duke,denies,d1,p. 7\n"
    )
    found = duplicates.duplicates(build(find(folder))[0], least=0).pairs
    held = {frozenset((p.left, p.right)) for p in found if "The Duke" in "".join(p.reasons)}
    assert held == {frozenset(("p6", "p8"))}


def test_the_likeliest_come_first_and_the_one_with_more_claims_stands(graph):
    found = duplicates.duplicates(graph).pairs
    assert found == sorted(found, key=lambda p: -p.score)
    assert {found[0].left, found[0].right} == {"p1", "p2"}
    more = duplicates.duplicates(graph, entity="f1").pairs
    assert [(p.left, p.right) for p in more] == [("f1", "f2")]
    assert duplicates.duplicates(graph, kind="firm", entity="p1").pairs == []
    with pytest.raises(UsageError):
        duplicates.duplicates(graph, kind="fish")


def test_a_lens_leaves_out_what_its_neighbours_rest_on(case, kg):
    line = ("duplicates", "--entity", "p4", "--least", "0", "--format", "json", "--voice", "p8")
    (row,) = [r for r in json.loads(kg(case, *line).stdout) if "p3" in (r["left"], r["right"])]
    assert not any("neighbour" in reason for reason in row["reasons"])


def test_the_list_says_that_it_decides_nothing(case, kg):
    run = kg(case, "duplicates", "--limit", "1")
    assert run.returncode == 0
    assert run.stdout.startswith(" ")
    assert "against" in kg(case, "duplicates", "--least", "0", "--limit", "0").stdout
    assert "nothing is one unless judgements.csv says so" in run.stderr
    assert "more pairs" in run.stderr
    rows = [*csv.DictReader(kg(case, "duplicates", "--format", "csv").stdout.splitlines())]
    assert {"score", "reasons", "against", "left", "right"} <= {*rows[0]}


def test_without_a_measure_the_rest_is_found_and_that_is_told(case, monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance.OSA", None)
    answer = verbs.answer_of(verbs.named("duplicates"), Place(str(case)), {})
    held = {frozenset((p.left, p.right)) for p in answer.value}
    assert frozenset(("f1", "f2")) in held
    assert frozenset(("p6", "p7")) not in held or all(
        p.names == "sound" for p in answer.value if p.left in ("p6", "p7")
    )
    assert any("pip install 'actors-kg[import]'" in note for note in answer.notes)


NAMES = st.text(st.sampled_from("abc oö.Ян卢 &1"), min_size=1, max_size=8)


@given(one=NAMES, other=NAMES)
@example(one="a卢", other="卢Я")
def test_likeness_has_no_direction_and_what_is_alike_meets(one, other):
    a, b = named(one), named(other)
    there, back = alike(a, b), alike(b, a)
    assert (there and there.kind) == (back and back.kind)
    assert alike(a, a)
    if there and there.kind in ("same", "form", "order"):
        assert {*keys(a)} & {*keys(b)}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("J.R. Smith", "John Robert Smith", "initials"),
        ("John R. Smith", "John Smith", "initials"),
        ("Smith, J.", "John Smith", "initials"),
        ("卢建旺", "Lu Jianwang", "script"),
        ("卢建旺", "Jianwang Lu", "script"),
        ("Gaddafi", "Qadhafi", "sound"),
        ("Federal Bureau of Investigation", "FBI", "acronym"),
        ("Wopke Hoekstra", "Wopke Bastiaan Hoekstra", "part"),
        ("Alexandre Benalla", "Alexander Benalla", "near"),
        ("Société Générale S.A.", "Societe Generale", "form"),
        ("Bank of China", "Bank of Chile", None),
        ("Xi'an Public Security Bureau", "Yan'an Public Security Bureau", None),
        ("Unit 61398", "Unit 61486", None),
        ("John Smith", "Jane Smith", None),
        ("J. Smith", "J. Smithers", None),
    ],
)
def test_in_what_way_two_names_are_alike(one, other, kind):
    a, b = named(one), named(other)
    like = alike(a, b)
    assert (like and like.kind) == kind
    if kind:
        assert {*keys(a)} & {*keys(b)}


class Person:
    """Somebody who answers questions, line by line."""

    def __init__(self, *lines):
        self.lines, self.asked = [*lines], []

    def __call__(self, question):
        self.asked.append(question)
        return self.lines.pop(0) if self.lines else "q"


def decide(folder, *lines, **given):
    person, told = Person(*lines), []
    place = Place(str(folder), ask=person, say=told.append)
    answer = verbs.answer_of(verbs.named("duplicates"), place, {"decide": True, **given})
    path = folder / "data" / "judgements.csv"
    text = path.read_text("utf-8") if path.exists() else ""
    rows = [*csv.DictReader(text.splitlines())]
    return rows, person, told + answer.notes


@pytest.fixture
def own(tmp_path):
    (tmp_path / "case").mkdir()
    return write(tmp_path / "case")


def test_decisions_land_in_the_table_one_by_one(own):
    rows, _, told = decide(own, "y", "", "n", "other men", "?", "u", "", "s", "q")
    first, second, third = rows
    assert (first["kind"], first["left"], first["right"]) == ("same", "p1", "p2")
    assert first["reason"].startswith("one name in two scripts")
    assert first["by"] == "A. Editor"
    assert len(first["date"]) == 10
    assert (second["kind"], second["reason"]) == ("different", "other men")
    assert third["kind"] == "unsure"
    assert "3 judgements written to judgements.csv" in told
    graph = build(find(own))[0]
    assert graph.find("p2") == "p1"
    # What is judged is not asked again.
    left = verbs.answer_of(verbs.named("duplicates"), Place(str(own)), {})
    held = {frozenset((p.left, p.right)) for p in left.value}
    assert not any(frozenset((r["left"], r["right"])) in held for r in rows)
    assert "3 pairs" in " ".join(left.notes) or "2 pairs" in " ".join(left.notes)


def test_an_answer_can_be_taken_back_and_the_table_keeps_the_rest(own):
    table = own / "data" / "judgements.csv"
    held = 'reason,"by",kind,left,right,date\r\nkept,"me",different,p3,p8,2020\r\n'
    table.write_bytes(held.encode())
    _, _, told = decide(own, "y", "", "b", "q")
    assert table.read_bytes() == held.encode()
    assert "taken back" in told
    assert "nothing was decided" in told
    rows, _, _ = decide(own, "b", "y", "because, so", "q", by="B. Other")
    assert table.read_bytes().startswith(held.encode())
    assert (rows[1]["reason"], rows[1]["by"]) == ("because, so", "B. Other")


def test_two_classes_are_not_joined(own):
    rows, _, told = decide(own, "y", kind="firm", entity="f9", least=10)
    assert rows == []
    assert any("two classes" in line for line in told)


def test_there_must_be_somebody_to_ask(case, kg):
    run = kg(case, "duplicates", "--decide")
    assert run.returncode == 2
    assert "needs a terminal" in run.stderr
    assert not (case / "data" / "judgements.csv").exists()


def test_the_example_is_not_written(graph):
    place = Place("example", graph, ask=Person("y"))
    with pytest.raises(UsageError, match="kg init"):
        verbs.answer_of(verbs.named("duplicates"), place, {"decide": True})


def test_what_follows_from_decisions_is_decided():
    rows = [("same", "a", "b"), ("same", "b", "c"), ("different", "c", "d")]
    decided = judging.Decided([judging.Judgement(*row, "why", "", "") for row in rows])
    assert frozenset("ac") in decided
    assert frozenset("ad") in decided
    assert frozenset("ae") not in decided
