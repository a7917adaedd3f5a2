"""A name is found whether its letters are typed whole or in parts.

Fault: a table, or the person who asks, writes “é” as one character (NFC) or as two (NFD).
Seen: the same answer; how many cells hold letters in parts is told; exit code 0.
Kept: every cell as it was typed; ids are ASCII.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.case.folder import find
from kg.model.errors import Ambiguous, NotFound
from kg.store.build import build
from kg.text.names import folded

ANY = st.text(st.characters(exclude_categories=[]))
NAMES = ["Fiskesjö", "Ångström Ｇｒｏｕｐ", "陆建旺", "Ḍấkuwñà", "“110 Overseas”", "각하"]


@given(ANY)
def test_both_forms_fold_alike(text):
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


@pytest.fixture(scope="module")
def ledger(make_case):
    people = "id,name,aliases,name_zh\nperson-lu,Lu Jianwang,Harry Lu | H. Lu,盧建旺\n"
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


def test_a_cell_stays_as_typed_and_such_cells_are_counted(make_case, complain):
    parts, whole = "Fiskesjo\u0308", "Fiskesjö"
    people = f"id,name,aliases\nperson-lu,{parts},{whole} | {parts}\np-b,{whole},\np-c,{parts},\n"
    folder = make_case(people=people)
    told = [line for line in complain(folder) if not line.endswith("[alike]")]
    assert told == [
        "warning: people.csv: 3 cells with letters in parts (NFD); expected whole letters (NFC); "
        "they are kept as they are, and found in either form"
    ]
    held = build(find(folder))[0].ledger
    assert held.entity("person-lu").name == parts
    assert held.entity("p-b").name == whole


@pytest.mark.parametrize(
    "ident", ["person-é", "person-e\u0301", "person-а", "Person", "a_b", "a--b", "海"]
)
def test_an_id_is_ascii(make_case, complain, ident):
    found = complain(make_case(people=f"id,name\nperson-lu,Lu\n{ident},X\n"))
    assert any("row 3, column id: " in line and "lower-case letters" in line for line in found)
