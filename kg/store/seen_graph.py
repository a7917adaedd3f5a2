"""A graph and its ledger as a lens shows them, for everything that reads a graph."""

from __future__ import annotations

from kg.model.errors import NotFound
from kg.store.graph import Graph
from kg.store.ledger import Ledger
from kg.store.lens import Seen, in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model.claims import Attestation, Claim
    from kg.store.adjacency import Adjacency
    from kg.store.lens import Lens
    from kg.store.speech import Speech


def through(graph: Graph, lens: Lens) -> Graph:
    """The graph as the lens shows it, for everything that reads a graph but SPARQL.

    Cost: what is read is settled anew; a path search makes the adjacency of all
    that the lens shows first.
    """
    return graph if lens.clear else _SeenGraph(graph, lens)


class _SeenGraph(Graph):
    def __init__(self, graph: Graph, lens: Lens) -> None:
        super().__init__(graph.folder, graph.out, graph.base)
        self.undated, self.say, self._taken = graph.undated, graph.say, graph._taken
        self.seen = "; ".join(filter(None, (graph.seen, in_words(graph, lens))))
        self._whole, self._seen = graph, graph.seen_ledger(lens)
        self._ledger = self._seen

    @property
    def speech(self) -> Speech:
        if self._speech is None:
            import os
            import tempfile

            from kg.store.speech import Builder, Speech

            builder = Builder(e.id for e in self._seen.entities())
            for claim in self._seen.claims():
                builder.add(claim, self._seen.stated)
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "speech.bin")
                builder.write(path)
                self._speech = Speech(path)
        return self._speech

    @property
    def adjacency(self) -> Adjacency:
        if self._adjacency is None:
            gone = None
            if self._seen.day and self.terms.ending:
                held = self._seen.entities()
                gone = [e.id for e in held if self.terms.ended(e, self._seen.day)]
            self._adjacency = self._whole.adjacency.showing(self._seen.claims(), gone)
        return self._adjacency


class SeenLedger(Ledger):
    """The rows of a graph as a lens shows them."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        super().__init__(graph.part("ledger.sqlite"))
        self.look(graph, lens)

    def look(self, graph: Graph, lens: Lens) -> None:
        """Look through a lens from here on."""
        self._eye, self._among = Seen(graph, lens), lens.among
        self.day = lens.as_of

    def claim(self, id_: str) -> Claim:
        """A claim as the lens shows it. Raises NotFound where it does not."""
        if claim := self.visible(id_):
            return claim
        raise NotFound(id_)

    @property
    def partial(self) -> bool:
        """That it shows only what a lens lets through."""
        return True

    def shown(self, a: Attestation) -> bool:
        """Whether the lens lets an attestation through."""
        return self._eye.passes(a)

    def visible(self, id_: str) -> Claim | None:
        """A claim, or None where the lens does not show it. Raises NotFound for what is none."""
        return next(self._eye.claims([super().claim(id_)]), None)

    def unseen(self, claim: Claim) -> int:
        """How many more voices speak of a claim than the lens lets through."""
        seen = {a.voice for a in claim.attestations}
        return len({a.voice for a in self.whole(claim.id).attestations} - seen)

    def claims_about(self, entity: str) -> list[Claim]:
        """Those of the claims about an entity that the lens shows."""
        return list(self._eye.claims(super().claims_about(entity)))

    def claims(self, relations: Sequence[str] = (), **among: Sequence[str]) -> Iterator[Claim]:
        """Those of all claims that the lens shows, settled one by one as they are asked for."""
        # What stands so or so in the whole need not in what the lens shows.
        return self._eye.claims(super().claims(relations, **self._among | among))

    def qualified(self) -> Iterator[Claim]:
        """Those of which a row says something besides, whether or not the lens shows that row."""
        return self._eye.claims(super().qualified())

    def said_by(self, voice: str) -> list[Claim]:
        """Those on which a voice has spoken."""
        return list(self._eye.claims(super().said_by(voice)))

    def standing_in(self, document: str) -> list[Claim]:
        """Those of which a document has a passage."""
        return list(self._eye.claims(super().standing_in(document)))

    def speaking_of(self, entity: str, voice: str = "") -> list[Claim]:
        """Those about an entity and its statements."""
        return list(self._eye.claims(super().speaking_of(entity, voice)))

    def replacements(self, attestation: str) -> list[Attestation]:
        """The attestations that stand instead of one, where the lens shows them."""
        return self._eye.replacements(attestation)
