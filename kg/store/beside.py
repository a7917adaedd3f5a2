"""What the tables that are read whole hold now, beside what the graph has of them.

They are those of the records, of names and events, of judgements and of what is withheld. Rows of
claims and of figures mean something else by them where a name is another one's, where a document
has another date or author: these are told, to be read again.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, field

from kg.case import mentions, reader
from kg.case.claim_rows import Said
from kg.case.ids import Register
from kg.case.kept import OTHERS, REFERRING, RETRACTIONS, SINGLE, TOGETHER, Kept, Told, marks
from kg.case.names import folded
from kg.case.plausibility import Watch, warn_of_records
from kg.case.row import Problems
from kg.case.source import Rows
from kg.model.ontology import EVENTS
from kg.store import known
from kg.store.bulk import Bulk
from kg.store.filling import fill
from kg.store.graph import JUDGEMENTS, WITHHELD
from kg.store.ledger_writer import found_by
from kg.store.records import Records
from kg.store.remembered import Whole
from kg.text.terminal import some

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.case.folder import Case
    from kg.case.ids import Judgement
    from kg.model.claims import Entity
    from kg.store.graph import Graph
    from kg.store.remembered import Remembered

# So many records, or names that rows use, may change; above a thousand records one in so many.
_FEW, _PART = 200, 5


@dataclass
class Beside:
    """What is there now, and what changed: records by id, as they were and as they are.

    `fresh` and `gone` are the attestations of these tables that are new or say something else, and
    those that are gone; `resting` are those that rest on a document with another date or author,
    `words` the names and ids that mean something else where they stand in a row. `number` is how many
    rows changed, `withheld` what became of what is withheld, in words, `rewritten` the files that changed.
    """

    rows: Rows
    known: Register
    was: Register
    kept: Kept
    records: Records
    told: Told
    changed: dict[str, tuple[Entity | None, Entity | None]] = field(default_factory=dict)
    fresh: list[Said] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    resting: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    number: int = 0
    withheld: str = ""
    rewritten: list[str] = field(default_factory=list)

    def lines(self, case: Case, stem: str) -> Iterator[int]:
        """The lines of a table of the ledger in which something stands that means another one now."""
        if path := case.table(stem):
            yield from mentions.lines(path, case.form(path), self.words)


def read(held: Graph, case: Case, before: Remembered, changed: Collection[str]) -> Beside:
    """Read the tables that are read whole, and compare them with the graph; `changed` are the stems
    of those of them that changed.

    Cost: one pass over them, and one look at each record of the graph. Raises Whole.
    """
    told = Told()
    problems = Problems(limit=0, quiet=case.quiet, told=told)
    rows = reader.beside(case, problems, lambda event: _of_event(held, before, event))
    kept, records = rows.kept, Records()
    if kept is None:
        raise Whole("its rows were not kept one by one")
    said: list[Said] = []
    fill(case, rows, records, problems, said.append)
    if problems.errors:
        raise Whole("")
    problems.phase = TOGETHER
    warn_of_records(kept.known, problems)
    was = known.read(held.part(known.NAME), held.terms, held.part(JUDGEMENTS))
    found = Beside(rows, kept.known, was, kept, records, told)
    _refuse(found, before, changed)
    with closing(Bulk(held.part("ledger.sqlite"))) as bulk:
        _compare_records(found, held, bulk)
        _compare_said(found, held, bulk, before, said, changed)
        if case.table(EVENTS) and {*marks(before.elsewhere)} != {*marks(kept.elsewhere)}:
            raise Whole("events changed")
        if moved := _compare_meanings(found, held):
            found.resting = bulk.resting_on(moved)
    old, new = ({*map(_key, told.judgements)} for told in (was, kept.known))
    found.number += max(len(old - new), len(new - old))
    found.withheld = _withheld(held, rows)
    paths = {stem: case.table(stem) for stem in sorted(changed)}
    found.rewritten = [path.name if path else f"{stem}.csv" for stem, path in paths.items()]
    return found


def _of_event(held: Graph, before: Remembered, event: str) -> Iterator[Said]:
    """What the rows of claims and of figures say of an event."""
    for claim in held.ledger.claims_about(event):
        for a in claim.attestations:
            if claim.subject == event and (place := before.place(a.id)):
                ends = (claim.subject, claim.relation, claim.object, claim.figure)
                yield Said(*ends, a, place)


def _withheld(held: Graph, rows: Rows) -> str:
    """Of which records something else is withheld than was, in words."""
    was: dict[str, dict[str, str]] = {}
    if held.holds(WITHHELD):
        with open(held.part(WITHHELD), encoding="utf-8") as file:
            was = {row["record"]: row for row in json.load(file)}
    now = {row.record: asdict(row) for row in rows.withheld}
    told = (
        ("withheld", sorted(now.keys() - was.keys())),
        ("no longer withheld", sorted(was.keys() - now.keys())),
        ("withheld otherwise", sorted(n for n in now if was.get(n, now[n]) != now[n])),
    )
    return "; ".join(f"{word}: {some(names)}" for word, names in told if names)


def _key(judgement: Judgement) -> tuple[str, ...]:
    return tuple(getattr(judgement, name) for name in judgement.__slots__)


def _refuse(found: Beside, before: Remembered, changed: Collection[str]) -> None:
    """Refuse what reaches further than the claims of some rows."""
    if found.kept.referring:
        file, row = found.kept.referring[0]
        raise Whole(f"{file}, row {row} refers to another row")
    if found.was.merged != found.known.merged:
        raise Whole("other records are held to be one")
    judged = found.was.misprints ^ found.known.misprints
    if any(name.startswith("@") for name in judged):
        raise Whole("another row is held to be misprinted")
    if not found.kept.twice <= before.twice:
        raise Whole("a new row says the same as another one")
    for phase, problem, _ in before.told.all():
        together = problem.kind == "both-sides" or phase in (REFERRING, RETRACTIONS)
        if together and problem.file.rpartition(".")[0] not in SINGLE:
            raise Whole("a row of another table is odd beside others")
    others = sorted({*changed} & {*OTHERS})
    if others and found.kept.keyed:
        raise Whole(f"rows of {' and '.join(others)} changed, and some have keys")


def _compare_records(found: Beside, held: Graph, bulk: Bulk) -> None:
    now = dict(found.records.entities)
    count = 0
    for old in held.ledger.entities():
        count += 1
        new = now.pop(old.id, None)
        if new != old:
            found.changed[old.id] = old, new
    found.changed |= {name: (None, entity) for name, entity in now.items()}
    number = len(found.changed)
    if number > max(_FEW, count // _PART):
        raise Whole(f"{number:,} records changed")
    for name, (one, other) in found.changed.items():
        if one and other and one.kind != other.kind:
            raise Whole(f"{name} is of another class")
    # Of those that stand for others what these are found by is in no column of their own.
    targets = {*found.known.merged.values()} - found.changed.keys()
    texts = bulk.texts(sorted(targets))
    for name, entity in found.records.entities.items():
        if name in targets and texts.get(name) != found_by(found.records.keys(name)):
            found.changed[name] = entity, entity
    found.number += number


def _compare_said(
    found: Beside,
    held: Graph,
    bulk: Bulk,
    before: Remembered,
    said: list[Said],
    changed: Collection[str],
) -> None:
    """Tell which attestations of these tables are new, gone, or say something else now."""
    old = bulk.attestations([*marks(before.own), *marks(before.elsewhere)])
    fresh = {one.attestation.id: one for one in reversed(said)}
    found.gone = [mark for mark in old if mark not in fresh]
    elsewhere = {*marks(before.elsewhere)}
    # A key may have gone to another row of a table that changed.
    for mark in elsewhere if {*changed} & {*OTHERS} else elsewhere.intersection(found.gone):
        if held.ledger.about_statement(mark) or held.ledger.replacements(mark):
            raise Whole("a row that others refer to stands in a table that changed")
    # Rows of the records' own tables are counted by their records.
    own = {*marks(found.kept.own)}
    places: set[tuple[str, int]] = set()
    others: set[tuple[str, int]] = set()
    lost = len(found.gone)
    away = len(elsewhere.intersection(found.gone))
    for mark, one in fresh.items():
        same = old.get(mark)
        # Whether it counts and for whom it is said is told later.
        if not same or same._replace(living=True, party="") != one.attestation:
            found.fresh.append(one)
            if same:
                found.gone.append(mark)
            else:
                (places if mark in own else others).add(one.place)
    records = {place for name in found.changed if (place := found.known.where.get(name))}
    found.number += len(places - records) or (0 if found.changed else lost - away)
    found.number += max(len(others - records), away)


def _compare_meanings(found: Beside, held: Graph) -> set[str]:
    """Tell what means something else in a row now than it did; returns the records, as they stand in
    the ledger, of documents with another date or author."""
    kinds, called, documents = known.whole(held.part(known.NAME))
    was, now = found.was, found.known
    for name, kind in kinds.items():
        if now.kinds.get(name, kind) != kind:
            raise Whole(f"{name} is of another class")
    for name in {*called} | {*now.names.ids}:
        one, other = called.get(name, ()), now.names.ids.get(name, ())
        if len(one) == len(other) and {*one} == {*other}:
            continue
        meant = {was.resolve(own) for own in one}
        if len(meant) == 1 and meant != {now.resolve(own) for own in other}:
            found.words.add(name)
    new = now.kinds.keys() - kinds.keys()
    found.words |= {name for own in new if len(called.get(name := folded(own), ())) > 0}
    found.words |= {folded(own) for own in kinds.keys() - now.kinds.keys()}
    if len(found.words) > _FEW:
        raise Whole(f"{len(found.words):,} names that rows may use mean others")
    printed = {
        name: (voice, day.text, now.changed.get(name, ""))
        for name, (voice, day) in now.documents.items()
    }
    moved = {n for n, told in documents.items() if printed.get(n, told) != told}
    moved |= {n for n in was.misprints ^ now.misprints if n in documents}
    if Watch.latest(last for *_, last in documents.values()) != Watch(now).latest_print:
        # What is too late for a document without a day is told by the last day of any.
        moved |= {n for n, (*_, last) in documents.items() if not last}
    if len(moved) > _FEW:
        raise Whole(f"{len(moved):,} documents have another date or author")
    return {now.resolve(n) for n in moved}
