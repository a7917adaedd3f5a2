"""The path search against networkx, which reads the same arrays."""

from itertools import pairwise
from math import log

import networkx as nx
import pytest
from draws import TIMES, chance, draws
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.paths import Options, find_paths, why_none
from kg.model.claims import Claim
from kg.model.errors import UsageError, spoken
from kg.model.ontology import Ontology, Term
from kg.model.standing import Standing
from kg.store.adjacency import Adjacency, Builder
from kg.store.network import Network

TERMS = Ontology(
    {
        "Actor": Term("Actor", "x:Actor", "class", "actor"),
        "Place": Term("Place", "x:Place", "class", "place", walked=False),
    },
    {
        "r": Term("r", "x:r", "event", "r"),
        "s": Term("s", "x:s", "event", "s"),
        "sued": Term("sued", "x:sued", "event", "sued", adverse=True),
    },
    {},
    {},
)


class Held:
    """As much of a graph as a search reads, over claims given as literals."""

    def __init__(self, folder, edges, kinds=None):
        nodes = {n for s, _, o, *_ in edges for n in (s, o)}
        builder = Builder((n, (kinds or {}).get(n, "Actor")) for n in sorted(nodes))
        self.claims = {}
        for i, (s, r, o, *rest) in enumerate(edges):
            status, basis, voices = rest or ("Uncontested", "Asserted", 2)
            claim = Claim(f"{i:024x}", s, r, o, False, Standing(status, basis, voices, 1))
            self.claims[claim.id] = claim
            builder.add(claim)
        builder.write(folder / "adjacency.bin", {"Place": False})
        self.adjacency = Adjacency(folder / "adjacency.bin")
        self.terms = TERMS
        self.ledger = self

    def claim(self, mark):
        return self.claims[mark]


def nodes(graph, start, end, **options):
    return [p.nodes for p in find_paths(graph, start, end, Options(**options))]


CHAIN = [("a", "r", "b"), ("b", "r", "c"), ("c", "s", "d"), ("a", "s", "x"), ("x", "s", "d")]


def test_cheapest_first_and_each_once(tmp_path):
    assert nodes(Held(tmp_path, CHAIN), "a", "d") == [("a", "x", "d"), ("a", "b", "c", "d")]


def test_direction_is_kept_only_when_asked(tmp_path):
    graph = Held(tmp_path, CHAIN)
    assert nodes(graph, "d", "a", k=1) == [("d", "x", "a")]
    assert nodes(graph, "d", "a", directed=True) == []
    assert nodes(graph, "a", "d", k=1, directed=True) == [("a", "x", "d")]


def test_parallel_claims_are_one_hop(tmp_path):
    graph = Held(tmp_path, [("a", "r", "b"), ("a", "s", "b"), ("b", "r", "a")])
    (path,) = find_paths(graph, "a", "b", Options(k=5))
    assert len(path.hops[0].claims) == 3


def test_relation_avoid_and_via(tmp_path):
    graph = Held(tmp_path, CHAIN)
    assert nodes(graph, "a", "d", relations=("r",)) == []
    assert nodes(graph, "a", "d", avoid=("x",)) == [("a", "b", "c", "d")]
    assert nodes(graph, "a", "d", via=("c",)) == [("a", "b", "c", "d")]


def test_places_are_ends_and_no_ways(tmp_path):
    graph = Held(tmp_path, [("a", "r", "p"), ("b", "r", "p")], {"p": "Place"})
    assert nodes(graph, "a", "p") == [("a", "p")]
    assert nodes(graph, "a", "b") == []
    assert nodes(graph, "a", "b", through=("Place",)) == [("a", "p", "b")]
    assert nodes(graph, "a", "b", through=("all",)) == [("a", "p", "b")]


def test_standing_decides(tmp_path):
    graph = Held(
        tmp_path,
        [
            ("a", "r", "b", "Contested", "Alleged", 1),
            ("a", "r", "m", "Uncontested", "Asserted", 2),
            ("m", "r", "b", "Uncontested", "Asserted", 2),
            ("a", "s", "b", "Denied", "Unsupported", 0),
        ],
    )
    assert nodes(graph, "a", "b", hubs=True) == [("a", "m", "b"), ("a", "b")]
    assert nodes(graph, "a", "b", statuses=("Uncontested",)) == [("a", "m", "b")]
    assert nodes(graph, "a", "b", bases=("Asserted",)) == [("a", "m", "b")]
    (hop,) = find_paths(graph, "a", "b", Options(statuses=("Denied",)))[0].hops
    assert [c.relation for c in hop.claims] == ["s"]


def test_opposition_costs_as_a_contest_does_and_is_no_tie(tmp_path):
    graph = Held(tmp_path, [("a", "sued", "b"), ("b", "r", "c"), ("b", "sued", "c")])
    (path,) = find_paths(graph, "a", "c", Options(hubs=True))
    assert [(h.cost, h.adverse) for h in path.hops] == [(1.5, True), (1.0, False)]
    assert [c.relation for c in path.hops[1].claims] == ["r", "sued"]
    assert nodes(graph, "a", "c", ties=True) == []
    assert spoken(why_none(graph, "a", "c", Options(ties=True))) == (
        "no path of at most 6 hops; one of 2 hops exists by relations of opposition, "
        "which ties leaves out"
    )
    (hop,) = find_paths(graph, "b", "c", Options(ties=True))[0].hops
    assert [c.relation for c in hop.claims] == ["r"]


def test_a_path_against_the_direction_is_told(tmp_path):
    graph = Held(tmp_path, [("b", "r", "a"), ("c", "r", "b")])
    assert nodes(graph, "a", "c", directed=True) == []
    assert spoken(why_none(graph, "a", "c", Options(directed=True))) == (
        "no path of at most 6 hops; one of 2 hops exists without directed"
    )


def test_a_hub_costs(tmp_path):
    spokes = [("hub", "r", f"n{i}") for i in range(50)]
    detour = [("n0", "r", "q"), ("q", "r", "w"), ("w", "r", "n1")]
    graph = Held(tmp_path, spokes + detour)
    assert nodes(graph, "n0", "n1", k=1) == [("n0", "q", "w", "n1")]
    assert nodes(graph, "n0", "n1", k=1, hubs=True) == [("n0", "hub", "n1")]


def test_nothing_found_is_explained(tmp_path):
    graph = Held(tmp_path, [(f"n{i}", "r", f"n{i + 1}") for i in range(5)])
    options = Options(max_hops=4, relations=("r",))
    assert find_paths(graph, "n0", "n5", options) == []
    assert spoken(why_none(graph, "n0", "n5", options)) == (
        "no path of at most 4 hops by r; one of 5 hops exists (max_hops)"
    )
    apart = Held(tmp_path, [("a", "r", "b"), ("c", "r", "d")])
    assert why_none(apart, "a", "c", Options()).endswith(
        "nor is there one over any claims, through anything"
    )


@pytest.mark.parametrize(
    "options",
    [{"relations": ("rr",)}, {"statuses": ("Fine",)}, {"through": ("Plaice",)}, {"avoid": ("zz",)}],
)
def test_options_that_name_nothing(tmp_path, options):
    with pytest.raises(UsageError):
        find_paths(Held(tmp_path, CHAIN), "a", "d", Options(**options))


def test_the_ends_must_differ(tmp_path):
    with pytest.raises(UsageError, match="must differ"):
        find_paths(Held(tmp_path, CHAIN), "a", "a")


GRAPHS = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"),
        st.sampled_from(["r", "s", "sued"]),
        st.sampled_from("abcdefgh"),
        st.sampled_from(["Uncontested", "Contested"]),
        st.sampled_from(["Asserted", "Alleged"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=30,
)


def hop_cost(claim):
    """What docs/model.md says that a hop by one claim costs."""
    adverse = TERMS.relations[claim["relation"]].adverse
    halves = (claim["status"] == "Contested") + (claim["basis"] == "Alleged") + adverse
    return 1 + halves / 2 + (claim["voices"] <= 1) / 4


@given(GRAPHS, st.booleans(), st.booleans(), st.booleans(), st.integers(1, 6))
@draws(150)
def test_the_same_paths_as_networkx(tmp_path_factory, edges, directed, hubs, ties, max_hops):
    edges = [
        *edges,
        ("a", "r", "a", "Uncontested", "Asserted", 1),
        ("h", "r", "h", "Uncontested", "Asserted", 1),
    ]
    graph = Held(tmp_path_factory.mktemp("g"), edges)
    options = Options(k=6, directed=directed, hubs=hubs, ties=ties, max_hops=max_hops)
    check_against_networkx(graph, options)


def check_against_networkx(graph, options, start="a", end="h"):
    net = graph.adjacency
    network = Network(net)
    oracle = nx.DiGraph()
    oracle.add_nodes_from(network)
    for subject, target, claim in network.edges(data=True):
        if options.ties and TERMS.relations[claim["relation"]].adverse:
            continue
        both = ((subject, target), (target, subject))
        for one, other in both[: 1 if options.directed else 2]:
            known = oracle.get_edge_data(one, other, {"cost": 9})["cost"]
            oracle.add_edge(one, other, cost=min(known, hop_cost(claim)))
    wanted = []
    for path in nx.all_simple_paths(oracle, start, end, cutoff=options.max_hops):
        hops = sum(oracle[a][b]["cost"] for a, b in pairwise(path))
        hub = 0 if options.hubs else sum(log(net.degree(net.node(n))) for n in path[1:-1])
        wanted.append((round(hops + hub, 9), tuple(path)))
    wanted.sort()
    found = find_paths(graph, start, end, options)
    assert [p.cost for p in found] == pytest.approx([cost for cost, _ in wanted[: options.k]])
    assert {p.nodes for p in found} <= {p for _, p in wanted}
    assert len({p.nodes for p in found}) == len(found)


def test_the_same_paths_as_networkx_where_much_is_left_aside(tmp_path):
    dice = chance()
    for _ in range(40 * TIMES):
        names = [f"n{i:02}" for i in range(14)]
        edges = [
            (
                *(names[int(14 * dice.random() ** 2)], dice.choice(["r", "s", "sued"])),
                *(names[dice.randrange(14)], dice.choice(["Uncontested", "Contested"])),
                *(dice.choice(["Asserted", "Alleged"]), dice.choice([1, 2])),
            )
            for _ in range(36)
        ]
        ends = [(names[12], "r", names[0]), (names[13], "r", names[1])]
        graph = Held(tmp_path, edges + ends)
        options = Options(k=dice.choice([2, 4]), hubs=dice.random() < 0.25, max_hops=5)
        check_against_networkx(graph, options, names[12], names[13])


@given(GRAPHS)
@draws(60)
def test_the_network_is_a_networkx_graph(tmp_path_factory, edges):
    graph = Held(tmp_path_factory.mktemp("g"), edges)
    net = Network(graph.adjacency)
    plain = nx.MultiDiGraph()
    for mark, c in graph.claims.items():
        plain.add_edge(c.subject, c.object, mark)
    assert set(net.edges(keys=True)) == set(plain.edges(keys=True))
    assert dict(net.degree()) == dict(plain.degree())
    assert nx.number_weakly_connected_components(net) == nx.number_weakly_connected_components(
        plain
    )
    with pytest.raises(nx.NetworkXError):
        net.add_edge("a", "b")
    assert set(net.copy().edges(keys=True)) == set(plain.edges(keys=True))
