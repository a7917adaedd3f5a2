"""kg show: everything about one entity."""

from __future__ import annotations

from kg.model.errors import NotFound
from kg.verbs.answer import Answer
from kg.verbs.description import Verb
from kg.verbs.parameters import LENS, NAME, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.text.formats import Guard
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

FORMATS = ("text", "markdown", "json", "html")
VERB = Verb(
    "show",
    "questions",
    "Show all that is said of an entity, and by it.",
    more="""\
Every claim comes with its standing, its voices and its documents; the options show it as some
sources do. The hash of a claim or of one of its rows, or its first six digits, shows that claim
with all that it rests on.""",
    params=(
        NAME.but(help="An id, IRI, name or alias, in any script; a claim's hash."),
        *LENS,
        *(p for p in output(FORMATS) if p.name != "raw"),
    ),
    examples=(
        "show 'Jeremy Daum'",
        "show bureau-fuzhou -o fuzhou.html",
    ),
    formats=FORMATS,
    after="find",
)


def answer(place: Place, lens: LensRequest, *, name: str) -> Answer:
    """A dossier, or a claim with its evidence."""
    from kg.analysis import claim_evidence, dossier

    graph = place.graph
    told: Any
    found: Any
    try:
        told, found = dossier, dossier.dossier(lens.through(graph), graph.find(name))
    except NotFound:
        if not claim_evidence.named(name):
            raise
        told, found = claim_evidence, claim_evidence.opened(lens.through(graph), graph, name)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "json":
            from kg.text.formats import json

            return json(found.to_json())
        if form == "markdown":
            return str(told.markdown(found))
        if form == "html":
            return str(told.html(found, graph.manifest["case"]["language"]))
        return str(told.text(found, width))

    return Answer(found, write)
