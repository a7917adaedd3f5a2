"""Two sides that differ, and what their fields make of the difference."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, product

from kg.analysis import explanation, quality_figures
from kg.analysis.comparable import SURE, Candidates, happened
from kg.analysis.finding import PUT
from kg.analysis.pair import TWICE, TYPES, Pair, misdated, paired, unique
from kg.analysis.positions import near, order, positions
from kg.model import units
from kg.model.claims import Attestation, Claim
from kg.model.standing import OPPOSITION, SIDE_OF, SUPPORT, living
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.analysis.comparable import See, Unsure
    from kg.model.ontology import Ontology

    Voiced = tuple[Claim, Attestation]


class Finder:
    """Sets side by side what can be compared, and says what the fields make of it."""

    def __init__(self, graph: Graph, see: See, all: bool) -> None:
        self._graph, self.ledger, self.terms, self.see = graph, graph.ledger, graph.terms, see
        self.near = Candidates(graph, see, all)
        self._replaced_ids = graph.ledger.replaced()
        self._again, self._once = graph.terms.repeating, graph.terms.once
        # The relations of which a pair is told with so many dates that it happens again and again.
        self._recurring = set[str]()
        self.clock = explanation.Clock(graph)

    def found(self, claims: Iterable[Claim]) -> list[Pair]:
        """Every pair that differs over some claims, in the ledger's order, those of one key as one.

        Two dates of what happens again and again between others are two occasions.
        """
        met: dict[tuple[str, ...], Pair] = {}
        for pair in self.pairs(claims):
            held = met.get(pair.key)
            met[pair.key] = held.joined(pair) if held else pair
        times = Counter(pair.left[0][0].relation for pair in met.values() if pair.twice)
        again = self._recurring | {relation for relation, n in times.items() if n > _OFTEN}
        why = "between others it happens again and again"
        return [
            pair._replace(type="different-period", why=why)
            if pair.twice and pair.left[0][0].relation in again
            else pair
            for pair in met.values()
        ]

    # ------------------------------------------------------------ what is compared with what
    def pairs(self, claims: Iterable[Claim]) -> Iterator[Pair]:
        """Every pair that differs over some claims, which stand in the ledger's order."""
        for figure, group in groupby(claims, key=lambda c: c.figure and (c.relation, c.subject)):
            if not figure:
                for claim in group:
                    yield from self._of(claim)
                continue
            figures = list(group)
            for claim in figures:
                yield from self._of(claim)
                for other in self.near.over_wholes(claim):
                    yield from self._numbers(claim, other, nested=True)
            for one, other in self.near.beside(figures):
                yield from self._numbers(one, other, nested=self.near.nested(one, other))

    def _of(self, claim: Claim) -> Iterator[Pair]:
        """What disagrees on one claim, and with what would be the same if two records were one."""
        yield from self._compared(claim, claim, SURE)
        yield from self._replaced(claim)
        yield from self._turned(claim)
        for twin, unsure in self.near.twin_claims(claim):
            yield from self._compared(claim, twin, unsure)
        for other, unsure in self.near.closings(claim):
            yield from self._dates(claim, other, unsure)

    def _compared(self, one: Claim, other: Claim, unsure: Unsure) -> Iterator[Pair]:
        yield from self._denial(one, other, unsure)
        if one.figure:
            yield from self._numbers(one, other, unsure)
        elif self.terms.relations[one.relation].kind == "event":
            yield from self._dates(one, other, unsure)
        if one.relation not in self._again:
            yield from self._qualities(one, other, unsure)

    # ------------------------------------------------------------ stances
    def _denial(self, one: Claim, other: Claim, unsure: Unsure) -> Iterator[Pair]:
        pro = [(one, a) for a in living(one.attestations) if a.stance in PUT]
        contra = [(other, a) for a in living(other.attestations) if a.stance in OPPOSITION]
        if not one.figure:
            contra += [instead for _, instead in self._rejections(other)]
            if pro and contra:
                apart = not any(self._at_one_time(p, c) for p, c in product(pro, contra))
                kind = "different-period" if apart else "denial"
                why = "their periods have no day in common" if apart else ""
                key = (kind, one.id, other.id)
                yield unique(Pair(kind, key, why, tuple(pro), tuple(contra), unsure))
            return
        # Who denies one number, or puts another in its place, has said nothing of a third.
        met = [(p, c) for p, c in product(pro, contra) if explanation.meet(p[1], c[1])]
        for a, instead in self._rejections(other):
            if instead[0].id != other.id or explanation.meet(a, instead[1]):
                # Two numbers that exclude each other are found as numbers.
                met += [(p, instead) for p in pro if explanation.equal(p[1], a)]
        if not met:
            return
        apart = not any(self._at_one_time(p, c) for p, c in met)
        kind = "different-period" if apart else "denial"
        why = "their periods have no day in common" if apart else ""
        yield paired(kind, (kind, one.id, other.id), why, met, unsure)

    def _rejections(self, claim: Claim) -> Iterator[tuple[Attestation, Voiced]]:
        """What somebody puts forward of a claim, with what another voice puts in its place."""
        for a in (a for a in claim.attestations if a.stance in PUT):
            yield from ((a, v) for v in self._instead(a) if v[1].voice != a.voice and v[1].living)

    def _replaced(self, claim: Claim) -> Iterator[Pair]:
        """What a voice took back and said otherwise."""
        for a in claim.attestations:
            for instead in self._instead(a):
                if instead[1].voice == a.voice and instead[1].living:
                    key = ("later-revision", a.id, instead[1].id)
                    why = "the same voice put the one in the place of the other"
                    yield Pair(key[0], key, why, ((claim, a),), (instead,))

    def _turned(self, claim: Claim) -> Iterator[Pair]:
        """What a voice first put forward, or spoke against, and later said otherwise or took back."""
        for a in claim.attestations if not all(a.living for a in claim.attestations) else ():
            for b in () if a.living else living(claim.attestations):
                if (
                    a.voice == b.voice
                    and SIDE_OF[a.stance] != SIDE_OF[b.stance]
                    and not b.instead_of
                ):
                    back = SIDE_OF[b.stance] == "withdrawn"
                    why = "the same voice later " + ("took it back" if back else "said otherwise")
                    key = ("later-revision", claim.id, a.voice)
                    yield Pair(key[0], key, why, ((claim, a),), ((claim, b),))

    def _instead(self, a: Attestation) -> Iterator[Voiced]:
        for b in self.ledger.replacements(a.id) if a.id in self._replaced_ids else ():
            held = self.ledger.visible(b.claim)
            for claim in self.see([held] if held else []):
                yield from ((claim, shown) for shown in claim.attestations if shown.id == b.id)

    def _at_one_time(self, one: Voiced, other: Voiced) -> bool:
        (start, end), (begin, stop) = (days(self.terms, *v) for v in (one, other))
        return not ((end and begin and end < begin) or (stop and start and stop < start))

    # ------------------------------------------------------------ dates
    def _dates(self, one: Claim, other: Claim, unsure: Unsure) -> Iterator[Pair]:
        said, answered = (
            [(c, a) for a in living(c.attestations) if a.stance in SUPPORT and a.period]
            for c in (one, other)
        )
        many = len({a.period for _, a in said}) > _ONCE
        recurs = many and not happened(self._graph, one.subject)
        if recurs:
            self._recurring.add(one.relation)
        if one.relation in self._again or recurs:
            return
        for pair in product(said, answered):
            # The earlier is the left one, from whichever claim the two are met.
            left, right = sorted(pair, key=lambda v: (*explanation.begun(v[1]), v[1].id))
            end, begin = explanation.begun(left[1])[1], explanation.begun(right[1])[0]
            if end and begin and end < begin:
                kind, why = self._date_type(left, right)
                if kind == "later-revision" and not self.clock.revised([left[1]], [right[1]]):
                    left, right = right, left
                key = (kind, left[0].id, right[0].id, left[1].period, right[1].period)
                yield Pair(kind, key, why, (left,), (right,), unsure)

    def _date_type(self, left: Voiced, right: Voiced) -> tuple[str, str]:
        (claim, a), (_, b) = left, right
        if a.voice == b.voice and a.document == b.document:
            return "different-period", "one voice gives both in one document, as two occasions"
        besides = dict(b.qualities)
        if any(besides.get(name, value) != value for name, value in a.qualities):
            return "different-period", "they differ in more than the date, as two occasions do"
        if a.voice == b.voice and explanation.one_digit(a.period, b.period):
            why = "the same voice is given with dates that differ in one digit"
            return "misprint", f"perhaps a misprint: {why}"
        why = self.clock.revised([a], [b]) or self.clock.revised([b], [a])
        if a.voice == b.voice and why:
            return "later-revision", why
        apart = "the dates exclude each other"
        once = self.near.closes(claim) or happened(self._graph, claim.subject)
        if once or claim.relation in self._once:
            return "genuine", apart
        return "genuine", f"{apart}, {TWICE}"

    # ------------------------------------------------------------ numbers
    def _numbers(
        self,
        one: Claim,
        other: Claim,
        unsure: Unsure = SURE,
        nested: bool = False,
        besides: bool = False,
    ) -> Iterator[Pair]:
        """What differs in number; `besides` its claim, a number is no count that grows."""
        if one.relation in self._again:
            return
        ours, theirs = positions(one), positions(other)
        # Of one claim, what one voice says twice may differ by a misprint.
        for sides in near(ours, None if one is other else theirs):
            left, right = sorted(sides, key=order)
            judged = [
                (self._number_type(x, y, left, right, nested, besides), x, y)
                for x in left
                for y in right
            ]
            kind, why = min((t for t, _, _ in judged), key=lambda t: _RANK[t[0]])
            if not kind:
                continue
            met = [(x, y) for t, x, y in judged if t == (kind, why)]
            (claim, a), (again, b) = met[0]
            key: tuple[str, ...] = (kind, claim.id, again.id, a.value, b.value)
            if kind == "later-revision":
                key += (a.voice,)
                if not self.clock.revised(_said(left), _said(right)):
                    met = [(y, x) for x, y in met]
            if kind == "misprint" and explanation.equal(a, b):
                yield from (misdated(why, x, y, unsure) for x, y in met)
            else:
                yield paired(kind, key, why, met, unsure)

    def _qualities(self, one: Claim, other: Claim, unsure: Unsure) -> Iterator[Pair]:
        """What voices say besides of one claim in numbers: shares, amounts, as if each were a figure."""
        rows = {a.id: (c, a) for c in (one, other) for a in c.attestations}
        for name in quality_figures.numeric(self.terms, [a for _, a in rows.values()]):
            shown = [quality_figures.figure(self.terms, c, name) for c in (one, other)]
            given = {a.value for c in shown for a in c.attestations if a.value}
            many = self.terms.term(one.relation).kind == "event" and len(given) > _ONCE
            if many and not happened(self._graph, one.subject):
                continue
            left, right = shown if other is not one else (shown[0], shown[0])
            for pair in self._numbers(left, right, unsure, besides=True):
                if pair.type == "misprint":
                    continue
                less, more = (
                    tuple(rows[a.id] for _, a in side) for side in (pair.left, pair.right)
                )
                # Two holdings in one document of one voice are no disagreement.
                if _places(less) != _places(more):
                    key = (pair.key[0], "quality", name, *pair.key[1:])
                    yield Pair(pair.type, key, pair.why, less, more, unsure, name)

    def _number_type(
        self,
        x: Voiced,
        y: Voiced,
        left: list[Voiced],
        right: list[Voiced],
        nested: bool,
        besides: bool,
    ) -> tuple[str, str]:
        (claim, a), (other, b) = x, y
        if self.near.alike(claim.subject, other.subject) and (
            why := explanation.misprinted_date(a, b)
        ):
            return "misprint", f"perhaps a misprint: {why}"
        one_passage = a.voice == b.voice and a.document == b.document
        if explanation.equal(a, b) and (a.voice == b.voice or explanation.meet(a, b)):
            return "", ""  # "54" and "more than 54" are told apart, but not of one voice
        if claim.id != other.id and one_passage:
            return "", ""  # who counts several things in one text has not disagreed with anybody
        if nested:
            return "different-definition", "one counts over a part of what the other counts over"
        if not self.near.alike(claim.object, other.object):
            what = "they count over different things"
            return "different-scope", what if claim.object and other.object else _UNSCOPED
        if a.unit and b.unit and units.kind(a.unit) != units.kind(b.unit):
            return "different-definition", f"one counts {a.unit}, the other {b.unit}"
        if explanation.meet(a, b):
            return "qualifier", "as they are qualified, one number can satisfy both"
        # An event has an id and is one: its number neither grows nor changes with the day that a
        # row gives; only instalments, each with its own span, are apart.
        event = happened(self._graph, claim.subject)
        spans = not event or (" – " in a.period and " – " in b.period)
        if spans and not self._at_one_time(x, y):
            return "different-period", "their periods have no day in common"
        if a.voice == b.voice:
            old, new = _said(left), _said(right)
            if why := self.clock.revised(old, new) or self.clock.revised(new, old):
                return "later-revision", why
        if besides:
            return "genuine", "it is said of one claim, and no period or date explains it"
        if not (event or (explanation.closed(a) and explanation.closed(b))) and (
            why := self.clock.grown(_said(left), _said(right))
        ):
            return "different-period", why
        if why := explanation.misprinted_number(a, b):
            return "misprint", f"perhaps a misprint: {why}"
        if event:
            return "genuine", "it is one event, and no unit explains it"
        return "genuine", "subject, scope and unit are the same, and no period or date explains it"


# What has more dates than this happens again and again.
_ONCE = 3
# What more than so many pairs are told with several dates of does, too.
_OFTEN = 12
_UNSCOPED = "only one of them says what it counts over"
_RANK = {kind: rank for rank, kind in enumerate((*TYPES, ""))}


def days(terms: Ontology, claim: Claim, a: Attestation) -> tuple[str, str]:
    """The first and last day on which it may have been so; empty where open."""
    term = terms.relations.get(claim.relation)
    lasting = term is not None and term.kind == "state" and " – " not in a.period
    return a.earliest, "" if lasting else a.latest


def _places(side: Iterable[Voiced]) -> set[tuple[str, str]]:
    return {(a.voice, a.document) for _, a in side}


def _said(side: list[Voiced]) -> list[Attestation]:
    return [a for _, a in side]
