"""What the several ways of looking for disagreements find, in one form."""

from __future__ import annotations

from kg.model.record import Record
from kg.model.standing import SUPPORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.analysis.comparable import Unsure
    from kg.model.claims import Attestation, Claim

    Voiced = tuple[Claim, Attestation]

# The stances that put a claim forward as so, or as what will be; who only asks takes no side.
PUT = (*SUPPORT, "announces")
CONFLICT, TENSION, EXPLAINED = "conflict", "tension", "explained"
HARDNESS = (CONFLICT, TENSION, EXPLAINED)
# The first word of the key of what is said of an event as a whole.
EVENT = "event"


class Side(Record):
    """One answer to the question: who says it, or, where rows are no voices, what stands there."""

    said: tuple[Voiced, ...] = ()
    label: str = ""


class Finding(Record):
    """Sides that do not go together; those of one `key` are one quarrel.

    `kind` is one of `kg.analysis.conflicts.KINDS`, `hard` one of `HARDNESS`, `why` the
    reason. `focus` is what it is about, `along` the terms by which parts and wholes met.
    It holds only if the records of `unsure` are one, and less if those of `unless` are. `alone` is
    the key that it has by itself, where it was taken into another quarrel.
    """

    kind: str
    key: tuple[str, ...]
    hard: str
    why: str
    sides: tuple[Side, ...]
    rule: str = ""
    focus: str = ""
    question: str = ""
    along: tuple[str, ...] = ()
    unsure: Unsure = ()
    unless: Unsure = ()
    alone: tuple[str, ...] = ()


def side(said: list[Voiced], label: str = "") -> Side:
    """A side with each attestation once."""
    return Side(tuple({a.id: (c, a) for c, a in said}.values()), label)
