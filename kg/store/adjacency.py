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
from array import array

from kg.model.claims import Claim
from kg.store import arrays as files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.store.arrays import Code

MAGIC = b"KGA5"


class Builder:
    """Collects nodes, then edges, then writes the file."""

    def __init__(self, nodes: Iterable[tuple[str, str]]) -> None:
        pairs = sorted(nodes)
        self._ids = [n for n, _ in pairs]
        self._index = {n: i for i, n in enumerate(self._ids)}
        self._kinds = sorted({k for _, k in pairs})
        place = {k: i for i, k in enumerate(self._kinds)}
        self._kind = array("H", (place[k] for _, k in pairs))
        self._relations: dict[str, int] = {}
        self._statuses: dict[str, int] = {}
        self._bases: dict[str, int] = {}
        self._columns = {c: array(t) for c, t in EDGE.items()}
        self._marks = bytearray()

    def add(self, claim: Claim) -> None:
        """Add a claim between two entities; figures and claims about rows are no edges."""
        subject, target = self._index.get(claim.subject), self._index.get(claim.object)
        if claim.figure or subject is None or target is None:
            return
        words = (self._relations, self._statuses, self._bases)
        for column, value in entry(claim, subject, target, words).items():
            self._columns[column].append(value)
        self._marks += bytes.fromhex(claim.id)

    def write(
        self, path: str | os.PathLike[str], walked: dict[str, bool], gone: Iterable[str] = ()
    ) -> None:
        """Write the file. `walked` tells of each class whether paths pass through it, `gone` are the
        nodes that are no more."""
        count = len(self._ids)
        subject, target = self._columns["subject"], self._columns["object"]
        ends = range(len(subject))
        degree = array("I", bytes(4 * count))
        for e in ends:
            degree[subject[e]] += 1
            if subject[e] != target[e]:
                degree[target[e]] += 1
        start = array("I", [0]) * (count + 1)
        for i in range(count):
            start[i + 1] = start[i] + degree[i]
        # Placing the far ends in order leaves every row sorted by neighbour.
        fill = array("I", start[:count])
        other = array("I", bytes(4 * start[count]))
        edge = array("I", bytes(4 * start[count]))
        for near, far, e, side in _by_far_end(subject, target, count):
            other[fill[near]] = far
            edge[fill[near]] = e * 2 + side
            fill[near] += 1
        names = [n.encode() for n in self._ids]
        offset = array("I", [0])
        for name in names:
            offset.append(offset[-1] + len(name))
        header = [
            " ".join(self._relations),
            " ".join(self._statuses),
            " ".join(self._bases),
            " ".join(self._kinds),
            " ".join(str(int(walked.get(k, True))) for k in self._kinds),
        ]
        arrays: dict[str, array[int] | bytes] = {
            "start": start,
            "other": other,
            "edge": edge,
            "kind": self._kind,
            "gone": array("I", sorted(self._index[n] for n in gone)),
            "offset": offset,
            "ids": b"".join(names),
            "marks": bytes(self._marks),
            **self._columns,
        }
        files.write(path, MAGIC, header, arrays)


def entry(
    claim: Claim, subject: int, target: int, words: Sequence[dict[str, int]]
) -> dict[str, int]:
    """The columns of an edge between two nodes; `words` number relations, statuses and bases."""
    relations, statuses, bases = words
    return {
        "subject": subject,
        "object": target,
        "relation": _numbered(relations, claim.relation),
        "status": _numbered(statuses, claim.standing.status),
        "basis": _numbered(bases, claim.standing.basis),
        "voices": min(claim.standing.voices, 65535),
        "sides": min(claim.standing.sides, 65535),
        "documents": min(claim.standing.documents, 65535),
        # Days as numbers, 20221029; 0 where nobody says.
        "earliest": int(claim.standing.earliest.replace("-", "") or 0),
        "latest": int(claim.standing.latest.replace("-", "") or 0),
    }


EDGE: dict[str, Code] = {
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
_TYPES: dict[str, Code] = EDGE | {
    "start": "I",
    "other": "I",
    "edge": "I",
    "kind": "H",
    "gone": "I",
    "offset": "I",
}


def _numbered(names: dict[str, int], name: str) -> int:
    """The number of a name, the next one if it is new."""
    return names.setdefault(name, len(names))


def _by_far_end(
    subject: Sequence[int], target: Sequence[int], count: int
) -> Iterable[tuple[int, int, int, int]]:
    """(near, far, edge, side) of both sides of every edge, far ends rising; side 1 is against it."""
    order = array("I", [0]) * (count + 1)
    for ends in (subject, target):
        for node in ends:
            order[node + 1] += 1
    for i in range(count):
        order[i + 1] += order[i]
    slot = array("I", order[:count])
    half = array("Q", bytes(8 * 2 * len(subject)))
    for e in range(len(subject)):
        half[slot[target[e]]] = e * 2
        slot[target[e]] += 1
        half[slot[subject[e]]] = e * 2 + 1
        slot[subject[e]] += 1
    for code in half:
        e, side = divmod(code, 2)
        if side == 0:
            yield subject[e], target[e], e, 0
        elif subject[e] != target[e]:
            yield target[e], subject[e], e, 1


class Adjacency:
    """Reads the file. Rows are slices of the arrays; nothing is copied on opening."""

    start: Sequence[int]
    other: Sequence[int]
    edge: Sequence[int]
    kind: Sequence[int]
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
        for name, values in arrays.items():
            setattr(self, "_" + name if name in ("ids", "marks") else name, values)

    _ids: memoryview
    _marks: memoryview

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

    def mark(self, edge: int) -> str:
        """The id of the claim that is an edge."""
        return bytes(self._marks[edge * 12 : edge * 12 + 12]).hex()
