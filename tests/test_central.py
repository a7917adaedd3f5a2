"""Who is central and who belongs together: counted, ranked, with what it rests on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kg.analysis import centrality
from kg.case import folder as cases
from kg.model.errors import OutOfBounds, UsageError
from kg.notebook import Notebook
from kg.store import measures
from kg.store.build import build
from kg.store.lens import Lens
from kg.store.seen_graph import through

BODIES = "id,name\n" + "".join(f"body-{c},Body {c.upper()}\n" for c in "abcdefgh")
# Two triangles, joined by one claim; a place that everything lies in; a denied claim.
CLAIMS = """\
subject,relation,object,stance,voice,document,locator
body-a,owns,body-b,,,doc-page,1
body-b,owns,body-c,,,doc-page,1
body-a,owns,body-c,,,doc-page,1
body-c,owns,body-d,alleges,body-h,doc-page,1
body-c,owns,body-d,denies,body-a,doc-report,1
body-d,owns,body-e,,,doc-page,1
body-e,owns,body-f,,,doc-page,1
body-d,owns,body-f,,,doc-page,1
body-g,owns,body-a,denies,body-g,doc-page,1
body-a,liesIn,place-irl,,,doc-page,1
body-e,liesIn,place-irl,,,doc-page,1
body-a,sued,body-e,,,doc-report,1
"""
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:liesIn a kg:State ; rdfs:label "lies within"@en ; rdfs:domain kg:Body ; rdfs:range kg:Place .
kg:sued a kg:Event ; kg:adverse true ; rdfs:label "sued"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
"""


@pytest.fixture(scope="module")
def graph(make_case):
    folder = make_case(
        bodies=BODIES,
        claims=CLAIMS,
        stations="id,name\n",
        figures="subject,measure,value,document,locator\n",
        people="id,name\n",
        documents="id,name\ndoc-page,A page\ndoc-report,The report\n",
    )
    (folder / "ontology" / "more.ttl").write_text(TERMS, encoding="utf-8")
    return build(cases.find(folder))[0]


def names(found):
    return [row.name for row in found.rows]


def test_degree_counts_neighbours_and_tells_what_they_rest_on(graph):
    found = centrality.rank(graph, limit=3)
    assert [(r.rank, r.name, r.score) for r in found.rows] == [
        *((1, "Body A", 3), (2, "Body C", 3), (3, "Body D", 3)),
    ]
    second = found.rows[1]
    assert (second.claims, second.contested, second.alleged, second.by) == (3, 1, 1, 3)
    assert second.near == ("Body A", "Body B", "Body D")
    assert second.standing.words.startswith("asserted by one voice")
    assert (found.entities, found.claims) == (6, 8)


def test_betweenness_ranks_who_stands_between(graph):
    found = centrality.rank(graph, by="betweenness", ties=True)
    assert names(found)[:2] == ["Body C", "Body D"]
    assert [r.score for r in found.rows] == [0.6, 0.6, 0, 0, 0, 0]


def test_communities_are_the_two_triangles(graph):
    found = centrality.rank(graph, by="communities", ties=True)
    assert [set(row.ids) for row in found.rows] == [
        {"body-a", "body-b", "body-c"},
        {"body-d", "body-e", "body-f"},
    ]
    assert [(row.inside, row.outside, row.contested) for row in found.rows] == [(3, 1, 0)] * 2
    assert "modularity" in found.notes[-1]


def test_what_is_denied_is_no_tie_and_what_everything_meets_in_is_not_counted(graph):
    assert "Body G" not in names(centrality.rank(graph))
    assert "Ireland" not in names(centrality.rank(graph))
    assert "place" in centrality.rank(graph).notes[0]
    assert "Ireland" in names(centrality.rank(graph, through=["place"]))
    assert "Body E" in names(centrality.rank(graph, relations=["sued"]))
    assert not centrality.rank(graph, relations=["sued"], ties=True).rows


def test_a_lens_counts_what_it_shows(graph):
    seen = through(graph, Lens(documents=("doc-report",)))
    assert names(centrality.rank(seen)) == ["Body A", "Body E"]


def test_words_have_the_caveat_and_every_row_its_standing(graph):
    for by in centrality.BY:
        told = centrality.text(centrality.rank(graph, by=by), 100)
        assert centrality.CAVEAT.split(".")[1].strip()[:40] in " ".join(told.split())
        assert "1 contested; 1 only alleged" in " ".join(told.split()) or by == "communities"
        assert "asserted by one voice in one document, uncontested" in told


def test_the_table_of_a_notebook(graph, tmp_path):
    frame = Notebook(graph, tmp_path).central(by="degree", limit=2)
    assert list(frame["name"]) == ["Body A", "Body C"]


def test_what_is_too_large_is_refused_and_what_is_large_estimated(graph, monkeypatch):
    monkeypatch.setattr(centrality, "_WHOLE", 20)
    found = centrality.rank(graph, by="betweenness")
    assert "estimated from 2 of 6 entities" in found.notes[-1]
    assert found.rows == centrality.rank(graph, by="betweenness").rows
    monkeypatch.setattr(centrality, "MOST_PAIRS", 7)
    with pytest.raises(OutOfBounds, match="8 pairs are joined"):
        centrality.rank(graph, by="communities")
    assert centrality.rank(graph).rows
    with pytest.raises(UsageError, match="expected one of degree"):
        centrality.rank(graph, by="fame")


def test_groups_do_not_hang_on_how_words_are_hashed():
    told = "import random; from kg.store import measures; r = random.Random(3); " + (
        "found = measures.communities({tuple(sorted(r.sample(range(60), 2))): 1 for _ in range(150)})"
    )
    held: dict[str, object] = {}
    exec(told, held)
    other = subprocess.run(
        [sys.executable, "-c", f"{told}; print(found)"],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == str(held["found"])


def test_a_pair_alone_is_one_group():
    assert measures.communities({(0, 1): 2}) == ([[0, 1]], 0.0)
