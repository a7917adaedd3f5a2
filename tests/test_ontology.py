from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from kg.case.folder import find
from kg.case.terms import read
from kg.model.errors import BadCase
from kg.model.marks import MARKS, ROLES
from kg.model.ontology import CALLED, CORE, Ontology
from kg.text.spelling import did_you_mean

PREFIXES = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def terms(built_case):
    return find(built_case).ontology


@pytest.fixture
def from_turtle(tmp_path):
    def reading(*texts, language="en"):
        for i, text in enumerate(texts):
            (tmp_path / f"{i}.ttl").write_text(PREFIXES + text, encoding="utf-8")
        return read(sorted(tmp_path.glob("*.ttl")), language)

    return reading


def test_terms_are_sorted_by_kind(terms):
    assert set(terms.classes) >= {"Entity", "Document", "Person", "Body", "Ngo", "Place"}
    assert {n: t.kind for n, t in terms.relations.items()} == {
        "operates": "state",
        "owns": "state",
        "locatedIn": "state",
        "disputes": "state",
        "visited": "event",
        "isCalled": "state",
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
    assert (operates.domains, operates.ranges) == (("Body",), ("Station",))
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
    assert again.prefixes == terms.prefixes


@pytest.mark.parametrize("text", ["", "a", "\x1d\x1d", "a\x1fb\x1d\x1d\x1d"])
def test_another_text_is_no_ontology(text):
    with pytest.raises((ValueError, IndexError)):
        Ontology.from_text(text)


@pytest.mark.parametrize(
    ("turtles", "told"),
    [
        (["my:x a"], "0.ttl: "),
        (["your:x a rdfs:Class ."], "0.ttl: "),
        (["", "my:x a kg:State , kg:Measure ."], "1.ttl, line 8: my:x is declared as two kinds"),
        (["my:x a kg:State .", "kg:x a kg:Event ."], "two terms are called x: "),
        (
            ["my:x a kg:State ; kg:adverse 'yes' ."],
            "x: kg:adverse is “yes”; expected true or false",
        ),
        (["my:x a kg:State ; kg:adverse true , false ."], "expected true or false"),
        (["my:x a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:walked 0 ."], "kg:walked is “0”"),
        (
            ["my:x a kg:State ; rdfs:domain kg:Stance ."],
            "the domain of x is Stance, which is no class of entities; expected",
        ),
        (["my:x a kg:State ; kg:advers true ."], "kg:advers is no term of kg or of this case"),
        (["my:x a kg:State ; kg:advers true ."], "did you mean “kg:adverse”?"),
        (["my:x a rdfs:Class ; rdfs:subClassOf kg:Entty ."], "did you mean “kg:Entity”?"),
        (["my:x a kg:Evnt ."], "did you mean “kg:Event”?"),
        (["my:x a kg:State ; rdfs:domian kg:Entity ."], "did you mean “rdfs:domain”?"),
        (["my:x a rdfs:Clas ."], "did you mean “rdfs:Class”?"),
        (["my:x a owl:ObjectProprety ."], "did you mean “owl:ObjectProperty”?"),
        (["my:x a kg:State ; skos:exmple 'x' ."], "did you mean “skos:example”?"),
        (["my:x a kg:Attribute ; rdfs:range xsd:strng ."], "did you mean “xsd:string”?"),
        (["my:x a kg:State ; kg:colour 'blue' ."], "kg:colour is “blue”; expected a colour as"),
        (
            ["my:x a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:symbol 'sqare' ."],
            "kg:symbol is “sqare”; expected one of square, circle",
        ),
        (
            ["my:x a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:rank 'first' ."],
            "kg:rank is “first”",
        ),
        (
            ["my:x a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:rank " + "9" * 5000 + " ."],
            "kg:rank",
        ),
        (["my:x a kg:State ; kg:layout 'lanes' ."], "did you mean “lane”?"),
        (
            ["my:x a kg:State ; kg:symbol 'dot' ."],
            "kg:symbol stands on a state; expected it on a class",
        ),
        (["my:x a kg:State ; kg:role kg:Partof ."], "did you mean “kg:PartOf”?"),
        (["my:x a kg:State ; kg:role 'PartOf' ."], "expected a role of kg"),
        (["my:x a kg:State ; kg:role kg:Latitude ."], "expected an attribute for that role"),
        (
            ["my:x a kg:Attribute ; kg:role kg:PublishedOn ; rdfs:range xsd:string ."],
            "x plays kg:PublishedOn, and its range is string; expected xsd:date",
        ),
        (
            ["my:x a kg:Attribute ; kg:role kg:Author ; rdfs:range xsd:string ."],
            "expected a class as its range",
        ),
        (
            ["my:x a kg:State ; rdfs:label my:y ."],
            "x: rdfs:label is my:y; expected a text in quotes",
        ),
        (
            ["my:x a kg:State ; rdfs:label [ a my:y ] ."],
            "rdfs:label is a description without a name",
        ),
        (
            [
                "my:A a rdfs:Class ; rdfs:subClassOf kg:Entity . "
                "my:x a kg:State ; rdfs:domain [ a owl:Class ; owl:unionOf ( my:A kg:Document ) ] ."
            ],
            "rdfs:domain is a union of my:A and kg:Document; expected a class with a name; give",
        ),
        (["my:x a kg:State ; rdfs:range xsd:string ."], "the range of x is the datatype string"),
        (["my:x a kg:Attribute ; rdfs:range xsd:gYear ."], "date takes 2022 and 2022-10 too"),
        (["my:x a kg:Measure ; rdfs:range xsd:string ."], "expected one of decimal, integer"),
        (["my:x a kg:Attribute ; rdfs:range xsd:date , xsd:string ."], "no value is both"),
        (
            [
                "my:A a rdfs:Class ; rdfs:subClassOf kg:Entity ."
                "my:B a rdfs:Class ; rdfs:subClassOf kg:Entity ."
                "my:x a kg:State ; rdfs:domain my:A , my:B ."
            ],
            "the domain of x is A and B, and nothing is both",
        ),
        (["my:A a rdfs:Class ; kg:table 'as' ."], "A is not below kg:Entity"),
        (
            ["my:Persn rdfs:label 'p' . my:A a rdfs:Class ; rdfs:subClassOf my:Persn ."],
            "A: it lies below my:Persn, which is nowhere declared",
        ),
        (
            [
                "my:A a rdfs:Class ; rdfs:subClassOf my:B , kg:Entity ."
                "my:B a rdfs:Class ; rdfs:subClassOf my:A ."
            ],
            "classes lie below each other in a circle: A > B > A",
        ),
        (
            ["my:x a kg:Attribute ; rdfs:domain kg:Document ; kg:column 'published' ."],
            "publicationDate and x both fill the column published",
        ),
        (["my:x a kg:Attribute ; kg:column 'x' ."], "x fills the column x of no table"),
        (["my:x a 'State' ."], "my:x is declared as “State”; expected its kind"),
        (
            ["my:x a kg:Attribute ; rdfs:domain kg:Document ; kg:column 'name_zh' ."],
            "every table has",
        ),
        (
            ["@prefix k2: <http://w3id.org/actors-kg/ontology#> . k2:x a k2:State ."],
            "line 8: the prefix k2: is <http://w3id.org/actors-kg/ontology#>",
        ),
        (["kg:Persn rdfs:label 'x' ."], "kg:Persn is described, and nowhere declared"),
        (["my:x a kg:State .", "kg:Document a kg:State ."], "Document is a term of every case"),
        (["my:x a rdfs:Class ; kg:table 'a.csv/b' ; rdfs:subClassOf kg:Entity ."], "kg:table is"),
        (["<https://example.org/terms/> a kg:State ."], "ends in no name that a table could use"),
    ],
)
def test_terms_that_cannot_be_read_are_told(from_turtle, turtles, told):
    with pytest.raises(BadCase) as error:
        from_turtle(*turtles)
    assert told in str(error.value)


def test_everything_wrong_is_told_at_once_each_with_its_line(from_turtle):
    with pytest.raises(BadCase) as error:
        from_turtle(
            "my:x a kg:State ;\n    kg:advers true ;\n    rdfs:domian kg:Entity .\n"
            "my:y a kg:Event ;\n    kg:colour 'blue' ."
        )
    lines = str(error.value).splitlines()
    told = [line.partition(": ")[0] for line in lines]
    assert told == ["0.ttl, line 9", "0.ttl, line 10", "0.ttl, line 12"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "my:x a owl:ObjectProperty .",
            "my:x is only declared as owl:ObjectProperty; it is read as a kg:State",
        ),
        ("my:x a owl:DatatypeProperty .", "read as a kg:Attribute, and fills no column"),
        ("my:x a rdf:Property .", "declared as rdf:Property, of which kg makes nothing"),
        ("my:x a kg:Relation .", "only declared as kg:Relation; it is read as a kg:State"),
        ("my:A a owl:Class .", "A is not below kg:Entity"),
        (
            "my:A a owl:Class ; rdfs:subClassOf kg:Entity , "
            "[ a owl:Restriction ; owl:onProperty my:x ; owl:someValuesFrom kg:Entity ] . my:x a kg:State .",
            "A: it lies below a restriction on my:x, of which kg makes nothing",
        ),
        (
            "my:x a kg:State ; owl:inverseOf my:y . my:y a kg:State .",
            "kg makes nothing of owl:inverseOf",
        ),
        ("my:x rdfs:label 'x' .", "my:x is described, and nowhere declared"),
        (
            "my:A a rdfs:Class ; rdfs:subClassOf kg:Entity . my:joe a my:A .",
            "my:joe is a record of the class my:A",
        ),
        (
            "[] a owl:AllDisjointClasses .",
            "kg makes nothing of owl:AllDisjointClasses without a name",
        ),
        (
            "my:x a kg:State ; my:says <<( my:x my:y my:z )>> .",
            "my:x is said of a triple, of which kg makes nothing",
        ),
        (
            "my:terms owl:imports <https://example.org/more> .",
            "owl:imports of <https://example.org/more>",
        ),
    ],
)
def test_what_kg_makes_little_of_is_a_warning(from_turtle, text, told):
    found = from_turtle(text).told
    assert all(problem.warning for problem in found)
    assert any(told in str(problem) for problem in found), found


def test_owl_words_declare_terms(from_turtle):
    terms = from_turtle(
        "my:A a owl:Class ; rdfs:subClassOf kg:Entity ."
        "my:knows a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain my:A ; rdfs:range my:A ."
        "my:met a owl:ObjectProperty , kg:Event ."
        "my:age a owl:DatatypeProperty ; rdfs:domain my:A ; rdfs:range xsd:integer ; kg:column 'age' ."
    )
    assert terms.is_a("A", "Entity")
    kinds = {n: t.kind for n, t in terms.relations.items() if n != CALLED}
    assert kinds == {"knows": "state", "met": "event"}
    assert terms.columns("A")["age"].datatype == "integer"


def test_an_ontology_without_a_slip_is_not_remarked_upon(from_turtle, terms):
    assert terms.told == ()
    told = from_turtle(
        "my:A a rdfs:Class ; rdfs:subClassOf kg:Entity , <https://foaf.example/P> ."
    ).told
    assert told == ()


def test_several_parents_domains_and_ranges_all_hold(from_turtle):
    terms = from_turtle(
        "my:Agent a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:symbol 'square' ."
        "my:Source a rdfs:Class ; rdfs:subClassOf kg:Entity ."
        "my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity , my:Agent , my:Source ."
        "my:knows a kg:State ; rdfs:domain my:Agent , my:Source ; rdfs:range my:Agent ."
    )
    assert terms.lineage("Person") == ("Person", "Agent", "Source", "Entity")
    assert terms.is_a("Person", "Agent") and terms.is_a("Person", "Source")
    assert terms.drawn_as("Person").id == "Agent"
    assert terms.lacking("Person", terms.relations["knows"].domains) == ""
    assert terms.lacking("Agent", terms.relations["knows"].domains) == "Source"


def test_ten_thousand_classes_one_below_the_other_are_read(from_turtle):
    chain = "".join(
        f"my:C{i} a rdfs:Class ; rdfs:subClassOf my:C{i + 1} .\n" for i in range(10_000)
    )
    terms = from_turtle(chain + "my:C10000 a rdfs:Class ; rdfs:subClassOf kg:Entity .")
    assert terms.is_a("C0", "Entity") and len(terms.lineage("C0")) == 10_002


def test_circles_are_each_told_once(from_turtle):
    ring = "".join(
        f"my:{k}{i} a rdfs:Class ; rdfs:subClassOf my:{k}{(i + 1) % 1000} .\n"
        for k in "AB"
        for i in range(1000)
    )
    with pytest.raises(BadCase) as error:
        from_turtle(ring)
    assert str(error.value).count("in a circle") == 2


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("nl", ["persoon", "saw", "door", "was going"]),
        ("nl-BE", ["persoon", "saw", "door", "was going"]),
        ("zh-Hans", ["person", "看到", "seen by", "was going"]),
        ("en", ["person", "saw", "seen by", "was going"]),
        ("fr", ["person", "saw", "seen by", "was going"]),
    ],
)
def test_labels_of_the_cases_language_come_first(from_turtle, language, labels):
    terms = from_turtle(
        'my:P a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en , "persoon"@nl .'
        'my:saw a kg:Event ; rdfs:label "看到"@zh , "saw"@en ; kg:inverseLabel "seen by"@en , "door"@nl .'
        'my:went a kg:Event ; rdfs:label "was going" .',
        language=language,
    )
    saw, went = terms.relations["saw"], terms.relations["went"]
    assert [terms.classes["P"].label, saw.label, saw.inverse, went.label] == labels


def test_a_mark_at_the_beginning_of_a_file_is_read_over(tmp_path):
    path = tmp_path / "terms.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + (PREFIXES + "my:x a kg:State .").encode())
    assert "x" in read([path]).relations


def test_every_mark_and_role_is_a_term_of_the_core():
    core = Path(CORE).read_text("utf-8")
    for name in MARKS:
        assert f"kg:{name} a rdf:Property ;" in core
    assert set(re.findall(r"^kg:(\w+) a kg:Role ;", core, re.MULTILINE)) == {*ROLES}
    page = (Path(__file__).parents[1] / "docs" / "tables.md").read_text("utf-8")
    assert all(f"`kg:{name}`" in page for name in (*MARKS, *ROLES))


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
        assert {*term.domains} <= {*terms.classes} and term.ranges, term.id
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
