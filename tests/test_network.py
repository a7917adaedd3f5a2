"""What networkx's algorithms say of a graph's files, and of a plain graph of the same edges."""

from __future__ import annotations

import copy
import inspect
import io
import math
import pickle
import warnings
from collections.abc import Iterator, Mapping

import networkx as nx
import pytest
from draws import draws
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python
from test_paths import Held

import kg
from kg.model.errors import UsageError
from kg.store.network import network

EDGES = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from(["r", "s", "sued"]),
        st.sampled_from("abcdef"),
        st.sampled_from(["Uncontested", "Contested", "Denied"]),
        st.sampled_from(["Asserted", "Alleged", "Unsupported", "Announced"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=14,
)


def plain(held, claims="supported"):
    """The graph that networkx is given where nothing is mapped."""
    made = nx.MultiDiGraph()
    net = held.adjacency
    for i in range(len(net)):
        name = net.name(i)
        made.add_node(name, name=name.upper(), kind=net.kinds[net.kind[i]])
    # In the order of the files, which some algorithms let show.
    for mark, c in sorted(held.claims.items(), key=lambda m: (m[1].subject, m[1].object, m[0])):
        if claims == "all" or c.supported:
            s = c.standing
            values = (
                c.relation,
                c.relation,
                s.status,
                s.basis,
                s.voices,
                s.sides,
                s.documents,
                mark,
            )
            names = (
                "relation",
                "label",
                "status",
                "basis",
                "voices",
                "sides",
                "documents",
                "claim",
            )
            days = {"directed": True, "earliest": s.earliest, "latest": s.latest}
            attributes = dict(zip(names, values, strict=True)) | days
            made.add_edge(c.subject, c.object, mark, **attributes)
    return made


def near(value):
    """A value that can be compared: sets sorted, numbers rounded, graphs as their edges."""
    if isinstance(value, nx.Graph):
        return type(value).__name__, near(dict(value.nodes(data=True))), near(list(value.edges))
    if isinstance(value, float):
        return "nan" if math.isnan(value) else round(value, 6)
    if isinstance(value, Mapping):
        return sorted(((near(k), near(v)) for k, v in value.items()), key=repr)
    if isinstance(value, set | frozenset):
        return sorted(map(near, value), key=repr)
    if hasattr(value, "to_dict"):
        return near(value.to_dict())
    if isinstance(value, tuple | list):
        return [near(v) for v in value]
    if hasattr(value, "tolist"):
        return near(value.tolist())
    if hasattr(value, "toarray"):
        return near(value.toarray())
    if isinstance(value, Iterator) or type(value).__module__.startswith("networkx"):
        return sorted(map(near, value), key=repr)
    return value


def gexf(net):
    held = io.BytesIO()
    nx.write_gexf(net, held)
    lines = held.getvalue().decode().splitlines()
    return sorted(line for line in lines if "lastmodified" not in line)


def graphml(net):
    held = io.BytesIO()
    nx.write_graphml(net, held)
    return sorted(held.getvalue().decode().splitlines())


def frame(net):
    return sorted(map(str, nx.to_pandas_edgelist(net).to_dict("records")))


def simple(net):
    """Without loops and directions, which k-cores and some others ask for."""
    made = nx.Graph(net)
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return made


READING = {
    "nodes": lambda g: dict(g.nodes(data=True)),
    "edges": lambda g: sorted(
        (u, v, k, tuple(d.items())) for u, v, k, d in g.edges(keys=True, data=True)
    ),
    "degree": lambda g: (dict(g.degree()), dict(g.in_degree()), dict(g.out_degree())),
    "subgraph": lambda g: g.subgraph(["a", "b", "c"]),
    "subgraph of a subgraph": lambda g: g.subgraph(["a", "b", "c"]).subgraph(["a", "b"]).copy(),
    "edge subgraph": lambda g: g.edge_subgraph(list(g.edges(keys=True))[:3]),
    "ego": lambda g: nx.ego_graph(g, next(iter(g)), undirected=True),
    "reverse": lambda g: g.reverse(),
    "reverse view": lambda g: g.reverse(copy=False),
    "undirected": lambda g: g.to_undirected(),
    "undirected view": lambda g: g.to_undirected(as_view=True),
    "directed": lambda g: g.to_directed(),
    "copy": lambda g: g.copy(),
    "copied": lambda g: nx.MultiDiGraph(g),
    "as simple": lambda g: nx.DiGraph(g),
    "compose": lambda g: nx.compose(g, g),
    "union": lambda g: nx.disjoint_union(g, g),
    "difference": lambda g: nx.difference(g, g),
    "relabelled": lambda g: nx.relabel_nodes(g, {n: n * 2 for n in g}),
    "as numbers": lambda g: nx.convert_node_labels_to_integers(g),
    "quotient": lambda g: nx.contracted_nodes(g, *list(g)[:2]) if len(g) > 1 else None,
    "empty": lambda g: nx.create_empty_copy(g),
    "restricted": lambda g: nx.restricted_view(g, ["a"], []),
    "closeness": nx.closeness_centrality,
    "betweenness": nx.betweenness_centrality,
    "pagerank": _pagerank_python,
    "weak": nx.weakly_connected_components,
    "strong": nx.strongly_connected_components,
    "core": lambda g: nx.k_core(simple(g), 2),
    "communities": lambda g: (
        nx.community.greedy_modularity_communities(g.to_undirected()) if g.size() else None
    ),
    "louvain": lambda g: nx.community.louvain_communities(g, seed=1) if g.size() else None,
    "node link": lambda g: nx.node_link_data(g, edges="links"),
    "adjacency data": nx.adjacency_data,
    "cytoscape": lambda g: sorted(map(str, nx.cytoscape_data(g)["elements"]["edges"])),
    "frame": frame,
    "gexf": gexf,
    "graphml": graphml,
    "deep copy": copy.deepcopy,
    "pickle": lambda g: pickle.loads(pickle.dumps(g.copy())),
}


@given(EDGES, st.sampled_from(["supported", "all"]))
@draws(15)
def test_every_reading_is_that_of_a_plain_graph(tmp_path_factory, edges, claims):
    held = Held(tmp_path_factory.mktemp("n"), edges)
    ours, theirs = network(held, claims), plain(held, claims)
    for name, read in READING.items():
        assert near(read(ours)) == near(read(theirs)), name


FEW = [
    ("a", "r", "b"),
    ("b", "r", "c"),
    ("c", "s", "a"),
    ("c", "r", "d"),
    ("d", "s", "a"),
    ("d", "sued", "e"),
    ("d", "r", "e"),
    ("e", "r", "a"),
]
# They write weights into the edges of what they are given, and take them out again.
WRITING = {
    "maximum_spanning_arborescence",
    "minimum_branching",
    "minimum_spanning_arborescence",
}
# They change what they are given, draw, write files, or ask for a backend.
OTHERS = ("draw", "write_", "freeze", "set_", "add_", "remove_", "from_", "read_", "parse_")


def algorithms():
    """Every function of networkx that needs a graph and nothing else."""
    for name in sorted(dir(nx)):
        function = getattr(nx, name)
        if name.startswith(OTHERS) or not callable(function) or inspect.isclass(function):
            continue
        try:
            first, *others = inspect.signature(function).parameters.values()
        except (ValueError, TypeError):
            continue
        needed = [p for p in others if p.default is p.empty and p.kind < p.VAR_POSITIONAL]
        if first.name == "G" and not needed:
            yield name


def outcome(name, graph):
    """What an algorithm gives, or which error it raises."""
    function = getattr(nx, name)
    seeded = {"seed": 1} if "seed" in inspect.signature(function).parameters else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return near(function(graph, **seeded))
        except (nx.NetworkXException, ImportError, LookupError, TypeError, ValueError) as error:
            return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("name", list(algorithms()))
def test_every_algorithm_of_networkx_gives_what_it_gives_on_a_plain_graph(tmp_path, name):
    held = Held(tmp_path, FEW)
    # networkx freezes the plain one: what both refuse to change, both refuse.
    given = network(held), nx.freeze(plain(held))
    ours, theirs = (outcome(name, graph) for graph in given)
    if name in WRITING or theirs == "NetworkXError: Frozen graph can't be modified":
        assert ours.endswith("change a copy of it: network.copy()")
    else:
        assert ours == theirs


def test_a_claim_that_nobody_living_supports_is_no_edge_unless_asked(tmp_path):
    edges = [
        ("a", "r", "b", "Contested", "Alleged", 1),
        ("a", "s", "b", "Denied", "Unsupported", 0),
        ("b", "r", "c", "Open", "Announced", 1),
        ("c", "r", "a", "Retracted", "Unsupported", 0),
    ]
    held = Held(tmp_path, edges)
    assert [(u, v) for u, v in network(held).edges()] == [("a", "b")]
    assert set(network(held)) == {"a", "b", "c"}
    assert network(held, "all").number_of_edges() == 4
    with pytest.raises(UsageError, match="expected one of supported, all"):
        network(held, "denied")


CHANGES = {
    "a node": lambda g: g.add_node("z"),
    "an edge": lambda g: g.add_edge("a", "b"),
    "edges": lambda g: g.add_weighted_edges_from([("a", "b", 1)]),
    "an update": lambda g: g.update(nx.path_graph(3)),
    "taking away": lambda g: g.remove_node("a"),
    "clearing": lambda g: g.clear(),
    "a node's attribute": lambda g: g.nodes["a"].update(x=1),
    "all nodes' attribute": lambda g: nx.set_node_attributes(g, 1, "weight"),
    "all edges' attribute": lambda g: nx.set_edge_attributes(g, 1, "weight"),
    "the graph's attribute": lambda g: g.graph.setdefault("x", 1),
    "in place": lambda g: nx.relabel_nodes(g, {"a": "z"}, copy=False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changing_it_is_refused_and_a_copy_can_be_changed(tmp_path, change):
    net = network(Held(tmp_path, FEW))
    with pytest.raises(nx.NetworkXError, match=r"change a copy of it: network\.copy\(\)"):
        CHANGES[change](net)
    CHANGES[change](net.copy())
    assert nx.is_frozen(net)


def test_nodes_and_edges_of_the_shipped_case_say_what_they_are():
    graph = kg.build("example")
    net = graph.network()
    assert net.nodes["bureau-fuzhou"] == {
        "name": graph.graph.ledger.name("bureau-fuzhou"),
        "kind": "Bureau",
    }
    for subject, target, key, edge in list(net.edges(keys=True, data=True))[:200]:
        claim = graph.graph.ledger.claim(key)
        assert (subject, target, edge["claim"]) == (claim.subject, claim.object, claim.id)
        assert edge["relation"] == claim.relation
        for name in ("status", "basis", "voices", "sides", "documents", "earliest", "latest"):
            assert edge[name] == getattr(claim.standing, name)
        assert edge["label"] == graph.graph.terms.relations[claim.relation].label
    assert all(e["basis"] in ("Asserted", "Alleged") for *_, e in net.edges(data=True))
    assert graph.network("all").size() > net.size() > 100
    seen = graph.network(document=claim.attestations[0].document)
    assert 0 < seen.size() < net.size()


def test_what_failed_on_the_shipped_case(shipped):
    net = network(shipped)
    assert "person-jeremy-daum" in nx.ego_graph(net, "person-jeremy-daum")
    assert list(net.subgraph(["bureau-fuzhou"])) == ["bureau-fuzhou"]
    assert net.reverse().size() == nx.relabel_nodes(net, {}).size() == net.size()
    assert len(nx.closeness_centrality(net)) == len(net)
