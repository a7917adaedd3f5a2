"""CSV and TSV, by a mapping: a record is a row, its fields are called as the header says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.case import csvfile
from kg.exchange.rows import form, rows
from kg.exchange.source import Record, Source

TITLE = "CSV"


def fits(source: Source) -> bool:
    """Whether the name ends in .csv or .tsv."""
    return source.ending in (".csv", ".tsv")


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every row. The separator is a comma, or a tab in .tsv, unless `options` name another."""
    return rows(source, csvfile.records, form(source, options))
