"""Relations without a direction, and relations below each other."""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace

import inprocess
import pyoxigraph as ox
import pytest
from browsing import expect

from kg.analysis import conflicts as disagreeing
from kg.analysis import counting, dossier, dossier_text, listing, neighbourhood, path_text
from kg.analysis.paths import Options, find_paths
from kg.case.folder import find
from kg.model.errors import BadCase
from kg.model.namespaces import PREFIXES
from kg.model.ontology import Ontology
from kg.page import render, request, subgraph
from kg.sparql import named, named_text
from kg.sparql.files import data_file
from kg.sparql.query import Limits
from kg.store import shacl
from kg.store.build import build
from kg.store.check import check
from kg.store.lens import Lens
from kg.store.stores import Local

WORDS = {
    "english": {
        "ns": "https://example.org/terms#",
        "tied": "tiedTo",
        "owns": "owns",
        "deed": "deeds",
        "wed": "marriedTo",
        "both": "kg:Symmetric",
        "share": "share",
        "size": "size",
        "staff": "staff",
    },
    "german": {
        "ns": "urn:begriffe/",
        "tied": "hängtAn",
        "owns": "besitzt",
        "deed": "hältDirekt",
        "wed": "verheiratet",
        "both": "owl:SymmetricProperty",
        "share": "anteil",
        "size": "größe",
        "staff": "leute",
    },
}
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <{ns}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Thing a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:table "things" .
my:{tied} a kg:State , {both} ; rdfs:domain my:Thing ; rdfs:range my:Thing .
my:{owns} a kg:State ; rdfs:subPropertyOf my:{tied} ; kg:inverseLabel "held by"@en ;
    kg:exclusive "subject" ; kg:role kg:Operates .
my:{deed} a kg:State ; rdfs:subPropertyOf my:{owns} ; kg:inverseLabel "deeded to"@en .
my:{wed} a kg:State , {both} ; rdfs:subPropertyOf my:{tied} ; kg:exclusive "both" .
my:{share} a kg:Quality ; rdfs:range xsd:decimal ; kg:qualityOf my:{owns} ; kg:column "share" .
my:{size} a kg:Measure ; rdfs:domain my:Thing .
my:{staff} a kg:Measure ; rdfs:subPropertyOf my:{size} ; rdfs:domain my:Thing .
"""
TABLES = {
    "things": "id,name\nann,Ann\nacme,Acme\nbob,Bob\ncid,Cid\n",
    "documents": "id,name,published\ndoc-a,Register,2020\ndoc-b,Paper,2021\n",
    "claims": """\
subject,relation,object,share,stance,document,locator
ann,{deed},acme,25,,doc-a,1
bob,{owns},acme,30,,doc-b,2
bob,{wed},ann,,,doc-b,3
ann,{wed},bob,,denies,doc-a,4
cid,{wed},ann,,,doc-a,4
""",
    "figures": "subject,measure,value,document,locator\nacme,{staff},5,doc-a,1\n",
}


def written(folder, words, terms=TERMS, **tables):
    (folder / "ontology").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data" / "case.toml").write_text('title = "T"\nbase = "https://example.org/id/"\n')
    (folder / "ontology" / "terms.ttl").write_text(terms.format(**words), "utf-8")
    for name, table in (TABLES | tables).items():
        (folder / "data" / f"{name}.csv").write_text(table.format(**words), "utf-8")
    return find(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The world of a vocabulary, built once."""

    @cache
    def make(name):
        case = written(tmp_path_factory.mktemp("relations") / "case", WORDS[name])
        return SimpleNamespace(case=case, graph=build(case)[0], **WORDS[name])

    return make


@pytest.fixture(params=WORDS)
def world(request, made):
    return made(request.param)


def ask(graph, text):
    return graph.store.query(text, PREFIXES, Limits()).rows


# ---------------------------------------------------------------- without a direction
def test_both_ways_of_entering_are_one_claim(world):
    rows = listing.claims(world.graph, Lens(), relation=world.wed)
    assert [(r.subject, r.object, len(r.evidence)) for r in rows] == [
        ("ann", "bob", 2),
        ("ann", "cid", 1),
    ]
    assert rows[0].standing.status == "Contested"


@pytest.mark.parametrize("end", ["subject", "object"])
def test_either_end_is_found_as_subject_and_as_object(world, end):
    found = listing.claims(world.graph, Lens(), relation=world.wed, **{end: "bob"})
    assert [(r.subject, r.object) for r in found] == [("ann", "bob")]


def test_it_is_told_without_an_arrow(world):
    paths = find_paths(world.graph, "cid", "bob", Options(directed=True, relations=(world.wed,)))
    assert [p.nodes for p in paths] == [("cid", "ann", "bob")]
    told = path_text.text(world.graph, paths, 100)
    assert f"Cid — {world.wed} — Ann\n" in told and f"Ann — {world.wed} — Bob\n" in told
    hops = path_text.to_json(world.graph, paths)[0]["hops"]
    assert [c["forward"] for hop in hops for c in hop["claims"]] == [True, True]
    rows = neighbourhood.neighbors(world.graph, "bob", Lens(), relation=world.wed)
    assert [(r.direction, r.relation) for r in rows] == [("–", world.wed)]
    assert f"– {world.wed} (1)" in dossier_text.text(dossier.dossier(world.graph, "cid"), 100)


def test_a_label_that_is_a_noun_has_no_arrow_either(made, tmp_path):
    terms = TERMS.replace("my:{wed} a", 'my:{wed} rdfs:label "spouse"@en ; a')
    graph, _ = build(written(tmp_path / "case", WORDS["english"], terms))
    rows = listing.claims(graph, Lens(), relation="marriedTo")
    assert rows[0].sentence == "spouse: Ann – Bob"


def test_one_at_a_time_is_asked_of_each_of_the_two(world):
    found = [e for e in disagreeing.conflicts(world.graph, Lens()) if e.kind == "exclusive"]
    assert f"Who or what {world.wed} Ann: Bob or Cid?" in {e.question for e in found}
    assert len(found) == 2


def test_the_edge_goes_both_ways_and_the_claim_stands_once(world):
    edges = ask(world.graph, f"SELECT ?a ?b {{ ?a <{world.ns}{world.wed}> ?b }}")
    assert len(edges) == 4
    claims = ask(world.graph, f"SELECT ?c {{ ?c rdf:predicate <{world.ns}{world.wed}> }}")
    assert len(claims) == 2


def test_two_records_that_may_be_one_meet_from_either_end(tmp_path):
    claims = "subject,relation,object,stance,document,locator\nann,marriedTo,bob,,doc-a,1\nzoe,marriedTo,bob,denies,doc-b,1\n"
    things = TABLES["things"] + "zoe,Zoe\n"
    judged = "kind,left,right,reason\nunsure,ann,zoe,perhaps one\n"
    case = written(
        *(tmp_path / "case", WORDS["english"]), claims=claims, things=things, judgements=judged
    )
    (found,) = disagreeing.conflicts(build(case)[0], Lens())
    assert (found.kind, found.across) == ("denial", "ann | zoe")


# ---------------------------------------------------------------- below each other
def test_who_asks_for_the_parent_finds_the_children(world):
    graph = world.graph
    rows = listing.claims(graph, Lens(), relation=world.owns)
    assert {r.relation for r in rows} == {world.owns, world.deed}
    assert {r.relation for r in listing.claims(graph, Lens(), relation=world.deed)} == {world.deed}
    assert len(listing.figures(graph, Lens(), measure=world.size)) == 1
    assert len(neighbourhood.neighbors(graph, "ann", Lens(), relation=world.tied)) == 3
    assert len(dossier.dossier(graph, "ann", relation=world.tied).claims) == 3
    counted = counting.count(graph, Lens(), by=("relation",), relation=world.tied)
    assert {n.id: n.number for n in counted} == {world.owns: 1, world.deed: 1, world.wed: 2}
    paths = find_paths(graph, "ann", "bob", Options(relations=(world.owns,)))
    assert [p.nodes for p in paths] == [("ann", "acme", "bob")]


def test_named_questions_mean_the_children_too(world):
    question = named.named("relation", world.graph)
    answer = named.ask(world.graph, question, {"relation": world.owns})
    head, rows = named_text.worded(world.graph, answer, {"relation": world.owns})
    assert sorted(row[head.index("relation")] for row in rows) == sorted([world.owns, world.deed])
    near = named.named("neighbours", world.graph)
    answer = named.ask(world.graph, near, {"entity": "bob", "relation": world.tied})
    directions = {row[answer.variables.index("direction")].value for row in answer.rows}
    assert directions == {"→", "–"} and len(answer.rows) == 2


def test_the_edge_of_the_parent_follows(world):
    edges = ask(world.graph, f"SELECT ?a ?b {{ ?a <{world.ns}{world.owns}> ?b }}")
    assert {(a.value[-3:], b.value[-4:]) for a, b in edges} == {("ann", "acme"), ("bob", "acme")}
    # The relation at the top has no direction: four claims, both ways.
    assert len(ask(world.graph, f"SELECT ?a ?b {{ ?a <{world.ns}{world.tied}> ?b }}")) == 8
    claims = ask(world.graph, f"SELECT ?c {{ ?c rdf:predicate <{world.ns}{world.tied}> }}")
    assert not claims


def test_a_rule_on_the_parent_holds_of_the_children(world):
    found = {e.question: e.rules for e in disagreeing.conflicts(world.graph, Lens())}
    (asked,) = (question for question in found if "Acme" in question)
    assert {world.owns, world.deed, "Ann", "Bob"} < {*re.findall(r"\w+", asked)}
    assert found[asked] == (f"{world.owns}-exclusive",)


def test_ends_roles_and_qualities_come_down_the_tree(world):
    deed = world.case.ontology.relations[world.deed]
    assert (deed.domains, deed.ranges, deed.roles) == (("Thing",), ("Thing",), ("Operates",))
    assert not deed.symmetric
    row = listing.claims(world.graph, Lens(), relation=world.deed)[0]
    assert row.sentence.endswith(f"({world.share} 25)")
    assert (
        Ontology.from_text(world.case.ontology.to_text()).relations == world.case.ontology.relations
    )


def test_the_graph_conforms_and_an_edge_that_does_not_follow_is_found(made, tmp_path):
    world = made("german")
    assert shacl.validate(world.graph) == []
    store = inprocess.in_memory(world.graph.part("store"))
    lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode()
    base = "https://example.org/id/"
    path = tmp_path / "broken.nt"
    # Against its direction, and of a relation below.
    wrong = f"<{base}acme> <{world.ns}{world.owns}> <{base}bob> .\n<{base}bob> <{world.ns}{world.deed}> <{base}acme> .\n"
    path.write_text(lines + wrong, "utf-8")
    found = shacl.check(Local([data_file(str(path))]), world.graph.terms)
    assert [v.rule for v in found] == ["a direct edge has a claim that is supported"] * 2


def test_edges_that_follow_are_drawn_as_the_claims_they_follow_from(world):
    asked = (
        f"CONSTRUCT {{ ?a <{world.ns}{world.tied}> ?b }} WHERE {{ ?a <{world.ns}{world.tied}> ?b }}"
    )
    choice = request.choose(world.graph, Lens(), query=asked)
    assert len(choice.claims) == 4 and not choice.note


# ---------------------------------------------------------------- told
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("my:a a kg:State ; rdfs:subPropertyOf my:b . my:b a kg:State ; rdfs:subPropertyOf my:a .", "relations lie below each other in a circle: a > b > a"),
        ("my:a a kg:State ; rdfs:subPropertyOf my:size .", "a: rdfs:subPropertyOf is my:size; expected a relation, as my:owns"),
        ("my:a a kg:Measure ; rdfs:subPropertyOf my:owns .", "expected a measure"),
        ("my:a a kg:State ; rdfs:subPropertyOf my:own .", "it lies below my:own, which is nowhere declared; expected a relation or measure that is; did you mean “my:owns”?"),
        ("my:a a kg:State ; rdfs:subPropertyOf my:owns ; rdfs:domain kg:Document .", "the domain of a is Document, and that of owns is Thing; expected Thing or a narrower class"),
        ("my:a a kg:State , kg:Symmetric ; rdfs:domain my:Thing .", "a has no direction, and it joins Thing to Entity"),
        ("my:a a kg:State , kg:Symmetric ; kg:acceptsAttestation true .", "a has no direction, and rows stand as its object only"),
        ("my:a a kg:Measure , kg:Symmetric .", "a is kg:Symmetric, and it is a measure"),
        ('my:a a kg:Event ; kg:exclusive "date" ; kg:repeats true .', "a happens once by the rule a-exclusive, and again by a-repeats"),
        ('my:a a kg:State ; kg:exclusive "date" .', "kg:exclusive is “date”, and a is a state; expected an event"),
        ('my:a a kg:Event ; kg:exclusive "date" , "subject" .', "expected “date” alone"),
        ('my:r a kg:Rule ; kg:onRelation my:size ; kg:exclusive "subject" .', "kg:exclusive is of size, a measure"),
        ('my:r a kg:Rule ; kg:onRelation my:owns ; kg:counts "?counted a Thing" .', "kg:counts is of owns, which is no measure"),
        ("my:r a kg:Rule ; kg:onRelation kg:url ; kg:repeats true .", "kg:onRelation is kg:url; expected a relation or measure of this case"),
        ("my:a a kg:State ; kg:strict true .", "a has kg:strict, and no rule that it is of"),
        ('my:a a kg:State ; kg:repeats "yes" .', "kg:repeats is “yes”; expected true or false"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(tmp_path, line, told):
    with pytest.raises(BadCase, match=re.escape(told)):
        _ = written(tmp_path / "case", WORDS["english"], TERMS + line).ontology


def test_parents_of_other_peoples_are_let_be(tmp_path):
    line = "my:a a kg:State ; rdfs:subPropertyOf <http://purl.org/dc/terms/relation> .\n"
    case = written(tmp_path / "case", WORDS["english"], TERMS + line)
    assert case.ontology.relations["a"].parents == ()
    assert not check(case).problems


# ---------------------------------------------------------------- the page
def test_a_page_names_it_from_both_ends_alike(made, tmp_path, browser):
    world = made("english")
    path = tmp_path / "view.html"
    path.write_text(render.render(subgraph.select(world.graph)), "utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri() + "#sel=n:bob")
    tab.wait_for_function("window.kg")
    expect(tab.locator("#card")).to_contain_text(world.wed)
    expect(tab.locator("#card")).not_to_contain_text("from the other end")
    tab.close()
