"""Gaps, over a case in which every kind of gap stands once."""

from __future__ import annotations

import pytest

from kg.analysis import gaps
from kg.model.errors import NotFound, UsageError
from kg.store.graph import open_graph
from kg.store.lens import Lens

CLEAR = Lens()
DOCUMENTS = """\
id,name,authors,published
doc-page,A page,,
doc-report,The report,body-ngo,2022-09-12
doc-reply,A reply,,2023-02-01
doc-source,The source,,
"""
CLAIMS = """\
subject,relation,object,from,to,stance,voice,via,said,instead_of,document,locator,gloss,passage,key
body-fuzhou,operates,station-irl01,2016,,alleges,body-ngo,doc-source,,,doc-page,row 1,,0-5,
body-fuzhou,operates,station-irl01,,,denies,body-state,,2022-12-22,,doc-page,para 2,,6-9,
person-lu,visited,place-irl,2022-10-29,,,,,,,doc-report,p. 3,,0-4,
person-lu,visited,place-irl,2022-10-29,,,body-state,,,,doc-page,p. 3,,0-4,
person-lu,visited,station-irl01,,,,,,,,doc-report,p. 4,,5-9,
person-lu,visited,place-world,?,,,,,,,doc-report,p. 4,,5-9,
body-state,owns,body-fuzhou,,,denies,,,2023-01-01,,doc-page,p. 9,,10-12,
body-state,owns,body-ngo,,,announces,,,,,doc-page,p. 9,,,
"""
FIGURES = """\
subject,measure,value,scope,document,locator,passage
body-fuzhou,stationCount,54,place-world,doc-report,p. 5,0-4
"""


@pytest.fixture(scope="module")
def build(make_case, kg):
    def made(**tables):
        folder = make_case(**({"documents": DOCUMENTS, "figures": FIGURES} | tables))
        done = kg(folder, "build")
        assert done.returncode == 0, done.stderr
        return open_graph(folder / "out")

    return made


@pytest.fixture(scope="module")
def graph(build):
    return build(claims=CLAIMS)


def held(graph, kind, lens=CLEAR):
    return [g.sentence for g in gaps.gaps(graph, lens, kind=kind)]


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        ("disputed-unanswered", ["Fuzhou police operates Dublin station"]),
        ("denied-only", ["The embassy owns Fuzhou police"]),
        ("alleged-only", ["Fuzhou police operates Dublin station"]),
        ("no-date", ["Lu Jianwang visited Dublin station"]),
        ("undated-document", ["A page"]),
        ("unread-document", ["The source"]),
    ],
)
def test_a_gap_is_found_once(graph, kind, sentences):
    assert held(graph, kind) == sentences


def test_what_rests_on_one_voice_is_listed_weakest_first(graph):
    assert held(graph, "single-voice") == [
        "Fuzhou police operates Dublin station",
        "Dublin station lies in Ireland",
        "Lu Jianwang visited Dublin station",
        "Lu Jianwang visited The world",
        "The number of stations of Fuzhou police (The world)",
    ]


def test_a_single_voice_names_what_to_read(graph):
    (gap,) = (g for g in gaps.gaps(graph, CLEAR, kind="single-voice") if "operates" in g.sentence)
    assert gap.detail == "rests on The NGO alone"
    assert gap.closes == "a voice that does not draw on The NGO; not read yet: “The source”"
    assert (
        gap.standing.words
        == "alleged by one voice in one document, contested (opposed by one voice)"
    )


def test_repeating_a_voice_does_not_close_the_gap(build):
    again = "body-fuzhou,operates,station-irl01,,,alleges,body-ngo,,,,doc-reply,p. 1,,0-4,\n"
    graph = build(claims=CLAIMS + again)
    gap = next(g for g in gaps.gaps(graph, CLEAR, kind="single-voice") if g.standing.documents == 2)
    assert gap.detail == "rests on The NGO alone, repeated in two documents"


def test_a_voice_on_itself_is_said_to_be_that(build):
    row = "body-ngo,owns,body-fuzhou,,,,body-ngo,,,,doc-reply,p. 1,,0-4,\n"
    found = gaps.gaps(build(claims=CLAIMS + row), CLEAR, kind="single-voice")
    (detail,) = (g.detail for g in found if g.sentence == "The NGO owns Fuzhou police")
    assert detail.endswith("which speaks of itself here")


def test_an_event_without_a_date_tells_by_when_it_was_told(graph):
    (gap,) = gaps.gaps(graph, CLEAR, kind="no-date")
    assert gap.detail.endswith("; told of no later than 2022-09-12")


def test_an_attestation_without_a_passage_is_named_by_its_place(graph):
    found = gaps.gaps(graph, CLEAR, kind="no-passage")
    details = {g.sentence: g.detail for g in found}
    assert details["The embassy owns The NGO"] == "one attestation without: A page, p. 9"
    # The station's own table has no passage in this case either.
    assert set(details) == {"The embassy owns The NGO", "Dublin station lies in Ireland"}


REMARK = "doc-reply,disputes,@no,,,,,,,,doc-reply,p. 1,,0-4,\n"
LATER = "body-fuzhou,operates,station-irl01,,,,body-ngo,,2023-01-05,,doc-reply,p. 1,,5-9,\n"
INSTEAD = "body-state,owns,body-ngo,,,,,,,@no,doc-reply,p. 1,,5-9,\n"


@pytest.mark.parametrize("row", [REMARK, LATER, INSTEAD], ids=["remark", "later", "instead"])
def test_an_answer_closes_the_dispute(build, row):
    keyed = CLAIMS.replace("para 2,,6-9,\n", "para 2,,6-9,no\n")
    assert not held(build(claims=keyed + row), "disputed-unanswered")


def test_a_remark_of_the_one_who_denied_is_no_answer(build):
    keyed = CLAIMS.replace("para 2,,6-9,\n", "para 2,,6-9,no\n")
    row = "body-state,disputes,@no,,,,body-state,,,,doc-reply,p. 1,,0-4,\n"
    assert held(build(claims=keyed + row), "disputed-unanswered")


def test_gaps_are_those_that_the_lens_shows(graph):
    lens = Lens(documents=("doc-report",))
    assert {g.gap for g in gaps.gaps(graph, lens)} == {"single-voice", "no-date"}
    assert held(graph, "single-voice", lens)[0] == "Lu Jianwang visited Dublin station"


def test_gaps_of_one_entity(graph):
    found = gaps.gaps(graph, CLEAR, entity="person-lu", kind="single-voice")
    assert len(found) == 2
    with pytest.raises(NotFound):
        gaps.gaps(graph, CLEAR, entity="person-x")
    with pytest.raises(UsageError, match="did you mean “no-date”"):
        gaps.gaps(graph, CLEAR, kind="no-dates")


def test_the_words_for_a_terminal_count_what_they_leave_out(graph):
    found = gaps.gaps(graph, CLEAR)
    written = gaps.text(found, 100, each=1)
    assert "single-voice (5)\n  • Fuzhou police operates Dublin station\n" in written
    assert "  … and 4 more\n" in written
    assert "more" not in gaps.text(found, 100, each=0)


def test_the_shipped_gaps_each_say_what_would_close_them(shipped):
    found = gaps.gaps(shipped, CLEAR)
    assert {g.gap for g in found} >= {"single-voice", "disputed-unanswered", "undated-document"}
    assert all(g.detail and g.closes for g in found)
    assert all(g.standing.words or g.gap.endswith("-document") for g in found)
    first = next(g for g in found if g.gap == "unread-document")
    assert first.id == "report-patrol-and-persuade"


def test_of_a_figure_whoever_gives_the_number_that_is_opposed_has_to_answer(build):
    rows = (
        "subject,measure,value,scope,stance,voice,document,locator\n"
        "body-fuzhou,stationCount,54,place-world,,body-ngo,doc-page,p. 5\n"
        "body-fuzhou,stationCount,20,place-world,,person-lu,doc-page,p. 6\n"
        "body-fuzhou,stationCount,54,place-world,denies,body-state,doc-page,p. 7\n"
    )
    found = gaps.gaps(build(figures=rows, claims=CLAIMS.partition("\n")[0] + "\n"), CLEAR)
    (gap,) = (g for g in found if g.gap == "disputed-unanswered")
    assert "Lu" not in gap.closes and gap.closes.startswith("what ")
