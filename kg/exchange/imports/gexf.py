"""GEXF 1.1 to 1.3: nodes, edges, attributes with defaults, times, hierarchies; what Gephi draws is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.network import DRAWING, OF_ALL, Edge, Ignored, Item, Node, take
from kg.exchange.source import Source
from kg.exchange.xml_source import Element, elements, root

TITLE = "GEXF"
_TYPES = dict.fromkeys(("integer", "long", "short", "byte", "biginteger"), "integer")
_TYPES |= dict.fromkeys(("double", "float", "bigdecimal"), "decimal")
_TYPES |= {"boolean": "boolean", "string": "string", "anyURI": "string"}


def fits(source: Source) -> bool:
    """Whether its first element is gexf."""
    return root(source) == "gexf"


def read(source: Source, draft: Draft) -> None:
    """The graph of the file."""
    take(draft, lambda: _Reader(source).items())


@dataclass(slots=True)
class _Attribute:
    """A declared attribute: its name, type and default."""

    name: str
    datatype: str
    several: bool
    default: str | None = None


@dataclass(slots=True)
class _Open:
    """A node or edge that is being read."""

    element: Element
    values: list[tuple[str, str, str]] = field(default_factory=list)
    periods: list[tuple[str, str]] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    drawn: bool = False


class _Reader:
    """Reads one file once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._declared: dict[str, dict[str, _Attribute]] = {"node": {}, "edge": {}}
        self._open: list[_Open] = []
        self._edges = 0
        self._default = "undirected"
        self._dated = True

    def items(self) -> Iterator[Item]:
        of, attribute = "node", _Attribute("", "string", False)
        for begins, e in elements(self._source, "gexf"):
            if not begins:
                if e.name == "default":
                    attribute.default = e.text.strip()
                elif e.name in ("node", "edge") and self._open:
                    yield from self._end(self._open.pop())
                elif e.name in ("description", "keywords") and e.text.strip():
                    yield Ignored("data of a graph", OF_ALL)
            elif e.name == "graph":
                if e.get("name"):
                    yield Ignored("data of a graph", OF_ALL)
                self._default = e.get("defaultedgetype", "undirected")
                self._dated = e.get("timeformat", "double") in ("date", "dateTime")
            elif e.name == "attributes":
                of = e.get("class", "node")
            elif e.name == "attribute":
                kind = e.get("type", "string")
                several = kind.startswith("list")
                attribute = _Attribute(
                    e.get("title") or e.get("id"), _TYPES.get(kind, "string"), several
                )
                self._declared.setdefault(of, {})[e.get("id")] = attribute
            elif e.name in ("node", "edge"):
                self._check(e)
                self._open.append(_Open(e))
            elif self._open:
                self._inside(e)

    def _check(self, e: Element) -> None:
        if e.name == "node" and "id" not in e.attributes:
            raise self._source.bad(f"line {e.line}: a node without an id")
        if e.name == "edge" and not (e.get("source") and e.get("target")):
            raise self._source.bad(f"line {e.line}: an edge without source or target")

    def _inside(self, e: Element) -> None:
        one = self._open[-1]
        if e.name == "attvalue":
            period = self._period(e)
            one.values.append((e.get("for") or e.get("id"), e.get("value"), period))
        elif e.name == "spell":
            begin, end = self._ends(e)
            one.periods.append((begin, end))
        elif e.name == "parent":
            one.parents.append(e.get("for"))
        elif "viz" in e.space:
            one.drawn = True

    def _ends(self, e: Element) -> tuple[str, str]:
        ends = (e.get("start") or e.get("startopen"), e.get("end") or e.get("endopen"))
        # A day with a time is the day.
        first, last = (end.partition("T")[0] for end in ends)
        return first, last

    def _period(self, e: Element) -> str:
        """When a value held, in words."""
        first, last = self._ends(e)
        return f"{first or '…'} to {last or '…'}" if first or last else ""

    def _end(self, one: _Open) -> Iterator[Item]:
        e = one.element
        attributes = list(self._attributes(one))
        if one.drawn or "color" in e.attributes:
            yield Ignored("drawing", DRAWING, passed=True)
        if any(self._ends(e)):
            one.periods.insert(0, self._ends(e))
        if not self._dated or e.name == "node":
            # Moments of a clock that counts are no days; and a node's time is said in words.
            spans = [f"{first or '…'} to {last or '…'}" for first, last in one.periods]
            attributes += [("time", span, "string") for span in spans]
            one.periods = []
        if e.name == "node":
            inner = (o.element.get("id") for o in self._open[::-1] if o.element.name == "node")
            parents = [*filter(None, (*inner, e.get("pid"))), *one.parents]
            yield Node(
                e.get("id"),
                f"node {e.get('id')}",
                e.get("label"),
                attributes,
                next(iter(parents), ""),
            )
            for other in parents[1:]:
                yield Edge(e.get("id"), other, f"node {e.get('id')}", label="is part of")
            return
        kind = e.get("type") or self._default
        attributes += [("weight", e.get("weight"), "decimal")] if e.get("weight") else []
        attributes += [("kind", e.get("kind"), "string")] if e.get("kind") else []
        self._edges += 1
        place = f"edge {e.get('id') or self._edges}"
        ends = (e.get("source"), e.get("target"))
        yield Edge(*ends, place, kind != "undirected", e.get("label"), attributes, one.periods)
        if kind == "mutual":
            yield Edge(*ends[::-1], place, True, e.get("label"), attributes, one.periods)

    def _attributes(self, one: _Open) -> Iterator[tuple[str, Any, str]]:
        declared = self._declared[one.element.name]
        given = {name for name, _, _ in one.values}
        for name, value, period in one.values:
            known = declared.get(name) or _Attribute(name, "string", False)
            if period:
                # A value that changes is told with its time, as text.
                yield f"{known.name} over time", f"{value} ({period})", "string"
            elif known.several:
                yield known.name, _listed(value), known.datatype
            else:
                yield known.name, value, known.datatype
        for name, known in declared.items():
            if known.default is not None and name not in given:
                yield known.name, known.default, known.datatype


def _listed(text: str) -> list[str]:
    """The values of a list, as ``[a, b]``, ``a|b`` or ``a, b``."""
    inner = text.strip().removeprefix("[").removesuffix("]")
    mark = "|" if "|" in inner else ";" if ";" in inner else ","
    return [part.strip().strip("\"'") for part in inner.split(mark) if part.strip()]
