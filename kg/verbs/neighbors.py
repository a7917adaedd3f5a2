"""kg neighbors: who is next to an entity."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ASIDE, DATA, LENS, LISTED, NAME

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
    place: Place, lens: LensRequest, *, name: str, relation: str, spoken: bool, unsure: bool
) -> Answer:
    """Each neighbour with the claims that make it one."""
    from kg.analysis import neighbourhood

    graph = place.graph
    rows = neighbourhood.neighbors(
        graph,
        graph.find(name),
        lens.on(graph),
        relation=relation,
        spoken=spoken,
        unsure=unsure,
    )
    return listed(rows, "no neighbour fits", prose=neighbourhood.text)
