"""What is said of an entity, and by it, in the order of time; what has no date as it came out.

A claim stands at the time of which it is said. Where nobody says a time it stands in brackets: at
the day on which it was said, where a text tells that, else at the day on which it was in print.
"""

from __future__ import annotations

from kg.analysis.filters import Wanted, selected
from kg.analysis.sides import Sides, lines
from kg.model.claims import Attestation, Claim, Entity
from kg.model.record import Record
from kg.model.standing import Standing, living, reading, side
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.text.figures import values
from kg.text.phrases import as_sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What a moment's day is the day of; what has none comes last.
PLACED = ("so", "said", "printed", "publication", "")


class Moment(Record):
    """A claim at a period as said, or a document when it was published. `by` say it of then.

    `placed` tells what `day` is the day of: ``so`` (it was so then), ``said`` and ``printed``
    (nobody tells when it was so; then it was said, or in print), ``publication`` (a document), or
    nothing (no date at all). `period` is that time in words.
    Where `side` is not ``for``, the sentence names who announces, asks or rejects it.
    """

    period: str
    sentence: str
    side: str
    standing: Standing
    values: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]
    sources: tuple[str, ...]
    earliest: str
    latest: str
    id: str
    placed: str
    day: str


def timeline(graph: Graph, entity: str, lens: Lens) -> list[Moment]:
    """What is claimed of an entity, what it says, and its documents, in the order of days.

    A claim that voices date differently is there once for each period as said; a statement whose
    day is told, once for that day; anything else where it was in print first. What is said to be
    of an unknown time comes after the dated, what nothing dates last. Raises NotFound. Cost: the
    entity's claims and statements; one look at each record, for the documents that it made.
    """
    rows = _Rows(graph, lens)
    held = [claim for claim, _ in selected(graph, lens, Wanted(entity=entity))]
    ids = {claim.id for claim in held}
    found = [moment for claim in held for moment in rows.moments(claim)]
    for claim in rows.words.ledger.said_by(entity):
        if claim.id not in ids:
            found += rows.statements(claim, entity)
    found += rows.publications(entity)
    return sorted(
        found,
        key=lambda m: (
            *(not m.day, not m.period, m.day, m.latest or "~", PLACED.index(m.placed)),
            *(m.sentence, m.side, m.id),
        ),
    )


class _Rows(Sides):
    """Reads the claims around an entity into moments."""

    def moments(self, claim: Claim) -> Iterator[Moment]:
        """A claim at each time that a living attestation gives, apart for each side."""
        held = sorted(living(claim.attestations), key=reading)
        groups: dict[tuple[str, str, str], list[Attestation]] = {}
        for a in held:
            if a.period and a.stance != "retracts":
                groups.setdefault(("so", a.period, side(a)), []).append(a)
            elif _told_day(a):
                groups.setdefault(("said", a.said, side(a)), []).append(a)
        for (placed, _, taken), said in groups.items():
            yield self._moment(claim, taken, said, placed)
        if not groups:
            forward = self.forward(claim)
            taken = side(forward[0]) if forward else "against"
            yield self._moment(claim, taken, forward or held, "printed")

    def statements(self, claim: Claim, voice: str) -> Iterator[Moment]:
        """What an entity said of others, where the day is told."""
        for a in sorted(living(claim.attestations), key=reading):
            if a.voice == voice and _told_day(a):
                yield self._moment(claim, "", [a], "said")

    def publications(self, entity: str) -> Iterator[Moment]:
        """The entity, if it is a document with a date, and the documents that it made."""
        terms = self.graph.terms
        if not terms.playing("PublishedOn"):
            return
        own = self.graph.ledger.entity(entity)
        made = (
            e
            for e in self.graph.ledger.naming(entity)
            if entity in (*terms.values(e, "Author"), *terms.values(e, "Publisher"))
        )
        for e in (own, *made):
            for printed in terms.values(e, "PublishedOn"):
                if moment := self._publication(e, printed):
                    yield moment

    def _publication(self, e: Entity, printed: str) -> Moment | None:
        """A document when it came out, where the lens has it."""
        from kg.model.dates import parse

        span, lens = parse(printed), self.lens
        begin, end = span.earliest or span.latest, span.latest or span.earliest
        until = min(filter(None, (lens.as_of, lens.known_by, lens.said_to)), default="")
        hidden = (
            *(lens.statuses, lens.bases, lens.voices),
            lens.documents and e.id not in lens.documents,
            until and begin > until,
            lens.said_from and end < lens.said_from,
        )
        if any(hidden) or not begin:
            return None
        title = self.words.title(e.id)
        return Moment(
            *(
                printed,
                f"{title} is published",
                "for",
                Standing(),
                (),
                (),
                (),
                (self.words.name(e.id),),
            ),
            *(span.earliest, span.latest, e.id, "publication", begin),
        )

    def _moment(self, claim: Claim, taken: str, said: list[Attestation], placed: str) -> Moment:
        """A claim at one time; `taken` is the side of who says it of then, empty for a statement."""
        tells = taken == "for" or (not said and taken != "")
        # Only what is said of then: a sum that was paid once is not that of another day.
        told = self.words.told(claim, said)
        sentence = told if tells else self.words.stance(said[0], claim)
        if placed == "said":
            sentence = sentence.removesuffix(f" (said {said[0].said})")
        first, last, day, period = self._time(claim, said, placed)
        return Moment(
            standing=self.words.stood(claim),
            **self.both(claim, () if taken == "against" else said),
            period=period,
            sentence=as_sentence(sentence),
            side=taken or side(said[0]),
            values=values(said) if taken else (),
            earliest=first,
            latest=last,
            id=claim.id,
            placed=placed if day or period else "",
            day=day,
        )

    def _time(
        self, claim: Claim, said: Sequence[Attestation], placed: str
    ) -> tuple[str, str, str, str]:
        """(first day, last day, the day at which it stands, in words)."""
        if placed == "so":
            first = min((a.earliest for a in said if a.earliest), default="")
            last = max((a.latest for a in said if a.latest), default="")
            # Of what had begun by a day, or ended after one, that day is known.
            bound = min((a.holds_from or a.holds_to for a in said), default="")
            return first, last, first or last or bound, self.words.period(said[0], claim)
        if placed == "said":
            return "", "", said[0].said_earliest or said[0].said_latest, said[0].said
        dated = [a for a in said if a.known_earliest]
        if not dated:
            return "", "", "", ""
        a = min(dated, key=lambda a: (a.known_earliest, a.known_latest, a.id))
        return "", "", a.known_earliest, _span(a.known_earliest, a.known_latest)


def _told_day(a: Attestation) -> bool:
    """Whether a text tells when it was said: ``?`` says that nobody knows."""
    return a.said not in ("", "?")


def _span(first: str, last: str) -> str:
    """Two days as one date, as short as it can be: ``2022-10`` for all of October.

    >>> _span("2022-10-01", "2022-10-31"), _span("2022-11-03", "2022-11-03")
    ('2022-10', '2022-11-03')
    """
    from kg.model.dates import parse

    if first == last or not last:
        return first
    for short in (first[:4], first[:7]):
        span = parse(short)
        if (span.earliest, span.latest) == (first, last):
            return short
    return f"{first}/{last}"


def text(rows: Sequence[Moment], width: int) -> str:
    """Rows for a terminal: when, what, its standing, who is for and who against."""
    return "".join(line + "\n" for row in rows for line in _lines(row, width))


_BRACKETS = {"said": "[said {}]", "printed": "[in print {}]", "publication": "{}:"}


def _lines(row: Moment, width: int) -> Iterator[str]:
    head = _BRACKETS.get(row.placed, "{}:").format(row.period or "undated")
    head += f" {row.sentence}"
    # Of the other sides the sentence gives the number, with the stance on it.
    if row.values and row.side == "for":
        head += f": {' / '.join(row.values)}"
    if row.placed == "publication":
        from kg.text.terminal import wrap

        yield wrap(head, width, "• ", "  ")
        return
    by = ", ".join(row.by)
    if by and row.placed == "so":
        by = f"so dated by {by}"
    yield from lines(head, row.standing, by, row.against, row.sources, width, row.side)
