"""kg conflicts: where documents disagree."""

from __future__ import annotations

from kg.model.errors import parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ENTITY, LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "conflicts",
    "sources",
    "Show where the documents disagree, and in what way.",
    params=(
        ENTITY,
        Param("all", "Also differences that scope, period or date explain.", kind=bool),
        *LENS,
        *LISTED,
    ),
    examples=(
        "conflicts",
        "conflicts --entity FBI --all",
    ),
    formats=LISTS,
)


def answer(place: Place, lens: LensRequest, *, entity: str, all: bool) -> Answer:
    """Conflicts; none is no failure."""
    from kg.analysis import conflicts

    graph = place.graph
    about = graph.find(entity) if entity else ""
    rows = conflicts.conflicts(graph, lens.on(graph), entity=about, all=all)
    hint = f"; {parameter('all')} shows differences that the fields explain"
    return listed(rows, "no conflict" + hint * (not all), prose=conflicts.text, code=0)
