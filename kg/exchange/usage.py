"""Which fields of a record the rules of a mapping take, and which are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.exchange.fitting import clean
from kg.exchange.plan import Rule
from kg.exchange.values import Path, nodes

# How deep a field is told by its own name; what is deeper is told by the field above it.
_DEEP = 4
# A field that is taken whole.
_ALL = "\0"


class Usage:
    """The fields that the rules for one kind of record name."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._named: dict[str, Any] = {}
        self._ignored: dict[Path, str] = {}
        self._rest: list[Path] = []
        for rule in rules:
            for path in rule.fields:
                self._ignored[path] = rule.reason
            for path in _paths(rule):
                self._add(path)
            if rule.rest is not None:
                self._rest.append((*rule.each, *rule.rest))

    def _add(self, path: Path) -> None:
        here = self._named
        for step in path:
            here = here.setdefault(step, {})
        here[_ALL] = {}

    def rest(self, record: Any, rule: Rule) -> Iterator[tuple[str, list[str]]]:
        """What no rule names below the `rest` of a rule: name and texts of each field."""
        base = (*rule.each, *(rule.rest or ()))
        here: Any = self._named
        for step in base:
            here = here.get(step, {}) if here else {}
        for node in nodes((record,), rule.rest or ()) if rule.rest else [record]:
            if isinstance(node, dict):
                yield from self._left(node, here, (), base)

    def _left(
        self, node: dict[str, Any], named: dict[str, Any], at: Path, base: Path
    ) -> Iterator[tuple[str, list[str]]]:
        for key, value in node.items():
            known = named.get(key) or named.get("*") or {}
            path = (*base, *at, key)
            if _ALL in known or path in self._ignored or value in (None, "", [], {}):
                continue
            held = value if isinstance(value, list) else [value]
            plain = [clean(v) for v in held if not isinstance(v, (dict, list))]
            if plain:
                yield " ".join((*at, key)), [p for p in plain if p]
            for one in held:
                if isinstance(one, dict) and len(at) < _DEEP:
                    yield from self._left(one, known, (*at, key), base)

    def unused(self, record: Any) -> Iterator[tuple[str, str]]:
        """Every field that is taken by nothing, with the reason if the mapping gives one."""
        if isinstance(record, dict):
            for field, reason in dict(self._unused(record, self._named, ())).items():
                yield ".".join(field), reason

    def _unused(
        self, node: dict[str, Any], named: dict[str, Any], at: Path
    ) -> Iterator[tuple[Path, str]]:
        for key, value in node.items():
            path = (*at, key)
            known = named.get(key) or named.get("*")
            if value in (None, "", [], {}) or (known and _ALL in known):
                continue
            if path in self._ignored:
                yield path, self._ignored[path]
                continue
            if any(path[: len(rest)] == rest for rest in self._rest):
                continue
            held = [
                v for v in (value if isinstance(value, list) else [value]) if isinstance(v, dict)
            ]
            if known and held:
                for one in held:
                    yield from self._unused(one, known, path)
            elif not any(rest[: len(path)] == path for rest in self._rest):
                yield path, ""


def _paths(rule: Rule) -> Iterator[Path]:
    """Every place that a rule names, from the record's own beginning."""
    cells = [*rule.cells.values(), *rule.attributes.values(), *rule.qualities.values()]
    named: list[Path] = [path for value in cells for path in value.paths]
    for references in rule.refers.values():
        for one in references:
            for value in (one.id, one.name, one.kind, one.url):
                named += value.paths if value else []
    if isinstance(rule.names, tuple):
        named.append(rule.names)
    else:
        named += [path for value in rule.names.values() for path in value.paths]
    named += rule.when
    for path in named:
        if path[:1] == ("^",):
            yield path[1:]
        elif path == (".",):
            yield rule.each
        else:
            yield (*rule.each, *path)
