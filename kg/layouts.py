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
    LABEL_MAX,
    PAD,
    PITCH_TWO,
    SHEET,
    Block,
    Head,
    band_sizes,
    bands_size,
    chosen,
    columns_of,
    even,
    fit,
    flow,
    flow_rows,
    height,
    label_of,
    stack,
    text_width,
    width,
)
from kg.views import View, ViewNode, ViewTerm

DRAWN_RANK = 8
"""Kinds from this rank on (documents, places, topics) start switched off and stand aside."""

_GUTTER = 48
_GAP = 26
_LINKS_MAX = 100
_FORCE_LIMIT = 1200
_MANY = 2000  # from here on fewer shapes are tried: the view starts folded


@dataclass(frozen=True, slots=True)
class Layout:
    """A position for each node, in the order of ``view.nodes``, and the bands behind them.

    `label_max` is how wide a line of a name may be.
    """

    label: str
    positions: tuple[tuple[int, int], ...]
    heads: tuple[Head, ...]
    label_max: int = LABEL_MAX


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
        self,
        label: str,
        at: dict[str, tuple[float, float]],
        heads: Iterable[Head],
        label_max: int = LABEL_MAX,
    ) -> Layout:
        spots = (at[node.id] for node in self.view.nodes)
        whole = tuple((round(x), round(y)) for x, y in spots)
        return Layout(label, whole, tuple(heads), label_max)


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
    titles = max(text_width(text, 13) * 1.1 for text, _, _ in bands) + 90
    sizes = [band_sizes(nodes) for _, _, nodes in bands]

    shown = [n for n in others if plan.rank(n) < DRAWN_RANK]
    aside = [n for n in others if plan.rank(n) >= DRAWN_RANK]
    best: tuple[float, int, int] = (0.0, 1, 400)
    side = plan.by_kind(shown)
    few = len(plan.view.nodes) > _MANY
    grows = (1.0, 1.25) if few else (1.0, 1.05, 1.1, 1.25, 1.5)
    for inner, grow in product(range(100, 1400, 200 if few else 50), grows):
        wide, high = bands_size(sizes, inner)
        wide += _GUTTER
        tall = max(round(high * grow), 300)
        right, used = max(wide, titles), 0
        if side:
            _, _, right, used = flow(side, tall, right + _GAP, 0)
        score = fit(right, max(high, used))
        if score > best[0] + 1e-9:
            best = (score, inner, tall)
    _, inner, tall = best
    wide = round(max(_GUTTER + bands_size(sizes, inner)[0], titles))
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y = 0
    for (text, head, nodes), tried in zip(bands, sizes, strict=True):
        per_row, _, high = chosen(tried, inner)
        heads.append(Head(text, 0, y, wide, high, head, len(nodes)))
        if head:
            at[head] = (20, y + HEAD + (high - HEAD - PAD) / 2)
        x = _GUTTER
        for part in columns_of(nodes, per_row):
            for node, middle in zip(part, stack(part, y + HEAD), strict=True):
                at[node.id] = (x + 12, middle)
            x += width(part)
        y += high + 8
    for block in side:
        _settle(plan, block, at, tall)
    spots, more, right, used = flow(side, tall, wide + _GAP, 0)
    at |= spots
    spots, rest, _, _ = flow(plan.by_kind(aside), max(tall, used), right + 40, 0)
    return plan.layout(f"by {lane.label}", at | spots, heads + even(more + rest))


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
    total = sum(HEAD + PAD + 7 + height(block.nodes) for block in blocks)
    longest = max((HEAD + PAD + height(b.nodes) for b in blocks if not b.breakable), default=0)
    best = (0.0, 400)
    columns = max(1, round(math.sqrt(total * SHEET[0] / SHEET[1] / 170)))
    slacks = (1.06,) if len(plan.view.nodes) > _MANY else (1, 1.03, 1.06, 1.1, 1.2)
    for count, slack in product(range(max(1, columns - 3), columns + 4), slacks):
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
        wish = springs.spread(len(order), links, wide, area / wide)
        turn = sorted(
            index.values(), key=lambda i: (plan.rank(order[i]), -len(plan.near[order[i].id]))
        )
        seats = springs.seat(rooms, wish, turn, wide, step)
    else:
        seats = springs.rows(rooms, wide, step)
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
