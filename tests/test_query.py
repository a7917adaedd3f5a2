"""SPARQL through its child process: answers, formats, refusals, limits."""

import csv
import io
import json
import os
import signal
import sys
from xml.etree import ElementTree

import inprocess
import processes
import pyoxigraph as ox
import pytest

from kg.model.errors import OutOfBounds, UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql import ahead, guard, query, results, worker
from kg.sparql.query import Answer, Limits, Term
from kg.store.graph import open_graph


def run(graph, text, **limits):
    return query.run(graph.store, text, PREFIXES | {"id": graph.base}, Limits(**limits))


def test_select_gives_terms(shipped):
    answer = run(
        shipped,
        "SELECT ?code ?none { id:station-irl01 kg:code ?code OPTIONAL { ?x kg:none ?none } }",
    )
    assert answer.variables == ("code", "none")
    assert answer.rows == ((Term("literal", "IRL01"), None),)


def test_ask_construct_describe(shipped):
    assert run(shipped, "ASK { ?b kg:operates id:station-irl01 }").boolean is True
    made = run(shipped, "CONSTRUCT { ?s kg:code ?c } WHERE { ?s kg:code ?c } LIMIT 3")
    assert made.kind == "graph"
    assert made.text.count("kg:code") == 3
    assert "IRL01" in run(shipped, "DESCRIBE id:station-irl01").text


def test_nt_has_no_prefixes(shipped):
    sparql = "CONSTRUCT WHERE { id:station-irl01 kg:code ?c }"
    answer = query.run(shipped.store, sparql, PREFIXES | {"id": shipped.base}, form="nt")
    assert answer.text == (f'<{shipped.base}station-irl01> <{PREFIXES["kg"]}code> "IRL01" .\n')


def test_whatever_may_be_refused_is_read_in_full():
    assert {*guard.UPDATES, "service", "from", "\\"} == set(query._WARY)
    assert query._SHORT <= guard.MAX_LENGTH
    assert query._FEW <= guard.MAX_DEPTH


def test_a_syntax_error_shows_its_place(shipped):
    with pytest.raises(UsageError, match=r"line 2, column \d+") as caught:
        run(shipped, "SELECT *\nWHERE { ?s ?p }")
    assert "WHERE { ?s ?p }" in str(caught.value)


ODD = Answer(
    "select",
    ("a", "b"),
    (
        (Term("literal", '=1+"2"\n<&>', "", "zh"), Term("uri", "https://x/y")),
        (Term("literal", "-5", PREFIXES["xsd"] + "integer"), None),
        (Term("bnode", "b0"), Term("literal", "\r\tx")),
    ),
)


def test_json_is_exact():
    found = json.loads(results.write(ODD, "json", {}))["results"]["bindings"]
    assert found[0]["a"] == {"type": "literal", "value": '=1+"2"\n<&>', "xml:lang": "zh"}
    assert found[1] == {
        "a": {"type": "literal", "value": "-5", "datatype": PREFIXES["xsd"] + "integer"}
    }


def test_csv_is_never_calculated_and_numbers_stay():
    rows = list(csv.reader(io.StringIO(results.write(ODD, "csv", {}), newline="")))
    assert rows == [["a", "b"], ['\'=1+"2"\n<&>', "https://x/y"], ["-5", ""], ["_:b0", "'\r'\tx"]]


def test_xml_reads_back():
    root = ElementTree.fromstring(results.write(ODD, "xml", {}))
    space = "{http://www.w3.org/2005/sparql-results#}"
    values = [
        e.text for e in root.iter() if e.tag in (space + "literal", space + "uri", space + "bnode")
    ]
    assert values == ['=1+"2"\n<&>', "https://x/y", "-5", "b0", "\r\tx"]


def test_tsv_is_turtle():
    lines = results.write(ODD, "tsv", {}).split("\n")
    assert lines[0] == "?a\t?b"
    assert lines[1] == '"\\u003D1+\\"2\\"\\n<&>"@zh\t<https://x/y>'


def test_a_table_moves_no_cursor():
    answer = Answer("select", ("x",), ((Term("literal", "\x1b[31mred\u202e[/x]"),),))
    text = results.write(answer, "table", {})
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31mred\\u202e[/x]" in text


def _many_files(folder):
    # Files of numbers that do not overlap lie on the lowest level, where nothing joins them.
    store = ox.Store(folder)
    for k in range(20):
        number = f"^^<{PREFIXES['xsd']}integer>"
        lines = (f'<a:s{k}> <a:p{i}> "{100 * k + i}"{number} .\n' for i in range(20))
        store.bulk_load("".join(lines), ox.RdfFormat.N_TRIPLES)
    store.flush()


def test_a_store_of_many_files_opens_them_as_it_needs_them(tmp_path):
    inprocess.apart(_many_files, str(tmp_path / "store"))
    assert len(list((tmp_path / "store").glob("*.sst"))) > worker._HELD_OPEN
    for text, found in (
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "400"),
        ("SELECT ?o { ?s <a:p7> ?o } ORDER BY DESC(?o) LIMIT 1", "1907"),
    ):
        answer = query.run(str(tmp_path / "store"), text, {})
        assert answer.rows[0][0].value == found


def test_a_process_begun_ahead_answers_the_next_question_and_no_other(tiny):
    label = f"<{PREFIXES['rdfs']}label>"
    rows = f"SELECT ?o {{ ?s {label} ?o }} ORDER BY STR(?o)"
    plain = query.run(tiny, rows, {}).rows
    assert len(plain) > 2
    ahead.begin()
    (child,) = ahead._begun
    one = query.run(tiny, rows, {}, bindings={"o": plain[1][0]})
    assert set(one.rows) == {plain[1]}
    assert not ahead._begun
    assert ahead._over
    assert query.run(tiny, rows, {}, Limits(rows=2)).rows == plain[:2]
    ahead.settle()
    assert not ahead._over
    assert child._pid == 0


def test_a_question_that_is_refused_or_never_put_leaves_no_process(tiny):
    for words in (None, "SELECT ?o {", "INSERT DATA { <a:s> <a:p> <a:o> }"):
        ahead.begin()
        pid = ahead._begun[0]._pid
        if words:
            with pytest.raises(UsageError):
                query.run(tiny, words, {})
        ahead.settle()
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, 0)


def test_what_died_before_it_was_asked_is_told(tiny):
    ahead.begin()
    os.kill(ahead._begun[0]._pid, signal.SIGKILL)
    with pytest.raises(OutOfBounds, match="ended unexpectedly"):
        query.run(tiny, "ASK { ?s ?p ?o }" + " " * 100_000, {})
    assert not ahead._over


def test_whoever_forgets_their_children_is_answered(built_case):
    code = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    command = *processes.KG, "query", "ASK { ?s ?p ?o }"
    ran = processes.run(built_case, sys.executable, "-c", code, *command)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "true\n", "")


@pytest.fixture(scope="module")
def tiny(built_case):
    """The store of a small case."""
    return open_graph(built_case / "out").store.where
