"""The search behind paths: the cheapest rows of nodes over the mapped adjacency.

A bidirectional Dijkstra, bounded in hops, under Yen's scheme for the k best
(Yen, Management Science 17, 1971).
"""

from __future__ import annotations

import heapq
import time

from kg.analysis.path_costs import INFINITE, Costs
from kg.model.errors import OutOfBounds, UsageError, bounded, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kg.analysis.paths import Options
    from kg.store.graph import Graph

# Sums of the same costs in another order differ by less than this.
NOISE = 1e-9


class Search:
    """One search, with one clock."""

    def __init__(self, graph: Graph, options: Options, deadline: float = 0.0) -> None:
        self._options = options
        seconds = bounded("timeout", options.seconds, 1_000_000)
        self._deadline = deadline or time.monotonic() + seconds
        self.costs = Costs(graph, options)
        self.stopped = False

    def best(self, start: str, end: str, needed: int = 0) -> list[tuple[int, ...]]:
        """The k cheapest paths between two ids, as rows of nodes.

        Where the clock runs out after the `needed` ones are found, if any are, it gives what there
        is and `stopped` is set.
        """
        first, *stops, last = map(self.costs.node, (start, *self._options.via, end))
        if len({first, *stops, last}) < len(stops) + 2:
            raise UsageError("the ends of a path and what it passes must differ from each other")
        found = []
        try:
            for nodes in self._ranked(first, last, tuple(stops)):
                found.append(nodes)
        except OutOfBounds:
            if not 0 < needed <= len(found):
                raise
            self.stopped = True
        return found

    def tick(self) -> None:
        """Raise OutOfBounds when the clock has run out."""
        if time.monotonic() > self._deadline:
            raise OutOfBounds(
                f"the search was stopped after {self._options.seconds:g} s; "
                f"lower {parameter('max_hops')} or {parameter('k')}, or raise {parameter('timeout')}"
            )

    def length(self, nodes: Sequence[int]) -> float:
        """A path's cost with half of what passing its two ends would cost, as the search counts.

        Lengths of legs add up to that of the whole.
        """
        return self.costs.price(nodes) + self._halves(nodes[0], nodes[-1])

    def _halves(self, start: int, end: int) -> float:
        return (self.costs.hub(start) + self.costs.hub(end)) / 2

    def _ranked(self, start: int, end: int, stops: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Yen's k shortest simple paths past all stops, one after the other."""
        k, price, nothing = self._options.k, self.costs.price, frozenset[int]()
        first = self._cheapest(start, stops, end, self._options.max_hops, nothing, nothing)
        if first is None:
            return
        waiting = [(price(first), first)]
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
                limit = INFINITE
                if len(waiting) >= k - len(done):
                    worst = heapq.nsmallest(k - len(done), waiting)[-1][0]
                    limit = worst - price(root) - (self.costs.hub(root[-1]) if i else 0.0)
                    limit += self._halves(root[-1], end) + NOISE
                left = tuple(s for s in stops if s not in root)
                spur = self._cheapest(nodes[i], left, end, hops, frozenset(root[:-1]), taken, limit)
                if spur and (whole := root[:-1] + spur) not in seen:
                    seen.add(whole)
                    heapq.heappush(waiting, (price(whole), whole))

    def _cheapest(
        self,
        start: int,
        stops: tuple[int, ...],
        end: int,
        hops: int,
        banned: frozenset[int],
        taken: frozenset[int],
        limit: float = INFINITE,
    ) -> tuple[int, ...] | None:
        if not stops:
            if banned and not self.fewest(start, end, hops, banned, taken):
                return None
            return self.shortest(start, end, hops, banned, taken, limit)
        from kg.analysis.path_stops import Stops

        past = Stops(self, (start, end), stops, hops, banned, taken, limit)
        return past.cheapest(self._options.in_order)

    def fewest(
        self, start: int, end: int, hops: int, banned: frozenset[int], taken: frozenset[int]
    ) -> int:
        """How many hops lead from one node to another at least; 0 if not so many do."""
        seen = ({start}, {end})
        edge = [[start], [end]]
        row, passes = self.costs.row, self.costs.passes
        for count in range(1, hops + 1):
            back = len(edge[1]) < len(edge[0])
            mine, theirs = seen[back], seen[not back]
            ahead = []
            for turn, node in enumerate(edge[back]):
                if turn % 256 == 0:
                    self.tick()
                for other in row(node, back)[0]:
                    if (other if not back else node) in taken and start in (node, other):
                        continue
                    if other in theirs:
                        return count
                    if other not in mine and other not in banned and passes(other):
                        mine.add(other)
                        ahead.append(other)
            edge[back] = ahead
        return 0

    def shortest(
        self,
        start: int,
        end: int,
        hops: int,
        banned: frozenset[int],
        taken: frozenset[int],
        limit: float = INFINITE,
    ) -> tuple[int, ...] | None:
        """The cheapest path of at most so many hops and at most that length (see `length`).

        `taken` are first steps not to take. A label is (cost, hops, node); one is
        dropped when another reached the node with no more cost and no more hops.
        Both sides meet on an arc whose two ends are settled.
        """
        sides = (_Side(start), _Side(end))
        closed = [n for n in (start, end) if not self.costs.passes(n)]
        best: tuple[int, ...] | None = None
        bound = limit
        turns = 0
        while sides[0].heap and sides[1].heap:
            turns += 1
            if turns % 256 == 1:
                self.tick()
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
            near, onward = self.costs.row(node, back)
            barred = banned
            if node in taken and back:
                barred = banned | {start}
            elif node == start and not back:
                barred = banned | taken
            # Where the sides meet, cheapest first: what is found bounds what is gone on with.
            for step, other in sorted((near[n], n) for n in near.keys() & theirs.at.keys()):
                total = cost + step
                if other in barred or (other not in (start, end) and not self.costs.passes(other)):
                    continue
                for met in theirs.at[other]:
                    far_cost, far_count, _ = theirs.labels[met]
                    whole = total + far_cost
                    if count + 1 + far_count > hops or whole > bound:
                        continue
                    trails = (mine.trail(label), theirs.trail(met))
                    first, last = trails if not back else trails[::-1]
                    nodes = (*reversed(first), *last)
                    if best is None or whole < bound - 2 * NOISE or nodes < best:
                        best = nodes
                        bound = min(bound, whole + NOISE)
            if dead := [(near[n], n) for n in closed if n in near]:
                onward = sorted(onward + dead)
            mine.push(onward, label, barred, bound - theirs.heap[0][0])
        return best


class _Side:
    """One direction of a bidirectional search."""

    def __init__(self, origin: int) -> None:
        self.origin = origin
        self.heap: list[tuple[float, int, int, int]] = [(0.0, 0, origin, -1)]
        self.labels: list[tuple[float, int, int]] = []
        self.parents: list[int] = []
        self.at: dict[int, list[int]] = {}

    def push(
        self,
        onward: Iterable[tuple[float, int]],
        label: int,
        barred: AbstractSet[int],
        limit: float,
    ) -> None:
        """Put the steps on from a label into the heap, cheapest first, up to a limit of cost."""
        cost, hops, _ = self.labels[label]
        hops += 1
        at, labels, heap, put = self.at, self.labels, self.heap, heapq.heappush
        for step, node in onward:
            total = cost + step
            if total > limit:
                break
            if node in barred or (node in at and any(labels[i][1] <= hops for i in at[node])):
                continue
            put(heap, (total, hops, node, label))

    def settle(self) -> int | None:
        """Take the cheapest label; None if a settled one is as good."""
        cost, hops, node, parent = heapq.heappop(self.heap)
        if node not in self.at:
            self.at[node] = []
        elif any(self.labels[i][1] <= hops for i in self.at[node]):
            return None
        self.labels.append((cost, hops, node))
        self.parents.append(parent)
        self.at[node].append(len(self.labels) - 1)
        return len(self.labels) - 1

    def trail(self, label: int) -> list[int]:
        nodes = []
        while label >= 0:
            nodes.append(self.labels[label][2])
            label = self.parents[label]
        return nodes
