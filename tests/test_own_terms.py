"""Terms of a namespace of one's own are read, typed, asked and shown like any other."""

from __future__ import annotations

import pytest

from kg.analysis import search, statistics
from kg.case.folder import find
from kg.model.errors import BadCase, UsageError
from kg.page import payload
from kg.page.subgraph import select
from kg.sparql import named, named_text
from kg.sparql.hints import likely, unknown_terms
from kg.sparql.query import run
from kg.store import shacl
from kg.store.build import build
from kg.store.check import check

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Agent a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "agent"@en .
my:Person a owl:Class ; rdfs:subClassOf kg:Entity , my:Agent ,
    [ a owl:Restriction ; owl:onProperty my:age ; owl:maxCardinality 1 ] ;
    rdfs:label "person"@en , "Mensch"@de ; kg:table "people" .
my:worksFor a kg:State ; rdfs:label "works for"@en , "arbeitet für"@de ; rdfs:domain my:Person , my:Agent ;
    rdfs:range my:Agent .
my:knows a owl:ObjectProperty ; rdfs:label "knows"@en ; rdfs:domain my:Person ; rdfs:range my:Person .
my:age a kg:Attribute ; rdfs:label "age"@en ; rdfs:domain my:Person ; rdfs:range xsd:integer ; kg:column "age" .
my:dead a kg:Attribute ; rdfs:label "dead"@en ; rdfs:domain my:Person ; rdfs:range xsd:boolean ; kg:column "dead" .
my:tall a kg:Attribute ; rdfs:label "height"@en ; rdfs:domain my:Person ; rdfs:range xsd:decimal ; kg:column "tall" .
"""
TABLES = {
    "people": "id,name,age,dead,tall\nann,Ann,40,true,1.80\nbob,Bob,7,false,1.2\n",
    "documents": "id,name\ndoc-a,Doc A\n",
    "claims": "subject,relation,object,document,locator\nann,worksFor,bob,doc-a,p. 1\n"
    "ann,knows,bob,doc-a,p. 2\n",
}


def written(folder, terms=TERMS, language="en", **tables):
    (folder / "ontology").mkdir(parents=True)
    (folder / "data").mkdir()
    about = f'title = "T"\nbase = "https://example.org/id/"\nlanguage = "{language}"\n'
    (folder / "data" / "case.toml").write_text(about)
    (folder / "ontology" / "terms.ttl").write_text(terms, encoding="utf-8-sig")
    for name, table in (TABLES | tables).items():
        (folder / "data" / f"{name}.csv").write_text(table)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = written(tmp_path_factory.mktemp("own") / "case")
    (folder / "queries").mkdir()
    (folder / "queries" / "colleagues.rq").write_text(
        "# Who works for whom?\n# param who: entity Person, the one = any\n"
        "SELECT ?who ?relation ?whom WHERE { ?who my:worksFor ?whom . BIND(my:worksFor AS ?relation) }\n"
    )
    (folder / "queries" / "voices.rq").write_text(
        "# Whose own voices?\nSELECT ?x WHERE { ?x my:age 7 }\n"
    )
    (folder / "queries" / "NOTES.rq").write_text("none")
    build(find(folder))
    return folder


@pytest.fixture(scope="module")
def graph(folder):
    return build(find(folder))[0]


def asked(graph, sparql):
    return [[t.value for t in row] for row in run(graph.store, sparql, graph.prefixes).rows]


def test_an_entity_has_the_types_of_all_its_parents(graph):
    assert [m.id for m in search.find(graph, "Ann", kind="agent")] == ["ann"]
    types = asked(graph, "SELECT ?t WHERE { id:ann a ?t }")
    assert {t.rpartition("#")[2] for (t,) in types} == {"Person", "Agent", "Entity"}


def test_numbers_and_booleans_stand_in_rdf_as_such(graph):
    assert asked(graph, "SELECT (SUM(?a) AS ?s) WHERE { ?x my:age ?a }") == [["47"]]
    assert asked(graph, "SELECT ?x WHERE { ?x my:dead true }") == [["https://example.org/id/ann"]]
    assert asked(graph, "SELECT ?x WHERE { ?x my:tall ?t FILTER(?t > 1.5) }") == [
        ["https://example.org/id/ann"]
    ]


def test_the_shapes_hold_for_them(graph):
    assert shacl.validate(graph) == []


def test_a_restriction_leaves_no_node_without_a_name(graph):
    assert asked(graph, "SELECT ?x WHERE { ?x ?p ?o FILTER(isBlank(?x) || isBlank(?o)) }") == []


def test_an_owl_property_is_a_state_in_the_graph_too(graph):
    assert asked(graph, "SELECT ?x WHERE { my:knows a kg:State . BIND(1 AS ?x) }") == [["1"]]


def test_answers_show_labels_of_any_namespace(graph):
    answer = named.ask(graph, named.named("neighbours", graph), {"entity": "Ann"})
    head, rows = named_text.worded(graph, answer, {})
    told = {row[head.index("relation")] for row in rows}
    assert told == {"works for", "knows"}


def test_a_relation_is_named_by_name_label_prefix_or_iri(graph):
    query = named.named("relation", graph)
    for word in (
        "worksFor",
        "works for",
        "arbeitet für",
        "my:worksFor",
        "https://example.org/terms#worksFor",
    ):
        bound = named.bind(graph, query, {"relation": word})
        assert bound["relation"] == ("uri", "https://example.org/terms#worksFor")


def test_questions_of_ones_own_are_listed_and_asked(graph):
    names = [q.name for q in named.all_queries(graph)]
    assert "colleagues" in names and names == sorted(names) and "NOTES" not in names
    answer = named.ask(graph, named.named("colleagues", graph), {"who": "Ann"})
    assert named_text.worded(graph, answer, {})[1] == [["Ann", "works for", "Bob"]]
    assert named.named("voices", graph).question == "Whose own voices?"
    assert named.named("voices").question != "Whose own voices?"


def test_a_question_of_ones_own_that_cannot_be_read_is_told(folder, graph):
    path = folder / "queries" / "broken.rq"
    path.write_text("# Who?\n# param who entity\nSELECT ?who WHERE { ?who a my:Person }\n")
    try:
        with pytest.raises(
            UsageError, match=r"broken.rq: # param who entity; expected # param name"
        ):
            named.named("broken", graph)
    finally:
        path.unlink()


@pytest.mark.parametrize("text", ["", "#\n", "SELECT ?x WHERE { ?x a my:Person }\n"])
def test_a_file_without_a_question_is_told_and_the_others_are_listed(folder, graph, text):
    path = folder / "queries" / "broken.rq"
    path.write_text(text)
    told = []
    try:
        with pytest.raises(UsageError, match="expected the question as a comment"):
            named.named("broken", graph)
        listed = [q.name for q in named.all_queries(graph, told.append)]
    finally:
        path.unlink()
    assert "colleagues" in listed and "broken" not in listed
    assert [t.partition(":")[0] for t in told] == ["broken.rq"]


def test_parameters_may_stand_anywhere_among_the_first_comments(folder, graph):
    path = folder / "queries" / "noted.rq"
    path.write_text(
        "# Who?\n# A note.\n\n# param who: entity, who\nSELECT ?who WHERE { ?who a my:Person }\n"
    )
    try:
        assert [p.name for p in named.named("noted", graph).params] == ["who"]
    finally:
        path.unlink()


def test_a_term_that_the_case_does_not_have_is_told_with_its_prefix(graph):
    told = unknown_terms("SELECT ?x WHERE { ?x my:knos ?y ; kg:advers true }", graph.terms)
    assert [(name, likely(name, graph.terms)) for name in told] == [
        ("kg:advers", "did you mean “kg:adverse”?"),
        ("my:knos", "did you mean “my:knows”?"),
    ]
    assert unknown_terms("SELECT ?x WHERE { ?x other:knos ?y ; my:knows ?z }", graph.terms) == []


def test_a_page_says_whose_terms_they_are(graph):
    context = payload.Tables(select(graph)).context(graph.base)
    assert context["worksFor"] == "https://example.org/terms#worksFor"
    assert context["Person"] == "https://example.org/terms#Person"


def test_terms_tell_their_iri(graph):
    rows = {row.term: row for row in statistics.terms(graph)}
    assert rows["worksFor"].iri == "https://example.org/terms#worksFor"
    assert rows["Person"].broader == "Entity and Agent"


def test_labels_in_the_language_of_the_case(tmp_path):
    graph, _ = build(find(written(tmp_path / "case", language="de")))
    answer = named.ask(graph, named.named("relation", graph), {"relation": "worksFor"})
    assert named_text.worded(graph, answer, {})[1][0][0] == "arbeitet für"
    assert graph.terms.classes["Person"].label == "Mensch"


def test_every_domain_and_range_is_checked(tmp_path):
    terms = TERMS + (
        'my:Robot a rdfs:Class ; rdfs:subClassOf my:Agent ; rdfs:label "robot"@en ; kg:table "robots" .'
    )
    folder = written(
        tmp_path / "case",
        terms,
        robots="id,name\nhal,Hal\n",
        claims=TABLES["claims"] + "hal,worksFor,ann,doc-a,p. 3\n",
    )
    (told,) = [str(p) for p in check(find(folder)).problems if not p.warning]
    assert (
        told
        == "claims.csv, row 4, column subject: “hal” is a Robot; expected a Person, as worksFor says"
    )


def test_a_thousand_classes_one_below_the_other_are_built_and_validated(tmp_path):
    chain = "".join(f"my:C{i} a rdfs:Class ; rdfs:subClassOf my:C{i + 1} .\n" for i in range(1000))
    terms = (
        TERMS
        + chain
        + 'my:C1000 a rdfs:Class ; rdfs:subClassOf kg:Entity .\nmy:C0 kg:table "deep" .\n'
    )
    graph, _ = build(find(written(tmp_path / "case", terms, deep="id,name\nwell,Well\n")))
    assert len(asked(graph, "SELECT ?t WHERE { id:well a ?t }")) == 1002
    assert shacl.validate(graph) == []


@pytest.mark.parametrize("digits", ["1" * 5000, "0x" + "f" * 5000, "[" + "1" * 5000 + "]"])
def test_a_title_of_thousands_of_digits_is_told(tmp_path, digits):
    folder = written(tmp_path / "case")
    (folder / "data" / "case.toml").write_text(
        f'title = {digits}\nbase = "https://example.org/id/"\n'
    )
    with pytest.raises(BadCase, match=r"case.toml: "):
        find(folder)


@pytest.mark.parametrize(
    ("one", "two", "word"),
    [
        (
            'rdfs:label "works for"@en ,',
            'rdfs:label "works for"@en , "toils for"@en ,',
            "rdfs:label",
        ),
        (
            'rdfs:label "works for"@en ,',
            'kg:inverseLabel "employs"@en , "hires"@en ; rdfs:label "works for"@en ,',
            "kg:inverseLabel",
        ),
    ],
)
def test_of_two_labels_in_one_language_the_one_that_is_shown_is_told(tmp_path, one, two, word):
    assert one in TERMS
    checked = check(find(written(tmp_path / "case", TERMS.replace(one, two))))
    told = [str(p) for p in checked.problems]
    assert [line for line in told if f"worksFor: {word} is “" in line and "is shown" in line]


def test_a_case_words_the_terms_of_every_case_in_its_own_way(tmp_path):
    terms = TERMS + 'kg:Document rdfs:label "source"@en .\n'
    case = find(written(tmp_path / "case", terms))
    graph, _ = build(case)
    term = graph.terms.classes["Document"]
    assert term.label == "source"
    assert not [text for language, text in term.labels if language == "en" and text != "source"]
