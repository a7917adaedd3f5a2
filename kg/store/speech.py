"""Who speaks about whom, as compressed rows in one mapped file beside the adjacency.

Its nodes are those of the adjacency, by the same numbers. A voice that takes a stance on a claim
speaks about the claim's ends; where an end is a statement, about the one who made it and what it
is about; and what it puts in place of another's statement speaks about that other. These are no
ties in the world, so nothing reads them that was not asked to.
"""

from __future__ import annotations

import os
from array import array

from kg.model.claims import is_entity
from kg.store import arrays

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.model.claims import Claim
    from kg.store.arrays import Code

    # Of an attestation's id: its voice, and the ends of its claim.
    Stated = Callable[[str], tuple[str, str, str]]

MAGIC = b"KGS1"
STATEMENT = "attestation/"
_TYPES: dict[str, Code] = {"start": "I", "far": "I"}


def about(ends: Iterable[str], stated: Stated) -> Iterator[str]:
    """The entities that a claim of these ends is about, those of the statements among them too."""
    for end in ends:
        if end.startswith(STATEMENT):
            voice, *rest = stated(end.removeprefix(STATEMENT))
            yield voice
            yield from about(rest, stated)
        elif is_entity(end):
            yield end


def ties(claim: Claim, stated: Stated) -> Iterator[tuple[str, str, str]]:
    """(speaker, entity, attestation) of everybody who speaks by a claim about somebody else.

    Whoever holds something of a statement speaks too: a document that disputes one.
    """
    ends = dict.fromkeys(filter(None, about((claim.subject, claim.object), stated)))
    for a in claim.attestations:
        if not a.living:
            continue
        heard = [stated(a.instead_of)[0]] if a.instead_of else []
        speakers = [a.voice, *([claim.subject] if claim.object.startswith(STATEMENT) else [])]
        for speaker in dict.fromkeys(speakers):
            for end in dict.fromkeys((*ends, *heard)):
                if end != speaker and speaker and end:
                    yield speaker, end, a.id


class Builder:
    """Collects who speaks about whom, then writes the file."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._index = {name: i for i, name in enumerate(sorted(nodes))}
        self._pairs = array("Q")

    def add(self, claim: Claim, stated: Stated) -> None:
        """Add what is said by a claim."""
        for speaker, end, _ in ties(claim, stated):
            near, far = self._index.get(speaker), self._index.get(end)
            if near is not None and far is not None:
                self._pairs.append(near << 32 | far)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the file: each pair once, from either side."""
        pairs = set(self._pairs)
        # Node, then whom; the last bit is set where that one speaks about the node.
        rows = [(p >> 32) << 33 | (p & 0xFFFFFFFF) << 1 for p in pairs]
        rows += [(p & 0xFFFFFFFF) << 33 | (p >> 32) << 1 | 1 for p in pairs]
        rows.sort()
        start = array("I", bytes(4 * (len(self._index) + 1)))
        for row in rows:
            start[(row >> 33) + 1] += 1
        for i in range(1, len(start)):
            start[i] += start[i - 1]
        far = array("I", (row & 0xFFFFFFFF for row in rows))
        arrays.write(path, MAGIC, (), {"start": start, "far": far})


class Speech:
    """Reads the file."""

    start: Sequence[int]
    far: Sequence[int]

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.enter(arrays.read(path, MAGIC, 0, _TYPES)[1])

    def enter(self, held: dict[str, memoryview]) -> None:
        """Have these arrays."""
        self.arrays = held
        self.start, self.far = held["start"], held["far"]

    def speaks(self, node: int, other: int) -> bool:
        """Whether one speaks about another one."""
        from bisect import bisect_left

        place = bisect_left(self.far, other << 1, self.start[node], self.start[node + 1])
        return place < self.start[node + 1] and self.far[place] == other << 1

    def row(self, node: int) -> Iterator[tuple[int, bool]]:
        """(node, whether that one speaks about this one), rising; both ways if both speak."""
        for i in range(self.start[node], self.start[node + 1]):
            yield self.far[i] >> 1, bool(self.far[i] & 1)

    def degree(self, node: int) -> int:
        """About how many a node speaks, and how many speak about it."""
        return self.start[node + 1] - self.start[node]
