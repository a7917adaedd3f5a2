"""What changed in the rows of a case since its graph was built, where so little did that the rest can stay.

Raises `Whole` with the reason where it cannot be told, or where more than some claims changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import is_normalized

from kg import __version__
from kg.case import cells, csvfile, lines, reader
from kg.case.kept import KEYED, ROW, ROWS, SINGLE, Lines, Told
from kg.case.plausibility import Watch
from kg.case.row import Problems
from kg.model.errors import BadGraph
from kg.store import known, remembered
from kg.store.checksums import Sums
from kg.store.graph import JUDGEMENTS
from kg.store.remembered import Remembered, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.case.claim_rows import Said
    from kg.case.folder import Case
    from kg.case.ids import Register
    from kg.case.lines import Difference
    from kg.store.graph import Graph

# After so many builds of differences all is built anew: the store's files grow in number.
STEPS = 50
# Rows that may change: so many always, and above that one in so many.
_FEW, _PART, _MOST = 200, 10, 20_000
_WIDE = ("utf-16", "utf-32", "utf-7")


class Whole(Exception):
    """All has to be built; says why, or nothing where the tables hold errors, which are told then."""


@dataclass
class Changes:
    """What has to be done: rows that are gone, by attestation, and rows that are new.

    `held` is the graph as it is, `before` what was remembered with it and `tables` what will be;
    `told` has the warnings on new rows, `moved` the new line of each old one, by table.
    """

    held: Graph
    known: Register
    before: Remembered
    tables: dict[str, Table] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    new: list[Said] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    differences: dict[str, Difference] = field(default_factory=dict)
    in_order: bool = True

    @property
    def number(self) -> int:
        """How many rows changed."""
        return max(len(self.gone), len(self.new))


def since(held: Graph, case: Case, digests: Mapping[str, str]) -> Changes:
    """Compare a case with the graph that was made from it. Cost: one pass over changed tables' bytes."""
    try:
        return _since(held, case, digests)
    except BadGraph as error:
        raise Whole("the graph is damaged") from error


def _since(held: Graph, case: Case, digests: Mapping[str, str]) -> Changes:
    manifest = held.manifest
    if manifest["version"] != __version__:
        raise Whole(f"the graph was made by kg {manifest['version']}")
    if any(Sums(held.folder).faults(whole=False)):
        raise Whole("the graph is damaged")
    if not held.holds(remembered.ROWS):
        raise Whole("its rows were not kept one by one")
    names = _changed(case, manifest["inputs"], digests)
    before = remembered.read(held.part(remembered.ROWS), held.part(remembered.WARNINGS))
    if before.steps >= STEPS:
        raise Whole(f"{before.steps} builds of differences are to become one")
    told = known.read(held.part(known.NAME), held.terms, held.part(JUDGEMENTS))
    found = Changes(held, told, before)
    for stem, path in names.items():
        if stem not in before.tables:
            raise Whole(f"the rows of {path.name} were not kept one by one")
        _compare(found, case, stem, path)
    _refuse_many(found)
    watch = Watch(found.known)
    keyed = False
    for stem, path in names.items():
        keyed |= _read(found, case, stem, path, watch)
    _check_keys(found, case, keyed)
    return found


def _changed(case: Case, before: Mapping[str, str], digests: Mapping[str, str]) -> dict[str, Path]:
    """The tables that changed, by stem."""
    paths = {path.relative_to(case.root).as_posix(): path for path in case.tables}
    found = {}
    for name in sorted({*before, *digests}):
        if before.get(name) == digests.get(name):
            continue
        path = paths.get(name)
        if name not in before or name not in digests:
            raise Whole(f"{name} is {'new' if name in digests else 'gone'}")
        if path is None or path.stem not in SINGLE:
            raise Whole(f"{name} changed")
        if path.suffix not in (".csv", ".tsv"):
            raise Whole(f"{name} is no text")
        if case.form(path).encoding.startswith(_WIDE):
            raise Whole(f"{name} is in {case.form(path).encoding}")
        found[path.stem] = path
    return found


def _compare(found: Changes, case: Case, stem: str, path: Path) -> None:
    """Tell which lines of a table are new, and which are gone."""
    old = found.before.tables[stem]
    made = lines.differing(path, old.prints)
    if not made.came or made.came[0][:2] != (0, 0):
        raise Whole(f"the header of {path.name} changed")
    found.differences[stem] = made
    found.in_order &= made.in_order
    length = len(made.prints.lines) // lines.DIGEST
    rows = Lines(bytearray(length * 12), bytearray(length))
    for begun, place, size in made.came:
        rows.ids[place * 12 : (place + size) * 12] = old.rows.ids[begun * 12 : (begun + size) * 12]
        rows.flags[place : place + size] = old.rows.flags[begun : begun + size]
    found.tables[stem] = Table(made.prints, rows)
    for place in made.gone:
        if old.rows.flags[place] & ROW:
            found.gone.append(old.rows.ids[place * 12 : place * 12 + 12].hex())


def _refuse_many(found: Changes) -> None:
    number = sum(max(len(d.gone), len(d.new)) for d in found.differences.values())
    rows = sum(len(table.rows) for table in found.before.tables.values())
    if number > min(max(_FEW, rows // _PART), _MOST):
        raise Whole(f"{number:,} rows changed")
    if not found.in_order and (
        found.before.twice or any(p.kind == "both-sides" for p in found.before.told.texts)
    ):
        raise Whole("rows stand in another order")


def _read(found: Changes, case: Case, stem: str, path: Path, watch: Watch) -> bool:
    """Read the new lines of a table; whether one has a key."""
    table, made = found.tables[stem], found.differences[stem]
    told = found.told[stem] = Told()
    problems = Problems(limit=0, quiet=case.quiet, told=told)
    if found.before.told.of_file(stem, path.name):
        raise Whole(f"{path.name} as a whole has a warning")
    encoding = case.form(path).encoding
    for _, line in made.new:
        text = line.decode(encoding, "replace")
        if not csvfile.single(text, case.form(path)) or not is_normalized("NFC", text):
            raise Whole(f"a new line of {path.name} is no row of its own, or has letters in parts")
    keyed = False
    with path.open("rb") as file:
        header = file.readline()
    for row, said in reader.some_rows(case, path, header, made.new, found.known, problems):
        key = row.get("key")
        if problems.errors or not row.fine or not said or (key and not cells.KEY.fullmatch(key)):
            raise Whole("")
        refers = any(row.get(c).startswith("@") for c in ("object", "instead_of"))
        if refers:
            raise Whole(f"{path.name}, row {row.number}: it refers to another row")
        watch.alone(row, said)
        flag = ROW | (KEYED if key else 0)
        table.rows.note(row.number, said.attestation.id, flag)
        found.new.append(said)
        if key:
            keyed = True
            _only_key(case, key)
    if problems.errors:
        raise Whole("")
    return keyed


def _only_key(case: Case, key: str) -> None:
    """Refuse a key of a new row that may stand in another row, too, or be referred to."""
    word = re.compile(rb"(?<![A-Za-z0-9_.-])" + re.escape(key.encode()) + rb"(?![A-Za-z0-9_.-])")
    number = 0
    for stem in ROWS:
        if not (path := case.table(stem)):
            continue
        if path.suffix not in (".csv", ".tsv"):
            raise Whole(f"a new row has a key, and {path.name} is no text")
        number += sum(1 for _ in word.finditer(path.read_bytes()))
    if number > 1:
        raise Whole(f"the key “{key}” may stand in another row, too")


def _check_keys(found: Changes, case: Case, keyed: bool) -> None:
    """Refuse rows that others refer to, or judgements do."""
    lost = False
    for stem, made in found.differences.items():
        flags = found.before.tables[stem].rows.flags
        lost |= any(flags[place] & KEYED for place in made.gone)
    if (lost or keyed) and any(
        end.startswith("@") for j in found.known.judgements for end in (j.left, j.right)
    ):
        raise Whole("a row with a key changed, and a judgement names rows by their keys")
    if lost:
        for mark in found.gone:
            ledger = found.held.ledger
            if ledger.replacements(mark) or ledger.about_statement(mark):
                raise Whole("a row changed that other rows refer to")
