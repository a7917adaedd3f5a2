"""The graph as some sources show it: claims settled anew over a part of the attestations.

A lens keeps attestations of some documents or voices, of what was true on a day,
of what was known by one, or said between two; then every claim's status and basis
are worked out again from what is left, by the same rule as at build time. A claim
of which nothing is left is not there.
"""

from __future__ import annotations

from kg.model.clock import Clock, heard, of_the_day
from kg.model.errors import UsageError, parameter
from kg.model.record import Record
from kg.model.standing import BASES, STATUSES, alive, settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model.claims import Attestation, Claim
    from kg.store.graph import Graph


class Lens(Record):
    """What to look through. Empty fields let everything pass.

    `documents` and `voices` are ids, `no_documents` and `no_voices` those to leave out; `statuses` and `bases` hold for the claim as
    the lens shows it; the others are those of `kg.model.clock.Clock`. What no date
    answers for is left out, and its id noted in the graph's `undated`, unless
    `undated` lets it through.
    """

    documents: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    as_of: str = ""
    known_by: str = ""
    said_from: str = ""
    said_to: str = ""
    undated: bool = False
    no_documents: tuple[str, ...] = ()
    no_voices: tuple[str, ...] = ()

    @property
    def clock(self) -> Clock:
        """What it asks of time."""
        return Clock(*(getattr(self, name) for name in Clock._fields))

    @property
    def clear(self) -> bool:
        """Whether it lets everything pass."""
        return self._replace(undated=False) == Lens()

    @property
    def whole(self) -> bool:
        """Whether it shows every claim that it shows with all that is said of it."""
        return self._replace(statuses=(), bases=()).clear

    @property
    def among(self) -> dict[str, Sequence[str]]:
        """What of it a ledger looks up by itself: nothing else can be shown (`Ledger.claims`)."""
        standing = {"status": self.statuses, "basis": self.bases} if self.whole else {}
        return {"document": self.documents, "voice": self.voices, **standing}


def asked(
    graph: Graph,
    document: Sequence[str] | None = None,
    voice: Sequence[str] | None = None,
    status: Sequence[str] | None = None,
    basis: Sequence[str] | None = None,
    as_of: str = "",
    known_by: str = "",
    said: str = "",
    undated: bool = False,
) -> Lens:
    """A lens from words as typed: names, statuses and bases in any case, dates of any precision.

    A date stands for its last day; `said` is a span, ``FROM..TO``, either end may be
    left out, or one date, which means all of it. Raises NotFound or Ambiguous for a
    name, UsageError for a word or date that is none.
    """
    first, dots, last = said.partition("..")
    begin, end = _between(said, first, last if dots else first)
    return Lens(
        documents=tuple(graph.find(name) for name in document or ()),
        voices=tuple(graph.find(name) for name in voice or ()),
        statuses=words(graph, "status", status or (), STATUSES),
        bases=words(graph, "basis", basis or (), BASES),
        as_of=_day("as_of", as_of, as_of)[1],
        known_by=_day("known_by", known_by, known_by)[1],
        said_from=begin,
        said_to=end,
        undated=undated,
    )


def _between(said: str, first: str, last: str) -> tuple[str, str]:
    """The first and the last day that a span asks for."""
    if not said:
        return "", ""
    if not (first or last):
        raise UsageError(f"{parameter('said')} {said}: expected FROM..TO, as 2022-09..2022-12")
    begin, end = _day("said", first, said)[0], _day("said", last, said)[1]
    if begin and end and begin > end:
        raise UsageError(f"{parameter('said')} {said}: it ends before it begins")
    return begin, end


def _day(option: str, text: str, typed: str) -> tuple[str, str]:
    """The first and the last day that a date as typed may mean; empty for none."""
    if not text:
        return "", ""
    from kg.model import dates

    try:
        span = dates.parse(text)
    except ValueError as error:
        raise UsageError(f"{parameter(option)} {typed}: expected {error}") from error
    if not (span.earliest and span.latest) or "~" in text:
        # What has no day at an end would let everything pass, and nobody would know.
        raise UsageError(f"{parameter(option)} {typed}: expected a date that ends, as 2022-10-29")
    return span.earliest, span.latest


def words(graph: Graph, option: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Statuses, bases or stances from words as typed: in any case, in any language of the ontology.

    Raises UsageError for what is none of those known.
    """
    from kg.text.spelling import did_you_mean

    found = tuple(_word(graph, word, known) for word in given)
    for word in found:
        if word not in known:
            told = f"{parameter(option)} {word}: expected one of {', '.join(known)}"
            raise UsageError(f"{told}; {did_you_mean(word, known)}".removesuffix("; "))
    return found


def _word(graph: Graph, text: str, known: Sequence[str]) -> str:
    for word in (text, text.capitalize(), text.casefold()):
        if word in known:
            return word
    from kg.text.names import folded

    word = graph.terms.words.get(folded(text), "")
    return word if word in known else text.capitalize()


def in_words(graph: Graph, lens: Lens) -> str:
    """What a lens lets through, in words; empty if that is all."""
    return "" if lens.clear else "; ".join(_in_words(graph, lens))


def _in_words(graph: Graph, lens: Lens) -> Iterator[str]:
    for word, names in (("document", lens.documents), ("voice", lens.voices)):
        yield from (f"{word}: {graph.ledger.name(name)}" for name in names)
    if out := (*lens.no_documents, *lens.no_voices):
        yield f"without {' and '.join(map(graph.ledger.name, out))}"
    for word, terms in (("status", lens.statuses), ("basis", lens.bases)):
        if terms:
            yield f"{word}: {', '.join(terms).lower()}"
    if lens.as_of:
        yield f"true on {lens.as_of}"
    if lens.known_by:
        yield f"known by {lens.known_by}"
    if lens.said_from or lens.said_to:
        ends = (lens.said_from and f"from {lens.said_from}", lens.said_to and f"to {lens.said_to}")
        yield f"said or printed {' '.join(filter(None, ends))}"
    if lens.undated:
        yield "undated too"


class Seen:
    """A graph through a lens."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        self._graph, self._lens, self._clock = graph, lens, lens.clock

    def claims(self, claims: Iterable[Claim] | None = None) -> Iterator[Claim]:
        """Those claims (all of them if none are given) that the lens shows, settled anew."""
        held = self._graph.ledger.claims(**self._lens.among) if claims is None else claims
        if self._lens.clear:
            yield from held
            return
        for claim in held:
            seen = self._settled(claim)
            if seen and self._standing_passes(seen):
                yield seen

    def replacements(self, attestation: str) -> list[Attestation]:
        """The attestations that stand instead of one, where the lens shows them, as they live there."""
        found = self._graph.ledger.replacements(attestation)
        if self._lens.whole:
            return found
        return [self._lives(a) for a in found if self.passes(a)]

    def passes(self, a: Attestation) -> bool:
        """Whether the lens lets an attestation through, whatever the day that it speaks of."""
        return self._from(a) and heard(a, self._clock) is True

    def _from(self, a: Attestation) -> bool:
        """Whether it is of a document and a voice that the lens shows."""
        lens = self._lens
        if a.document in lens.no_documents or a.voice in lens.no_voices:
            return False
        if lens.documents and a.document not in lens.documents:
            return False
        return not lens.voices or a.voice in lens.voices

    def _lives(self, a: Attestation) -> Attestation:
        """An attestation with `living` as the lens has it."""
        ledger = self._graph.ledger
        said = [b for b in ledger.claim(a.claim).attestations if self.passes(b)]
        own = (b for b in ledger.replacements(a.id) if b.voice == a.voice)
        replaced = {a.id} if any(map(self.passes, own)) else set[str]()
        return next(b for b in alive(said, replaced) if b.id == a.id)

    def note_undated(self) -> None:
        """Note all that is left out because nothing dates it. Cost: a look at each claim; none is settled."""
        for claim in self._graph.ledger.claims(**self._lens.among):
            self._let_through(claim)

    def _settled(self, claim: Claim) -> Claim | None:
        if self._lens.whole:
            return claim
        kept = self._let_through(claim)
        if not kept:
            return None
        instead = {a.id: self.replacements(a.id) for a in kept}
        standing, marked = settle(kept, instead, claim.attestations)
        return claim._replace(standing=standing, attestations=marked)

    def _let_through(self, claim: Claim) -> list[Attestation]:
        """The attestations of a claim that the lens shows; what nothing dates is noted."""
        if self._clock.as_of and not self._begun(claim):
            return []
        said = [a for a in claim.attestations if self._from(a)]
        told = [(a, heard(a, self._clock)) for a in said]
        kept, loose = of_the_day([a for a, passes in told if passes], self._clock)
        left = [*loose, *(a for a, passes in told if passes is None)]
        self._graph.undated.update(a.id for a in left)
        return kept

    def _begun(self, claim: Claim) -> bool:
        """Whether both ends may have been there on the day: a document is not before it is out."""
        first = self._graph.first_day
        return max(first(claim.subject), first(claim.object)) <= self._clock.as_of

    def _standing_passes(self, claim: Claim) -> bool:
        lens = self._lens
        if lens.statuses and claim.standing.status not in lens.statuses:
            return False
        return not lens.bases or claim.standing.basis in lens.bases
