"""A sheet of a workbook (xlsx, ods), by a mapping: a record is a row, as of a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.case import sheet
from kg.exchange.rows import form, rows
from kg.exchange.source import Record, Source

TITLE = "workbook"


def fits(source: Source) -> bool:
    """Whether the name ends in .xlsx or .ods."""
    return source.ending in sheet.KINDS


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every row of the sheet that `options` name, else of the only visible one."""
    return rows(source, sheet.records, form(source, options))
