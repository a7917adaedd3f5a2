"""JSON lines, by a mapping: a record is a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.exchange.imports import ftm
from kg.exchange.json_source import value
from kg.exchange.source import Record, Source

TITLE = "JSON lines"


def fits(source: Source) -> bool:
    """Whether the name ends in .jsonl or .ndjson, and it is nothing that is known better."""
    return source.ending in (".jsonl", ".ndjson") and not ftm.fits(source)


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every line that is an object; its kind is ``line``."""
    for number, line in source.lines():
        found = value(source, line, f"line {number:,}")
        if not isinstance(found, dict):
            raise source.bad(f"line {number:,} is no object of JSON")
        yield "line", f"line {number}", found
