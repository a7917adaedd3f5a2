"""kg terms: the ontology."""

from __future__ import annotations

from kg.model.errors import NoGraph
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "terms",
    "questions",
    "List the classes, relations, measures, attributes and qualities.",
    params=(
        Param("text", "Only terms that mention this.", argument=True),
        Param(
            "kind",
            "Only terms of this kind.",
            choices=("class", "relation", "measure", "attribute", "quality"),
        ),
        *LISTED,
        *DATA,
    ),
    examples=(
        "terms closure",
        "terms --kind relation --format json",
    ),
    formats=LISTS,
    after="stats",
)


def answer(place: Place, *, text: str, kind: str) -> Answer:
    """Terms, with how often each is used."""
    from kg.analysis import statistics

    try:
        rows = statistics.terms(place.graph, kind=kind, text=text)
    except NoGraph:
        # Who enters rows asks for the terms before anything is built.
        rows = statistics.declared(place.case.ontology, kind=kind, text=text)
    columns = ("term", "kind", "label", "domain", "range", "used", "definition", "iri", "roles")
    return listed(rows, statistics.TermRow, "no such term", columns=columns)
