"""Pages in a real browser, opened from disk: offline, inert, readable, walkable."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sampleview import HOSTILE, case, large, small

from kg import page
from kg.views import View

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium to open pages in")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as run:
        made = run.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    views: dict[str, View] = {
        "case": case(), "small": small(), "hostile": case(hostile=True), "large": large(2000),
    }  # fmt: skip
    made = {}
    for name, view in views.items():
        made[name] = folder / f"{name}.html"
        made[name].write_text(page.render(view), encoding="utf-8", newline="\n")
    return made


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Open]:
    """Opens a page; at the end no request and no message may have been seen."""
    contexts = []
    requests: list[str] = []
    messages: list[str] = []

    def start(name: str = "case", anchor: str = "", size: tuple[int, int] = (1440, 900)) -> Any:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        tab = context.new_page()
        address = f"file://{files[name]}"
        tab.on("request", lambda r: requests.append(r.url))
        # Chromium names a request and only then refuses it.
        tab.on("requestfailed", lambda r: r.failure == "csp" and requests.remove(r.url))
        tab.on("console", lambda m: messages.append(m.text))
        tab.on("pageerror", lambda e: messages.append(str(e)))
        tab.goto(address + anchor)
        tab.wait_for_function("window.kg && kg.scene().nodes.length + kg.counts().groups >= 0")
        return tab

    start.messages = messages  # type: ignore[attr-defined]
    yield start
    for context in contexts:
        context.close()
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len([url for url in requests if url.startswith("file:")]) == len(contexts)
    assert messages == []


def centre(tab: Any, ident: str) -> tuple[float, float]:
    x, y = tab.evaluate(
        """id => {
            const node = kg.scene().nodes.find(node => node.id === id);
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [node.x + box.x, node.y + box.y];
        }""",
        ident,
    )
    return x, y


def overlaps(tab: Any) -> int:
    boxes = tab.evaluate("kg.scene().boxes")
    return sum(
        a[0] < b[2] - 1e-6 and b[0] < a[2] - 1e-6 and a[1] < b[3] - 1e-6 and b[1] < a[3] - 1e-6
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
    )


def test_the_same_view_gives_the_same_bytes(files: dict[str, Path]) -> None:
    assert page.render(case()).encode() == files["case"].read_bytes()


def test_the_text_names_no_outside_address_but_the_sources(files: dict[str, Path]) -> None:
    text = files["case"].read_text(encoding="utf-8")
    assert not re.findall(r"<(?:link|iframe|img|object|embed|base)\b", text)
    assert not re.findall(r"""\s(?:src|srcset|action)=["']?\w""", text)
    assert "url(" not in text and "@import" not in text


@pytest.mark.parametrize("layout", ["lanes", "cells", "links"])
@pytest.mark.parametrize("name", ["small", "case"])
def test_names_do_not_overlap_and_nearly_all_are_there(
    opened: Open, name: str, layout: str
) -> None:
    tab = opened(name, f"#layout={layout}")
    scene = tab.evaluate("kg.scene()")
    assert overlaps(tab) == 0
    assert scene["named"] >= 0.85 * scene["wanted"] > 80
    assert min(node["r"] for node in scene["nodes"]) >= 6.5


def test_a_click_on_an_actor_opens_its_card(opened: Open) -> None:
    tab = opened()
    tab.mouse.click(*centre(tab, "bureau-qingtian"))
    card = tab.locator("#card")
    assert card.locator("h2").inner_text().startswith("Qingtian County Public Security Bureau")
    assert card.locator("bdi[lang=zh-Hans]").first.inner_text() == "青田县公安局"
    first = card.locator("details.claim").first
    first.locator("summary").click()
    assert "voices" in first.locator(".chip").inner_text()
    assert first.locator(".side.for .att").count() >= 1
    assert tab.url.endswith("#sel=n%3Abureau-qingtian")
    tab.keyboard.press("Escape")
    assert card.locator("h2").inner_text() == "Nothing selected"


def test_a_click_on_a_line_opens_its_claim_with_both_sides(opened: Open) -> None:
    claim = next(
        c for c in case().claims if c.status == "Contested" and c.relation == "operates"
    )
    tab = opened("case", f"#sel=c:{claim.id}")
    assert tab.locator("#card h2").inner_text() == claim.sentence
    assert tab.locator("#card .side.for .att").count() >= 1
    assert tab.locator("#card .side.against .att").count() == 1
    assert claim.standing in tab.locator("#card .chip").first.inner_text()
    line = tab.evaluate("id => kg.scene().lines.find(line => line.id === id)", claim.id)
    tab.keyboard.press("Escape")
    box = tab.locator("#canvas").bounding_box()
    tab.mouse.click(box["x"] + line["x"], box["y"] + line["y"])
    assert tab.locator("#card .kind").first.inner_text().startswith(("claim", "figure"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("viña", "Viña del Mar"), ("vina", "Viña del Mar"), ("青田", "Qingtian"), ("mao ning", "Mao"),
     ("CHL12", "Viña"), ("bureau-laiyang", "Laiyang"), ("Article 58", "Article 58")],
)  # fmt: skip
def test_find_takes_any_part_of_any_name(opened: Open, typed: str, name: str) -> None:
    tab = opened()
    tab.keyboard.press("/")
    tab.keyboard.type(typed)
    assert 1 <= tab.locator("#hits [role=option]").count() <= 12
    tab.keyboard.press("Enter")
    assert name in tab.locator("#card h2").inner_text()


def test_the_legend_filters(opened: Open) -> None:
    tab = opened()
    before = tab.evaluate("kg.counts()")
    tab.locator('[data-key="kind-station"]').uncheck()
    after = tab.evaluate("kg.counts()")
    assert before["nodes"] - after["nodes"] == 75 and after["lines"] < before["lines"]
    tab.locator('[data-key="st-Contested"]').uncheck()
    assert tab.evaluate("kg.counts()")["claims"] < after["claims"]
    assert "without status contested" in tab.locator("#status").inner_text()
    again = opened("case", "#" + tab.url.split("#")[1])
    assert again.evaluate("kg.counts()") == tab.evaluate("kg.counts()")


def test_hostile_text_is_text(opened: Open) -> None:
    tab = opened("hostile")
    for kind in ("bureau", "organisation", "person"):
        for word in ("script", "img", "href", "福州", "constructor"):
            tab.locator("#find").fill(word)
            tab.keyboard.press("Enter")
        tab.locator(f'[data-key="kind-{kind}"]').uncheck()
    for name in ("table", "timeline", "map", "network"):
        if tab.locator(f"#tab-{name}").count():
            tab.locator(f"#tab-{name}").click()
    assert tab.evaluate("window.PWN") is None
    assert tab.title() == HOSTILE[1]
    assert tab.locator("body img, body iframe, #card script, main script").count() == 0
    assert tab.locator('a[href^="javascript"]').count() == 0
    assert "\u202e" not in tab.content() and "\u2066" not in tab.content()


def test_the_policy_refuses_foreign_script_and_requests(opened: Open) -> None:
    tab = opened()
    tab.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.PWN = 1";
            document.body.append(script);
            const image = new Image();
            image.src = "https://example.org/x.png";
            document.body.append(image);
        }"""
    )
    tab.wait_for_timeout(50)
    assert tab.evaluate("window.PWN") is None
    refused = [text for text in opened.messages if "Content Security Policy" in text]  # type: ignore[attr-defined]
    assert len(refused) >= 2
    opened.messages.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_window(opened: Open, size: tuple[int, int]) -> None:
    tab = opened("case", size=size)
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert tab.locator("#canvas").bounding_box()["height"] > 300
    assert tab.evaluate("kg.scene().named") > 40


def test_the_data_reads_as_linked_data(files: dict[str, Path]) -> None:
    text = files["case"].read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json" id="kg-claims">(.*?)</script>', text)
    assert found
    data = json.loads(found[1])
    assert len(data["@graph"]) == len(case().claims)
    assert data["@context"]["st"]["@id"] == "status"
