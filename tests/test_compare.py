"""Two documents beside each other, and two builds, on cases of a few rows each."""

from itertools import combinations_with_replacement

import pytest
from test_conflicts import CLAIMS, FACT, M, N, built

from kg.analysis.compare import TYPES, compare, text
from kg.analysis.diff import diff
from kg.analysis.diff import text as changes_text
from kg.model.errors import NotFound, UsageError


def rows(folder, claims=(), figures=(), judgements=(), documents=("doc-x", "doc-y")):
    return compare(built(folder, claims, figures, judgements), *documents)


def kinds(found):
    return [r.type for r in found]


def test_each_row_has_its_type(tmp_path):
    found = rows(
        tmp_path,
        claims=[
            *(N, M | {"stance": "denies"}),
            *(N | {"object": "c"}, M | {"object": "c"}),
            N | {"object": "d"},
            M | {"object": "n"},
        ],
    )
    assert [(r.type, r.sentence) for r in found] == [
        ("contradict", "Body A raided Body B"),
        ("agree", "Body A raided Body C"),
        ("only-left", "Body A raided Body D"),
        ("only-right", "Body A raided Body N"),
    ]
    assert all("p. " in sentence for r in found for sentence in (*r.left, *r.right))
    assert all(r.standing for r in found)


def test_left_is_the_left_document_on_whatever_side_it_stands(tmp_path):
    (row,) = rows(tmp_path, claims=[N | {"stance": "denies"}, M])
    assert "denied" in row.left[0]
    assert "asserted" in row.right[0]


@pytest.mark.parametrize(
    ("voice", "why"),
    [("n", "Both have it from Body N."), ("m", "From other voices: Body N; Body M.")],
)
def test_agreeing_by_one_voice_is_said_so(tmp_path, voice, why):
    (row,) = rows(tmp_path, claims=[N, M | {"voice": voice}])
    assert (row.type, row.why) == ("agree", why)


def test_both_that_tell_of_one_dispute_agree(tmp_path):
    denied = [N | {"stance": "denies", "voice": "m"}, M | {"stance": "denies"}]
    (row,) = rows(tmp_path, claims=[N, M | {"voice": "n"}, *denied])
    assert row.type == "agree"
    assert row.why.startswith("Both documents carry both sides.")
    assert (len(row.left), len(row.right)) == (2, 2)


def test_one_that_tells_of_the_dispute_and_one_that_takes_a_side(tmp_path):
    (row,) = rows(tmp_path, claims=[N, N | {"stance": "denies", "voice": "m"}, M | {"voice": "n"}])
    assert row.type == "contradict"
    assert row.why.startswith("One of the documents carries both sides.")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"value": "60"}, ["contradict"]),
        ({"value": "54"}, ["agree"]),
        ({"value": "60", "said": "2022-03"}, ["differ"]),
        ({"value": "60", "scope": "place-irl"}, ["only-left", "only-right"]),
        ({"value": "60", "stance": "announces"}, ["differ"]),
        ({"value": "54.0", "stance": "announces"}, ["differ"]),
        ({"value": "54.0", "stance": "alleges"}, ["agree"]),
        ({"value": "54", "qualifier": "more-than", "stance": "announces"}, ["differ"]),
        ({"value": "54", "from": "2020", "stance": "questions"}, ["differ"]),
        ({"value": "60", "stance": "denies"}, ["differ"]),
    ],
)
def test_numbers(tmp_path, other, expected):
    assert kinds(rows(tmp_path, figures=[N | {"said": "2022-01"}, M | other])) == expected


# A stance with what it amounts to beside another: only what amounts to the same can agree.
MEANS = {
    **dict.fromkeys(("asserts", "alleges"), "for"),
    **dict.fromkeys(("denies", "disputes"), "against"),
    **{stance: stance for stance in ("announces", "questions")},
}


@pytest.fixture(scope="module")
def stances_and_dates(tmp_path_factory):
    """A claim for each two stances and each two dates or shares, told by two documents."""
    besides = [
        *([a, b] for a, b in (("2022", "2022-05"), ("2022-05", "2023"), ("", "2022"))),
        *([a, b] for a, b in (("25", "25.0"), ("25", "30"), ("", "25"))),
    ]
    either = combinations_with_replacement(MEANS, 2)
    found = [(x, y, b) for x, y in either for b in besides]
    bodies = "".join(f"b{i},B{i}\n" for i in range(len(found)))
    claims = []
    for i, (x, y, two) in enumerate(found):
        column = "from" if two[1].startswith("202") else "share"
        sides = zip((x, y), two, ("doc-x", "doc-y"), strict=True)
        for stance, cell, doc in sides:
            row = {"object": f"b{i}", "stance": stance, column: cell, "voice": f"{doc[-1]}-voice"}
            claims.append(FACT | row | {"document": doc})
    with pytest.MonkeyPatch.context() as patch:
        tables = built.__globals__["TABLES"]
        voices = "x-voice,X\ny-voice,Y\n"
        patch.setitem(tables, "bodies", tables["bodies"] + voices + bodies)
        patch.setitem(built.__globals__, "CLAIMS", CLAIMS.strip() + ",share\n")
        graph = built(tmp_path_factory.mktemp("two"), claims, terms=SHARE)
    told = compare(graph, "doc-x", "doc-y")
    shown = {graph.ledger.claim(name).object: r.type for r in told for name in r.claims}
    return [(key, shown[f"b{i}"]) for i, key in enumerate(found)]


SHARE = (
    'kg:share a kg:Quality ; rdfs:label "share"@en ; rdfs:range <http://www.w3.org/2001/XMLSchema#decimal> ;'
    ' kg:column "share" .\n'
)


def test_documents_agree_only_where_stance_date_and_number_go_together(stances_and_dates):
    for (x, y, two), found in stances_and_dates:
        apart = two in (["2022-05", "2023"], ["25", "30"])
        agree = MEANS[x] == MEANS[y] and not apart
        assert (found == "agree") == agree, (x, y, two, found)


def test_announced_and_asserted_dates_that_differ_are_named(tmp_path):
    announced = M | {"stance": "announces", "from": "2022-05"}
    (row,) = rows(tmp_path, claims=[N | {"from": "2022-07"}, announced])
    assert row.type == "differ"
    assert row.why == (
        "Their stances differ: asserts; announces. They give other dates: 2022-07; 2022-05."
    )


def test_what_only_one_says_besides_is_told_where_they_agree(tmp_path):
    asked = M | {"value": "60", "stance": "questions", "voice": "a"}
    (row,) = rows(tmp_path, figures=[N, M | {"stance": "alleges"}, asked])
    assert row.type == "agree"
    assert row.why.endswith(
        "The one alleges it, the other asserts it. Only one of them has besides: questions 60."
    )


def test_other_numbers_are_named(tmp_path):
    other = {"value": "60", "stance": "questions"}
    (row,) = rows(tmp_path, figures=[N | {"value": "54", "unit": "cars"}, M | other])
    assert row.why.endswith(" They speak of other numbers: 54 cars; 60.")


def test_what_was_taken_back_is_no_agreement(tmp_path):
    back = {"stance": "retracts", "said": "2023", "document": "doc-y"}
    assert kinds(rows(tmp_path, claims=[N | {"said": "2022"}, N | back])) == ["differ"]


def test_across_records_that_may_be_one(tmp_path):
    claims = [N | {"from": "2022-10"}, M | {"object": "c", "from": "2023-01"}]
    (row,) = rows(tmp_path, claims, judgements=[("b", "c")])
    assert row.type == "contradict"
    assert len(row.claims) == 2
    assert "unsure" in row.why


def test_a_document_that_was_only_cited_is_compared_by_what_it_is_cited_for(tmp_path):
    claims = [N | {"via": "doc-early"}, M | {"stance": "denies"}]
    found = rows(tmp_path / "a", claims, documents=("doc-early", "doc-y"))
    assert kinds(found) == ["contradict"]
    (row,) = rows(tmp_path / "b", claims[:1], documents=("doc-early", "doc-x"))
    assert (row.type, row.why) == ("agree", "The one cites the other for it.")


def test_what_cannot_be_compared(tmp_path):
    graph = built(tmp_path, claims=[N])
    with pytest.raises(UsageError, match="no document"):
        compare(graph, "a", "doc-x")
    with pytest.raises(UsageError, match="itself"):
        compare(graph, "doc-x", "doc-x")
    with pytest.raises(NotFound):
        compare(graph, "doc-x", "doc-nowhere")


def test_the_terminal_shows_standing_and_places(tmp_path):
    found = rows(tmp_path, claims=[N, M | {"stance": "denies"}, N | {"object": "c"}])
    shown = text(found, ("Document X", "Document Y"), 100)
    assert "contradict (1)" in shown
    assert "only-left (1)" in shown
    assert "contested (opposed by one voice)" in shown
    assert max(map(len, shown.splitlines())) <= 100


# ---------------------------------------------------------------- two builds
def changes(folder, before, after):
    found = diff(built(folder / "before", before), built(folder / "after", after))
    return [(c.change, c.thing) for c in found], found


def test_the_same_rows_have_no_differences(tmp_path):
    assert changes(tmp_path, [N, M], [M | {"locator": "p. 2"}, N | {"locator": "p. 1"}])[1] == []


def test_a_new_denial_is_an_attestation_and_another_standing(tmp_path):
    kinds_, found = changes(tmp_path, [N], [N, M | {"stance": "denies"}])
    assert kinds_ == [("changed", "standing"), ("added", "attestation")]
    assert "uncontested" in found[0].before
    assert "contested (opposed by one voice)" in found[0].after
    assert "Body M denied" in found[1].sentence
    assert "+ asserted by one voice" in changes_text(found, 100)


def test_a_row_that_is_gone_takes_its_claim_with_it(tmp_path):
    kinds_, found = changes(tmp_path, [N, N | {"object": "c"}], [N])
    assert kinds_ == [("removed", "claim"), ("removed", "attestation")]
    assert found[0].sentence == "Body A raided Body C"
    assert (found[0].before, found[0].after) == (
        "asserted by one voice in one document, uncontested",
        "",
    )


def test_entities_and_glosses(tmp_path, monkeypatch):
    def tables(gloss, name, more=""):
        monkeypatch.setitem(
            built.__globals__["TABLES"], "bodies", f"id,name\na,{name}\nb,B\nn,N\n{more}"
        )
        monkeypatch.setitem(built.__globals__, "CLAIMS", CLAIMS.strip() + ",gloss\n")
        return [N | FACT | {"gloss": gloss}]

    old = built(tmp_path / "old", tables("Told so", "Old"))
    new = built(tmp_path / "new", tables("Told otherwise", "New", "z,Z\n"))
    found = diff(old, new)
    assert [(c.change, c.thing, c.id) for c in found][:2] == [
        ("changed", "entity", "a"),
        ("added", "entity", "z"),
    ]
    assert (found[0].before, found[0].after) == ("name: Old", "name: New")
    (gloss,) = (c for c in found if c.thing == "gloss")
    assert (gloss.before, gloss.after) == ("Told so", "Told otherwise")
    assert [c.thing for c in diff(new, old)] == [c.thing for c in found]
    assert [c.change for c in diff(new, old)][1] == "removed"


# ---------------------------------------------------------------- the shipped case
def test_page_and_article_contradict_each_other_where_they_are_known_to(shipped):
    found = compare(shipped, "doc-stations-page", "doc-recruit")
    against = [r for r in found if r.type == "contradict"]
    assert any("raided" in r.sentence for r in against)
    assert any("2001-04" in " ".join(r.right) for r in against)
    assert [TYPES.index(r.type) for r in found] == sorted(TYPES.index(r.type) for r in found)
    mirror = compare(shipped, "doc-recruit", "doc-stations-page")
    assert sum(r.type == "contradict" for r in mirror) == len(against)


def test_a_graph_does_not_differ_from_itself(shipped):
    assert diff(shipped, shipped) == []
