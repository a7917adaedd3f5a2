"""A page for every eye, window and hand: zoom, right-to-left names, frames, all tabs by the rules of axe."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import axe_playwright_python
import pytest
from browsing import becomes, expect, now, settled
from sampleview import tiny
from test_page import around, few, overlaps

from kg.model.standing import Standing
from kg.page import render
from kg.page.view import View, ViewAttestation, ViewClaim, ViewNode, ViewPath, ViewStep

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
HEBREW = "שר החוץ של המדינה הגדולה במערב התיכון"
ARABIC = "وزارة الشؤون الخارجية للدولة الكبيرة في الشمال"


def disputed(rows: int, columns: int) -> View:
    """So many disputed claims between as many voices as columns; each claim has three of them."""
    nodes = tuple(ViewNode(f"n{i}", f"Actor {i}", "person") for i in range(rows + 1))
    claims = []
    for i in range(rows):
        said = [
            ((i + k * 7) % columns, stance)
            for k, stance in enumerate(("asserts", "denies", "alleges"))
        ]
        made = tuple(
            ViewAttestation(
                f"a{i}-{voice}", f"Voice {voice} {stance} it.", stance, "against" if stance == "denies" else "for",
                f"v{voice}", f"Voice {voice}", (), f"doc-{voice}", "1", "",
            )
            for voice, stance in said
        )  # fmt: skip
        claims.append(
            ViewClaim(
                f"c{i}", f"n{i}", "linkedTo", f"n{i + 1}", f"Actor {i + 1}", f"Actor {i} linked to Actor {i + 1}",
                Standing("Contested", "Asserted", 2, 2, 1, sides=2, opposing_sides=1, words="contested"), made,
            )
        )  # fmt: skip
    return dataclasses.replace(tiny(), nodes=nodes, claims=tuple(claims), documents=())


def rightward() -> View:
    """Few actors, two with names that are read from the right."""
    names = {"b": HEBREW, "c": ARABIC}
    view = few()
    nodes = tuple(dataclasses.replace(n, name=names.get(n.id, n.name)) for n in view.nodes)
    claims = tuple(
        dataclasses.replace(c, object_text=names.get(c.object, c.object_text)) for c in view.claims
    )
    return dataclasses.replace(view, nodes=nodes, claims=claims)


def between() -> View:
    """A claim between two names that are read from the right."""
    (claim,) = (c for c in few().claims if (c.subject, c.object) == ("b", "a"))
    said = {"id": "ba", "object_text": "שתיים", "sentence": "אחד linkedTo שתיים"}
    nodes = (ViewNode("b", "אחד", "person"), ViewNode("a", "שתיים", "person"))
    return dataclasses.replace(few(), nodes=nodes, claims=(dataclasses.replace(claim, **said),))


def spoken() -> View:
    """A path whose second hop no claim draws."""
    (claim,) = (c for c in few().claims if (c.subject, c.object) == ("b", "a"))
    hops = (("Ann to the office", (claim.id,)), ("Zed speaks about the office", ()))
    path = ViewPath(("a", "b", "z"), hops, "2 hops, cost 1.00", (("z", "b", "speech"),))
    return dataclasses.replace(
        few(), claims=(claim,), paths=(path,), highlight=path.nodes, note="A caveat."
    )


def told() -> View:
    """A story in two steps."""
    claim = tiny().claims[0]
    says = (("What the first claim says.", (claim.id,), claim.standing.status),)
    steps = (ViewStep("They met", "", says), ViewStep("As a matrix", "tab=matrix", says))
    return dataclasses.replace(tiny(), story=steps, story_title="Two steps")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    folder = tmp_path_factory.mktemp("senses")
    made: dict[str, Path] = {}

    def write(name: str, view: Callable[[], View], embed: bool = False) -> Path:
        if name not in made:
            made[name] = folder / f"{name}.html"
            made[name].write_text(render.render(view(), embed=embed), encoding="utf-8")
        return made[name]

    return write


@pytest.fixture(scope="module")
def opened(new_tab: Any, written: Any) -> Iterator[Any]:
    tabs = []

    def start(name: str, view: Any, anchor: str = "", size: tuple[int, int] = (1440, 900)) -> Any:
        tab = new_tab(*size)
        tabs.append(tab)
        tab.goto(f"{written(name, view).as_uri()}{anchor}")
        tab.wait_for_function("window.kg")
        return tab

    yield start
    for tab in tabs:
        tab.close()


@pytest.fixture(scope="module")
def judged(new_tab: Any, written: Any) -> Iterator[Any]:
    """What axe finds in a state of a page."""
    tabs: dict[str, Any] = {}

    def judge(name: str, view: Any, state: str) -> list[tuple[str, str]]:
        if name not in tabs:
            tabs[name] = new_tab(bypass_csp=True)
            tabs[name].goto(written(name, view).as_uri())
            tabs[name].evaluate(AXE.read_text(encoding="utf-8"))
        tab = tabs[name]
        tab.evaluate("state => kg.address(state)", state)
        settled(tab)
        found = tab.evaluate("axe.run('#picture, #card, #left', { resultTypes: ['violations'] })")
        assert len(found["passes"]) > 5
        return [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]

    yield judge
    for tab in tabs.values():
        tab.close()


@pytest.mark.parametrize(
    ("name", "view", "state"),
    [
        ("matrix", lambda: disputed(12, 8), "tab=matrix&dark=0"),
        ("matrix", lambda: disputed(12, 8), "tab=matrix&dark=1&sel=c:claim/c3"),
        ("matrix", lambda: disputed(12, 8), "dark=1"),
        ("told", told, "step=1&dark=0"),
        ("told", told, "step=2&tab=matrix&dark=1"),
    ],
)
def test_axe_finds_nothing_in_matrix_strip_and_story(
    judged: Any, name: str, view: Any, state: str
) -> None:
    assert judged(name, view, state) == []


def test_at_200_percent_everything_is_there_and_nothing_is_wider(opened: Any) -> None:
    # A window of 1440 by 900 at 200 % has 720 by 450 of the page's pixels.
    tab = opened("tiny", tiny, "", (720, 450))
    for name in ("network", "map", "timeline", "table"):
        tab.locator(f"#tab-{name}").click()
        expect(tab.locator(f"#pane-{name}")).to_be_visible()
        assert now(tab, "document.documentElement.scrollWidth") <= 720
    tab.locator("#tab-network").click()
    expect(tab.locator("#stage")).to_be_visible()
    assert now(tab, "document.querySelector('#stage').clientHeight") > 200
    assert now(tab, "kg.scene().named") > 3
    sizes = """() => [...document.querySelectorAll("button, select, summary, p, li, h2, h3")]
        .filter(one => one.offsetParent).map(one => parseFloat(getComputedStyle(one).fontSize))"""
    assert min(tab.evaluate(sizes)) >= 11
    tab.locator("#more").click()
    expect(tab.locator("#filters")).to_be_visible()
    tab.locator("#card").scroll_into_view_if_needed()
    expect(tab.locator("#card h2").first).to_be_visible()


def test_names_from_the_right_are_set_so_and_cut_at_their_left(opened: Any) -> None:
    tab = opened("rightward", rightward)
    root = ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1])
    texts = [t for t in root.iter("{http://www.w3.org/2000/svg}text") if t.text]
    right = {t.text for t in texts if t.get("direction") == "rtl"}
    assert any(t.split()[0] in HEBREW for t in right) and any(t.split()[0] in ARABIC for t in right)
    assert not any(t.isascii() for t in right)
    assert overlaps(tab) == 0
    tab.evaluate("kg.address('sel=n:b')")
    heading = tab.locator("#card h2")
    expect(heading).to_have_text(HEBREW)
    # The first letter stands at the right edge of its line.
    first, last = heading.evaluate(
        """h => [0, 4].map(at => { const range = document.createRange(), text = document.createTreeWalker(h, 4).nextNode();
            range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect().x; })"""
    )
    assert first > last


def test_who_did_it_stands_before_whom_in_every_script(opened: Any) -> None:
    tab = opened("between", between)
    for address, place in (("sel=c:claim/ba", "#card h2"), ("sel=n:b", "#card .claim summary + p")):
        tab.evaluate("address => kg.address(address)", address)
        told = tab.locator(place).first
        expect(told).to_have_text("אחד linkedTo שתיים")
        told.evaluate("p => { const claim = p.closest('details'); if (claim) claim.open = true; }")
        who, whom = told.evaluate(
            """h => { const text = document.createTreeWalker(h, 4).nextNode(), range = document.createRange();
                return [0, text.data.length - 1].map(at => { range.setStart(text, at); range.setEnd(text, at + 1);
                return range.getBoundingClientRect().x; }); }"""
        )
        assert 0 < who < whom


def test_a_page_lives_in_a_frame(new_tab: Any, written: Any, tmp_path: Path) -> None:
    inner = written("embedded", around, embed=True)
    outer = tmp_path / "article.html"
    outer.write_text(
        '<!doctype html><html lang="en"><title>Article</title><h1>An article</h1>'
        f'<iframe title="Network" width="700" height="480" sandbox="allow-scripts" src="{inner.as_uri()}"></iframe>',
        encoding="utf-8",
    )
    tab = new_tab(1000, 700)
    errors: list[str] = []
    tab.on("pageerror", lambda e: errors.append(str(e)))
    tab.goto(outer.as_uri())
    frame = tab.frame_locator("iframe")
    expect(frame.locator("#canvas")).to_be_visible()
    expect(frame.locator("#left")).to_be_hidden()
    expect(frame.locator("#card h2")).to_have_text("Harbour Club")
    frame.locator("#tab-table").click()
    expect(frame.locator("#pane-table tbody tr").first).to_be_visible()
    frame.locator("#pane-table tbody button.rel").first.click()
    expect(frame.locator("#card .att").first).to_be_visible()
    assert errors == [] and tab.title() == "Article"
    tab.close()


def test_a_hop_that_is_no_tie_is_drawn_with_dots_from_who_speaks(opened: Any) -> None:
    tab = opened("spoken", spoken)
    (line,) = (one for one in tab.evaluate("kg.scene().lines") if one["id"].startswith("speech"))
    assert (line["from"], line["to"]) == ("z", "b")
    assert dict(tab.evaluate("kg.scene().words"))[line["id"]].strip("←→↑↓ ") == "spoke about"
    # It is no claim: neither counted nor taken away.
    expect(tab.locator("#status")).to_contain_text("1 claim (1 as lines)")
    assert "spoke about" not in tab.evaluate("kg.csv()")
    box = tab.locator("#canvas").bounding_box()
    tab.keyboard.press("Escape")
    becomes(tab, "kg.state().path", "")
    tab.mouse.click(box["x"] + line["x"], box["y"] + line["y"])
    becomes(tab, "kg.state().path", "1")


def test_a_step_of_a_story_draws_what_it_speaks_of(opened: Any) -> None:
    view = tiny()
    calm = next(
        c
        for c in view.claims
        if c.standing.status == "Uncontested" and c.object and c.object != c.subject
    )
    loud = next(c for c in view.claims if c.standing.status == "Contested" and c.object)

    def story() -> View:
        steps = tuple(ViewStep("Step", "", (("A sentence.", (c.id,), ""),)) for c in (calm, loud))
        return dataclasses.replace(view, story=steps, story_title="Two steps")

    tab = opened("steps", story)
    lines = [line["id"] for line in tab.evaluate("kg.scene().lines")]
    assert tab.evaluate("kg.mode()") == "step" and lines == [f"claim/{calm.id}"]
    tab.locator("[data-key=step-next]").click()
    becomes(tab, "kg.mode()", "dispute")
    assert f"claim/{loud.id}" in [line["id"] for line in now(tab, "kg.scene().lines")]


def test_a_matrix_of_200_claims_and_60_voices_is_whole(opened: Any) -> None:
    tab = opened("wide", lambda: disputed(200, 60), "#tab=matrix")
    expect(tab.locator("#pane-matrix tbody tr")).to_have_count(200)
    expect(tab.locator("#pane-matrix thead th")).to_have_count(61)
    expect(tab.locator("#pane-matrix td button")).to_have_count(600)
    # One listener serves all cells, and an empty one has nothing in it.
    assert tab.evaluate("document.querySelectorAll('#pane-matrix *').length") < 17_000
    last = tab.locator("#pane-matrix td button").last
    last.focus()
    tab.keyboard.press("ArrowUp")
    becomes(tab, "document.activeElement.dataset.at !== undefined", True)
    columns, rows, _ = now(tab, "kg.matrix()")
    assert len(columns) == 60 and len(rows) == 200
