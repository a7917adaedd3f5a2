"""A built graph, opened for reading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.adjacency import Adjacency
from kg.errors import BadGraph, NoGraph
from kg.ledger import Ledger
from kg.ontology import Ontology

FORMAT = 1
CURRENT = "current"
_PARTS = ("manifest.json", "terms.json", "ledger.sqlite", "adjacency.bin", "store")


class Graph:
    """One generation of a built graph. Each part is opened when it is first asked for."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self.out = folder, out
        for part in _PARTS:
            if not (folder / part).exists():
                raise BadGraph(f"damaged: {folder / part} is missing; run kg build --force")
        try:
            self._manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            made_by, form = self._manifest["version"], self._manifest["format"]
        except (ValueError, KeyError) as error:
            raise BadGraph(f"damaged: {folder / 'manifest.json'}; run kg build --force") from error
        if form != FORMAT:
            raise BadGraph(
                f"the graph was made by kg {made_by} (format {form}), this is format {FORMAT}; "
                "run kg build"
            )

    @property
    def store(self) -> Path:
        """The folder of the RDF store."""
        return self.folder / "store"

    @property
    def base(self) -> str:
        """What entity ids become IRIs with."""
        return str(self._manifest["case"]["base"])

    @property
    def about(self) -> Mapping[str, Any]:
        """The case as case.toml described it when this was built."""
        case: Mapping[str, Any] = self._manifest["case"]
        return case

    @property
    def counts(self) -> Mapping[str, int]:
        """How many entities, claims and attestations there are."""
        counts: Mapping[str, int] = self._manifest["counts"]
        return counts

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 of each file that it was built from."""
        inputs: Mapping[str, str] = self._manifest["inputs"]
        return inputs

    @property
    def version(self) -> str:
        """A short name of exactly this content."""
        return self.folder.name.partition("-")[0]

    @cached_property
    def terms(self) -> Ontology:
        """The ontology as it was when this was built."""
        try:
            text = (self.folder / "terms.json").read_text(encoding="utf-8")
            return Ontology.from_json(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise BadGraph(f"damaged: {self.folder / 'terms.json'}; run kg build --force") from error

    @cached_property
    def ledger(self) -> Ledger:
        """Entities, claims and attestations, row by row."""
        return Ledger(self.folder / "ledger.sqlite")

    @cached_property
    def adjacency(self) -> Adjacency:
        """The claim network, mapped."""
        return Adjacency(self.folder / "adjacency.bin")

    def find(self, text: str) -> str:
        """The id of what has this id, IRI, name or alias. Raises NotFound, Ambiguous."""
        return self.ledger.find(text, self.base)


def current(out: Path) -> Graph | None:
    """The current graph in an out folder, or None if there is none that this version can read."""
    try:
        return open_graph(out)
    except (NoGraph, BadGraph):
        return None


def open_graph(out: Path) -> Graph:
    """Open the current graph of an out folder.

    Raises NoGraph if nothing has been built, BadGraph if it is damaged or of
    another format.
    """
    try:
        name = (out / CURRENT).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise NoGraph(f"there is no graph in {out} yet; run kg build") from error
    return Graph(out / "generations" / name, out)
