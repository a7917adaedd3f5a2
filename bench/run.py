"""Measure what users wait for, each thing beside a yardstick in the same run.

    make bench                    the ratios, medians of pairs, and growth up to 10,000 rows
    BASE=CHECKOUT .venv/bin/python bench/run.py --full    all of it, on a million rows; most of an hour
    .venv/bin/python bench/run.py --reading  what reads a case of a million rows, beside the checkout BASE
    .venv/bin/python bench/run.py --ladybug CASE    a path beside Ladybug's, of a case that is built
    .venv/bin/python bench/run.py --edges ROWS      the same of a made-up case of so many rows
    .venv/bin/python bench/run.py --pages    only what pages cost
    .venv/bin/python bench/run.py --earlier CHECKOUT    only beside another version

Seconds differ between machines and minutes; the ratios are what counts. The
table is written to docs/benchmarks.md.
"""

import argparse
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import earlier
import ladybug
import pages
import reading
import synthetic
from goals import met

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
KG = str(BIN / "kg")
TABLE = ROOT / "docs" / "benchmarks.md"
TITLE = "# Benchmarks"
MACHINE = f"on {os.cpu_count()} cores with Python {sys.version.split()[0]}"
PAIRS = 9
# Two short processes whose ratio is near its goal.
QUERIES = 41
# As users run it: compiled modules are kept between runs.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
OPERATES = "SELECT ?b ?s WHERE { ?b <https://w3id.org/actors-kg/ontology#operates> ?s }"
ENDS = ("Lu Jianwang", "Ministry of Public Security")

ARGPARSE = """
import argparse
parser = argparse.ArgumentParser(prog="kg", description="Who says what about whom.")
parser.add_argument("--case", default=".", help="The case's folder.")
commands = parser.add_subparsers()
for name in ("version", "check", "build", "query", "show", "path", "view"):
    command = commands.add_parser(name, help="What it does.")
    command.add_argument("words", nargs="*")
parser.parse_args(["--help"])
"""
WHY = """
Of `kg query`, a third is Python's own start, and nearly all the rest the engine's process, which begins before anything is read: to fork it and
bind it to its parent a fifteenth, to load the engine a tenth, to open the store (for which the engine starts some 170 threads) a third, to answer
a twentieth. Words, graph and sums are looked at meanwhile, and it ends while the answer is written. A bare script that does no more than load
the engine and ask takes 1.55 to 1.65 times as long as `oxigraph query`.
"""
RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1])
print(len(list(graph.query(sys.argv[2]))))
"""
READER = """
import csv, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.reader(file): pass
"""


def seconds(command, cwd):
    began = time.perf_counter()
    subprocess.run(
        command,
        cwd=cwd,
        env=ENVIRONMENT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def ratio(label, goal, ours, theirs, cwd, pairs=PAIRS, before=None):
    """The median over pairs of our time divided by the yardstick's."""
    found, our_times = [], []
    if not before:
        # Once for both, so that neither pays for what only the first run does.
        seconds(ours, cwd)
        seconds(theirs, cwd)
    for _ in range(pairs):
        if before:
            before()
        mine = seconds(ours, cwd)
        found.append(mine / seconds(theirs, cwd))
        our_times.append(mine)
    value = statistics.median(found)
    row = f"| {label} | {value:.2f} | ≤ {goal:g} | {met(value <= goal)} | {statistics.median(our_times):.3f} |"
    print(row, flush=True)
    return row


def store(case):
    return str(next((case / "out" / "generations").glob("*")) / "store")


def shipped(folder):
    """The shipped case, built, and its triples as Turtle."""
    case = folder / "shipped"
    for part in ("data", "ontology"):
        shutil.copytree(ROOT / part, case / part)
    subprocess.run([KG, "build"], cwd=case, check=True, stdout=subprocess.DEVNULL)
    turtle = case / "all.ttl"
    dump = [str(BIN / "oxigraph"), "dump", "--location", store(case), "--file", str(turtle)]
    subprocess.run([*dump, "--format", "ttl", "--graph", "default"], check=True)
    return case, turtle


def ratios(folder):
    case, turtle = shipped(folder)
    python = sys.executable
    query, path = [KG, "query", OPERATES], [KG, "path", *ENDS]
    oxigraph = [str(BIN / "oxigraph"), "query", "--location", store(case), "--query", OPERATES]
    yield ratio(
        "`kg --help` / the same by argparse", 0.6, [KG, "--help"], [python, "-c", ARGPARSE], case
    )
    label = "`kg query` on the shipped case / `oxigraph query` on the same store"
    yield ratio(label, 2, query, [*oxigraph, "--results-format", "csv"], case, QUERIES)
    label = "`kg query` / a script with rdflib that parses the Turtle"
    yield ratio(label, 0.2, query, [python, "-c", RDFLIB, str(turtle), OPERATES], case)
    yield ratio("`kg path` on the shipped case / `kg query` on it", 1.2, path, query, case)
    fresh = [KG, "build", "--force"]
    yield ratio(
        "`kg build` of an unchanged case / the first time", 0.1, [KG, "build"], fresh, case, 5
    )

    large = folder / "large"
    synthetic.write(large, 20_000)
    subprocess.run([KG, "build"], cwd=large, check=True, stdout=subprocess.DEVNULL)
    triples = folder / "large.nt"
    dump = [str(BIN / "oxigraph"), "dump", "--location", store(large), "--file", str(triples)]
    subprocess.run([*dump, "--format", "nt", "--graph", "default"], check=True)
    target = folder / "loaded"
    load = [str(BIN / "oxigraph"), "load", "--location", str(target), "--file", str(triples)]
    label = "`kg build` of 20,000 rows, checks and all / `oxigraph load` of the same triples"
    clear = lambda: shutil.rmtree(target, ignore_errors=True)  # noqa: E731  # a name for the call below
    yield ratio(label, 1.3, fresh, load, large, 3, clear)
    label = "`kg build` after one changed row of 20,000 / all of it anew"
    yield ratio(label, 0.08, [KG, "build"], fresh, large, 3, lambda: change(large))
    tables = [str(p) for p in sorted((large / "data").glob("*.csv"))]
    label = "`kg check` of 20,000 rows / csv.reader over the same files"
    kept = large / "out" / "checked.json"
    anew = lambda: kept.unlink(missing_ok=True)  # noqa: E731  # a name for the call below
    yield ratio(label, 4, [KG, "check"], [python, "-c", READER, *tables], large, 3, anew)
    label = "`kg path` on 20,000 claims / the same on the shipped case"
    theirs = [KG, "--case", str(case), "path", *ENDS]
    yield ratio(label, 1.5, [KG, "path", "p7", "p90"], theirs, large)


def change(case):
    """Change the gloss of one row of claims, each time otherwise."""
    table = case / "data" / "claims.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[len(lines) // 2] = lines[len(lines) // 2].replace(" says", " says so", 1)
    table.write_text("".join(lines), encoding="utf-8")


def growth(folder, sizes):
    yield "## Growth"
    yield ""
    yield "| rows | build, s | after one changed row, s | check, s | path, s | store and files, MB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    builds = []
    for size in sizes:
        case = folder / f"g{size}"
        synthetic.write(case, size)
        build = seconds([KG, "build"], case)
        builds.append(build)
        change(case)
        again = seconds([KG, "build"], case)
        check = seconds([KG, "check"], case)
        path = statistics.median(seconds([KG, "path", "p2", "p9"], case) for _ in range(5))
        held = sum(f.stat().st_size for f in (case / "out").rglob("*") if f.is_file()) / 1e6
        times = f"{build:.2f} | {again:.2f} | {check:.2f} | {path:.3f}"
        row = f"| {size:,} | {times} | {held:,.0f} |"
        print(row, flush=True)
        yield row
        shutil.rmtree(case)
    steps = zip(sizes, sizes[1:], builds, builds[1:], strict=False)
    powers = [math.log(late / early) / math.log(many / few) for few, many, early, late in steps]
    yield ""
    yield f"Build time grows with the exponents {', '.join(f'{p:.2f}' for p in powers)} from line to line."


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--full", action="store_true", help="all sections, beside the checkout BASE"
    )
    parser.add_argument("--pages", action="store_true", help="only the section on pages")
    help_ = "only the section beside another version: a work tree with its own .venv"
    parser.add_argument("--earlier", metavar="CHECKOUT", help=help_)
    parser.add_argument("--rows", type=int, default=100_000, help="of --earlier")
    help_ = "only the section on verbs that read a large case, of so many rows (a million)"
    parser.add_argument(
        "--reading", type=int, nargs="?", const=1_000_000, metavar="ROWS", help=help_
    )
    help_ = "of these two cases, built already: ours, and that of the checkout BASE"
    parser.add_argument("--cases", nargs=2, metavar=("OURS", "THEIRS"), help=help_)
    help_ = "only the section beside Ladybug, of a case that is built"
    parser.add_argument("--ladybug", type=Path, metavar="CASE", help=help_)
    help_ = "only the section beside Ladybug, of so many rows made up, whose store is not loaded"
    parser.add_argument("--edges", type=int, metavar="ROWS", help=help_)
    given = parser.parse_args()
    if given.full and not os.environ.get("BASE"):
        parser.error("--full measures beside another checkout: name it in BASE")
    sizes = [1_000, 10_000] + [100_000] * given.full
    folder = Path(tempfile.mkdtemp(prefix="kg-bench-"))
    try:
        if given.earlier:
            put(earlier.HEAD, beside_earlier(folder, given.earlier, given.rows))
        elif given.reading:
            put(reading.HEAD, read(folder, given.reading, given.cases))
        elif given.ladybug:
            put(ladybug.HEAD, beside_ladybug(folder, given.ladybug))
        elif given.edges:
            head = f"{ladybug.HEAD}, {given.edges:,} edges"
            put(head, beside_ladybug(folder, ladybug.made(folder, given.edges), head))
        elif given.pages:
            put(pages.HEAD, pages.lines(folder, shipped(folder)[0] / "out"))
        else:
            put(TITLE, ordinary(folder))
            put("## Growth", growth(folder, sizes))
            if given.full:
                put(earlier.HEAD, beside_earlier(folder, os.environ["BASE"], 1_000_000))
                both = [folder / "new", folder / "old"]
                put(reading.HEAD, read(folder, 1_000_000, both))
                put(ladybug.HEAD, beside_ladybug(folder, both[0]))
            put(pages.HEAD, pages.lines(folder, folder / "shipped" / "out"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read(folder, rows, cases):
    note = f"on {time.strftime('%Y-%m-%d')}, {MACHINE}"
    return reading.lines(folder, KG, ENVIRONMENT, rows, cases, note)


def beside_earlier(folder, checkout, rows):
    note = f"on {time.strftime('%Y-%m-%d')}, {MACHINE}"
    oxigraph = str(BIN / "oxigraph")
    return earlier.lines(folder, KG, oxigraph, checkout, rows, ENVIRONMENT, change, note)


def beside_ladybug(folder, case, head=ladybug.HEAD):
    note = f"on {time.strftime('%Y-%m-%d')}, {MACHINE}"
    return ladybug.lines(folder, KG, ENVIRONMENT, case.absolute(), note, head)


def ordinary(folder):
    yield TITLE
    yield ""
    yield "Written by `make bench`. Each row is the median of our time divided by a yardstick's, both"
    yield f"taken in turn in one run ({PAIRS} pairs, {QUERIES} for `kg query`, fewer for the slow ones), {MACHINE}."
    yield "Seconds are this machine's and say little."
    yield ""
    yield "| what / yardstick | ratio | goal | met | ours, s |"
    yield "| --- | --- | --- | --- | --- |"
    yield from ratios(folder)
    yield from WHY.rstrip().split("\n")


def put(head, lines):
    """Put a section in the place of the one with its heading, or at the end."""
    fresh = "\n".join(lines).rstrip("\n") + "\n"
    text = TABLE.read_text(encoding="utf-8")
    # The title's section ends, like every other, where the next heading of its kind begins.
    parts = re.split(r"^(?=##? )", text, flags=re.MULTILINE)
    known = {part.partition("\n")[0]: part for part in parts if part.strip()}
    known[head] = fresh
    TABLE.write_text("\n".join(p.rstrip("\n") + "\n" for p in known.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
