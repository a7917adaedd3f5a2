"""The page compares names as the library does."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_folding import ALIKE

from kg.case.folder import find
from kg.page import payload, render, subgraph
from kg.store.build import build
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


PEOPLE = """\
Владимир Путин|Ірина Ковальчук|Γιώργος Παπαδόπουλος|محمد بن سلمان|Magnus Fiskesjö|Đặng Thị Mai
İbrahim Şahin|יוסף כהן|राम कुमार|สมชาย ใจดี|김정은|アルバート|გიორგი|Արամ Խաչատրյան|王静|Olga O’Neil
Vladimir Putin|Giorgos Papas|Tanaka Taro|Kim Jong-un|Søren Kjær"""
ASKED = """\
Путин|Putin|Вла|Ирина|Ковальчук|Kovalchuk|papadopoulos|Παπαδοπουλος|ΓΙΩΡΓΟΣ|Γκιόργος|Βλαντίμιρ|محمد
سلمان|mohammed|fiskesjo|Фискесё|dang thi mai|ibrahim sahin|יוסף|yosef|राम|ram|สมชาย|somchai|김|김정은
kim|アルバ|タナカ|たなか|გიორგი|Γιώργο|Aram|王|静|王静|wang|ولاديمير|فلاديمير|푸틴|Վլադիմիր|ვლადიმერ
व्लादिमीर|ウラジーミル|אולגה|ოლგა|올가|ኦልጋ|Όλγα|oneil|o'neil|سورن|Сёрен|Zürich"""


def test_a_page_finds_names_of_any_script_by_any_other_as_the_command_does(
    new_tab, make_case, tmp_path
):
    people = [name for line in PEOPLE.splitlines() for name in line.split("|")]
    rows = "".join(f"p{i},{name}\n" for i, name in enumerate(people))
    met = "".join(f"p{i},visited,place-irl,doc-page,p. {i}\n" for i in range(len(people)))
    folder = make_case(
        people=f"id,name\nperson-lu,Lu\n{rows}",
        claims=f"subject,relation,object,document,locator\n{met}",
    )
    graph, path = build(find(folder))[0], tmp_path / "page.html"
    path.write_text(render.render(subgraph.select(graph)), encoding="utf-8", newline="\n")
    asked = [text for line in ASKED.splitlines() for text in line.split("|")]
    tab = new_tab()
    tab.goto(f"file://{path}")
    tab.wait_for_function("window.kg")
    drawn, found = tab.evaluate("all => [kg.known(), all.map(kg.found)]", asked)
    tab.close()
    index = graph.ledger.names
    told = [[h.entity for h in index.hits(text, limit=0) if h.entity in drawn] for text in asked]
    assert [ids[:4] for ids in found] == [ids[:4] for ids in told]
    assert sum(map(bool, told)) > 40
