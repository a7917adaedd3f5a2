"""FollowTheMoney: lines of JSON, one entity each, as OpenSanctions, Aleph and ftm's own tools write them.

Entities that stand inside others (nested exports) are taken out, and named by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.exchange import own_links
from kg.exchange.json_source import value
from kg.exchange.source import Record, Source

TITLE = "FollowTheMoney"
# The schema of a link that says nothing else; kg hands all claims on as such.
_LINK = "UnknownLink"


def fits(source: Source) -> bool:
    """Whether the first line is an entity with a schema and properties."""
    first = source.head.lstrip().partition("\n")[0]
    return first[:1] == "{" and all(
        re.search(f'"{k}" *:', first) for k in ("id", "schema", "properties")
    )


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every entity, by its schema."""
    for number, line in source.lines():
        found = value(source, line, f"line {number:,}")
        ids = isinstance(found, dict) and isinstance(found.get("id"), str) and found["id"]
        if not ids or not isinstance(found.get("schema"), str):
            raise source.bad(
                f"line {number:,} is no entity of FollowTheMoney", "it has no id and schema"
            )
        if not isinstance(found.get("properties", {}), dict):
            raise source.bad(f"line {number:,}: properties is no object")
        yield from _parts(found)


def _parts(entity: dict[str, Any]) -> Iterator[Record]:
    inner: list[dict[str, Any]] = []
    for name, held in list(entity.get("properties", {}).items()):
        several = held if isinstance(held, list) else [held]
        nested = [v for v in several if isinstance(v, dict) and isinstance(v.get("id"), str)]
        if nested:
            inner += [v for v in nested if isinstance(v.get("schema"), str)]
            entity["properties"][name] = [v["id"] if v in nested else v for v in several]
    if entity["schema"] == _LINK and (said := own_links.in_words(_text(entity, "status"))):
        entity |= {"kg_stance": said[0], own_links.FIELD: own_links.Stands(said)}
        entity |= {"kg_opposed": True} if said[1:] else {}
    yield entity["schema"], f"entity {entity['id']}", entity
    for one in inner:
        yield from _parts(one)


def _text(entity: dict[str, Any], name: str) -> str:
    """The only value of a property, if it is a text."""
    held = entity.get("properties", {}).get(name)
    only = held[0] if isinstance(held, list) and len(held) == 1 else held
    return only if isinstance(only, str) else ""
