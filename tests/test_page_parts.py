"""The page of the shipped case shows a part at a time: what is disputed, what lies around, what a lens leaves."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browsing import afresh, becomes, expect, now
from sampleview import large

from kg.analysis.matrix import matrix
from kg.analysis.opening import DISPUTED
from kg.analysis.weight import heaviest, weight
from kg.model.standing import living
from kg.page import render, subgraph
from kg.store.lens import Lens, Seen
from kg.verbs import view


@pytest.fixture(scope="module")
def page(new_tab: Any, shipped: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("parts") / "page.html"
    path.write_text(render.render(subgraph.select(shipped)), encoding="utf-8", newline="\n")
    tab = new_tab()
    errors: list[str] = []
    tab.on("pageerror", lambda e: errors.append(str(e)))
    tab.goto(f"file://{path}")
    tab.wait_for_function("window.kg")
    yield tab
    tab.close()
    assert errors == []


def at(tab: Any, address: str = "") -> Any:
    """The page in the state of an address."""
    return afresh(tab, f"#{address}")


@pytest.fixture(scope="module")
def disputed(shipped: Any) -> list[Any]:
    return [c for c in shipped.ledger.claims() if c.standing.status in DISPUTED]


def test_it_opens_on_every_disputed_claim_with_who_is_for_and_against(
    page: Any, shipped: Any, disputed: list[Any]
) -> None:
    tab = at(page)
    assert tab.evaluate("kg.mode()") == "dispute"
    lines = {line["id"] for line in tab.evaluate("kg.scene().lines")}
    assert lines == {f"claim/{c.id}" for c in disputed}
    whole = sum(1 for _ in shipped.ledger.claims())
    expect(tab.locator("#point strong")).to_contain_text(
        f"{len(disputed)} of {whole:,} claims are disputed"
    )
    expect(tab.locator("#status")).to_contain_text("No filters.")
    sides: dict[tuple[str, str], int] = {}
    for claim in disputed:
        seen = {
            (a.voice, "against" if a.stance in ("denies", "disputes") else "for")
            for a in living(claim.attestations)
        }
        for one in seen:
            sides[one] = sides.get(one, 0) + 1
    drawn = {(voice, side): n for voice, side, n in tab.evaluate("kg.voices()")}
    assert len(drawn) > 20
    told = {key: n for key, n in drawn.items() if sides.get(key) != n}
    # What stands in place of another voice's statement opposes it without a stance of its own.
    assert all(side == "against" and n > sides.get((v, side), 0) for (v, side), n in told.items())
    assert len(told) < 4


def test_page_and_commands_weigh_alike(page: Any, shipped: Any) -> None:
    claims = list(shipped.ledger.claims())
    told = {row[0]: row[1:] for row in at(page).evaluate("kg.weights()")}
    assert told == {f"claim/{c.id}": [*weight(living(c.attestations))] for c in claims}
    first = heaviest(claims)[0]
    assert weight(living(first.attestations))[:2] == max(
        weight(living(c.attestations))[:2] for c in claims
    )


@pytest.mark.parametrize("by", ["voice", "document"])
def test_the_matrix_is_that_of_the_command(page: Any, shipped: Any, by: str) -> None:
    made = matrix(shipped, by=by)
    tab = at(page, f"tab=matrix&by={by}")
    columns, rows, against = tab.evaluate("kg.matrix()")
    assert columns == [*made.columns]
    assert {row[0]: row[1] for row in rows} == {f"claim/{r.claim}": [*r.cells] for r in made.rows}
    assert [row[0] for row in rows] == [f"claim/{r.claim}" for r in made.rows]
    met = {(a, b): n for a, found in against for b, n in found}
    pairs = {(p.left, p.right): p.oppose for p in made.pairs if p.oppose}
    assert met == pairs | {(b, a): n for (a, b), n in pairs.items()}
    lines = list(csv.reader(io.StringIO(tab.evaluate("kg.matrixCsv()").lstrip("\ufeff"))))
    assert [line[3:-1] for line in lines[1:]] == [[*r.cells] for r in made.rows]


def test_a_cell_of_the_matrix_opens_its_passage_by_key(page: Any) -> None:
    tab = at(page, "tab=matrix")
    cell = tab.locator("#pane-matrix td button").first
    cell.focus()
    tab.keyboard.press("ArrowDown")
    becomes(tab, "document.activeElement.dataset.at.split(' ')[0] !== '0'", True)
    name = now(tab, "document.activeElement.ariaLabel")
    tab.keyboard.press("Enter")
    expect(tab.locator("#card .att.found")).to_have_count(1)
    assert name.split(": ", 1)[1] == tab.locator("#card h2").inner_text()
    tab.locator("#pane-matrix thead th button").nth(3).click()
    expect(tab.locator("#pane-matrix thead th").nth(2)).to_have_attribute("aria-sort", "ascending")
    assert "order=" in now(tab, "location.hash")


FINDS = Path(__file__).with_name("finds.txt").read_text(encoding="utf-8").splitlines()


def test_find_ranks_as_the_command_does(page: Any, shipped: Any) -> None:
    """By names, offices, initials, slips, titles, another script, a country's adjective, within longer texts."""
    drawn = {*page.evaluate("kg.known()")}
    found = page.evaluate("all => all.map(kg.found)", FINDS)
    assert len(FINDS) > 60 and sum(map(bool, found)) > 60
    for text, ids in zip(FINDS, found, strict=True):
        told = [h.entity for h in shipped.ledger.names.hits(text, limit=0) if h.entity in drawn]
        assert ids[: len(told[:4])] == told[:4], text
        assert bool(ids) == bool(told), text


def test_what_is_found_outside_the_picture_is_shown_with_what_is_around_it(page: Any) -> None:
    tab = at(page)
    whole = tab.evaluate("kg.counts().drawn")
    tab.locator("#find").fill("Station ARG01")
    tab.keyboard.press("Enter")
    becomes(tab, "kg.mode()", "focus")
    scene = now(tab, "kg.scene()")
    assert "station-arg01" in [node["id"] for node in scene["nodes"]]
    assert len(scene["nodes"]) < 20 and not any(line["stub"] for line in scene["lines"])
    expect(tab.locator("#point")).to_contain_text("within 1 step of")
    counts = [int(n) for n in tab.locator('[data-key^="kind-"] ~ .count').all_inner_texts()]
    assert sum(counts) == len(scene["nodes"])
    tab.go_back()
    becomes(tab, "kg.mode()", "dispute")
    assert now(tab, "kg.counts().drawn") == whole
    tab.go_forward()
    becomes(tab, "kg.mode()", "focus")
    tab.locator("#all").click()
    becomes(tab, "kg.mode()", "dispute")


def test_two_steps_show_more_than_one_and_what_can_be_read(page: Any) -> None:
    one, two = (
        now(
            at(page, f"focus=person-jeremy-daum&sel=n:person-jeremy-daum&depth={depth}"),
            "kg.scene()",
        )
        for depth in (1, 2)
    )
    assert len(one["nodes"]) < len(two["nodes"]) <= 75
    assert not any(node["dim"] for node in two["nodes"])
    expect(page.locator("#point")).to_contain_text(re.compile(r"\d+ more as near"))


def test_what_filters_leave_is_laid_out_anew(page: Any) -> None:
    tab = at(page, "layout=lanes&st=Uncontested")
    assert tab.evaluate("kg.mode()") == "left"
    scene = tab.evaluate("kg.scene()")
    linked = {line[end] for line in scene["lines"] for end in ("from", "to")}
    assert {node["id"] for node in scene["nodes"]} == linked
    told = {ident for ident, _ in scene["words"]}
    assert {line["id"] for line in scene["lines"]} <= told
    tab.locator("#all").click()
    becomes(tab, "kg.mode()", "")
    assert now(tab, "kg.counts().drawn") > len(scene["nodes"])


def test_the_legend_lifts_what_the_pointer_is_on(page: Any) -> None:
    tab = at(page)
    tab.locator('#filters li:has([data-key="st-Denied"])').hover()
    becomes(tab, "kg.lifted().length > 0", True)
    tab.mouse.move(700, 500)


def test_a_lens_tells_what_fell_turned_and_rests_on_one_voice(page: Any, shipped: Any) -> None:
    documents = {a.document for c in shipped.ledger.claims() for a in c.attestations}
    lens = Lens(documents=tuple(sorted(documents - {"doc-clt"})))
    seen = {c.id: c for c in Seen(shipped, lens).claims()}
    before = {c.id: c for c in shipped.ledger.claims()}

    def put(claim: Any) -> bool:
        return claim.standing.voices > 0

    fell = {i for i, c in before.items() if put(c) and not (i in seen and put(seen[i]))}
    held = {i: (before[i], c) for i, c in seen.items() if i not in fell}
    turned = {i for i, (a, b) in held.items() if a.standing.status != b.standing.status}
    alone = {i for i, (a, b) in held.items() if b.standing.voices == 1 and a.standing.voices > 1}
    tab = at(page, "doc=doc-clt")
    told = {name: set(ids) for name, ids in tab.evaluate("kg.changes()")}
    expected = {"fell": fell, "turned": turned, "alone": alone}
    assert told == {name: {f"claim/{i}" for i in ids} for name, ids in expected.items()}
    expect(tab.locator("h1")).to_contain_text("without A clearer look")
    assert "A clearer look" in tab.title()
    assert "without A clearer look" in tab.evaluate("kg.svg()")
    lists = tab.locator("#card [data-change=turned]")
    lists.locator("summary").click()
    expect(lists.locator("li")).to_have_count(len(turned))
    at(page)
    expect(tab.locator("#lens")).to_be_hidden()


def centre(tab: Any, ident: str) -> tuple[float, float]:
    found = tab.evaluate(
        """id => {
            const node = kg.scene().nodes.find(node => node.id === id);
            const box = document.getElementById("canvas").getBoundingClientRect();
            return [node.x + box.x, node.y + box.y];
        }""",
        ident,
    )
    return found[0], found[1]


def test_an_actor_that_is_moved_stays_and_its_lines_follow(page: Any) -> None:
    tab = at(page, "layout=lanes")
    x, y = centre(tab, "government-irl")
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x - 40, y + 30, steps=4)
    tab.mouse.up()
    becomes(tab, "location.hash.includes('at=')", True)
    assert centre(tab, "government-irl") == pytest.approx((x - 40, y + 30), abs=1.5)
    saved = tab.evaluate("location.hash.slice(1)")
    at(tab)
    at(tab, saved)
    ends = tab.evaluate(
        """() => kg.scene().lines.filter(line => [line.from, line.to].includes("government-irl"))
            .map(line => [line.pieces[0], line.pieces.at(-1)])"""
    )
    a, b = tab.evaluate(
        """() => { const n = kg.scene().nodes.find(n => n.id === "government-irl"); return [n.x, n.y]; }"""
    )
    assert ends
    for first, last in ends:
        touching = (pytest.approx((a, b), abs=1), pytest.approx((a, b), abs=1))
        assert tuple(first[:2]) == touching[0] or tuple(last[2:]) == touching[1]


def test_two_fields_and_keys_alone_lead_from_one_actor_to_another(page: Any) -> None:
    tab = at(page)
    tab.locator("#ends summary").click()
    for field, name in (("#end-from", "Lu Jianwang"), ("#end-to", "Safeguard Defenders")):
        tab.locator(field).fill(name)
        expect(tab.locator("#ends [role=option]").first).to_be_visible()
        tab.keyboard.press("Enter")
    becomes(tab, "kg.mode()", "chain")
    expect(tab.locator("#card .caveat")).to_be_visible()
    expect(tab.locator("#card .claim").first).to_be_visible()
    scene = now(tab, "kg.scene()")
    assert {"person-lu-jianwang", "org-safeguard-defenders"} <= {n["id"] for n in scene["nodes"]}
    told = {ident for ident, _ in scene["words"]}
    hops = {frozenset((line["from"], line["to"])) for line in scene["lines"]}
    assert hops == {frozenset((x["from"], x["to"])) for x in scene["lines"] if x["id"] in told}
    tab.keyboard.press("Escape")
    becomes(tab, "kg.mode()", "dispute")


def test_a_case_without_disputes_opens_on_what_weighs_most(new_tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(render.render(large(300)), encoding="utf-8")
    tab = new_tab()
    tab.goto(f"file://{path}")
    tab.wait_for_function("window.kg")
    assert tab.evaluate("kg.mode()") == "weight"
    drawn, lines = tab.evaluate("[kg.counts().drawn, kg.counts().lines]")
    assert 8 < drawn <= 22 and lines > 5
    expect(tab.locator("#point")).to_contain_text("none disputed")
    tab.close()


def test_svg_has_named_groups_and_a_key_and_print_the_passages(page: Any, shipped: Any) -> None:
    tab = at(page)
    root = ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1])
    groups = {g.get("id"): g for g in root.iter("{http://www.w3.org/2000/svg}g")}
    assert [*groups] == ["voices", "lines", "actors", "names", "marks", "key", "words"]
    key = " ".join(t.text or "" for t in groups["key"].iter("{http://www.w3.org/2000/svg}text"))
    assert "contested" in key and "government" in key
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    claims = [c for c in shipped.ledger.claims() if c.standing.status in DISPUTED]
    printed = tab.locator("#sheet .evidence > ol > li")
    assert printed.count() == len(claims)
    passages = [a.passage for c in claims for a in c.attestations if a.passage]
    words = tab.locator("#sheet .evidence").text_content()
    assert all(f"({passage})" in words for passage in passages)


def test_the_panel_is_reached_at_every_width_and_keeps_the_focus(page: Any) -> None:
    tab = at(page)
    tab.set_viewport_size({"width": 1024, "height": 768})
    expect(tab.locator("#card")).to_be_hidden()
    tab.locator("#panel").click()
    expect(tab.locator("#card h2").first).to_be_visible()
    tab.locator("#card .claim summary").first.click()
    tab.locator("#card .claim .claim summary").first.click()
    tab.locator("#card .go button", has_text="Show this line").first.click()
    becomes(tab, "document.activeElement.closest('#card') !== null", True)
    tab.locator("#panel").click()
    tab.keyboard.press("Escape")
    expect(tab.locator("#card")).to_be_hidden()
    tab.set_viewport_size({"width": 1440, "height": 900})


def test_the_chosen_tab_is_seen_in_forced_colours(page: Any) -> None:
    tab = at(page)
    tab.emulate_media(forced_colors="active")
    outline = "name => getComputedStyle(document.querySelector(name)).outlineStyle"
    assert now(tab, outline, "#tab-network") == "solid"
    assert now(tab, outline, "#tab-table") == "none"
    tab.emulate_media(forced_colors="none")


def test_the_timeline_brackets_what_is_undated_and_a_drag_filters_all_tabs(page: Any) -> None:
    tab = at(page, "tab=timeline&sel=n:government-nld")
    rows = tab.locator("#pane-timeline .lane")
    words = rows.evaluate_all("all => all.map(row => row.querySelector('text').textContent)")
    assert (
        len(words) > 5
        and all(words)
        and "ordered the closure of The stations in the Netherlands" in words
    )
    # Undated in the text, and in print on a day: a broken line up to it.
    closure = rows.nth(words.index("ordered the closure of The stations in the Netherlands"))
    assert closure.locator("> path").get_attribute("stroke-dasharray")
    rows.first.focus()
    tab.keyboard.press("ArrowDown")
    becomes(tab, "document.activeElement.classList.contains('lane')", True)
    whole = tab.evaluate("kg.counts().claims")
    box = tab.locator(".brush").bounding_box()
    y = box["y"] + 8
    tab.mouse.move(box["x"] + 60, y)
    tab.mouse.down()
    tab.mouse.move(box["x"] + 200, y, steps=3)
    tab.mouse.up()
    becomes(tab, "location.hash.includes('said=')", True)
    assert 0 < now(tab, "kg.counts().claims") < whole
    tab.locator('[data-key="unbrush"]').click()
    becomes(tab, "kg.counts().claims", whole)


def test_the_map_fills_countries_by_what_their_bodies_are_said_to_do(
    page: Any, shipped: Any
) -> None:
    ledger = shipped.ledger
    acts = [c for c in ledger.claims() if c.relation == "investigates"]
    disputed = {c.subject for c in acts if c.standing.status in DISPUTED}
    tab = at(page, "tab=map&fill=investigates")
    filled = tab.locator("#pane-map .country")
    names = filled.evaluate_all(
        "all => all.map(one => [one.dataset.key, one.getAttribute('fill')])"
    )
    codes = {key.removeprefix("country-"): fill for key, fill in names}
    assert {"NLD", "ITA"} <= set(codes) and "GRC" not in codes
    assert disputed == {"government-ita"}
    assert [code for code, fill in codes.items() if fill == "url(#hatch)"] == ["ITA"]
    filled.filter(has_text="Italy").dispatch_event("click")
    expect(tab.locator("#card h2")).to_have_text("Italy")
    expect(tab.locator("#card .claim").first).to_contain_text("investigates")


def test_places_are_marked_by_whose_they_are_in_the_order_that_the_ontology_says(
    page: Any, shipped: Any
) -> None:
    ranked = [t for t in shipped.terms.relations.values() if t.rank < 99]
    tab = at(page, "tab=map")
    choice = tab.locator("#pane-map .fill option").evaluate_all("all => all.map(o => o.value)")
    assert choice[: len(ranked)] == [t.id for t in sorted(ranked, key=lambda t: t.rank)]
    acts = [c for c in shipped.ledger.claims() if c.relation == choice[0]]
    site = tab.locator('.site[aria-label^="Athens"]')
    expect(site).to_have_attribute("aria-label", re.compile("1 actor; Fuzhou bureau operates 1$"))
    expect(tab.locator("#pane-map text.name", has_text="Athens")).to_have_text("Athens · F")
    key = {
        text.split(" ", 1)[1].rsplit(" ", 1)[0]: int(text.rsplit(" ", 1)[1])
        for text in tab.locator("#pane-map .owners button").all_inner_texts()
    }
    assert len(key) == 7 and key["Fuzhou bureau"] <= sum(c.subject == "bureau-fuzhou" for c in acts)
    tab.locator("#pane-map .fill select").select_option("-")
    expect(tab.locator("#pane-map .share")).to_have_count(0)
    # Places themselves are no actors; what is on the map is.
    words = tab.locator("#pane-map .note summary").first.inner_text()
    drawn = [n["id"] for n in at(tab, "layout=lanes").evaluate("kg.scene()")["nodes"]]
    assert int(words.split(" ")[0]) <= len(drawn)


def test_the_map_draws_countries_finely_that_carry_a_symbol(page: Any) -> None:
    page.evaluate("kg.address('tab=map')")
    drawn = page.locator("#pane-map path.land, #pane-map path.country")
    shapes = drawn.evaluate_all("all => all.map(path => path.getAttribute('d'))")
    fine = [d for d in shapes if "." in d]
    assert 30 < len(fine) < len(shapes) and shapes[0] not in fine


def test_lines_between_two_bands_are_one_with_their_number(page: Any) -> None:
    tab = at(page, "layout=lanes&apart=1")
    whole = {line["id"]: line for line in tab.evaluate("kg.scene().lines")}
    tab = at(page, "layout=lanes")
    apart = {line["id"] for line in tab.evaluate("kg.scene().lines")}
    bundles = tab.evaluate("kg.bundles()")
    held = [claim for _, claims in bundles for claim in claims]
    assert len(held) == len(set(held)) and len(bundles) > 5
    assert {*held} | apart >= {*whole} and not {*held} & apart
    assert all(len(claims) >= 3 for _, claims in bundles)
    key, claims = max(bundles, key=lambda bundle: len(bundle[1]))
    tab.evaluate("sel => kg.address('layout=lanes&sel=' + encodeURIComponent(sel))", f"b:{key}")
    expect(tab.locator("#card h2 .count")).to_have_text(str(len(claims)))
    assert {*claims} <= {line["id"] for line in now(tab, "kg.scene().lines")}
    tab.locator("#apart").click()
    becomes(tab, "kg.bundles().length", 0)


def test_the_part_of_the_picture_that_is_shown_stands_in_the_address(page: Any) -> None:
    tab = at(page, "layout=lanes")
    before = tab.evaluate("kg.scene().nodes[0]")
    tab.locator("#canvas").focus()
    tab.keyboard.press("+")
    tab.keyboard.press("Shift+ArrowRight")
    becomes(tab, "location.hash.includes('view=')", True)
    spot = now(tab, "kg.scene().nodes.find(n => n.id === 'government-irl')")
    hash_ = tab.evaluate("location.hash.slice(1)")
    at(tab, "layout=lanes")
    assert tab.evaluate("kg.scene().nodes[0]") == before
    at(tab, hash_)
    again = tab.evaluate("kg.scene().nodes.find(n => n.id === 'government-irl')")
    assert (again["x"], again["y"]) == pytest.approx((spot["x"], spot["y"]), abs=1.5)
    tab.locator("#fit").click()
    becomes(tab, "location.hash.includes('view=')", False)


def test_the_matrix_is_taken_away_whole_as_a_picture(page: Any, shipped: Any) -> None:
    made = matrix(shipped)
    tab = at(page, "tab=matrix")
    root = ElementTree.fromstring(tab.evaluate("kg.svg()").split("\n", 1)[1])
    name = "{http://www.w3.org/2000/svg}"
    cells = [r for r in root.iter(f"{name}rect") if r.get("fill-opacity")]
    assert len(cells) == sum(1 for row in made.rows for cell in row.cells if cell)
    words = [t.text or "" for t in root.iter(f"{name}text")]
    assert "Safeguard Defenders" in words and any(w.startswith("✕ Safeguard") for w in words)
    assert not any("picture of the network" in word for word in words)


def test_where_one_looks_stands_in_the_address_of_every_tab(page: Any) -> None:
    tab = at(page, "tab=table")
    tab.locator("#pane-table thead button", has_text="Voices").click()
    becomes(tab, "location.hash.includes('sort=7')", True)
    tab = at(page, "tab=map")
    tab.locator('[data-key="map+"]').click()
    becomes(tab, "location.hash.includes('frame=')", True)
    frame = now(tab, "document.querySelector('#pane-map > svg').getAttribute('viewBox')")
    saved = tab.evaluate("location.hash.slice(1)")
    at(tab, "tab=table&sort=-7")
    expect(tab.locator("#pane-table th").nth(6)).to_have_attribute("aria-sort", "descending")
    at(tab, saved)
    again = tab.evaluate("document.querySelector('#pane-map > svg').getAttribute('viewBox')")
    assert [round(float(n)) for n in again.split()[:3]] == [
        round(float(n)) for n in frame.split()[:3]
    ]
    # A click on a place leaves no mark of the browser's own, in the units of the map.
    site = tab.locator('.site:not([aria-label*="nearby"])').first
    site.click(force=True)
    becomes(tab, "document.activeElement.classList.contains('site')", True)
    assert now(tab, "getComputedStyle(document.activeElement).outlineStyle") == "none"


def test_the_overview_tells_what_rests_on_one_voice_and_opens_the_rest(
    page: Any, shipped: Any
) -> None:
    put = [c for c in shipped.ledger.claims() if c.standing.voices]
    alone = sum(c.standing.voices == 1 for c in put)
    tab = at(page)
    tab.locator("#card .lanes button.more").first.click()
    expect(tab.locator("#card .lanes li").first.locator("button.more")).to_have_count(0)
    one = tab.locator("#card button", has_text="rest on one voice")
    expect(one).to_contain_text(f"{alone:,} of {len(put):,} claims put forward rest on one voice")
    one.click()
    becomes(tab, "kg.state().tab", "table")
    expect(tab.locator("#pane-table th").nth(6)).to_have_attribute("aria-sort", "ascending")


def test_above_its_size_a_page_holds_what_weighs_most_and_says_so(
    shipped: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_BYTES", 700_000)
    monkeypatch.setattr(view, "FIRST", 60)
    page = view.drawn(shipped, None)
    assert 400_000 < len(page.html.encode()) <= 700_000
    claims = list(shipped.ledger.claims())
    kept = set(re.findall(r'"id":"C:([0-9a-f]+)"', page.html))
    assert len(kept) > 50 and kept == {c.id for c in heaviest(claims)[: len(kept)]}
    assert f'"light":{len(claims) - len(kept)},' in page.html


@pytest.mark.parametrize(
    ("number", "fixed", "each", "least"),
    # Few; many that fit; more than fit, evenly; more than the page would have room for at all.
    [
        (4, 10, 10, 4),
        (9_000, 0, 500, 9_000),
        (90_000, 600_000, 500, 8_000),
        (90_000, 0, 100, 20_000),
    ],
)
def test_as_many_claims_as_fit_are_found_by_few_pages(number, fixed, each, least):
    made = []

    def page(most: int) -> tuple[str, str]:
        made.append(most)
        return "x" * (fixed + each * most), str(most)

    html, sizes = view._fitting(page, number)
    assert len(html) <= view.MOST_BYTES and int(sizes) >= least
    assert len(made) <= 4 and len(set(made)) == len(made)


@pytest.mark.parametrize("jump", [1, 5_001])
def test_a_page_that_fits_is_found_however_the_size_grows(monkeypatch, jump):
    monkeypatch.setattr(view, "MOST_BYTES", 2_000)
    made = []

    def page(most: int) -> tuple[str, str]:
        made.append(most)
        return "x" * (1_000 + 9_000 * (most > jump)), str(most)

    html, sizes = view._fitting(page, 30_000)
    assert len(html) <= 2_000 and 1 <= int(sizes) <= jump
    assert len(made) <= 20


def test_a_dot_of_the_timeline_says_status_and_basis_as_the_legend_does(page: Any) -> None:
    tab = at(page, "tab=timeline")
    dots = tab.evaluate(
        """() => [...document.querySelectorAll('#pane-timeline .dot')].map(dot => [dot.dataset.claim,
        [...dot.children].slice(2).filter(part => part.getAttribute('r') !== '1.5').map(part =>
        [part.tagName, part.getAttribute('r'), part.getAttribute('stroke-dasharray'),
        part.tagName === 'path' && part.getAttribute('d').replace(/[^A-Za-z]/g, '')].join()).join()])"""
    )
    stood = {one[0]: (one[1], one[2]) for one in tab.evaluate("kg.stood()")}
    forms: dict[str, set[str]] = {}
    for claim, form in dots:
        status, basis = stood[claim]
        own = status if status not in ("Uncontested", "Open") else f"{status} {basis}"
        forms.setdefault(own, set()).add(form)
    assert {"Uncontested Asserted", "Uncontested Alleged", "Contested", "Denied"} <= {*forms}
    assert len(set().union(*forms.values())) == sum(map(len, forms.values())) == len(forms)
    key = tab.locator("#pane-timeline .dots .note")
    expect(key).to_have_count(len(forms))
    expect(key.filter(has_text="alleged")).to_have_count(1)
