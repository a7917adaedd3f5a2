"""Names in the tables given ids, and new ones a record; columns put in order where asked.

A cell with a name that exactly one record has gets its id. A name that no record has, and none
nearly or as a part, gets a record in the table of the class that the cell wants, under the slug of the name.
What is not certain is told and left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.case import (
    cells,
    event_rows,
    name_rows,
    names,
    quality_cells,
    reader,
    sheet,
    tablewriter,
    withhold,
)
from kg.case.claim_rows import CLAIM, FIGURE
from kg.case.entity_rows import ENTITY
from kg.case.folder import Case
from kg.case.ids import JUDGEMENT, Register
from kg.case.kept import ROWS
from kg.case.names import folded
from kg.case.row import Problems, Row, quoted
from kg.case.slugs import slug
from kg.case.tablewriter import Change
from kg.model.errors import BadTables, parameter
from kg.model.ontology import EVENTS, Term
from kg.model.record import Record

_NEAR = 0.84
# So many records near a name are told.
_TOLD = 5
_SPEAKS, _EVIDENCE = ("voice", "via"), "document"


class Made(Record):
    """A new record: the table it stands in, its id, name, and class where it is a narrower one."""

    table: str
    id: str
    name: str
    kind: str = ""


@dataclass
class Plan:
    """What would change: the tables, the new records, how many cells got ids, what is to be asked."""

    changes: list[Change] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    filled: int = 0
    problems: Problems = field(default_factory=Problems)


@dataclass
class _Wanted:
    """A name that no record has: the classes its cells want, and the first cell."""

    row: Row
    column: str
    name: str
    kinds: list[tuple[str, ...]] = field(default_factory=list)


def plan(case: Case, new: Sequence[str] = ()) -> Plan:
    """What `kg fmt` would change in the tables of a case; writes nothing.

    `new` are names that are to get a record although others are near.

    Raises BadTables if a table cannot be read in full. Cost: each new name is compared with all.
    """
    found = Plan()
    quiet = Problems()
    known = reader.register(case, Problems(limit=0))
    ledger = [*reader.ledger_rows(case, quiet)]
    described = [*reader.described(case, quiet)]
    if quiet.errors:
        raise BadTables(quiet.found, quiet.errors, quiet.dropped)
    edits: dict[Path, dict[tuple[int, str], str]] = {}
    given: dict[str, str] = {}
    _blank_ids(described, known, found, edits)
    sure = {folded(name) for name in new}
    wanted: dict[str, _Wanted] = {}
    for path, row in ledger:
        for column in reader.naming(case.ontology, path.stem):
            _look(row, column, _kinds(case, path, row, column), known, found, wanted)
    for _, term, row in described:
        columns = case.ontology.columns(term.id)
        for column in reader.entity_columns(case.ontology, term):
            kinds = columns[column].ranges if column in columns else _of_source(column)
            _look(row, column, kinds, known, found, wanted)
    rows = _records(case, wanted, sure, known, given, found)
    for path, row in [*ledger, *((path, row) for path, _, row in described)]:
        _fill(case, path, row, known, given, found, edits)
    # Records before the rows that name them: whatever stops it between leaves no dangling id.
    for path in sorted({*edits, *rows}, key=lambda p: (p.stem in ROWS, p)):
        if path.suffix in sheet.KINDS:
            _by_hand(path, edits.get(path, {}), rows.get(path, ()), found)
            continue
        change = tablewriter.change(path, case.form(path), edits.get(path, {}), rows.get(path, ()))
        found.changes.append(change)
    return found


def _by_hand(
    path: Path,
    ids: dict[tuple[int, str], str],
    rows: Sequence[dict[str, str]],
    found: Plan,
) -> None:
    """Tell what a person has to enter in a workbook, which is not written."""
    for (number, column), own in ids.items():
        if column == "id":
            place = Row(path.name, number, {}, found.problems)
            told = "nothing, and a workbook is not written by kg"
            place.fault(column, told, "an id", f"enter {own}")
    for row in rows:
        told = f"{quoted(row['name'])} has no row, and a workbook is not written by kg"
        cells_of = ", ".join(f"{column} {cell}" for column, cell in row.items())
        place = Row(path.name, 0, {}, found.problems)
        place.fault("", told, "a row for it", f"enter one with {cells_of}")


def tidy(case: Case) -> list[Change]:
    """Every table with its columns in the order of the documentation, plainly quoted."""
    terms = case.ontology
    own = tuple(quality_cells.columns(terms))
    order = {
        "claims": (*CLAIM[:3], *own, *CLAIM[3:]),
        "figures": (*FIGURE[:6], *own, *FIGURE[6:]),
        EVENTS: event_rows.columns(terms),
        name_rows.TABLE: name_rows.columns(terms),
        "judgements": JUDGEMENT,
        withhold.TABLE: withhold.COLUMNS,
    }
    changes = []
    for path in case.tables:
        if path.suffix in sheet.KINDS:
            continue
        held = case.ontology.tables.get(path.stem)
        columns = order.get(path.stem) or (held and _entity_order(case, held.id)) or ()
        changes.append(tablewriter.laid_out(path, case.form(path), columns))
    return [c for c in changes if c.before != c.after]


def _entity_order(case: Case, kind: str) -> tuple[str, ...]:
    own = tuple(c for c in case.ontology.columns(kind) if c not in ENTITY)
    return (*ENTITY[:5], *own, *ENTITY[5:])


def _blank_ids(
    described: list[tuple[Path, Term, Row]],
    known: Register,
    found: Plan,
    edits: dict[Path, dict[tuple[int, str], str]],
) -> None:
    """Give the rows of entity tables that have a name and no id one, and make them known."""
    for path, term, row in described:
        name = row.get("name")
        if row.get("id") or not name:
            continue
        own = slug(name)
        if fault := _taken(name, own, known, {}):
            row.problems = found.problems
            row.fault("name", *fault)
            continue
        edits.setdefault(path, {})[row.number, "id"] = own
        # From here on it is a record as any other: its aliases stand for it too.
        known.add(replace(row, cells={**row.cells, "id": own}), term.id)
        found.made.append(Made(path.name, own, name))


def _taken(
    name: str, own: str, known: Register, given: dict[str, str]
) -> tuple[str, str, str] | None:
    """Why a name cannot become a record: (found, expected, hint)."""
    if known.having(name) or folded(name) in given:
        held = " or ".join(map(known.names.told, known.having(name))) or given[folded(name)]
        found = f"{quoted(name)}, and a record of that name is there: {held}"
        return found, "one record of a name", "give this one an id of its own"
    if not own:
        hint = "write one, or pip install 'actors-kg[office]' for other scripts"
        return f"{quoted(name)}, which makes no id", "an id", hint
    if own in known.kinds or own in given.values():
        told = f"{quoted(name)} would be {own}, the id of another record"
        return told, "an id of its own", "write one"
    return None


def _kinds(case: Case, path: Path, row: Row, column: str) -> tuple[str, ...]:
    """The classes that a cell of the ledger wants; none where any will do."""
    if column in (*_SPEAKS, _EVIDENCE):
        return _of_source(column)
    terms = case.ontology
    if quality := reader.quality_columns(terms, path).get(column):
        return quality.ranges
    if path.stem == name_rows.TABLE:
        return ()
    if path.stem == EVENTS:
        return terms.columns(terms.events.id)[column].ranges if terms.events else ()
    figure = path.stem == "figures"
    term = (terms.measures if figure else terms.relations).get(
        row.get("measure" if figure else "relation")
    )
    if not term or column == "scope":
        return ()
    return term.domains if column == "subject" else term.ranges


def _of_source(column: str) -> tuple[str, ...]:
    return ("Document",) if column == _EVIDENCE else ()


def _parts(row: Row, column: str) -> Iterator[str]:
    """The names and ids that a cell holds."""
    found: list[str] = []

    def note(part: str) -> str:
        found.append(part)
        return part

    names.each(row.get(column), column, note)
    yield from filter(None, found)


def _look(
    row: Row,
    column: str,
    kinds: tuple[str, ...],
    known: Register,
    found: Plan,
    wanted: dict[str, _Wanted],
) -> None:
    """Note the names in a cell that no record has, and tell those that several have.

    What could be an id is never a new name.
    """
    for part in _parts(row, column):
        if part in known.kinds:
            continue
        if owners := known.having(part):
            if len(owners) > 1:
                place = Row(row.file, row.number, {}, found.problems)
                told = " or ".join(map(known.names.told, owners))
                place.fault(column, f"{quoted(part)} names several records", "one of them", told)
        elif not cells.ID.fullmatch(part):
            held = wanted.setdefault(folded(part), _Wanted(row, column, part))
            held.kinds.append(kinds)


def _records(
    case: Case,
    wanted: dict[str, _Wanted],
    sure: set[str],
    known: Register,
    given: dict[str, str],
    found: Plan,
) -> dict[Path, list[dict[str, str]]]:
    """The rows of new records by table; what is not certain becomes a problem."""
    rows: dict[Path, list[dict[str, str]]] = {}
    for key, want in wanted.items():
        own = slug(want.name)
        fault = _taken(want.name, own, known, given)
        if not fault and key not in sure:
            fault = _nearly(want, known)
        table, kind = ("", "") if fault else _table(case, want)
        path = case.table(table) if table else None
        if not fault and path is None:
            fault = _homeless(case, want, table)
        if fault or path is None:
            place = Row(want.row.file, want.row.number, {}, found.problems)
            place.fault(want.column, *(fault or ("", "", "")))
            continue
        given[key] = own
        record = {"id": own, "name": want.name, **({"class": kind} if kind else {})}
        rows.setdefault(path, []).append(record)
        found.made.append(Made(path.name, own, want.name, kind))
    return rows


def _nearly(want: _Wanted, known: Register) -> tuple[str, str, str] | None:
    kinds = tuple({k for some in want.kinds for k in some})
    # Titles of documents share their words with many another one's.
    titled = any(known.terms.is_a(kind, "Document") for kind in kinds)
    around = [
        own
        for own in ([] if titled else known.names.around(want.name))
        if not known.terms.lacking(known.kinds.get(own, ""), kinds)
    ]
    near = [own for own, _ in known.names.closest(want.name, _NEAR)]
    told = ", ".join(map(known.names.told, [*dict.fromkeys([*near, *around])][:_TOLD]))
    if not told:
        return None
    hint = f'write its id; if it is somebody else: {parameter("new")} "{want.name}"'
    return f"{quoted(want.name)} is no record's name; nearest are {told}", "one of them", hint


def _table(case: Case, want: _Wanted) -> tuple[str, str]:
    """The table and the class, if a narrower one, of a new record; empty where it is not certain."""
    terms = case.ontology
    asked = {k for kinds in want.kinds for k in kinds}
    if not asked:
        return "", ""
    # The narrowest class that all cells are content with.
    lines = sorted(asked, key=lambda k: -len(terms.lineage(k)))
    kind = lines[0]
    if not all(terms.is_a(kind, other) for other in asked):
        return "", ""
    for above in terms.lineage(kind):
        if terms.classes[above].table:
            return terms.classes[above].table, "" if above == kind else kind
    below = [t for t, term in terms.tables.items() if terms.is_a(term.id, kind)]
    return (below[0], "") if len(below) == 1 else ("", "")


def _homeless(case: Case, want: _Wanted, table: str) -> tuple[str, str, str]:
    if table:
        found = f"{quoted(want.name)} belongs in the table {table}, which is not there"
        return found, f"a file data/{table}.csv", "make it, with the header id,name"
    found = f"{quoted(want.name)} is no record's name, and could stand in several tables"
    terms, asked = case.ontology, tuple({k for kinds in want.kinds for k in kinds})
    fitting = [t for t, held in terms.tables.items() if not terms.lacking(held.id, asked)]
    tables = ", ".join(sorted(fitting or terms.tables))
    return found, f"a row for it in one of {tables}", "enter its name there; kg fmt gives the id"


def _fill(
    case: Case,
    path: Path,
    row: Row,
    known: Register,
    given: dict[str, str],
    found: Plan,
    edits: dict[Path, dict[tuple[int, str], str]],
) -> None:
    """Put ids in the place of the names in a row that have one."""
    held = case.ontology.tables.get(path.stem)
    terms = case.ontology
    plain = held is None or path.stem == EVENTS
    naming = (
        reader.naming(case.ontology, path.stem)
        if plain or not held
        else reader.entity_columns(terms, held)
    )

    def meant(part: str) -> str:
        own = known.meant(part)
        return given.get(folded(part), part) if own == part else own

    for column in naming:
        cell = row.get(column)
        if not cell or names.each(cell, column, meant) == names.each(cell, column, str):
            continue
        if path.suffix in sheet.KINDS:
            # A workbook is not written; a name will do in it.
            continue
        edits.setdefault(path, {})[row.number, column] = names.each(cell, column, meant)
        found.filled += 1


def told(found: Plan) -> list[str]:
    """What was found, a line each: new records, then what is to be decided by a person."""
    lines = [f"{m.table}: new record {m.id}: {m.name}" for m in found.made]
    return [*lines, *map(str, found.problems.found)]
