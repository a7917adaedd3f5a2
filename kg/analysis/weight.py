"""How much a claim or an entity weighs: how many sides speak of it, in how many documents, how lately.

The page weighs by the same function in its own language (`templates/layouts.js`), so that what a
command lists first is what a page draws first; a test holds the two equal.
"""

from __future__ import annotations

from heapq import nlargest
from itertools import groupby, islice
from operator import attrgetter, itemgetter

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


def heaviest_of(ledger: Ledger, most: int) -> list[Claim]:
    """The first of `heaviest` of all claims of a ledger, so many, in the order of the ledger; all if there are no more.

    Cost: a look at every attestation that counts; no more claims are held than are asked for.
    """
    first = list(islice(ledger.claims(), most + 1))
    if len(first) <= most:
        return first
    ranked = nlargest(
        most, ((w.sides, w.documents, w.newest, -int(mark, 16)) for mark, w in _weights(ledger))
    )
    marks = [f"{-number:024x}" for *_, number in ranked]
    order = attrgetter("figure", "relation", "subject", "object")
    return sorted(map(ledger.claim, marks), key=order)


def _weights(ledger: Ledger) -> Iterator[tuple[str, Weight]]:
    """The weight of every claim, by its id."""
    if ledger.partial:
        yield from ((claim.id, weight(living(claim.attestations))) for claim in ledger.claims())
        return
    for mark, rows in groupby(ledger.counting(), key=itemgetter(0)):
        (_, voice, document, known), *more = rows
        if more:
            yield mark, weight(living(ledger.claim(mark).attestations))
        else:
            yield mark, Weight(int(bool(voice)), int(bool(document)), known)
