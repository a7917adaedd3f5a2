"""The claim network being written: nodes, then edges in any order, as the rows that are mapped."""

from __future__ import annotations

import os
from array import array

from kg.model.standing import EDGE
from kg.store import arrays as files
from kg.store.adjacency import COLUMNS, MAGIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from kg.model.claims import Claim


class Edges:
    """Collects the claims between nodes of which the numbers are known."""

    def __init__(self, node: Callable[[str], int]) -> None:
        self._node = node
        self._relations: dict[str, int] = {}
        self._statuses: dict[str, int] = {}
        self._bases: dict[str, int] = {}
        self._words = (self._relations, self._statuses, self._bases)
        self._columns = {c: array(t) for c, t in COLUMNS.items()}
        self._appends = [column.append for column in self._columns.values()]
        self._marks = bytearray()

    def add(self, claim: Claim) -> None:
        """Add a claim between two entities; figures and claims about rows are no edges."""
        if claim.figure:
            return
        subject, target = self._node(claim.subject), self._node(claim.object)
        if subject < 0 or target < 0:
            return
        for append, value in zip(
            self._appends, entry(claim, subject, target, self._words), strict=True
        ):
            append(value)
        self._marks += bytes.fromhex(claim.id)

    @property
    def words(self) -> tuple[list[str], list[str], list[str]]:
        """The words that the columns number: relations, statuses, bases."""
        return [*self._relations], [*self._statuses], [*self._bases]

    def rows(self, count: int) -> dict[str, array[int] | bytes]:
        """The arrays of so many nodes: their rows, then what each edge is."""
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
        return {
            "start": start,
            "other": other,
            "edge": edge,
            "marks": bytes(self._marks),
            **self._columns,
        }


class Builder:
    """Collects nodes, then edges, then writes the file."""

    def __init__(self, nodes: Iterable[tuple[str, str]]) -> None:
        pairs = sorted(nodes)
        self._ids = [n for n, _ in pairs]
        self._index = {n: i for i, n in enumerate(self._ids)}
        self._kinds = sorted({k for _, k in pairs})
        place = {k: i for i, k in enumerate(self._kinds)}
        self._kind = array("H", (place[k] for _, k in pairs))
        self._edges = Edges(lambda name: self._index.get(name, -1))
        self.add = self._edges.add

    def write(
        self, path: str | os.PathLike[str], walked: dict[str, bool], gone: Iterable[str] = ()
    ) -> None:
        """Write the file. `walked` tells of each class whether paths pass through it, `gone` are the
        nodes that are no more."""
        names = [n.encode() for n in self._ids]
        offset = array("I", [0])
        for name in names:
            offset.append(offset[-1] + len(name))
        passed = [walked.get(k, True) for k in self._kinds]
        header = [
            *map(" ".join, self._edges.words),
            " ".join(self._kinds),
            " ".join(str(int(w)) for w in passed),
        ]
        rows = self._edges.rows(len(names))
        nodes: dict[str, array[int] | bytes] = {
            "kind": self._kind,
            "joined": self._joined(rows, passed),
            "gone": array("I", sorted(self._index[n] for n in gone)),
            "offset": offset,
            "ids": b"".join(names),
        }
        order = ("start", "other", "edge", *nodes, "marks", *COLUMNS)
        files.write(path, MAGIC, header, {name: (nodes | rows)[name] for name in order})

    def _joined(self, rows: Mapping[str, Any], passed: Sequence[bool]) -> array[int]:
        """With how many others somebody asserts or alleges a claim of each node, both being walked."""
        walked = bytes(passed[k] for k in self._kind)
        found = array("I", bytes(4 * len(self._ids)))
        join(found, range(len(walked)), rows, walked, self._edges.words[2])
        return found


def join(
    found: array[int],
    nodes: Iterable[int],
    rows: Mapping[str, Any],
    walked: bytes,
    bases: Sequence[str],
) -> None:
    """Put down of some nodes with how many others somebody asserts or alleges a claim of each.

    Both are `walked`; `bases` are the words that the column of bases numbers.
    """
    start, other, edge, basis = (rows[name] for name in ("start", "other", "edge", "basis"))
    firm = [name in EDGE for name in bases]
    for node in nodes:
        last, count = node, 0
        for i in range(start[node], start[node + 1] if walked[node] else 0):
            far = other[i]
            if far != last and far != node and walked[far] and firm[basis[edge[i] >> 1]]:
                last, count = far, count + 1
        found[node] = count


def entry(
    claim: Claim, subject: int, target: int, words: Sequence[dict[str, int]]
) -> tuple[int, ...]:
    """An edge between two nodes, in the order of `COLUMNS`; `words` number relations, statuses and bases."""
    relations, statuses, bases = words
    s = claim.standing
    return (
        subject,
        target,
        relations.setdefault(claim.relation, len(relations)),
        statuses.setdefault(s.status, len(statuses)),
        bases.setdefault(s.basis, len(bases)),
        min(s.voices, 65535),
        min(s.sides, 65535),
        min(s.documents, 65535),
        # Days as numbers, 20221029; 0 where nobody says.
        int(s.earliest.replace("-", "")) if s.earliest else 0,
        int(s.latest.replace("-", "")) if s.latest else 0,
    )


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
