"""The terms of a case: classes, relations, measures, attributes.

A term is named in tables by its local name (``operates``). What a term may join,
which table holds a class, how it is drawn, which role it plays: all of it is data here.
"""

from __future__ import annotations

import os

from kg.model import rules as rulings
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model.claims import Entity
    from kg.model.problems import Problem
    from kg.model.rules import Rule

EVENTS = "events"
CALLED = "isCalled"
"""The relation of what a document calls an entity, whose object is a name."""
CORE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "core.ttl")


class Term(Record):
    """A class (`kind` ``class``), relation (``event``, ``state``), measure, attribute or quality.

    `domains` and `ranges` all hold at once, as in RDF. `roles` are the local names of what
    the term means to kg (``Cites``); `closed_state` is the id of the record that, as the
    object of a relation, says that the subject is closed; a `symmetric` relation has no
    direction, its ends stand in the order of their ids. `scheme` is that of the foreign ids which
    an attribute holds, empty where each brings its own; `sentence` is how events of a class are
    told (`kg.text.templates`). Of a quality, `on` are the relations
    and measures that it goes on, all if there are none; its numbers are in `unit`, or in what
    the quality `unit_from` says beside them. Of an attribute, `gone` are the values that say that
    a record is no more, ``*`` for any.
    """

    id: str
    iri: str
    kind: str
    label: str
    labels: tuple[tuple[str, str], ...] = ()
    definition: str = ""
    example: str = ""
    inverse: str = ""
    parents: tuple[str, ...] = ()
    table: str = ""
    column: str = ""
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    walked: bool = True
    takes_attestation: bool = False
    speaks_for: bool = False
    adverse: bool = False
    symmetric: bool = False
    symbol: str = ""
    colour: str = ""
    colour_dark: str = ""
    rank: int = 99
    part: str = ""
    roles: tuple[str, ...] = ()
    closed_state: str = ""
    scheme: str = ""
    sentence: str = ""
    on: tuple[str, ...] = ()
    unit: str = ""
    unit_from: str = ""
    gone: tuple[str, ...] = ()

    def ends(self, subject: str, target: str) -> tuple[str, str]:
        """Both ends of a claim of a relation, in the order in which it holds them."""
        return (target, subject) if self.symmetric and target < subject else (subject, target)

    @property
    def datatype(self) -> str:
        """What the values of an attribute or a quality are written as, as ``decimal``; empty if nothing says so."""
        return self.ranges[0] if self.ranges else ""


class Ontology:
    """Every term of a case by its local name, its rules, the prefixes that its files give namespaces.

    `words` are the stances, statuses and bases by what they are called in any language, folded.
    `told` has the warnings of its reading; it is not kept in `to_text`.
    """

    def __init__(
        self,
        classes: Mapping[str, Term],
        relations: Mapping[str, Term],
        measures: Mapping[str, Term],
        attributes: Mapping[str, Term],
        prefixes: Mapping[str, str] | None = None,
        rules: tuple[Rule, ...] = (),
        qualities: Mapping[str, Term] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self.classes, self.relations = classes, relations
        self.measures, self.attributes = measures, attributes
        self.qualities = qualities or {}
        self.quality_columns = {t.column: t for t in self.qualities.values()}
        self.words = words or {}
        self.prefixes = dict(prefixes or {})
        self.rules = rules
        self.told: tuple[Problem, ...] = ()
        self._lines: dict[str, tuple[str, ...]] = {}
        self._lacking: dict[tuple[str, tuple[str, ...]], str] = {}
        self._tabled: dict[str, str] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._children: dict[str, list[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._narrower: dict[str, frozenset[str]] = {}
        self._columns: dict[str, dict[str, Term]] = {}
        self._playing: dict[str, tuple[str, ...]] = {}
        self._events: tuple[Term, ...] | None = None
        self._roles: dict[str, Term] | None = None
        self._role_names: frozenset[str] = frozenset()
        self._ending: tuple[Term, ...] | None = None

    @property
    def groups(self) -> tuple[Mapping[str, Term], ...]:
        """Classes, relations, measures, attributes, qualities."""
        return (
            *(self.classes, self.relations, self.measures),
            *(self.attributes, self.qualities),
        )

    def lineage(self, name: str) -> tuple[str, ...]:
        """A class and all above it, each before its own parents. Cost: linear in them, once."""
        if name not in self._lines:
            self._lines[name] = ordered(name, self.classes)
        return self._lines[name]

    def tabled(self, name: str) -> str:
        """The nearest class with a table, itself or above it; itself if none has one."""
        if name not in self._tabled:
            line = (c for c in self.lineage(name) if self.classes[c].table)
            self._tabled[name] = next(line, name)
        return self._tabled[name]

    def is_a(self, name: str, wanted: str) -> bool:
        """Whether a class is another one or lies below it; anything is an empty `wanted`."""
        if not wanted or (name == wanted and name in self.classes):
            return True
        if name not in self._above:
            self._above[name] = frozenset(self.lineage(name))
        return wanted in self._above[name]

    def lacking(self, name: str, wanted: tuple[str, ...]) -> str:
        """The first of several classes that a class is not; empty if it is all of them."""
        if (found := self._lacking.get((name, wanted))) is None:
            found = next((w for w in wanted if not self.is_a(name, w)), "")
            self._lacking[name, wanted] = found
        return found

    def below(self, name: str) -> frozenset[str]:
        """A class and all below it. Cost: linear in them, once for each asked."""
        if not self._children:
            for term in self.classes.values():
                for parent in term.parents:
                    self._children.setdefault(parent, []).append(term.id)
        if name not in self._below:
            found, ahead = set[str](), [name] if name in self.classes else []
            while ahead:
                here = ahead.pop()
                if here not in found:
                    found.add(here)
                    ahead += self._children.get(here, ())
            self._below[name] = frozenset(found)
        return self._below[name]

    def class_of(self, text: str) -> str:
        """The class with this local name, label or table, in any letter case; or an empty text."""
        if text in self.classes:
            return text
        wanted = text.casefold()
        for name, term in self.classes.items():
            labels = (label.casefold() for _, label in term.labels)
            if wanted in (name.casefold(), term.label.casefold(), term.table, *labels):
                return name
        return ""

    def walked(self, name: str) -> bool:
        """Whether paths pass through members of a class."""
        return all(self.classes[c].walked for c in self.lineage(name))

    def drawn_as(self, name: str) -> Term:
        """The class that a legend counts a class under: the nearest with a symbol or a table.

        Where one table holds all entities but documents, it says nothing, and the class below it
        is taken.
        """
        line = [self.classes[c] for c in self.lineage(name)]
        for i, term in enumerate(line):
            if term.symbol or (term.table and (i == 0 or not self._holds_all(term))):
                return term
            if term.table:
                return line[i - 1]._replace(rank=min(term.rank, line[i - 1].rank))
        return self.classes[name]

    def _holds_all(self, held: Term) -> bool:
        return all(t.id == held.id or self.is_a(t.id, "Document") for t in self.tables.values())

    @property
    def tables(self) -> dict[str, Term]:
        """The class that each entity table holds, by the table's name."""
        return {t.table: t for t in self.classes.values() if t.table}

    def columns(self, name: str) -> dict[str, Term]:
        """The properties that fill columns of a class's table, by column."""
        if name not in self._columns:
            near = {*self.lineage(name), *self.below(name)}
            terms = [*self.attributes.values(), *self.relations.values()]
            if self.events and self.is_a(name, self.events.id):
                terms += self.measures.values()
            self._columns[name] = {
                t.column: t for t in terms if t.column and t.domains and near.issuperset(t.domains)
            }
        return self._columns[name]

    @property
    def events(self) -> Term | None:
        """The class that the table of events holds, if the case has one."""
        if self._events is None:
            found = (t for t in self.classes.values() if t.table == EVENTS)
            self._events = tuple(found)[:1]
        return self._events[0] if self._events else None

    @property
    def roles(self) -> dict[str, Term]:
        """The relations and measures of which an event tells, by the column of its table."""
        if self._roles is None:
            held = self.columns(self.events.id) if self.events else {}
            self._roles = {column: t for column, t in held.items() if t.kind != "attribute"}
            self._role_names = frozenset(term.id for term in self._roles.values())
        return self._roles

    def is_role(self, name: str) -> bool:
        """Whether a relation or measure is one of which an event tells."""
        return bool(self.roles) and name in self._role_names

    def is_event(self, kind: str) -> bool:
        """Whether members of a class are events."""
        return self.events is not None and self.is_a(kind, self.events.id)

    def term(self, name: str) -> Term:
        """The relation or measure of a name. Raises KeyError."""
        return self.relations.get(name) or self.measures[name]

    def above(self, name: str) -> tuple[str, ...]:
        """A relation or measure and all that it lies below, itself first."""
        return ordered(name, self.relations if name in self.relations else self.measures)

    def narrower(self, name: str) -> frozenset[str]:
        """A relation or measure and all that lie below it: who asks for it means them too."""
        if name not in self._narrower:
            group = self.relations if name in self.relations else self.measures
            below = {n for n in group if name in self.above(n)}
            self._narrower[name] = frozenset(below | {name})
        return self._narrower[name]

    def qualifies(self, quality: Term, relation: str) -> bool:
        """Whether a quality goes on a relation or a measure."""
        return not quality.on or any(name in quality.on for name in self.above(relation))

    def refers(self, term: Term) -> bool:
        """Whether the values of a property are entities."""
        return bool(term.ranges) and term.ranges[0] in self.classes

    @property
    def speaking_for(self) -> tuple[str, ...]:
        """The relations whose subject speaks for their object."""
        return tuple(t.id for t in self.relations.values() if t.speaks_for)

    @property
    def repeating(self) -> frozenset[str]:
        """The relations and measures of what may happen again."""
        found = (r.relations for r in self.rules if r.kind == rulings.REPEATS)
        return frozenset(name for names in found for name in names)

    @property
    def once(self) -> frozenset[str]:
        """The relations of what happens once, by a rule that says so of its date."""
        found = (r.relations for r in self.rules if r.end == "date")
        return frozenset(name for names in found for name in names)

    def playing(self, role: str) -> tuple[str, ...]:
        """The names of the terms that play a role, in the order of the groups."""
        if role not in self._playing:
            found = (t.id for group in self.groups for t in group.values() if role in t.roles)
            self._playing[role] = tuple(found)
        return self._playing[role]

    def plays(self, name: str, role: str) -> bool:
        """Whether a relation, measure or attribute plays a role."""
        return name in self.playing(role)

    @property
    def places(self) -> frozenset[str]:
        """The classes of places: what something lies in, or has as its territory."""
        names = {*self.playing("LocatedIn"), *self.playing("TerritoryOf")}
        terms = (self.relations.get(n) or self.attributes.get(n) for n in names)
        return frozenset(r for t in terms if t for r in t.ranges if r in self.classes)

    def values(self, entity: Entity, role: str) -> tuple[str, ...]:
        """What an entity's own row says in the columns that play a role, in their order."""
        names = self.playing(role)
        return tuple(v for p, v in entity.attributes if p in names)

    def value(self, entity: Entity, role: str) -> str:
        """The first of `values`, or an empty text."""
        return next(iter(self.values(entity, role)), "")

    def foreign_ids(self, entity: Entity) -> tuple[tuple[str, str], ...]:
        """The ids of an entity in other data sets, as (scheme, value), in their order, once each."""
        names = self.playing("ForeignId")
        found = (self.foreign_id(p, v) for p, v in entity.attributes if p in names)
        return tuple(dict.fromkeys(found))

    def foreign_id(self, attribute: str, value: str) -> tuple[str, str]:
        """The scheme and the value of a foreign id as its cell has it."""
        if scheme := self.attributes[attribute].scheme:
            return scheme, value
        scheme, _, rest = value.partition(":")
        return scheme.strip(), rest.strip()

    @property
    def ending(self) -> tuple[Term, ...]:
        """The attributes by which a record can be no more."""
        if self._ending is None:
            self._ending = tuple(t for t in self.attributes.values() if t.gone)
        return self._ending

    def ended(self, entity: Entity, day: str = "") -> tuple[Term, str] | None:
        """What says that a record is no more, as attribute and value; on an ISO day, if one is given.

        None where nothing says so. Of a date, it is no more from the first day that it may mean.
        """
        for term in self.ending:
            for value in entity.values(term.id):
                if "*" not in term.gone and value.casefold() not in term.gone:
                    continue
                if term.datatype == "date" and day:
                    from kg.model import dates

                    if dates.parse(value).earliest > day:
                        continue
                return term, value
        return None

    def to_text(self) -> str:
        """The ontology as text that `from_text` reads in a fraction of a millisecond."""
        groups = ["\x1e".join(_line(t) for t in g.values()) for g in self.groups]
        groups.append("\x1e".join(f"{k}\x1f{v}" for k, v in self.words.items()))
        groups.append(rulings.to_text(self.rules))
        groups.append("\x1e".join(f"{k}\x1f{v}" for k, v in self.prefixes.items()))
        return "\x1d".join(groups)

    @staticmethod
    def from_text(text: str) -> Ontology:
        """The inverse of `to_text`. Raises ValueError or IndexError for any other text."""
        *parts, called, rules, last = text.split("\x1d")
        groups = [{t.id: t for t in map(_from_line, part.split("\x1e")) if t} for part in parts]
        classes, relations, measures, attributes, qualities = groups
        pairs = (line.split("\x1f") for line in last.split("\x1e") if line)
        prefixes = {line[0]: line[1] for line in pairs}
        read = rulings.from_text(rules)
        known = (line.split("\x1f") for line in called.split("\x1e") if line)
        words = {line[0]: line[1] for line in known}
        return Ontology(classes, relations, measures, attributes, prefixes, read, qualities, words)


def ordered(name: str, classes: Mapping[str, Term]) -> tuple[str, ...]:
    """A class and all above it, each before its own parents, in the order in which they are given.

    Parents that are no classes here are left out; a circle ends. Linear in what is above.
    """
    line: list[str] = []
    seen: set[str] = set()
    ahead: list[tuple[str, Iterator[str]]] = []

    def enter(here: str) -> None:
        if here in classes and here not in seen:
            seen.add(here)
            ahead.append((here, iter(classes[here].parents[::-1])))

    enter(name)
    while ahead:
        here, parents = ahead[-1]
        parent = next(parents, None)
        if parent is None:
            line.append(here)
            ahead.pop()
        else:
            enter(parent)
    return tuple(line[::-1])


_FLAGS = ("walked", "takes_attestation", "speaks_for", "adverse", "symmetric")
_LISTS = ("parents", "domains", "ranges", "roles", "on", "gone")


def _line(term: Term) -> str:
    cells = dict(zip(term._fields, term, strict=True))
    cells["labels"] = "\x1c".join(part for pair in term.labels for part in pair)
    for name in _LISTS:
        cells[name] = "\x1c".join(getattr(term, name))
    for name in _FLAGS:
        cells[name] = int(getattr(term, name))
    return "\x1f".join(map(str, cells.values()))


def _from_line(line: str) -> Term | None:
    if not line:
        return None
    cells: dict[str, object] = dict(zip(Term._fields, line.split("\x1f"), strict=True))
    for name in _LISTS:
        text = str(cells[name])
        cells[name] = tuple(text.split("\x1c")) if text else ()
    flat = str(cells["labels"])
    parts = flat.split("\x1c") if flat else []
    cells["labels"] = tuple(zip(parts[::2], parts[1::2], strict=True))
    cells["rank"] = int(str(cells["rank"]))
    for name in _FLAGS:
        cells[name] = bool(int(str(cells[name])))
    return Term(**cells)  # type: ignore[arg-type]  # the cells are the fields
