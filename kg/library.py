"""`import kg`: what the commands do, with plain values and DataFrames, for notebooks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg import builder
from kg import query as asking
from kg.case import find
from kg.dossiers import Dossier, dossier
from kg.errors import NoGraph
from kg.graph import Graph, open_graph
from kg.lens import Lens
from kg.model import Path
from kg.namespaces import PREFIXES
from kg.paths import Options, find_paths

__all__ = ["Lens", "Notebook", "Options", "Page", "build", "check", "open"]

if TYPE_CHECKING:
    import pandas as pd

    from kg.network import Network
    from kg.views import View


def check(where: str | os.PathLike[str] = ".") -> builder.Checked:
    """Everything wrong with the tables of a case, and how much they hold.

    >>> kg.check("example").fine
    True
    """
    return builder.check(find(os.fspath(where)))


def build(where: str | os.PathLike[str] = ".", *, force: bool = False) -> Notebook:
    """Build the graph of a case and open it. Raises BadTables with every bad row."""
    return Notebook(builder.build(find(os.fspath(where)), force=force)[0])


def open(where: str | os.PathLike[str] = ".") -> Notebook:
    """Open the graph of a case's folder; `example` is the shipped one, built if need be.

    Raises NoGraph if the case has not been built.
    """
    case = find(os.fspath(where))
    try:
        return Notebook(open_graph(case.out))
    except NoGraph:
        if os.fspath(where) != "example":
            raise
        return build(where)


class Notebook:
    """An open graph with everything that can be asked of it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def query(
        self, sparql: str, *, seconds: float = 10.0, memory: int = 1 << 30, rows: int = 100_000
    ) -> pd.DataFrame | bool | str:
        """Ask in SPARQL: a DataFrame for SELECT, a bool for ASK, Turtle for a graph.

        Numbers become numbers, everything else text as it stands; the frame's
        ``attrs["truncated"]`` says whether `rows` cut it. Raises UsageError and
        OutOfBounds as `kg.query.run` does.
        """
        prefixes = PREFIXES | {"id": self.graph.base}
        limits = asking.Limits(seconds, memory, rows)
        answer = asking.run(self.graph.store, sparql, prefixes, limits)
        if answer.kind == "ask":
            return answer.boolean
        if answer.kind == "graph":
            return answer.text
        import pandas as pd

        values = [[_value(term) for term in row] for row in answer.rows]
        frame = pd.DataFrame(values, columns=list(answer.variables), dtype=object)
        frame = frame.infer_objects()
        frame.attrs["truncated"] = answer.truncated
        return frame

    def find(self, name: str) -> str:
        """The id behind an id, IRI, name or alias. Raises NotFound, Ambiguous."""
        return self.graph.find(name)

    def show(self, name: str) -> Dossier:
        """All that is said of an entity, and by it."""
        return dossier(self.graph, self.find(name))

    def paths(self, start: str, end: str, options: Options | None = None) -> list[Path]:
        """The best paths between two actors."""
        return find_paths(self.graph, self.find(start), self.find(end), options)

    def network(self) -> Network:
        """The claim network as a read-only networkx graph over the files, without a copy."""
        from kg.network import Network

        return Network(self.graph.adjacency)

    def view(self, focus: Sequence[str] = (), depth: int = 1) -> Page:
        """The page of the network, or of what is near some entities; it shows itself."""
        from kg import selection

        chosen = selection.select(self.graph, focus=[self.find(f) for f in focus], depth=depth)
        return Page(chosen)


class Page:
    """A rendered page: `html` is its whole text."""

    def __init__(self, view: View) -> None:
        from kg import page

        self.html = page.render(view)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, in place of what is there."""
        from kg.commands import write

        write(self.html, os.fspath(path), force=True)

    def _repr_html_(self) -> str:
        from html import escape

        frame = "width:100%;height:720px;border:1px solid #ccc"
        return f'<iframe title="network" style="{frame}" srcdoc="{escape(self.html)}"></iframe>'


def _value(term: asking.Term | None) -> object:
    if term is None:
        return None
    kind = term.datatype.rpartition("#")[2]
    if kind in ("integer", "int", "long"):
        return int(term.value)
    return float(term.value) if kind in ("decimal", "double", "float") else term.value
