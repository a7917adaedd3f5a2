"""Parts and wholes: what an entity belongs to, along the relations that the ontology marks."""

from __future__ import annotations

from contextlib import suppress

from kg.model.errors import NotFound
from kg.model.rules import PART, pattern
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.comparable import See
    from kg.model.claims import Entity


class Parts:
    """What every entity belongs to, as `see` shows the claims; read once, when first asked.

    Along terms with the role part of or version of, and relations marked `kg:part`.
    Cost: one pass over the claims of those relations, and one over the entities if the
    tables of entities have such columns.
    """

    def __init__(self, graph: Graph, see: See) -> None:
        self._graph, self._see = graph, see
        self._above: dict[str, dict[str, str]] | None = None
        self._known: dict[str, dict[str, str]] = {}
        self._joined: frozenset[str] | None = None

    @property
    def above(self) -> dict[str, dict[str, str]]:
        """What each entity directly belongs to, with the term that says so."""
        if self._above is None:
            self._above = self._read()
        return self._above

    def names(self, *entities: str) -> bool:
        """Whether one of some entities is a part of something, or has parts."""
        if self._joined is None:
            wider = (whole for held in self.above.values() for whole in held)
            self._joined = frozenset((*self.above, *wider))
        return not self._joined.isdisjoint(entities)

    def wholes(self, entity: str) -> dict[str, str]:
        """Everything that an entity is in or part of, with the term along which it is met."""
        if entity not in self.above:
            return {}
        if entity not in self._known:
            found: dict[str, str] = {}
            ahead = [entity]
            while ahead:
                here = ahead.pop()
                for whole, term in self.above.get(here, {}).items():
                    if whole not in found and whole != entity:
                        found[whole] = term
                        ahead.append(whole)
            self._known[entity] = found
        return self._known[entity]

    def within(self, one: str, other: str) -> bool:
        """Whether one is the other, or belongs to it."""
        return one == other or other in self.wholes(one)

    def nearest(self, one: str, other: str) -> str:
        """The wider of two that are one or of which one belongs to the other; else empty."""
        return other if self.within(one, other) else one if self.within(other, one) else ""

    def _read(self) -> dict[str, dict[str, str]]:
        terms, ledger = self._graph.terms, self._graph.ledger
        marked = {r for rule in terms.rules if rule.kind == PART for r in rule.relations}
        wider = {*terms.playing("PartOf"), *terms.playing("VersionOf"), *marked}
        relations = sorted(wider & {*terms.relations})
        above: dict[str, dict[str, str]] = {}
        said = [(r.name, pattern(text)) for r in terms.rules if r.kind == PART for text in r.one]
        if said:
            for entity in self._named({word for _, p in said for word in p.subject}):
                for name, p in said:
                    kinds = [word for word in p.subject if word in terms.classes]
                    if entity.id in p.subject or any(terms.is_a(entity.kind, k) for k in kinds):
                        above.setdefault(entity.id, {}).update((w, name) for w in p.object)
        columns = wider & ledger.counts.of("attribute").keys()
        if columns and (wider - {*relations} or any(terms.relations[r].column for r in relations)):
            for entity in ledger.entities():
                for term, value in entity.attributes:
                    if term in wider:
                        above.setdefault(entity.id, {}).setdefault(value, term)
        for claim in self._see(ledger.claims(relations)) if relations else ():
            if claim.supported:
                above.setdefault(claim.subject, {}).setdefault(claim.object, claim.relation)
        return above

    def _named(self, words: set[str]) -> Iterator[Entity]:
        """The entities that a word of a pattern may mean, by id: it, or the members of a class."""
        terms, ledger = self._graph.terms, self._graph.ledger
        kinds = {
            k
            for k in ledger.counts.of("class")
            for w in words
            if w in terms.classes and terms.is_a(k, w)
        }
        found = {e.id: e for kind in kinds for e in ledger.entities(kind)}
        for word in words - {*terms.classes} - found.keys():
            with suppress(NotFound):
                found[word] = ledger.entity(word)
        yield from (found[name] for name in sorted(found))
