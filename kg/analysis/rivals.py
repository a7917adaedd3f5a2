"""What a rule has one of at a time: rivals for it that are told of the same time.

Cost: linear in the claims of the rule's relations, times how deep parts lie in wholes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.analysis.disagreement import days
from kg.analysis.finding import CONFLICT, EXPLAINED, TENSION, Finding, side
from kg.analysis.matching import Matcher
from kg.model.groups import join, root
from kg.model.rules import EXCLUSIVE, Rule, pattern
from kg.model.standing import SUPPORT, living

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.analysis.comparable import Candidates, Unsure
    from kg.analysis.finding import Voiced
    from kg.model.claims import Attestation, Claim

_OPEN = "9999"


class Rivals:
    """Finds several subjects, or objects, where a rule holds that there is one at a time."""

    def __init__(self, matcher: Matcher, near: Candidates) -> None:
        self.terms, self.near, self._matcher = matcher.terms, near, matcher

    def findings(self) -> Iterator[Finding]:
        """What every such rule finds."""
        for rule in self.terms.rules:
            if rule.kind != EXCLUSIVE or rule.end == "date":
                continue
            known = self.terms.relations
            # Without a direction there is one end only to look from.
            both = all(n in known and known[n].symmetric for n in rule.relations)
            for end in ("subject", "object")[: 1 if both else 2]:
                if both or rule.end in (end, "both"):
                    yield from self._exclusive(rule, end, both)

    def _exclusive(self, rule: Rule, end: str, both: bool) -> Iterator[Finding]:
        groups: dict[str, dict[str, list[Voiced]]] = {}
        kept_to = [*map(pattern, rule.one)]
        for claim in self._matcher.claims(rule.relations):
            if kept_to and all(self._matcher.fit(wanted, claim) is None for wanted in kept_to):
                continue
            said = [(claim, a) for a in living(claim.attestations) if a.stance in SUPPORT]
            ends = (claim.subject, claim.object)
            one, kept = ends if end == "subject" else ends[::-1]
            if said:
                groups.setdefault(kept, {}).setdefault(one, []).extend(said)
            if said and self.terms.term(claim.relation).symmetric and one != kept:
                groups.setdefault(one, {}).setdefault(kept, []).extend(said)
        for kept, holders, unsure in self._twinned(groups):
            sides = self._sides(holders, len(unsure) > 1) if len(holders) > 1 else []
            if len(sides) < 2:
                continue
            key: tuple[str, ...] = ("rule", rule.name, end, kept)
            rest: dict[str, Any] = {"rule": rule.name, "focus": kept, "unsure": unsure}
            key = (*key, "twins") if unsure else key
            together = self._together(sides)
            if len(together) < 2:
                why = "their periods have no day in common: one followed the other"
                if any(a.earliest and not a.latest and a.said_latest for s in sides for _, a in s):
                    why += "; what goes on is told up to the day on which it was said"
                made = tuple(side(s) for s in sides)
                yield Finding(EXCLUSIVE, key, EXPLAINED, why, made, **rest)
                continue
            hard = CONFLICT if rule.strict else TENSION
            dated = all(any(a.earliest or a.latest for _, a in s) for s in together)
            one = "one" if both else f"one {end}"
            why = rule.reason.rstrip(".") or f"{one} at a time, by the rule {rule.name}"
            if len(unsure) > 1:
                why = "it is one of several that have different ones"
            # Records that may be one are no rivals of each other, but nobody named them together.
            fine = self._sides(holders, len(unsure) > 1, twins=False)
            at = {a.id: i for i, rows in enumerate(together) for _, a in rows}
            met = [[v for v in rows if v[1].id in at] for rows in fine]
            made = tuple(map(side, sorted(filter(None, met), key=lambda f: at[f[0][1].id])))
            rest["unless"] = self._unless(holders, at)
            why += (
                "" if dated or len(unsure) > 1 else "; no dates tell whether one followed the other"
            )
            yield Finding(EXCLUSIVE, key, hard, why, made, **rest)

    def _twinned(
        self, groups: dict[str, dict[str, list[Voiced]]]
    ) -> Iterator[tuple[str, dict[str, list[Voiced]], Unsure]]:
        """Every group, and the groups of records that may be one, where these differ.

        Two that may be one; or several of which a record that has none itself is one, but which
        is not known.
        """
        for kept, holders in groups.items():
            yield kept, holders, ()
            for twin, reason in self.near.twins(kept):
                if kept < twin and twin in groups and {*holders} != {*groups[twin]}:
                    yield kept, _joined(groups, (kept, twin)), ((kept, twin, reason),)
        for open_ in self.near.unsure:
            held = [] if open_ in groups else [t for t in self.near.twins(open_) if t[0] in groups]
            if len({frozenset(groups[twin]) for twin, _ in held}) > 1:
                both = _joined(groups, [twin for twin, _ in held])
                yield open_, both, tuple((open_, twin, reason) for twin, reason in held)

    def _unless(self, holders: Mapping[str, list[Voiced]], shown: Container[str]) -> Unsure:
        """The holders of some rows that may be one."""
        here = {name for name, said in holders.items() if any(a.id in shown for _, a in said)}
        return tuple(
            (name, twin, reason)
            for name in sorted(here)
            for twin, reason in self.near.twins(name)
            if name < twin and twin in here
        )

    def _sides(
        self, holders: Mapping[str, list[Voiced]], apart: bool, twins: bool = True
    ) -> list[list[Voiced]]:
        """What holders say, those as one of which one is part of another or that are told together.

        So are, with `twins`, those that may be one.

        What a document tells of several records is told together unless the records are `apart`.
        """
        parent = {name: name for name in holders}
        told: dict[tuple[str, str, str], str] = {}
        for name, said in holders.items():
            near = [*self.near.parts.wholes(name)]
            near += [t for t, _ in self.near.twins(name)] if twins else []
            for other in near:
                if other in parent:
                    join(parent, name, other)
            for c, a in said:
                # Who names two in one document means both together.
                kept = "" if not apart else c.object if c.subject == name else c.subject
                first = told.setdefault((a.voice, a.document, kept), name)
                join(parent, name, first)
        groups: dict[str, list[Voiced]] = {}
        for name, said in holders.items():
            groups.setdefault(root(parent, name), []).extend(said)
        return list(groups.values())

    def _told(self, claim: Claim, a: Attestation) -> tuple[str, str]:
        """The days of which a row tells: of what goes on, those up to the day on which it was said."""
        first, last = days(self.terms, claim, a)
        if first and not last and a.said_latest:
            last = max(first, a.said_latest)
        return first, last

    def _together(self, sides: Sequence[list[Voiced]]) -> list[list[Voiced]]:
        """What of each side may be of one time with what another tells; what has no date may.

        A row that lies before or after all that others tell is no rival of theirs, whatever else
        its side tells.
        """
        spans = [[self._told(*voiced) for voiced in said] for said in sides]
        every = _Spans(span for side_ in spans for span in side_)
        kept = []
        for said, mine in zip(sides, spans, strict=True):
            own = _Spans(mine)
            rows = [v for v, at in zip(said, mine, strict=True) if every.meet(at) > own.meet(at)]
            if rows:
                kept.append((min((at[0], at[1] or _OPEN) for at in mine), rows))
        return [rows for _, rows in sorted(kept, key=lambda k: k[0])]


class _Spans:
    """Times, of which one asks how many have a day in common with another."""

    def __init__(self, spans: Iterable[tuple[str, str]]) -> None:
        pairs = [*spans]
        self.begun = sorted(first for first, _ in pairs)
        self.ended = sorted(last or _OPEN for _, last in pairs)

    def meet(self, span: tuple[str, str]) -> int:
        first, last = span
        return bisect_right(self.begun, last or _OPEN) - bisect_left(self.ended, first)


def _joined(
    groups: Mapping[str, Mapping[str, list[Voiced]]], kept: Iterable[str]
) -> dict[str, list[Voiced]]:
    """The holders of several records as those of one."""
    both: dict[str, list[Voiced]] = {}
    for record in kept:
        for name, said in groups[record].items():
            both.setdefault(name, []).extend(said)
    return both
