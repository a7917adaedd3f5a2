"""What is around an entity: its neighbours, and what is said of it and by it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from kg.analysis.filters import Wanted, relation_of, selected
from kg.analysis.sides import Sides, lines
from kg.model.claims import Attestation, Claim, is_entity, named
from kg.model.errors import parameter
from kg.model.record import Record
from kg.model.standing import Standing
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.store.speech import ties
from kg.text.phrases import as_sentence
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# So many statements of one about another are told in words.
STATEMENTS = 3


class Neighbour(Record):
    """A claim as seen from one entity; `edge` where a living voice asserts or alleges it.

    `state` says in a word that the neighbour is no more.
    `tie` is ``world``, or ``speech`` where one only speaks about the other: `relation` is the
    stance then, `sentence` what is said, `edge` is false. It is ``unsure`` for a record that may be
    of the same thing (`sentence` says why); `across` is such a record where the row is its own.
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
    tie: str = "world"
    across: str = ""


def neighbors(
    graph: Graph,
    entity: str,
    lens: Lens,
    *,
    relation: str = "",
    gone: bool = True,
    spoken: bool = False,
    unsure: bool = False,
) -> list[Neighbour]:
    """A row for each entity and relation that a claim joins to this one; edges first.

    Claims that are only announced, asked or denied are there too: `edge` is false.
    An attestation that the entity takes a stand on counts as a neighbour. Without `gone`
    neighbours that are no more are left out. With `unsure` the
    records that may be of the same thing come after them, each followed by its own neighbours;
    with `spoken` last of all those about whom the entity speaks, and who speak about it. Raises
    UsageError, NotFound. Cost: the entity's claims, and what is said by it.
    """
    relation = relation_of(graph.terms, relation)
    rows = _Rows(graph, lens)
    found = rows.near(entity, relation)
    if unsure:
        for other, reason in graph.ledger.possibly_same(entity):
            found.append(rows.twin(other, reason))
            found += (n._replace(across=other) for n in rows.near(other, relation))
    if spoken:
        found += rows.speech(entity)
    return [n for n in found if gone or not n.state]


class _Rows(Sides):
    """Reads the claims around an entity into rows."""

    def near(self, entity: str, relation: str) -> list[Neighbour]:
        """What claims join to an entity in the world; edges first."""
        found = [
            self.neighbour(claim, entity)
            for claim, _ in selected(
                self.graph, self.lens, Wanted(entity=entity, relation=relation)
            )
            if not claim.figure and not named(claim.object)[1]
        ]
        return sorted(
            found,
            key=lambda n: (not n.edge, n.direction == "←", n.relation, n.name, n.id, n.claim),
        )

    def twin(self, other: str, reason: str) -> Neighbour:
        """A record that may be of the same thing."""
        name, kind = self.words.name(other), self._kind(other)
        said = "=", "may be the same as", name, kind, reason
        return Neighbour(*said, Standing(), (), (), (), (), False, other, "", tie="unsure")

    def speech(self, entity: str) -> list[Neighbour]:
        """Whom an entity speaks about, then who speaks about it; each statement a row, one's own together."""
        ledger = self.words.ledger
        claims = {c.id: c for c in (*ledger.said_by(entity), *ledger.speaking_of(entity))}
        # What it holds of a statement is a claim about it, but said by whom it may be.
        claims |= {c.id: c for c in ledger.claims_about(entity)}
        found = []
        for claim in claims.values():
            said = {a.id: a for a in claim.attestations}
            for speaker, about, mark in ties(claim, ledger.stated):
                if entity in (speaker, about):
                    other = about if speaker == entity else speaker
                    found.append(self._statement(claim, said[mark], other, speaker == entity))
        number = Counter((n.direction, n.id) for n in found)
        return sorted(
            found,
            key=lambda n: (
                *(n.direction == "←", -number[n.direction, n.id], n.name, n.id),
                *(*n.standing.weight, n.relation, n.claim),
            ),
        )

    def _statement(self, claim: Claim, a: Attestation, other: str, out: bool) -> Neighbour:
        """A statement of one about the other."""
        return Neighbour(
            direction="→" if out else "←",
            relation=a.stance,
            name=self.words.name(other),
            kind=self._kind(other),
            sentence=self.words.attestation(a, claim),
            standing=self.words.stood(claim),
            period=(),
            by=(self.words.name(a.voice),),
            against=(),
            sources=(self.words.name(a.document),),
            edge=False,
            id=other,
            claim=claim.id,
            tie="speech",
        )

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
            sentence=as_sentence(self.words.claim(claim)),
            period=self.periods(claim),
            edge=claim.supported,
            id=other,
            claim=claim.id,
            state=self.words.state(other),
        )

    def _kind(self, name: str) -> str:
        if not is_entity(name):
            return "attestation"
        return self.graph.terms.classes[self.graph.ledger.entity(name).kind].label


def text(rows: Sequence[Neighbour], width: int) -> str:
    """Rows for a terminal: what is there, its standing, who is for and who against."""
    return "".join(line + "\n" for line in _told(rows, width))


def _told(rows: Sequence[Neighbour], width: int) -> Iterator[str]:
    for (whom, direction), group in groupby(rows, _whom):
        if not whom:
            for row in group:
                yield from _lines(row, width)
            continue
        said = list(group)
        number = Counter(row.relation for row in said)
        stances = ", ".join(f"{n:,} {stance}" for stance, n in number.most_common())
        words = "··→ speaks about" if direction == "→" else "←·· spoken about by"
        head = f"{words}: {said[0].name} ({said[0].kind}): {stances}"
        yield wrap(head, width, "• ", "  ")
        for row in said[:STATEMENTS]:
            yield wrap(row.sentence, width, "    · ", "      ")
            yield wrap(f"that is {row.standing.words}", width, "      ")
        if (more := len(said) - STATEMENTS) > 0:
            told = f"… and {more:,} more; {parameter('format')} csv or json tells all"
            yield wrap(told, width, "    ")


def _whom(row: Neighbour) -> tuple[str, str]:
    """Whom a row of speech joins to the entity, and which way; nothing of other rows."""
    return (row.id, row.direction) if row.tie == "speech" else ("", "")


def _lines(row: Neighbour, width: int) -> Iterator[str]:
    kind = f"{row.kind}, {row.state}" if row.state else row.kind
    head = f"{row.direction} {row.relation}: {row.name} ({kind})"
    if row.tie == "unsure":
        yield wrap(f"{head}: {row.sentence}", width, "• ", "  ")
        return
    if row.across:
        head = f"of {row.across}: {head}"
    by = ", ".join(row.by)
    if by and row.period:
        by += f" ({'; '.join(row.period)})"
    yield from lines(head, row.standing, by, row.against, row.sources, width)
