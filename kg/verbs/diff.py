"""kg diff: what changed between two builds."""

from __future__ import annotations

from kg.model.errors import NoGraph
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "diff",
    "graph",
    "Show what changed between two builds.",
    params=(
        Param("old", "An out folder; by default the build before.", argument=True),
        Param("new", "An out folder; by default the current graph.", argument=True),
        *LISTED,
    ),
    examples=(
        "diff",
        "diff old/out new/out",
    ),
    formats=LISTS,
    after="build",
)


def answer(place: Place, *, old: str, new: str) -> Answer:
    """Every claim, entity and file that differs; none is no failure."""
    from kg.analysis import diff
    from kg.store.graph import open_graph, previous

    now = open_graph(new) if new else place.graph
    before = open_graph(old) if old else previous(now.out)
    if before is None:
        raise NoGraph(
            "there is no earlier build to compare with; name one: kg diff OLD/out NEW/out"
        )
    return listed(diff.diff(before, now), "nothing changed", prose=diff.text, code=0)
