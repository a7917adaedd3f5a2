"""What belongs to what: parts of a whole, what lies in a place, who acts for a country.

Read from what the ontology declares: columns and relations in the roles part of, located in and
territory of. A claim counts if a voice asserts or alleges it, whatever a lens shows.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.store.ledger import Ledger


class Countries:
    """The countries of records; each is looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._found: dict[str, list[str]] = {}

    def of(self, name: str) -> list[str]:
        """The countries that a record is, lies in or acts for, by id; the nearest on each way."""
        if name not in self._found:
            seen, ahead, found = set[str](), [name], set[str]()
            while ahead:
                here = ahead.pop()
                if self._ledger.is_country(here):
                    found.add(here)
                elif here not in seen:
                    seen.add(here)
                    ahead += self._ledger.wholes(here)
            self._found[name] = sorted(found)
        return self._found[name]
