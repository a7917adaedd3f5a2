"""Every named query says the same on the shipped case in rdflib's engine."""

import inprocess
import pytest
import rdflib
from test_named import GIVEN, NAMES

from kg.model.namespaces import PREFIXES, XSD
from kg.sparql import named


@pytest.fixture(scope="module")
def second(shipped):
    data = "".join(inprocess.lines(shipped.part("store")))
    return rdflib.Graph().parse(data=data, format="nt")


def in_rdflib(graph, second, query, given):
    bound = {
        name: rdflib.URIRef(value)
        if kind == "uri"
        else rdflib.Literal(value, datatype=rdflib.URIRef(XSD + kind))
        for name, (kind, value) in named.bind(graph, query, given).items()
    }
    found = second.query(query.text, initNs=PREFIXES | {"id": graph.base}, initBindings=bound)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in found]


@pytest.mark.parametrize("name", NAMES)
def test_two_engines_answer_the_same(shipped, second, name):
    query, given = named.named(name), GIVEN.get(name, {})
    rows = [
        tuple(t.value if t else "" for t in row) for row in named.ask(shipped, query, given).rows
    ]
    assert sorted(rows) == sorted(in_rdflib(shipped, second, query, given))
