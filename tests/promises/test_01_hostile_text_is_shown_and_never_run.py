"""Text that looks like markup or script is shown as text, in every page.

Fault: `</script>`, `<img onerror>` or `<!--<script>` stands in a label, note, relation or file name.
Seen: the text itself, as it was typed; exit code 0.
Kept: the page and whoever opens it.
"""

import pytest
from asking import run
from browsing import expect, settled
from hostile import MARKUP, TEMPLATES, sheet, tables
from sampleview import HOSTILE, case

from kg.case.folder import find
from kg.page import render
from kg.store.build import build

SCRIPT = "<script>window.PWN=8</script>"


@pytest.fixture(scope="module")
def hostile(make_case, tmp_path_factory):
    """A built case whose title, names, notes, relation, class, files are hostile."""
    folder = make_case(**tables([*MARKUP, *TEMPLATES, "--><script>window.PWN=9</script>"]))
    terms = folder / "ontology" / "terms.ttl"
    text = terms.read_text(encoding="utf-8")
    text = text.replace('"visited"@en', f'"visited {SCRIPT}"@en').replace(
        '"person"@en', f'"{SCRIPT}"@en'
    )
    terms.unlink()
    (folder / "ontology" / "<img src=x onerror=window.PWN=10>.ttl").write_text(
        text, encoding="utf-8"
    )
    toml = f'title = "{SCRIPT}</title>"\ndescription = "{SCRIPT}"\nlicence = "{SCRIPT}"\nversion = "{SCRIPT}"\n'
    toml += f'editors = ["{SCRIPT}"]\nbase = "https://example.org/id/"\n'
    (folder / "data" / "case.toml").write_text(toml, encoding="utf-8")
    build(find(folder))
    return folder


def test_nothing_runs_in_a_page_whatever_is_clicked(hostile, opened):
    out = hostile / "<img src=x onerror=window.PWN=11>.html"
    assert run("view", hostile, out=str(out)) == 0
    with opened(out.as_uri()) as (tab, seen):
        box = tab.locator("#canvas").bounding_box()
        for node in tab.evaluate("kg.scene().nodes.map(n => [n.x, n.y])"):
            tab.mouse.move(box["x"] + node[0], box["y"] + node[1])
        tab.mouse.click(box["x"] + node[0], box["y"] + node[1])
        for name in ("timeline", "table"):
            tab.locator(f"#tab-{name}").click()
            expect(tab.locator(f"#pane-{name}")).to_be_visible()
        heads = tab.locator("#pane-table thead button")
        expect(heads).to_have_count(11)
        for i in range(10):
            heads.nth(i).click()
        tab.locator("#tab-network").click()
        tab.locator("#find").fill("<script>")
        tab.keyboard.press("Enter")
        expect(tab.locator("#card h2")).to_contain_text("<")
        for words in ("SVG picture", "CSV of the claims", "JSON-LD"):
            tab.locator("#tools summary", has_text="Save").click()
            with tab.expect_download():
                tab.get_by_role("button", name=words).click()
        settled(tab)
        assert tab.title() == f"{SCRIPT}</title>"
        assert tab.evaluate("window.PWN") is None
        assert tab.locator("body img, body iframe, #card script, main script").count() == 0
        assert (seen.outside(), seen.messages, seen.dialogs) == ([], [], [])


def test_nothing_runs_in_a_dossier(hostile, capsys, opened):
    assert run("show", hostile, "p-0", format="html") == 0
    page_ = hostile / "dossier.html"
    page_.write_text(capsys.readouterr().out, encoding="utf-8")
    with opened(page_.as_uri()) as (tab, seen):
        assert tab.locator("h1").inner_text() == MARKUP[0]
        assert tab.locator("script, img, b").count() == 0
        assert tab.evaluate("window.PWN") is None
        assert (seen.outside(), seen.messages, seen.dialogs) == ([], [], [])


def test_hostile_names_are_text_in_every_panel(tmp_path, opened):
    path = tmp_path / "hostile.html"
    path.write_text(render.render(case(hostile=True, cities=20)), encoding="utf-8", newline="\n")
    with opened(path.as_uri()) as (tab, seen):
        for word in ("script", "img", "href", "福州", "constructor"):
            tab.locator("#find").fill(word)
            tab.keyboard.press("Enter")
        for name in ("table", "timeline", "map", "network"):
            tab.locator(f"#tab-{name}").click()
        expect(tab.locator("#pane-network")).to_be_visible()
        settled(tab)
        assert tab.evaluate("window.PWN") is None
        assert tab.title() == HOSTILE[1]
        assert tab.locator("body img, body iframe, #card script, main script").count() == 0
        assert tab.locator('a[href^="javascript"]').count() == 0
        assert "\u202e" not in tab.content() and "\u2066" not in tab.content()
        assert (seen.outside(), seen.messages) == ([], [])


def test_a_template_mark_in_a_name_stays(make_case, capsys):
    folder = make_case(
        people=sheet(["id", "name"], ["person-lu", "{{7*7}} {% raw %} ${7*7} %s {0}"])
    )
    build(find(folder))
    run("show", folder, "person-lu", format="html")
    assert "<h1>{{7*7}} {% raw %} ${7*7} %s {0}</h1>" in capsys.readouterr().out
