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

HEAD = "## Beside an earlier version"


def lines(folder, kg, oxigraph, checkout, rows, seconds, change, note):
    """The section, as lines of Markdown.

    `seconds` measures a command, `change` alters one row of a case, `note` says when and where.
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
    yield f"Written by `bench/run.py --earlier`, {note}. {rows:,} rows; beside the version at {commit}."
    yield ""
    yield "| what / yardstick | ratio | goal | met |"
    yield "| --- | --- | --- | --- |"
    pairs = 3 if rows <= 100_000 else 1
    full, full_earlier = [], []
    kept = new / "out" / "checked.json"

    def timed(label, goal, mine, other):
        found = []
        for _ in range(pairs):
            found.append(mine() / other())
        return _row(label, goal, statistics.median(found))

    def build():
        full.append(seconds([kg, "build", "--force"], new))
        return full[-1]

    def earlier_build():
        full_earlier.append(seconds([theirs, "build", "--force"], old))
        return full_earlier[-1]

    def check():
        kept.unlink(missing_ok=True)
        return seconds([kg, "check"], new)

    yield timed("`kg build` / the earlier one", 0.6, build, earlier_build)
    store = old / "out" / "generations" / (old / "out" / "current").read_text().split("\n")[0]
    copy, triples, target = folder / "copy", folder / "old.nt", folder / "target"
    shutil.copytree(store / "store", copy)
    dump = [oxigraph, "dump", "--location", str(copy), "--file", str(triples)]
    subprocess.run([*dump, "--format", "nt", "--graph", "default"], check=True)
    load = [oxigraph, "load", "--location", str(target), "--file", str(triples)]
    label = "`kg build` / `oxigraph load` of the earlier version's triples"
    loads = []
    for _ in range(pairs):
        shutil.rmtree(target, ignore_errors=True)
        loads.append(seconds(load, folder))
    yield _row(label, 1.0, statistics.median(full) / statistics.median(loads))
    shutil.rmtree(target)
    triples.unlink()
    yield _row("store and files on disk / the earlier ones", 0.6, _size(new) / _size(old))
    changed = []
    for _ in range(3):
        change(new)
        changed.append(seconds([kg, "build"], new))
    label = "`kg build` after one changed row / the earlier version's build, which is a full one"
    goal = 0.08 if rows <= 100_000 else 0.04
    yield _row(label, goal, statistics.median(changed) / statistics.median(full_earlier))
    for told, edit in (
        ("one new record with three rows", come),
        ("another date of a document", redate),
    ):
        changed = []
        for number in range(3):
            edit(new, number)
            changed.append(seconds([kg, "build"], new))
        label = f"`kg build` after {told} / the earlier version's build"
        yield _row(label, 0.3, statistics.median(changed) / statistics.median(full_earlier))
    yield timed("`kg check` / the earlier one", 0.5, check, lambda: seconds([theirs, "check"], old))
    again = lambda: seconds([kg, "check"], new)  # noqa: E731  # a name for the call below
    yield timed("`kg check` of unchanged tables / the first time", 0.1, again, check)
    yield from WHY.rstrip().split("\n")


WHY = """
Where the time of a full build of 100,000 rows goes: half of the processor time is the engine's, in its own process, which works from the first row
on. Sampled, a sixth to a quarter of that compares keys while they are sorted, and a tenth to a quarter is memory that the system clears. It grows
with the triples: 29 for a claim with its row, 24 in the earlier version, which had none for sides, for the days by which a row was known, and for
those on which it holds. The other half is spread over reading, checking, the ledger, its indexes of names and passages (which the earlier version had
not), and text; the most for one thing is the database's own work, about a tenth.

Where the space goes: of 277 MB for 100,000 rows the store takes 205, 70 bytes for a triple, which stands in three orders. The ledger takes 68, of
them 12 for the index of passages and 13 for indexes by ids. Above sixteen million triples the engine joins its tables, and leaves them without
compression as the earlier version did: a million rows took 1.19 times the space of then. Left side by side they would take about 0.8 (reckoned, not
measured), but each look-up would go through thirty tables.

Of a check, by a profile of 100,000 rows, a third is what the rows say, a fifth cells and lines, a tenth what is odd in them, which the earlier
version did not look at, a tenth the ids, a fourteenth what stands there twice; no function has more than an eighth. On a busy machine it took
0.69 to 0.71 of the earlier one's processor time.
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


def _row(label, goal, value):
    row = f"| {label} | {value:.3g} | ≤ {goal:g} | {'yes' if value <= goal else '**no**'} |"
    print(row, flush=True)
    return row
