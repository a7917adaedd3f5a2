"""Where a page draws each node: by path, by lane, by cell, and by links.

Positions are computed here, from the data and not by forces in the browser, so
that the same view gives the same picture on every machine and on every day.
Sizes are those of `kg.page.boxes`.
"""

from __future__ import annotations

from kg.page import layout_lanes, layout_links, layout_paths
from kg.page.layout_base import Layout, Plan
from kg.page.view import View, ViewTerm


def place(view: View) -> dict[str, Layout]:
    """Return the layouts that `view` allows, by name, the one to start with first.

    ``paths`` needs paths, ``lanes`` a kind that heads lanes and ``cells`` a node
    with a cell; ``links`` is always there. It is first for what is around one node,
    and where lanes would have no members and most nodes no cell. Linear in nodes and claims.
    """
    plan = Plan(view)
    made: dict[str, Layout] = {}
    if view.paths:
        made["paths"] = layout_paths.paths(plan)
    lane = next((kind for kind in view.kinds if kind.part == "lane"), None)
    if plan.centre or not _banded(plan, lane):
        made["links"] = layout_links.links(plan)
    if lane and any(node.kind == lane.id for node in view.nodes):
        made["lanes"] = layout_lanes.lanes(plan, lane)
    if any(node.cell for node in view.nodes):
        cell = next((term.label for term in view.relations if term.part == "cell"), "")
        made["cells"] = layout_lanes.cells(plan, f"by {_noun(cell) or 'cell'}", lane)
    if "links" not in made:
        made["links"] = layout_links.links(plan)
    return made


def _banded(plan: Plan, lane: ViewTerm | None) -> bool:
    """Whether lanes have members, or most of what is drawn has a cell."""
    if lane and any(node.lane not in ("", node.id) for node in plan.view.nodes):
        return True
    shown = plan.shown
    return 2 * sum(bool(node.cell) for node in shown) > len(shown)


def _noun(label: str) -> str:
    """The thing that a relation's label names: "is in country" gives "country"."""
    words = label.split()
    return words[-1] if words else ""
