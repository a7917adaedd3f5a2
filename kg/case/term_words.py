"""The words of an ontology: what kg, RDF and their like do not have, and what is no term at all."""

from __future__ import annotations

from kg.case.turtle import Facts
from kg.model.marks import MARKS, ROLES
from kg.model.namespaces import KG, OWL, RDF, RDFS, local
from kg.model.vocabularies import CLOSED, PREFIX, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

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
    facts: Facts,
    iri: str,
    predicate: str,
    parent: str,
    kinds: Mapping[str, str],
    wanted: tuple[str, ...] = ("class",),
) -> None:
    """Tell a parent that is declared nowhere, in a namespace of which terms of the `wanted` kinds are
    declared here."""
    space = parent[: len(parent) - len(local(parent))]
    if parent == iri or parent.startswith((KG, RDFS, OWL)) or not space:
        return
    if (*wanted, "") not in facts.beside:
        facts.beside[*wanted, ""] = []
        for iri_, kind in kinds.items():
            if kind in wanted:
                start = iri_[: len(iri_) - len(local(iri_))]
                facts.beside.setdefault((*wanted, start), []).append(facts.shown(iri_))
    if beside := facts.beside.get((*wanted, space)):
        found = f"{local(iri)}: it lies below {facts.shown(parent)}, which is nowhere declared"
        hint = facts.near(facts.shown(parent), beside)
        what = "a class" if wanted == ("class",) else "a relation or measure"
        facts.tell(iri, predicate, found, f"{what} that is", hint)


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
