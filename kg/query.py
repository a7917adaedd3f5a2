"""SPARQL 1.1 over a built graph, each query in a child process of its own.

A running query cannot be cancelled from within, and a hostile one can take all
memory or all stack. So the child gets a clock, a memory limit and a row limit
from the kernel, opens the store read-only, and sends its rows through a pipe;
whatever happens to it, the parent lives and says what happened.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kg.errors import OutOfBounds, UsageError
from kg.ontology import KG, OWL, RDF, RDFS, SKOS, XSD

MAX_LENGTH = 256 * 1024
MAX_DEPTH = 200
_BATCH = 500

if TYPE_CHECKING:
    import re

PREFIXES = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "skos": SKOS,
    "xsd": XSD,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "cito": "http://purl.org/spar/cito/",
}


class Term(NamedTuple):
    """An RDF term: kind ``uri``, ``literal``, ``bnode`` or ``triple``, as SPARQL's JSON says."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


class Limits(NamedTuple):
    """What a query may use: wall-clock seconds, bytes of memory, rows."""

    seconds: float = 10.0
    memory: int = 1 << 30
    rows: int = 100_000


class Answer(NamedTuple):
    """What came back: `kind` is ``select``, ``ask`` or ``graph``.

    `rows` hold a Term or None for each variable. `text` is a graph in the
    serialisation that was asked for. `truncated` says that the row limit cut it.
    """

    kind: str
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool = False
    text: str = ""
    truncated: bool = False


def run(
    store: str,
    query: str,
    prefixes: Mapping[str, str],
    limits: Limits | None = None,
    rdf_format: str = "ttl",
) -> Answer:
    """Ask a store a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    `prefixes` are known to the query without being declared; `rdf_format` is
    ``ttl`` or ``nt``.

    Raises UsageError for a query that is wrong or refused (updates, SERVICE,
    FROM of a graph that is not there), OutOfBounds for one that was stopped.
    Cost: a fork, plus what the query costs.
    """
    limits = limits or Limits()
    _refuse(query)
    reader, writer = os.pipe()
    pid = _fork()
    if pid == 0:
        os.close(reader)
        _child(writer, store, query, dict(prefixes), limits, rdf_format)
    os.close(writer)
    status = None
    try:
        with os.fdopen(reader, "rb") as pipe:
            messages = list(_messages(pipe))
        status = os.waitpid(pid, 0)[1]
    finally:
        if status is None:
            # Not yet waited for, so the number is still this child's.
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return _answer(messages, status, limits)


def _fork() -> int:
    if "threading" not in sys.modules:
        return os.fork()
    import warnings

    with warnings.catch_warnings():
        # Since 3.12 forking while threads run warns; the child runs the engine and leaves.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _messages(pipe: IO[bytes]) -> Iterator[tuple[str, Any]]:
    while True:
        try:
            yield marshal.load(pipe)
        except (EOFError, ValueError, TypeError):
            return


def _answer(messages: list[tuple[str, Any]], status: int, limits: Limits) -> Answer:
    said = dict(messages)
    if "wrong" in said:
        raise UsageError(said["wrong"])
    if "memory" in said:
        raise OutOfBounds(_too_large(limits))
    if "failed" in said:
        raise OutOfBounds(f"the query could not be run: {said['failed']}")
    if "end" not in said:
        raise OutOfBounds(_death(status, limits))
    if "ask" in said:
        return Answer("ask", boolean=said["ask"])
    if "text" in said:
        return Answer("graph", text=said["text"], truncated=said["end"])
    rows = [
        tuple(Term(*t) if t else None for t in row)
        for name, batch in messages
        if name == "rows"
        for row in batch
    ]
    return Answer("select", tuple(said["variables"]), tuple(rows), truncated=said["end"])


def _too_large(limits: Limits) -> str:
    return f"the query needs more than {limits.memory / (1 << 30):g} GiB; narrow it, or raise --memory"


def _death(status: int, limits: Limits) -> str:
    killer = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if killer == signal.SIGALRM:
        return f"the query was stopped after {limits.seconds:g} s; narrow it, or raise --timeout"
    if killer == signal.SIGABRT:
        return _too_large(limits)
    if killer in (signal.SIGSEGV, signal.SIGBUS):
        return "the query is nested too deeply for the engine"
    return f"the query's process ended unexpectedly (status {status})"


def _child(
    pipe: int, store: str, query: str, prefixes: dict[str, str], limits: Limits, rdf_format: str
) -> None:
    """Everything that runs in the child; it never returns."""
    code = 0
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        # The engine prints its own death; the parent tells it better.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(pipe, "wb") as out:
            try:
                _bound_memory(limits.memory)
                for message in _evaluate(store, query, prefixes, limits, rdf_format):
                    out.write(marshal.dumps(message))
            except (SyntaxError, ValueError) as error:
                out.write(marshal.dumps(("wrong", _syntax(str(error), query))))
            except MemoryError:
                out.write(marshal.dumps(("memory", True)))
            except OSError as error:
                out.write(marshal.dumps(("failed", str(error))))
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _bound_memory(extra: int) -> None:
    """Allow so much more address space than is taken now. macOS does not enforce it."""
    import resource

    # The engine's threads and block cache reserve address space they do not use.
    reserve = 1 << 30
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.path.exists("/proc/self/statm"):
        with open("/proc/self/statm", encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + reserve + extra,) * 2)


def _evaluate(
    store: str, query: str, prefixes: dict[str, str], limits: Limits, rdf_format: str
) -> Iterator[tuple[str, Any]]:
    import pyoxigraph as ox

    found = ox.Store.read_only(store).query(query, prefixes=prefixes)
    if isinstance(found, ox.QueryBoolean):
        yield "ask", bool(found)
        yield "end", False
        return
    if isinstance(found, ox.QueryTriples):
        triples = []
        truncated = False
        for triple in found:
            if len(triples) == limits.rows:
                truncated = True
                break
            triples.append(triple)
        form = ox.RdfFormat.N_TRIPLES if rdf_format == "nt" else ox.RdfFormat.TURTLE
        known = None if rdf_format == "nt" else prefixes
        ordered = sorted(set(triples), key=str)
        yield "text", (ox.serialize(ordered, format=form, prefixes=known) or b"").decode()
        yield "end", truncated
        return
    variables = [v.value for v in found.variables]
    yield "variables", variables
    batch: list[tuple[Any, ...]] = []
    count = 0
    truncated = False
    for solution in found:
        if count == limits.rows:
            truncated = True
            break
        count += 1
        batch.append(tuple(_plain(solution[v]) for v in variables))
        if len(batch) == _BATCH:
            yield "rows", batch
            batch = []
    yield "rows", batch
    yield "end", truncated


def _plain(term: Any) -> tuple[str, ...] | None:
    """A term as a tuple that marshal can carry."""
    if term is None:
        return None
    name = type(term).__name__
    if name == "NamedNode":
        return ("uri", term.value)
    if name == "Literal":
        datatype = "" if term.language or term.datatype.value == XSD + "string" else term.datatype.value
        return ("literal", term.value, datatype, term.language or "")
    return ("bnode", term.value) if name == "BlankNode" else ("triple", str(term))


_TOKEN = (
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|#[^\n\r]*|[?$@]\w+|[\w.-]*:[\w.%:-]*|[A-Za-z_]\w*|[{}()\[\]]"
)
_UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")


def _refuse(query: str) -> None:
    """Refuse what would leave the machine, write, or break the parser; the rest the engine judges."""
    if len(query) > MAX_LENGTH:
        raise UsageError(f"the query is too long: {len(query):,} characters, at most {MAX_LENGTH:,}")
    import re

    # SPARQL reads \uXXXX before anything else.
    text = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _unescape, query)
    depth = deepest = 0
    words: list[str] = []
    for token in re.findall(_TOKEN, text, re.DOTALL):
        if token in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif token in "})]":
            depth -= 1
        elif token[0].isalpha() and ":" not in token:
            words.append(token.lower())
    if deepest > MAX_DEPTH:
        raise UsageError(f"the query is nested too deeply: {deepest:,} brackets, at most {MAX_DEPTH}")
    first = next((w for w in words if w not in ("prefix", "base")), "")
    if first in _UPDATES:
        raise UsageError("the graph is read-only: change the tables and run kg build")
    if "service" in words:
        raise UsageError("SERVICE is refused: no remote sources, so that nothing leaves this machine")
    if "from" in words:
        raise UsageError("FROM names a graph, and there is no such graph: everything is in the default graph")


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _syntax(error: str, query: str) -> str:
    """The engine's message, with the line it speaks of and without its longest lists."""
    import re

    match = re.search(r"at (\d+):(\d+): (.*)", error, re.DOTALL)
    if not match:
        return f"the query cannot be read: {error}"
    row, column, said = int(match[1]), int(match[2]), " ".join(match[3].split())
    if len(said) > 160:
        said = "something else is expected here"
    lines = query.splitlines()
    place = f"\n  {lines[row - 1]}\n  {' ' * (column - 1)}^" if 0 < row <= len(lines) else ""
    return f"the query cannot be read at line {row}, column {column}: {said}{place}"
