"""The cells of a row of the ledger that hold qualities: what it says of its claim besides."""

from __future__ import annotations

from decimal import Decimal

from kg.case import attribute_cells, cells
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model.claims import reach
from kg.model.ontology import Ontology, Term
from kg.model.qualities import NUMBERS


def columns(terms: Ontology) -> dict[str, Term]:
    """The columns of the ledger's tables that qualities fill, in the order of the ontology."""
    return terms.quality_columns


def read(row: Row, relation: Term, known: Register) -> tuple[tuple[str, str], ...]:
    """(quality, value) of all that a row says besides, several values of one in several pairs."""
    found: list[tuple[str, str]] = []
    for column, term in known.terms.quality_columns.items():
        if not row.cells.get(column):
            continue
        if not known.terms.qualifies(term, relation.id):
            told = f"a blank cell: {term.id} goes on {', '.join(term.on)}, not on {relation.id}"
            row.fault(column, quoted(row.get(column)), told)
            continue
        found += cell(row, column, term, known)
    # By name, so that the order of columns and of the ontology is no part of what is said.
    return tuple(sorted(found, key=lambda pair: pair[0])) if found else ()


def cell(row: Row, column: str, term: Term, known: Register) -> list[tuple[str, str]]:
    """The (quality, value) pairs of one cell; reports what cannot stand in it."""
    found = []
    for value in _values(row, column, term, known):
        if term.datatype in NUMBERS:
            _number(row, column, term, value)
        else:
            attribute_cells.check(row, column, term, value, known)
        named = known.resolve(value) if known.terms.refers(term) else value
        found.append((term.id, named))
    return found


def _values(row: Row, column: str, term: Term, known: Register) -> tuple[str, ...]:
    """A row has one share and one date; it may have several roles and persons."""
    single = term.datatype in (*NUMBERS, "date", "boolean") and not known.terms.refers(term)
    return (row.get(column),) if single else row.values(column)


def _number(row: Row, column: str, term: Term, value: str) -> None:
    """Report what is no number and no range of numbers."""
    whole = term.datatype == "integer"
    shape = cells.INTEGER if whole else cells.NUMBER
    low, high = reach(value)
    if not (low or high) or not all(shape.fullmatch(end) for end in (low, high) if end):
        kind, example = ("whole", "12") if whole else ("plain", "25.5")
        expected = f"a {kind} number, as {example}, or a range, as 25..50, 25.. or ..50"
        hint = cells.value_hint(value, row.file.rpartition(".")[0])
        # A unit is the ontology's, or another quality's cell.
        row.fault(column, quoted(value), expected, hint.partition(", and ")[0])
    elif low and high and Decimal(low) > Decimal(high):
        row.fault(column, quoted(value), f"a range that rises, as {high}..{low}")
