"""kg central: who is central, and who belongs together."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, LENS, WALK, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.formats import Guard
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place


def _by() -> Sequence[str]:
    from kg.analysis.centrality import BY

    return BY


_WALKED = {p.name: p for p in WALK}
VERB = Verb(
    "central",
    "questions",
    "Rank who is central, or who belongs together, with evidence.",
    more="""\
By degree: with how many others claims join it. By betweenness: how many of the shortest ways
between others lead through it. By communities: groups with more claims inside than to others.
It measures what is written, so on accusations it measures attention.""",
    params=(
        Param("by", "What to rank by.", choices=_by, default="degree"),
        _WALKED["relation"].but(help="Count only this relation."),
        _WALKED["through"].but(help="Count members of this class too, or “all”."),
        _WALKED["ties"],
        Param("limit", "So many at most; 0 for all.", kind=int, default=10, low=0, metavar="N"),
        *LENS,
        *output(LISTS),
        *DATA,
    ),
    examples=(
        "central",
        "central --by communities",
        "central --by betweenness --ties -o central.csv",
    ),
    formats=LISTS,
    after="count",
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    by: str,
    relation: Sequence[str],
    through: Sequence[str],
    ties: bool,
    limit: int,
) -> Answer:
    """The most central first, or the largest group; one without rows is a no."""
    from kg.analysis import centrality
    from kg.model.claims import flat_names
    from kg.text.formats import records

    graph = lens.through(place.graph)
    found = centrality.rank(
        graph, by=by, relations=relation, through=through, ties=ties, limit=limit
    )

    names = flat_names(centrality.Community if by == "communities" else centrality.Central)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "text":
            return centrality.text(found, width, told.seen)
        return records(found.rows, names, form, width, guard, told.seen)

    notes = [*found.notes] if found.rows else ["nothing joins two entities that count"]
    told = Answer(found.rows, write, notes=notes, code=int(not found.rows), names=names)
    return told
