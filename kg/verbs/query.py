"""kg query: SPARQL 1.1 over the graph, or over RDF files."""

from __future__ import annotations

import os

from kg.model.errors import UsageError, parameter
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import MEMORY, QUESTION, SET, TIMEOUT, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.sparql.files import DataFile
    from kg.sparql.query import Answer as Found
    from kg.text.formats import Guard
    from kg.verbs.answer import Answer
    from kg.verbs.place import Place

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")
VERB = Verb(
    "query",
    "questions",
    "Ask the graph, or RDF files, in SPARQL 1.1.",
    more="""\
SELECT, ASK, CONSTRUCT and DESCRIBE are answered. The prefixes kg: (terms), id: (entities), rdf:,
rdfs:, owl:, skos:, xsd:, dcterms:, foaf:, org:, prov: and cito: are known. Formats: table, csv,
tsv, json, xml; ttl and nt for CONSTRUCT and DESCRIBE.

--data and --graph take .ttl, .nt, .nq, .trig, .rdf, .owl, .xml, .jsonld and .n3 files and can be
given several times, each also packed as .gz; no case is needed then, and the prefixes of the
files are known. FROM and FROM NAMED name graphs of these files.
Nothing is ever fetched. Spellings of numbers are lost: 007 is shown as 7, 1.50 as 1.5, and "1" of
the type xsd:int is the same literal as 1.""",
    params=(
        Param("text", "SPARQL; “-” reads it from stdin.", argument=True, metavar="SPARQL"),
        Param("file", "Read SPARQL from here.", short="-f", metavar="FILE"),
        QUESTION,
        SET,
        Param("data", "Ask this RDF file instead of the case.", many=True, metavar="FILE"),
        Param("graph", "Read FILE into the graph named IRI.", many=True, metavar="IRI=FILE"),
        TIMEOUT,
        MEMORY,
        Param(
            "limit",
            "Rows after which to cut, saying so.",
            kind=int,
            default=100_000,
            low=1,
            metavar="N",
        ),
        Param("exit_code", "Exit 1 when ASK is false.", kind=bool, shell=True),
        Param("partial", "When stopped, give the rows so far; exit 4.", kind=bool),
        *output(FORMATS),
    ),
    examples=(
        "query 'SELECT ?s { ?b kg:operates ?s }'",
        "query -f question.rq -o answer.csv",
        "query --name charges --set 'person=Lu Jianwang'",
        "query 'SELECT ?s { ?s ?p ?o }' --data other.ttl",
    ),
    formats=FORMATS,
    default="",
    told=("format", "out"),
)


def answer(
    place: Place,
    *,
    text: str,
    file: str,
    name: str,
    set: Sequence[str],
    data: Sequence[str],
    graph: Sequence[str],
    timeout: float,
    memory: float,
    limit: int,
    exit_code: bool,
    partial: bool,
    format: str,
    out: str,
) -> Answer:
    """Rows, yes or no, or a graph. Raises as `kg.sparql.query.run` does."""
    if name:
        if text or file:
            raise UsageError("give a query or the name of one, not both")
        if data or graph:
            raise UsageError("a named question is asked of a case, not of files")
        from kg.verbs import ask

        return ask.answer(place, name=name, values=set, timeout=timeout)
    if set:
        raise UsageError(
            f"{parameter('set')} gives a value of a named question; name it with {parameter('name')}"
        )
    from kg.model.namespaces import PREFIXES
    from kg.sparql import query as asking
    from kg.store.stores import Local, Store

    sparql = _sparql(place, text, file)
    limits = asking.Limits(timeout, memory * (1 << 30), limit)
    store: Store
    held = None if data or graph else place.graph
    if held:
        store, prefixes = held.store, held.prefixes
    else:
        store, prefixes = Local(_files(data, graph, limits.memory)), PREFIXES
    rdf = "nt" if format == "nt" else "ttl"
    asked = store.ask(sparql, prefixes, limits, form=rdf, partial=partial)
    # Loaded while the engine works in its own process.
    from kg.sparql import results
    from kg.text import terminal
    from kg.verbs.answer import Answer

    found = asked.answer()
    if found.kind == "graph" and format not in ("", *results.GRAPH):
        raise UsageError(
            f"{parameter('format')} {format} is for rows; a graph is written as ttl or nt"
        )
    answer = Answer(found, _written(found, found.prefixes, "csv" if out else "table"))
    if found.incomplete:
        rows = terminal.count(len(found.rows), "row")
        answer.notes.append(f"incomplete: stopped after {timeout:g} s; {rows} so far")
        answer.code = 4
        return answer
    if found.truncated:
        answer.notes.append(
            f"truncated: only the first {limit:,} are shown; raise {parameter('limit')}"
        )
    if found.kind != "ask" and found.empty:
        answer.notes.append("no rows" if found.kind == "select" else "no triples")
    if found.empty or found.bare:
        from kg.sparql.hints import hints

        answer.notes += hints(sparql, found, held.terms if held else None)
    answer.code = int(exit_code and found.kind == "ask" and not found.boolean)
    return answer


def _written(
    found: Found, prefixes: Mapping[str, str], plain: str
) -> Callable[[str, int, Guard], str]:
    def write(form: str, width: int, guard: Guard) -> str:
        from kg.sparql import results

        return results.write(found, form or plain, prefixes, width, guard)

    return write


def _files(data: Sequence[str], named: Sequence[str], memory: int) -> list[DataFile]:
    """The RDF files to be asked instead of a case; `named` are IRI=FILE."""
    from kg.sparql.files import data_file, graph_file

    files = [data_file(path, memory=memory) for path in data]
    return [*files, *(data_file(path, iri, memory) for iri, path in map(graph_file, named))]


def _sparql(place: Place, text: str, file: str) -> str:
    if text and file:
        raise UsageError("give the query as text or as a file, not both")
    if file:
        return read_query(file)
    return text if text and text != "-" else place.read()


def read_query(file: str) -> str:
    """The SPARQL in a file. Raises UsageError for what is no file, or no UTF-8."""
    if not os.path.isfile(file):
        raise UsageError(f"{file} is no file")
    try:
        with open(file, encoding="utf-8-sig") as opened:
            return opened.read()
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 at byte {error.start}") from error
