"""Pages of a case whose ontology says nothing of looks: kinds told apart, nothing empty, nouns read well."""

from pathlib import Path

import pytest
from browsing import expect

from kg.case import folder as cases
from kg.case import terms
from kg.model.errors import NothingThere
from kg.page import layouts, palette, subgraph
from kg.page.render import render
from kg.store.build import build
from kg.store.lens import asked
from kg.store.seen_graph import through
from kg.text.nouns import is_noun

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:knows a kg:State ; rdfs:label "knows"@en , "kennt"@de ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
my:sued a kg:Event ; kg:adverse true ; rdfs:label "sued"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
my:director a kg:State ; rdfs:label "director"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
"""


def kind(name, more=""):
    label = f'rdfs:label "{name.lower()}"@en , "{name}e"@de'
    return f"my:{name} a rdfs:Class ; rdfs:subClassOf kg:Entity ; {label} ; {more} ."


def tabled(*names):
    return "\n".join(kind(n, f'kg:table "{n.lower()}"') for n in names)


def case(folder, ontology, language="en", **tables):
    for part in ("data", "ontology"):
        (folder / part).mkdir()
    (folder / "data" / "case.toml").write_text(
        f'base = "https://example.org/id/"\nlanguage = "{language}"\n', encoding="utf-8"
    )
    (folder / "ontology" / "terms.ttl").write_text(HEAD + ontology, encoding="utf-8")
    tables.setdefault("documents", "id,name\ndoc-a,A\ndoc-b,B\n")
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    return build(cases.find(folder))[0]


def read(folder, ontology):
    path = folder / "terms.ttl"
    path.write_text(HEAD + ontology, encoding="utf-8")
    return terms.read([path])


def claims(*rows):
    return "subject,relation,object,document,locator\n" + "".join(
        f"{s},{r},{o},doc-a,p. 1\n" for s, r, o in rows
    )


def test_kinds_without_hints_differ_in_shape_and_colour(tmp_path):
    names = ("Ship", "Firm", "Person", "Trust", "Bank", "Club", "Port")
    looks = palette.looks(read(tmp_path, tabled(*names)))
    own = [looks[n] for n in sorted(names)]
    assert [look.symbol for look in own] == list(palette.SHAPES)
    assert len({look.colour for look in own}) == len({look.colour_dark for look in own}) == 7
    assert not any(look.letter for look in own)


def test_a_look_goes_by_the_name_and_not_by_the_order_of_the_file(tmp_path):
    one = palette.looks(read(tmp_path, tabled("Ship", "Firm", "Bank")))
    other = palette.looks(read(tmp_path, tabled("Bank", "Ship", "Firm")))
    assert {k: vars(v) for k, v in one.items()} == {k: vars(v) for k, v in other.items()}


def test_from_the_eighth_kind_on_there_are_letters(tmp_path):
    names = [f"{c}oo" for c in "ABCDEFGHIJKLMNPQRSTU"]
    looks = palette.looks(read(tmp_path, tabled(*names)))
    own = [looks[n] for n in sorted(names)]
    assert [bool(look.letter) for look in own] == [False] * 7 + [True] * 13
    assert len({(look.symbol, look.colour, look.letter) for look in own}) == 20
    assert len({look.letter for look in own[7:]}) == 13


def test_what_the_ontology_says_stays_and_is_given_to_no_other(tmp_path):
    hinted = kind("Ship", 'kg:table "ship" ; kg:symbol "circle" ; kg:colour "#0072B2"')
    half = kind("Bank", 'kg:table "bank" ; kg:symbol "pin"')
    looks = palette.looks(read(tmp_path, "\n".join([hinted, half, tabled("Firm", "Trust")])))
    ship, bank, *others = (looks[n] for n in ("Ship", "Bank", "Firm", "Trust"))
    assert (ship.symbol, ship.colour, ship.colour_dark) == ("circle", "#0072B2", "#7FB8D8")
    assert bank.symbol == "pin"
    assert bank.colour != "#767676"
    assert not {"circle", "pin"} & {look.symbol for look in others}
    assert "#0072B2" not in {look.colour for look in (bank, *others)}


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("light", "dark"), palette.COLOURS)
def test_colours_stand_out_from_their_ground(light, dark):
    assert 1.05 / (luminance(light) + 0.05) >= 3
    assert (luminance(dark) + 0.05) / (luminance("#12171d") + 0.05) >= 3


def test_one_table_of_everything_is_drawn_by_the_classes_below(tmp_path):
    below = "\n".join(kind(n).replace("kg:Entity ;", "my:Thing ;") for n in ("Ship", "Bank"))
    graph = case(
        tmp_path,
        tabled("Thing") + "\n" + below,
        thing="id,name,class\ns,S,Ship\nb,B,Bank\nt,T,\n",
        claims=claims(("s", "knows", "b"), ("b", "knows", "t")),
    )
    kinds = {k.id: k for k in subgraph.select(graph).kinds}
    assert {*kinds} == {"Ship", "Bank", "Thing"}
    assert len({k.symbol for k in kinds.values()}) == 3
    assert all(k.rank < 8 for k in kinds.values())


def test_the_legend_speaks_the_language_of_the_case(tmp_path):
    graph = case(
        tmp_path,
        tabled("Ship"),
        "de",
        ship="id,name\na,A\nb,B\n",
        claims=claims(("a", "knows", "b")),
    )
    view = subgraph.select(graph)
    assert [k.label for k in view.kinds] == ["Shipe"]
    assert [r.label for r in view.relations] == ["kennt"]


def test_kinds_that_stand_aside_are_drawn_where_nothing_else_would_be(tmp_path):
    graph = case(tmp_path, "", claims=claims(("doc-a", "knows", "doc-b")))
    assert [k.rank for k in subgraph.select(graph).kinds] == [7]


def test_a_case_in_which_nothing_is_said_shows_its_records(tmp_path):
    graph = case(tmp_path, tabled("Ship"), ship="id,name\na,A\n", documents="id,name\n")
    assert [n.id for n in subgraph.select(graph).nodes] == ["a"]


def test_a_page_without_anything_is_refused_with_the_reason(tmp_path):
    graph = case(tmp_path, tabled("Ship"), ship="id,name\n", documents="id,name\n")
    with pytest.raises(NothingThere, match="no claim and no entity; enter rows"):
        subgraph.select(graph)
    eye = asked(graph, known_by="1900")
    with pytest.raises(NothingThere, match="known by 1900"):
        subgraph.select(through(graph, eye))


def test_relations_of_opposition_have_a_colour_of_their_own(tmp_path):
    graph = case(
        tmp_path,
        tabled("Ship"),
        ship="id,name\na,A\nb,B\n",
        claims=claims(("a", "sued", "b"), ("b", "knows", "a")),
    )
    colours = {r.id: r.colour for r in subgraph.select(graph).relations}
    assert colours == {"sued": "#C04A00", "knows": "#6B6B6B"}


def test_lanes_without_members_are_not_what_a_page_starts_with(tmp_path):
    lane = kind("Ship", 'kg:table "ship" ; kg:layout "lane"')
    graph = case(tmp_path, lane, ship="id,name\na,A\nb,B\n", claims=claims(("a", "knows", "b")))
    assert list(layouts.place(subgraph.select(graph))) == ["links", "lanes"]


def test_a_noun_is_read_with_an_arrow(tmp_path, kg):
    graph = case(
        tmp_path,
        tabled("Person", "Firm"),
        person="id,name\nann,Ann\n",
        firm="id,name\nacme,Acme\n",
        documents="id,name,authors\ndoc-a,A,\ndoc-b,B,ann\n",
        claims="subject,relation,object,stance,document,locator\n"
        "ann,director,acme,asserts,doc-a,p. 1\nann,director,acme,denies,doc-b,p. 1\n",
    )
    (claim,) = subgraph.select(graph).claims
    assert claim.sentence == "director: Ann → Acme"
    told = kg(tmp_path, "conflicts").stdout
    assert "Is it so that director: Ann → Acme?" in " ".join(told.split())


@pytest.mark.parametrize("file", ["ontology/actors.ttl", "kg/case/starter/ontology/terms.ttl"])
def test_labels_that_make_a_sentence_are_no_nouns(file):
    known = terms.read([ROOT / file])
    # A role in an event stands behind a colon, and is a noun.
    told = (t for t in known.relations.values() if not known.is_role(t.id))
    assert [t.label for t in told if is_noun(t.label)] == []


@pytest.mark.parametrize(
    ("label", "noun"),
    [("director", True), ("beneficial owner", True), ("member of", True), ("spouse", True),
     ("legal representative", True), ("employer", True), ("acquisition", True), ("CEO", True),
     ("owns", False), ("met", False), ("gave the order to", False), ("was director of", False),
     ("accused", False), ("is the father of", False), ("linked party", False), ("", False)],
)  # fmt: skip
def test_what_is_taken_for_a_noun(label, noun):
    assert is_noun(label) is noun


def test_letters_are_drawn_in_legend_and_picture(tmp_path, new_tab):
    names = [f"{c}oo" for c in "ABCDEFGHIJ"]
    tables = {n.lower(): f"id,name\n{n.lower()}-1,{n} one\n" for n in names}
    rows = [(f"{n.lower()}-1", "knows", "aoo-1") for n in names[1:]]
    page = tmp_path / "view.html"
    html = render(subgraph.select(case(tmp_path, tabled(*names), claims=claims(*rows), **tables)))
    page.write_text(html, encoding="utf-8")
    tab = new_tab()
    faults = []
    tab.on("pageerror", lambda error: faults.append(error))
    tab.goto(page.as_uri())
    expect(tab.locator("#left svg.icon text")).to_have_text(["H", "I", "J"])
    assert faults == []
    tab.close()
