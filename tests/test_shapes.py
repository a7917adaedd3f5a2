"""Each kind of broken triple is found, and what the shipped case writes keeps to the shapes."""

import inprocess
import pytest

from kg.model.errors import OutOfBounds
from kg.sparql.files import data_file
from kg.store import shacl
from kg.store.graph import open_graph
from kg.store.stores import Local

KG = "https://w3id.org/actors-kg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
BASE = "https://example.org/id/"
OPERATES = f"{BASE}body-fuzhou> <{KG}operates> <{BASE}station-irl01>"


@pytest.fixture(scope="module")
def small(built_case):
    """The case of ten rows: its graph, its triples as lines."""
    graph = open_graph(built_case / "out")
    return graph, "".join(inprocess.lines(graph.part("store"))).splitlines()


def spoil(lines, claim, old, new):
    """Change, in the lines about one node, a text into another one."""
    hit = [i for i, line in enumerate(lines) if line.startswith(f"<{BASE}{claim}") and old in line]
    assert hit
    return [line.replace(old, new) if i == hit[0] else line for i, line in enumerate(lines)]


BROKEN = [
    ("claim/", f"{KG}status> <{KG}Contested", f"{KG}status> <{KG}True", "one status"),
    ("claim/", f"{KG}basis> <{KG}Alleged", f"{KG}basis> <{KG}Proven", "one basis"),
    ("claim/", f"{KG}status> <{KG}Contested", f"{KG}status> <{KG}Uncontested", "agree"),
    ("claim/", f"{KG}voices> ", f"{KG}voicess> ", "counts its voices"),
    ("claim/", f"{RDF}object> <{BASE}station-irl01", f"{RDF}object> <{BASE}body-ngo", "range"),
    ("claim/", f"{RDF}predicate> <{KG}operates", f"{RDF}predicate> <{KG}visited", "ends"),
    ("claim/", f"{RDF}predicate> <{KG}operates", f"{RDF}predicate> <{KG}runs", "relation or"),
    ("claim/", f"{RDF}object> <{BASE}place-irl", f"{KG}object> <{BASE}place-irl", "an object"),
    ("claim/", f"{KG}scope> <{BASE}place-world", f"{KG}scope> <{BASE}nowhere", "one scope"),
    ("attestation/", f"{KG}stance> <{KG}denies", f"{KG}stance> <{KG}doubts", "one stance"),
    ("attestation/", f"{KG}voice> <{BASE}", f"{KG}voice> <{BASE}no-", "one voice"),
    (
        "attestation/",
        f"{KG}document> <{BASE}doc-page",
        f"{KG}document> <{BASE}body-ngo",
        "one doc",
    ),
    ("attestation/", f"{KG}locator>", f"{KG}place>", "where in its document"),
    ("attestation/", f"{KG}about>", f"{KG}on>", "about one claim"),
    ("attestation/", f"{KG}qualifier> <{KG}Exact", f"{KG}qualifier> <{KG}Maybe", "qualifier"),
    ("person-lu", "rdf-schema#label>", "rdf-schema#labels>", "has a name"),
    ("place-irl", f'{KG}latitude> "53.35"^^', f'{KG}latitude> "53.35" . #', "latitude"),
    ("station-irl01", f"{KG}code>", f"{KG}latitude>", "latitude"),
]


@pytest.fixture(scope="module")
def found(small, tmp_path_factory):
    """What breaks the shapes in each of many graphs, told by our queries and by an engine of others.

    They are asked once, of all graphs in one store: each has a base of its own.
    """
    import rdflib

    graph, lines = small
    graphs = {
        "whole": lines,
        "without an edge": [line for line in lines if OPERATES not in line],
        "with an edge": [*lines, f"<{BASE}body-ngo> <{KG}operates> <{BASE}station-irl01> ."],
    }
    graphs |= {n: spoil(lines, node, old, new) for n, (node, old, new, _) in enumerate(BROKEN)}
    assert len(graphs["without an edge"]) == len(lines) - 1
    bases = {name: f"{BASE}{i}/" for i, name in enumerate(graphs)}
    text = "\n".join(
        line.replace(BASE, bases[name]) for name, lines in graphs.items() for line in lines
    )
    path = tmp_path_factory.mktemp("shapes") / "broken.nt"
    path.write_text(text, encoding="utf-8")
    told = shacl.check(Local([data_file(str(path))]), graph.terms, BASE)
    data = rdflib.Graph().parse(data=text, format="nt")
    assert {*told} == {*shacl.second_opinion(data, graph.terms, BASE)}

    def of(name):
        base, made = bases[name].removeprefix(BASE), "".join({*graphs[name]} - {*lines})

        # Of what is reached from a term, the value alone is of one graph; of a literal, its text.
        def its(v):
            return base in (v.node[: len(base)], v.value[: len(base)]) or f'"{v.node}"' in made

        return [v for v in told if its(v)]

    assert sum(len(of(name)) for name in graphs) == len(told)
    return of


def rules(found):
    return {v.rule for v in found}


def test_the_small_case_is_clean(found):
    assert found("whole") == []


@pytest.mark.parametrize("number", range(len(BROKEN)), ids=[f"{b[0]}{b[3]}" for b in BROKEN])
def test_a_broken_triple_is_found(found, number):
    rule = BROKEN[number][3]
    wanted = {"range": "the object of operates", "ends": "the subject of visited"}.get(rule, rule)
    assert any(wanted in said for said in rules(found(number))), found(number)


def test_a_direct_edge_is_there_exactly_where_it_is_supported(found):
    assert rules(found("without an edge")) == {"a supported claim has its direct edge"}
    assert rules(found("with an edge")) == {"a direct edge has a claim that is supported"}


def test_a_violation_names_the_node_and_the_value(found):
    (told,) = found([b[3] for b in BROKEN].index("one stance"))
    assert told.node.partition("/")[2].startswith("attestation/")
    assert (told.path, told.value) == ("stance", "doubts")


def test_it_stops_in_time_and_says_how_far_it_came(small, tmp_path, monkeypatch):
    graph, _ = small
    with pytest.raises(OutOfBounds, match=r"stopped after 1e-09 s, with no rules checked"):
        shacl.validate(graph, seconds=1e-9)
    monkeypatch.setattr(shacl, "_EVERY", -1)
    told = []
    assert shacl.validate(graph, progress=told.append) == []
    assert told[0].startswith("16 of ") and told[-1].split(" of ")[0] in told[-1].split(" of ")[1]


def test_a_shape_that_no_query_can_ask_is_our_own_error(small):
    from kg.store import shape_queries

    turtle = f"<a:s> a <{shape_queries.SH}NodeShape> ; <{shape_queries.SH}targetNode> <a:n> ;"
    with pytest.raises(ValueError, match="sh:closed is not known here"):
        shape_queries.rules(f"{turtle} <{shape_queries.SH}closed> true .", {})
