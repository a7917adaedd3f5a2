"""Questions put to a store elsewhere: the same answers as of an embedded one, or an error."""

from __future__ import annotations

from urllib.parse import quote

from kg.model.errors import BadGraph, OutOfBounds, UsageError
from kg.model.namespaces import XSD
from kg.sparql import query as queries
from kg.sparql.query import Answer, Limits, Term
from kg.store.remote import n_triples
from kg.store.remote.client import N_TRIPLES, Client
from kg.store.remote.rewriting import Query
from kg.store.remote.server import Server, known
from kg.store.stores import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, TypeVar

    from kg.sparql.query import Question
    from kg.store.remote.address import Address
    from kg.store.remote.n_triples import Facts

    T = TypeVar("T")
    R = TypeVar("R")

Row = tuple["Term | None", ...]
# So many questions are under way at once: one is answered while another is read.
_AT_ONCE = 3


class Cut(OutOfBounds):
    """A store has given fewer rows than there are."""


class Endpoint(Store):
    """One graph of a store. Every query names the graph; nothing is ever cut in silence.

    Cost of a SELECT or CONSTRUCT: the query, and once more the number of its rows, since some
    stores cut an answer and say nothing; `rows` counts only what is longer than the longest answer
    that was found to be whole. `asked` counts the requests.
    """

    def __init__(self, address: Address, limits: Limits | None = None, patience: str = "") -> None:
        limits = limits or Limits()
        self.address = address
        self.client = Client(address.url, limits.seconds, limits.memory, patience)
        self.asked = 0
        self._server: Server | None = None
        # The longest answers that were found to be whole: tables, graphs.
        self._whole = self._whole_graph = 0

    @property
    def server(self) -> Server:
        """What the store is; asked for once."""
        if self._server is None:
            if not self.client.server:
                self.rows("SELECT ?s { ?s ?p ?o } LIMIT 1", counted=False)
            self._server = known(self.client)
        return self._server

    def begin(self, question: Question) -> Asked:
        """As `Store.begin`; nothing is sent before the answer is waited for."""
        if question.base:
            raise UsageError("relative IRIs are not asked of a store")
        return Asked(self, question)

    def rows(
        self,
        sparql: str,
        graph: str = "",
        counted: bool = True,
        seconds: float = 0,
        every: bool = False,
    ) -> list[Row]:
        """The rows of a SELECT over the graph, or another one, or `every` one; all of them.

        Raises Cut where the store gives fewer than it counts, else as `Client.text`.
        """
        form = {"query": sparql} if every else self._form(sparql, graph)
        variables, bindings = _head(self._json(form, seconds))
        # Where a store cuts, it cuts all answers at the same length.
        if counted and len(bindings) > self._whole:
            self.compare(Query(sparql, {}), len(bindings), seconds, graph)
            self._whole = len(bindings)
        return list(_rows(variables, bindings))

    def facts(self, pattern: str) -> dict[str, Facts]:
        """What is said of the things ``?s`` of a pattern with ``?p`` and ``?o``, by their IRIs.

        Each solution is one triple, and each triple one solution. Raises as `rows`.
        """
        self.asked += 1
        form = self._form(f"CONSTRUCT {{ ?s ?p ?o }} {{ {pattern} }}")
        found, number = n_triples.facts(self.client.text(self.address.url, form, N_TRIPLES))
        if number > self._whole_graph:
            self.compare(Query(f"SELECT ?s ?p ?o {{ {pattern} }}", {}), number, 0)
            self._whole_graph = number
        return found

    def several(self, ask: Callable[[T], R], parts: Sequence[T]) -> Iterator[R]:
        """What `ask` answers for each part, in their order; some are under way at once."""
        if len(parts) < 2 or self.client.known:
            # A login by digest counts its requests, one after the other.
            yield from map(ask, parts)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                yield from pool.map(ask, parts)
            finally:
                pool.shutdown(cancel_futures=True)

    def compare(self, query: Query, found: int, seconds: float, graph: str = "") -> None:
        """Raise Cut if a query has more rows than were found."""
        form = self._form(query.counted, graph)
        rows = list(_rows(*_head(self._json(form, seconds))))
        number = int(rows[0][0].value) if rows and rows[0][0] else 0
        if number > found:
            raise Cut(
                f"{self.address.url} gave {found:,} of {number:,} rows and did not say so; "
                "ask for fewer, or raise its limit (ResultSetMaxRows in virtuoso.ini)"
            )

    def dumped(self, path: str) -> bool:
        """Write all triples of the graph to a file as N-Triples, if the store gives them so."""
        self.asked += 1
        try:
            url = f"{self.server.graphs}?graph={quote(self.address.graph, safe='')}"
            return self.client.saved(url, path)
        except (BadGraph, UsageError):
            # Not every store that answers queries gives whole graphs.
            return False

    def json(self, query: Query, seconds: float) -> Any:
        """The answer of a query as the store gives it, in SPARQL's JSON."""
        return self._json(self._form(query.text), seconds)

    def _form(self, sparql: str, graph: str = "") -> dict[str, str]:
        return {"query": sparql, "default-graph-uri": graph or self.address.graph}

    def _json(self, form: Mapping[str, str], seconds: float) -> Any:
        self.asked += 1
        return self.client.json(self.address.url, form, seconds)


class Asked:
    """A question under way; `answer` sends it."""

    def __init__(self, endpoint: Endpoint, question: Question) -> None:
        self._endpoint, self._question = endpoint, question
        self.limits, self.form = question.limits, question.form

    def answer(self) -> Answer:
        """What the store answers.

        Raises as `Endpoint.rows`, and UsageError: for what cannot be read, which is not sent, or with
        the words of a store that holds it to be wrong.
        """
        question = self._question
        queries.read(question)
        self._query = Query(question.query, question.prefixes, question.bindings)
        if question.named:
            # Its patterns stand in an order that is quick.
            self._query.prologue = self._endpoint.server.hint + self._query.prologue
        found = self._found()
        found.prefixes = question.prefixes
        return found

    def _found(self) -> Answer:
        seconds, most = self.limits.seconds, self.limits.rows
        query = self._query
        if query.form not in ("select", "ask"):
            return self._graph()
        said = self._endpoint.json(query, seconds)
        if query.form == "ask":
            return Answer("ask", boolean=said.get("boolean") is True)
        variables, bindings = _head(said)
        rows = tuple(_rows(variables, bindings[:most]))
        cut = len(bindings) > most
        if not cut:
            self._endpoint.compare(query, len(bindings), seconds)
        if query.distinct:
            # Some stores give a row twice where a column of it is empty.
            rows = tuple(dict.fromkeys(rows))
        return Answer("select", tuple(variables), rows, truncated=cut)

    def _graph(self) -> Answer:
        """A graph, made here of rows that are counted: a store's own may be cut in silence."""
        from kg.store.remote import graphs

        limits = self.limits
        solutions = self._query.solutions()
        variables: list[str] = []
        rows: list[Row] = []
        if solutions.form:
            said = self._endpoint.json(solutions, limits.seconds)
            variables, bindings = _head(said)
            self._endpoint.compare(solutions, len(bindings), limits.seconds)
            rows = list(_rows(variables, bindings))
        if self._query.form == "construct":
            made = graphs.constructed(self._query, variables, rows)
        else:
            named = graphs.named(self._query, variables, rows)
            made = graphs.described(self._endpoint, named, limits.seconds)
        text, cut = graphs.written(made, self, self._question.prefixes)
        return Answer("graph", text=text, truncated=cut)


def _head(said: Any) -> tuple[list[str], list[Mapping[str, Any]]]:
    """The variables and the rows of an answer in JSON."""
    try:
        return list(said["head"]["vars"]), list(said["results"]["bindings"])
    except (KeyError, TypeError) as error:
        raise BadGraph("the store answers a SELECT with what is no table") from error


def _rows(variables: Sequence[str], bindings: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    names: dict[str, str] = {}
    for row in bindings:
        yield tuple(_term(row.get(v), names) for v in variables)


def _term(said: Mapping[str, Any] | None, names: dict[str, str]) -> Term | None:
    """A term in the form that the embedded engine gives it."""
    if said is None:
        return None
    kind, value = said["type"], str(said["value"])
    if kind == "bnode" or value.startswith("nodeID://"):
        return Term("bnode", names.setdefault(value, f"b{len(names)}"))
    if kind == "uri":
        return Term("uri", value)
    datatype = said.get("datatype", "")
    if datatype == XSD + "string":
        datatype = ""
    if datatype == XSD + "boolean":
        value = {"1": "true", "0": "false"}.get(value, value)
    return Term("literal", value, datatype, str(said.get("xml:lang", "")).lower())
