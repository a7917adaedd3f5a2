"""The path search against networkx, which reads the same arrays."""

from itertools import pairwise
from math import log

import networkx as nx
import pytest
from draws import TIMES, chance, draws
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.path_absence import why_none
from kg.analysis.path_costs import Costs
from kg.analysis.path_search import Search
from kg.analysis.paths import Options, find_paths, first_paths
from kg.model.claims import Claim
from kg.model.errors import OutOfBounds, UsageError, spoken
from kg.model.ontology import Ontology, Term
from kg.model.standing import Standing
from kg.store import speech
from kg.store.adjacency import Adjacency
from kg.store.adjacency_writer import Builder
from kg.store.network import network as networkx_of

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
        speech.Builder(sorted(nodes)).write(folder / "speech.bin")
        self.speech = speech.Speech(folder / "speech.bin")
        self.terms = TERMS
        self.ledger = self

    def entire(self):
        return self

    def claim(self, mark):
        return self.claims[mark]

    def unsure(self):
        return []

    def name(self, node):
        return node.upper()


def spoken_at_a_terminal(*asked):
    return spoken(why_none(*asked), lambda name: "--" + name.replace("_", "-"))


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


def test_of_equal_costs_the_nodes_decide(tmp_path):
    layers = ["a", "bcd", "efg", "hij", "z"]
    edges = [(x, "r", y) for one, other in pairwise(layers) for x in one for y in other]
    ranked = [("a", x, y, z, "z") for x in "bcd" for y in "efg" for z in "hij"]
    graph = Held(tmp_path, edges)
    assert nodes(graph, "a", "z", k=99, max_hops=4) == ranked
    assert nodes(graph, "a", "z", k=4) == ranked[:4]
    assert nodes(graph, "z", "a", k=4) == sorted(path[::-1] for path in ranked)[:4]


def read(monkeypatch, graph, start, end, **options):
    """The paths of a search, and the nodes of which it reads the rows."""
    rows, row = [], Costs.row

    def seen(costs, node, back):
        rows.append(graph.adjacency.name(node))
        return row(costs, node, back)

    monkeypatch.setattr(Costs, "row", seen)
    return nodes(graph, start, end, **options), rows


def test_the_long_row_of_a_hub_is_read_only_where_nothing_cheaper_leads_on(tmp_path, monkeypatch):
    around = [("hub", "r", f"n{i:02}") for i in range(60)]
    edges = [
        ("a", "r", "x"),
        ("x", "r", "y"),
        ("y", "r", "b"),
        ("a", "r", "hub"),
        ("b", "r", "hub"),
    ]
    graph = Held(tmp_path, [*edges, *around])
    found, rows = read(monkeypatch, graph, "a", "b", k=2)
    assert found == [("a", "x", "y", "b"), ("a", "hub", "b")]
    assert "hub" not in rows


def test_what_is_too_many_hops_away_is_given_up_soon(tmp_path, monkeypatch):
    tree = [(f"n{i}", "r", f"n{3 * i + j}") for i in range(120) for j in (1, 2, 3)]
    chain = [(f"n{300 + i}" if i else "n0", "r", f"c{i}") for i in range(3)]
    chain += [(f"c{i}", "r", f"c{i + 1}") for i in range(7)]
    graph = Held(tmp_path, [*tree, *chain])
    found, rows = read(monkeypatch, graph, "n0", "c7", directed=True, max_hops=6)
    assert found == [] and len(rows) < 12
    assert len(nodes(graph, "n0", "c7", directed=True, max_hops=8)) == 1


def test_relation_avoid_and_via(tmp_path):
    graph = Held(tmp_path, CHAIN)
    assert nodes(graph, "a", "d", relations=("r",)) == []
    assert nodes(graph, "a", "d", avoid=("x",)) == [("a", "b", "c", "d")]
    assert nodes(graph, "a", "d", via=("c",)) == [("a", "b", "c", "d")]
    for asked in ({"avoid": ("a",)}, {"avoid": ("x", "c"), "via": ("c",)}):
        with pytest.raises(
            UsageError, match="avoid excludes an end of the path or what it must pass"
        ):
            nodes(graph, "a", "d", **asked)


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
    assert spoken_at_a_terminal(graph, "a", "c", Options(ties=True)) == (
        "no path of at most 6 hops; one of 2 hops exists by relations of opposition, "
        "which --ties leaves out"
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
    assert spoken_at_a_terminal(graph, "n0", "n5", options) == (
        "no path of at most 4 hops by r; one of 5 hops exists (--max-hops)"
    )
    apart = Held(tmp_path, [("a", "r", "b"), ("c", "r", "d")])
    assert spoken_at_a_terminal(apart, "a", "c", Options()).endswith(
        "nor is there one of at most 12 hops over any claims, through anything"
    )


RING = [
    ("b", "r", "a"),
    ("b", "s", "c"),
    ("c", "sued", "d"),
    ("d", "r", "p"),
    ("p", "r", "e"),
    ("e", "r", "f", "Denied", "Unsupported", 0),
    ("f", "r", "g", "Contested", "Alleged", 1),
    *((f"n{i}", "r", f"n{i + 1}") for i in range(7)),
]


@pytest.mark.parametrize(
    ("ends", "options", "told"),
    [
        ("n0 n7", {}, "one of 7 hops exists (--max-hops)"),
        ("a b", {"directed": True}, "one of 1 hop exists without --directed"),
        ("a c", {"relations": ("r",)}, "by r; one of 2 hops exists by other relations"),
        (
            "b d",
            {"ties": True},
            "one of 2 hops exists by relations of opposition, which --ties leaves out",
        ),
        ("f g", {"statuses": ("Uncontested",)}, "one of 1 hop exists without --status"),
        (
            "f g",
            {"bases": ("Asserted",), "min_voices": 2},
            "one of 1 hop exists without --basis and --min-voices",
        ),
        ("a c", {"avoid": ("b",)}, "one of 2 hops exists through what --avoid excludes"),
        ("a c", {"via": ("d",)}, "one of 2 hops exists that does not pass what --via asks for"),
        (
            "a d",
            {"via": ("c", "b"), "in_order": True},
            "one of 3 hops exists in another order of what --via asks for",
        ),
        (
            "d e",
            {},
            "one of 2 hops exists through “place”, which paths do not pass by default (--through)",
        ),
        ("e f", {}, "one of 1 hop exists over what is denied (--status, --basis)"),
        (
            "a c",
            {"directed": True, "relations": ("r",)},
            "one of 2 hops exists without --directed and by other relations",
        ),
        (
            "d g",
            {"avoid": ("a",)},
            "one of 4 hops exists through “place”, which paths do not pass by default (--through) "
            "and over what is denied (--status, --basis)",
        ),
        (
            "a n0",
            {"directed": True},
            "nor is there one of at most 12 hops over any claims, through anything",
        ),
    ],
)
def test_why_there_is_none_is_true(tmp_path, ends, options, told):
    graph = Held(tmp_path, RING, {"p": "Place"})
    start, end = ends.split()
    assert find_paths(graph, start, end, Options(**options)) == []
    said = spoken_at_a_terminal(graph, start, end, Options(**options))
    assert said.startswith("no path of at most 6 hops")
    assert said.endswith(told)


def test_a_lens_is_told_of_where_it_hides_the_path(tmp_path):
    whole = Held(tmp_path, CHAIN)
    (tmp_path / "lens").mkdir()
    seen = Held(tmp_path / "lens", [*CHAIN[:1], ("c", "r", "d"), ("x", "r", "d")])
    said = spoken_at_a_terminal(seen, "a", "d", Options(), whole)
    assert said == "no path of at most 6 hops; one of 2 hops exists outside this lens"
    assert spoken_at_a_terminal(
        seen, "a", "d", Options(relations=("s",), directed=True), seen
    ).endswith("over any claims, through anything")


SPOKES = [
    ("ann", "r", "xeno"),
    ("xeno", "r", "vera"),
    ("xeno", "r", "ben"),
    *((a, "r", b) for i in range(12) for a, b in (("xeno", f"m{i}"), (f"m{i}", "vera"))),
    ("ann", "r", "y1", "Contested", "Alleged", 1),
    ("y1", "r", "y2", "Contested", "Alleged", 1),
    ("y2", "r", "vera", "Contested", "Alleged", 1),
]
ROUND = ("ann", "y1", "y2", "vera", "xeno", "ben")


def test_a_path_past_a_stop_is_found_however_many_cheaper_legs_lead_astray(tmp_path):
    graph = Held(tmp_path, SPOKES)
    assert nodes(graph, "ann", "ben", k=1, via=("vera",)) == [ROUND]
    assert len(nodes(graph, "ann", "ben", k=20, via=("vera",))) == 13
    # Without the way over Y1 both legs need Xeno.
    assert nodes(graph, "ann", "ben", via=("vera",), avoid=("y1",)) == []


def test_stops_are_taken_in_any_order_unless_in_theirs(tmp_path):
    graph = Held(tmp_path, SPOKES)
    for via in (("y1", "y2"), ("y2", "y1"), ("vera", "y2", "y1")):
        assert nodes(graph, "ann", "ben", k=1, via=via) == [ROUND]
    assert nodes(graph, "ann", "ben", k=1, via=("y1", "y2"), in_order=True) == [ROUND]
    assert nodes(graph, "ann", "ben", via=("y2", "y1"), in_order=True) == []


@pytest.mark.parametrize("via", [(), ("b",), ("b", "c")])
def test_the_clock_never_says_that_there_is_none(tmp_path, via):
    graph = Held(tmp_path, CHAIN)
    with pytest.raises(OutOfBounds, match="was stopped after 1e-06 s"):
        find_paths(graph, "d", "a", Options(directed=True, via=via, seconds=1e-6))
    said = spoken_at_a_terminal(graph, "d", "a", Options(directed=True, via=via, seconds=1e-6))
    assert said.endswith("whether one exists with fewer restrictions was not settled in 1e-06 s")


def test_a_clock_that_runs_out_looking_for_more_leaves_what_was_asked_for(tmp_path, monkeypatch):
    graph = Held(tmp_path, [("a", "r", "b"), ("a", "r", "c"), ("c", "r", "b")])
    one = Options(k=1)
    assert [len(p.hops) for p in first_paths(graph, "a", "b", one)[0]] == [1]
    assert first_paths(graph, "a", "b", one)[1] is True
    assert first_paths(graph, "a", "b", Options(k=2))[1] is False
    ticks = []

    def tick(_):
        ticks.append(1)
        if len(ticks) > 1:
            raise OutOfBounds("over")

    monkeypatch.setattr(Search, "tick", tick)
    found, more = first_paths(graph, "a", "b", one)
    assert [p.nodes for p in found] == [("a", "b")] and more is None
    ticks.clear()
    with pytest.raises(OutOfBounds, match="over"):
        first_paths(graph, "a", "b", Options(k=2))


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


@st.composite
def restrictions(draw):
    """Options of every kind, few at a time, over the nodes and terms of GRAPHS."""
    some = st.lists(st.sampled_from("bcdefg"), max_size=3, unique=True)
    via = draw(some)
    avoid = [n for n in draw(some)[:2] if n not in via]
    standings = {
        "statuses": draw(st.sampled_from([(), (), ("Uncontested",)])),
        "bases": draw(st.sampled_from([(), (), ("Asserted",)])),
        "min_voices": draw(st.sampled_from([0, 0, 2])),
    }
    return Options(
        k=draw(st.integers(1, 5)),
        max_hops=draw(st.integers(2, 7)),
        relations=draw(st.sampled_from([(), (), ("r",), ("r", "sued")])),
        via=tuple(via),
        avoid=tuple(avoid),
        through=draw(st.sampled_from([(), ("Place",), ("all",)])),
        hubs=draw(st.booleans()),
        directed=draw(st.sampled_from([False, False, True])),
        ties=draw(st.sampled_from([False, False, True])),
        in_order=draw(st.booleans()),
        **standings,
    )


@given(GRAPHS, restrictions(), st.sets(st.sampled_from("abcdefgh"), max_size=3))
@draws(200)
def test_the_same_paths_as_networkx_past_stops(tmp_path_factory, edges, options, places):
    ends = [(n, "r", n, "Uncontested", "Asserted", 1) for n in "abcdefgh"]
    kinds = dict.fromkeys(places, "Place")
    graph = Held(tmp_path_factory.mktemp("g"), [*edges, *ends], kinds)
    check_against_networkx(graph, options, kinds=kinds)


def test_the_same_paths_as_networkx_past_stops_where_legs_meet(tmp_path):
    """Graphs with few ways between the parts, so that legs want the same nodes."""
    found = 0
    dice = chance()
    for drawn in range(600 * TIMES):
        if drawn >= 60 * TIMES and found > 20:
            break
        names = [f"n{i:02}" for i in range(13)]
        pairs = [(names[dice.randrange(4)], names[dice.randrange(13)]) for _ in range(22)]
        pairs += [(names[dice.randrange(13)], names[dice.randrange(13)]) for _ in range(4)]
        edges = [
            (a, dice.choice("rs"), b, "Uncontested", "Asserted", dice.choice([1, 2]))
            for a, b in [*pairs, *((n, n) for n in names)]
        ]
        via = tuple(dice.sample(names[4:11], dice.choice([1, 2, 3])))
        options = Options(
            k=dice.choice([1, 3]), hubs=dice.random() < 0.5, max_hops=dice.choice([5, 7]), via=via
        )
        found += check_against_networkx(Held(tmp_path, edges), options, names[11], names[12])
    assert found > 20


def allowed(claim, o):
    return not (
        (o.ties and TERMS.relations[claim["relation"]].adverse)
        or (o.relations and claim["relation"] not in o.relations)
        or claim["status"] not in (o.statuses or ("Uncontested", "Contested"))
        or claim["basis"] not in (o.bases or ("Asserted", "Alleged"))
        or claim["voices"] < o.min_voices
    )


def check_against_networkx(graph, options, start="a", end="h", kinds=None):
    """Compare with every simple path there is; return how many that is."""
    net = graph.adjacency
    network = networkx_of(graph)
    oracle = nx.DiGraph()
    oracle.add_nodes_from(network)
    for subject, target, claim in network.edges(data=True):
        if not allowed(claim, options):
            continue
        both = ((subject, target), (target, subject))
        for one, other in both[: 1 if options.directed else 2]:
            known = oracle.get_edge_data(one, other, {"cost": 9})["cost"]
            oracle.add_edge(one, other, cost=min(known, hop_cost(claim)))
    oracle.remove_nodes_from(options.avoid)
    closed = set() if options.through else {n for n in kinds or () if n not in options.via}
    wanted = []
    for path in nx.all_simple_paths(oracle, start, end, cutoff=options.max_hops):
        passed = [n for n in path if n in options.via]
        if closed & set(path[1:-1]) or len(passed) < len(options.via):
            continue
        if options.in_order and tuple(passed) != options.via:
            continue
        hops = sum(oracle[a][b]["cost"] for a, b in pairwise(path))
        hub = 0 if options.hubs else sum(log(net.degree(net.node(n))) for n in path[1:-1])
        wanted.append((round(hops + hub, 9), tuple(path)))
    wanted.sort()
    found = find_paths(graph, start, end, options)
    assert [p.cost for p in found] == pytest.approx([cost for cost, _ in wanted[: options.k]])
    assert {p.nodes for p in found} <= {p for _, p in wanted}
    assert len({p.nodes for p in found}) == len(found)
    if not options.via:
        assert [p.nodes for p in found] == [path for _, path in wanted[: options.k]]
    return len(wanted)


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
