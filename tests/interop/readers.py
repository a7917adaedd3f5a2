"""Reads a file that kg wrote with a program of somebody else: `readers.py READER FILE`, run where those are.

What each has found is printed as JSON: `triples` as sorted lines, `nodes` and `edges` by id, or
`counts` by table, and what the reader complains of.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

CARRIED = ("relation", "status", "basis", "voices", "documents", "opposing")


def _term(t):
    import rdflib

    if isinstance(t, rdflib.Literal):
        return f"{t}^^{t.datatype or ''}@{(t.language or '').lower()}"
    return str(t)


def _lines(triples):
    return {"triples": sorted(" ".join(map(_term, t)) for t in triples)}


def _rdflib(form):
    def read(path):
        import rdflib

        if form in ("trig", "nquads"):
            dataset = rdflib.Dataset()
            dataset.parse(path, format=form)
            return _lines((s, p, o) for s, p, o, _ in dataset.quads())
        return _lines(rdflib.Graph().parse(path, format=form))

    return read


def _rapper(form):
    def read(path):
        command = ["rapper", "-q", "-i", form, "-o", "ntriples", str(path), "https://example.org/"]
        made = subprocess.run(command, check=True, capture_output=True, text=True)
        assert not made.stderr, made.stderr
        return _rdflib_text(made.stdout)

    return read


def _rdflib_text(text):
    import rdflib

    return _lines(rdflib.Graph().parse(data=text, format="nt"))


def pyld(path):
    from pyld import jsonld

    held = json.loads(path.read_text("utf-8"))
    return _rdflib_text(jsonld.to_rdf(held, {"format": "application/n-quads"}))


def _network(net, edge_id):
    edges = {}
    for a, b, k, d in net.edges(keys=True, data=True):
        edges[d.get(edge_id) or k] = [a, b, *(str(d.get(c, "")) for c in CARRIED)]
    return {"nodes": {n: d.get("name", "") for n, d in net.nodes(data=True)}, "edges": edges}


def networkx_graphml(path):
    import networkx as nx

    return _network(nx.read_graphml(path, force_multigraph=True), "")


def networkx_gexf(path):
    import networkx as nx

    return _network(nx.MultiDiGraph(nx.read_gexf(path)), "id")


def networkx_cytoscape(path):
    import networkx as nx

    return _network(nx.cytoscape_graph(json.loads(path.read_text("utf-8"))), "key")


def networkx_node_link(path):
    import networkx as nx

    held = json.loads(path.read_text("utf-8"))
    made = _network(nx.node_link_graph(held, edges="edges"), "")
    for row in made["edges"].values():
        row[3:5] = [word.lower() for word in row[3:5]]
    return made


def networkx_pajek(path):
    import networkx as nx

    net = nx.read_pajek(path)
    return {"counts": {"nodes": len(net), "edges": net.number_of_edges()}}


def networkx_dot(path):
    import pydot

    (made,) = pydot.graph_from_dot_file(str(path))
    nodes = [n for n in made.get_nodes() if n.get_name() not in ("node", "edge")]
    return {"counts": {"nodes": len(nodes), "edges": len(made.get_edges())}}


def graphviz(path):
    made = subprocess.run(["gc", "-n", "-e", str(path)], check=True, capture_output=True, text=True)
    assert not made.stderr, made.stderr
    nodes, edges = made.stdout.split()[:2]
    return {"counts": {"nodes": int(nodes), "edges": int(edges)}}


def igraph_graphml(path):
    import igraph

    net = igraph.Graph.Read_GraphML(str(path))
    names = [v["id"] for v in net.vs]
    # Whole numbers come as floating ones, and an edge's own id is lost.
    rows = sorted(
        [names[e.source], names[e.target], *(_whole(e[c]) for c in CARRIED)] for e in net.es
    )
    return {"nodes": {v["id"]: v["name"] for v in net.vs}, "rows": rows}


def _whole(value):
    return str(int(value)) if isinstance(value, float) else str(value)


def igraph_pajek(path):
    import igraph

    net = igraph.Graph.Read_Pajek(str(path))
    return {"counts": {"nodes": net.vcount(), "edges": net.ecount()}}


def duckdb_folder(path):
    import duckdb

    counts = {}
    for file in sorted([*path.glob("*.csv"), *path.glob("data/*.csv")]):
        asked = f"select count(*) from read_csv('{file}', header=true, all_varchar=true)"
        counts[file.stem] = duckdb.sql(asked).fetchall()[0][0]
    for file in sorted(path.glob("*.parquet")):
        counts[file.stem] = duckdb.sql(f"select count(*) from '{file}'").fetchall()[0][0]
    return {"counts": counts}


def pandas_folder(path):
    import pandas as pd

    counts = {}
    for file in sorted([*path.glob("*.csv"), *path.glob("data/*.csv")]):
        counts[file.stem] = len(pd.read_csv(file, dtype=str, keep_default_na=False))
    for file in sorted(path.glob("*.parquet")):
        counts[file.stem] = len(pd.read_parquet(file))
    return {"counts": counts}


def openpyxl_book(path):
    import openpyxl

    book = openpyxl.load_workbook(path)
    assert all(c.data_type != "f" for page in book for row in page for c in row)
    return {"counts": {p.title: p.max_row - 1 for p in book if p.title != "about"}}


def libreoffice(path):
    """The first sheet after `about`, as LibreOffice reads it, and the number of sheets."""
    import csv

    with tempfile.TemporaryDirectory() as folder:
        filter_ = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", filter_, "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        counts = {}
        for file in Path(folder).glob("*.csv"):
            sheet = file.stem.rpartition("-")[2]
            with file.open(encoding="utf-8", newline="") as text:
                counts[sheet] = sum(1 for _ in csv.reader(text)) - 1
    counts.pop("about")
    return {"counts": counts}


def ftm(path):
    from followthemoney import model

    counts = {}
    links = {}
    for line in path.read_text("utf-8").splitlines():
        held = json.loads(line)
        proxy = model.get_proxy(held, cleaned=False)
        counts[proxy.schema.name] = counts.get(proxy.schema.name, 0) + 1
        # Quotation marks around a name are taken away, cleaned or not.
        for name, values in held["properties"].items():
            kept = sorted(v.strip('"') for v in proxy.get(name))
            assert kept == sorted(v.strip('"') for v in values), (held["id"], name)
        cleaned = model.get_proxy(held, cleaned=True)
        if proxy.schema.edge:
            assert list(proxy.edgepairs()), held["id"]
            assert cleaned.get("subject") and cleaned.get("object"), held["id"]
            links[proxy.id] = [*proxy.get("subject"), *proxy.get("object")]
    return {"counts": counts, "links": links}


def duckdb_json(path):
    import duckdb

    asked = (
        f"select schema, count(*) from read_json('{path}', format='newline_delimited') group by 1"
    )
    return {"counts": dict(duckdb.sql(asked).fetchall())}


def stix2_bundle(path):
    import stix2

    made = stix2.parse(path.read_text("utf-8"), allow_custom=False)
    counts = {}
    for thing in made.objects:
        counts[thing["type"]] = counts.get(thing["type"], 0) + 1
    return {"counts": counts}


def stix_validator(path):
    from stix2validator import ValidationOptions, validate_file

    found = validate_file(str(path), ValidationOptions(version="2.1"))
    errors = [str(e) for result in found.object_results for e in result.errors]
    assert found.is_valid and not errors, errors[:5]
    counts = {}
    for thing in json.loads(path.read_text("utf-8"))["objects"]:
        counts[thing["type"]] = counts.get(thing["type"], 0) + 1
    return {"counts": counts}


def geojson_lib(path):
    import geojson

    held = geojson.loads(path.read_text("utf-8"))
    assert held.is_valid, held.errors()
    return {"counts": {"features": len(held["features"])}}


def bibtexparser_(path):
    import bibtexparser

    held = bibtexparser.parse_file(str(path))
    assert not held.failed_blocks
    return {"titles": sorted(_bare(e["title"]) for e in held.entries)}


def pybtex_(path):
    from pybtex.database import parse_file

    held = parse_file(str(path))
    return {"titles": sorted(_bare(e.fields["title"]) for e in held.entries.values())}


def _bare(text):
    for written, meant in (
        *(("\\textbackslash{}", "\0"), ("\\textasciitilde{}", "~"), ("\\textasciicircum{}", "^")),
        *((f"\\{c}", c) for c in "&%$#_"),
        *(("\\{", "\1"), ("\\}", "\2"), ("{", ""), ("}", "")),
        *(("\0", "\\"), ("\1", "{"), ("\2", "}")),
    ):
        text = text.replace(written, meant)
    return text


def csl_json(path):
    from citeproc.source.json import CiteProcJSON

    held = json.loads(path.read_text("utf-8"))
    made = CiteProcJSON(held)
    assert set(made) == {item["id"].lower() for item in held}
    return {"titles": sorted(item["title"] for item in held)}


READERS = {
    **{f"rdflib-{f}": _rdflib(f) for f in ("turtle", "nt", "nquads", "trig", "xml", "json-ld")},
    **{f"rapper-{f}": _rapper(f) for f in ("turtle", "ntriples", "nquads", "trig", "rdfxml")},
    "pyld": pyld,
    "networkx-graphml": networkx_graphml,
    "networkx-gexf": networkx_gexf,
    "networkx-cytoscape": networkx_cytoscape,
    "networkx-node-link": networkx_node_link,
    "networkx-pajek": networkx_pajek,
    "pydot": networkx_dot,
    "graphviz": graphviz,
    "igraph-graphml": igraph_graphml,
    "igraph-pajek": igraph_pajek,
    "duckdb": duckdb_folder,
    "pandas": pandas_folder,
    "openpyxl": openpyxl_book,
    "libreoffice": libreoffice,
    "followthemoney": ftm,
    "duckdb-json": duckdb_json,
    "stix2": stix2_bundle,
    "stix2-validator": stix_validator,
    "geojson": geojson_lib,
    "bibtexparser": bibtexparser_,
    "pybtex": pybtex_,
    "citeproc-py": csl_json,
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps(READERS[sys.argv[1]](Path(sys.argv[2]))))
