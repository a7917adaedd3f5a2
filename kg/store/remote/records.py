"""Entities, claims and attestations out of their triples: the rows that `kg.store.triples` wrote.

RDF has no order of several values and keeps a number by its value. A record that cannot be read
back exactly for such a reason is written down whole beside the graph when it is loaded
(`exact`), and read from there.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from kg.model.claims import QUALIFIERS, TEXTS, Attestation, Claim, Entity, name_end
from kg.model.namespaces import KG, RDF, RDFS, SKOS, local
from kg.model.ontology import CALLED, Ontology
from kg.model.qualities import NUMBERS
from kg.model.standing import Standing
from kg.text.tags import cased

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from kg.sparql.query import Term

# What is said of one thing: values by predicate.
Facts = dict[str, list["Term"]]

TYPE, LABEL, OTHER = RDF + "type", RDFS + "label", SKOS + "altLabel"
SUBJECT, PREDICATE, OBJECT, SCOPE = RDF + "subject", RDF + "predicate", RDF + "object", KG + "scope"
ABOUT = KG + "about"
_WORDS = {v: k for k, v in QUALIFIERS.items()}
_PLAIN = {
    **{field: prop for field, (_, prop) in TEXTS.items()},
    "period": "asPrinted",
    "earliest": "earliest",
    "latest": "latest",
    "said": "said",
    "said_earliest": "saidEarliest",
    "said_latest": "saidLatest",
    "holds_from": "holdsFrom",
    "holds_to": "holdsTo",
    "known_earliest": "knownEarliest",
    "known_latest": "knownLatest",
    "value": "valueAsPrinted",
    "unit": "unit",
}


class Reader:
    """Reads records of a case: `base` begins the IRIs of its ids, `language` is that of its names."""

    def __init__(self, base: str, language: str, terms: Ontology) -> None:
        self.base, self.terms = base, terms
        self._language = language.lower()
        self._classes = {t.iri: name for name, t in terms.classes.items()}
        self._relations = {t.iri: name for name, t in terms.relations.items()}
        self._measures = {t.iri: name for name, t in terms.measures.items()}

    def id(self, iri: str) -> str:
        """The id behind an IRI of the case; any other IRI as it is."""
        return iri.removeprefix(self.base)

    def iri(self, name: str) -> str:
        """The IRI of an id, as SPARQL writes it."""
        return f"<{self.base}{name}>"

    def entity(self, name: str, facts: Facts) -> Entity | None:
        """The entity of an id; None for what is no entity."""
        terms = self.terms
        kinds = [self._classes[t.value] for t in facts.get(TYPE, ()) if t.value in self._classes]
        labels = facts.get(LABEL, [])
        if not kinds or not labels:
            return None
        kind = max(sorted(kinds), key=lambda k: len(terms.lineage(k)))
        own = [t for t in labels if t.language == self._language] or labels
        shown = min(own, key=lambda t: (t.language, t.value))
        names = sorted((cased(t.language), t.value) for t in labels if t is not shown)
        used = {t.value for t in facts.get(KG + CALLED, ()) if not t.language}
        aliases = sorted(t.value for t in facts.get(OTHER, ()) if not t.language)
        attributes: list[tuple[str, str]] = []
        for prop, term in terms.attributes.items():
            values = (self._value(t) for t in facts.get(term.iri, ()))
            attributes += ((prop, value) for value in sorted(values))
        others = tuple(a for a in aliases if a not in used)
        return Entity(name, shown.value, kind, others, tuple(names), tuple(attributes))

    def _value(self, term: Term) -> str:
        if term.kind == "uri":
            return self.id(term.value)
        kind = local(term.datatype) if term.datatype else ""
        if kind == "boolean":
            return {"1": "true", "0": "false"}.get(term.value, term.value)
        return plain(term.value) if kind in NUMBERS else term.value

    def claim(self, name: str, facts: Facts, said: Iterable[Attestation] = ()) -> Claim:
        """The claim of an id with its standing."""
        figure = any(t.value == KG + "Figure" for t in facts.get(TYPE, ()))
        predicate = _first(facts, PREDICATE)
        relation = (self._measures if figure else self._relations)[predicate]
        subject = self.id(_first(facts, SUBJECT))
        ends = facts.get(SCOPE if figure else OBJECT, ())
        target = self._end(ends[0], (name, subject, relation)) if ends else ""
        voices, documents, opposing, sides, against = (
            int(_first(facts, KG + count) or 0)
            for count in ("voices", "documents", "opposingVoices", "sides", "opposingSides")
        )
        standing = Standing(
            status=local(_first(facts, KG + "status")),
            basis=local(_first(facts, KG + "basis")),
            voices=voices,
            documents=documents,
            opposing=opposing,
            earliest=_first(facts, KG + "earliest"),
            latest=_first(facts, KG + "latest"),
            sides=sides,
            opposing_sides=against,
        )
        return Claim(name, subject, relation, target, figure, standing, tuple(said))

    def _end(self, term: Term, claim: tuple[str, str, str]) -> str:
        """The object of a claim: an id, or a name with its language as it was written."""
        if term.kind == "uri":
            return self.id(term.value)
        # A store keeps a language tag in small letters; the claim's id tells how it was.
        tags = dict.fromkeys((term.language, cased(term.language)))
        forms = [name_end(tag, term.value) for tag in tags]
        if len(forms) == 1:
            return forms[0]
        from kg.case.claim_rows import Said, sealed

        name, subject, relation = claim
        empty = Attestation(*("",) * 6)
        for form in forms:
            made = sealed(Said(subject, relation, form, False, empty, ("", 0)))
            if made.attestation.claim == name:
                return form
        return forms[-1]

    def attestation(self, name: str, facts: Facts) -> Attestation:
        """The attestation of an id."""
        ways = sorted(t.value.split(" < ")[1:-1] for t in facts.get(KG + "chain", ()))
        between = [" < ".join(way) for way in ways if way]
        qualities: list[tuple[str, str]] = []
        for quality, term in self.terms.qualities.items():
            predicate = term.iri + ("AsPrinted" if term.datatype in NUMBERS else "")
            values = sorted(self._value(t) for t in facts.get(predicate, ()))
            qualities += ((quality, value) for value in values)
        fields = {field: _first(facts, KG + said) for field, said in _PLAIN.items()}
        qualifier = _WORDS.get(local(_first(facts, KG + "qualifier")), "")
        return Attestation(
            name,
            self.id(_first(facts, ABOUT)).removeprefix("claim/"),
            local(_first(facts, KG + "stance")),
            self.id(_first(facts, KG + "voice")),
            self.id(_first(facts, KG + "document")),
            chain=" | ".join(between),
            instead_of=self.id(_first(facts, KG + "insteadOf")).removeprefix("attestation/"),
            qualifier=qualifier,
            party=" | ".join(sorted(self.id(t.value) for t in facts.get(KG + "party", ()))),
            qualities=tuple(qualities),
            living=_first(facts, KG + "living") in ("true", "1"),
            **fields,
        )


def _first(facts: Facts, predicate: str) -> str:
    held = facts.get(predicate)
    return held[0].value if held else ""


def gathered(rows: Iterable[Sequence[Term | None]]) -> dict[str, Facts]:
    """Rows of subject, predicate, object as facts by the IRI of the subject."""
    found: dict[str, Facts] = {}
    for subject, predicate, value in rows:
        if subject and predicate and value:
            found.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
    return found


def plain(number: str) -> str:
    """A number as its value is written: a store keeps no other form of it.

    >>> plain("0.70"), plain("+7"), plain("100")
    ('0.7', '7', '100')
    """
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def packed(record: Entity | Attestation) -> str:
    """A record as one text."""
    import json

    return json.dumps(list(record), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, kind: type[Any]) -> Any:
    """The record of a text."""
    import json

    return kind(*(_tuple(v) for v in json.loads(text)))


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def facts_of(quads: Iterable[Any]) -> dict[str, Facts]:
    """The engine's triples as facts by subject, as a store would give them back."""
    from kg.sparql import worker
    from kg.sparql.query import Term

    rows = (
        [Term(*(worker.plain(part, {}) or ())) for part in (q.subject, q.predicate, q.object)]
        for q in quads
    )
    return gathered(rows)
