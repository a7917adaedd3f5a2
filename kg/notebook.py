"""`import kg`: what the commands do, with plain values and DataFrames, for notebooks."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.analysis.dossier import Dossier, dossier
from kg.analysis.paths import Options, find_paths
from kg.case.folder import Case, find
from kg.model.claims import Path, flat
from kg.model.errors import NoGraph, UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql import query as asking
from kg.store import build as builder
from kg.store.graph import Graph, open_graph
from kg.store.lens import Lens, asked

__all__ = ["Lens", "Notebook", "Options", "Page", "build", "check", "open"]

CLEAR = Lens()

if TYPE_CHECKING:
    import pandas as pd

    from kg.page.view import View
    from kg.store.network import Network


def check(where: str | os.PathLike[str] = ".") -> builder.Checked:
    """Everything wrong with the tables of a case, and how much they hold.

    >>> kg.check("example").fine
    True
    """
    return builder.check(_case(where))


def build(where: str | os.PathLike[str] = ".", *, force: bool = False) -> Notebook:
    """Build the graph of a case and open it. Raises BadTables with every bad row."""
    return Notebook(builder.build(_case(where), force=force)[0])


def open(where: str | os.PathLike[str] = ".") -> Notebook:
    """Open the graph of a case's folder; `example` is the shipped one, built if need be.

    Raises NoGraph if the case has not been built.
    """
    case = _case(where)
    try:
        return Notebook(open_graph(case.out))
    except NoGraph:
        if os.fspath(where) != "example":
            raise
        return build(where)


def _case(where: str | os.PathLike[str]) -> Case:
    """A case whose graph is found again wherever one stands by then."""
    found = find(os.fspath(where))
    return replace(found, root=found.root.absolute(), out=found.out.absolute())


class Notebook:
    """An open graph with everything that can be asked of it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def query(
        self, sparql: str, *, seconds: float = 10.0, memory: int = 1 << 30, rows: int = 100_000
    ) -> pd.DataFrame | bool | str:
        """Ask in SPARQL: a DataFrame for SELECT, a bool for ASK, Turtle for a graph.

        Numbers become numbers, everything else text as it stands; the frame's
        ``attrs["truncated"]`` says whether `rows` cut it, for a graph a warning does. Raises
        UsageError and OutOfBounds as `kg.sparql.query.run` does.
        """
        prefixes = PREFIXES | {"id": self.graph.base}
        limits = asking.Limits(seconds, memory, rows)
        answer = self.graph.store.query(sparql, prefixes, limits)
        if answer.kind == "ask":
            return answer.boolean
        if answer.kind == "graph":
            if answer.truncated:
                warnings.warn(
                    f"truncated: only the first {rows:,} triples; raise rows", stacklevel=2
                )
            return answer.text
        values = [[_value(term) for term in row] for row in answer.rows]
        frame = _frame(values, answer.variables)
        frame.attrs["truncated"] = answer.truncated
        return frame

    def find(self, name: str) -> str:
        """The id behind an id, IRI, name or alias. Raises NotFound, Ambiguous."""
        if not isinstance(name, str):
            raise UsageError(f"{name!r} is no name; expected an id, IRI, name or alias as text")
        return self.graph.find(name)

    def show(self, name: str) -> Dossier:
        """All that is said of an entity, and by it."""
        return dossier(self.graph, self.find(name))

    def ask(self, question: str, **values: str) -> pd.DataFrame:
        """A named question (``kg ask`` lists them) with its values as words."""
        from kg.sparql import named

        answer = named.ask(self.graph, named.named(question), values)
        return _frame([[_value(t) for t in row] for row in answer.rows], answer.variables)

    def claims(self, lens: Lens = CLEAR, **filters: str) -> pd.DataFrame:
        """The ledger, a row per claim; filters as in `kg.analysis.listing.claims`, entities by name."""
        from kg.analysis import listing

        return _records(listing.claims(self.graph, lens, **self._ids(filters)))

    def attestations(self, lens: Lens = CLEAR, **filters: str) -> pd.DataFrame:
        """The ledger, a row per attestation; filters as in `kg.analysis.listing.attestations`."""
        from kg.analysis import listing

        return _records(listing.attestations(self.graph, lens, **self._ids(filters)))

    def figures(self, lens: Lens = CLEAR, **filters: str) -> pd.DataFrame:
        """Every number said; filters as in `kg.analysis.listing.figures`."""
        from kg.analysis import listing

        return _records(listing.figures(self.graph, lens, **self._ids(filters)))

    def neighbors(self, name: str, lens: Lens = CLEAR) -> pd.DataFrame:
        """Who is next to an entity, and on whose word."""
        from kg.analysis import neighbourhood

        return _records(neighbourhood.neighbors(self.graph, self.find(name), lens))

    def timeline(self, name: str, lens: Lens = CLEAR) -> pd.DataFrame:
        """What is dated about an entity, in order."""
        from kg.analysis import neighbourhood

        return _records(neighbourhood.timeline(self.graph, self.find(name), lens))

    def conflicts(self, lens: Lens = CLEAR, *, entity: str = "", all: bool = False) -> pd.DataFrame:
        """Where the documents disagree, and in what way."""
        from kg.analysis import conflicts

        about = self.find(entity) if entity else ""
        return _records(conflicts.conflicts(self.graph, lens, entity=about, all=all))

    def compare(self, left: str, right: str) -> pd.DataFrame:
        """Two documents side by side."""
        from kg.analysis import compare

        return _records(compare.compare(self.graph, self.find(left), self.find(right)))

    def sources(self, lens: Lens = CLEAR) -> pd.DataFrame:
        """Who cites whom, and what rests on each source."""
        from kg.analysis import citations

        return _records(citations.sources(self.graph, lens))

    def gaps(self, lens: Lens = CLEAR) -> pd.DataFrame:
        """What the ledger lacks, and what would close each gap."""
        from kg.analysis import gaps

        return _records(gaps.gaps(self.graph, lens))

    def stats(self, lens: Lens = CLEAR) -> pd.DataFrame:
        """How much there is of everything."""
        from kg.analysis import statistics

        return _records(statistics.stats(self.graph, lens))

    def terms(self) -> pd.DataFrame:
        """Every class, relation, measure and attribute."""
        from kg.analysis import statistics

        return _records(statistics.terms(self.graph))

    def lens(self, **options: Any) -> Lens:
        """A lens from words: document, voice, status, basis (one or several), as_of, known_by."""
        several = ("document", "voice", "status", "basis")
        given: dict[str, Any] = {
            k: (v,) if k in several and isinstance(v, str) else v for k, v in options.items()
        }
        return asked(self.graph, **given)

    def _ids(self, filters: Mapping[str, str]) -> dict[str, str]:
        names = ("entity", "subject", "object", "document", "voice")
        return {k: self.find(v) if k in names and v else v for k, v in filters.items()}

    def paths(self, start: str, end: str, options: Options | None = None) -> list[Path]:
        """The best paths between two actors."""
        return find_paths(self.graph, self.find(start), self.find(end), options)

    def network(self) -> Network:
        """The claim network as a read-only networkx graph over the files, without a copy."""
        from kg.store.network import Network

        return Network(self.graph.adjacency)

    def view(
        self,
        focus: Sequence[str] = (),
        depth: int = 1,
        *,
        query: str = "",
        name: str = "",
        values: Mapping[str, str] | None = None,
        path: tuple[str, str] | None = None,
        options: Options | None = None,
        lens: Lens = CLEAR,
        layout: str = "",
    ) -> Page:
        """The page of the network, or of parts that add up; it shows itself.

        Parts are what is near some entities, what a query in SPARQL or a named
        question with its values selects, and the best paths between two actors.
        Raises NothingThere, saying why, if a part selects nothing.
        """
        from kg.page import request, subgraph
        from kg.store.lens import through

        chosen = request.choose(
            self.graph,
            lens,
            focus=[self.find(f) for f in ([focus] if isinstance(focus, str) else focus)],
            depth=depth,
            query=query,
            name=name,
            values=values,
            path=[self.find(end) for end in path or ()],
            options=options,
        )
        said = request.seen_by(self.graph, lens)
        drawn = subgraph.select(through(self.graph, lens), chosen, said)
        return Page(drawn, layout)


class Page:
    """A rendered page: `html` is its whole text."""

    def __init__(self, view: View, layout: str) -> None:
        from kg.page import render

        self.html = render.render(view, layout=layout)

    def write(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write it to a file, in place of a page that is there; of anything else with `force`.

        Raises UsageError for a file of somebody else's, a folder, a device or a pipe.
        """
        from kg.text import files

        files.write(self.html, os.fspath(path), force=force)

    def _repr_html_(self) -> str:
        from html import escape

        frame = "width:100%;height:720px;border:1px solid #ccc"
        return f'<iframe title="network" style="{frame}" srcdoc="{escape(self.html)}"></iframe>'


def _frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns), dtype=object).infer_objects()


def _records(rows: Sequence[Any]) -> pd.DataFrame:
    cells = [flat(row) for row in rows]
    return _frame([tuple(row.values()) for row in cells], tuple(cells[0]) if cells else ())


def _value(term: asking.Term | None) -> object:
    if term is None:
        return None
    kind = term.datatype.rpartition("#")[2]
    try:
        if kind in ("integer", "int", "long"):
            return int(term.value)
        return float(term.value) if kind in ("decimal", "double", "float") else term.value
    except ValueError:
        # Said to be a number and none, or one too long for Python.
        return term.value
