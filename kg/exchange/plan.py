"""A mapping as values: its rules in order, the cells of each, and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.exchange import values
from kg.exchange.values import Reading, Value


@dataclass(slots=True)
class Reference:
    """A thing that a rule names: by the `as` of another rule, by an id, by a name and a class, by an address."""

    rule: str = ""
    id: Value | None = None
    scope: str = ""
    name: Value | None = None
    kind: Value | None = None
    url: Value | None = None


@dataclass(slots=True)
class Rule:
    """One entry of a mapping: what it is of, where it applies, and its cells."""

    kind: str
    of: tuple[str, ...] = ()
    when: dict[values.Path, Any] = field(default_factory=dict)
    each: values.Path = ()
    label: str = ""
    cells: dict[str, Value] = field(default_factory=dict)
    refers: dict[str, list[Reference]] = field(default_factory=dict)
    scope: str = ""
    names: dict[str, Value] | values.Path = field(default_factory=dict)
    attributes: dict[str, Value] = field(default_factory=dict)
    qualities: dict[str, Value] = field(default_factory=dict)
    rest: values.Path | None = None
    fields: tuple[values.Path, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class Plan:
    """A mapping that is whole: its format, how its texts are written, its terms and its rules in order."""

    title: str
    format: str
    reading: Reading
    read: dict[str, Any]
    source: dict[str, str]
    terms: list[tuple[str, str, dict[str, Any]]]
    rules: list[Rule]
