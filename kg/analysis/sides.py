"""Who is for a claim and who against it, as a lens shows them: what every row of a claim tells."""

from __future__ import annotations

from kg.analysis.evidence_text import MARK
from kg.model.claims import Attestation, Claim
from kg.model.standing import BASIS_OF, FORWARD, OPPOSITION, TENTATIVE, forward, living, reading
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.store.seen_graph import through
from kg.text.sentences import Wording
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from kg.model.standing import Standing


_TENTATIVE = tuple(BASIS_OF[stance] for stance in TENTATIVE)


class Sides:
    """Tells the sides of claims of a graph through a lens."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        self.graph, self.lens = graph, lens
        self.words = Wording(through(graph, lens).ledger, graph.terms)
        # What speaks against a claim counts whatever its own claim's standing is.
        self.any = Seen(graph, lens._replace(statuses=(), bases=()))

    def read(self, claim: Claim) -> Sequence[Attestation]:
        """Its attestations in the order in which they are read."""
        said = claim.attestations
        return said if len(said) == 1 else sorted(said, key=reading)

    def forward(self, claim: Claim) -> list[Attestation]:
        """Those that put it forward and count: support, else what only announces or asks."""
        return forward(self.read(claim))

    def against(self, claim: Claim) -> list[Attestation]:
        """Those that oppose it, and what other voices put in its place."""
        return self.opposing(claim, self.read(claim))

    def opposing(self, claim: Claim, said: Iterable[Attestation]) -> list[Attestation]:
        """The same, in the order in which its attestations are given."""
        found = [a for a in said if a.living and a.stance in OPPOSITION]
        opposing = claim.standing.opposing
        if opposing and opposing > len({a.voice for a in found}):
            # What stands instead of a denial is no opposition to the claim.
            for a in (a for a in claim.attestations if a.stance in FORWARD):
                found += [b for b in self.replacements(a) if b.voice != a.voice]
        return found

    def replacements(self, a: Attestation) -> list[Attestation]:
        """What stands instead of an attestation, where the lens shows it and it lives."""
        return living(self.any.replacements(a.id))

    def both(self, claim: Claim, by: Sequence[Attestation]) -> dict[str, Any]:
        """The fields of a row that hold both sides of a claim."""
        against = self.against(claim)
        # Where neither side is left, it is told where what was taken back stands.
        carried = (*by, *against) or self.read(claim)
        return {
            "by": self.names(a.voice for a in by),
            "against": self.names(a.voice for a in against),
            "sources": self.names(a.document for a in carried),
        }

    def periods(self, claim: Claim) -> tuple[str, ...]:
        """When, as those say who put it forward, else as any living attestation does."""
        return self.when(claim, self.forward(claim) or living(claim.attestations))

    def when(self, claim: Claim, said: Iterable[Attestation]) -> tuple[str, ...]:
        """The periods that some of its attestations give, the first first."""
        dated = [a for a in said if a.period]
        if len(dated) > 1:
            dated.sort(key=lambda a: (a.earliest or a.latest, a.id))
        return tuple(dict.fromkeys([self.words.period(a, claim) for a in dated]))

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The names of entities, each once."""
        return tuple(map(self.words.name, dict.fromkeys(ids)))


def lines(
    head: str,
    standing: Standing,
    by: str,
    against: Sequence[str],
    sources: Sequence[str],
    width: int,
    side: str = "",
) -> Iterator[str]:
    """A row of a claim for a terminal: its head, standing, both sides and documents.

    `side` is the one that `by` take; left out, what the claim rests on tells it: those who only
    announce or ask have put nothing forward as so.
    """
    taken = side or ("open" if standing.basis in _TENTATIVE else "for")
    yield wrap(head, width, "• ", "  ")
    yield wrap(standing.words, width, "  ")
    if by:
        yield wrap(by, width, f"    {MARK[taken]} ", "      ")
    if against:
        yield wrap(", ".join(against), width, f"    {MARK['against']} ", "      ")
    if sources:
        yield wrap(f"in {'; '.join(sources)}", width, "    ", "      ")
