"""Reading verbs on a large case, each beside the same verb of another checkout and its graph.

    BASE=/path/to/checkout .venv/bin/python bench/run.py --reading [ROWS]
    … --reading --cases OURS THEIRS     two cases of the same tables that are built already

Processor time, child processes included: a busy machine changes it less than the clock.
"""

import os
import shutil
import statistics
import subprocess
from pathlib import Path

import synthetic
from goals import met
from used import used

HEAD = "## Reading a large case"
# Each verb with the part of the other's time that it may take.
VERBS = (
    (("stats",), 0.02),
    (("conflicts", "--entity", "p200"), 0.1),
    (("find", "Person 777"), 0.1),
    (("path", "p7", "p90"), 1.0),
    (("path", "p7", "p90", "-k", "10"), 0.3),
    (("path", "p7", "p90", "--document", "d5"), 0.1),
    (("claims", "--format", "csv"), 0.3),
    (("view", "-o", "{page}", "--force"), 0.2),
)
WHY = """
Of `kg claims`, two fifths is the database's, which sorts claims and rows and looks nothing up; a fifth is writing the CSV; the rest is words,
which are made once for all claims that differ in nothing but ends, days, voice and place. A claim of several rows, or with numbers or qualities,
is still told by itself. `kg conflicts` takes most of its time to find the claims that several rows speak of. `kg view` makes a page of 5,000
claims, from whose size it guesses how many fit, and one or two more. Over 300 pairs drawn at random from these 210,000 entities, the
search for 11 paths took 0.02 s in the middle and 0.12 s at most, the one for 2 paths 0.01 and 0.07 s.
"""
# What takes longer than this, in seconds, is measured once.
LONG = 20


def lines(folder, kg, environment, rows, cases, note):
    """The section, as lines of Markdown; `note` says when and where it was measured."""
    base = os.environ.get("BASE", "")
    theirs = str(Path(base) / ".venv" / "bin" / "kg") if base else ""
    ours_case, base_case = cases or _made(folder, kg, theirs, environment, rows)
    yield HEAD
    yield ""
    yield f"Written by `bench/run.py --reading`, {note}. {rows:,} rows of claims. Each verb in a process"
    yield "of its own, in turn with the same verb of an earlier checkout on its own graph of the same"
    yield "tables: processor seconds, the median of three, of what takes long one."
    yield ""
    yield "| verb | ours, s | earlier, s | ratio | goal | met | peak memory, MB |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for words, goal in VERBS:
        words = [w.format(page=folder / "page.html") for w in words]
        mine, other, peak = [], [], 0
        for _ in range(3):
            took, _, memory = used([kg, "--case", str(ours_case), *words], environment)
            mine.append(took)
            peak = max(peak, memory)
            if theirs:
                other.append(used([theirs, "--case", str(base_case), *words], environment)[0])
            if took > LONG or (other and other[-1] > LONG):
                break
        ours = statistics.median(mine)
        beside = "| | | |"
        if other:
            ratio = ours / statistics.median(other)
            beside = f"| {statistics.median(other):.2f} | {ratio:.3f} | ≤ {goal:g} | {met(ratio <= goal)} "
        shown = " ".join(f"'{w}'" if " " in w else w for w in words if str(folder) not in w)
        row = f"| `kg {shown}` | {ours:.2f} {beside}| {peak:,.0f} |"
        print(row, flush=True)
        yield row
    yield from WHY.rstrip().split("\n")


def _made(folder, kg, theirs, environment, rows):
    """The case twice, each built by its own program."""
    found = []
    for name, program in (("reading", kg), ("earlier", theirs)):
        case = folder / name
        if program:
            synthetic.write(case, rows)
            if program == theirs:
                # Each knows its own ontology.
                shutil.rmtree(case / "ontology")
                shutil.copytree(Path(program).parents[2] / "ontology", case / "ontology")
            subprocess.run(
                [program, "--case", str(case), "build"],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        found.append(case)
    return found
