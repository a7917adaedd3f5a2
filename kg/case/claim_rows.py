"""A row of claims.csv or figures.csv as a checked attestation of a claim."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from operator import itemgetter

from kg.case import cells, quality_cells
from kg.case.evidence_cells import EVIDENCE, evidence
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model.claims import HASHED, QUALIFIERS, Attestation, ends
from kg.model.ontology import CALLED, Term
from kg.model.record import Record
from kg.text.spelling import Likely

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CLAIM = ("subject", "relation", "object", *EVIDENCE)
FIGURE = ("subject", "measure", "value", "unit", "qualifier", "scope", *EVIDENCE)
COLUMNS = frozenset((*CLAIM, *FIGURE))
NEEDED = {
    "claims": (*CLAIM[:3], "document", "locator"),
    "figures": (*FIGURE[:3], "document", "locator"),
}


class Said(Record):
    """An attestation with the claim that it is about, and the (file, row) it was read from."""

    subject: str
    relation: str
    object: str
    figure: bool
    attestation: Attestation
    place: tuple[str, int]


def read(row: Row, figure: bool, known: Register) -> Said | None:
    """What a row says, an ``@key`` left as its object; nothing if the row breaks a rule."""
    get = row.cells.get
    term = _term(row, figure, known)
    subject, target = get("subject", ""), get("scope" if figure else "object", "")
    _end(row, "subject", term, term.domains if term else (), known)
    if figure:
        if target:
            _end(row, "scope", term, (), known)
        check_number(row, "value", "qualifier")
    elif target.startswith("@"):
        if term and not term.takes_attestation:
            can = ", ".join(t.id for t in known.terms.relations.values() if t.takes_attestation)
            expected = f"an entity; a row only after {can}" if can else "an entity"
            row.fault("object", quoted(target), expected)
    else:
        _end(row, "object", term, term.ranges if term else (), known)
        if subject and subject == target:
            row.warn("object", "the subject itself", "another entity")
    if term and term.id == CALLED:
        row.fault("relation", quoted(CALLED), "another relation: names stand in names.csv")
    if term:
        check_period(row, term)
    check_instead(row)
    said = quality_cells.read(row, term, known) if term else ()
    a = evidence(row, known, term.kind if term else "")
    if not a or not term:
        return None
    if said:
        a = a._replace(qualities=said)
    if figure:
        qualifier = row.get("qualifier") or "exact"
        a = a._replace(value=row.get("value"), unit=row.get("unit"), qualifier=qualifier)
    one, other = term.ends(known.resolve(subject), known.resolve(target))
    return Said(one, term.id, other, figure, a, row.place)


def check_period(row: Row, term: Term) -> None:
    """Report an end of what happens once."""
    end = row.cells.get("to", "")
    if end and term.kind == "event" and end != row.get("from"):
        found = f"{quoted(end)}, and {term.id} is an event"
        row.fault("to", found, "a time in the column from only")


def check_instead(row: Row) -> None:
    """Report a row to be replaced that is not named by its key."""
    if (instead := row.cells.get("instead_of", "")) and not instead.startswith("@"):
        row.fault("instead_of", quoted(instead), "@ and a key")


# What the id of an attestation is made of beside its claim, in the fields after the two ids.
_IDENTITY = (
    *("stance", "voice", "chain", "period", "said", "instead_of", "document"),
    *(*HASHED, "value", "unit", "qualifier"),
)
_identity = itemgetter(*(Attestation._fields.index(field) - 2 for field in _IDENTITY))
_QUALITIES = Attestation._fields.index("qualities") - 2


def sealed(said: Said) -> Said:
    """Give claim and attestation their ids."""
    return seal(*said[:4], said.attestation[2:], said.place)


def seal(
    subject: str,
    relation: str,
    object_: str,
    figure: bool,
    told: tuple[Any, ...],
    place: tuple[str, int],
) -> Said:
    """What is said, of the fields of an attestation after its ids, which are hashes of all this."""
    claim = _hash((subject, relation, object_, "figure" if figure else ""))
    content = (claim, *_identity(told))
    if besides := told[_QUALITIES]:
        content += tuple([text for pair in besides for text in pair])
    # Every row comes by here: made by the tuple's own function, which is twice as quick.
    named = tuple.__new__(Attestation, (_hash(content), claim, *told))
    return tuple.__new__(Said, (subject, relation, object_, figure, named, place))


def _hash(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _term(row: Row, figure: bool, known: Register) -> Term | None:
    """The relation or measure of a row; reports one that the ontology does not have."""
    column = "measure" if figure else "relation"
    name, terms = row.cells.get(column, ""), known.terms
    here = terms.measures if figure else terms.relations
    if name not in here:
        there = terms.relations if figure else terms.measures
        other = "claims.csv" if figure else "figures.csv"
        hint = f"it belongs in {other}" if name in there else Likely(name, here)
        row.fault(column, quoted(name), f"a {column} of the ontology", hint)
    return here.get(name)


def _end(
    row: Row, column: str, term: Term | None, wanted: tuple[str, ...], known: Register
) -> None:
    """Report an end of a claim that is no entity, or of a class its term does not join."""
    name = row.cells.get(column, "")
    kind = known.kinds.get(name)
    if kind is None:
        known.expect(row, column, name, next(iter(wanted), ""))
    elif lacks := known.terms.lacking(kind, wanted):
        says = f", as {term.id} says" if term else ""
        found = f"{quoted(name)} is {cells.a(kind)}"
        row.fault(column, found, f"{cells.a(lacks)}{says}")


def check_number(row: Row, column: str, qualified: str) -> None:
    """Report what is no number, or has a qualifier that there is not; by the names of the columns."""
    value, qualifier = row.get(column), row.get(qualified)
    low, high = ends(value)
    both = cells.NUMBER.fullmatch(low) and cells.NUMBER.fullmatch(high)
    if both and Decimal(low) > Decimal(high):
        row.fault(column, quoted(value), f"a range that rises, as {high}..{low}")
    elif both and ".." in value and qualifier not in ("", "exact", "about"):
        row.fault(qualified, quoted(qualifier), "about, or nothing, beside a range")
    elif not both or value.endswith(".."):
        expected = "a plain number, as 230000 or 0.5, or a range, as 25..30"
        hint = cells.value_hint(value, row.file.rpartition(".")[0])
        if column != "value":
            hint = hint.replace("the column unit", f"the column {column}_unit")
        row.fault(column, quoted(value), expected, hint)
    if qualifier and qualifier not in QUALIFIERS:
        expected = f"one of {', '.join(QUALIFIERS)}"
        row.fault(qualified, quoted(qualifier), expected, Likely(qualifier, QUALIFIERS))
