"""The qualities that an ontology declares: which columns of the ledger they fill, on which relations."""

from __future__ import annotations

from kg.case.claim_rows import COLUMNS
from kg.case.turtle import Facts
from kg.model.namespaces import KG, RDF, RDFS
from kg.model.ontology import Ontology, Term
from kg.model.qualities import NUMBERS


def check(facts: Facts, terms: Ontology) -> None:
    """Tell qualities without a column of their own, with an end that none has, with a unit for no number."""
    held: dict[str, Term] = {}
    for term in terms.qualities.values():
        _column(facts, term, held)
        if wrong := [name for name in term.domains if name != "Attestation"]:
            found = f"{term.id}: rdfs:domain is {' and '.join(wrong)}"
            joins = all(name in terms.relations or name in terms.measures for name in wrong)
            named = f"kg:qualityOf my:{' , my:'.join(wrong)}"
            expected = named if joins else "kg:qualityOf and a relation, or nothing"
            hint = "a quality goes on rows of relations and measures, and not on things"
            facts.tell(term.iri, RDFS + "domain", found, expected, hint)
        for mark, value in (("inUnit", term.unit), ("unitFrom", term.unit_from)):
            if value and term.datatype not in NUMBERS:
                found = f"{term.id} has kg:{mark}, and its range is {term.datatype or 'not said'}"
                facts.tell(term.iri, KG + mark, found, "xsd:decimal or xsd:integer as its range")
        if term.unit and term.unit_from:
            found = f"{term.id} has kg:inUnit and kg:unitFrom"
            facts.tell(term.iri, KG + "unitFrom", found, "one of the two")


def _column(facts: Facts, term: Term, held: dict[str, Term]) -> None:
    if not term.column:
        # Where kg:column itself is wrong, that has been told.
        if KG + "column" not in facts.about[term.iri]:
            found = f"{term.id} is a quality that fills no column"
            expected = f'kg:column and a column of claims.csv, as "{term.id}"'
            facts.tell(term.iri, RDF + "type", found, expected)
    elif term.column in COLUMNS:
        found = f"{term.id} fills the column {term.column}, which the ledger has already"
        facts.tell(term.iri, KG + "column", found, "another column")
    elif term.column in held:
        found = f"{held[term.column].id} and {term.id} both fill the column {term.column}"
        expected = "a column for each, or one quality with several kg:qualityOf"
        facts.tell(term.iri, KG + "column", found, expected)
    held.setdefault(term.column, term)
