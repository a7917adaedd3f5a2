"""The ontology of a case, read from Turtle."""

from __future__ import annotations

import os

from kg.model.errors import BadCase
from kg.model.namespaces import KG, RDF, RDFS, SKOS, local
from kg.model.ontology import CORE, Ontology, Term
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


def read(files: Iterable[str | os.PathLike[str]]) -> Ontology:
    """Read core.ttl and the case's Turtle files into one ontology.

    Raises BadCase for a file that is no Turtle, and for two terms with one
    local name. Nothing is fetched: imports are names only.
    """
    from pyoxigraph import RdfFormat, parse

    facts: dict[str, dict[str, list[Any]]] = {}
    core: set[str] = set()
    for path in (CORE, *files):
        try:
            with open(path, "rb") as file:
                data = file.read()
            for t in parse(input=data, format=RdfFormat.TURTLE):
                if getattr(t.subject, "value", "") in core and t.predicate.value in _MEANING:
                    told = f"{local(t.subject.value)} is a term of every case"
                    raise BadCase(
                        f"{os.path.basename(path)}: {told}; give it labels, or make a term of your own"
                    )
                predicates = facts.setdefault(getattr(t.subject, "value", ""), {})
                predicates.setdefault(t.predicate.value, []).append(t.object)
        except (SyntaxError, OSError) as error:
            raise BadCase(f"{os.path.basename(path)}: {error}") from error
        if path == CORE:
            core = {iri for iri, about in facts.items() if _declared(about)}
    groups: dict[str, dict[str, Term]] = {
        "class": {},
        "relation": {},
        "measure": {},
        "attribute": {},
    }
    for iri, about in facts.items():
        types = {o.value for o in about.get(RDF + "type", ())}
        kind = _kind(types)
        if not kind:
            continue
        if len(types & _KINDS) > 1:
            raise BadCase(f"{iri} is declared as two kinds of term; give one of them another name")
        if iri.startswith((RDF, RDFS)):
            raise BadCase(f"{iri} is a word of RDF itself; make a term of your own")
        term = _term(iri, kind, about, facts)
        group = groups.get(kind, groups["relation"])
        if term.id in group and group[term.id].iri != iri:
            raise BadCase(f"two terms are called {term.id}: {group[term.id].iri} and {iri}")
        group[term.id] = term
    things = {n: t for n, t in groups["class"].items() if _below(n, groups["class"])}
    return _consistent(Ontology(things, groups["relation"], groups["measure"], groups["attribute"]))


def as_triples(path: str | os.PathLike[str]) -> str:
    """All that a Turtle file says, as N-Triples."""
    from pyoxigraph import RdfFormat, parse, serialize

    with open(path, "rb") as file:
        found = parse(input=file.read(), format=RdfFormat.TURTLE)
        return (serialize(found, format=RdfFormat.N_TRIPLES) or b"").decode()


# What a statement with one of these changes is what rows and queries mean.
_MEANING = {RDF + "type", *(RDFS + n for n in ("subClassOf", "domain", "range"))}
_MEANING |= {KG + "table", KG + "column"}


def _declared(about: Mapping[str, list[Any]]) -> bool:
    types = {o.value for o in about.get(RDF + "type", ())}
    return bool(types & {RDFS + "Class", RDF + "Property", KG + "Attribute"})


_KINDS = {KG + k for k in ("Event", "State", "Measure", "Attribute")}


def _rank(iri: str, text: str) -> int:
    if not text.isdecimal():
        raise BadCase(f"{local(iri)}: kg:rank is “{text}”; expected a whole number")
    return int(text)


def _flag(iri: str, about: Mapping[str, list[Any]], name: str, default: bool = False) -> bool:
    said = [value.value for value in about.get(KG + name, ())]
    if len(said) > 1 or not {*said} <= {"true", "false"}:
        found = " and ".join(f"“{_clean(value)}”" for value in said)
        raise BadCase(f"{local(iri)}: kg:{name} is {found}; expected true or false")
    return said == ["true"] if said else default


def _consistent(terms: Ontology) -> Ontology:
    """Refuse ontologies that contradict themselves; tables would be read wrongly by them."""
    held: dict[str, str] = {}
    for term in terms.classes.values():
        if term.table in _LEDGERS:
            raise BadCase(f"{term.id} holds the table {term.table}, which is kept for the ledger")
        if term.table and term.table in held:
            raise BadCase(f"{held[term.table]} and {term.id} both hold the table {term.table}")
        held[term.table] = term.id
    for group in (terms.relations, terms.measures, terms.attributes):
        for term in group.values():
            if term.column in ("id", "name", "class"):
                told = f"{term.id} fills the column {term.column}, which every table has"
                raise BadCase(f"{told}; give it another")
            for side, name in (("domain", term.domain), ("range", term.range)):
                if name and name not in terms.classes and name not in _PLAIN:
                    told = f"the {side} of {term.id} is {name}, which is no class of entities"
                    hint = did_you_mean(name, terms.classes) or "name one that is"
                    raise BadCase(f"{told}; {hint}")
    return terms


_LEDGERS = ("claims", "figures", "judgements")
_PLAIN = ("string", "decimal", "integer", "date", "anyURI", "language", "boolean")


def _kind(types: set[str]) -> str:
    for name, kind in (("Event", "event"), ("State", "state"), ("Measure", "measure")):
        if KG + name in types:
            return kind
    if KG + "Attribute" in types:
        return "attribute"
    return "class" if RDFS + "Class" in types else ""


def _below(name: str, classes: Mapping[str, Term]) -> bool:
    """Only classes of entities: Claim, Stance and the like are no tables' business."""
    seen: set[str] = set()
    while name in classes and name not in seen:
        if name == "Entity":
            return True
        seen.add(name)
        name = classes[name].parent
    return False


def _clean(text: str) -> str:
    """A text of the ontology on one line, without control characters."""
    return " ".join(
        "".join(c if c >= " " and not "\x7f" <= c <= "\x9f" else " " for c in text).split()
    )


def _single(iri: str, about: Mapping[str, list[Any]], name: str) -> str:
    said = sorted({_clean(value.value) for value in about.get(KG + name, ())})
    if len(said) > 1:
        raise BadCase(f"{local(iri)}: kg:{name} is {' and '.join(said)}; expected one")
    return said[0] if said else ""


def _term(iri: str, kind: str, about: dict[str, list[Any]], facts: Mapping[str, Any]) -> Term:
    def one(predicate: str, default: str = "") -> str:
        values = about.get(predicate)
        return _clean(values[0].value) if values else default

    labels = tuple(
        sorted((o.language or "", _clean(o.value)) for o in about.get(RDFS + "label", ()))
    )
    english = next((text for lang, text in labels if lang == "en"), "")
    parents = [o.value for o in about.get(RDFS + "subClassOf", ()) if o.value in facts]
    return Term(
        id=local(iri),
        iri=iri,
        kind=kind,
        label=english or (labels[0][1] if labels else local(iri)),
        labels=labels,
        definition=one(RDFS + "comment"),
        example=one(SKOS + "example"),
        inverse=one(KG + "inverseLabel"),
        parent=local(parents[0]) if parents else "",
        table=_single(iri, about, "table"),
        column=_single(iri, about, "column"),
        domain=local(one(RDFS + "domain")),
        range=local(one(RDFS + "range")),
        walked=_flag(iri, about, "walked", True),
        takes_attestation=_flag(iri, about, "acceptsAttestation"),
        adverse=_flag(iri, about, "adverse"),
        symbol=one(KG + "symbol"),
        colour=one(KG + "colour"),
        colour_dark=one(KG + "colourDark"),
        # A class with a table of its own is drawn, unless the ontology says otherwise.
        rank=_rank(iri, one(KG + "rank", "6" if one(KG + "table") else "99")),
        part=one(KG + "layout"),
    )
