"""What kg wrote in the forms of other programs, read by kg again: how each link stands comes back, and is told."""

import csv
import re
from pathlib import Path

import pytest
from test_conflicts import M, N, built

import kg
from kg.exchange import exports
from kg.exchange.importing import run
from kg.exchange.own_links import stances
from kg.model.standing import BASIS_OF, STATUSES

OWNS = {"relation": "owns"}
CLAIMS = [
    N | OWNS,
    M | OWNS | {"stance": "denies"},
    N | OWNS | {"object": "c", "stance": "denies"},
    N | OWNS | {"object": "d", "stance": "alleges"},
    N | OWNS | {"object": "n", "stance": "announces"},
    N | OWNS | {"object": "m", "said": "2020"},
    N | OWNS | {"object": "m", "stance": "retracts", "said": "2021"},
    M | OWNS | {"object": "comma", "stance": "questions"},
]
SAID = {
    "Body B": {"asserts", "disputes"},
    "Body C": {"denies"},
    "Body D": {"alleges"},
    "Body N": {"announces"},
    "Body M": {"retracts"},
    "Hall, the old one": {"questions"},
}
FORMS = {
    **dict.fromkeys(("followthemoney", "stix", "node-link"), "json"),
    **{name: name for name in ("graphml", "gexf")},
    "cytoscape": "cyjs",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    built(folder / "case", CLAIMS)
    return kg.open(folder / "case")


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.mark.parametrize("form", FORMS)
def test_how_a_link_stands_comes_back_and_what_does_not_is_told(graph, form, tmp_path):
    graph.export(form).write(tmp_path / f"own.{FORMS[form]}")
    told = []
    lines = run(tmp_path / f"own.{FORMS[form]}", tmp_path / "case", say=told.append)
    data = tmp_path / "case" / "data"
    names = {r["id"]: r["name"] for p in data.glob("*.csv") for r in table(p) if "name" in r}
    said, voices = {}, set()
    for row in table(data / "claims.csv"):
        if row["relation"] in ("owns", "linkedTo"):
            said.setdefault(names[row["object"]], set()).add(row["stance"] or "asserts")
            voices.add(names.get(row["voice"]))
    # An opinion of STIX says which of the two it is, and whose.
    expected = SAID | ({"Body B": {"asserts", "denies"}} if form == "stix" else {})
    assert said == expected
    assert voices - {None} == ({"Body M", "Body N"} if form == "stix" else set())
    (warned,) = (text for text in told if text.startswith("warning"))
    assert "was written by kg export" in warned
    kept = {line.kind: line.number for line in lines if "graph of kg" in line.reason}
    words = ("disputed", "denied", "alleged", "announced", "taken back", "questioned")
    assert kept == {f"link that is {word}": 1 for word in words}


def test_nanopublications_are_said_to_be_read_as_any_rdf(graph, tmp_path):
    graph.export("nanopublications").write(tmp_path / "own.trig")
    told = []
    run(tmp_path / "own.trig", tmp_path / "case", say=told.append)
    assert [text for text in told if "read here as any RDF is" in text]


def test_every_standing_has_its_stances():
    bases = (*BASIS_OF.values(), "Unsupported")
    made = {s: {stances(s, b) for b in bases} for s in STATUSES}
    assert all(found - {()} for found in made.values())
    assert made["Denied"] == {("denies",)}
    assert stances("contested", "announced") == ("announces", "disputes")
    assert not stances("active", "asserted")


def test_the_docs_say_of_every_form_what_comes_back():
    page = (Path(__file__).parents[1] / "docs" / "interchange.md").read_text("utf-8")
    section = page.partition("## Read by kg again")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert sorted(re.findall("`([^`]+)`", "".join(cells))) == exports.names()
