from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.case.folder import find
from kg.model.errors import Ambiguous, NotFound
from kg.store.build import build
from kg.text.names import folded
from kg.text.untrusted import one_line, shown, suspicious

ANY = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Magnus  FISKESJÖ", "magnus fiskesjo"),
        ("Lu-Jianwang", "Lu Jianwang"),
        ("“Overseas”", "overseas"),
        ("ｋｇ１１０", "kg110"),
        ("Straße", "STRASSE"),
        ("ﬁre", "fire"),
        ("e\u0301", "é"),
        ("snake_case", "snake case"),
    ],
)
def test_names_alike_fold_to_one(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("陆建旺", "陆建王"), ("海外110", "海外"), ("a", "b"), ("!", "?")]
)
def test_names_apart_stay_apart(one, other):
    assert folded(one) != folded(other)


@given(ANY)
def test_folding_leaves_nothing_at_the_ends(text):
    assert folded(text) == folded(text).strip()


@given(st.text("abcé海 -’“[]/", max_size=20))
def test_ordinary_text_is_shown_as_it_is(text):
    assert shown(text) == one_line(text) == text
    assert suspicious(text) == ""


# ------------------------------------------------------------------ what finds an entity


@pytest.fixture(scope="module")
def graph(make_case):
    people = "id,name,aliases,name_zh\nperson-lu,Lu Jianwang,Harry Lu | H. Lu,盧建旺\n"
    people += "person-a,Twin,,\nperson-b,twin,,\n"
    return build(find(make_case(people=people)))[0]


@pytest.fixture(scope="module")
def ledger(graph):
    return graph.ledger


@pytest.mark.parametrize("text", ["person-lu", "id:person-lu", "HARRY LU", "h lu", "盧建旺"])
def test_an_id_a_name_or_an_alias_finds(ledger, text):
    assert ledger.find(text) == "person-lu"


def test_two_of_one_name_are_both_told(ledger):
    with pytest.raises(Ambiguous) as error:
        ledger.find("TWIN")
    assert [m[0] for m in error.value.matches] == ["person-a", "person-b"]


def test_what_is_spelt_alike_is_told(graph):
    with pytest.raises(NotFound) as error:
        graph.find("Harry Lou")
    assert ("person-lu", "Lu Jianwang") in error.value.near
