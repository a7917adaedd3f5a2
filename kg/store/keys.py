"""What records are found by: whole texts, and words of names, titles, offices and classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

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
    used: dict[str, list[str]] = {}
    for subject, end in ledger.objects(CALLED):
        used.setdefault(subject, []).append(end)
    of_one = recorded(terms)
    for e in ledger.entities():
        held = (names.get(o, "") for o in offices.get(e.id, ()))
        yield of_one(e, used.get(e.id, ()), held)


def recorded(terms: Ontology) -> Callable[[Entity, Iterable[str], Iterable[str]], Sought]:
    """What tells of a record by what it is found in words: of the ends of the claims that it is called
    so, in order, and the names of the offices that it has."""
    kinds_of = {
        name: tuple(label for k in terms.lineage(name)[:-1] for _, label in terms.classes[k].labels)
        for name in terms.classes
    }
    unsaid = {*terms.playing("Description"), *terms.playing("TextDigest")}

    def of_one(e: Entity, used: Iterable[str], offices: Iterable[str]) -> Sought:
        told = (
            v
            for p, v in e.attributes
            if p not in unsaid and terms.attributes[p].datatype == "string"
        )
        # The sentence that an event is told by holds the names of others.
        own = () if terms.is_event(e.kind) else (e.name,)
        ends = (named(end)[1] for end in used)
        called = (*own, *(n for _, n in e.names), *e.aliases, *ends, *told, e.id)
        titles = (*terms.values(e, "Description"), *offices)
        parts = (called, titles, kinds_of[e.kind])
        return Sought(e.id, *(tuple(_line(t) for t in part if t) for part in parts))

    return of_one


def labels(terms: Ontology, name: str) -> Iterator[str]:
    """What a relation or measure is called, in all languages and read backwards."""
    term = terms.relations.get(name) or terms.measures.get(name)
    if term:
        yield term.inverse
        yield from (label for _, label in term.labels)


def _line(text: str) -> str:
    return " ".join(text.split())
