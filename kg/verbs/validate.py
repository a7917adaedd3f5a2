"""kg validate: the graph by its shapes."""

from __future__ import annotations

from kg.model.errors import UsageError
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Verb
from kg.verbs.parameters import LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "validate",
    "graph",
    "Check the built graph against its ontology, by SHACL.",
    params=LISTED,
    examples=("validate",),
    formats=LISTS,
    after="doctor",
)


def answer(place: Place) -> Answer:
    """Violations; exit code 3 if there are any."""
    from kg.store import shacl

    try:
        rows = shacl.validate(place.graph)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed: pip install 'actors-kg[shapes]'"
        ) from error
    columns = ("rule", "node", "path", "value")
    return listed(rows, "the graph conforms", columns=columns, code=3 if rows else 0)
