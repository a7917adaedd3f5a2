"""Every named query runs on the shipped case; `interop/` has them say the same in a second engine."""

import re
from pathlib import Path

import pytest
from owncase import laid

from kg.case.folder import find
from kg.model.errors import Ambiguous, NotFound, UsageError
from kg.sparql import named, named_text
from kg.store.build import build

GIVEN = {
    "relation": {"relation": "partOf"},
    "in-place": {"place": "place-irl"},
    "disputes-of-document": {"document": "report-110-overseas"},
    "opposed-in-document": {"document": "doc-stations-page"},
    "repeated-voices": {"document": "doc-stations-page"},
    "second-hand": {"document": "doc-stations-page"},
    "timeline": {"entity": "Lu Jianwang"},
    "citing": {"document": "report-110-overseas"},
    "sources-of-document": {"document": "doc-clt"},
    "names": {"entity": "Fuzhou Public Security Bureau"},
    "voice": {"voice": "Mao Ning"},
    "neighbours": {"entity": "FBI"},
    "between": {"left": "FBI", "right": "Lu Jianwang"},
    "in-common": {"left": "Lu Jianwang", "right": "Chen Jinping"},
    "said-between": {"from": "2022-09-01", "to": "2022-12-31"},
    "on-a-day": {"day": "2022-06-01"},
}
EMPTY = {"merged"}
NAMES = [q.name for q in named.all_queries()]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_answered_by_different_rows_and_a_claim_with_its_standing(shipped, name):
    answer = named.ask(shipped, named.named(name), GIVEN.get(name, {}))
    rows = [tuple(t.value if t else "" for t in row) for row in answer.rows]
    assert bool(rows) == (name not in EMPTY)
    assert len(set(rows)) == len(rows)
    columns = {*answer.variables}
    if columns & {"claim", "relation", "stance", "operated", "station"}:
        assert {"status", "basis", "voices", "documents"} <= columns
    if {"stance", "voice"} <= columns:
        assert "counts" in columns


def test_there_is_a_question_and_a_page_for_each():
    page = (Path(__file__).parents[1] / "docs" / "questions.md").read_text(encoding="utf-8")
    assert len(NAMES) >= 28
    for query in named.all_queries():
        assert query.question.endswith("?")
        assert f"## `{query.name}`\n\n{query.question}\n" in page
        assert all(f"`{p.name}`" in page for p in query.params)
    assert re.findall(r"^## `([a-z-]+)`$", page, re.MULTILINE) == NAMES


def test_a_value_is_never_read_as_sparql(shipped):
    query = named.named("in-place")
    with pytest.raises(NotFound):
        named.ask(shipped, query, {"place": "place-irl> } DROP ALL #"})
    with pytest.raises(UsageError, match="a day as 2022-10-29"):
        named.ask(shipped, named.named("on-a-day"), {"day": '2022-06-01"'})
    with pytest.raises(UsageError, match="a whole number"):
        named.ask(shipped, named.named("one-voice"), {"least": "1 || true"})


def test_an_entity_is_found_by_any_of_its_names(shipped):
    query = named.named("names")
    expected = {"entity": ("uri", shipped.base + "network-stations")}
    assert named.bind(shipped, query, {"entity": "海外110"}) == expected
    with pytest.raises(Ambiguous):
        named.bind(shipped, named.named("citing"), {"document": "110 Overseas"})


def test_what_a_parameter_cannot_hold_is_refused(shipped):
    with pytest.raises(UsageError, match="asks about the class document"):
        named.bind(shipped, named.named("citing"), {"document": "FBI"})
    with pytest.raises(UsageError, match="did you mean “document”"):
        named.bind(shipped, named.named("citing"), {"documnet": "doc-clt"})
    with pytest.raises(UsageError, match="citing needs document: the document cited"):
        named.bind(shipped, named.named("citing"), {})
    with pytest.raises(UsageError, match="did you mean “partOf”"):
        named.bind(shipped, named.named("relation"), {"relation": "partof"})
    with pytest.raises(UsageError, match="needs document"):
        named.bind(shipped, named.named("citing"), {"document": " "})


def test_free_parameters_and_defaults(shipped):
    assert named.bind(shipped, named.named("operators"), {}) == {}
    assert named.bind(shipped, named.named("operators"), {"operator": "any"}) == {}
    assert named.bind(shipped, named.named("one-voice"), {}) == {"least": ("integer", "2")}


def test_an_unknown_name_leads_to_near_ones():
    with pytest.raises(NotFound) as told:
        named.named("denial")
    assert "denials" in [name for name, _ in told.value.near]
    with pytest.raises(NotFound):
        named.named("../shapes")


def test_a_case_without_the_terms_is_told_so(built_case):
    from kg.store.graph import open_graph

    graph = open_graph(built_case / "out")
    with pytest.raises(UsageError, match="plays kg:OrdersClosure or kg:RequestsClosure"):
        named.bind(graph, named.named("ordered-not-closed"), {})
    answer = named.ask(graph, named.named("denials"), {})
    head, rows = named_text.worded(graph, answer, {})
    assert dict(zip(head, rows[0], strict=True)) == {
        "voice": "The embassy",
        "stance": "denies",
        "counts": "true",
        "claim": "Fuzhou police operates Dublin station",
        "said": "",
        "document": "A page",
        "locator": "para 2",
        "status": "contested",
        "basis": "alleged",
        "voices": "1",
        "documents": "1",
        "opposing": "1",
    }


def test_what_was_given_is_no_column(shipped):
    given = {"place": "place-irl"}
    query = named.named("in-place")
    told = named_text.answered(shipped, query, named.ask(shipped, query, given), given, 100)
    first, _, *rows = told.splitlines()
    assert first == "What is said to be in a place, or in a place within it? (place: place-irl)"
    assert not any(row.startswith("place") for row in rows)
    assert any(row.startswith("thing") for row in rows)


def test_whose_word_was_taken_back_is_not_named_as_standing_by_it(tmp_path):
    """A statement that its voice took back is told as such, for and against."""
    laid(
        tmp_path,
        "p1,met,p3,,,,p4,,,,d1,1,,,,,,,\np1,met,p3,,,questions,p1,,,,d1,2,,,,,,,\n"
        "p1,met,p3,,,,p2,,,,d2,1,,,,,,,\np1,met,p3,,,retracts,p2,,,,d2,2,,,,,,,\n"
        "p4,met,p1,,,,p4,,,,d1,3,,,,,,,\np4,met,p1,,,denies,p2,,,,d2,3,,,,,,,\n"
        "p4,met,p1,,,retracts,p2,,,,d2,4,,,,,,,\np4,met,p1,,,denies,p1,,,,d2,5,,,,,,,\n",
        events="id,class,document,locator\n",
        names="entity,name,document,locator\n",
        judgements="kind,left,right,reason\n",
    )
    graph = build(find(tmp_path, tmp_path / "out"))[0]

    def told(name, columns, **given):
        answer = named.ask(graph, named.named(name), given)
        at = [answer.variables.index(c) for c in columns.split()]
        return sorted(
            {" ".join(re.split("[#/]", row[i].value)[-1] for i in at) for row in answer.rows}
        )

    assert told("between", "voice stance counts", left="p1", right="p3") == [
        "p1 questions true",
        "p2 asserts false",
        "p2 retracts true",
        "p4 asserts true",
    ]
    assert told("denials", "voice counts") == ["p1 true", "p2 false"]
    assert told("contested", "voice stance counts") == [
        "p1 denies true",
        "p2 denies false",
        "p2 retracts true",
        "p4 asserts true",
    ]
    assert told("opposed-in-document", "voice counts against", document="d1") == ["p4 true p1"]
    answer = named.ask(graph, named.named("corrections"), {})
    at = [answer.variables.index(c) for c in ("replaced", "retraction", "instead")]
    rows = [
        [row[i] and graph.ledger.attestation(row[i].value.rpartition("/")[2]) for i in at]
        for row in answer.rows
    ]
    assert sorted((was.stance, back.stance, instead) for was, back, instead in rows) == [
        ("asserts", "retracts", None),
        ("denies", "retracts", None),
    ]
    # One voice stands behind each: neither who only asks nor who took it back.
    assert told("one-voice", "voice", least="1") == ["p4"]
