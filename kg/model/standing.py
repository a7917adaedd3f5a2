"""How the voices on a claim stand to each other: its status, basis and counts.

This is the rule of docs/model.md, "How a claim stands", said once for the build,
for every lens and, word for word in JavaScript, for the page
(`kg/page/templates/standing.js`, held equal by a test).

The words of the rule stand here too: stances with the side they take, bases
with the stance they rest on, statuses. Everything else names them.
"""

from __future__ import annotations

from kg.model.parties import sides
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
VERDICTS = (
    ("Uncontested", ("support", "unopposed")),
    ("Open", ("forward", "unopposed")),
    ("Contested", ("forward",)),
    ("Corrected", ("corrected",)),
    ("Retracted", ("retracted",)),
    ("Denied", ("opposed",)),
    ("Withdrawn", ()),
)
"""The status of a claim: the first of which everything that it needs is so."""

STATUSES = tuple(status for status, _ in VERDICTS)
WALKED = ("Uncontested", "Contested")
"""The statuses that paths go over unless others are asked for."""

EDGE = tuple(BASIS_OF[s] for s in SUPPORT)
"""The bases that make a claim an edge."""


class Standing(Record):
    """How a claim stands: what every record that shows a claim holds, whole.

    `voices` and `documents` count who puts it forward and where, `opposing` the
    voices against it; `sides` and `opposing_sides` how many these are if voices that speak for
    one another are counted once (`kg.model.parties`). What is put forward without a voice, as in
    a file of data, counts as none. `earliest` and `latest` bound the days on which it was so, as
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
    sides: int = 0
    opposing_sides: int = 0
    words: str = ""

    @property
    def supported(self) -> bool:
        """Whether a living voice asserts or alleges it: then it is an edge."""
        return self.basis in EDGE

    @property
    def weight(self) -> tuple[int, int]:
        """The order of claims by what they rest on: the firmest basis, then the most voices."""
        return BASES.index(self.basis), -self.voices

    @property
    def shown(self) -> tuple[str, str, int, int, int, int, int, str]:
        """What a listing shows of it, in the order of `COLUMNS`."""
        status, basis, voices, documents, opposing, _, _, sides, opposing_sides, words = self
        return status, basis, voices, sides, documents, opposing, opposing_sides, words

    def columns(self) -> dict[str, str | int]:
        """The same by the names of its columns."""
        return dict(zip(COLUMNS, self.shown, strict=True))


COLUMNS = (
    "status",
    "basis",
    "voices",
    "sides",
    "documents",
    "opposing",
    "opposing_sides",
    "standing",
)
"""The columns of a standing in a listing."""


def settle(
    said: Sequence[Attestation],
    instead: Mapping[str, Sequence[Attestation]] | None = None,
    whole: Sequence[Attestation] | None = None,
) -> tuple[Standing, tuple[Attestation, ...]]:
    """The standing of one claim, and its attestations with `living` as it has come out.

    `said` are the attestations that are to count. `instead` maps the id of one to those
    that were put in its place (``instead_of``), as they live themselves. `whole` are all
    attestations of the claim, if `said` are some of them. Cost: quadratic in the
    stances of one voice.

    >>> from kg.model.claims import Attestation
    >>> row = dict(claim="c", document="d", locator="1")
    >>> yes = Attestation("1", stance="alleges", voice="ngo", **row)
    >>> no = Attestation("2", stance="denies", voice="state", **row)
    >>> s, _ = settle([yes, no]); (s.status, s.basis, s.voices, s.opposing)
    ('Contested', 'Alleged', 1, 1)
    """
    instead = instead or {}
    if len(said) == 1 and whole is None and said[0].id not in instead and not said[0].party:
        return _alone(said[0])
    whole = said if whole is None else whole
    return _settled(said, instead, whole)


# How a claim stands of which one row tells, by its stance, whether it has a voice, and its days: of
# the first so many.
_KEPT = 20_000
_single: dict[tuple[str, bool, str, str], Standing] = {}


def _alone(a: Attestation) -> tuple[Standing, tuple[Attestation, ...]]:
    """The same of a single attestation that nothing stands in the place of: most claims have no more."""
    key = a.stance, bool(a.voice), a.earliest, a.latest
    if (standing := _single.get(key)) is None:
        bare = a._replace(value="")
        standing = _settled((bare,), {}, (bare,))[0]
        if len(_single) < _KEPT:
            _single[key] = standing
    return standing, (a if a.living else a._replace(living=True),)


def _settled(
    said: Sequence[Attestation],
    instead: Mapping[str, Sequence[Attestation]],
    whole: Sequence[Attestation],
) -> tuple[Standing, tuple[Attestation, ...]]:
    """The standing of a claim by the rule, and its attestations as they live."""
    own = {a.id: [b for b in instead.get(a.id, ()) if b.voice == a.voice] for a in said}
    marked = alive(said, {name for name, others in own.items() if others})
    held = living(marked)
    support = [a for a in held if a.stance in SUPPORT]
    forth = forward(held)
    put = [a for a in said if a.stance in FORWARD]
    against = [a for a in held if a.stance in OPPOSITION]
    # To put something in the place of a denial is not to oppose the claim.
    others = ((a, b) for a in put for b in instead.get(a.id, ()))
    against += [b for a, b in others if b.living and b.voice != a.voice]
    facts = {
        "support": bool(support),
        "forward": bool(forth),
        "opposed": bool(against),
        "unopposed": not against,
        "corrected": any(b.living for a in put for b in own[a.id]),
        "retracted": any(own[a.id] for a in put) or any(unsays(a, whole) for a in said),
    }
    voices = {a.voice for a in forth}
    speaking = SUPPORT if support else TENTATIVE
    # An earlier word of the same kind still stands in its document, unless it was taken back.
    spoken = (a for a in put if a.voice in voices and a.stance in speaking)
    by = _by_voice(said)
    documents = {a.document for a in spoken if not own[a.id] and not _unsaid(a, by[a.voice])}
    earliest, latest = _envelope(forth or put)
    standing = Standing(
        status=next(s for s, needs in VERDICTS if all(facts[n] for n in needs)),
        basis=next((b for s, b in BASIS_OF.items() if any(a.stance == s for a in held)), BASES[-1]),
        voices=len(voices - {""}),
        documents=len(documents),
        opposing=len({a.voice for a in against} - {""}),
        earliest=earliest,
        latest=latest,
        sides=_sides(forth),
        opposing_sides=_sides(against),
    )
    return standing, marked


def _sides(said: Sequence[Attestation]) -> int:
    """How many sides the voices of some attestations are."""
    if not any(a.party for a in said):
        return len({a.voice for a in said} - {""})
    return sides((a.voice, a.parties) for a in said if a.voice)


def alive(said: Sequence[Attestation], replaced: Collection[str]) -> tuple[Attestation, ...]:
    """Attestations of one claim with `living` as it comes out.

    `replaced` are the ids of those in whose place their own voice has put another one.
    """
    own = _by_voice(said)
    return tuple(
        a._replace(
            living=a.id not in replaced
            and not _unsaid(a, own[a.voice])
            and not _overtaken(a, own[a.voice])
        )
        for a in said
    )


def _by_voice(said: Iterable[Attestation]) -> dict[str, list[Attestation]]:
    """The attestations of each voice: only these can take each other back."""
    found: dict[str, list[Attestation]] = {}
    for a in said:
        found.setdefault(a.voice, []).append(a)
    return found


def statement(a: Attestation) -> str:
    """Which statement on its claim an attestation speaks of: the number, if it gives one.

    >>> from kg.model.claims import Attestation
    >>> row = dict(claim="c", document="d", locator="1", stance="asserts", voice="v")
    >>> statement(Attestation("1", value="050.0", **row))
    '50'
    """
    return "..".join(map(_plain, a.value.split(".."))) if a.value else ""


def _plain(number: str) -> str:
    """A number without the zeros that say nothing."""
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def living(said: Iterable[Attestation]) -> list[Attestation]:
    """The attestations that their voices have not taken back."""
    return [a for a in said if a.living]


def forward(said: Iterable[Attestation]) -> list[Attestation]:
    """Those that put a claim forward and count: support, else what only announces or asks."""
    held = [a for a in said if a.living]
    return [a for a in held if a.stance in SUPPORT] or [a for a in held if a.stance in TENTATIVE]


def side(a: Attestation) -> str:
    """On which side of its claim an attestation is: for, open, against or withdrawn."""
    return SIDE_OF[a.stance] if a.living else "withdrawn"


def reading(a: Attestation) -> tuple[int, str, str, str, str]:
    """The order of attestations: support first, then by the day it was said, as far as known."""
    return SIDES.index(side(a)), a.said_earliest or "~", a.document, a.locator, a.id


def _unsaid(a: Attestation, said: Iterable[Attestation]) -> bool:
    """Whether its voice has taken it back."""
    return a.stance != "retracts" and any(_takes_back(b, a) for b in said)


def unsays(a: Attestation, whole: Sequence[Attestation]) -> bool:
    """Whether it takes back what its voice put forward, or what stands in no document here."""
    if a.stance != "retracts":
        return False
    back = [b.stance for b in whole if b.stance != "retracts" and _takes_back(a, b)]
    return not back or any(stance in FORWARD for stance in back)


def _takes_back(a: Attestation, b: Attestation) -> bool:
    """Whether one is a retraction of the other: of the same statement, and not spoken before it."""
    one = a.stance == "retracts" and a.voice == b.voice and statement(a) == statement(b)
    return one and not _later(b, a)


def _overtaken(a: Attestation, said: Iterable[Attestation]) -> bool:
    """Whether the same voice has later taken another stance on the same statement."""
    return any(
        b.voice == a.voice
        and b.stance != a.stance
        and statement(a) == statement(b)
        and _later(b, a)
        for b in said
    )


def _later(b: Attestation, a: Attestation) -> bool:
    """Whether one was certainly spoken after the other."""
    return bool(b.said_earliest and a.said_latest and b.said_earliest > a.said_latest)


def _envelope(said: Iterable[Attestation]) -> tuple[str, str]:
    """The first and the last day on which it was so, as far as anybody says.

    There is no last day if one of them tells of no end, or that it still holds.
    """
    first = min((a.earliest for a in said if a.earliest), default="")
    lasting = any(not a.latest and (a.holds_from or a.goes_on) for a in said)
    return first, "" if lasting else max((a.latest for a in said if a.latest), default="")
