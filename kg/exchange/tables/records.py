"""Entities as the rows of their tables; of one that several records were merged into, a row for each."""

from __future__ import annotations

from heapq import merge

from kg.case.row import SEPARATOR
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.model.claims import Entity
    from kg.model.ontology import Ontology

    # A row: its cells by column.
    Cells = dict[str, str]
    Pairs = list[tuple[str, str]]
    Entities = Callable[[str], Iterator[Entity]]

# What a row says of who names its record, by the attribute that has it.
NAMED_IN = {"namedIn": "document", "namedAt": "locator", "namedPassage": "passage"}
NAMED_IN |= {"namedBy": "voice"}
_FIRST = ("id", "name", "class", "aliases")


class Held(Record):
    """A row of a table of entities: the table, and the cells by column."""

    table: str
    cells: Cells


class Records:
    """Writes entities as rows. `merged` has the records that gave way to each, by its id, in order.

    Names and values that one row cannot hold go to the rows of the merged records, as they came
    from there; where there are not enough of those, further ones are `made`, each with the id of
    the record that it is held to be.
    """

    def __init__(self, terms: Ontology, merged: Mapping[str, Sequence[str]]) -> None:
        self._terms, self._merged = terms, merged
        own = (name for name in terms.attributes if name not in NAMED_IN)
        self._order = {name: i for i, name in enumerate((*own, *NAMED_IN))}
        self._homes: dict[tuple[str, frozenset[str], bool], tuple[str, str]] = {}
        self.made: dict[str, str] = {}

    def tables(
        self, kinds: Iterable[str], entities: Entities
    ) -> Iterator[tuple[str, Sequence[str], Iterator[Cells]]]:
        """Each table with its columns and its rows, by name; `entities` gives those of a class, by id.

        Cost: all entities are read twice, one at a time.
        """
        columns: dict[str, dict[str, None]] = {}
        within: dict[str, dict[str, None]] = {}
        for kind in sorted(kinds):
            for entity in entities(kind):
                for row in self.rows(entity):
                    columns.setdefault(row.table, {}).update(dict.fromkeys(row.cells))
                    within.setdefault(row.table, {})[kind] = None
        for table in sorted(columns):
            rows = self._of(table, within[table], entities)
            yield table, self._in_order(table, columns[table]), rows

    def _of(self, table: str, kinds: Iterable[str], entities: Entities) -> Iterator[Cells]:
        for entity in merge(*map(entities, kinds), key=lambda e: e.id):
            yield from (row.cells for row in self.rows(entity) if row.table == table)

    def _in_order(self, table: str, columns: Iterable[str]) -> list[str]:
        """The columns of a table: names, then what its class declares, then who says so."""
        held = {*columns}
        own = self._terms.columns(self._terms.tables[table].id)
        names = sorted(c for c in held if c.startswith("name_") and c not in own)
        order = dict.fromkeys((*_FIRST, *names, *own, *NAMED_IN.values()))
        return [c for c in order if c in held]

    def rows(self, entity: Entity) -> Iterator[Held]:
        """The rows of an entity: its own, then one for each record that was merged into it."""
        attributes = _runs(list(entity.attributes), self._in_one_row)
        names = _runs(list(entity.names), lambda one, other: one[0] < other[0])
        called = _called(entity)
        parts = [*self._merged.get(entity.id, ())]
        for number in range(len(parts) + 2, 1 + max(len(attributes), len(names), len(called))):
            parts.append(f"{entity.id}-{number}")
            self.made[parts[-1]] = entity.id
        for i, record in enumerate((entity.id, *parts)):
            name, aliases = called[i] if i < len(called) else (entity.name, [])
            pairs = attributes[i] if i < len(attributes) else []
            kind, table = self._home(entity.kind, frozenset(p for p, _ in pairs), i > 0)
            cells = {"id": record, "name": name}
            if kind != self._terms.tables[table].id:
                cells["class"] = kind
            if aliases:
                cells["aliases"] = SEPARATOR.join(aliases)
            cells |= {f"name_{tag}": text for tag, text in (names[i] if i < len(names) else [])}
            cells |= self._in_columns(pairs, entity)
            yield Held(table, cells)

    def _in_one_row(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether a value can stand in a row behind another one."""
        before, after = self._order[one[0]], self._order[other[0]]
        return before < after or (before == after and self._several(one[0]))

    def _several(self, attribute: str) -> bool:
        """Whether a cell of an attribute may hold several values."""
        term = self._terms.attributes[attribute]
        several = term.datatype == "anyURI" or "ForeignId" in term.roles
        return (several or self._terms.refers(term)) and attribute not in NAMED_IN

    def cells(self, entity: Entity) -> Cells:
        """What the row of an event says of it besides, by column."""
        return self._in_columns(list(entity.attributes), entity)

    def _in_columns(self, pairs: Pairs, entity: Entity) -> Cells:
        """Values by column. Who names a record stands in its row whole."""
        cells: Cells = {}
        for attribute, value in pairs:
            column = NAMED_IN.get(attribute) or self._terms.attributes[attribute].column
            cells[column] = f"{cells[column]}{SEPARATOR}{value}" if column in cells else value
        if any(attribute in NAMED_IN for attribute, _ in pairs):
            for attribute in ("namedIn", "namedAt"):
                cells.setdefault(NAMED_IN[attribute], entity.value(attribute))
        return cells

    def _home(self, kind: str, attributes: frozenset[str], part: bool) -> tuple[str, str]:
        """The class of a row and the table that has room for what it says.

        A record that is held to be another one may be of a broader or a narrower class.
        """
        key = kind, attributes, part
        if key not in self._homes:
            terms = self._terms
            near = sorted({*terms.lineage(kind), *terms.below(kind)}) if part else ()
            homes = [
                (name, terms.classes[above].table)
                for name in (kind, *near)
                for above in terms.lineage(name)
                if terms.classes[above].table
            ]
            wanted = {n for n in attributes if n not in NAMED_IN}
            fitting = (
                home
                for home in homes
                if wanted <= {t.id for t in terms.columns(terms.tables[home[1]].id).values()}
            )
            self._homes[key] = next(fitting, homes[0])
        return self._homes[key]


def _runs(
    pairs: Pairs, in_one_row: Callable[[tuple[str, str], tuple[str, str]], bool]
) -> list[Pairs]:
    """Pairs in as few rows as hold them in this order."""
    found: list[Pairs] = []
    for pair in pairs:
        if found and in_one_row(found[-1][-1], pair):
            found[-1].append(pair)
        else:
            found.append([pair])
    return found


def _called(entity: Entity) -> list[tuple[str, list[str]]]:
    """Name and aliases of each row: an alias that a cell of several cannot hold is another row's name."""
    found: list[tuple[str, list[str]]] = [(entity.name, [])]
    for alias in entity.aliases:
        if SEPARATOR in alias:
            found.append((alias, []))
        else:
            found[-1][1].append(alias)
    return found
