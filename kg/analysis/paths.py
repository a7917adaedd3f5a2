"""Paths between two actors: the k cheapest, each hop with every claim that carries it.

A hop costs one, and more when its best claim is contested, only alleged, on a
single voice or one of opposition (an arrest is no tie); passing through an actor costs the logarithm of its claims, so that
hubs are not the answer to everything. Documents, places, groups and topics link
everything to everything: paths end there but do not pass, unless asked to.

The search is a bidirectional Dijkstra over the mapped adjacency, bounded in
hops, under Yen's scheme for the k best (Yen, Management Science 17, 1971).
"""

from __future__ import annotations

import heapq
import time
from bisect import bisect_left
from itertools import pairwise
from math import log

from kg.model.claims import Hop, Path
from kg.model.errors import OutOfBounds, UsageError, bounded, parameter
from kg.model.record import Record
from kg.model.standing import BASES, EDGE, STATUSES, WALKED
from kg.store.adjacency import Adjacency
from kg.store.graph import Graph
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INFINITE = float("inf")
# Sums of the same costs in another order differ by less than this.
_NOISE = 1e-9


class Options(Record):
    """What a path may use.

    `relations`, `statuses`, `bases` restrict the claims (empty: all relations;
    uncontested and contested; asserted and alleged). `through` names classes that
    are walked although their ontology says not to (``all`` for every one), `via`
    entities that the path must pass, `avoid` ones it must not. `directed` follows
    claims from subject to object only; `ties` leaves out relations of opposition,
    which the ontology marks as adverse.
    """

    k: int = 3
    max_hops: int = 6
    relations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    min_voices: int = 0
    hubs: bool = False
    directed: bool = False
    ties: bool = False
    seconds: float = 10.0


def find_paths(graph: Graph, start: str, end: str, options: Options | None = None) -> list[Path]:
    """The k cheapest paths between two entities, by id, cheapest first.

    The answer is the same every time, among equal costs too. Raises UsageError for an option that names nothing, OutOfBounds when the
    clock runs out. Cost: about the entities nearer to one end than the path is
    long, a few milliseconds in graphs of millions of claims.
    """
    options = options or Options()
    search = Search(graph, options)
    stops = [search.node(n) for n in (start, *options.via, end)]
    if len(set(stops)) < len(stops):
        raise UsageError("the ends of a path and what it passes must differ from each other")
    found = search.best(stops) if len(stops) == 2 else search.through(stops)
    return [search.path(nodes) for nodes in found]


def why_none(graph: Graph, start: str, end: str, options: Options) -> str:
    """Why there is no path, found by loosening one restriction after the other."""
    said = f"no path of at most {options.max_hops} hops"
    if options.relations:
        said += f" by {', '.join(options.relations)}"
    for wider, text in _looser(options):
        if wider != options._replace(k=1) and (found := find_paths(graph, start, end, wider)):
            return f"{said}; {text.format(hops=len(found[0].hops))}"
    return f"{said}; nor is there one over any claims, through anything"


def _looser(o: Options) -> Iterator[tuple[Options, str]]:
    """Ever wider options, with what a path found under them tells."""
    one = o._replace(k=1)
    yield one._replace(max_hops=12), f"one of {{hops}} hops exists ({parameter('max_hops')})"
    yield (
        one._replace(directed=False),
        f"one of {{hops}} hops exists without {parameter('directed')}",
    )
    ties = parameter("ties")
    against = f"one of {{hops}} hops exists by relations of opposition, which {ties} leaves out"
    yield one._replace(ties=False), against
    yield one._replace(relations=()), "one of {hops} hops exists by other relations"
    standing = (
        f"one of {{hops}} hops exists without {parameter('status')}, {parameter('basis')} and "
        f"{parameter('min_voices')}"
    )
    yield one._replace(statuses=(), bases=(), min_voices=0), standing
    without = (
        f"one of {{hops}} hops exists through what {parameter('avoid')} excludes or past what "
        f"{parameter('via')} asks for"
    )
    yield one._replace(avoid=(), via=()), without
    passing = (
        "one of {hops} hops passes documents, places, groups or topics "
        f"({parameter('through')} all)"
    )
    yield one._replace(through=("all",), max_hops=12), passing
    denied = "one of {hops} hops goes over claims that are denied, withdrawn or only announced"
    yield Options(k=1, max_hops=12, statuses=STATUSES, bases=BASES), denied
    free = Options(k=1, max_hops=12, through=("all",), statuses=STATUSES, bases=BASES)
    yield free, "one of {hops} hops exists over claims of any standing and things of any class"


class Search:
    """One search: the adjacency with the options worked into tables of costs."""

    def __init__(self, graph: Graph, options: Options) -> None:
        self._graph, self._options = graph, options
        self._net: Adjacency = graph.adjacency
        self._deadline = time.monotonic() + bounded("timeout", options.seconds, 1_000_000)
        self._cost = self._costs(options)
        self._relation = self._surcharges(options)
        self._walked = self._walkable(options.through)
        self._avoid = frozenset(self.node(n) for n in options.avoid)
        self._rows: dict[int, list[tuple[float, int]]] = {}

    def node(self, name: str) -> int:
        """The node of an entity; every entity is one."""
        node = self._net.node(name)
        if node < 0:
            raise UsageError(f"“{name}” is no entity of this graph")
        return node

    def _costs(self, o: Options) -> list[float]:
        """The cost of a hop by (status, basis, one voice only), flat; infinite if not allowed."""
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
        costs = []
        for status in self._net.statuses:
            for basis in self._net.bases:
                fine = status in statuses and basis in bases
                base = 1.0 + 0.5 * (status != "Uncontested") + 0.5 * (basis != "Asserted")
                costs += [base if fine else _INFINITE, base + 0.25 if fine else _INFINITE]
        return costs

    def _surcharges(self, o: Options) -> list[float]:
        """What a hop costs more by its relation; infinite if that is not allowed."""
        known = self._graph.terms.relations
        for name in o.relations:
            if name not in known:
                raise UsageError(f"“{name}” is no relation; {did_you_mean(name, known)}")
        against = _INFINITE if o.ties else 0.5
        surcharges = []
        for name in self._net.relations:
            allowed = not o.relations or name in o.relations
            surcharge = against if known[name].adverse else 0.0
            surcharges.append(surcharge if allowed else _INFINITE)
        return surcharges

    def _walkable(self, through: Sequence[str]) -> list[bool]:
        terms = self._graph.terms
        for name in through:
            if name != "all" and not terms.class_of(name):
                told = f"“{name}” is no class; {did_you_mean(name, terms.classes)}"
                raise UsageError(told.removesuffix("; "))
        classes = [terms.class_of(name) for name in through if name != "all"]
        opened = [
            "all" in through or any(terms.is_a(kind, name) for name in classes)
            for kind in self._net.kinds
        ]
        return [w or o for w, o in zip(self._net.walked, opened, strict=True)]

    def _hub(self, node: int) -> float:
        return 0.0 if self._options.hubs else log(self._net.degree(node) or 1)

    def _steps(self, node: int, back: bool) -> list[tuple[float, int]]:
        """(cost, neighbour) of a node's hops, cheapest first, each neighbour once.

        Half of what it costs to pass either end is in it, so that a hub is dear to
        reach from both sides and its long row is read only where nothing else leads on.
        """
        key = node * 2 + back
        if key not in self._rows:
            here = self._hub(node) / 2
            found = [(p + here + self._hub(o) / 2, o) for o, p in self._prices(node, back)]
            self._rows[key] = sorted(found)
        return self._rows[key]

    def _prices(self, node: int, back: bool) -> Iterator[tuple[int, float]]:
        """(neighbour, cost of the hop alone); what must be avoided is left out."""
        net, avoid = self._net, self._avoid
        last, best = -1, _INFINITE
        for i in range(net.start[node], net.start[node + 1]):
            other = net.other[i]
            if other != last:
                if best < _INFINITE:
                    yield last, best
                last, best = other, _INFINITE
            if other != node and other not in avoid:
                best = min(best, self._price_of(net.edge[i], back))
        if best < _INFINITE:
            yield last, best

    def _price_of(self, half: int, back: bool) -> float:
        """The cost of a hop by one claim, from one of its ends; infinite if it is not allowed."""
        if self._options.directed and half & 1 != back:
            return _INFINITE
        net, e = self._net, half >> 1
        count = net.voices[e]
        if count < self._options.min_voices:
            return _INFINITE
        place = (net.status[e] * len(net.bases) + net.basis[e]) * 2 + (count <= 1)
        return self._cost[place] + self._relation[net.relation[e]]

    def _between(self, a: int, b: int) -> list[tuple[float, int]]:
        """(cost, claim's edge) of every claim that carries a hop."""
        net = self._net
        end = net.start[a + 1]
        i = bisect_left(net.other, b, net.start[a], end)
        found = []
        while i < end and net.other[i] == b:
            price = self._price_of(net.edge[i], False)
            if price < _INFINITE:
                found.append((price, net.edge[i] >> 1))
            i += 1
        return found

    def best(
        self, ends: Sequence[int], banned: frozenset[int] = frozenset()
    ) -> list[tuple[int, ...]]:
        """The k cheapest paths as rows of nodes."""
        return list(self._ranked(ends[0], ends[1], self._options.k, banned))

    def _ranked(
        self, start: int, end: int, k: int, banned: frozenset[int]
    ) -> Iterator[tuple[int, ...]]:
        """Yen's k shortest simple paths, one after the other."""
        first = self._shortest(start, end, self._options.max_hops, banned, frozenset())
        if first is None:
            return
        waiting = [(self._price(first), first)]
        seen = {first}
        done: list[tuple[int, ...]] = []
        while waiting and len(done) < k:
            nodes = heapq.heappop(waiting)[1]
            done.append(nodes)
            yield nodes
            if len(done) == k:
                return
            for i in range(len(nodes) - 1):
                root = nodes[: i + 1]
                taken = frozenset(p[i + 1] for p in done if p[: i + 1] == root)
                hops = self._options.max_hops - i
                # What costs more than enough others that wait will never be one of the k.
                limit = _INFINITE
                if len(waiting) >= k - len(done):
                    worst = heapq.nsmallest(k - len(done), waiting)[-1][0]
                    limit = worst - self._price(root) - (self._hub(root[-1]) if i else 0.0)
                closed = banned | set(root[:-1])
                spur = self._shortest(nodes[i], end, hops, closed, taken, limit)
                if spur and (whole := root[:-1] + spur) not in seen:
                    seen.add(whole)
                    heapq.heappush(waiting, (self._price(whole), whole))

    def through(self, stops: Sequence[int]) -> list[tuple[int, ...]]:
        """The k cheapest paths that pass all stops in their order, no node twice."""
        wanted = self._options.k
        depth = max(4, 2 * wanted)
        rows: list[tuple[int, ...]] = [(stops[0],)]
        for near, far in pairwise(stops):
            others = frozenset(stops) - {near, far}
            legs = list(self._ranked(near, far, depth, others))
            joined = [r + leg[1:] for r in rows for leg in legs if not set(r) & set(leg[1:])]
            joined = [r for r in joined if len(r) - 1 <= self._options.max_hops]
            rows = sorted(joined, key=lambda r: (self._price(r), r))[: depth * 2]
        return rows[:wanted]

    def _price(self, nodes: Sequence[int]) -> float:
        hops = sum(min(self._between(a, b))[0] for a, b in pairwise(nodes))
        return round(hops + sum(self._hub(n) for n in nodes[1:-1]), 9)

    def _shortest(
        self,
        start: int,
        end: int,
        hops: int,
        banned: frozenset[int],
        taken: frozenset[int],
        limit: float = _INFINITE,
    ) -> tuple[int, ...] | None:
        """The cheapest path of at most so many hops and at most that cost.

        `taken` are first steps not to take. A label is (cost, hops, node); one is
        dropped when another reached the node with no more cost and no more hops.
        Both sides meet on an arc whose two ends are settled. Every cost in here is
        higher than the path's own by half of what passing its two ends would cost.
        """
        sides = (_Side(start), _Side(end))
        best: tuple[int, ...] | None = None
        bound = limit + (self._hub(start) + self._hub(end)) / 2 + _NOISE
        turns = 0
        while sides[0].heap and sides[1].heap:
            turns += 1
            if turns % 256 == 1 and time.monotonic() > self._deadline:
                raise OutOfBounds(
                    f"the search was stopped after {self._options.seconds:g} s; "
                    f"lower {parameter('max_hops')} or {parameter('k')}, or raise {parameter('timeout')}"
                )
            if sides[0].heap[0][0] + sides[1].heap[0][0] > bound:
                break
            back = sides[1].heap[0][0] < sides[0].heap[0][0]
            mine, theirs = sides[back], sides[not back]
            label = mine.settle()
            if label is None:
                continue
            cost, count, node = mine.labels[label]
            if count >= hops or node == theirs.origin:
                continue
            ahead = theirs.heap[0][0]
            for step, other in self._steps(node, back):
                total = cost + step
                if total > bound:
                    break
                if other in banned or (other != start and other != end and not self._passes(other)):
                    continue
                if (other if not back else node) in taken and start in (node, other):
                    continue
                for met in theirs.at.get(other, ()):
                    far_cost, far_count, _ = theirs.labels[met]
                    whole = total + far_cost
                    if count + 1 + far_count > hops or whole > bound:
                        continue
                    trails = (mine.trail(label), theirs.trail(met))
                    near, far = trails if not back else trails[::-1]
                    nodes = (*reversed(near), *far)
                    if best is None or whole < bound - 2 * _NOISE or nodes < best:
                        best = nodes
                        bound = min(bound, whole + _NOISE)
                if total + ahead <= bound:
                    mine.push(total, count + 1, other, label)
        return best

    def _passes(self, node: int) -> bool:
        return self._walked[self._net.kind[node]]

    def path(self, nodes: Sequence[int]) -> Path:
        """A row of nodes with the claims of each hop: ties first, then the strongest."""
        net, known = self._net, self._graph.terms.relations
        hops = []
        for a, b in pairwise(nodes):
            held = self._between(a, b)
            claims = [self._graph.ledger.claim(net.mark(e)) for _, e in held]
            claims.sort(
                key=lambda c: (
                    known[c.relation].adverse,
                    *(*c.standing.weight, c.relation, c.id),
                )
            )
            price, against = min(held)[0], known[claims[0].relation].adverse
            hops.append(Hop(net.name(a), net.name(b), tuple(claims), price, against))
        return Path(tuple(hops), self._price(nodes))


class _Side:
    """One direction of a bidirectional search."""

    def __init__(self, origin: int) -> None:
        self.origin = origin
        self.heap: list[tuple[float, int, int, int]] = [(0.0, 0, origin, -1)]
        self.labels: list[tuple[float, int, int]] = []
        self.parents: list[int] = []
        self.at: dict[int, list[int]] = {}

    def push(self, cost: float, hops: int, node: int, parent: int) -> None:
        for settled in self.at.get(node, ()):
            if self.labels[settled][1] <= hops:
                return
        heapq.heappush(self.heap, (cost, hops, node, parent))

    def settle(self) -> int | None:
        """Take the cheapest label; None if a settled one is as good."""
        cost, hops, node, parent = heapq.heappop(self.heap)
        here = self.at.setdefault(node, [])
        if any(self.labels[i][1] <= hops for i in here):
            return None
        self.labels.append((cost, hops, node))
        self.parents.append(parent)
        here.append(len(self.labels) - 1)
        return here[-1]

    def trail(self, label: int) -> list[int]:
        nodes = []
        while label >= 0:
            nodes.append(self.labels[label][2])
            label = self.parents[label]
        return nodes
