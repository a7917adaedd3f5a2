"""The cheapest path that passes some stops: legs from stop to stop that share nothing.

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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.path_search import Search

    Order = tuple[int, ...]
    Leg = tuple[float, tuple[int, ...]]


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
        self._bounds: dict[tuple[int, int], Leg | None] = {}

    def cheapest(self, in_order: bool) -> tuple[int, ...] | None:
        """The cheapest path past all stops, in any order of them or in theirs; None if there is none.

        Raises OutOfBounds when the search's clock runs out before that is known.
        """
        if self._hops <= len(self._stops):
            return None
        # Orders begun and whole plans wait together; at the same cost the older one goes first.
        waiting: list[tuple[float, int, Order | Plan]] = [(0.0, 0, (self._start,))]
        seen = set()
        count = 0
        while waiting:
            self._search.tick()
            found = heapq.heappop(waiting)[2]
            wider: list[tuple[float, Order | Plan]]
            if isinstance(found, Plan):
                if found.key in seen:
                    continue
                seen.add(found.key)
                choices = self._choices(found)
                if choices is None:
                    return found.nodes()
                wider = [(plan.cost, plan) for plan in choices]
            else:
                wider = list(self._longer(found, in_order))
            for cost, item in wider:
                if cost <= self._limit:
                    count += 1
                    heapq.heappush(waiting, (cost, count, item))
        return None

    def _longer(self, order: Order, in_order: bool) -> Iterator[tuple[float, Order | Plan]]:
        """An order with one stop more, each with the least that it can cost; or its plan."""
        left = [s for s in self._stops if s not in order]
        choices = left[:1] if in_order else left
        for stop in choices or [self._end]:
            whole = (*order, stop)
            legs = [leg for a, b in pairwise(whole) if (leg := self._bound(a, b))]
            if len(legs) < len(order):
                continue
            if stop == self._end:
                plan = Plan(legs, [frozenset()] * len(legs), [self._spare] * len(legs))
                yield plan.cost, plan
            else:
                yield sum(length for length, _ in legs) + self._least(stop, left), whole

    @property
    def _spare(self) -> int:
        """The hops that are left for one leg when all others have one."""
        return self._hops - len(self._stops)

    def _least(self, last: int, left: Sequence[int]) -> float:
        """What the legs to all that is left cost at least, each from where it is nearest."""
        rest = [s for s in left if s != last]
        least = 0.0
        for target in (*rest, self._end):
            sources = [s for s in rest if s != target] if target != self._end or rest else []
            legs = (self._bound(s, target) for s in (*sources, last))
            least += min((leg[0] for leg in legs if leg), default=INFINITE)
        return least

    def _bound(self, a: int, b: int) -> Leg | None:
        """The cheapest leg whatever the others pass."""
        if (a, b) not in self._bounds:
            self._bounds[a, b] = self._leg(a, b, frozenset(), self._spare, self._limit)
        return self._bounds[a, b]

    def _leg(
        self, a: int, b: int, avoid: frozenset[int], hops: int, limit: float
    ) -> Leg | None:
        banned = self._banned | avoid | (self._fixed - {a, b})
        taken = self._taken if a == self._start else frozenset[int]()
        nodes = self._search.shortest(a, b, hops, banned, taken, limit)
        return (self._search.length(nodes), nodes) if nodes else None

    def _choices(self, plan: Plan) -> list[Plan] | None:
        """The plans that take the place of one with a conflict; None if it has none.

        Of several shared nodes the one is taken that leaves least: where no leg has a
        way around, the plan is given up at once.
        """
        if sum(len(nodes) - 1 for _, nodes in plan.legs) > self._hops:
            shorter = (self._without(plan, i, None) for i in range(len(plan.legs)))
            return [p for p in shorter if p]
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
            hops = len(nodes) - 2
        else:
            avoid |= {node}
        limit = self._limit - plan.cost + length
        leg = self._leg(nodes[0], nodes[-1], avoid, hops, limit) if hops else None
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
