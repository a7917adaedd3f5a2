"""The search behind paths: the cheapest rows of nodes over the mapped adjacency, within its time."""

from __future__ import annotations

import time
from itertools import islice

from kg.analysis.path_costs import INFINITE, Costs
from kg.analysis.path_ranking import ranked
from kg.model.errors import OutOfBounds, UsageError, bounded, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.paths import Options
    from kg.store.graph import Graph


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
        is and `stopped` is set. Raises UsageError where ends, what is passed and what is avoided cannot
        all be had, OutOfBounds where the clock runs out before.
        """
        first, *stops, last = map(self.costs.node, (start, *self._options.via, end))
        if len({first, *stops, last}) < len(stops) + 2:
            raise UsageError("the ends of a path and what it passes must differ from each other")
        if not self.costs.avoid.isdisjoint((first, *stops, last)):
            what = parameter("avoid")
            raise UsageError(
                f"{what} excludes an end of the path or what it must pass; leave one out"
            )
        found: list[tuple[int, ...]] = []
        try:
            for nodes in islice(self._ranked(first, last, tuple(stops)), self._options.k):
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
        return self.costs.price(nodes) + self.halves(nodes[0], nodes[-1])

    def halves(self, start: int, end: int) -> float:
        """Half of what passing two ends would cost."""
        return self.costs.half(start) + self.costs.half(end)

    def _ranked(self, start: int, end: int, stops: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The paths past all stops, cheapest first."""
        if not stops:
            return ranked(self, start, end, self._options.max_hops)
        from kg.analysis.path_stops import ranked_past

        return ranked_past(self, self._options, start, stops, end)

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
        """The cheapest path of at most so many hops and at most that length (see `length`)."""
        return next(ranked(self, start, end, hops, banned, taken, limit), None)
