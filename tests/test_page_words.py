"""What a page says of itself: how much it shows, what it holds back, through which lens, and in all that is taken away."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import afresh, becomes, expect, now
from sampleview import case, tiny
from test_conflicts import built

from kg.analysis import path_text
from kg.analysis.paths import find_paths
from kg.case.folder import find
from kg.model.standing import STATUSES
from kg.page import render, subgraph
from kg.page.view import View
from kg.store.build import build
from kg.store.lens import Lens
from kg.store.seen_graph import through

HEAD = "subject,relation,object,stance,voice,document,locator,quote\n"
SAID = """ann,met,bob,,,doc-a,p. 1,
bob,arrested,cid,,,doc-a,p. 2,
ann,met,team,,,doc-a,p. 3,
team,met,dan,,,doc-a,p. 4,
ann,met,eve,denies,cid,doc-a,p. 5,
ann,met,fay,announces,ann,doc-a,p. 6,
fay,met,gil,,,doc-b,p. 7,
team,met,crew,,,doc-b,p. 8,
"""
PEOPLE = "id,name\n" + "".join(
    f"{n},{n.title()}\n" for n in ["ann", "bob", "cid", "dan", "eve", "fay", "gil"]
)
TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" ; kg:rank 1 .
my:Team a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "team"@en ; kg:table "teams" ; kg:walked false ; kg:rank 2 .
my:met a kg:Event ; rdfs:label "met"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
my:arrested a kg:Event ; rdfs:label "arrested"@en ; rdfs:domain my:Person ; rdfs:range my:Person ; kg:adverse true .
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("world")
    files = {
        "data/case.toml": 'title = "T"\nbase = "https://example.org/id/"\n',
        "data/people.csv": PEOPLE,
        "data/teams.csv": "id,name\nteam,Team\ncrew,Crew\n",
        "data/documents.csv": "id,name,published\ndoc-a,Doc A,2020-01-10\ndoc-b,Doc B,2021-01-10\n",
        "data/claims.csv": HEAD + SAID,
        "ontology/terms.ttl": TERMS,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return build(find(folder))[0]


@pytest.fixture(scope="module")
def drawn(world: Any) -> View:
    return subgraph.select(world)


@pytest.fixture(scope="module")
def opened(new_tab: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page by its address; each view is opened once."""
    held: list[tuple[View, Any]] = []

    def start(view: View, anchor: str = "") -> Any:
        for other, tab in held:
            if other is view:
                return afresh(tab, anchor)
        path = tmp_path_factory.mktemp("words") / "page.html"
        path.write_text(render.render(view, layout="lanes"), encoding="utf-8")
        tab = new_tab()
        held.append((view, tab))
        tab.goto(f"file://{path}{anchor}")
        tab.wait_for_function("window.kg")
        return tab

    yield start
    for _, tab in held:
        tab.close()


def numbers(words: str, noun: str) -> list[int]:
    """``5 of 9 claims`` as [5, 9]."""
    found = re.search(rf"([\d,]+)(?: of ([\d,]+))? {noun}", words)
    assert found
    first = int(found[1].replace(",", ""))
    return [first, int(found[2].replace(",", "")) if found[2] else first]


def test_what_kinds_that_are_off_hold_back_is_told_and_shown(opened: Any) -> None:
    view = case()
    tab = opened(view, "#kind=bureau%09station")
    status = tab.locator("#status")
    expect(status).to_contain_text("held back")
    shown, held = tab.evaluate("[kg.counts().claims, kg.held()]")
    words = status.inner_text()
    assert shown + held == len(view.claims) and held > 0
    assert numbers(words, "claims") == [shown, len(view.claims)]
    told = [numbers(words, "actors?"), numbers(words, "other entit")]
    assert sum(n for _, n in told) == len(view.nodes)
    off = "bureau, document, group, place, station, topic off"
    assert re.search(rf"Filters: {held} claims held back( \(\d+ disputed\))?: {off}\.", words)
    tab.locator("#held").click()
    becomes(tab, "kg.held()", 0)
    expect(status).to_contain_text(f"{len(view.claims):,} claims")
    expect(status).to_contain_text("No filters.")
    expect(tab.locator("#held")).to_be_hidden()


def test_what_has_no_direction_is_written_without_an_arrow(opened: Any, drawn: View) -> None:
    met = [dataclasses.replace(term, symmetric=term.id == "met") for term in drawn.relations]
    tab = opened(dataclasses.replace(drawn, relations=tuple(met)))
    written = {words for _, words in tab.evaluate("kg.scene().words")}
    assert "met" in {words.partition(",")[0] for words in written}
    pointed = [words for words in written if words.strip("←→↑↓ ") != words]
    assert [words.strip("←→↑↓ ") for words in pointed] == ["arrested"]


def taken(tab: Any) -> dict[str, str]:
    """All that is taken away, as text, by its name."""
    root = ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1])
    written = root.iter("{http://www.w3.org/2000/svg}text")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    return {
        "svg": " ".join(item.text or "" for item in written),
        "csv": tab.evaluate("kg.csv()"),
        "json-ld": json.loads(tab.evaluate("kg.linked()"))["@graph"][0]["text"],
        "footnote": tab.evaluate("kg.footnote()"),
        "print": tab.evaluate("document.getElementById('sheet').textContent"),
    }


@pytest.mark.parametrize("name", ["network", "map", "timeline", "table"])
def test_what_is_taken_away_says_what_it_leaves_out(opened: Any, name: str) -> None:
    tab = opened(case(), f"#tab={name}&as-of=2021&st=Denied")
    for text in taken(tab).values():
        assert "document, group, place, topic off" in text
        assert "true on 2021-12-31" in text and "without status denied" in text
        assert "No filters" not in text and "everything" not in text


def test_a_page_through_a_lens_says_so_in_all_that_is_taken_away(world: Any, opened: Any) -> None:
    tab = opened(subgraph.select(through(world, Lens(documents=("doc-a",)))))
    for text in taken(tab).values():
        assert "document: Doc A" in text
        assert "these documents" not in text and "everything" not in text


def test_a_day_is_not_called_a_choice_of_sources(drawn: View, opened: Any) -> None:
    for anchor, words in (
        ("known-by=2020-12", "known by 2020-12-31"),
        ("said=2020..2020", "said or printed from 2020-01-01 to 2020-12-31"),
        ("voice=doc-b", "among the sources switched on"),
    ):
        tab = opened(drawn, f"#{anchor}&sel=n:gil")
        told = tab.locator("#card .tie")
        expect(told).to_contain_text(words)
        assert ("sources switched on" in told.inner_text()) == ("voice" in anchor)


@pytest.mark.parametrize(
    ("end", "steps"), [("bob", 1), ("cid", 2), ("team", 1), ("dan", 0), ("eve", 0), ("gil", 0)]
)
def test_a_chain_goes_where_a_path_goes_and_says_as_much(
    world: Any, drawn: View, opened: Any, end: str, steps: int
) -> None:
    found = find_paths(world, "ann", end)
    assert [len(path.hops) for path in found[:1]] == ([steps] if steps else [])
    tab = opened(drawn, f"#chain=ann%09{end}")
    card = tab.locator("#card")
    if not found:
        expect(card).to_contain_text("No chain")
        return
    expect(card.locator("section.group")).to_have_count(steps)
    expect(card.locator(".caveat")).to_have_text(path_text.caveat(found))
    adverse = sum(hop.adverse for hop in found[0].hops)
    expect(card.locator("h3", has_text=path_text.AGAINST)).to_have_count(adverse)
    carried = {f"claim/{c.id}" for hop in found[0].hops for c in hop.claims}
    listed = card.locator("details.claim").evaluate_all("all => all.map(d => d.dataset.claim)")
    assert set(listed) == carried


def test_as_many_disputers_are_listed_as_counted(opened: Any) -> None:
    tab = opened(case())
    section = tab.locator("#card section", has_text="Who disputes whom")
    count = int(section.locator("h3 .count").inner_text())
    assert count > 14
    section.get_by_role("button", name=f"Show {count - 14} more").click()
    expect(section.locator("details.claim")).to_have_count(count)


def test_of_a_figure_only_who_gives_the_number_is_disputed(opened: Any, tmp_path: Path) -> None:
    """Who says 17 is not disputed by whoever disputes 41."""
    said = [{"voice": "n", "value": "41"}, {"voice": "m", "value": "17"}]
    said.append({"voice": "d", "value": "41", "stance": "disputes", "document": "doc-y"})
    tab = opened(subgraph.select(through(built(tmp_path, figures=said), Lens())))
    section = tab.locator("#card section", has_text="Who disputes whom")
    expect(section.locator(".chip").first).to_have_text("→ Body N 1")


@pytest.mark.parametrize(("name", "mark"), [("map", "circle"), ("timeline", "line"), ("table", "")])
def test_a_picture_is_of_the_tab_or_says_of_what(opened: Any, name: str, mark: str) -> None:
    tab = opened(case(), f"#tab={name}")
    root = ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1])
    drawn = "{http://www.w3.org/2000/svg}"
    if mark:
        seen = tab.locator(f"#pane-{name} svg:not(.icon) {mark}").count()
        assert len(list(root.iter(drawn + mark))) == seen > 5
    said = " ".join(item.text or "" for item in root.iter(f"{drawn}text"))
    assert ("The picture of the network." in said) == (not mark)
    tab.locator("#tools summary", has_text="Save").click()
    of = "" if mark else " of the network"
    button = tab.get_by_role("button", name=f"PNG picture{of}", exact=True)
    expect(button).to_be_visible()
    with tab.expect_download() as download:
        button.click()
    assert download.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_no_two_statuses_have_the_same_mark(opened: Any) -> None:
    view = tiny()
    claims = tuple(
        dataclasses.replace(c, standing=c.standing._replace(status=status))
        for c, status in zip(view.claims, STATUSES, strict=False)
    )
    tab = opened(dataclasses.replace(view, claims=claims))
    held = tab.locator("#held")
    if now(tab, "!document.getElementById('held').hidden"):
        held.click()
        expect(held).to_be_hidden()
    pictures = tab.locator('ul[aria-label="Status of claims"] svg').evaluate_all(
        "all => all.map(s => s.innerHTML)"
    )
    assert len(set(pictures)) == len(pictures) == len(STATUSES)


def test_a_card_shows_the_passage_with_its_digest(opened: Any) -> None:
    view = tiny()
    claim = view.claims[0]
    row = dataclasses.replace(claim.attestations[0], passage="12-34", digest="ab12cd34")
    claim = dataclasses.replace(claim, attestations=(row, *claim.attestations[1:]))
    tab = opened(
        dataclasses.replace(view, claims=(claim, *view.claims[1:])), f"#sel=c:claim/{claim.id}"
    )
    expect(tab.locator("#card")).to_contain_text("passage 12-34 (digest ab12cd34)")
