"""kg sources: who rests on whom."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "sources",
    "sources",
    "Show who cites whom and what rests on each source.",
    params=(
        Param("echo", "Who repeats this voice or document, as a tree.", of="entity"),
        Param("origins", "How many independent origins each claim has.", kind=bool),
        Param(
            "limit",
            "Rows of the text at most; 0 for all.",
            kind=int,
            default=50,
            low=0,
            metavar="N",
        ),
        *LENS,
        *LISTED,
    ),
    examples=(
        "sources",
        "sources --echo 'Safeguard Defenders'",
        "sources --origins -o origins.csv",
    ),
    formats=LISTS,
    after="compare",
)


def answer(place: Place, lens: LensRequest, *, echo: str, origins: bool, limit: int) -> Answer:
    """Sources; the echo of one; the origins of claims."""
    from kg.analysis import citations

    graph, eye = place.graph, lens.on(place.graph)
    if echo:
        tree = citations.echo(graph, graph.find(echo), eye)
        return listed(tree, citations.Echo, "it is not repeated", prose=citations.text, limit=limit)
    if origins:
        found = citations.origins(graph, eye)
        sided = ("sides",) if any(row.sides < row.origins for row in found) else ()
        counted = ("sentence", "origins", *sided, "voices", "documents", "names", "standing")
        return listed(
            found, citations.Origins, "no claim is put forward", columns=counted, limit=limit
        )
    rows = citations.sources(graph, eye)
    graded = ("grade",) if any(row.grade for row in rows) else ()
    columns = ("name", "kind", *graded, "read", "spoken", "cited", "claims", "alone")
    return listed(rows, citations.Source, "there is no source", columns=columns, limit=limit)
