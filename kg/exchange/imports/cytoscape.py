"""Cytoscape's JSON (.cyjs, and what cytoscape.js writes): elements with their data; places and styles are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.json_source import items
from kg.exchange.network import DRAWING, OF_ALL, Edge, Ignored, Item, Node, take
from kg.exchange.source import Source

TITLE = "Cytoscape JSON"
# What Cytoscape keeps for itself.
_OWN = ("id", "source", "target", "parent", "SUID", "selected")


def fits(source: Source) -> bool:
    """Whether it has elements, is a list of them, or ends in .cyjs."""
    head = source.head.lstrip()
    if head[:1] == "[":
        return bool(re.match(r'\[\s*\{[^{}\[\]]*"data"\s*:\s*\{', head))
    return head[:1] == "{" and (source.ending == ".cyjs" or '"elements"' in head)


def read(source: Source, draft: Draft) -> None:
    """The network of the file."""
    take(draft, lambda: _items(source))


def _items(source: Source) -> Iterator[Item]:
    directed, found = True, False
    held: list[dict[str, Any]] = []
    listed = source.head.lstrip()[:1] == "["
    for name, item in items(source, ("elements",)):
        if name or listed:
            # A plain list of elements.
            held.append(item)
            found = True
            continue
        directed = item.get("directed", directed) is not False
        data = item.get("data")
        # networkx writes a list of names and values.
        names = data if isinstance(data, dict) else [d[0] for d in data or () if d]
        if {*names} - {"name", "shared_name", "SUID", "selected"}:
            yield Ignored("data of a graph", OF_ALL)
        if "style" in item:
            yield Ignored("drawing", DRAWING, passed=True)
        elements = item.get("elements")
        if isinstance(elements, dict):
            found = True
            for group in ("nodes", "edges"):
                several = elements.get(group, [])
                if not isinstance(several, list):
                    raise source.bad(f"elements: {group} is no list")
                held += ({"group": group, **e} if isinstance(e, dict) else e for e in several)
    if not found:
        raise source.bad("it has no elements")
    for number, element in enumerate(held, 1):
        yield from _element(source, element, number, directed)


def _element(source: Source, element: Any, number: int, directed: bool) -> Iterator[Item]:
    data = element.get("data") if isinstance(element, dict) else None
    if not isinstance(data, dict):
        raise source.bad(f"element {number:,} has no data")
    edge = element.get("group", "") == "edges" or ("source" in data and "target" in data)
    name = data.get("name")
    said = [
        (k, v, "")
        for k, v in data.items()
        if k not in _OWN and not (k in ("shared name", "shared_name") and v == name)
    ]
    if any(k in element for k in ("position", "style", "css", "classes")):
        yield Ignored("drawing", DRAWING, passed=True)
    id = data.get("id", data.get("SUID"))
    if edge:
        if "source" not in data or "target" not in data:
            raise source.bad(f"element {number:,} is an edge without source or target")
        place = f"edge {id}" if id is not None else f"element {number}"
        # Cytoscape names an edge after its ends and what is between.
        if isinstance(name, str) and f"({data.get('interaction', '')})" in name:
            said = [s for s in said if s[0] not in ("name", "shared name", "shared_name")]
        if data.get("shared interaction") == data.get("interaction"):
            said = [s for s in said if s[0] != "shared interaction"]
        yield Edge(str(data["source"]), str(data["target"]), place, directed, "", said)
        return
    # Where there is none, cytoscape.js makes one up.
    id = f"element {number}" if id is None else id
    parent = data.get("parent")
    yield Node(str(id), f"node {id}", "", said, "" if parent is None else str(parent))
