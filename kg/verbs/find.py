"""kg find: entities by any part of a name."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "find",
    "questions",
    "Find entities by any part of any of their names.",
    more="""\
Words count in any order, with titles and offices, initials, beginnings and slips; a class among them (ministry)
is preferred. What is common counts less.""",
    params=(
        Param("text", "Any part of a name, alias, code or id.", argument=True, needed=True),
        Param("kind", "Only this class, narrower ones too.", of="class"),
        Param("limit", "So many at most; 0 for all.", kind=int, default=20, low=0, metavar="N"),
        *LISTED,
        *DATA,
    ),
    examples=(
        "find Daum",
        "find 福州 --kind Station",
    ),
    formats=LISTS,
)


def answer(place: Place, *, text: str, kind: str, limit: int) -> Answer:
    """Entities, the best match first."""
    from kg.analysis import search

    rows = search.find(place.graph, text, kind=kind, limit=limit)
    columns = ("name", "kind", "match", "matched", "id")
    return listed(rows, f"nothing is called “{text}”", columns=columns)
