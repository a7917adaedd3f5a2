"""The engine's side of an endpoint: one query after another over a store that stays open.

What the engine answers it writes itself, in one of the forms that the client takes. An answer of more
rows than it may have, or one that its form cannot hold, is told as an error: nobody would
read a note beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import islice

import pyoxigraph as ox

from kg.model.errors import UsageError
from kg.sparql import files, worker
from kg.sparql.child import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

# The forms by their short names, those that are preferred where a client takes all of them first.
ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# Triples that are looked at together.
_SOME = 1000
# Smaller answers are sent sooner than packed.
_SMALL = 1400
# XML cannot hold these, whatever is written for them.
_BAD_XML = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# A text as each form writes it; what is not yet closed goes on to the end.
_TEXT = {
    "json": re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL),
    "csv": re.compile(rb'"[^"]*+"?', re.DOTALL),
}
# What parts two rows at least once, and what counts rows exactly in what is written.
_BETWEEN = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
# Rows of JSON have one mark less than rows; a head of CSV and TSV has one too.
_MORE = {"json": 1, "csv": -1, "tsv": -1}
# Bytes that a row has at least.
_LEAST = {"json": len("{},"), "xml": len("<result></result>")}


def prepare(
    folder: str, prefixes: Mapping[str, str], limits: Limits
) -> Callable[[Any], Iterator[tuple[str, Any]]]:
    """Open a store; what is given answers requests, as `kg.sparql.prepared.serve` wants it.

    A request is the query, the forms of rows and of graphs that are taken, best first, whether
    the answer may be packed, the default and named graphs if the client names them, and what
    relative IRIs are resolved against.
    The messages are ``body`` with the bytes and ``form`` with (form, whether packed), or
    ``unacceptable`` with the kind of answer that no form was taken for, ``over`` with a number of rows,
    ``unwritable`` with why a form cannot hold the answer.
    """
    import gzip
    import xml.parsers.expat  # so that it is there when nothing can be loaded any more

    expat = partial(xml.parsers.expat.ParserCreate, namespace_separator=" ")
    known = {f"{name}:": (name, iri) for name, iri in prefixes.items()}
    store = worker.opened(folder)

    @lru_cache(256)
    def used(query: str) -> tuple[dict[str, str], bool]:
        """The prefixes that a query may use, each of which costs a look into the store, and whether it says FROM."""
        return dict(pair for name, pair in known.items() if name in query), "from" in query.lower()

    def answer(request: Any) -> Iterator[tuple[str, Any]]:
        query, rows, graphs, packed, default, named, base = request
        named_so, wary = used(query)
        if not (wary or default or named):
            found: Any = store.query(query, prefixes=named_so, base_iri=base)
        else:
            found = _found(store, query, named_so, default, named, base)
        graph = isinstance(found, ox.QueryTriples)
        forms = graphs if graph else rows
        if not forms:
            yield "unacceptable", "graph" if graph else "rows"
            yield "end", False
            return
        form = forms[0]
        try:
            body: bytes | bytearray
            if graph:
                body = _graph(found, form, dict(prefixes), limits.rows)
            else:
                sink = _Sink(form, limits.rows)
                found.serialize(sink, format=ROWS[form])
                body = sink.body
        except _Over:
            yield "over", limits.rows
            yield "end", True
            return
        if form in ("xml", "rdf") and (told := _unwritable(body, form, expat)):
            yield "unwritable", told
            yield "end", False
            return
        if packed := packed and len(body) > _SMALL:
            body = gzip.compress(body, 1, mtime=0)
        yield "form", (form, packed)
        yield "body", body

    return answer


def _found(
    store: ox.Store,
    query: str,
    known: dict[str, str],
    default: Sequence[str],
    named: Sequence[str],
    base: str,
) -> Any:
    if not (default or named):
        files.known_graphs(store, query, known, base)
        return store.query(query, prefixes=known, base_iri=base)
    # What the protocol names counts, and not what the query does.
    there = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    for name in (*default, *named):
        if name not in there:
            raise UsageError(
                f"{name}: there is no such graph, and nothing is fetched; "
                + (f"there are {', '.join(sorted(there))}" if there else files.ALL_IN_DEFAULT)
            )
    return store.query(
        query,
        prefixes=known,
        base_iri=base,
        default_graph=[ox.NamedNode(name) for name in default],
        named_graphs=[ox.NamedNode(name) for name in named],
    )


class _Over(Exception):
    """An answer has more rows than it may have."""


class _Sink:
    """Takes what the engine writes, until it is more than so many rows.

    What parts two rows may stand in a text too: where it is found too often, it is counted
    again with care.
    """

    def __init__(self, form: str, rows: int) -> None:
        self.form, self.rows = form, rows
        self.body = bytearray()
        self._between = _BETWEEN.get(form, b"\n")
        # So few bytes cannot be too many rows: they are not looked at.
        self._small = rows * _LEAST.get(form, 1)
        self._seen, self._count = 0, _MORE.get(form, 0)

    def write(self, part: bytes) -> int:
        """Take a part."""
        self.body += part
        if len(self.body) > self._small:
            self._count += self.body.count(self._between, self._seen)
            # A mark of several bytes may be cut in two.
            self._seen = len(self.body) - len(self._between) + 1
            if self._count > self.rows:
                self._recount()
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def _recount(self) -> None:
        text = _TEXT.get(self.form)
        bare = text.sub(b'""', self.body) if text else self.body
        self._count = bare.count(self._between) + _MORE.get(self.form, 0)
        if self._count > self.rows:
            raise _Over


def _graph(found: Any, form: str, known: dict[str, str], most: int) -> bytes:
    """A graph, each triple once."""
    triples: dict[Any, None] = {}
    while some := dict.fromkeys(islice(found, _SOME)):
        triples |= some
        if len(triples) > most:
            raise _Over
    names = known if form in ("ttl", "rdf") else None
    return ox.serialize(triples, format=GRAPHS[form], prefixes=names) or b""


def _unwritable(body: bytes | bytearray, form: str, expat: Callable[[], Any]) -> str:
    """Why XML cannot hold an answer; empty if it can."""
    if bad := _BAD_XML.search(body):
        return f"the character U+{ord(bad[0].decode()):04X}"
    if form == "rdf":
        try:
            expat().Parse(body, True)
        except Exception:
            return "a predicate whose name no element can have"
    return ""


def converted(turtle: str, form: str) -> bytes:
    """A graph of our own in Turtle, in another form."""
    return ox.serialize(ox.parse(turtle, ox.RdfFormat.TURTLE), format=GRAPHS[form]) or b""
