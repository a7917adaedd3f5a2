"""Layouts: every node has its place, nobody sits on anybody, the same today and tomorrow."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from sampleview import case, large

from kg.page.boxes import PITCH, PITCH_TWO, SIZE, label_of, room, text_width
from kg.page.layout_paths import columns
from kg.page.layouts import Layout, place
from kg.page.view import DRAWN_RANK, View, ViewNode, ViewPath, ViewTerm

TINY = View(
    "t", "", "", "en", "1", "",
    kinds=(ViewTerm("team", "team", part="lane", rank=1), ViewTerm("player", "player", rank=2),
           ViewTerm("ground", "ground", rank=9)),
    relations=(ViewTerm("in", "is in town", part="cell"),), statuses=(), bases=(),
    nodes=(ViewNode("t1", "Reds", "team"), ViewNode("p1", "Ann", "player", lane="t1", cell="Bath"),
           ViewNode("p2", "Bob", "player"), ViewNode("g1", "Park", "ground")),
    claims=(), documents=(),
)  # fmt: skip


def drawn(view: View, layout: Layout) -> list[tuple[ViewNode, tuple[int, int]]]:
    rank = {kind.id: kind.rank for kind in view.kinds}
    pairs = zip(view.nodes, layout.positions, strict=True)
    return [(node, spot) for node, spot in pairs if rank[node.kind] < DRAWN_RANK]


def test_the_names_of_layouts_come_from_the_terms() -> None:
    assert {name: made.label for name, made in place(TINY).items()} == {
        "lanes": "by team",
        "cells": "by town",
        "links": "by links",
    }


def test_a_view_without_lanes_or_cells_has_only_links() -> None:
    nodes = tuple(dataclasses.replace(node, lane="", cell="") for node in TINY.nodes)
    kinds = tuple(dataclasses.replace(kind, part="") for kind in TINY.kinds)
    assert list(place(dataclasses.replace(TINY, nodes=nodes, kinds=kinds))) == ["links"]


def test_paths_come_first_and_only_where_there_are_some() -> None:
    walk = ViewPath(("p1", "p2", "t1"), (), "")
    other = ViewPath(("p1", "t1", "p2"), (), "")
    made = place(dataclasses.replace(TINY, paths=(walk, other)))
    assert list(made) == ["paths", "lanes", "cells", "links"]
    assert len(set(made["paths"].positions)) == len(TINY.nodes)


def test_what_a_view_is_about_stands_in_the_middle_of_its_links() -> None:
    made = place(dataclasses.replace(TINY, highlight=("p2",)))
    assert list(made) == ["links", "lanes", "cells"]
    spots = dict(zip((n.id for n in TINY.nodes), made["links"].positions, strict=True))
    assert (
        spots["t1"][0] < spots["p2"][0] < spots["p1"][0]
        or spots["p1"][0] < spots["p2"][0] < spots["t1"][0]
    )


def test_steps_of_paths_lead_on_whatever_the_paths() -> None:
    walks = [[*"abz"], [*"acbdz"], [*"adcz"], [*"az"]]
    made = columns(walks)
    assert made["a"] == 0 and max(made.values()) == made["z"]
    assert made["a"] < made["c"] < made["b"] < made["d"] < made["z"]


def test_an_empty_view_has_an_empty_layout() -> None:
    made = place(dataclasses.replace(TINY, nodes=()))
    assert list(made) == ["links"] and made["links"].positions == ()


def test_a_member_of_no_lane_stands_in_a_band_that_says_so() -> None:
    assert [head.text for head in place(TINY)["lanes"].heads][:2] == ["Reds", "no team named"]


def test_members_stand_in_the_band_of_their_lane() -> None:
    view = case()
    made = place(view)["lanes"]
    bands = {head.node: head for head in made.heads if head.node}
    assert len(bands) == 7
    for node, (x, y) in drawn(view, made):
        if node.lane:
            band = bands[node.lane]
            assert band.x < x < band.x + band.width and band.y < y < band.y + band.height


def test_nodes_stand_in_the_box_of_their_cell() -> None:
    view = case()
    made = place(view)["cells"]
    boxes = {head.text: head for head in made.heads}
    for node, (x, y) in drawn(view, made):
        if node.cell:
            box = boxes[node.cell]
            assert box.x < x < box.x + box.width and box.y < y < box.y + box.height


@pytest.mark.parametrize("name", ["lanes", "cells", "links"])
def test_every_symbol_has_room_for_itself_and_its_name(name: str) -> None:
    view = case()
    boxes = []
    made = place(view)[name]
    for node, (x, y) in drawn(view, made):
        wide = room(node, made.label_max) * 12 / SIZE
        half = (
            PITCH if text_width(label_of(node), SIZE) <= made.label_max else PITCH_TWO - 2
        ) / 2 - 1
        lane = node.kind == "bureau"  # named by the title of its lane there
        boxes.append((x - 7, y - half, x + 7 if lane else x + 11 + wide, y + half, node.id))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a, b)


@pytest.mark.parametrize("name", ["lanes", "cells", "links"])
def test_the_picture_is_neither_a_strip_nor_a_tower(name: str) -> None:
    view = case()
    spots = [spot for _, spot in drawn(view, place(view)[name])]
    wide, high = max(x for x, _ in spots), max(y for _, y in spots)
    assert 0.6 < wide / high < 1.7


def test_equal_views_have_equal_layouts_whatever_the_hash_seed() -> None:
    code = "from sampleview import case; from kg.page.layouts import place; print(place(case()))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] and len(runs[0]) > 10_000


def test_thousands_of_nodes_have_places() -> None:
    view = large(4_000)
    made = place(view)
    assert all(len(layout.positions) == 4_000 for layout in made.values() if not layout.live)
    assert all(len(set(layout.positions)) == 4_000 for layout in made.values() if not layout.live)


@pytest.mark.parametrize(("text", "pixels"), [("", 0), ("Dublin", 34), ("福州", 24)])
def test_widths_are_near_the_truth(text: str, pixels: int) -> None:
    assert abs(text_width(text) - pixels) <= 3


def test_what_is_much_disputed_opens_on_that_and_a_small_calm_view_is_drawn_whole() -> None:
    claims = [c for c in case().claims if c.object][:30]
    calm = [dataclasses.replace(c, standing=c.standing._replace(status="Open")) for c in claims]
    loud = [dataclasses.replace(c, standing=c.standing._replace(status="Denied")) for c in claims]
    for made, first in ((calm, "lanes"), (calm[:25] + loud[25:], "lanes"), (loud, "dispute")):
        placed = place(dataclasses.replace(TINY, claims=tuple(made)))
        assert next(iter(placed)) == first
    assert next(iter(place(dataclasses.replace(case(), highlight=("person-0",))))) == "links"
