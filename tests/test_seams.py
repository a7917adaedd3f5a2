"""A graph is built from any source of rows, and asked through any store."""

import hashlib
from types import SimpleNamespace

import pytest

from kg.case.folder import find
from kg.case.source import Rows
from kg.model.errors import NoGraph
from kg.model.namespaces import PREFIXES
from kg.sparql import named, query
from kg.sparql.query import Answer, Term
from kg.store import freshness
from kg.store.build import build
from kg.store.check import check
from kg.store.graph import Graph, open_graph
from kg.store.stores import Store


class Held:
    """Rows that were read elsewhere, held in memory: what an importer or another store would give."""

    root = None

    def __init__(self, out, case):
        from kg.case.row import Problems

        self.out, self.about, self.ontology = out, case.about, case.ontology
        self._terms = [*case.turtle()]
        rows = case.rows(Problems())
        self._entities, self._said = [*rows.entities], [*rows.attestations]
        self.merged, self.judgements = rows.merged, rows.judgements

    def turtle(self):
        yield from self._terms

    def digests(self):
        return {"rows": hashlib.sha256(repr((self._entities, self._said)).encode()).hexdigest()}

    def rows(self, problems):
        return Rows(iter(self._entities), iter(self._said), self.merged, self.judgements)


def test_a_graph_is_built_from_rows_without_a_folder(built_case, tmp_path):
    source = Held(tmp_path / "graph", find(built_case))
    graph, done = build(source)
    assert done
    theirs = open_graph(built_case / "out")
    assert [*graph.ledger.claims()] == [*theirs.ledger.claims()]
    assert [*graph.ledger.entities()] == [*theirs.ledger.entities()]
    asked = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert query.run(graph.store, asked, PREFIXES) and graph.base == theirs.base
    assert freshness.told(graph, built_case) == ""
    assert build(source)[1] is False
    assert check(source).fine


class Echo(Store):
    """A store that is somewhere else: tells what it was asked."""

    def __init__(self):
        self.asked = []

    def begin(self, question):
        self.asked.append((question.query, question.form, dict(question.bindings)))
        rows = ((Term("uri", "https://example.org/id/station-irl01"),),)
        return SimpleNamespace(answer=lambda: Answer("select", ("s",), rows))


def test_a_graph_is_asked_through_another_store(built_case):
    held = open_graph(built_case / "out")
    echo = Echo()
    graph = Graph(held.folder, held.out, held.base, echo)
    answer = graph.store.query("SELECT ?s {}", PREFIXES, form="nt")
    assert answer.rows[0][0].value.endswith("station-irl01")
    assert query.run(graph.store, "SELECT ?s {}", PREFIXES).rows == answer.rows
    question = named.named("voice")
    named.ask(graph, question, {"voice": "body-ngo"} if question.params else {})
    assert [sparql for sparql, _, _ in echo.asked] == [
        "SELECT ?s {}",
        "SELECT ?s {}",
        question.text,
    ]
    assert echo.asked[0][1] == "nt"


def test_an_interface_alone_answers_nothing():
    with pytest.raises(NotImplementedError):
        Store().query("ASK {}", {})


def test_what_is_done_is_closed(built_case):
    import sqlite3

    graph = open_graph(built_case / "out")
    held = graph.ledger._db
    with graph:
        assert graph.find("person-lu")
    with pytest.raises(sqlite3.ProgrammingError):
        held.execute("select 1")
    assert graph.find("person-lu")
    other = graph.ledger._db
    del graph
    with pytest.raises(sqlite3.ProgrammingError):
        other.execute("select 1")


def test_a_folder_without_a_graph_is_no_store(tmp_path):
    with pytest.raises(NoGraph):
        open_graph(tmp_path)
