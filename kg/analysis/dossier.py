"""All that a graph holds about one entity: names, claims on it, figures, what it says of others."""

from __future__ import annotations

from kg.analysis.evidence import Spoken, Teller, Told
from kg.analysis.filters import named
from kg.model.claims import Entity, plain
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text import grades
from kg.text.sentences import besides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any


# Of so many members the claims are gathered; the world has too many.
GATHERED = 1000


class Dossier(Record):
    """One entity with its claims, worded.

    `claims` have it as subject or object, `figures` are numbers about it or over
    it, `speaks` are claims about others on which it takes a stance;
    `possibly_same` are (id, name, reason); `timeline` holds (day, period, sentence with
    its standing) of what is dated, in order; `by_document` says of each document how
    many of its passages about the entity are for, against, and neither; `members` are (id,
    name, kind) of what belongs to it, `gathered` are the claims about them and by them;
    `documents` are (id, name) of what it wrote or brought out; `lens` says in words through
    which lens all this is seen, empty if it is whole; `state` that it is no more, in a word.
    """

    entity: Entity
    kind: str
    description: str
    facts: tuple[tuple[str, str], ...]
    claims: tuple[Told, ...]
    figures: tuple[Told, ...]
    speaks: tuple[Told, ...]
    possibly_same: tuple[tuple[str, str, str], ...]
    timeline: tuple[tuple[str, str, str], ...]
    by_document: tuple[tuple[str, int, int, int], ...]
    members: tuple[tuple[str, str, str], ...] = ()
    gathered: tuple[Told, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    lens: str = ""
    state: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values; the names of the fields are stable."""
        found: dict[str, Any] = plain(self)
        return found

    def __repr__(self) -> str:
        counts = (
            f"{len(self.claims)} claims, {len(self.figures)} figures, speaks {len(self.speaks)}"
        )
        return f"<{self.entity.name} ({self.kind}, {self.entity.id}): {counts} times>"

    def _repr_html_(self) -> str:
        from kg.analysis.cards import entity

        return entity(self)

    def _repr_markdown_(self) -> str:
        from kg.analysis.dossier_text import markdown

        return markdown(self)


def dossier(graph: Graph, name: str, *, relation: str = "") -> Dossier:
    """Gather everything about the entity of an id, or only what a relation or measure joins to it.

    Raises NotFound, UsageError. Cost: its claims.
    """
    terms = graph.terms
    relation = named(relation, {**terms.measures, **terms.relations}, "relation or measure")
    asked = terms.narrower(relation) if relation else frozenset[str]()
    ledger, teller = graph.ledger, Teller(graph)
    entity = ledger.entity(name)
    about = ledger.claims_about(name)
    known = {c.id for c in about}
    about = [c for c in about if not asked or c.relation in asked]
    told = tuple(teller.tell(c) for c in about)
    said = (c for c in ledger.said_by(name) if not asked or c.relation in asked)
    members = ledger.parts(name)
    gathered = {}
    for member in members if len(members) <= GATHERED else ():
        for c in (*ledger.claims_about(member), *ledger.said_by(member)):
            if c.id not in known and (not asked or c.relation in asked):
                gathered[c.id] = c
    return Dossier(
        entity=entity,
        kind=graph.terms.classes[entity.kind].label,
        description=graph.terms.value(entity, "Description"),
        facts=tuple(facts(graph, teller, entity)),
        claims=tuple(t for t in told if not t.figure),
        figures=tuple(t for t in told if t.figure),
        speaks=tuple(teller.tell(c) for c in said if c.id not in known),
        possibly_same=tuple(
            (other, teller.words.name(other), reason)
            for other, reason in ledger.possibly_same(name)
        ),
        timeline=tuple(_timeline(told)),
        by_document=tuple(_by_document(told)),
        members=tuple(
            (e.id, e.name, graph.terms.classes[e.kind].label) for e in map(ledger.entity, members)
        ),
        gathered=tuple(map(teller.tell, gathered.values())),
        documents=tuple(_made_by(graph, name)),
        lens=graph.seen,
        state=teller.words.state(name),
    )


def _made_by(graph: Graph, name: str) -> Iterator[tuple[str, str]]:
    """The documents of an author or a publisher, by name."""
    terms = graph.terms
    found = [
        (e.name, e.id)
        for e in graph.ledger.naming(name)
        if name in (*terms.values(e, "Author"), *terms.values(e, "Publisher"))
    ]
    return ((id_, title) for title, id_ in sorted(found))


def _timeline(told: Sequence[Told]) -> Iterator[tuple[str, str, str]]:
    """Each claim once for every period that those give it who put it forward, who opposes it apart.

    A time that only a denial names is told as the denial's.
    """
    moments = set()
    for claim in told:
        day = claim.earliest or claim.latest
        living = {s.id for s in claim.spoken if s.side in ("for", "open")}
        periods: dict[str, list[Spoken]] = {}
        for spoken in claim.spoken if day else ():
            if not spoken.period or spoken.stance == "retracts":
                continue
            if spoken.id in living or (spoken.side == "withdrawn" and not living):
                periods.setdefault(spoken.period, []).append(spoken)
            elif spoken.side == "against":
                said = spoken.sentence.removesuffix(".")
                moments.add((day, spoken.period, f"{said} (the claim: {claim.standing.words})"))
        for period, held in periods.items():
            own = besides([q for spoken in held if spoken.id in living for q in spoken.qualities])
            values = " / ".join(dict.fromkeys(spoken.value for spoken in held if spoken.value))
            sentence = f"{claim.clause}{own}{': ' if values else ''}{values}"
            moments.add((day, period, f"{sentence} ({claim.standing.words})"))
    return iter(sorted(moments))


def _by_document(told: Sequence[Told]) -> Iterator[tuple[str, int, int, int]]:
    sides: dict[str, list[str]] = {}
    for claim in told:
        for spoken in claim.spoken:
            sides.setdefault(spoken.document_name, []).append(spoken.side)
    for name in sorted(sides):
        found = sides[name]
        for_, against = found.count("for"), found.count("against")
        yield name, for_, against, len(found) - for_ - against


def facts(graph: Graph, teller: Teller, entity: Entity) -> Iterator[tuple[str, str]]:
    """(label, value) of an entity's attributes, references by name."""
    for prop, value in entity.attributes:
        term = graph.terms.attributes[prop]
        if not {"Description", "ShortName"} & {*term.roles}:
            refers = graph.terms.refers(term)
            graded = grades.explained(value) if "Grade" in term.roles else value
            yield term.label, teller.words.name(value) if refers else graded
