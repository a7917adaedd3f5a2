"""Evidence in one step: what any printed id opens, quotes and glosses, numbers with their stance."""

import json

import pytest

from kg.analysis import listing
from kg.analysis.claim_evidence import named, opened
from kg.case import folder as cases
from kg.model.errors import Ambiguous, NotFound
from kg.store.build import build
from kg.store.lens import Lens
from kg.text.formats import Guard
from kg.text.phrases import quoted
from kg.verbs import answer_of
from kg.verbs import named as verb
from kg.verbs.place import Place

CLAIMS = (
    "subject,relation,object,stance,voice,via,document,locator,gloss,passage,passage_digest,quote\n"
    f"body-fuzhou,operates,station-irl01,alleges,body-ngo,doc-report,doc-page,row 1,In a list,"
    f"10-40,sha256:{'0' * 64},Réseau à Dublin\n"
    "body-fuzhou,operates,station-irl01,denies,body-state,,doc-page,para 2,Calls it wrong,,,\n"
)
FIGURES = (
    "subject,measure,value,unit,stance,voice,said,document,locator\n"
    "body-fuzhou,stationCount,50,,,body-ngo,,doc-page,p. 1\n"
    "body-fuzhou,stationCount,60,,denies,body-state,,doc-page,p. 2\n"
    "body-ngo,stationCount,50,Stations,,body-ngo,2020,doc-page,p. 1\n"
    "body-ngo,stationCount,50,station,,body-state,2020,doc-report,p. 2\n"
    "body-ngo,stationCount,60,stations,,body-ngo,2021,doc-page,p. 3\n"
    "body-ngo,stationCount,60,stations,retracts,body-ngo,2022,doc-page,p. 4\n"
)
DOCUMENTS = (
    "id,name,authors,publisher,published,language\n"
    "doc-page,A page,,,2022-12,fr\n"
    "doc-report,The report,body-ngo,body-state,2022-09-12,\n"
)


@pytest.fixture(scope="module")
def graph(make_case):
    return build(cases.find(make_case(claims=CLAIMS, figures=FIGURES, documents=DOCUMENTS)))[0]


def told(graph, name, form="text", /, **given):
    return answer_of(verb(name), Place(".", graph), given).write(form, 200, Guard())


def test_every_printed_hash_opens_its_claim(graph):
    (row,) = listing.claims(graph, Lens(), relation="operates")
    for said in (row.id, row.id[:6], f"claim/{row.id}", *(p.id for p in row.evidence)):
        assert opened(graph, graph, said).claim.id == row.id
    text = told(graph, "show", name=row.id[:8])
    for word in (
        "The NGO alleged",
        "10-40 sha256:000",
        "doc-page < doc-report < body-ngo",
        "row 1",
    ):
        assert word in text
    assert row.id in text and all(p.id in text for p in row.evidence)


@pytest.mark.parametrize("form", ["json", "markdown", "html"])
def test_a_claim_is_shown_in_every_format(graph, form):
    (row,) = listing.claims(graph, Lens(), relation="operates")
    text = told(graph, "show", form, name=row.id)
    assert "Calls it wrong" in text and "Réseau à Dublin" in text
    if form == "json":
        (first, _) = json.loads(text)["claim"]["spoken"]
        assert (first["passage"], first["quote"]) == ("10-40", "Réseau à Dublin")
        assert first["chain"] == ["doc-page < doc-report < body-ngo"]


def test_what_is_no_hash_is_a_name(graph):
    assert named("abc12") == named("station-irl01") == named("zzzzzz") == ""
    with pytest.raises(NotFound):
        opened(graph, graph, "000000")
    with pytest.raises(NotFound, match="nothing is called"):
        told(graph, "show", name="no such thing")


def test_a_short_hash_of_two_claims_is_ambiguous(graph, monkeypatch):
    monkeypatch.setattr(
        type(graph.ledger), "opened", lambda *_: [c.id for c in graph.ledger.claims()]
    )
    with pytest.raises(Ambiguous, match=r"names \d+ things"):
        opened(graph, graph, "abcdef")


def test_a_quote_is_in_quotation_marks_and_a_gloss_is_not(graph):
    for form in ("text", "markdown", "html"):
        text = told(graph, "show", form, name="body-fuzhou")
        assert "«Réseau à Dublin»" in text
        assert "In a list" in text and "“In a list" not in text
    rows = told(graph, "claims", rows=True, entity="station-irl01")
    assert "«Réseau à Dublin»" in rows


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("", "“x”"),
        ("en-GB", "“x”"),
        ("de-AT", "„x“"),
        ("zh-Hant", "「x」"),
        ("zh", "“x”"),
        ("xx", "“x”"),
    ],
)
def test_the_marks_of_a_language(language, marks):
    assert quoted("x", language) == marks


def test_rows_and_figures_carry_their_evidence(graph):
    rows = listing.attestations(graph, Lens(), relation="operates")
    assert [(r.passage, r.digest[:8], r.quote) for r in rows] == [
        ("10-40", "sha256:0", "Réseau à Dublin"),
        ("", "", ""),
    ]
    (claim,) = json.loads(told(graph, "claims", "json", relation="operates"))
    assert claim["evidence"][0]["digest"].startswith("sha256:0")
    path = told(graph, "path", "json", start="body-fuzhou", end="station-irl01")
    assert "10-40" in path and "Réseau" in path


def test_a_number_is_never_without_its_stance(graph):
    found = listing.figures(graph, Lens())
    assert [f.stated for f in found] == [
        "asserts 50",
        "denies 60",
        "asserts 50 Stations",
        "asserts 50 station",
        "asserts 60 stations, taken back",
        "retracts 60 stations",
    ]
    text = told(graph, "figures", entity="body-fuzhou")
    assert "denies 60" in text and "asserts 50" in text


def test_numbers_for_and_against_are_kept_apart(graph):
    own, other = listing.claims(graph, Lens(), relation="stationCount")
    assert (own.values, own.values_opposed) == (("50",), ("60",))
    assert own.standing.words.endswith("; opposed: 60")
    # However the unit is spelt, 50 is 50, and what was taken back is not given.
    assert other.values == ("50 Stations",)
    assert "given" not in other.standing.words


def test_an_author_and_a_publisher_have_their_documents(graph):
    for name in ("body-ngo", "body-state"):
        assert "Documents of its own (1)\n  The report (doc-report)" in told(
            graph, "show", name=name
        )
