"""A whole graph in the forms of other programs: nothing lost, nothing without its evidence."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from asking import run

import kg
from kg.exchange import exports
from kg.model.errors import UsageError
from kg.store.graph import open_graph


@pytest.mark.parametrize("name", exports.names())
def test_a_form_is_whole(name):
    form = exports.form(name)
    assert form.ENDING.startswith(".") and form.__doc__ and callable(form.document)


def test_node_link_is_read_by_networkx_as_the_same_network(built_case):
    text = kg.open(built_case).export("node-link")
    made = nx.node_link_graph(json.loads(text), edges="edges")
    theirs = kg.open(built_case).network("all")
    assert dict(made.nodes(data="name")) == dict(theirs.nodes(data="name"))
    carried = ("relation", "status", "basis", "voices", "documents", "earliest", "latest")

    def edges(net):
        return {
            (a, b, k): [d[c] for c in carried] for a, b, k, d in net.edges(keys=True, data=True)
        }

    assert edges(made) == edges(theirs)


def test_no_claim_and_no_attestation_is_lost(built_case):
    held = json.loads(kg.open(built_case).export("node-link"))
    told = held["edges"] + held["graph"]["claims"]
    claims = {c.id: c for c in open_graph(built_case / "out").ledger.claims()}
    assert {t["id"] for t in told} == set(claims) and len(told) == len(claims)
    for t in told:
        own = claims[t["id"]].attestations
        assert {a.id for a in own} <= {s["id"] for s in t["spoken"]}
        assert all(s["voice"] and s["document"] and s["locator"] for s in t["spoken"])
    assert any(t["figure"] for t in held["graph"]["claims"])
    assert not any(t["figure"] for t in held["edges"])


@pytest.mark.parametrize("status", ["contested", "uncontested"])
def test_a_lens_chooses_what_is_exported(built_case, status):
    held = json.loads(kg.open(built_case).export("node-link", status=[status]))
    told = held["edges"] + held["graph"]["claims"]
    assert told and {t["status"] for t in told} == {status.capitalize()}
    assert held["graph"]["seen"] == f"status: {status}"


def test_a_form_that_is_none_and_a_file_of_another_ending_are_refused(built_case, tmp_path):
    with pytest.raises(
        UsageError, match=r"^form node-lnk: expected one of .*node-link.*did you mean"
    ):
        kg.open(built_case).export("node-lnk")
    with pytest.raises(UsageError, match=r"ends in \.json"):
        run("export", built_case, "node-link", out=str(tmp_path / "g.csv"))
    assert not any(tmp_path.iterdir())
    assert run("export", built_case, "node-link", out=str(tmp_path / "g.json")) == 0
    assert json.loads((tmp_path / "g.json").read_text("utf-8"))["multigraph"] is True
