"""The workbench in a real browser: what a person does with it, at three widths, in both schemes."""

import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import processes
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import expect, now
from playwright.sync_api import sync_playwright
from test_events import BANK, write

from kg.case.folder import find
from kg.store.build import build


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    for part in ("data", "ontology", "queries"):
        shutil.copytree(processes.ROOT / part, folder / part)
    build(find(folder))
    with processes.start(folder, *processes.KG, "serve", "--port", "0") as server:
        try:
            yield server.stdout.readline().decode().split()[0]
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def chromium():
    """A browser that finds this machine and no other."""
    rules = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    with sync_playwright() as run:
        made = run.chromium.launch(executable_path=program, args=rules)
        yield made
        made.close()


@pytest.fixture(params=[(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")], ids=str)
def tab(request, chromium, address):
    width, scheme = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    made = context.new_page()
    wrong, asked = [], []
    made.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    made.on("pageerror", lambda e: wrong.append(str(e)))
    made.on("request", lambda r: asked.append(r.url))
    made.goto(address)
    expect(made.locator("#examples option")).to_have_count(6)
    yield made
    assert [one for one in wrong if "400 (Bad Request)" not in one] == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    context.close()


def clean(tab):
    """Nothing that axe finds, and nothing that is wider than the screen."""
    found = Axe().run(tab).response["violations"]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found] == []
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert tab.evaluate(wide) is True


def test_a_query_as_table_chart_and_network(tab):
    clean(tab)
    tab.select_option("#examples", label="Claims by how they stand")
    tab.click("#run")
    expect(tab.locator("#status")).to_contain_text(re.compile(r"\d+ rows, in"))
    expect(tab.locator("#table th")).to_have_text(["status", "basis", "claims"])
    clean(tab)
    tab.click("#tab-chart")
    expect(tab.locator("#chart .name").first).to_have_text("kg:Uncontested, kg:Asserted")
    clean(tab)
    tab.select_option("#examples", label="What is contested")
    tab.keyboard.press("Escape")
    tab.click("#run")
    expect(tab.locator("#chart .quiet")).to_have_text("rows for each relation.")
    expect(tab.locator("#chart .name").first).to_have_text("is described as")
    tab.click("#tab-network")
    page = tab.frame_locator("#network iframe")
    expect(page.locator("#point")).to_contain_text("disputed")


def test_a_wrong_query_is_shown_where(tab):
    editor = tab.locator(".CodeMirror textarea").first
    editor.press("Control+a")
    tab.keyboard.insert_text("SELECT ?x {\n  ?x kg:operates\n}")
    editor.press("Control+Enter")
    expect(tab.locator("#status")).to_contain_text("cannot be read at line")
    expect(tab.locator(".wrong-line")).to_have_count(1)
    clean(tab)


def test_terms_and_names_are_completed(tab):
    editor = tab.locator(".CodeMirror textarea").first
    editor.press("Control+a")
    # Typed letter by letter, an Enter may meet proposals that are about to be replaced, and waits for the next ones.
    tab.keyboard.insert_text("SELECT * { ?a kg:operat")
    expect(tab.locator(".CodeMirror-hint").first).to_contain_text("operates")
    editor.press("Enter")
    tab.keyboard.insert_text(" ?b . id:fuzhou-city-public")
    expect(tab.locator(".CodeMirror-hint").first).to_contain_text(
        "Fuzhou City Public Security Bureau"
    )
    editor.press("Enter")
    expect(tab.locator(".CodeMirror-line")).to_contain_text("kg:operates ?b . id:bureau-fuzhou")


def test_what_was_asked_is_remembered_and_forgotten(tab):
    tab.select_option("#examples", label="Who speaks most")
    tab.click("#run")
    expect(tab.locator("#status")).to_contain_text("30 rows")
    tab.reload()
    tab.click("#history summary")
    tab.locator("#asked button").first.click()
    expect(tab.locator(".CodeMirror-line").first).to_contain_text("?voice")
    clean(tab)
    tab.click("#forget")
    expect(tab.locator("#nothing-asked")).to_be_visible()


def test_a_name_leads_to_its_dossier_and_on_to_paths(tab):
    tab.click("#tab-names")
    tab.fill("#text", "FBI")
    tab.keyboard.press("Enter")
    tab.locator("#found button").first.click()
    expect(tab.locator("#dossier h1")).to_have_text("Federal Bureau of Investigation")
    expect(tab.locator("#dossier")).to_contain_text("asserted by")
    clean(tab)
    tab.click("text=Paths from here")
    tab.fill("#end", "bureau-fuzhou")
    tab.keyboard.press("Enter")
    expect(tab.locator("#paths > li").first).to_contain_text("Chen Jinping")
    expect(tab.locator("#paths small").first).to_contain_text("asserted; voices: 1")
    clean(tab)
    tab.click("text=Draw these paths")
    page = tab.frame_locator("#path-network iframe")
    expect(page.locator("#canvas")).to_be_visible()


def test_what_was_asked_for_last_is_shown_though_its_answer_comes_first(tab):
    tab.click("#tab-names")
    tab.fill("#text", "police")
    tab.keyboard.press("Enter")
    first, second = (tab.locator("#found button").nth(i) for i in range(2))
    expect(second).to_be_visible()
    name = second.evaluate("button => button.firstChild.textContent")
    held = []
    late = f"**/api/show?name={first.get_attribute('data-id')}*"
    tab.route(late, lambda route: held.append(route))
    with tab.expect_request(late):
        first.click()
    second.click()
    expect(tab.locator("#dossier h1")).to_have_text(name)
    with tab.expect_response(late) as answered:
        held[0].continue_()
    answered.value.finished()
    assert now(tab, "document.querySelector('#dossier h1').textContent") == name
    # So with names: what was looked for before does not come back.
    late = "**/api/find?text=police*"
    tab.route(late, lambda route: held.append(route))
    with tab.expect_request(late):
        tab.locator("#text").press("Enter")
    tab.fill("#text", "FBI")
    tab.keyboard.press("Enter")
    expect(tab.locator("#found button").first).to_contain_text("Federal Bureau")
    with tab.expect_response(late) as answered:
        held[1].continue_()
    answered.value.finished()
    assert "Federal Bureau" in now(tab, "document.querySelector('#found button').textContent")


def test_each_sentence_of_a_path_has_its_own_standing(chromium, tmp_path: Path):
    """Through an event it is two hops, and what is denied is not told of the sentence after it."""
    build(write(tmp_path, BANK))
    with processes.start(tmp_path, *processes.KG, "serve", "--port", "0") as server:
        try:
            tab = chromium.new_page()
            tab.goto(server.stdout.readline().decode().split()[0])
            tab.click("#tab-path")
            tab.fill("#start", "Ann")
            tab.fill("#end", "Cid")
            tab.keyboard.press("Enter")
            denied = tab.locator("#paths > li", has_text="Ann paid 2,000 EUR").locator("ol > li")
            expect(denied).to_have_count(2)
            expect(denied.first.locator(".disputed")).to_have_count(2)
            expect(denied.last).to_contain_text("Bob paid 900 EUR to Cid")
            expect(denied.last.locator("small")).to_have_count(2)
            expect(denied.last.locator(".disputed")).to_have_count(0)
            expect(tab.locator("#paths")).not_to_contain_text("undefined")
        finally:
            server.terminate()


def test_a_name_that_is_nobodys_says_who_may_be_meant(tab):
    tab.click("#tab-names")
    tab.fill("#text", "Zzyzx")
    tab.keyboard.press("Enter")
    expect(tab.locator("#found-status")).to_contain_text("nothing is called “Zzyzx”")


def test_what_is_in_the_table_has_its_name_beside_its_code(tab):
    editor = tab.locator(".CodeMirror textarea").first
    editor.press("Control+a")
    tab.keyboard.insert_text(
        "SELECT ?p ?o { id:network-stations ?p ?o . FILTER (?p = kg:usedFor) }"
    )
    editor.press("Control+Enter")
    expect(tab.locator("#table td").first).to_have_text("is used forkg:usedFor")
    expect(tab.locator("#table .link").first).not_to_have_text(re.compile("^id:"))
    editor.press("Control+a")
    tab.keyboard.insert_text("SELECT ?s { id:bureau-fuzhou kg:operates ?s }")
    editor.press("Control+Enter")
    expect(tab.locator("#table td small").first).to_contain_text("id:station-")
    clean(tab)


def test_many_rows_come_in_parts(tab):
    editor = tab.locator(".CodeMirror textarea").first
    editor.press("Control+a")
    tab.keyboard.insert_text("SELECT * { ?s ?p ?o } LIMIT 700")
    editor.press("Control+Enter")
    expect(tab.locator("#table tbody tr")).to_have_count(500)
    tab.click("text=500 of 700 rows are shown")
    expect(tab.locator("#table tbody tr")).to_have_count(700)
    expect(tab.locator("#table .bar button")).to_be_hidden()


def test_an_entity_in_the_table_leads_to_its_dossier(tab):
    tab.select_option("#examples", label="Who speaks most")
    tab.click("#run")
    tab.locator("#table .link").first.click()
    expect(tab.locator("#dossier h1")).to_be_visible()


def test_a_page_elsewhere_cannot_ask(chromium, address, tmp_path: Path):
    """A page of another origin, in the same browser, gets nothing: not by fetch, image, form or frame."""
    page = tmp_path / "elsewhere.html"
    page.write_text("<!doctype html><title>elsewhere</title>", encoding="utf-8")
    tab = chromium.new_page()
    tab.goto(page.as_uri())
    ask = "async url => { try { const r = await fetch(url); return r.status; } catch { return 'refused'; } }"
    assert tab.evaluate(ask, f"{address}sparql?query=ASK%7B%7D") == "refused"
    blind = (
        "async url => { try { return (await fetch(url, {mode: 'no-cors'})).type; } "
        "catch { return 'refused'; } }"
    )
    assert tab.evaluate(blind, f"{address}sparql?query=ASK%7B%7D") == "refused"
    shown = (
        "url => new Promise(done => { const one = document.createElement('script'); "
        "one.onload = () => done('run'); one.onerror = () => done('refused'); one.src = url; "
        "document.head.append(one); })"
    )
    assert tab.evaluate(shown, f"{address}workbench/ask.js") == "refused"
    tab.close()


@contextmanager
def pages(folder):
    """A server of files, of another origin, and that origin."""
    command = (sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1")
    with processes.start(folder, *command) as made:
        try:
            port = re.search(rb"port (\d+)", made.stdout.readline())[1].decode()
            yield f"http://127.0.0.1:{port}"
        finally:
            made.kill()


@contextmanager
def open_to(origin, folder):
    """A server that the pages of an origin may ask, and its address."""
    command = (*processes.KG, "serve", "--port", "0", "--allow-origin", origin)
    with processes.start(folder, *command) as server:
        try:
            yield server.stdout.readline().decode().split()[0]
        finally:
            server.kill()


YASGUI = """<!doctype html><title>YASGUI</title>
<link rel="stylesheet" href="/yasgui.min.css"><div id="yasgui"></div>
<script src="/yasgui.min.js"></script>
<script>
const made = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint: new URLSearchParams(location.search).get("ask") + "sparql" },
  copyEndpointOnNewTab: false, yasqe: { showQueryButton: true, resizeable: false },
});
</script>"""


def test_yasgui_asks_from_its_own_page(chromium, built_case, tmp_path: Path):
    """Its editor, its request after a question whether it may, its table of the answer."""
    for name in ("yasgui.min.js", "yasgui.min.css"):
        build_of = (
            processes.ROOT / ".venv-interop" / "node_modules" / "@triply" / "yasgui" / "build"
        )
        shutil.copy(build_of / name, tmp_path / name)
    (tmp_path / "page.html").write_text(YASGUI, encoding="utf-8")
    with pages(tmp_path) as origin, open_to(origin, built_case) as address:
        tab = chromium.new_page()
        tab.goto(f"{origin}/page.html?ask={address}")
        ask = "query => { const yasqe = made.getTab().getYasqe(); yasqe.setValue(query); yasqe.query(); }"
        tab.evaluate(ask, "SELECT ?n { id:person-lu rdfs:label ?n }")
        expect(tab.locator(".yasr_results")).to_contain_text("Lu Jianwang")
        tab.close()


def test_a_page_that_was_named_is_told_the_generation(chromium, built_case, tmp_path: Path):
    (tmp_path / "page.html").write_text("<!doctype html><title>named</title>", encoding="utf-8")
    with pages(tmp_path) as origin, open_to(origin, built_case) as address:
        tab = chromium.new_page()
        tab.goto(f"{origin}/page.html")
        ask = (
            "async url => { const r = await fetch(url + 'sparql?query=ASK%7B%7D'); "
            "return [r.status, (await r.json()).boolean, r.headers.get('Kg-Generation') !== null]; }"
        )
        assert tab.evaluate(ask, address) == [200, True, True]
        tab.close()
