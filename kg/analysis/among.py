"""What joins several actors: ties among them, neighbours that they share, chains between the rest."""

from __future__ import annotations

import time
from itertools import combinations

from kg.analysis import paths
from kg.analysis.path_search import Search
from kg.model.claims import Path
from kg.model.errors import NothingThere, UsageError
from kg.model.groups import join, root
from kg.model.record import Record
from kg.store.adjacency import Far

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.analysis.paths import Options
    from kg.store.graph import Graph

MOST = 100


class Shared(Record):
    """A neighbour of several of them: the hop from each to it."""

    id: str
    hops: tuple[Path, ...]


class Among(Record):
    """What joins the `named`: `ties` are hops between two of them, each a path of one hop; `shared`
    are those next to several, `more` how many of these are not shown; `chains` join what ties
    do not, each the cheapest between two groups; `apart` are the groups that nothing joins.
    """

    named: tuple[str, ...]
    ties: tuple[Path, ...]
    shared: tuple[Shared, ...]
    chains: tuple[Path, ...]
    apart: tuple[tuple[str, ...], ...]
    more: int = 0

    @property
    def paths(self) -> tuple[Path, ...]:
        """All hops that it names, as paths."""
        return (*self.ties, *(p for s in self.shared for p in s.hops), *self.chains)


def among(graph: Graph, named: Sequence[str], options: Options, limit: int = 20) -> Among:
    """What joins some entities, by id, over the claims and through the classes that paths may use.

    Shared neighbours come by how many they are next to, then the least tied ones first, at most
    `limit` of them, 0 for all. Raises UsageError for less than two or more than a hundred, OutOfBounds when
    the clock of the options runs out. Cost: a look at the neighbours of each; a search of
    paths for each two that are in different groups.
    """
    ids = tuple(dict.fromkeys(named))
    if not 2 <= len(ids) <= MOST:
        raise UsageError(f"{len(ids)} names; expected from 2 to {MOST}")
    try:
        return _joined(graph, ids, options, limit)
    except Far:
        return _joined(graph.entire(), ids, options, limit)


def _joined(graph: Graph, ids: tuple[str, ...], options: Options, limit: int) -> Among:
    search = Search(graph, options)
    net, costs = graph.adjacency, search.costs
    nodes = {costs.node(id_): id_ for id_ in ids}
    groups = {id_: id_ for id_ in ids}
    near: dict[int, list[int]] = {}
    ties = []
    for node, id_ in nodes.items():
        for other in _next(search, node):
            if other in nodes:
                if node < other:
                    ties.append(paths.path_of(graph, search, (node, other)))
                join(groups, id_, nodes[other])
            elif costs.passes(other):
                near.setdefault(other, []).append(node)
    ties.sort(key=lambda p: (p.cost, p.nodes))
    several = [
        (-len(ends), net.degree(o), net.name(o), o) for o, ends in near.items() if len(ends) > 1
    ]
    several.sort()
    shown = several[: limit or None]
    shared = []
    for *_, id_, other in shown:
        hops = (paths.path_of(graph, search, (node, other)) for node in near[other])
        shared.append(Shared(id_, tuple(sorted(hops, key=lambda p: p.nodes))))
    chains = _chains(graph, search, ids, groups, options)
    apart: dict[str, list[str]] = {}
    for id_ in ids:
        apart.setdefault(root(groups, id_), []).append(id_)
    parted = tuple(tuple(group) for group in apart.values())
    return Among(ids, tuple(ties), tuple(shared), tuple(chains), parted, len(several) - len(shown))


def _next(search: Search, node: int) -> list[int]:
    """What a node is next to, whichever way its claims are read."""
    search.tick()
    return [other for other in search.costs.row(node, False)[0] if other != node]


def _chains(
    graph: Graph, search: Search, ids: Sequence[str], groups: dict[str, str], options: Options
) -> list[Path]:
    """The cheapest paths that join groups, each between two that were apart until then."""
    deadline = time.monotonic() + options.seconds
    found = []
    one = options._replace(k=1)
    for a, b in combinations(ids, 2):
        if root(groups, a) != root(groups, b):
            legs = Search(graph, one, deadline)
            found += [paths.path_of(graph, legs, nodes) for nodes in legs.best(a, b)]
    kept = []
    for path in sorted(found, key=lambda p: (p.cost, len(p.hops), p.nodes)):
        if root(groups, path.nodes[0]) != root(groups, path.nodes[-1]):
            join(groups, path.nodes[0], path.nodes[-1])
            kept.append(path)
    return kept


def text(graph: Graph, found: Among, width: int, seen: str = "") -> str:
    """What joins them, for a terminal, every hop with its evidence."""
    from kg.analysis import path_text
    from kg.text.phrases import seen_through
    from kg.text.terminal import wrap

    lines = path_text.Lines(graph, width)
    parts = [f"Ties among them: {len(found.ties)}"]
    for path in found.ties:
        parts += lines.hops(path)
    shown = len(found.shared)
    parts += ["", f"Neighbours that several share: {shown + found.more:,}"]
    for s in found.shared:
        parts.append(f"  {lines.name(s.id)} ({s.id}): next to {len(s.hops)} of them")
        for path in s.hops:
            parts += lines.hops(path, "    ")
    if found.more:
        parts.append(f"  … and {found.more:,} more")
    parts += ["", f"Chains that join the rest: {len(found.chains)}"]
    for path in found.chains:
        parts.append(wrap(" – ".join(map(lines.name, path.nodes)), width, "  ", "    "))
        parts += lines.hops(path, "    ")
    if len(found.apart) > 1:
        parts += ["", "Nothing that a path may use joins these groups:"]
        for group in found.apart:
            parts.append(wrap(", ".join(map(lines.name, group)), width, "  • ", "    "))
    told = path_text.caveat(found.paths) if found.paths else ""
    if seen:
        told = f"{told} {seen_through(seen)}".strip()
    return "\n".join([*parts, *(["", wrap(told, width)] if told else [])]) + "\n"


def to_json(graph: Graph, found: Among, seen: str = "") -> dict[str, Any]:
    """Plain values; the names of the fields are stable, paths are those of `kg path`."""
    from kg.analysis.path_text import to_json as plain

    name = graph.ledger.name

    def named(ids: Sequence[str]) -> list[dict[str, str]]:
        return [{"id": i, "name": name(i)} for i in ids]

    return {
        "lens": seen,
        "named": named(found.named),
        "ties": plain(graph, found.ties, seen),
        "shared": [
            {"id": s.id, "name": name(s.id), "paths": plain(graph, s.hops, seen)}
            for s in found.shared
        ],
        "more": found.more,
        "chains": plain(graph, found.chains, seen),
        "groups": [named(group) for group in found.apart],
    }


def ids_of(graph: Graph, given: Sequence[str]) -> list[str]:
    """The ids of names that are given, or of those in files of names.

    Raises NothingThere with every name of a file that is not one record's, NotFound and
    Ambiguous for one that is given by itself.
    """
    import os
    from pathlib import Path as FilePath

    from kg.case import name_list
    from kg.model.errors import Ambiguous, NotFound

    found: list[str] = []
    for text_ in given:
        if not os.path.isfile(text_):
            found.append(graph.find(text_))
            continue
        missing = []
        for row, name in name_list.read(FilePath(text_)):
            try:
                found.append(graph.find(name))
            except Ambiguous as several:
                ids = ", ".join(id_ for id_, _ in several.matches[:5])
                missing.append(f"row {row}: “{name}” names several: {ids}")
            except NotFound as none:
                near = ", ".join(f"{label} ({id_})" for id_, label in none.near[:2])
                missing.append(f"row {row}: nothing is called “{name}”{near and f'; near: {near}'}")
        if missing:
            told = "\n".join(f"  {line}" for line in missing)
            raise NothingThere(f"{text_}: each name must be one record's\n{told}")
    return found
