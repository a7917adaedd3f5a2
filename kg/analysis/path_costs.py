"""What the hops of a path cost: the adjacency with the options worked into tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import log
from operator import add

from kg.analysis.filters import class_of, relation_of
from kg.model.claims import SPEECH, UNSURE
from kg.model.errors import UsageError, parameter
from kg.model.standing import BASES, EDGE, STATUSES, WALKED
from kg.store.adjacency import Adjacency
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.analysis.paths import Options
    from kg.store.graph import Graph

    Row = tuple[dict[int, float], list[tuple[float, int, float]]]

INFINITE = float("inf")
# What hops cost that are no ties in the world: more than one that is contested, alleged and of a
# single voice; and to take one record for another.
SPEAKING, DOUBTFUL = 2.5, 1.5
# No hop costs less.
LEAST = 1.0


class Costs:
    """Who is next to whom, and at what cost. Raises UsageError for an option that names nothing."""

    def __init__(self, graph: Graph, options: Options) -> None:
        # Who speaks about whom is known of the graph as a whole.
        graph = graph.entire() if options.spoken else graph
        self._graph, self._options = graph, options
        self._net: Adjacency = graph.adjacency
        self._price = _Prices(self._costs(options), self._surcharges(options), options.min_voices)
        self._toll = _Tolls()
        known = graph.terms.relations
        self._both = [known[name].symmetric for name in self._net.relations]
        self._onto = self._walkable(options.through).__getitem__
        self._gone = frozenset(() if options.gone else self._net.gone)
        self.avoid = frozenset(self.node(n) for n in options.avoid)
        self._rows: dict[int, Row] = {}
        self._speech = graph.speech if options.spoken else None
        self._twins = self._unsure() if options.unsure else {}

    @property
    def directed(self) -> bool:
        """Whether hops go one way only."""
        return self._options.directed

    def _unsure(self) -> dict[int, list[int]]:
        """The records that may be one with a record, by node."""
        found: dict[int, list[int]] = {}
        for left, right, _ in self._graph.ledger.unsure():
            found.setdefault(self._net.node(left), []).append(self._net.node(right))
        return found

    def node(self, name: str) -> int:
        """The node of an entity; every entity is one. Raises UsageError for the id of anything else."""
        node = self._net.node(name)
        if node < 0:
            raise UsageError(f"“{name}” is no entity of this graph")
        return node

    def _costs(self, o: Options) -> list[list[float]]:
        """What a hop costs by status and basis; infinite if not allowed."""
        for group, known, option in (
            (o.statuses, STATUSES, "status"),
            (o.bases, BASES, "basis"),
        ):
            for name in group:
                if name not in known:
                    told = f"{parameter(option)} {name}: expected one of {', '.join(known)}"
                    raise UsageError(f"{told}; {did_you_mean(name, known)}".removesuffix("; "))
        statuses = o.statuses or WALKED
        bases = o.bases or (BASES if o.statuses else EDGE)

        def cost(status: str, basis: str) -> float:
            if status not in statuses or basis not in bases:
                return INFINITE
            return 1.0 + 0.5 * (status != "Uncontested") + 0.5 * (basis != "Asserted")

        return [[cost(status, basis) for basis in self._net.bases] for status in self._net.statuses]

    def _surcharges(self, o: Options) -> list[float]:
        """What a hop costs more by its relation; infinite if that is not allowed."""
        known = self._graph.terms.relations
        terms = self._graph.terms
        asked = (relation_of(terms, name) for name in o.relations)
        wanted = {below for name in asked for below in terms.narrower(name)}
        against = INFINITE if o.ties else 0.5
        surcharges = []
        for name in self._net.relations:
            allowed = not wanted or name in wanted
            allowed &= known[name].walked or name in wanted
            surcharge = against if known[name].adverse else 0.0
            surcharges.append(surcharge if allowed else INFINITE)
        return surcharges

    def _walkable(self, through: Sequence[str]) -> list[bool]:
        terms = self._graph.terms
        classes = [class_of(terms, name) for name in through if name != "all"]
        opened = [
            "all" in through or any(terms.is_a(kind, name) for name in classes)
            for kind in self._net.kinds
        ]
        return [w or o for w, o in zip(self._net.walked, opened, strict=True)]

    def hub(self, node: int) -> float:
        """What passing through a node costs."""
        return 2 * self.half(node)

    def half(self, node: int) -> float:
        """Half of that."""
        return self._halves((node,))[0]

    def degree(self, node: int) -> int:
        """How many claims a node takes part in."""
        return self._net.degree(node)

    def _halves(self, nodes: Collection[int]) -> list[float]:
        """Half of what passing through each of some nodes costs."""
        if self._options.hubs:
            return [0.0] * len(nodes)
        degrees = self._net.degrees(nodes)
        if said := self._speech:
            degrees = [*map(add, degrees, map(said.degree, nodes))]
        toll = self._toll
        return [toll[degree] for degree in degrees]

    def row(self, node: int, back: bool) -> Row:
        """What the hops of a node cost: by neighbour; and as (cost, neighbour, half of what it costs
        to pass that one), of those neighbours from which paths lead on.

        Half of what it costs to pass either end is in it, so that a hub is dear to reach from both
        sides and its long row is read only where nothing else leads on.
        """
        key = node * 2 + back
        if key not in self._rows:
            prices = self._hops(node, back)
            if self._speech or self._twins:
                # A tie in the world goes before what is only said, and costs less.
                prices = dict(self._beside(node, back)) | prices
            here = self.half(node)
            halves = self._halves(prices)
            near = {o: here + p + h for (o, p), h in zip(prices.items(), halves, strict=True)}
            onto, kind, gone = self._onto, self._net.kind, self._gone
            onward = [
                (step, other, half)
                for (other, step), half in zip(near.items(), halves, strict=True)
                if onto(kind[other]) and other not in gone
            ]
            self._rows[key] = near, onward
        return self._rows[key]

    def _beside(self, node: int, back: bool) -> Iterator[tuple[int, float]]:
        """(neighbour, cost) of what is no tie in the world: speech, and records that may be one."""
        for other, speaks in self._speech.row(node) if self._speech else ():
            if other not in self.avoid and not (self._options.directed and speaks != back):
                yield other, SPEAKING
        for other in self._twins.get(node, ()):
            if other not in self.avoid:
                yield other, DOUBTFUL

    def beside(self, a: int, b: int) -> tuple[float, str]:
        """The cost and kind of a hop that no claim carries."""
        if b in self._twins.get(a, ()):
            return DOUBTFUL, UNSURE
        return SPEAKING, SPEECH

    def _hops(self, node: int, back: bool) -> dict[int, float]:
        """The cost of the hop alone to each neighbour; what must be avoided is left out."""
        net = self._net
        begun, end = net.start[node], net.start[node + 1]
        others = net.other[begun:end]
        prices = self._prices(net.edge[begun:end], back)
        found = dict(zip(others, prices, strict=True))
        if len(found) < len(prices):
            # Of parallel claims the cheapest one carries the hop.
            for other, price in zip(others, prices, strict=True):
                if price < found[other]:
                    found[other] = price
        if INFINITE in prices:
            found = {other: price for other, price in found.items() if price < INFINITE}
        for other in (node, *self.avoid):
            found.pop(other, None)
        return found

    def _prices(self, halves: Sequence[int], back: bool) -> list[float]:
        """The cost of a hop by each of some claims, from one of its ends; infinite if not allowed."""
        net = self._net
        price, edges = self._price, [half >> 1 for half in halves]
        status, basis, voices, relation = net.status, net.basis, net.voices, net.relation
        found = [price[status[e], basis[e], voices[e], relation[e]] for e in edges]
        if self._options.directed:
            for i, half in enumerate(halves):
                if half & 1 != back and not self._both[relation[half >> 1]]:
                    found[i] = INFINITE
        return found

    def between(self, a: int, b: int) -> list[tuple[float, int]]:
        """(cost, claim's edge) of every claim that carries a hop."""
        net = self._net
        end = net.start[a + 1]
        begun = bisect_left(net.other, b, net.start[a], end)
        halves = net.edge[begun : bisect_right(net.other, b, begun, end)]
        paired = zip(self._prices(halves, False), halves, strict=True)
        return [(price, half >> 1) for price, half in paired if price < INFINITE]

    def price(self, nodes: Sequence[int]) -> float:
        """The cost of a whole path."""
        hops = sum(self._hop(a, b) for a, b in pairwise(nodes))
        return round(hops + sum(self.hub(n) for n in nodes[1:-1]), 9)

    def _hop(self, a: int, b: int) -> float:
        held = self.between(a, b)
        return min(held)[0] if held else self.beside(a, b)[0]

    def passes(self, node: int) -> bool:
        """Whether paths lead on from a node."""
        return self._onto(self._net.kind[node]) and node not in self._gone


class _Prices(dict["tuple[int, int, int, int]", float]):
    """The cost of a hop by (status, basis, voices, relation) of its claim, worked out once for each."""

    def __init__(self, costs: Sequence[Sequence[float]], more: Sequence[float], least: int) -> None:
        super().__init__()
        self._costs, self._more, self._least = costs, more, least

    def __missing__(self, key: tuple[int, int, int, int]) -> float:
        status, basis, voices, relation = key
        price = self._costs[status][basis] + 0.25 * (voices <= 1) + self._more[relation]
        self[key] = price = INFINITE if voices < self._least else price
        return price


class _Tolls(dict[int, float]):
    """Half of what passing through a node costs, by how many claims it has."""

    def __missing__(self, degree: int) -> float:
        self[degree] = half = log(degree or 1) / 2
        return half
