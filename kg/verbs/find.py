"""kg find: entities by any part of a name."""

from __future__ import annotations

from kg.model.errors import KgError, UsageError, parameter
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
is preferred. What is common counts less. --list screens a file of names, a row a name, with the way in which
each is matched; nothing is taken: what several have, or what is only alike, is told, and the exit code
is 1.""",
    params=(
        Param("text", "Any part of a name, alias, code or id.", argument=True, of="entity"),
        Param("list", "Look for each name in this file: text, CSV or a sheet.", metavar="FILE"),
        Param(
            "column", "The column of the file that has the names.", metavar="NAME", beside="list"
        ),
        Param("kind", "Only this class, narrower ones too.", of="class"),
        Param("limit", "So many at most; 0 for all.", kind=int, default=20, low=0, metavar="N"),
        *LISTED,
        *DATA,
    ),
    examples=(
        "find Daum",
        "find 福州 --kind Station",
        "find --list names.txt -o screened.csv",
        "find --list people.xlsx --column Name --kind person",
    ),
    formats=LISTS,
)


def answer(place: Place, *, text: str, list: str, column: str, kind: str, limit: int) -> Answer:
    """Entities, the best match first; of a list, each name with how it is matched."""
    from kg.analysis import search

    if bool(text) == bool(list):
        raise UsageError(f"give a text, or a file of names with {parameter('list')}")
    if column and not list:
        raise UsageError(f"{parameter('column')} is for {parameter('list')}")
    if list:
        return _screened(place, list, column, kind)
    rows = search.find(place.graph, text, kind=kind, limit=limit)
    columns: tuple[str, ...] = ("name", "kind", "match", "matched", "id")
    if any(row.state for row in rows):
        columns = (*columns[:2], "state", *columns[2:])
    return listed(rows, search.Found, f"nothing is called “{text}”", columns=columns)


def _screened(place: Place, file: str, column: str, kind: str) -> Answer:
    from pathlib import Path

    from kg.analysis import screening
    from kg.case import name_list
    from kg.case.form import PLAIN
    from kg.text.likeness import measured

    try:
        form = place.case.forms.general
    except KgError:
        # A graph without its case.
        form = PLAIN
    names = name_list.read(Path(file), column, form)
    rows = screening.screen(place.graph, names, kind=kind)
    columns = ("row", "asked", "match", "records", "name", "id", "others")
    code = int(not all(map(screening.certain, rows)) or not rows)
    told = listed(rows, screening.Screened, f"{file} has no names", columns=columns, code=code)
    if rows:
        told.notes.append(screening.summary(rows))
    if not measured():
        told.notes.append(
            "slips of spelling were not looked for: rapidfuzz is not installed; "
            "pip install 'actors-kg[import]'"
        )
    return told
