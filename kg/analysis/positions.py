"""What each voice gives as a number, and which of these are set side by side."""

from __future__ import annotations

from heapq import nsmallest
from itertools import combinations_with_replacement, product

from kg.analysis import explanation
from kg.analysis.comparable import plain
from kg.model import units
from kg.model.claims import Claim
from kg.model.standing import SUPPORT, living

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kg.analysis.finding import Voiced

# So many positions on one number are all set beside each other.
_MANY = 40
# And of more each beside so many of the next in size.
_NEXT = 6


def positions(claim: Claim) -> list[list[Voiced]]:
    """What each voice that stands by a number gives, value by value."""
    found: dict[tuple[str, str, str], list[Voiced]] = {}
    for a in living(claim.attestations):
        if a.stance in SUPPORT and a.value:
            found.setdefault((a.voice, plain(a), units.kind(a.unit)), []).append((claim, a))
    return list(found.values())


def order(side: list[Voiced]) -> tuple[tuple[Decimal, Decimal], str, str, str]:
    """What positions stand in order by: the number, then whose it is."""
    claim, a = side[0]
    return (explanation.value(a), claim.id, a.voice, a.unit)


def near(
    ours: list[list[Voiced]], theirs: list[list[Voiced]] | None
) -> Iterable[tuple[list[Voiced], list[Voiced]]]:
    """The positions to be set side by side: all, or of many those near each other.

    In a long series two numbers of times that do not overlap are no disagreement, and of those
    that do each is set beside the next in size: they come to stand in one entry all the same.
    """
    if theirs is None and len(ours) <= _MANY:
        return combinations_with_replacement(ours, 2)
    if theirs is not None and len(ours) * len(theirs) <= _MANY**2:
        return product(ours, theirs)
    spans = []
    for i, held in [(0, side) for side in ours] + [(1, side) for side in theirs or ()]:
        times: dict[tuple[str, str], list[Voiced]] = {}
        for claim, a in held:
            times.setdefault((a.earliest, a.latest or "9999"), []).append((claim, a))
        spans += [(*span, i, side) for span, side in times.items()]
    spans.sort(key=lambda s: (s[:3], order(s[3])))
    found = []
    active: list[tuple[str, int, Decimal, list[Voiced]]] = []
    for first, last, i, side in spans:
        size = explanation.value(side[0][1])[0]
        active = [held for held in active if held[0] >= first]
        active.append((last, i, size, side))
        beside = (held for held in active if theirs is None or held[1] != i)
        closest = nsmallest(_NEXT, beside, key=lambda held: abs(held[2] - size))
        found += [(held[3], side) for held in closest]
    return found
