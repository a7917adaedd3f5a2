"""Which claims can be compared with which.

A claim is compared with itself, over its voices; with the claim that it would be if two
records that a judgement leaves unsure were one; with other closings of the same thing;
a figure with the same measure of other scopes, and of what its subject is a part of.
"""

from __future__ import annotations

from itertools import combinations

from kg.analysis import explanation
from kg.analysis.parts import Parts
from kg.model.claims import Attestation, Claim, is_entity
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    See = Callable[[Iterable[Claim]], Iterator[Claim]]
    Unsure = tuple[tuple[str, str, str], ...]

SURE: Unsure = ()


def happened(graph: Graph, entity: str) -> bool:
    """Whether an entity is an event, which has an id and so happened once."""
    terms = graph.terms
    if terms.events is None or not is_entity(entity):
        return False
    return terms.is_event(graph.ledger.entity(entity).kind)


class Candidates:
    """What stands near a claim, as `see` shows it; with `all`, what is far from it too."""

    def __init__(self, graph: Graph, see: See, all: bool) -> None:
        self._ledger, self._terms, self._see, self._all = graph.ledger, graph.terms, see, all
        self._twins: dict[str, list[tuple[str, str]]] = {}
        for one, other, reason in self._ledger.unsure():
            self._twins.setdefault(one, []).append((other, reason))
        self._held: dict[str, list[Claim]] = {}
        self.parts = Parts(graph, see)

    def beside(self, figures: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
        """Figures of several scopes: all pairs, or those that can hold a misprinted date."""
        if self._all:
            yield from combinations(figures, 2)
            return
        telling: dict[str, dict[str, Claim]] = {}
        for claim in figures:
            for a in claim.attestations:
                if " – " in a.period and explanation.printed(a)[0] >= explanation.TELLING:
                    telling.setdefault(plain(a), {})[claim.id] = claim
        met = {
            (x.id, y.id): (x, y) for c in telling.values() for x, y in combinations(c.values(), 2)
        }
        yield from met.values()

    def twins(self, entity: str) -> list[tuple[str, str]]:
        """(record, reason) of what may be the same, an editor being unsure."""
        return self._twins.get(entity, [])

    @property
    def unsure(self) -> list[str]:
        """The records of which an editor is unsure that they are another one."""
        return list(self._twins)

    def _about(self, entity: str) -> list[Claim]:
        """The claims about an entity as they are to be seen; those of the last few are kept."""
        if entity not in self._held:
            if len(self._held) > 200:
                self._held.clear()
            self._held[entity] = list(self._see(self._ledger.claims_about(entity)))
        return self._held[entity]

    def twin_claims(self, claim: Claim) -> Iterator[tuple[Claim, Unsure]]:
        """The same relation of one of the ends and the other's twin, or of both twins."""
        subjects = [(claim.subject, ""), *self.twins(claim.subject)]
        objects = {claim.object: "", **dict(self.twins(claim.object))}
        for subject, reason in subjects if len(subjects) + len(objects) > 2 else ():
            for other in self._about(subject):
                if (other.figure, other.relation) != (claim.figure, claim.relation):
                    continue
                ends = (o for s, o in self.ways(other) if s == subject and o in objects)
                if (end := next(ends, None)) is None:
                    continue
                why = objects[end]
                unsure = [(claim.subject, subject, reason)] if reason else []
                unsure += [(claim.object, end, why)] if why else []
                if unsure:
                    yield other, tuple(unsure)

    def ways(self, claim: Claim) -> Iterator[tuple[str, str]]:
        """Both ends of a claim, and the other way round where it has no direction."""
        yield claim.subject, claim.object
        term = self._terms.relations.get(claim.relation)
        if term is not None and term.symmetric:
            yield claim.object, claim.subject

    def closes(self, claim: Claim) -> str:
        """The entity that a claim says was closed; the ontology marks such relations."""
        term = self._terms.relations.get(claim.relation)
        if term and "Closes" in term.roles:
            return claim.object
        return claim.subject if term and claim.object == term.closed_state != "" else ""

    def closings(self, claim: Claim) -> Iterator[tuple[Claim, Unsure]]:
        """Other closings of what a claim says was closed, and of its twins; itself for a state."""
        closed = self.closes(claim)
        for end, reason in [(closed, ""), *self.twins(closed)] if closed else ():
            for other in self._about(end):
                if self.closes(other) == end:
                    yield other, ((closed, end, reason),) if reason else SURE

    def over_wholes(self, claim: Claim) -> Iterator[Claim]:
        """The same measure of something that the subject is a part of."""
        for subject in sorted(self.parts.wholes(claim.subject)) if self._all else ():
            for other in self._about(subject):
                same = other.figure and (other.relation, other.subject) == (claim.relation, subject)
                if same and other.object in {claim.object, *self.parts.wholes(claim.object)}:
                    yield other

    def nested(self, one: Claim, other: Claim) -> bool:
        """Whether one scope lies in the other; asked only where the answer is shown."""
        if not (self._all and one.object and other.object):
            return False
        wholes = self.parts.wholes(one.object), self.parts.wholes(other.object)
        return other.object in wholes[0] or one.object in wholes[1]

    def alike(self, one: str, other: str) -> bool:
        """Whether two records are one, or may be."""
        return one == other or any(twin == other for twin, _ in self.twins(one))


def plain(a: Attestation) -> str:
    """A value so that 54 and 54.0 are one."""
    return "..".join(str(end.normalize()) for end in dict.fromkeys(explanation.value(a)))
