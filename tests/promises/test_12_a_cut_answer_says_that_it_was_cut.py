"""A cut answer says that it was cut.

Fault: more rows than --limit.
Seen: the first rows, “truncated” on stderr and in JSON; exit code 0.
Kept: the reader's trust that an answer without that word is whole.
"""

import json

import pytest

from kg.model.namespaces import PREFIXES
from kg.sparql import query, results
from kg.sparql.query import Limits

ROWS = "SELECT ?s { ?s ?p ?o }"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_rows_in_every_format(built_case, kg, form):
    ran = kg(built_case, "query", ROWS, "--limit", "7", "--format", form)
    assert ran.returncode == 0
    assert ran.stderr == "truncated: only the first 7 are shown; raise --limit\n"
    if form == "json":
        told = json.loads(ran.stdout)
        assert (told["truncated"], len(told["results"]["bindings"])) == (True, 7)


@pytest.mark.parametrize("form", ["ttl", "nt"])
def test_graphs_in_every_format(built_case, kg, form):
    text = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"
    ran = kg(built_case, "query", text, "--limit", "3", "--format", form)
    assert (ran.returncode, ran.stderr[:9]) == (0, "truncated")


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_it_is_said_if_and_only_if_there_is_more(shipped, more):
    cut = query.run(shipped.store, f"{ROWS} LIMIT {7 + more}", PREFIXES, Limits(rows=7))
    assert (len(cut.rows), cut.truncated) == (min(7, 7 + more), more > 0)
    assert ("truncated" in json.loads(results.write(cut, "json", {}))) is (more > 0)


def test_into_a_file_it_is_said_too(built_case, kg, tmp_path):
    ran = kg(built_case, "query", ROWS, "--limit", "2", "-o", str(tmp_path / "cut.csv"))
    assert ran.stderr.startswith("truncated")
    assert len((tmp_path / "cut.csv").read_text().splitlines()) == 3
