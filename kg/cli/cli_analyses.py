"""The command line of `kg.verbs.analyses`: lists, conflicts, comparisons, sources, checks.

Each function's name is its verb; what it does, and how it is put, is in its
docstring. The options of the lens are the same on all that read the ledger.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.parser import (
    AsOf,
    Bases,
    Documents,
    Force,
    Format,
    KnownBy,
    Out,
    Raw,
    Statuses,
    Timeout,
    Voices,
    app,
    leave,
    shared,
)
from kg.verbs import analyses

Name = Annotated[str, typer.Argument(help="An id, IRI, name or alias, in any script.")]
Entity = Annotated[str, typer.Option("--entity", help="Only what concerns this entity.")]


def lens(
    document: Documents, voice: Voices, status: Statuses, basis: Bases, as_of: str, known_by: str
) -> dict[str, Any]:
    """The options of the lens by name."""
    return {
        "document": document,
        "voice": voice,
        "status": status,
        "basis": basis,
        "as_of": as_of,
        "known_by": known_by,
    }


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="Any part of a name, alias, code or id.")],
    kind: Annotated[str, typer.Option("--kind", help="Only this class, narrower ones too.")] = "",
    limit: Annotated[int, typer.Option("--limit", help="So many at most.", min=1)] = 20,
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Find entities by any part of any of their names."""
    leave(analyses.find(shared["case"], text, kind, limit, format, out, force, raw))


@app.command()
def neighbors(
    name: Name,
    relation: Annotated[str, typer.Option("--relation", help="Only by this relation.")] = "",
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Show who is next to an entity, and on whose word."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.neighbors(shared["case"], name, relation, format, out, force, raw, **seen))


@app.command()
def timeline(
    name: Name,
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Show what is dated about an entity, in order."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.timeline(shared["case"], name, format, out, force, raw, **seen))


@app.command()
def claims(
    entity: Entity = "",
    subject: Annotated[str, typer.Option("--subject", help="Only with this subject.")] = "",
    object: Annotated[str, typer.Option("--object", help="Only with this object.")] = "",
    relation: Annotated[str, typer.Option("--relation", help="Only of this relation.")] = "",
    stance: Annotated[str, typer.Option("--stance", help="Only with such a stance.")] = "",
    since: Annotated[str, typer.Option("--since", help="Only what was so then or later.")] = "",
    until: Annotated[str, typer.Option("--until", help="Only what was so then or before.")] = "",
    rows: Annotated[
        bool, typer.Option("--rows", help="Each attestation instead of each claim.")
    ] = False,
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """List the ledger, claim by claim or row by row."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    wanted = (entity, subject, object, relation, stance, since, until)
    leave(analyses.claims(shared["case"], *wanted, rows, format, out, force, raw, **seen))


@app.command()
def figures(
    entity: Entity = "",
    measure: Annotated[str, typer.Option("--measure", help="Only this measure.")] = "",
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """List every number said, with who says it."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.figures(shared["case"], entity, measure, format, out, force, raw, **seen))


@app.command()
def conflicts(
    entity: Entity = "",
    all: Annotated[
        bool, typer.Option("--all", help="Also differences that scope, period or date explain.")
    ] = False,
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Show where the documents disagree, and in what way."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.conflicts(shared["case"], entity, all, format, out, force, raw, **seen))


@app.command()
def compare(
    left: Annotated[str, typer.Argument(help="A document.")],
    right: Annotated[str, typer.Argument(help="Another document.")],
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Put two documents side by side: agree, contradict, only one."""
    seen = lens(None, voice, status, basis, as_of, known_by)
    leave(analyses.compare(shared["case"], left, right, format, out, force, raw, **seen))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="An out folder; default: the build before.")] = "",
    new: Annotated[str, typer.Argument(help="An out folder; default: the current graph.")] = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Show what changed between two builds."""
    leave(analyses.diff(shared["case"], old, new, format, out, force, raw))


@app.command()
def sources(
    echo: Annotated[
        str, typer.Option("--echo", help="Who repeats this voice or document, as a tree.")
    ] = "",
    origins: Annotated[
        bool, typer.Option("--origins", help="How many independent origins each claim has.")
    ] = False,
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Show who cites whom and what rests on each source."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.sources(shared["case"], echo, origins, format, out, force, raw, **seen))


@app.command()
def gaps(
    kind: Annotated[str, typer.Option("--kind", help="Only this kind of gap.")] = "",
    entity: Entity = "",
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Show what the ledger lacks, and what would close each gap."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.gaps(shared["case"], kind, entity, format, out, force, raw, **seen))


@app.command()
def stats(
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """Count everything."""
    seen = lens(document, voice, status, basis, as_of, known_by)
    leave(analyses.stats(shared["case"], format, out, force, raw, **seen))


@app.command()
def terms(
    text: Annotated[str, typer.Argument(help="Only terms that mention this.")] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="class, relation, measure or attribute.")
    ] = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
) -> None:
    """List the classes, relations, measures and attributes."""
    leave(analyses.terms(shared["case"], text, kind, format, out, force, raw))


@app.command()
def verify(
    texts: Annotated[str, typer.Option("--texts", help="The folder of the documents' texts.")],
    fill: Annotated[
        bool, typer.Option("--fill", help="Write digests where none are, and nothing else.")
    ] = False,
    format: Format = "text",
) -> None:
    """Find each passage again in the documents' texts."""
    leave(analyses.verify(shared["case"], texts, fill, format))


@app.command()
def validate(format: Format = "text") -> None:
    """Check the built graph against its ontology, by SHACL."""
    leave(analyses.validate(shared["case"], format))


@app.command()
def doctor(format: Format = "text") -> None:
    """Look at the graph in full: what is damaged, out of date or left over.

    Every part is compared with what was built, and all of the store is read. Exit
    code 3 if anything is wrong; what is only out of date is a warning.
    """
    leave(analyses.doctor(shared["case"], format))


@app.command()
def ask(
    name: Annotated[str, typer.Argument(help="A question by name; none: list them.")] = "",
    values: Annotated[
        list[str] | None, typer.Argument(help="Its values, in order or as name=value.")
    ] = None,
    format: Format = "table",
    out: Out = None,
    force: Force = False,
    raw: Raw = False,
    timeout: Timeout = 10.0,
) -> None:
    """Ask one of the named questions, or list them."""
    leave(analyses.ask(shared["case"], name, values, format, out, force, timeout, raw))
