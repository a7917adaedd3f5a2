"""The ontology of a case: `core.ttl` and its own Turtle files, read as strictly as its tables.

What is wrong is told all at once, with file and line; what kg makes nothing of is a warning.
"""

from __future__ import annotations

import os
import re

from kg.case import quality_terms, relation_tree, rule_terms, term_checks, term_words
from kg.case.term import DOMAIN, LABEL, PARENT, RANGE, WORDED, Maker, best, clean
from kg.case.turtle import Facts
from kg.model.errors import BadCase
from kg.model.marks import MARKS
from kg.model.namespaces import KG, OWL, RDF, RDFS, SKOS, local
from kg.model.ontology import CORE, Ontology, Term
from kg.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Said = dict[str, list[Any]]

# What a statement with one of these changes is what rows and queries mean.
_MEANING = {RDF + "type", PARENT, DOMAIN, RANGE, KG + "table", KG + "column"}
_OWN = {KG + "Event": "event", KG + "State": "state", KG + "Measure": "measure"}
_OWN |= {KG + "Attribute": "attribute", RDFS + "Class": "class", OWL + "Class": "class"}
_OWN[KG + "Quality"] = "quality"
_TIES = {KG + "Relation", KG + "Symmetric", OWL + "ObjectProperty"}
_TIES |= {OWL + f"{n}Property" for n in ("Symmetric", "Transitive", "Asymmetric", "Reflexive")}
_TIES |= {OWL + f"{n}Property" for n in ("Irreflexive", "InverseFunctional")}
_VAGUE = {RDF + "Property", OWL + "AnnotationProperty", OWL + "FunctionalProperty"}
_MOST = 100


def read(files: Iterable[str | os.PathLike[str]], language: str = "en") -> Ontology:
    """Read core.ttl and the case's Turtle files into one ontology; labels in a language first.

    Its `told` has what a person should know and can leave as it is. Nothing is fetched:
    imports are names only. Linear in what the files say.

    Raises BadCase with everything that is wrong, a line each.
    """
    facts = Facts()
    list(facts.add(CORE))
    core = set(facts.about)
    declared = {iri for iri, said in facts.about.items() if _is_declared(said)}
    for path in files:
        _take(facts, path, declared)
    own = [iri for iri in facts.about if iri not in core]
    kinds = {iri: kind for iri, said in facts.about.items() if (kind := _kind(iri, said, facts))}
    for iri in declared - {KG + "Entity"}:
        # Claim, State and the like are no tables' business; a case may use their names.
        if kinds.get(iri) == "class" and not _says(facts, iri, PARENT, KG + "Entity"):
            del kinds[iri]
    terms = _terms(facts, kinds, language)
    term_words.words(facts, core)
    term_words.undeclared(facts, own, kinds)
    term_words.records(facts, own, kinds)
    term_words.prefixes(facts)
    term_checks.classes(facts, terms, core)
    term_checks.columns(facts, terms)
    quality_terms.check(facts, terms)
    relation_tree.check(facts, terms)
    term_checks.sentences(facts, terms)
    term_checks.roles(facts, terms)
    term_checks.ends(facts, terms)
    rules = rule_terms.rules(facts, terms, lambda objects: _best(objects, language))
    errors = [p for p in facts.problems if not p.warning]
    if errors:
        lines = [str(p) for p in errors[:_MOST]]
        if len(errors) > _MOST:
            lines.append(f"and {len(errors) - _MOST:,} more of such errors")
        raise BadCase("\n".join(lines))
    entities = terms.below("Entity")
    classes = {name: term for name, term in terms.classes.items() if name in entities}
    groups = terms.relations, terms.measures, terms.attributes
    made = Ontology(classes, *groups, _prefixes(facts), rules, terms.qualities, _standing(facts))
    made.told = tuple(facts.problems)
    return made


def _standing(facts: Facts) -> dict[str, str]:
    """Stances, statuses and bases by their folded labels in all languages; what two have is no word."""
    kinds = {KG + name for name in ("Stance", "Status", "Basis")}
    found: dict[str, set[str]] = {}
    for iri, said in facts.about.items():
        if any(getattr(kind, "value", "") in kinds for kind in said.get(RDF + "type", ())):
            for label in said.get(LABEL, ()):
                found.setdefault(folded(label.value), set()).add(local(iri))
    return {word: min(names) for word, names in sorted(found.items()) if len(names) == 1}


def _take(facts: Facts, path: str | os.PathLike[str], core: set[str]) -> None:
    """Take in a file of the case, which may add to core terms and not change what they mean."""
    overridden: set[tuple[str, str]] = set()
    for t in facts.add(path):
        subject, predicate = t.subject.value, t.predicate.value
        if subject not in core:
            continue
        if predicate in _MEANING:
            told = f"{local(subject)} is a term of every case"
            expected = "labels for it, or a term of your own"
            facts.said_in[subject, predicate] = facts.sources[-1]
            facts.tell(subject, predicate, told, expected)
        if predicate in WORDED and hasattr(t.object, "datatype"):
            # A label of the case's own stands in the place of the one that kg has in that language.
            language = t.object.language
            if (subject, f"{predicate}@{language}") not in overridden:
                overridden.add((subject, f"{predicate}@{language}"))
                was = facts.about[subject].get(predicate, [])
                facts.about[subject][predicate] = [o for o in was if o.language != language]
                facts.said_in[subject, predicate] = facts.sources[-1]
        mark = MARKS.get(predicate.removeprefix(KG))
        if mark and not mark.many and (subject, predicate) not in overridden:
            # Its look is the case's to choose.
            overridden.add((subject, predicate))
            facts.about[subject].pop(predicate, None)
            facts.said_in[subject, predicate] = facts.sources[-1]


def _says(facts: Facts, iri: str, predicate: str, value: str) -> bool:
    return any(o.value == value for o in facts.about[iri].get(predicate, ()))


def _is_declared(said: Said) -> bool:
    types = {o.value for o in said.get(RDF + "type", ())}
    return bool(types & {RDFS + "Class", RDF + "Property", KG + "Attribute", KG + "Role"})


def _kind(iri: str, said: Said, facts: Facts) -> str:
    """What kind of term a thing is declared as; empty if it is none."""
    types = set()
    for o in said.get(RDF + "type", ()):
        if type(o).__name__ == "NamedNode":
            types.add(o.value)
        else:
            found = f"{facts.shown(iri)} is declared as {facts.node(o)}"
            facts.tell(iri, RDF + "type", found, "its kind, as a rdfs:Class or a kg:State")
    kinds = {kind for t, kind in _OWN.items() if t in types}
    name = facts.shown(iri)
    tell = facts.tell
    if len(kinds) > 1:
        tell(iri, RDF + "type", f"{name} is declared as two kinds of term", "one kind of term")
        return ""
    if kinds:
        return _named(iri, kinds.pop(), facts)
    if tie := sorted(types & _TIES):
        found = f"{name} is only declared as {facts.shown(tie[0])}; it is read as a kg:State"
        hint = "write a kg:State, or a kg:Event for what happens at one time"
        tell(iri, RDF + "type", found, "kg:Event or kg:State beside it", hint, True)
        return _named(iri, "state", facts)
    if OWL + "DatatypeProperty" in types:
        lacks = "" if KG + "column" in said else ", and fills no column"
        found = f"{name} is an owl:DatatypeProperty; it is read as a kg:Attribute{lacks}"
        hint = 'give it kg:column "…"; a number that claims are about is a kg:Measure'
        tell(iri, RDF + "type", found, "kg:Attribute or kg:Measure beside it", hint, True)
        return _named(iri, "attribute", facts)
    if (vague := sorted(types & _VAGUE)) and not iri.startswith(KG):
        found = f"{name} is declared as {facts.shown(vague[0])}, of which kg makes nothing"
        expected = "kg:Event, kg:State, kg:Measure or kg:Attribute"
        tell(iri, RDF + "type", found, expected, "leave it, if no table is to use it", True)
    return ""


def _named(iri: str, kind: str, facts: Facts) -> str:
    if iri.startswith((RDF, RDFS, OWL, SKOS)):
        found = f"{iri} is a word of RDF itself"
        facts.tell(iri, RDF + "type", found, "a term of your own")
        return ""
    if not re.fullmatch(r"[^\W]([\w.-]*\w)?", local(iri)):
        found = f"{iri} ends in no name that a table could use"
        facts.tell(iri, RDF + "type", found, "letters, digits, “_”, “-” after the last / or #")
        return ""
    return kind


def _terms(facts: Facts, kinds: dict[str, str], language: str) -> Ontology:
    groups: dict[str, dict[str, Term]] = {
        k: {} for k in ("class", "relation", "measure", "attribute", "quality")
    }
    for iri, kind in kinds.items():
        term = Maker(facts, iri, kind, kinds, language).term()
        group = groups.get(kind, groups["relation"])
        if term.id in group and group[term.id].iri != iri:
            found = f"two terms are called {term.id}: {group[term.id].iri} and {iri}"
            facts.tell(iri, RDF + "type", found, "another name for one of them")
        group[term.id] = term
    classes, relations, measures, attributes, qualities = groups.values()
    tied, counted = relation_tree.inherited(relations), relation_tree.inherited(measures)
    return Ontology(classes, tied, counted, attributes, qualities=qualities)


def _best(objects: Iterable[Any], language: str) -> str:
    """Of literals the one in a language, as `best` chooses."""
    texts = ((getattr(o, "language", "") or "", clean(o.value)) for o in objects)
    return best(sorted(texts), language)


def _prefixes(facts: Facts) -> dict[str, str]:
    """The prefixes of the case's own files, the first file's where they differ."""
    found: dict[str, str] = {}
    for source in facts.sources[1:]:
        for prefix, space in source.prefixes.items():
            if re.fullmatch(r"[A-Za-z][\w-]*", prefix):
                found.setdefault(prefix, space)
    return found
