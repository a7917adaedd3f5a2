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
    yield timed("`kg check` / the earlier one", 0.5, check, lambda: seconds([theirs, "check"], old))
    again = lambda: seconds([kg, "check"], new)  # noqa: E731  # a name for the call below
    yield timed("`kg check` of unchanged tables / the first time", 0.1, again, check)


def _size(case):
    name = (case / "out" / "current").read_text().split("\n")[0]
    held = (case / "out" / "generations" / name).rglob("*")
    return sum(f.stat().st_size for f in held if f.is_file())


def _row(label, goal, value):
    row = f"| {label} | {value:.3g} | ≤ {goal:g} | {'yes' if value <= goal else '**no**'} |"
    print(row, flush=True)
    return row
