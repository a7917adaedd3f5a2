"""The two passes over the tables of a case: what is known first, then every row with it.

The first enters all ids and judgements in a register; the second yields checked
entities and attestations. A row that breaks a rule is reported and left out; the
others go on, so that a person sees all that is wrong at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.case import cells, csvfile
from kg.case import claim_rows as attesting
from kg.case import entity_rows as describing
from kg.case.claim_rows import CLAIM, FIGURE, NEEDED, Said, sealed
from kg.case.csvfile import Problems, Row, quoted
from kg.case.entity_rows import ENTITY
from kg.case.folder import LEDGER, Case
from kg.case.ids import JUDGEMENT, Register
from kg.case.retractions import Retractions
from kg.case.source import Rows
from kg.model.claims import Entity
from kg.model.ontology import Ontology, Term
from kg.model.problems import Problem
from kg.text.spelling import Likely, did_you_mean


def entity_tables(case: Case, problems: Problems) -> list[tuple[Path, Term]]:
    """The entity tables of a case, each with the class it holds."""
    held = case.ontology.tables
    found = []
    for path in case.tables:
        if path.stem in LEDGER:
            continue
        if path.stem in held:
            found.append((path, held[path.stem]))
        else:
            hint = did_you_mean(path.stem, [*held, *LEDGER])
            expected = f"a table that a class names with kg:table: {', '.join(sorted(held))}"
            problems.add(Problem(path.name, 0, "", "no class has this table", expected, hint))
    for path in case.unread:
        expected = "a table whose name ends in .csv"
        hint = "save the sheet as “CSV UTF-8”, or move it away"
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
        for row in csvfile.read(path, ENTITY[:2], _columns(case.ontology, term), quiet):
            known.add(row, term.id)
        if quiet.torn:
            known.incomplete[path.name] = term.id
    path = case.root / "data" / "judgements.csv"
    if path in case.tables:
        known.judge(csvfile.read(path, ("kind", "left", "reason"), JUDGEMENT, problems))
    return known


def rows(case: Case, problems: Problems) -> Rows:
    """Everything in the tables of a case, for a build."""
    known = register(case, problems)
    return Rows(
        entities(case, known, problems),
        attestations(case, known, problems),
        known.merged,
        known.judgements,
        known.judged,
    )


def entities(
    case: Case, known: Register, problems: Problems
) -> Iterator[tuple[Entity, tuple[Said, ...]]]:
    """Second pass over the entity tables: each entity, with the claims its own cells make."""
    for path, term in entity_tables(case, Problems(limit=0)):
        for row in csvfile.read(path, ENTITY[:2], _columns(case.ontology, term), problems):
            if read := describing.read(row, term, known):
                yield read


def attestations(case: Case, known: Register, problems: Problems) -> Iterator[Said]:
    """Every row of claims.csv and figures.csv, checked and with its ids.

    Rows that refer to others (``@key``) come last, once the others' ids are
    known; a circle among them is an error. What could not be checked is told at
    the end. Cost: one pass; a second where a voice seems to take back what it
    never said.
    """
    keys = _Keys(known)
    back = Retractions()
    for stem, columns in (("claims", CLAIM), ("figures", FIGURE)):
        path = case.root / "data" / f"{stem}.csv"
        if path not in case.tables:
            continue
        for row in csvfile.read(path, NEEDED[stem], columns, problems):
            said = attesting.read(row, stem == "figures", known)
            keys.enter(row)
            if said and row.fine:
                if _references(row):
                    keys.waiting.append((row, said))
                else:
                    yield back.note(row, keys.settle(row, said))
    torn = problems.torn & {f"{stem}.csv" for stem in NEEDED}
    keys.judged(torn)
    for row, said in keys.referring(torn):
        yield back.note(row, said)
    back.warn(lambda: _said_again(case, known, keys))
    known.tell_unchecked(problems)


def _said_again(case: Case, known: Register, keys: _Keys) -> Iterator[Said]:
    """Everything that is said, read once more without a word on what is wrong with it."""
    quiet = Problems(limit=0)
    for _, own in entities(case, known, quiet):
        yield from own
    for stem, columns in (("claims", CLAIM), ("figures", FIGURE)):
        path = case.root / "data" / f"{stem}.csv"
        if path in case.tables:
            for row in csvfile.read(path, NEEDED[stem], columns, quiet):
                said = attesting.read(row, stem == "figures", known)
                if said and all(key in keys.ids for key in _references(row).values()):
                    yield keys.pointed(row, said)


@dataclass
class _Keys:
    """The keys of the ledger's rows, the ids of those that have one, the rows that wait for ids."""

    known: Register
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[Row, Said]] = field(default_factory=list)

    def enter(self, row: Row) -> None:
        """Note the key of a row, bad rows' too: what refers to them is not at fault."""
        key = row.get("key")
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
        """Give a row its ids, and its key the attestation's."""
        said = sealed(said)
        if row.get("key"):
            self.ids[row.get("key")] = said.attestation.id
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
                if all(key in self.ids for key in _references(row).values()):
                    yield row, self.settle(row, self.pointed(row, said))
                else:
                    stuck.append((row, said))
            if len(stuck) == len(waiting):
                break
            waiting = stuck
        self._report_circles([row for row, _ in waiting])

    def _leads_somewhere(self, row: Row, torn: set[str]) -> bool:
        for column, key in _references(row).items():
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
        ids = {column: self.ids[key] for column, key in _references(row).items()}
        if "object" in ids:
            said = replace(said, object=f"attestation/{ids['object']}")
        a = said.attestation._replace(instead_of=ids.get("instead_of", ""))
        return replace(said, attestation=a)

    def _report_circles(self, rows: list[Row]) -> None:
        leads = {r.get("key"): set(_references(r).values()) for r in rows if r.get("key")}
        for row in rows:
            for column, key in _references(row).items():
                if key in leads and row.get("key") in _reached(key, leads):
                    found = f"{quoted('@' + key)} leads back to this row"
                    expected = "rows that do not refer to each other in a circle"
                    row.fault(column, found, expected)


def _references(row: Row) -> dict[str, str]:
    """The keys that a row refers to, by column."""
    found = {c: row.get(c) for c in ("object", "instead_of")}
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


def _columns(terms: Ontology, term: Term) -> tuple[str, ...]:
    return (*ENTITY, *terms.columns(term.id))
