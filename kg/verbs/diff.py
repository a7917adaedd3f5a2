"""kg diff: what changed between two builds."""

from __future__ import annotations

from kg.model.errors import NoGraph, parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import LISTED, TIMEOUT

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
        TIMEOUT.but(default=60.0),
        Param(
            "limit",
            "Changes after which to cut, saying so.",
            kind=int,
            default=100_000,
            low=1,
            metavar="N",
        ),
        *LISTED,
    ),
    examples=(
        "diff",
        "diff old/out new/out",
    ),
    formats=LISTS,
    after="build",
)


def answer(place: Place, *, old: str, new: str, timeout: float, limit: int) -> Answer:
    """Every claim, entity and file that differs; none is no failure."""
    from kg.analysis import diff
    from kg.store.graph import open_graph, previous

    place.here("kg diff compares graphs")
    now = open_graph(new) if new else place.graph
    before = open_graph(old) if old else previous(now.out)
    if before is None:
        raise NoGraph(
            "there is no earlier build to compare with; name one: kg diff OLD/out NEW/out"
        )
    found = diff.diff(before, now, seconds=timeout, limit=limit + 1, progress=place.watch)
    answer = listed(found[:limit], diff.Change, "nothing changed", prose=diff.text, code=0)
    if len(found) > limit:
        answer.notes.append(
            f"truncated: only the first {limit:,} are shown; raise {parameter('limit')}"
        )
    return answer
