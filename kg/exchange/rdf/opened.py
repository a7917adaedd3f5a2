"""The graph of RDF files, opened: built by a child process in a folder that goes when it is let go of."""

from __future__ import annotations

import os

from kg.model.errors import BadData, OutOfBounds, parameter
from kg.sparql.child import ABORT, FAULTS, Child, Limits, fault, killer, too_large
from kg.store import scratch
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from kg.sparql.files import DataFile
    from kg.store.stores import Store

_WHAT = "the reading of the files"


class FilesGraph(Graph):
    """A graph whose entities are the resources of RDF files, by their IRIs.

    SPARQL is asked of the files as they are. Its folder is deleted with the process.
    """

    def __init__(self, folder: str, files: Sequence[DataFile], prefixes: Mapping[str, str]) -> None:
        super().__init__(folder, os.curdir, "file:///")
        self._files, self._prefixes = files, dict(prefixes)

    @property
    def store(self) -> Store:
        """The files themselves."""
        if self._store is None:
            from kg.store.stores import Local

            self._store = Local(self._files)
        return self._store

    @property
    def prefixes(self) -> dict[str, str]:
        """The usual prefixes and the files' own."""
        return self._prefixes

    def local(self, text: str) -> str:
        """An IRI, in whatever form it is written."""
        from kg.exchange.rdf.words import expanded

        return expanded(text, self._prefixes)


def opened(paths: Sequence[str], limits: Limits) -> FilesGraph:
    """The graph of RDF files, by their names.

    Raises UsageError for what is no RDF file, BadData for one that cannot be read, OutOfBounds
    where it takes more time or memory than it may. Cost: a fork, and reading and building all of it.
    """
    from kg.sparql.files import data_file

    files = [data_file(path, memory=limits.memory) for path in paths]
    if len({file.base for file in files}) < len(files):
        # Two files of one name in two folders.
        files = [f._replace(base=f"{f.base}?{n}") for n, f in enumerate(files, 1)]
    folder = scratch.folder("kg-data-")
    try:
        prefixes = _built(files, folder, limits)
    except BaseException:
        scratch.drop(folder)
        raise
    return FilesGraph(folder, files, prefixes)


def _built(files: Sequence[DataFile], folder: str, limits: Limits) -> Mapping[str, str]:
    """Have a child build the graph of the files in a folder; the prefixes that are known."""

    def work() -> Iterator[tuple[str, Any]]:
        from pathlib import Path

        from kg.exchange.rdf.data import Files
        from kg.sparql.files import read
        from kg.store.build import assemble

        texts = read(files)
        yield "read", True
        source = Files(files, texts, Path(folder))
        del texts
        yield "parsed", True
        assemble(source, Path(folder))
        yield "prefixes", source.prefixes

    try:
        said = dict(Child(work, limits).messages())
    except TimeoutError:
        raise OutOfBounds(
            f"{_WHAT} was stopped after {limits.seconds:g} s; raise {parameter('timeout')}"
        ) from None
    if error := fault(said, limits, _WHAT):
        raise error
    if "unread" in said:
        raise BadData(said["unread"])
    if "prefixes" not in said:
        signal = killer(said["status"])
        names = " or ".join(file.path for file in files)
        if signal in FAULTS and "parsed" not in said:
            raise BadData(f"{names} is nested too deeply")
        if signal == ABORT:
            raise too_large(limits, _WHAT)
        raise OutOfBounds(f"{_WHAT} ended unexpectedly (status {said['status']})")
    prefixes: Mapping[str, str] = said["prefixes"]
    return prefixes
