"""Where a page draws each node: by lane, by cell, and by links.

Positions are computed here, from the data and not by forces in the browser, so
that the same view gives the same picture on every machine and on every day.
One unit is one CSS pixel of a picture that just fits its sheet (`SHEET`), and
every symbol has room for its name beside it: `LABEL_MAX` wide, `PITCH` high.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from kg.views import View, ViewNode, ViewTerm

SHEET = (900, 800)
LABEL_MAX = 128
PITCH = 16
DRAWN_RANK = 8
"""Kinds from this rank on (documents, places, topics) start switched off and stand aside."""

_HEAD = 24
_PAD = 8
_GUTTER = 62
_SYMBOL = 20
_FORCE_LIMIT = 1200
# Widths of ASCII 32-126 in Arial, Helvetica and Liberation Sans (one metric), per 1000.
_NARROW = {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys(" !,./:;I[\\]ft|()-r`\"", 310),
    **dict.fromkeys("ckvxyzsJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUwGOQ", 740),
    **dict.fromkeys("mMW%@", 880),
}


@dataclass(frozen=True, slots=True)
class Head:
    """A titled band of the picture; `node` is the lane head that it belongs to, if any."""

    text: str
    x: int
    y: int
    width: int
    height: int
    node: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A position for each node, in the order of ``view.nodes``, and the bands behind them."""

    label: str
    positions: tuple[tuple[int, int], ...]
    heads: tuple[Head, ...]


@dataclass(slots=True)
class _Block:
    title: str
    nodes: list[ViewNode]
    node: str = ""
    breakable: bool = True


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


def text_width(text: str, size: float = 12) -> float:
    """Return the width of `text` in pixels, near enough to reserve room for it."""
    total = 0
    for char in text:
        if char.isascii():
            total += _NARROW.get(char, 556)
        else:
            total += 1000 if unicodedata.east_asian_width(char) in "WF" else 600
    return total * size / 1000


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
            if pair[0] in self.index and pair[1] in self.index and pair[0] != pair[1]:
                if claim.relation not in self.faint:
                    self.near[pair[0]].append(pair[1])
                    self.near[pair[1]].append(pair[0])

    def rank(self, node: ViewNode) -> int:
        kind = self.kinds.get(node.kind)
        return kind.rank if kind else 99

    def key(self, node: ViewNode) -> tuple[object, ...]:
        return self.rank(node), node.cell, _label(node).casefold(), node.id

    def by_kind(self, nodes: Iterable[ViewNode]) -> list[_Block]:
        """Blocks of one kind each, in order of rank, titled with the kind's label."""
        groups: dict[str, list[ViewNode]] = defaultdict(list)
        for node in sorted(nodes, key=self.key):
            groups[node.kind].append(node)
        order = sorted(groups, key=lambda kind: (self.rank(groups[kind][0]), kind))
        return [
            _Block(self.kinds[kind].label if kind in self.kinds else kind, groups[kind])
            for kind in order
        ]

    def layout(
        self, label: str, at: dict[str, tuple[float, float]], heads: Iterable[Head]
    ) -> Layout:
        spots = (at[node.id] for node in self.view.nodes)
        return Layout(label, tuple((round(x), round(y)) for x, y in spots), tuple(heads))


def _label(node: ViewNode) -> str:
    return node.short or node.name


def _noun(label: str) -> str:
    """The thing that a relation's label names: "is in country" gives "country"."""
    words = label.split()
    return words[-1] if words else ""


def _column(nodes: Sequence[ViewNode]) -> int:
    """The width of a column that holds `nodes` with their names."""
    widest = max((text_width(_label(node)) for node in nodes), default=0)
    return round(min(widest, LABEL_MAX)) + _SYMBOL + 14


def _flow(
    blocks: Sequence[_Block], height: int, x: float, top: int
) -> tuple[dict[str, tuple[float, float]], list[Head], float, int]:
    """Set blocks like a newspaper, in columns of at most `height`.

    Returns positions, heads, the right edge and the height that was used.
    """
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y, wide, used = 0, 0, 0
    for block in blocks:
        rest, part = list(block.nodes), 0
        while rest:
            room = (height - y - _HEAD - _PAD) // PITCH
            fits = room >= len(rest) or (block.breakable and room >= min(8, len(rest)))
            if y and not fits:
                x, y, wide = x + wide + 10, 0, 0
                continue
            take = rest if not block.breakable else rest[: max(1, room)]
            rest = rest[len(take) :]
            column = _column(take)
            wide = max(wide, column)
            tall = _HEAD + len(take) * PITCH + _PAD
            count = 0 if part else len(block.nodes)
            title = block.title if not part else f"{block.title}, more"
            heads.append(Head(title, round(x), top + y, column, tall, block.node, count))
            for row, node in enumerate(take):
                at[node.id] = (x + 12, top + y + _HEAD + PITCH * row + PITCH // 2)
            y += tall + 8
            used = max(used, y)
            part += 1
    return at, heads, x + wide, used


def _even(heads: list[Head]) -> list[Head]:
    """Make the bands of one column as wide as the widest of them."""
    widest: dict[int, int] = defaultdict(int)
    for head in heads:
        widest[head.x] = max(widest[head.x], head.width)
    return [
        Head(h.text, h.x, h.y, widest[h.x], h.height, h.node, h.count) for h in heads
    ]


def _fit(width: float, height: float) -> float:
    return min(SHEET[0] / max(width, 1), SHEET[1] / max(height, 1))


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
    bands = [(_label(h), h.id, members[h.id]) for h in tops]
    bands.sort(key=lambda band: (-len(band[2]), band[0]))
    if loose:
        bands.append((f"no {lane.label} named", "", loose))
    column = _column([n for _, _, nodes in bands for n in nodes])
    titles = max(text_width(text, 13) * 1.1 for text, _, _ in bands) + 90

    def band_size(per_row: int) -> tuple[float, int]:
        high = sum(_band_height(len(nodes), per_row) + 8 for _, _, nodes in bands)
        return max(_GUTTER + per_row * column, titles), high

    shown = [n for n in others if plan.rank(n) < DRAWN_RANK]
    aside = [n for n in others if plan.rank(n) >= DRAWN_RANK]
    best: tuple[float, int, int] = (0.0, 1, 400)
    side = plan.by_kind(shown)
    for per_row, grow in product(range(1, 9), (1.0, 1.1, 1.25, 1.5, 2.0)):
        wide, high = band_size(per_row)
        tall = max(round(high * grow), 300)
        _, _, right, used = _flow(side, tall, wide + 34, 0)
        score = _fit(right if side else wide, max(high, used))
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
            at[head] = (24, y + _HEAD + (high - _HEAD - _PAD) / 2)
        for i, node in enumerate(nodes):
            spot = _GUTTER + 12 + (i // rows) * column, y + _HEAD + (i % rows + 0.5) * PITCH
            at[node.id] = spot
        y += high + 8
    for block in side:
        _settle(plan, block, at, tall)
    spots, more, right, used = _flow(side, tall, wide + 34, 0)
    at |= spots
    spots, rest, _, _ = _flow(plan.by_kind(aside), max(tall, used), right + 40, 0)
    return plan.layout(f"by {lane.label}", at | spots, heads + _even(more + rest))


def _band_height(count: int, per_row: int) -> int:
    return _HEAD + max(1, math.ceil(count / per_row)) * PITCH + _PAD


def _settle(plan: _Plan, block: _Block, at: dict[str, tuple[float, float]], tall: int) -> None:
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
    blocks = [
        # What belongs to no lane (a government) leads its cell.
        _Block(cell, sorted(cells[cell], key=lambda n: bool(n.lane)), breakable=len(cells[cell]) > 30)
        for cell in sorted(cells, key=str.casefold)
    ]
    blocks += plan.by_kind(plain)
    total = sum(_HEAD + _PAD + 8 + PITCH * len(block.nodes) for block in blocks)
    best = (0.0, 400)
    for columns in range(1, 60):
        tall = round(total / columns * 1.06) + 40
        _, _, right, used = _flow(blocks, tall, 0, 0)
        score = _fit(right, used + 70)
        if score > best[0] + 1e-9:
            best = (score, tall)
        elif score < best[0] * 0.6:
            break
    _, _, right, _ = _flow(blocks, best[1], 0, 0)
    at: dict[str, tuple[float, float]] = {}
    step = max((text_width(_label(n), 13) * 1.1 for n in tops), default=0) + 46
    per_row = max(1, min(len(tops), int(right // step))) if tops else 1
    step = max(step, right / per_row)
    for i, node in enumerate(tops):
        at[node.id] = (16 + (i % per_row) * step, 16 + (i // per_row) * 30)
    top = math.ceil(len(tops) / per_row) * 30 + 24 if tops else 0
    spots, heads, right, used = _flow(blocks, best[1], 0, top)
    at |= spots
    spots, rest, _, _ = _flow(plan.by_kind(aside), max(used, best[1]), right + 40, top)
    return plan.layout(label, at | spots, _even(heads + rest))


def _links(plan: _Plan) -> Layout:
    """Linked nodes near each other, each with free room for its name; the rest below."""
    shown = [n for n in plan.view.nodes if plan.rank(n) < DRAWN_RANK]
    linked = [n for n in shown if any(True for _ in plan.near[n.id])]
    order = _walk(plan, linked)
    area = sum((_column([n]) + 6) * (PITCH + 2) for n in shown) / 0.56
    wide = max(300.0, math.sqrt(area * SHEET[0] / SHEET[1]))
    if len(order) <= _FORCE_LIMIT:
        wish = _spread(plan, order, wide, area / wide)
    else:
        wish = {}
    at, y = _seat(plan, order, wish, wide)
    loose = sorted((n for n in shown if n.id not in at), key=plan.key)
    heads: list[Head] = []
    top = y + 30
    tail, more, right, used = _flow_rows(plan.by_kind(loose), wide, top)
    at |= tail
    heads += more
    aside = [n for n in plan.view.nodes if n.id not in at]
    spots, rest, _, _ = _flow(plan.by_kind(aside), round(max(used, 500)), wide + 60, 0)
    return plan.layout("by links", at | spots, heads + _even(rest))


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


def _spread(
    plan: _Plan, order: Sequence[ViewNode], wide: float, high: float
) -> dict[str, tuple[float, float]]:
    """Springs between neighbours, repulsion within reach (Fruchterman and Reingold 1991)."""
    count = len(order)
    if not count:
        return {}
    index = {node.id: i for i, node in enumerate(order)}
    links = sorted(
        {
            (min(i, index[other]), max(i, index[other]))
            for i, node in enumerate(order)
            for other in plan.near[node.id]
            if other in index
        }
    )
    unit = math.sqrt(1 / count)
    xs = [0.5 + 0.5 * math.sqrt(i / count) * math.cos(i * 2.399963) for i in range(count)]
    ys = [0.5 + 0.5 * math.sqrt(i / count) * math.sin(i * 2.399963) for i in range(count)]
    reach = 2.4 * unit
    rounds = max(20, min(110, 30000 // count))
    for turn in range(rounds):
        heat = 0.08 * (1 - turn / rounds) ** 1.5 + 0.002
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i in range(count):
            grid[int(xs[i] // reach), int(ys[i] // reach)].append(i)
        dx = [(0.5 - x) * 0.5 * unit for x in xs]
        dy = [(0.5 - y) * 0.5 * unit for y in ys]
        for (gx, gy), inside in grid.items():
            for ox, oy in ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)):
                there = grid.get((gx + ox, gy + oy), ())
                for i in inside:
                    for j in there:
                        if (ox or oy) or i < j:
                            ex, ey = xs[i] - xs[j], ys[i] - ys[j]
                            gap = ex * ex + ey * ey + 1e-9
                            push = unit * unit / gap
                            if gap < reach * reach:
                                dx[i] += ex * push
                                dx[j] -= ex * push
                                dy[i] += ey * push
                                dy[j] -= ey * push
        for i, j in links:
            ex, ey = xs[i] - xs[j], ys[i] - ys[j]
            pull = math.sqrt(ex * ex + ey * ey) / unit
            dx[i] -= ex * pull
            dx[j] += ex * pull
            dy[i] -= ey * pull
            dy[j] += ey * pull
        for i in range(count):
            size = math.sqrt(dx[i] ** 2 + dy[i] ** 2) or 1
            xs[i] += dx[i] / size * min(size, heat)
            ys[i] += dy[i] / size * min(size, heat)
    # Ranks instead of raw coordinates use the sheet evenly; the mean of both keeps clusters.
    return {
        node.id: (wide * x, high * y)
        for node, x, y in zip(order, _stretch(xs), _stretch(ys), strict=True)
    }


def _stretch(values: Sequence[float]) -> list[float]:
    """Values as 0..1, half by size and half by rank."""
    low, high = min(values), max(values)
    ranks = {i: r for r, i in enumerate(sorted(range(len(values)), key=lambda i: (values[i], i)))}
    last = max(1, len(values) - 1)
    return [
        0.5 * (value - low) / ((high - low) or 1) + 0.5 * ranks[i] / last
        for i, value in enumerate(values)
    ]


def _seat(
    plan: _Plan,
    order: Sequence[ViewNode],
    wish: dict[str, tuple[float, float]],
    wide: float,
) -> tuple[dict[str, tuple[float, float]], float]:
    """Give each node the free seat nearest to its wish, symbol and name included."""
    at: dict[str, tuple[float, float]] = {}
    step = PITCH + 2
    if not wish:
        x, y = 0.0, 0.0
        for node in order:
            room = _column([node]) + 6
            if x + room > wide and x:
                x, y = 0.0, y + step
            at[node.id] = (x + 10, y)
            x += room
        return at, y + step
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for node in sorted(order, key=lambda n: (plan.rank(n), -len(plan.near[n.id]), n.id)):
        room = _column([node]) + 6
        want_x, want_y = wish[node.id]
        want_x = min(max(want_x - 10, 0), max(0.0, wide - room))
        middle = round(want_y / step)
        best: tuple[float, float, int] | None = None
        for away in range(400):
            if best and (away - 1) * step > best[0]:
                break
            for row in {middle + away, middle - away}:
                if row < 0:
                    continue
                x = _gap(rows[row], want_x, room, wide)
                if x is not None:
                    cost = math.hypot(x - want_x, row * step - want_y)
                    if best is None or (cost, row) < (best[0], best[2]):
                        best = cost, x, row
        assert best is not None
        _, x, row = best
        rows[row].append((x, x + room))
        rows[row].sort()
        at[node.id] = (x + 10, row * step)
    return at, max((y for _, y in at.values()), default=0)


def _gap(taken: Sequence[tuple[float, float]], want: float, room: float, wide: float) -> float | None:
    """The free place in a row nearest to `want`, or None."""
    best: float | None = None
    edge = 0.0
    for start, end in (*taken, (max(wide, room), math.inf)):
        if start - edge >= room:
            x = min(max(want, edge), start - room)
            if best is None or abs(x - want) < abs(best - want):
                best = x
        edge = end
    return best


def _flow_rows(
    blocks: Sequence[_Block], wide: float, top: float
) -> tuple[dict[str, tuple[float, float]], list[Head], float, float]:
    """Unlinked nodes in rows below the picture, a band per kind."""
    at: dict[str, tuple[float, float]] = {}
    heads: list[Head] = []
    y = top
    for block in blocks:
        column = _column(block.nodes)
        per_row = max(1, int(wide // column))
        rows = math.ceil(len(block.nodes) / per_row)
        tall = _HEAD + rows * PITCH + _PAD
        title = block.title
        heads.append(Head(title, 0, round(y), round(wide), tall, "", len(block.nodes)))
        for i, node in enumerate(block.nodes):
            spot = 12 + (i % per_row) * column, y + _HEAD + (i // per_row + 0.5) * PITCH
            at[node.id] = spot
        y += tall + 8
    return at, heads, wide, y
