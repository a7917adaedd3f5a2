"""What is looked for in an ontology beside single marks: words, references, circles, columns."""

from __future__ import annotations

from kg.case.turtle import Facts
from kg.model.marks import MARKS, ROLES
from kg.model.namespaces import KG, OWL, RDF, RDFS, XSD, local
from kg.model.ontology import Ontology, Term
from kg.model.vocabularies import CLOSED, PREFIX, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

PLAIN = ("string", "decimal", "integer", "date", "boolean", "anyURI", "language")
LEDGERS = ("claims", "figures", "judgements")
_NUMBERS = ("decimal", "integer")
_MADE_NOTHING_OF = {
    *("inverseOf", "equivalentClass", "equivalentProperty", "disjointWith", "disjointUnionOf"),
    *("propertyChainAxiom", "hasKey", "propertyDisjointWith", "sameAs", "differentFrom"),
}


def words(facts: Facts, core: set[str]) -> None:
    """Tell words that their vocabulary does not have, imports, and OWL that kg makes nothing of."""
    here = set(facts.about)
    own = {p.removeprefix(KG) for p in here if p.startswith(KG)}
    held = {iri for iri, s in facts.about.items() if _a(s, OWL + "Ontology")}
    silent: set[str] = set()
    for iri, said in (*facts.about.items(), *facts.nameless.items()):
        if iri in core and facts.said_in[iri, ""] is facts.sources[0] and _only_core(facts, iri):
            continue
        for predicate, objects in said.items():
            _word(facts, iri, predicate, predicate, own, True)
            for o in objects:
                if type(o).__name__ == "NamedNode" and predicate not in _FREE:
                    _word(facts, iri, predicate, o.value, own, False)
            name = predicate.removeprefix(OWL)
            if predicate.startswith(OWL) and name in _MADE_NOTHING_OF and name not in silent:
                silent.add(name)
                found, expected = f"kg makes nothing of owl:{name}", "what kg reads"
                hint = "leave it, if it is for other programs"
                facts.tell(iri, predicate, found, expected, hint, True)
            if predicate == OWL + "imports":
                for o in objects:
                    if o.value not in held:
                        found = f"owl:imports of {facts.node(o)} is not fetched"
                        hint = "put its file beside this one, if its terms are needed"
                        facts.tell(iri, predicate, found, "files in ontology/", hint, True)


# Links to other people's pages and terms.
_FREE = {RDFS + "seeAlso", RDFS + "isDefinedBy", OWL + "imports", KG + "role"}


def _only_core(facts: Facts, iri: str) -> bool:
    return all(facts.said_in[iri, p] is facts.sources[0] for p in facts.about.get(iri, ()))


def _a(said: Mapping[str, list[Any]], kind: str) -> bool:
    return any(o.value == kind for o in said.get(RDF + "type", ()))


def _word(
    facts: Facts, iri: str, predicate: str, word: str, own: set[str], is_predicate: bool
) -> None:
    """Tell a word of kg or of a closed vocabulary that it does not have."""
    if space := unknown(word):
        prefix = PREFIX[space]
        found = f"{prefix}:{word[len(space) :]} is no word of {prefix.upper()}"
        hint = facts.near(word[len(space) :], CLOSED[space]).replace("“", f"“{prefix}:")
        facts.tell(iri, predicate, found, "one that it has", hint)
    elif word.startswith(KG):
        name = word.removeprefix(KG)
        known = {*MARKS, *own} if is_predicate else own
        if name not in known:
            hint = facts.near(name, known).replace("“", "“kg:")
            found, expected = f"kg:{name} is no term of kg or of this case", "one that there is"
            facts.tell(iri, predicate, found, expected, hint)


def undeclared(facts: Facts, own: Iterable[str], kinds: Mapping[str, str]) -> None:
    """Tell what is described and not declared: kg would make nothing of it in silence."""
    known = [facts.shown(k) for k in kinds]
    for iri in own:
        said = facts.about[iri]
        telling = [p for p in said if p.startswith((KG, RDFS))]
        if RDF + "type" in said or not telling or (RDFS + "seeAlso") in telling[:1]:
            continue
        found = f"{facts.shown(iri)} is described, and nowhere declared"
        hint = facts.near(facts.shown(iri), known)
        expected = "its kind, as a rdfs:Class or a kg:State"
        facts.tell(iri, telling[0], found, expected, hint, not iri.startswith(KG))


def records(facts: Facts, own: Iterable[str], kinds: Mapping[str, str]) -> None:
    """Tell what is no term: records, which stand in tables, and descriptions without a name."""
    for iri in own:
        for o in facts.about[iri].get(RDF + "type", ()):
            if kinds.get(getattr(o, "value", "")) == "class":
                found = f"{facts.shown(iri)} is a record of the class {facts.shown(o.value)}"
                expected = "records in the class's table"
                hint = "what stands here is seen by queries alone"
                facts.tell(iri, RDF + "type", found, expected, hint, True)
    held = {
        o.value
        for said in (*facts.about.values(), *facts.nameless.values())
        for objects in said.values()
        for o in objects
        if type(o).__name__ == "BlankNode"
    }
    for name, said in facts.nameless.items():
        if name not in held and (kinds_ := said.get(RDF + "type")):
            found = f"kg makes nothing of {facts.node(kinds_[0])} without a name"
            expected, hint = "a name for it", "leave it, if it is for other programs"
            facts.tell(name, RDF + "type", found, expected, hint, True)


def prefixes(facts: Facts) -> None:
    """Tell a namespace that is nearly kg's own."""
    for source in facts.sources[1:]:
        for prefix, space in source.prefixes.items():
            bare = space.partition("://")[2].rstrip("#/").casefold()
            if bare == KG.partition("://")[2].rstrip("#/") and space != KG:
                found = f"the prefix {prefix}: is <{space}>"
                facts.tell_file(source, f"@prefix {prefix}:", found, f"<{KG}>")


def near_miss(
    facts: Facts, iri: str, predicate: str, parent: str, kinds: Mapping[str, str]
) -> None:
    """Tell a parent that is declared nowhere, in a namespace of which terms are declared here."""
    space = parent[: len(parent) - len(local(parent))]
    if parent == iri or parent.startswith((KG, RDFS, OWL)) or not space:
        return
    if not facts.beside:
        for iri_, kind in kinds.items():
            if kind == "class":
                start = iri_[: len(iri_) - len(local(iri_))]
                facts.beside.setdefault(start, []).append(facts.shown(iri_))
    if beside := facts.beside.get(space):
        found = f"{local(iri)}: it lies below {facts.shown(parent)}, which is nowhere declared"
        hint = facts.near(facts.shown(parent), beside)
        facts.tell(iri, predicate, found, "a class that is", hint)


def role(facts: Facts, iri: str, kind: str, shown: str, node: Any) -> str:
    """The role that a value of kg:role names; empty if it is wrong, which is told."""
    value = getattr(node, "value", "")
    name = value.removeprefix(KG)
    if hasattr(node, "datatype") or not value.startswith(KG) or name not in ROLES:
        hint = facts.near(local(value), ROLES).replace("“", "“kg:")
        hint = hint or "docs/tables.md lists them"
        found = f"{local(iri)}: kg:role is {shown}"
        facts.tell(iri, KG + "role", found, "a role of kg, as kg:PartOf", hint)
        return ""
    if kind not in ROLES[name].on:
        found = f"{local(iri)}: kg:role is kg:{name}, and it is a{'n' * (kind[0] in 'ae')} {kind}"
        plural = {"class": "a class", "event": "an event", "state": "a state"}
        on = " or ".join(plural.get(k, f"an {k}") for k in ROLES[name].on)
        facts.tell(iri, KG + "role", found, f"{on} for that role")
        return ""
    return name


def classes(facts: Facts, terms: Ontology, core: set[str]) -> None:
    """Tell circles, classes that lie below no entity, and tables that two classes want."""
    for circle in _circles(terms.classes):
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


def _circles(held: Mapping[str, Term]) -> Iterator[list[str]]:
    """Each circle among classes once, as names. Linear."""
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


def columns(facts: Facts, terms: Ontology) -> None:
    """Tell columns that every table has, and columns that two terms fill in one table."""
    held: dict[str, list[Term]] = {}
    for term in (*terms.attributes.values(), *terms.relations.values()):
        if not term.column:
            continue
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
        held.setdefault(term.column, []).append(term)


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
            for side, names in (("domain", term.domains), ("range", term.ranges)):
                _end(facts, terms, term, side, names, entities)
            _holds(facts, terms, term)


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
        elif name not in (_NUMBERS if term.kind == "measure" else (*PLAIN, "Literal")):
            known = _NUMBERS if term.kind == "measure" else PLAIN
            found = f"the range of {term.id} is {name}, of which kg makes nothing"
            hint = _INSTEAD.get(name) or facts.near(name, known)
            facts.tell(term.iri, RDFS + side, found, f"one of {', '.join(known)}", hint)
    both = [terms.below(name) for name in names]
    if len(names) > 1 and entities.issuperset(names) and not frozenset.intersection(*both):
        found = f"the {side} of {term.id} is {' and '.join(names)}, and nothing is both"
        hint = "in RDF all of them hold; for either, give them a common parent and name that"
        facts.tell(term.iri, RDFS + side, found, "one class", hint)


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
