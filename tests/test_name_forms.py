"""Names in other forms than the record's: initials, one word, adjectives of countries, other scripts."""

from __future__ import annotations

import pytest

from kg.analysis import search
from kg.case import folder as cases
from kg.model.errors import Ambiguous, NotFound
from kg.store.build import build
from kg.text import forms

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:Being a rdfs:Class ; kg:role kg:HumanBeing ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ;
    kg:table "beings" .
my:Firm a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "bank"@en ; kg:table "firms" .
my:Office a rdfs:Class ; kg:role kg:PublicAuthority ; rdfs:subClassOf kg:Entity ;
    rdfs:label "authority"@en ; kg:table "offices" .
my:Spot a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "place"@en ; kg:table "spots" ; kg:walked false .
my:land a kg:Attribute ; kg:role kg:TerritoryOf ; rdfs:label "land"@en ; kg:column "land" ;
    rdfs:domain my:Office ; rdfs:range my:Spot .
"""
TABLES = {
    "beings": "id,name,aliases\nb1,Ann Lee,\nb2,Xi Ming,\nb3,Иван Петров,\nb4,Bo,Daum\nb5,Porto dealer,\n",
    "firms": "id,name\nf1,Voice of Europe\nf2,The New River Times\nf3,Porto Savings bank\n"
    "f4,Acme\nf5,Fox Hunt\nf6,Porto Gazette\n",
    "offices": "id,name,land\no1,Government of Ireland,s1\no2,Porto City Security Bureau,\no3,Ministry of Posts (Ireland),s1\n",
    "spots": "id,name\ns1,Ireland\ns2,Porto\n",
    "documents": "id,name\nd1,A page that tells of Daum and of the professors\n",
    "claims": "subject,relation,object,document,locator\n",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    (folder / "ontology").mkdir()
    (folder / "ontology" / "t.ttl").write_text(TERMS, encoding="utf-8")
    (folder / "data").mkdir()
    about = 'title = "Forms"\nbase = "https://example.org/id/"\n'
    (folder / "data" / "case.toml").write_text(about, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    return build(cases.find(folder))[0]


@pytest.mark.parametrize(
    ("text", "first", "match"),
    [
        *(("VOE", "f1", "form"), ("NRT", "f2", "form"), ("N.R.T.", "f2", "form")),
        *(("Porto CSB", "o2", "title"), ("CSB", "o2", "form")),
        *(("foxhunt", "f5", "form"), ("FoxHunt", "f5", "form"), ("fox-hunt", "f5", "folded")),
        *(("Irish government", "o1", "part"), ("Irish ministry of posts", "o3", "part")),
        *(("Ireland’s government", "o1", "part"), ("Mr Ann Lee", "b1", "exact")),
        *(("Prof. Daum", "b4", "exact"), ("Voice of Europe (VOE)", "f1", "exact")),
        ("Ann Lee, chair of the board of Acme", "b1", "inside"),
        ("chair of the board of Acme, Ann Lee", "b1", "inside"),
        ("the well known bank manager Ann Lee", "b1", "inside"),
        *(("Ivan Petrov", "b3", "form"), ("习明", "b2", "form"), ("Анн Лее", "b1", "form")),
    ],
)
def test_another_form_finds_it_first(graph, text, first, match):
    rows = search.find(graph, text)
    assert (rows[0].id, rows[0].match) == (first, match)


def test_a_title_and_an_adjective_are_taken_initials_are_not(graph):
    told = []
    graph.say = told.append
    assert graph.find("Irish government") == "o1"
    assert graph.find("Prof. Daum") == "b4"
    assert told == [
        "“Irish government” is taken for Government of Ireland (o1)",
        "“Prof. Daum” is taken for Bo (b4)",
    ]
    with pytest.raises(NotFound) as none:
        graph.find("VOE")
    assert none.value.near[0][0] == "f1"


def test_a_place_is_asked_back_where_a_body_has_its_name_and_is_not_declared_to_be_of_it(graph):
    told = []
    graph.say = told.append
    with pytest.raises(Ambiguous) as several:
        graph.find("Porto")
    # A person is no body, and a newspaper not the place's own.
    assert {id_ for id_, _ in several.value.matches} == {"s2", "o2", "f3"}
    assert several.value.matches[0][0] == "s2"
    assert graph.find("s2") == graph.find("https://example.org/id/s2") == "s2"
    # The government of Ireland is found under Ireland, which is told.
    assert graph.find("Ireland") == "s1"
    (line,) = told
    assert line.startswith("“Ireland” is taken for Ireland (s1), not for Government of Ireland")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Foreign Affairs (China)", {"mfa", "mofa"}),
        ("Department of Justice (United States)", {"doj"}),
        ("Central Commission for Discipline Inspection", {"ccdi", "cdi", "ccfdi", "cfdi"}),
        ("Follow the Money", {"ftm"}),
        ("Fox Hunt", set()),
        ("A very long title of a page that nobody would ever call by its initials", set()),
    ],
)
def test_initials(name, expected):
    assert set(forms.initials(name)) == expected
