"""Claims that fit the patterns of rules, with what a pattern's variables stand for in each."""

from __future__ import annotations

from kg.analysis.finding import PUT
from kg.model.claims import Claim, is_entity
from kg.model.rules import EXCLUSIVE, MOST, ONLY, RULES_OUT, SUPERLATIVE, Pattern, pattern
from kg.model.standing import OPPOSITION, living
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.finding import Voiced

    Bound = tuple[dict[str, str], Voiced]


class Matcher:
    """Fits claims to patterns. It holds those that some rule speaks of, once `take` is given them all.

    Cost: linear in the claims, and in memory only in those that fit a pattern, or that are of a
    relation of which there is one at a time.
    """

    def __init__(self, graph: Graph) -> None:
        self.terms, self._ledger = graph.terms, graph.ledger
        self._kinds: dict[str, str] = {}
        self._held: dict[str, list[Claim]] = {}
        self._whole = set[str]()
        self._patterns: dict[str, list[Pattern]] = {}
        for rule in graph.terms.rules:
            if rule.kind == EXCLUSIVE and not rule.one and rule.end != "date":
                self._whole |= {*rule.relations}
            elif rule.kind in (EXCLUSIVE, RULES_OUT, SUPERLATIVE):
                # What a superlative counts is asked of the ledger, relation by relation.
                counts = rule.kind == SUPERLATIVE and rule.end in (MOST, ONLY)
                for wanted in map(pattern, rule.one if counts else (*rule.one, *rule.other)):
                    every = graph.terms.relations if "*" in wanted.relation else wanted.relation
                    for name in every:
                        self._patterns.setdefault(name, []).append(wanted)

    def take(self, claim: Claim) -> None:
        """Hold a claim if a rule speaks of it."""
        if claim.relation in self._whole or any(
            (claim.standing.opposing or not wanted.against) and self.fit(wanted, claim) is not None
            for wanted in self._patterns.get(claim.relation, ())
        ):
            self._held.setdefault(claim.relation, []).append(claim)

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
