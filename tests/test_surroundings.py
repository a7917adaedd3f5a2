"""Neighbours and timelines: every claim around an entity, none without its standing."""

from __future__ import annotations

import pytest

from kg.analysis import chronology, listing, neighbourhood
from kg.case import folder as cases
from kg.store.build import build
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
    rows = chronology.timeline(graph, "body-fuzhou", CLEAR)
    assert [(m.placed, m.period, m.side, m.by) for m in rows] == [
        ("so", "since 2016", "for", ("The NGO",)),
        ("so", "in 2020", "for", ("A page",)),
        ("so", "from 2021 to 2021-06", "for", ("The NGO",)),
        ("printed", "2022-09-12", "for", ("The NGO", "A page")),
        ("said", "2022-12-22", "against", ()),
        ("said", "2023-01-01", "against", ()),
        ("so", "at a time said to be unknown", "against", ()),
    ]
    assert rows[6].sentence.startswith("A page denied that The embassy owns Fuzhou police")
    assert rows[1].against == ("The embassy",)
    announced = [m for m in chronology.timeline(graph, "body-state", CLEAR) if m.side == "open"]
    assert "announced that The embassy owns The NGO" in announced[0].sentence


def test_a_timeline_has_what_an_entity_said_of_others_and_what_it_published(graph):
    rows = chronology.timeline(graph, "body-ngo", CLEAR)
    assert ("publication", "2022-09-12", "“The report” is published") in [
        (m.placed, m.period, m.sentence) for m in rows
    ]
    said = [m for m in chronology.timeline(graph, "body-state", CLEAR) if m.placed == "said"]
    assert [m.sentence for m in said] == [
        "The embassy denied that Fuzhou police operates Dublin station",
        "The embassy denied that The NGO owns Fuzhou police",
    ]
    (page,) = [
        m for m in chronology.timeline(graph, "doc-reply", CLEAR) if m.placed == "publication"
    ]
    assert (page.day, page.latest) == ("2023-02-01", "2023-02-28")


def test_a_lens_hides_documents_that_it_does_not_look_at(graph):
    def published(**lens):
        rows = chronology.timeline(graph, "body-ngo", Lens(**lens))
        return [m.id for m in rows if m.placed == "publication"]

    assert (
        published(known_by="2022-09-12") == published(documents=("doc-report",)) == ["doc-report"]
    )
    assert published(known_by="2022-09-11") == published(documents=("doc-page",)) == []
    assert published(said_from="2022-09-13") == published(voices=("body-ngo",)) == []


def test_a_state_that_had_begun_by_a_day_stands_at_that_day(make_case):
    claims = (
        "subject,relation,object,from,document,locator\n"
        "body-ngo,owns,body-fuzhou,/2022-10,doc-page,p. 1\n"
        "body-ngo,owns,body-state,2022-11,doc-page,p. 1\n"
    )
    built = build(cases.find(make_case(claims=claims)))[0]
    rows = chronology.timeline(built, "body-ngo", CLEAR)
    so = [(m.day, m.period) for m in rows if m.placed == "so"]
    assert so == [("2022-10-31", "by 2022-10 at the latest"), ("2022-11-01", "since 2022-11")]


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
    moments = chronology.text(chronology.timeline(graph, "body-fuzhou", CLEAR), 100)
    assert "so dated by A page" in moments
    assert "• [said 2022-12-22] The embassy denied that Fuzhou police operates" in moments
    assert "• [in print 2022-09-12] The number of stations of Fuzhou police (The world)" in moments


def test_every_claim_of_the_shipped_case_has_its_moment(shipped):
    for entity in ("org-safeguard-defenders", "government-chn", "network-stations"):
        moments = chronology.timeline(shipped, entity, CLEAR)
        about = {c.id for c in listing.claims(shipped, CLEAR, entity=entity)}
        said = {c.id for c in listing.claims(shipped, CLEAR, voice=entity)}
        told = {m.id for m in moments if m.placed != "publication"}
        assert about <= told <= about | said
        days = [m.day for m in moments if m.day]
        assert days == sorted(days) and not any(m.day for m in moments[len(days) :])
