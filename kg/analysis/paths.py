"""Paths between two actors: the k cheapest, each hop with every claim that carries it.

A hop costs one, and more when its best claim is contested, only alleged, on a
single voice or one of opposition (an arrest is no tie); passing through an actor costs the logarithm of its claims, so that
hubs are not the answer to everything. Documents, places, groups and topics link
everything to everything: paths end there but do not pass, unless asked to.
"""

from __future__ import annotations

from itertools import pairwise

from kg.analysis.path_search import Search
from kg.model.claims import UNSURE, Hop, Path
from kg.model.record import Record
from kg.store.adjacency import Far

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.graph import Graph


class Options(Record):
    """What a path may use.

    `relations`, `statuses`, `bases` restrict the claims (empty: all relations;
    uncontested and contested; asserted and alleged). `through` names classes that
    are walked although their ontology says not to (``all`` for every one), `via`
    entities that the path must pass (in any order, or in theirs with `in_order`),
    `avoid` ones it must not. `directed` follows claims from subject to object only;
    `ties` leaves out relations of opposition, which the ontology marks as adverse; `gone` passes
    through what is no more. Relations that the ontology says not to walk are gone over if they
    are among `relations`. `spoken`
    goes from a voice to what it speaks about, too, `unsure` across records that may be one.
    """

    k: int = 3
    max_hops: int = 6
    relations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    min_voices: int = 0
    hubs: bool = False
    directed: bool = False
    ties: bool = False
    gone: bool = False
    in_order: bool = False
    spoken: bool = False
    unsure: bool = False
    seconds: float = 10.0


def find_paths(graph: Graph, start: str, end: str, options: Options | None = None) -> list[Path]:
    """The k cheapest paths between two entities, by id, cheapest first; none passes anything twice.

    The answer is the same every time, among equal costs too. Raises UsageError for an option that
    names nothing, OutOfBounds when the clock runs out: an empty list says that there is no path.
    Cost: about the entities nearer to one end than the path is long, a few milliseconds in graphs
    of millions of claims. With `via` that for each leg and each order worth trying, and again for
    each entity that two legs would both pass: exponential at worst, where the clock ends it.
    """
    try:
        search = Search(graph, options or Options())
        return [path_of(graph, search, nodes) for nodes in search.best(start, end)]
    except Far:
        return find_paths(graph.entire(), start, end, options)


def first_paths(
    graph: Graph, start: str, end: str, options: Options
) -> tuple[list[Path], bool | None]:
    """The same, and whether there are more than these; None where the clock ran out looking for one.

    Raises the same, but an answer that is found is not lost to that look.
    """
    try:
        search = Search(graph, options._replace(k=options.k + 1))
        rows = search.best(start, end, options.k)
        more = None if search.stopped else len(rows) > options.k
        return [path_of(graph, search, nodes) for nodes in rows[: options.k]], more
    except Far:
        return first_paths(graph.entire(), start, end, options)


def path_of(graph: Graph, search: Search, nodes: Sequence[int]) -> Path:
    """A row of nodes with what carries each hop."""
    hops = tuple(_hop(graph, search, a, b) for a, b in pairwise(nodes))
    return Path(hops, search.costs.price(nodes))


def _hop(graph: Graph, search: Search, a: int, b: int) -> Hop:
    """A tie in the world with its claims, ties first, then the strongest; else what there is."""
    net, known = graph.adjacency, graph.terms.relations
    start, end = net.name(a), net.name(b)
    held = search.costs.between(a, b)
    if not held:
        price, kind = search.costs.beside(a, b)
        if kind == UNSURE:
            reason = dict(graph.ledger.possibly_same(start))[end]
            return Hop(start, end, (), price, kind=kind, reason=reason)
        from kg.analysis import speech

        claims, said = speech.between(graph, start, end, search.costs.directed)
        return Hop(start, end, claims, price, kind=kind, said=said)
    claims = tuple(
        sorted(
            (graph.ledger.claim(net.mark(e)) for _, e in held),
            key=lambda c: (known[c.relation].adverse, *(*c.standing.weight, c.relation, c.id)),
        )
    )
    return Hop(start, end, claims, min(held)[0], known[claims[0].relation].adverse)
