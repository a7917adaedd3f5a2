"""A figure may be a range: said, asked, compared, drawn as one."""

import pytest

from kg.analysis import conflicts, listing
from kg.case import folder as cases
from kg.sparql import named, query
from kg.store import shacl
from kg.store.build import build
from kg.store.lens import Lens

HEAD = "subject,measure,value,unit,scope,document,locator\n"


@pytest.fixture(scope="module")
def graph(make_case):
    rows = (
        "body-fuzhou,stationCount,1200..1300.5,stations,place-world,doc-page,p. 1\n"
        "body-fuzhou,stationCount,54,stations,place-world,doc-report,p. 2\n"
        "body-ngo,stationCount,25..30,stations,place-world,doc-page,p. 3\n"
        "body-ngo,stationCount,30,stations,place-world,doc-report,p. 4\n"
    )
    return build(cases.find(make_case(figures=HEAD + rows)))[0]


def test_it_is_said_as_a_range(graph):
    said = sorted(f.value for f in listing.figures(graph, Lens()))
    assert said == ["1,200 to 1,300.5 stations", "25 to 30 stations", "30 stations", "54 stations"]
    numbers = [c.values for c in listing.claims(graph, Lens()) if c.values]
    assert sorted(numbers) == [
        ("25 to 30 stations", "30 stations"),
        ("54 stations", "1,200 to 1,300.5 stations"),
    ]


def test_its_ends_are_asked_for(graph):
    sparql = "SELECT ?from ?to { ?a kg:valueFrom ?from ; kg:valueTo ?to } ORDER BY ?from"
    rows = query.run(graph.store, sparql, graph.prefixes).rows
    assert [[t.value for t in row] for row in rows] == [["25", "30"], ["1200", "1300.5"]]
    answer = named.ask(graph, named.named("figures", graph), {})
    assert len(answer.rows) == 4


def test_numbers_outside_it_differ_and_those_inside_do_not(graph):
    found = {e.kind: e.question for e in conflicts.conflicts(graph, Lens(), all=True)}
    assert found.keys() == {"denial", "different-period", "qualifier"}
    assert "Fuzhou police" in found["different-period"] and "The NGO" in found["qualifier"]


def test_the_shapes_hold(graph):
    assert shacl.validate(graph) == []
