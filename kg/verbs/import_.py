"""kg import: other people's data as a case."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.formats import Guard
    from kg.verbs.place import Place


def formats() -> Sequence[str]:
    """The formats that can be imported."""
    from kg.exchange.imports import names

    return names()


LISTS = ("text", "csv", "tsv", "json", "markdown")
VERB = Verb(
    "import",
    "tables",
    "Make a case of other people's data; count what was left out.",
    more="""\
The case has its tables, its ontology, the source as document and the record as locator; check and
build take it as any other. The folder is new or empty, and holds all of it in the end or nothing.
The tally on stdout says what was read, written, merged and left out.""",
    params=(
        Param("source", "The file.", argument=True, needed=True, metavar="SOURCE"),
        Param("folder", "The folder to make.", argument=True, needed=True, metavar="DIR"),
        Param(
            "as_", "The format, where the file does not tell.", choices=formats, metavar="FORMAT"
        ),
        Param("mapping", "A file that says what becomes what.", metavar="FILE"),
        Param("strict", "Exit code 3 if anything is left out.", kind=bool),
        *WITHOUT_GRAPH,
    ),
    examples=("import sanctions.ftm.json sanctions",),
    formats=LISTS,
    method="",
    after="init",
)


def answer(
    place: Place, *, source: str, folder: str, as_: str, mapping: str, strict: bool
) -> Answer:
    """Make the case; the tally is the answer."""
    from pathlib import Path

    from kg.exchange import importing, tally
    from kg.text.formats import records
    from kg.text.untrusted import one_line

    own = Path(mapping) if mapping else None
    lines = importing.run([Path(source)], Path(folder), format=as_, mapping=own, say=place.say)
    left = any(line.step == tally.LEFT for line in lines)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "text":
            return "".join(tally.text(lines, width))
        return records(lines, form, (), width, guard)

    where = one_line(folder)
    return Answer(
        lines,
        write,
        notes=[f"next: cd {where}; kg check, kg build, kg view"],
        code=3 if strict and left else 0,
    )
