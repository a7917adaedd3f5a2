"""The three questions of time, and which attestations each lets through.

This is the table of docs/model.md, "The clock", said once for every lens and,
word for word in JavaScript, for the page (`kg/page/templates/standing.js`, held
equal by a test).
"""

from __future__ import annotations

from kg.model.record import Record
from kg.model.standing import FORWARD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model.claims import Attestation


class Clock(Record):
    """What is asked of time, as ISO days; empty fields ask nothing.

    `as_of`: true on this day. `known_by`: said, or in print, by this day. `said_from`
    and `said_to`: said, or in print, between these days. `undated`: what no date
    answers for is let through too.
    """

    as_of: str = ""
    known_by: str = ""
    said_from: str = ""
    said_to: str = ""
    undated: bool = False

    @property
    def still(self) -> bool:
        """Whether it asks nothing."""
        return not any(self[:4])


def heard(a: Attestation, clock: Clock) -> bool | None:
    """Whether it was said, or in print, when the clock asks; None if nothing dates it."""
    if not (clock.known_by or clock.said_from or clock.said_to):
        return True
    if not a.known_earliest:
        return True if clock.undated else None
    by = not clock.known_by or a.known_earliest <= clock.known_by
    begun = not clock.said_to or a.known_earliest <= clock.said_to
    return by and begun and (not clock.said_from or a.known_latest >= clock.said_from)


def of_the_day(
    said: Sequence[Attestation], clock: Clock
) -> tuple[list[Attestation], list[Attestation]]:
    """Of one claim's attestations, what counts on the day, and what only lacks a date for it.

    A retraction counts on any day, and so does an undated denial of what somebody says of
    that day. Nothing counts if nobody says anything of that day.
    """
    if not clock.as_of:
        return list(said), []
    kept = [a for a in said if a.stance == "retracts" or holds(a, clock.as_of) is not False]
    loose = [a for a in kept if a.stance != "retracts" and holds(a, clock.as_of) is None]
    firm = any(a.stance != "retracts" and a not in loose for a in kept)
    if clock.undated:
        return (kept if firm or loose else []), []
    if not firm:
        return [], loose
    left = [a for a in loose if a.stance in FORWARD]
    return [a for a in kept if a not in left], left


def holds(a: Attestation, day: str) -> bool | None:
    """Whether what an attestation speaks of may have been so on a day; None if nothing dates it."""
    if not (a.holds_from or a.holds_to):
        return None
    return a.holds_from <= day and (not a.holds_to or a.holds_to >= day)
