"""A query ends in its time.

Fault: a query that would run for hours: a cross product, a closure, a pattern that backtracks.
Seen: “stopped after 10 s”; exit code 4; with --partial the rows so far, said to be incomplete.
Kept: the shell, the graph, and everything after the query.
"""

import contextlib
import json
import signal
import sys

import pytest
from processes import ENDLESS, KG, children, clocks, outlived, start

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
    # It would run for hours, and the test with it.
    with pytest.raises(OutOfBounds, match=r"stopped after 0\.3 s"):
        query.run(shipped.store, SLOW[name], PREFIXES, Limits(0.3, 8 << 30, 1 << 40))
    assert query.run(shipped.store, "ASK { ?s ?p ?o }", PREFIXES).boolean is True


def test_rows_so_far_are_given_when_asked_for(built_case, kg):
    # Three rows at once, then none for hours.
    test = f"IF(?x < 4, true, EXISTS {ENDLESS.removeprefix('SELECT *')})"
    text = f"SELECT ?x {{ VALUES ?x {{ 1 2 3 4 }} FILTER({test}) }}"
    for seconds in clocks():
        words = ("--timeout", f"{seconds}", "--memory", "8", "--format", "json", "--partial")
        ran = kg(built_case, "query", text, *words)
        assert ran.returncode == 4
        # A slow machine is stopped before it has found, or sent, all three.
        rows = json.loads(ran.stdout)["results"]["bindings"] if ran.stdout else []
        if len(rows) == 3:
            break
    assert ran.stderr == f"incomplete: stopped after {seconds:g} s; 3 rows so far\n"
    assert json.loads(ran.stdout)["incomplete"] is True


def test_rows_that_were_found_are_not_held_back(shipped):
    text = f"SELECT * {CROSS}"
    for seconds in clocks(0.3):
        limits = Limits(seconds, 8 << 30, 1 << 40)
        with contextlib.suppress(OutOfBounds):
            found = query.run(shipped.store, text, PREFIXES, limits, partial=True)
            assert found.incomplete
            if found.rows:
                break
    assert found.rows


def test_a_complete_answer_is_not_called_incomplete(shipped):
    answer = query.run(shipped.store, "SELECT * { ?s ?p ?o } LIMIT 1", PREFIXES, partial=True)
    assert not answer.incomplete


# Where the end of a parent is not heard, the limit of processor time is what remains.
TIMEOUT = "100000" if sys.platform == "linux" else "5"


@pytest.mark.parametrize("at_work", [True, False])
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_the_engine_dies_with_whoever_asked(built_case, by, at_work):
    with start(built_case, *KG, "query", ENDLESS, "--timeout", TIMEOUT) as running:
        (engine,) = children(running)
        while at_work and engine.cpu_times().user < 0.2:
            assert running.poll() is None
        running.send_signal(by)
        assert outlived([engine]) == []
