"""What other programs write, read by kg: nodes and edges are theirs, one by one; triples are rdflib's."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
from pathlib import Path

import pyshacl
import pytest
import rdflib

from kg.case import folder as cases
from kg.exchange import importing
from kg.store.check import check

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parent.parent / ".venv-interop" / "bin" / "python"
SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(2**32))
KINDS = ("undirected", "directed")
FILES = (
    *("networkx.graphml", "networkx.gexf", "networkx.gml", "networkx.edgelist", "networkx.json"),
    *("networkx.cyjs", "igraph.graphml", "igraph.gml"),
)
SHAPES = Path(pyshacl.__file__).parent / "assets"


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    print(f"SEED={SEED}")
    folder = tmp_path_factory.mktemp("written")
    subprocess.run([PYTHON, HERE / "writers.py", folder, str(SEED)], check=True)
    return folder


def imported(path, folder):
    lines = importing.run(path, folder)
    found = check(cases.find(folder))
    assert found.fine, found.problems
    read = {x.kind: x.number for x in lines if x.step == "read"}
    assert not [
        x for x in lines if x.step == "left out" and x.kind in ("node", "edge", "triple", "tie")
    ]
    return read


def rows(folder):
    names = {}
    for path in (folder / "data").glob("*.csv"):
        if path.stem != "claims":
            with path.open(encoding="utf-8", newline="") as file:
                names |= {r["id"]: r["name"] for r in csv.DictReader(file)}
    with (folder / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        return names, list(csv.DictReader(file))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FILES)
def test_every_node_and_edge_of_a_graph_is_read(written, tmp_path, kind, name):
    told = json.loads((written / f"{kind}.json.told").read_text("utf-8"))
    path = written / f"{kind}-{name}"
    read = imported(path, tmp_path / "made")
    # A list of edges has no nodes that have none.
    assert read["node"] == told["nodes"] or name == "networkx.edgelist"
    assert read["edge"] == len(told["edges"])
    names, claims = rows(tmp_path / "made")
    if name == "networkx.edgelist":
        assert len(claims) == len(told["edges"])
        return
    found = [(names[r["subject"]], names[r["object"]]) for r in claims]
    wanted = [tuple(pair) for pair in told["edges"]]
    if kind == "undirected":
        found, wanted = ([tuple(sorted(pair)) for pair in some] for some in (found, wanted))
    assert sorted(found) == sorted(wanted)
    assert {r["share"] != "" for r in claims} == {True}
    assert {r["from"] != "" for r in claims} == {True}
    assert {r["relation"] for r in claims} <= {"owns", "pays"}


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.ttl")), ids=lambda p: p.name)
def test_triples_are_those_that_rdflib_reads(path, tmp_path):
    held = rdflib.Graph().parse(path)
    read = imported(path, tmp_path / "made")
    # A line that stands twice is one triple to a store.
    assert read["triple"] - len(held) in range(10)
