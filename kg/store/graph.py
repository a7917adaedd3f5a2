"""A built graph, opened for reading.

Kept light on purpose: opening a graph reads one file of six lines, and each part is
compared with its sum and loaded when it is first asked for.
"""

from __future__ import annotations

import os
import stat

from kg import __version__
from kg.model.errors import BadGraph, NoGraph, OutOfBounds
from kg.store import checksums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from kg.model.ontology import Ontology
    from kg.store.adjacency import Adjacency
    from kg.store.ledger import Ledger
    from kg.store.lens import Lens
    from kg.store.seen_graph import SeenLedger
    from kg.store.speech import Speech
    from kg.store.stores import Store

FORMAT = "10"
CURRENT = "current"
GENERATIONS = "generations"
# Kept for whoever compares two builds: the ontology as N-Triples in order, the judgements.
ONTOLOGY, JUDGEMENTS = "ontology.nt", "judgements.json"
# What is not to be handed on; there where something is.
WITHHELD = "withheld.json"


def _silent(text: str) -> None:
    """Say nothing."""


class Graph:
    """One generation of a built graph: its folder, and the base IRI of its entities.

    `undated` gathers the ids of attestations that lenses have left out for want of a date;
    `say` hears which record was taken for words that are nobody's whole name. `seen` says in
    words through which lens it is seen; empty if it is whole.
    """

    def __init__(self, folder: str, out: str, base: str, store: Store | None = None) -> None:
        self.folder, self.out, self.base = folder, out, base
        self._store = store
        self._manifest: Mapping[str, Any] | None = None
        self._terms: Ontology | None = None
        self._ledger: Ledger | None = None
        self._adjacency: Adjacency | None = None
        self._speech: Speech | None = None
        self._sums: checksums.Sums | None = None
        self._sound: set[str] = set()
        self.undated: set[str] = set()
        self.seen = ""
        self._first_days: dict[str, str] = {}
        self.say: Callable[[str], None] = _silent
        self._taken: set[str] = set()

    def part(self, name: str) -> str:
        """The path of one of its files or folders, compared with its sums the first time.

        Raises BadGraph if it is damaged or missing, OutOfBounds if this generation
        has been swept away because the graph was built twice since it was opened.
        """
        if name not in self._sound:
            try:
                self._noted().check(name)
            except BadGraph as error:
                if self._replaced():
                    raise OutOfBounds(
                        "the graph was built again, twice, since it was opened; open it again"
                    ) from error
                raise
            self._sound.add(name)
        return os.path.join(self.folder, name)

    def holds(self, name: str) -> bool:
        """Whether it has such a file; not every graph was made from files."""
        return name in self._noted().files

    def _noted(self) -> checksums.Sums:
        self._sums = self._sums or checksums.Sums(self.folder)
        return self._sums

    def forget(self) -> None:
        """Forget what was told and left out, so that the next who asks hears it too."""
        self._taken.clear()
        self.undated.clear()

    def close(self) -> None:
        """Let go of the files it holds open. What is asked later opens them again."""
        if self._ledger is not None:
            self._ledger.close()
        self._ledger = self._adjacency = self._speech = None

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _replaced(self) -> bool:
        try:
            return pointer(self.out)[0] != os.path.basename(self.folder)
        except (NoGraph, BadGraph):
            return False

    @property
    def store(self) -> Store:
        """What answers SPARQL about it: its own embedded store, unless it was given another."""
        if self._store is None:
            from kg.store.stores import Local

            folder = os.path.join(self.folder, "store")
            self._store = Local(folder, self._looked_at)
        return self._store

    def _looked_at(self, again: bool) -> str:
        """The store's folder, compared with its sums the first time, or `again`."""
        if again:
            self._sound.discard("store")
        return self.part("store")

    @property
    def version(self) -> str:
        """A short name of exactly this content."""
        return os.path.basename(self.folder).partition("-")[0]

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was built: `case`, `counts`, `inputs` (digests by file), `version`."""
        if self._manifest is None:
            from kg.text.json_text import parsed

            path = self.part("manifest.json")
            try:
                with open(path, encoding="utf-8") as file:
                    self._manifest = parsed(file.read())
            except ValueError as error:
                raise checksums.damaged(path, str(error)) from error
        return self._manifest

    @property
    def terms(self) -> Ontology:
        """The ontology as it was when this was built."""
        if self._terms is None:
            from kg.model.ontology import Ontology

            path = self.part("terms.txt")
            try:
                with open(path, encoding="utf-8", newline="") as file:
                    self._terms = Ontology.from_text(file.read())
            except (ValueError, IndexError, KeyError) as error:
                raise checksums.damaged(path, str(error)) from error
        return self._terms

    @property
    def prefixes(self) -> dict[str, str]:
        """What a query can shorten IRIs with: kg's own prefixes, the case's, `id` for entities."""
        from kg.model.namespaces import FIXED, PREFIXES

        # The last part of the file: a query needs no more of it.
        with open(self.part("terms.txt"), encoding="utf-8", newline="") as file:
            last = file.read().rpartition("\x1d")[2]
        lines = (line.partition("\x1f") for line in last.split("\x1e") if line)
        own = {name: space for name, _, space in lines if name not in FIXED}
        return PREFIXES | own | {"id": self.base}

    @property
    def ledger(self) -> Ledger:
        """Entities, claims and attestations, row by row."""
        if self._ledger is None:
            from kg.store.ledger import Ledger

            self._ledger = Ledger(self.part("ledger.sqlite"))
        return self._ledger

    def seen_ledger(self, lens: Lens) -> SeenLedger:
        """Its rows as a lens shows them."""
        from kg.store.seen_graph import SeenLedger

        return SeenLedger(self, lens)

    @property
    def adjacency(self) -> Adjacency:
        """The claim network, mapped."""
        if self._adjacency is None:
            from kg.store.adjacency import Adjacency

            self._adjacency = Adjacency(self.part("adjacency.bin"))
        return self._adjacency

    @property
    def speech(self) -> Speech:
        """Who speaks about whom, mapped, by the numbers of the adjacency."""
        if self._speech is None:
            from kg.store.speech import Speech

            self._speech = Speech(self.part("speech.bin"))
        return self._speech

    def entire(self) -> Graph:
        """Itself with all of it at hand, for what looks at every node; one that is read in parts fetches it."""
        return self

    def first_day(self, name: str) -> str:
        """The first day on which a document may have been in print; empty for what has none."""
        if name not in self._first_days:
            from kg.model.claims import is_entity
            from kg.model.dates import parse

            days: list[str] = []
            if is_entity(name):
                entity = self.ledger.entity(name)
                days = [parse(v).earliest for v in self.terms.values(entity, "PublishedOn")]
            self._first_days[name] = min(filter(None, days), default="")
        return self._first_days[name]

    def local(self, text: str) -> str:
        """The id of what an IRI of this graph names; any other text as it is."""
        return text.removeprefix(self.base)

    def find(self, text: str) -> str:
        """The id of what has this id, IRI, name or alias, or alone has all these words.

        Words count that stand in its names, titles and offices, in any order; what was taken
        for them is told to `say`, once. Raises NotFound with what is spelt alike, Ambiguous.
        """
        from kg.store.naming import named

        return named(self, text)

    def taken(self, text: str, found: str, others: Sequence[str] = ()) -> None:
        """Tell once which record is taken for words, and which are not that they may mean too."""
        if text not in self._taken:
            self._taken.add(text)
            name = self.ledger.name
            rest = ", ".join(f"{name(other)} ({other})" for other in others)
            told = f", not for {rest}" if others else ""
            self.say(f"“{text}” is taken for {name(found)} ({found}){told}")


def open_graph(out: str | os.PathLike[str]) -> Graph:
    """Open the current graph of an out folder.

    Raises NoGraph if nothing has been built, BadGraph if it is damaged or of
    another format.
    """
    name, base, _ = pointer(out)
    folder = os.path.join(out, GENERATIONS, name)
    if not os.path.isdir(folder):
        # Between the two looks it may have been replaced twice.
        if pointer(out)[0] != name:
            return open_graph(out)
        raise checksums.damaged(folder, "is missing")
    return Graph(folder, os.fspath(out), base)


def previous(out: str | os.PathLike[str]) -> Graph | None:
    """The graph that was current before the last build, or None."""
    _, base, before = pointer(out)
    folder = os.path.join(out, GENERATIONS, before)
    return Graph(folder, os.fspath(out), base) if os.path.isdir(folder) else None


def pointer_text(name: str, base: str, before: str) -> str:
    """What `current` says: generation, format, base IRI, version, the generation before, a sum."""
    return checksums.sealed("\n".join((name, FORMAT, base, __version__, before)) + "\n")


def pointer(out: str | os.PathLike[str]) -> tuple[str, str, str]:
    """The current generation, its base IRI and the generation before it. Raises as `open_graph`."""
    path = os.path.join(out, CURRENT)
    try:
        # A pipe in its place would never answer, and a device never end.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise BadGraph(f"{path} is no ordinary file; move it away, then run kg build")
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoGraph(f"there is no graph in {os.fspath(out)} yet; run kg build") from error
    except OSError as error:
        raise BadGraph(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise checksums.damaged(path) from error
    lines = text.splitlines()
    # The first format had five lines and no sum.
    if (body := checksums.unsealed(text)) is None and (len(lines) != 5 or lines[1] != "1"):
        raise checksums.damaged(path)
    if len(lines) < 5 or (body is not None and lines[1] == FORMAT and len(lines) != 6):
        raise checksums.damaged(path)
    if lines[1] != FORMAT:
        raise BadGraph(
            f"the graph was made by kg {lines[3]} (format {lines[1]}); this is kg {__version__}, "
            f"which reads format {FORMAT}; run kg build"
        )
    return lines[0], lines[2], lines[4]


def current(out: str | os.PathLike[str]) -> Graph | None:
    """The current graph in an out folder, or None if there is none that this version reads."""
    try:
        return open_graph(out)
    except (NoGraph, BadGraph):
        return None
