"""kg report: a case, an actor, a quarrel or a story as a document to hand on."""

from __future__ import annotations

from kg.text.formats import chosen
from kg.verbs.answer import Answer, Export
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import FILE, LENS, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exchange.report.document import Report
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

FORMATS = ("markdown", "html", "docx", "pdf")
_FORMAT = output(FORMATS)[0].but(shell=False)
VERB = Verb(
    "report",
    "pages",
    "Write numbered claims with both sides and a list of sources.",
    more="""\
Of the whole case, of one entity, of one entry of kg conflicts, or of the case's story. Every
sentence names the claims that it rests on, every claim both sides, with document, place and
quote, and how it stands. docx needs pip install 'actors-kg[office]', pdf a browser or LibreOffice.""",
    params=(
        Param("entity", "Only what concerns this entity.", of="entity"),
        Param("dispute", "Only this entry of kg conflicts.", metavar="ENTRY"),
        Param("story", "The steps of data/story.toml, with the claims they rest on.", kind=bool),
        *LENS,
        _FORMAT,
        *FILE,
    ),
    examples=(
        "report -o report.docx",
        "report --entity 'Jeremy Daum' -o daum.html",
        "report --story -o story.docx",
        "report --status contested -o contested.md",
    ),
    formats=(),
    default="",
    told=("out", "format"),
    after="view",
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    entity: str,
    dispute: str,
    story: bool,
    format: str,
    out: str,
) -> Answer:
    """What can be written.

    Raises NotFound, UsageError for a file of another ending, BadTables for a story that does not hold.
    """
    from kg.exchange.handed.content import Content
    from kg.exchange.report import compose
    from kg.model.errors import UsageError, parameter

    asked = {"entity": entity, "dispute": dispute, "story": story}
    if sum(map(bool, asked.values())) > 1:
        given = " or ".join(parameter(name) for name, value in asked.items() if value)
        raise UsageError(f"give {given}, not both")
    form = chosen(format, out, FORMATS, FORMATS[0])
    graph = place.handed_on
    content = Content(graph, lens.on(graph))
    composer = compose.Composer(content)
    report: Report
    if entity:
        report = composer.of_entity(graph.find(entity))
    elif dispute:
        from kg.analysis.conflicts import conflicts

        entries = conflicts(graph, content.lens, all=True, settled=True)
        report = composer.of_dispute(compose.found(entries, dispute))
    elif story:
        report = composer.of_story(place.story(content.graph))
    else:
        report = composer.whole()

    def files() -> Iterable[tuple[str, Iterable[str | bytes]]]:
        writer = __import__(f"kg.exchange.report.{form}", fromlist=("pieces",))
        return (("", writer.pieces(report)),)

    return Answer(Export(form, files, folder=False))
