"""The page compares names as the library does."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_folding import ALIKE

from kg.page import payload
from kg.text import names

SCRIPT = Path(payload.__file__).parent / "templates" / "folding.js"
NAMES = [
    *(name for line in ALIKE.splitlines() for name in line.partition(": ")[2].split(" = ")),
    *("F.B.I.", "Ħ–x", "", " ", "…", "१२३ ٤٥", "राम", "रूम", "মাতা", "ดู", "й", "が", "か"),
    *("盧建旺", "卢建旺", "海外110", "r‍্য", "র‍্যাব", "র্যাব", "𝟘𝟙𝟜", "𝔉𝔅ℑ", "ẞß", "ŉ", "ﬁ", "ΣΑΣ"),
]


@pytest.fixture(scope="module")
def page(new_tab):
    tab = new_tab()
    tab.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield tab
    tab.close()


def test_a_name_is_folded_alike_in_the_page(page):
    tables = names.tables({c for name in NAMES for c in name})
    asked = "([tables, names]) => names.map(makeFold(tables))"
    assert page.evaluate(asked, [tables, NAMES]) == [names.folded(name) for name in NAMES]


def test_a_page_without_han_characters_carries_none_of_them():
    assert names.tables({"a", "ж"})["han"] == []
    assert [0x76E7, "卢"] in names.tables({"卢"})["han"]
    assert len(names.tables({"卢"})["han"]) < 10
