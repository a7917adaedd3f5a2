"""RDF files found in, shown, walked and drawn without a case: who stands for what, and what is a thing."""

import gzip
import json
import os
import tempfile

import pyoxigraph as ox
import pytest
from draws import draws
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import verbs
from kg.exchange.rdf import words
from kg.exchange.rdf.content import Content
from kg.exchange.rdf.data import Files
from kg.exchange.rdf.facts import Facts, Text
from kg.exchange.rdf.opened import opened
from kg.exchange.rdf.speakers import date
from kg.model.errors import BadData, OutOfBounds, UsageError
from kg.sparql.child import Limits
from kg.sparql.files import data_file, read
from kg.text.formats import Guard
from kg.verbs.place import Place

PREFIXES = """\
@prefix ex: <http://ex.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
PEOPLE = f"""{PREFIXES}
ex:alice a foaf:Person ; foaf:name "Alice Liddell" , "アリス"@ja ; foaf:age 42 ; foaf:knows ex:bob ;
    ex:address [ ex:street "Main St 1" ; ex:city "Oxford" ] ; foaf:homepage <http://alice.example/> ;
    ex:owns ex:acme {{| dct:source ex:register ; ex:share 0.6 ; schema:startDate "2019"^^xsd:gYear |}} .
ex:bob a foaf:Person ; foaf:name "Bob" ; ex:worksFor ex:acme , [ a ex:Company ; ex:partOf ex:acme ] .
ex:acme a ex:Company ; rdfs:label "ACME Ltd" ; ex:locatedIn <http://places.org/Q34217> .
ex:worksFor rdfs:label "works for"@en ; rdfs:comment "Is paid by."@en .
ex:owns owl:inverseOf ex:ownedBy . ex:ownedBy rdfs:label "owned by"@en .
ex:Company rdfs:label "company"@en ; rdfs:subClassOf ex:Body .
[] a rdf:Statement ; rdf:subject ex:bob ; rdf:predicate ex:owns ; rdf:object ex:acme ;
    prov:wasAttributedTo ex:carol ; dct:date "2020-05-01"^^xsd:date ; ex:confidence "low" .
ex:club ex:members ( ex:alice ex:bob ) .
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    path = tmp_path_factory.mktemp("rdf") / "people.ttl"
    path.write_text(PEOPLE, "utf-8")
    return opened([str(path)], Limits(600))


def told(graph, verb, form="text", **given):
    found = verbs.named(verb)
    answer = verbs.answer_of(found, Place(graph=graph), given)
    return answer.write(form, 100, Guard(True)) if answer.write else answer.page.html


def told_of(text, name="f.ttl", *more):
    """What RDF says, without a graph built of it: things by id, ties with what is said of them."""
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    files = [data_file(path), *more]
    content = Files(files, read(files), folder).content
    return {t.id: t for t in content.things()}, {(s, r, o): a for s, r, o, a in content.ties()}


EX = "http://ex.org/"


@pytest.mark.parametrize(
    "name", ["Alice Liddell", "アリス", "ex:alice", f"{EX}alice", f"<{EX}alice>", "liddell"]
)
def test_a_thing_is_found_by_name_prefix_and_address(people, name):
    assert people.find(name) == EX + "alice"


def test_find_lists_names(people):
    row = told(people, "find", "csv", text="alice").splitlines()[1]
    assert row.startswith("Alice Liddell,person,part,Alice Liddell,http://ex.org/alice")


def test_show_tells_literals_and_that_nobody_stands_for_a_triple(people):
    text = told(people, "show", name="ex:alice")
    assert "age: 42\n" in text
    assert "address: street: Main St 1; city: Oxford\n" in text
    assert "homepage: http://alice.example/\n" in text
    assert "asserted by no voice in one document, uncontested" in text
    assert "+ No voice, read from “people.ttl”, ex:alice\n" in text
    assert "club members Alice Liddell" in text


def test_a_statement_on_a_triple_says_who_and_when(people):
    text = told(people, "show", name="ex:alice")
    assert "register asserted (share 0.6), since 2019 — “people.ttl”, ex:alice" in text
    claim = next(
        c for c in people.ledger.claims() if c.subject == EX + "bob" and c.relation == "owns"
    )
    (a,) = claim.attestations
    assert (claim.standing.basis, a.voice, a.said) == ("Alleged", EX + "carol", "2020-05-01")
    assert (a.qualities, a.document) == ((("confidence", "low"),), "file:///people.ttl")


def test_terms_are_called_as_the_file_calls_them(people):
    terms = people.terms
    assert terms.relations["worksFor"].label == "works for"
    assert terms.relations["worksFor"].definition == "Is paid by."
    assert terms.relations["locatedIn"].label == "located in"
    assert terms.relations["owns"].inverse == "owned by"
    assert terms.lineage("Company") == ("Company", "Body", "Entity")


def test_what_has_no_name_is_called_after_what_it_belongs_to(people):
    nameless = next(e for e in people.ledger.entities() if e.id.startswith("_:"))
    assert (nameless.name, nameless.kind) == ("company of Bob", "Company")


def test_paths_carry_the_evidence(people):
    found = json.loads(
        told(people, "path", "json", start="Alice Liddell", end="http://places.org/Q34217", k=1)
    )
    hops = found[0]["hops"]
    assert [hop["claims"][0]["relation"] for hop in hops] == ["owns", "locatedIn"]
    spoken = hops[1]["claims"][0]["spoken"][0]
    assert (spoken["voice"], spoken["voice_name"]) == ("", "no voice")
    assert spoken["sentence"] == (
        "No voice, read from “people.ttl”, ex:acme: ACME Ltd located in http://places.org/Q34217."
    )


def test_a_lens_shows_what_one_voice_says(people):
    assert "Bob owns ACME Ltd" in told(people, "show", name="Bob", voice=["carol"])
    assert "knows" not in told(people, "show", name="Bob", voice=["carol"])


def test_a_page_shows_what_a_query_of_the_file_finds(people):
    page = told(people, "view", query="SELECT ?a ?b { ?a foaf:knows ?b }")
    assert "Alice Liddell" in page
    assert "no voice, read from" in page.casefold()
    assert "ACME" not in page


def test_a_notebook_reads_files(tmp_path):
    (tmp_path / "f.nt").write_text(TRIPLE)
    graph = kg.read(tmp_path / "f.nt")
    assert list(graph.neighbors("http://ex.org/a")["id"]) == [EX + "b"]
    with pytest.raises(UsageError, match="name an RDF file"):
        kg.read()


def test_a_verb_of_a_case_says_that_there_is_none():
    place = Place(data=["f.ttl"])
    with pytest.raises(UsageError, match="data has none"):
        _ = place.case


# ------------------------------------------------------------------------------ formats
TRIPLE = "<http://ex.org/a> <http://ex.org/knows> <http://ex.org/b> .\n"
SAME = {
    "f.ttl": TRIPLE,
    "f.nt": TRIPLE,
    "f.nq": TRIPLE,
    "f.trig": TRIPLE,
    "f.n3": TRIPLE,
    "f.ttl.gz": gzip.compress(TRIPLE.encode()),
    "f.jsonld": '{"@id": "http://ex.org/a", "http://ex.org/knows": {"@id": "http://ex.org/b"}}',
    "f.rdf": (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://ex.org/">'
        '<r:Description r:about="http://ex.org/a"><x:knows r:resource="http://ex.org/b"/>'
        "</r:Description></r:RDF>"
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_every_syntax_says_the_same(name):
    things, ties = told_of(SAME[name], name)
    assert {*ties} == {(EX + "a", EX + "knows", EX + "b")}
    assert {*things} == {f"file:///{name}", EX + "a", EX + "b"}


def test_a_named_graph_is_the_document_and_who_made_it_its_voice():
    text = f"""{PREFIXES}
    ex:g {{ ex:a ex:knows ex:b }} ex:h {{ ex:a ex:knows ex:b . ex:b ex:knows ex:a }}
    ex:g prov:wasAttributedTo ex:ann ; dct:created "2021"^^xsd:gYear ."""
    _, ties = told_of(text, "f.trig")
    both = ties[EX + "a", EX + "knows", EX + "b"]
    assert [(s.document, s.voice, s.said) for s in both] == [
        (EX + "g", EX + "ann", "2021"),
        (EX + "h", "", ""),
    ]


def test_a_person_who_is_only_a_text_can_stand_for_a_statement():
    things, ties = told_of(
        f'{PREFIXES} << ex:a ex:knows ex:b >> dct:creator "Ann" ; dct:source "A book" .'
    )
    (said,) = ties[EX + "a", EX + "knows", EX + "b"]
    assert (said.voice, said.cited, said.stance) == ('"Ann"', '"A book"', "alleges")
    assert (things['"Ann"'].name, things['"A book"'].name) == ("Ann", "A book")


def test_who_disputes_a_statement_is_not_who_asserts_it():
    parts = "rdf:subject ex:ann ; rdf:predicate ex:owns ; rdf:object ex:firm"
    text = f"""{PREFIXES} GRAPH ex:g {{ ex:ann ex:owns ex:firm }}
    GRAPH ex:h {{ ex:s {parts} . ex:ann ex:disputes ex:s }}
    GRAPH ex:i {{ ex:t {parts} }}
    ex:g prov:wasAttributedTo ex:gazette . ex:h prov:wasAttributedTo ex:ann .
    ex:i prov:wasAttributedTo ex:bo ."""
    _, ties = told_of(text, "f.trig")
    said = ties[EX + "ann", EX + "owns", EX + "firm"]
    assert {(s.document, s.voice, s.stance, s.gloss) for s in said} == {
        (EX + "g", EX + "gazette", "asserts", ""),
        (EX + "h", "", "alleges", "ann disputes this"),
        (EX + "i", EX + "bo", "alleges", ""),
    }


def test_the_stances_of_our_nanopublications_are_heard():
    parts = "rdf:subject ex:ann ; rdf:predicate ex:owns ; rdf:object ex:firm"
    kg = "https://w3id.org/actors-kg/ontology#"
    text = f"""{PREFIXES} GRAPH ex:g {{ ex:ann ex:owns ex:firm }}
    GRAPH ex:h {{ ex:ann <{kg}denies> ex:c . ex:c {parts} }}
    GRAPH ex:i {{ ex:bo <{kg}retracts> ex:c . ex:c {parts} }}
    ex:g prov:wasAttributedTo ex:bo ; <{kg}stance> <{kg}alleges> .
    ex:h prov:wasAttributedTo ex:ann ; <{kg}stance> <{kg}denies> .
    ex:i prov:wasAttributedTo ex:bo ; <{kg}stance> <{kg}retracts> ."""
    _, ties = told_of(text, "f.trig")
    said = ties[EX + "ann", EX + "owns", EX + "firm"]
    assert {(s.document, s.voice, s.stance) for s in said} == {
        (EX + "g", EX + "bo", "alleges"),
        (EX + "h", EX + "ann", "denies"),
        (EX + "i", EX + "bo", "retracts"),
    }


def test_a_list_without_end_ends():
    text = f"{PREFIXES} ex:a ex:has _:l . _:l rdf:first ex:b ; rdf:rest _:l ."
    assert {*told_of(text)[1]} == {(EX + "a", EX + "has", EX + "b")}


def test_things_without_names_in_a_circle():
    text = f"{PREFIXES} _:a ex:next _:b . _:b ex:next _:a ."
    things, ties = told_of(text)
    assert len(ties) == 2
    assert all("next of" in t.name for t in things.values() if t.id.startswith("_:"))


def test_a_class_above_itself():
    text = f"{PREFIXES} ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A . ex:x a ex:A ."
    assert told_of(text)[0][EX + "x"].kinds == (EX + "A",)


def test_links_elsewhere_are_no_ties_unless_described_here():
    text = f"{PREFIXES} ex:a owl:sameAs <http://other.org/a> , ex:b . ex:b rdfs:label 'B' ."
    things, ties = told_of(text)
    assert {*ties} == {(EX + "a", words.OWL + "sameAs", EX + "b")}
    assert things[EX + "a"].links == [(words.OWL + "sameAs", "http://other.org/a")]


@pytest.mark.parametrize(
    ("text", "datatype", "day"),
    [
        ("2020-05-01T10:00:00Z", "dateTime", "2020-05-01"),
        ("2020-05-01+02:00", "date", "2020-05-01"),
        ("2020", "gYear", "2020"),
        ("2020-02-30", "date", ""),
        ("-0044", "gYear", ""),
        ("2020", "integer", ""),
    ],
)
def test_dates_are_read_as_precise_as_they_are(text, datatype, day):
    assert (
        date(
            Text(
                text, "", words.RDF.replace("1999/02/22-rdf-syntax-ns", "2001/XMLSchema") + datatype
            )
        )
        == day
    )


NODES = st.sampled_from(
    [ox.NamedNode(f"{EX}{c}") for c in "abcd"] + [ox.BlankNode(c) for c in "xy"]
)
TERMS = st.sampled_from([ox.NamedNode(f"{EX}p"), ox.NamedNode(f"{EX}q"), ox.NamedNode(words.TYPE)])
VALUES = st.one_of(NODES, st.sampled_from([ox.Literal("1"), ox.Literal("ä", language="de")]))


def _name(term):
    if isinstance(term, ox.Literal):
        return None
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


@draws(60)
@given(st.sets(st.tuples(NODES, TERMS, VALUES), max_size=12))
def test_every_triple_becomes_a_tie_a_class_or_a_line_of_a_thing(triples):
    facts = Facts()
    facts.add(("file:///f", ox.Quad(*triple)) for triple in sorted(triples, key=str))
    facts.settle()
    content = Content(facts, {})
    things, ties = {t.id: t for t in content.things()}, [*content.ties()]
    told = len(ties)
    for subject, predicate, target in triples:
        me = _name(subject)
        if me not in things:
            told += 1  # a line of another thing
        elif predicate.value == words.TYPE and not isinstance(target, ox.Literal):
            assert _name(target) in things[me].kinds
            told += 1
        elif not any((s, r, o) == (me, predicate.value, _name(target)) for s, r, o, _ in ties):
            assert predicate.value in {p for p, _ in things[me].attributes}
            told += 1
    assert told == len(triples)
    assert all(s in things and o in things for s, _, o, _ in ties)


# ----------------------------------------------------------------- what goes wrong
@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A folder for temporary files that has to be empty in the end."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    yield tmp_path
    assert not [*(tmp_path / "tmp").iterdir()]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("f.ttl", b"<http://e/a> <http://e/b> .", "f.ttl, line 1, column 27"),
        ("f.ttl.gz", gzip.compress(b"x" * 99, mtime=0)[:20], "f.ttl.gz: it breaks off"),
        ("f.ttl.gz", b"no gzip", "f.ttl.gz: not packed as its name says"),
        ("f.rdf", b"<!DOCTYPE r [<!ENTITY a '&b;'>]><r/>", "f.rdf, line 1: a DOCTYPE is refused"),
        ("f.jsonld", b"[" * 5000, "f.jsonld, line 1: nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_one_line(bare, name, text, said):
    (bare / name).write_bytes(text)
    with pytest.raises(BadData, match=said):
        opened([str(bare / name)], Limits(600))


def test_a_small_file_that_unpacks_to_much_is_refused(bare):
    (bare / "f.nt.gz").write_bytes(gzip.compress(b"# " + b"x" * 2_000_000, mtime=0))
    with pytest.raises(BadData, match=r"unpacked is too large: .* raise memory"):
        opened([str(bare / "f.nt.gz")], Limits(600, memory=16_000_000))


def test_the_clock_ends_it_and_leaves_nothing(bare):
    (bare / "f.nt").write_text(TRIPLE)
    with pytest.raises(OutOfBounds, match="was stopped after 1e-06 s"):
        opened([str(bare / "f.nt")], Limits(1e-6))


def test_two_files_of_one_name_are_two_documents(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "f.nt").write_text(TRIPLE)
    graph = opened([str(tmp_path / folder / "f.nt") for folder in "ab"], Limits(600))
    (claim,) = graph.ledger.claims()
    assert claim.standing.documents == 2
    assert claim.standing.voices == 0


def test_a_relation_that_holds_both_ways_is_one_claim_and_lies_below_its_parent(tmp_path):
    path = tmp_path / "f.ttl"
    path.write_text(
        f"{PREFIXES} ex:b ex:marriedTo ex:a . ex:a ex:marriedTo ex:b . ex:marriedTo a "
        "owl:SymmetricProperty ; rdfs:subPropertyOf ex:tiedTo ."
    )
    graph = opened([str(path)], Limits(600))
    (claim,) = graph.ledger.claims(["marriedTo"])
    assert (claim.subject, claim.object, len(claim.attestations)) == (EX + "a", EX + "b", 2)
    assert "marriedTo" in graph.terms.narrower("tiedTo")
