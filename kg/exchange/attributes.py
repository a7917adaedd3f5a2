"""What the attributes of nodes and edges hold: numbers, dates, texts, words that tell kinds apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

# So many classes or relations at most are told apart by the words of an attribute.
_KINDS, _FEW, _SHORT = 300, 12, 60


@dataclass(slots=True)
class Values:
    """What the values of one attribute are: how many, of which types, which short texts."""

    count: int = 0
    types: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    plain: bool = True

    def see(self, value: Any, datatype: str) -> None:
        """Take in a value, or several in a list; an empty `datatype` is worked out of it."""
        for one in value if isinstance(value, list) else (value,):
            self.count += 1
            self.types.add(datatype or _type(one))
            text = one if isinstance(one, str) else ""
            self.plain &= 0 < len(text) <= _SHORT and "\n" not in text and not _number(text)
            if self.plain and len(self.words) <= _KINDS:
                self.words.add(text)

    @property
    def datatype(self) -> str:
        """The narrowest type that holds all values."""
        for types in ({"boolean"}, {"integer"}, {"integer", "decimal"}, {"date"}):
            if self.types <= types:
                return "decimal" if "decimal" in self.types else min(types)
        return "string"

    def tells_kinds(self) -> bool:
        """Whether its texts are words for kinds: short, and few for so many."""
        several = len(self.words)
        return (
            self.plain and 0 < several <= _KINDS and (several <= _FEW or several * 4 <= self.count)
        )


class Attributes:
    """The attributes of nodes or of edges: what each holds, and which play a part."""

    def __init__(self) -> None:
        self.seen: dict[str, Values] = {}

    def see(self, attributes: Sequence[tuple[str, Any, str]]) -> None:
        """Take in those of one node or edge, as (name, value, datatype or empty)."""
        for name, value, datatype in attributes:
            if value is not None and value != "":
                self.seen.setdefault(name, Values()).see(value, datatype)

    def first(self, wanted: Sequence[str], fits: Callable[[Values], bool]) -> str:
        """The attribute that is called as one of the wanted ones, the first that fits."""
        for word in wanted:
            for name, seen in self.seen.items():
                if plain(name) == word and fits(seen):
                    return name
        return ""


def plain(name: str) -> str:
    """The name of an attribute as it is compared: small letters, spaces for other joints.

    >>> plain("Node_Type"), plain("nodeType"), plain("shared name")
    ('node type', 'node type', 'shared name')
    """
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", parts).lower().split())


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if abs(value) < 10**18 else "string"
    return "decimal" if isinstance(value, float) else "string"


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
