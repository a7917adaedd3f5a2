"""MISP galaxies: a cluster file, with its values, what they are related to, and who named them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.exchange.json_source import items
from kg.exchange.source import Record, Source

TITLE = "MISP galaxy"


def fits(source: Source) -> bool:
    """Whether the members of a cluster file stand in the beginning."""
    wanted = ("authors", "category", "values")
    return source.head.lstrip()[:1] == "{" and all(
        re.search(rf'"{name}"\s*:', source.head) for name in wanted
    )


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """The cluster's own members as ``header``, then every value as ``value``."""
    for name, found in items(source, ("values",)):
        if name:
            if not isinstance(found, dict) or not isinstance(found.get("value"), str):
                raise source.bad("no galaxy of MISP: one of its values has no name")
            if not isinstance(found.get("uuid"), str):
                found["uuid"] = found["value"]
            if isinstance(found.get("meta"), dict):
                found["meta"] = _origins(found["meta"])
            yield "value", found["uuid"], found
        elif isinstance(found, dict) and "values" not in found:
            yield "header", "header", found
        else:
            raise source.bad("no galaxy of MISP: expected an object with a list of values")


def _origins(meta: dict[str, Any]) -> dict[str, Any]:
    """The members ``origin:NAME``, which are many, as one list."""
    found = {k: v for k, v in meta.items() if not k.startswith("origin:")}
    named = [(k.removeprefix("origin:"), v) for k, v in meta.items() if k.startswith("origin:")]
    if named:
        found["origin-of-names"] = [f"{name}: {told}" for name, told in named]
    return found
