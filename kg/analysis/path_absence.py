"""Why there is no path: the restrictions that have to go for one to be there."""

from __future__ import annotations

import time
from itertools import pairwise

from kg.analysis.path_search import Search
from kg.model.errors import OutOfBounds, parameter
from kg.model.standing import BASES, EDGE, STATUSES, WALKED
from kg.text.terminal import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kg.analysis.paths import Options
    from kg.store.graph import Graph

MOST_HOPS = 12


class _Loosening:
    """One restriction taken off, and how a path found without it is told of."""

    def __init__(self, words: str, **options: Any) -> None:
        self.words, self.options = words, options


PLACES = f"through {{}}, which paths do not pass by default ({parameter('through')})"
GONE = f"through what is no more, {{}} ({parameter('gone')})"
STANDING = f"over what is {{}} ({parameter('status')}, {parameter('basis')})"


def why_none(
    graph: Graph, start: str, end: str, options: Options, whole: Graph | None = None
) -> str:
    """Why there is no path, found by taking off restrictions; call it where there is none.

    Each alone first, in the order of the list below; then all, and of those as many put
    back as a path allows. `whole` is the graph without the lens, if there is one. Cost: a
    few searches, all within `options.seconds`; what they leave open is said to be open.
    """
    # What is not there is looked for everywhere.
    graph = graph.entire()
    said = f"no path of at most {count(options.max_hops, 'hop')}"
    if options.relations:
        said += f" by {', '.join(options.relations)}"
    deadline = time.monotonic() + options.seconds
    try:
        return f"{said}; {_without(graph, start, end, options, whole, deadline)}"
    except OutOfBounds:
        return (
            f"{said}; whether one exists with fewer restrictions was not settled "
            f"in {options.seconds:g} s"
        )


def _without(
    graph: Graph, start: str, end: str, options: Options, whole: Graph | None, deadline: float
) -> str:
    def tried(taken_off: Sequence[_Loosening], where: Graph = graph) -> str:
        """What is told of the path there is without these restrictions; empty if there is none."""
        wider = options._replace(k=1)
        for one in taken_off:
            wider = wider._replace(**one.options)
        search = Search(where, wider, deadline)
        found = search.best(start, end)
        return _told(where, search, found[0], taken_off) if found else ""

    known = list(_loosenings(graph, options))
    for one in known:
        if told := tried([one]):
            return told
    lens = whole is not None and whole is not graph
    if whole is not None and lens and (told := tried([], whole)):
        return f"{told} outside this lens"
    for one in _aside(options):
        if told := tried([one]):
            return told
    if not (told := tried(known)):
        seen = "claims that the lens shows" if lens else "claims"
        hops = max(MOST_HOPS, options.max_hops)
        return f"nor is there one of at most {hops} hops over any {seen}, through anything"
    needed = known
    for one in reversed(known):
        fewer = [n for n in needed if n is not one]
        if found := tried(fewer):
            needed, told = fewer, found
    return told


def _told(graph: Graph, search: Search, nodes: Sequence[int], needed: Sequence[_Loosening]) -> str:
    words = []
    for one in needed:
        what = ""
        if one.words == PLACES:
            what = ", ".join(
                sorted({_label(graph, n) for n in nodes[1:-1] if not _walked(graph, n)})
            )
        elif one.words == GONE:
            gone = {*graph.adjacency.gone}
            what = ", ".join(
                graph.ledger.name(graph.adjacency.name(n)) for n in nodes[1:-1] if n in gone
            )
        elif one.words == STANDING:
            what = ", ".join(sorted(_standings(graph, search, nodes)))
        words.append(one.words.format(what))
    hops = f"{len(nodes) - 1} hop{'s' * (len(nodes) > 2)}"
    return f"one of {hops} exists {' and '.join(words)}".rstrip()


def _walked(graph: Graph, node: int) -> bool:
    return graph.adjacency.walked[graph.adjacency.kind[node]]


def _label(graph: Graph, node: int) -> str:
    kind = graph.adjacency.kinds[graph.adjacency.kind[node]]
    return f"“{graph.terms.classes[kind].label or kind}”"


def _standings(graph: Graph, search: Search, nodes: Sequence[int]) -> Iterator[str]:
    """The statuses and bases of the claims that paths are not asked to walk over."""
    net = graph.adjacency
    for a, b in pairwise(nodes):
        if not (held := search.costs.between(a, b)):
            continue
        edge = min(held)[1]
        status, basis = net.statuses[net.status[edge]], net.bases[net.basis[edge]]
        if status not in WALKED:
            yield status.lower()
        if basis not in (*EDGE, "Unsupported"):
            yield basis.lower()


def _loosenings(graph: Graph, o: Options) -> Iterator[_Loosening]:
    """Every restriction that there is."""
    if o.max_hops < MOST_HOPS:
        yield _Loosening(f"({parameter('max_hops')})", max_hops=MOST_HOPS)
    if o.directed:
        yield _Loosening(f"without {parameter('directed')}", directed=False)
    if o.via and o.in_order and len(o.via) > 1:
        yield _Loosening(f"in another order of what {parameter('via')} asks for", in_order=False)
    if o.ties:
        against = f"by relations of opposition, which {parameter('ties')} leaves out"
        yield _Loosening(against, ties=False)
    if o.relations:
        yield _Loosening("by other relations", relations=())
    standing = {
        "status": bool(o.statuses),
        "basis": bool(o.bases),
        "min_voices": bool(o.min_voices),
    }
    given = [parameter(name) for name, is_given in standing.items() if is_given]
    if given:
        words = "without " + " and ".join(filter(None, [", ".join(given[:-1]), given[-1]]))
        yield _Loosening(words, statuses=(), bases=(), min_voices=0)
    if o.avoid:
        yield _Loosening(f"through what {parameter('avoid')} excludes", avoid=())
    if o.via:
        yield _Loosening(f"that does not pass what {parameter('via')} asks for", via=())
    if len(graph.adjacency.gone) and not o.gone:
        yield _Loosening(GONE, gone=True)
    if any(not t.walked for t in graph.terms.relations.values()) and not o.relations:
        names = tuple(graph.adjacency.relations)
        yield _Loosening(
            f"by relations that are no ties ({parameter('relation')})", relations=names
        )
    if o.through != ("all",):
        yield _Loosening(PLACES, through=("all",))
    if set(o.statuses) != set(STATUSES) or set(o.bases) != set(BASES):
        yield _Loosening(STANDING, statuses=STATUSES, bases=BASES)


def _aside(o: Options) -> Iterator[_Loosening]:
    """What is no tie in the world, and is walked only when asked for."""
    if not o.unsure:
        words = f"across records that may be the same ({parameter('unsure')})"
        yield _Loosening(words, unsure=True)
    if not o.spoken:
        words = f"over what one says about another ({parameter('spoken')}), which is no tie"
        yield _Loosening(words, spoken=True)
