"""The cells of an attribute or a quality: the values in one, and what is wrong with each."""

from __future__ import annotations

from kg.case import cells
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model.ontology import Term

_DEGREES = {"Latitude": 90, "Longitude": 180}
_PLAIN = {
    "integer": (cells.INTEGER, "a whole number, as 12"),
    "boolean": (cells.BOOLEAN, "true or false"),
    "language": (cells.LANGUAGE, "a language tag, as en or zh-Hans"),
}


def values(row: Row, column: str, prop: Term, known: Register) -> tuple[str, ...]:
    """Relations, references, addresses and foreign ids may be several in a cell, texts are one."""
    several = prop.datatype == "anyURI" or "ForeignId" in prop.roles or known.terms.refers(prop)
    if several or prop.kind != "attribute":
        return row.values(column)
    return (row.get(column),) if row.get(column) else ()


def check(row: Row, column: str, prop: Term, value: str, known: Register) -> None:
    """Report a value that a property can't have."""
    terms, datatype = known.terms, prop.datatype
    table = row.file.rpartition(".")[0]
    if datatype == "date":
        cells.date(row, column)
    elif prop.kind in ("event", "state") or terms.refers(prop):
        if known.expect(row, column, value, next(iter(prop.ranges), "")):
            kind = known.kinds[value]
            if lacks := terms.lacking(kind, prop.ranges):
                row.fault(column, f"{quoted(value)} is {cells.a(kind)}", cells.a(lacks))
    elif datatype == "decimal":
        limit = next((most for role, most in _DEGREES.items() if role in prop.roles), 0)
        if not cells.NUMBER.fullmatch(value) or (limit and abs(float(value)) > limit):
            degrees = f"degrees from -{limit} to {limit}, as 51.5072"
            expected = degrees if limit else "a plain number, as 230000 or 0.5"
            row.fault(column, quoted(value), expected, cells.number_hint(value, table))
    elif datatype == "anyURI" and not cells.ADDRESS.fullmatch(value):
        bad = cells.bad_character(value)
        expected = "an address that starts with https:// or http://"
        row.fault(column, quoted(value) + (f", with {bad}" if bad else ""), expected)
    elif datatype in _PLAIN:
        shape, expected = _PLAIN[datatype]
        if not shape.fullmatch(value):
            hint = cells.number_hint(value, table) if datatype == "integer" else ""
            hint = cells.boolean_hint(value) if datatype == "boolean" else hint
            row.fault(column, quoted(value), expected, hint)
    elif "ForeignId" in prop.roles:
        if not all(terms.foreign_id(prop.id, value)):
            expected = "a scheme, a colon and an id, as lei:5493001KJTIIGC8Y1R12"
            hint = "or give the column's attribute its kg:scheme"
            row.fault(column, quoted(value), expected, "" if prop.scheme else hint)
    elif "TextDigest" in prop.roles and not cells.DIGEST.fullmatch(value):
        row.fault(column, quoted(value), "sha256: and hexadecimal digits")
