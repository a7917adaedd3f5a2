"""What the rules of the ontology find: one at a time, and what rules out what.

Cost: linear in the claims that a rule speaks of, times how deep parts lie in wholes;
claims are joined by hash, never pair by pair.
"""

from __future__ import annotations

from itertools import islice, product

from kg.analysis.disagreement import days
from kg.analysis.finding import CONFLICT, EXPLAINED, TENSION, Finding, Side, side
from kg.model.claims import Claim, is_entity
from kg.model.rules import EXCLUSIVE, RULES_OUT, Pattern, Rule, pattern
from kg.model.standing import OPPOSITION, SUPPORT, living
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.analysis.comparable import Candidates, Unsure
    from kg.analysis.finding import Voiced
    from kg.model.ontology import Ontology

    Bound = tuple[dict[str, str], Voiced]

_PUT = (*SUPPORT, "announces")
# Of sides with more rows than this, the rest is taken to be at the time of the first.
_MOST = 10_000


def speaks_of(terms: Ontology) -> set[str]:
    """The relations that the rules of exclusion speak of."""
    found = set[str]()
    for rule in terms.rules:
        if rule.kind == EXCLUSIVE:
            found |= {*rule.relations}
        elif rule.kind == RULES_OUT:
            for text in (*rule.one, *rule.other):
                relations = pattern(text).relation
                found |= {*terms.relations} if "*" in relations else {*relations}
    return found


class Excluder:
    """Finds what the rules say cannot both be, among claims by their relations."""

    def __init__(self, graph: Graph, near: Candidates, held: Mapping[str, list[Claim]]) -> None:
        self.terms, self.near, self.held = graph.terms, near, held
        self._ledger = graph.ledger
        self._kinds: dict[str, str] = {}

    def findings(self) -> Iterator[Finding]:
        """What every rule finds."""
        for rule in self.terms.rules:
            if rule.kind == EXCLUSIVE:
                known = self.terms.relations
                # Without a direction there is one end only to look from.
                both = all(n in known and known[n].symmetric for n in rule.relations)
                for end in ("subject", "object")[: 1 if both and rule.end != "date" else 2]:
                    if rule.end in (end, "both") or (both and rule.end != "date"):
                        yield from self._exclusive(rule, end, both)
            elif rule.kind == RULES_OUT:
                yield from self._excluded(rule)

    # ------------------------------------------------------------ one at a time
    def _exclusive(self, rule: Rule, end: str, both: bool) -> Iterator[Finding]:
        groups: dict[str, dict[str, list[Voiced]]] = {}
        kept_to = [*map(pattern, rule.one)]
        for claim in self._claims(rule.relations):
            if kept_to and all(self._fit(wanted, claim) is None for wanted in kept_to):
                continue
            said = [(claim, a) for a in living(claim.attestations) if a.stance in SUPPORT]
            ends = (claim.subject, claim.object)
            one, kept = ends if end == "subject" else ends[::-1]
            if said:
                groups.setdefault(kept, {}).setdefault(one, []).extend(said)
            if said and self.terms.term(claim.relation).symmetric and one != kept:
                groups.setdefault(one, {}).setdefault(kept, []).extend(said)
        for kept, holders, unsure in self._twinned(groups):
            sides = self._sides(holders) if len(holders) > 1 else []
            if len(sides) < 2:
                continue
            key: tuple[str, ...] = ("rule", rule.name, end, kept)
            rest: dict[str, Any] = {"rule": rule.name, "focus": kept, "unsure": unsure}
            key = (*key, "twins") if unsure else key
            together = self._together(sides)
            if len(together) < 2:
                why = "their periods have no day in common: one followed the other"
                made = tuple(side(s) for s in sides)
                yield Finding(EXCLUSIVE, key, EXPLAINED, why, made, **rest)
                continue
            hard = CONFLICT if rule.strict else TENSION
            dated = all(any(a.earliest or a.latest for _, a in s) for s in together)
            one = "one" if both else f"one {end}"
            why = rule.reason.rstrip(".") or f"{one} at a time, by the rule {rule.name}"
            why += "" if dated else "; no dates tell whether one followed the other"
            yield Finding(EXCLUSIVE, key, hard, why, tuple(side(s) for s in together), **rest)

    def _twinned(
        self, groups: dict[str, dict[str, list[Voiced]]]
    ) -> Iterator[tuple[str, dict[str, list[Voiced]], Unsure]]:
        """Every group, and the groups of two records that may be one, where the two differ."""
        for kept, holders in groups.items():
            yield kept, holders, ()
            for twin, reason in self.near.twins(kept):
                if kept < twin and twin in groups:
                    both: dict[str, list[Voiced]] = {}
                    for one in (holders, groups[twin]):
                        for name, said in one.items():
                            both.setdefault(name, []).extend(said)
                    if {*holders} != {*groups[twin]}:
                        yield kept, both, ((kept, twin, reason),)

    def _sides(self, holders: Mapping[str, list[Voiced]]) -> list[list[Voiced]]:
        """What holders say, those as one of which one is part of another or that are told together."""
        parent = {name: name for name in holders}

        def root(name: str) -> str:
            while parent[name] != name:
                parent[name] = name = parent[parent[name]]
            return name

        told: dict[tuple[str, str], str] = {}
        for name, said in holders.items():
            near = [*self.near.parts.wholes(name), *(t for t, _ in self.near.twins(name))]
            for other in near:
                if other in parent:
                    parent[root(name)] = root(other)
            for _, a in said:
                # Who names two in one document means both together.
                first = told.setdefault((a.voice, a.document), name)
                parent[root(name)] = root(first)
        groups: dict[str, list[Voiced]] = {}
        for name, said in holders.items():
            groups.setdefault(root(name), []).extend(said)
        return list(groups.values())

    def _together(self, sides: Sequence[list[Voiced]]) -> list[list[Voiced]]:
        """The sides that overlap another one in time; what has no date may."""
        spans = []
        for said in sides:
            known = [days(self.terms, *voiced) for voiced in said]
            last = "9999" if any(not d for _, d in known) else max(d for _, d in known)
            spans.append((min(d for d, _ in known), last, said))
        spans.sort(key=lambda s: s[:2])
        kept: dict[int, list[Voiced]] = {}
        latest, holder = "", -1
        for i, (first, last, said) in enumerate(spans):
            if holder >= 0 and first <= latest:
                kept[holder], kept[i] = spans[holder][2], said
            if last > latest:
                latest, holder = last, i
        return list(kept.values())

    # ------------------------------------------------------------ what rules out what
    def _excluded(self, rule: Rule) -> Iterator[Finding]:
        ones = [*self._matches(map(pattern, rule.one))]
        others = [*self._matches(map(pattern, rule.other))]
        shared = sorted(_words(rule.one) & _words(rule.other))
        groups: dict[tuple[str, ...], _Met] = {}
        for one, other in self._met(ones, others, shared[:1]):
            if one[1][0].id == other[1][0].id and one[1][1].stance == other[1][1].stance:
                continue
            places = [self._meet(one[0][v], other[0][v]) for v in shared]
            if all(places):
                focus = tuple(p[0] for p in places if p)
                direct = all(one[0][v] == other[0][v] for v in shared)
                groups.setdefault(focus, _Met()).add(one[1], other[1], direct, places)
        for focus, met in self._nested(groups):
            both = islice(product(side(met.left).said, side(met.right).said), _MOST)
            at_once = any(self._at_one_time(x, y) for x, y in both)
            hard = (CONFLICT if rule.strict else TENSION) if at_once else EXPLAINED
            why = rule.reason.rstrip(".") or f"the rule {rule.name} holds that both cannot be"
            yield Finding(
                RULES_OUT,
                ("rule", rule.name, *focus),
                hard,
                why if at_once else "their periods have no day in common",
                (side(met.left), side(met.right)),
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

        def root(focus: tuple[str, ...]) -> tuple[str, ...]:
            while parent[focus] != focus:
                parent[focus] = focus = parent[parent[focus]]
            return focus

        for focus in groups:
            for whole in self.near.parts.wholes(focus[0]) if len(focus) == 1 else ():
                if (whole,) in groups:
                    parent[root(focus)] = root((whole,))
        joined: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for focus in sorted(groups):
            joined.setdefault(root(focus), []).append(focus)
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

    def _met(
        self, ones: Sequence[Bound], others: Sequence[Bound], by: Sequence[str]
    ) -> Iterator[tuple[Bound, Bound]]:
        """What can meet by a variable: the same entity, a twin, or one a part of the other."""
        if not by:
            yield from product(ones, others)
            return
        (word,) = by
        at: dict[str, list[Bound]] = {}
        below: dict[str, list[Bound]] = {}
        for other in others:
            here = other[0][word]
            at.setdefault(here, []).append(other)
            for whole in self.near.parts.wholes(here):
                below.setdefault(whole, []).append(other)
        for one in ones:
            here = one[0][word]
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

    def _matches(self, patterns: Iterable[Pattern]) -> Iterator[Bound]:
        for wanted in patterns:
            stances = OPPOSITION if wanted.against else _PUT
            for claim in self._claims(wanted.relation):
                for bound in self._fitted(wanted, claim):
                    for a in living(claim.attestations):
                        if a.stance in stances:
                            yield bound, (claim, a)

    def _fit(self, wanted: Pattern, claim: Claim) -> dict[str, str] | None:
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

    def _claims(self, relations: Iterable[str]) -> Iterator[Claim]:
        names = self.held if "*" in relations else relations
        for name in names:
            yield from self.held.get(name, ())


class _Met:
    """What has met of two sides over one focus."""

    def __init__(self) -> None:
        self.left: list[Voiced] = []
        self.right: list[Voiced] = []
        self.along: list[str] = []
        self.unsure: list[tuple[str, str, str]] = []
        self.direct = set[str]()

    def add(
        self,
        one: Voiced,
        other: Voiced,
        direct: bool,
        places: Iterable[tuple[str, str, Unsure] | None],
    ) -> None:
        """One row of each side, and where they met."""
        self.left.append(one)
        self.right.append(other)
        if direct:
            self.direct |= {one[1].id, other[1].id}
        for _, along, unsure in (p for p in places if p):
            self.along += [along] if along else []
            self.unsure += unsure

    def join(self, other: _Met) -> None:
        """Take in what has met over a part, or over the whole."""
        self.left += other.left
        self.right += other.right
        self.along += other.along
        if not other.unsure:
            self.unsure.clear()


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
        pro = tuple((claim, a) for a in living(claim.attestations) if a.stance in _PUT)
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
