"""The few words of a report that are its own, and the order of the sides."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.report.document import Numbered, Passage

SIDES = {"for": "For", "open": "Open", "against": "Against", "withdrawn": "Withdrawn"}
WORDS = {"sources": "Sources", "characters": "characters"}


def by_side(claim: Numbered) -> Iterator[tuple[str, list[Passage]]]:
    """The passages of a claim by side, the sides that there are."""
    for side in SIDES:
        if passages := [p for p in claim.passages if p.side == side]:
            yield side, passages
