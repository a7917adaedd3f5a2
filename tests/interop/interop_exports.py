"""What kg writes, read by two programs that are not ours: counts and values of the shipped case compared.

Who reads what is in read_by.py, from which the table in docs/interchange.md is written.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from read_by import NODE, READ

import kg
from kg.exchange import exports
from kg.store.part import judgements

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = ROOT / ".venv-interop" / "bin" / "python"


@pytest.fixture(scope="session")
def notebook():
    return kg.build(ROOT)


@pytest.fixture(scope="session")
def graph(notebook):
    return notebook.graph


@pytest.fixture(scope="session")
def files(notebook, tmp_path_factory):
    """Each form of the shipped case, written once; parquet by the readers' own library."""
    folder = tmp_path_factory.mktemp("exports")
    for name in exports.names():
        path = folder / (name + exports.form(name).ENDING)
        if name == "parquet":
            code = "import kg, sys; kg.open(sys.argv[1]).export('parquet').write(sys.argv[2])"
            # Its library is there, kg and the rest of what it needs are here.
            here = {"PYTHONPATH": f"{ROOT}:{_packages()}"}
            subprocess.run([PYTHON, "-c", code, ROOT, path], check=True, env=here)
        else:
            notebook.export(name).write(path)
    return folder


def _packages():
    return next(p for p in map(Path, rdflib.__path__)).parent


@pytest.fixture(scope="session")
def held(graph):
    """What is in the graph, as the readers tell it."""
    entities = {e.id: e.name for e in graph.ledger.entities()}
    claims = list(graph.ledger.claims())
    joined = [c for c in claims if not c.figure and {c.subject, c.object} <= set(entities)]
    return entities, claims, joined


def read(reader, path):
    """What a reader makes of a file."""
    if reader.startswith(NODE):
        command = ["node", HERE / "readers.mjs", reader.removeprefix(NODE), path]
        command.append(ROOT / ".venv-interop")
    else:
        command = [PYTHON, HERE / "readers.py", reader, path]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-2000:]
    return json.loads(made.stdout.splitlines()[-1])


def where(files, name):
    return files / (name + exports.form(name).ENDING)


def test_every_form_is_read_by_two():
    assert set(READ) == set(exports.names())
    assert all(len(readers) > 1 for readers in READ.values())


def standing(claim):
    s = claim.standing
    counts = map(str, (s.voices, s.documents, s.opposing))
    return [claim.subject, claim.object, claim.relation, s.status.lower(), s.basis.lower(), *counts]


TRIPLES = [
    (f, r)
    for f, readers in READ.items()
    for r in readers
    if f
    in (
        "turtle",
        "n-triples",
        "n-quads",
        "trig",
        "rdf-xml",
        "json-ld",
    )
]


@pytest.fixture(scope="session")
def triples(files):
    return read("rdflib-nt", where(files, "n-triples"))["triples"]


@pytest.mark.parametrize(("form", "reader"), TRIPLES)
def test_rdf_has_the_same_triples_everywhere(files, triples, form, reader):
    made = read(reader, where(files, form))
    if "nquads" in made:
        path = files / "by-jsonld-js.nt"
        path.write_text(made["nquads"], "utf-8")
        made = read("rdflib-nt", path)
    assert made["triples"] == triples


def test_triple_terms_are_read(files, held):
    counts = read("node:n3", where(files, "rdf-12"))["counts"]
    import pyoxigraph as ox

    made = list(ox.parse(path=where(files, "rdf-12"), format=ox.RdfFormat.TURTLE))
    terms = [t for t in made if isinstance(t.object, ox.Triple)]
    claims = [c for c in held[1] if not c.figure]
    assert len(terms) == counts["terms"] == len(claims)
    assert len(made) == counts["quads"]


def test_each_nanopublication_has_its_four_graphs(files, held):
    attestations = sum(len(c.attestations) for c in held[1])
    counts = read("node:n3", where(files, "nanopublications"))["counts"]
    assert counts["graphs"] == 4 * attestations
    read_by_rdflib = read("rdflib-trig", where(files, "nanopublications"))
    assert len(read_by_rdflib["triples"]) == counts["quads"]


@pytest.mark.parametrize(
    ("form", "reader"),
    [(f, r) for f in ("graphml", "gexf", "cytoscape", "node-link") for r in READ[f]],
)
def test_graph_files_keep_every_claim_with_its_standing(files, held, form, reader):
    entities, _, joined = held
    made = read(reader, where(files, form))
    assert made["nodes"] == entities
    if "rows" in made:
        assert made["rows"] == sorted(map(standing, joined))
    else:
        assert made["edges"] == {c.id: standing(c) for c in joined}


@pytest.mark.parametrize(("form", "reader"), [(f, r) for f in ("dot", "pajek") for r in READ[f]])
def test_pictures_and_lists_keep_every_node_and_edge(files, held, form, reader):
    entities, _, joined = held
    counts = read(reader, where(files, form))["counts"]
    assert counts == {"nodes": len(entities), "edges": len(joined)}


@pytest.mark.parametrize(
    ("form", "reader"), [(f, r) for f in ("csv", "xlsx", "parquet") for r in READ[f]]
)
def test_tables_keep_every_row(files, held, form, reader):
    entities, claims, _ = held
    counts = read(reader, where(files, form))["counts"]
    assert counts["entities"] == len(entities)
    assert counts["claims"] == sum(not c.figure for c in claims)
    assert counts["attestations"] >= sum(len(c.attestations) for c in claims)
    assert counts["figures"] == sum(len(c.attestations) for c in claims if c.figure)
    assert counts["conflicts"] and counts["matrix"]


@pytest.mark.parametrize("reader", READ["tables"])
def test_the_tables_of_a_case_keep_every_row(files, held, graph, reader):
    entities, claims, _ = held
    counts = read(reader, where(files, "tables"))["counts"]
    said = sum(counts.pop(name) for name in ("claims", "figures", "names"))
    assert said == sum(len(c.attestations) for c in claims)
    counts.pop("judgements")
    merged = [j for j in judgements(graph) if j.kind == "same"]
    assert sum(counts.values()) == len(entities) + len(merged)


@pytest.mark.parametrize("reader", READ["neo4j"])
def test_neo4j_tables_keep_every_row(files, held, reader):
    entities, claims, joined = held
    counts = read(reader, where(files, "neo4j"))["counts"]
    rest = len(claims) - len(joined)
    assert counts == {"nodes": len(entities), "relationships": len(joined), "others": rest}


def test_followthemoney_takes_every_entity_and_link(files, held):
    entities, claims, joined = held
    made = read("followthemoney", where(files, "followthemoney"))
    assert made["counts"] == read("duckdb-json", where(files, "followthemoney"))["counts"]
    assert made["links"] == {c.id: [c.subject, c.object] for c in joined}
    assert sum(made["counts"].values()) == len(entities) + len(claims)


def test_stix_is_valid_and_whole(files, held):
    counts = read("stix2", where(files, "stix"))["counts"]
    assert counts == read("stix2-validator", where(files, "stix"))["counts"]
    assert counts["relationship"] == len(held[2])
    assert counts["note"] == len(held[1]) - len(held[2])
    assert counts["opinion"]


@pytest.mark.parametrize("reader", READ["geojson"])
def test_the_map_has_what_has_coordinates(files, graph, reader):
    placed = [e for e in graph.ledger.entities() if graph.terms.value(e, "Latitude")]
    assert read(reader, where(files, "geojson"))["counts"] == {"features": len(placed)}


@pytest.mark.parametrize(
    ("form", "reader"), [("bibtex", r) for r in READ["bibtex"]] + [("csl", "citeproc-py")]
)
def test_lists_of_sources_have_every_document(files, graph, form, reader):
    titles = sorted(
        " ".join(e.name.split()) if form == "bibtex" else e.name
        for e in graph.ledger.entities()
        if graph.terms.is_a(e.kind, "Document")
    )
    assert read(reader, where(files, form))["titles"] == titles


def test_no_file_tells_the_time_or_its_place(notebook, files):
    for path in files.rglob("*"):
        if path.is_file() and path.suffix in (".xlsx", ".parquet"):
            continue
        if path.is_file():
            text = path.read_text("utf-8")
            assert str(ROOT) not in text
            assert not re.search(r"\b2\d:\d\d:\d\d\b", text.replace("00:00:00", "")), path.name
    again = Counter(bytes(notebook.export(n)) for n in ("xlsx", "stix", "gexf"))
    assert all(
        (files / f"{n}{exports.form(n).ENDING}").read_bytes() in again
        for n in ("xlsx", "stix", "gexf")
    )
