"""How the voices on a claim stand to each other: its status, basis and counts.

Only each voice's latest stance counts, by the day it spoke, else by the day of
the document; stances that cannot be ordered all count. A document that repeats
a voice adds a document and no voice.

The words of the rule stand here too: stances with the side they take, bases
with the stance they rest on, statuses. Everything else names them.
"""

from __future__ import annotations

from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.model.claims import Attestation

SIDES = ("for", "open", "against", "withdrawn")
"""The sides of a claim, in the order in which they are read."""

SIDE_OF = {
    "asserts": "for",
    "alleges": "for",
    "announces": "open",
    "questions": "open",
    "denies": "against",
    "disputes": "against",
    "retracts": "withdrawn",
}
"""The side that each stance takes, as long as it lives."""

STANCES = tuple(SIDE_OF)
SUPPORT = tuple(s for s, side in SIDE_OF.items() if side == "for")
TENTATIVE = tuple(s for s, side in SIDE_OF.items() if side == "open")
OPPOSITION = tuple(s for s, side in SIDE_OF.items() if side == "against")
FORWARD = (*SUPPORT, *TENTATIVE)

BASIS_OF = {
    "asserts": "Asserted",
    "alleges": "Alleged",
    "announces": "Announced",
    "questions": "Questioned",
}
"""The basis that each stance gives, the strongest first."""

BASES = (*BASIS_OF.values(), "Unsupported")
STATUSES = ("Uncontested", "Contested", "Denied", "Retracted", "Corrected", "Open")
DISPUTED = ("Contested", "Denied")
TAKEN_BACK = ("Retracted", "Corrected")
WALKED = ("Uncontested", "Contested")
"""The statuses that paths go over unless others are asked for."""

EDGE = tuple(BASIS_OF[s] for s in SUPPORT)
"""The bases that make a claim an edge."""


class Standing(Record):
    """How a claim stands: what every record that shows a claim holds, whole.

    `voices` and `documents` count who puts it forward and where, `opposing` the
    voices against it; `earliest` and `latest` bound the days on which it was so, as
    ISO days or empty. `words` is the same as a sentence, where it has been worded
    (`kg.text.sentences`).
    """

    status: str = ""
    basis: str = ""
    voices: int = 0
    documents: int = 0
    opposing: int = 0
    earliest: str = ""
    latest: str = ""
    words: str = ""

    @property
    def supported(self) -> bool:
        """Whether a living voice asserts or alleges it: then it is an edge."""
        return self.basis in EDGE

    @property
    def weight(self) -> tuple[int, int]:
        """The order of claims by what they rest on: the firmest basis, then the most voices."""
        return BASES.index(self.basis), -self.voices

    def columns(self) -> dict[str, str | int]:
        """What a listing shows of it, by the names of its columns."""
        return {
            "status": self.status,
            "basis": self.basis,
            "voices": self.voices,
            "documents": self.documents,
            "opposing": self.opposing,
            "standing": self.words,
        }


def settle(
    said: Sequence[Attestation],
    withdrawn: Collection[str] = (),
    rejected: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Standing, tuple[Attestation, ...]]:
    """The standing of one claim, and its attestations with `living` as it has come out.

    `withdrawn` are ids of attestations that their own voice replaced by another
    (``instead_of``), `rejected` maps an attestation's id to the other voices that
    put something else in its place. Cost: quadratic in the stances of one voice.

    >>> from kg.model.claims import Attestation
    >>> row = dict(claim="c", document="d", locator="1")
    >>> yes = Attestation("1", stance="alleges", voice="ngo", **row)
    >>> no = Attestation("2", stance="denies", voice="state", **row)
    >>> s, _ = settle([yes, no]); (s.status, s.basis, s.voices, s.opposing)
    ('Contested', 'Alleged', 1, 1)
    """
    rejected = rejected or {}
    marked = tuple(
        a._replace(living=a.id not in withdrawn and not _overtaken(a, said)) for a in said
    )
    held = living(marked)
    support = [a for a in held if a.stance in SUPPORT]
    tentative = [a for a in held if a.stance in TENTATIVE]
    against = {a.voice for a in held if a.stance in OPPOSITION}
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
    standing = Standing(
        status=_status(bool(support), bool(tentative), bool(against), said, withdrawn),
        basis=next((b for s, b in BASIS_OF.items() if any(a.stance == s for a in held)), BASES[-1]),
        voices=len(voices),
        documents=len(documents),
        opposing=len(against),
        earliest=min((a.earliest for a in days if a.earliest), default=""),
        latest=max((a.latest for a in days if a.latest), default=""),
    )
    return standing, marked


def living(said: Iterable[Attestation]) -> list[Attestation]:
    """The attestations that their voices have not taken back."""
    return [a for a in said if a.living]


def forward(said: Iterable[Attestation]) -> list[Attestation]:
    """Those that put a claim forward and count: support, else what only announces or asks."""
    held = living(said)
    return [a for a in held if a.stance in SUPPORT] or [a for a in held if a.stance in TENTATIVE]


def side(a: Attestation) -> str:
    """On which side of its claim an attestation is: for, open, against or withdrawn."""
    return SIDE_OF[a.stance] if a.living else "withdrawn"


def reading(a: Attestation) -> tuple[int, str, str, str, str]:
    """The order of attestations: support first, then by the day it was said, as far as known."""
    return SIDES.index(side(a)), a.said_earliest or "~", a.document, a.locator, a.id


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
    once = [a for a in said if a.stance in FORWARD]
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
