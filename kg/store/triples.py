"""Rows as RDF 1.1: N-Triples text, without blank nodes, in the default graph.

Three layers: the direct edge, there if and only if somebody alive asserts or
alleges it; the claim, once; each attestation with document, voice and stance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import dates, qualities
from kg.model.claims import QUALIFIERS, TEXTS, Attestation, Claim, Entity, ends, named
from kg.model.namespaces import DCTERMS, KG, OWL, RDF, RDFS, SKOS, XSD
from kg.model.ontology import Ontology
from kg.model.standing import Standing

_special = re.compile(r'[\\"\n\r\t]').search
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TYPE = f"<{RDF}type>"
_LABEL = f"<{RDFS}label>"
# Datatypes whose values stand in RDF as such; a date and a language stand as printed.
TYPED = ("decimal", "integer", "boolean")
_DATE = f"^^<{XSD}date>"
# The days of an attestation, in the order in which they are told.
_PERIOD = ("earliest", "latest", "holdsFrom", "holdsTo", "begunBy", "endedFrom")
_SAID = ("saidEarliest", "saidLatest", "knownEarliest", "knownLatest")
# So many different standings and periods, and days of speaking, are written out once.
_KEPT = 20_000


def literal(text: str) -> str:
    """A plain literal, quoted."""
    return f'"{text.translate(_ESCAPES) if _special(text) else text}"'


class Triples:
    """Writes the triples of one case. IRIs are minted from its base; terms keep their own."""

    def __init__(self, base: str, language: str, terms: Ontology) -> None:
        self._base = base
        self._tag = f"@{language}" if language else ""
        self._terms = terms
        self._standings: dict[Standing, tuple[str, ...]] = {}
        self._periods: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._spans: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._follow: dict[str, list[tuple[str, bool]]] = {}
        self._iri = {name: f"<{t.iri}>" for group in terms.groups for name, t in group.items()}

    def kinds(self) -> Iterator[str]:
        """What each relation, measure and attribute is to kg, where its file says it in OWL."""
        for group in self._terms.groups[1:]:
            for name, term in group.items():
                yield f"{self._iri[name]} {_TYPE} <{KG}{term.kind.capitalize()}> .\n"
                if term.symmetric:
                    yield f"{self._iri[name]} {_TYPE} <{KG}Symmetric> .\n"

    def id(self, name: str) -> str:
        """The IRI of an entity, or of `attestation/…` and `claim/…`."""
        return f"<{self._base}{name}>"

    def end(self, name: str) -> str:
        """The object of a claim: an IRI, a name in its language, or nothing."""
        language, text = named(name)
        if text:
            return f"{literal(text)}@{language}" if language else literal(text)
        return self.id(name) if name else ""

    def entity(self, entity: Entity) -> Iterator[str]:
        """An entity: its class and every class above, names, attributes."""
        me = self.id(entity.id)
        for kind in self._terms.lineage(entity.kind):
            yield f"{me} {_TYPE} {self._iri[kind]} .\n"
        yield f"{me} {_LABEL} {literal(entity.name)}{self._tag} .\n"
        for language, name in entity.names:
            yield f"{me} {_LABEL} {literal(name)}@{language} .\n"
        # An event that has a name of its own is found by it.
        for alias in (a for a in entity.aliases if a != entity.name):
            yield f"{me} <{SKOS}altLabel> {literal(alias)} .\n"
        for prop, value in entity.attributes:
            yield from self._attribute(me, prop, value)
        for scheme, value in self._terms.foreign_ids(entity):
            yield f"{me} <{DCTERMS}identifier> {literal(f'{scheme}:{value}')} .\n"

        printed = (dates.parse(v).earliest for v in self._terms.values(entity, "PublishedOn"))
        if first := min(filter(None, printed), default=""):
            yield f"{me} <{KG}inPrintFrom> {literal(first)}{_DATE} .\n"

    def _attribute(self, me: str, prop: str, value: str) -> Iterator[str]:
        term = self._terms.attributes[prop]
        predicate = self._iri[prop]
        if self._terms.refers(term):
            yield f"{me} {predicate} {self.id(value)} .\n"
        elif term.datatype == "anyURI":
            yield f"{me} {predicate} <{value}> .\n"
        elif term.datatype in TYPED:
            yield f"{me} {predicate} {literal(value)}^^<{XSD}{term.datatype}> .\n"
        else:
            yield f"{me} {predicate} {literal(value)} .\n"
        if term.datatype == "date":
            span = dates.parse(value)
            for side, day in (("Earliest", span.earliest), ("Latest", span.latest)):
                if day:
                    yield f"{me} {predicate[:-1]}{side}> {literal(day)}{_DATE} .\n"

    def same(self, record: str, merged_into: str) -> str:
        """A record that a judgement merged into another one."""
        return f"{self.id(record)} <{OWL}sameAs> {self.id(merged_into)} .\n"

    def possibly_same(self, left: str, right: str) -> Iterator[str]:
        """Two records about which a judgement is unsure."""
        yield f"{self.id(left)} <{KG}possiblySame> {self.id(right)} .\n"
        yield f"{self.id(right)} <{KG}possiblySame> {self.id(left)} .\n"

    def claim(self, claim: Claim) -> Iterator[str]:
        """A settled claim, its direct edge if it has one, and its attestations."""
        yield self.standing(claim)
        for a in claim.attestations:
            yield self.said(a, claim.relation)
            yield from self.parties(a)

    def standing(self, claim: Claim) -> str:
        """A settled claim and its direct edge, without its attestations."""
        me = f"<{self._base}claim/{claim.id}>"
        subject, relation = self.id(claim.subject), self._iri[claim.relation]
        text = [
            f"{me} {_TYPE} <{KG}Claim> .\n{me} <{RDF}subject> {subject}"
            f" .\n{me} <{RDF}predicate> {relation}",
            *self._stands(claim.standing),
        ]
        if claim.figure:
            text[0] += f" .\n{me} {_TYPE} <{KG}Figure>"
        if target := self.end(claim.object):
            if claim.figure:
                text.append(f"scope> {target}")
            else:
                text[0] += f" .\n{me} <{RDF}object> {target}"
        also = f" .\n{me} <{KG}"
        return f"{''.join(self.direct(claim))}{also.join(text)} .\n"

    def _stands(self, s: Standing) -> tuple[str, ...]:
        """What is told of a standing: few are not those of other claims."""
        if (held := self._standings.get(s)) is None:
            days = (("earliest", s.earliest), ("latest", s.latest))
            held = (
                f"status> <{KG}{s.status}>",
                f"basis> <{KG}{s.basis}>",
                f"voices> {_integer(s.voices)}",
                f"documents> {_integer(s.documents)}",
                f"opposingVoices> {_integer(s.opposing)}",
                f"sides> {_integer(s.sides)}",
                f"opposingSides> {_integer(s.opposing_sides)}",
                *(f'{side}> "{day}"{_DATE}' for side, day in days if day),
            )
            if len(self._standings) < _KEPT:
                self._standings[s] = held
        return held

    def direct(self, claim: Claim) -> Iterator[str]:
        """What a claim says without a word on who says so; another claim may say the same."""
        if claim.supported and not claim.figure:
            subject, target = self.id(claim.subject), self.end(claim.object)
            yield from self._edges(claim, subject, target)
            if named(claim.object)[1]:
                yield f"{subject} <{SKOS}altLabel> {target} .\n"

    def _edges(self, claim: Claim, subject: str, target: str) -> Iterator[str]:
        """The direct edge of a claim, and those that follow from it: of the relations above its own,
        and the other way where one has no direction."""
        if claim.relation not in self._follow:
            line = self._terms.above(claim.relation)
            known = self._terms.relations
            both = {n for n in line if known[n].symmetric}
            self._follow[claim.relation] = [
                (self._iri[n], any(n in self._terms.above(b) for b in both)) for n in line
            ]
        for relation, both_ways in self._follow[claim.relation]:
            yield f"{subject} {relation} {target} .\n"
            if both_ways:
                yield f"{target} {relation} {subject} .\n"

    def said(self, a: Attestation, relation: str) -> str:
        """An attestation of a claim of this relation, but for whom its voice spoke."""
        base = self._base
        me = f"<{base}attestation/{a.id}>"
        text = [
            f"{me} {_TYPE} <{KG}Attestation>",
            f"about> <{base}claim/{a.claim}>",
            f"stance> <{KG}{a.stance}>",
            f"voice> <{base}{a.voice}>",
            f"document> <{base}{a.document}>",
            f'living> "{"true" if a.living else "false"}"^^<{XSD}boolean>',
        ]
        text += [f"chain> {literal(way)}" for way in a.whole_chain]
        if a.chain:
            text += [f"via> {self.id(v)}" for v in a.via]
        for field, (_, prop) in TEXTS.items():
            if told := getattr(a, field):
                # The gloss is the editors', in the language of their case.
                tag = self._tag if field == "gloss" else ""
                text.append(f"{prop}> {literal(told)}{tag}")
        if a.value:
            text += _number(a)
        if a.instead_of:
            text.append(f"insteadOf> {self.id('attestation/' + a.instead_of)}")
        if a.period or a.earliest or a.latest:
            text += self._held_from(a, relation)
        text += self._spoken(a)
        said = f" .\n{me} <{KG}".join(text)
        for name, value in a.qualities:
            said += "".join(f" .\n{me} {line}" for line in self.quality(name, value))
        return f"{said} .\n"

    def living(self, a: Attestation, living: bool) -> str:
        """Whether an attestation counts, as a line of its own."""
        told = "true" if living else "false"
        return f'<{self._base}attestation/{a.id}> <{KG}living> "{told}"^^<{XSD}boolean> .\n'

    def parties(self, a: Attestation) -> Iterator[str]:
        """For whom the voice of an attestation spoke, which other rows tell."""
        if a.party:
            me = self.id(f"attestation/{a.id}")
            yield from (f"{me} <{KG}party> {self.id(v)} .\n" for v in a.parties)

    def _held_from(self, a: Attestation, relation: str) -> tuple[str, ...]:
        """The days on which it was so, as an attestation has them: few are not those of others."""
        key = (a.period, a.earliest, a.latest, a.holds_from, a.holds_to, relation)
        if (held := self._periods.get(key)) is None:
            term = self._terms.relations.get(relation)
            event = term is not None and term.kind == "event"
            begun, ended = dates.bounds(a.period) if a.period and not event else ("", "")
            printed = dates.printed(a.period)
            held = (
                *((f"asPrinted> {literal(printed)}",) if printed else ()),
                *_days(_PERIOD, (*key[1:5], begun, ended)),
            )
            if len(self._periods) < _KEPT:
                self._periods[key] = held
        return held

    def _spoken(self, a: Attestation) -> tuple[str, ...]:
        """The days on which it was said, and came to be known."""
        key = (a.said, a.said_earliest, a.said_latest, a.known_earliest, a.known_latest)
        if (held := self._spans.get(key)) is None:
            said = (f"said> {literal(a.said)}",) if a.said else ()
            held = (*said, *_days(_SAID, key[1:]))
            if len(self._spans) < _KEPT:
                self._spans[key] = held
        return held

    def quality(self, name: str, value: str) -> Iterator[str]:
        """What an attestation says of its claim besides."""
        term, predicate = self._terms.qualities[name], self._iri[name][:-1]
        for said in qualities.statements(term, value, self._terms.refers(term)):
            if said.kind == qualities.ENTITY:
                node = self.id(said.value)
            elif said.kind == qualities.ADDRESS:
                node = f"<{said.value}>"
            else:
                node = literal(said.value) + (f"^^<{XSD}{said.kind}>" if said.kind else "")
            yield f"{predicate}{said.suffix}> {node}"


def _days(names: tuple[str, ...], days: tuple[str, ...]) -> Iterator[str]:
    """Days by their names, those that are told."""
    return (f'{name}> "{day}"{_DATE}' for name, day in zip(names, days, strict=True) if day)


def _number(a: Attestation) -> Iterator[str]:
    """The number that an attestation gives."""
    yield f"valueAsPrinted> {literal(a.value)}"
    if a.unit:
        yield f"unit> {literal(a.unit)}"
    low, high = ends(a.value)
    parts = [("value", low)] if low == high else [("valueFrom", low), ("valueTo", high)]
    yield from (f"{p}> {literal(n)}^^<{XSD}decimal>" for p, n in parts)
    yield f"qualifier> <{KG}{QUALIFIERS[a.qualifier]}>"


def _integer(number: int) -> str:
    return f'"{number}"^^<{XSD}integer>'
