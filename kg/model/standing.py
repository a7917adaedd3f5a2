"""How the voices on a claim stand to each other: its status, basis and counts.

Only each voice's latest stance counts, by the day it spoke, else by the day of
the document; stances that cannot be ordered all count. A document that repeats
a voice adds a document and no voice.
"""

from __future__ import annotations

from kg.model.claims import OPPOSITION, SUPPORT, TENTATIVE, Attestation
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_BASIS = (
    ("asserts", "Asserted"),
    ("alleges", "Alleged"),
    ("announces", "Announced"),
    ("questions", "Questioned"),
)


class Standing(Record):
    """What `settle` works out; `living` holds the ids of the stances that count."""

    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    earliest: str
    latest: str
    living: frozenset[str]


def settle(
    said: Sequence[Attestation],
    withdrawn: Collection[str] = (),
    rejected: Mapping[str, Sequence[str]] | None = None,
) -> Standing:
    """Work out the standing of one claim from its attestations.

    `withdrawn` are ids of attestations that their own voice replaced by another
    (``instead_of``), `rejected` maps an attestation's id to the other voices that
    put something else in its place. Cost: quadratic in the stances of one voice.

    >>> row = dict(claim="c", document="d", locator="1")
    >>> yes = Attestation("1", stance="alleges", voice="ngo", **row)
    >>> no = Attestation("2", stance="denies", voice="state", **row)
    >>> s = settle([yes, no]); (s.status, s.basis, s.voices, s.opposing)
    ('Contested', 'Alleged', 1, 1)
    """
    rejected = rejected or {}
    living = [a for a in said if a.id not in withdrawn and not _overtaken(a, said)]
    support = [a for a in living if a.stance in SUPPORT]
    tentative = [a for a in living if a.stance in TENTATIVE]
    against = {a.voice for a in living if a.stance in OPPOSITION}
    # To put something in the place of a denial is not to oppose the claim.
    forth = (a for a in said if a.stance not in OPPOSITION)
    against |= {v for a in forth for v in rejected.get(a.id, ()) if v != a.voice}
    forward = support or tentative
    voices = {a.voice for a in forward}
    speaking = SUPPORT if support else TENTATIVE
    # An earlier word of the same kind still stands in its document, unless it was replaced.
    spoken = (a for a in said if a.voice in voices and a.stance in speaking)
    documents = {a.document for a in spoken if a.id not in withdrawn}
    days = forward or [a for a in said if a.stance not in OPPOSITION]
    return Standing(
        status=_status(bool(support), bool(tentative), bool(against), said, withdrawn),
        basis=next((b for s, b in _BASIS if any(a.stance == s for a in living)), "Unsupported"),
        voices=len(voices),
        documents=len(documents),
        opposing=len(against),
        earliest=min((a.earliest for a in days if a.earliest), default=""),
        latest=max((a.latest for a in days if a.latest), default=""),
        living=frozenset(a.id for a in living),
    )


def _status(
    support: bool,
    tentative: bool,
    against: bool,
    said: Sequence[Attestation],
    withdrawn: Collection[str],
) -> str:
    if support or tentative:
        if against:
            return "Contested"
        return "Uncontested" if support else "Open"
    once = [a for a in said if a.stance in SUPPORT or a.stance in TENTATIVE]
    if any(a.id in withdrawn for a in once):
        return "Corrected"
    if any(a.stance == "retracts" for a in said):
        return "Retracted"
    # Where nothing speaks for it nor against it, a denial was withdrawn for something else.
    return "Denied" if against else "Corrected"


def _overtaken(a: Attestation, said: Sequence[Attestation]) -> bool:
    """Whether the same voice has since taken another stance."""
    for b in said:
        if b.voice != a.voice or b.stance == a.stance:
            continue
        if b.said_earliest and a.said_latest and b.said_earliest > a.said_latest:
            return True
        earlier = b.said_latest and a.said_earliest and b.said_latest < a.said_earliest
        if b.stance == "retracts" and a.stance not in OPPOSITION and not earlier:
            return True
    return False
