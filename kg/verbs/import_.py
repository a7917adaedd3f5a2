"""kg import: other people's data as a case."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
The tally on stdout says what was read, written, merged and left out. Tables (csv, workbook,
json-lines, json) need a mapping, a file that says what becomes what; --suggest proposes one.""",
    params=(
        Param(
            "source",
            "The file, or a folder of files.",
            argument=True,
            needed=True,
            metavar="SOURCE",
        ),
        Param("folder", "The folder to make.", argument=True, needed=True, metavar="DIR"),
        Param("into", "Join the case that DIR is: rows are added, none is changed.", kind=bool),
        Param(
            "as_", "The format, where the file does not tell.", choices=formats, metavar="FORMAT"
        ),
        Param("mapping", "A file that says what becomes what.", metavar="FILE"),
        Param("suggest", "Propose a mapping by the header and the first rows, and ask.", kind=bool),
        Param("strict", "Exit code 3 if anything is left out.", kind=bool),
        *WITHOUT_GRAPH,
    ),
    examples=(
        "import sanctions.ftm.json sanctions",
        "import ties.csv ties --suggest --mapping ties.toml",
        "import ties.csv ties --mapping ties.toml",
    ),
    formats=LISTS,
    method="",
    after="init",
)


def answer(
    place: Place,
    *,
    source: str,
    folder: str,
    into: bool,
    as_: str,
    mapping: str,
    suggest: bool,
    strict: bool,
) -> Answer:
    """Make the case; the tally is the answer. With `suggest` a mapping is proposed first."""
    from pathlib import Path

    from kg.exchange import importing, tally
    from kg.model.errors import parameter
    from kg.text.formats import records
    from kg.text.untrusted import one_line, word

    own = Path(mapping) if mapping else None
    if suggest:
        own = own or Path(f"{Path(source).stem}.mapping.toml")
        if not _proposed(place, Path(source), own, as_):
            where = one_line(str(own))
            words = f"{word(source)} {word(folder)} {parameter('mapping')} {word(str(own))}"
            notes = [f"{where} is a proposal: look at it, change it, then: kg import {words}"]
            return Answer(str(own), lambda *_: "", notes=notes, code=1)
    lines = importing.run(
        Path(source), Path(folder), format=as_, mapping=own, into=into, say=place.say
    )
    left = any(line.step == tally.LEFT for line in lines)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "text":
            return "".join(tally.text(lines, width))
        return records(lines, tally.Line._fields, form, width, guard)

    return Answer(
        lines,
        write,
        notes=[f"next: cd {word(folder)}; kg check, kg build, kg view"],
        code=3 if strict and left else 0,
        names=tally.Line._fields,
    )


def _proposed(place: Place, source: Path, own: Path, form: str) -> bool:
    """Write a proposal; whether a person says that it is to be used as it stands."""
    from kg.exchange import imports, suggest
    from kg.exchange.source import Source
    from kg.model.errors import UsageError, parameter
    from kg.text.files import replace

    if own.exists():
        raise UsageError(f"{own} is there already; use it with {parameter('mapping')}, or move it")
    opened = Source(source)
    tables = [name for name in imports.fitting(opened) if imports.needs_mapping(name)]
    form = imports.known(form) if form else (tables or [imports.chosen(opened)])[0]
    if not imports.needs_mapping(form):
        raise UsageError(f"{form} needs no mapping of one's own; leave {parameter('suggest')} out")
    text = suggest.propose(opened, form)
    try:
        said = place.ask(f"{text}\nIs this what the table means? [y/N] ")
    except UsageError:
        said = ""
    replace(own, text.encode())
    return said.strip().casefold() in ("y", "yes")
