"""The mapped adjacency and the file of speech with some entries changed: as if written anew.

What does not change is copied in long runs.
"""

from __future__ import annotations

import contextlib
from array import array
from bisect import bisect_left, bisect_right

from kg.store import arrays as files
from kg.store.adjacency import COLUMNS, MAGIC, Adjacency
from kg.store.adjacency_writer import entry, join
from kg.store.speech import MAGIC as SPEECH
from kg.store.speech import Speech

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model.claims import Claim

_MARK = 12
Pair = tuple[int, int]


def network(old: Adjacency, gone: Iterable[str], claims: Mapping[str, Claim]) -> Adjacency:
    """An adjacency without some claims, by id, and with others as they stand now.

    Cost: linear in its edges, a tenth of a second a million.
    """
    words = [
        {w: i for i, w in enumerate(held)} for held in (old.relations, old.statuses, old.bases)
    ]
    columns = {name: _copied(old.arrays[name]) for name in COLUMNS}
    marks = old.arrays["marks"]
    count = len(marks) // _MARK

    def edge(mark: str) -> tuple[int, bool]:
        """Where a claim's edge is or belongs, and whether it is there."""
        wanted, low, high = bytes.fromhex(mark), 0, count
        while low < high:
            middle = (low + high) // 2
            if bytes(marks[middle * _MARK : (middle + 1) * _MARK]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low, low < count and bytes(marks[low * _MARK : (low + 1) * _MARK]) == wanted

    out = sorted(place for place, there in map(edge, gone) if there)
    ends = {end for place in out for end in (old.subject[place], old.object[place])}
    into: list[tuple[int, str, tuple[int, ...]]] = []
    for mark, claim in sorted(claims.items()):
        subject, target = old.node(claim.subject), old.node(claim.object)
        if claim.figure or subject < 0 or target < 0:
            continue
        ends |= {subject, target}
        place, there = edge(mark)
        values = entry(claim, subject, target, words)
        if there:
            for name, value in zip(COLUMNS, values, strict=True):
                columns[name][place] = value
        else:
            into.append((place, mark, values))
    places = [place for place, _, _ in into]
    for i, name in enumerate(COLUMNS):
        columns[name] = _spliced(columns[name], out, places, [values[i] for _, _, values in into])
    start, other, edges = _rows(old, count, out, into)
    for name, held in zip(("relation", "status", "basis"), words, strict=True):
        columns[name] = _in_order(columns[name], held)
    kind, joined = _copied(old.arrays["kind"]), _copied(old.arrays["joined"])
    rows = {"start": start, "other": other, "edge": edges, "basis": columns["basis"]}
    walked = bytes(old.walked[k] for k in kind)
    join(joined, sorted(ends), rows, walked, [*words[2]])
    made = object.__new__(Adjacency)
    made.relations, made.statuses, made.bases = ([*held] for held in words)
    made.kinds, made.walked = old.kinds, old.walked
    parts: dict[str, array[int] | bytes | memoryview] = {
        "start": start,
        "other": other,
        "edge": edges,
        "kind": kind,
        "joined": joined,
        **{name: old.arrays[name] for name in ("gone", "offset", "ids")},
        "marks": b"".join(
            bytes(marks[begun * _MARK : end * _MARK])
            + (b"" if i is None else bytes.fromhex(into[i][1]))
            for begun, end, i in _runs(count, out, places)
        ),
        **columns,
    }
    made.arrays = {name: memoryview(held) for name, held in parts.items()}
    made.enter()
    return made


def write(held: Adjacency, path: str | os.PathLike[str]) -> None:
    """Write an adjacency that is in memory."""
    passed = ["01"[w] for w in held.walked]
    words = (held.relations, held.statuses, held.bases, held.kinds, passed)
    parts = {name: values.tobytes() for name, values in held.arrays.items()}
    files.write(path, MAGIC, [" ".join(w) for w in words], parts)


def write_speech(held: Speech, path: str | os.PathLike[str]) -> None:
    """Write speech that is in memory."""
    files.write(path, SPEECH, (), {name: v.tobytes() for name, v in held.arrays.items()})


def _rows(
    old: Adjacency, count: int, out: Sequence[int], into: Sequence[tuple[int, str, tuple[int, ...]]]
) -> tuple[array[int], array[int], array[int]]:
    """The rows of all nodes: where each begins, its neighbours, the edges to them."""
    other, edges = _copied(old.arrays["other"]), _copied(old.arrays["edge"])
    more: dict[int, int] = {}
    dropped = []
    for place in out:
        for near, far, side in _sides(old.subject[place], old.object[place]):
            dropped.append(_row(other, edges, old.start, near, far, place * 2 + side))
            more[near] = more.get(near, 0) - 1
    # The number that each old edge has now; that of one that goes does not matter.
    places = [place for place, _, _ in into]
    now = array("I", range(count))
    for begun, end in _between(sorted({0, *(place + 1 for place in out), *places}), count):
        move = bisect_right(places, begun) - bisect_left(out, begun)
        if move and begun < end:
            now[begun:end] = array("I", range(begun + move, end + move))
    if out or into:
        edges = array("I", [now[e >> 1] << 1 | e & 1 for e in edges])
    found = []
    for i, (place, _, values) in enumerate(into):
        number = place + i - bisect_left(out, place)
        for near, far, side in _sides(values[0], values[1]):
            e = number * 2 + side
            found.append((_row(other, edges, old.start, near, far, e), near, far, e))
            more[near] = more.get(near, 0) + 1
    # Where a row ends the next one begins: the entries of the first come first.
    found.sort()
    dropped.sort()
    where = [row for row, *_ in found]
    other = _spliced(other, dropped, where, [far for _, _, far, _ in found])
    edges = _spliced(edges, dropped, where, [e for *_, e in found])
    return _moved(old.arrays["start"], more), other, edges


def _sides(subject: int, target: int) -> list[tuple[int, int, int]]:
    """(node, neighbour, side) of the rows in which an edge stands."""
    both = [(subject, target, 0), (target, subject, 1)]
    return both[:1] if subject == target else both


def _row(
    other: Sequence[int], edges: Sequence[int], start: Sequence[int], near: int, far: int, e: int
) -> int:
    """Where an edge stands or belongs in the row of a node: by neighbour, then by its number."""
    low, high = start[near], start[near + 1]
    while low < high:
        middle = (low + high) // 2
        if (other[middle], edges[middle]) < (far, e):
            low = middle + 1
        else:
            high = middle
    return low


def speech(old: Speech, gone: Iterable[Pair], found: Iterable[Pair]) -> Speech:
    """Speech without some pairs of nodes, and with others that it lacks.

    Cost: linear in its pairs, and next to nothing.
    """
    far = _copied(old.arrays["far"])
    more: dict[int, int] = {}
    out, into = [], []
    for near, value in _spoken(gone):
        out.append(bisect_left(far, value, old.start[near], old.start[near + 1]))
        more[near] = more.get(near, 0) - 1
    for near, value in _spoken(found):
        place = bisect_left(far, value, old.start[near], old.start[near + 1])
        into.append((place, near, value))
        more[near] = more.get(near, 0) + 1
    into.sort()
    far = _spliced(far, sorted(out), [p for p, _, _ in into], [v for *_, v in into])
    made = object.__new__(Speech)
    made.enter({"start": memoryview(_moved(old.arrays["start"], more)), "far": memoryview(far)})
    return made


def _spoken(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """(node, entry in its row) of both sides of some pairs."""
    for speaker, end in pairs:
        yield speaker, end << 1
        yield end, speaker << 1 | 1


def _copied(held: memoryview) -> array[int]:
    return array(held.format, held.tobytes())


def _moved(start: memoryview, more: Mapping[int, int]) -> array[int]:
    """Where rows begin once some have so many entries more."""
    moved = _copied(start)
    shift = 0
    for begun, end in _between(sorted(near + 1 for near in more), len(moved)):
        shift += more[begun - 1]
        if shift:
            moved[begun:end] = array("I", [n + shift for n in moved[begun:end]])
    return moved


def _between(places: Sequence[int], end: int) -> Iterator[Pair]:
    """Each place with the next one; the last with the end."""
    return zip(places, [*places[1:], end], strict=False)


def _spliced(
    held: array[int], out: Sequence[int], places: Sequence[int], values: Sequence[int]
) -> array[int]:
    """An array without some entries, and with values before the places given."""
    if not out and not places:
        return held
    made = array(held.typecode)
    for begun, end, i in _runs(len(held), out, places):
        made += held[begun:end]
        if i is not None:
            made.append(values[i])
    return made


def _runs(
    length: int, out: Sequence[int], places: Sequence[int]
) -> Iterator[tuple[int, int, int | None]]:
    """(begin, end) of the runs to be kept, each with the number of what is put in behind it, if any."""
    taken = 0
    steps = [(place, 0, i) for i, place in enumerate(places)] + [(place, 1, 0) for place in out]
    for place, goes, i in sorted(steps):
        yield taken, place, None if goes else i
        taken = place + goes
    yield taken, length, None


def _in_order(column: array[int], words: dict[str, int]) -> array[int]:
    """A column with its words numbered as they first come; those that come no more are taken out."""
    first = {}
    for word, number in words.items():
        with contextlib.suppress(ValueError):
            first[word] = column.index(number)
    order = sorted(first, key=first.__getitem__)
    if order != [*words]:
        turned = {words[word]: i for i, word in enumerate(order)}
        column = array(column.typecode, [turned[n] for n in column])
        words.clear()
        words.update((word, i) for i, word in enumerate(order))
    return column
