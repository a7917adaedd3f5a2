"""The terms of a case, read from Turtle: classes, relations, measures, attributes.

A term is named in tables by its local name (``operates``). What a term may join,
which table holds a class, how it is drawn: all of it is data here.
"""

from __future__ import annotations

import os

from kg.errors import BadCase
from kg.namespaces import KG, RDF, RDFS, SKOS
from kg.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

CORE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "core.ttl")


class Term(Record):
    """A class (`kind` ``class``), relation (``event``, ``state``), measure or attribute."""

    id: str
    iri: str
    kind: str
    label: str
    labels: tuple[tuple[str, str], ...] = ()
    definition: str = ""
    example: str = ""
    inverse: str = ""
    parent: str = ""
    table: str = ""
    column: str = ""
    domain: str = ""
    range: str = ""
    walked: bool = True
    takes_attestation: bool = False
    adverse: bool = False
    symbol: str = ""
    colour: str = ""
    colour_dark: str = ""
    rank: int = 99
    part: str = ""


class Ontology:
    """Every term of a case by its local name."""

    def __init__(
        self,
        classes: Mapping[str, Term],
        relations: Mapping[str, Term],
        measures: Mapping[str, Term],
        attributes: Mapping[str, Term],
    ) -> None:
        self.classes, self.relations = classes, relations
        self.measures, self.attributes = measures, attributes
        self._lines = {name: frozenset(self.lineage(name)) for name in classes}

    def lineage(self, name: str) -> tuple[str, ...]:
        """A class and its parents, narrowest first."""
        line: list[str] = []
        while name in self.classes and name not in line:
            line.append(name)
            name = self.classes[name].parent
        return tuple(line)

    def is_a(self, name: str, wanted: str) -> bool:
        """Whether a class is another one or lies below it; anything is an empty `wanted`."""
        return not wanted or wanted in self._lines.get(name, ())

    def class_of(self, text: str) -> str:
        """The class with this local name, label or table, in any letter case; or an empty text."""
        if text in self.classes:
            return text
        wanted = text.casefold()
        for name, term in self.classes.items():
            if wanted in (name.casefold(), term.label.casefold(), term.table):
                return name
        return ""

    def walked(self, name: str) -> bool:
        """Whether paths pass through members of a class."""
        return all(self.classes[c].walked for c in self.lineage(name))

    def drawn_as(self, name: str) -> Term:
        """The class that a legend counts a class under: the nearest with a symbol or a table."""
        line = [self.classes[c] for c in self.lineage(name)]
        return next((t for t in line if t.symbol or t.table), self.classes[name])

    @property
    def tables(self) -> dict[str, Term]:
        """The class that each entity table holds, by the table's name."""
        return {t.table: t for t in self.classes.values() if t.table}

    def columns(self, name: str) -> dict[str, Term]:
        """The properties that fill columns of a class's table, by column."""
        line = self.lineage(name)
        below = {c for c in self.classes if name in self._lines[c]}
        terms = [*self.attributes.values(), *self.relations.values()]
        return {t.column: t for t in terms if t.column and (t.domain in line or t.domain in below)}

    def to_text(self) -> str:
        """The ontology as text that `from_text` reads in a fraction of a millisecond."""
        groups = (self.classes, self.relations, self.measures, self.attributes)
        return "\x1d".join("\x1e".join(_line(t) for t in g.values()) for g in groups)

    @staticmethod
    def from_text(text: str) -> Ontology:
        """The inverse of `to_text`. Raises ValueError or IndexError for any other text."""
        groups = [
            {t.id: t for t in map(_from_line, part.split("\x1e")) if t}
            for part in text.split("\x1d")
        ]
        classes, relations, measures, attributes = groups
        return Ontology(classes, relations, measures, attributes)


def _line(term: Term) -> str:
    cells = []
    for name, value in zip(term._fields, term, strict=True):
        if name == "labels":
            value = "\x1c".join(part for pair in term.labels for part in pair)
        cells.append(str(int(value)) if isinstance(value, bool) else str(value))
    return "\x1f".join(cells)


def _from_line(line: str) -> Term | None:
    if not line:
        return None
    cells = dict(zip(Term._fields, line.split("\x1f"), strict=True))
    flat = cells.pop("labels")
    parts = flat.split("\x1c") if flat else []
    labels = tuple(zip(parts[::2], parts[1::2], strict=True))
    numbers = ("rank", "walked", "takes_attestation", "adverse")
    rank, walked, takes, adverse = (int(cells.pop(n)) for n in numbers)
    return Term(
        **cells,
        labels=labels,
        rank=rank,
        walked=bool(walked),
        takes_attestation=bool(takes),
        adverse=bool(adverse),
    )


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A hint naming what is spelt most alike, or an empty text."""
    import difflib

    names = list(known)
    lower = {n.casefold(): n for n in names}
    close = difflib.get_close_matches(found.casefold(), lower, n=1, cutoff=0.6)
    return f"did you mean “{lower[close[0]]}”?" if close else ""


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


def local(iri: str) -> str:
    """The last part of an IRI, after # or /."""
    return iri.rpartition("#" if "#" in iri else "/")[2]


def _clean(text: str) -> str:
    """A text of the ontology on one line, without control characters."""
    return " ".join("".join(c if c >= " " else " " for c in text).split())


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
