"""kg gaps: what is missing."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ENTITY, LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "gaps",
    "sources",
    "Show what the ledger lacks, and what would close each gap.",
    params=(Param("kind", "Only this kind of gap."), ENTITY, *LENS, *LISTED),
    examples=(
        "gaps",
        "gaps --kind disputed-unanswered",
    ),
    formats=LISTS,
    after="sources",
)


def answer(place: Place, lens: LensRequest, *, kind: str, entity: str) -> Answer:
    """Gaps, kind by kind; none is no failure."""
    from kg.analysis import gaps

    graph = place.graph
    about = graph.find(entity) if entity else ""
    rows = gaps.gaps(graph, lens.on(graph), kind=kind, entity=about)

    def prose(rows: Sequence[Any], width: int) -> str:
        return gaps.text(rows, width, each=10)

    return listed(rows, gaps.Gap, "no gap", prose=prose, code=0)
