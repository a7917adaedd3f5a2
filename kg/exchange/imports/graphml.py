"""GraphML: nodes, edges, their data with types and defaults, graphs within nodes, edges of several ends.

What yEd draws (`yfiles`) gives a node its label where it has no other; colours and places are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.network import DRAWING, OF_ALL, Edge, Ignored, Item, Node, take
from kg.exchange.source import Source
from kg.exchange.xml_source import Element, elements, root

TITLE = "GraphML"
_TYPES = {"int": "integer", "long": "integer", "float": "decimal", "double": "decimal"}
_TYPES |= {"boolean": "boolean", "string": "string"}


def fits(source: Source) -> bool:
    """Whether its first element is graphml."""
    return root(source) == "graphml"


def read(source: Source, draft: Draft) -> None:
    """All graphs of the file, those within nodes too."""
    take(draft, lambda: _Reader(source).items())


# The key of what stands in elements of their own: none of a file can be called so.
_DESC = "<desc>"


@dataclass(slots=True)
class _Key:
    """What data of one key is: of which elements, its name, type and default."""

    name: str
    datatype: str
    of: str
    default: str | None = None
    drawn: bool = False


@dataclass(slots=True)
class _Open:
    """A node, edge or hyperedge that is being read."""

    element: Element
    data: list[tuple[str, str]] = field(default_factory=list)
    ends: list[tuple[str, str]] = field(default_factory=list)
    label: str = ""


class _Reader:
    """Reads one file once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._keys = {_DESC: _Key("description", "string", "all")}
        self._open: list[_Open] = []
        self._directed: list[bool] = []
        self._edges = 0

    def items(self) -> Iterator[Item]:
        key: _Key | None = None
        for begins, e in elements(self._source, "graphml"):
            if begins:
                key = self._begin(e) or (key if e.name not in ("key", "data") else None)
            elif e.name == "default" and key:
                key.default = e.text.strip()
            elif e.name == "data":
                yield from self._data(e)
            elif e.name == "desc" and self._directed and e.text.strip():
                if self._open:
                    self._open[-1].data.append((_DESC, e.text.strip()))
                else:
                    yield Ignored("data of a graph", OF_ALL)
            elif e.name.endswith("NodeLabel") or e.name.endswith("EdgeLabel"):
                if self._open and not self._open[-1].label:
                    self._open[-1].label = e.text.strip()
            elif e.name in ("node", "edge", "hyperedge") and self._open:
                yield from self._end(self._open.pop())
            elif e.name == "graph" and self._directed:
                self._directed.pop()

    def _begin(self, e: Element) -> _Key | None:
        if e.name == "key":
            named = e.get("attr.name") or e.get("id")
            kind = _TYPES.get(e.get("attr.type", "string"), "string")
            drawn = "yfiles.type" in e.attributes
            self._keys[e.get("id")] = _Key(named, kind, e.get("for", "all"), drawn=drawn)
            return self._keys[e.get("id")]
        if e.name == "graph":
            self._directed.append(e.get("edgedefault", "directed") != "undirected")
        elif e.name in ("node", "edge", "hyperedge"):
            if e.name == "node" and "id" not in e.attributes:
                raise self._source.bad(f"line {e.line}: a node without an id")
            if e.name == "edge" and not (e.get("source") and e.get("target")):
                raise self._source.bad(f"line {e.line}: an edge without source or target")
            self._open.append(_Open(e))
        elif e.name == "endpoint" and self._open:
            self._open[-1].ends.append((e.get("node"), e.get("type", "undir")))
        return None

    def _data(self, e: Element) -> Iterator[Item]:
        name = e.get("key")
        key = self._keys.get(name)
        if not self._open:
            yield Ignored("data of a graph", OF_ALL)
        elif key is None:
            yield Ignored("data", f"of the key {name}, which is not declared")
        elif key.drawn:
            if e.text.strip() == "":
                yield Ignored("drawing", DRAWING, passed=True)
        else:
            self._open[-1].data.append((name, e.text.strip()))

    def _end(self, one: _Open) -> Iterator[Item]:
        e = one.element
        of = "node" if e.name == "node" else "edge"
        given = {name for name, _ in one.data}
        said = list(one.data)
        # Keys of all kinds of elements have their default here too.
        for name, key in self._keys.items():
            if key.default is not None and name not in given and key.of in (of, "all"):
                said.append((name, key.default))
        attributes: list[tuple[str, Any, str]] = []
        for name, text in said:
            key = self._keys[name]
            attributes.append((key.name, text, key.datatype))
        within = next(
            (o.element.get("id") for o in self._open[::-1] if o.element.name == "node"), ""
        )
        if e.name == "node":
            yield Node(e.get("id"), f"node {e.get('id')}", one.label, attributes, within)
            return
        self._edges += 1
        place = f"edge {e.get('id') or self._edges}"
        if e.name == "edge":
            default = self._directed[-1] if self._directed else True
            told = e.get("directed")
            directed = told in ("true", "1") if told else default
            yield Edge(e.get("source"), e.get("target"), place, directed, one.label, attributes)
            return
        joint = e.get("id") or f"hyperedge {self._edges}"
        yield Node(joint, place, one.label or joint, [*attributes, ("type", "Hyperedge", "string")])
        for node, kind in one.ends:
            first, last = (node, joint) if kind == "in" else (joint, node)
            yield Edge(first, last, place, kind != "undir", "joins")
