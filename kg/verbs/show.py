"""kg show: everything about one entity."""

from __future__ import annotations

from kg.model.errors import NotFound
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, LENS, NAME, output

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
It opens on the point: who it is, how much is said by how many, what is disputed, what only
alleged, the newest. Then come the disputes, then the rest, what rests on most first.
Every claim comes with its standing, its voices and its documents; the options show it as some
sources do. The hash of a claim or of one of its rows, or its first six digits, shows that claim
with all that it rests on.""",
    params=(
        NAME.but(
            help="An id, IRI, name or alias, in any script; a claim's hash; an entry of kg conflicts."
        ),
        Param("relation", "Only what this relation or measure joins to it.", of="relation"),
        Param(
            "limit",
            "Claims at most in each part of the text; 0 for all.",
            kind=int,
            default=20,
            low=0,
            metavar="N",
        ),
        Param("brief", "The point alone.", kind=bool),
        *LENS,
        *(p for p in output(FORMATS) if p.name != "raw"),
        *DATA,
    ),
    examples=("show 'Jeremy Daum'", "show FBI --brief", "show bureau-fuzhou -o fuzhou.html"),
    formats=FORMATS,
    after="find",
)


def answer(
    place: Place, lens: LensRequest, *, name: str, relation: str, limit: int, brief: bool
) -> Answer:
    """A dossier, or a claim with its evidence."""
    from kg.analysis import claim_evidence, dossier, dossier_text

    graph = place.graph
    told: Any
    found: Any
    seen = lens.through(graph)
    try:
        told, found = dossier_text, dossier.dossier(seen, graph.find(name), relation=relation)
    except NotFound:
        from kg.analysis.judged import printed
        from kg.verbs import conflicts as quarrels

        if printed(name):
            return quarrels.explained(place, lens, name)
        if not claim_evidence.named(name):
            raise
        told, found = claim_evidence, claim_evidence.opened(seen, graph, name)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "json":
            from kg.text.formats import json

            return json(found.to_json())
        if form == "markdown":
            return str(told.markdown(found))
        if form == "html":
            return str(told.html(found, graph.manifest["case"]["language"]))
        if told is claim_evidence:
            return str(claim_evidence.text(found, width))
        return dossier_text.text(found, width, limit=limit, brief=brief)

    return Answer(found, write)
