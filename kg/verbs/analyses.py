"""What the commands do that ask the ledger: lists, conflicts, comparisons, sources, checks.

As in `kg.verbs.commands`: plain values in, printed results out, an exit code back.
"""

from __future__ import annotations

import sys

from kg.model.errors import NoGraph, UsageError
from kg.verbs.commands import case_of, known_format, open_case, say, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kg.store.graph import Graph
    from kg.store.lens import Lens


def lens_of(graph: Graph, given: Mapping[str, Any]) -> Lens:
    """The lens that the options --document, --voice, --status, --basis, --as-of, --known-by ask for."""
    from kg.store import lens

    return lens.asked(graph, **given)


def _listed(
    rows: Sequence[Any],
    form: str,
    columns: Sequence[str],
    prose: str | None,
    out: str | None,
    force: bool,
    raw: bool,
    empty: str,
) -> int:
    """Print a list: prose or a table for people, the whole rows for programs; 1 if it is empty."""
    from kg.sparql import results
    from kg.text import terminal

    known_format(form, ("text", *results.LISTS))
    if form == "text" and prose is not None:
        write(prose if rows else "", out, force)
    else:
        plain = "table" if form == "text" else form
        guard = results.Guard(raw)
        write(results.records(rows, plain, columns, terminal.width(), guard), out, force)
        if guard.cells:
            say(guard.note())
    if not rows:
        say(empty)
    return int(not rows)


def find(
    case: str,
    text: str,
    kind: str = "",
    limit: int = 20,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
) -> int:
    """Find entities by any part of any of their names."""
    from kg.analysis import search

    rows = search.find(open_case(case), text, kind=kind, limit=limit)
    columns = ("name", "kind", "match", "matched", "id")
    return _listed(rows, format, columns, None, out, force, raw, f"nothing is called “{text}”")


def neighbors(
    case: str,
    name: str,
    relation: str = "",
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """Who is next to an entity, by which relation, on whose word."""
    from kg.analysis import neighbourhood
    from kg.text import terminal

    graph = open_case(case)
    rows = neighbourhood.neighbors(graph, graph.find(name), lens_of(graph, lens), relation=relation)
    prose = neighbourhood.text(rows, terminal.width())
    return _listed(rows, format, (), prose, out, force, raw, "nobody is next to it")


def timeline(
    case: str,
    name: str,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """What is dated about an entity, in order."""
    from kg.analysis import neighbourhood
    from kg.text import terminal

    graph = open_case(case)
    rows = neighbourhood.timeline(graph, graph.find(name), lens_of(graph, lens))
    prose = neighbourhood.text(rows, terminal.width())
    return _listed(rows, format, (), prose, out, force, raw, "nothing about it is dated")


def claims(
    case: str,
    entity: str = "",
    subject: str = "",
    object: str = "",
    relation: str = "",
    stance: str = "",
    since: str = "",
    until: str = "",
    rows: bool = False,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """The ledger, claim by claim, or row by row with `rows`."""
    from kg.analysis import filters, listing
    from kg.text import terminal

    graph = open_case(case)
    ends = {"entity": entity, "subject": subject, "object": object}
    wanted = {k: graph.find(v) if v else "" for k, v in ends.items()}
    wanted |= {"relation": relation, "stance": stance, "since": since, "until": until}
    read = listing.attestations if rows else listing.claims
    found: Sequence[Any] = read(graph, lens_of(graph, lens), **wanted)
    prose = listing.text(found, terminal.width())
    code = _listed(found, format, (), prose, out, force, raw, "no claim fits")
    if (since or until) and (
        dropped := filters.undated(graph, lens_of(graph, lens), filters.Wanted(**wanted))
    ):
        say(f"{dropped:,} more would fit, but nothing tells when they were so")
    return code


def figures(
    case: str,
    entity: str = "",
    measure: str = "",
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """Every number said, with who says it."""
    from kg.analysis import listing

    graph = open_case(case)
    about = graph.find(entity) if entity else ""
    rows = listing.figures(graph, lens_of(graph, lens), entity=about, measure=measure)
    columns = (
        "subject",
        "measure",
        "scope",
        "value",
        "period",
        "voice",
        "document",
        "status",
        "basis",
    )
    return _listed(rows, format, columns, None, out, force, raw, "no figure fits")


def conflicts(
    case: str,
    entity: str = "",
    all: bool = False,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """Where the documents disagree, and in what way."""
    from kg.analysis import conflicts as disagreeing
    from kg.text import terminal

    graph = open_case(case)
    about = graph.find(entity) if entity else ""
    rows = disagreeing.conflicts(graph, lens_of(graph, lens), entity=about, all=all)
    prose = disagreeing.text(rows, terminal.width())
    hint = "no conflict" if all else "no conflict; --all shows differences that the fields explain"
    _listed(rows, format, (), prose, out, force, raw, hint)
    return 0


def compare(
    case: str,
    left: str,
    right: str,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """Two documents side by side: agree, contradict, only here, only there."""
    from kg.analysis import compare as comparing
    from kg.text import terminal

    graph = open_case(case)
    from kg.store.lens import through

    ends = graph.find(left), graph.find(right)
    rows = comparing.compare(through(graph, lens_of(graph, lens)), *ends)
    names = (graph.ledger.name(ends[0]), graph.ledger.name(ends[1]))
    prose = comparing.text(rows, names, terminal.width())
    return _listed(rows, format, (), prose, out, force, raw, "neither says anything")


def diff(
    case: str,
    old: str = "",
    new: str = "",
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
) -> int:
    """What changed between two builds: by default the one before and the current one."""
    from kg.analysis import diff
    from kg.store.graph import open_graph, previous
    from kg.text import terminal

    now = open_graph(new) if new else open_case(case)
    before = open_graph(old) if old else previous(now.out)
    if before is None:
        raise NoGraph(
            "there is no earlier build to compare with; name one: kg diff OLD/out NEW/out"
        )
    rows = diff.diff(before, now)
    prose = diff.text(rows, terminal.width())
    _listed(rows, format, (), prose, out, force, raw, "nothing changed")
    return 0


def sources(
    case: str,
    echo: str = "",
    origins: bool = False,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """Who cites whom and what rests on each; the echo of one source; the origins of claims."""
    from kg.analysis import citations as sourcing
    from kg.text import terminal

    graph = open_case(case)
    if echo:
        tree = sourcing.echo(graph, graph.find(echo), lens_of(graph, lens))
        prose = sourcing.text(tree, terminal.width())
        return _listed(tree, format, (), prose, out, force, raw, "nobody repeats it")
    if origins:
        found = sourcing.origins(graph, lens_of(graph, lens))
        counted = ("sentence", "origins", "voices", "documents", "names", "standing")
        return _listed(found, format, counted, None, out, force, raw, "no claim is put forward")
    rows = sourcing.sources(graph, lens_of(graph, lens))
    columns = ("name", "kind", "read", "spoken", "cited", "claims", "alone")
    return _listed(rows, format, columns, None, out, force, raw, "there is no source")


def gaps(
    case: str,
    kind: str = "",
    entity: str = "",
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """What the ledger lacks, and what would close each gap."""
    from kg.analysis import gaps as missing
    from kg.text import terminal

    graph = open_case(case)
    about = graph.find(entity) if entity else ""
    rows = missing.gaps(graph, lens_of(graph, lens), kind=kind, entity=about)
    prose = missing.text(rows, terminal.width(), each=10)
    _listed(rows, format, (), prose, out, force, raw, "no gap")
    return 0


def stats(
    case: str,
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
    **lens: Any,
) -> int:
    """How much there is of everything."""
    from kg.analysis import statistics
    from kg.text import terminal

    graph = open_case(case)
    rows = statistics.stats(graph, lens_of(graph, lens))
    prose = statistics.stats_text(rows, terminal.width())
    return _listed(rows, format, (), prose, out, force, raw, "nothing")


def terms(
    case: str,
    text: str = "",
    kind: str = "",
    format: str = "text",
    out: str | None = None,
    force: bool = False,
    raw: bool = False,
) -> int:
    """Every class, relation, measure and attribute, and how often it is used."""
    from kg.analysis import statistics

    rows = statistics.terms(open_case(case), kind=kind, text=text)
    columns = ("term", "kind", "label", "domain", "range", "used", "definition", "iri", "roles")
    return _listed(rows, format, columns, None, out, force, raw, "no such term")


def verify(case: str, texts: str, fill: bool = False, format: str = "text") -> int:
    """Find each passage again in the documents' texts, by position and digest."""
    from pathlib import Path

    from kg.case import verify as verifying
    from kg.text import terminal

    folder = Path(texts)
    if not folder.is_dir():
        raise UsageError(f"{texts} is no folder of texts")
    found = (verifying.fill if fill else verifying.verify)(case_of(case), folder)
    prose = verifying.text(found, terminal.width())
    _listed(found, format, (), prose, None, False, False, "no passage to look for")
    lost = verifying.mismatches(found) or all(f.result == "no-text" for f in found)
    return int(bool(lost) and not fill)


def validate(case: str, format: str = "text") -> int:
    """Check the built graph against the shapes of its ontology, by SHACL."""
    from kg.store import shacl

    try:
        rows = shacl.validate(open_case(case))
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed: pip install 'actors-kg[shapes]'"
        ) from error
    _listed(
        rows,
        format,
        ("rule", "node", "path", "value"),
        None,
        None,
        False,
        False,
        "the graph conforms",
    )
    return 3 if rows else 0


def doctor(case: str, format: str = "text") -> int:
    """The state of the graph, looked at in full."""
    from kg.analysis import doctor as examining

    rows = examining.examine(case)
    _listed(rows, format, ("what", "state", "found", "mend"), None, None, False, False, "")
    return 3 if any(row.state == "wrong" for row in rows) else 0


def ask(
    case: str,
    name: str = "",
    values: Sequence[str] | None = None,
    format: str = "table",
    out: str | None = None,
    force: bool = False,
    timeout: float = 10.0,
    raw: bool = False,
) -> int:
    """Ask one of the questions that come with the package, or list them."""
    from kg.sparql import named, results
    from kg.sparql.query import Limits
    from kg.text import terminal

    if not name:
        for query in named.all_queries(_graph_if_built(case)):
            sys.stdout.write(named.text(query, terminal.width()) + "\n")
        return 0
    known_format(format, results.SELECT)
    graph = open_case(case)
    query = named.named(name, graph)
    given = given_values(values or (), [p.name for p in query.params])
    answer = named.ask(graph, query, given, Limits(timeout))
    if format == "table":
        write(named.answered(graph, query, answer, given, terminal.width()), out, force)
    else:
        guard = results.Guard(raw)
        known = graph.prefixes
        write(results.write(answer, format, known, guard=guard), out, force)
        if guard.cells:
            say(guard.note())
    if answer.truncated:
        say(f"truncated: only the first {len(answer.rows):,} rows are shown")
    if not answer.rows:
        say("no rows")
    return 0


def _graph_if_built(case: str) -> Graph | None:
    """The graph of a case; the questions of every case can be listed where there is none."""
    try:
        return open_case(case)
    except NoGraph:
        return None


def given_values(values: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """``name=value`` words as parameters; a bare word fills the next one in order."""
    given: dict[str, str] = {}
    for word in values:
        name, sign, value = word.partition("=")
        if sign and name in names:
            given[name] = value
            continue
        free = [n for n in names if n not in given]
        if not free:
            raise UsageError(
                f"“{word}”: the question takes {len(names)} values: {', '.join(names)}"
            )
        given[free[0]] = word
    return given
