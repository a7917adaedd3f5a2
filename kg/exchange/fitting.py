"""A value of a source as a cell of a table can hold it."""

from __future__ import annotations

import re
from typing import Any

from kg.case import cells
from kg.exchange.addresses import address
from kg.model import dates

LONGEST = 100_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def clean(value: Any) -> str:
    r"""A value as a cell can hold it: no control characters, trimmed, plain line ends, not endless.

    >>> clean(" a\r\nb\x07 "), clean(7), clean(True), clean(None)
    ('a\nb', '7', 'true', '')
    """
    if isinstance(value, str) and len(value) < LONGEST and value.isprintable():
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
        text = _CONTROL.sub("", text)
    text = text.strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def fitting(text: str, datatype: str) -> str | None:
    """A text as a column of this datatype holds it; None if it cannot.

    >>> fitting("2020-01-05T10:00:00Z", "date"), fitting("1e3", "decimal"), fitting("x", "integer")
    ('2020-01-05', '1000', None)
    """
    if not text or datatype == "string":
        return text
    if datatype == "date":
        text = text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ].*", text) else text
        try:
            return dates.parse(text).text
        except ValueError:
            return None
    if datatype == "decimal":
        if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", text):
            from decimal import Decimal

            text = format(Decimal(text), "f")
            text = text.rstrip("0").rstrip(".") if "." in text else text
            whole, _, rest = text.partition(".")
            text = f"{whole}.{rest[:18]}" if rest else whole
        return text if cells.NUMBER.fullmatch(text) else None
    if datatype == "anyURI":
        return address(text) or None
    shapes = {"integer": cells.INTEGER, "boolean": cells.BOOLEAN, "language": cells.LANGUAGE}
    return text if datatype not in shapes or shapes[datatype].fullmatch(text) else None
