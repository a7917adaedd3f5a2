"""The graph as rdflib sees it: the same triples, none of which can be changed."""

from __future__ import annotations

import pytest
import rdflib

import kg
from kg.model.errors import UsageError

KG = rdflib.Namespace("https://w3id.org/actors-kg/ontology#")


@pytest.fixture(scope="module")
def notebook(built_case):
    return kg.open(built_case)


@pytest.fixture(scope="module")
def graph(notebook):
    return notebook.rdf()


def test_it_has_the_triples_of_the_export(notebook, graph):
    theirs = rdflib.Graph().parse(data=bytes(notebook.export("n-triples")), format="nt")
    assert len(graph) == len(theirs)
    for triple in theirs:
        assert triple in graph
    assert len(list(graph.triples((None, None, None)))) == len(theirs)


def test_patterns_find_what_fits(notebook, graph):
    claims = list(notebook.graph.ledger.claims())
    assert len(list(graph.subjects(rdflib.RDF.type, KG.Claim))) == len(claims)
    contested = set(graph.subjects(KG.status, KG.Contested))
    base = notebook.graph.base
    wanted = {f"{base}claim/{c.id}" for c in claims if c.standing.status == "Contested"}
    assert {str(c) for c in contested} == wanted
    assert graph.value(rdflib.URIRef("https://nowhere.example/"), rdflib.RDFS.label) is None
    assert list(graph.triples((rdflib.BNode(), None, None))) == []


def test_rdflib_asks_it_in_its_own_sparql(notebook, graph):
    text = "SELECT ?c ?n WHERE { ?c kg:status kg:Contested ; kg:voices ?n } ORDER BY ?c"
    theirs = [(str(c), n.toPython()) for c, n in graph.query(text)]
    ours = notebook.query(text)
    assert theirs == [(str(c), n) for c, n in ours.itertuples(index=False)] != []


def test_it_is_written_and_read_again(graph):
    # Not Turtle: rdflib adds a zero to whole decimals there.
    again = rdflib.Graph().parse(data=graph.serialize(format="nt"), format="nt")
    assert set(again) == set(graph)


def test_nothing_of_it_can_be_changed(graph):
    triple = (KG.a, KG.b, KG.c)
    for change in (graph.add, graph.remove):
        with pytest.raises(UsageError, match="change a copy"):
            change(triple)
    copy = rdflib.Graph() + graph
    copy.add(triple)
    assert triple in copy and triple not in graph
