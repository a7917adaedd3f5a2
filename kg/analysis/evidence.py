"""A claim with everything that speaks for and against it, worded, as plain values.

What `show`, `path` and the page print of a claim is this, so that no output can
show a claim without its standing, its voices and its documents.
"""

from __future__ import annotations

from operator import attrgetter

from kg.model.claims import TEXTS, Attestation, Claim
from kg.model.record import Record
from kg.model.standing import FORWARD, SIDES, Standing, living, side
from kg.store.graph import Graph
from kg.text.figures import number, stated
from kg.text.phrases import SPOKE, as_sentence
from kg.text.sentences import Wording, besides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.text.qualities import Quality


_texts = attrgetter(*TEXTS)


class Spoken(Record):
    """An attestation in words. `side` is ``for``, ``against``, ``open`` or ``withdrawn``.

    `chain` has the ids from document to voice, one text for each way; `passage` is where in
    the document's text it stands, `digest` the passage's, `quote` its words, where the case
    may quote them; `gloss` is the editors'. `stated` is a figure with its stance, `number`
    the bare one; `qualities` are what it says of the claim besides; `instead_of` is in words
    what it stands in place of, `elsewhere` what it puts there where that is another claim.
    `party` has the ids of those for whom the voice spoke. `grade` is how far the editors trust its document, `archived` where a copy of it is kept.
    """

    id: str
    side: str
    stance: str
    voice: str
    voice_name: str
    document: str
    document_name: str
    locator: str
    place: str
    via: tuple[str, ...]
    via_names: tuple[str, ...]
    period: str
    said: str
    known: str
    gloss: str
    quote: str
    quoted: str
    chain: tuple[str, ...]
    passage: str
    digest: str
    value: str
    stated: str
    number: str
    unit: str
    qualifier: str
    qualities: tuple[Quality, ...]
    instead_of: str
    sentence: str
    remarks: tuple[str, ...]
    grade: str = ""
    archived: str = ""
    party: tuple[str, ...] = ()
    elsewhere: str = ""

    @property
    def stands(self) -> str:
        """What its voice did, with what that is on where that is more than the claim: a number, qualities,
        another claim that it puts in the place of this one."""
        if self.elsewhere:
            return f"{SPOKE[self.stance]} that {self.elsewhere}"
        return (
            f"{SPOKE[self.stance]}{f' {self.value}' if self.value else ''}{besides(self.qualities)}"
        )


class Proof(Record):
    """What one attestation of a claim rests on, in short: the evidence of a row of a list."""

    voice: str
    stance: str
    side: str
    value: str
    document: str
    locator: str
    chain: tuple[str, ...]
    passage: str
    digest: str
    gloss: str
    quote: str
    party: tuple[str, ...]
    qualities: tuple[Quality, ...]
    id: str

    def __str__(self) -> str:
        """On one line, for a cell."""
        value = f" {self.value}" if self.value else ""
        spoke = f"{SPOKE[self.stance]}{value}{besides(self.qualities)}"
        return in_line(self.voice, spoke, self.document, self.locator, self.passage)


def in_line(voice: str, spoke: str, document: str, locator: str, passage: str) -> str:
    """Who said it and where, on one line; `spoke` with the number and whatever stands with it."""
    place = ", ".join([part for part in (document, locator, passage) if part])
    return f"{voice} {spoke}: {place}"


def _taken(a: Attestation) -> str:
    """``denied that``, ``questioned whether``."""
    return f"{SPOKE[a.stance]} {'whether' if a.stance == 'questions' else 'that'}"


class Told(Record):
    """A claim in words, with its attestations: support first, then opposition.

    Of a `symmetric` relation it says the same of both ends. `clause` is the claim alone,
    `sentence` with what those who put it forward say besides.
    """

    id: str
    subject: str
    subject_name: str
    relation: str
    relation_label: str
    inverse_label: str
    object: str
    object_name: str
    figure: bool
    symmetric: bool
    clause: str
    sentence: str
    standing: Standing
    earliest: str
    latest: str
    spoken: tuple[Spoken, ...]


def alike(words: Wording, a: Attestation, claim: Claim) -> dict[str, Any]:
    """What every record of an attestation says of it in the same words, by field."""
    found: dict[str, Any] = dict(zip(TEXTS, _texts(a), strict=True))
    found["id"], found["stance"], found["chain"] = a.id, a.stance, a.whole_chain
    found["period"] = words.period(a, claim) if a.period else ""
    found["value"] = number(a) if a.value else ""
    found["party"], found["qualities"] = a.parties, words.qualities(a)
    return found


class Teller:
    """Tells claims of one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.words = Wording(graph.ledger, graph.terms)
        self._kept: dict[str, tuple[str, str]] = {}

    def tell(self, claim: Claim) -> Told:
        """A claim with its evidence."""
        spoken = [self._spoken(a, claim) for a in claim.attestations]
        spoken += self._rejections(claim)
        spoken.sort(
            key=lambda s: (SIDES.index(s.side), s.known or "9", s.document, s.locator, s.id)
        )
        return Told(
            id=claim.id,
            subject=claim.subject,
            subject_name=self.words.name(claim.subject),
            relation=claim.relation,
            relation_label=self.words.relation(claim.relation),
            inverse_label=self.words.inverse(claim.relation),
            object=claim.object,
            object_name=self.words.name(claim.object) if claim.object else "",
            figure=claim.figure,
            symmetric=self.words.symmetric(claim.relation),
            clause=as_sentence(self.words.bare(claim)),
            sentence=as_sentence(self.words.claim(claim)),
            standing=self.words.stood(claim),
            earliest=claim.standing.earliest,
            latest=claim.standing.latest,
            spoken=tuple(spoken),
        )

    def _spoken(self, a: Attestation, claim: Claim, taken: str = "") -> Spoken:
        words = self.words
        grade, archived = self._source(a.document)
        return Spoken(
            **alike(words, a, claim),
            side=taken or side(a),
            voice=a.voice,
            voice_name=words.name(a.voice),
            document=a.document,
            document_name=words.name(a.document),
            place=words.source(a),
            via=a.via,
            via_names=words.ways(a),
            said=a.said,
            known=a.known_earliest,
            quoted=words.quoted(a),
            stated=stated(a),
            number=a.value,
            unit=a.unit,
            qualifier=a.qualifier,
            instead_of=words.statement(a.instead_of) if a.instead_of else "",
            sentence=words.attestation(a, claim),
            remarks=tuple(self._remarks(a)),
            grade=grade,
            archived=archived,
        )

    def _source(self, document: str) -> tuple[str, str]:
        """What the editors say of a document itself: its grade, where a copy of it is."""
        if document not in self._kept:
            terms, held = self.graph.terms, self.graph.ledger.entity(document)
            self._kept[document] = terms.value(held, "Grade"), terms.value(held, "ArchivedAt")
        return self._kept[document]

    def _rejections(self, claim: Claim) -> Iterator[Spoken]:
        """What other voices put in the place of one of the claim's attestations."""
        for a in claim.attestations:
            if a.stance not in FORWARD:
                continue
            for other in self.graph.ledger.replacements(a.id):
                if other.voice != a.voice:
                    instead = self.graph.ledger.whole(other.claim)
                    taken = "against" if other.living else "withdrawn"
                    elsewhere = "" if instead.id == claim.id else self.words.said(instead, other)
                    yield self._spoken(other, instead, taken)._replace(elsewhere=elsewhere)

    def _remarks(self, a: Attestation) -> Iterator[str]:
        """What is said of this very attestation: for whom it speaks, a verdict, a correction."""
        if a.parties:
            yield f"{self.words.name(a.voice)} spoke for {' and '.join(map(self.words.name, a.parties))}"
        for claim in self.graph.ledger.claims_about(f"attestation/{a.id}"):
            for other in living(claim.attestations):
                term = self.graph.terms.relations[claim.relation]
                remark = f"{self.words.name(claim.subject)} {term.label} it"
                if other.stance != "asserts":
                    # That somebody rejects it may itself be alleged, asked or denied.
                    remark = f"{self.words.name(other.voice)} {_taken(other)} {remark}"
                gloss = f": {other.gloss}" if other.gloss else ""
                yield f"{remark} ({self.words.source(other)}){gloss}"
        for other in self.graph.ledger.replacements(a.id):
            if other.voice == a.voice and other.living:
                instead = self.words.said(self.graph.ledger.whole(other.claim), other)
                if other.stance != "asserts":
                    instead = f"{_taken(other)} {instead}"
                yield f"Replaced by the same voice: {instead} ({self.words.source(other)})"
