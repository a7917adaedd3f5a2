"""What is around an entity: its neighbours, and what is claimed of it in the order of time."""

from __future__ import annotations

from kg.analysis.evidence import capital
from kg.analysis.filters import Wanted, relation_of, selected
from kg.analysis.sides import Sides, lines
from kg.model.claims import Attestation, Claim, is_entity, named
from kg.model.record import Record
from kg.model.standing import Standing, living, reading, side
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.text.sentences import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Neighbour(Record):
    """A claim as seen from one entity; `edge` where a living voice asserts or alleges it.

    `state` says in a word that the neighbour is no more.
    """

    direction: str
    relation: str
    name: str
    kind: str
    sentence: str
    standing: Standing
    period: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]
    sources: tuple[str, ...]
    edge: bool
    id: str
    claim: str
    state: str = ""


class Moment(Record):
    """A claim at a period as said; an empty one where nobody says when. `by` say it of then.

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


def neighbors(
    graph: Graph, entity: str, lens: Lens, *, relation: str = "", gone: bool = True
) -> list[Neighbour]:
    """A row for each entity and relation that a claim joins to this one; edges first.

    Claims that are only announced, asked or denied are there too: `edge` is false.
    An attestation that the entity takes a stand on counts as a neighbour. Without `gone`
    neighbours that are no more are left out. Raises UsageError, NotFound. Cost: the entity's
    claims.
    """
    relation = relation_of(graph.terms, relation)
    rows = _Rows(graph, lens)
    found = [
        rows.neighbour(claim, entity)
        for claim, _ in selected(graph, lens, Wanted(entity=entity, relation=relation))
        if not claim.figure
    ]
    return sorted(
        (n for n in found if gone or not n.state),
        key=lambda n: (not n.edge, n.direction == "←", n.relation, n.name, n.id, n.claim),
    )


def timeline(graph: Graph, entity: str, lens: Lens) -> list[Moment]:
    """What is claimed of an entity, in the order of the days it may have begun.

    A claim that voices date differently is there once for each period as said. What
    is said to be of an unknown time comes after the dated, what nobody dates last.
    Raises NotFound. Cost: the entity's claims.
    """
    rows = _Rows(graph, lens)
    found = [
        moment
        for claim, _ in selected(graph, lens, Wanted(entity=entity))
        for moment in rows.moments(claim)
    ]
    return sorted(
        found,
        key=lambda m: (
            not m.period,
            m.earliest or m.latest or "~",
            m.latest or "~",
            m.sentence,
            m.side,
            m.id,
        ),
    )


class _Rows(Sides):
    """Reads the claims around an entity into rows."""

    def neighbour(self, claim: Claim, entity: str) -> Neighbour:
        """A claim as seen from one of its ends."""
        out = claim.subject == entity
        other = claim.object if out else claim.subject
        term = self.graph.terms.relations[claim.relation]
        return Neighbour(
            standing=self.words.stood(claim),
            **self.both(claim, self.forward(claim)),
            direction="–" if term.symmetric else "→" if out else "←",
            relation=term.label if out else term.inverse or f"({term.label})",
            name=self.words.name(other),
            kind=self._kind(other),
            sentence=capital(self.words.claim(claim)),
            period=self.periods(claim),
            edge=claim.supported,
            id=other,
            claim=claim.id,
            state=self.words.state(other),
        )

    def moments(self, claim: Claim) -> Iterator[Moment]:
        """A claim at each period that a living attestation gives, apart for each side."""
        groups: dict[tuple[str, str], list[Attestation]] = {}
        held = sorted(living(claim.attestations), key=reading)
        for a in held:
            if a.period and a.stance != "retracts":
                groups.setdefault((a.period, side(a)), []).append(a)
        for (_, taken), said in groups.items():
            yield self._moment(claim, taken, said, self.words.period(said[0], claim))
        if not groups:
            forward = self.forward(claim)
            taken = side(forward[0]) if forward else "against"
            yield self._moment(claim, taken, forward or held, "")

    def _moment(self, claim: Claim, taken: str, said: list[Attestation], period: str) -> Moment:
        tells = taken == "for" or not said
        # Only what is said of then: a sum that was paid once is not that of another day.
        told = self.words.told(claim, said)
        sentence = told if tells else self.words.stance(said[0], claim)
        return Moment(
            standing=self.words.stood(claim),
            **self.both(claim, () if taken == "against" else said),
            period=period,
            sentence=capital(sentence),
            side=taken,
            values=values(said),
            earliest=min((a.earliest for a in said if a.earliest), default="") if period else "",
            latest=max((a.latest for a in said if a.latest), default="") if period else "",
            id=claim.id,
        )

    def _kind(self, name: str) -> str:
        if not is_entity(name):
            return "name" if named(name)[1] else "attestation"
        return self.graph.terms.classes[self.graph.ledger.entity(name).kind].label


def text(rows: Sequence[Neighbour | Moment], width: int) -> str:
    """Rows for a terminal: what is there or when, its standing, who is for and who against."""
    return "".join(line + "\n" for row in rows for line in _lines(row, width))


def _lines(row: Neighbour | Moment, width: int) -> Iterator[str]:
    by = ", ".join(row.by)
    if isinstance(row, Neighbour):
        kind = f"{row.kind}, {row.state}" if row.state else row.kind
        head = f"{row.direction} {row.relation}: {row.name} ({kind})"
        if by and row.period:
            by += f" ({'; '.join(row.period)})"
    else:
        head = f"{row.period or 'undated'}: {row.sentence}"
        # Of the other sides the sentence gives the number, with the stance on it.
        if row.values and row.side == "for":
            head += f": {' / '.join(row.values)}"
        if by and row.period:
            by = f"so dated by {by}"
    yield from lines(head, row.standing.words, by, row.against, row.sources, width)
