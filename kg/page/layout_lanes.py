"""Nodes in titled bands: lanes under their heads, and a box for each cell."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import product

from kg.page.boxes import (
    HEAD,
    PAD,
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
    height,
    label_of,
    stack,
    text_width,
    width,
)
from kg.page.layout_base import GAP, GUTTER, MANY, Layout, Plan
from kg.page.view import DRAWN_RANK, ViewNode


def lanes(plan: Plan) -> Layout | None:
    """Lane heads with their members in bands, every other kind in columns to the right."""
    lane = plan.lane
    tops = sorted((n for n in plan.view.nodes if lane and n.kind == lane.id), key=plan.key)
    if not (lane and tops):
        return None
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
    few = len(plan.view.nodes) > MANY
    grows = (1.0, 1.25) if few else (1.0, 1.05, 1.1, 1.25, 1.5)
    for inner, grow in product(range(100, 1400, 200 if few else 50), grows):
        wide, high = bands_size(sizes, inner)
        wide += GUTTER
        tall = max(round(high * grow), 300)
        right, used = max(wide, titles), 0
        if side:
            _, _, right, used = flow(side, tall, right + GAP, 0)
        score = fit(right, max(high, used))
        if score > best[0] + 1e-9:
            best = (score, inner, tall)
    _, inner, tall = best
    wide = round(max(GUTTER + bands_size(sizes, inner)[0], titles))
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y = 0
    for (text, head, nodes), tried in zip(bands, sizes, strict=True):
        per_row, _, high = chosen(tried, inner)
        heads.append(Head(text, 0, y, wide, high, head, len(nodes)))
        if head:
            at[head] = (20, y + HEAD + (high - HEAD - PAD) / 2)
        x = GUTTER
        for part in columns_of(nodes, per_row):
            for node, middle in zip(part, stack(part, y + HEAD), strict=True):
                at[node.id] = (x + 12, middle)
            x += width(part)
        y += high + 8
    for block in side:
        _settle(plan, block, at, tall)
    spots, more, right, used = flow(side, tall, wide + GAP, 0)
    at |= spots
    spots, rest, _, _ = flow(plan.by_kind(aside), max(tall, used), right + 40, 0)
    return plan.layout(f"by {lane.label}", at | spots, heads + even(more + rest))


def _settle(plan: Plan, block: Block, at: dict[str, tuple[float, float]], tall: int) -> None:
    """Order a block by the mean height of its neighbours, so that lines cross less."""

    def mean(node: ViewNode) -> float:
        ys = [at[other][1] for other in plan.near[node.id] if other in at]
        return sum(ys) / len(ys) if ys else math.inf

    block.nodes.sort(key=lambda node: (mean(node), plan.key(node)))
    step = tall / max(1, len(block.nodes))
    for row, node in enumerate(block.nodes):
        at[node.id] = (0.0, row * step)  # provisional: the next block orders itself by it


def cells(plan: Plan) -> Layout | None:
    """Lane heads in a row on top, a box per cell in reading order, then what has no cell."""
    if not any(node.cell for node in plan.view.nodes):
        return None
    lane = plan.lane
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
    slacks = (1.06,) if len(plan.view.nodes) > MANY else (1, 1.03, 1.06, 1.1, 1.2)
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
    return plan.layout(f"by {_cell_noun(plan)}", at | spots, even(heads + rest))


def _cell_noun(plan: Plan) -> str:
    """What a cell is, by its relation's label: "is in country" gives "country"."""
    label = next((term.label for term in plan.view.relations if term.part == "cell"), "")
    return (label.split() or ["cell"])[-1]
