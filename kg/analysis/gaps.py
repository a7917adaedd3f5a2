"""What the ledger lacks, and what would close each gap."""

from __future__ import annotations

from collections import Counter

from kg.analysis.filters import known
from kg.analysis.sides import Sides
from kg.analysis.statistics import most
from kg.model.claims import Attestation, Claim
from kg.model.record import Record
from kg.model.standing import SUPPORT, Standing, forward, living
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.text.phrases import as_sentence, count
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAPS = (
    "disputed-unanswered",
    "denied-only",
    "alleged-only",
    "single-voice",
    "single-side",
    "no-date",
    "no-passage",
    "undated-document",
    "unread-document",
)


class Gap(Record):
    """Something that the ledger lacks; `sentence` and standing are those of the claim.

    Where a document is what lacks, the sentence is its name, and it has no standing.
    """

    gap: str
    sentence: str
    standing: Standing
    detail: str
    closes: str
    id: str


def gaps(graph: Graph, lens: Lens, *, kind: str = "", entity: str = "") -> list[Gap]:
    """What the ledger lacks, by kind of gap, and what would close each one.

    `disputed-unanswered`: put forward and opposed, with no later support and no remark
    on the opposition. `denied-only`: opposed, and nobody says it. `alleged-only`:
    nobody vouches for it. `single-voice`: one voice, in however many documents.
    `single-side`: several voices, which speak for one another.
    `no-date`: an event that nobody dates, not even as unknown. `no-passage`: an
    attestation without its place in the text. `undated-document`: one that carries
    attestations. `unread-document`: cited by what was read, not read itself.

    A gap is no finding about the claim: it says what these documents leave open.
    `entity` keeps gaps of claims about one. Raises UsageError for another kind,
    NotFound. Cost: every claim once.
    """
    known(GAPS, kind, "kind of gap", told=True)
    found = list(_Gaps(graph, lens).all(entity))
    return sorted((g for g in found if kind in ("", g.gap)), key=_urgency)


def _urgency(gap: Gap) -> tuple[int | str, ...]:
    """By kind; then opposed first, the weaker basis first, the fewer documents first."""
    s = gap.standing
    if not s.basis:
        # Documents come in their own order, the weightiest first.
        return (GAPS.index(gap.gap),)
    order = (-s.opposing, -s.weight[0], s.documents)
    return GAPS.index(gap.gap), *order, gap.sentence, gap.id


class _Gaps:
    def __init__(self, graph: Graph, lens: Lens) -> None:
        self.ledger, self.terms = graph.ledger, graph.terms
        self.seen, self.sides = Seen(graph, lens), Sides(graph, lens)
        self.words = self.sides.words
        said = (a for claim in self.ledger.claims() for a in claim.attestations)
        self.read = {a.document for a in said}
        self.carried = Counter[str]()
        self.undated = Counter[str]()
        self.cited = Counter[str]()

    def all(self, entity: str) -> Iterator[Gap]:
        if entity:
            self.ledger.entity(entity)
        pool = self.ledger.claims_about(entity) if entity else None
        for claim in self.seen.claims(pool):
            for a in claim.attestations:
                self.carried[a.document] += 1
                if not a.said:
                    self.undated[a.document] += 1
            for name in {name for a in claim.attestations for name in a.via}:
                self.cited[name] += 1
            yield from self._of(claim)
        yield from self._documents()

    def _of(self, claim: Claim) -> Iterator[Gap]:
        held, s = living(claim.attestations), claim.standing
        support = [a for a in held if a.stance in SUPPORT]
        forth = forward(held)
        against = self.sides.opposing(claim, claim.attestations) if s.opposing else []
        if s.status == "Denied":
            names = self._names(a.voice for a in against)
            yield self._gap(
                "denied-only",
                claim,
                f"{names} opposed it; it is not put forward in these words",
                "the passage that this answers, or the claim that both sides mean",
            )
        elif against and (unanswered := self._unanswered(against, forth)):
            yield self._disputed(claim, unanswered, forth)
        if s.basis == "Alleged":
            names = self._names(a.voice for a in support)
            detail = f"{names} alleged it; it is not asserted"
            closes = "a voice that asserts it from what it knows itself, or what rules it out"
            yield self._gap("alleged-only", claim, detail, closes)
        if s.supported and s.voices == 1:
            yield self._single(claim, support)
        elif s.supported and s.sides == 1:
            spoken = dict.fromkeys(n for a in support for n in a.parties)
            detail = f"{self._names(a.voice for a in support)} speak for {self._names(spoken)}"
            closes = "a voice that does not speak for them"
            yield self._gap("single-side", claim, detail, closes)
        term = self.terms.relations.get(claim.relation)
        event = term and term.kind == "event"
        if event and forth and not any(a.period for a in held):
            days = [a.said_latest for a in support if a.said_latest]
            told = f"; told of no later than {min(days)}" if days else ""
            detail = f"an event; those who put it forward do not say when{told}"
            yield self._gap("no-date", claim, detail, "a passage that says when")
        if bare := [a for a in claim.attestations if not a.passage]:
            places = "; ".join(f"{self.words.name(a.document)}, {a.locator}" for a in bare)
            closes = "the position of the words in the document's text"
            detail = f"{count(len(bare), 'attestation')} without: {places}"
            yield self._gap("no-passage", claim, detail, closes)

    def _single(self, claim: Claim, support: Sequence[Attestation]) -> Gap:
        voice = support[0].voice
        name = self._names([voice])
        detail = f"rests on {name} alone"
        if claim.standing.documents > 1:
            detail += f", repeated in {count(claim.standing.documents, 'document')}"
        if voice in (claim.subject, claim.object):
            detail += ", which speaks of itself here"
        closes = f"a voice that does not draw on {name}"
        unread = dict.fromkeys(v for a in support for v in a.via if self._unread(v))
        if unread:
            closes += f"; not read yet: {self._names(unread)}"
        return self._gap("single-voice", claim, detail, closes)

    def _disputed(
        self, claim: Claim, unanswered: Sequence[Attestation], forward: Sequence[Attestation]
    ) -> Gap:
        names = self._names(a.voice for a in unanswered)
        detail = f"no support known to be later than what {names} said, no remark on it"
        if not all(a.said_latest for a in (*unanswered, *forward)):
            detail += "; some of it is undated"
        # Of a figure, whoever gives the number that is opposed has to answer.
        numbers = {a.value for a in unanswered}
        asked = [a for a in forward if a.value in numbers] or forward
        closes = f"what {self._names(a.voice for a in asked)} answered, or the day of each"
        return self._gap("disputed-unanswered", claim, detail, closes)

    def _unanswered(
        self, against: Sequence[Attestation], forward: Sequence[Attestation]
    ) -> list[Attestation]:
        return [
            a
            for a in against
            if not any(b.said_earliest > a.said_latest > "" for b in forward)
            and not any(b.voice != a.voice for b in self._remarks(a))
        ]

    def _remarks(self, a: Attestation) -> Iterator[Attestation]:
        about = self.ledger.claims_about(f"attestation/{a.id}")
        for claim in self.sides.any.claims(about):
            yield from living(claim.attestations)
        yield from self.sides.replacements(a)

    def _documents(self) -> Iterator[Gap]:
        for name, said in most(self.carried):
            if not self.terms.value(self.ledger.entity(name), "PublishedOn"):
                bare = self.undated[name]
                detail = f"no date; nor have {bare:,} of its {count(said, 'attestation')}"
                closes = "when it was published; until then it is open what was known by when"
                yield self._about("undated-document", name, detail, closes)
        for name, claims in most(self.cited):
            if self._unread(name):
                detail = f"{count(claims, 'claim')} drawn from it through other documents"
                closes = "its own passages, entered beside those that cite it"
                yield self._about("unread-document", name, detail, closes)

    def _unread(self, name: str) -> bool:
        """A document that others cite and from which no row was taken."""
        return name not in self.read and self._is_document(name)

    def _about(self, kind: str, name: str, detail: str, closes: str) -> Gap:
        return Gap(kind, self.words.name(name), Standing(), detail, closes, name)

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(self._name(i) for i in dict.fromkeys(ids))

    def _name(self, id_: str) -> str:
        """A name, a document's in quotation marks: many are whole sentences."""
        name = self.words.name(id_)
        return f"“{name}”" if self._is_document(id_) else name

    def _is_document(self, id_: str) -> bool:
        return self.terms.is_a(self.ledger.entity(id_).kind, "Document")

    def _gap(self, kind: str, claim: Claim, detail: str, closes: str) -> Gap:
        return Gap(
            kind,
            as_sentence(self.words.claim(claim)),
            self.words.stood(claim),
            detail,
            closes,
            claim.id,
        )


def text(found: Sequence[Gap], width: int, *, each: int = 10) -> str:
    """Gaps for a terminal, by kind, at most so many of `each` (0: all), the others counted."""
    return "".join(line + "\n" for line in _lines(found, width, each))


def _lines(found: Sequence[Gap], width: int, each: int) -> Iterator[str]:
    for kind in GAPS:
        group = [g for g in found if g.gap == kind]
        if group:
            yield f"{kind} ({len(group):,})"
        for gap in group[: each or None]:
            yield wrap(gap.sentence, width, "  • ", "    ")
            if gap.standing.words:
                yield wrap(gap.standing.words, width, "    ")
            yield wrap(gap.detail, width, "    ")
            yield wrap(f"to close it: {gap.closes}", width, "    ", "      ")
        if each and len(group) > each:
            yield f"  … and {len(group) - each:,} more"
