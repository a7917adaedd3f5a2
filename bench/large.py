"""One run over many rows: what it takes to check, build, ask and walk them.

    .venv/bin/python bench/run.py --large [ROWS]        a million; a quarter of an hour, 6 GB of disk

No yardstick beside it and no repetition: it shows that the size is borne, and
what for.
"""

import time

import synthetic
from used import used

OPERATES = "SELECT ?a ?b WHERE { ?a <https://w3id.org/actors-kg/ontology#warned> ?b } LIMIT 1000"
HEAD = "## One large case"


def lines(folder, kg, environment, rows, note):
    """The section on it, as lines of Markdown; `note` says when and where it was measured."""
    case = folder / "one-large"
    began = time.perf_counter()
    synthetic.write(case, rows)
    made = time.perf_counter() - began
    size = sum(f.stat().st_size for f in (case / "data").glob("*.csv")) / 1e6
    yield HEAD
    yield ""
    yield f"Written by `bench/run.py --large`, {note}. {rows:,} rows of claims, {size:,.0f} MB"
    yield f"of tables ({made:.0f} s to write them), each step once in a process of its own."
    yield ""
    yield "| step | seconds | processor seconds | peak memory, MB |"
    yield "| --- | --- | --- | --- |"
    for words in (
        ("check",),
        ("build",),
        ("build",),
        ("check",),
        ("check",),
        ("query", OPERATES),
        ("path", "p7", "p90"),
        ("path", "p7", "p90", "-k", "10"),
        ("show", "p2000"),
    ):
        yield _step(case, kg, words, environment)
    held = sum(f.stat().st_size for f in (case / "out").rglob("*") if f.is_file()) / 1e6
    yield ""
    yield f"The second `build` and the last `check` find nothing changed. Store and files take {held:,.0f} MB."


def _step(case, kg, words, environment):
    processor, took, peak = used([kg, *words], environment, case, (0,))
    shown = " ".join("…" if " " in w else w for w in words)
    row = f"| `kg {shown}` | {took:.2f} | {processor:.2f} | {peak:,.0f} |"
    print(row, flush=True)
    return row
