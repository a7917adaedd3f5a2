"""kg compare: two documents side by side."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "compare",
    "sources",
    "Put two documents side by side: agree, contradict, only one.",
    params=(
        Param("left", "A document.", argument=True, needed=True, of="document"),
        Param("right", "Another document.", argument=True, needed=True, of="document"),
        *(p for p in LENS if p.name != "document"),
        *LISTED,
    ),
    examples=("compare doc-stations-page doc-recruit",),
    formats=LISTS,
    after="conflicts",
)


def answer(place: Place, lens: LensRequest, *, left: str, right: str) -> Answer:
    """What each says of what both, or only one, speak of."""
    from kg.analysis import compare

    graph = place.graph
    ends = graph.find(left), graph.find(right)
    rows = compare.compare(lens.through(graph), *ends)
    names = (graph.ledger.name(ends[0]), graph.ledger.name(ends[1]))

    def prose(rows: Sequence[Any], width: int) -> str:
        return compare.text(rows, names, width)

    return listed(rows, compare.Row, "neither has a claim", prose=prose)
