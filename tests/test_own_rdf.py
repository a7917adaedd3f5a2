"""A graph that kg wrote as RDF becomes its case again: the same triples, whatever is in the rows."""

import shutil

import pytest
from draws import draws
from hypothesis import given
from hypothesis import strategies as st

from kg.case import folder as cases
from kg.exchange import importing
from kg.exchange.exports import files, form
from kg.exchange.handed.content import Content
from kg.model.errors import BadData
from kg.store.build import build, check
from kg.store.lens import Lens
from kg.verbs.view import drawn

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" ;
    kg:symbol "circle" .
my:Editor a rdfs:Class ; rdfs:subClassOf my:Person ; rdfs:label "editor"@en , "Redakteur"@de .
my:Org a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "organisation"@en ;
    kg:table "organisations" .
my:Source a rdfs:Class ; rdfs:subClassOf kg:Document ; rdfs:label "source"@en ; kg:table "sources" .
my:owns a kg:State ; rdfs:label "owns"@en ; kg:inverseLabel "owned by"@en ; kg:exclusive "subject" .
my:met a kg:Event ; rdfs:label "met"@en ; kg:acceptsAttestation true .
my:salary a kg:Measure ; rdfs:label "salary"@en .
my:share a kg:Quality ; rdfs:label "share"@en ; rdfs:range xsd:decimal ; kg:column "share" .
my:role a kg:Quality ; rdfs:label "role"@en ; rdfs:range xsd:string ; kg:column "role" .
my:born a kg:Attribute ; rdfs:label "born"@en ; rdfs:domain my:Person ; rdfs:range xsd:date ;
    kg:column "born" .
my:Deal a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "deal"@en ; kg:table "events" .
my:Payment a rdfs:Class ; rdfs:subClassOf my:Deal ; rdfs:label "payment"@en ;
    kg:sentence "{payer} paid {amount} to {payee}"@en .
my:payer a kg:Event ; rdfs:label "was paid by"@en ; rdfs:domain my:Deal ; kg:column "payer" .
my:payee a kg:Event ; rdfs:label "went to"@en ; rdfs:domain my:Deal ; kg:column "payee" .
my:amount a kg:Measure ; rdfs:label "amount"@en ; rdfs:domain my:Deal ; kg:column "amount" .
my:purpose a kg:Attribute ; rdfs:label "purpose"@en ; rdfs:domain my:Deal ; rdfs:range xsd:string ;
    kg:column "purpose" .
my:lawyerOf a kg:State ; rdfs:label "is the lawyer of"@en ; kg:speaksFor true .
my:boss a kg:Attribute ; rdfs:label "boss"@en ; rdfs:domain my:Person ; rdfs:range my:Person ;
    kg:column "boss" .
"""
TABLES = {
    "people": (
        "id,name,class,aliases,name_zh,born,boss,same_as,description\n"
        'p1,"Ann ""A"" Lee",,Annie | A. Lee,安,1970-05,p2,https://a.example/1 | https://b.example/2,Boss\n'
        "p2,Bob,Editor,,,,,,\np3,Bob Old,,,,,,,\np4,Carl,,,,,,,\n"
    ),
    "sources": "id,name,published,publisher,url\nd1,One,2020-05,p4,https://a.example/one\nd2,Two,,,\n",
    "organisations": "id,name,foreign_ids,document,locator,voice\no1,Firm,lei:X 1 | ogrn:2,d1,p. 9,p4\n",
    "names": (
        "entity,name,language,stance,document,locator\no1,Die Firma,de,,d1,p. 1\n"
        "o1,公司,zh-Hans,,d2,p. 2\no1,Firm & Co,,denies,d2,p. 3\no1,The Firm,,,d2,p. 3\n"
    ),
    "events": (
        "id,class,name,payer,payee,amount,amount_unit,purpose,role,stance,voice,from,document,locator\n"
        "e1,Payment,,p1,p2 | o1,100,EUR,Boats,,,,2020,d1,p. 1\ne1,Payment,,,,90,EUR,,,,p4,,d2,p. 1\n"
        "e1,Payment,,,,,,,,denies,p2,,d2,p. 4\n,Payment,The sale,p4,p1,,,,aide,,,2021,d1,p. 2\n"
        ",,,p4,,5,USD,,,alleges,,,d1,p. 3\n"
    ),
    "judgements": "kind,left,right,reason\nsame,p2,p3,the same\nunsure,p1,p4,may be\n",
}
HEAD = (
    "subject,relation,object,from,to,stance,voice,via,said,instead_of,document,locator,gloss,passage,"
    "passage_digest,quote,key,share,role\n"
)


@pytest.fixture(scope="module")
def there_and_back(tmp_path_factory):
    """Builds tables, writes them in a form, imports that; gives the triples of both."""
    root = tmp_path_factory.mktemp("own")

    def travel(claims, figures="", kind="n-triples"):
        shutil.rmtree(root)
        (root / "data").mkdir(parents=True)
        (root / "ontology").mkdir()
        (root / "ontology" / "terms.ttl").write_text(TERMS, "utf-8")
        (root / "data" / "case.toml").write_text('base = "https://example.org/id/"\n')
        figures = "subject,measure,value,unit,qualifier,scope,from,to,document,locator\n" + figures
        for name, text in {**TABLES, "claims": HEAD + claims, "figures": figures}.items():
            (root / "data" / f"{name}.csv").write_text(text, "utf-8")
        made = form(kind)
        path = root / f"g{made.ENDING}"
        path.write_bytes(written(root, kind))
        importing.run(path, root / "back")
        found = check(cases.find(root / "back"))
        assert found.fine, found.problems
        return triples(root), triples(root / "back")

    travel.root = root
    return travel


def written(root, kind):
    graph, _ = build(cases.find(root))
    with graph:
        [(_, pieces)] = files(form(kind), Content(graph, Lens()))
        return b"".join(p if isinstance(p, bytes) else p.encode() for p in pieces)


def triples(root):
    return {t for t in written(root, "n-triples").splitlines() if not t.startswith(b"#")}


ROWS = (
    "p1,owns,p2,2019,2019,,,,,,d1,p. 1,,,,,k1,0.5,chair | aide\n"
    "p1,owns,p2,2019,..,alleges,p4,,2020-06,,d1,p. 2,“Gloss”,10-20 | 30-44,,,,25..,\n"
    "p1,owns,p2,,,denies,p2,d2 | p4 < p1,,@k1,d1,p. 3,,,,Not I.,,,\n"
    "p4,met,@k1,2020-01-01/2020-02-02,,,,,,,d2,1,,,,,,,\n"
    "p3,met,p4,?,,announces,,d2,,,d1,p. 4,,,,,,,\n"
    "p4,lawyerOf,p1,,,,,,,,d1,p. 4,,,,,,,\n"
)
FIGURES = "p1,salary,1000..2000,EUR,about,,2019,,d1,p. 5\np2,salary,007.50,,,p4,,,d2,p. 6\n"


@pytest.mark.parametrize("kind", ["n-triples", "n-quads", "trig", "rdf-12", "json-ld", "rdf-xml"])
def test_every_syntax_comes_back_as_it_was(there_and_back, kind):
    before, after = there_and_back(ROWS, FIGURES, kind)
    assert before == after
    told = b" ".join(before)
    assert all(term in told for term in (b"terms#payer>", b"#isCalled>", b"#namedIn>", b"#party>"))


CELLS = {
    "subject": st.sampled_from(["p1", "p2", "p3"]),
    "relation": st.sampled_from(["owns", "met"]),
    "object": st.sampled_from(["p4", "d2", "p2"]),
    "from": st.sampled_from(["", "2020", "2020~", "?", "2020-01/2020-03"]),
    "to": st.just(""),
    "stance": st.sampled_from(["", "alleges", "denies", "announces", "retracts"]),
    "voice": st.sampled_from(["", "p1", "p4"]),
    "via": st.sampled_from(["", "d2", "d2 < p2", "p3 | d2"]),
    "said": st.sampled_from(["", "2021", "?"]),
    "instead_of": st.just(""),
    "document": st.just("d1"),
    "locator": st.sampled_from(["p. 1", 'a "b" \\ c', "§ 3\t"]),
    "gloss": st.sampled_from(["", "Ünï", "a, b"]),
    "passage": st.sampled_from(["", "1-9", "1-9 | 20-30"]),
    "passage_digest": st.just(""),
    "quote": st.just(""),
    "key": st.just(""),
    "share": st.sampled_from(["", "0.50", "..9", "1..2"]),
    "role": st.sampled_from(["", "b | a", "a | b"]),
}


@draws(5)
@given(st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=6))
def test_any_rows_come_back_as_they_were(there_and_back, rows):
    for row in rows:
        if row["relation"] == "owns" and row["from"] and row["stance"]:
            row["to"] = "2022"
    cells = ([row[c] for c in HEAD.strip().split(",")] for row in rows)
    text = "".join(",".join('"' + c.replace('"', '""') + '"' for c in row) + "\n" for row in cells)
    before, after = there_and_back(text)
    assert before == after


def test_a_part_of_a_graph_is_no_case(there_and_back, tmp_path):
    before, _ = there_and_back(ROWS)
    path = tmp_path / "g.nt"
    path.write_bytes(b"\n".join(t for t in before if b"/claim/" not in t.split(b" ")[0]))
    with pytest.raises(BadData, match="no whole claim: part of the file is missing"):
        importing.run(path, tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_page_comes_back_with_the_rows_that_it_shows(there_and_back, tmp_path):
    there_and_back(ROWS, FIGURES)
    root = there_and_back.root
    with build(cases.find(root))[0] as graph:
        path = tmp_path / "view.html"
        path.write_text(drawn(graph, None).html, "utf-8")
        shown = {
            a.id
            for claim in graph.ledger.claims()
            for a in claim.attestations
            if claim.relation != "isCalled" and not claim.object.startswith("attestation/")
        }
    lines = importing.run(path, tmp_path / "back")
    found = check(cases.find(tmp_path / "back"))
    assert not [str(p) for p in found.problems if not p.warning]
    with build(cases.find(tmp_path / "back"))[0] as graph:
        assert {a.id for claim in graph.ledger.claims() for a in claim.attestations} == shown
        assert graph.ledger.entity("p1").name == 'Ann "A" Lee'
    left = {x.reason: x.number for x in lines if x.step == "left out" and x.kind == "claim"}
    assert left == {"about a statement or a name, which a page tells in words": 5}


@pytest.mark.parametrize(
    "text",
    [
        '<meta name="generator" content="kg 1">',
        '<meta name="generator" content="kg 1"><script type="application/ld+json" id="kg-data">{}'
        '</script><script type="application/json" id="kg-record">{}</script>',
    ],
)
def test_part_of_a_page_is_no_case(tmp_path, text):
    (tmp_path / "f.html").write_text(text)
    with pytest.raises(BadData, match="no whole page of kg"):
        importing.run(tmp_path / "f.html", tmp_path / "back")
    assert not (tmp_path / "back").exists()
