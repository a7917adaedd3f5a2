"""What a page is drawn of: a query's answer, paths, what is near; and what is not drawn, and why."""

import re
from pathlib import Path

import pytest

from kg.analysis.paths import Options
from kg.model.errors import NotFound, NothingThere, OutOfBounds, UsageError
from kg.notebook import Notebook
from kg.page import request, subgraph
from kg.sparql.query import Limits
from kg.store.lens import Lens

CLEAR = Lens()
CLAIMS = (
    "subject,relation,object,from,to,stance,voice,document,locator,gloss\n"
    "body-fuzhou,operates,station-irl01,,,asserts,,doc-report,1,Runs it\n"
    "body-state,operates,station-irl01,,,asserts,,doc-report,2,Runs it too\n"
    "body-state,operates,station-irl01,,,denies,body-state,doc-report,3,Says no\n"
    "body-ngo,owns,body-state,,,alleges,,doc-report,4,Owns it\n"
    "person-lu,visited,station-irl01,,,asserts,,doc-report,5,Went there\n"
    "person-lu,visited,place-irl,,,asserts,,doc-report,6,Went there\n"
)
FIGURES = "subject,measure,value,stance,document,locator,gloss\n"


@pytest.fixture(scope="module")
def graph(make_case):
    from kg.case import folder as case
    from kg.store.build import build

    return build(case.find(make_case(claims=CLAIMS, figures=FIGURES)))[0]


def drawn(graph, lens=CLEAR, **wanted):
    """(ids of nodes, subject relation object of claims) of the view of what is wanted."""
    chosen = request.choose(graph, lens, **wanted)
    view = subgraph.select(request.through(graph, lens), chosen)
    return {n.id for n in view.nodes}, {(c.subject, c.relation, c.object) for c in view.claims}


RUNS = ("body-fuzhou", "operates", "station-irl01")
SAID = ("body-state", "operates", "station-irl01")


def test_entities_in_any_column_with_all_claims_between_them(graph):
    query = 'SELECT ?a ("x" AS ?b) ?s { VALUES (?a ?s) { (id:body-fuzhou id:station-irl01) } }'
    assert drawn(graph, query=query) == ({"body-fuzhou", "station-irl01"}, {RUNS})


def test_claims_that_a_query_names_are_the_only_ones(graph):
    query = "SELECT ?c ?x { ?c kg:status kg:Contested BIND(id:body-fuzhou AS ?x) }"
    nodes, claims = drawn(graph, query=query)
    assert nodes == {"body-state", "station-irl01", "body-fuzhou"}
    assert claims == {SAID}


def test_an_attestation_names_its_claim(graph):
    nodes, claims = drawn(graph, query="SELECT ?a { ?a kg:stance kg:denies }")
    assert (nodes, claims) == ({"body-state", "station-irl01"}, {SAID})


def test_edges_of_a_graph_are_claims_and_others_are_not_drawn(graph):
    query = "CONSTRUCT { ?a kg:owns ?b . ?b kg:twin ?a } WHERE { ?a kg:owns ?b }"
    chosen = request.choose(graph, CLEAR, query=query)
    view = subgraph.select(graph, chosen)
    assert [c.relation for c in view.claims] == ["owns"]
    assert view.description == "One edge of the query’s graph without a claim: not drawn."
    nodes, claims = drawn(graph, query="DESCRIBE id:person-lu")
    assert {relation for _, relation, _ in claims} == {"visited"}
    assert nodes == {"person-lu", "station-irl01", "place-irl"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?x { ?x kg:status kg:Retracted }", "the query has no rows"),
        ("SELECT ?n { ?x rdfs:label ?n }", "names no entity of this graph in ?n"),
        ("SELECT ?x { VALUES ?x { id:nobody kg:owns } }", "names no entity"),
        ("SELECT ?x { BIND(IRI(CONCAT(STR(id:), 'claim/00')) AS ?x) }", "names no entity"),
        ("CONSTRUCT { kg:a kg:b kg:c } {}", "no triple about an entity"),
    ],
)
def test_an_empty_selection_says_why(graph, query, said):
    with pytest.raises(NothingThere, match=re.escape(said)):
        request.choose(graph, CLEAR, query=query)


def test_what_cannot_be_drawn_is_refused(graph):
    with pytest.raises(UsageError, match="yes or no"):
        request.choose(graph, CLEAR, query="ASK {}")
    with pytest.raises(OutOfBounds, match="more rows"):
        request.choose(graph, CLEAR, query="SELECT * { ?s ?p ?o }", limits=Limits(rows=3))
    with pytest.raises(NotFound):
        request.choose(graph, CLEAR, focus=["nobody"])
    with pytest.raises(NothingThere, match="no path of at most 6 hops"):
        request.choose(
            graph, CLEAR, path=("body-ngo", "place-irl"), options=Options(relations=("owns",))
        )


def test_paths_are_drawn_with_the_claims_of_their_hops(graph):
    ends = ("body-fuzhou", "body-ngo")
    chosen = request.choose(graph, CLEAR, path=ends)
    view = subgraph.select(graph, chosen)
    assert {c.relation for c in view.claims} == {"operates", "owns"}
    assert view.highlight == ("body-fuzhou", "station-irl01", "body-state", "body-ngo")
    assert view.title == "Paths between Fuzhou police and The NGO – A case of ten rows"
    (path,) = view.paths
    assert path.nodes == view.highlight and path.said.startswith("3 hops, cost ")
    assert path.hops[2][0] == "The embassy ← (owns) — The NGO"
    assert {mark for _, marks in path.hops for mark in marks} == {c.id for c in view.claims}
    assert "does not say that its ends have to do with each other" in view.note


def test_parts_add_up(graph):
    nodes, claims = drawn(
        graph, query="SELECT ?x { VALUES ?x { id:body-ngo id:body-state } }", focus=["place-irl"]
    )
    assert nodes == {"body-ngo", "body-state", "place-irl", "person-lu"} | (
        nodes & {"station-irl01"}
    )
    assert ("body-ngo", "owns", "body-state") in claims
    assert ("person-lu", "visited", "place-irl") in claims


def test_what_was_asked_for_is_not_switched_off(graph):
    named = subgraph.select(
        graph, request.choose(graph, CLEAR, query="SELECT (id:doc-report AS ?x) {}")
    )
    whole = subgraph.select(graph, request.choose(graph, CLEAR, focus=["body-ngo"]))
    assert [k.rank < 8 for k in named.kinds if k.id == "Document"] == [True]
    assert all(k.rank == 8 for k in whole.kinds if k.id == "Document")


def test_a_lens_shows_what_a_query_selects_as_some_say_it(graph):
    query = "SELECT ?x { VALUES ?x { id:body-state id:station-irl01 } }"
    state = Lens(voices=("body-state",))
    view = subgraph.select(
        request.through(graph, state),
        request.choose(graph, state, query=query),
    )
    assert [(c.standing.status, len(c.attestations)) for c in view.claims] == [("Denied", 1)]
    assert view.filters.endswith("; voice: The embassy")
    contested = Lens(statuses=("Uncontested",))
    assert drawn(graph, contested, query=query)[1] == set()


def test_a_path_through_a_lens_takes_the_standing_asked_for(graph):
    ends = ("body-fuzhou", "body-state")
    assert SAID in drawn(graph, path=ends)[1]
    with pytest.raises(NothingThere):
        request.choose(graph, Lens(statuses=("Uncontested",)), path=ends)


@pytest.fixture(scope="module")
def folder(graph):
    return Path(graph.out).parent


def test_the_commands_write_pages_or_say_why_not(graph, folder, kg):
    (folder / "q.rq").write_text("# Who runs what\nSELECT ?a ?s { ?a kg:operates ?s }\n")
    done = kg(folder, "view", "--query", "q.rq", "-o", "q.html")
    assert (done.returncode, done.stdout[:29]) == (0, "q.html: 3 entities, 2 claims,")
    assert "<title>Who runs what – A case of ten rows</title>" in (folder / "q.html").read_text(
        "utf-8"
    )
    none = kg(folder, "view", "--query", "SELECT ?n { ?x rdfs:label ?n }", "-o", "none.html")
    assert (none.returncode, none.stdout) == (1, "")
    assert "select the entities themselves" in none.stderr
    apart = kg(
        folder, "path", "Fuzhou police", "The NGO", "--relation", "owns", "--view", "none.html"
    )
    assert apart.returncode == 1
    assert not (folder / "none.html").exists()
    walk = kg(folder, "path", "Fuzhou police", "The NGO", "--view", "walk.html")
    same = kg(folder, "view", "--path", "Fuzhou police", "The NGO", "-o", "same.html")
    assert (walk.returncode, same.returncode) == (0, 0)
    assert walk.stdout.startswith("Path 1 of 1: 3 hops")
    assert (folder / "walk.html").read_bytes() == (folder / "same.html").read_bytes()
    (folder / "mine.html").write_text("mine")
    kept = kg(folder, "path", "Fuzhou police", "The NGO", "--view", "mine.html")
    assert (kept.returncode, (folder / "mine.html").read_text()) == (2, "mine")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--query", "nofile.rq"), "neither a file nor SPARQL"),
        (("--set", "a=b"), "--name"),
        (("--ties",), "need --path"),
        (("--layout", "paths"), "give --path"),
        (("--path", "Fuzhou police", "Fuzhou police"), "must differ"),
        (("--path", "Fuzhou police"), "unexpected extra argument"),
    ],
)
def test_options_that_do_not_go_together(folder, kg, words, said):
    done = kg(folder, "view", *words, "-o", "none.html")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_notebook_draws_the_same(graph):
    book = Notebook(graph)
    page = book.view(path=("Fuzhou police", "The NGO"))
    assert "Paths between Fuzhou police and The NGO" in page.html
    assert 'srcdoc="&lt;!' in page._repr_html_()
    assert "What a query selects" in book.view(query="SELECT ?a { ?a kg:owns ?b }").html
    with pytest.raises(NothingThere):
        book.view(query="SELECT ?a { ?a kg:none ?b }")
