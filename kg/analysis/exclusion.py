"""What rules of the ontology hold that cannot both be, and denials along parts and wholes.

Cost: linear in the claims that a rule speaks of, times how deep parts lie in wholes: claims are
joined by hash, and whole sides meet, never row by row.
"""

from __future__ import annotations

from itertools import islice, product

from kg.analysis.disagreement import days
from kg.analysis.finding import CONFLICT, EXPLAINED, PUT, TENSION, Finding, Side, side
from kg.analysis.matching import Matcher
from kg.model.groups import join, root
from kg.model.rules import RULES_OUT, Rule, pattern
from kg.model.standing import OPPOSITION, living

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.comparable import Candidates, Unsure
    from kg.analysis.finding import Voiced
    from kg.analysis.matching import Bound
    from kg.model.claims import Claim

    _Key = tuple[str, ...]
    _Rows = dict[str, Voiced]
    Places = tuple[tuple[str, str, Unsure], ...]

# Of sides with more rows than this, the rest is taken to be at the time of the first.
_MOST = 10_000


class Excluder:
    """Finds the claims that rules set against each other."""

    def __init__(self, matcher: Matcher, near: Candidates) -> None:
        self.terms, self.near, self._matcher = matcher.terms, near, matcher

    def findings(self) -> Iterator[Finding]:
        """What every such rule finds."""
        for rule in self.terms.rules:
            if rule.kind == RULES_OUT:
                yield from self._excluded(rule)

    def _excluded(self, rule: Rule) -> Iterator[Finding]:
        shared = sorted(_words(rule.one) & _words(rule.other))
        ones = _by_key(self._matcher.matches(rule.one), shared)
        others = _by_key(self._matcher.matches(rule.other), shared) if ones else {}
        groups: dict[tuple[str, ...], _Met] = {}
        for one, other in self._met(ones, others):
            places = [self._meet(x, y) for x, y in zip(one, other, strict=True)]
            if all(places):
                found = tuple(p for p in places if p)
                focus = tuple(wide for wide, _, _ in found)
                met = groups.setdefault(focus, _Met())
                met.add(ones[one], others[other], one == other, found)
        groups = {focus: met for focus, met in groups.items() if met.differ()}
        for focus, met in self._nested(groups):
            left, right = ([*rows.values()] for rows in (met.left, met.right))
            both = islice(product(left, right), _MOST)
            at_once = any(self._at_one_time(x, y) for x, y in both)
            hard = (CONFLICT if rule.strict else TENSION) if at_once else EXPLAINED
            why = rule.reason.rstrip(".") or f"the rule {rule.name} holds that both cannot be"
            yield Finding(
                RULES_OUT,
                ("rule", rule.name, *focus),
                hard,
                why if at_once else "their periods have no day in common",
                (side(left), side(right)),
                rule.name,
                next(iter(focus), ""),
                rule.label,
                tuple(dict.fromkeys(met.along)),
                tuple(dict.fromkeys(met.unsure)),
            )

    def _nested(
        self, groups: dict[tuple[str, ...], _Met]
    ) -> Iterator[tuple[tuple[str, ...], _Met]]:
        """What a rule finds of a whole and of its parts as one quarrel.

        It is about that of which both sides speak themselves in most rows, or the widest of them.
        """
        parent = {focus: focus for focus in groups}
        for focus in groups:
            for whole in self.near.parts.wholes(focus[0]) if len(focus) == 1 else ():
                if (whole,) in groups:
                    join(parent, focus, (whole,))
        joined: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for focus in sorted(groups):
            joined.setdefault(root(parent, focus), []).append(focus)
        for members in joined.values():
            direct = [f for f in members if groups[f].direct] or members
            wide = (
                [
                    f
                    for f in direct
                    if not any((whole,) in direct for whole in self.near.parts.wholes(f[0]))
                ]
                if len(direct) > 1
                else direct
            )
            lead = max(direct, key=lambda f: (len(groups[f].direct), f in wide, f))
            met = groups[lead]
            for focus in members:
                if focus != lead:
                    met.join(groups[focus])
            yield lead, met

    def _met(self, ones: Iterable[_Key], others: Iterable[_Key]) -> Iterator[tuple[_Key, _Key]]:
        """What can meet by the first variable: the same entity, a twin, or one a part of the other."""
        at: dict[str, list[_Key]] = {}
        below: dict[str, list[_Key]] = {}
        for other in others:
            here = other[0] if other else ""
            at.setdefault(here, []).append(other)
            for whole in self.near.parts.wholes(here):
                below.setdefault(whole, []).append(other)
        for one in ones:
            here = one[0] if one else ""
            near = [here, *self.near.parts.wholes(here), *(t for t, _ in self.near.twins(here))]
            for place in dict.fromkeys(near):
                yield from ((one, other) for other in at.get(place, ()))
            yield from ((one, other) for other in below.get(here, ()))

    def _meet(self, one: str, other: str) -> tuple[str, str, Unsure] | None:
        """The wider of two entities, the term along which they met, and what is unsure of it."""
        if wide := self.near.parts.nearest(one, other):
            narrow = one if wide == other else other
            return wide, self.near.parts.wholes(narrow).get(wide, ""), ()
        for twin, reason in self.near.twins(one):
            if twin == other:
                return min(one, other), "", ((*sorted((one, other)), reason),)  # type: ignore[return-value]
        return None

    def _at_one_time(self, x: Voiced, y: Voiced) -> bool:
        (start, end), (begin, stop) = days(self.terms, *x), days(self.terms, *y)
        return not ((end and begin and end < begin) or (stop and start and stop < start))


class _Met:
    """What has met of two sides over one focus: rows by their attestations."""

    def __init__(self) -> None:
        self.left: dict[str, Voiced] = {}
        self.right: dict[str, Voiced] = {}
        self.along: list[str] = []
        self.unsure: list[tuple[str, str, str]] = []
        self.direct = set[str]()
        self._added = set[tuple[int, int]]()

    def add(self, ones: _Rows, others: _Rows, direct: bool, places: Places) -> None:
        """Rows of each side, each set once, and where they met."""
        for i, (rows, side_) in enumerate(((ones, self.left), (others, self.right))):
            if (i, id(rows)) not in self._added:
                self._added.add((i, id(rows)))
                side_.update(rows)
        if direct:
            self.direct |= {*ones, *others}
        for _, along, unsure in places:
            self.along += [along] if along else []
            self.unsure += unsure

    def differ(self) -> bool:
        """Whether there are two sides: what a row of one says is not what all of the other say."""
        marks = [{(c.id, a.stance) for c, a in s.values()} for s in (self.left, self.right)]
        for side_, across in ((self.left, marks[1]), (self.right, marks[0])):
            for name in [n for n, (c, a) in side_.items() if not across - {(c.id, a.stance)}]:
                del side_[name]
        return bool(self.left and self.right)

    def join(self, other: _Met) -> None:
        """Take in what has met over a part, or over the whole."""
        self.left |= other.left
        self.right |= other.right
        self.along += other.along
        if not other.unsure:
            self.unsure.clear()


def _by_key(found: Iterable[Bound], words: Sequence[str]) -> dict[_Key, _Rows]:
    """Rows by what the words stand for in them."""
    made: dict[_Key, _Rows] = {}
    for bound, voiced in found:
        made.setdefault(tuple(bound[word] for word in words), {})[voiced[1].id] = voiced
    return made


def _words(patterns: Iterable[str]) -> set[str]:
    sets = [{*pattern(text).variables} for text in patterns]
    return set.intersection(*sets) if sets else set()


def parted(
    opposed: Sequence[Claim], claims: Iterable[Claim], near: Candidates
) -> Iterator[Finding]:
    """Denials of a whole that meet claims of a part, and denials of a part claims of the whole."""
    wholes = near.parts.wholes
    at: dict[tuple[str, str, str], Claim] = {}
    above: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in opposed:
        for subject, target in near.ways(claim):
            at[claim.relation, subject, target] = claim
            for s, o in product((subject, *wholes(subject)), (target, *wholes(target))):
                if (s, o) != (subject, target):
                    above.setdefault((claim.relation, s, o), []).append(claim)
    for claim in claims:
        if not near.parts.names(claim.subject, claim.object):
            continue
        pro = tuple((claim, a) for a in living(claim.attestations) if a.stance in PUT)
        if not pro or claim.figure:
            continue
        ends = (claim.subject, *wholes(claim.subject)), (claim.object, *wholes(claim.object))
        met = [at.get((claim.relation, s, o)) for s, o in product(*ends)]
        met += above.get((claim.relation, claim.subject, claim.object), [])
        for other in {c.id: c for c in met if c}.values():
            if other.id == claim.id:
                continue
            contra = tuple((other, a) for a in living(other.attestations) if a.stance in OPPOSITION)
            along = {
                wholes(a).get(b) or wholes(b).get(a) or ""
                for way in near.ways(other)
                for a, b in zip((claim.subject, claim.object), way, strict=True)
            } - {""}
            if contra:
                yield Finding(
                    "part",
                    ("denial", other.id),
                    TENSION,
                    "what is denied of the one is put forward of a part of it, or of the whole",
                    (Side(pro), Side(contra)),
                    focus=other.subject,
                    along=tuple(sorted(along)),
                )
