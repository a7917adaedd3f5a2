"""A built graph into a store: all of it in batches, or what differs from the version that is there.

Before the first triple changes the graph is marked as not whole, and only when all triples are
counted as whole again: whoever reads meanwhile refuses, and a loading that broke off is never read.
"""

from __future__ import annotations

import gzip
import os
from itertools import chain, count, islice
from urllib.parse import quote

from kg.model.errors import OutOfBounds, UsageError, parameter
from kg.sparql import ahead
from kg.sparql.query import Limits
from kg.store.remote import beside
from kg.store.remote.address import Address
from kg.store.remote.beside import State
from kg.store.remote.client import lines
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.graph import state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from kg.store.graph import Graph

# One batch takes no longer than this, in seconds.
_PATIENCE = 600.0
# So many triples are taken away in one update: more than some stores can read.
_AT_ONCE = 1_000
# So many triples are in one bulk file: loaders work on several at once, and of a loading that broke
# off only those are loaded again that were not done.
_IN_FILE = 2_000_000


def load(
    built: Graph, before: Graph | None, address: Address, say: Callable[[str], None]
) -> tuple[int, int]:
    """Bring a graph of this disk into a store; how many triples were added and taken away.

    `before` is the graph that was current before the last build: if the store has exactly that, only
    what differs is sent. Nothing is sent if the store has this version already. Raises as `Client`
    does, and OutOfBounds if not all triples arrived; the store's graph is then marked as not whole.
    """
    endpoint = Endpoint(address, Limits(_PATIENCE))
    loader = _Loader(endpoint, built)
    state = state_of(endpoint)
    fits = state is not None and state.state == beside.WHOLE and state.form == beside.FORMAT
    if state and fits and state.version == built.version and state.triples == loader.count():
        return 0, 0
    old = before if state and fits and before and before.version == state.version else None
    if old is None:
        say(f"loading {loader.count():,} triples into {address.url}")
        return loader.everything()
    say(f"sending what differs to {address.url}")
    return loader.difference(old)


class _Loader:
    """Sends triples to one graph of one store."""

    def __init__(self, endpoint: Endpoint, built: Graph) -> None:
        self._endpoint, self._built = endpoint, built
        self._server, self._address = endpoint.server, endpoint.address
        self._store = ahead.opened_here(built.part("store"))

    def count(self) -> int:
        """How many triples the graph has."""
        return len(self._store)

    def everything(self) -> tuple[int, int]:
        """Clear the graph and send all of it."""
        graph, near = self._address.graph, self._address.beside
        self._begin()
        self._update(f"CLEAR SILENT GRAPH <{graph}>")
        self._send(graph, _lines(self._store))
        self._rows(near)
        self._end()
        return self.count(), 0

    def difference(self, old: Graph) -> tuple[int, int]:
        """Send what is new, take away what is gone. Cost: a look at each triple of both."""
        was = ahead.opened_here(old.part("store"))
        graph = self._address.graph
        added = [q for q in self._store if q not in was]
        gone = [q for q in was if q not in self._store]
        self._begin()
        for text in lines(_lines(gone), _AT_ONCE):
            self._update(f"DELETE DATA {{ GRAPH <{graph}> {{ {text} }} }}")
        self._send(graph, _lines(added))
        self._rows(self._address.beside)
        self._end()
        return len(added), len(gone)

    def _begin(self) -> None:
        """Mark the graph as not whole, and take away what lay beside it."""
        near = self._address.beside
        # One statement after the other: between them there is no state at all, which is not whole.
        self._update(f"CLEAR SILENT GRAPH <{near}>")
        self._send(near, self._state(beside.LOADING))

    def _end(self) -> None:
        """Count what is there, and mark it as whole."""
        graph, near = self._address.graph, self._address.beside
        rows = self._endpoint.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", counted=False)
        number = int(rows[0][0].value) if rows and rows[0][0] else 0
        if number != self.count():
            raise OutOfBounds(
                f"{self._address.url} has {number:,} of {self.count():,} triples in <{graph}>; "
                "it is marked as not whole, load it again"
            )
        told, whole = (f'<{graph}> <{beside.STATE}> "{s}"' for s in (beside.LOADING, beside.WHOLE))
        self._update(f"DELETE DATA {{ GRAPH <{near}> {{ {told} }} }}")
        self._update(f"INSERT DATA {{ GRAPH <{near}> {{ {whole} }} }}")

    def _state(self, word: str) -> list[str]:
        state = State(word, self._built.version, beside.FORMAT, self._built.base, self.count())
        return beside.state_lines(self._address.graph, state)

    def _rows(self, near: str) -> None:
        """Send what RDF does not keep, and the small files."""
        self._send(near, beside.file_lines(self._address.graph, self._built))
        self._send(near, beside.row_lines(self._built))

    def _send(self, graph: str, parts: Iterable[str]) -> None:
        url = f"{self._server.graphs}?graph={quote(graph, safe='')}"
        for text in lines(parts, self._server.triples):
            self._endpoint.client.send("POST", url, text.encode(), self._server.turtle, _PATIENCE)

    def _update(self, text: str) -> None:
        form = {"update": text}
        self._endpoint.client.send("POST", self._server.update, seconds=_PATIENCE, form=form)


def _lines(quads: Iterable[Any]) -> Iterator[str]:
    return (f"{q.triple} .\n" for q in quads)


def _written(folder: str, name: str, text: Iterable[str]) -> Iterator[str]:
    """Write lines of N-Triples to files of so many lines, packed; yields their names."""
    text = iter(text)
    for number in count():
        first = next(text, None)
        if first is None:
            return
        file = f"{name}-{number:04}.nt.gz"
        # A tenth of the size for a tenth of the time that the lines take.
        with gzip.open(os.path.join(folder, file), "wt", 1, encoding="utf-8") as packed:
            packed.write(first)
            packed.writelines(islice(text, _IN_FILE - 1))
        yield file


def bulk(built: Graph, address: Address, folder: str) -> list[str]:
    """Write files for the bulk loader of a store, a few million triples in each; returns their names.

    Which store it is, the store itself is asked. Raises UsageError if the folder has something in it.
    """
    if os.path.exists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise UsageError(f"{parameter('bulk')} {folder}: expected a new or an empty folder")
    server = Endpoint(address).server
    os.makedirs(folder, exist_ok=True)
    where = os.path.abspath(folder)
    store = ahead.opened_here(built.part("store"))
    state = State(beside.WHOLE, built.version, beside.FORMAT, built.base, len(store))
    near = chain(
        beside.file_lines(address.graph, built),
        beside.row_lines(built),
        beside.state_lines(address.graph, state),
    )
    graphs = dict.fromkeys(_written(folder, "graph", _lines(store)), address.graph)
    graphs |= dict.fromkeys(_written(folder, "beside", near), address.beside)
    written = [*graphs]
    for name, said in server.bulk(where, graphs).items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(said)
        written.append(name)
    return written
