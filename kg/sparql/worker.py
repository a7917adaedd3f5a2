"""The engine's side of a query: what runs in the child process, within its bounds.

The child dies with its parent where the system can tell it so, may use only so
much memory and processor time, and once the store is open (or the files given
with ``--data`` are in memory) can open nothing more: no file, no socket.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # the module signal loads as long as a query takes
import marshal
import os
import sys

from kg.model.errors import KgError
from kg.model.namespaces import XSD

_BATCH = 500
# A read-only store of at most so many files holds them all open from the start.
_HELD_OPEN = 16

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn

    from kg.sparql.query import Asked, Limits, Term


def serve(pipe: int, life: int, asked: Asked) -> NoReturn:
    """Answer a query into a pipe, and end the process.

    `life` is a pipe on which nothing is ever said: it closes when the parent dies.
    """
    code = 0
    try:
        _die_with_parent(life)
        # The engine prints its own death; the parent tells it better.
        if "faulthandler" in sys.modules:
            sys.modules["faulthandler"].disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            _bound(asked.limits)
            for message in _evaluate(asked):
                _send(pipe, message)
        except MemoryError:
            _send(pipe, ("memory", True))
        except KgError as error:
            _send(pipe, ("refused", (error.exit_code, str(error))))
        except (SyntaxError, ValueError) as error:
            # Put into words by the parent, which can still load what that takes.
            _send(pipe, ("unread", str(error)))
        except (OSError, RuntimeError) as error:
            # The engine compares the sum of every block that it reads.
            damaged = "Corruption: " in str(error)
            kind = "failed" if isinstance(error, OSError) else "unread"
            _send(pipe, ("damaged" if damaged else kind, str(error)))
        except Exception as error:
            _send(pipe, ("fault", f"{type(error).__name__}: {error}"))
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _send(pipe: int, message: tuple[str, Any]) -> None:
    body = marshal.dumps(message)
    data = memoryview(len(body).to_bytes(8, "little") + body)
    while data:
        data = data[os.write(pipe, data) :]


def _die_with_parent(life: int) -> None:
    """Be ended by the closing of a pipe; where that rings no bell, the processor limit remains."""
    import fcntl
    import select

    # Ctrl-C reaches the whole group: the engine, which hears no Python, must die of it too.
    for number in (_signal.SIGINT, _signal.SIGTERM, _signal.SIGIO):
        _signal.signal(number, _signal.SIG_DFL)
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, (_signal.SIGINT, _signal.SIGTERM))
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([life], [], [], 0)[0]:
        os._exit(1)


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


def _shut(store: str = "") -> None:
    """From here on nothing can be opened, whatever a query asks for.

    A store of many files opens them as they are needed: for it as many remain as it has.
    """
    import resource

    files = sum(name.endswith(".sst") for name in os.listdir(store)) if store else 0
    most = 0
    if files > _HELD_OPEN:
        most = max(map(int, os.listdir("/dev/fd"))) + files
        most = min(most, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _evaluate(asked: Asked) -> Iterator[tuple[str, Any]]:
    import pyoxigraph as ox

    if isinstance(asked.where, str):
        store = ox.Store.read_only(asked.where)
        _shut(asked.where)
    else:
        from kg.sparql import files as datasets

        texts = datasets.read(asked.where)
        _shut()
        store = datasets.load(asked.where, texts)
        datasets.known_graphs(store, asked.query, asked.prefixes, asked.base)
        yield "graphs", datasets.named_graphs(store)
    yield "opened", True
    given = {ox.Variable(name): _engine_term(term) for name, term in asked.bindings.items()}
    found = store.query(
        asked.query, prefixes=asked.prefixes, base_iri=asked.base or None, substitutions=given
    )
    if isinstance(found, ox.QueryBoolean):
        yield "ask", bool(found)
        yield "end", False
    elif isinstance(found, ox.QueryTriples):
        yield from _graph(found, asked)
    else:
        yield from _rows(found, asked)


def _graph(found: Any, asked: Asked) -> Iterator[tuple[str, Any]]:
    import pyoxigraph as ox

    triples: list[ox.Triple] = []
    truncated = False
    names: dict[str, str] = {}
    for triple in found:
        if len(triples) == asked.limits.rows:
            truncated = True
            break
        triples.append(_named(triple, names))
    form = ox.RdfFormat.N_TRIPLES if asked.rdf_format == "nt" else ox.RdfFormat.TURTLE
    known = None if asked.rdf_format == "nt" else asked.prefixes
    ordered = sorted(set(triples), key=str)
    text = (ox.serialize(ordered, format=form, prefixes=known) or b"").decode()
    if known:
        # The engine writes prefixes in an order that differs from run to run.
        head, body = text.split("\n")[: len(known)], text.split("\n")[len(known) :]
        text = "\n".join([*sorted(head), *body])
    yield "text", text
    yield "end", truncated


def _named(term: Any, names: dict[str, str]) -> Any:
    """A term or triple with blank nodes named b0, b1, … in the order in which they appear."""
    import pyoxigraph as ox

    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(names.setdefault(term.value, f"b{len(names)}"))
    if not isinstance(term, ox.Triple):
        return term
    return ox.Triple(_named(term.subject, names), term.predicate, _named(term.object, names))


def _rows(found: Any, asked: Asked) -> Iterator[tuple[str, Any]]:
    """The rows in batches; none is held back where those so far are wanted."""
    variables = [v.value for v in found.variables]
    yield "variables", variables
    names: dict[str, str] = {}
    batch: list[tuple[Any, ...]] = []
    truncated = False
    size = 1 if asked.partial else _BATCH
    for count, solution in enumerate(found):
        if count == asked.limits.rows:
            truncated = True
            break
        batch.append(tuple(_plain(solution[v], names) for v in variables))
        if len(batch) == size:
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


def _plain(term: Any, names: dict[str, str]) -> tuple[str, ...] | None:
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
    if name == "BlankNode":
        return ("bnode", names.setdefault(term.value, f"b{len(names)}"))
    return ("triple", str(_named(term, names)))
