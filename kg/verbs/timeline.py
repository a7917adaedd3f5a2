"""kg timeline: what is claimed about an entity, by date."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Verb
from kg.verbs.parameters import DATA, LENS, LISTED, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "timeline",
    "questions",
    "Show what is said of an entity, and by it, by date.",
    more="""\
What nobody dates stands in brackets, at the day on which it was said, else at that of the first
print; what has no day at all comes last. Documents stand at their publication.""",
    params=(NAME, *LENS, *LISTED, *DATA),
    examples=(
        "timeline 'Lu Jianwang'",
        "timeline FBI --format markdown",
    ),
    formats=LISTS,
    after="figures",
)


def answer(place: Place, lens: LensRequest, *, name: str) -> Answer:
    """Claims, the earliest first, what nobody dates last."""
    from kg.analysis import chronology

    graph = place.graph
    rows = chronology.timeline(graph, graph.find(name), lens.on(graph))
    return listed(rows, chronology.Moment, "no claim about it", prose=chronology.text)
