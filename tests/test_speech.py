"""Who speaks about whom, and records that may be one: walked only when asked for, and marked."""

from __future__ import annotations

import json

import pytest

from kg.analysis import neighbourhood, path_text
from kg.analysis.path_absence import why_none
from kg.analysis.paths import Options, find_paths
from kg.case import folder as cases
from kg.model.errors import spoken
from kg.store.build import build
from kg.store.lens import Lens
from kg.store.seen_graph import through
from kg.store.speech import ties

CLEAR = Lens()
BODIES = """\
id,name,class
body-fuzhou,Fuzhou police,
body-ngo,The NGO,Ngo
body-state,The embassy,
body-press,The paper,
body-paper,The newspaper,
body-far,A bureau far away,
"""
CLAIMS = """\
subject,relation,object,stance,voice,instead_of,document,locator,gloss,key
body-fuzhou,operates,station-irl01,alleges,body-ngo,,doc-page,row 1,Listed,one
body-fuzhou,operates,station-irl01,denies,body-state,,doc-page,para 2,Calls it wrong,no
body-press,disputes,@no,,body-press,,doc-report,p. 1,Doubts it,
body-fuzhou,owns,body-far,asserts,body-state,@one,doc-page,para 3,,
body-paper,owns,body-far,,,,doc-page,para 4,,
"""
JUDGEMENTS = """\
kind,left,right,reason
unsure,body-press,body-paper,Both are called a paper
"""


@pytest.fixture(scope="module")
def graph(make_case):
    folder = make_case(bodies=BODIES, claims=CLAIMS, judgements=JUDGEMENTS)
    return build(cases.find(folder))[0]


def speech(graph, entity, lens=CLEAR):
    rows = neighbourhood.neighbors(graph, entity, lens, spoken=True)
    return {(r.direction, r.relation, r.id) for r in rows if r.tie == "speech"}


def test_a_voice_speaks_about_the_ends_of_its_claim_and_about_whose_word_it_replaces(graph):
    assert speech(graph, "body-state") == {
        *(("→", "denies", "body-fuzhou"), ("→", "denies", "station-irl01")),
        *(("→", "asserts", "body-fuzhou"), ("→", "asserts", "body-far")),
        ("→", "asserts", "body-ngo"),
        ("←", "asserts", "body-press"),
    }


def test_a_statement_about_a_statement_speaks_of_its_voice_and_of_what_that_is_about(graph):
    assert speech(graph, "body-press") == {
        ("→", "asserts", "body-state"),
        ("→", "asserts", "body-fuzhou"),
        ("→", "asserts", "station-irl01"),
    }


def test_neighbours_in_the_world_are_the_same_whether_or_not_speech_is_asked_for(graph):
    world = neighbourhood.neighbors(graph, "body-fuzhou", CLEAR)
    told = neighbourhood.neighbors(graph, "body-fuzhou", CLEAR, spoken=True, unsure=True)
    assert [r for r in told if r.tie == "world"] == world == told[: len(world)]
    assert not any(r.edge for r in told if r.tie == "speech")


def test_every_row_of_speech_is_seen_from_its_other_end(graph):
    ends = [e.id for e in graph.ledger.entities()]
    turned = {"→": "←", "←": "→"}
    told = {(name, *row) for name in ends for row in speech(graph, name)}
    assert told == {(other, turned[way], stance, name) for name, way, stance, other in told}
    held = {t for claim in graph.ledger.claims() for t in ties(claim, graph.ledger.stated)}
    assert {(s, e) for s, e, _ in held} == {(n, o) for n, way, _, o in told if way == "→"}


@pytest.mark.parametrize(
    "lens", [CLEAR, Lens(voices=("body-state",)), Lens(documents=("doc-report",))]
)
def test_the_mapped_rows_are_what_the_claims_say_through_a_lens_too(graph, lens):
    seen = through(graph, lens)
    net, rows = seen.adjacency, seen.speech
    held = {
        (net.name(node), net.name(other))
        for node in range(len(net))
        for other, back in rows.row(node)
        if not back
    }
    told = {t[:2] for claim in seen.ledger.claims() for t in ties(claim, seen.ledger.stated)}
    assert held == told
    mirrored = {
        (net.name(other), net.name(node))
        for node in range(len(net))
        for other, back in rows.row(node)
        if back
    }
    assert mirrored == held


def test_a_path_over_speech_says_so_and_whose_words_it_rests_on(graph):
    assert find_paths(graph, "body-press", "body-ngo") == []
    (path, *_) = find_paths(graph, "body-press", "body-ngo", Options(spoken=True))
    assert path.nodes == ("body-press", "body-state", "body-ngo")
    assert [hop.kind for hop in path.hops] == ["speech", "speech"]
    words = path_text.text(graph, [path], 100)
    assert "The paper ··· spoke about ··→ The embassy (what is said, no tie in the world)" in words
    assert "The embassy ··· spoke about ··→ The NGO" in words
    assert "“A page”, para 3" in words
    assert path_text.SPEAKING in " ".join(words.split())
    (told,) = json.loads(json.dumps(path_text.to_json(graph, [path])))
    assert [hop["kind"] for hop in told["hops"]] == ["speech", "speech"]
    assert all(hop["said"] and hop["claims"] for hop in told["hops"])


def test_directed_speech_goes_from_the_voice_to_what_it_speaks_about(graph):
    only = Options(spoken=True, directed=True)
    assert find_paths(graph, "body-press", "body-ngo", only)
    assert find_paths(graph, "body-ngo", "body-press", only) == []
    (hop,) = find_paths(graph, "body-ngo", "body-state", Options(spoken=True))[0].hops
    assert "←·· spoken about by ···" in path_text.text(
        graph, find_paths(graph, "body-ngo", "body-state", Options(spoken=True, k=1)), 100
    )
    assert hop.kind == "speech"


def test_a_tie_in_the_world_goes_before_what_is_said(graph):
    (path,) = find_paths(graph, "body-fuzhou", "station-irl01", Options(spoken=True, k=1))
    assert [hop.kind for hop in path.hops] == [""]


def test_records_that_may_be_one_are_crossed_with_their_reason(graph):
    assert find_paths(graph, "body-press", "body-fuzhou") == []
    (path,) = find_paths(graph, "body-press", "body-fuzhou", Options(unsure=True))
    assert path.nodes == ("body-press", "body-paper", "body-far", "body-fuzhou")
    assert (path.hops[0].kind, path.hops[0].reason) == ("unsure", "Both are called a paper")
    words = path_text.text(graph, [path], 100)
    assert "The paper ··· may be the same as ··· The newspaper (judged unsure: Both" in words
    assert path_text.DOUBTFUL in " ".join(words.split())
    rows = neighbourhood.neighbors(graph, "body-press", CLEAR, unsure=True)
    assert [(r.tie, r.id, r.across) for r in rows if r.tie == "unsure" or r.across] == [
        ("unsure", "body-paper", ""),
        ("world", "body-far", "body-paper"),
    ]


def test_an_empty_answer_names_the_option_that_would_find_one(graph):
    name = lambda said: spoken(said, lambda option: "--" + option)  # noqa: E731
    assert "(--unsure)" in name(why_none(graph, "body-press", "body-fuzhou", Options()))
    assert "(--spoken), which is no tie" in name(
        why_none(graph, "body-press", "body-ngo", Options(unsure=True))
    )


def test_the_words_of_neighbours_gather_what_is_said_of_one(graph):
    told = neighbourhood.text(neighbourhood.neighbors(graph, "body-state", CLEAR, spoken=True), 120)
    assert "• ··→ speaks about: Fuzhou police (body): 1 asserts, 1 denies" in told
    assert "• ←·· spoken about by: The paper (body): 1 asserts" in told


def test_a_page_of_paths_over_speech_has_the_claims_that_are_spoken_of(graph):
    from kg.page import request
    from kg.verbs.view import drawn

    found = find_paths(graph, "body-press", "body-ngo", Options(spoken=True, k=1))
    page = drawn(graph, request.walked(graph, found))
    assert "··· spoke about ··→" in page.html
