"""The cheapest paths one after the other: partial paths from the start, led by what is known of the end.

From the end, nodes are gone over in the order of what it costs to come from them, as far as it pays:
this gives what a partial path costs at least when it is finished. Partial paths are taken up by
that bound, so that whole ones come out in the order of their costs, and of their nodes where costs
are the same. Each path is made once, from the one that has a node less (A*: Hart, Nilsson, Raphael,
IEEE Transactions on Systems Science and Cybernetics 4, 1968; from both sides, as Pohl, 1971).

A hop costs half of what it costs to pass either end, and at least one in between. Neither side reads
the row of a node before paths can be cheap enough that leave it by a dearer half, so that the long
rows of hubs are left alone as long as anything else leads on.
"""

from __future__ import annotations

from heapq import heappop, heappush

from kg.analysis.path_costs import INFINITE, LEAST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.analysis.path_search import Search

    # What a node costs to the end by one next node, in how many hops; that node, and the hop's cost.
    Arc = tuple[float, int, int, float]
    # A bound, the nodes, what they cost, half of passing the last, how many of its arcs are gone over.
    Partial = tuple[float, tuple[int, ...], float, float, int]

# Sums of the same costs in another order differ by less than this, and are the same to so many places.
NOISE, PLACES = 1e-9, 9
# The clock is looked at after so many partial paths, or so many hops of the side of the end.
_TURNS, _HOPS = 256, 4096


def ranked(
    search: Search,
    start: int,
    end: int,
    hops: int,
    banned: frozenset[int] = frozenset(),
    taken: frozenset[int] = frozenset(),
    limit: float = INFINITE,
) -> Iterator[tuple[int, ...]]:
    """The paths of at most so many hops and that length (`Search.length`), cheapest first.

    They pass no node of `banned`, and their first step is none of `taken`. Raises OutOfBounds.
    Cost: about the entities nearer to one end than half of the last path's length.
    """
    costs = search.costs
    beyond = _Beyond(search, start, end, hops, banned, taken)
    arcs, degree = beyond.arcs, costs.degree
    waiting: list[Partial] = [(0.0, (start,), 0.0, costs.half(start), 0)]
    work = turns = 0
    while waiting:
        if turns % _TURNS == 0:
            search.tick()
        turns += 1
        bound, nodes, cost, half, mark = heappop(waiting)
        if bound > limit + NOISE:
            return
        here = nodes[-1]
        if here == end:
            yield nodes
            turns = 0
            continue
        left = hops - len(nodes) + 1
        held = arcs.get(here, [])
        fresh = [arc for arc in held[mark:] if arc[1] <= left]
        rest = cost + half + beyond.radius[left]
        least = min([rest, *(cost + arc[0] for arc in fresh)])
        if (told := round(least, PLACES)) > bound:
            # Since it was put here more has become known.
            if least < INFINITE:
                heappush(waiting, (told, nodes, cost, half, mark))
            continue
        if least < rest:
            # By what is known of the end; the rest of the hops wait.
            gone = {arc[2] for arc in held[:mark] if arc[1] <= left}
            for whole, _, other, step in fresh:
                if other not in gone and other not in nodes:
                    gone.add(other)
                    onto = costs.half(other)
                    bound = round(cost + whole, PLACES)
                    heappush(waiting, (bound, (*nodes, other), cost + step, onto, 0))
            if rest < INFINITE:
                heappush(waiting, (round(rest, PLACES), nodes, cost, half, len(held)))
            continue
        if rest == INFINITE:
            continue
        if beyond.work <= work + degree(here):
            beyond.grow(left)
            heappush(waiting, (bound, nodes, cost, half, mark))
            continue
        near, onward = costs.row(here, False)
        work += len(near) + 1
        gone = {arc[2] for arc in held[:mark] if arc[1] <= left}
        gone.update(nodes, banned, taken if here == start else ())
        if end in near and end not in gone:
            whole = cost + near[end]
            heappush(waiting, (round(whole, PLACES), (*nodes, end), whole, 0.0, 0))
        gone.add(end)
        left -= 1
        radius = beyond.radius[left]
        for step, other, onto in onward:
            if other in gone:
                continue
            whole = cost + step
            least = onto + radius
            for arc in arcs.get(other, ()):
                if arc[1] <= left and arc[0] < least:
                    least = arc[0]
            if least < INFINITE:
                bound = round(whole + least, PLACES)
                heappush(waiting, (bound, (*nodes, other), whole, onto, 0))


class _Beyond:
    """What is known of the end: from where it is reached, at what cost, in how many hops.

    `arcs` has, by node, the hops to nodes that were gone over. What leads to the end from a node in
    so many hops, and by none of these, costs half of passing it and `radius` of these hops at least.
    """

    def __init__(
        self,
        search: Search,
        start: int,
        end: int,
        hops: int,
        banned: Collection[int],
        taken: Collection[int],
    ) -> None:
        self._search, self._start, self._banned, self._taken = search, start, banned, taken
        self.arcs: dict[int, list[Arc]] = {}
        first = search.costs.half(end) + LEAST
        # What waits, by the hops from there: (cost with the half beyond it, node, cost).
        self._waiting: list[list[tuple[float, int, float]]] = [[] for _ in range(hops)]
        self._waiting[0].append((first, end, 0.0))
        self._done: dict[int, list[tuple[int, float]]] = {}
        self.radius = [INFINITE, *([first] * hops)]
        self.work = self._looked = 0

    def grow(self, left: int) -> None:
        """Go over what is nearest, as far as it helps paths that may have so many hops yet.

        Each time a quarter more than before: what waits has to be looked at again.
        """
        until = self.work + self.work // 4
        while self.work <= until:
            firsts = ((row[0][0], hops) for hops, row in enumerate(self._waiting[:left]) if row)
            _, hops = min(firsts, default=(INFINITE, -1))
            if hops < 0:
                break
            _, node, cost = heappop(self._waiting[hops])
            done = self._done.setdefault(node, [])
            if not any(h <= hops and c <= cost for h, c in done):
                done.append((hops, cost))
                self._go_over(node, hops + 1, cost)
        least = INFINITE
        for hops, row in enumerate(self._waiting, 1):
            least = min(least, row[0][0]) if row else least
            self.radius[hops] = least

    def _go_over(self, node: int, hops: int, cost: float) -> None:
        """Note from where a node is reached."""
        costs, start, arcs = self._search.costs, self._start, self.arcs
        near, onward = costs.row(node, True)
        self.work += len(near) + 1
        if self.work > self._looked + _HOPS:
            self._looked = self.work
            self._search.tick()
        waiting = self._waiting[hops] if hops < len(self._waiting) else None
        shut = {*self._banned, start} if node in self._taken else self._banned
        for step, other, half in onward:
            if other in shut:
                continue
            whole = cost + step
            held = arcs.get(other)
            if held is None:
                held = arcs[other] = []
            if waiting is not None and not any(a[0] <= whole and a[1] <= hops for a in held):
                heappush(waiting, (whole + half + LEAST, other, whole))
            held.append((whole, hops, node, step))
        if start in near and start not in shut and not costs.passes(start):
            arcs.setdefault(start, []).append((cost + near[start], hops, node, near[start]))
