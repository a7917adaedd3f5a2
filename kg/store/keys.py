"""What records are found by: whole texts, and words of names, titles, offices and classes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.claims import Entity, named
from kg.model.ontology import CALLED, Ontology
from kg.store.ledger_writer import Writer
from kg.store.name_match import Sought


def of(entity: Entity, terms: Ontology) -> Iterator[str]:
    """The texts that stand for a record as a whole: its id, names, codes and ids elsewhere."""
    yield entity.id
    yield entity.name
    yield from entity.aliases
    yield from (name for _, name in entity.names)
    for role in ("Code", "CountryCode"):
        yield from terms.values(entity, role)
    for scheme, value in terms.foreign_ids(entity):
        yield from (value, f"{scheme}:{value}")


def sought(terms: Ontology, ledger: Writer, offices: dict[str, list[str]]) -> Iterator[Sought]:
    """What each record is found by in words: names, titles and offices, labels of its classes."""
    names = {e.id: e.name for e in ledger.entities()} if offices else {}
    kinds_of = {
        name: tuple(label for k in terms.lineage(name)[:-1] for _, label in terms.classes[k].labels)
        for name in terms.classes
    }
    used: dict[str, list[str]] = {}
    for subject, end in ledger.objects(CALLED):
        used.setdefault(subject, []).append(named(end)[1])
    unsaid = {*terms.playing("Description"), *terms.playing("TextDigest")}
    for e in ledger.entities():
        told = (
            v
            for p, v in e.attributes
            if p not in unsaid and terms.attributes[p].datatype == "string"
        )
        # The sentence that an event is told by holds the names of others.
        own = () if terms.is_event(e.kind) else (e.name,)
        called = (*own, *(n for _, n in e.names), *e.aliases, *used.get(e.id, ()), *told, e.id)
        held = (names.get(o, "") for o in offices.get(e.id, ()))
        titles = (*terms.values(e, "Description"), *held)
        kinds = kinds_of[e.kind]
        yield Sought(
            e.id, *(tuple(_line(t) for t in part if t) for part in (called, titles, kinds))
        )


def labels(terms: Ontology, name: str) -> Iterator[str]:
    """What a relation or measure is called, in all languages and read backwards."""
    term = terms.relations.get(name) or terms.measures.get(name)
    if term:
        yield term.inverse
        yield from (label for _, label in term.labels)


def _line(text: str) -> str:
    return " ".join(text.split())
