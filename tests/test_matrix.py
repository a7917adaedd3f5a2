"""Who takes which stance on what, in one table."""

import csv
import io
import json

import pytest
from asking import run
from test_conflicts import M, N, built

from kg.analysis.compare import compare
from kg.analysis.matrix import matrix
from kg.analysis.matrix_text import html, numbered, text
from kg.model.errors import NotFound, UsageError

ROWS = [
    N,
    M | {"stance": "denies"},
    N | {"object": "c"},
    M | {"object": "c", "stance": "alleges"},
    N | {"object": "d"},
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return built(tmp_path_factory.mktemp("matrix"), claims=ROWS)


def test_the_disputed_claims_are_the_rows(graph):
    found = matrix(graph)
    assert (found.columns, found.names) == (("m", "n"), ("Body M", "Body N"))
    assert [(r.sentence, r.cells) for r in found.rows] == [
        ("Body A raided Body B", ("denies", "asserts"))
    ]
    assert "contested" in found.rows[0].standing


def test_of_an_entity_all_its_claims_and_how_often_two_agree(graph):
    found = matrix(graph, entity="a")
    assert [r.cells for r in found.rows] == [
        ("asserts", "denies"),
        ("asserts", "alleges"),
        ("asserts", ""),
    ]
    assert found.pairs == (("m", "n", 1, 1),)
    with pytest.raises(NotFound):
        matrix(graph, entity="nobody")
    with pytest.raises(UsageError, match="by topic: expected one of voice, document"):
        matrix(graph, by="topic")


def test_who_gives_another_number_has_neither_agreed_nor_opposed(tmp_path):
    said = [N | {"value": "41"}, M | {"value": "17"}, {"voice": "b", "value": "41"}]
    said.append({"voice": "d", "value": "41", "stance": "disputes", "document": "doc-y"})
    found = matrix(built(tmp_path, figures=said))
    assert found.pairs == (("b", "d", 0, 1), ("d", "n", 0, 1), ("b", "n", 1, 0))


def test_of_a_document_and_by_documents(graph):
    found = matrix(graph, entity="doc-y", by="document")
    assert {*found.columns} == {"doc-x", "doc-y"}
    assert len(found.rows) == 2


def test_on_a_terminal(graph):
    assert text(matrix(graph), 80).splitlines() == [
        "one claim, two voices",
        "  Body M / Body N: 0 agreed, 1 opposed",
        "",
        "• Body A raided Body B",
        "  asserted by one voice in one document, contested (opposed by one voice)",
        "    − Body M",
        "    + Body N",
    ]


def test_every_format(graph, capsys):
    case = graph.out.removesuffix("out")
    shown = {}
    for form in ("csv", "json", "markdown", "html", "table"):
        capsys.readouterr()
        assert run("matrix", case, format=form) == 0
        shown[form] = capsys.readouterr().out
    head, row = csv.reader(io.StringIO(shown["csv"]))
    assert head == ["claim", "sentence", "standing", "Body M", "Body N"]
    assert row[3:] == ["denies", "asserts"]
    assert json.loads(shown["json"])["pairs"] == [
        {"left": "m", "right": "n", "agree": 0, "oppose": 1}
    ]
    assert '<td class="against">denies</td>' in shown["html"]
    assert "default-src &#x27;none&#x27;" not in shown["html"]
    assert "1  Body M" in shown["table"]
    assert "| Body M | Body N |" in shown["markdown"]


def test_without_a_dispute_there_is_none(tmp_path, capsys):
    built(tmp_path, claims=[N])
    assert run("matrix", tmp_path) == 1


def test_a_cell_says_a_number_as_it_was_said(tmp_path, capsys):
    said = [
        N | {"value": "700", "qualifier": "at-most", "unit": "houses"},
        M | {"value": "700", "stance": "denies"},
        M | {"value": "600..650"},
    ]
    found = matrix(built(tmp_path, figures=said))
    (row,) = found.rows
    cells = dict(zip(found.columns, row.cells, strict=True))
    assert cells == {"n": "asserts at most 700 houses", "m": "asserts 600 to 650 denies 700"}
    assert found.pairs == (("m", "n", 0, 1),)


def test_a_unit_that_is_called_like_a_stance_is_a_unit(tmp_path):
    said = [
        N | {"value": "5", "unit": "questions"},
        M | {"value": "5", "unit": "questions", "stance": "disputes"},
        {"voice": "b", "value": "7", "unit": "denies"},
    ]
    found = matrix(built(tmp_path, figures=said))
    assert dict(zip(found.columns, found.rows[0].signs, strict=True)) == {
        "n": "+ 5 questions",
        "m": "(−) 5 questions",
        "b": "+ 7 denies",
    }
    assert "(−) 5 questions Body M" in text(found, 80)
    assert "(−) 5 questions" in numbered(found)[0]
    assert '<td class="for">asserts 7 denies</td>' in html(found, "", "en")


def test_two_columns_agree_where_all_that_they_say_goes_together(tmp_path):
    agreed, opposed = (("m", "n", 1, 0),), (("m", "n", 0, 1),)
    # What each of two says of a body, and how they met.
    cases = {
        "a": ({"qualifier": "at-most"}, {"qualifier": "at-least"}, ()),
        "b": ({"qualifier": "about", "unit": "EUR"}, {}, agreed),
        "c": ({"unit": "EUR"}, {"unit": "USD"}, ()),
        "d": ({"unit": "EUR"}, {"unit": "USD", "stance": "denies"}, ()),
        "comma": ({"unit": "EUR"}, {"unit": "EUR", "stance": "denies"}, opposed),
    }
    rows = [
        voice | {"subject": body, "value": "700"} | said
        for body, (*both, _) in cases.items()
        for voice, said in zip((N, M), both, strict=True)
    ]
    graph = built(tmp_path, figures=rows)
    assert {body: matrix(graph, entity=body).pairs for body in cases} == {
        body: met for body, (*_, met) in cases.items()
    }
    compared = {row.subject for row in compare(graph, "doc-x", "doc-y") if row.type == "agree"}
    assert compared == {"b"}
