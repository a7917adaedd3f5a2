"""What is odd is told by kind, and can be switched off; tests/bad/odd-* hold the cases of each kind."""

import pytest

from kg.case import folder as cases
from kg.case.plausibility import KINDS, key
from kg.store.build import build
from kg.store.check import check

HEAD = "subject,relation,object,from,document,locator\n"
ODD = HEAD + "body-fuzhou,operates,station-irl01,2202,doc-page,row 1\n"
TWINS = "id,name,class\nbody-fuzhou,Fuzhou,\nbody-ngo,NGO,Ngo\nbody-state,State,\nbody-a,Ocean AG,\nbody-b,OCEAN,\n"


@pytest.fixture
def make(make_case):
    def make_it(said="", **tables):
        folder = make_case(**tables)
        (folder / "data" / "case.toml").write_text(f'base = "https://example.org/id/"\n{said}')
        return cases.find(folder)

    return make_it


def kinds(case):
    return [p.kind for p in check(case).problems]


def test_each_kind_is_switched_off_by_its_name(make):
    assert kinds(make(claims=ODD, bodies=TWINS)) == ["far-year", "alike"]
    assert kinds(make('[check]\nquiet = ["far-year"]', claims=ODD, bodies=TWINS)) == ["alike"]
    every = ", ".join(f'"{kind}"' for kind in KINDS)
    assert kinds(make(f"[check]\nquiet = [{every}]", claims=ODD, bodies=TWINS)) == []


def test_the_kind_is_printed_and_a_graph_is_built(make):
    case = make(claims=ODD)
    assert str(check(case).problems[0]).endswith(" [far-year]")
    graph, _ = build(case)
    assert graph.manifest["warnings"][0].endswith(" [far-year]")


@pytest.mark.parametrize(
    "judged",
    [
        "kind,left,right,reason\ndifferent,body-a,body-b,Two countries\n",
        "kind,left,right,reason\nsame,body-a,body-b,One seat\n",
    ],
)
def test_what_was_judged_is_not_told_again(make, judged):
    assert (
        kinds(make('[check]\nquiet = ["beyond-document"]', bodies=TWINS, judgements=judged)) == []
    )


def test_an_unusual_pair_of_classes_is_told_once_it_is_one_of_many(make):
    def visits(many):
        rows = "".join(f"person-lu,visited,place-irl,2021,doc-page,row {i}\n" for i in range(many))
        return HEAD + rows + "person-lu,visited,body-ngo,2021,doc-page,row x\n"

    assert kinds(make(claims=visits(20))) == []
    found = check(make(claims=visits(60))).problems
    assert [str(p) for p in found] == [
        "claims.csv, row 62, column object: visited from a Person to a Body, once in 61 rows; expected "
        "as mostly, from a Person to a Place [unusual-class]"
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Oceanic Trading Ltd", "OCEANIC TRADING LIMITED", True),
        ("Société Générale S.A.", "Societe Generale", True),
        ("Société Générale SA", "Societe Generale", True),
        ("Müller GmbH & Co. KG", "Müller", True),
        ("Co Ltd", "Co", True),
        ("Ltd", "Limited", False),
        ("中国银行", "中国工商银行", False),
    ],
)
def test_names_that_differ_in_nothing_that_matters(one, other, same):
    assert (key(one) == key(other)) is same
