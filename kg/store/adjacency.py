"""The claim network as compressed rows in one mapped file: who is next to whom, by which claims.

Nodes are entities, sorted by id; edges are claims between two entities. A node's
row lists its neighbours in order, each claim once from either side, so that
parallel claims lie together. The file is mapped, not read: opening it costs the
same for a hundred edges and for five million.

Its header (see `kg.store.arrays`) has the words for relations, statuses, bases and classes, and
which of these are walked.
"""

from __future__ import annotations

import os

from kg.store import arrays as files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model.claims import Claim
    from kg.store.arrays import Code

MAGIC = b"KGA6"
COLUMNS: dict[str, Code] = {
    "subject": "I",
    "object": "I",
    "relation": "H",
    "status": "B",
    "basis": "B",
    "voices": "H",
    "sides": "H",
    "documents": "H",
    "earliest": "I",
    "latest": "I",
}
_TYPES: dict[str, Code] = COLUMNS | {
    "start": "I",
    "other": "I",
    "edge": "I",
    "kind": "H",
    "joined": "I",
    "gone": "I",
    "offset": "I",
}


class Far(Exception):
    """A search goes so far that it is quicker in `Graph.entire`, where it begins again."""


class Adjacency:
    """Reads the file. Rows are slices of the arrays; nothing is copied on opening."""

    start: Sequence[int]
    other: Sequence[int]
    edge: Sequence[int]
    kind: Sequence[int]
    joined: Sequence[int]
    gone: Sequence[int]
    offset: Sequence[int]
    subject: Sequence[int]
    object: Sequence[int]
    relation: Sequence[int]
    status: Sequence[int]
    basis: Sequence[int]
    voices: Sequence[int]
    sides: Sequence[int]
    documents: Sequence[int]
    earliest: Sequence[int]
    latest: Sequence[int]

    def __init__(self, path: str | os.PathLike[str]) -> None:
        words, arrays = files.read(path, MAGIC, 5, _TYPES)
        self.relations, self.statuses, self.bases, self.kinds, walked = words
        self.walked = [w == "1" for w in walked]
        self.arrays = arrays
        self.enter()

    def enter(self) -> None:
        """Have its arrays under their names."""
        for name, values in self.arrays.items():
            setattr(self, "_" + name if name in ("ids", "marks") else name, values)

    arrays: dict[str, memoryview]
    _ids: memoryview
    _marks: memoryview | bytes

    def showing(self, claims: Iterable[Claim], gone: Iterable[str] | None = None) -> Adjacency:
        """Another with the same nodes, but with these claims, and other nodes that are no more."""
        from kg.store.adjacency_writer import Edges

        made = object.__new__(Adjacency)
        made.__dict__.update(self.__dict__)
        known: dict[str, int] = {}

        def node(name: str) -> int:
            if name not in known:
                known[name] = self.node(name)
            return known[name]

        edges = Edges(node)
        for claim in claims:
            edges.add(claim)
        made.relations, made.statuses, made.bases = edges.words
        if gone is not None:
            made.gone = sorted(map(self.node, gone))
        for name, values in edges.rows(len(self)).items():
            setattr(made, "_marks" if name == "marks" else name, values)
        return made

    def __len__(self) -> int:
        return len(self.start) - 1

    def name(self, node: int) -> str:
        """The id of a node."""
        return bytes(self._ids[self.offset[node] : self.offset[node + 1]]).decode()

    def node(self, name: str) -> int:
        """The node of an id, by bisection; -1 if there is none."""
        wanted = name.encode()
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(self._ids[self.offset[middle] : self.offset[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self.name(low) == name else -1

    def degree(self, node: int) -> int:
        """How many claims a node takes part in."""
        return self.start[node + 1] - self.start[node]

    def degrees(self, nodes: Iterable[int]) -> list[int]:
        """The same of some nodes."""
        start = self.start
        return [start[n + 1] - start[n] for n in nodes]

    def mark(self, edge: int) -> str:
        """The id of the claim that is an edge."""
        return bytes(self._marks[edge * 12 : edge * 12 + 12]).hex()
