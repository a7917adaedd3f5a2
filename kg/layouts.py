"""Where a page draws each node: by lane, by cell, and by links.

Positions are computed here, from the data and not by forces in the browser, so
that the same view gives the same picture on every machine and on every day.
Sizes are those of `kg.columns`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from kg import springs
from kg.columns import (
    HEAD,
    PAD,
    PITCH,
    SHEET,
    Block,
    Head,
    even,
    fit,
    flow,
    flow_rows,
    label_of,
    text_width,
    width,
)
from kg.views import View, ViewNode, ViewTerm

DRAWN_RANK = 8
"""Kinds from this rank on (documents, places, topics) start switched off and stand aside."""

_GUTTER = 62
_FORCE_LIMIT = 1200


@dataclass(frozen=True, slots=True)
class Layout:
    """A position for each node, in the order of ``view.nodes``, and the bands behind them."""

    label: str
    positions: tuple[tuple[int, int], ...]
    heads: tuple[Head, ...]


def place(view: View) -> dict[str, Layout]:
    """Return the layouts that `view` allows, by name, the one to start with first.

    ``lanes`` needs a kind that heads lanes and ``cells`` a node with a cell;
    ``links`` is always there. Linear in nodes and claims.
    """
    plan = _Plan(view)
    made: dict[str, Layout] = {}
    lane = next((kind for kind in view.kinds if kind.part == "lane"), None)
    if lane and any(node.kind == lane.id for node in view.nodes):
        made["lanes"] = _lanes(plan, lane)
    if any(node.cell for node in view.nodes):
        cell = next((term.label for term in view.relations if term.part == "cell"), "")
        made["cells"] = _cells(plan, f"by {_noun(cell) or 'cell'}", lane)
    made["links"] = _links(plan)
    return made


class _Plan:
    """What all layouts ask of a view: ranks, names, neighbours; collects positions."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.kinds: dict[str, ViewTerm] = {kind.id: kind for kind in view.kinds}
        self.index = {node.id: i for i, node in enumerate(view.nodes)}
        self.faint = {term.id for term in view.relations if term.part == "faint"}
        self.near: dict[str, list[str]] = defaultdict(list)
        for claim in view.claims:
            pair = claim.subject, claim.object
            if claim.relation in self.faint:
                continue
            if pair[0] in self.index and pair[1] in self.index and pair[0] != pair[1]:
                self.near[pair[0]].append(pair[1])
                self.near[pair[1]].append(pair[0])

    def rank(self, node: ViewNode) -> int:
        kind = self.kinds.get(node.kind)
        return kind.rank if kind else 99

    def key(self, node: ViewNode) -> tuple[object, ...]:
        return self.rank(node), node.cell, label_of(node).casefold(), node.id

    def by_kind(self, nodes: Iterable[ViewNode]) -> list[Block]:
        """Blocks of one kind each, in order of rank, titled with the kind's label."""
        groups: dict[str, list[ViewNode]] = defaultdict(list)
        for node in sorted(nodes, key=self.key):
            groups[node.kind].append(node)
        order = sorted(groups, key=lambda kind: (self.rank(groups[kind][0]), kind))
        return [
            Block(self.kinds[kind].label if kind in self.kinds else kind, groups[kind])
            for kind in order
        ]

    def layout(
        self, label: str, at: dict[str, tuple[float, float]], heads: Iterable[Head]
    ) -> Layout:
        spots = (at[node.id] for node in self.view.nodes)
        return Layout(label, tuple((round(x), round(y)) for x, y in spots), tuple(heads))


def _noun(label: str) -> str:
    """The thing that a relation's label names: "is in country" gives "country"."""
    words = label.split()
    return words[-1] if words else ""


def _lanes(plan: _Plan, lane: ViewTerm) -> Layout:
    """Lane heads with their members in bands, every other kind in columns to the right."""
    tops = sorted((n for n in plan.view.nodes if n.kind == lane.id), key=plan.key)
    members: dict[str, list[ViewNode]] = {head.id: [] for head in tops}
    kinds = {n.kind for n in plan.view.nodes if n.lane in members and n.kind != lane.id}
    loose: list[ViewNode] = []
    others: list[ViewNode] = []
    for node in sorted(plan.view.nodes, key=plan.key):
        if node.kind == lane.id:
            continue
        if node.lane in members and plan.rank(node) < DRAWN_RANK:
            members[node.lane].append(node)
        elif node.kind in kinds and plan.rank(node) < DRAWN_RANK:
            loose.append(node)
        else:
            others.append(node)
    bands = [(label_of(h), h.id, members[h.id]) for h in tops]
    bands.sort(key=lambda band: (-len(band[2]), band[0]))
    if loose:
        bands.append((f"no {lane.label} named", "", loose))
    column = width([n for _, _, nodes in bands for n in nodes])
    titles = max(text_width(text, 13) * 1.1 for text, _, _ in bands) + 90

    def band_size(per_row: int) -> tuple[float, int]:
        high = sum(_band_height(len(nodes), per_row) + 8 for _, _, nodes in bands)
        return max(_GUTTER + per_row * column, titles), high

    shown = [n for n in others if plan.rank(n) < DRAWN_RANK]
    aside = [n for n in others if plan.rank(n) >= DRAWN_RANK]
    best: tuple[float, int, int] = (0.0, 1, 400)
    side = plan.by_kind(shown)
    for per_row, grow in product(range(1, 13), (1.0, 1.05, 1.1, 1.25, 1.5, 2.0)):
        wide, high = band_size(per_row)
        tall = max(round(high * grow), 300)
        _, _, right, used = flow(side, tall, wide + 34, 0)
        score = fit(right if side else wide, max(high, used))
        if score > best[0] + 1e-9:
            best = (score, per_row, tall)
    _, per_row, tall = best
    wide = round(band_size(per_row)[0])
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y = 0
    for text, head, nodes in bands:
        high = _band_height(len(nodes), per_row)
        rows = math.ceil(len(nodes) / per_row) or 1
        heads.append(Head(text, 0, y, wide, high, head, len(nodes)))
        if head:
            at[head] = (24, y + HEAD + (high - HEAD - PAD) / 2)
        for i, node in enumerate(nodes):
            spot = _GUTTER + 12 + (i // rows) * column, y + HEAD + (i % rows + 0.5) * PITCH
            at[node.id] = spot
        y += high + 8
    for block in side:
        _settle(plan, block, at, tall)
    spots, more, right, used = flow(side, tall, wide + 34, 0)
    at |= spots
    spots, rest, _, _ = flow(plan.by_kind(aside), max(tall, used), right + 40, 0)
    return plan.layout(f"by {lane.label}", at | spots, heads + even(more + rest))


def _band_height(count: int, per_row: int) -> int:
    return HEAD + max(1, math.ceil(count / per_row)) * PITCH + PAD


def _settle(plan: _Plan, block: Block, at: dict[str, tuple[float, float]], tall: int) -> None:
    """Order a block by the mean height of its neighbours, so that lines cross less."""

    def mean(node: ViewNode) -> float:
        ys = [at[other][1] for other in plan.near[node.id] if other in at]
        return sum(ys) / len(ys) if ys else math.inf

    block.nodes.sort(key=lambda node: (mean(node), plan.key(node)))
    step = tall / max(1, len(block.nodes))
    for row, node in enumerate(block.nodes):
        at[node.id] = (0.0, row * step)  # provisional: the next block orders itself by it


def _cells(plan: _Plan, label: str, lane: ViewTerm | None) -> Layout:
    """Lane heads in a row on top, a box per cell in reading order, then what has no cell."""
    tops = [n for n in plan.view.nodes if lane and n.kind == lane.id]
    tops.sort(key=plan.key)
    cells: dict[str, list[ViewNode]] = defaultdict(list)
    plain: list[ViewNode] = []
    aside: list[ViewNode] = []
    for node in sorted(plan.view.nodes, key=plan.key):
        if lane and node.kind == lane.id:
            continue
        if plan.rank(node) >= DRAWN_RANK:
            aside.append(node)
        elif node.cell:
            cells[node.cell].append(node)
        else:
            plain.append(node)
    # What belongs to no lane (a government) leads its cell.
    members = {node.kind for node in plan.view.nodes if node.lane}
    for nodes in cells.values():
        nodes.sort(key=lambda node: node.kind in members)
    blocks = [
        Block(cell, cells[cell], breakable=len(cells[cell]) > 30)
        for cell in sorted(cells, key=str.casefold)
    ]
    blocks += plan.by_kind(plain)
    total = sum(HEAD + PAD + 7 + PITCH * len(block.nodes) for block in blocks)
    longest = max((HEAD + PAD + PITCH * len(b.nodes) for b in blocks if not b.breakable), default=0)
    best = (0.0, 400)
    columns = max(1, round(math.sqrt(total * SHEET[0] / SHEET[1] / 150)))
    for count, slack in product(range(max(1, columns - 3), columns + 4), (1, 1.03, 1.06, 1.1, 1.2)):
        tall = max(round(total / count * slack) + 20, longest)
        _, _, right, used = flow(blocks, tall, 0, 0)
        score = fit(right, used + 54)
        if score > best[0] + 1e-9:
            best = (score, tall)
    _, _, right, _ = flow(blocks, best[1], 0, 0)
    at: dict[str, tuple[float, float]] = {}
    step = max((text_width(label_of(n), 13) * 1.1 for n in tops), default=0) + 46
    per_row = max(1, min(len(tops), int(right // step))) if tops else 1
    step = max(step, right / per_row)
    for i, node in enumerate(tops):
        at[node.id] = (16 + (i % per_row) * step, 16 + (i // per_row) * 30)
    top = math.ceil(len(tops) / per_row) * 30 + 24 if tops else 0
    spots, heads, right, used = flow(blocks, best[1], 0, top)
    at |= spots
    spots, rest, _, _ = flow(plan.by_kind(aside), max(used, best[1]), right + 40, top)
    return plan.layout(label, at | spots, even(heads + rest))


def _links(plan: _Plan) -> Layout:
    """Linked nodes near each other, each with free room for its name; the rest below."""
    shown = [n for n in plan.view.nodes if plan.rank(n) < DRAWN_RANK]
    linked = [n for n in shown if any(True for _ in plan.near[n.id])]
    order = _walk(plan, linked)
    rooms = [width([node]) + 6 for node in order]
    area = sum(rooms) * (PITCH + 2) / 0.6
    alone = sum(width([node]) + 12 for node in shown) - sum(rooms)
    wide = max(300.0, math.sqrt((area + alone * PITCH * 1.25) * SHEET[0] / SHEET[1]))
    if len(order) <= _FORCE_LIMIT:
        index = {node.id: i for i, node in enumerate(order)}
        pairs = ((i, index[o]) for n, i in index.items() for o in plan.near[n] if o in index)
        links = sorted({(min(pair), max(pair)) for pair in pairs})
        wish = springs.spread(len(order), links, wide, area / wide)
        turn = sorted(
            index.values(), key=lambda i: (plan.rank(order[i]), -len(plan.near[order[i].id]))
        )
        seats = springs.seat(rooms, wish, turn, wide, PITCH + 2)
    else:
        seats = springs.rows(rooms, wide, PITCH + 2)
    at = {node.id: (x + 10, y) for node, (x, y) in zip(order, seats, strict=True)}
    y = max((spot[1] for spot in seats), default=0.0)
    loose = sorted((n for n in shown if n.id not in at), key=plan.key)
    heads: list[Head] = []
    top = y + 30
    tail, more, used = flow_rows(plan.by_kind(loose), wide, top)
    at |= tail
    heads += more
    aside = [n for n in plan.view.nodes if n.id not in at]
    spots, rest, _, _ = flow(plan.by_kind(aside), round(max(used, 500)), wide + 60, 0)
    return plan.layout("by links", at | spots, heads + even(rest))


def _walk(plan: _Plan, nodes: Sequence[ViewNode]) -> list[ViewNode]:
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
