"""All that each record is called: its own names, and those that a document calls it by."""

from __future__ import annotations

from kg.model.claims import named
from kg.model.ontology import CALLED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model.claims import Entity
    from kg.store.graph import Graph


def called(
    graph: Graph, kinds: Sequence[str] | frozenset[str] = ()
) -> Iterator[tuple[Entity, tuple[str, ...]]]:
    """Every entity of some classes, all if none is given, with its names, each once, by id.

    Events are left out: they are called by the sentence of what they are. A name that is denied is
    none. Cost: every entity once.
    """
    used: dict[str, list[str]] = {}
    for claim in graph.ledger.claims((CALLED,)):
        if claim.supported:
            used.setdefault(claim.subject, []).append(named(claim.object)[1])
    for e in graph.ledger.entities():
        if (kinds and e.kind not in kinds) or graph.terms.is_event(e.kind):
            continue
        own = (e.name, *(n for _, n in e.names), *e.aliases, *used.get(e.id, ()))
        yield e, tuple(dict.fromkeys(filter(None, own)))
