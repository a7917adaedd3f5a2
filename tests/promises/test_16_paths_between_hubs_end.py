"""Paths between hubs end.

Fault: two actors with more paths between them than anybody could count.
Seen: the first N, shortest first, and that there are more; exit code 4 if the clock runs out.
Kept: the shell: no search runs on.
"""

import json

import pytest

from kg.analysis.paths import Options, find_paths
from kg.case.folder import find
from kg.model.errors import OutOfBounds
from kg.store.build import build
from kg.store.graph import open_graph

LINKED = "abcdefghijk"
STEPS = 40


@pytest.fixture(scope="module")
def full(make_case):
    """Eleven bodies that are all linked, and fifty; and a ladder of diamonds with 2^40 ways."""
    links = [(f"k-{a}", f"k-{b}") for a in LINKED for b in LINKED if a < b]
    links += [(f"m{a}", f"m{b}") for b in range(50) for a in range(b)]
    for i in range(STEPS):
        links += [
            (f"d{i}", f"u{i}"),
            (f"d{i}", f"v{i}"),
            (f"u{i}", f"d{i + 1}"),
            (f"v{i}", f"d{i + 1}"),
        ]
    names = sorted({n for link in links for n in link})
    folder = make_case(
        bodies="id,name\nbody-fuzhou,Fuzhou police\nbody-ngo,The NGO\nbody-state,The embassy\n"
        + "".join(f"{n},Body {n}\n" for n in names),
        claims="subject,relation,object,document,locator\n"
        + "".join(f"{a},owns,{b},doc-page,p. 1\n" for a, b in links),
    )
    build(find(folder))
    return folder


def hops(ran):
    return [len(path["hops"]) for path in json.loads(ran.stdout)]


def test_eleven_that_are_all_linked(full, kg):
    ran = kg(full, "path", "k-a", "k-k", "-k", "20", "--format", "json")
    assert ran.returncode == 0
    assert ran.stderr == "there are more paths than these 20; raise -k\n"
    assert hops(ran) == [1] + 9 * [2] + 10 * [3]
    assert len({tuple(n["id"] for n in p["nodes"]) for p in json.loads(ran.stdout)}) == 20


def test_a_ladder_of_diamonds(full, kg):
    ran = kg(full, "path", "d0", "d6", "--max-hops", "12", "-k", "10", "--format", "json")
    assert (ran.returncode, hops(ran)) == (0, 10 * [12])
    assert ran.stderr == "there are more paths than these 10; raise -k\n"


def test_all_of_them_are_not_called_some(full, kg):
    ran = kg(full, "path", "d0", "d2", "-k", "4", "--format", "json")
    assert (ran.returncode, hops(ran), ran.stderr) == (0, 4 * [4], "")


def test_the_clock_stops_it(full):
    # Of fifty that are all linked there are more paths than the search could list in a year.
    everything = Options(k=10**9, seconds=0.1)
    with pytest.raises(OutOfBounds, match=r"the search was stopped after 0\.1 s"):
        find_paths(open_graph(full / "out"), "m0", "m49", everything)


def test_the_command_says_so(full, kg):
    # Eleven legs of two hundred paths each take some hundred times as long.
    past = [word for i in range(1, 11) for word in ("--via", f"m{i}")]
    words = ("-k", "100", "--max-hops", "12", *past, "--timeout", "0.1")
    ran = kg(full, "path", "m0", "m49", *words)
    assert (ran.returncode, ran.stdout) == (4, "")
    assert "the search was stopped after 0.1 s" in ran.stderr
