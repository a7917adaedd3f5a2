"""Facts that kg itself has written, by the ids of their case."""

from __future__ import annotations

from kg.case import cells
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Facts, Text
from kg.model.errors import BadData
from kg.model.namespaces import KG, OWL, RDFS

ATTESTATION, CLAIM = "attestation/", "claim/"


def is_own(facts: Facts) -> bool:
    """Whether facts are a graph that kg has written."""
    return any(
        p == words.TYPE and o == KG + "Attestation"
        for said in facts.about.values()
        for p, o, _ in said
    )


class OwnFacts:
    """Reads them. `base` is what the ids begin with, `records` are those of the records that stand
    for themselves, `merged` those that gave way to another one, `language` is that of the names.

    Raises BadData where no attestation has an address of kg's.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.base = self._base()
        self._entities = [n for n in map(self.id, facts.about) if cells.ID.fullmatch(n)]
        self.records = {n for n in self._entities if KG + "Entity" in self.of(n, words.TYPE)}
        self.merged = self._merged()
        self.language = self._language()

    def id(self, iri: object) -> str:
        """What stands behind the base; an IRI elsewhere has none."""
        text = iri if isinstance(iri, str) else ""
        return text[len(self.base) :] if text.startswith(self.base) else ""

    def of(self, name: str, predicate: str) -> list[str | Text]:
        """What is said of an id of the case."""
        said = self.facts.of(self.base + name, predicate)
        return [o for o in said if isinstance(o, (str, Text))]

    def text(self, iri: str, predicate: str) -> str:
        """A literal that is there once; empty if there is none."""
        return next((o.value for o in self.facts.of(iri, predicate) if isinstance(o, Text)), "")

    def one(self, iri: str, predicate: str) -> str:
        """The id that is there once; empty if there is none."""
        return next((self.id(o) for o in self.facts.of(iri, predicate) if self.id(o)), "")

    def _base(self) -> str:
        """What the ids of the case begin with."""
        types = ((n, said) for n, said in self.facts.about.items())
        for name, said in types:
            if (words.TYPE, KG + "Attestation") in ((p, o) for p, o, _ in said):
                base, found, _ = name.rpartition(ATTESTATION)
                if found:
                    return base
        raise BadData("no attestation has an address of kg's; import it as other RDF")

    def _merged(self) -> dict[str, str]:
        """The records that gave way to another one."""
        found = {}
        for name in self._entities:
            for o in self.of(name, OWL + "sameAs"):
                if self.id(o) in self.records and name not in self.records:
                    found[name] = self.id(o)
        return found

    def _language(self) -> str:
        """The language that all names have."""
        counts: dict[str, int] = {}
        for name in self.records:
            for o in self.of(name, RDFS + "label"):
                if isinstance(o, Text):
                    counts[o.language] = counts.get(o.language, 0) + 1
        return min(counts, key=lambda tag: (-counts[tag], tag != "en", tag), default="en") or "en"
