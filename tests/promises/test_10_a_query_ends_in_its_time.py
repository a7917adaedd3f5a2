"""A query ends in its time.

Fault: a query that would run for hours: a cross product, a closure, a pattern that backtracks.
Seen: “stopped after 10 s”; exit code 4; with --partial the rows so far, said to be incomplete.
Kept: the shell, the graph, and everything after the query.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.model.errors import OutOfBounds
from kg.model.namespaces import PREFIXES
from kg.sparql import query
from kg.sparql.query import Limits

CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SLOW = {
    "a cross product": f"SELECT * {CROSS} ORDER BY ?i",
    "a closure": "SELECT (COUNT(*) AS ?n) { ?a (!<a:a>|^!<a:a>)* ?b . ?b (!<a:a>|^!<a:a>)* ?c }",
    "patterns": f"SELECT * {CROSS[:-1]} FILTER(REGEX(CONCAT(STR(?a), STR(?i)), '(x+x+)+y$')) }}",
    "a graph": f"CONSTRUCT {{ ?a ?b ?i }} {CROSS[:-1]} FILTER(?a = ?i && ?a != ?i) }}",
}


@pytest.mark.parametrize("name", SLOW)
def test_it_is_stopped_and_the_next_one_answers(shipped, name):
    began = time.monotonic()
    with pytest.raises(OutOfBounds, match=r"stopped after 0\.3 s"):
        query.run(shipped.store, SLOW[name], PREFIXES, Limits(0.3, 8 << 30, 1 << 40))
    assert time.monotonic() - began < 1.3
    assert query.run(shipped.store, "ASK { ?s ?p ?o }", PREFIXES).boolean is True


def test_rows_so_far_are_given_when_asked_for(built_case, kg):
    # Three rows at once, then none for hours.
    never = f"{CROSS} {CROSS.upper()} FILTER(CONCAT(STR(?a), STR(?I)) = '')"
    test = f"IF(?x < 4, true, EXISTS {{ {never} }})"
    text = f"SELECT ?x {{ VALUES ?x {{ 1 2 3 4 }} FILTER({test}) }}"
    words = ("query", text, "--timeout", "1.5", "--memory", "8", "--format", "json")
    ran = kg(built_case, *words, "--partial")
    assert ran.returncode == 4
    assert ran.stderr == "incomplete: stopped after 1.5 s; 3 rows so far\n"
    told = json.loads(ran.stdout)
    assert (told["incomplete"], len(told["results"]["bindings"])) == (True, 3)


def test_rows_that_were_found_are_not_held_back(shipped):
    text = f"SELECT * {CROSS}"
    found = query.run(shipped.store, text, PREFIXES, Limits(1.0, 8 << 30, 1 << 40), partial=True)
    assert found.incomplete
    assert found.rows


def test_a_complete_answer_is_not_called_incomplete(shipped):
    answer = query.run(shipped.store, "SELECT * { ?s ?p ?o } LIMIT 1", PREFIXES, partial=True)
    assert not answer.incomplete


@pytest.mark.skipif(sys.platform != "linux", reason="only there does the end of a parent ring")
@pytest.mark.parametrize("at_work", [True, False])
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_the_engine_dies_with_whoever_asked(built_case, by, at_work):
    command = [sys.executable, "-m", "kg", "query", f"SELECT * {CROSS} ORDER BY ?i"]
    running = subprocess.Popen(
        [*command, "--timeout", "30", "--memory", "8"],
        cwd=built_case,
        env={**os.environ, "PYTHONPATH": str(Path(query.__file__).parents[1])},
        stdout=subprocess.PIPE,
    )
    with running:
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        while not (found := children.read_text().split()):
            assert running.poll() is None
        # Once it can open no more files, it is at work on the query.
        limits = Path(f"/proc/{found[0]}/limits")
        while at_work and not re.search(r"Max open files +0 ", limits.read_text()):
            assert running.poll() is None
        running.send_signal(by)
        running.wait(10)
        began = time.monotonic()
        while alive(found[0]):
            assert time.monotonic() - began < 5


def alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
