"""The claim network as networkx sees it: read-only, over the mapped files, without a copy.

Any networkx algorithm that only reads runs on it. It serves communities,
components, centralities and exports, and is what the path search is tested
against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from kg.store.adjacency import Adjacency

Edge = dict[str, Any]


class Network(nx.MultiDiGraph):  # type: ignore[type-arg]  # not generic when it runs
    """A networkx MultiDiGraph: nodes are entity ids, an edge's key is its claim's id.

    Nodes carry `kind`; edges `relation`, `status`, `basis`, `voices`. Changing it
    raises NetworkXError; ``nx.MultiDiGraph(network)`` makes a copy that can be
    changed.

    >>> import kg
    >>> net = kg.open("example").network()
    >>> net.out_degree("bureau-fuzhou") > 30
    True
    """

    def __init__(self, adjacency: Adjacency) -> None:
        super().__init__()
        self._net = adjacency
        self._node = _Nodes(adjacency)
        self._succ = self._adj = _Rows(adjacency, 0)
        self._pred = _Rows(adjacency, 1)
        nx.freeze(self)

    def copy(self, as_view: bool = False) -> Any:
        """A graph that can be changed, with everything copied into it."""
        if as_view:
            return super().copy(as_view=True)
        changeable: Any = nx.MultiDiGraph()
        changeable.add_nodes_from(self.nodes(data=True))
        changeable.add_edges_from(self.edges(keys=True, data=True))
        return changeable


class _ByName(Mapping[str, Any]):
    """A mapping over all nodes by id."""

    def __init__(self, net: Adjacency) -> None:
        self._net = net

    def __len__(self) -> int:
        return len(self._net)

    def __iter__(self) -> Iterator[str]:
        return (self._net.name(i) for i in range(len(self._net)))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._net.node(name) >= 0

    def _index(self, name: str) -> int:
        node = self._net.node(name) if isinstance(name, str) else -1
        if node < 0:
            raise KeyError(name)
        return node


class _Nodes(_ByName):
    def __getitem__(self, name: str) -> Edge:
        return {"kind": self._net.kinds[self._net.kind[self._index(name)]]}


class _Rows(_ByName):
    """Successors (side 0) or predecessors (side 1) of every node."""

    def __init__(self, net: Adjacency, side: int) -> None:
        super().__init__(net)
        self._side = side

    def __getitem__(self, name: str) -> Mapping[str, Mapping[str, Edge]]:
        node, net = self._index(name), self._net
        row: dict[str, dict[str, Edge]] = {}
        for i in range(net.start[node], net.start[node + 1]):
            edge, side = net.edge[i] >> 1, net.edge[i] & 1
            # A claim of an entity about itself is listed once, on its own side.
            if side == self._side or net.other[i] == node:
                row.setdefault(net.name(net.other[i]), {})[net.mark(edge)] = _edge(net, edge)
        return row


def _edge(net: Adjacency, edge: int) -> Edge:
    return {
        "relation": net.relations[net.relation[edge]],
        "status": net.statuses[net.status[edge]],
        "basis": net.bases[net.basis[edge]],
        "voices": net.voices[edge],
    }
