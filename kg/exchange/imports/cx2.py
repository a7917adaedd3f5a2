"""CX2, the exchange form of NDEx and Cytoscape: aspects in a list; places and styles are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.json_source import items
from kg.exchange.network import DRAWING, OF_ALL, Edge, Ignored, Item, Node, take
from kg.exchange.source import Source

TITLE = "CX2"
_TYPES = dict.fromkeys(("integer", "long"), "integer") | {"double": "decimal"}
_TYPES |= {"boolean": "boolean", "string": "string"}


def fits(source: Source) -> bool:
    """Whether it is a list that begins with the version of CX."""
    return source.head.lstrip()[:1] == "[" and '"CXVersion"' in source.head[:500]


def read(source: Source, draft: Draft) -> None:
    """The network of the file."""
    take(draft, lambda: _items(source))


def _items(source: Source) -> Iterator[Item]:
    declared: dict[str, dict[str, Any]] = {}
    first = True
    for _, aspect in items(source):
        if not isinstance(aspect, dict):
            raise source.bad("an aspect that is no object")
        if first and not str(aspect.get("CXVersion", "")).startswith("2"):
            version = aspect.get("CXVersion", "none")
            raise source.bad(f"CX of version {version}; expected 2", "export it as CX2")
        first = False
        for name, held in aspect.items():
            several = held if isinstance(held, list) else []
            if name == "attributeDeclarations":
                for one in several:
                    declared |= one if isinstance(one, dict) else {}
            elif name == "nodes":
                yield from (_node(source, one, declared.get("nodes", {})) for one in several)
            elif name == "edges":
                yield from (_edge(source, one, declared.get("edges", {})) for one in several)
            elif name == "networkAttributes" and several:
                yield Ignored("data of a graph", OF_ALL)
            elif "isual" in name and several:
                yield Ignored("drawing", DRAWING, passed=True)


def _node(source: Source, one: Any, declared: dict[str, Any]) -> Node:
    if not isinstance(one, dict) or "id" not in one:
        raise source.bad("a node without an id")
    return Node(str(one["id"]), f"node {one['id']}", "", _values(one, declared))


def _edge(source: Source, one: Any, declared: dict[str, Any]) -> Edge:
    if not isinstance(one, dict) or "s" not in one or "t" not in one:
        raise source.bad("an edge without both ends")
    place = f"edge {one['id']}" if "id" in one else f"edge {one['s']} {one['t']}"
    return Edge(str(one["s"]), str(one["t"]), place, True, "", _values(one, declared))


def _values(one: dict[str, Any], declared: dict[str, Any]) -> list[tuple[str, Any, str]]:
    """The values under their names: an alias stands for its name, a default for what is missing."""
    given = one.get("v")
    given = dict(given) if isinstance(given, dict) else {}
    found: list[tuple[str, Any, str]] = []
    for name, about in declared.items():
        about = about if isinstance(about, dict) else {}
        alias = about.get("a", name)
        value = given.pop(alias, given.pop(name, about.get("v")))
        if value is not None:
            found.append((name, value, _TYPES.get(str(about.get("d", "string")), "")))
    return [*found, *((name, value, "") for name, value in given.items())]
