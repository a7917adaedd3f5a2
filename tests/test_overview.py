"""Counts and terms, over the case of the gaps."""

from __future__ import annotations

import pytest
from test_gaps import CLAIMS, DOCUMENTS, FIGURES

from kg.analysis import statistics
from kg.model.errors import UsageError
from kg.store.graph import open_graph
from kg.store.lens import Lens

CLEAR = Lens()


@pytest.fixture(scope="module")
def graph(make_case, kg):
    folder = make_case(documents=DOCUMENTS, claims=CLAIMS, figures=FIGURES)
    done = kg(folder, "build")
    assert done.returncode == 0, done.stderr
    return open_graph(folder / "out")


def counted(rows, group):
    return {r.item: r.number for r in rows if r.group == group}


def test_stats_count_everything(graph):
    rows = statistics.stats(graph, CLEAR)
    assert counted(rows, "all") == {
        "entities": 11,
        "claims": 8,
        "attestations": 10,
        "documents read": 2,
        "voices": 3,
        "dated claims": 2,
    }
    assert [r.note for r in rows if r.item == "dated claims"] == ["2016-01-01 to 2022-10-29"]
    assert counted(rows, "claims") == {"visited": 3, "owns": 2, "lies in": 1, "operates": 1}
    assert counted(rows, "figures") == {"number of stations": 1}
    assert counted(rows, "standing") == {
        "asserted, uncontested": 5,
        "alleged, contested": 1,
        "unsupported, denied": 1,
        "announced, open": 1,
    }
    assert counted(rows, "stances") == {"asserts": 6, "alleges": 1, "announces": 1, "denies": 2}


def test_connected_actors_are_joined_by_what_is_asserted_or_alleged(graph):
    rows = statistics.stats(graph, CLEAR)
    # A place is no actor, and a denied or announced ownership joins nobody.
    assert counted(rows, "connected") == {"Dublin station": 2, "Fuzhou police": 1, "Lu Jianwang": 1}
    assert [r.id for r in statistics.stats(graph, CLEAR, top=1) if r.group == "connected"] == [
        "station-irl01"
    ]


def test_stats_through_a_lens_count_what_it_shows(graph):
    rows = statistics.stats(graph, Lens(documents=("doc-report",)))
    assert counted(rows, "all")["claims"] == 4
    assert counted(rows, "all")["entities"] == 5
    assert counted(rows, "documents") == {"The report": 4}


def test_terms_tell_what_they_join_and_how_often_they_are_used(graph):
    found = {(t.kind, t.term): t for t in statistics.terms(graph)}
    operates = found["state", "operates"]
    assert (operates.label, operates.inverse, operates.domain, operates.range, operates.used) == (
        "operates",
        "operated by",
        "Body",
        "Station",
        1,
    )
    assert found["class", "Body"].used == 3
    assert (found["class", "Ngo"].used, found["class", "Ngo"].broader) == (1, "Body")
    assert found["measure", "stationCount"].used == 1
    assert found["attribute", "code"].used == 1


def test_terms_by_kind_and_by_text(graph):
    relations = statistics.terms(graph, kind="relation")
    assert {t.kind for t in relations} == {"event", "state"}
    assert [t.term for t in statistics.terms(graph, kind="event")] == ["visited"]
    assert [t.term for t in statistics.terms(graph, kind="relation", text="OPERATED")] == [
        "operates"
    ]
    assert statistics.terms(graph, text="zzzz") == []
    with pytest.raises(UsageError, match="kind of term"):
        statistics.terms(graph, kind="verb")


def test_the_shipped_case_counts_agree_with_its_manifest(shipped):
    rows = statistics.stats(shipped, CLEAR)
    counts = shipped.manifest["counts"]
    every = counted(rows, "all")
    assert [every[k] for k in ("entities", "claims", "attestations")] == [
        counts[k] for k in ("entities", "claims", "attestations")
    ]
    assert sum(counted(rows, "standing").values()) == counts["claims"]
    assert sum(counted(rows, "stances").values()) == counts["attestations"]
