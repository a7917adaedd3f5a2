"""Nodes and links in JSON: as networkx, d3, sigma and graphology write them.

Ends of links are ids, or, where nodes have none, places in the list of nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.json_source import items
from kg.exchange.network import DRAWING, OF_ALL, Edge, Ignored, Item, Node, take
from kg.exchange.source import Source

TITLE = "node-link JSON"
_LISTS = ("nodes", "edges", "links")
_DRAWN = (
    *(
        "x",
        "y",
        "z",
        "vx",
        "vy",
        "fx",
        "fy",
        "size",
        "color",
        "colour",
        "radius",
        "hidden",
        "shape",
    ),
    *("index", "viz", "highlighted", "forceLabel", "zIndex"),
)
_OWN = ("id", "key", "source", "target", "attributes", "undirected", "directed")


def fits(source: Source) -> bool:
    """Whether it begins as an object with a list of nodes, or of links, and is no page of Cytoscape's."""
    head = source.head
    if head.lstrip()[:1] != "{" or '"elements"' in head:
        return False
    lists = re.search(r'"(nodes|links|edges)"\s*:\s*\[', head)
    return bool(lists or '"multigraph"' in head)


def read(source: Source, draft: Draft) -> None:
    """The graph of the file."""
    header: dict[str, Any] = {}
    for name, item in items(source, _LISTS):
        if not name:
            if not isinstance(item, dict):
                raise source.bad("no node-link graph: expected an object with nodes and links")
            header |= item
    take(draft, lambda: _items(source, header))


def _items(source: Source, header: dict[str, Any]) -> Iterator[Item]:
    options = header.get("options")
    kind = options.get("type") if isinstance(options, dict) else ""
    directed = kind != "undirected" if kind else header.get("directed", True) is not False
    numbers = {"nodes": 0, "edges": 0}
    by_place = False
    for key, value in header.items():
        if key in ("graph", "attributes") and value:
            yield Ignored("data of a graph", OF_ALL)
    for name, item in items(source, _LISTS):
        if not name:
            continue
        group = "nodes" if name == "nodes" else "edges"
        number = numbers[group]
        numbers[group] += 1
        if group == "nodes":
            if not isinstance(item, dict):
                item = {"id": item}
            own = next((item[k] for k in ("id", "key", "name") if item.get(k) is not None), None)
            by_place |= "id" not in item and "key" not in item
            id = number if by_place else own
            if not isinstance(id, (str, int, float)):
                raise source.bad(f"node {number + 1:,} has no id")
            held, drawn = _attributes(item)
            if drawn:
                yield Ignored("drawing", DRAWING, passed=True)
            parent = item.get("parent")
            within = str(parent) if isinstance(parent, (str, int)) and parent != "" else ""
            held = [h for h in held if h[0] != "parent" or not within]
            yield Node(str(id), f"node {id}", "", held, within)
        else:
            if not isinstance(item, dict) or not ("source" in item and "target" in item):
                raise source.bad(f"link {number + 1:,} has no source and target")
            ends = [_end(item[k]) for k in ("source", "target")]
            held, drawn = _attributes(item)
            if drawn:
                yield Ignored("drawing", DRAWING, passed=True)
            own = item.get("id", item.get("key"))
            place = f"link {own if own not in (None, 0, '') else number + 1}"
            two = (
                directed
                and item.get("undirected") is not True
                and item.get("directed") is not False
            )
            yield Edge(ends[0], ends[1], place, two, "", held)


def _end(value: Any) -> str:
    """An end of a link: an id, or, once d3 has run, the node itself."""
    if isinstance(value, dict):
        value = value.get("id", value.get("index", ""))
    return str(value)


def _attributes(item: dict[str, Any]) -> tuple[list[tuple[str, Any, str]], bool]:
    """What an item says beside its ends, and whether it says how it is drawn."""
    inner = item.get("attributes")
    held = {k: v for k, v in item.items() if k not in _OWN}
    if isinstance(inner, dict):
        held |= inner
    elif inner:
        held["attributes"] = inner
    drawn = [k for k in held if k in _DRAWN]
    return [(k, v, "") for k, v in held.items() if k not in _DRAWN], bool(drawn)
