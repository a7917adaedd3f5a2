"""Names as people type them: in any order, with titles, with initials, misspelt; what is taken and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import filters, listing, neighbourhood, search
from kg.case.folder import find
from kg.model.errors import Ambiguous, NotFound, UsageError
from kg.store import name_index
from kg.store.build import build
from kg.store.lens import Lens
from kg.text.names import folded
from kg.text.words import asked, dense, held, joined

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
kg:Being a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en , "人物"@zh ; kg:table "beings" .
kg:Office a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "ministry"@en ; kg:table "offices" .
kg:runs a kg:State ; kg:role kg:HoldsOffice ; rdfs:label "is the head of"@en , "领导"@zh ;
    kg:inverseLabel "is headed by"@en ; rdfs:domain kg:Being ; rdfs:range kg:Office .
kg:seats a kg:Measure ; rdfs:label "number of seats"@en ; rdfs:domain kg:Office .
kg:blurb a kg:Attribute ; kg:role kg:Description ; rdfs:label "description"@en ; kg:column "about" ;
    rdfs:domain kg:Being ; rdfs:range xsd:string .
"""
BEINGS = """\
id,name,aliases,name_zh,about
b1,Wopke Hoekstra,,,Foreign minister of the Netherlands
b2,Joseph Wu,,吴钊燮,Foreign minister of Taiwan
b3,Robert Smith,J. R. Smith,,
b4,Roberta Smythe,,,
b9,Сергій Мельник,Serhiy Melnik | Serhii Melnyk,,
"""
OFFICES = """\
id,name,aliases
o1,Federal Bureau of Investigation,FBI
o2,Foreign Affairs of Ireland,
o3,Foreign Affairs Review,
o4,수정구 구청,해양수산부
o5,임수정,
"""
CLAIMS = "subject,relation,object,document,locator\nb3,runs,o1,d1,p. 1\n"
FIGURES = "subject,measure,value,document,locator\no1,seats,7,d1,p. 2\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("find")
    (folder / "ontology").mkdir()
    (folder / "ontology" / "t.ttl").write_text(TERMS, encoding="utf-8")
    tables = {"beings": BEINGS, "offices": OFFICES, "claims": CLAIMS, "figures": FIGURES}
    tables["documents"] = "id,name\nd1,A page on the FBI\n"
    (folder / "data").mkdir()
    (folder / "data" / "case.toml").write_text(
        'title = "Names"\nbase = "https://example.org/id/"\n', encoding="utf-8"
    )
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    return build(find(folder))[0]


@pytest.mark.parametrize(
    ("text", "first", "match"),
    [
        ("Foreign minister Wopke Hoekstra", "b1", "title"),
        ("Hoekstra, Wopke", "b1", "part"),
        ("Wopke Hoekstra, foreign minister", "b1", "title"),
        ("Mr Wopke Hoekstra", "b1", "exact"),
        ("Serhii Melnik", "b9", "part"),
        ("Excellency Hoekstra", "b1", "some"),
        ("W. Hoekstra", "b1", "part"),
        ("F.B.I.", "o1", "folded"),
        ("F. B. I.", "o1", "folded"),
        ("JR Smith", "b3", "folded"),
        ("Wopke Hokstra", "b1", "near"),
        ("吴钊", "b2", "part"),
        ("ministry Ireland", "o2", "title"),
        ("Robert Smith Bureau of Investigation", "b3", "title"),
        ("oekstr", "b1", "part"),
    ],
)
def test_forms_of_a_name_find_it_first(graph, text, first, match):
    rows = search.find(graph, text)
    assert (rows[0].id, rows[0].match) == (first, match)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A given name as people are called by it, though another name begins so, and one sign.
        ("수정", ["o4", "o5"]),
        ("임수정", ["o5"]),
        ("정", ["o4", "o5"]),
        ("수산부", ["o4"]),
        ("수산", ["o4"]),
    ],
)
def test_any_part_of_a_korean_name_finds_it(graph, text, found):
    assert sorted(r.id for r in search.find(graph, text)) == found


def test_words_that_many_have_count_less(shipped):
    assert search.find(shipped, "the FBI")[0].id == "agency-fbi"
    with pytest.raises(Ambiguous) as several:
        shipped.find("the FBI")
    assert "agency-fbi" in {id_ for id_, _ in several.value.matches}


def test_near_spellings_are_told_only_where_nothing_else_fits(graph):
    assert [r.id for r in search.find(graph, "Smith")] == ["b3"]
    assert {r.match for r in search.find(graph, "Smithe")} == {"near"}
    assert search.find(graph, "qqqq") == []


def test_a_class_in_the_question_is_preferred(shipped):
    rows = search.find(shipped, "Chinese foreign ministry", limit=1)
    assert [r.id for r in rows] == ["ministry-foreign-chn"]


def test_a_rare_word_tells_more_than_a_common_one(graph):
    assert [r.id for r in search.find(graph, "unheard foreign Hoekstra")] == ["b1"]


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_the_limit_bounds_what_comes(graph, limit):
    found = search.find(graph, "foreign", limit=limit)
    assert len(found) == (limit or len(search.find(graph, "foreign", limit=100)))


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("hoekstra", "b1"),
        ("Foreign minister Hoekstra", "b1"),
        ("Robert Smith, Federal Bureau of Investigation", "b3"),
        ("F.B.I.", "o1"),
    ],
)
def test_words_are_taken_where_one_record_alone_has_them_and_told(graph, text, taken):
    told = []
    graph.say, graph._taken = told.append, set()
    assert graph.find(text) == taken
    assert graph.find(text) == taken
    assert told == ([] if text == "F.B.I." else [told[0]])
    assert all(f"({taken})" in line for line in told)


def test_several_records_with_all_words_are_asked_back(graph):
    with pytest.raises(Ambiguous) as several:
        graph.find("foreign affairs")
    assert {id_ for id_, _ in several.value.matches} == {"o2", "o3"}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Hokstra", "b1"),
        # A part of a word, a word too many, and titles alone take nobody.
        ("Hoekst", "b1"),
        ("Doctor Hoekstra", "b1"),
        ("Taiwan", "b2"),
    ],
)
def test_what_is_only_alike_is_listed_and_not_taken(graph, text, near):
    with pytest.raises(NotFound) as told:
        graph.find(text)
    assert near in {id_ for id_, _ in told.value.near}


@pytest.mark.parametrize(
    "word", ["runs", "is the head of", "IS THE HEAD OF", "领导", "is headed by"]
)
def test_a_relation_is_known_by_its_labels(graph, word):
    assert [c.relation for c in listing.claims(graph, Lens(), relation=word)] == ["runs"]
    assert [n.id for n in neighbourhood.neighbors(graph, "b3", Lens(), relation=word)] == ["o1"]


def test_measures_and_classes_are_known_by_their_labels(graph):
    assert [f.value for f in listing.figures(graph, Lens(), measure="Number of seats")] == ["7"]
    assert [c.relation for c in listing.claims(graph, Lens(), relation="number of seats")] == [
        "seats"
    ]
    assert {r.id for r in search.find(graph, "foreign", kind="人物")} == {"b1", "b2"}
    with pytest.raises(UsageError, match="is the head of"):
        filters.relation_of(graph.terms, "is the hed of")


def test_words_of_scripts_without_spaces_are_pairs_of_letters():
    assert asked("警侨事务") == ["警侨", "侨事", "事务"]
    assert {*asked("警侨")} <= {*held("福州警侨事务")}
    assert dense("警侨")
    assert not dense("fuzhou")
    assert joined("f b i office") == "fbi office"


@given(st.text(max_size=12), st.text(max_size=6))
def test_what_stands_in_a_text_is_held_by_its_index(text, more):
    here = folded(text)
    for word in here.split():
        assert {*asked(word)} <= {*held(f"{here} {folded(more)}")}


@pytest.mark.parametrize("text", ["foreign", "Robert Smith", "Smith", "Foreign minister Hoekstra"])
@pytest.mark.parametrize("kind", ["", "person"])
def test_of_what_is_too_much_to_be_ranked_the_shortest_names_come_first(
    graph, monkeypatch, text, kind
):
    whole = search.find(graph, text, kind=kind)
    monkeypatch.setattr(name_index, "_RANKED", 0)
    assert search.find(graph, text, kind=kind) == whole
    monkeypatch.setattr(name_index, "_POOL", 1)
    few = search.find(graph, text, kind=kind, limit=1)
    assert few[0].id == whole[0].id
