"""The first, the last, the most, the only: what is called so, beside rows that show another one.

Cost: linear in the claims that a rule speaks of, and in those that it counts.
"""

from __future__ import annotations

from kg.analysis.explanation import begun
from kg.analysis.finding import CONFLICT, TENSION, Finding, Side, side
from kg.analysis.matching import Matcher
from kg.model.rules import FIRST, LAST, ONLY, SUPERLATIVE, Rule, pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.finding import Voiced
    from kg.analysis.parts import Parts
    from kg.analysis.totals import Counter

WHO = "?x"
# So many of those that have more are named.
_NAMED = 3


class Superlatives:
    """Sets who is called the first, the last, the most or the only one beside others."""

    def __init__(self, matcher: Matcher, counter: Counter, parts: Parts) -> None:
        self._matcher, self._counter, self._parts = matcher, counter, parts

    def findings(self) -> Iterator[Finding]:
        """What every such rule finds."""
        for rule in self._matcher.terms.rules:
            if rule.kind == SUPERLATIVE:
                called: dict[str, list[Voiced]] = {}
                for bound, voiced in self._matcher.matches(rule.one):
                    called.setdefault(bound[WHO], []).append(voiced)
                if called:
                    dated = rule.end in (FIRST, LAST)
                    yield from (self._dated if dated else self._counted)(rule, called)

    def _rivals(self, who: str, called: dict[str, list[Voiced]], others: set[str]) -> list[str]:
        """Others that are neither a part of it or its whole, nor called so by the same voice."""
        mine = {a.voice for _, a in called[who]}
        told = {name for name, said in called.items() if mine & {a.voice for _, a in said}}
        return sorted(o for o in others - told - {who} if not self._parts.nearest(who, o))

    def _counted(self, rule: Rule, called: dict[str, list[Voiced]]) -> Iterator[Finding]:
        """The most, or the only one: who has as many, or any at all."""
        tally = self._counter.tally([pattern(text) for text in rule.other], WHO)
        for who, said in called.items():
            least = 0 if rule.end == ONLY else tally.get(who, 0)
            more = self._rivals(who, called, {n for n, held in tally.items() if held > least})
            if more:
                more.sort(key=lambda n: (-tally[n], n))
                shown = [f"{{{n}}}: {tally[n]:,}" for n in (*more[:_NAMED], who) if tally.get(n)]
                rest = f", and {len(more) - _NAMED:,} others" if len(more) > _NAMED else ""
                label = f"the rows here: {', '.join(shown)}{rest}"
                yield self._finding(rule, who, said, Side(label=label))

    def _dated(self, rule: Rule, called: dict[str, list[Voiced]]) -> Iterator[Finding]:
        """The first, or the last: who was there before it, or after it, by the days of both."""
        rows: dict[str, list[Voiced]] = {}
        for bound, voiced in self._matcher.matches(rule.other):
            rows.setdefault(bound[WHO], []).append(voiced)
        end = 0 if rule.end == FIRST else 1
        for who, said in called.items():
            # The day with which it is called so, else those that its own rows give.
            given = ([begun(a)[end] for _, a in held] for held in (said, rows.get(who, [])))
            known = next((days for held in given if (days := [d for d in held if d])), [])
            if not known:
                continue
            mine = (min if end == 0 else max)(known)
            beyond = []
            for other in self._rivals(who, called, {*rows}):
                for claim, a in rows[other]:
                    first, last = begun(a)
                    if (last and last < mine) if end == 0 else (first and first > mine):
                        beyond.append((claim, a))
            if beyond:
                yield self._finding(rule, who, said, side(beyond))

    def _finding(self, rule: Rule, who: str, said: list[Voiced], against: Side) -> Finding:
        why = rule.reason.rstrip(".") or f"by the rule {rule.name} there can be one only"
        return Finding(
            SUPERLATIVE,
            ("rule", rule.name, who),
            CONFLICT if rule.strict else TENSION,
            f"{why}; the rows here may be incomplete" if not against.said else why,
            (side(said), against),
            rule.name,
            who,
            rule.label,
        )
