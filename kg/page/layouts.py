"""Where a page draws each node: by path, by lane, by cell, and by links.

Positions are computed here, from the data and not by forces in the browser, so
that the same view gives the same picture on every machine and on every day.
Sizes are those of `kg.page.boxes`.

A layout is a function from a plan to a `Layout`, or to None where a view does not
allow it; a line in `LAYOUTS` puts it on every page and among the choices of ``--layout``.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.analysis.opening import DISPUTED
from kg.page import layout_lanes, layout_links, layout_paths
from kg.page.layout_base import Layout, Plan
from kg.page.view import View

FEW = 40
"""Up to here a page draws all with its words at once."""


def dispute(plan: Plan) -> Layout | None:
    """What is contested or denied, with who is for and against it; laid by the page."""
    if not any(claim.standing.status in DISPUTED for claim in plan.view.claims):
        return None
    return Layout("by dispute", (), (), live=True)


def weight(plan: Plan) -> Layout | None:
    """What most sides and documents speak of; laid by the page."""
    if len(plan.view.nodes) <= FEW:
        return None
    return Layout("by weight", (), (), live=True)


LAYOUTS: dict[str, Callable[[Plan], Layout | None]] = {
    "paths": layout_paths.paths,
    "lanes": layout_lanes.lanes,
    "cells": layout_lanes.cells,
    "links": layout_links.links,
    "dispute": dispute,
    "weight": weight,
}


def place(view: View) -> dict[str, Layout]:
    """Return the layouts that `view` allows, by name, the one to start with first.

    ``paths`` needs paths, ``dispute`` a disputed claim, ``weight`` more than is drawn whole,
    ``lanes`` a kind that heads lanes and ``cells`` a node with a cell; ``links`` is always there.
    Paths are first; then what is disputed, or what weighs most, where a view is too large to be
    drawn whole or much of it is disputed; links are first for what is around one node, and where
    lanes would have no members and most nodes no cell. Linear in nodes and claims.
    """
    plan = Plan(view)
    names = list(LAYOUTS)
    if plan.centre or not plan.banded:
        names.remove("links")
        names.insert(names.index("paths") + 1, "links")
    disputed = sum(claim.standing.status in DISPUTED for claim in view.claims)
    # A small page whose claims are mostly undisputed is drawn whole.
    if not plan.centre and (len(view.nodes) > FEW or 3 * disputed > len(view.claims)):
        first = ["paths", "dispute", "weight"]
        names = first + [name for name in names if name not in first]
    made = ((name, LAYOUTS[name](plan)) for name in names)
    return {name: layout for name, layout in made if layout}
