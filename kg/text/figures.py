"""Numbers as they were said: of a row, and of all rows of a claim."""

from __future__ import annotations

from kg.model.claims import Attestation, Claim, ends
from kg.model.standing import OPPOSITION, living

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_QUALIFIER = {
    "about": "about ",
    "at-least": "at least ",
    "at-most": "at most ",
    "more-than": "more than ",
    "less-than": "less than ",
}


def opposed(claim: Claim) -> list[Attestation]:
    """The attestations of a claim that oppose it."""
    return [a for a in living(claim.attestations) if a.stance in OPPOSITION]


def values(said: Iterable[Attestation]) -> tuple[str, ...]:
    """The numbers that attestations give, as said, the smallest first; each once, however its
    unit is spelt."""
    some = [a for a in said if a.value]
    if not some:
        return ()
    from kg.model.units import reckoned

    given: dict[tuple[object, ...], str] = {}
    for a in sorted(some, key=lambda a: (*map(float, ends(a.value)), a.qualifier, a.unit)):
        size = (reckoned(end, a.unit) for end in ends(a.value))
        given.setdefault((a.qualifier, *size), number(a))
    return tuple(given.values())


def stated(a: Attestation) -> str:
    """A figure with the stance on it: ``denies 60``; nothing for what gives no number."""
    if not a.value:
        return ""
    back = "" if a.living or a.stance == "retracts" else ", taken back"
    return f"{a.stance} {number(a)}{back}"


def number(a: Attestation) -> str:
    """A figure as said: ``at least 230,000 persons``, ``25 to 30 stations``."""
    text = " to ".join(map(grouped, dict.fromkeys(ends(a.value))))
    return f"{_QUALIFIER.get(a.qualifier, '')}{text}{' ' + a.unit if a.unit else ''}"


def grouped(value: str) -> str:
    """A plain number with its thousands apart.

    >>> grouped("-0.50"), grouped("230000")
    ('-0.50', '230,000')
    """
    whole, dot, part = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole[:1] == "-" else ("", whole)
    return f"{sign}{int(digits):,}{dot}{part}"
