from __future__ import annotations

import socket

import pytest

from kg.case.folder import find
from kg.case.terms import read
from kg.model.errors import BadCase
from kg.model.ontology import CORE, Ontology
from kg.text.spelling import did_you_mean

PREFIXES = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def terms(built_case):
    return find(built_case).ontology


@pytest.fixture
def from_turtle(tmp_path):
    def reading(*texts):
        for i, text in enumerate(texts):
            (tmp_path / f"{i}.ttl").write_text(PREFIXES + text, encoding="utf-8")
        return read(sorted(tmp_path.glob("*.ttl")))

    return reading


def test_terms_are_sorted_by_kind(terms):
    assert set(terms.classes) >= {"Entity", "Document", "Person", "Body", "Ngo", "Place"}
    assert {n: t.kind for n, t in terms.relations.items()} == {
        "operates": "state",
        "owns": "state",
        "locatedIn": "state",
        "disputes": "state",
        "visited": "event",
    }
    assert set(terms.measures) == {"stationCount"}
    assert set(terms.attributes) >= {"description", "sameAs", "url", "code", "latitude"}


def test_claims_and_stances_are_no_classes_of_entities(terms):
    assert not {"Claim", "Attestation", "Stance", "Status"} & set(terms.classes)


def test_lineage(terms):
    assert terms.lineage("Ngo") == ("Ngo", "Body", "Entity")
    assert terms.is_a("Ngo", "Body")
    assert not terms.is_a("Body", "Ngo")
    assert terms.is_a("Body", "")
    assert not terms.is_a("Nothing", "Body")


def test_paths_do_not_pass_what_lies_below_a_class_not_walked(from_turtle):
    terms = from_turtle(
        "my:Land a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:walked false ."
        "my:City a rdfs:Class ; rdfs:subClassOf my:Land ."
        "my:Body a rdfs:Class ; rdfs:subClassOf kg:Entity ."
    )
    assert [terms.walked(c) for c in ("Land", "City", "Body")] == [False, False, True]


def test_tables_and_columns_are_said_by_the_terms(terms):
    assert terms.tables["stations"].id == "Station"
    assert terms.columns("Station")["country"].id == "locatedIn"
    assert {"code", "country", "description", "same_as"} <= set(terms.columns("Station"))
    assert "code" not in terms.columns("Person")


def test_a_column_of_a_narrower_class_is_in_the_table_of_the_wider(from_turtle):
    terms = from_turtle(
        'my:Body a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:table "bodies" .'
        "my:Ngo a rdfs:Class ; rdfs:subClassOf my:Body ."
        'my:cause a kg:Attribute ; rdfs:domain my:Ngo ; rdfs:range xsd:string ; kg:column "cause" .'
    )
    assert "cause" in terms.columns("Body")


def test_what_a_term_says_of_itself(terms):
    operates, disputes = terms.relations["operates"], terms.relations["disputes"]
    assert (operates.label, operates.inverse) == ("operates", "operated by")
    assert (operates.domain, operates.range) == ("Body", "Station")
    assert (operates.takes_attestation, disputes.takes_attestation) == (False, True)


def test_the_english_label_is_preferred_and_the_name_stands_in(from_turtle):
    terms = from_turtle(
        'my:seen a kg:Event ; rdfs:label "看到"@zh, "saw"@en .'
        'my:heard a kg:Event ; rdfs:label "听到"@zh .'
        "my:felt a kg:Event ."
    )
    assert [terms.relations[n].label for n in ("seen", "heard", "felt")] == ["saw", "听到", "felt"]


def test_an_ontology_comes_back_from_its_text(terms):
    again = Ontology.from_text(terms.to_text())
    for group in ("classes", "relations", "measures", "attributes"):
        assert getattr(again, group) == getattr(terms, group)


@pytest.mark.parametrize("text", ["", "a", "\x1d\x1d", "a\x1fb\x1d\x1d\x1d"])
def test_another_text_is_no_ontology(text):
    with pytest.raises((ValueError, IndexError)):
        Ontology.from_text(text)


@pytest.mark.parametrize(
    ("turtles", "told"),
    [
        (["my:x a"], "0.ttl: "),
        (["your:x a rdfs:Class ."], "0.ttl: "),
        (["", "my:x a kg:State , kg:Measure ."], "my/terms/x is declared as two kinds"),
        (["my:x a kg:State .", "kg:x a kg:Event ."], "two terms are called x: "),
        (
            ["my:x a kg:State ; kg:adverse 'yes' ."],
            "x: kg:adverse is “yes”; expected true or false",
        ),
        (["my:x a kg:State ; kg:adverse true , false ."], "expected true or false"),
        (["my:x a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:walked 0 ."], "kg:walked is “0”"),
        (
            ["my:x a kg:State ; rdfs:domain kg:Stance ."],
            "the domain of x is Stance, which is no class of entities; name one that is",
        ),
    ],
)
def test_terms_that_cannot_be_read_are_told(from_turtle, turtles, told):
    with pytest.raises(BadCase) as error:
        from_turtle(*turtles)
    assert told.replace("my/", "https://example.org/") in str(error.value)


def test_classes_in_a_circle_end(from_turtle):
    terms = from_turtle(
        "my:A a rdfs:Class ; rdfs:subClassOf my:B . my:B a rdfs:Class ; rdfs:subClassOf my:A ."
    )
    assert not {"A", "B"} & set(terms.classes)


def test_nothing_is_fetched_for_an_import(from_turtle):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/terms"
        terms = from_turtle(f"my:terms <http://www.w3.org/2002/07/owl#imports> <{address}> .")
        with pytest.raises(BlockingIOError):
            server.accept()
    assert terms.classes == read([]).classes


def test_core_terms_are_explained():
    terms = read([])
    for group in (terms.classes, terms.attributes):
        for term in group.values():
            assert term.label and term.definition and term.example, term.id
    for term in terms.attributes.values():
        assert term.domain in terms.classes and term.range, term.id
    assert CORE.endswith("core.ttl")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("operate", "did you mean “operates”?"),
        ("OPERATES", "did you mean “operates”?"),
        ("Visted", "did you mean “visited”?"),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_did_you_mean(found, told):
    assert did_you_mean(found, ["operates", "visited", "owns"]) == told
