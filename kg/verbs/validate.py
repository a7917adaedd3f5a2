"""kg validate: the graph by its shapes."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Verb
from kg.verbs.parameters import LISTED, MEMORY, TIMEOUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "validate",
    "graph",
    "Check the built graph against its ontology, by SHACL.",
    params=(TIMEOUT.but(default=300.0), MEMORY, *LISTED),
    examples=("validate",),
    formats=LISTS,
    after="doctor",
)


def answer(place: Place, *, timeout: float, memory: float) -> Answer:
    """Violations; exit code 3 if there are any."""
    from kg.store import shacl

    limit = int(memory * (1 << 30))
    rows = shacl.validate(place.graph, seconds=timeout, memory=limit, progress=place.watch)
    columns = ("rule", "node", "path", "value")
    return listed(
        rows, shacl.Violation, "the graph conforms", columns=columns, code=3 if rows else 0
    )
