"""The claim network as networkx sees it: read-only, over the mapped files, without a copy.

It is an ordinary `networkx.MultiDiGraph` whose dictionaries read the files when they
are asked, so that every networkx algorithm that only reads runs on it, those too
that make other graphs of it. It serves communities, components, centralities and
exports, and is what the path search is tested against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeAlias

import networkx as nx

from kg.model.errors import UsageError
from kg.model.standing import EDGE
from kg.store.besides import qualities
from kg.store.graph import Graph

Network: TypeAlias = "nx.MultiDiGraph[str]"
CLAIMS = ("supported", "all")


def network(graph: Graph, claims: str = "supported") -> Network:
    """The claims between entities as a graph that cannot be changed.

    Nodes are entity ids, all of them, with `name` and `kind`. An edge's key is its
    claim's id; it carries `relation`, `label`, `status`, `basis`, `voices`, `sides`, `documents`,
    `claim`, `directed`, and `earliest` and `latest` (ISO days, empty where nobody says), and
    what those who put it forward say of it besides by the names of the ontology's qualities: numbers
    where all of them are plain ones, else texts with `` | `` between several. A claim of
    a relation without direction is an edge from either end, under one key. A claim is an
    edge where a living voice asserts or alleges it; with `claims="all"` also what is
    denied, retracted, corrected, only announced or questioned.

    Changing it raises NetworkXError; `.copy()` gives a graph of its own, which is also
    faster for what goes over all edges many times. Raises UsageError for other `claims`.
    Cost: nothing at first, but one look at all rows that have a quality; a row is read each time
    that it is asked for.

    >>> import kg
    >>> net = kg.open("example").network()
    >>> net.nodes["bureau-fuzhou"]["kind"], net.out_degree("bureau-fuzhou") > 30
    ('Bureau', True)
    """
    if claims not in CLAIMS:
        raise UsageError(f"claims={claims!r}: expected one of {', '.join(CLAIMS)}")
    made: Any = nx.MultiDiGraph()
    made._node = _Nodes(graph)
    besides = qualities(graph)
    made._adj = _Rows(graph, 0, claims == "all", besides)
    made._pred = _Rows(graph, 1, claims == "all", besides)
    made.graph = Fixed()
    nx.freeze(made)
    for name in _CHANGING:
        setattr(made, name, _refuse)
    return made  # type: ignore[no-any-return]  # its dictionaries are others than networkx's own


# The methods that networkx.freeze takes away.
_CHANGING = (
    *("add_node", "add_nodes_from", "remove_node", "remove_nodes_from", "add_edge"),
    *("add_edges_from", "add_weighted_edges_from", "remove_edge", "remove_edges_from"),
    *("clear", "clear_edges"),
)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise nx.NetworkXError("the claim network is read-only; change a copy of it: network.copy()")


class Fixed(dict[str, Any]):
    """What a node or an edge carries; copies of it are plain."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    update = popitem = clear = setdefault = _refuse

    def pop(self, key: str, *default: Any) -> Any:
        """Refuses, but where there is nothing to take away: exports ask so for an id."""
        return default[0] if default and key not in self else _refuse()

    def __deepcopy__(self, _: object) -> dict[str, Any]:
        return dict(self)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return dict, (dict(self),)


class _ByName(Mapping[str, Any]):
    """A mapping over all nodes by id."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self._net = graph, graph.entire().adjacency

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

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return dict, (dict(self),)


class _Nodes(_ByName):
    def __getitem__(self, name: str) -> Fixed:
        kind = self._net.kinds[self._net.kind[self._index(name)]]
        return Fixed(name=self._graph.ledger.name(name), kind=kind)


class _Rows(_ByName):
    """Successors (side 0) or predecessors (side 1) of every node."""

    def __init__(
        self, graph: Graph, side: int, everything: bool, besides: Mapping[str, Mapping[str, Any]]
    ) -> None:
        super().__init__(graph)
        self._besides = besides
        self._side = side
        self._edges = [everything or basis in EDGE for basis in self._net.bases]
        relations = graph.terms.relations
        self._labels = [relations[name].label for name in self._net.relations]
        self._both = [relations[name].symmetric for name in self._net.relations]

    def __getitem__(self, name: str) -> Mapping[str, Mapping[str, Fixed]]:
        node, net = self._index(name), self._net
        row: dict[str, dict[str, Fixed]] = {}
        for i in range(net.start[node], net.start[node + 1]):
            edge, side = net.edge[i] >> 1, net.edge[i] & 1
            # A claim of an entity about itself is listed once, on its own side.
            here = side == self._side or net.other[i] == node or self._both[net.relation[edge]]
            if here and self._edges[net.basis[edge]]:
                row.setdefault(net.name(net.other[i]), {})[net.mark(edge)] = self._edge(edge)
        return row

    def _edge(self, edge: int) -> Fixed:
        net = self._net
        relation, claim = net.relation[edge], net.mark(edge)
        return Fixed(
            self._besides.get(claim, ()),
            relation=net.relations[relation],
            label=self._labels[relation],
            status=net.statuses[net.status[edge]],
            basis=net.bases[net.basis[edge]],
            voices=net.voices[edge],
            sides=net.sides[edge],
            documents=net.documents[edge],
            claim=claim,
            directed=not self._both[relation],
            earliest=_day(net.earliest[edge]),
            latest=_day(net.latest[edge]),
        )


def _day(number: int) -> str:
    """An ISO day from 20221029; empty for 0."""
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}" if number else ""
