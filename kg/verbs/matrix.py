"""kg matrix: who takes which stance on what is disputed, in one table."""

from __future__ import annotations

from kg.text.formats import LISTS, records
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ENTITY, LENS, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.text.formats import Guard
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

FORMATS = (*LISTS, "html")
VERB = Verb(
    "matrix",
    "sources",
    "Show disputed claims as rows, voices or documents as columns.",
    more="""\
Without an entity the rows are the claims that somebody speaks against. Of a document or a voice
they are the claims that it speaks of. First stands how often two of them agree and oppose.""",
    params=(
        ENTITY.but(help="The claims about this entity, or of this document or voice."),
        Param("by", "What the columns are.", choices=("voice", "document"), default="voice"),
        *LENS,
        *output(FORMATS),
    ),
    examples=("matrix", "matrix --entity 'Mao Ning' --by document", "matrix -o matrix.html"),
    formats=FORMATS,
    after="conflicts",
)


def answer(place: Place, lens: LensRequest, *, entity: str, by: str) -> Answer:
    """The matrix; one without rows is a no."""
    from kg.analysis import matrix_text
    from kg.analysis.matrix import matrix
    from kg.text.formats import json

    graph = place.graph
    seen = lens.through(graph)
    found = matrix(seen, entity=graph.find(entity) if entity else "", by=by)

    names = matrix_text.fields(found)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "json":
            from kg.model.claims import plain

            return json(plain(found))
        if form == "html":
            case = graph.manifest["case"]
            return matrix_text.html(found, f"Who says what: {case['title']}", case["language"])
        if form == "text":
            return matrix_text.text(found, width) if found.rows else ""
        if form == "table":
            legend = "".join(f"{i}  {name}\n" for i, name in enumerate(matrix_text.heads(found), 1))
            columns = ["claim", *(str(i) for i in range(1, len(found.columns) + 1))]
            return legend + records(matrix_text.numbered(found), columns, form, width)
        return records(matrix_text.lines(found), names, form, width, guard)

    notes = [] if found.rows else ["no claim that anybody speaks against"]
    rows = matrix_text.lines(found)
    return Answer(rows, write, notes=notes, code=int(not rows), names=names)
