"""kg neighbors: who is next to an entity."""

from __future__ import annotations

from kg.model.errors import parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ASIDE, DATA, GONE, LENS, LISTED, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "neighbors",
    "questions",
    "Show who is next to an entity, and on whose word.",
    params=(
        NAME,
        Param("relation", "Only by this relation.", of="relation"),
        GONE,
        *ASIDE,
        *LENS,
        *LISTED,
        *DATA,
    ),
    examples=(
        "neighbors bureau-fuzhou",
        "neighbors FBI --relation charged -o near.csv",
        "neighbors 'Mao Ning' --spoken",
    ),
    formats=LISTS,
    after="timeline",
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    name: str,
    relation: str,
    gone: bool,
    spoken: bool,
    unsure: bool,
) -> Answer:
    """Each neighbour with the claims that make it one."""
    from kg.analysis import neighbourhood

    graph = place.graph
    found = neighbourhood.neighbors(
        graph,
        graph.find(name),
        lens.on(graph),
        relation=relation,
        spoken=spoken,
        unsure=unsure,
    )
    rows = [row for row in found if gone or not row.state]
    told = listed(rows, neighbourhood.Neighbour, "no neighbour fits", prose=neighbourhood.text)
    if number := len(found) - len(rows):
        told.notes.append(f"{number:,} more that are no more; {parameter('gone')} shows them")
    return told
