"""Ids of other data sets: any verb takes them, RDF and exports hold them, check tells two records with one."""

import json

import pytest
from asking import run

from kg.case.folder import find
from kg.store.build import build
from kg.store.check import check
from kg.text.untrusted import one_line

TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Firm a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "firm"@en ; kg:table "firms" .
my:lei a kg:Attribute ; kg:role kg:ForeignId ; kg:scheme "LEI" ; rdfs:label "legal entity identifier"@en ;
    kg:column "lei" ; rdfs:domain my:Firm ; rdfs:range xsd:string .
"""
FIRMS = """id,name,lei,foreign_ids
acme,Acme,529900AAAA,ogrn:1027700132195 | NK: abc-1
bolt,Bolt,529900BBBB | 529900CCCC,
"""


def write(folder, firms=FIRMS, judgements=""):
    files = {
        "data/case.toml": 'title = "T"\nbase = "https://example.org/id/"\n',
        "data/firms.csv": firms,
        "ontology/terms.ttl": TERMS,
    }
    if judgements:
        files["data/judgements.csv"] = f"kind,left,right,reason\n{judgements}\n"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return find(folder)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    made = write(tmp_path_factory.mktemp("foreign"))
    build(made)
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("529900AAAA", "acme"),
        ("lei:529900cccc", "bolt"),
        ("ogrn:1027700132195", "acme"),
        ("1027700132195", "acme"),
        ("abc-1", "acme"),
        ("NK:abc-1", "acme"),
    ],
)
def test_every_verb_takes_it_as_a_name(case, capsys, text, found):
    for verb in ("find", "show"):
        capsys.readouterr()
        assert run(verb, case.root, text, format="json") == 0
        assert f'"{found}"' in capsys.readouterr().out


def test_rdf_and_exports_hold_it_with_its_scheme(case, capsys):
    run("query", case.root, "SELECT ?i { id:acme dcterms:identifier ?i } ORDER BY ?i", format="csv")
    assert capsys.readouterr().out.split() == [
        *("i", "LEI:529900AAAA", "NK:abc-1", "ogrn:1027700132195")
    ]
    run("export", case.root, "node-link")
    nodes = {n["id"]: n["attributes"] for n in json.loads(capsys.readouterr().out)["nodes"]}
    assert nodes["bolt"] == [["lei", "529900BBBB"], ["lei", "529900CCCC"]]


def problems(case):
    return [one_line(str(p)) for p in check(case).problems]


def test_two_records_with_one_are_told(tmp_path):
    firms = FIRMS + "crux,Crux,,lei:529900BBBB\n"
    (told,) = problems(write(tmp_path, firms))
    assert told.startswith(
        "firms.csv, row 4: “lei:529900BBBB”, and “bolt” (Bolt) has that foreign id"
    )
    assert told.endswith("[foreign-id]")
    for kind in ("same", "different", "unsure"):
        assert problems(write(tmp_path, firms, f"{kind},bolt,crux,seen")) == []


def test_a_scheme_is_wanted(tmp_path):
    (told,) = problems(write(tmp_path, "id,name,foreign_ids\nacme,Acme,1027700132195\n"))
    assert "expected a scheme, a colon and an id, as lei:" in told
