"""A reader sees one graph or the next, never a mixture.

Fault: queries run, and graphs stay open, while builds put new graphs in place.
Seen: each answer comes from one generation, whole. A graph that was opened before two
  further builds says so where it cannot go on: exit code 4, open it again.
Kept: the generation before the current one, for those who have it open.
"""

import sys

import faults
import processes
import pyoxigraph
import pytest

from kg.case.folder import find
from kg.model.errors import OutOfBounds
from kg.store.build import build
from kg.store.graph import open_graph

BUILDS = """
import sys
sys.path.insert(0, sys.argv[1])
import faults
from pathlib import Path
from kg.store.build import build
from kg.case.folder import find
for _ in range(int(sys.argv[2])):
    faults.touch(Path("."))
    build(find("."))
"""
PEOPLE = "SELECT (COUNT(*) AS ?n) { ?s a kg:Person }"


def told(said):
    """What a query says but that a table has changed, whose graph is on its way."""
    return "" if said.startswith("the tables changed since the build (people.csv)") else said


def test_queries_through_switches(make_case, kg):
    folder = make_case()
    build(find(folder))
    tests = str(processes.ROOT / "tests")
    counts, asked = [], 0
    with processes.start(folder, sys.executable, "-c", BUILDS, tests, "3") as builder:
        while builder.poll() is None or asked < 3:
            ran = kg(folder, "query", PEOPLE, "--format", "csv")
            asked += builder.returncode is not None
            # A reader that the system lets wait through two builds may be told so.
            if builder.returncode is None and ran.returncode == 4:
                assert "open it again" in ran.stderr
                continue
            assert (ran.returncode, told(ran.stderr)) == (0, ""), ran.stderr
            counts.append(int(ran.stdout.split()[1]))
    assert builder.returncode == 0
    assert counts == sorted(counts)
    assert counts[-1] == 4
    assert set(counts) <= {1, 2, 3, 4}


def test_a_graph_that_was_opened_goes_on_or_says_why_not(make_case):
    folder = make_case()
    build(find(folder))
    opened, unread = (open_graph(folder / "out") for _ in range(2))
    assert len([*opened.ledger.entities("Person")]) == 1
    assert len(opened.adjacency) == 9
    assert opened.part("store")
    for _ in range(2):
        faults.touch(folder)
        build(find(folder))
    assert len([*opened.ledger.entities("Person")]) == 1
    assert opened.adjacency.name(0) == "body-fuzhou"
    with pytest.raises(OutOfBounds, match="built again, twice, since it was opened; open it again"):
        len(unread.adjacency)
    # Its store was whole when it was looked at, and is gone when the engine comes to it.
    with pytest.raises(OutOfBounds, match="built again, twice, since it was opened; open it again"):
        opened.store.query("ASK { ?s ?p ?o }", {})
    assert len([*open_graph(folder / "out").ledger.entities("Person")]) == 3


@pytest.mark.parametrize("kind", [OSError, RuntimeError, ValueError])
def test_a_store_that_is_swept_away_while_it_is_opened_is_no_fault_of_the_query(
    make_case, monkeypatch, kind
):
    """The engine has several ways to say so; the process that opens it is forked from this one."""
    folder = make_case()
    build(find(folder))
    store = open_graph(folder / "out").store
    assert store.query("ASK { ?s ?p ?o }", {}).boolean

    class Gone:
        @staticmethod
        def read_only(folder):
            raise kind(f"Invalid argument: wal_dir not found: {folder}")

    with monkeypatch.context() as patch:
        patch.setattr(pyoxigraph, "Store", Gone)
        with pytest.raises(OutOfBounds, match=r"could not be run: .*wal_dir"):
            store.query("ASK { ?s ?p ?o }", {})
    for _ in range(2):
        faults.touch(folder)
        build(find(folder))
    monkeypatch.setattr(pyoxigraph, "Store", Gone)
    with pytest.raises(OutOfBounds, match="built again, twice, since it was opened; open it again"):
        store.query("ASK { ?s ?p ?o }", {})
