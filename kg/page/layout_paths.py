"""Paths from left to right: a row for each, the best on top, ends at the edges of the sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.page.boxes import even, flow
from kg.page.layout_base import ABOVE, BELOW, LEFT, RIGHT, Layout, Plan

_STEP = 260
_PITCH = 120
_PARALLEL = 26


def paths(plan: Plan) -> Layout | None:
    """Each node in the row of the best path that it is on, in a column by how far along it is."""
    if not plan.view.paths:
        return None
    walks = [path.nodes for path in plan.view.paths]
    column = columns(walks)
    ends = {walk[0] for walk in walks} | {walk[-1] for walk in walks}
    owner: dict[str, int] = {}
    for number, walk in enumerate(walks):
        for node in walk:
            if node not in ends:
                owner.setdefault(node, number)
    own = set(owner.values())
    rows = [n for n, walk in enumerate(walks) if n in own or not set(walk) - ends]
    parallel = Counter(frozenset((c.subject, c.object)) for c in plan.view.claims)
    height: dict[int, float] = {}
    y = 0.0
    for number in rows:
        most = max(parallel[frozenset(pair)] for pair in pairwise(walks[number]))
        extra = max(0, most - 1) * _PARALLEL
        height[number] = y + extra / 2
        y += _PITCH + extra
    middle = (min(height.values()) + max(height.values())) / 2 if height else 0.0
    at = {
        node: (at * _STEP, height.get(owner.get(node, -1), middle)) for node, at in column.items()
    }
    _aside(at, walks)
    sides = {node: ABOVE if at[node][1] < middle else BELOW for node in owner}
    sides |= {walk[0]: LEFT for walk in walks} | {walk[-1]: RIGHT for walk in walks}
    right, low = max(x for x, _ in at.values()), round(max(y for _, y in at.values()))
    rest = [node for node in plan.view.nodes if node.id not in at]
    spots, heads, _, _ = flow(plan.by_kind(rest), max(low, 300), right + 2 * _STEP, 0)
    made = plan.layout("by path", at | spots, even(heads), sides=sides)
    bends = []
    for number in rows:
        # A straight step from end to end passes the others in a row of its own.
        if number not in own and (dy := round(height[number] - middle)):
            start, end = walks[number][0], walks[number][-1]
            bends.append((plan.index[start], plan.index[end], dy))
    return replace(made, bends=tuple(bends), turns=True)


def _aside(
    at: dict[str, tuple[float, float]],
    walks: Sequence[Sequence[str]],
) -> None:
    """Move nodes along their rows where a step of another path would run through them."""
    steps = sorted({pair for walk in walks for pair in pairwise(walk)})
    for walk in walks:
        for before, node, after in zip(walk, walk[1:], walk[2:], strict=False):
            x, y = at[node]
            crossed = [
                at[one][0] + (at[other][0] - at[one][0]) * (y - at[one][1]) / rise
                for one, other in steps
                if node not in (one, other) and (rise := at[other][1] - at[one][1])
                if min(at[one][1], at[other][1]) < y < max(at[one][1], at[other][1])
            ]
            for shift in (0, 0.15, -0.15, 0.3, -0.3, 0.45, -0.45, 0.6, -0.6):
                moved = x + shift * _STEP
                clear = all(abs(moved - other) >= 0.35 * _STEP for other in crossed)
                if clear and at[before][0] + 0.6 * _STEP < moved < at[after][0] - 0.6 * _STEP:
                    at[node] = moved, y
                    break


def columns(walks: Sequence[Sequence[str]]) -> dict[str, float]:
    """How far along each node of some walks is: every step leads at least one column on.

    A step that would lead back, seen from the walks before it, is passed over.
    Nodes with room before and behind them share it evenly.

    >>> columns([["a", "b", "d"], ["a", "b", "c", "d"], ["a", "e", "d"]])
    {'a': 0.0, 'b': 1.0, 'd': 3.0, 'c': 2.0, 'e': 1.5}
    """
    after: dict[str, list[str]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    order = list(dict.fromkeys(node for walk in walks for node in walk))
    for walk in walks:
        for one, other in pairwise(walk):
            if other not in after[one] and one not in _reached(after, other):
                after[one].append(other)
                before[other].append(one)
    early: dict[str, int] = dict.fromkeys(order, 0)
    for _ in order:
        for node in order:
            early[node] = max((early[b] + 1 for b in before[node]), default=0)
    late = dict.fromkeys(order, max(early.values(), default=0))
    for _ in order:
        for node in order:
            late[node] = min((late[a] - 1 for a in after[node]), default=late[node])
    made = _shared(walks, {n: float(early[n]) for n in order if early[n] == late[n]})
    if all(made[other] - made[one] > 0.5 for one in order for other in after[one]):
        return {node: made[node] for node in order}
    return {node: (early[node] + late[node]) / 2 for node in order}


def _shared(walks: Sequence[Sequence[str]], made: dict[str, float]) -> dict[str, float]:
    """The nodes of a walk that are not placed yet evenly between those that are."""
    for walk in walks:
        known = [i for i, node in enumerate(walk) if node in made]
        for one, other in pairwise(known):
            low, high = made[walk[one]], made[walk[other]]
            for i in range(one + 1, other):
                made[walk[i]] = low + (high - low) * (i - one) / (other - one)
        for i, node in enumerate(walk):
            made.setdefault(node, float(i))
    return made


def _reached(after: dict[str, list[str]], start: str) -> set[str]:
    """All that steps lead to from one node, itself among them."""
    found = {start}
    waiting = [start]
    while waiting:
        for node in after.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
