"""A built graph, opened for reading.

Kept light on purpose: opening a graph reads one file of three lines, and each
part is loaded when it is first asked for.
"""

from __future__ import annotations

import os

from kg.errors import BadGraph, NoGraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.adjacency import Adjacency
    from kg.ledger import Ledger
    from kg.ontology import Ontology

FORMAT = "2"
CURRENT = "current"


class Graph:
    """One generation of a built graph: its folder, and the base IRI of its entities."""

    def __init__(self, folder: str, out: str, base: str) -> None:
        self.folder, self.out, self.base = folder, out, base
        self._manifest: Mapping[str, Any] | None = None
        self._terms: Ontology | None = None
        self._ledger: Ledger | None = None
        self._adjacency: Adjacency | None = None

    def part(self, name: str) -> str:
        """The path of one of its files. Raises BadGraph if it is missing."""
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            raise BadGraph(f"damaged: {path} is missing; run kg build --force")
        return path

    @property
    def store(self) -> str:
        """The folder of the RDF store."""
        return self.part("store")

    @property
    def version(self) -> str:
        """A short name of exactly this content."""
        return os.path.basename(self.folder).partition("-")[0]

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was built: `case`, `counts`, `inputs` (digests by file), `version`."""
        if self._manifest is None:
            import json

            path = self.part("manifest.json")
            try:
                with open(path, encoding="utf-8") as file:
                    self._manifest = json.load(file)
            except ValueError as error:
                raise BadGraph(f"damaged: {path}; run kg build --force") from error
        return self._manifest

    @property
    def terms(self) -> Ontology:
        """The ontology as it was when this was built."""
        if self._terms is None:
            from kg.ontology import Ontology

            path = self.part("terms.txt")
            try:
                with open(path, encoding="utf-8", newline="") as file:
                    self._terms = Ontology.from_text(file.read())
            except (ValueError, IndexError, KeyError) as error:
                raise BadGraph(f"damaged: {path}; run kg build --force") from error
        return self._terms

    @property
    def ledger(self) -> Ledger:
        """Entities, claims and attestations, row by row."""
        if self._ledger is None:
            from kg.ledger import Ledger

            self._ledger = Ledger(self.part("ledger.sqlite"))
        return self._ledger

    @property
    def adjacency(self) -> Adjacency:
        """The claim network, mapped."""
        if self._adjacency is None:
            from kg.adjacency import Adjacency

            self._adjacency = Adjacency(self.part("adjacency.bin"))
        return self._adjacency

    def find(self, text: str) -> str:
        """The id of what has this id, IRI, name or alias. Raises NotFound, Ambiguous."""
        return self.ledger.find(text, self.base)


def open_graph(out: str | os.PathLike[str]) -> Graph:
    """Open the current graph of an out folder.

    Raises NoGraph if nothing has been built, BadGraph if it is damaged or of
    another format.
    """
    pointer = os.path.join(out, CURRENT)
    try:
        with open(pointer, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except OSError as error:
        raise NoGraph(f"there is no graph in {os.fspath(out)} yet; run kg build") from error
    if len(lines) != 5:
        raise BadGraph(f"damaged: {pointer}; run kg build --force")
    name, form, base, made_by, _ = lines
    if form != FORMAT:
        raise BadGraph(
            f"the graph was made by kg {made_by} (format {form}); this kg reads format {FORMAT}; "
            "run kg build"
        )
    folder = os.path.join(out, "generations", name)
    if not os.path.isdir(folder):
        raise BadGraph(f"damaged: {folder} is missing; run kg build --force")
    return Graph(folder, os.fspath(out), base)


def previous(out: str | os.PathLike[str]) -> Graph | None:
    """The graph that was current before the last build, or None."""
    now = open_graph(out)
    with open(os.path.join(out, CURRENT), encoding="utf-8") as file:
        name = file.read().splitlines()[4]
    folder = os.path.join(out, "generations", name)
    return Graph(folder, os.fspath(out), now.base) if os.path.isdir(folder) else None


def current(out: str | os.PathLike[str]) -> Graph | None:
    """The current graph in an out folder, or None if there is none that this version reads."""
    try:
        return open_graph(out)
    except (NoGraph, BadGraph):
        return None
