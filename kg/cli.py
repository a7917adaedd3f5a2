"""The commands: each parses its words, makes one call, prints what came back.

Results go to stdout, talk to stderr. The exit codes are those of `kg.errors`;
this module alone turns errors into them. What a command needs is imported when
it runs, so that no command waits for another's libraries.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kg import __version__
from kg.errors import Ambiguous, BadTables, KgError, NotFound, Problem, Stopped, UsageError

if TYPE_CHECKING:
    from kg.case import Case
    from kg.graph import Graph

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
_state: dict[str, str] = {"case": "."}

Format = Annotated[str, typer.Option("--format", help="How to write the result.", metavar="F")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file that kg did not make.")]
Names = list[str] | None


@app.callback()
def top(
    case: Annotated[
        str, typer.Option("--case", help="The case's folder, or “example” for the shipped case.")
    ] = ".",
) -> None:
    """Set what every command shares."""
    _state["case"] = case


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
    from kg import build as building
    from kg.terminal import count

    case = _case()
    found = building.check(case)
    if read:
        _print_rows(case)
    _print_problems(found.problems, found.dropped)
    sizes = f"{count(found.entities, 'entity')}, {count(found.claims, 'claim')}"
    typer.echo(f"{sizes}, {count(found.attestations, 'attestation')}", err=True)
    if not found.fine or (strict and found.problems):
        raise typer.Exit(BadTables.exit_code)


@app.command()
def build(
    force: Annotated[
        bool, typer.Option("--force", help="Build even if no file of the case has changed.")
    ] = False,
) -> None:
    """Build the graph of a case; the old one stays until the new one is whole."""
    from kg import build as building
    from kg.terminal import count

    case = _case()
    graph, done = building.build(case, force=force, progress=_say)
    word = "built" if done else "unchanged"
    c = graph.counts
    sizes = f"{count(c['entities'], 'entity')}, {count(c['claims'], 'claim')}"
    typer.echo(f"{word}: {sizes}, {count(c['attestations'], 'attestation')} in {graph.out}")


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="SPARQL; “-” reads it from stdin.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="Read SPARQL from here.")] = None,
    format: Format = "",
    out: Out = None,
    force: Force = False,
    timeout: Annotated[float, typer.Option(help="Seconds after which to stop.")] = 10.0,
    memory: Annotated[float, typer.Option(help="GiB that it may use.")] = 1.0,
    limit: Annotated[int, typer.Option(help="Rows after which to cut, saying so.")] = 100_000,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 when ASK is false.")] = False,
) -> None:
    """Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE.

    The prefixes kg: (terms), id: (entities), rdf:, rdfs:, owl:, skos:, xsd:,
    dcterms:, foaf:, org:, prov:, cito: are known. Formats: table, csv, tsv, json,
    xml; ttl, nt for CONSTRUCT and DESCRIBE.
    """
    from kg import query as asking
    from kg import results, terminal

    if format and format not in (*results.SELECT, *results.GRAPH):
        raise UsageError(f"--format {format}: expected {', '.join((*results.SELECT, *results.GRAPH))}")
    sparql = _sparql(text, file)
    graph = _graph()
    prefixes = asking.PREFIXES | {"id": graph.base}
    limits = asking.Limits(timeout, int(memory * (1 << 30)), limit)
    answer = asking.run(graph.store, sparql, prefixes, limits, "nt" if format == "nt" else "ttl")
    form = format or ("table" if out is None else "csv")
    _print(results.write(answer, form, prefixes, terminal.width()), out, force)
    if answer.truncated:
        _say(f"truncated: only the first {limit:,} are shown; raise --limit")
    if answer.kind == "select" and not answer.rows:
        _say("no rows")
    if exit_code and answer.kind == "ask" and not answer.boolean:
        raise typer.Exit(1)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="An id, IRI, name or alias, in any script.")],
    format: Format = "text",
    out: Out = None,
    force: Force = False,
) -> None:
    """Show all that is said of an entity, and by it, with every voice and document."""
    from kg import dossiers, terminal

    _known_format(format, ("text", "markdown", "json"))
    graph = _graph()
    found = dossiers.dossier(graph, graph.find(name))
    if format == "json":
        written = _json(found.to_json())
    elif format == "markdown":
        written = dossiers.markdown(found)
    else:
        written = dossiers.text(found, terminal.width())
    _print(written, out, force)


@app.command()
def path(
    start: Annotated[str, typer.Argument(help="An id, IRI, name or alias.")],
    end: Annotated[str, typer.Argument(help="An id, IRI, name or alias.")],
    k: Annotated[int, typer.Option("-k", help="How many paths.", min=1, max=100)] = 3,
    max_hops: Annotated[int, typer.Option(help="Hops at most.", min=1, max=12)] = 6,
    relation: Annotated[Names, typer.Option("--relation", help="Only by this relation.")] = None,
    via: Annotated[Names, typer.Option("--via", help="Pass this entity.")] = None,
    avoid: Annotated[Names, typer.Option("--avoid", help="Do not pass this entity.")] = None,
    through: Annotated[
        Names, typer.Option("--through", help="Pass members of this class too, or “all”.")
    ] = None,
    status: Annotated[Names, typer.Option("--status", help="Only claims of this status.")] = None,
    basis: Annotated[Names, typer.Option("--basis", help="Only claims on this basis.")] = None,
    min_voices: Annotated[int, typer.Option(help="Only claims of so many voices.", min=1)] = 1,
    directed: Annotated[bool, typer.Option("--directed", help="Subject to object only.")] = False,
    hubs: Annotated[bool, typer.Option("--hubs", help="Do not make hubs costly.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds after which to stop.")] = 10.0,
    format: Format = "text",
    out: Out = None,
    force: Force = False,
) -> None:
    """Find the best paths between two actors, every hop with its evidence."""
    from kg import paths, terminal, walks

    _known_format(format, ("text", "json"))
    graph = _graph()
    options = paths.Options(
        k=k,
        max_hops=max_hops,
        relations=tuple(relation or ()),
        statuses=tuple(s.capitalize() for s in status or ()),
        bases=tuple(b.capitalize() for b in basis or ()),
        via=tuple(graph.find(v) for v in via or ()),
        avoid=tuple(graph.find(a) for a in avoid or ()),
        through=tuple(through or ()),
        min_voices=min_voices,
        hubs=hubs,
        directed=directed,
        seconds=timeout,
    )
    ends = graph.find(start), graph.find(end)
    found = paths.find_paths(graph, *ends, options)
    if format == "json":
        _print(_json(walks.to_json(graph, found)), out, force)
    elif found:
        _print(walks.text(graph, found, terminal.width()), out, force)
    if not found:
        _say(paths.why_none(graph, *ends, options))
        raise typer.Exit(1)


@app.command()
def view(
    focus: Annotated[Names, typer.Option("--focus", help="Show what is near this entity.")] = None,
    depth: Annotated[int, typer.Option(help="Hops around the focus.", min=1, max=6)] = 1,
    layout: Annotated[str, typer.Option(help="lanes, cells or links.")] = "",
    out: Out = None,
    force: Force = False,
) -> None:
    """Write the network as one HTML page that works offline."""
    from kg import page, views

    graph = _graph()
    chosen = views.select(graph, focus=[graph.find(f) for f in focus or ()], depth=depth)
    target = out or graph.out / "view.html"
    _print(page.render(chosen, layout=layout) if layout else page.render(chosen), target, force)
    nodes, claims = len(chosen.nodes), len(chosen.claims)
    typer.echo(f"{target}: {nodes:,} entities, {claims:,} claims, {target.stat().st_size / 1000:,.0f} kB")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and leave with its exit code: the one funnel of all errors."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot encode a name gets an escape, never a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=arguments, standalone_mode=False) or 0
        sys.stdout.flush()
    except KgError as error:
        code = _complain(error)
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        code = Stopped.exit_code
    except BrokenPipeError:
        # Whoever read us has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        code = _unforeseen(error)
    sys.exit(code)


def _unforeseen(error: Exception) -> int:
    if hasattr(error, "show") and hasattr(error, "exit_code"):
        # The command line parser's own complaint: usage, what was found, what is known.
        error.show()
        return int(error.exit_code)
    if type(error).__name__ == "Abort":
        typer.echo("stopped", err=True)
        return Stopped.exit_code
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="kg-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"kg {__version__}, Python {sys.version}\n{sys.platform}\n\n")
        file.writelines(traceback.format_exception(error))
    typer.echo(f"kg: a fault of our own ({type(error).__name__}); please report {file.name}", err=True)
    return 70


def _complain(error: KgError) -> int:
    from kg.text import one_line, shown

    if isinstance(error, BadTables):
        _print_problems(error.problems, 0)
    typer.echo(f"kg: {shown(str(error))}", err=True)
    matches = error.near if isinstance(error, NotFound) else ()
    if isinstance(error, Ambiguous):
        matches = error.matches
    if matches:
        typer.echo("did you mean:" if isinstance(error, NotFound) else "it may be:", err=True)
    for name, label in matches:
        typer.echo(f"  {name}  {one_line(label)}", err=True)
    return error.exit_code


def _case() -> Case:
    from kg.case import find

    return find(_state["case"])


def _graph() -> Graph:
    from kg.errors import NoGraph
    from kg.graph import open_graph

    if _state["case"] != "example":
        return open_graph(Path(_state["case"]) / "out")
    try:
        return open_graph(Path("out") / "example")
    except NoGraph:
        from kg.build import build as make

        _say("building the example's graph, once")
        return make(_case())[0]


def _sparql(text: str | None, file: Path | None) -> str:
    if text and file:
        raise UsageError("give the query as text or with -f, not both")
    if file:
        if not file.is_file():
            raise UsageError(f"{file} is no file")
        return file.read_text(encoding="utf-8-sig")
    if text and text != "-":
        return text
    if text is None and sys.stdin.isatty():
        raise UsageError("give a query as text, with -f FILE, or on stdin")
    return sys.stdin.read()


def _known_format(found: str, known: Sequence[str]) -> None:
    if found not in known:
        raise UsageError(f"--format {found}: expected {', '.join(known)}")


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


_OURS = b'<meta name="generator" content="kg'


def _print(text: str, out: Path | None, force: bool) -> None:
    """To stdout, or to a file that is put in place whole."""
    if out is None:
        sys.stdout.write(text)
        return
    if out.is_dir():
        raise UsageError(f"{out} is a folder; name a file")
    if out.exists() and not force:
        with out.open("rb") as file:
            if _OURS not in file.read(4096):
                raise UsageError(f"{out} is there already and kg did not make it; use --force")
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        os.replace(fresh, out)
    finally:
        fresh.unlink(missing_ok=True)


def _print_rows(case: Case) -> None:
    from kg.build import proofread
    from kg.terminal import width, wrap

    for file, row, sentence, gloss in proofread(case):
        typer.echo(wrap(f"{file} {row}: {sentence}", width(), "", "    "))
        if gloss:
            typer.echo(wrap(f"“{gloss}”", width(), "    "))


def _print_problems(problems: Sequence[Problem], dropped: int) -> None:
    from kg.text import one_line

    for problem in problems:
        mark = "warning: " if problem.warning else ""
        typer.echo(f"{mark}{one_line(str(problem))}", err=True)
    if dropped:
        typer.echo(f"… and {dropped:,} more", err=True)


def _say(text: str) -> None:
    typer.echo(text, err=True)
