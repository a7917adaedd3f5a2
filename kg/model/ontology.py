"""The terms of a case: classes, relations, measures, attributes.

A term is named in tables by its local name (``operates``). What a term may join,
which table holds a class, how it is drawn: all of it is data here.
"""

from __future__ import annotations

import os

from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

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
