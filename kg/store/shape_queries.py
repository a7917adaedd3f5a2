"""SHACL shapes as SPARQL queries, so that any store can answer what breaks them.

Of SHACL (https://www.w3.org/TR/shacl/) it takes what `shapes.ttl` and the shapes of an
ontology say: targets by class, node, subjects and objects of a property; paths of
properties, inverses and sequences; and the constraints of `_FAILS`, `_COUNTS`, `sh:or` and
`sh:sparql`. Anything else in a shape is an error of ours and raises ValueError.
"""

from __future__ import annotations

from kg.model.namespaces import RDF, XSD
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

SH = "http://www.w3.org/ns/shacl#"
_CASTS = ("date", "integer", "decimal", "boolean", "dateTime", "double")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_SAID = (*_TARGETS, "message", "path", "property", "sparql")
_COUNTS = ("minCount", "maxCount", "uniqueLang")


class Rule(Record):
    """One constraint: what it says, of which property, and the query for what breaks it.

    The query selects ``?this``, the node, and where there is one ``?value``. With `focus` it
    has variables of its own instead, and the node is that one.
    """

    message: str
    path: str
    query: str
    focus: str = ""


def rules(turtle: str, above: Mapping[str, set[str]]) -> list[Rule]:
    """Every constraint of shapes in Turtle. `above` has every class with those it lies below."""
    from pyoxigraph import RdfFormat, parse

    facts: dict[Any, dict[str, list[Any]]] = {}
    for t in parse(turtle.encode(), RdfFormat.TURTLE):
        facts.setdefault(t.subject, {}).setdefault(t.predicate.value, []).append(t.object)
    found = _Reader(facts, above)
    shapes = (s for s, about in facts.items() if any(SH + t in about for t in _TARGETS))
    return [rule for shape in sorted(shapes, key=str) for rule in found.shape(shape)]


class _Reader:
    def __init__(
        self, facts: Mapping[Any, dict[str, list[Any]]], above: Mapping[str, set[str]]
    ) -> None:
        self._facts, self._above = facts, above

    def shape(self, shape: Any) -> Iterator[Rule]:
        about = self._facts[shape]
        for target in self._targets(about):
            if SH + "path" in about:
                yield from self._property(target, shape)
            else:
                yield from self._node(target, about)

    def _targets(self, about: Mapping[str, list[Any]]) -> Iterator[str]:
        for kind in _TARGETS:
            for named in about.get(SH + kind, ()):
                if kind == "targetClass":
                    each = (f"{{ {self._typed('?this', k)} }}" for k in self._below(named.value))
                    yield " UNION ".join(each)
                elif kind == "targetNode":
                    yield f"VALUES ?this {{ {named} }}"
                else:
                    ends = (
                        ("?this", "?other") if kind == "targetSubjectsOf" else ("?other", "?this")
                    )
                    yield f"{ends[0]} {named} {ends[1]}"

    def _below(self, wanted: str) -> list[str]:
        """A class and those below it."""
        return sorted({wanted, *(c for c, up in self._above.items() if wanted in up)})

    def _typed(self, variable: str, kind: str) -> str:
        return f"{variable} <{RDF}type> <{kind}>"

    def _node(self, target: str, about: Mapping[str, list[Any]]) -> Iterator[Rule]:
        message = _one(about, "message")
        for node in about.get(SH + "property", ()):
            yield from self._property(target, node)
        for node in about.get(SH + "sparql", ()):
            said = self._facts[node]
            focus = target.partition("{ <")[2].partition(">")[0]
            yield Rule(_one(said, "message"), "", _one(said, "select"), focus)
        for fails in self._failing(about, "?this"):
            query = f"SELECT DISTINCT ?this (?this AS ?value) {{ {target} . FILTER({fails}) }}"
            yield Rule(message, "", query)

    def _property(self, target: str, node: Any) -> Iterator[Rule]:
        about = self._facts[node]
        message, path = _one(about, "message"), self._path(about[SH + "path"][0])
        named = path[1:-1] if path.startswith("<") else ""
        for query in self._counting(about, target, path):
            yield Rule(message, named, query)
        for fails in self._failing(about, "?value"):
            where = f"{target} . ?this {path} ?value . FILTER({fails})"
            yield Rule(message, named, f"SELECT DISTINCT ?this ?value {{ {where} }}")

    def _path(self, path: Any) -> str:
        """A path of SHACL in the syntax of SPARQL."""
        about = self._facts.get(path, {})
        if RDF + "first" in about:
            return f"({'/'.join(self._path(step) for step in self._list(path))})"
        if SH + "alternativePath" in about:
            steps = self._list(about[SH + "alternativePath"][0])
            return f"({'|'.join(self._path(step) for step in steps)})"
        if SH + "inversePath" in about:
            return f"^{self._path(about[SH + 'inversePath'][0])}"
        return str(path)

    def _list(self, head: Any) -> Iterator[Any]:
        while RDF + "first" in (about := self._facts.get(head, {})):
            yield about[RDF + "first"][0]
            head = about[RDF + "rest"][0]

    def _counting(self, about: Mapping[str, list[Any]], target: str, path: str) -> Iterator[str]:
        """Queries for what has too few or too many values."""
        least, most = (int(_one(about, n) or -1) for n in ("minCount", "maxCount"))
        if least == 1:
            none = f"FILTER NOT EXISTS {{ ?this {path} ?any }}"
            yield f"SELECT DISTINCT ?this {{ {target} . {none} }}"
        elif least > 1 or most > 1:
            raise ValueError(f"a count of {max(least, most)} is not known here")
        if most == 0:
            yield f"SELECT DISTINCT ?this {{ {target} . ?this {path} ?any }}"
        if most == 1:
            yield _several(target, f"?this {path} ?one", "?this")
        if _one(about, "uniqueLang") == "true":
            tongue = f"?this {path} ?one . BIND(LCASE(LANG(?one)) AS ?tongue) FILTER(?tongue != '')"
            yield f"SELECT DISTINCT ?this {{ {{ {_several(target, tongue, '?this ?tongue')} }} }}"

    def _failing(self, about: Mapping[str, list[Any]], value: str) -> Iterator[str]:
        """A condition for each constraint under which a value breaks it."""
        for said, values in about.items():
            name = said.removeprefix(SH)
            if not said.startswith(SH) or name in _SAID or name in _COUNTS:
                continue
            for wanted in values:
                if name == "class":
                    typed = (self._typed(value, kind) for kind in self._below(wanted.value))
                    yield " && ".join(f"NOT EXISTS {{ {one} }}" for one in typed)
                elif name == "or":
                    each = (self._facts[part] for part in self._list(wanted))
                    parts = (" || ".join(self._failing(part, value)) for part in each)
                    yield " && ".join(f"({part})" for part in parts)
                elif name == "in":
                    yield f"{value} NOT IN ({', '.join(map(str, self._list(wanted)))})"
                elif name in _FAILS:
                    yield _FAILS[name](value, wanted)
                else:
                    raise ValueError(f"sh:{name} is not known here")


def _several(target: str, found: str, by: str) -> str:
    """Nodes with more than one value."""
    having = "HAVING (COUNT(DISTINCT ?one) > 1)"
    return f"SELECT {by} {{ {target} . {found} }} GROUP BY {by} {having}"


def _datatype(value: str, wanted: Any) -> str:
    kind = wanted.value
    bad = f"!ISLITERAL({value}) || DATATYPE({value}) != {wanted}"
    if kind.removeprefix(XSD) not in _CASTS:
        return bad
    # One that is no such value by its text.
    return f"{bad} || !COALESCE(ISLITERAL({wanted}(STR({value}))), false)"


def _kind(value: str, wanted: Any) -> str:
    for name in ("IRI", "Literal"):
        if wanted.value == SH + name:
            return f"!IS{name.upper()}({value})"
    raise ValueError(f"{wanted} is not known here")


_FAILS: dict[str, Callable[[str, Any], str]] = {
    "datatype": _datatype,
    "nodeKind": _kind,
    "pattern": lambda value, wanted: f"!REGEX(STR({value}), {wanted})",
    "minLength": lambda value, wanted: f"STRLEN(STR({value})) < {wanted.value}",
    "minInclusive": lambda value, wanted: f"!COALESCE({value} >= {wanted}, false)",
    "disjoint": lambda value, wanted: f"EXISTS {{ ?this {wanted} {value} }}",
    "lessThanOrEquals": lambda value, wanted: (
        f"EXISTS {{ ?this {wanted} ?most . FILTER(!COALESCE({value} <= ?most, false)) }}"
    ),
}


def _one(about: Mapping[str, list[Any]], name: str) -> str:
    values = about.get(SH + name)
    return str(values[0].value) if values else ""


def classes_above(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Every class with all that it lies below, from those it lies directly below.

    >>> sorted(classes_above([("a", "b"), ("b", "c")])["a"])
    ['b', 'c']
    """
    direct: dict[str, set[str]] = {}
    for below, over in pairs:
        direct.setdefault(below, set()).add(over)
    found: dict[str, set[str]] = {}
    for name in direct:
        seen: set[str] = set()
        ahead = [*direct[name]]
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += direct.get(one, ())
        found[name] = seen
    return found
