"""The mapped adjacency and the file of speech with other nodes: those of records that are new, without others.

Nodes are numbered in the order of their ids, so that all numbers behind a new one move.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from kg.store.adjacency import Adjacency
from kg.store.speech import Speech

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass
class Nodes:
    """The records that are new, with their classes, and those that are there no more; which of
    those that are new or changed have ended; whether paths pass through a class."""

    new: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    ended: dict[str, bool] = field(default_factory=dict)
    walked: Mapping[str, bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.new or self.lost or self.ended)

    def joining(self, held: Adjacency, spoken: Speech) -> tuple[Adjacency, Speech]:
        """Both files' contents with the new nodes, which nothing joins yet. Cost: linear in the edges."""
        return self._turned(held, spoken, self.new, ())

    def leaving(self, held: Adjacency, spoken: Speech) -> tuple[Adjacency, Speech]:
        """Both without the lost nodes, which nothing joins any more. Cost: linear in the edges."""
        return self._turned(held, spoken, {}, self.lost)

    def _turned(
        self, held: Adjacency, spoken: Speech, new: Mapping[str, str], lost: Collection[str]
    ) -> tuple[Adjacency, Speech]:
        old = [(held.name(i), i) for i in range(len(held))]
        kept = [pair for pair in old if pair[0] not in lost] if lost else old
        nodes = sorted([*kept, *((name, -1) for name in new)])
        turned = array("I", bytes(4 * len(old)))
        for now, (_, before) in enumerate(nodes):
            if before >= 0:
                turned[before] = now
        kinds = [new[name] if i < 0 else held.kinds[held.kind[i]] for name, i in nodes]
        words = sorted({*kinds})
        place = {kind: i for i, kind in enumerate(words)}
        made = object.__new__(Adjacency)
        made.relations, made.statuses, made.bases = held.relations, held.statuses, held.bases
        made.kinds, made.walked = words, [self.walked.get(kind, True) for kind in words]
        offset, names = array("I", [0]), [name.encode() for name, _ in nodes]
        for name in names:
            offset.append(offset[-1] + len(name))
        ended = {name for name in map(held.name, held.gone) if name not in lost}
        ended = {n for n in ended if self.ended.get(n, True)} | {
            n for n, gone in self.ended.items() if gone and n not in lost
        }
        number = {name: i for i, (name, _) in enumerate(nodes)}
        made.arrays = {
            **held.arrays,
            "start": _starts(held.start, nodes),
            "other": _map(turned, held.arrays["other"]),
            "kind": memoryview(array("H", (place[k] for k in kinds))),
            "joined": memoryview(array("I", (held.joined[i] if i >= 0 else 0 for _, i in nodes))),
            "gone": memoryview(array("I", sorted(number[n] for n in ended if n in number))),
            "offset": memoryview(offset),
            "ids": memoryview(b"".join(names)),
            "subject": _map(turned, held.arrays["subject"]),
            "object": _map(turned, held.arrays["object"]),
        }
        made.enter()
        told = object.__new__(Speech)
        far = array("I", [turned[f >> 1] << 1 | f & 1 for f in spoken.far])
        told.enter({"start": _starts(spoken.start, nodes), "far": memoryview(far)})
        return made, told


def _starts(start: Sequence[int], nodes: Sequence[tuple[str, int]]) -> memoryview:
    """Where rows begin, each as long as it was; those of new nodes are empty."""
    made = array("I", [0])
    for _, i in nodes:
        made.append(made[-1] + (start[i + 1] - start[i] if i >= 0 else 0))
    return memoryview(made)


def _map(turned: Sequence[int], held: memoryview) -> memoryview:
    return memoryview(array("I", [turned[n] for n in held]))
