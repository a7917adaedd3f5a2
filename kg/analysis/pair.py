"""Two sides that differ, before they are worded."""

from __future__ import annotations

from kg.analysis.comparable import SURE, plain
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.comparable import Unsure
    from kg.analysis.finding import Voiced

OPEN = ("denial", "genuine", "misprint")
EXPLAINED = (
    *("later-revision", "different-period", "different-scope"),
    *("different-definition", "qualifier"),
)
TYPES = (*OPEN, *EXPLAINED)
TWICE = "unless it happened twice"


class Pair(Record):
    """Two sides before they are worded; pairs of one `key` are one conflict.

    `quality` is the term whose values differ, where it is not the claim's own.
    """

    type: str
    key: tuple[str, ...]
    why: str
    left: tuple[Voiced, ...]
    right: tuple[Voiced, ...]
    unsure: Unsure = SURE
    quality: str = ""

    @property
    def twice(self) -> bool:
        """Whether they are two dates that both hold if it happened twice."""
        return self.why.endswith(TWICE)

    def joined(self, other: Pair) -> Pair:
        """Both as one: each side with the attestations of both, once."""
        left, right = (
            {a.id: (c, a) for c, a in side}
            for side in (self.left + other.left, self.right + other.right)
        )
        return self._replace(left=tuple(left.values()), right=tuple(right.values()))


def paired(
    kind: str,
    key: tuple[str, ...],
    why: str,
    met: Sequence[tuple[Voiced, Voiced]],
    unsure: Unsure,
) -> Pair:
    """The sides of what has met, each attestation once."""
    return unique(Pair(kind, key, why, tuple(x for x, _ in met), tuple(y for _, y in met), unsure))


def unique(pair: Pair) -> Pair:
    """A pair with each attestation once."""
    return pair.joined(pair)


def misdated(why: str, one: Voiced, other: Voiced, unsure: Unsure) -> Pair:
    """However its scopes are named, one number that is told with two dates is one matter."""
    left, right = sorted((one, other), key=lambda v: v[1].period)
    (claim, a), (_, b) = left, right
    key = ("misprint", claim.subject, claim.relation, plain(a), a.period, b.period)
    return Pair("misprint", key, why, (left,), (right,), unsure)
