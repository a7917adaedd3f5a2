"""Kg knows no term of a case: what one means is said by its role, whatever it is called."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kg.analysis import citations, conflicts
from kg.analysis.dossier import dossier
from kg.case.folder import find
from kg.case.terms import read
from kg.page.subgraph import select
from kg.sparql import named
from kg.store.build import build
from kg.store.check import check
from kg.store.lens import Lens, Seen

ROOT = Path(__file__).resolve().parents[1]

# One case in two vocabularies: each word of the template as it stands, or as the second says it.
ENGLISH = "https://example.org/terms#"
DUTCH = {
    "Body": "Instelling",
    "State": "Staat",
    "Spot": "Plek",
    "Being": "Mens",
    "runs": "runt",
    "shut": "sloot",
    "toldToShut": "liet_sluiten",
    "isNow": "is_nu",
    "liesAt": "ligt_te",
    "wholeOf": "hoort_bij",
    "abc": "landcode",
    "mark": "nummer",
    "north": "breedte",
    "east": "lengte",
    "quotes": "haalt_aan",
    "attacks": "bestrijdt",
    "counted": "telde",
    "writers": "schrijvers",
    "house": "uitgever",
    "printed": "verschenen",
    "edition": "uitgave_van",
    "link": "adres",
    "brief": "kort",
    "about_it": "omschrijving",
    "ground": "grondgebied",
    "people": "mensen",
    "bodies": "instellingen",
    "states": "staten",
    "spots": "plekken",
    "papers": "stukken",
    "Paper": "Stuk",
}
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix {prefix}: <{space}> .
{p}Body a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "body" ; kg:table "bodies" .
{p}State a rdfs:Class ; rdfs:subClassOf {p}Body ; rdfs:label "state" ; kg:table "states" ; kg:role kg:PublicAuthority .
{p}Being a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person" ; kg:table "people" ; kg:role kg:HumanBeing .
{p}Spot a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "place" ; kg:table "spots" ; kg:walked false .
{p}Paper a rdfs:Class ; rdfs:subClassOf kg:Document ; rdfs:label "paper" ; kg:table "papers" .
{p}runs a kg:State ; rdfs:label "runs" ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ; kg:role kg:Operates .
{p}shut a kg:Event ; rdfs:label "shut" ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ; kg:role kg:Closes .
{p}toldToShut a kg:Event ; rdfs:label "ordered shut" ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ; kg:role kg:OrdersClosure .
{p}isNow a kg:State ; rdfs:label "is now" ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ; kg:closedState "spot-shut" .
{p}liesAt a kg:State ; rdfs:label "lies at" ; rdfs:domain {p}Body ; rdfs:range {p}Spot ; kg:column "liesAt" ; kg:role kg:LocatedIn .
{p}wholeOf a kg:Attribute ; rdfs:label "within" ; rdfs:domain {p}Spot ; rdfs:range {p}Spot ; kg:column "wholeOf" ; kg:role kg:PartOf .
{p}ground a kg:Attribute ; rdfs:label "ground" ; rdfs:domain {p}State ; rdfs:range {p}Spot ; kg:column "ground" ; kg:role kg:TerritoryOf .
{p}abc a kg:Attribute ; rdfs:label "abc" ; rdfs:domain {p}Spot ; rdfs:range xsd:string ; kg:column "abc" ; kg:role kg:CountryCode .
{p}mark a kg:Attribute ; rdfs:label "mark" ; rdfs:domain {p}Body ; rdfs:range xsd:string ; kg:column "mark" ; kg:role kg:Code .
{p}north a kg:Attribute ; rdfs:label "north" ; rdfs:domain {p}Spot ; rdfs:range xsd:decimal ; kg:column "north" ; kg:role kg:Latitude .
{p}east a kg:Attribute ; rdfs:label "east" ; rdfs:domain {p}Spot ; rdfs:range xsd:decimal ; kg:column "east" ; kg:role kg:Longitude .
{p}quotes a kg:State ; rdfs:label "quotes" ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ; kg:role kg:Cites .
{p}attacks a kg:Event ; rdfs:label "attacks" ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ; kg:role kg:ObjectsTo .
{p}counted a kg:Measure ; rdfs:label "count" ; rdfs:domain kg:Entity .
{p}writers a kg:Attribute ; rdfs:label "writers" ; rdfs:domain {p}Paper ; rdfs:range kg:Entity ; kg:column "writers" ; kg:role kg:Author .
{p}house a kg:Attribute ; rdfs:label "house" ; rdfs:domain {p}Paper ; rdfs:range kg:Entity ; kg:column "house" ; kg:role kg:Publisher .
{p}printed a kg:Attribute ; rdfs:label "printed" ; rdfs:domain {p}Paper ; rdfs:range xsd:date ; kg:column "printed" ; kg:role kg:PublishedOn .
{p}edition a kg:Attribute ; rdfs:label "edition" ; rdfs:domain {p}Paper ; rdfs:range {p}Paper ; kg:column "edition" ; kg:role kg:VersionOf .
{p}link a kg:Attribute ; rdfs:label "link" ; rdfs:domain {p}Paper ; rdfs:range xsd:anyURI ; kg:column "link" ; kg:role kg:Address .
{p}brief a kg:Attribute ; rdfs:label "brief" ; rdfs:domain kg:Entity ; rdfs:range xsd:string ; kg:column "brief" ; kg:role kg:ShortName .
{p}about_it a kg:Attribute ; rdfs:label "about" ; rdfs:domain kg:Entity ; rdfs:range xsd:string ; kg:column "about_it" ; kg:role kg:Description .
"""
TABLES = {
    "people": "id,name\nman-x-unnamed,A man\nann,Ann\n",
    "bodies": "id,name,mark,liesAt,about_it,document,locator\n"
    "shop,B7 The shop,B7,spot-dublin,A shop,paper-a,row 1\nbureau,The bureau,,,,,\n",
    "states": "id,name,ground\nireland,State of Ireland,spot-irl\n",
    "spots": "id,name,wholeOf,abc,north,east,brief\nspot-dublin,Dublin,spot-irl,,53.35,-6.26,Dub\n"
    "spot-irl,Ireland,,IRL,53,-8,\nspot-shut,Shut,,,,,\n",
    "papers": "id,name,writers,house,printed,edition,link,brief\n"
    "paper-a,Paper A,ann,,2020-01-10,,https://example.org/a,A\n"
    "paper-b,Paper B,,bureau,2021-01-10,paper-a,,\npaper-c,Paper C,,,,,,\n",
    "claims": "subject,relation,object,from,stance,document,locator\n"
    "bureau,runs,shop,,,paper-a,p. 1\nireland,shut,shop,2021-02-01,,paper-b,p. 2\n"
    "ireland,toldToShut,bureau,2021-01-01,,paper-b,p. 3\npaper-b,quotes,paper-a,,,paper-b,p. 4\n"
    "ann,attacks,paper-b,,,paper-a,p. 5\nbureau,isNow,spot-shut,,alleges,paper-b,p. 6\n",
    "figures": "subject,measure,value,scope,document,locator\nbureau,counted,5,spot-dublin,paper-a,p. 1\n"
    "bureau,counted,9,spot-irl,paper-b,p. 1\n",
}


def written(folder, words, space, prefix):
    """The case in a folder, in the words of a vocabulary."""

    def said(text):
        return re.sub(r"[A-Za-z_]+", lambda m: words.get(m[0], m[0]), text)

    (folder / "ontology").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data" / "case.toml").write_text(
        'title = "T"\nbase = "https://example.org/id/"\n[check]\nquiet = ["beyond-document"]\n'
    )
    terms = TERMS.format(p="@@", prefix="@@", space="@@space")
    lines = terms.splitlines()
    # Labels stay, and so do the words of kg itself.
    found = [
        re.sub(r'(@@|kg:table "|kg:column ")(\w+)', lambda m: m[1] + words.get(m[2], m[2]), line)
        for line in lines
    ]
    text = "\n".join(found).replace("@@space", space).replace("@@:", f"{prefix}:")
    (folder / "ontology" / "terms.ttl").write_text(text.replace("@@", f"{prefix}:"))
    for name, table in TABLES.items():
        head, _, rows = table.partition("\n")
        if name == "claims":
            rows = "".join(
                ",".join(words.get(c, c) if i == 1 else c for i, c in enumerate(r.split(",")))
                + "\n"
                for r in rows.splitlines()
            )
        if name == "figures":
            rows = rows.replace("counted", words.get("counted", "counted"))
        own = name if name in ("claims", "figures") else words.get(name, name)
        kept = head if name in ("claims", "figures") else said(head)
        (folder / "data" / f"{own}.csv").write_text(f"{kept}\n{rows}")
    return folder


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    folders = [
        written(tmp_path_factory.mktemp("en"), {}, ENGLISH, "my"),
        written(tmp_path_factory.mktemp("nl"), DUTCH, "https://voorbeeld.example/t#", "mijn"),
    ]
    for folder in folders:
        assert [str(p) for p in check(find(folder)).problems] == []
    return [build(find(folder))[0] for folder in folders]


@pytest.fixture(params=[0, 1], ids=["english", "dutch"])
def graph(graphs, request):
    return graphs[request.param]


def test_the_map_and_the_labels(graph):
    nodes = {n.id: n for n in select(graph).nodes}
    assert nodes["shop"].where == (53.35, -6.26, "Dublin")
    assert nodes["shop"].short == "The shop"
    assert nodes["shop"].description == "A shop"
    assert nodes["spot-dublin"].short == "Dub"


def test_closed_is_drawn_as_closed(graph):
    view = select(graph)
    states = {n.id: n.state for n in view.nodes}
    # That the bureau is now shut is only alleged; that it was told to shut is asserted.
    assert (states["shop"], states["bureau"]) == ("closed", "ordered closed")
    parts = {t.label: t.part for t in view.relations}
    assert parts["shut"] == "closing" and parts["is now"] == "closing-state"
    assert parts["ordered shut"] == "ordering" and parts["attacks"] == "objection"


def test_documents_have_date_address_and_disputes(graph):
    documents = {d.id: d for d in select(graph).documents}
    assert (documents["paper-a"].published, documents["paper-a"].short) == ("2020-01-10", "A")
    assert documents["paper-a"].url == "https://example.org/a"
    assert len(documents["paper-b"].disputes) == 1


def test_a_blank_voice_is_the_author_else_the_publisher(graph):
    claims = {
        graph.terms.relations[c.relation].label: c for c in graph.ledger.claims() if not c.figure
    }
    assert {a.voice for a in claims["runs"].attestations} == {"ann"}
    assert {a.voice for a in claims["shut"].attestations} == {"bureau"}


def test_what_was_known_by_a_day(graph):
    known = [len([*Seen(graph, Lens(known_by=day)).claims()]) for day in ("2019", "2020-06-01")]
    assert known == [0, 4]
    assert len([*Seen(graph, Lens(known_by="2021-06-01")).claims()]) == 9


def test_sources_and_their_citations(graph):
    found = {s.id: s for s in citations.sources(graph, Lens())}
    assert "paper-a" in found["paper-b"].cites
    (whole,) = [o for o in citations.origins(graph, Lens()) if "runs" in o.sentence]
    assert whole.names == ("Ann",)


def test_figures_of_a_part_and_of_the_whole(graph):
    # Who counts a part has counted something else than who counts the whole.
    assert {c.kind for c in conflicts.conflicts(graph, Lens(), all=True)} == {"remark"}


def test_a_dossier_says_descriptions_once(graph):
    found = dossier(graph, "shop")
    assert found.description == "A shop"
    assert found.facts == (("mark", "B7"),)


ASKED = {
    "operators": ({}, [("bureau", "shop")], ("operator", "operated")),
    "closures": (
        {},
        [("bureau", "bureau"), ("bureau", "ireland"), ("shop", "ireland")],
        ("what", "subject"),
    ),
    "citing": ({"document": "paper-a"}, [("paper-b", "1")], ("citing", "citations")),
    "sources-of-document": ({"document": "paper-b"}, [("paper-a", "1")], ("source", "citations")),
    "disputes-of-document": ({"document": "paper-a"}, [("ann", "paper-b")], ("subject", "about")),
    "government-actions": (
        {},
        [("ireland", "bureau"), ("ireland", "shop")],
        ("government", "object"),
    ),
    "unnamed": ({}, [("man-x-unnamed",)], ("person",)),
    "undated": ({}, [], ("document",)),
    "names": ({"entity": "spot-dublin"}, [("short name", "Dub")], ("kind", "name")),
    "in-place": (
        {"place": "spot-irl"},
        [("ireland", "spot-irl"), ("shop", "spot-dublin")],
        ("thing", "where"),
    ),
    "documents": (
        {},
        [("paper-a", "2020-01-10"), ("paper-b", "2021-01-10")],
        ("document", "published"),
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_named_questions_ask_for_roles(graph, name):
    values, expected, columns = ASKED[name]
    answer = named.ask(graph, named.named(name, graph), values)
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    told = {
        tuple(r[c].value.removeprefix(graph.base) if r[c] else "" for c in columns) for r in rows
    }
    assert {*expected} <= told and (name == "names" or told == {*expected})


def test_questions_for_which_no_term_plays_a_role_are_not_listed(graph):
    listed = {q.name for q in named.all_queries(graph)}
    assert {"operators", "closures", "in-place"} <= listed
    assert not {"investigations", "charges", "descriptions"} & listed


def test_an_attribute_that_is_called_code_is_only_that(graphs, tmp_path):
    folder = written(tmp_path / "c", {"mark": "code"}, ENGLISH, "my")
    terms = folder / "ontology" / "terms.ttl"
    terms.write_text(terms.read_text().replace(" ; kg:role kg:Code", ""))
    graph, _ = build(find(folder))
    assert {n.id: n.short for n in select(graph).nodes}["shop"] == "B7 The shop"


# Words that stand in the code for something else than the term of the shipped case.
OTHER = {
    "disputes": "a stance",
    "closed": "a state of what is drawn",
    "removed": "a kind of difference between builds",
    "directed": "an option of paths",
    "heads": "bands of a layout",
    "code": "an element of HTML",
    "country": "what counts are made by: a place with the code of a country",
    "published": "a key of mappings; a word for a date in the files of others",
    "latitude": "a column of graph files, and of the files of others",
    "longitude": "a column of graph files, and of the files of others",
}
# Modules whose words are those of another data model, some of which the shipped case's terms are called, too.
OTHERS_WORDS = ("followthemoney.py", "stix.py", "geojson.py", "csl.py", "bibtex.py")


def test_the_code_names_no_term_of_the_shipped_case():
    shipped, core = read(sorted((ROOT / "ontology").glob("*.ttl"))), read([])
    names = {n for g, c in zip(shipped.groups, core.groups, strict=True) for n in {*g} - {*c}}
    names -= {*OTHER}
    assert len(names) > 100
    files = [p for p in sorted((ROOT / "kg").rglob("*.*")) if "vendor" not in p.parts]
    files = [p for p in files if p.parent.name != "exports" or p.name not in OTHERS_WORDS]
    found = [f"{p.name}: {word}" for p in files for word in words(p) if word in names]
    assert not found, "\n".join(found)


def words(path):
    """The words by which a file of code, a question or a template could know a term."""
    if path.suffix not in (".py", ".rq", ".js", ".j2"):
        return []
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        held = [n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
        return [value for value in held if isinstance(value, str)]
    return re.findall(r"kg:(\w+)" if path.suffix == ".rq" else r"[\"'`](\w+)[\"'`]", text)
