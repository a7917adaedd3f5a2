"""The graph as some sources show it: claims settled anew over a part of the attestations.

A lens keeps attestations of some documents or voices, of what was true on a day,
or of what was known by one; then every claim's status and basis are worked out
again from what is left, by the same rules as at build time. A claim of which
nothing is left is not there.
"""

from __future__ import annotations

from kg.model.errors import NotFound, UsageError, parameter
from kg.model.record import Record
from kg.model.standing import BASES, STATUSES, settle
from kg.store.graph import Graph
from kg.store.ledger import Ledger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model.claims import Attestation, Claim
    from kg.store.adjacency import Adjacency


class Lens(Record):
    """What to look through. Empty fields let everything pass.

    `documents` and `voices` are ids; `statuses` and `bases` hold for the claim as
    the lens shows it. `as_of` is an ISO day on which the claim's period must hold:
    what is undated stays. `known_by` is an ISO day by which the attestation must
    have been said or in print: what nothing dates goes.
    """

    documents: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    as_of: str = ""
    known_by: str = ""

    @property
    def clear(self) -> bool:
        """Whether it lets everything pass."""
        return not any(self)


def asked(
    graph: Graph,
    document: Sequence[str] | None = None,
    voice: Sequence[str] | None = None,
    status: Sequence[str] | None = None,
    basis: Sequence[str] | None = None,
    as_of: str = "",
    known_by: str = "",
) -> Lens:
    """A lens from words as typed: names, statuses and bases in any case, dates of any precision.

    A date stands for its last day. Raises NotFound or Ambiguous for a name,
    UsageError for a word or date that is none.
    """
    from kg.model import dates

    def day(option: str, text: str) -> str:
        try:
            last = dates.parse(text).latest
        except ValueError as error:
            raise UsageError(f"{parameter(option)} {text}: expected {error}") from error
        if text and not last:
            # What has no last day would let everything pass, and nobody would know.
            raise UsageError(
                f"{parameter(option)} {text}: expected a date that ends, as 2022-10-29"
            )
        return last

    return Lens(
        tuple(graph.find(name) for name in document or ()),
        tuple(graph.find(name) for name in voice or ()),
        _words("status", status or (), STATUSES),
        _words("basis", basis or (), BASES),
        day("as_of", as_of),
        day("known_by", known_by),
    )


def _words(option: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    from kg.text.spelling import did_you_mean

    found = tuple(word.capitalize() for word in given)
    for word in found:
        if word not in known:
            told = f"{parameter(option)} {word}: expected one of {', '.join(known)}"
            raise UsageError(f"{told}; {did_you_mean(word, known)}".removesuffix("; "))
    return found


class Seen:
    """A graph through a lens."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        self._graph, self._lens = graph, lens
        self._published: dict[str, str] = {}

    def claims(self, claims: Iterable[Claim] | None = None) -> Iterator[Claim]:
        """Those claims (all of them if none are given) that the lens shows, settled anew."""
        for claim in self._graph.ledger.claims() if claims is None else claims:
            seen = self._settled(claim)
            if seen and self._standing_passes(seen):
                yield seen

    def known(self, a: Attestation) -> str:
        """The first day on which it may have been said or in print; empty if nothing dates it.

        The day it was said, else the earliest date of its document and of the
        documents that it was taken from.
        """
        if a.said:
            return a.said_earliest
        own = a.said_earliest or self._date(a.document)
        days = [d for d in (own, *map(self._date, a.via)) if d]
        return min(days, default="")

    def _date(self, name: str) -> str:
        if name not in self._published:
            from kg.model.dates import parse

            # Of several dates, since records were merged, none may make known what was not yet.
            entity = self._graph.ledger.entity(name)
            days = (parse(v).earliest for v in self._graph.terms.values(entity, "PublishedOn"))
            self._published[name] = max(days, default="")
        return self._published[name]

    def _settled(self, claim: Claim) -> Claim | None:
        if self._lens.clear:
            return claim
        kept = tuple(a for a in claim.attestations if self.passes(a))
        if not kept:
            return None
        standing, marked = settle(kept, *self._replaced(kept))
        return claim._replace(standing=standing, attestations=marked)

    def _replaced(self, kept: Iterable[Attestation]) -> tuple[set[str], dict[str, list[str]]]:
        """What rows that the lens shows take back or reject."""
        withdrawn: set[str] = set()
        rejected: dict[str, list[str]] = {}
        for a in kept:
            for other in self._graph.ledger.replacements(a.id):
                if not self.passes(other):
                    continue
                if other.voice == a.voice:
                    withdrawn.add(a.id)
                else:
                    rejected.setdefault(a.id, []).append(other.voice)
        return withdrawn, rejected

    def passes(self, a: Attestation) -> bool:
        """Whether the lens lets an attestation through."""
        lens = self._lens
        if lens.documents and a.document not in lens.documents:
            return False
        if lens.voices and a.voice not in lens.voices:
            return False
        if lens.as_of:
            begun = not a.earliest or a.earliest <= lens.as_of
            lasting = not a.latest or a.latest >= lens.as_of or self._ongoing(a)
            if not (begun and lasting):
                return False
        if lens.known_by:
            day = self.known(a)
            return bool(day) and day <= lens.known_by
        return True

    def _ongoing(self, a: Attestation) -> bool:
        """A state whose end the text does not tell, or events, which stay true once they were."""
        return " – " not in a.period

    def _standing_passes(self, claim: Claim) -> bool:
        lens = self._lens
        if lens.statuses and claim.standing.status not in lens.statuses:
            return False
        return not lens.bases or claim.standing.basis in lens.bases


def through(graph: Graph, lens: Lens) -> Graph:
    """The graph as the lens shows it, for everything that reads a graph but SPARQL.

    Cost: what is read is settled anew; a path search makes the adjacency of all
    that the lens shows first.
    """
    return graph if lens.clear else _Lensed(graph, lens)


class _Lensed(Graph):
    def __init__(self, graph: Graph, lens: Lens) -> None:
        super().__init__(graph.folder, graph.out, graph.base)
        self._seen = _SeenLedger(graph, lens)
        self._ledger = self._seen

    @property
    def adjacency(self) -> Adjacency:
        if self._adjacency is None:
            import os
            import tempfile

            from kg.store.adjacency import Adjacency, Builder

            builder = Builder((e.id, e.kind) for e in self._seen.entities())
            for claim in self._seen.claims():
                builder.add(claim)
            walked = {k: self.terms.walked(k) for k in self.terms.classes}
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "adjacency.bin")
                builder.write(path, walked)
                # The mapping outlives the file's name.
                self._adjacency = Adjacency(path)
        return self._adjacency


class _SeenLedger(Ledger):
    def __init__(self, graph: Graph, lens: Lens) -> None:
        super().__init__(graph.part("ledger.sqlite"))
        self._eye = Seen(graph, lens)

    def claim(self, id_: str) -> Claim:
        for claim in self._eye.claims([super().claim(id_)]):
            return claim
        raise NotFound(id_)

    def claims_about(self, entity: str) -> list[Claim]:
        return list(self._eye.claims(super().claims_about(entity)))

    def claims(self) -> Iterator[Claim]:
        return self._eye.claims(super().claims())

    def said_by(self, voice: str) -> list[Claim]:
        return list(self._eye.claims(super().said_by(voice)))

    def replacements(self, attestation: str) -> list[Attestation]:
        return [a for a in super().replacements(attestation) if self._eye.passes(a)]
