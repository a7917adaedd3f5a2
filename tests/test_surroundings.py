"""Neighbours and timelines: every claim around an entity, none without its standing."""

from __future__ import annotations

import pytest

from kg.analysis import listing, neighbourhood
from kg.store.graph import open_graph
from kg.store.lens import Lens

CLEAR = Lens()
DOCUMENTS = """\
id,name,authors,published
doc-page,A page,,
doc-report,The report,body-ngo,2022-09-12
doc-reply,A reply,,2023-02
doc-source,The source,,
"""
CLAIMS = """\
subject,relation,object,from,to,stance,voice,via,said,instead_of,document,locator,gloss,key
body-fuzhou,operates,station-irl01,2016,,alleges,body-ngo,doc-source,,,doc-page,row 1,Listed,
body-fuzhou,operates,station-irl01,,,denies,body-state,,2022-12-22,,doc-page,para 2,Calls it wrong,no
doc-reply,disputes,@no,,,,,,,,doc-reply,p. 1,,
body-state,owns,body-fuzhou,?,,denies,,,2023-01-01,,doc-page,p. 9,,
body-state,owns,body-ngo,2019,2020,announces,,,,,doc-page,p. 9,,
body-ngo,owns,body-fuzhou,2021,2021-06,,,,,,doc-report,p. 5,,
body-ngo,owns,body-fuzhou,2020,2020,,,,,,doc-page,p. 6,,
body-ngo,owns,body-fuzhou,,,denies,body-state,,2023-01-01,,doc-page,p. 7,,
"""


@pytest.fixture(scope="module")
def graph(make_case, kg):
    folder = make_case(documents=DOCUMENTS, claims=CLAIMS)
    done = kg(folder, "build")
    assert done.returncode == 0, done.stderr
    return open_graph(folder / "out")


def test_neighbours_are_read_from_the_entity_and_denied_ones_are_no_edges(graph):
    rows = neighbourhood.neighbors(graph, "body-fuzhou", CLEAR)
    assert [(r.direction, r.relation, r.id, r.edge) for r in rows] == [
        ("→", "operates", "station-irl01", True),
        ("←", "(owns)", "body-ngo", True),
        ("←", "(owns)", "body-state", False),
    ]
    (row,) = neighbourhood.neighbors(graph, "station-irl01", CLEAR, relation="operates")
    assert (row.relation, row.name, row.kind) == ("operated by", "Fuzhou police", "body")


def test_an_attestation_can_be_a_neighbour(graph):
    (row,) = neighbourhood.neighbors(graph, "doc-reply", CLEAR)
    assert row.kind == "attestation"
    assert row.name.startswith("The embassy’s denial that Fuzhou police operates")


def test_a_timeline_has_a_claim_once_for_each_period_it_is_given(graph):
    rows = neighbourhood.timeline(graph, "body-fuzhou", CLEAR)
    assert [(m.period, m.side, m.by) for m in rows] == [
        ("since 2016", "for", ("The NGO",)),
        ("in 2020", "for", ("A page",)),
        ("from 2021 to 2021-06", "for", ("The NGO",)),
        ("at a time said to be unknown", "against", ()),
        ("", "for", ("The NGO", "A page")),
    ]
    assert rows[3].sentence.startswith("A page denies that The embassy owns Fuzhou police")
    assert rows[1].against == ("The embassy",)
    assert "announces that" in neighbourhood.timeline(graph, "body-state", CLEAR)[0].sentence


def test_the_words_for_a_terminal_tell_neighbours_and_who_dates_what(graph):
    near = neighbourhood.text(
        neighbourhood.neighbors(graph, "station-irl01", CLEAR, relation="operates"), 100
    )
    assert near.splitlines() == [
        "• ← operated by: Fuzhou police (body)",
        "  alleged by one voice in one document, contested (opposed by one voice)",
        "    + The NGO (since 2016)",
        "    − The embassy",
        "    in A page",
    ]
    moments = neighbourhood.text(neighbourhood.timeline(graph, "body-fuzhou", CLEAR), 100)
    assert "so dated by A page" in moments


def test_every_claim_of_the_shipped_case_has_its_moment(shipped):
    for entity in ("org-safeguard-defenders", "government-chn", "network-stations"):
        moments = neighbourhood.timeline(shipped, entity, CLEAR)
        assert {m.id for m in moments} == {
            c.id for c in listing.claims(shipped, CLEAR, entity=entity)
        }
        days = [m.earliest or m.latest for m in moments if m.earliest or m.latest]
        assert days == sorted(days)
