"""What belongs to what: parts of a whole, what lies in a place, who acts for a country.

Read from what the ontology declares: columns and relations in the roles part of, located in and
territory of. A claim counts if a voice asserts or alleges it.
"""

from __future__ import annotations

from kg.store.graph import Graph

ROLES = ("PartOf", "LocatedIn", "TerritoryOf")


class Belonging:
    """The wholes of each record and the parts of each. Cost: reads every record once."""

    def __init__(self, graph: Graph) -> None:
        terms = graph.terms
        named = {name for role in ROLES for name in terms.playing(role)}
        self._above: dict[str, set[str]] = {}
        self._below: dict[str, set[str]] = {}
        self._countries: set[str] = set()
        codes = terms.playing("CountryCode")
        for e in graph.ledger.entities():
            for prop, value in e.attributes:
                if prop in named:
                    self._join(e.id, value)
                if prop in codes:
                    self._countries.add(e.id)
        relations = [name for name in terms.relations if name in named]
        for subject, object_ in graph.ledger.ties(relations):
            self._join(subject, object_)

    def _join(self, part: str, whole: str) -> None:
        if part != whole:
            self._above.setdefault(part, set()).add(whole)
            self._below.setdefault(whole, set()).add(part)

    def parts(self, whole: str) -> list[str]:
        """All that belongs to a record, and to what belongs to it, by id; without itself."""
        return sorted(_reached(self._below, whole, set()) - {whole})

    def countries(self, name: str) -> list[str]:
        """The countries that a record is, lies in or acts for; the nearest on each way."""
        return sorted(_reached(self._above, name, self._countries) & self._countries)


def _reached(ways: dict[str, set[str]], start: str, stop: set[str]) -> set[str]:
    """What can be reached from a record; ways end at those where they are to stop."""
    found, ahead = set[str](), [start]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            if here not in stop:
                ahead += ways.get(here, ())
    return found
