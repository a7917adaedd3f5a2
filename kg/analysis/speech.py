"""Who speaks about whom: the statements by which one entity speaks about another."""

from __future__ import annotations

from kg.model.standing import SIDES, side
from kg.store.speech import ties

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.claims import Attestation, Claim
    from kg.store.graph import Graph


def between(
    graph: Graph, start: str, end: str, directed: bool = False
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """What one end says of the other, and unless `directed` the other of it: claims and statements.

    The statements are the ids of attestations, the heaviest claim first. Cost: the claims about
    either that the other speaks of.
    """
    ways = [(start, end)] if directed else [(start, end), (end, start)]
    found: dict[str, Claim] = {}
    said: dict[str, None] = {}
    for speaker, other in ways:
        for claim, a in statements(graph, speaker, other):
            found[claim.id] = claim
            said[a.id] = None
    return tuple(found.values()), tuple(said)


def statements(graph: Graph, speaker: str, other: str) -> Iterator[tuple[Claim, Attestation]]:
    """What one says about another: each statement with its claim, the heaviest claim first."""
    claims = graph.ledger.speaking_of(other, speaker)
    for claim in sorted(claims, key=lambda c: (*c.standing.weight, c.relation, c.id)):
        meant = {
            a
            for who, whom, a in ties(claim, graph.ledger.stated)
            if (who, whom) == (speaker, other)
        }
        held = (a for a in claim.attestations if a.id in meant)
        for a in sorted(held, key=lambda a: (SIDES.index(side(a)), a.known_earliest or "9", a.id)):
            yield claim, a
