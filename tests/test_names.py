"""What is found by a name, a part of one or a misspelling, and in which order."""

from __future__ import annotations

import pytest

from kg.analysis import search
from kg.model.errors import UsageError
from kg.store.graph import open_graph

PEOPLE = """\
id,name,aliases,name_zh
person-lu,Lu Jianwang,Harry Lu,卢建旺
person-lu-old,The man in the leaflet,,
person-long,Longer Lu Jianwang Smith,,
"""
JUDGEMENTS = """\
left,right,kind,reason,by,date
person-lu,person-lu-old,same,the leaflet has his photograph,editor,2024-01-01
"""


@pytest.fixture(scope="module")
def graph(make_case, kg):
    folder = make_case(people=PEOPLE, judgements=JUDGEMENTS)
    done = kg(folder, "build")
    assert done.returncode == 0, done.stderr
    return open_graph(folder / "out")


@pytest.mark.parametrize(
    ("text", "match", "found"),
    [
        ("harry lu", "exact", ["person-lu"]),
        ("卢建旺", "exact", ["person-lu"]),
        ("建旺", "part", ["person-lu"]),
        ("IRL01", "exact", ["station-irl01"]),
        ("https://example.org/id/station-irl01", "exact", ["station-irl01"]),
        ("Jianwang Lu", "part", ["person-lu", "person-long"]),
        ("the man in the leaflet", "exact", ["person-lu"]),
        ("Jianwnag", "near", ["person-lu", "person-long"]),
        ("qqqq", "", []),
    ],
)
def test_a_name_is_found_whole_in_part_or_spelt_alike(graph, text, match, found):
    rows = search.find(graph, text)
    assert [r.id for r in rows] == found
    assert {r.match for r in rows} == ({match} - {""})


def test_the_whole_name_comes_before_longer_ones(graph):
    rows = search.find(graph, "lu jianwang")
    assert [(r.id, r.match) for r in rows] == [("person-lu", "exact"), ("person-long", "part")]
    assert len(search.find(graph, "lu jianwang", limit=1)) == 1


def test_a_kind_takes_narrower_classes_with_it(graph):
    assert [r.id for r in search.find(graph, "the", kind="Body")] == ["body-ngo", "body-state"]
    assert [r.kind for r in search.find(graph, "the", kind="Ngo")] == ["NGO"]
    with pytest.raises(UsageError, match="Ngo"):
        search.find(graph, "the", kind="Ng")
    with pytest.raises(UsageError, match="look for"):
        search.find(graph, " ")


def test_the_shipped_case_finds_its_bureau(shipped):
    first = search.find(shipped, "福州警方")[0]
    assert (first.id, first.match, first.matched) == ("bureau-fuzhou", "exact", "福州警方")
    assert search.find(shipped, "Fiskesjo Magnus")[0].id == "person-magnus-fiskesjoe"
