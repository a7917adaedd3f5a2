"""Lines of the page keep off the symbols of third actors: the router alone, and every view of the shipped case."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from browsing import now

from kg.page import render

SCRIPT = Path(render.__file__).parent / "templates" / "route.js"
GAP = 2
LAY = """(graphs) => graphs.map(([discs, pairs]) => {
    const routes = [];
    const far = ([a, b]) => Math.hypot(discs[a][0] - discs[b][0], discs[a][1] - discs[b][1]);
    const wishes = pairs.map((pair) => ({ a: pair[0], b: pair[1], bends: bendsFor(0, far(pair), 130) }));
    for (const step of Router(discs, 2, 6).route(wishes, routes)) void step;
    return routes;
})"""


def graph(seed: int) -> tuple[list[list[float]], list[tuple[int, int]]]:
    """Discs that do not meet, in dense columns or strewn, and pairs of them to link."""
    pick = random.Random(seed)
    discs: list[list[float]] = []
    for i in range(pick.randrange(3, 70)):
        r = pick.choice((6.5, 7.4, 10.5))
        if seed % 2:
            discs.append([90.0 * (i // 14), 17.5 * (i % 14), 7.4])
            continue
        spot = [pick.uniform(0, 700), pick.uniform(0, 500), r]
        if all((x - spot[0]) ** 2 + (y - spot[1]) ** 2 > (r + s + 9) ** 2 for x, y, s in discs):
            discs.append(spot)
    numbers = range(len(discs))
    return discs, [(a, b) for a, b in (pick.sample(numbers, 2) for _ in numbers)]


def pieces(start: list[float], parts: list[list[float]]) -> list[list[float]]:
    """Points along quadratic curves."""
    points = [start[:2]]
    for cx, cy, x, y in parts:
        (px, py) = points[-1]
        for t in (i / 40 for i in range(1, 41)):
            u = 1 - t
            points.append(
                [u * u * px + 2 * t * u * cx + t * t * x, u * u * py + 2 * t * u * cy + t * t * y]
            )
    return points


@pytest.fixture(scope="module")
def router(new_tab: Any) -> Any:
    tab = new_tab()
    tab.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield tab
    tab.close()


def test_no_route_meets_a_third_disc(router: Any) -> None:
    free(router, range(40))


def free(router: Any, seeds: range) -> None:
    """Hold the router to graphs by their seeds."""
    graphs = [graph(seed) for seed in seeds]
    laid = router.evaluate(LAY, graphs)
    met, whole = [], 0
    for seed, (discs, pairs), routes in zip(seeds, graphs, laid, strict=True):
        for (a, b), route in zip(pairs, routes, strict=True):
            if "ends" in route:
                ways = [[discs[a][:2], route["ends"][0]], [discs[b][:2], route["ends"][1]]]
            else:
                whole += 1
                ways = [pieces(discs[a], route["parts"])]
                assert ways[0][-1] == pytest.approx(discs[b][:2])
            for i, (x, y, r) in enumerate(discs):
                near = (r + GAP - 0.7) ** 2
                if i not in (a, b) and any(
                    (x - px) ** 2 + (y - py) ** 2 < near for way in ways for px, py in way
                ):
                    met.append((seed, a, b, i))
    assert not met
    assert whole == sum(len(pairs) for _, pairs in graphs)
    assert router.evaluate(LAY, graphs[:10]) == laid[:10]


def test_what_is_walled_in_has_a_stub_at_each_end(router: Any) -> None:
    wall = [[9.0 * x, 9.0 * y, 7.0] for x in range(-2, 3) for y in range(-2, 3) if x or y]
    [[route]] = router.evaluate(LAY, [[[[0.0, 0.0, 5.0], [200.0, 0.0, 7.0], *wall], [[0, 1]]]])
    assert list(route) == ["ends"]


VIEWS = {
    "whole": (),
    "around": ("--focus", "Jeremy Daum", "--depth", "2"),
    "paths": ("--path", "Lu Jianwang", "Ministry of Public Security", "-k", "5"),
    "contested": ("--status", "contested"),
    "document": ("--document", "doc-110-summary"),
}
MET = """() => {
    const { nodes, lines, bundles } = kg.scene();
    const away = ([x1, y1, x2, y2], { x, y }) => {
        const [dx, dy] = [x2 - x1, y2 - y1];
        const u = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
        return Math.hypot(x1 + u * dx - x, y1 + u * dy - y);
    };
    const third = (line) => nodes.filter(({ id }) => id !== line.from && id !== line.to);
    return [lines.length + bundles.length, lines.filter((line) => line.stub).length, [...lines, ...bundles].flatMap((line) => third(line)
        .filter((node) => line.pieces.some((piece) => away(piece, node) < node.r)).map(({ id }) => [line.id, id]))];
}"""


def test_no_line_of_the_shipped_case_meets_a_third_symbol(
    new_tab: Any, stand: Path, tmp_path: Path, kg: Any
) -> None:
    for name in VIEWS:
        clear(new_tab, stand, tmp_path / f"{name}.html", kg, name, 1)


def clear(new_tab: Any, stand: Path, out: Path, kg: Any, name: str, nearer: int) -> None:
    """Hold a view in each of its layouts, from afar and so many steps nearer."""
    done = kg(stand, "--case", "example", "view", *VIEWS[name], "-o", str(out))
    assert done.returncode == 0, done.stderr
    tab = new_tab()
    tab.goto(out.as_uri())
    tab.wait_for_function("window.kg")
    layouts = tab.locator("#layout option").evaluate_all("all => all.map(one => one.value)")
    assert layouts
    for layout in layouts:
        tab.select_option("#layout", layout)
        for step in range(nearer):
            if step:
                tab.locator("#canvas").press("+")
            count, stubs, met = now(tab, MET)
            assert (stubs, met) == (0, []), (name, layout, step)
            assert count or step
    tab.close()
