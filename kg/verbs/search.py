"""kg search: the words of the case."""

from __future__ import annotations

from kg.model.errors import parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "search",
    "questions",
    "Search the words of passages, with their claims and evidence.",
    more="""\
Glosses, quotes, places in documents, descriptions and the names of all that a passage speaks of
are searched, in any script. What has all words comes, in any order; if nothing has, what has some.""",
    params=(
        Param("words", "What to look for.", argument=True, needed=True, many=True),
        Param("limit", "So many at most; 0 for all.", kind=int, default=20, low=0, metavar="N"),
        *LENS,
        *LISTED,
        *DATA,
    ),
    examples=(
        "search bank loans",
        "search 警侨 --document doc-clt",
    ),
    formats=LISTS,
    after="find",
)


def answer(place: Place, lens: LensRequest, *, words: Sequence[str], limit: int) -> Answer:
    """Passages, the best first."""
    from kg.analysis import fulltext

    text = " ".join([words] if isinstance(words, str) else words)
    found = fulltext.search(place.graph, lens.on(place.graph), text, limit=limit)
    told = listed(
        found.rows, fulltext.Passage, f"no passage has a word of “{text}”", prose=fulltext.text
    )
    if not found.whole:
        told.notes.append("nothing has all words; these have some")
    if found.more:
        told.notes.append(f"there are more than these {limit:,}; raise {parameter('limit')}")
    return told
