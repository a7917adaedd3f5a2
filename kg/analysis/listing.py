"""The ledger as lists: claims, attestations, figures.

Every row that shows a claim carries its standing. Filters pick rows and leave the
standing as it is; a lens settles claims anew over a part of the sources.
"""

from __future__ import annotations

from kg.analysis.evidence import Proof, alike
from kg.analysis.filters import Wanted, named, selected
from kg.analysis.sides import Sides, lines
from kg.model.claims import Attestation, Claim
from kg.model.record import Record
from kg.model.standing import Standing, forward, living, reading, side
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.text.figures import number, opposed, stated, values
from kg.text.phrases import as_sentence
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kg.text.qualities import Quality


class ClaimRow(Record):
    """A claim. `standing` comes out as its columns; `by` puts it forward and `against` opposes it, `sources` are the documents of both, or of what was taken back.

    `values` are the numbers put forward if it is a figure, `values_opposed` those that are opposed;
    `period` as said, `earliest` and `latest` as ISO days; `subject`, `relation`, `object` and
    `id` are ids. `evidence` has a `Proof` for each attestation, as they are read.
    """

    sentence: str
    standing: Standing
    values: tuple[str, ...]
    values_opposed: tuple[str, ...]
    period: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]
    sources: tuple[str, ...]
    earliest: str
    latest: str
    subject: str
    relation: str
    object: str
    id: str
    evidence: tuple[Proof, ...]


class AttestationRow(Record):
    """An attestation; `side` is for, against, open or withdrawn. Counts are its claim's.

    `known_by` is the first day on which it may have been said or in print, an ISO day;
    `chain`, `passage`, `digest`, `gloss`, `quote`, `quoted` and `qualities` are those of `evidence.Spoken`.
    """

    voice: str
    stance: str
    sentence: str
    value: str
    period: str
    said: str
    known_by: str
    document: str
    locator: str
    via: tuple[str, ...]
    chain: tuple[str, ...]
    passage: str
    digest: str
    gloss: str
    quote: str
    quoted: str
    party: tuple[str, ...]
    qualities: tuple[Quality, ...]
    instead_of: str
    side: str
    standing: Standing
    statement: str
    voice_id: str
    document_id: str
    claim: str
    id: str


class FigureRow(Record):
    """A number as one passage gives or rejects it.

    `stated` is the number with the stance on it (``denies 60``), `value` the number as said,
    `number` the bare one, as printed. The others are those of an `AttestationRow`.
    """

    measure: str
    subject: str
    scope: str
    stated: str
    stance: str
    value: str
    period: str
    voice: str
    via: tuple[str, ...]
    document: str
    locator: str
    chain: tuple[str, ...]
    passage: str
    digest: str
    gloss: str
    quote: str
    party: tuple[str, ...]
    qualities: tuple[Quality, ...]
    side: str
    standing: Standing
    number: str
    unit: str
    qualifier: str
    claim: str
    id: str


def claims(
    graph: Graph,
    lens: Lens,
    **filters: str,
) -> list[ClaimRow]:
    """The claims that meet every filter, by relation, subject, object; figures last.

    The filters are the fields of `kg.analysis.filters.Wanted`; what nobody dates goes where a
    time is asked for (`filters.undated` counts it).
    Raises UsageError for a term, stance or date that is none, NotFound for an id that
    is none. Cost: the claims about the entity, else of the voice, else all.
    """
    return list(each_claim(graph, lens, **filters))


def each_claim(graph: Graph, lens: Lens, **filters: str) -> Iterator[ClaimRow]:
    """The same one after the other."""
    rows = RowReader(graph, lens)
    for claim, _ in selected(graph, lens, Wanted(**filters)):
        yield rows.row(claim)


def attestations(
    graph: Graph,
    lens: Lens,
    **filters: str,
) -> list[AttestationRow]:
    """The attestations of those claims, each with its claim's standing.

    The filters are those of `claims`: `since` and `until` look at the claim's dates,
    so that an undated denial stays beside the dated assertion. Raises the same.
    """
    return list(each_attestation(graph, lens, **filters))


def each_attestation(graph: Graph, lens: Lens, **filters: str) -> Iterator[AttestationRow]:
    """The same one after the other."""
    rows = RowReader(graph, lens)
    for claim, said in selected(graph, lens, Wanted(**filters)):
        for a in sorted(said, key=reading):
            yield rows.spoken(a, claim)


def figures(
    graph: Graph,
    lens: Lens,
    *,
    entity: str = "",
    measure: str = "",
    document: str = "",
    voice: str = "",
    only: str = "",
    locator: str = "",
) -> list[FigureRow]:
    """Every number given or rejected, by measure, subject, scope, then when it was said.

    `entity` is what the number is about or counts over. Raises UsageError for a
    measure that is none, NotFound for an id that is none.
    """
    measure = named(measure, graph.terms.measures, "measure")
    rows = RowReader(graph, lens)
    wanted = Wanted(
        entity=entity, relation=measure, document=document, voice=voice, only=only, locator=locator
    )
    found = [
        rows.figure(a, claim)
        for claim, said in selected(graph, lens, wanted)
        if claim.figure
        for a in sorted(said, key=reading)
    ]
    return sorted(found, key=lambda f: (f.measure, f.subject, f.scope, f.claim))


class RowReader(Sides):
    """Reads claims and attestations into rows."""

    def row(self, claim: Claim) -> ClaimRow:
        """A claim as a row."""
        read = self.read(claim)
        by = forward(read)
        against = self.opposing(claim, read)
        numbers = any(a.value for a in read)
        # Where neither side is left, it is told where what was taken back stands.
        carried = [*by, *against] or read
        return ClaimRow(
            as_sentence(self.words.told(claim, by)),
            self.words.stood(claim),
            values(by) if numbers else (),
            values(opposed(claim)) if numbers else (),
            self.when(claim, by or living(read)),
            self.names([a.voice for a in by]),
            self.names([a.voice for a in against]),
            self.names([a.document for a in carried]),
            claim.standing.earliest,
            claim.standing.latest,
            claim.subject,
            claim.relation,
            claim.object,
            claim.id,
            tuple(map(self._proof, read)),
        )

    def _proof(self, a: Attestation) -> Proof:
        """What an attestation rests on."""
        return Proof(
            self.words.name(a.voice),
            a.stance,
            side(a),
            number(a) if a.value else "",
            self.words.name(a.document),
            a.locator,
            a.whole_chain,
            a.passage,
            a.digest,
            a.gloss,
            a.quote,
            a.parties,
            self.words.qualities(a),
            a.id,
        )

    def spoken(self, a: Attestation, claim: Claim) -> AttestationRow:
        """An attestation as a row."""
        words = self.words
        return AttestationRow(
            standing=self.words.stood(claim),
            **self._passage(a, claim),
            sentence=as_sentence(words.claim(claim)),
            said=a.said,
            known_by=a.known_earliest,
            quoted=words.quoted(a),
            instead_of=words.statement(a.instead_of) if a.instead_of else "",
            statement=words.attestation(a, claim),
            voice_id=a.voice,
            document_id=a.document,
        )

    def figure(self, a: Attestation, claim: Claim) -> FigureRow:
        """A number as a row."""
        words = self.words
        return FigureRow(
            standing=self.words.stood(claim),
            **self._passage(a, claim),
            measure=words.relation(claim.relation),
            subject=words.name(claim.subject),
            scope=words.name(claim.object) if claim.object else "",
            stated=stated(a),
            number=a.value,
            unit=a.unit,
            qualifier=a.qualifier,
        )

    def _passage(self, a: Attestation, claim: Claim) -> dict[str, Any]:
        words = self.words
        found = alike(words, a, claim)
        found["voice"], found["document"] = words.name(a.voice), words.name(a.document)
        found["via"], found["side"], found["claim"] = words.ways(a), side(a), claim.id
        return found


def text(rows: Sequence[ClaimRow | AttestationRow], width: int) -> str:
    """Rows for a terminal: the sentence, its standing, who is for and who against."""
    return "".join(line + "\n" for row in rows for line in _lines(row, width))


def _lines(row: ClaimRow | AttestationRow, width: int) -> Iterator[str]:
    if isinstance(row, ClaimRow):
        head = row.sentence + (f": {' / '.join(row.values)}" if row.values else "")
        when = f" ({'; '.join(row.period)})" if row.period else ""
        by = f"{', '.join(row.by)}{when}" if row.by else ""
        yield from lines(head, row.standing, by, row.against, row.sources, width)
        return
    yield wrap(row.statement, width, "• ", "  ")
    if row.gloss:
        yield wrap(row.gloss, width, "  ")
    if row.quote:
        yield wrap(row.quoted, width, "  ")
    aside = "; this was withdrawn" if row.side == "withdrawn" else ""
    yield wrap(f"the claim: {row.standing.words}{aside}", width, "  ")
