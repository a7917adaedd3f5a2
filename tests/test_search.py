"""Words of passages: where they stand, in any script, with the claim and its evidence."""

from __future__ import annotations

import pytest

from kg.analysis import fulltext
from kg.case.folder import find
from kg.model.errors import UsageError
from kg.store.build import build
from kg.store.lens import Lens

CLAIMS = """\
subject,relation,object,from,to,stance,voice,document,locator,gloss,quote,key
body-fuzhou,operates,station-irl01,2022,,alleges,body-ngo,doc-page,"p. 7, note xii",Listed with its loans,"It «lends» money",d1
body-fuzhou,operates,station-irl01,,,denies,body-state,doc-report,para 2,Calls the loans an error,,
person-lu,visited,place-irl,2022-10-29,,,,doc-report,p. 3,警侨事务海外服务站,정부는 부인했다,
"""
PEOPLE = "id,name,aliases,name_zh\nperson-lu,Lu Jianwang,Harry Lu,卢建旺\n"


@pytest.fixture(scope="module")
def graph(make_case):
    return build(find(make_case(claims=CLAIMS, people=PEOPLE)))[0]


def found(graph, text, lens=None, **options):
    return fulltext.search(graph, lens or Lens(), text, **options)


@pytest.mark.parametrize(
    ("text", "where", "gloss"),
    [
        ("loans error", "gloss", "Calls the loans an error"),
        ("ERROR, loan", "gloss", "Calls the loans an error"),
        ("lends money", "quote", "Listed with its loans"),
        ("note xii", "locator", "Listed with its loans"),
        ("侨事", "gloss", "警侨事务海外服务站"),
        ("海外服务", "gloss", "警侨事务海外服务站"),
        ("정부", "quote", "警侨事务海外服务站"),
        ("建旺", "names", "警侨事务海外服务站"),
        ("harry visited", "names", "警侨事务海外服务站"),
    ],
)
def test_words_are_found_wherever_they_stand(graph, text, where, gloss):
    told = found(graph, text)
    assert told.whole
    assert [(r.where, r.gloss) for r in told.rows] == [(where, gloss)]
    assert all(r.standing.words and r.claim and r.id for r in told.rows)


def test_each_row_has_its_claim_and_evidence(graph):
    (row,) = found(graph, "loans error").rows
    assert row.sentence == "Fuzhou police operates Dublin station"
    assert (row.voice, row.stance, row.side) == ("The embassy", "denies", "against")
    assert (row.document, row.locator) == ("The report", "para 2")
    assert row.standing.status == "Contested"
    text = fulltext.text([row], 80)
    assert "contested (opposed by one voice)" in text
    assert "− The embassy denied: Calls the loans an error — The report, para 2" in text.replace(
        "\n      ", " "
    )


def test_what_stands_in_the_words_themselves_comes_before_names(graph):
    rows = found(graph, "loans").rows
    assert {r.where for r in rows} == {"gloss"}
    assert len(found(graph, "loans", limit=1).rows) == 1
    assert found(graph, "loans", limit=1).more
    assert not found(graph, "loans", limit=2).more


def test_some_of_the_words_are_told_as_such(graph):
    told = found(graph, "error unheard")
    assert not told.whole
    assert [r.gloss for r in told.rows] == ["Calls the loans an error"]
    assert found(graph, "unheard").rows == []
    assert found(graph, "警务").rows == []


def test_a_lens_settles_what_is_found(graph):
    (row,) = found(graph, "loans", Lens(documents=("doc-page",))).rows
    assert row.standing.status == "Uncontested"
    assert found(graph, "error", Lens(documents=("doc-page",))).rows == []


@pytest.mark.parametrize("text", ["", " ", "…", '"', "*"])
def test_without_a_word_nothing_is_looked_for(graph, text):
    with pytest.raises(UsageError, match="look for"):
        found(graph, text)


@pytest.mark.parametrize("text", ['loans" OR "x', "loans*", "loans AND NOT error", "NEAR(loans)"])
def test_what_an_engine_reads_as_its_own_is_words(graph, text):
    found(graph, text)


def test_on_the_command_line(kg, graph):
    from pathlib import Path

    done = kg(Path(graph.out).parent, "search", "loans", "--limit", "1", "--format", "csv")
    assert done.returncode == 0
    assert done.stdout.startswith("where,sentence,status,basis")
    assert "more than these 1" in done.stderr
    assert kg(Path(graph.out).parent, "search", "qqqq").returncode == 1
