"""A page and the commands through the same lens: the same claims, standings and count of undated."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.case.folder import find
from kg.model.dates import parse
from kg.page import render, subgraph
from kg.store.build import build
from kg.store.lens import Lens, Seen

LENSES = (
    ("as-of=2022-10", {"as_of": "2022-10"}),
    ("as-of=2018-06-30&undated=1", {"as_of": "2018-06-30", "undated": True}),
    ("known-by=2022-12", {"known_by": "2022-12"}),
    ("known_by=2022-12-31", {"known_by": "2022-12"}),
    ("known-by=2022-11-03&undated=1", {"known_by": "2022-11-03", "undated": True}),
    ("said=2022-09..2022-10-31", {"said_from": "2022-09", "said_to": "2022-10-31"}),
    ("said=2022", {"said_from": "2022", "said_to": "2022"}),
    ("said=..2022-12", {"said_to": "2022-12"}),
    ("doc=doc-clt", {"documents": ("doc-clt",)}),
    ("doc=doc-beijing-deflects&as-of=2023", {"documents": ("doc-beijing-deflects",), "as_of": "2023"}),
    ("voice=org-safeguard-defenders", {"voices": ("org-safeguard-defenders",)}),
    ("voice=person-jeremy-daum&known-by=2023", {"voices": ("person-jeremy-daum",), "known_by": "2023"}),
)  # fmt: skip


def lens(graph, words):
    """A lens from days as typed, and from the sources that are switched off."""
    said = [a for claim in graph.ledger.claims() for a in claim.attestations]
    known = {"documents": {a.document for a in said}, "voices": {a.voice for a in said}}
    given = {}
    for name, value in words.items():
        if name in known:
            assert known[name].issuperset(value)
            given[name] = tuple(sorted(known[name] - set(value)))
        else:
            span = value if isinstance(value, bool) else parse(value)
            given[name] = (
                span
                if isinstance(value, bool)
                else (span.earliest if name == "said_from" else span.latest)
            )
    return Lens(**given)  # fmt: skip


def through(graph, words):
    """Every claim that a lens shows with its standing, and how many attestations lack a date."""
    graph.undated.clear()
    seen = {f"claim/{c.id}": [*c.standing[:7]] for c in Seen(graph, lens(graph, words)).claims()}
    return seen, len(graph.undated)


@pytest.fixture(scope="module")
def opened(new_tab, tmp_path_factory):
    tabs = []

    def start(graph, anchor):
        path = tmp_path_factory.mktemp("page") / "page.html"
        path.write_text(render.render(subgraph.select(graph)), encoding="utf-8")
        tab = new_tab()
        tabs.append(tab)
        tab.goto(f"file://{path}#{anchor}")
        tab.wait_for_function("window.kg")
        return tab

    yield start
    for tab in tabs:
        tab.close()


def shown(tab, anchor):
    tab.evaluate("anchor => kg.address(anchor)", anchor)
    stood = {row[0]: row[1:] for row in tab.evaluate("kg.stood()")}
    return stood, tab.evaluate("kg.undated()")


@pytest.fixture(scope="module")
def page(shipped, opened):
    return opened(shipped, "")


@pytest.mark.parametrize(("anchor", "words"), LENSES, ids=[anchor for anchor, _ in LENSES])
def test_the_shipped_case(shipped, page, anchor, words):
    stood, undated = shown(page, anchor)
    assert (stood, undated) == through(shipped, words)
    assert 0 < len(stood) < 2000


def test_the_file_of_the_shipped_case_stays_small(page):
    assert 700_000 < Path(urlsplit(page.url).path).stat().st_size <= 1_200_000


def test_what_is_left_out_is_told_in_the_footnote(shipped, page):
    _, undated = shown(page, "known-by=2022-12")
    words = page.evaluate("kg.footnote()")
    assert f"known by 2022-12-31; {undated:,} undated left out" in words
    assert page.evaluate("location.hash") == "#known-by=2022-12-31"


def test_what_is_off_at_the_start_is_not_passed_over_in_silence(shipped, page):
    shown(page, "layout=lanes")
    told, held, drawn = page.evaluate("[kg.footnote(), kg.held(), kg.counts().claims]")
    whole = sum(1 for _ in shipped.ledger.claims())
    assert held > 0 and held + drawn == whole
    assert f" {drawn:,} of {whole:,} claims " in told and f"Filters: {held:,} claims held" in told
    assert "No filters" not in told


DOCUMENTS = """id,name,published
doc-a,Doc A,2020-01-10
doc-b,Doc B,2021-01-10
doc-c,Doc C,2022-01-10
doc-y,Doc Y,2021
doc-u,Doc U,
"""
PEOPLE = "id,name\nann,Ann\nbob,Bob\ncid,Cid\ndan,Dan\neve,Eve\n"
HEAD = "subject,relation,object,from,to,stance,voice,said,instead_of,document,locator,gloss,key\n"
MET = """ann,met,bob,,,announces,cid,,,doc-a,p. 1,,
ann,met,bob,,,denies,dan,,,doc-b,p. 1,,
ann,met,bob,,,,eve,,,doc-c,p. 1,,
ann,met,cid,,,,dan,,,doc-a,p. 1,,
ann,met,cid,,,,dan,,,doc-b,p. 1,,
ann,met,cid,,,,eve,,,doc-c,p. 1,,
ann,met,dan,,,,cid,,,doc-y,p. 1,,
ann,met,dan,,,denies,cid,,,doc-b,p. 1,,
ann,met,dan,,,,eve,,,doc-c,p. 1,,
ann,met,eve,,,,cid,,,doc-a,p. 1,,
ann,met,eve,,,retracts,cid,,,doc-u,p. 1,,
bob,met,cid,2021-04,2021-04,,,,,doc-a,p. 2,,
bob,met,dan,,,,cid,,,doc-a,p. 3,,k
bob,met,eve,,,,eve,,@k,doc-b,p. 3,,
bob,met,eve,,,retracts,eve,,,doc-c,p. 3,,
"""


TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
my:met a kg:Event ; rdfs:label "met"@en ; rdfs:domain my:Person ; rdfs:range my:Person .
"""


@pytest.fixture(scope="module")
def met(tmp_path_factory):
    folder = tmp_path_factory.mktemp("met")
    files = {
        "data/case.toml": 'title = "T"\nbase = "https://example.org/id/"\n',
        "data/people.csv": PEOPLE,
        "data/documents.csv": DOCUMENTS,
        "data/claims.csv": HEAD + MET,
        "ontology/terms.ttl": TERMS,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return build(find(folder))[0]


def test_a_small_case_with_a_source_switched_off(met, opened):
    tab = opened(met, "")
    for words in ({"documents": (d,)} for d in ("doc-a", "doc-b", "doc-c", "doc-y", "doc-u")):
        (document,) = words["documents"]
        assert shown(tab, f"doc={document}") == through(met, words)
    for voice in ("cid", "dan", "eve"):
        assert shown(tab, f"voice={voice}") == through(met, {"voices": (voice,)})
    for day in ("2020", "2021-04", "2022"):
        assert shown(tab, f"as-of={day}") == through(met, {"as_of": day})
        assert shown(tab, f"known-by={day}") == through(met, {"known_by": day})


def test_what_the_page_says_of_a_source_switched_off(met, opened):
    tab = opened(met, "")
    names = {f"claim/{c.id}": f"{c.subject} {c.object}" for c in met.ledger.claims()}

    def told(anchor):
        return {names[claim]: row[:4] for claim, row in shown(tab, anchor)[0].items()}

    off = told("doc=doc-c")
    assert off["ann bob"][:2] == ["Contested", "Announced"]
    assert off["ann dan"][:2] == ["Contested", "Asserted"]
    assert off["ann cid"] == ["Uncontested", "Asserted", 1, 2]
    # With the retraction out of sight the other voice's row stands against it again.
    assert off["bob dan"][0] == "Contested"
    assert told("")["bob dan"][0] == "Uncontested"
    assert told("doc=doc-u")["ann eve"][0] == "Uncontested"
    assert "bob cid" in told("as-of=2022")
