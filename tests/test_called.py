"""Who uses which name: a row of names.csv, in show, find, claims, search, RDF, tables and on the page."""

import json

import pytest
from asking import run

from kg.case.folder import find
from kg.page import subgraph
from kg.store.build import build
from kg.store.check import check
from kg.text.untrusted import one_line

TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix n: <https://names.example/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
n:Crew a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "crew"@en ; kg:table "crews" .
n:knows a kg:State ; rdfs:label "knows"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
n:doubts a kg:Event ; rdfs:label "doubts"@en ; kg:acceptsAttestation true .
n:since a kg:Quality ; rdfs:label "since"@en ; kg:column "since" ; kg:qualityOf n:knows ;
    rdfs:range <http://www.w3.org/2001/XMLSchema#string> .
n:disbanded a kg:Attribute ; rdfs:label "disbanded"@en ; rdfs:domain n:Crew ; kg:column "disbanded" ;
    rdfs:range <http://www.w3.org/2001/XMLSchema#date> ; kg:gone "*" .
"""
FILES = {
    "data/crews.csv": "id,name,aliases,document,locator,voice\n"
    "bear,Bear Crew,,alpha,p. 9,firm\nowl,Owl Crew,,,,\nfirm,The Firm,,,,\n",
    "data/documents.csv": "id,name,published\nalpha,Alpha Report,2020-01-01\nbeta,Beta Report,2021-01-01\n",
    "data/names.csv": """entity,name,language,stance,voice,document,locator,gloss,passage
bear,Fancy Bear,en,,,alpha,p. 1,,10-20
bear,Fancy Bear,en,,firm,beta,p. 2,,
Bear Crew,奇幻熊,zh,,,beta,p. 3,The name in Chinese,
bear,Sofacy,,denies,firm,beta,p. 4,,
""",
    "data/claims.csv": "subject,relation,object,key,document,locator\n"
    "owl,knows,Fancy Bear,known,alpha,p. 5\nbear,doubts,@known,,beta,p. 6\n",
    "ontology/terms.ttl": TERMS,
}


def write(folder, **other):
    files = {"data/case.toml": 'title = "T"\nbase = "https://names.example/id/"\n'} | FILES | other
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return find(folder)


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return build(write(tmp_path_factory.mktemp("called")))[0]


@pytest.fixture
def told(graph, capsys):
    def tell(verb, *words, **options):
        capsys.readouterr()
        assert run(verb, graph.out.removesuffix("out"), *words, **options) == 0
        return capsys.readouterr().out

    return tell


def test_show_tells_which_document_calls_it_what(told):
    said = " ".join(told("show", "bear").split())
    assert "Bear Crew is called “Fancy Bear” asserted by two voices in two documents" in said
    assert "Bear Crew is called “奇幻熊”" in said
    assert "Bear Crew is called “Sofacy” denied" in said
    assert "named in: Alpha Report" in said
    assert "named by: The Firm" in said


@pytest.mark.parametrize("name", ["Fancy Bear", "fancy bear", "奇幻熊", "Sofacy"])
def test_any_verb_takes_the_name(told, name):
    assert '"bear"' in told("find", name, format="json")
    assert "Bear Crew" in told("show", name)


def test_a_cell_takes_the_name(graph):
    (claim,) = graph.ledger.claims(["knows"])
    assert (claim.subject, claim.object) == ("owl", "bear")


@pytest.mark.parametrize("verb", ["claims", "matrix", "gaps", "report", "central"])
def test_what_marks_records_that_are_no_more_asks_it_of_no_name_and_no_statement(told, verb):
    assert "Bear Crew" in told(verb)


def test_claims_and_search_reach_it(told):
    rows = json.loads(told("claims", relation="isCalled", format="json"))
    assert {r["sentence"] for r in rows} >= {"Bear Crew is called “Fancy Bear”"}
    (row,) = json.loads(told("claims", relation="is called", document=["alpha"], format="json"))
    assert row["sources"] == ["Alpha Report"]
    for words in ("fancy", "奇幻熊", "name in chinese"):
        assert "is called" in told("search", words)


def test_rdf_holds_it_in_its_language(told):
    asked = "SELECT ?n { id:bear kg:isCalled ?n } ORDER BY ?n"
    assert told("query", asked, format="tsv").split() == ["?n", '"Fancy', 'Bear"@en', '"奇幻熊"@zh']
    asked = "SELECT ?d { ?a kg:about/rdf:object 'Fancy Bear'@en ; kg:document ?d } ORDER BY ?d"
    assert [x.rpartition("/")[2] for x in told("query", asked, format="csv").split()[1:]] == [
        *("alpha", "beta")
    ]
    assert told("validate") is not None


def test_a_name_is_no_neighbour_of_a_path_and_no_symbol_of_a_page(graph, told):
    view = subgraph.select(graph)
    assert {n.id for n in view.nodes} == {"bear", "owl", "firm", "alpha", "beta"} - {
        n for n in ("alpha", "beta", "firm") if n not in {v.id for v in view.nodes}
    }
    texts = {c.object_text for c in view.claims if c.relation == "isCalled"}
    assert "“奇幻熊”" in texts
    for verb in ("timeline", "neighbors", "path"):
        assert told(verb, *(["owl", "bear"] if verb == "path" else ["bear"]))
    for form in ("node-link", "nanopublications", "turtle", "graphml"):
        assert told("export", form)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("bare,X,,,,alpha,1,,\n", "column entity: “bare” is in no table"),
        ("bear,,,,,alpha,1,,\n", "column name: nothing; expected the name that is used"),
        ("bear,X,Chinese language,,,alpha,1,,\n", "expected a language tag, as en or zh-Hans"),
        ("bear,X,,,,,1,,\n", "column document: nothing"),
        ("bear,X,,,,alpha,1,,1-0\n", "START-END"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, row, wanted):
    head = FILES["data/names.csv"].partition("\n")[0] + "\n"
    other = {
        "data/names.csv": head + row,
        "data/claims.csv": "subject,relation,object,document,locator\n",
    }
    found = [one_line(str(p)) for p in check(write(tmp_path, **other)).problems]
    assert any(wanted in line for line in found), found


def test_names_have_their_own_table(tmp_path):
    claims = "subject,relation,object,document,locator\nowl,isCalled,bear,alpha,p. 5\n"
    (told,) = [str(p) for p in check(write(tmp_path, **{"data/claims.csv": claims})).problems]
    assert "names stand in names.csv" in told


def test_the_kind_of_a_name_is_a_quality(tmp_path):
    terms = TERMS + (
        'n:kind a kg:Quality ; rdfs:label "kind"@en ; kg:column "kind" ; kg:qualityOf kg:isCalled ;\n'
        "    rdfs:range <http://www.w3.org/2001/XMLSchema#string> .\n"
    )
    names = "entity,name,kind,document,locator\nbear,Old Bear,former name,alpha,p. 1\n"
    files = {"ontology/terms.ttl": terms, "data/names.csv": names}
    files["data/claims.csv"] = "subject,relation,object,document,locator\n"
    graph = build(write(tmp_path, **files))[0]
    (claim,) = graph.ledger.claims(["isCalled"])
    assert claim.attestations[0].qualities == (("kind", "former name"),)


def test_its_table_is_written_with_its_own_columns(graph, tmp_path):
    run("export", graph.out.removesuffix("out"), "tables", out=str(tmp_path / "again"))
    again = find(tmp_path / "again")
    assert [*check(again).problems] == []
    ledgers = (graph.ledger, build(again)[0].ledger)
    one, other = ([*ledger.claims()] for ledger in ledgers)
    assert one == other


def test_rdf_of_ours_is_read_back_whole(graph, tmp_path):
    there, back = tmp_path / "there.nt", tmp_path / "back.nt"
    run("export", graph.out.removesuffix("out"), "n-triples", out=str(there))
    assert run("import", ".", str(there), str(tmp_path / "case")) == 0
    build(find(tmp_path / "case"))
    run("export", tmp_path / "case", "n-triples", out=str(back))
    said = [
        {line for line in path.read_text("utf-8").splitlines() if line[:1] != "#"}
        for path in (there, back)
    ]
    assert said[0] == said[1]
