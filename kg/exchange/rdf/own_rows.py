"""Rows of the ledger as kg's own RDF tells of them, made whole again by their hashes."""

from __future__ import annotations

from itertools import islice, permutations, product

from kg.case.claim_rows import Said, sealed
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Text
from kg.exchange.rdf.own_facts import ATTESTATION, CLAIM
from kg.exchange.tally import KEPT
from kg.model.claims import QUALIFIERS, TEXTS, Attestation, name_end
from kg.model.errors import BadData
from kg.model.namespaces import KG, RDF, local
from kg.text.tags import cased

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.exchange.rdf.own_facts import OwnFacts
    from kg.exchange.tally import Tally
    from kg.model.ontology import Ontology

_WORDS = {v: k for k, v in QUALIFIERS.items()}
# The literals of an attestation, by its fields.
_PLAIN = {field: prop for field, (_, prop) in TEXTS.items()}
_PLAIN |= {"said": "said", "value": "valueAsPrinted", "unit": "unit"}
# So many orders of the ways to a voice are tried at most.
_ORDERS = 720


class OwnRows:
    """Reads the attestations of a graph that kg has written."""

    def __init__(self, own: OwnFacts, terms: Ontology, tally: Tally) -> None:
        self._own, self._facts, self._tally = own, own.facts, tally
        self._qualities = terms.qualities
        self._iris = {
            t.iri: t for group in terms.groups for t in group.values() if t.kind != "class"
        }

    def keyed(self) -> set[str]:
        """The attestations that another row refers to, by id."""
        wanted = set()
        for name, said in self._facts.about.items():
            mine = self._own.id(name)
            for predicate, target, _ in said:
                other = self._own.id(target)
                refers = predicate in (KG + "insteadOf", RDF + "object", KG + "scope")
                if refers and other.startswith(ATTESTATION) and mine:
                    wanted.add(other.removeprefix(ATTESTATION))
        return wanted

    def row(self, iri: str) -> tuple[tuple[str, str, str, bool], Attestation]:
        """A row of the ledger: what it is about, and what it says."""
        about = next((o for o in self._facts.of(iri, KG + "about") if isinstance(o, str)), "")
        ends = self._claim(about)
        told: dict[str, Any] = {f: self._own.text(iri, KG + name) for f, name in _PLAIN.items()}
        stance = next((o for o in self._facts.of(iri, KG + "stance") if isinstance(o, str)), "")
        said = next((o for o in self._facts.of(iri, KG + "qualifier") if isinstance(o, str)), "")
        a = Attestation(
            id=self._own.id(iri).removeprefix(ATTESTATION),
            claim="",
            stance=local(stance),
            voice=self._own.one(iri, KG + "voice"),
            document=self._own.one(iri, KG + "document"),
            qualifier=_WORDS.get(local(said), "") if ends[3] else "",
            instead_of=self._own.one(iri, KG + "insteadOf").removeprefix(ATTESTATION),
            **told,
        )
        return ends, self._hashed(iri, ends, a)

    def _claim(self, iri: str) -> tuple[str, str, str, bool]:
        """Subject, relation, object and whether it is of a number."""
        types = {*self._facts.of(iri, words.TYPE)}
        figure = KG + "Figure" in types
        for s in self._facts.stated.get(iri, ()):
            subject, predicate, target = s.subject, s.predicate, s.object
            break
        else:
            subject, predicate = (
                next((o for o in self._facts.of(iri, p) if isinstance(o, str)), "")
                for p in words.PARTS[:2]
            )
            target = next(iter(self._facts.of(iri, KG + "scope" if figure else words.PARTS[2])), "")
        term = self._iris.get(predicate)
        if term is not None and isinstance(target, Text) and self._own.id(subject):
            ends = self._own.id(subject), term.id
            tags = dict.fromkeys((target.language, cased(target.language)))
            forms = [name_end(tag, target.value) for tag in tags]
            known = (
                f for f in forms if _claim_id(*ends, f) == self._own.id(iri).removeprefix(CLAIM)
            )
            return *ends, next(known, forms[0]), False
        if not self._own.id(subject) or term is None or not (figure or self._own.id(target)):
            raise BadData(
                f"{iri or 'an attestation'} is no whole claim: part of the file is missing"
            )
        return self._own.id(subject), term.id, self._own.id(target), figure

    def _hashed(self, iri: str, ends: tuple[str, str, str, bool], a: Attestation) -> Attestation:
        """With the ways to the voice, the period and the qualities as the row had them, by its hash.

        RDF keeps no order of several ways or values, and prints a day that is both ends once.
        """
        ways = [o.value for o in self._facts.of(iri, KG + "chain") if isinstance(o, Text)]
        between = sorted(" < ".join(way.split(" < ")[1:-1]) for way in ways)
        printed = self._own.text(iri, KG + "asPrinted")
        periods = (
            [printed, f"{printed} – {printed}"] if printed and " – " not in printed else [printed]
        )
        ways_in_order = islice(permutations(filter(None, between)), _ORDERS)
        tried = product(ways_in_order, periods, self._besides(iri))
        first: Attestation | None = None
        for order, period, qualities in islice(tried, _ORDERS):
            b = a._replace(chain=" | ".join(order), period=period, qualities=qualities)
            first = first or b
            if sealed(Said(*ends, b, ("", 0))).attestation.id == a.id:
                return b
        self._tally.add(KEPT, "row", "its hash is not that of what the file says of it")
        assert first
        return first

    def _besides(self, iri: str) -> list[tuple[tuple[str, str], ...]]:
        """What a row says of its claim besides, with several values of one in every order."""
        found = []
        for name in sorted(self._qualities):
            term = self._qualities[name]
            number = term.datatype in ("decimal", "integer")
            values = self._facts.of(iri, term.iri + ("AsPrinted" if number else ""))
            texts = [
                v.value if isinstance(v, Text) else self._own.id(v) or v
                for v in values
                if isinstance(v, (str, Text))
            ]
            orders = islice(permutations(sorted(texts)), _ORDERS)
            found.append([tuple((name, text) for text in order) for order in orders])
        return [
            tuple(pair for part in parts for pair in part)
            for parts in islice(product(*found), _ORDERS)
        ]


def _claim_id(subject: str, relation: str, target: str) -> str:
    """The hash of a claim."""
    a = Attestation(*("",) * 6)
    return sealed(Said(subject, relation, target, False, a, ("", 0))).attestation.claim
