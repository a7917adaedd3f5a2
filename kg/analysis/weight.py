"""How much a claim or an entity weighs: how many sides speak of it, in how many documents, how lately.

The page weighs by the same function in its own language (`templates/layouts.js`), so that what a
command lists first is what a page draws first; a test holds the two equal.
"""

from __future__ import annotations

from heapq import nlargest

from kg.model.parties import sides
from kg.model.record import Record
from kg.model.standing import living

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.claims import Attestation, Claim
    from kg.store.ledger import Ledger


class Weight(Record):
    """Sides, documents, and the newest day by which one of them was known (ISO, or empty)."""

    sides: int
    documents: int
    newest: str


def weight(said: Iterable[Attestation]) -> Weight:
    """The weight of what is said; voices that speak for one another are one side.

    >>> weight([])
    Weight(sides=0, documents=0, newest='')
    """
    said = list(said)
    return Weight(
        sides((a.voice, a.parties) for a in said),
        len({a.document for a in said}),
        max((a.known_earliest for a in said), default=""),
    )


def heaviest(claims: Iterable[Claim]) -> list[Claim]:
    """Claims with those first that most sides speak of, then most documents, then the newest.

    What weighs the same is ordered by id. Only attestations that still count are weighed.
    """
    weighed = [(weight(living(claim.attestations)), claim) for claim in claims]
    weighed.sort(key=lambda pair: pair[1].id)
    # Stable sorts from the least key to the first: a day sorts downwards only as text.
    weighed.sort(key=lambda pair: pair[0].newest, reverse=True)
    weighed.sort(key=lambda pair: (-pair[0].sides, -pair[0].documents))
    return [claim for _, claim in weighed]


def heaviest_of(ledger: Ledger, most: int) -> list[str]:
    """The ids of the first of `heaviest` of all claims of a ledger, so many, in that order.

    Cost: a look by the database at each row; of claims with several rows a look at these, and of a
    ledger that a lens shows one at all that it shows. No more than so many are held.
    """
    found = nlargest(most, _weighed(ledger, most), key=lambda pair: (*pair[0], -int(pair[1], 16)))
    return [mark for _, mark in found]


def _weighed(ledger: Ledger, most: int) -> Iterator[tuple[Weight, str]]:
    """The weight and id of every claim that may be among so many that weigh most."""
    if ledger.partial:
        yield from ((weight(living(claim.attestations)), claim.id) for claim in ledger.claims())
        return
    for claim in ledger.told_often():
        yield weight(living(claim.attestations)), claim.id
    for mark, voice, document, known in ledger.told_once(most):
        yield Weight(voice, document, known), mark
