"""What networkx measures of who is joined to whom, the nodes being numbers.

Numbers and not names: what networkx finds must not hang on the order in which Python happens to
keep words, so that the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

# The pairs and how many claims join each.
Pairs = Mapping[tuple[int, int], int]


def betweenness(pairs: Pairs, pivots: int = 0) -> dict[int, float]:
    """How large a share of the shortest ways between all others leads through each node.

    With `pivots` it is estimated from so many nodes, the same ones every time. Cost: nodes
    (or pivots) times pairs. (Brandes, Journal of Mathematical Sociology 25, 2001.)

    >>> betweenness({(0, 1): 1, (1, 2): 1})
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    graph = _graph(pairs)
    return dict(nx.betweenness_centrality(graph, k=pivots or None, seed=0))


def communities(pairs: Pairs) -> tuple[list[list[int]], float]:
    """Groups of nodes with more claims inside than chance would give, and their modularity.

    Cost: a few passes over the pairs. (Blondel and others, Journal of Statistical Mechanics
    P10008, 2008.)

    >>> communities({(0, 1): 1, (1, 2): 1, (0, 2): 1, (2, 3): 1, (3, 4): 1, (4, 5): 1, (3, 5): 1})[0]
    [[0, 1, 2], [3, 4, 5]]
    """
    graph = _graph(pairs)
    found = nx.community.louvain_communities(graph, weight="weight", seed=0)
    groups = sorted((sorted(group) for group in found), key=lambda g: (-len(g), g))
    return groups, float(nx.community.modularity(graph, map(set, groups), weight="weight"))


def _graph(pairs: Pairs) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted({node for pair in pairs for node in pair}))
    graph.add_weighted_edges_from((a, b, number) for (a, b), number in sorted(pairs.items()))
    return graph
