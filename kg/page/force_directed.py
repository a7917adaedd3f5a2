"""Points by their links: springs between neighbours, then a free seat for each name.

Plain geometry over numbers, without knowledge of what is placed. Everything is
worked out from the order of the input, nothing from chance or a clock.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

Point = tuple[float, float]


def spread(count: int, links: Sequence[tuple[int, int]], wide: float, high: float) -> list[Point]:
    """Place `count` points on a sheet so that linked ones (pairs of numbers) are near.

    Springs between neighbours and repulsion within reach, after Fruchterman
    and Reingold 1991, https://doi.org/10.1002/spe.4380211102. About half a
    second for 300 points, two for 1,200.
    """
    if not count:
        return []
    unit = math.sqrt(1 / count)
    xs = [0.5 + 0.5 * math.sqrt(i / count) * math.cos(i * 2.399963) for i in range(count)]
    ys = [0.5 + 0.5 * math.sqrt(i / count) * math.sin(i * 2.399963) for i in range(count)]
    rounds = max(20, min(110, 30000 // count))
    for turn in range(rounds):
        heat = 0.08 * (1 - turn / rounds) ** 1.5 + 0.002
        dx = [(0.5 - x) * 0.5 * unit for x in xs]
        dy = [(0.5 - y) * 0.5 * unit for y in ys]
        _repel(xs, ys, dx, dy, unit)
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
    # Half by rank: the sheet is used evenly, clusters stay together.
    return [(wide * x, high * y) for x, y in zip(_stretch(xs), _stretch(ys), strict=True)]


def _repel(
    xs: Sequence[float], ys: Sequence[float], dx: list[float], dy: list[float], unit: float
) -> None:
    """Push points apart that are within reach of each other, found by a grid."""
    reach = 2.4 * unit
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i in range(len(xs)):
        grid[int(xs[i] // reach), int(ys[i] // reach)].append(i)
    for (gx, gy), inside in grid.items():
        for ox, oy in ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)):
            there = grid.get((gx + ox, gy + oy), ())
            for i in inside:
                for j in there:
                    if not (ox or oy) and i >= j:
                        continue
                    ex, ey = xs[i] - xs[j], ys[i] - ys[j]
                    gap = ex * ex + ey * ey + 1e-9
                    if gap < reach * reach:
                        push = unit * unit / gap
                        dx[i] += ex * push
                        dx[j] -= ex * push
                        dy[i] += ey * push
                        dy[j] -= ey * push


def _stretch(values: Sequence[float]) -> list[float]:
    """Values as 0..1, half by size and half by rank."""
    low, high = min(values), max(values)
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    ranks = {i: rank for rank, i in enumerate(order)}
    last = max(1, len(values) - 1)
    return [
        0.5 * (value - low) / ((high - low) or 1) + 0.5 * ranks[i] / last
        for i, value in enumerate(values)
    ]


def seat(
    rooms: Sequence[float],
    wish: Sequence[Point],
    turn: Sequence[int],
    wide: float,
    step: float,
) -> list[Point]:
    """Give each point, in order of `turn`, the free seat nearest to its wish.

    Seats lie in rows `step` apart on a sheet `wide` across; `rooms` says how
    wide each seat is. Returns the left ends; no two seats overlap.
    """
    taken: dict[int, list[Point]] = defaultdict(list)
    at: list[Point] = [(0.0, 0.0)] * len(rooms)
    for i in turn:
        room = rooms[i]
        want_x = min(max(wish[i][0] - 10, 0), max(0.0, wide - room))
        middle = round(wish[i][1] / step)
        best = (math.inf, 0, 0.0)
        away = 0
        while (away - 1) * step <= best[0]:
            for row in {middle + away, middle - away}:
                x = _gap(taken[row], want_x, room, wide) if row >= 0 else None
                if x is not None:
                    cost = math.hypot(x - want_x, row * step - wish[i][1])
                    best = min(best, (cost, row, x))
            away += 1
        _, row, x = best
        taken[row].append((x, x + room))
        taken[row].sort()
        at[i] = (x, row * step)
    return at


def _gap(taken: Sequence[Point], want: float, room: float, wide: float) -> float | None:
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


def rows(rooms: Sequence[float], wide: float, step: float) -> list[Point]:
    """Seats one after the other in rows, for more points than springs can carry."""
    at: list[Point] = []
    x, y = 0.0, 0.0
    for room in rooms:
        if x + room > wide and x:
            x, y = 0.0, y + step
        at.append((x, y))
        x += room
    return at
