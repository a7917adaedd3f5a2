"""Linked nodes near each other, and all around the one that a view is about."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kg.page import force_directed
from kg.page.boxes import PITCH_TWO, SHEET, Head, even, flow, flow_rows, label_of, text_width, width
from kg.page.layout_base import LEFT, Layout, Plan
from kg.page.view import ViewNode

_LINKS_MAX = 100
_FORCE_LIMIT = 1200
_RING_MAX = 40
_REACH = 300  # from the middle of a ring to its sides


def links(plan: Plan) -> Layout:
    """Linked nodes near each other, each with free room for its name; the rest below."""
    shown = plan.shown
    if plan.centre and len(shown) <= _RING_MAX and any(n.id == plan.centre for n in shown):
        return _ring(plan, shown)
    linked = [n for n in shown if any(True for _ in plan.near[n.id])]
    order = _walk(plan, linked)
    leading = {kind.id for kind in plan.view.kinds if kind.part == "lane"}
    # The head of a lane has no band here: its own name stands in one bold line.
    rooms = [
        round(text_width(label_of(node), 13) * 1.25) + 40
        if node.kind in leading
        else width([node], _LINKS_MAX) + 6
        for node in order
    ]
    step = PITCH_TWO - 2
    area = sum(rooms) * step / 0.75
    alone = sum(width([node]) + 12 for node in shown) - sum(rooms)
    wide = max(300.0, math.sqrt((area + max(alone, 0) * PITCH_TWO) * SHEET[0] / SHEET[1]))
    if len(order) <= _FORCE_LIMIT:
        index = {node.id: i for i, node in enumerate(order)}
        pairs = ((i, index[o]) for n, i in index.items() for o in plan.near[n] if o in index)
        links = sorted({(min(pair), max(pair)) for pair in pairs})
        wish = force_directed.spread(len(order), links, wide, area / wide)
        turn = sorted(
            index.values(),
            key=lambda i: (
                order[i].id != plan.centre,
                plan.rank(order[i]),
                -len(plan.near[order[i].id]),
            ),
        )
        if plan.centre in index:
            wish[index[plan.centre]] = (wide / 2, area / wide / 2)
        seats = force_directed.seat(rooms, wish, turn, wide, step)
    else:
        seats = force_directed.rows(rooms, wide, step)
    at: dict[str, tuple[float, float]] = {
        node.id: (x + 10, y) for node, (x, y) in zip(order, seats, strict=True)
    }
    y = max((spot[1] for spot in seats), default=0.0)
    loose = sorted((n for n in shown if n.id not in at), key=plan.key)
    heads: list[Head] = []
    top = y + 30
    tail, more, used = flow_rows(plan.by_kind(loose), wide, top)
    at |= tail
    heads += more
    aside = [n for n in plan.view.nodes if n.id not in at]
    spots, rest, _, _ = flow(plan.by_kind(aside), round(max(used, 500)), wide + 60, 0)
    return plan.layout("by links", at | spots, heads + even(rest), _LINKS_MAX)


def _walk(plan: Plan, nodes: Sequence[ViewNode]) -> list[ViewNode]:
    """Nodes in breadth-first order, from the best linked one of each component on."""
    known = {node.id: node for node in nodes}
    seen: set[str] = set()
    order: list[ViewNode] = []
    for start in sorted(nodes, key=lambda n: (-len(plan.near[n.id]), plan.key(n))):
        queue = [start.id] if start.id not in seen else []
        seen.update(queue)
        for current in queue:
            order.append(known[current])
            for other in plan.near[current]:
                if other in known and other not in seen:
                    seen.add(other)
                    queue.append(other)
    return order


def _ring(plan: Plan, nodes: Sequence[ViewNode]) -> Layout:
    """The one that the view is about in the middle, the others around it, names outwards.

    Each stands in a row of its own on its side, so that no name meets another;
    what is further off stands further out.
    """
    steps = {plan.centre: 0}
    queue = [plan.centre]
    for current in queue:
        for other in plan.near[current]:
            if other not in steps:
                steps[other] = steps[current] + 1
                queue.append(other)
    order = [node for node in _apart(plan, nodes) if node.id != plan.centre]
    half = (len(order) + 1) // 2
    tall = max(300, 18 * half)
    at: dict[str, tuple[float, float]] = {plan.centre: (0.0, 0.0)}
    sides: dict[str, int] = {}
    for part, way in ((order[:half], 1), (order[half:][::-1], -1)):
        for row, node in enumerate(part):
            height = (row + 0.5) / len(part) * 2 - 1
            out = 0.5 + 0.5 * math.sqrt(1 - height * height) + 0.5 * (steps.get(node.id, 3) - 1)
            at[node.id] = (way * out * _REACH, height * tall)
            if way < 0:
                sides[node.id] = LEFT
    aside = [node for node in plan.view.nodes if node.id not in at]
    right = max(x for x, _ in at.values()) + 200
    spots, heads, _, _ = flow(plan.by_kind(aside), max(2 * tall, 500), right, -tall)
    return plan.layout("by links", at | spots, even(heads), _LINKS_MAX, sides)


def _apart(plan: Plan, nodes: Sequence[ViewNode]) -> list[ViewNode]:
    """Nodes so that those linked without the centre follow each other."""
    known = {node.id: node for node in nodes}
    seen: dict[str, None] = {}
    for start in sorted(nodes, key=plan.key):
        waiting = [start.id]
        while waiting:
            name = waiting.pop()
            if name in seen or name not in known:
                continue
            seen[name] = None
            if name != plan.centre:
                waiting += sorted(set(plan.near[name]) - {plan.centre}, reverse=True)
    return [known[name] for name in seen]
