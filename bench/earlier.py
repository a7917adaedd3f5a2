"""A full build and a check beside those of an earlier version, and beside its triples merely loaded.

    .venv/bin/python bench/run.py --earlier CHECKOUT [--rows 100000]

CHECKOUT is a work tree of that version with its own .venv. Three pairs of each; above 100,000 rows one.
The two cases stay in the folder as `new` and `old`, for whoever measures on.
"""

import shutil
import statistics
import subprocess
from pathlib import Path

import synthetic
from goals import met
from used import used

HEAD = "## Beside an earlier version"


def lines(folder, kg, oxigraph, checkout, rows, environment, change, note):
    """The section, as lines of Markdown.

    `change` alters one row of a case, `note` says when and where it is measured.
    """
    theirs = str(Path(checkout).resolve() / ".venv" / "bin" / "kg")
    new, old = folder / "new", folder / "old"
    synthetic.write(new, rows)
    old.mkdir()
    shutil.copytree(new / "data", old / "data")
    # Each version reads the ontology that came with it.
    shutil.copytree(Path(checkout) / "ontology", old / "ontology")
    commit = subprocess.run(
        ["git", "-C", checkout, "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    yield HEAD
    yield ""
    yield f"Written by `bench/run.py --earlier`, {note}. {rows:,} rows; beside the version at {commit}. Goals are by"
    yield "the clock. Of each side: seconds by the clock, seconds of the processors, peak memory of the largest process in MB."
    yield ""
    yield "| what / yardstick | by the clock | of the processors | goal | met | ours | yardstick |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    pairs = 3 if rows <= 100_000 else 1
    kept = new / "out" / "checked.json"

    def run(command, cwd):
        return used(command, environment, cwd, (0,))

    def build():
        return run([kg, "build", "--force"], new)

    def build_earlier():
        return run([theirs, "build", "--force"], old)

    def check():
        kept.unlink(missing_ok=True)
        return run([kg, "check"], new)

    def check_earlier():
        return run([theirs, "check"], old)

    def check_again():
        return run([kg, "check"], new)

    taken = [(build(), build_earlier()) for _ in range(pairs)]
    full, full_earlier = (_median(side) for side in zip(*taken, strict=True))
    yield _row("`kg build` / the earlier one", 0.6, full, full_earlier)
    store = old / "out" / "generations" / (old / "out" / "current").read_text().split("\n")[0]
    copy, triples, target = folder / "copy", folder / "old.nt", folder / "target"
    shutil.copytree(store / "store", copy)
    dump = [oxigraph, "dump", "--location", str(copy), "--file", str(triples)]
    run([*dump, "--format", "nt", "--graph", "default"], folder)
    shutil.rmtree(copy)
    load = [oxigraph, "load", "--location", str(target), "--file", str(triples)]
    loads = []
    for _ in range(pairs):
        shutil.rmtree(target, ignore_errors=True)
        loads.append(run(load, folder))
    label = "`kg build` / `oxigraph load` of the earlier version's triples"
    yield _row(label, 1.0, full, _median(loads))
    shutil.rmtree(target)
    triples.unlink()
    mine, other = _size(new), _size(old)
    row = f"| store and files on disk / the earlier ones | {mine / other:.2f} | | ≤ 0.6 | {met(mine / other <= 0.6)} |"
    row += f" {mine / 1e6:,.0f} MB | {other / 1e6:,.0f} MB |"
    print(row, flush=True)
    yield row
    for told, edit, goal in (
        ("one changed row", lambda number: change(new), 0.08 if rows <= 100_000 else 0.04),
        ("one new record with three rows", lambda number: come(new, number), 0.3),
        ("another date of a document", lambda number: redate(new, number), 0.3),
    ):
        changed = []
        for number in range(3):
            edit(number)
            changed.append(run([kg, "build"], new))
        label = f"`kg build` after {told} / the earlier version's build, which is a full one"
        yield _row(label, goal, _median(changed), full_earlier)
    taken = [(check(), check_earlier()) for _ in range(pairs)]
    first, earlier = (_median(side) for side in zip(*taken, strict=True))
    yield _row("`kg check` / the earlier one", 0.5, first, earlier)
    again = _median([check_again() for _ in range(3)])
    yield _row("`kg check` of unchanged tables / the first time", 0.1, again, first)
    yield from WHY.rstrip().split("\n")


WHY = """
Where the time of a full build goes: by threads, at 100,000 rows, 47 % of the processor time is the builder's, 13 % the engine's for reading the
text, 40 % for sorting it and writing tables; the engine works in its own process from the first row on, beside the reading. Sampled, a sixth of the
engine's time compares keys while they are sorted, a sixth is memory that the system clears, a sixth goes to lending and taking back pieces of it.
It grows with the triples: 29 for a claim with its row, 24 in the earlier version, which had none for sides, for the days by which a row was known,
and for those on which it holds. The builder's half is spread over reading, checking, the ledger, its indexes of names and passages (which the earlier
version had not), and text; the most for one thing is the database's own work. Over a million rows 1.7 of the two processors were in use. At
100,000 both are until the last claim is told; then the engine takes its tables over by copying them, by one thread, and the disk is waited for.
Above sixteen million triples it joins them, too. `oxigraph load` is given the triples
ready-made, checks nothing and writes no ledger.

Where the space goes: of 286 MB for 100,000 rows the store takes 205, 70 bytes for a triple, which stands in three orders. The ledger takes 68, of
them 12 for the index of passages and 13 for indexes by ids. Above sixteen million triples the engine joins its tables, and leaves them without
compression as the earlier version did: so a million rows take more than then. Left side by side the tables of a million rows took 2.1 GB instead of
2.9 to 3.6, and a build 23 s less. But a query pays for it: a join over three million triples took 16 times as long in 32 tables as in joined ones.

Of a check, timed part by part, two fifths is what the rows say, most of it their ids and the fields of their attestations: a row whose parts were all
good before is only put together. A sixth is the records, a seventh cells and lines, an eighth what is odd in rows, which the earlier version did not
look at, an eighth what stands there twice.
"""


def come(case, number):
    """Somebody new, of whom three rows speak."""
    with (case / "data" / "people.csv").open("a", encoding="utf-8") as file:
        file.write(f"q{number},Newcomer {number}\n")
    with (case / "data" / "claims.csv").open("a", encoding="utf-8") as file:
        for i in range(3):
            cells = f"q{number},targets,p{i + 5},,,asserts,,,d{i}"
            file.write(f"{cells},para {number},What is new,0-9\n")


def redate(case, number):
    """Another date of the document in the middle of the table."""
    table = case / "data" / "documents.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    own, name, _ = rows[len(rows) // 2].split(",")
    rows[len(rows) // 2] = f"{own},{name},2009-0{number + 1}"
    table.write_text("\n".join((*rows, "")), encoding="utf-8")


def _size(case):
    name = (case / "out" / "current").read_text().split("\n")[0]
    held = (case / "out" / "generations" / name).rglob("*")
    return sum(f.stat().st_size for f in held if f.is_file())


def _median(taken):
    """The median of each of what `used` tells."""
    return tuple(map(statistics.median, zip(*taken, strict=True)))


def _row(label, goal, mine, other):
    (processor, clock, _), (their_processor, their_clock, _) = mine, other
    value = clock / their_clock
    told = " | ".join(f"{c:.2f}, {p:.2f}, {m:,.0f}" for p, c, m in (mine, other))
    row = f"| {label} | {value:.3g} | {processor / their_processor:.3g} | ≤ {goal:g} | {met(value <= goal)} | {told} |"
    print(row, flush=True)
    return row
