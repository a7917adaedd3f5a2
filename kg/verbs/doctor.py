"""kg doctor: the state of the graph."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Verb
from kg.verbs.parameters import WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "doctor",
    "graph",
    "Look for what is damaged, out of date or left over.",
    more="""\
Every part is compared with what was built, and all of the store is read; what of the case is written
as an earlier kg wanted it is told, with what to write. Exit code 3 if anything is wrong; what is
only out of date is a warning.""",
    params=WITHOUT_GRAPH,
    examples=("doctor",),
    formats=LISTS,
    after="diff",
)


def answer(place: Place) -> Answer:
    """What was looked at, with its state."""
    from kg.analysis import doctor

    place.here("kg doctor looks at the graph")
    rows = doctor.examine(place.where)
    code = 3 if any(row.state == "wrong" for row in rows) else 0
    return listed(rows, doctor.Finding, "", columns=("what", "state", "found", "mend"), code=code)
