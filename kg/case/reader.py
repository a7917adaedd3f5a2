"""The two passes over the tables of a case: what is known first, then every row with it.

The first enters all ids and judgements in a register; the second yields checked
entities and attestations. A row that breaks a rule is reported and left out; the
others go on, so that a person sees all that is wrong at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kg.case import cells, event_rows, name_rows, names, quality_cells, table, withhold
from kg.case import claim_rows as attesting
from kg.case import entity_rows as describing
from kg.case.claim_rows import CLAIM, FIGURE, NEEDED, Said, sealed
from kg.case.entity_rows import ENTITY
from kg.case.folder import LEDGER, Case
from kg.case.form import FORMATS
from kg.case.ids import JUDGEMENT, Register
from kg.case.kept import OTHERS, REFERRING, RETRACTIONS, ROWS, SINGLE, TOGETHER, Kept
from kg.case.plain_rows import Plain
from kg.case.plausibility import Watch
from kg.case.retractions import Retractions
from kg.case.row import Problems, Row, quoted
from kg.case.source import Rows
from kg.model.claims import Entity
from kg.model.ontology import EVENTS, Ontology, Term
from kg.model.problems import Problem
from kg.text.spelling import Likely, did_you_mean

# What some rows say of an event.
Unread = Callable[[str], Iterable[Said]]

# The columns of the ledger whose cells name entities, and those that hold dates and numbers.
_NAMING = ("subject", "object", "scope", "voice", "via", "document")
_DATES = {"from": "date", "to": "date", "said": "date"}
_TYPED = {**_DATES, "value": "number"}
_NUMBERS = dict.fromkeys(("decimal", "integer", "double", "float"), "number")


def entity_tables(case: Case, problems: Problems) -> list[tuple[Path, Term]]:
    """The entity tables of a case, each with the class it holds."""
    held = case.ontology.tables
    found = []
    files: dict[str, str] = {}
    for path in case.tables:
        if (other := files.setdefault(path.stem, path.name)) != path.name:
            told = f"{other} is the table {path.stem} already"
            problems.add(Problem(path.name, 0, "", told, "one file a table", "move one away"))
        elif path.stem in LEDGER:
            if path.stem == EVENTS and not case.ontology.events:
                told = "no class has this table"
                hint = f'write kg:table "{EVENTS}" on the class of the case’s events'
                problems.add(Problem(path.name, 0, "", told, "a class of events", hint))
        elif path.stem in held:
            found.append((path, held[path.stem]))
        else:
            hint = did_you_mean(path.stem, [*held, *LEDGER])
            expected = f"a table that a class names with kg:table: {', '.join(sorted(held))}"
            problems.add(Problem(path.name, 0, "", "no class has this table", expected, hint))
    for path in case.unread:
        expected = f"a table whose name ends in .{' or .'.join(case.forms.formats)}"
        hint = f"save the sheet as “CSV UTF-8”, {_declare(case, path)}or move it away"
        problems.add(Problem(path.name, 0, "", "this file is not read", expected, hint, True))
    return found


def register(case: Case, problems: Problems) -> Register:
    """First pass: every id with its class, and the judgements that merge records."""
    known = Register(case.ontology)
    for problem in case.ontology.told:
        problems.add(problem)
    for path in case.unread_terms:
        expected = "a Turtle file whose name ends in .ttl"
        hint = "convert it to Turtle, or move it away"
        problems.add(Problem(path.name, 0, "", "this file is not read", expected, hint, True))
    for path, term in entity_tables(case, problems):
        # What is wrong in these rows is told when they are read in full.
        quiet = Problems(limit=0)
        for row in _described(case, path, term, quiet):
            known.add(row, term.id)
        if quiet.torn:
            known.incomplete[path.name] = term.id
    known.settle_speakers()
    judged = case.table("judgements")
    if judged:
        form, needed = case.form(judged), ("kind", "left", "reason")
        known.judge(table.read(judged, needed, JUDGEMENT, problems, form, {"date": "date"}))
    if listed := case.table(withhold.TABLE):
        form, dated = case.form(listed), {"date": "date"}
        read = table.read(listed, withhold.NEEDED, withhold.COLUMNS, problems, form, dated)
        known.withheld = withhold.read(read, known)
    for _, row in ledger_rows(case, Problems(limit=0), (name_rows.TABLE,)):
        name_rows.enter(row, known)
    for row in _events(case, known, Problems(limit=0)):
        event_rows.enter(row, known)
    return known


def _events(case: Case, known: Register, problems: Problems) -> Iterator[Row]:
    """The rows of the table of events, with ids in the place of names."""
    for path, row in ledger_rows(case, problems, (EVENTS,)):
        take_names(row, naming(case.ontology, path.stem), known)
        yield row


def naming(terms: Ontology, stem: str) -> tuple[str, ...]:
    """The columns of a table of the ledger whose cells name entities."""
    if stem == EVENTS:
        return event_rows.naming(terms)
    if stem == name_rows.TABLE:
        return name_rows.naming(terms)
    own = quality_cells.columns(terms).items()
    return (*_NAMING, *(column for column, term in own if terms.refers(term)))


def quality_columns(terms: Ontology, path: Path) -> dict[str, Term]:
    """The columns of a table of the ledger that qualities fill."""
    if path.stem == EVENTS:
        return event_rows.qualities(terms)
    return (
        name_rows.qualities(terms) if path.stem == name_rows.TABLE else quality_cells.columns(terms)
    )


def rows(case: Case, problems: Problems) -> Rows:
    """Everything in the tables of a case; what is kept for the next time only where all that is told is."""
    return _rows(case, problems, attestations, keep=problems.told is not None)


def beside(case: Case, problems: Problems, unread: Unread) -> Rows:
    """Everything in the tables that are read whole: all but those of claims and of figures.

    Rows that refer to others are left out, and noted. `unread` gives what claims and figures say of
    an event.
    """
    return _rows(case, problems, partial(_others, unread), keep=True)


def _rows(
    case: Case,
    problems: Problems,
    said: Callable[[Case, Register, Problems, Kept], Iterator[Said]],
    *,
    keep: bool,
) -> Rows:
    """The records and judgements of a case, and of its other rows what `said` reads."""
    known = register(case, problems)
    kept = Kept(known)
    return Rows(
        entities(case, known, problems),
        said(case, known, problems, kept),
        known.merged,
        known.judgements,
        known.judged,
        known.withheld,
        kept if keep else None,
    )


def _others(
    unread: Unread, case: Case, known: Register, problems: Problems, kept: Kept
) -> Iterator[Said]:
    """The rows of the other tables of the ledger, but for those that refer to others."""
    keys, watch = _Keys(known), Watch(known)
    for row, several in _read(case, known, problems, keys, OTHERS, unread):
        if references(row):
            kept.referring.append(row.place)
            continue
        for i, said in enumerate(several):
            settled = keys.settle(row, said)
            if not i:
                watch.alone(row, settled)
            kept.note(row, settled.attestation.id)
            yield settled
    kept.keyed = bool(keys.places)
    known.tell_unchecked(problems)


def entities(
    case: Case, known: Register, problems: Problems
) -> Iterator[tuple[Entity, tuple[Said, ...]]]:
    """Second pass over the entity tables: each entity, with the claims its own cells make."""
    for path, term in entity_tables(case, Problems(limit=0)):
        naming: Sequence[str] | None = None
        columns: Mapping[str, Term] = {}
        for row in _described(case, path, term, problems):
            if naming is None:
                # Every row of a table has the same columns.
                naming = [c for c in entity_columns(case.ontology, term) if c in row.cells]
                held = case.ontology.columns(term.id).items()
                columns = {c: p for c, p in held if c in row.cells}
            take_names(row, naming, known)
            if read := describing.read(row, term, columns, known):
                yield read
    # What is wrong in these rows is told when they are read as attestations.
    for row in _events(case, known, Problems(limit=0)):
        if event := event_rows.entity(row, known):
            yield event, ()


def attestations(case: Case, known: Register, problems: Problems, kept: Kept) -> Iterator[Said]:
    """Every row of the ledger's tables, checked and with its ids.

    Rows that refer to others (``@key``) come last, once the others' ids are
    known; a circle among them is an error. What could not be checked is told at
    the end. Cost: one pass; a second where a voice seems to take back what it
    never said.
    """
    keys = _Keys(known)
    back, watch = Retractions(), Watch(known)
    kept.watch, keep = watch, problems.told is not None
    for row, several in _read(case, known, problems, keys):
        for i, said in enumerate(several):
            if not said.attestation.id and references(row):
                keys.waiting.append((row, said))
                continue
            settled = keys.settle(row, said)
            if not i:
                watch.see(row, settled)
            if keep:
                kept.note(row, settled.attestation.id)
            back.note(row, settled)
            yield settled
    held = [case.table(stem) for stem in ROWS]
    torn = problems.torn & {path.name for path in held if path}
    keys.judged(torn)
    problems.phase = REFERRING
    for row, said in keys.referring(torn):
        watch.see(row, said)
        if keep:
            kept.note(row, said.attestation.id, refers=True)
        back.note(row, said)
        yield said
    problems.phase = TOGETHER
    watch.tell(problems)
    problems.phase = RETRACTIONS
    back.warn(lambda: _said_again(case, known, keys))
    known.tell_unchecked(problems)


def _said_again(case: Case, known: Register, keys: _Keys) -> Iterator[Said]:
    """Everything that is said, read once more without a word on what is wrong with it."""
    quiet = Problems(limit=0)
    for _, own in entities(case, known, quiet):
        yield from own
    for row, several in _read(case, known, quiet):
        if all(key in keys.ids for key in references(row).values()):
            yield from (keys.pointed(row, said) for said in several)


def _read(
    case: Case,
    known: Register,
    problems: Problems,
    keys: _Keys | None = None,
    stems: Sequence[str] = ROWS,
    unread: Unread | None = None,
) -> Iterator[tuple[Row, tuple[Said, ...]]]:
    """The good rows of the ledger with what each says; `keys` is told the key of every row.

    `unread` gives what rows of the tables that are not read say of an event.
    """
    events = event_rows.Reader(known)
    if unread:
        for told in map(unread, sorted(known.opposed)):
            for one in told:
                events.beside(one)
    last: Path | None = None
    for path, row in ledger_rows(case, problems, stems):
        if path is not last:
            # Every row of a table has the same columns.
            last, said_by = path, _teller(path.stem, row.cells, events, known)
        several = said_by(row)
        if keys:
            keys.enter(row)
        if several and row.fine:
            yield row, several
    yield from ((row, several) for row, several in events.rest() if row.fine)


def _teller(
    stem: str, columns: Collection[str], events: event_rows.Reader, known: Register
) -> Callable[[Row], tuple[Said, ...]]:
    """What tells what the rows of a table of the ledger say."""
    named = tuple(c for c in naming(known.terms, stem) if c in columns)
    if stem not in SINGLE:

        def read(row: Row) -> tuple[Said, ...]:
            take_names(row, named, known)
            return events.read(row) if stem == EVENTS else name_rows.read(row, known)

        return read
    figure = stem == "figures"
    plain = Plain(known, figure, columns)

    def read_single(row: Row) -> tuple[Said, ...]:
        said = plain.read(row)
        if not said and take_names(row, named, known):
            said = plain.read(row)
        if not said:
            told = row.problems.total
            said = attesting.read(row, figure, known)
            if said and row.fine and row.problems.total == told:
                plain.learn(row, said)
        if said and row.fine:
            events.beside(said)
        return (said,) if said else ()

    return read_single


def some_rows(
    case: Case,
    path: Path,
    header: bytes,
    some: Sequence[tuple[int, bytes]],
    known: Register,
    problems: Problems,
) -> Iterator[tuple[Row, Said | None]]:
    """The rows that stand in some lines of a table of claims or of figures, given with their numbers.

    None of them is sealed, and one that refers to another row keeps the key of that one. What is no row
    of its own is reported. The first line is 0.
    """
    problems.phase = path.stem
    columns = naming(known.terms, path.stem)
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / path.name
        part.write_bytes(header + b"".join(line for _, line in some))
        form, needed, own, typed = case.form(path), *_shape(known.terms, path.stem)
        for row in table.read(part, needed, own, problems, form, typed):
            if row.number - 2 >= len(some):
                problems.errors += 1
                return
            row.number = some[row.number - 2][0] + 1
            take_names(row, columns, known)
            said = attesting.read(row, path.stem == "figures", known)
            yield row, said


def ledger_rows(
    case: Case, problems: Problems, stems: Sequence[str] = ROWS
) -> Iterator[tuple[Path, Row]]:
    """The rows of the ledger's tables as they stand, each with its file."""
    for stem in stems:
        path = case.table(stem)
        if not path or (stem == EVENTS and not case.ontology.events):
            continue
        problems.phase = stem
        form, needed, columns, typed = case.form(path), *_shape(case.ontology, stem)
        for row in table.read(path, needed, columns, problems, form, typed):
            yield path, row


def _shape(terms: Ontology, stem: str) -> tuple[Sequence[str], Sequence[str], Mapping[str, str]]:
    """The columns that a table of the ledger must have and may have, and what they hold."""
    if stem == EVENTS:
        return event_rows.NEEDED, event_rows.columns(terms), event_rows.typed(terms)
    if stem == name_rows.TABLE:
        own = name_rows.qualities(terms)
        return name_rows.NEEDED, name_rows.columns(terms), _DATES | _typed(own)
    own = quality_cells.columns(terms)
    columns = CLAIM if stem == "claims" else FIGURE
    return NEEDED[stem], (*columns, *own), _TYPED | _typed(own)


@dataclass
class _Keys:
    """The keys of the ledger's rows, the ids of those that have one, the rows that wait for ids."""

    known: Register
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)
    waiting: list[tuple[Row, Said]] = field(default_factory=list)

    def enter(self, row: Row) -> None:
        """Note the key of a row, bad rows' too: what refers to them is not at fault."""
        key = row.cells.get("key")
        if not key:
            return
        if not cells.KEY.fullmatch(key):
            row.fault("key", quoted(key), "a key of letters, digits, “.”, “_” and “-”")
        elif key in self.places:
            file, number = self.places[key]
            found = f"{quoted(key)} is the key of {file}, row {number} already"
            row.fault("key", found, "each key once")
        else:
            self.places[key] = row.place

    def settle(self, row: Row, said: Said) -> Said:
        """Give a row its ids, and its key the attestation's; the first one's of several."""
        if not said.attestation.id:
            said = sealed(said)
        if key := row.cells.get("key"):
            self.ids.setdefault(key, said.attestation.id)
            self.parts.setdefault((key, said.relation), said.attestation.id)
        return said

    def referring(self, torn: set[str]) -> Iterator[tuple[Row, Said]]:
        """The rows that wait, once what they refer to has an id; the others are circles.

        What is not found may stand in the rows of the `torn` tables, which could not be read.
        """
        found = [self._leads_somewhere(row, torn) for row, _ in self.waiting]
        waiting = [pair for pair, leads in zip(self.waiting, found, strict=True) if leads]
        while waiting:
            stuck = []
            for row, said in waiting:
                if all(key in self.ids for key in references(row).values()):
                    yield row, self.settle(row, self.pointed(row, said))
                else:
                    stuck.append((row, said))
            if len(stuck) == len(waiting):
                break
            waiting = stuck
        self._report_circles([row for row, _ in waiting])

    def _leads_somewhere(self, row: Row, torn: set[str]) -> bool:
        for column, key in references(row).items():
            self._is_known(row, column, key, torn)
        return row.fine

    def _is_known(self, row: Row, column: str, key: str, torn: set[str]) -> None:
        if key not in self.places and torn:
            self.known.leave_unchecked(row, " and ".join(sorted(torn)))
        elif key not in self.places:
            hint = Likely(key, self.places)
            row.fault(column, f"{quoted('@' + key)} is no row's key", "the key of a row", hint)

    def judged(self, torn: set[str]) -> None:
        """Report the keys that judgements name and no row has."""
        for row, column, key in self.known.pointing:
            self._is_known(row, column, key, torn)

    def pointed(self, row: Row, said: Said) -> Said:
        """A row with the ids of what it refers to."""
        ids = {c: self.ids[key] for c, key in references(row).items()}
        if key := references(row).get("instead_of"):
            # Of an event its amount stands in the place of its amount.
            ids["instead_of"] = self.parts.get((key, said.relation), self.ids[key])
        return pointed(said, ids)

    def _report_circles(self, rows: list[Row]) -> None:
        leads = {r.get("key"): set(references(r).values()) for r in rows if r.get("key")}
        for row in rows:
            for column, key in references(row).items():
                if key in leads and row.get("key") in _reached(key, leads):
                    found = f"{quoted('@' + key)} leads back to this row"
                    expected = "rows that do not refer to each other in a circle"
                    row.fault(column, found, expected)


def pointed(said: Said, ids: Mapping[str, str]) -> Said:
    """What is said with the attestations that it refers to, by column."""
    if "object" in ids:
        said = said._replace(object=f"attestation/{ids['object']}")
    a = said.attestation._replace(instead_of=ids.get("instead_of", ""))
    return said._replace(attestation=a)


def references(row: Row) -> dict[str, str]:
    """The keys that a row refers to, by column."""
    object_, instead = row.cells.get("object", ""), row.cells.get("instead_of", "")
    if object_[:1] != "@" and instead[:1] != "@":
        return {}
    found = {"object": object_, "instead_of": instead}
    return {c: cell[1:] for c, cell in found.items() if cell.startswith("@")}


def _reached(key: str, leads: dict[str, set[str]]) -> set[str]:
    """Every key that a key leads to, itself included."""
    seen: set[str] = set()
    ahead = [key]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += leads.get(name, ())
    return seen


def described(case: Case, problems: Problems) -> Iterator[tuple[Path, Term, Row]]:
    """The rows of all entity tables as they stand, each with its file and its table's class."""
    for path, term in entity_tables(case, Problems(limit=0)):
        for row in _described(case, path, term, problems):
            yield path, term, row


def take_names(row: Row, columns: Iterable[str], known: Register) -> bool:
    """Put ids in the place of the names that only one record has, in columns that name entities.

    Tells whether there are any.
    """
    return names.take(row, columns, known.meant, known.kinds)


def entity_columns(terms: Ontology, term: Term) -> tuple[str, ...]:
    """The columns of a class's table whose cells name entities."""
    own = terms.columns(term.id).items()
    named = (c for c, p in own if p.kind != "attribute" or terms.refers(p))
    return ("document", "voice", "via", *named)


def _described(case: Case, path: Path, term: Term, problems: Problems) -> Iterator[Row]:
    """The rows of an entity table as they stand."""
    columns = case.ontology.columns(term.id)
    known = (*ENTITY, *columns)
    return table.read(path, ENTITY[:2], known, problems, case.form(path), _typed(columns))


def _typed(columns: Mapping[str, Term]) -> dict[str, str]:
    """The columns that hold dates and numbers, which a table may write in a local form."""
    typed = {c: _NUMBERS.get(p.datatype, p.datatype) for c, p in columns.items()}
    return {c: kind for c, kind in typed.items() if kind in ("date", "number")}


def _declare(case: Case, path: Path) -> str:
    """What to add to case.toml for a file to be read."""
    if (kind := path.suffix[1:]) not in FORMATS:
        return ""
    formats = ", ".join(f'"{f}"' for f in (*case.forms.formats, kind))
    return f"under [tables] in data/case.toml write formats = [{formats}], "
