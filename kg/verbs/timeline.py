"""kg timeline: what is dated about an entity."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Verb
from kg.verbs.parameters import LENS, LISTED, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "timeline",
    "questions",
    "Show what is dated about an entity, in order.",
    params=(NAME, *LENS, *LISTED),
    examples=(
        "timeline 'Lu Jianwang'",
        "timeline FBI --format markdown",
    ),
    formats=LISTS,
    after="figures",
)


def answer(place: Place, lens: LensRequest, *, name: str) -> Answer:
    """Dated claims, the earliest first."""
    from kg.analysis import neighbourhood

    graph = place.graph
    rows = neighbourhood.timeline(graph, graph.find(name), lens.on(graph))
    return listed(rows, "no dated claim about it", prose=neighbourhood.text)
