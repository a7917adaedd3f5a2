"""What changed in the rows of a case since its graph was built, where so little did that the rest can stay.

Raises `Whole` with the reason where it cannot be told, or where more than some claims changes.
"""

from __future__ import annotations

from unicodedata import is_normalized

from kg import __version__
from kg.case import cells, csvfile, lines, reader
from kg.case.kept import ID, ROW, SINGLE, Lines, Told
from kg.case.keyed import TEXTS, Keyed
from kg.case.plausibility import Watch
from kg.case.row import Problems
from kg.model.errors import BadGraph
from kg.store import beside, known, references, remembered
from kg.store.changed import Changes
from kg.store.checksums import Sums
from kg.store.graph import JUDGEMENTS
from kg.store.remembered import Table, Whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.case.folder import Case
    from kg.case.lines import Difference
    from kg.store.graph import Graph

# After so many builds of differences all is built anew: the store's files grow in number.
STEPS = 50
# Rows that may change: so many always, and above that one in so many.
_FEW, _PART, _MOST = 200, 10, 20_000
_WIDE = ("utf-16", "utf-32", "utf-7")


def since(held: Graph, case: Case, digests: Mapping[str, str]) -> Changes:
    """Compare a case with the graph that was made from it.

    Cost: one pass over changed tables' bytes; where others than claims and figures changed, one over
    all others.
    """
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
    names, others = _changed(case, manifest["inputs"], digests)
    before = remembered.read(held.part(remembered.ROWS), held.part(remembered.WARNINGS))
    if before.steps >= STEPS:
        standing = "1 build of differences stands" if before.steps == 1 else ""
        many = f"{before.steps} builds of differences stand"
        raise Whole(f"{standing or many} on the last whole one")
    if others:
        read = beside.read(held, case, before, others)
        found = Changes(held, read.known, read.was, before, Keyed(case), beside=read)
    else:
        told = known.read(held.part(known.NAME), held.terms, held.part(JUDGEMENTS))
        found = Changes(held, told, told, before, Keyed(case))
    for stem in SINGLE:
        if (path := case.table(stem)) and stem not in before.tables:
            raise Whole(f"the rows of {path.name} were not kept one by one")
    for stem, path in names.items():
        _compare(found, stem, path, lines.differing(path, before.tables[stem].prints))
    _read_again(found, case, names)
    _refuse_many(found)
    watch = Watch(found.known)
    for stem, path in names.items():
        _read(found, case, stem, path, watch)
    references.settle(found, watch)
    references.check(found)
    return found


def _changed(
    case: Case, before: Mapping[str, str], digests: Mapping[str, str]
) -> tuple[dict[str, Path], set[str]]:
    """The tables that changed: those of which rows are read one by one, by stem, and the stems of others."""
    paths = {path.relative_to(case.root).as_posix(): path for path in case.tables}
    found, others = {}, set()
    for name in sorted({*before, *digests}):
        if before.get(name) == digests.get(name):
            continue
        path = paths.get(name)
        if not name.startswith("data/") or name == "data/case.toml":
            raise Whole(f"{name} changed")
        stem = name.removeprefix("data/").rpartition(".")[0]
        if stem not in SINGLE:
            others.add(stem)
        elif path is None or name not in before:
            raise Whole(f"{name} is {'new' if path else 'gone'}")
        else:
            _check_text(case, path)
            found[stem] = path
    return found, others


def _check_text(case: Case, path: Path) -> None:
    """Refuse a table whose lines are not to be found in its bytes."""
    name = path.relative_to(case.root).as_posix()
    if path.suffix not in TEXTS:
        raise Whole(f"{name} is no text")
    if case.form(path).encoding.startswith(_WIDE):
        raise Whole(f"{name} is in {case.form(path).encoding}")


def _compare(found: Changes, stem: str, path: Path, made: Difference) -> None:
    """Tell which lines of a table are new, and which are gone."""
    old = found.before.tables[stem]
    if not made.came or made.came[0][:2] != (0, 0):
        raise Whole(f"the header of {path.name} changed")
    found.differences[stem] = made
    found.in_order &= made.in_order
    length = len(made.prints.lines) // lines.DIGEST
    rows = Lines(bytearray(length * ID), bytearray(length))
    for begun, place, size in made.came:
        rows.ids[place * ID : (place + size) * ID] = old.rows.ids[begun * ID : (begun + size) * ID]
        rows.flags[place : place + size] = old.rows.flags[begun : begun + size]
    found.tables[stem] = Table(made.prints, rows)
    for place in made.gone:
        if old.rows.flags[place] & ROW:
            found.gone.append(old.rows.ids[place * ID : (place + 1) * ID].hex())


def _read_again(found: Changes, case: Case, names: dict[str, Path]) -> None:
    """Have the rows read that mean something else than they did; adds their tables to those that changed."""
    if not found.beside:
        return
    old = found.before.tables
    resting = found.beside.resting
    for stem, table in old.items():
        path = case.table(stem)
        if path is None:
            continue
        if found.beside.words:
            _check_text(case, path)
        wanted = {*found.beside.lines(case, stem)}
        if resting:
            moved = found.differences[stem].moved if stem in names else None
            ids = bytes(table.rows.ids)
            held = (
                n for n in range(len(table.rows)) if ids[n * ID : (n + 1) * ID].hex() in resting
            )
            wanted |= {moved.now(n) if moved else n for n in held}
        if not wanted - {-1}:
            continue
        if stem not in names:
            _check_text(case, path)
            _compare(found, stem, path, lines.unchanged(table.prints))
            names[stem] = path
        _note_again(found, stem, path, wanted)


def _note_again(found: Changes, stem: str, path: Path, wanted: set[int]) -> None:
    """Have some lines of a table, as they are now, read again, if they are rows that were there."""
    made, rows = found.differences[stem], found.tables[stem].rows
    was = {now: before for before, now in made.lines() if now in wanted}
    with path.open("rb") as file:
        held = {now: line for now, line in enumerate(file) if now in was and rows.flags[now] & ROW}
    for now, line in held.items():
        made.new.append((now, line if line[-1:] == b"\n" else line + b"\n"))
        made.gone.append(was[now])
        found.again.add((stem, was[now]))
        found.gone.append(rows.ids[now * ID : (now + 1) * ID].hex())
        # Until it is read it has no id that another row could refer to.
        rows.flags[now] = 0
    made.new.sort()


def _refuse_many(found: Changes) -> None:
    number = sum(max(len(d.gone), len(d.new)) for d in found.differences.values())
    again = len(found.again)
    rows = sum(len(table.rows) for table in found.before.tables.values())
    if number > min(max(_FEW, rows // _PART), _MOST):
        less = f", and {again:,} of them mean others now" if again else ""
        raise Whole(f"{number:,} rows changed{less}")
    if not found.in_order and (
        found.before.twice or any(p.kind == "both-sides" for p in found.before.told.texts)
    ):
        raise Whole("rows stand in another order")


def _read(found: Changes, case: Case, stem: str, path: Path, watch: Watch) -> None:
    """Read the new lines of a table."""
    made = found.differences[stem]
    told = found.told[stem] = Told()
    problems = Problems(limit=0, quiet=case.quiet, told=told)
    if found.before.told.of_file(stem, path.name):
        raise Whole(f"{path.name} as a whole has a warning")
    encoding = case.form(path).encoding
    for _, line in made.new:
        text = line.decode(encoding, "replace")
        if csvfile.single(text, case.form(path)) is None or not is_normalized("NFC", text):
            raise Whole(f"a new line of {path.name} is no row of its own, or has letters in parts")
    with path.open("rb") as file:
        header = file.readline()
    for row, said in reader.some_rows(case, path, header, made.new, found.known, problems):
        key = row.get("key")
        if problems.errors or not row.fine or not said or (key and not cells.KEY.fullmatch(key)):
            raise Whole("")
        if key and len([*found.keyed.places(key)]) > 1:
            raise Whole(f"the key “{key}” may stand in another row, too")
        if reader.references(row):
            found.waiting.append((row, said))
        else:
            watch.alone(row, said)
            found.enter(row, said)
    if problems.errors:
        raise Whole("")
