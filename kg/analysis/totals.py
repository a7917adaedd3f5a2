"""Stated totals beside what the ledger itself lists, where the ontology says what is counted."""

from __future__ import annotations

from kg.analysis.explanation import Span
from kg.analysis.finding import TENSION, Finding, Side, side
from kg.model.claims import Attestation, Claim
from kg.model.rules import COUNTS, Pattern, Rule, pattern
from kg.model.standing import SUPPORT, living
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.comparable import See
    from kg.analysis.parts import Parts

    Bound = dict[str, str]


_COUNTED = "?counted"


def counted(graph: Graph) -> set[str]:
    """The measures whose totals can be counted."""
    return {m for rule in graph.terms.rules if rule.kind == COUNTS for m in rule.relations}


class Counter:
    """Counts what a rule says a total counts. Cost: linear in the claims of its relations."""

    def __init__(self, graph: Graph, see: See, parts: Parts) -> None:
        self._terms, self._ledger, self._see, self._parts = graph.terms, graph.ledger, see, parts
        self._rules = [r for r in graph.terms.rules if r.kind == COUNTS]
        self._pairs: dict[str, list[tuple[str, str]]] = {}
        self._kinds: dict[str, str] = {}

    def findings(self, figures: Iterable[Claim]) -> Iterator[Finding]:
        """Each stated total that the ledger's own count does not bear out."""
        if not self._rules:
            return
        for claim in figures:
            said = [a for a in living(claim.attestations) if a.stance in SUPPORT and a.value]
            mine = sorted((r for r in self._rules if self._is_for(r, claim)), key=_closest)
            counts = ((r, self.count(r, claim)) for r in mine if said)
            rule, found = next(((r, n) for r, n in counts if n is not None), (None, 0))
            if rule is None or found is None:
                continue
            off = [a for a in said if not Span.of(a).holds(found)]
            if off:
                yield self._finding(rule, claim, off, found)

    def _is_for(self, rule: Rule, claim: Claim) -> bool:
        return claim.relation in rule.relations and (not rule.about or claim.subject in rule.about)

    def _finding(self, rule: Rule, claim: Claim, off: Sequence[Attestation], found: int) -> Finding:
        less = all(Span.of(a).above(found) for a in off)
        more = all(Span.of(a).below(found) for a in off)
        why = "the rows here may be incomplete, or the total counts other or later things"
        if more:
            why = (
                "the rows here may be later, or count twice, or the total counts only some of them"
            )
        elif not less:
            why = "the totals differ, and each of them differs from the rows here"
        reason = rule.reason.rstrip(".")
        why = f"{reason}; {why}" if reason else why
        listed = f"the rows here: {found:,}"
        return Finding(
            "count",
            ("count", claim.id),
            TENSION,
            why,
            (side([(claim, a) for a in off]), Side(label=listed)),
            rule.name,
            claim.subject,
        )

    def count(self, rule: Rule, claim: Claim) -> int | None:
        """How many there are, or None where the ledger lists none of the kind anywhere."""
        given = {"?subject": claim.subject}
        wanted = [pattern(text) for text in rule.one]
        if claim.object:
            found = self._solve(wanted, given | {"?scope": claim.object})
            if found:
                return len(found)
        # Without the place: is anything of the kind listed at all?
        somewhere = self._solve([p for p in wanted if "?scope" not in p.variables], given)
        if not somewhere:
            return None
        if claim.object and any("?scope" in p.variables for p in wanted):
            return 0
        return len(somewhere)

    def tally(self, patterns: Sequence[Pattern], by: str) -> dict[str, int]:
        """How many different entities ``?counted`` can be for each that a variable can be."""
        pairs = {(row[by], row[_COUNTED]) for row in self._rows(patterns, {})}
        found: dict[str, int] = {}
        for name, _ in pairs:
            found[name] = found.get(name, 0) + 1
        return found

    def _solve(self, patterns: Sequence[Pattern], given: Bound) -> set[str]:
        return {row[_COUNTED] for row in self._rows(patterns, given) if _COUNTED in row}

    def _rows(self, patterns: Sequence[Pattern], given: Bound) -> list[Bound]:
        rows = [given]
        left = list(patterns)
        while left and rows:
            known = {*rows[0]}
            left.sort(key=lambda p: (-len(known & {*p.variables}), p.relation == ("a",), p))
            rows = [*self._joined(rows, left.pop(0))]
        return rows

    def _joined(self, rows: list[Bound], wanted: Pattern) -> Iterator[Bound]:
        pairs = [pair for name in wanted.relation for pair in self._of(name)]
        first, last = wanted.subject[0], wanted.object[0]
        known = {*rows[0]}
        if wanted.relation == ("a",):
            for row in rows:
                kind = self._kind(row[first]) if first in row else ""
                if kind and any(self._terms.is_a(kind, k) for k in wanted.object):
                    yield row
            return
        by_subject: dict[str, list[str]] = {}
        by_object: dict[str, list[str]] = {}
        for s, o in dict.fromkeys(pairs):
            by_subject.setdefault(s, []).append(o)
            by_object.setdefault(o, []).append(s)
            for whole in self._parts.wholes(o) if last == "?scope" else ():
                by_object.setdefault(whole, []).append(s)
        for row in rows:
            if first in known:
                ends = ((row[first], o) for o in by_subject.get(row[first], ()))
            elif last in known:
                ends = ((s, row[last]) for s in dict.fromkeys(by_object.get(row[last], ())))
            else:
                ends = ((s, o) for s, o in dict.fromkeys(pairs))
            for s, o in ends:
                made = self._bound(wanted, row, s, o)
                if made is not None:
                    yield made

    def _bound(self, wanted: Pattern, row: Bound, s: str, o: str) -> Bound | None:
        made = dict(row)
        for words, entity in ((wanted.subject, s), (wanted.object, o)):
            word = words[0]
            if word == "?scope" and word in row:
                if not self._parts.within(entity, row[word]):
                    return None
            elif word.startswith("?"):
                if made.setdefault(word, entity) != entity:
                    return None
            elif word != "*" and entity not in words:
                return None
        return made

    def _of(self, name: str) -> list[tuple[str, str]]:
        """The ends of the supported claims of a relation, or the values of an attribute."""
        if name not in self._pairs:
            if name == "a":
                return []
            if name in self._terms.attributes:
                found = [(e.id, v) for e in self._ledger.entities() for v in e.values(name)]
            else:
                claims = self._see(self._ledger.claims((name,)))
                found = [(c.subject, c.object) for c in claims if c.supported]
            self._pairs[name] = found
        return self._pairs[name]

    def _kind(self, entity: str) -> str:
        if entity not in self._kinds:
            self._kinds[entity] = self._ledger.entity(entity).kind
        return self._kinds[entity]


def _closest(rule: Rule) -> tuple[bool, str]:
    """Rules for certain records before those for all."""
    return not rule.about, rule.name
