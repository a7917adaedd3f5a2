"""Pages in a real browser, opened from disk: offline, inert, readable, walkable."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import axe_playwright_python
import pyoxigraph
import pytest
from browsing import afresh, becomes, expect, now, settled
from sampleview import KINDS, case, large, small, tiny

from kg.case import terms
from kg.model.standing import Standing
from kg.page import labels as naming
from kg.page import payload, render
from kg.page.view import View, ViewAttestation, ViewClaim, ViewNode, ViewPath

Open = Callable[..., Any]

LONG = "Office of the Commissioner for the Registration of Overseas Associations"
NAMES = {"a": "Ann Lee", "b": LONG, "c": "Harbour Club", "d": "Ministry of Works", "z": "Zed Ltd"}


def named(actor: str) -> str:
    return NAMES.get(actor, f"Person Number {actor}")


def stated(subject: str, relation: str, target: str, basis: str = "Asserted") -> ViewClaim:
    """A claim with one attestation, named after what it says."""
    stance = "alleges" if basis == "Alleged" else "asserts"
    row = ViewAttestation(
        f"{subject}{target}{relation}-1", "Ann Lee says so.", stance, "for", "a", "Ann Lee", (),
        "case/paper", "1", "So it is",
    )  # fmt: skip
    return ViewClaim(
        f"{subject}{target}{relation}", subject, relation, target, named(target),
        f"{named(subject)} {relation} {named(target)}",
        Standing("Uncontested", basis, 1, 1, sides=1,
                 words=f"{basis.lower()} by one voice in one document, uncontested"), (row,),
    )  # fmt: skip


def few() -> View:
    """Five actors with seven claims between them."""
    claims = (
        stated("a", "headOf", "b", "Alleged"), stated("b", "linkedTo", "a"), stated("b", "headOf", "z"),
        stated("c", "linkedTo", "a"), stated("c", "partOf", "d"), stated("z", "linkedTo", "d"),
        stated("a", "partOf", "z"),
    )  # fmt: skip
    nodes = tuple(ViewNode(name, words, "person") for name, words in NAMES.items())
    return dataclasses.replace(tiny(), nodes=nodes, claims=claims, documents=())


def walks() -> View:
    """The same as three paths from the first to the last."""

    def path(*nodes: str) -> ViewPath:
        pairs = list(pairwise(nodes))
        hops = tuple(
            (
                f"{NAMES[one]} to {NAMES[other]}",
                tuple(c.id for c in few().claims if {c.subject, c.object} == {one, other}),
            )
            for one, other in pairs
        )
        return ViewPath(nodes, hops, f"{len(pairs)} hops, cost 1.00")

    paths = (path("a", "b", "z"), path("a", "z"), path("a", "c", "d", "z"))
    return dataclasses.replace(few(), paths=paths, highlight=paths[0].nodes, note="A caveat.")


def around() -> View:
    """The same around the third."""
    return dataclasses.replace(few(), highlight=("c",))


def star() -> View:
    """One actor with sixty around it, the tie to the first of them contested."""
    others = [str(i) for i in range(60)]
    nodes = tuple(ViewNode(name, named(name), "person") for name in ["a", *others])
    first, *claims = (stated("a", "linkedTo", name) for name in others)
    held = first.standing._replace(status="Contested", opposing=1)
    first = dataclasses.replace(first, standing=held)
    return dataclasses.replace(tiny(), nodes=nodes, claims=(first, *claims), documents=())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    views: dict[str, View] = {
        "case": case(), "small": small(), "hostile": case(hostile=True), "large": large(2000),
        "tiny": tiny(), "paths": walks(), "few": few(), "around": around(),
        "star": star(),
    }  # fmt: skip
    made = {}
    for name, view in views.items():
        made[name] = folder / f"{name}.html"
        layout = "lanes" if name in ("case", "hostile") else ""
        made[name].write_text(render.render(view, layout=layout), encoding="utf-8", newline="\n")
    return made


@pytest.fixture
def opened(new_tab: Any, files: dict[str, Path]) -> Iterator[Open]:
    """Opens a page; at the end no request and no message may have been seen."""
    tabs = []
    requests: list[str] = []
    messages: list[str] = []

    def start(name: str = "case", anchor: str = "", size: tuple[int, int] = (1440, 900)) -> Any:
        tab = new_tab(*size)
        tabs.append(tab)
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
    for tab in tabs:
        tab.close()
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len([url for url in requests if url.startswith("file:")]) == len(tabs)
    assert messages == []


@pytest.fixture(scope="module")
def kept(new_tab: Any, files: dict[str, Path]) -> Iterator[Callable[[str], Any]]:
    """Tabs that stay open, by the view, each with what it was seen to ask for and to say."""
    held: dict[str, Any] = {}

    def start(name: str) -> Any:
        if name not in held:
            tab, seen = new_tab(), []
            tab.on("request", lambda r: seen.append(r.url))
            tab.on("requestfailed", lambda r: r.failure == "csp" and seen.remove(r.url))
            tab.on("console", lambda m: seen.append(m.text))
            tab.on("pageerror", lambda e: seen.append(str(e)))
            tab.goto(f"file://{files[name]}")
            tab.wait_for_function("window.kg && kg.scene().nodes.length >= 0")
            held[name] = tab, seen
            assert seen == [f"file://{files[name]}"]
            seen.clear()
        return held[name]

    yield start
    for tab, _ in held.values():
        tab.close()


@pytest.fixture
def shown(kept: Any) -> Iterator[Open]:
    """A page that is open already, by an address as if it had just been opened.

    To open and draw the large one again costs ten times as much.
    """
    asked = []

    def start(name: str = "case", anchor: str = "", size: tuple[int, int] = (1440, 900)) -> Any:
        tab, seen = kept(name)
        asked.append(seen)
        if tab.viewport_size != {"width": size[0], "height": size[1]}:
            tab.set_viewport_size({"width": size[0], "height": size[1]})
            becomes(tab, "[innerWidth, innerHeight]", [*size])
            settled(tab)
        return afresh(tab, anchor)

    yield start
    for seen in asked:
        said, seen[:] = [word for word in seen if not word.startswith(("data:", "blob:"))], []
        assert said == []


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
    assert render.render(case(), layout="lanes").encode() == files["case"].read_bytes()


@pytest.mark.parametrize("layout", ["lanes", "cells", "links"])
@pytest.mark.parametrize("name", ["small", "case"])
def test_names_do_not_overlap_and_nearly_all_are_there(shown: Open, name: str, layout: str) -> None:
    tab = shown(name, f"#layout={layout}")
    scene = tab.evaluate("kg.scene()")
    assert overlaps(tab) == 0
    assert scene["named"] >= 0.85 * scene["wanted"] > 80
    assert min(node["r"] for node in scene["nodes"]) >= 6.5
    # Rows are as high as their symbols.
    assert all(
        math.hypot(a["x"] - b["x"], a["y"] - b["y"]) > 0.9 * (a["r"] + b["r"])
        for i, a in enumerate(scene["nodes"])
        for b in scene["nodes"][:i]
    )


def test_by_links_names_turn_away_from_lines_and_marks_from_names(opened: Open) -> None:
    tab = opened("star", "#layout=links")
    scene = tab.evaluate("kg.scene()")
    assert scene["named"] == scene["wanted"] == 61
    crossed = {
        i
        for line in scene["lines"]
        for x1, y1, x2, y2 in line["pieces"]
        for i, (left, top, right, bottom) in enumerate(scene["boxes"])
        if left + 2 < (x1 + x2) / 2 < right - 2 and top + 2 < (y1 + y2) / 2 < bottom - 2
    }
    # All at the right of their symbols, 22 would be crossed.
    assert len(crossed) < 15
    ((claim, x, y),) = scene["marks"]
    assert claim == "claim/a0linkedTo"
    assert not any(b[0] < x < b[2] and b[1] < y < b[3] for b in scene["boxes"])


def test_a_click_on_an_actor_opens_its_card(shown: Open) -> None:
    tab = shown()
    tab.mouse.click(*centre(tab, "bureau-qingtian"))
    card = tab.locator("#card")
    expect(card.locator("h2")).to_contain_text("Qingtian County Public Security Bureau")
    expect(card.locator("bdi[lang=zh-Hans]").first).to_have_text("青田县公安局")
    first = card.locator("details.claim").first
    first.locator("summary").click()
    expect(first.locator(".chip")).to_contain_text("voices")
    expect(first.locator(".side.for .att").first).to_be_visible()
    expect(tab).to_have_url(re.compile(r"#sel=n%3Abureau-qingtian$"))
    tab.keyboard.press("Escape")
    expect(card.locator("h2")).to_have_text("At a glance")


def test_a_card_tells_what_its_actor_says_as_a_voice(shown: Open) -> None:
    view = case()
    told = [c for c in view.claims if any(a.voice == "person-0" for a in c.attestations)]
    others = [c for c in told if "person-0" not in (c.subject, c.object)]
    box = shown("case", "#sel=n:person-0").locator("#card .says")
    assert len(others) > 5
    expect(box.locator("summary").first).to_contain_text(f"{len(others)} claims")
    box.locator("summary").first.click()
    expect(box.locator("details.claim")).to_have_count(len(others))


def test_a_click_on_a_line_opens_its_claim_with_both_sides(shown: Open) -> None:
    claim = next(
        c for c in case().claims if c.standing.status == "Contested" and c.relation == "operates"
    )
    tab = shown("case", f"#sel=c:claim/{claim.id}")
    expect(tab.locator("#card h2")).to_have_text(claim.sentence)
    expect(tab.locator("#card .side.for .att").first).to_be_visible()
    expect(tab.locator("#card .side.against .att")).to_have_count(1)
    expect(tab.locator("#card .chip").first).to_contain_text(claim.standing.words)
    line = tab.evaluate("id => kg.scene().lines.find(line => line.id === id)", f"claim/{claim.id}")
    box = tab.locator("#canvas").bounding_box()
    tab.keyboard.press("Escape")
    becomes(tab, "kg.state().sel", "")
    tab.mouse.click(box["x"] + line["x"], box["y"] + line["y"])
    expect(tab.locator("#card .kind").first).to_have_text(re.compile("^(claim|figure)"))


def test_find_takes_any_part_of_any_name(shown: Open) -> None:
    tab = shown()
    tab.locator("#tab-network").focus()
    tab.keyboard.press("/")
    tab.keyboard.type("viña")
    for typed, name in (
        ("viña", "Viña del Mar"), ("vina", "Viña del Mar"), ("青田", "Qingtian"), ("mao ning", "Mao"),
        ("CHL12", "Viña"), ("bureau-laiyang", "Laiyang"), ("Article 58", "Article 58"),
    ):  # fmt: skip
        if typed != "viña":
            tab.locator("#find").fill(typed)
        expect(tab.locator("#find")).to_have_value(typed)
        expect(tab.locator("#hits [role=option]").first).to_be_visible()
        assert len(now(tab, "[...document.querySelectorAll('#hits [role=option]')]")) <= 12
        tab.keyboard.press("Enter")
        expect(tab.locator("#card h2")).to_contain_text(name)


def test_the_legend_filters(opened: Open, shown: Open) -> None:
    tab = shown()
    before = tab.evaluate("kg.counts()")
    tab.locator('[data-key="kind-station"]').uncheck()
    becomes(tab, "kg.counts().nodes", before["nodes"] - 75)
    after = now(tab, "kg.counts()")
    assert after["lines"] < before["lines"]
    tab.locator('[data-key="st-Contested"]').uncheck()
    expect(tab.locator("#status")).to_contain_text("without status contested")
    last = now(tab, "kg.counts()")
    assert last["claims"] < after["claims"]
    again = opened("case", "#" + tab.url.split("#")[1])
    becomes(again, "kg.counts()", last)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_window(opened: Open, shown: Open, size: tuple[int, int]) -> None:
    # One that is as narrow as a telephone was opened there.
    tab = (opened if size[0] < 500 else shown)("case", size=size)
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert tab.locator("#canvas").bounding_box()["height"] > 300
    assert tab.evaluate("kg.scene().named") > 40


def test_the_data_reads_as_linked_data(files: dict[str, Path]) -> None:
    text = files["case"].read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json" id="kg-data">(.*?)</script>', text)
    assert found
    view = case()
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    kg = "https://w3id.org/actors-kg/ontology#"
    triples: dict[str, dict[str, set[str]]] = {}
    for quad in pyoxigraph.parse(found[1], format=pyoxigraph.RdfFormat.JSON_LD):
        held = triples.setdefault(quad.predicate.value, {})
        held.setdefault(quad.subject.value, set()).add(quad.object.value)
    base = "https://kg.invalid/"
    assert triples[f"{rdf}subject"] == {
        f"{base}claim/{c.id}": {base + c.subject} for c in view.claims
    }
    assert triples[f"{rdf}predicate"] == {
        f"{base}claim/{c.id}": {kg + c.relation} for c in view.claims
    }
    rows = [(row, claim) for claim in view.claims for row in claim.attestations]
    assert triples[f"{kg}about"] == {
        f"{base}attestation/{row.id}": {f"{base}claim/{claim.id}"} for row, claim in rows
    }
    for word, value in (("voice", "voice"), ("document", "document")):
        expected = {f"{base}attestation/{row.id}": {base + getattr(row, value)} for row, _ in rows}
        assert triples[kg + word] == expected


def test_sentences_come_out_as_they_went_in(opened: Open, shown: Open) -> None:
    for tab, view in ((shown("case"), case()), (opened("hostile"), case(hostile=True))):
        told = {row[0]: row[1:] for row in tab.evaluate("kg.told()")}
        for claim in view.claims:
            assert told[f"claim/{claim.id}"] == [
                payload.plain(claim.sentence), payload.plain(claim.standing.words),
                claim.standing.voices, claim.standing.documents, claim.standing.opposing,
                [[payload.plain(row.sentence), row.side, row.known] for row in claim.attestations],
            ]  # fmt: skip


def test_each_claim_costs_little(files: dict[str, Path]) -> None:
    """The page without data is small; a claim costs less than a kilobyte, evidence and actors in it."""
    sizes = {name: files[name].stat().st_size for name in ("case", "tiny", "large")}
    claims = {"case": len(case().claims), "tiny": len(tiny().claims)}
    assert sizes["tiny"] < 400_000
    per_claim = (sizes["case"] - sizes["tiny"]) / (claims["case"] - claims["tiny"])
    assert per_claim < 1000
    assert sizes["large"] < 1_330_000


def test_all_tabs_show_the_same_claims(shown: Open) -> None:
    tab = shown("case", "#st=Denied")
    shown = tab.evaluate("kg.counts()")["claims"]
    tab.locator("#tab-table").click()
    expect(tab.locator("#pane-table tbody tr")).to_have_count(shown)
    expect(tab.locator("#status")).to_contain_text(f"{shown} of {len(case().claims)} claims")
    tab.locator("#tab-timeline").click()
    note = tab.locator("#pane-timeline")
    expect(note).to_contain_text(re.compile(r"\d+ claims? without a date"))
    undated = re.search(r"(\d+) claims? without a date", note.inner_text())
    assert undated
    rows = note.locator(".lane").evaluate_all("all => all.map(row => row.ariaLabel)")
    assert sum(int(row.rsplit(", ", 1)[1]) for row in rows) == shown - int(undated[1])
    tab.locator("#tab-map").click()
    counts = tab.locator("#pane-map .site text")
    expect(counts.first).to_be_visible()
    assert sum(map(int, counts.all_text_contents())) == 75


def circles(tab: Any) -> list[tuple[float, float, float]]:
    """(x, y, radius) on screen of what is drawn on the map."""
    boxes = tab.evaluate(
        "[...document.querySelectorAll('.site')].map(s => s.getBoundingClientRect().toJSON())"
    )
    return [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2, b["width"] / 2) for b in boxes]


def test_no_symbol_of_the_map_covers_another_and_a_click_opens_them(shown: Open) -> None:
    tab = shown("case", "#tab=map")
    names: set[str] = set()
    for _ in range(3):
        found = circles(tab)
        assert len(found) > 5
        for i, (x, y, r) in enumerate(found):
            for u, v, q in found[i + 1 :]:
                assert math.hypot(x - u, y - v) > (r + q) * 0.9
        labels = tab.locator(".site").evaluate_all("all => all.map(s => s.ariaLabel)")
        near = [label for label in labels if "nearby" in label]
        names.update(label.split(":")[0] for label in labels if label not in near)
        if not near:
            break
        tab.locator(f'.site[aria-label="{near[0]}"]').dispatch_event("click")
        expect(tab.locator(f'.site[aria-label="{near[0]}"]')).to_have_count(0)
    assert len(names) > 20


def whole(tab: Any, view: View, across: float = 0.7) -> dict[str, tuple[float, float]]:
    """Where each actor is, seen that all names and relations are written in full, nothing on
    anything, and that the picture reaches the window's edges."""
    words = dict(tab.evaluate("kg.scene().words"))
    assert {words.pop(node.id) for node in view.nodes} == set(NAMES.values())
    said = {term.id: term.label for term in view.relations}
    for claim in view.claims:
        told = words.pop(f"claim/{claim.id}")
        assert said[claim.relation] in told and told.strip("←→↑↓ ") != told
        assert ("alleged" in told) == (claim.standing.basis == "Alleged")
    assert words == {} and overlaps(tab) == 0
    boxes = tab.evaluate("kg.scene().boxes")
    assert len(boxes) > len(view.nodes)
    area = tab.locator("#canvas").bounding_box()
    assert max(b[2] for b in boxes) - min(b[0] for b in boxes) > across * area["width"]
    assert max(b[3] for b in boxes) - min(b[1] for b in boxes) > 0.7 * area["height"]
    return {node["id"]: (node["x"], node["y"]) for node in tab.evaluate("kg.scene().nodes")}


@pytest.mark.parametrize(("size", "along"), [((1280, 800), 0), ((390, 844), 1)])
def test_paths_lead_from_side_to_side_each_in_its_row(
    opened: Open, size: tuple[int, int], along: int
) -> None:
    view = walks()
    at = whole(opened("paths", size=size), view)
    for path in view.paths:
        steps = [at[node][along] for node in path.nodes]
        assert steps == sorted(set(steps))
    assert at["b"][1 - along] < at["a"][1 - along] < at["c"][1 - along]
    assert at["c"][1 - along] == pytest.approx(at["d"][1 - along])
    assert at["a"][1 - along] == pytest.approx(at["z"][1 - along])


def test_a_page_of_paths_lists_them_and_lifts_one(opened: Open) -> None:
    tab = opened("paths")
    assert tab.evaluate("kg.state().layout") == "paths" and tab.evaluate("kg.lifted()") == [*"abz"]
    rows = tab.locator("#card .paths > li > button")
    expect(rows).to_have_count(3)
    expect(tab.locator("#card .caveat")).to_have_text("A caveat.")
    rows.nth(2).click()
    becomes(tab, "kg.lifted()", [*"acdz"])
    expect(tab).to_have_url(re.compile("#path=3$"))
    again = opened("paths", "#path=3")
    expect(again.locator("#card [aria-pressed=true]")).to_contain_text("Ann Lee – Harbour")
    hops = again.locator("#card .hops > li")
    expect(hops).to_have_count(3)
    expect(hops.nth(1)).to_contain_text("Harbour Club to Ministry of Works")
    expect(hops.first.locator(".att")).to_be_hidden()
    hops.first.locator("summary").click()
    expect(hops.first.locator(".att")).to_contain_text("Ann Lee says so.")
    again.keyboard.press("Escape")
    becomes(again, "kg.lifted()", [])


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_small_picture_is_named_in_full_and_fills_the_window(
    opened: Open, size: tuple[int, int]
) -> None:
    whole(opened("few", size=size), few())


def test_what_a_page_is_about_is_in_the_middle_and_its_card_open(opened: Open) -> None:
    tab = opened("around")
    expect(tab.locator("#card h2")).to_have_text("Harbour Club")
    x, y = whole(tab, around(), across=0.5)["c"]
    area = tab.locator("#canvas").bounding_box()
    assert (x, y) == pytest.approx((area["width"] / 2, area["height"] / 2), abs=2)


def test_the_map_says_what_is_not_on_it(shown: Open) -> None:
    tab = shown("case", "#tab=map&sel=n:person-0")
    expect(tab.locator("#pane-map .banner")).to_contain_text("Mao Ning is not located")
    tab.locator("#pane-map summary", has_text="not located").click()
    tab.locator("#pane-map .note button", has_text="Operation Skynet").click()
    becomes(tab, "kg.state().sel", "n:operation-skynet")


def test_namesakes_are_told_apart() -> None:
    view = naming.told_apart(case(cities=80))
    short = [node.short or node.name for node in view.nodes if node.kind == "station"]
    assert len(set(short)) == len(short) == 80
    same = tuple(dataclasses.replace(node, short="Same") for node in tiny().nodes)
    assert '"label":"Same"' not in render.render(dataclasses.replace(tiny(), nodes=same[:9]))


def test_symbols_and_lines_are_told_apart_without_colour(shown: Open) -> None:
    tab = shown("case")
    shapes = tab.locator("#filters .filter").evaluate_all(
        """groups => groups.slice(0, 4).map(group => [...group.querySelectorAll("svg")].map(picture => {
            const bare = picture.cloneNode(true);
            bare.querySelectorAll("*").forEach(item => {
                for (const name of ["fill", "stroke"]) if (item.getAttribute(name) !== "none") item.removeAttribute(name);
            });
            return bare.innerHTML;
        }))"""
    )
    assert len(shapes) == 4
    for group in shapes[1:]:
        assert len(set(group)) == len(group) > 1
    assert len(set(shapes[0])) == len(shapes[0]) == len(KINDS)


def test_what_the_address_selects_is_drawn(opened: Open) -> None:
    tab = opened("case", "#sel=n:group-1")
    assert "group-1" in [node["id"] for node in tab.evaluate("kg.scene()")["nodes"]]
    expect(tab.locator('[data-key="kind-group"]')).to_be_checked()


def test_a_state_lists_what_it_rests_on(shown: Open) -> None:
    tab = shown()
    states = {"closed": 0, "ordered closed": 0}
    for node in case().nodes:
        if node.state:
            states[node.state] += 1
    words = tab.locator("#card .headline").all_inner_texts()
    assert [int(re.sub(r"\D", "", text)) for text in words] == list(states.values())
    tab.locator("#filters button", has_text="closure ordered").click()
    # What the pointer is on would be lifted in its place.
    tab.mouse.move(0, 0)
    expect(tab.locator("#card .states > li")).to_have_count(states["ordered closed"])
    becomes(tab, "kg.lifted().length", states["ordered closed"])
    expect(tab).to_have_url(re.compile(r"sel=s%3Aordered\+closed$"))


def test_a_row_of_the_legend_that_goes_takes_along_what_it_lifted(shown: Open) -> None:
    tab = shown()
    row = tab.locator('#filters li:has([data-key="st-Contested"])')
    row.hover()
    becomes(tab, "kg.lifted().length > 8", True)
    # Nothing of the legend comes to lie under the pointer instead.
    tab.evaluate(
        "kg.address('#sel=s:ordered+closed'); document.getElementById('filters').hidden = true"
    )
    tab.mouse.move(0, 0)
    becomes(tab, "kg.lifted().length", 8)
    tab.evaluate("document.getElementById('filters').hidden = false")


def test_a_window_that_is_smaller_is_fitted_though_a_click_comes_before_its_next_picture(
    shown: Open,
) -> None:
    tab = shown()
    low = "document.getElementById('stage').style.maxHeight = '400px'"
    tab.evaluate(f"{low}; document.querySelector('[data-key=\"st-Denied\"]').click()")
    scene = now(tab, "kg.scene()")
    tab.evaluate("document.getElementById('stage').style.maxHeight = ''")
    assert max(node["y"] for node in scene["nodes"]) < 400 and len(scene["nodes"]) > 200


def test_the_overview_says_who_disputes_whom(shown: Open) -> None:
    tab = shown()
    section = tab.locator("#card section", has_text="Who disputes whom")
    claim = next(c for c in case().claims if c.standing.status == "Contested")
    voice = next(a.voice_name for a in claim.attestations if a.side == "against")
    expect(section).to_contain_text(voice)
    lanes = tab.locator("#card .lanes li").all_inner_texts()
    numbers = [int(text.split("\n")[1]) for text in lanes]
    assert numbers == sorted(numbers, reverse=True) and "more" in lanes[0]
    section.locator("summary").first.click()
    expect(section.locator(".side.against").first).to_be_attached()


def test_a_selection_holds_through_the_tabs(shown: Open) -> None:
    tab = shown("case", "#sel=n:station-chl12")
    for name in ("map", "timeline", "table", "network"):
        tab.locator(f"#tab-{name}").click()
        expect(tab.locator(f"#pane-{name}")).to_be_visible()
        expect(tab.locator("#card h2")).to_contain_text("Viña del Mar")
    tab.locator("#tab-map").click()
    expect(tab.locator(".site.on")).to_have_attribute("aria-label", re.compile("Viña del Mar"))


def test_the_table_sorts(shown: Open) -> None:
    tab = shown("case", "#tab=table")
    column = tab.locator("#pane-table th").nth(6)
    for way in ("ascending", "descending"):
        tab.locator("#pane-table thead button", has_text="Voices").click()
        expect(column).to_have_attribute("aria-sort", way)
    numbers = [int(n) for n in tab.locator("#pane-table tbody td:nth-child(7)").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > numbers[-1]


def test_the_source_lens_weighs_claims_anew(shown: Open) -> None:
    view = case()
    claim = next(
        c for c in view.claims
        if c.standing.status == "Contested" and c.relation == "operates"
        and len({a.document for a in c.attestations}) == 2
    )  # fmt: skip
    against = next(a for a in claim.attestations if a.side == "against")
    support = next(a for a in claim.attestations if a.side == "for")
    tab = shown("case", f"#sel=c:claim/{claim.id}&doc={against.document}")
    expect(tab.locator("#card .chip").first).to_contain_text(", uncontested")
    tab = shown("case", f"#sel=c:claim/{claim.id}&doc={support.document}")
    expect(tab.locator("#card .chip").first).to_contain_text("denied: opposed by one voice")
    both = f"{support.document}%09{against.document}"
    tab = shown("case", f"#tab=table&doc={both}")
    expect(tab.locator("#filters li", has_text="nothing left to support it")).to_have_count(1)
    expect(tab.locator(f'#pane-table tr[data-claim="claim/{claim.id}"]')).to_have_count(0)
    expect(tab.locator("#pane-table tr[data-claim]").first).to_be_visible()


def test_time_filters_leave_out_and_count_what_has_no_date(shown: Open) -> None:
    tab = shown("case")
    whole = tab.evaluate("kg.counts()")["claims"]
    for anchor, words in (("as-of=2018-06", "true on 2018-06-30"), ("known-by=2022-06", "known by 2022-06-30")):  # fmt: skip
        tab = shown("case", f"#{anchor}")
        expect(tab.locator("#status")).to_contain_text(words)
        some, undated = tab.evaluate("[kg.counts().claims, kg.undated()]")
        assert 0 < some < whole
        assert f"{words}; {undated:,} undated left out" in tab.evaluate("kg.footnote()")
        tab.locator('[data-key="undated"]').check()
        expect(tab.locator("#status")).to_contain_text("undated too")
        assert tab.evaluate("kg.undated()") == 0
        assert some < tab.evaluate("kg.counts()")["claims"] < whole
        assert "undated too" in tab.evaluate("kg.footnote()")


def test_focus_and_chain(shown: Open) -> None:
    tab = shown("case", "#sel=n:station-can11")
    tab.get_by_role("button", name="Only its neighbourhood").click()
    expect(tab.locator("#status")).to_contain_text("within 1 step of")
    one = now(tab, "kg.counts()")["claims"]
    tab.get_by_label("Steps of the neighbourhood").select_option("2")
    expect(tab.locator("#status")).to_contain_text("within 2 steps of")
    assert now(tab, "kg.counts()")["claims"] > one
    tab.get_by_role("button", name="Show all again").click()
    becomes(tab, "kg.state().focus", "")
    tab.locator("#canvas").focus()
    settled(tab)
    x, y = centre(tab, "bureau-fuzhou")
    tab.keyboard.down("Shift")
    tab.mouse.click(x, y)
    tab.keyboard.up("Shift")
    expect(tab.locator("#card .kind").first).to_contain_text("shortest chain")
    expect(tab.locator("#card h3").nth(1)).to_be_visible()
    held = now(tab, "kg.lifted()")
    assert {"station-can11", "bureau-fuzhou"} <= set(held)
    other = next(n for n in tab.evaluate("kg.scene()")["nodes"] if n["id"] not in held)
    tab.mouse.move(*centre(tab, other["id"]))
    expect(tab.locator("#hint")).to_be_visible()
    assert now(tab, "kg.lifted()") == held


def test_the_picture_saves_as_svg_and_png(shown: Open) -> None:
    tab = shown("case")
    root = ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1])
    words = [item.text for item in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Fuzhou City" in words and case().title in words
    tab.locator("#tools summary", has_text="Save").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="PNG picture").click()
    assert download.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_footnote_says_what_is_shown(shown: Open) -> None:
    note = shown("case", "#st=Denied").evaluate("kg.footnote()")
    for words in ("0123abcd", "without status denied", "Article 3 on the stations", "CC BY 4.0"):
        assert words in note


def test_the_printed_sheet_has_picture_filters_and_sources(opened: Open) -> None:
    tab = opened("case", "#st=Denied")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    expect(tab.locator("#sheet img")).to_be_visible()
    expect(tab.locator("#left")).to_be_hidden()
    expect(tab.locator("#sheet")).to_contain_text("without status denied")
    assert now(tab, "document.querySelectorAll('#sheet li').length") > 50


def test_keys_alone_reach_every_actor(opened: Open) -> None:
    tab = opened("tiny", "#layout=lanes")
    tab.locator("#canvas").focus()
    seen: set[str] = set()
    step = """() => {
        const event = new KeyboardEvent("keydown", { key: "n", bubbles: true });
        document.activeElement.dispatchEvent(event);
        return kg.state().sel;
    }"""
    drawn = tab.evaluate("kg.counts()")["drawn"]
    for _ in range(drawn):
        seen.add(tab.evaluate(step))
    assert len(seen) == drawn > 20
    tab.keyboard.press("Escape")
    becomes(tab, "kg.state().sel", "")
    tab.keyboard.press("ArrowRight")
    becomes(tab, "kg.state().sel !== ''", True)
    first = now(tab, "kg.state().sel")
    tab.keyboard.press("ArrowRight")
    becomes(tab, f"kg.state().sel !== {json.dumps(first)}", True)
    assert now(tab, "kg.state().sel") != ""
    expect(tab.locator("#live")).to_contain_text("claims")
    tab.keyboard.press("Enter")
    becomes(tab, "document.activeElement.id", "card")


def test_a_large_view_starts_folded_and_opens(opened: Open) -> None:
    tab = opened("large", "#layout=lanes")
    assert tab.evaluate("kg.counts()") == {
        "nodes": 2000, "claims": 3200, "lines": 0, "drawn": 0, "groups": 11,
    }  # fmt: skip
    expect(tab.locator("#status")).to_contain_text("folded into 11 groups")
    # Never empty: each group with its number, between them how many claims lead there.
    said = " ".join(
        item.text or ""
        for item in ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1]).iter()
    )
    assert said.count(" actors") >= 11
    expect(tab.locator("#point")).to_contain_text("2,000 actors in 11 groups.")
    tab.evaluate("kg.address('layout=lanes&open=kind:person')")
    kinds = {line[end][0] for line in tab.evaluate("kg.scene().lines") for end in ("from", "to")}
    assert len(kinds) > 1
    tab.evaluate("kg.address('layout=lanes')")
    tab.mouse.click(*centre(tab, "lane:h1"))
    expect(tab.locator("#status")).to_contain_text("of 2,000 drawn")
    # What is drawn at once is what can be painted at once.
    drawn = now(tab, "kg.counts()")["drawn"]
    assert 0 < drawn <= 800
    expect(tab.locator("#status")).to_contain_text(f"{drawn} of 2,000 drawn")
    tab.locator("#find").fill("Person 17")
    tab.keyboard.press("Enter")
    expect(tab.locator("#card h2")).to_contain_text("Person 17")
    assert 0 < len(now(tab, "kg.scene()")["nodes"]) <= 800


def test_nothing_moves_by_itself(shown: Open) -> None:
    # Neither later frames nor anything that was put off changes the picture.
    tab = shown("case")
    settled(tab)
    before = tab.evaluate("kg.scene()")
    assert len(before["nodes"]) > 100
    for _ in range(20):
        settled(tab)
    assert tab.evaluate("new Promise(done => setTimeout(() => done(kg.scene()), 0))") == before
    assert tab.evaluate("document.getAnimations().length") == 0


def test_the_outline_is_what_its_record_says() -> None:
    import hashlib

    folder = Path(render.__file__).parent / "vendor" / "world-atlas-2.0.2"
    record = json.loads((folder / "vendor.json").read_text(encoding="utf-8"))
    assert {"coarse.json", "fine.json", "LICENSE"} == set(record["files"])
    for name, digest in record["files"].items():
        assert "sha256-" + hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


@pytest.fixture(scope="module")
def judged(new_tab: Any, files: dict[str, Path]) -> Iterator[Open]:
    """Violations of the rules of axe in a state of a page; its frame is judged once a theme."""
    tabs = {}
    seen = set()

    def judge(name: str, state: str) -> list[tuple[str, str]]:
        if name not in tabs:
            tabs[name] = new_tab(bypass_csp=True)
            tabs[name].goto(f"file://{files[name]}")
            tabs[name].evaluate(AXE.read_text(encoding="utf-8"))
        tab = tabs[name]
        tab.evaluate(
            """state => new Promise(done => {
                addEventListener("hashchange", () => requestAnimationFrame(done), { once: true });
                location.hash = state;
            })""",
            state,
        )
        for claim in tab.locator("#card details.claim summary").all()[:3]:
            claim.click()
        settled(tab)
        frame = (name, "dark=1" in state)
        where = "#picture, #card" if frame in seen else "html"
        seen.add(frame)
        # Of what it passes one element a rule is told, of what it does not every one.
        found = tab.evaluate("where => axe.run(where, { resultTypes: ['violations'] })", where)
        assert len(found["passes"]) > 5
        return [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]

    yield judge
    for tab in tabs.values():
        tab.close()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("tiny", "tab=network&dark=0"),
        ("tiny", "tab=network&dark=1&sel=n:bureau-qingtian"),
        ("tiny", "tab=map&dark=0&sel=n:bureau-qingtian"),
        ("tiny", "tab=map&dark=1"),
        ("tiny", "tab=timeline&dark=0&sel=n:bureau-qingtian"),
        ("tiny", "tab=timeline&dark=1&sel=s:closed"),
        ("tiny", "tab=table&dark=0&sel=s:ordered closed"),
        ("tiny", "tab=table&dark=1&sel=n:bureau-qingtian"),
        ("paths", "dark=0&path=3"),
    ],
)
def test_axe_finds_nothing(judged: Open, name: str, state: str) -> None:
    assert judged(name, state) == []


def luminance(colour: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(rgb(one)), luminance(rgb(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


SHIPPED = terms.read(sorted((Path(render.__file__).parents[2] / "ontology").glob("*.ttl")))


def test_names_and_symbols_stand_out_from_their_ground(opened: Open) -> None:
    """4.5 to 1 for text, 3 to 1 for symbols and lines, on the sheet and on its bands."""
    terms = (*SHIPPED.classes.values(), *SHIPPED.relations.values())
    assert len([t for t in terms if t.colour and t.colour_dark]) > 10
    for name, palette in opened("tiny").evaluate("kg.palette").items():
        for ground in (palette["ground"], palette["band"]):
            for text in ("text", "muted", "accent", "warn"):
                assert contrast(palette[text], ground) >= 4.5
            for term in terms:
                colour = term.colour_dark if name == "dark" else term.colour
                assert not colour or contrast(colour, ground) >= 3, (term.id, name)


# What a reader without one kind of cones sees, in linear light: Viénot, Brettel and Mollon 1999.
BLINDNESS = {
    "full sight": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def lab(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    r, g, b = (sum(m * c for m, c in zip(row, linear, strict=True)) for row in matrix)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", BLINDNESS)
def test_classes_are_told_apart_whatever_one_sees_of_colour(sight: str) -> None:
    """By their shape, and of one shape by a difference in colour that nobody overlooks."""
    kinds = [kind for kind in SHIPPED.classes.values() if kind.rank < 99]
    assert len(kinds) > 7
    for i, one in enumerate(kinds):
        for other in kinds[i + 1 :]:
            for a, b in ((one.colour, other.colour), (one.colour_dark, other.colour_dark)):
                apart = math.dist(lab(a, BLINDNESS[sight]), lab(b, BLINDNESS[sight]))
                assert one.symbol != other.symbol or apart > 20, (one.id, other.id)
