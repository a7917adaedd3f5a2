"""JSON, by a mapping: a record is an item of a list, the file itself or the one that `records` names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.exchange.json_source import items
from kg.exchange.source import Record, Source

TITLE = "JSON"


def fits(source: Source) -> bool:
    """Never of itself: many formats are JSON, and this one has to be asked for."""
    return False


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every object of the list; its kind is ``item``. What stands beside the list is a ``header``."""
    within = options.get("records", "")
    number = 0
    for name, found in items(source, (within,) if within else ()):
        if within and not name:
            yield "header", "header", found
            continue
        number += 1
        if not isinstance(found, dict):
            raise source.bad(f"item {number:,} is no object of JSON")
        yield "item", f"item {number}", found
