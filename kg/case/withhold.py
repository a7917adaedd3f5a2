"""What is not to be handed on: the table of records whose names, or all that is said of them, are withheld.

The graph has everything; pages, exports and reports leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.case.names import take
from kg.case.row import Row, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.case.ids import Register

TABLE = "withhold"
COLUMNS = ("record", "what", "instead", "reason", "by", "date")
NEEDED = ("record", "what")
# Its names wherever they stand; all claims about it, and what it says itself, too.
WHAT = ("name", "claims")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A row: of which record, by id, ``name`` or ``claims``, and what stands in place of its names."""

    record: str
    what: str
    instead: str


def read(rows: Iterable[Row], known: Register) -> list[Withheld]:
    """The rows that can be followed, merged records as the ones they give way to; others are reported."""
    found: dict[str, Withheld] = {}
    for row in rows:
        take(row, ("record",), known.meant, known.kinds)
        record, what = row.get("record"), row.get("what")
        there = known.expect(row, "record", record)
        if what not in WHAT:
            row.fault("what", quoted(what) if what else "nothing", " or ".join(WHAT))
        elif there:
            record = known.resolve(record)
            if record in found:
                row.fault("record", f"{quoted(record)} a second time", "a record once")
            found[record] = Withheld(record, what, row.get("instead"))
    return list(found.values())
