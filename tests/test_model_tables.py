"""The tables of docs/model.md, row by row: the rule of standing and the clock do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.case.folder import find
from kg.model.claims import Attestation
from kg.model.clock import Clock, heard, holds
from kg.model.dates import parse
from kg.model.standing import STATUSES, alive, settle
from kg.store.build import build

TEXT = (Path(__file__).resolve().parent.parent / "docs" / "model.md").read_text(encoding="utf-8")


def table(head):
    """The rows of the table that begins with these columns."""
    lines = TEXT[TEXT.index(f"\n| {head} ") + 1 :].split("\n")
    body = lines[2 : next(i for i, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in body]


SAID = re.compile(r"(\w+) (\w+)(?: (\d+))?(?: \((.*)\))?")
STATUS = [(said, status) for status, _, said in table("status | when | example")]
MORE = table("what is said | status | voices, opposing")


def stood(text):
    """The standing of what is said in words as the table has them."""
    said, other = [], []
    for i, part in enumerate(text.split("; ")):
        voice, stance, value, day = SAID.fullmatch(part.replace(" it", "").replace(" that", "")).groups()  # fmt: skip
        span = parse(day or "")
        elsewhere = stance == "replaces" or "that" in part
        row = Attestation(
            *(str(i), "other" if elsewhere else "claim", stance.replace("replaces", "asserts")),
            *(voice, "doc", "p. 1"),
            said_earliest=span.earliest,
            said_latest=span.latest,
            value=value or "",
            instead_of="0" if stance == "replaces" else "",
        )
        (other if elsewhere else said).append(row)
    return settle(said, {"0": [b for b in alive(other, ()) if b.instead_of]})[0]


@pytest.mark.parametrize(("said", "status"), STATUS)
def test_the_status_of_an_example(said, status):
    assert stood(said).status.lower() == status


def test_every_status_is_explained_in_its_order():
    assert tuple(status.capitalize() for _, status in STATUS) == STATUSES


@pytest.mark.parametrize(("said", "status", "counts"), MORE, ids=[row[0] for row in MORE])
def test_more_examples(said, status, counts):
    found = stood(said)
    assert (found.status.lower(), f"{found.voices}, {found.opposing}") == (status, counts)


DATED = table("kind | from | to | said | document printed")
TERMS = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
my:event a kg:Event ; rdfs:label "met"@en ; rdfs:domain my:Person ; rdfs:range my:Person .
my:state a kg:State ; rdfs:label "knows"@en ; rdfs:domain my:Person ; rdfs:range my:Person .
"""


@pytest.fixture(scope="module")
def dated(tmp_path_factory):
    """A case with a row for each of the table, by number."""
    people, documents, claims = ["id,name\nann,Ann"], ["id,name,published"], []
    for i, (kind, start, end, said, printed, source, *_) in enumerate(DATED):
        people.append(f"p-{i},P{i}")
        documents += [f"doc-{i},Doc {i},{printed}", f"source-{i},Source {i},{source}"]
        claims.append(f"p-{i},{kind},ann,{start},{end},ann,source-{i},{said},doc-{i},p. 1")
    head = "subject,relation,object,from,to,voice,via,said,document,locator"
    files = {
        "data/case.toml": 'title = "T"\nbase = "https://example.org/id/"\n',
        "data/people.csv": "\n".join(people) + "\n",
        "data/documents.csv": "\n".join(documents) + "\n",
        "data/claims.csv": "\n".join([head, *claims]) + "\n",
        "ontology/terms.ttl": TERMS,
    }
    folder = tmp_path_factory.mktemp("dated")
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    claims = build(find(folder))[0].ledger.claims()
    return {claim.subject: claim.attestations[0] for claim in claims}


@pytest.mark.parametrize("number", range(len(DATED)), ids=[" ".join(row) for row in DATED])
def test_the_clock(dated, number):
    a = dated[f"p-{number}"]
    answers = (
        holds(a, "2022-10-31"),
        heard(a, Clock(known_by="2022-10-31")),
        heard(a, Clock(said_from="2022-09-01", said_to="2022-10-31")),
    )
    words = {True: "yes", False: "no", None: "undated"}
    assert [words[answer] for answer in answers] == DATED[number][6:]
