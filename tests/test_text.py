from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.builder import build
from kg.case import find
from kg.errors import Ambiguous, NotFound
from kg.text import folded, mixed_scripts, one_line, shown, suspicious

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
def test_composed_and_decomposed_fold_alike(text):
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


@given(ANY)
def test_folding_leaves_nothing_at_the_ends(text):
    assert folded(text) == folded(text).strip()


@given(st.text("abcé海 -’“[]/", max_size=20))
def test_ordinary_text_is_shown_as_it_is(text):
    assert shown(text) == one_line(text) == text
    assert suspicious(text) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [("Lu", ""), ("陆", ""), ("L\u202eu", "\\u202e"), ("L\u200b\u2066u\u200b", "\\u200b \\u2066")],
)
def test_suspicious(text, told):
    assert suspicious(text) == told


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Jianwang", False),
        ("Ji\u0430nwang", True),
        ("Αlpha", True),
        ("Москва", False),
        ("Москва Moscow", False),
        ("海外110 Overseas", False),
        ("Fiskesjö", False),
    ],
)
def test_scripts_mixed_in_one_word(text, mixed):
    assert mixed_scripts(text) is mixed


# ------------------------------------------------------------------ what finds an entity

NAMES = ["Fiskesjö", "Ångström Ｇｒｏｕｐ", "陆建旺", "Ḍấkuwñà", "“110 Overseas”", "각하"]


@pytest.fixture(scope="module")
def ledger(make_case):
    people = "id,name,aliases,name_zh\nperson-lu,Lu Jianwang,Harry Lu | H. Lu,盧建旺\n"
    people += "person-a,Twin,,\nperson-b,twin,,\n"
    people += "".join(f"p-{i},{name},,\n" for i, name in enumerate(NAMES))
    return build(find(make_case(people=people)))[0].ledger


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_every_form_of_a_name_finds_it(ledger, form, place):
    assert ledger.find(unicodedata.normalize(form, NAMES[place])) == f"p-{place}"


@given(st.lists(st.text(st.characters(categories=["L", "M"]), min_size=1), min_size=9, max_size=9))
def test_both_forms_find_the_same(ledger, texts):
    for text in texts:
        answers = []
        for form in ("NFC", "NFD"):
            try:
                answers.append(ledger.find(unicodedata.normalize(form, text)))
            except (NotFound, Ambiguous) as error:
                answers.append(type(error))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("text", ["person-lu", "id:person-lu", "HARRY LU", "h lu", "盧建旺"])
def test_an_id_a_name_or_an_alias_finds(ledger, text):
    assert ledger.find(text) == "person-lu"


def test_two_of_one_name_are_both_told(ledger):
    with pytest.raises(Ambiguous) as error:
        ledger.find("TWIN")
    assert [m[0] for m in error.value.matches] == ["person-a", "person-b"]


def test_what_is_spelt_alike_is_told(ledger):
    with pytest.raises(NotFound) as error:
        ledger.find("Harry Lou")
    assert ("person-lu", "Lu Jianwang") in error.value.near
