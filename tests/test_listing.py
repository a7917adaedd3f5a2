"""Lists over a case of a dozen rows: what a filter picks, and that no row loses its standing."""

from __future__ import annotations

import asking
import pytest

from kg.analysis import listing
from kg.analysis.filters import Wanted, undated
from kg.case.folder import find
from kg.model.errors import NotFound, UsageError
from kg.store.build import build
from kg.store.graph import open_graph
from kg.store.lens import Lens, asked
from kg.text.locators import Wish

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
person-lu,visited,place-irl,2022-10-29,,,,,,,doc-report,p. 3,,trip
person-lu,visited,place-world,2022-10-30,,,,,,@trip,doc-reply,p. 2,,
person-lu,visited,station-irl01,,,,,,,,doc-report,p. 4,,
body-state,owns,body-fuzhou,?,,denies,,,2023-01-01,,doc-page,p. 9,,
body-state,owns,body-ngo,2019,2020,announces,,,,,doc-page,p. 9,,
body-ngo,owns,body-fuzhou,2021,2021-06,,,,,,doc-report,p. 5,,
body-ngo,owns,body-fuzhou,2020,2020,,,,,,doc-page,p. 6,,
body-ngo,owns,body-fuzhou,,,denies,body-state,,2023-01-01,,doc-page,p. 7,,
"""
FIGURES = """\
subject,measure,value,unit,qualifier,scope,stance,voice,document,locator
body-fuzhou,stationCount,102,stations,at-least,place-world,,,doc-report,p. 5
body-fuzhou,stationCount,54,stations,,place-world,,,doc-page,para 1
body-fuzhou,stationCount,7,stations,,place-world,disputes,body-state,doc-page,para 2
"""
OPERATES = "Fuzhou police operates Dublin station"


@pytest.fixture(scope="module")
def graph(make_case, kg):
    folder = make_case(documents=DOCUMENTS, claims=CLAIMS, figures=FIGURES)
    done = kg(folder, "build")
    assert done.returncode == 0, done.stderr
    return open_graph(folder / "out")


def sentences(rows):
    return [r.sentence for r in rows]


def test_a_claim_has_both_sides_and_its_standing(graph):
    (row,) = listing.claims(graph, CLEAR, relation="operates")
    assert row.sentence == OPERATES
    assert row.standing[:5] == (
        "Contested",
        "Alleged",
        1,
        1,
        1,
    )
    assert (row.by, row.against, row.sources) == (("The NGO",), ("The embassy",), ("A page",))
    assert (row.period, row.earliest) == (("since 2016",), "2016-01-01")
    assert (
        row.standing.words
        == "alleged by one voice in one document, contested (opposed by one voice)"
    )


def test_what_another_voice_puts_in_its_place_is_against(graph):
    (row,) = listing.claims(graph, CLEAR, relation="visited", object="place-irl")
    assert (row.standing.status, row.against) == ("Contested", ("A reply",))


def test_a_lens_hides_what_it_does_not_let_pass(graph):
    (row,) = listing.claims(graph, Lens(documents=("doc-report",)), object="place-irl")
    assert (row.standing.status, row.against) == ("Uncontested", ())


def test_a_figure_shows_only_the_numbers_put_forward(graph):
    (row,) = listing.claims(graph, CLEAR, relation="stationCount")
    assert row.values == ("54 stations", "at least 102 stations")
    assert row.against == ("The embassy",)


def test_voice_document_and_stance_are_of_one_attestation(graph):
    held = listing.claims(graph, CLEAR, voice="body-state", stance="denies")
    assert sentences(held) == [OPERATES, "The NGO owns Fuzhou police"]
    assert not listing.claims(graph, CLEAR, voice="body-ngo", stance="denies")
    assert not listing.claims(graph, CLEAR, voice="body-state", document="doc-report")


def test_an_entity_is_either_end_and_a_scope(graph):
    rows = listing.claims(graph, CLEAR, entity="place-world")
    assert sentences(rows) == [
        "Lu Jianwang visited The world",
        "The number of stations of Fuzhou police (The world)",
    ]
    assert not listing.claims(graph, CLEAR, subject="place-world")


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2022-10-29", "2022-10-29", ["operates", "place-irl"]),
        ("2022-10-30", "2022-10-30", ["operates", "place-world"]),
        ("", "2015", []),
        ("", "2016", ["operates"]),
        # The state that began in 2016 goes on; the two that ended do not.
        ("2030", "", ["operates"]),
        ("2020-02", "2020-03", ["operates", "body-fuzhou", "body-ngo"]),
        ("2021-07", "2022", ["operates", "place-irl", "place-world"]),
    ],
)
def test_a_span_of_days_finds_what_may_have_been_then(graph, since, until, found):
    rows = listing.claims(graph, CLEAR, since=since, until=until)
    marks = {r.relation if r.relation == "operates" else r.object for r in rows}
    assert marks == set(found)


def test_what_a_span_leaves_out_for_want_of_a_date_is_counted(graph):
    wanted = Wanted(relation="visited", since="2022-10-30")
    rows = listing.claims(graph, CLEAR, relation="visited", since="2022-10-30")
    assert len(rows) == 1
    assert undated(graph, CLEAR, wanted) == 1


def test_an_undated_denial_stays_beside_the_dated_assertion(graph):
    rows = listing.attestations(graph, CLEAR, relation="operates", since="2016", until="2016")
    assert [(r.side, r.voice, r.stance) for r in rows] == [
        ("for", "The NGO", "alleges"),
        ("against", "The embassy", "denies"),
    ]
    first, second = rows
    assert (first.via, first.period, first.gloss) == (("“The source”",), "since 2016", "Listed")
    assert (second.said, second.locator) == ("2022-12-22", "para 2")
    assert {r.standing.words for r in rows} == {
        "alleged by one voice in one document, contested (opposed by one voice)"
    }


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"relation": "operate"}, "did you mean “operates”"),
        ({"stance": "deny"}, "did you mean “denies”"),
        ({"since": "yesterday"}, "since yesterday: expected a date as 2022"),
        ({"until": "?"}, "until [?]: expected a day"),
        ({"since": "2023", "until": "2022"}, "after"),
    ],
)
def test_a_filter_that_is_none_is_refused(graph, filters, said):
    for listed in (listing.claims, listing.attestations):
        with pytest.raises(UsageError, match=said):
            listed(graph, CLEAR, **filters)


def test_an_unknown_id_is_not_an_empty_list(graph):
    for filters in ({"entity": "body-x"}, {"document": "doc-x"}, {"voice": "body-x"}):
        with pytest.raises(NotFound):
            listing.claims(graph, CLEAR, **filters)


def test_a_figure_row_says_whether_its_number_is_given_or_rejected(graph):
    rows = listing.figures(graph, CLEAR)
    assert [(r.stance, r.value, r.side) for r in rows] == [
        ("asserts", "at least 102 stations", "for"),
        ("asserts", "54 stations", "for"),
        ("disputes", "7 stations", "against"),
    ]
    assert {(r.measure, r.scope, r.standing.status) for r in rows} == {
        ("number of stations", "The world", "Contested")
    }
    assert len(listing.figures(graph, CLEAR, document="doc-report")) == 1
    with pytest.raises(UsageError, match="no measure"):
        listing.figures(graph, CLEAR, measure="operates")


def test_the_words_for_a_terminal_keep_standing_and_both_sides(graph):
    written = listing.text(listing.claims(graph, CLEAR, relation="operates"), 100)
    assert written.splitlines() == [
        f"• {OPERATES}",
        "  alleged by one voice in one document, contested (opposed by one voice)",
        "    + The NGO (since 2016)",
        "    − The embassy",
        "    in A page",
    ]
    spoken = listing.text(listing.attestations(graph, CLEAR, relation="operates"), 100)
    assert "The embassy denied that Fuzhou police operates Dublin station" in spoken


def test_the_shipped_ledger_is_listed_whole(shipped):
    rows = listing.claims(shipped, CLEAR)
    said = listing.attestations(shipped, CLEAR)
    counts = shipped.manifest["counts"]
    assert (len(rows), len(said)) == (counts["claims"], counts["attestations"])
    assert all(r.standing.words and r.sources for r in rows)
    for row in rows:
        assert (len(row.by), len(row.against)) == (row.standing.voices, row.standing.opposing), (
            row.sentence
        )


def test_what_was_taken_back_is_listed_with_the_documents_that_say_so(make_case):
    head = "subject,relation,object,stance,voice,said,document,locator\n"
    row = "body-fuzhou,operates,station-irl01,{},body-ngo,{},{},p. 1\n"
    claims = head + row.format("alleges", "2022", "doc-page")
    claims += row.format("retracts", "2023", "doc-reply")
    folder = make_case(documents=DOCUMENTS, claims=claims)
    graph, _ = build(find(folder))
    (row,) = listing.claims(graph, CLEAR, relation="operates")
    assert (row.by, row.against) == ((), ())
    assert row.sources == ("A page", "A reply")
    assert not any(line.strip() == "in" for line in listing.text([row], 80).splitlines())


def test_stances_and_statuses_are_known_in_the_languages_of_the_ontology(graph):
    assert listing.claims(graph, CLEAR, stance="否认") == listing.claims(
        graph, CLEAR, stance="denies"
    )
    assert asked(graph, status=["有争议", "open"]).statuses == ("Contested", "Open")
    assert asked(graph, basis=["仅指称"]).bases == ("Alleged",)
    with pytest.raises(UsageError, match="expected one of Asserted"):
        asked(graph, basis=["否认"])


def test_what_only_one_document_speaks_of(graph):
    assert sentences(listing.claims(graph, CLEAR, only="doc-report")) == [
        "Lu Jianwang visited Dublin station",
    ]
    # Each has a word on the trip: the reply put another place in its stead.
    assert "Lu Jianwang visited The world" in sentences(
        listing.claims(graph, CLEAR, only="doc-reply")
    )
    # The claim of the source is another document's, which draws on it alone.
    assert sentences(listing.claims(graph, CLEAR, only="doc-source")) == []
    chosen = Lens(documents=("doc-report", "doc-source"))
    assert len(listing.claims(graph, chosen, only="doc-report")) == 4
    assert not listing.figures(graph, CLEAR, only="doc-report")
    with pytest.raises(UsageError, match="no document"):
        listing.claims(graph, CLEAR, only="body-ngo")


def test_a_place_in_a_document_is_asked_for_in_parts(graph):
    rows = listing.attestations(graph, CLEAR, locator="page 9")
    assert [(r.document_id, r.locator) for r in rows] == [("doc-page", "p. 9")] * 2
    (figure,) = listing.figures(graph, CLEAR, locator="paragraph 2", document="doc-page")
    assert figure.stated == "disputes 7 stations"
    assert sentences(listing.claims(graph, CLEAR, locator="row 1")) == [
        "Dublin station lies in Ireland",
        OPERATES,
    ]


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("p. 12", "pp. 10-14"),
        ("page 113", "pp. 112-14"),
        ("note 5", "Context errors, para 2, and note v"),
        ("Context errors, para 2", "Context errors, para 2, and note v"),
        ("n. vi", "note vi (Chinese) and note iv (translation)"),
        ("row AUS01", "Locations, row AUS01"),
        ("aus01", "Locations, row AUS01"),
        ("notes", "footnote 3"),
        ("paras 4-6", "para 5; also in the box"),
        ("p. 12", "第12页"),
        ("§ 4", "§§ 3-5"),
        ("update 2022-11-19", "Biography, and Update 2022-11-19"),
        ("slide 3", "slides 2 and 3"),
    ],
)
def test_a_locator_has_the_part_that_is_asked_for(asked, held):
    assert Wish(asked).met(held)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("p. 12", "p. 120"),
        ("p. 12", "para 12"),
        ("note 5", "note vi"),
        ("row AUS01", "row AUS02"),
        ("note", "para 3"),
        ("Context errors, para 3", "Context errors, para 2"),
        ("Fact errors, para 2", "Context errors, para 2"),
        ("update 2022-11-19", "Update 2022-11-20"),
        ("", "p. 1"),
    ],
)
def test_a_locator_lacks_it(asked, held):
    assert not Wish(asked).met(held)


def test_who_only_asks_or_announces_is_not_listed_as_for_it(make_case, capsys):
    rows = (
        "body-ngo,operates,station-irl01,questions,body-ngo,doc-page,p. 1\n"
        "body-state,operates,station-irl01,announces,body-state,doc-page,p. 2\n"
        "body-fuzhou,operates,station-irl01,alleges,body-ngo,doc-page,p. 3\n"
    )
    head = "subject,relation,object,stance,voice,document,locator\n"
    folder = make_case(claims=head + rows, figures="subject,measure,value,document,locator\n")
    assert asking.run("build", folder) == 0
    for verb, words in (
        ("claims", ()),
        ("neighbors", ("station-irl01",)),
        ("timeline", ("station-irl01",)),
    ):
        capsys.readouterr()
        assert asking.run(verb, folder, *words) == 0
        told = [line for line in capsys.readouterr().out.splitlines() if line[:4] == "    "]
        assert sorted(line[4] for line in told if "NGO" in line or "embassy" in line) == [
            "+",
            "?",
            "?",
        ], verb
