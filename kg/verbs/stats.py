"""kg stats: how much there is."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Verb
from kg.verbs.parameters import DATA, LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "stats",
    "questions",
    "Count everything.",
    params=(*LENS, *LISTED, *DATA),
    examples=(
        "stats",
        "stats --document doc-clt",
    ),
    formats=LISTS,
    after="ask",
)


def answer(place: Place, lens: LensRequest) -> Answer:
    """Counts, group by group."""
    from kg.analysis import statistics

    rows = statistics.stats(place.graph, lens.on(place.graph))
    return listed(rows, statistics.Stat, "no count", prose=statistics.stats_text)
