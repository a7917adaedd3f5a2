"""Claims that fit the patterns of rules, with what a pattern's variables stand for in each."""

from __future__ import annotations

from kg.analysis.finding import PUT
from kg.model.claims import Claim, is_entity
from kg.model.rules import EXCLUSIVE, RULES_OUT, SUPERLATIVE, Pattern, pattern
from kg.model.standing import OPPOSITION, living
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.analysis.finding import Voiced
    from kg.model.ontology import Ontology

    Bound = tuple[dict[str, str], Voiced]


def speaks_of(terms: Ontology) -> set[str]:
    """The relations of whose claims the rules have to know each one."""
    found = set[str]()
    for rule in terms.rules:
        if rule.kind == EXCLUSIVE:
            found |= {*rule.relations}
        elif rule.kind in (RULES_OUT, SUPERLATIVE):
            for text in (*rule.one, *rule.other):
                relations = pattern(text).relation
                found |= {*terms.relations} if "*" in relations else {*relations}
    return found


class Matcher:
    """Fits claims, held by their relations, to patterns. Cost: linear in those of a pattern."""

    def __init__(self, graph: Graph, held: Mapping[str, list[Claim]]) -> None:
        self.terms, self._ledger, self._held = graph.terms, graph.ledger, held
        self._kinds: dict[str, str] = {}

    def matches(self, patterns: Iterable[str]) -> Iterator[Bound]:
        """Every row that puts a claim forward, or with ``not`` speaks against it, as a pattern says."""
        for wanted in map(pattern, patterns):
            stances = OPPOSITION if wanted.against else PUT
            for claim in self.claims(wanted.relation):
                for bound in self._fitted(wanted, claim):
                    for a in living(claim.attestations):
                        if a.stance in stances:
                            yield bound, (claim, a)

    def fit(self, wanted: Pattern, claim: Claim) -> dict[str, str] | None:
        """What a pattern's variables stand for in a claim, or None if the claim does not fit."""
        return next(self._fitted(wanted, claim), None)

    def _fitted(self, wanted: Pattern, claim: Claim) -> Iterator[dict[str, str]]:
        """The same for each way in which the claim can be read."""
        if "*" not in wanted.relation and claim.relation not in wanted.relation:
            return
        held = (claim.subject, claim.object)
        symmetric = self.terms.term(claim.relation).symmetric and held[0] != held[1]
        for ends in (held, held[::-1]) if symmetric else (held,):
            bound: dict[str, str] = {}
            if all(
                self._fits(words, entity, bound)
                for words, entity in zip((wanted.subject, wanted.object), ends, strict=True)
            ):
                yield bound

    def _fits(self, words: Sequence[str], entity: str, bound: dict[str, str]) -> bool:
        """Whether an entity can stand for a word of a pattern, which it is then bound to."""
        if words[0].startswith("?"):
            return bound.setdefault(words[0], entity) == entity
        if words[0] == "*" or entity in words:
            return True
        kinds = [word for word in words if word in self.terms.classes]
        return bool(kinds) and any(self.terms.is_a(self._kind(entity), kind) for kind in kinds)

    def _kind(self, entity: str) -> str:
        """The class of an entity; of an attestation, a name or an empty scope none."""
        if entity not in self._kinds:
            self._kinds[entity] = self._ledger.entity(entity).kind if is_entity(entity) else ""
        return self._kinds[entity]

    def claims(self, relations: Iterable[str]) -> Iterator[Claim]:
        """The claims of some relations, or of all that are held."""
        names = self._held if "*" in relations else relations
        for name in names:
            yield from self._held.get(name, ())
