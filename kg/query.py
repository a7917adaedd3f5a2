"""SPARQL 1.1 over a built graph, each query in a child process of its own.

A running query cannot be cancelled from within, and a hostile one can take all
memory or all stack. So the child gets a clock, a memory limit and a row limit
from the kernel, opens the store read-only, and sends its rows through a pipe;
whatever happens to it, the parent lives and says what happened.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # the module signal loads as long as a query takes
import marshal
import os
import select
import sys
import time

from kg.errors import BadGraph, OutOfBounds, UsageError
from kg.namespaces import XSD

_BATCH = 500
# A query no longer, with no more brackets and without these words is never refused. The limits
# and words themselves are in kg.refusals, which is loaded only for the others.
_SHORT, _FEW = 64 * 1024, 100
_WARY = (
    *("\\", "service", "from", "insert", "delete", "load", "clear", "drop"),
    *("create", "add", "move", "copy", "with"),
)
_ENDING = (_signal.SIGINT, _signal.SIGTERM)
# SIGKILL, SIGABRT, SIGSEGV and the two SIGBUS, the same on Linux and macOS.
_KILL, _ABORT, _FAULTS = 9, 6, (11, 7, 10)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


class Term:
    """An RDF term: kind ``uri``, ``literal``, ``bnode`` or ``triple``, as SPARQL's JSON says."""

    __slots__ = ("datatype", "kind", "language", "value")

    def __init__(self, kind: str, value: str, datatype: str = "", language: str = "") -> None:
        self.kind, self.value, self.datatype, self.language = kind, value, datatype, language

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Term{self._key()}"

    def _key(self) -> tuple[str, ...]:
        return self.kind, self.value, self.datatype, self.language


class Limits:
    """What a query may use: wall-clock seconds, bytes of memory, rows."""

    def __init__(self, seconds: float = 10.0, memory: int = 1 << 30, rows: int = 100_000) -> None:
        self.seconds, self.memory, self.rows = seconds, memory, rows


class Answer:
    """What came back: `kind` is ``select``, ``ask`` or ``graph``.

    `rows` hold a Term or None for each variable. `text` is a graph in the
    serialisation that was asked for. `truncated` says that the row limit cut it.
    """

    def __init__(
        self,
        kind: str,
        variables: tuple[str, ...] = (),
        rows: tuple[tuple[Term | None, ...], ...] = (),
        boolean: bool = False,
        text: str = "",
        truncated: bool = False,
    ) -> None:
        self.kind, self.variables, self.rows = kind, variables, rows
        self.boolean, self.text, self.truncated = boolean, text, truncated


def run(
    store: str,
    query: str,
    prefixes: Mapping[str, str],
    limits: Limits | None = None,
    rdf_format: str = "ttl",
    bindings: Mapping[str, Term] | None = None,
) -> Answer:
    """Ask a store a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    `prefixes` are known to the query without being declared; `rdf_format` is
    ``ttl`` or ``nt``. `bindings` give variables of the query a value, as terms and
    never as text.

    Raises UsageError for a query that is wrong or refused (updates, SERVICE,
    FROM of a graph that is not there), OutOfBounds for one that was stopped,
    BadGraph if the engine finds the store damaged.
    Cost: a fork, plus what the query costs.
    """
    return Asked(store, query, prefixes, limits or Limits(), rdf_format, bindings).answer()


class Asked:
    """A query under way in its child process. `answer` must be called, once."""

    def __init__(
        self,
        store: str,
        query: str,
        prefixes: Mapping[str, str],
        limits: Limits,
        rdf_format: str = "ttl",
        bindings: Mapping[str, Term] | None = None,
    ) -> None:
        if not _harmless(query):
            from kg import refusals

            refusals.refuse(query)
        self._limits = limits
        self._pid = 0
        self._pipe, writer = os.pipe()
        # Ctrl-C waits until there is somebody to stop.
        before = _signal.pthread_sigmask(_signal.SIG_BLOCK, _ENDING)
        try:
            self._pid = _fork()
            if self._pid == 0:
                os.close(self._pipe)
                _child(writer, store, query, dict(prefixes), limits, rdf_format, bindings or {})
        finally:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, before)
        os.close(writer)

    def __del__(self) -> None:
        # Stopped before its answer was waited for.
        self._stop()

    def _stop(self) -> None:
        """End the child if it has not been waited for: only then is the number still its own."""
        if pid := getattr(self, "_pid", 0):
            self._pid = 0
            os.close(self._pipe)
            os.kill(pid, _KILL)
            os.waitpid(pid, 0)

    def answer(self) -> Answer:
        """Wait for the answer; raises as `run` does."""
        try:
            messages = list(_messages(self._pipe, self._limits.seconds))
            status = os.waitpid(self._pid, 0)[1]
            self._pid = 0
            os.close(self._pipe)
        except TimeoutError:
            raise OutOfBounds(
                f"the query was stopped after {self._limits.seconds:g} s; "
                "narrow it, or raise --timeout"
            ) from None
        finally:
            self._stop()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _ENDING:
            # Ctrl-C reached the child first; our own is on its way.
            time.sleep(0.1)
            raise KeyboardInterrupt
        return _answer(messages, status, self._limits)


def _fork() -> int:
    if "threading" not in sys.modules:
        return os.fork()
    import warnings

    with warnings.catch_warnings():
        # Since 3.12 forking while threads run warns; the child runs the engine and leaves.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _messages(pipe: int, seconds: float) -> Iterator[tuple[str, Any]]:
    """What the child says: each message marshalled, after its length in eight bytes."""
    deadline = time.monotonic() + seconds
    held = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        part = os.read(pipe, 1 << 20)
        if not part:
            return
        held += part
        while len(held) >= 8 and len(held) >= 8 + (size := int.from_bytes(held[:8], "little")):
            yield marshal.loads(held[8 : 8 + size])
            del held[: 8 + size]


def _answer(messages: list[tuple[str, Any]], status: int, limits: Limits) -> Answer:
    said = dict(messages)
    if "wrong" in said:
        raise UsageError(said["wrong"])
    if "memory" in said:
        raise OutOfBounds(_too_large(limits))
    if "damaged" in said:
        raise BadGraph(f"damaged: the store ({said['damaged']}); run kg build")
    if "fault" in said:
        raise RuntimeError(said["fault"])
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
    return (
        f"the query needs more than {limits.memory / (1 << 30):g} GiB; narrow it, or raise --memory"
    )


def _death(status: int, limits: Limits) -> str:
    killer = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if killer == _ABORT:
        return _too_large(limits)
    if killer in _FAULTS:
        return "the query is nested too deeply for the engine"
    return f"the query's process ended unexpectedly (status {status})"


def _child(
    pipe: int,
    store: str,
    query: str,
    prefixes: dict[str, str],
    limits: Limits,
    rdf_format: str,
    bindings: Mapping[str, Term],
) -> None:
    """Everything that runs in the child; it never returns."""
    code = 0
    try:
        # Ctrl-C reaches the whole group: the engine, which hears no Python, must die of it too.
        for number in _ENDING:
            _signal.signal(number, _signal.SIG_DFL)
        _signal.pthread_sigmask(_signal.SIG_UNBLOCK, _ENDING)
        # The engine prints its own death; the parent tells it better.
        if "faulthandler" in sys.modules:
            sys.modules["faulthandler"].disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            _bound(limits)
            for message in _evaluate(store, query, prefixes, limits, rdf_format, bindings):
                _send(pipe, message)
        except (SyntaxError, ValueError) as error:
            from kg import refusals

            _send(pipe, ("wrong", refusals.unreadable(str(error), query)))
        except MemoryError:
            _send(pipe, ("memory", True))
        except OSError as error:
            _send(pipe, ("failed", str(error)))
        except Exception as error:
            # The engine compares the sum of every block that it reads.
            kind = "damaged" if "Corruption" in str(error) else "fault"
            _send(pipe, (kind, str(error)))
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _send(pipe: int, message: tuple[str, Any]) -> None:
    body = marshal.dumps(message)
    data = memoryview(len(body).to_bytes(8, "little") + body)
    while data:
        data = data[os.write(pipe, data) :]


def _bound(limits: Limits) -> None:
    """Bound the child's memory, and its processor time in case the parent dies first.

    The address space may grow by the limit from what it is now; macOS does not
    enforce that.
    """
    import resource

    # The engine's threads and block cache reserve address space they do not use.
    reserve = 1 << 30
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = int(limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if os.path.exists("/proc/self/statm"):
        with open("/proc/self/statm", encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + reserve + limits.memory,) * 2)


def _evaluate(
    store: str,
    query: str,
    prefixes: dict[str, str],
    limits: Limits,
    rdf_format: str,
    bindings: Mapping[str, Term],
) -> Iterator[tuple[str, Any]]:
    import pyoxigraph as ox

    given = {ox.Variable(name): _engine_term(term) for name, term in bindings.items()}
    found = ox.Store.read_only(store).query(query, prefixes=prefixes, substitutions=given)
    if isinstance(found, ox.QueryBoolean):
        yield "ask", bool(found)
        yield "end", False
        return
    if isinstance(found, ox.QueryTriples):
        triples: list[ox.Triple] = []
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
    truncated = False
    for count, solution in enumerate(found):
        if count == limits.rows:
            truncated = True
            break
        batch.append(tuple(_plain(solution[v]) for v in variables))
        if len(batch) == _BATCH:
            yield "rows", batch
            batch = []
    yield "rows", batch
    yield "end", truncated


def _engine_term(term: Term) -> Any:
    import pyoxigraph as ox

    if term.kind == "uri":
        return ox.NamedNode(term.value)
    datatype = ox.NamedNode(term.datatype) if term.datatype else None
    return ox.Literal(term.value, datatype=datatype, language=term.language or None)


def _plain(term: Any) -> tuple[str, ...] | None:
    """A term as a tuple that marshal can carry."""
    if term is None:
        return None
    name = type(term).__name__
    if name == "NamedNode":
        return ("uri", term.value)
    if name == "Literal":
        datatype = (
            "" if term.language or term.datatype.value == XSD + "string" else term.datatype.value
        )
        return ("literal", term.value, datatype, term.language or "")
    return ("bnode", term.value) if name == "BlankNode" else ("triple", str(term))


def _harmless(query: str) -> bool:
    """Whether nothing in a query can be what is refused, however it is read."""
    if len(query) > _SHORT or sum(query.count(b) for b in "{([") > _FEW:
        return False
    plain = query.lower()
    return not any(word in plain for word in _WARY)
