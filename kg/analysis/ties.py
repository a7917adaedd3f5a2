"""Who is tied to whom, and what two records have in common: by the claims that somebody makes."""

from __future__ import annotations

from math import log2

from kg.text.terminal import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.store.graph import Graph

# What all shared neighbours weigh together, at most.
_MOST = 20


class Ties:
    """Who is tied to whom by claims that somebody makes."""

    def __init__(self, graph: Graph) -> None:
        self._net, self._name = graph.adjacency, graph.ledger.name
        self._near: dict[str, dict[int, str]] = {}

    def _of(self, id_: str) -> dict[int, str]:
        """The neighbours of a record, by number, each with a relation."""
        if id_ not in self._near:
            net, found = self._net, {}
            node = net.node(id_)
            for at in range(net.start[node], net.start[node + 1]) if node >= 0 else ():
                edge = net.edge[at] >> 1
                if net.statuses[net.status[edge]] in ("Uncontested", "Contested"):
                    found[net.other[at]] = net.relations[net.relation[edge]]
            self._near[id_] = found
        return self._near[id_]

    def degree(self, id_: str) -> int:
        """How many claims a record takes part in."""
        node = self._net.node(id_)
        return self._net.degree(node) if node >= 0 else 0

    def shared(self, one: str, other: str) -> list[tuple[float, str]]:
        """The neighbours that two records have in common, as one reason; rare ones weigh more."""
        both = self._of(one).keys() & self._of(other).keys()
        if not both:
            return []
        degrees = sorted((self._net.degree(n), n) for n in both)
        weight = min(_MOST, sum(8 / log2(max(d, 2)) for d, _ in degrees))
        first = ", ".join(self._name(self._net.name(n)) for _, n in degrees[:3])
        more = f" and {len(both) - 3:,} more" if len(both) > 3 else ""
        return [(weight, f"{count(len(both), 'shared neighbour')}: {first}{more}")]

    def joined(self, one: str, other: str) -> str:
        """The relation of a claim between two records, empty if there is none."""
        return self._of(one).get(self._net.node(other), "")
