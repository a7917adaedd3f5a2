"""What each command does, once its words are parsed: call the library, print what came back.

Every function here returns an exit code and takes plain values, so that both
parsers (`kg.cli.parser` in full, `kg.cli.lane` in a hurry) can call it. Results go to
stdout, talk to stderr; what a command needs is imported when it runs.
"""

from __future__ import annotations

import os
import sys

from kg.model.errors import NoGraph, UsageError
from kg.text.untrusted import in_json, one_line, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.case.folder import Case
    from kg.model.problems import Problem
    from kg.page.request import Choice
    from kg.sparql.files import DataFile
    from kg.store.graph import Graph


def check(case: str, read: bool = False, strict: bool = False) -> int:
    """Check every row of the tables."""
    from kg.store import build
    from kg.text.terminal import count

    the_case = case_of(case)
    found = build.check(the_case)
    if read:
        _print_rows(the_case)
    print_problems(found.problems, found.dropped)
    sizes = f"{count(found.entities, 'entity')}, {count(found.claims, 'claim')}"
    bad = not found.fine or (strict and bool(found.problems))
    verdict = "" if bad else "; nothing to mend" if not found.problems else "; it can be built"
    say(f"{sizes}, {count(found.attestations, 'attestation')}{verdict}")
    return 3 if bad else 0


def build(case: str, force: bool = False) -> int:
    """Build the graph of a case."""
    from kg.store import generations
    from kg.text.terminal import count

    the_case = case_of(case)
    graph = None if force else generations.unchanged(the_case)
    done = graph is None
    if graph is None:
        from kg.store import build

        graph, _ = build.build(the_case, force=force, progress=say)
        for warning in graph.manifest["warnings"]:
            say(f"warning: {warning}")
    c = graph.manifest["counts"]
    sizes = f"{count(c['entities'], 'entity')}, {count(c['claims'], 'claim')}"
    word = "built" if done else "unchanged"
    told = f"{word}: {sizes}, {count(c['attestations'], 'attestation')} in {graph.out}"
    print(one_line(told))
    return 0


def query(
    case: str,
    text: str | None = None,
    file: str | None = None,
    format: str = "",
    out: str | None = None,
    force: bool = False,
    timeout: float = 10.0,
    memory: float = 1.0,
    limit: int = 100_000,
    exit_code: bool = False,
    name: str = "",
    values: Sequence[str] | None = None,
    raw: bool = False,
    data: Sequence[str] | None = None,
    graph: Sequence[str] | None = None,
    partial: bool = False,
) -> int:
    """Ask the graph, or RDF files, in SPARQL, or the graph by the name of a question."""
    if name:
        from kg.verbs import analyses

        if text or file:
            raise UsageError("give a query or the name of one, not both")
        if data or graph:
            raise UsageError("a named question is asked of a case, not of files")
        return analyses.ask(case, name, values, format or "table", out, force, timeout, raw)
    if values:
        raise UsageError("--set gives a value of a named question; name it with --name")
    from kg.model.namespaces import PREFIXES
    from kg.sparql import query as asking
    from kg.store.stores import Local, Store

    store: Store
    if format:
        known_format(format, ("table", "csv", "tsv", "json", "xml", "ttl", "nt"))
    sparql = _sparql(text, file)
    limits = asking.Limits(timeout, memory * (1 << 30), limit)
    held = None if data or graph else open_case(case)
    if held:
        store, prefixes = held.store, PREFIXES | {"id": held.base}
    else:
        store, prefixes = Local(_files(data or (), graph or (), limits.memory)), PREFIXES
    form = "nt" if format == "nt" else "ttl"
    asked = store.ask(sparql, prefixes, limits, form=form, partial=partial)
    # Loaded while the engine works in its own process.
    from kg.sparql import results
    from kg.text import terminal

    answer = asked.answer()
    if answer.kind == "graph" and format not in ("", *results.GRAPH):
        raise UsageError(f"--format {format} is for rows; a graph is written as ttl or nt")
    form = format or ("csv" if out else "table")
    guard = results.Guard(raw)
    write(results.write(answer, form, prefixes, terminal.width(), guard), out, force)
    if guard.cells:
        say(guard.note())
    if answer.incomplete:
        say(
            f"incomplete: stopped after {timeout:g} s; {terminal.count(len(answer.rows), 'row')} so far"
        )
        return 4
    if answer.truncated:
        say(f"truncated: only the first {limit:,} are shown; raise --limit")
    if answer.kind == "select" and not answer.rows:
        say("no rows")
    elif answer.kind == "graph" and answer.empty:
        say("no triples")
    if answer.empty or answer.bare:
        from kg.sparql import diagnosis

        for hint in diagnosis.hints(sparql, answer, held.terms if held else None):
            say(hint)
    return int(exit_code and answer.kind == "ask" and not answer.boolean)


def _files(data: Sequence[str], named: Sequence[str], memory: int) -> list[DataFile]:
    """The RDF files to be asked instead of a case; `named` are IRI=FILE."""
    from kg.sparql.files import data_file, graph_file

    files = [data_file(path, memory=memory) for path in data]
    return [*files, *(data_file(path, iri, memory) for iri, path in map(graph_file, named))]


def show(
    case: str,
    name: str,
    document: Sequence[str] | None = None,
    voice: Sequence[str] | None = None,
    status: Sequence[str] | None = None,
    basis: Sequence[str] | None = None,
    as_of: str = "",
    known_by: str = "",
    format: str = "text",
    out: str | None = None,
    force: bool = False,
) -> int:
    """Show all that is said of an entity, and by it."""
    from kg.analysis import dossier
    from kg.text import terminal

    known_format(format, ("text", "markdown", "json", "html"))
    graph = open_case(case)
    seen = (document, voice, status, basis, as_of, known_by)
    found = dossier.dossier(seen_through(graph, *seen), graph.find(name))
    if format == "json":
        written = _json(found.to_json())
    elif format == "markdown":
        written = dossier.markdown(found)
    elif format == "html":
        written = dossier.html(found, graph.manifest["case"]["language"])
    else:
        written = dossier.text(found, terminal.width())
    write(written, out, force)
    return 0


def path(
    case: str,
    start: str,
    end: str,
    k: int = 3,
    max_hops: int = 6,
    relation: Sequence[str] | None = None,
    via: Sequence[str] | None = None,
    avoid: Sequence[str] | None = None,
    through: Sequence[str] | None = None,
    status: Sequence[str] | None = None,
    basis: Sequence[str] | None = None,
    document: Sequence[str] | None = None,
    voice: Sequence[str] | None = None,
    as_of: str = "",
    known_by: str = "",
    min_voices: int = 0,
    directed: bool = False,
    hubs: bool = False,
    ties: bool = False,
    timeout: float = 10.0,
    view: str | None = None,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
) -> int:
    """Find the best paths between two actors."""
    from kg.analysis import path_text, paths
    from kg.text import terminal

    known_format(format, ("text", "json"))
    graph = open_case(case)
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
        ties=ties,
        seconds=timeout,
    )
    first, last = graph.find(start), graph.find(end)
    whole = graph
    graph = seen_through(graph, document, voice, None, None, as_of, known_by)
    # One more than is shown tells whether there are more.
    found = paths.find_paths(graph, first, last, options._replace(k=k + 1))
    more = len(found) > k
    found = found[:k]
    if found and view:
        from kg.page import request
        from kg.store import lens

        seen = lens.asked(whole, document, voice, None, None, as_of, known_by)
        said = request.seen_by(whole, seen)
        say(_draw(graph, request.walked(graph, found), said, "", view, force))
    if format == "json":
        write(_json(path_text.to_json(graph, found)), out, force)
    elif found:
        write(path_text.text(graph, found, terminal.width()), out, force)
    if not found:
        say(paths.why_none(graph, first, last, options))
    elif more:
        say(f"there are more paths than {'this one' if k == 1 else f'these {k}'}; raise -k")
    return int(not found)


def view(
    case: str,
    focus: Sequence[str] | None = None,
    depth: int = 1,
    query: str | None = None,
    name: str = "",
    values: Sequence[str] | None = None,
    path: tuple[str, str] | None = None,
    k: int = 3,
    max_hops: int = 6,
    relation: Sequence[str] | None = None,
    via: Sequence[str] | None = None,
    avoid: Sequence[str] | None = None,
    through: Sequence[str] | None = None,
    directed: bool = False,
    ties: bool = False,
    timeout: float = 10.0,
    layout: str = "",
    document: Sequence[str] | None = None,
    voice: Sequence[str] | None = None,
    status: Sequence[str] | None = None,
    basis: Sequence[str] | None = None,
    as_of: str = "",
    known_by: str = "",
    out: str | None = None,
    force: bool = False,
) -> int:
    """Write the network, or a part of it, as one HTML page."""
    if layout not in ("", "paths", "lanes", "cells", "links"):
        raise UsageError(f"--layout {layout}: expected paths, lanes, cells or links")
    if layout == "paths" and not path:
        raise UsageError("--layout paths is for pages of paths; give --path and its two ends")
    if values and not name:
        raise UsageError("--set gives a value of a named question; name it with --name")
    if not path and (relation or via or avoid or through or directed or ties):
        raise UsageError("--relation, --via, --avoid, --through, --directed and --ties need --path")
    from kg.analysis.paths import Options
    from kg.page import request
    from kg.sparql.query import Limits
    from kg.store import lens

    graph = open_case(case)
    seen = lens.asked(graph, document, voice, status, basis, as_of, known_by)
    options = Options(
        k=k,
        max_hops=max_hops,
        relations=tuple(relation or ()),
        via=tuple(graph.find(v) for v in via or ()),
        avoid=tuple(graph.find(a) for a in avoid or ()),
        through=tuple(through or ()),
        directed=directed,
        ties=ties,
        seconds=timeout,
    )
    chosen = request.choose(
        graph,
        seen,
        focus=[graph.find(f) for f in focus or ()],
        depth=depth,
        query=_query_of(query) if query is not None else "",
        name=name,
        values=_values(name, values or ()),
        path=[graph.find(end) for end in path or ()],
        options=options,
        limits=Limits(timeout),
    )
    target = out or os.path.join(graph.out, "view.html")
    shown = lens.through(graph, seen)
    print(_draw(shown, chosen, request.seen_by(graph, seen), layout, target, force))
    return 0


def _draw(
    graph: Graph, chosen: Choice | None, seen: str, layout: str, target: str, force: bool
) -> str:
    """Write a page; give the line that says what is in it."""
    from kg.page import render, subgraph
    from kg.text.terminal import count

    drawn = subgraph.select(graph, chosen, seen)
    write(render.render(drawn, layout=layout), target, force)
    sizes = f"{count(len(drawn.nodes), 'entity')}, {count(len(drawn.claims), 'claim')}"
    size = f"{os.path.getsize(target) / 1000:,.0f} kB"
    return one_line(f"{target}: {sizes}, {size}")


def _values(name: str, words: Sequence[str]) -> dict[str, str]:
    if not name:
        return {}
    from kg.sparql import named
    from kg.verbs import analyses

    return analyses.given_values(words, [p.name for p in named.named(name).params])


def _query_of(given: str) -> str:
    """A query given as text, as the name of its file, or as “-”."""
    if given == "-":
        return _sparql("-", None)
    if os.path.isfile(given):
        return _sparql(None, given)
    if "{" not in given and "describe" not in given.lower():
        raise UsageError(f"--query {given}: neither a file nor SPARQL")
    return given


def seen_through(
    graph: Graph,
    document: Sequence[str] | None,
    voice: Sequence[str] | None,
    status: Sequence[str] | None,
    basis: Sequence[str] | None,
    as_of: str,
    known_by: str,
) -> Graph:
    """The graph as the options of the lens show it; the graph itself if none is given."""
    if not (document or voice or status or basis or as_of or known_by):
        return graph
    from kg.store import lens

    return lens.through(graph, lens.asked(graph, document, voice, status, basis, as_of, known_by))


def case_of(where: str) -> Case:
    """The case in a folder, or the shipped one."""
    from kg.case.folder import find

    return find(where)


def open_case(where: str) -> Graph:
    """The graph of a case; the example's is built when it is first asked for."""
    from kg.store.graph import open_graph

    if where != "example":
        return open_graph(os.path.join(where, "out"))
    try:
        return open_graph(os.path.join("out", "example"))
    except NoGraph:
        from kg.store.build import build as make

        say("building the example's graph, once")
        return make(case_of(where))[0]


def _sparql(text: str | None, file: str | None) -> str:
    if text and file:
        raise UsageError("give the query as text or with -f, not both")
    if file:
        if not os.path.isfile(file):
            raise UsageError(f"{file} is no file")
        try:
            with open(file, encoding="utf-8-sig") as opened:
                return opened.read()
        except UnicodeDecodeError as error:
            raise UsageError(f"{file} is not UTF-8 at byte {error.start}") from error
    if text and text != "-":
        return text
    if text is None and sys.stdin.isatty():
        raise UsageError("give a query as text, with -f FILE, or on stdin")
    return sys.stdin.read()


def known_format(found: str, known: Sequence[str]) -> None:
    """Refuse a format that a command does not write."""
    if found not in known:
        raise UsageError(f"--format {found}: expected {', '.join(known)}")


def _json(value: object) -> str:
    import json

    return in_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"


def write(text: str, out: str | None, force: bool) -> None:
    """To stdout, or to a file that is put in place whole and never over a stranger's."""
    if out is None:
        # A terminal obeys some characters; a file or a program gets the text as it is.
        sys.stdout.write(shown(text.replace("\r\n", "\n")) if sys.stdout.isatty() else text)
        return
    from kg.text import files

    files.write(text, out, force=force)


def _print_rows(case: Case) -> None:
    from kg.store.build import proofread
    from kg.text.terminal import width, wrap

    for file, row, sentence, gloss in proofread(case):
        print(wrap(f"{file} {row}: {sentence}", width(), "", "    "))
        if gloss:
            print(wrap(f"“{gloss}”", width(), "    "))


def print_problems(problems: Sequence[Problem], dropped: int) -> None:
    """Every problem on a line of its own."""
    for problem in problems:
        say(f"{'warning: ' if problem.warning else ''}{one_line(str(problem))}")
    if dropped:
        say(f"… and {dropped:,} more")


def say(text: str) -> None:
    """Talk, on stderr."""
    print(shown(text), file=sys.stderr, flush=True)
