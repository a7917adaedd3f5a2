"""What a row of the ledger says of its claim besides, as statements about the row."""

from __future__ import annotations

from kg.model.claims import reach
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.ontology import Term

NUMBERS = ("decimal", "integer")
PLAIN, ENTITY, ADDRESS = "", "entity", "anyURI"


class Statement(Record):
    """One statement: what is put after the quality's own IRI, the value, and of what kind it is.

    `kind` is a datatype, ``entity`` for an id, ``anyURI`` for an address, empty for a text.
    """

    suffix: str
    value: str
    kind: str


def statements(term: Term, value: str, refers: bool) -> Iterator[Statement]:
    """A value of a quality as statements: a number with both ends and as printed, a date with both days.

    `refers` tells that its values are entities.

    >>> from kg.model.ontology import Term
    >>> share = Term("share", "https://example.org/share", "quality", "share", ranges=("decimal",))
    >>> [tuple(s) for s in statements(share, "25..50", False)]
    [('From', '25', 'decimal'), ('To', '50', 'decimal'), ('AsPrinted', '25..50', '')]
    """
    datatype = term.datatype
    if refers:
        yield Statement("", value, ENTITY)
    elif datatype in NUMBERS:
        low, high = reach(value)
        sides = (("", low),) if low == high else (("From", low), ("To", high))
        yield from (Statement(side, end, datatype) for side, end in sides if end)
        yield Statement("AsPrinted", value, PLAIN)
    else:
        yield Statement("", value, datatype if datatype in (ADDRESS, "boolean") else PLAIN)
    if datatype == "date":
        from kg.model import dates

        span = dates.parse(value)
        for side, day in (("Earliest", span.earliest), ("Latest", span.latest)):
            if day:
                yield Statement(side, day, "date")
