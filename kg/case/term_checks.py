"""How the terms of an ontology fit together: circles, tables, columns, what relations join."""

from __future__ import annotations

from kg.case.turtle import Facts
from kg.model.marks import ROLES
from kg.model.namespaces import KG, RDF, RDFS, XSD
from kg.model.ontology import EVENTS, Ontology, Term
from kg.model.qualities import NUMBERS
from kg.model.vocabularies import unknown
from kg.text.spelling import did_you_mean
from kg.text.templates import gaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAIN = ("string", "decimal", "integer", "date", "boolean", "anyURI", "language")
LEDGERS = ("claims", "figures", "names", "judgements", "withhold")


def classes(facts: Facts, terms: Ontology, core: set[str]) -> None:
    """Tell circles, classes that lie below no entity, and tables that two classes want."""
    for circle in circles(terms.classes):
        iri = terms.classes[circle[0]].iri
        shown = " > ".join([*circle[:6], *(["…"] if len(circle) > 6 else []), circle[0]])
        found = f"classes lie below each other in a circle: {shown}"
        facts.tell(iri, RDFS + "subClassOf", found, "no circle", "take one rdfs:subClassOf out")
    entities = terms.below("Entity")
    held: dict[str, str] = {}
    for name, term in terms.classes.items():
        lost = term.iri not in core and name not in entities and not _slipped(facts, term)
        if lost and (term.table or not term.parents):
            found = f"{name} is not below kg:Entity, so that no table can hold it"
            hint = "add rdfs:subClassOf kg:Entity"
            told = "" if term.table else "leave it, if no table is to use it"
            facts.tell(
                term.iri,
                RDF + "type",
                found,
                "a class of entities",
                f"{hint}; or {told}" if told else hint,
                not term.table,
            )
        if term.table in LEDGERS:
            found = f"{name} holds the table {term.table}, which is kept for the ledger"
            facts.tell(term.iri, KG + "table", found, "another table")
        if term.table and term.table in held:
            found = f"{held[term.table]} and {name} both hold the table {term.table}"
            facts.tell(term.iri, KG + "table", found, "a table for each")
        held[term.table] = name


def _slipped(facts: Facts, term: Term) -> bool:
    """Whether what a class is said to lie below is a word that there is not, which is told."""
    above = (o.value for o in facts.about[term.iri].get(RDFS + "subClassOf", ()))
    return any(iri.startswith(KG) and iri not in facts.about for iri in above)


def circles(held: Mapping[str, Term]) -> Iterator[list[str]]:
    """Each circle among terms and their parents once, as names. Linear."""
    children: dict[str, list[str]] = {}
    above = {n: {p for p in t.parents if p in held and p != n} for n, t in held.items()}
    for name, parents in above.items():
        for parent in parents:
            children.setdefault(parent, []).append(name)
    waiting = {name: len(parents) for name, parents in above.items()}
    ready = [name for name, number in waiting.items() if not number]
    left = dict.fromkeys(name for name, number in waiting.items() if number)
    while True:
        while ready:
            for child in children.get(ready.pop(), ()):
                waiting[child] -= 1
                if not waiting[child] and child in left:
                    del left[child]
                    ready.append(child)
        if not left:
            return
        walk: dict[str, int] = {}
        here = next(iter(left))
        while here not in walk:
            walk[here] = len(walk)
            here = next(p for p in held[here].parents if p in left and p != here)
        circle = [*walk][walk[here] :]
        yield circle
        for name in circle:
            del left[name]
        ready = circle


_EVERYWHERE = {"id", "name", "class", "aliases", "document", "locator", "passage"}
_EVERYWHERE |= {"passage_digest", "via", "voice"}
_OF_EVENTS = {"from", "to", "stance", "said", "instead_of", "gloss", "quote", "key"}


def columns(facts: Facts, terms: Ontology) -> None:
    """Tell columns that every table has, and columns that two terms fill in one table."""
    held: dict[str, list[Term]] = {}
    every = (*terms.attributes.values(), *terms.relations.values(), *terms.measures.values())
    for term in every:
        if not term.column:
            continue
        of_event = any(terms.is_event(d) for d in term.domains)
        if term.kind == "measure" and not of_event:
            found = f"{term.id} is a measure, and fills a column of no table of events"
            hint = f'take it out, or give {term.id} the class of kg:table "{EVENTS}" as its domain'
            facts.tell(term.iri, KG + "column", found, "a measure of events", hint)
        if of_event and term.column in _OF_EVENTS:
            found = f"{term.id} fills the column {term.column}, which the table of events has"
            facts.tell(term.iri, KG + "column", found, "another column")
        if term.column in _EVERYWHERE or term.column.startswith("name_"):
            found = f"{term.id} fills the column {term.column}, which every table has"
            facts.tell(term.iri, KG + "column", found, "another column")
        if not term.domains:
            found = f"{term.id} fills the column {term.column} of no table: it has no domain"
            facts.tell(term.iri, KG + "column", found, "rdfs:domain and a class")
        for other in held.get(term.column, ()):
            if _meet(terms, term, other):
                found = f"{other.id} and {term.id} both fill the column {term.column}"
                facts.tell(term.iri, KG + "column", found, "a column for each")
                break
        held.setdefault(term.column, []).append(term)


def sentences(facts: Facts, terms: Ontology) -> None:
    """Tell sentences of events with gaps that no column fills, or on what is no event."""
    known = {*terms.roles, "from", "to"}
    for term in terms.classes.values():
        if not term.sentence:
            continue
        if not terms.is_event(term.id):
            found = f'{term.id} has a kg:sentence, and lies below no class of kg:table "{EVENTS}"'
            facts.tell(term.iri, KG + "sentence", found, "it on a class of events")
            continue
        try:
            names = gaps(term.sentence)
        except ValueError as error:
            found = f"{term.id}: kg:sentence has {error}"
            expected = "a sentence as “{payer} paid {amount} to {payee}[ in {place}]”"
            facts.tell(term.iri, KG + "sentence", found, expected)
            continue
        for name in names:
            if name not in known:
                found = f"{term.id}: kg:sentence has {{{name}}}, and no role fills that column"
                expected = f"one of {', '.join(sorted(known))}"
                facts.tell(term.iri, KG + "sentence", found, expected, did_you_mean(name, known))


def roles(facts: Facts, terms: Ontology) -> None:
    """Tell columns of events that a role and a quality of it both fill."""
    for column, role in terms.roles.items():
        for quality in terms.qualities.values():
            on = any(terms.qualifies(quality, other.id) for other in terms.roles.values())
            if quality.column == column and on:
                found = (
                    f"{role.id} and {quality.id} both fill the column {column} of the table events"
                )
                facts.tell(quality.iri, KG + "column", found, "a column for each")


def _meet(terms: Ontology, one: Term, other: Term) -> bool:
    """Whether a table can have the columns of both."""
    above = (set(terms.lineage(d)) for t in (one, other) for d in t.domains)
    ends = [
        {*line, *terms.below(d)}
        for line, d in zip(above, (*one.domains, *other.domains), strict=True)
    ]
    return bool(set.intersection(*ends) & {t.id for t in terms.classes.values() if t.table})


def ends(facts: Facts, terms: Ontology) -> None:
    """Tell domains and ranges that are no classes of entities, or that nothing can be at once."""
    entities = terms.below("Entity")
    for group in terms.groups[1:]:
        for term in group.values():
            if term.kind != "quality":
                _end(facts, terms, term, "domain", term.domains, entities)
            _end(facts, terms, term, "range", term.ranges, entities)
            _holds(facts, terms, term)
            if term.symmetric:
                _one_way(facts, term)


def _one_way(facts: Facts, term: Term) -> None:
    """Tell a relation without a direction whose two ends are not of one kind."""
    found = f"{term.id} has no direction"
    if {*term.domains} != {*term.ranges}:
        ends = (" and ".join(names) or "Entity" for names in (term.domains, term.ranges))
        told = f"{found}, and it joins {next(ends)} to {next(ends)}"
        facts.tell(term.iri, RDFS + "domain", told, "rdfs:domain and rdfs:range alike")
    if term.takes_attestation:
        told = f"{found}, and rows stand as its object only"
        facts.tell(term.iri, KG + "acceptsAttestation", told, "one of the two")


def _end(
    facts: Facts,
    terms: Ontology,
    term: Term,
    side: str,
    names: tuple[str, ...],
    entities: frozenset[str],
) -> None:
    iris = [o.value for o in facts.about[term.iri].get(RDFS + side, ()) if hasattr(o, "value")]
    for name in names:
        plain = side == "range" and any(i in (XSD + name, RDFS + name, RDF + name) for i in iris)
        if (name in entities and not plain) or any(unknown(iri) for iri in iris):
            continue
        found = f"the {side} of {term.id} is {name}, which is no class of entities"
        if not plain:
            hint = facts.near(name, entities) or "name one that is"
            facts.tell(term.iri, RDFS + side, found, "a class of entities", hint)
        elif term.kind in ("event", "state"):
            found = (
                f"the range of {term.id} is the datatype {name}, and a relation joins two entities"
            )
            hint = "make it a kg:Attribute, or a kg:Measure for a number that claims are about"
            facts.tell(term.iri, RDFS + side, found, "a class of entities", hint)
        elif name not in (NUMBERS if term.kind == "measure" else (*PLAIN, "Literal")):
            known = NUMBERS if term.kind == "measure" else PLAIN
            found = f"the range of {term.id} is {name}, of which kg makes nothing"
            hint = _INSTEAD.get(name) or facts.near(name, known)
            facts.tell(term.iri, RDFS + side, found, f"one of {', '.join(known)}", hint)
    if len(names) > 1 and entities.issuperset(names) and not _shared(terms, names):
        found = f"the {side} of {term.id} is {' and '.join(names)}, and nothing is both"
        hint = "in RDF all of them hold; for either, give them a common parent and name that"
        facts.tell(term.iri, RDFS + side, found, "one class", hint)


def _shared(terms: Ontology, names: tuple[str, ...]) -> frozenset[str]:
    """The classes that are all of these."""
    return frozenset.intersection(*(terms.below(name) for name in names))


_INSTEAD = dict.fromkeys(("gYear", "gYearMonth", "dateTime"), "date takes 2022 and 2022-10 too")
_INSTEAD |= dict.fromkeys(("double", "float"), "write decimal")
_INSTEAD |= dict.fromkeys(("int", "long", "nonNegativeInteger", "positiveInteger"), "write integer")
_INSTEAD["langString"] = "write string"


def _datatype(term: Term) -> str:
    return "string" if term.datatype in ("", "Literal") else term.datatype


def _holds(facts: Facts, terms: Ontology, term: Term) -> None:
    """Tell ranges of several datatypes, and roles whose values must be of another kind."""
    plain = [r for r in term.ranges if r not in terms.classes]
    if len(term.ranges) > 1 and plain and {*PLAIN}.issuperset(plain):
        found = f"the range of {term.id} is {' and '.join(term.ranges)}, and no value is both"
        facts.tell(term.iri, RDFS + "range", found, "one datatype or class")
    for name in term.roles:
        wanted = ROLES[name].holds
        is_class = bool(term.ranges) and not plain
        if (
            term.kind == "attribute"
            and wanted
            and (is_class if wanted != "class" else not is_class)
        ):
            expected = f"xsd:{wanted}" if wanted != "class" else "a class as its range"
            found = f"{term.id} plays kg:{name}, and its range is {term.datatype or 'not said'}"
            facts.tell(term.iri, RDFS + "range", found, expected)
        elif term.kind == "attribute" and wanted not in ("", "class", _datatype(term)):
            found = f"{term.id} plays kg:{name}, and its range is {term.datatype or 'not said'}"
            facts.tell(term.iri, RDFS + "range", found, f"xsd:{wanted}")
