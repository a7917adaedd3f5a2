"""The command line in full: every command with its options, help and checks.

This module alone knows typer. It hands parsed words to `kg.verbs.commands`; common
calls take the shorter way of `kg.cli.lane` past it.
"""

from __future__ import annotations

from typing import Annotated

import typer

from kg import __version__
from kg.model.errors import Stopped
from kg.verbs import commands

app = typer.Typer(
    name="kg",
    help="Who says what about whom, where, and who disputes it: tables to an RDF graph, "
    "SPARQL, paths and offline network pages. Every edge carries its evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
shared: dict[str, str] = {}

Format = Annotated[str, typer.Option("--format", help="How to write the result.", metavar="F")]
Out = Annotated[str | None, typer.Option("--out", "-o", help="Write to this file.", metavar="FILE")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file that kg did not make.")]
Timeout = Annotated[float, typer.Option("--timeout", help="Seconds after which to stop.", min=0.1)]
Names = list[str] | None
Documents = Annotated[Names, typer.Option("--document", help="Only what this document says.")]
Voices = Annotated[Names, typer.Option("--voice", help="Only what this voice says.")]
Statuses = Annotated[Names, typer.Option("--status", help="Only claims of this status.")]
Bases = Annotated[Names, typer.Option("--basis", help="Only claims on this basis.")]
Ties = Annotated[
    bool, typer.Option("--ties", help="Leave out relations of opposition, such as an arrest.")
]
AsOf = Annotated[str, typer.Option("--as-of", help="Only what held on this day.", metavar="DATE")]
Raw = Annotated[
    bool, typer.Option("--raw", help="In csv and tsv, leave cells that a spreadsheet calculates.")
]
KnownBy = Annotated[
    str, typer.Option("--known-by", help="Only what was said or in print by then.", metavar="DATE")
]


@app.callback()
def top(
    case: Annotated[
        str,
        typer.Option("--case", help="The case's folder, or “example” for the shipped case."),
    ] = ".",
) -> None:
    """Note what every command shares."""
    shared["case"] = case


def leave(code: int) -> None:
    """End with an exit code."""
    if code:
        raise typer.Exit(code)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"kg {__version__}")


@app.command()
def check(
    read: Annotated[
        bool, typer.Option("--read", help="Print each row as a sentence, for proof-reading.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
) -> None:
    """Check every row of the tables; report all that is wrong at once."""
    leave(commands.check(shared["case"], read, strict))


@app.command()
def build(
    force: Annotated[
        bool, typer.Option("--force", help="Build even if no file of the case has changed.")
    ] = False,
) -> None:
    """Build the graph; the old one stays until the new is whole."""
    leave(commands.build(shared["case"], force))


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="SPARQL; “-” reads it from stdin.")] = None,
    file: Annotated[
        str | None, typer.Option("--file", "-f", help="Read SPARQL from here.", metavar="FILE")
    ] = None,
    format: Format = "",
    out: Out = None,
    force: Force = False,
    timeout: Timeout = 10.0,
    memory: Annotated[float, typer.Option("--memory", help="GiB that it may use.", min=0.01)] = 1.0,
    limit: Annotated[
        int, typer.Option("--limit", help="Rows after which to cut, saying so.", min=1)
    ] = 100_000,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 when ASK is false.")
    ] = False,
    name: Annotated[
        str, typer.Option("--name", help="Ask a named question instead; kg ask lists them.")
    ] = "",
    values: Annotated[
        Names, typer.Option("--set", help="A value of the named question, as name=value.")
    ] = None,
    raw: Raw = False,
    data: Annotated[
        Names,
        typer.Option("--data", help="Ask this RDF file instead of the case.", metavar="FILE"),
    ] = None,
    graph: Annotated[
        Names,
        typer.Option("--graph", help="Read FILE into the graph named IRI.", metavar="IRI=FILE"),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="When stopped, give the rows so far; exit 4.")
    ] = False,
) -> None:
    """Ask the graph, or RDF files, in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE.

    The prefixes kg: (terms), id: (entities), rdf:, rdfs:, owl:, skos:, xsd:,
    dcterms:, foaf:, org:, prov: and cito: are known. Formats: table, csv, tsv,
    json, xml; ttl and nt for CONSTRUCT and DESCRIBE.

    --data and --graph take .ttl, .nt, .nq, .trig, .rdf, .owl, .xml, .jsonld and .n3 files
    and can be given several times; no case is needed then. FROM and FROM NAMED name
    graphs of these files. Nothing is ever fetched.
    """
    asked = (text, file, format, out, force, timeout, memory, limit, exit_code, name, values)
    leave(commands.query(shared["case"], *asked, raw, data, graph, partial))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="An id, IRI, name or alias, in any script.")],
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    format: Format = "text",
    out: Out = None,
    force: Force = False,
) -> None:
    """Show all that is said of an entity, and by it.

    Every claim comes with its standing, its voices and its documents; the options
    show it as some sources do. Formats: text, markdown, json, html.
    """
    seen = (document, voice, status, basis, as_of, known_by)
    leave(commands.show(shared["case"], name, *seen, format, out, force))


@app.command()
def path(
    start: Annotated[str, typer.Argument(help="An id, IRI, name or alias.")],
    end: Annotated[str, typer.Argument(help="An id, IRI, name or alias.")],
    k: Annotated[int, typer.Option("-k", help="How many paths.", min=1, max=100)] = 3,
    max_hops: Annotated[int, typer.Option("--max-hops", help="Hops at most.", min=1, max=12)] = 6,
    relation: Annotated[Names, typer.Option("--relation", help="Only by this relation.")] = None,
    via: Annotated[Names, typer.Option("--via", help="Pass this entity.")] = None,
    avoid: Annotated[Names, typer.Option("--avoid", help="Do not pass this entity.")] = None,
    through: Annotated[
        Names, typer.Option("--through", help="Pass members of this class too, or “all”.")
    ] = None,
    status: Statuses = None,
    basis: Bases = None,
    document: Documents = None,
    voice: Voices = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    min_voices: Annotated[
        int, typer.Option("--min-voices", help="Only claims of so many voices.", min=0)
    ] = 0,
    directed: Annotated[
        bool, typer.Option("--directed", help="Follow claims from subject to object only.")
    ] = False,
    hubs: Annotated[
        bool, typer.Option("--hubs", help="Let the way through a hub cost nothing more.")
    ] = False,
    ties: Ties = False,
    timeout: Timeout = 10.0,
    view: Annotated[
        str | None,
        typer.Option("--view", help="Draw them on a page, too.", metavar="FILE"),
    ] = None,
    format: Format = "text",
    out: Out = None,
    force: Force = False,
) -> None:
    """Find the best paths between two actors, with evidence.

    Every hop names relation, direction, documents, voices, status and basis. The options --relation, --via, --avoid, --through, --status and --basis can be
    given several times. Formats: text, json.
    """
    seen = (document, voice, as_of, known_by)
    restrictions = (relation, via, avoid, through, status, basis, *seen, min_voices, directed)
    case = shared["case"]
    leave(
        commands.path(
            *(case, start, end, k, max_hops, *restrictions, hubs, ties, timeout, view),
            *(format, out, force),
        )
    )


@app.command()
def view(
    focus: Annotated[
        Names, typer.Option("--focus", help="Show what is near this entity; can be repeated.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", help="Hops around it.", min=1, max=6)] = 1,
    query: Annotated[
        str | None,
        typer.Option("--query", help="Show what this query selects.", metavar="FILE|SPARQL"),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="Show what a named question selects; kg ask lists them.")
    ] = "",
    values: Annotated[
        Names, typer.Option("--set", help="A value of the named question, as name=value.")
    ] = None,
    path: Annotated[
        tuple[str, str] | None,
        typer.Option("--path", help="Show the best paths between two actors.", metavar="A B"),
    ] = None,
    k: Annotated[int, typer.Option("-k", help="How many paths.", min=1, max=100)] = 3,
    max_hops: Annotated[int, typer.Option("--max-hops", help="Hops at most.", min=1, max=12)] = 6,
    relation: Annotated[
        Names, typer.Option("--relation", help="Paths only by this relation.")
    ] = None,
    via: Annotated[Names, typer.Option("--via", help="Paths that pass this entity.")] = None,
    avoid: Annotated[Names, typer.Option("--avoid", help="Paths past this entity.")] = None,
    through: Annotated[
        Names, typer.Option("--through", help="Paths through this class too, or “all”.")
    ] = None,
    directed: Annotated[
        bool, typer.Option("--directed", help="Paths from subject to object only.")
    ] = False,
    ties: Ties = False,
    timeout: Timeout = 10.0,
    layout: Annotated[str, typer.Option("--layout", help="paths, lanes, cells or links.")] = "",
    document: Documents = None,
    voice: Voices = None,
    status: Statuses = None,
    basis: Bases = None,
    as_of: AsOf = "",
    known_by: KnownBy = "",
    out: Out = None,
    force: Force = False,
) -> None:
    """Write the network, or a part of it, as one HTML page that works offline.

    The parts that --focus, --query, --name and --path choose add up. A query shows
    the entities in any of its columns with all claims between them; if it names
    claims or attestations, or makes a graph (CONSTRUCT, DESCRIBE), those claims
    alone. It is asked of the whole graph; the page shows its answer as the sources
    chosen do. Paths come with the claims of their hops, the best one lifted.
    """
    chosen = (focus, depth, query, name, values)
    walk = (path, k, max_hops, relation, via, avoid, through, directed, ties, timeout)
    seen = (document, voice, status, basis, as_of, known_by)
    leave(commands.view(*(shared["case"], *chosen, *walk, layout, *seen, out, force)))


def run(arguments: list[str]) -> int:
    """Parse and run a command line; its errors and exits are the caller's to handle."""
    import kg.cli.cli_analyses  # noqa: F401  # registers its commands

    code = int(app(args=arguments, prog_name="kg", standalone_mode=False) or 0)
    if code == Stopped.exit_code:
        # typer makes a quiet exit of Ctrl-C: what to say and to leave with is decided in one place.
        raise KeyboardInterrupt
    return code
