"""A cold path beside the shortest path of Ladybug, an embedded graph database, over the same edges.

    LADYBUG=/path/to/python .venv/bin/python bench/run.py --ladybug CASE
    LADYBUG=/path/to/python .venv/bin/python bench/run.py --edges ROWS

CASE is built already; of ROWS a case is made up and its graph built but for the store, which no path
reads. LADYBUG is a Python that has `ladybug` (pip install ladybug), ours if none is named. Each path is
a process of its own, which opens what is on disk, asks once and prints.
"""

import csv
import os
import random
import statistics
import subprocess
import sys
import time

import synthetic
from goals import met
from used import used

HEAD = "## Beside Ladybug"
GOAL, RUNS = 0.6, 5
# So many other pairs are drawn, each measured once.
OTHERS = 14

# The ends of all claims as edges: what the database knows of them. The shortest path has the
# fewest hops; it goes either way, as ours does, and as far.
LOAD = """
import csv, sys, ladybug
table, made = sys.argv[1:]
with open(table, encoding="utf-8", newline="") as file:
    edges = [(row["subject"], row["object"]) for row in csv.DictReader(file)]
for name, rows in (("nodes", sorted({(end,) for edge in edges for end in edge})), ("edges", edges)):
    with open(f"{made}.{name}.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
connection = ladybug.Connection(ladybug.Database(made))
connection.execute("CREATE NODE TABLE Entity(id STRING PRIMARY KEY)")
connection.execute("CREATE REL TABLE Claim(FROM Entity TO Entity)")
connection.execute(f"COPY Entity FROM '{made}.nodes.csv' (header=false)")
connection.execute(f"COPY Claim FROM '{made}.edges.csv' (header=false)")
print(len(edges))
"""
# In a process of its own: the peak memory of what is measured would begin with this one's.
BUILD = """
import sys
from kg.case.folder import find
from kg.store import build, generations
case = find(sys.argv[1])
case.out.mkdir()
with generations.new(case.out, "edges", case.base) as place:
    build.assemble(case, place)
"""
ASK = """
import sys, ladybug
made, start, end = sys.argv[1:]
connection = ladybug.Connection(ladybug.Database(made, read_only=True))
found = connection.execute(
    "MATCH p = (a:Entity {id: $a})-[:Claim* SHORTEST 1..6]-(b:Entity {id: $b}) RETURN nodes(p)",
    {"a": start, "b": end},
)
while found.has_next():
    print(*(node["id"] for node in found.get_next()[0]))
"""


def lines(folder, kg, environment, case, note, head=HEAD):
    """The section, as lines of Markdown; `note` says when and where it was measured."""
    python = os.environ.get("LADYBUG") or sys.executable
    version = "import importlib.metadata as m; print(m.version('ladybug'))"
    asked = subprocess.run([python, "-I", "-c", version], capture_output=True, text=True)
    yield head
    yield ""
    if asked.returncode:
        yield f"Not measured {note}: Ladybug was not installed (`pip install ladybug`)."
        return
    made = folder / "ladybug"
    load = [python, "-I", "-c", LOAD, str(case / "data" / "claims.csv"), str(made)]
    began = time.perf_counter()
    told = subprocess.run(load, env=environment, check=True, capture_output=True, text=True)
    loaded = time.perf_counter() - began
    ends = ("p7", "p90")
    ours = [kg, "--case", str(case), "path", *ends, "-k", "1"]
    theirs = [python, "-I", "-c", ASK, str(made), *ends]
    how = "--ladybug" if head == HEAD else "--edges"
    yield f"Written by `bench/run.py {how}`, {note}. The cheapest path between two actors over {int(told.stdout):,}"
    yield f"edges, each in a process of its own, in turn with the shortest one that Ladybug {asked.stdout.strip()} finds over"
    yield f"the same edges by a Python script: medians of {RUNS} pairs."
    yield ""
    yield "| | ours | Ladybug | ratio | goal | met |"
    yield "| --- | --- | --- | --- | --- | --- |"
    # Once for both, so that neither pays for what only the first run does.
    pairs = [(used(ours, environment), used(theirs, environment)) for _ in range(RUNS + 1)][1:]
    for place, what in enumerate(("processor, s", "clock, s", "peak memory, MB")):
        mine, other = ([pair[side][place] for pair in pairs] for side in (0, 1))
        ratio = statistics.median(m / o for m, o in zip(mine, other, strict=True))
        form = ",.0f" if place == 2 else ".3f"
        goal = f"≤ {GOAL:g} | {met(ratio <= GOAL)}" if place < 2 else "– | –"
        figures = f"{statistics.median(mine):{form}} | {statistics.median(other):{form}}"
        row = f"| {what} | {figures} | {ratio:.2f} | {goal} |"
        print(row, flush=True)
        yield row
    yield ""
    ratios = []
    for start, end in _drawn(case):
        mine = used([kg, "--case", str(case), "path", start, end, "-k", "1"], environment)
        ratios.append(mine[0] / used([*theirs[:-2], start, end], environment)[0])
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    yield f"Of {OTHERS} other pairs, drawn at random and measured once each, ours took {low:.2f} to {high:.2f} times the processor"
    yield f"time of Ladybug, {middle:.2f} in the middle; to look whether there is another path is in it."
    yield ""
    yield f"Ladybug loads the edges in {loaded:.0f} s and checks nothing: its path has the fewest hops and bears no"
    yield "evidence. Ours is priced by who says what, and each hop comes with its claims, voices and documents."
    if head != HEAD:
        yield "The graph was built but for the store that answers SPARQL: no path reads it."


def made(folder, rows):
    """A made-up case of so many rows, with its graph but for the store."""
    case = folder / f"edges-{rows}"
    synthetic.write(case, rows)
    subprocess.run([sys.executable, "-c", BUILD, str(case)], check=True)
    return case


def _drawn(case):
    """Pairs of actors, the same every time."""
    with (case / "data" / "people.csv").open(encoding="utf-8", newline="") as table:
        ids = [row["id"] for row in csv.DictReader(table)]
    dice = random.Random(11)
    return [tuple(dice.sample(ids, 2)) for _ in range(OTHERS)]
