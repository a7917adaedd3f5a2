"""The rule of standing and the clock through commands, SPARQL and conflicts, on small cases."""

from __future__ import annotations

import pytest

from kg.analysis import conflicts
from kg.case.folder import find
from kg.sparql import named
from kg.store.build import build
from kg.store.lens import Lens, Seen

TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
my:met a kg:Event ; rdfs:label "met"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
my:knows a kg:State ; rdfs:label "knows"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
my:headcount a kg:Measure ; rdfs:label "headcount"@en ; rdfs:domain kg:Entity .
"""
DOCUMENTS = """id,name,published
doc-a,Doc A,2020-01-10
doc-b,Doc B,2021-01-10
doc-c,Doc C,2022-01-10
doc-u,Doc U,
report,Report,2022-12
"""
PEOPLE = "id,name\nann,Ann\nbob,Bob\ncid,Cid\ndan,Dan\neve,Eve\n"
CLAIM = "subject,relation,object,from,to,stance,voice,said,instead_of,document,locator,key\n"
FIGURE = "subject,measure,value,stance,voice,document,locator\n"


@pytest.fixture
def built(tmp_path):
    def make(claims="", figures="", judgements=""):
        files = {
            "data/case.toml": 'title = "T"\nbase = "https://example.org/id/"\n',
            "data/people.csv": PEOPLE,
            "data/documents.csv": DOCUMENTS,
            "data/claims.csv": CLAIM + claims,
            "data/figures.csv": FIGURE + figures,
            "data/judgements.csv": "kind,left,right,reason,by,date\n" + judgements,
            "ontology/terms.ttl": TERMS,
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return build(find(tmp_path))[0]

    return make


def seen(graph, **lens):
    """(subject, object) of every claim that a lens shows, with its status."""
    found = Seen(graph, Lens(**lens)).claims()
    return {f"{c.subject} {c.object}".strip(): c.standing.status for c in found}


REPLACED = """ann,met,bob,,,,cid,,,doc-a,p. 1,k
ann,met,dan,,,,eve,,@k,doc-b,p. 1,
"""


def test_who_took_an_objection_back_opposes_nothing(built):
    graph = built(f"{REPLACED}ann,met,dan,,,retracts,eve,,,doc-c,p. 1,\n")
    assert seen(graph) == {"ann bob": "Uncontested", "ann dan": "Retracted"}
    assert conflicts.conflicts(graph, Lens()) == []
    # In a source that is switched off it is not taken back.
    some = ("doc-a", "doc-b")
    assert seen(graph, documents=some)["ann bob"] == "Contested"
    assert [c.kind for c in conflicts.conflicts(graph, Lens(documents=some))] == ["denial"]


def test_an_objection_that_was_replaced_opposes_nothing(built):
    rows = REPLACED.replace("@k,doc-b,p. 1,", "@k,doc-b,p. 1,k2")
    graph = built(f"{rows}ann,met,eve,,,,eve,,@k2,doc-c,p. 1,\n")
    assert seen(graph)["ann bob"] == "Uncontested"
    assert seen(graph, documents=("doc-a", "doc-b"))["ann bob"] == "Contested"


def test_a_retraction_without_its_denial_in_sight_is_no_retracted_claim(built):
    graph = built(
        "ann,met,bob,,,denies,cid,,,doc-a,p. 1,\nann,met,bob,,,retracts,cid,,,doc-b,p. 1,\n"
    )
    assert seen(graph) == {"ann bob": "Withdrawn"}
    assert seen(graph, documents=("doc-b",)) == {"ann bob": "Withdrawn"}
    assert seen(graph, documents=("doc-a",)) == {"ann bob": "Denied"}


def test_one_number_is_taken_back_alone(built):
    graph = built(
        figures="ann,headcount,50,,cid,doc-a,p. 1\nann,headcount,60,,cid,doc-b,p. 1\n"
        "ann,headcount,60.0,retracts,cid,doc-c,p. 1\n"
    )
    (claim,) = graph.ledger.claims()
    assert claim.standing[:5] == ("Uncontested", "Asserted", 1, 1, 0)
    assert [a.value for a in claim.attestations if a.living and a.stance == "asserts"] == ["50"]


def test_a_claim_that_goes_on_has_no_last_day(built):
    graph = built(
        "ann,knows,bob,2016,..,,cid,,,doc-a,p. 1,\nann,knows,bob,2016,2018,,dan,,,doc-b,p. 1,\n"
        "bob,knows,cid,,2018,,cid,,,doc-a,p. 1,\ncid,knows,dan,/2017,,,cid,,,doc-a,p. 1,\n"
    )
    spans = {c.subject: c.standing[5:7] for c in graph.ledger.claims()}
    assert spans == {"ann": ("2016-01-01", ""), "bob": ("", "2018-12-31"), "cid": ("", "")}
    for day, subjects in (
        ("2015-06-01", {"bob"}),
        ("2017-06-01", {"ann", "bob"}),
        ("2021-06-01", {"ann", "cid"}),
    ):
        assert {pair.split()[0] for pair in seen(graph, as_of=day)} == subjects
        assert asked(graph, day) == subjects
    bounds = "SELECT ?a ?d { ?a kg:begunBy ?d }"
    assert "2017-12-31" in str(query(graph, bounds).rows)


def query(graph, text):
    from kg.model.namespaces import PREFIXES
    from kg.sparql.query import run

    return run(graph.store, text, PREFIXES)


def asked(graph, day):
    """The subjects that the question on a day names."""
    answer = named.ask(graph, named.named("on-a-day"), {"day": day})
    return {row[1].value.rpartition("/")[2] for row in answer.rows}


def test_what_comes_into_being_later_is_not_there(built):
    graph = built(
        "report,met,ann,2022-09,,,cid,,,doc-a,p. 1,\nann,knows,report,,,,cid,,,doc-a,p. 1,\n"
    )
    assert seen(graph, as_of="2022-10-31", undated=True) == {}
    assert asked(graph, "2022-10-31") == set()
    assert seen(graph, as_of="2022-12-31") == {"report ann": "Uncontested"}
    assert seen(graph, as_of="2022-12-31", undated=True).keys() == {"report ann", "ann report"}


def test_a_date_that_is_misprinted_makes_nothing_known(built):
    rows = "ann,met,bob,,,,cid,2002-10-29,,doc-c,p. 1,k\nann,met,dan,,,,cid,,,doc-a,p. 1,\n"
    assert seen(built(rows), known_by="2019-12-31").keys() == {"ann bob"}
    judged = "misprint,@k,,It means 2022,,\nmisprint,doc-a,,It was printed in 2021,,\n"
    graph = built(rows, judgements=judged)
    assert seen(graph, known_by="2021-12-31") == {}
    assert seen(graph, known_by="2022-01-10").keys() == {"ann bob"}


def test_about_is_no_day_to_order_by(built):
    graph = built(
        "ann,met,bob,,,,cid,2021-01~,,doc-u,p. 1,\nann,met,bob,,,denies,cid,2021-02-10,,doc-u,p. 2,\n"
        "ann,met,dan,,,,cid,2021-01~,,doc-u,p. 1,\nann,met,dan,,,denies,cid,2021-03-01,,doc-u,p. 2,\n"
    )
    assert seen(graph) == {"ann bob": "Contested", "ann dan": "Denied"}


@pytest.mark.parametrize("day", ["2018-06-30", "2022-01-01", "2022-10-31", "2023-06-30"])
def test_the_question_on_a_day_is_the_lens(shipped, day):
    answer = named.ask(shipped, named.named("on-a-day"), {"day": day})
    base = len(shipped.base)
    rows = {
        tuple(cell.value[base:] if cell else "" for cell in (row[1], row[3])) for row in answer.rows
    }
    claims = Seen(shipped, Lens(as_of=day)).claims()
    assert rows == {(c.subject, c.object) for c in claims}


def test_every_verb_tells_what_it_left_out(kg, built, tmp_path):
    built("ann,knows,bob,2016,,,cid,,,doc-a,p. 1,\nann,met,dan,,,,cid,,,doc-u,p. 2,\n")
    for words in (
        ["claims"],
        ["show", "ann"],
        ["neighbors", "ann"],
        ["timeline", "ann"],
        ["stats"],
        ["sources"],
        ["gaps"],
        ["conflicts"],
        ["path", "ann", "bob"],
    ):
        for asks in (["--as-of", "2020"], ["--known-by", "2020"], ["--said", "2019..2020"]):
            ran = kg(tmp_path, *words, *asks)
            assert "1 undated left out; --undated shows them\n" in ran.stderr, (words, asks)
            ran = kg(tmp_path, *words, *asks, "--undated")
            assert "left out" not in ran.stderr
