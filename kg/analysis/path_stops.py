"""The cheapest paths that pass some stops: legs from stop to stop that share nothing.

The k cheapest are found by Yen's scheme (Management Science 17, 1971): each that is found divides
the others by where they leave it.

Each order of the stops is a plan with a cheapest leg from each to the next. Where two
legs pass the same node, one of them has to leave it: the plan is replaced by two, in
which the one leg or the other must not pass it. A plan with more hops than allowed is
replaced by those in which one of its legs has fewer. Plans are taken up cheapest first,
and nothing that comes of a plan costs less than it, so that the first one without a
conflict is the cheapest path, and there is none where plans run out. (Conflict-based
search: Sharon, Stern, Felner, Sturtevant, Artificial Intelligence 219, 2015.)
"""

from __future__ import annotations

import heapq
from itertools import combinations, pairwise

from kg.analysis.path_costs import INFINITE
from kg.analysis.path_ranking import NOISE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.analysis.path_search import Search
    from kg.analysis.paths import Options

    Order = tuple[int, ...]
    Leg = tuple[float, tuple[int, ...]]


def ranked_past(
    search: Search, options: Options, start: int, stops: tuple[int, ...], end: int
) -> Iterator[tuple[int, ...]]:
    """The k cheapest paths past all stops, one after the other. Raises OutOfBounds."""
    k, hub = options.k, search.costs.hub

    def cheapest(
        root: tuple[int, ...], taken: frozenset[int], limit: float
    ) -> tuple[int, ...] | None:
        left = tuple(s for s in stops if s not in root)
        at, hops, banned = root[-1], options.max_hops + 1 - len(root), frozenset(root[:-1])
        if not left:
            if banned and not search.fewest(at, end, hops, banned, taken):
                return None
            return search.shortest(at, end, hops, banned, taken, limit)
        past = Stops(search, (at, end), left, hops, banned, taken, limit)
        return past.cheapest(options.in_order)

    first = cheapest((start,), frozenset(), INFINITE)
    waiting = [(search.costs.price(first), first)] if first else []
    seen = {first}
    done: list[tuple[int, ...]] = []
    while waiting:
        nodes = heapq.heappop(waiting)[1]
        done.append(nodes)
        yield nodes
        if len(done) == k:
            return
        for i in range(len(nodes) - 1):
            root = nodes[: i + 1]
            taken = frozenset(p[i + 1] for p in done if p[: i + 1] == root)
            # What costs more than enough others that wait will never be one of the k.
            limit = INFINITE
            if len(waiting) >= k - len(done):
                worst = heapq.nsmallest(k - len(done), waiting)[-1][0]
                limit = worst - search.costs.price(root) - (hub(root[-1]) if i else 0.0)
                limit += search.halves(root[-1], end) + NOISE
            spur = cheapest(root, taken, limit)
            if spur and (whole := root[:-1] + spur) not in seen:
                seen.add(whole)
                heapq.heappush(waiting, (search.costs.price(whole), whole))


class Plan:
    """An order of the stops with its legs, and what each leg must not pass and not exceed."""

    def __init__(
        self,
        legs: Sequence[Leg],
        avoid: Sequence[frozenset[int]],
        hops: Sequence[int],
    ) -> None:
        self.legs, self.avoid, self.hops = tuple(legs), tuple(avoid), tuple(hops)
        self.cost = sum(length for length, _ in legs)
        order = tuple(nodes[0] for _, nodes in legs)
        self.key = (order, self.avoid, self.hops)

    def nodes(self) -> tuple[int, ...]:
        """The legs as one row."""
        return (self.legs[0][1][0], *(node for _, nodes in self.legs for node in nodes[1:]))

    def shared(self) -> Iterator[tuple[int, int, int]]:
        """(one leg, another, a node that both pass)."""
        inner = [frozenset(nodes[1:-1]) for _, nodes in self.legs]
        for i, j in combinations(range(len(inner)), 2):
            yield from ((i, j, node) for node in sorted(inner[i] & inner[j]))


class Stops:
    """What is asked of one path: where from, past what, where to, in how many hops."""

    def __init__(
        self,
        search: Search,
        ends: tuple[int, int],
        stops: tuple[int, ...],
        hops: int,
        banned: frozenset[int],
        taken: frozenset[int],
        limit: float = INFINITE,
    ) -> None:
        self._search, self._limit = search, limit
        self._start, self._end = ends
        self._stops, self._hops = stops, hops
        self._banned, self._taken = banned, taken
        self._fixed = frozenset((*ends, *stops))
        self._least_hops: dict[tuple[int, int], int] = {}
        self._bounds: dict[tuple[int, int], Leg | None] = {}

    def cheapest(self, in_order: bool) -> tuple[int, ...] | None:
        """The cheapest path past all stops, in any order of them or in theirs; None if there is none.

        Raises OutOfBounds when the search's clock runs out before that is known.
        """
        if self._hops <= len(self._stops):
            return None
        wider: list[tuple[float, Order | Plan]] = [(0.0, (self._start,))]
        if in_order:
            wider = list(self._planned((self._start, *self._stops, self._end)))
        # Orders begun and whole plans wait together; at the same cost the older one goes first.
        waiting = [(cost, 0, item) for cost, item in wider]
        seen = set()
        count = 0
        while waiting:
            self._search.tick()
            found = heapq.heappop(waiting)[2]
            if isinstance(found, Plan):
                if found.key in seen:
                    continue
                seen.add(found.key)
                choices = self._choices(found)
                if choices is None:
                    return found.nodes()
                wider = [(plan.cost, plan) for plan in choices]
            else:
                wider = list(self._longer(found))
            for cost, item in wider:
                if cost <= self._limit:
                    count += 1
                    heapq.heappush(waiting, (cost, count, item))
        return None

    def _longer(self, order: Order) -> Iterator[tuple[float, Order | Plan]]:
        """An order with one stop more, each with the least that it can cost; or its plan."""
        left = [s for s in self._stops if s not in order]
        if not left:
            yield from self._planned((*order, self._end))
        for stop in left:
            rest = [s for s in left if s != stop]
            steps = list(pairwise((*order, stop)))
            hops = sum(self._fewest(a, b) for a, b in steps) + self._rest(stop, rest, self._fewest)
            if hops <= self._hops:
                cost = sum(self._cheapest_leg(a, b) for a, b in steps)
                yield cost + self._rest(stop, rest, self._cheapest_leg), (*order, stop)

    def _planned(self, order: Order) -> Iterator[tuple[float, Plan]]:
        """The plan of a whole order, unless a leg is missing or they are too long."""
        steps = list(pairwise(order))
        fewest = [self._fewest(a, b) for a, b in steps]
        spare = self._hops - sum(fewest)
        if spare >= 0:
            legs = [leg for a, b in steps if (leg := self._bound(a, b))]
            if len(legs) == len(steps):
                hops = [int(least + spare) for least in fewest]
                plan = Plan(legs, [frozenset()] * len(legs), hops)
                yield plan.cost, plan

    def _rest(self, last: int, left: Sequence[int], measure: Callable[[int, int], float]) -> float:
        """What the legs to all that is left come to at least, each from where it is nearest."""
        whole = 0.0
        for target in left:
            whole += min(measure(s, target) for s in (*left, last) if s != target)
        return whole + min(measure(s, self._end) for s in left or [last])

    def _fewest(self, a: int, b: int) -> float:
        """The fewest hops of a leg whatever the others pass."""
        if (a, b) not in self._least_hops:
            most = self._hops - len(self._stops)
            banned = self._banned | (self._fixed - {a, b})
            taken = self._taken if a == self._start else frozenset[int]()
            self._least_hops[a, b] = self._search.fewest(a, b, most, banned, taken)
        return self._least_hops[a, b] or INFINITE

    def _cheapest_leg(self, a: int, b: int) -> float:
        leg = self._bound(a, b)
        return leg[0] if leg else INFINITE

    def _bound(self, a: int, b: int) -> Leg | None:
        """The cheapest leg whatever the others pass."""
        if (a, b) not in self._bounds:
            most = self._most(b)
            near = self._fewest(a, b) <= most
            leg = self._leg(a, b, frozenset(), most, self._limit) if near else None
            self._bounds[a, b] = leg
        return self._bounds[a, b]

    def _most(self, target: int) -> int:
        """How many hops the leg to a stop may have at most, seeing what the others need."""
        needed = 0.0
        for other in (*self._stops, self._end):
            if other != target:
                sources = (self._start, *(s for s in self._stops if s != other))
                needed += min(self._fewest(s, other) for s in sources)
        return int(max(self._hops - needed, 0))

    def _leg(self, a: int, b: int, avoid: frozenset[int], hops: int, limit: float) -> Leg | None:
        banned = self._banned | avoid | (self._fixed - {a, b})
        taken = self._taken if a == self._start else frozenset[int]()
        # That there is none in so few hops is known sooner than what the cheapest one is.
        if not self._search.fewest(a, b, hops, banned, taken):
            return None
        nodes = self._search.shortest(a, b, hops, banned, taken, limit)
        return (self._search.length(nodes), nodes) if nodes else None

    def _choices(self, plan: Plan) -> list[Plan] | None:
        """The plans that take the place of one with a conflict; None if it has none.

        Of several shared nodes the one is taken that leaves least: where no leg has a
        way around, the plan is given up at once.
        """
        for i, (_, nodes) in enumerate(plan.legs):
            if len(nodes) - 1 > plan.hops[i]:
                shorter = self._without(plan, i, None)
                return [shorter] if shorter else []
        if sum(len(nodes) - 1 for _, nodes in plan.legs) > self._hops:
            fewer = (self._without(plan, i, None) for i in range(len(plan.legs)))
            return [p for p in fewer if p]
        best: list[Plan] | None = None
        for i, j, node in plan.shared():
            choices = [p for p in (self._without(plan, i, node), self._without(plan, j, node)) if p]
            if best is None or _dearer(choices, best):
                best = choices
            if not best:
                break
        return best

    def _without(self, plan: Plan, i: int, node: int | None) -> Plan | None:
        """The plan with one leg that does not pass a node, or has a hop less; None if none can."""
        length, nodes = plan.legs[i]
        avoid, hops = plan.avoid[i], plan.hops[i]
        if node is None:
            hops = min(hops, len(nodes) - 2)
        else:
            avoid |= {node}
        limit = self._limit - plan.cost + length
        if hops < self._fewest(nodes[0], nodes[-1]):
            return None
        leg = self._leg(nodes[0], nodes[-1], avoid, hops, limit)
        if leg is None:
            return None
        return Plan(
            (*plan.legs[:i], leg, *plan.legs[i + 1 :]),
            (*plan.avoid[:i], avoid, *plan.avoid[i + 1 :]),
            (*plan.hops[:i], hops, *plan.hops[i + 1 :]),
        )


def _dearer(one: Sequence[Plan], other: Sequence[Plan]) -> bool:
    """Whether a choice between plans leaves fewer of them, or none so cheap."""
    return (len(one), -min((p.cost for p in one), default=INFINITE)) < (
        len(other),
        -min((p.cost for p in other), default=INFINITE),
    )
