"""Who speaks for whom: four voices, one side, in every count and on every face; no status depends on it."""

import json

import pytest
from asking import run
from browsing import expect
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.citations import origins
from kg.analysis.gaps import gaps
from kg.analysis.matrix import matrix
from kg.analysis.matrix_text import html, lines, text
from kg.case.folder import find
from kg.model.parties import Link, Parties, parties, sides
from kg.page import subgraph
from kg.page.render import render
from kg.store.build import build
from kg.store.lens import Lens, Seen
from kg.store.network import network
from kg.store.seen_graph import through
from kg.text.sentences import Wording

TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix b: <https://boat.example/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
b:Actor a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "actor"@en ; kg:table "actors" .
b:owns a kg:State ; rdfs:label "owns"@en ; rdfs:domain b:Actor ; rdfs:range b:Actor .
b:lawyerOf a kg:State ; rdfs:label "is the lawyer of"@en ; kg:speaksFor true ; rdfs:domain b:Actor ; rdfs:range b:Actor .
b:pressOf a kg:State ; rdfs:label "does the press work of"@en ; kg:speaksFor true ; rdfs:domain b:Actor ; rdfs:range b:Actor .
"""
ACTORS = "id,name\nowner,Owen\nlawyer,Lee\nfirm,Fine PR\nintern,Ivy\nrival,Ria\nboat,The Boat\npaper,The Paper\n"
HEAD = "subject,relation,object,from,to,stance,voice,said,document,locator\n"
LINKS = """lawyer,lawyerOf,owner,,,,,,doc,p. 1
firm,pressOf,owner,2020,2021,,,,doc,p. 2
intern,pressOf,firm,,,,,,doc,p. 3
"""
SAID = """rival,owns,boat,,,,owner,2020-05,doc,p. 4
rival,owns,boat,,,alleges,lawyer,2020-05,doc,p. 5
rival,owns,boat,,,,firm,2020-06,doc,p. 6
rival,owns,boat,,,,intern,2020-07,doc,p. 7
rival,owns,boat,,,denies,rival,2020-08,doc,p. 8
owner,owns,boat,,,denies,owner,,doc,p. 9
owner,owns,boat,,,denies,lawyer,,doc,p. 10
owner,owns,boat,,,,paper,,doc,p. 11
"""


def made(folder, claims=LINKS + SAID, terms=TERMS):
    files = {
        "data/case.toml": 'title = "T"\nbase = "https://boat.example/id/"\n',
        "data/actors.csv": ACTORS,
        "data/documents.csv": "id,name,published\ndoc,The File,2021-01-01\n",
        "data/claims.csv": HEAD + claims,
        "ontology/terms.ttl": terms,
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return build(find(folder))[0]


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return made(tmp_path_factory.mktemp("parties"))


def standing(graph, subject):
    return next(c.standing for c in graph.ledger.claims(["owns"]) if c.subject == subject)


def test_voices_that_speak_for_one_another_are_one_side(graph):
    s = standing(graph, "rival")
    assert (s.status, s.voices, s.sides, s.opposing, s.opposing_sides) == ("Contested", 4, 1, 1, 1)
    s = standing(graph, "owner")
    assert (s.status, s.voices, s.sides, s.opposing, s.opposing_sides) == ("Contested", 1, 1, 2, 1)


@pytest.mark.parametrize(
    ("links", "said", "found"),
    [
        ("firm,pressOf,owner,2022,2023,,,,doc,p. 2\n", "firm,2020-06", (2, 2)),
        ("firm,pressOf,owner,2022,2023,,,,doc,p. 2\n", "firm,", (2, 2)),
        ("firm,pressOf,owner,2020,,,,,doc,p. 2\n", "firm,2020-12-31", (2, 1)),
        ("firm,pressOf,owner,,,,,,doc,p. 2\n", "firm,2020-12-31", (2, 1)),
        ("firm,pressOf,owner,,,announces,,,doc,p. 2\n", "firm,", (2, 2)),
        ("firm,pressOf,owner,,,denies,,,doc,p. 2\n", "firm,", (2, 2)),
        (
            "firm,pressOf,owner,,,,,,doc,p. 2\nfirm,pressOf,owner,,,denies,owner,,doc,p. 3\n",
            "firm,",
            (2, 2),
        ),
    ],
    ids=["before", "document before", "from then", "undated", "announced", "denied", "contested"],
)
def test_only_when_it_was_so_and_nobody_opposes_it(tmp_path, links, said, found):
    voice, day = said.split(",")
    rows = f"rival,owns,boat,,,,owner,,doc,p. 4\nrival,owns,boat,,,,{voice},{day},doc,p. 5\n"
    s = standing(made(tmp_path, links + rows), "rival")
    assert (s.voices, s.sides) == found


def test_a_status_is_the_same_without_the_mark(graph, tmp_path):
    bare = made(tmp_path, terms=TERMS.replace("kg:speaksFor true ; ", ""))
    for one, other in zip(graph.ledger.claims(), bare.ledger.claims(), strict=True):
        assert one.standing[:7] == other.standing[:7]
        assert other.standing.sides == other.standing.voices


def test_who_speaks_for_whom_is_known_whatever_the_lens(graph):
    seen = through(graph, Lens(voices=("owner", "firm")))
    s = standing(seen, "rival")
    assert (s.voices, s.sides) == (2, 1)


def test_one_who_speaks_for_two_is_on_the_side_that_is_there():
    assert parties([("x", ()), ("firm", ("x", "y"))]) == {"x": "x", "firm": "x"}
    assert sides([("x", ()), ("y", ()), ("firm", ("x", "y"))]) == 2
    assert sides([("firm", ("x", "y")), ("agency", ("y", "z"))]) == 1
    assert sides([("firm", ("x",)), ("firm", ())]) == 1


def test_circles_and_long_chains():
    ring = Parties([Link("a", "b"), Link("b", "c"), Link("c", "b"), Link("d", "d")])
    assert (ring.of("a"), ring.of("b"), ring.of("c"), ring.of("d")) == (("b",), (), ("b",), ())
    long = Parties(Link(f"v{i:05}", f"v{i + 1:05}") for i in range(20_000))
    assert long.of("v00000") == ("v20000",)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=9))
def test_those_at_the_end_speak_for_nobody_else(links):
    held = Parties(Link(*pair) for pair in links)
    for name in "abcde":
        for end in held.of(name):
            assert held.of(end) in ((), (end,))


def test_every_face_says_so(graph, capsys):
    case = graph.out.removesuffix("out")

    def told(verb, *words, **options):
        capsys.readouterr()
        assert run(verb, case, *words, **options) == 0
        return " ".join(capsys.readouterr().out.split())

    words = "asserted by three voices; alleged, announced or asked by one more; one side in all; in one document, contested"
    assert words in told("show", "The Boat")
    assert "opposed by two voices, one side" in told("show", "The Boat")
    assert "about it by six voices, three sides, in one document" in told("show", "The Boat")
    assert "spoke for Owen" in told("show", "The Boat")
    assert words in told("claims", relation="owns")
    row = json.loads(told("claims", relation="owns", subject="Ria", format="json"))[0]
    assert (row["voices"], row["sides"], row["opposing_sides"]) == (4, 1, 1)
    assert {tuple(p["party"]) for p in row["evidence"]} == {(), ("owner",)}
    assert words in told("path", "Ria", "The Boat")
    assert words in told("conflicts", format="json")

    asked = "SELECT ?c { ?c kg:voices 4 ; kg:sides 1 . ?a kg:about ?c ; kg:party id:owner }"
    assert told("query", asked, format="csv").count("claim/") == 3


def test_the_matrix_groups_its_columns_by_side(graph, capsys):
    found = matrix(graph)
    assert found.columns == ("lawyer", "owner", "firm", "intern", "paper", "rival")
    assert found.sides == ("owner",) * 4 + ("", "")
    assert text(found, 80).splitlines()[:2] == [
        "two claims, six voices, three sides",
        "  one side, of Owen: Lee, Owen, Fine PR, Ivy",
    ]
    assert '<th scope="colgroup" colspan="4">Owen</th>' in html(found, "T", "en")
    assert lines(found)[0]._fields[3:] == (
        *("Lee (for Owen)", "Owen", "Fine PR (for Owen)", "Ivy (for Owen)", "The Paper", "Ria"),
    )
    assert not any(matrix(graph, by="document").sides)


def test_origins_gaps_and_the_network_count_sides(graph):
    found = next(o for o in origins(graph, Lens()) if o.origins == 4)
    assert found.sides == 1
    (gap,) = gaps(graph, Lens(), kind="single-side")
    assert "speak for Owen" in gap.detail
    edges = network(graph).get_edge_data("rival", "boat").values()
    assert [(e["voices"], e["sides"]) for e in edges] == [(4, 1)]


def test_the_page_tells_sides_and_puts_their_voices_together(graph, browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(render(subgraph.select(graph)), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(f"{path.as_uri()}#tab=matrix")
    heads = tab.locator("table.matrix thead tr:last-child th b")
    expect(heads).to_have_text([*matrix(graph).names])
    expect(tab.locator("table.matrix .sides th")).to_have_text(["side", "Owen", "", ""])
    told = tab.evaluate("kg.told().map((row) => row[2])")
    assert any("one side in all; in one document" in words for words in told)
    # The page words anew what a lens leaves, as the commands do.
    seen = list(Seen(graph, Lens(known_by="2020-07-31")).claims(graph.ledger.claims(["owns"])))
    words = Wording(graph.ledger, graph.terms).standing(seen[0])
    assert words == (
        "asserted by three voices; alleged, announced or asked by one more; one side in all; "
        "in one document, uncontested"
    )
    tab.goto(f"{path.as_uri()}#sel=c:claim/{seen[0].id}&known-by=2020-07")
    expect(tab.locator("#card .chip").first).to_contain_text(f"{words}, known by")
    tab.close()
