"""A query without end breaks nothing.

Fault: 50,000 nested brackets, a chain of 20,000 operators, a megabyte of text.
Seen: “too long” or “nested too deeply”; exit code 2.
Kept: the process that asked; no death by a signal, no core file.
"""

import processes
import pytest

from kg.model.errors import UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql import query

MANY = 50_000
NESTED = {
    "groups": "ASK " + "{" * MANY + "}" * MANY,
    "brackets": "ASK { FILTER(" + "(" * MANY + "1" + ")" * MANY + ") }",
    "lists": "ASK { ?s ?p " + "(" * MANY + "1" + ")" * MANY + " }",
    "blank nodes": "ASK { ?s ?p " + "[?p " * MANY + "1" + "]" * MANY + " }",
    "paths": "ASK { ?s " + "(" * MANY + "<a:a>" + ")*" * MANY + " ?o }",
    "values": "ASK { " + "{ VALUES ?x { 1 } " * MANY + "}" * MANY + " }",
    "never closed": "ASK " + "{" * MANY,
}
# Nothing here is nested in brackets: the engine's own stack is what ends.
CHAINS = {
    "sum": "ASK { FILTER(1" + "+1" * 20_000 + ") }",
    "negation": "ASK { FILTER(" + "!" * 40_000 + "1) }",
    "alternatives": "ASK { ?s <a:a>" + "|<a:a>" * 20_000 + " ?o }",
    "unions": "ASK { {}" + " UNION {}" * 20_000 + "}",
}


@pytest.mark.parametrize("name", NESTED)
def test_nesting_is_refused(shipped, name):
    with pytest.raises(UsageError, match=r"too (deeply|long)"):
        query.run(shipped.store, NESTED[name], PREFIXES)


@pytest.mark.parametrize("name", CHAINS)
def test_what_the_engine_dies_of_is_told(shipped, name):
    with pytest.raises(UsageError, match="nested too deeply, or its chains are too long"):
        query.run(shipped.store, CHAINS[name], PREFIXES)


def test_a_megabyte_is_refused(shipped):
    with pytest.raises(UsageError, match="too long: 1,048,599 characters, at most 262,144"):
        query.run(shipped.store, "SELECT * { ?s ?p ?o } #" + "x" * (1 << 20), PREFIXES)


def test_as_deep_as_is_allowed_is_answered(shipped):
    most = "ASK " + "{" * 200 + "}" * 200
    assert query.run(shipped.store, most, PREFIXES).boolean is True
    with pytest.raises(UsageError, match="201 brackets, at most 200"):
        query.run(shipped.store, "ASK " + "{" * 201 + "}" * 201, PREFIXES)


def test_many_values_are_no_nesting(shipped):
    text = "ASK { VALUES ?x { " + "1 " * MANY + "} }"
    assert query.run(shipped.store, text, PREFIXES).boolean is True


def test_the_command_says_so(built_case, kg):
    ran = kg(built_case, "query", CHAINS["sum"])
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kg: the query is nested too deeply")


def test_it_is_told_as_soon_where_a_shell_allows_any_depth(built_case):
    most = ("bash", "-c", 'ulimit -s "$(ulimit -H -s)" && exec "$@"', "bash")
    ran = processes.run(built_case, *most, *processes.KG, "query", CHAINS["sum"])
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kg: the query is nested too deeply")
