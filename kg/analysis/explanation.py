"""Two numbers or two dates that differ: what their fields make of the difference.

No words of a text are compared and nothing is looked up but documents, to learn when a
voice spoke. Every function here answers for one pair of attestations.
"""

from __future__ import annotations

from decimal import Decimal

from kg.model import units
from kg.model.claims import Attestation, ends
from kg.model.dates import UNSAID, parse
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.graph import Graph

# Below this, two counts are often the same by chance, and a digit apart by right.
TELLING = 100
# A number with one of these is another number than the same one without.
BEYOND = ("more-than", "less-than")
_BOUND = {"at-least": "low", "more-than": "low", "at-most": "high", "less-than": "high"}
# How far "about" reaches to either side.
_ABOUT = Decimal("0.1")


class Spoke(Record):
    """When something was first said; `own` is false where only the reader's document tells."""

    earliest: str
    latest: str
    own: bool


class Clock:
    """Tells when voices spoke, by what they said of it and by the dates of documents."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._documents: dict[str, tuple[str, str, frozenset[str], str]] = {}

    def revised(self, old: Sequence[Attestation], new: Sequence[Attestation]) -> str:
        """Why the second is what a voice said later than the first, or an empty text.

        Both are attestations of one voice.
        """
        if why := self._later(old, new):
            return f"the same voice said the one first, and the other {why}"
        works = [
            {(w, d) for a in said for d in self._chain(a) if (w := self._of(d)[3])}
            for said in (old, new)
        ]
        same = {w for w, _ in works[0]} & {w for w, _ in works[1]}
        if same and not works[0] & works[1]:
            return "the same voice is cited from two versions of one work"
        return ""

    def grown(self, less: Sequence[Attestation], more: Sequence[Attestation]) -> str:
        """Why the second is a count that has grown since the first, or an empty text."""
        why = self._later(less, more)
        return f"the larger number was said {why}, of a count that may have grown" if why else ""

    def _later(self, old: Sequence[Attestation], new: Sequence[Attestation]) -> str:
        first, second = self._first(old), self._first(new)
        if first.own and second.own and first.latest and first.latest < second.earliest:
            return "later"
        days = [
            [(a.said_earliest, a.said_latest) for a in s if a.said_earliest] for s in (old, new)
        ]
        if all(days) and min(days[0])[1] < min(days[1])[0]:
            return "later, by the dates of the documents"
        return ""

    def _first(self, said: Sequence[Attestation]) -> Spoke:
        spoke = [self._spoke(a) for a in said]
        own = [s for s in spoke if s.own]
        return (
            min(own)
            if own
            else Spoke("", min((s.latest for s in spoke if s.latest), default=""), False)
        )

    def _spoke(self, a: Attestation) -> Spoke:
        """By `said`; else by a document of the chain that is the voice's own; else by then."""
        if a.said:
            return Spoke(a.said_earliest, a.said_latest, bool(a.said_earliest))
        dated = [(d, self._of(d)) for d in self._chain(a) if self._of(d)[0]]
        own = [s for d, s in dated if a.voice == d or a.voice in s[2]]
        if own:
            return Spoke(min(s[0] for s in own), max(s[1] for s in own), True)
        return Spoke("", min((s[1] for _, s in dated), default=""), False)

    def _chain(self, a: Attestation) -> tuple[str, ...]:
        return (a.document, *a.via)

    def _of(self, name: str) -> tuple[str, str, frozenset[str], str]:
        """First and last day of a document, who made it, and the work that it is a version of."""
        if name not in self._documents:
            entity = self._graph.ledger.entity(name)
            terms = self._graph.terms
            written = terms.is_a(entity.kind, "Document")
            printed = terms.values(entity, "PublishedOn") if written else ()
            days = [parse(text) for text in printed] or [UNSAID]
            first, last = min(d.earliest for d in days), max(d.latest for d in days)
            makers = frozenset(
                (*terms.values(entity, "Author"), *terms.values(entity, "Publisher"))
            )
            work = terms.value(entity, "VersionOf") or (name if written else "")
            self._documents[name] = (first, last, makers, work)
        return self._documents[name]


def value(a: Attestation) -> tuple[Decimal, Decimal]:
    """Both ends of what the number of a figure's attestation may be, in the unit that those of
    its kind are reckoned in."""
    low, high = (units.reckoned(end, a.unit)[1] for end in ends(a.value))
    return low, high


def printed(a: Attestation) -> tuple[Decimal, Decimal]:
    """The same, as they are printed."""
    low, high = map(Decimal, ends(a.value))
    return low, high


def equal(a: Attestation, b: Attestation) -> bool:
    """Whether two numbers are one; a number without a unit is taken to be in the other's."""
    if a.unit and b.unit:
        return units.kind(a.unit) == units.kind(b.unit) and value(a) == value(b)
    return printed(a) == printed(b)


def same(a: Attestation, b: Attestation) -> bool:
    """Whether two numbers say the same: one number, in one unit, bounded to the same side if at all.

    >>> row = dict(claim="", stance="asserts", voice="", document="", locator="", value="700")
    >>> most = Attestation("1", qualifier="at-most", **row)
    >>> same(most, most._replace(qualifier="at-least")), same(most, most._replace(qualifier="exact"))
    (False, True)
    """
    bounds = {_BOUND.get(a.qualifier, ""), _BOUND.get(b.qualifier, "")} - {""}
    return len(bounds) < 2 and equal(a, b) and meet(a, b)


class Span(Record):
    """The numbers that satisfy a figure as it is qualified: both ends, each with 1 or -1
    where it lies just above or just below its number."""

    low: tuple[Decimal, int]
    high: tuple[Decimal, int]

    @staticmethod
    def of(a: Attestation) -> Span:
        """Of the figure of an attestation."""
        return Span(*_range(a, bare=True))

    def holds(self, number: int) -> bool:
        """Whether a number lies in it."""
        return self.low <= (Decimal(number), 0) <= self.high

    def above(self, number: int) -> bool:
        """Whether all of it is larger than a number."""
        return self.low > (Decimal(number), 0)

    def below(self, number: int) -> bool:
        """Whether all of it is smaller than a number."""
        return self.high < (Decimal(number), 0)


def meet(a: Attestation, b: Attestation) -> bool:
    """Whether one number can satisfy both, qualified as they are.

    >>> row = dict(claim="", stance="asserts", voice="", document="", locator="")
    >>> some, more = Attestation("1", value="80", qualifier="at-least", **row), Attestation("2", value="120", **row)
    >>> meet(some, more), meet(some._replace(qualifier="exact"), more)
    (True, False)
    >>> meet(some._replace(value="25..30", qualifier="exact"), some._replace(value="30", qualifier="exact"))
    True
    >>> over = some._replace(qualifier="more-than")
    >>> meet(over, some), meet(over, some._replace(qualifier="exact"))
    (True, False)
    """
    if a.unit and b.unit and units.kind(a.unit) != units.kind(b.unit):
        return False
    bare = not (a.unit and b.unit)
    (low, high), (least, most) = _range(a, bare), _range(b, bare)
    return low <= most and least <= high


def _range(a: Attestation, bare: bool) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
    """Both ends, each with 1 or -1 where it lies just above or just below its number.

    Of the number as printed if it is `bare`, else as it is reckoned with its unit.
    """
    number, most = printed(a) if bare else value(a)
    if a.qualifier == "about":
        return (number - abs(number) * _ABOUT, 0), (most + abs(most) * _ABOUT, 0)
    endless = Decimal("Infinity")
    if a.qualifier in ("at-least", "more-than"):
        return (number, int(a.qualifier == "more-than")), (endless, 0)
    if a.qualifier in ("at-most", "less-than"):
        return (-endless, 0), (number, -int(a.qualifier == "less-than"))
    return (number, 0), (most, 0)


def closed(a: Attestation) -> bool:
    """Whether its period has a first and a last day."""
    return bool(" – " in a.period and a.earliest and a.latest)


def begun(a: Attestation) -> tuple[str, str]:
    """The first and last day on which an event was, or a state began; empty where open."""
    start = parse(a.period.partition(" – ")[0])
    return start.earliest, start.latest


def one_digit(one: str, other: str) -> bool:
    """Whether two texts differ in one digit and nothing else.

    >>> one_digit("2021-04", "2001-04"), one_digit("2021-04", "2021"), one_digit("54", "54")
    (True, False, False)
    """
    apart = [(x, y) for x, y in zip(one, other, strict=False) if x != y]
    return len(one) == len(other) and len(apart) == 1 and "".join(apart[0]).isdigit()


def misprinted_date(a: Attestation, b: Attestation) -> str:
    """Why one of two equal numbers may have a misprinted period, or an empty text."""
    if not equal(a, b) or printed(a)[0] < TELLING:
        return ""
    (start, _, end), (begin, _, stop) = a.period.partition(" – "), b.period.partition(" – ")
    if not (end and stop):
        return ""
    same_end, same_start = (
        end == stop and one_digit(start, begin),
        start == begin and one_digit(end, stop),
    )
    part, which = ("beginnings", "end") if same_end else ("ends", "beginning")
    if not (same_end or same_start):
        return ""
    return f"the same number with the same {which}, and {part} that differ in one digit"


def misprinted_number(a: Attestation, b: Attestation) -> str:
    """Why one of two numbers of one voice for one closed period may be misprinted, or nothing."""
    one = a.voice == b.voice and a.document != b.document and closed(a) and a.period == b.period
    large = one and min(printed(a)[0], printed(b)[0]) >= TELLING
    if large and a.unit == b.unit and one_digit(a.value, b.value):
        return "the same voice is given for the same period with numbers that differ in one digit"
    return ""
