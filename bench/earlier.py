"""A full build and a check beside those of an earlier version, and beside its triples merely loaded.

    .venv/bin/python bench/run.py --earlier CHECKOUT [--rows 100000]

CHECKOUT is a work tree of that version with its own .venv. Three pairs of each; above 100,000 rows one.
"""

import shutil
import statistics
import subprocess
from pathlib import Path

import synthetic

HEAD = "## Beside an earlier version"


def lines(folder, kg, oxigraph, checkout, rows, seconds, note):
    """The section, as lines of Markdown; `seconds` measures a command, `note` says when and where."""
    theirs = str(Path(checkout).resolve() / ".venv" / "bin" / "kg")
    new, old = folder / "new", folder / "old"
    synthetic.write(new, rows)
    old.mkdir()
    (old / "data").symlink_to(new / "data")
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
    kept = new / "out" / "checked.json"

    def timed(label, goal, mine, other, before=lambda: None):
        found = []
        for _ in range(pairs):
            before()
            found.append(mine() / other())
        return _row(label, goal, statistics.median(found))

    def build():
        return seconds([kg, "build", "--force"], new)

    def check():
        kept.unlink(missing_ok=True)
        return seconds([kg, "check"], new)

    forced = [theirs, "build", "--force"]
    yield timed("`kg build` / the earlier one", 0.6, build, lambda: seconds(forced, old))
    store = old / "out" / "generations" / (old / "out" / "current").read_text().split("\n")[0]
    copy, triples, target = folder / "copy", folder / "old.nt", folder / "target"
    shutil.copytree(store / "store", copy)
    dump = [oxigraph, "dump", "--location", str(copy), "--file", str(triples)]
    subprocess.run([*dump, "--format", "nt", "--graph", "default"], check=True)
    load = [oxigraph, "load", "--location", str(target), "--file", str(triples)]
    label = "`kg build` / `oxigraph load` of the earlier version's triples"
    clear = lambda: shutil.rmtree(target, ignore_errors=True)  # noqa: E731  # a name for the call below
    yield timed(label, 1.0, build, lambda: seconds(load, folder), clear)
    yield _row("store and files on disk / the earlier ones", 0.6, _size(new) / _size(old))
    yield timed("`kg check` / the earlier one", 0.5, check, lambda: seconds([theirs, "check"], old))
    again = lambda: seconds([kg, "check"], new)  # noqa: E731  # a name for the call below
    yield timed("`kg check` of unchanged tables / the first time", 0.1, again, check, check)


def _size(case):
    name = (case / "out" / "current").read_text().split("\n")[0]
    held = (case / "out" / "generations" / name).rglob("*")
    return sum(f.stat().st_size for f in held if f.is_file())


def _row(label, goal, value):
    row = f"| {label} | {value:.2f} | ≤ {goal:g} | {'yes' if value <= goal else '**no**'} |"
    print(row, flush=True)
    return row
