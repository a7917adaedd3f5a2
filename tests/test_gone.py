"""What is no more: marked wherever it is named, and not passed unless asked."""

from __future__ import annotations

import json
import re

import pytest
from browsing import expect

from kg.analysis import dossier, dossier_text, listing, neighbourhood, path_text, search
from kg.analysis.path_absence import why_none
from kg.analysis.paths import Options, find_paths
from kg.case.folder import find
from kg.model.errors import BadCase, spoken
from kg.page import render, request, subgraph
from kg.store import shacl
from kg.store.build import build
from kg.store.lens import Lens
from kg.store.seen_graph import through

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Thing a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "thing"@en ; kg:table "things" .
my:State a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "state"@en ; kg:table "states" .
my:owns a kg:State ; rdfs:domain my:Thing ; rdfs:range my:Thing .
my:revokedBy a kg:State ; kg:walked false ; rdfs:label "is revoked by"@en ; rdfs:domain my:Thing ; rdfs:range my:Thing .
my:status a kg:Attribute ; rdfs:label "status"@en ; rdfs:domain my:Thing ; rdfs:range xsd:string ; kg:column "status" ; kg:gone "Dissolved" , "struck off" .
my:revoked a kg:Attribute ; rdfs:label "revoked"@en ; rdfs:domain my:Thing ; rdfs:range xsd:boolean ; kg:column "revoked" ; kg:gone true .
my:ended a kg:Attribute ; rdfs:label "ended"@en ; rdfs:domain my:Thing ; rdfs:range xsd:date ; kg:column "ended" ; kg:gone "*" .
my:now a kg:Attribute ; rdfs:label "now"@en ; rdfs:domain my:Thing ; rdfs:range my:State ; kg:column "now" ; kg:gone "state-sunk" .
my:withdrawn a kg:Attribute ; rdfs:label "withdrawn"@en ; rdfs:domain kg:Document ; rdfs:range xsd:boolean ; kg:column "withdrawn" ; kg:gone true .
"""
TABLES = {
    "things": """\
id,name,status,revoked,ended,now
ann,Ann,active,,,
acme,Acme,dissolved,,,
bob,Bob,,false,,state-afloat
cid,Cid,,true,,
dan,Dan,,,2021-05,
eve,Eve,,,,
fay,Fay,,,,state-sunk
""",
    "states": "id,name\nstate-sunk,sunk\nstate-afloat,afloat\n",
    "documents": "id,name,published,withdrawn\ndoc-a,Register,2019,true\ndoc-b,Paper,2019,\n",
    "claims": """\
subject,relation,object,from,document,locator
ann,owns,acme,2019,doc-a,1
bob,owns,acme,2019,doc-b,2
bob,owns,dan,2019,doc-b,3
eve,owns,dan,2019,doc-b,3
cid,revokedBy,fay,2019,doc-b,3
""",
}


def written(folder, terms=TERMS):
    (folder / "ontology").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "data" / "case.toml").write_text('title = "T"\nbase = "https://example.org/id/"\n')
    (folder / "ontology" / "terms.ttl").write_text(terms)
    for name, table in TABLES.items():
        (folder / "data" / f"{name}.csv").write_text(table)
    return find(folder)


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return build(written(tmp_path_factory.mktemp("gone") / "case"))[0]


def why(*asked):
    return spoken(why_none(*asked))


def nodes(paths):
    return [p.nodes for p in paths]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("bob", "Bob owns Acme (dissolved)"),
        ("cid", "Cid (revoked) is revoked by Fay (sunk)"),
        ("eve", "Eve owns Dan (ended 2021-05)"),
    ],
)
def test_it_is_marked_in_sentences(graph, subject, told):
    rows = listing.claims(graph, Lens(), subject=subject)
    assert told in [row.sentence for row in rows]


def test_a_document_that_was_withdrawn_is_marked_as_a_source(graph):
    (row,) = listing.attestations(graph, Lens(), subject="ann")
    assert row.statement.startswith("“Register” (withdrawn), 1: it asserted that Ann owns Acme")
    # The field of a program holds the name alone.
    assert row.document == "Register"


def test_it_is_found_and_shown_as_such(graph):
    assert [(f.name, f.state) for f in search.find(graph, "acme")] == [("Acme", "dissolved")]
    assert (
        dossier_text.text(dossier.dossier(graph, "acme"), 80).splitlines()[1]
        == "thing, dissolved · acme"
    )
    near = neighbourhood.neighbors(graph, "bob", Lens())
    assert {(n.name, n.state) for n in near} == {("Acme", "dissolved"), ("Dan", "ended 2021-05")}
    assert not neighbourhood.neighbors(graph, "bob", Lens(), gone=False)
    assert "Acme (thing, dissolved)" in neighbourhood.text(near, 80)


def test_paths_end_there_and_do_not_pass(graph):
    assert find_paths(graph, "ann", "bob") == []
    assert nodes(find_paths(graph, "ann", "bob", Options(gone=True))) == [("ann", "acme", "bob")]
    assert nodes(find_paths(graph, "ann", "acme")) == [("ann", "acme")]
    past = Options(via=("acme",))
    assert nodes(find_paths(graph, "ann", "bob", past)) == [("ann", "acme", "bob")]
    told = why(graph, "ann", "bob", Options())
    assert told.endswith("one of 2 hops exists through what is no more, Acme (gone)")
    both = why(graph, "ann", "eve", Options())
    assert both.endswith("one of 4 hops exists through what is no more, Acme, Dan (gone)")


def test_a_day_before_its_end_it_is_passed(graph):
    seen = through(graph, Lens(as_of="2020-12-31"))
    assert nodes(find_paths(seen, "bob", "eve")) == [("bob", "dan", "eve")]
    assert "Eve owns Dan\n" in path_text.text(seen, find_paths(seen, "eve", "dan"), 80)
    later = through(graph, Lens(as_of="2021-05-01"))
    assert find_paths(later, "bob", "eve") == []
    assert find_paths(seen, "ann", "bob") == []


def test_a_relation_that_is_no_tie_is_walked_when_it_is_named(graph):
    assert find_paths(graph, "cid", "fay") == []
    named = Options(relations=("is revoked by",))
    assert nodes(find_paths(graph, "cid", "fay", named)) == [("cid", "fay")]
    told = why(graph, "cid", "fay", Options())
    assert told.endswith("one of 1 hop exists by relations that are no ties (relation)")


def test_the_command_counts_what_is_left_out(graph, kg):
    folder = find(graph.out + "/..").root
    done = kg(folder, "path", "ann", "bob")
    assert (
        done.returncode == 1 and "5 records that are no more are not passed; --gone" in done.stderr
    )
    assert kg(folder, "path", "ann", "bob", "--gone").returncode == 0
    done = kg(folder, "neighbors", "bob", "--format", "json")
    assert done.returncode == 1 and "2 more that are no more; --gone shows them" in done.stderr
    done = kg(folder, "find", "acme", "--format", "json")
    assert json.loads(done.stdout)[0]["state"] == "dissolved"


def test_steps_on_a_page_do_not_pass_it(graph):
    near = request.around(graph, ["ann"], 2)
    assert near.entities == {"ann", "acme"}
    assert request.around(graph, ["ann"], 2, gone=True).entities == {"ann", "acme", "bob"}


def test_it_is_drawn_as_no_more(graph, tmp_path, browser):
    view = subgraph.select(graph)
    held = {n.id: (n.state, n.was, n.walked) for n in view.nodes}
    assert held["acme"] == ("gone", "dissolved", False) and held["ann"] == ("", "", True)
    path = tmp_path / "view.html"
    path.write_text(render.render(view), "utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri() + "#sel=n:acme")
    tab.wait_for_function("window.kg")
    expect(tab.locator("#card .state")).to_have_text("dissolved")
    tab.goto(path.as_uri() + "#sel=s:gone")
    expect(tab.locator("#card h2")).to_have_text("No more 4")
    tab.close()


def test_the_graph_conforms(graph):
    assert shacl.validate(graph) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('my:revoked kg:gone "yes" .', "revoked: kg:gone is “yes”; expected true or false"),
        ('my:status kg:gone "" .', "expected a value of it in quotes, or “*” for any"),
        ("my:status kg:gone my:owns .", "expected a value of it in quotes"),
        (
            'my:owns kg:gone "over" .',
            "owns: kg:gone stands on a state; expected it on an attribute",
        ),
        ('my:owns kg:walked "no" .', "kg:walked is “no”; expected true or false"),
    ],
)
def test_what_cannot_be_is_told(tmp_path, line, told):
    with pytest.raises(BadCase, match=re.escape(told)):
        _ = written(tmp_path / "case", TERMS + line).ontology
