"""kg figures: the numbers, side by side."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ENTITY, LENS, LISTED, STANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

COLUMNS = (
    "subject",
    "measure",
    "scope",
    "stated",
    "period",
    "voice",
    "document",
    "status",
    "basis",
)
VERB = Verb(
    "figures",
    "questions",
    "List every number said, with who says it.",
    params=(ENTITY, Param("measure", "Only this measure.", of="measure"), *STANDS, *LENS, *LISTED),
    examples=(
        "figures --measure personsPersuaded",
        "figures --entity network-stations -o figures.csv",
    ),
    formats=LISTS,
    after="claims",
)


def answer(
    place: Place, lens: LensRequest, *, entity: str, measure: str, only: str, locator: str
) -> Answer:
    """A row for each number that a passage gives."""
    from kg.analysis import listing

    graph = place.graph
    about, alone = (graph.find(name) if name else "" for name in (entity, only))
    rows = listing.figures(
        graph, lens.on(graph), entity=about, measure=measure, only=alone, locator=locator
    )
    return listed(rows, listing.FigureRow, "no figure fits", columns=COLUMNS)
