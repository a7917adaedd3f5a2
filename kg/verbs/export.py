"""kg export: the whole graph in the form of another program."""

from __future__ import annotations

from kg.model.errors import UsageError, parameter
from kg.verbs.answer import Answer, Export
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import FILE, LENS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place


def forms() -> Sequence[str]:
    """The forms that a graph can be exported in."""
    from kg.exchange.exports import names

    return names()


VERB = Verb(
    "export",
    "pages",
    "Write the whole graph in the form of another program.",
    more="""\
Every claim comes with its status, its basis, its voices and its documents; the head of a file
says what its form cannot hold. The options show the graph as some sources do. csv, neo4j and
parquet are folders, xlsx and parquet need libraries of their own; kg help interchange tells what
reads what.""",
    params=(
        Param("form", "The form.", argument=True, needed=True, choices=forms, metavar="FORM"),
        *LENS,
        *FILE,
    ),
    examples=(
        "export gexf -o network.gexf",
        "export csv -o tables",
        "export turtle --status contested -o contested.ttl",
    ),
    formats=(),
    default="",
    told=("out",),
    after="view",
)


def answer(place: Place, lens: LensRequest, *, form: str, out: str) -> Answer:
    """What can be written. Raises UsageError for a form that is none, or a file of another ending."""
    from kg.exchange import exports
    from kg.exchange.handed.content import Content

    if form not in (known := exports.names()):
        from kg.text.spelling import did_you_mean

        told = f"{parameter('form')} {form}: expected one of {', '.join(known)}"
        raise UsageError(f"{told}; {did_you_mean(form, known)}".removesuffix("; "))
    chosen = exports.form(form)
    if out and chosen.ENDING and not out.lower().endswith(chosen.ENDING):
        raise UsageError(
            f"{parameter('out')} {out}: {form} is written to a file that ends in {chosen.ENDING}"
        )
    graph = place.handed_on
    content = Content(graph, lens.on(graph), place.root)

    return Answer(Export(form, lambda: exports.files(chosen, content), not chosen.ENDING))
