"""The engine's side of a query: what runs in the child process, within its bounds.

Once the store is open (or the files given with ``--data`` are in memory) the child can open
nothing more: no file, no socket.
"""

from __future__ import annotations

import os

from kg.model.namespaces import XSD

_BATCH = 500
# A read-only store of at most so many files holds them all open from the start.
_HELD_OPEN = 16

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, Protocol

    import pyoxigraph as ox

    from kg.sparql.files import DataFile
    from kg.sparql.query import Limits, Term

    class Written(Protocol):
        """What a graph is written for: the form that is asked for, and how much of it."""

        form: str
        limits: Limits

    class Asked(Written, Protocol):
        """A query with how it is to be asked: a `kg.sparql.query.Question`, or one that came over a pipe."""

        query: str
        prefixes: dict[str, str]
        bindings: Mapping[str, Term]
        base: str
        partial: bool


def shut(store: str = "") -> None:
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


def load() -> None:
    """Have the engine loaded, for what is to come."""
    import pyoxigraph  # noqa: F401


def evaluate(where: str | Sequence[DataFile], asked: Asked) -> Iterator[tuple[str, Any]]:
    """Ask the engine: what it answers, part by part."""
    prefixes = asked.prefixes
    if isinstance(where, str):
        store = opened(where)
    else:
        from kg.sparql import files as datasets

        texts = datasets.read(where)
        shut()
        store, own = datasets.load(where, texts)
        prefixes = asked.prefixes | own
        datasets.known_graphs(store, asked.query, prefixes, asked.base)
        yield "prefixes", prefixes
        yield "graphs", datasets.named_graphs(store)
        # What breaks the engine from here on is the query, and no file.
        yield "opened", True
    yield from _answered(store, asked, prefixes)


def opened(folder: str) -> ox.Store:
    """The store of a folder, opened read-only; nothing else can be opened after it.

    Raises OSError if it cannot be, whatever the engine says of it: no query is at fault.
    """
    import pyoxigraph as ox

    processors = _kept_here()
    try:
        store = ox.Store.read_only(folder)
    except (RuntimeError, ValueError) as error:
        raise OSError(str(error)) from None
    finally:
        if processors:
            os.sched_setaffinity(0, processors)
    shut(folder)
    return store


def _kept_here() -> set[int]:
    """Have what is started from here on run on the processor that runs this; gives those that it might run on.

    To open a store the engine starts some 170 threads, one after the other, none of which does much: to
    wake another processor for each takes as long as what they do. Nothing where a system has no such thing.
    """
    try:
        processors = os.sched_getaffinity(0)
        with open("/proc/self/stat", "rb") as file:
            # After the name in brackets the third field is the first.
            here = int(file.read().rpartition(b")")[2].split()[36])
        os.sched_setaffinity(0, {here})
        return processors
    except (AttributeError, OSError, ValueError, IndexError):
        return set()


def read(asked: Asked) -> Iterator[tuple[str, Any]]:
    """Have the engine read a query, over nothing."""
    import pyoxigraph as ox

    shut()
    _begun(ox.Store(), asked, asked.prefixes)
    yield "end", False


def _begun(store: ox.Store, asked: Asked, prefixes: Mapping[str, str]) -> Any:
    """What the engine makes of a query: solutions, triples, or yes or no."""
    import pyoxigraph as ox

    given = {ox.Variable(name): _engine_term(term) for name, term in asked.bindings.items()}
    return store.query(
        asked.query, prefixes=dict(prefixes), base_iri=asked.base or None, substitutions=given
    )


def _answered(
    store: ox.Store, asked: Asked, prefixes: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    import pyoxigraph as ox

    found = _begun(store, asked, prefixes)
    if isinstance(found, ox.QueryBoolean):
        yield "ask", bool(found)
        yield "end", False
    elif isinstance(found, ox.QueryTriples):
        yield from graph(found, asked, prefixes)
    else:
        yield from _rows(found, asked)


def graph(found: Any, asked: Written, prefixes: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """The triples of an answer as one text, in order, and whether it was cut."""
    import pyoxigraph as ox

    triples: list[ox.Triple] = []
    truncated = False
    names: dict[str, str] = {}
    for triple in found:
        if len(triples) == asked.limits.rows:
            truncated = True
            break
        triples.append(_named(triple, names))
    form = ox.RdfFormat.N_TRIPLES if asked.form == "nt" else ox.RdfFormat.TURTLE
    known = None if asked.form == "nt" else dict(prefixes)
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
        batch.append(tuple(plain(solution[v], names) for v in variables))
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


def plain(term: Any, names: dict[str, str]) -> tuple[str, ...] | None:
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
