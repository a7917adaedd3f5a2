"""A graph in a store, opened for reading: the verbs ask it as they ask one on this disk.

What is small and never changes (the ontology, the manifest) is fetched once for each version and
kept; so is the local index, where a question needs all of the graph (`kg.store.remote.index`).
Everything else is asked of the store, part by part.
"""

from __future__ import annotations

import os

from kg.model.errors import BadGraph, NoGraph, OutOfBounds, UsageError, parameter
from kg.store.graph import Graph
from kg.store.remote import beside
from kg.store.remote.address import Address
from kg.store.remote.beside import State
from kg.store.remote.endpoint import Endpoint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.sparql.query import Limits
    from kg.store.adjacency import Adjacency
    from kg.store.ledger import Ledger
    from kg.store.lens import Lens
    from kg.store.seen_graph import SeenLedger
    from kg.store.speech import Speech

INDEX = ("ledger.sqlite", "adjacency.bin", "speech.bin")


class RemoteGraph(Graph):
    """One version of a graph in a store. `out` is where pages go that no file is named for."""

    def __init__(self, endpoint: Endpoint, state: State, folder: str, out: str) -> None:
        super().__init__(folder, out, state.base, endpoint)
        self.endpoint, self.state = endpoint, state

    def part(self, name: str) -> str:
        """The path of one of its files, which is fetched, or made of the whole graph, when asked for."""
        if name in INDEX:
            from kg.store.remote import index

            index.need(self)
            if turn := getattr(self._ledger, "turn", None):
                turn()
        elif name not in beside.FILES:
            raise UsageError(f"this needs the graph on this disk; leave {parameter('store')} out")
        self._fetch()
        return os.path.join(self.folder, name)

    def holds(self, name: str) -> bool:
        """Whether it has such a file."""
        self._fetch()
        return os.path.isfile(os.path.join(self.folder, name))

    @property
    def indexed(self) -> bool:
        """Whether all of it is on this disk."""
        return os.path.isfile(os.path.join(self.folder, INDEX[0]))

    @property
    def version(self) -> str:
        """A short name of exactly this content."""
        return self.state.version

    @property
    def ledger(self) -> Ledger:
        """Its rows: those of the local index if there is one, else asked for part by part."""
        if self._ledger is None:
            if self.indexed:
                return super().ledger
            from kg.store.remote import parts

            self._ledger = parts.ledger(self)
        return self._ledger

    def seen_ledger(self, lens: Lens) -> SeenLedger:
        """Its rows as a lens shows them, asked for part by part too."""
        if self.indexed:
            return super().seen_ledger(lens)
        from kg.store.remote import parts

        return parts.seen_ledger(self, lens)

    @property
    def adjacency(self) -> Adjacency:
        """Who is next to whom: from the local index if there is one, else asked for row by row."""
        if self._adjacency is None:
            if self.indexed:
                return super().adjacency
            from kg.store.remote import growing

            self._adjacency = growing.adjacency(self)
        return self._adjacency

    def close(self) -> None:
        """Let go of its files, and end its connections."""
        super().close()
        self.endpoint.client.close()

    def entire(self) -> Graph:
        """Itself, read from the local index from here on."""
        if not self.indexed or self._adjacency is not None:
            self.part(INDEX[0])
            self._ledger = self._adjacency = None
        return self

    @property
    def speech(self) -> Speech:
        """Who speaks about whom, by the numbers of the local index's adjacency."""
        self.entire()
        return super().speech

    def still(self) -> None:
        """Raise OutOfBounds if the store has another version now, or is being loaded."""
        if state_of(self.endpoint) != self.state:
            raise OutOfBounds(
                f"the graph in {self.endpoint.address.url} was loaded anew meanwhile; ask again"
            )

    def _fetch(self) -> None:
        """Have the small files here, all of one version."""
        if os.path.isdir(self.folder):
            return
        from kg.store.remote import cache

        graph = self.endpoint.address.graph
        rows = self.endpoint.rows(
            f"SELECT ?p ?o {{ <{graph}> ?p ?o }}", self.endpoint.address.beside
        )
        pieces = {p.value: o.value for p, o in rows if p and o}
        try:
            held = beside.files(pieces)
        except ValueError as error:
            raise incomplete(self.endpoint.address) from error
        if not held.keys() >= {"manifest.json", "terms.txt"}:
            raise incomplete(self.endpoint.address)

        def fill(folder: str) -> None:
            for name in held.keys() & set(beside.FILES):
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(held[name])

        cache.put(self.folder, fill)


def open_store(
    address: Address,
    out: str,
    limits: Limits,
    preferred: str,
    say: Callable[[str], None],
    patience: str = "",
) -> RemoteGraph:
    """Open a graph in a store: the one that is named, else the only one, else the `preferred` one.

    Raises NoGraph if the store has none of that name, BadGraph for one that is not whole or of
    another version, UsageError where several graphs may be meant, else as `Endpoint.rows`.
    """
    from kg.store.remote import cache

    endpoint = Endpoint(address, limits, patience)
    if not address.graph:
        endpoint.address = address = address._replace(graph=_chosen(endpoint, preferred))
    state = state_of(endpoint)
    if state is None:
        raise NoGraph(
            f"{address.url} has no graph <{address.graph}> that kg has loaded; "
            f"kg build {parameter('store')} loads one"
        )
    if state.form != beside.FORMAT:
        raise BadGraph(
            f"<{address.graph}> was loaded by another version of kg (form {state.form}; this one "
            f"reads {beside.FORMAT}); load it again: kg build {parameter('store')}"
        )
    if state.state != beside.WHOLE:
        raise incomplete(address)
    graph = RemoteGraph(endpoint, state, cache.folder(address, state.version), out)
    graph.say = say
    return graph


def incomplete(address: Address) -> BadGraph:
    """What is told of a graph that is not whole."""
    return BadGraph(
        f"<{address.graph}> is being loaded, or its loading broke off; wait, "
        f"or load it again: kg build {parameter('store')}"
    )


def state_of(endpoint: Endpoint) -> State | None:
    """The state of the graph; None if the store has none of that name."""
    graph = endpoint.address.graph
    rows = endpoint.rows(
        f"SELECT ?p ?o {{ <{graph}> ?p ?o FILTER(STRLEN(STR(?o)) < 1000) }}",
        endpoint.address.beside,
        counted=False,
    )
    held = {p.value: o.value for p, o in rows if p and o}
    if beside.VERSION not in held:
        return None
    state = held.get(beside.STATE, beside.LOADING)
    version, form, base = (held.get(k, "") for k in (beside.VERSION, beside.FORM, beside.BASE))
    return State(state, version, form, base, int(held.get(beside.TRIPLES, "0") or 0))


def _chosen(endpoint: Endpoint, preferred: str) -> str:
    """The graph of kg's in a store that is meant. Raises NoGraph, UsageError where it may be several."""
    rows = endpoint.rows(
        f"SELECT DISTINCT ?g {{ GRAPH ?b {{ ?g <{beside.VERSION}> ?v }} }}",
        counted=False,
        every=True,
    )
    found = sorted(g.value for (g,) in rows if g)
    if not found:
        raise NoGraph(
            f"{endpoint.address.url} has no graph that kg has loaded; "
            f"kg build {parameter('store')} loads one"
        )
    if preferred in found:
        return preferred
    if len(found) > 1:
        names = ", ".join(f"<{g}>" for g in found[:10])
        raise UsageError(
            f"{endpoint.address.url} has {len(found):,} graphs of kg's; name one of them with "
            f"{parameter('graph')}: {names}"
        )
    return found[0]
