"""A story of a case: read to the letter, held to its claims, led through on a page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import becomes, expect, now

import kg as library
from kg.analysis import retelling
from kg.case import story
from kg.case.folder import find
from kg.model.errors import BadTables, UsageError
from kg.page import layouts
from kg.store.build import build
from kg.store.check import as_ledger
from kg.verbs import view
from kg.verbs.place import Place

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "kg" / "page" / "templates"
TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
my:met a kg:Event ; rdfs:label "met"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
"""
CLAIMS = """subject,relation,object,stance,voice,document,locator
ann,met,bob,,,doc-a,p. 1
ann,met,cid,,,doc-a,p. 2
ann,met,cid,denies,bob,doc-b,p. 1
"""
STORY = """title = "Two steps"
[[step]]
title = "They met"
focus = "ann"
[[step.says]]
text = "Ann met Bob."
claims = ["ann met bob"]
status = "uncontested"
[[step]]
title = "Or not"
tab = "matrix"
without = ["doc-a"]
[[step.says]]
text = "Ann met Cid."
claims = ["ann met cid"]
status = "uncontested"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("story")
    for name, text in {
        "data/case.toml": 'title = "T"\nbase = "https://example.org/id/"\n',
        "data/people.csv": "id,name\nann,Ann\nbob,Bob\ncid,Cid\n",
        "data/documents.csv": "id,name,published\ndoc-a,Doc A,2020\ndoc-b,Doc B,2022\n",
        "data/claims.csv": CLAIMS,
        "data/story.toml": STORY,
        "ontology/terms.ttl": TERMS,
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    build(find(root))
    return root


def told(root: Path, text: str) -> list[str]:
    """Everything wrong with a story of the case in a folder."""
    (root / "data" / "story.toml").write_text(text, encoding="utf-8")
    found, problems = story.read(root)
    assert found
    with as_ledger(find(root)) as ledger:
        problems += retelling.problems(ledger, found)
    (root / "data" / "story.toml").write_text(STORY, encoding="utf-8")
    return [f"{'warning: ' if p.warning else ''}{p}" for p in problems]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ann met bob", "ann met bod", "step 1, key claims: no claim “ann met bod”"),
        ("ann met bob", "ann met bod", "did you mean “ann met bob”?"),
        ('focus = "ann"', 'focus = "anne"', "step 1, key focus: “anne” is no entity"),
        ('claims = ["ann met bob"]\n', "", "step 1, key claims: none for “Ann met Bob.”"),
        ('["ann met bob"]', '["ann met"]', "“ann met”; expected a subject, a relation and an obj"),
        ("focus =", "fokus =", "key fokus: an unknown key; expected title, says"),
        ("without", "wihtout", "did you mean “without”?"),
        ('title = "They met"\n', "", "step 1, key title: nothing; expected a text in quotes"),
        ('["doc-a"]', "3", "step 2, key without: “3”; expected a list of ids"),
        ('"matrix"', '"matirx"', "did you mean “matrix”?"),
        ('"matrix"', '"graph"', "“graph”; expected a tab of the page: network, table, matrix, ti"),
        ('"matrix"', '"table"\nlayout = "lane"', "did you mean “lanes”?"),
        ("focus", "depth = 5\nfocus", "step 1, key depth: “5”; expected a number of steps"),
        ("focus", "depth = true\nfocus", "step 1, key depth: “True”; expected a number of"),
        (
            "focus",
            'as-of = "2022-02-30"\nfocus',
            "2022-02-30”; expected a date that exists (2022-0",
        ),
        ("focus", 'known-by = "2022~"\nfocus', "“2022~”; expected a day, a month or a year, as 2"),
        ("focus", 'known-by = "?"\nfocus', "“?”; expected a day, a month or a year"),
        ("focus", "as-of = 2022-01-01T10:00:00\nfocus", "expected a day, a month or a year"),
        ("focus", 'said = ".."\nfocus', "step 1, key said: “..”; expected a period, as 2022..2023"),
        ("focus", 'said = "2022..x"\nfocus', "“2022..x”; expected a period, as 2022..2023"),
        ("focus", 'said = "2022..2021"\nfocus', "expected a period that does not end before it"),
        ("focus", 'select = "ann met"\nfocus', "step 1, key select: “ann met” is no entity; e"),
        ("focus", 'select = "ann met bod"\nfocus', "no claim “ann met bod”; expected the id of"),
        ("focus", 'select = "anne"\nfocus', "step 1, key select: “anne” is no entity"),
        (
            'focus = "ann"',
            'focus = "Ann"',
            "“Ann” is no entity; expected an id of the case; its id is",
        ),
        ('["doc-a"]', '["doc-z"]', "step 2, key without: “doc-z” is no entity"),
        ('["doc-a"]', '["cid"]', "nothing rests on “cid”, so that nothing is left out"),
        ('"uncontested"', '"contestd"', "“contestd”; expected uncontested, open, cont"),
        ("", "", "warning: story.toml, step 2, key status: “ann met cid” is contested now"),
    ],
)
def test_what_is_wrong_in_a_story_is_told(folder: Path, old: str, new: str, words: str) -> None:
    problems = told(folder, STORY.replace(old, new) if old else STORY)
    assert any(words in problem for problem in problems), problems


@pytest.mark.parametrize(
    "shown",
    [
        'as-of = "2022"\nknown-by = "2022-10"',
        "as-of = 2022-10-29\nknown-by = 2022",
        'said = "2022..2023-01"',
        'said = "..2023"',
        'said = "2022-10.."',
        'said = "2022"',
        'depth = 2\ntab = "timeline"\nlayout = "weight"',
        'depth = "2"\nselect = "ann met cid"',
    ],
)
def test_what_a_step_may_show(folder: Path, shown: str) -> None:
    text = STORY.replace("focus", f"{shown}\nfocus")
    assert told(folder, text) == told(folder, STORY)


def test_all_that_is_wrong_in_a_story_is_told_at_once(folder: Path) -> None:
    wrong = 'tab = "x"\nlayout = "y"\ndepth = 9\nas-of = "z"\nselect = "a b"\nfocus'
    found = told(folder, STORY.replace("focus", wrong).replace('"doc-a"', '"nobody"'))
    for key in ("tab", "layout", "depth", "as-of", "select", "without"):
        assert any(f", key {key}: " in problem for problem in found)


def test_the_tabs_and_layouts_of_a_step_are_those_of_a_page(folder: Path) -> None:
    scripts = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.js"))
    tabs = re.findall(r'(?:TABS\.push\(|TABS = \[)\{ id: "(\w+)"', scripts)
    assert sorted(tabs) == sorted(story.TABS)
    assert list(story.LAYOUTS) == list(layouts.LAYOUTS)


def test_a_story_without_steps_or_none_at_all(folder: Path, tmp_path: Path) -> None:
    assert any("expected a part [[step]]" in p for p in told(folder, 'title = "T"\n'))
    assert story.read(tmp_path) == (None, [])
    for found in ("3", '"x"'):
        (problem,) = (p for p in told(folder, f'title = "T"\nstep = {found}\n') if "[[step]]" in p)
        assert f"“{found.strip(chr(34))}”; expected a part" in problem


def test_check_and_build_warn_and_a_page_refuses_what_is_gone(folder: Path, kg: Any) -> None:
    for verb in ("check", "build"):
        done = kg(folder, verb)
        assert done.returncode == 0
        assert "“ann met cid” is contested now" in done.stdout + done.stderr
    path = folder / "data" / "story.toml"
    path.write_text(STORY.replace("met bob", "met doc-a"), encoding="utf-8")
    done = kg(folder, "view", "--story")
    path.write_text(STORY, encoding="utf-8")
    assert done.returncode == 3 and "no claim “ann met doc-a”" in done.stderr
    path.rename(path.with_suffix(".kept"))
    done = kg(folder, "view", "--story")
    path.with_suffix(".kept").rename(path)
    assert done.returncode == 2 and "story.toml" in done.stderr


def test_a_story_that_is_no_toml_is_told_and_stops_no_build(folder: Path, kg: Any) -> None:
    path = folder / "data" / "story.toml"
    path.write_text('title = "T\n', encoding="utf-8")
    done = [kg(folder, *words) for words in (("check",), ("build",), ("view", "--story"))]
    path.write_text(STORY, encoding="utf-8")
    assert [one.returncode for one in done] == [0, 0, 3]
    for one in done:
        assert "story.toml: Illegal character" in one.stdout + one.stderr
        assert "at line 1, column 11" in one.stdout + one.stderr


def test_a_step_that_cannot_be_read_is_told_with_a_claim_that_is_gone(folder: Path) -> None:
    path = folder / "data" / "story.toml"
    wrong = STORY.replace("ann met bob", "ann met bod").replace("focus", "depth = 9\nfocus")
    path.write_text(wrong, encoding="utf-8")
    try:
        with pytest.raises(BadTables) as told:
            library.open(folder).report(story=True)
    finally:
        path.write_text(STORY, encoding="utf-8")
    assert "in two places" in str(told.value)


def test_a_report_tells_each_step_with_its_claims(folder: Path) -> None:
    told = str(library.open(folder).report(story=True))
    heads = [line for line in told.splitlines() if line.startswith(("# ", "## "))]
    assert heads == ["# Two steps", "## 1. They met", "## 2. Or not", "## Sources"]
    assert "- Ann met Bob. ([1](#claim-1))" in told
    assert "- This was written when claim 2 was uncontested; it is contested now. ([2]" in told
    assert told.count("**1. Ann met Bob**") == told.count("**2. Ann met Cid**") == 1
    assert "bob denied: “Doc B”, p. 1".casefold() in told.casefold()


SAYS = '[[step.says]]\ntext = "Ann met Cid."\nclaims = ["ann met cid"]\n'


@pytest.mark.parametrize(
    ("shown", "words", "documents"),
    [
        ('without = ["doc-a"]', "Without Doc A.", ["Doc B"]),
        ('without = ["bob"]', "Without Bob.", ["Doc A"]),
        ('known-by = "2021"', "Known by 2021-12-31.", ["Doc A"]),
        ('without = ["doc-a", "bob"]', "Without Doc A and Bob.", []),
        ('tab = "matrix"', "", ["Doc A", "Doc B"]),
    ],
)
def test_a_step_tells_its_claims_as_it_shows_them(
    folder: Path, shown: str, words: str, documents: list[str]
) -> None:
    steps = (
        f'title = "S"\n[[step]]\ntitle = "All"\n{SAYS}[[step]]\ntitle = "Again"\n{shown}\n{SAYS}'
    )
    told = _report(folder, steps)
    first, _, last = told.partition("## Sources")[0].partition("## 2. Again")
    assert "“Doc A”, p. 2" in first and "“Doc B”, p. 1" in first
    # What it shows as it was told before has its number; what it shows otherwise one of its own.
    number = 1 if documents in ([], ["Doc A", "Doc B"]) else 2
    assert f"- Ann met Cid. ([{number}](#claim-{number}))" in last
    assert last.count(f"- {words}\n") == bool(words)
    assert ("Nothing that this step shows says claim 1." in last) == (not documents)
    again = documents if number == 2 else []
    assert [d for d in ("Doc A", "Doc B") if f"“{d}”, p." in last] == again


def _report(folder: Path, text: str) -> str:
    path = folder / "data" / "story.toml"
    path.write_text(text, encoding="utf-8")
    try:
        return str(library.open(folder).report(story=True))
    finally:
        path.write_text(STORY, encoding="utf-8")


def test_a_story_is_not_told_without_its_claims(folder: Path) -> None:
    opened = library.open(folder)
    for made in (opened.report, opened.view):
        with pytest.raises(BadTables) as caught:
            made(story=True, document="doc-b")
        assert str(caught.value) == "the story does not hold through this lens, in one place"
        (told,) = caught.value.__notes__
        assert "no claim “ann met bob”" in told and "(document: Doc B)" in told
    with pytest.raises(UsageError, match="give entity or story, not both"):
        opened.report(story=True, entity="ann")


def test_a_story_tells_no_name_that_is_withheld(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "case")
    (tmp_path / "case" / "data" / "withhold.csv").write_text(
        "record,what,instead\nann,name,a witness\n"
    )
    build(find(tmp_path / "case"))
    opened = library.open(tmp_path / "case")
    told = str(opened.report(story=True))
    assert "a witness met Bob. ([1](#claim-1))" in told
    assert "ann" not in told.casefold()
    assert "Ann met" not in opened.view(story=True).html


def test_the_shipped_story_holds(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    found, problems = story.read(tmp_path)
    assert found and len(found.steps) == 10 and problems == []
    with as_ledger(find(tmp_path)) as ledger:
        assert retelling.problems(ledger, found) == []


@pytest.fixture(scope="module")
def told_on_a_page(folder: Path) -> Path:
    place = Place(str(folder))
    made = view.drawn(place.graph, None, story=place.story(place.graph))
    path = folder / "page.html"
    path.write_text(made.html, encoding="utf-8")
    return path


@pytest.fixture
def page(new_tab: Any, told_on_a_page: Path) -> Iterator[Any]:
    """It opens on the first step: whoever asks for it finds it so."""
    tab = new_tab()
    tab.goto(told_on_a_page.as_uri())
    tab.wait_for_function("window.kg")
    yield tab
    tab.close()


def test_arrow_keys_lead_through_the_steps(page: Any) -> None:
    card = page.locator("#card")
    expect(card.locator("h2")).to_have_text("1. They met")
    becomes(page, "kg.state().focus", "ann")
    expect(card.locator(".told")).to_have_text("Ann met Bob.")
    expect(card.locator(".docdispute")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(card.locator("h2")).to_have_text("2. Or not")
    becomes(page, "[kg.state().tab, kg.state().step]", ["matrix", "2"])
    expect(card.locator(".docdispute")).to_have_text(
        "Now denied; uncontested when this was written."
    )
    assert "step=2" in now(page, "location.hash")
    page.go_back()
    expect(card.locator("h2")).to_have_text("1. They met")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = page.locator("#sheet")
    expect(sheet).to_contain_text("Ann met Cid.")
    expect(sheet).to_contain_text("“Doc B”, p. 1")


def test_a_saved_page_opens_as_it_stood(page: Any, new_tab: Any, tmp_path: Path) -> None:
    page.evaluate("kg.address('tab=table&sort=-1&st=Uncontested')")
    path = tmp_path / "saved.html"
    path.write_text(page.evaluate("kg.page()"), encoding="utf-8")
    tab = new_tab()
    tab.goto(f"file://{path}")
    tab.wait_for_function("window.kg")
    assert tab.evaluate("kg.state().tab") == "table"
    assert tab.evaluate("kg.counts()") == page.evaluate("kg.counts()")
    expect(tab.locator("#pane-table th").first).to_have_attribute("aria-sort", "descending")
    assert tab.evaluate("kg.page()").count('id="kg-state"') == 1
    tab.close()
