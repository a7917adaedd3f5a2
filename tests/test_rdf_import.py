"""Other people's RDF becomes a case: claims with who stands for them, attributes with types, an ontology."""

import csv

import pytest
from asking import run
from test_rdf_graphs import PEOPLE, PREFIXES

from kg.case.folder import find
from kg.exchange import importing
from kg.model.errors import BadData
from kg.store.check import check


@pytest.fixture
def made(tmp_path):
    """Imports a text under a name; gives the tally as {(step, kind): number} and tables by name."""

    def imported(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        lines = importing.run(path, tmp_path / "made")
        tables = {}
        for file in sorted((tmp_path / "made" / "data").glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as opened:
                tables[file.stem] = {
                    (r.get("id") or n): r for n, r in enumerate(csv.DictReader(opened))
                }
        return {(x.step, x.kind): x.number for x in lines}, tables

    imported.folder = tmp_path / "made"
    return imported


@pytest.fixture
def people(made):
    return made("people.ttl", PEOPLE)


def test_ties_are_claims_with_who_stands_for_them(people):
    told, tables = people
    rows = {(r["subject"], r["relation"], r["object"]): r for r in tables["claims"].values()}
    assert {*rows} == {
        ("alice", "knows", "bob"),
        ("alice", "owns", "acme"),
        ("bob", "worksFor", "acme"),
        ("bob", "worksFor", "company-of-bob"),
        ("company-of-bob", "partOf", "acme"),
        ("acme", "locatedIn", "q34217"),
        ("bob", "owns", "acme"),
        ("club", "members", "alice"),
        ("club", "members", "bob"),
    }
    row = rows["alice", "owns", "acme"]
    assert (row["voice"], row["from"], row["share"], row["stance"]) == (
        "doc-ex-org-register",
        "2019",
        "0.6",
        "",
    )
    row = rows["bob", "owns", "acme"]
    assert (row["voice"], row["said"], row["confidence"]) == ("carol", "2020-05-01", "low")
    assert (row["stance"], row["document"]) == ("alleges", "doc-people")
    assert rows["alice", "knows", "bob"]["voice"] == ""
    assert rows["alice", "knows", "bob"]["locator"] == "ex:alice"
    # A class below another and what a relation is backwards are the ontology's.
    assert told["read", "tie"] == len(rows) + 2
    assert not any(step == "left out" for step, _ in told)


def test_literals_are_attributes_with_their_types_and_names(people, made):
    _, tables = people
    alice = tables["persons"]["alice"]
    assert (alice["name"], alice["name_ja"], alice["age"]) == ("Alice Liddell", "アリス", "42")
    assert alice["address"] == "street: Main St 1; city: Oxford"
    assert alice["foreign_ids"] == "iri:http://ex.org/alice"
    terms = (made.folder / "ontology" / "terms.ttl").read_text("utf-8")
    age = terms[terms.index("my:age ") :].partition(" .\n")[0]
    assert "rdfs:range xsd:integer" in age
    assert "rdfs:seeAlso <http://xmlns.com/foaf/0.1/age>" in age
    works = terms[terms.index("my:worksFor ") :].partition(" .\n")[0]
    assert '"works for"@en' in works
    assert '"Is paid by."@en' in works
    assert "rdfs:subClassOf my:Body" in terms


def test_the_case_is_checked_and_built_and_has_the_path(people, made, capsys):
    assert run("check", made.folder, strict=True) == 0
    assert run("build", made.folder) == 0
    capsys.readouterr()
    assert run("path", made.folder, "Alice Liddell", "ACME Ltd", k=1) == 0
    told = capsys.readouterr().out
    assert "ex.org: register asserted (share 0.6), since 2019" in told
    assert "— “people”, ex:alice" in told


def test_named_graphs_are_documents(made):
    _, tables = made(
        "f.trig",
        f"""{PREFIXES}
        ex:g {{ ex:a ex:knows ex:b }} ex:h {{ ex:a ex:knows ex:b }}
        ex:g prov:wasAttributedTo ex:ann ; rdfs:label "The first graph" .""",
    )
    rows = [(r["document"], r["voice"]) for r in tables["claims"].values()]
    assert sorted(rows) == [("doc-f", ""), ("g", "ann"), ("h", "")]
    assert tables["documents"]["g"]["name"] == "The first graph"


def test_terms_that_end_alike_stay_two(made):
    text = f"{PREFIXES} ex:a foaf:knows ex:b ; schema:knows ex:c ; foaf:url 'x' ; a ex:Document ."
    _, tables = made("f.ttl", text)
    relations = {r["relation"] for r in tables["claims"].values()}
    assert len(relations) == 2


def test_a_page_that_is_cited_is_a_document_with_a_readable_name(made):
    text = f"{PREFIXES} ex:a ex:knows ex:b {{| dct:source <https://www.press.example/2020/who-knows> |}} ."
    _, tables = made("f.ttl", text)
    (page,) = [r for r in tables["documents"].values() if r["url"]]
    assert (page["name"], page["url"]) == (
        "press.example: who knows",
        "https://www.press.example/2020/who-knows",
    )
    assert tables["claims"][0]["voice"] == page["id"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("f.ttl", b"<http://e/a> <http://e/b> .", r"f.ttl, line 1, column 27"),
        ("f.nt", b"<http://e/a> <http://e/b> <http://e/c", r"f.nt, line 1"),
        ("f.rdf", b"<!DOCTYPE r [<!ENTITY a '&b;'>]><RDF/>", r"line 1: a DOCTYPE is refused"),
        ("f.jsonld", b"[" * 5000, "nested too deeply"),
        ("f.jsonld", b'{"@context": "https://e.example/c"}', "nothing is fetched"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_leaves_nothing(made, name, text, said):
    with pytest.raises(BadData, match=said) as error:
        made(name, text)
    assert "\n" not in str(error.value)
    assert not made.folder.exists()


def test_a_source_that_calls_something_as_core_does_has_one_column_for_it(tmp_path):
    source = tmp_path / "a.ttl"
    source.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix e: <http://e/> .\n"
        'e:x a e:T ; rdfs:label "X" ; rdfs:comment "told as a comment" ; e:description "its own" .\n',
        "utf-8",
    )
    importing.run(source, tmp_path / "made")
    assert check(find(tmp_path / "made")).fine
    header, row = (tmp_path / "made" / "data" / "ts.csv").read_text("utf-8").splitlines()
    assert [name for name in header.split(",") if name == "description"] == ["description"]
    assert "told as a comment" in row and "its own" in row
