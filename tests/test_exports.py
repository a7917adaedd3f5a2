"""A whole graph in the forms of other programs: nothing lost, nothing without its evidence."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
import rdflib
from asking import run
from owncase import laid

import kg
from kg.exchange import exports
from kg.exchange.handed.content import CAVEAT
from kg.model.claims import TEXTS
from kg.model.errors import UsageError
from kg.page.jsonld import CONTEXT
from kg.store.graph import open_graph

# What rdflib says of its own ways.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
# Read back beside the other tests, where its library is.
ELSEWHERE = {"parquet"}
HERE = [name for name in exports.names() if name not in ELSEWHERE]


@pytest.fixture(scope="module")
def graph(built_case):
    return open_graph(built_case / "out")


@pytest.fixture(scope="module")
def notebook(built_case):
    return kg.open(built_case)


def written(notebook, name, **lens):
    """The files of an export, by name."""
    export = notebook.export(name, **lens)
    joined = {
        file: b"".join(p.encode() if isinstance(p, str) else p for p in pieces)
        for file, pieces in export.files()
    }
    return joined if export.folder else joined[""]


def joining(graph):
    """The claims between two entities."""
    held = {e.id for e in graph.ledger.entities()}
    return [c for c in graph.ledger.claims() if not c.figure and {c.subject, c.object} <= held]


@pytest.mark.parametrize("name", exports.names())
def test_a_form_is_whole(name):
    form = exports.form(name)
    assert form.__doc__ and isinstance(form.LOSES, str)
    assert callable(form.pieces) if form.ENDING else callable(form.files)


@pytest.mark.parametrize("name", HERE)
def test_the_same_graph_is_the_same_file(notebook, name):
    assert written(notebook, name) == written(notebook, name) != b""


@pytest.mark.parametrize("name", HERE)
def test_every_file_says_what_claims_are(notebook, name):
    made = written(notebook, name)
    if isinstance(made, dict):
        made = made["README.txt"]
    if name == "xlsx":
        made = openpyxl.load_workbook(io.BytesIO(made))["about"]["A2"].value.encode()
    # RDF says it in the vocabulary; a list of sources makes no claim; a bundle says it of each object.
    if name not in ("rdf-xml", "json-ld", "csl", "stix", "followthemoney"):
        assert CAVEAT.split(":")[0].encode() in made


def triples(text, form):
    """The triples of a text; a language tag is the same in any case."""
    if form in ("trig", "nquads"):
        dataset = rdflib.Dataset()
        dataset.parse(data=text, format=form)
        assert {str(g.identifier) for g in dataset.graphs() if len(g)} == {
            "https://example.org/id/graph"
        }
        found = [(s, p, o) for s, p, o, _ in dataset.quads()]
    else:
        found = list(rdflib.Graph().parse(data=text, format=form))
    return Counter(
        tuple(
            (str(t), str(t.datatype or ""), (t.language or "").lower())
            if isinstance(t, rdflib.Literal)
            else str(t)
            for t in triple
        )
        for triple in found
    )


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", "turtle"),
        ("n-quads", "nquads"),
        ("trig", "trig"),
        ("rdf-xml", "xml"),
        ("json-ld", "json-ld"),
    ],
)
def test_every_syntax_has_the_triples_of_the_store(notebook, graph, name, form):
    told = graph.store.query("CONSTRUCT WHERE { ?s ?p ?o }", {}, form="nt").text
    assert triples(written(notebook, name), form) == triples(told, "nt")
    assert triples(written(notebook, "n-triples"), "nt") == triples(told, "nt")


def test_a_lens_settles_what_rdf_says(notebook):
    made = rdflib.Graph().parse(data=written(notebook, "n-triples", status="contested"))
    statuses = set(made.objects(None, rdflib.URIRef(kg_iri("status"))))
    assert statuses == {rdflib.URIRef(kg_iri("Contested"))}


def kg_iri(name):
    return "https://w3id.org/actors-kg/ontology#" + name


def test_rdf_12_names_the_triple_of_each_claim(notebook, graph):
    made = list(ox.parse(written(notebook, "rdf-12"), ox.RdfFormat.TURTLE))
    reified = {t.subject.value: t.object for t in made if t.predicate.value.endswith("#reifies")}
    claims = [c for c in graph.ledger.claims() if not c.figure]
    assert set(reified) == {f"{graph.base}claim/{c.id}" for c in claims}
    for c in claims:
        term = reified[f"{graph.base}claim/{c.id}"]
        assert (term.subject.value, term.object.value) == (
            graph.base + c.subject,
            graph.base + c.object,
        )
        edge = ox.Quad(term.subject, term.predicate, term.object)
        assert (edge in made) == c.supported


def edges(net):
    """Each claim with its ends and what it carries."""
    carried = ("relation", "status", "basis", "voices", "documents", "opposing")
    return {
        d.get("key") or k: (a, b, *(str(d[c]) for c in carried))
        for a, b, k, d in net.edges(keys=True, data=True)
    }


@pytest.mark.parametrize("name", ["graphml", "gexf", "cytoscape"])
def test_networkx_reads_every_claim_with_its_standing(notebook, graph, name):
    text = written(notebook, name).decode()
    if name == "graphml":
        net = nx.parse_graphml(text, force_multigraph=True)
    elif name == "gexf":
        net = nx.MultiDiGraph(nx.read_gexf(io.BytesIO(text.encode())))
        # The format's own id of an edge is an attribute there.
        for _, _, d in net.edges(data=True):
            d["key"] = d["id"]
    else:
        net = nx.cytoscape_graph(json.loads(text))
    assert edges(net) == {
        c.id: (
            *(c.subject, c.object, c.relation, c.standing.status.lower()),
            *(c.standing.basis.lower(), str(c.standing.voices)),
            *(str(c.standing.documents), str(c.standing.opposing)),
        )
        for c in joining(graph)
    }
    assert {n: d["name"] for n, d in net.nodes(data=True)} == {
        e.id: e.name for e in graph.ledger.entities()
    }


def test_node_link_is_read_by_networkx_as_the_same_network(notebook):
    made = nx.node_link_graph(json.loads(written(notebook, "node-link")), edges="edges")
    theirs = notebook.network("all")
    assert dict(made.nodes(data="name")) == dict(theirs.nodes(data="name"))
    carried = ("relation", "status", "basis", "voices", "documents", "earliest", "latest")

    def told(net):
        return {
            (a, b, k): [d[c] for c in carried] for a, b, k, d in net.edges(keys=True, data=True)
        }

    assert told(made) == told(theirs)


def test_pajek_is_read_with_one_name_a_node(notebook, graph):
    net = nx.parse_pajek(written(notebook, "pajek").decode().split("\n"))
    assert len(net) == sum(1 for _ in graph.ledger.entities())
    assert net.number_of_edges() == len(joining(graph))


def test_no_claim_and_no_attestation_is_lost(notebook, graph):
    held = json.loads(written(notebook, "node-link"))
    told = held["edges"] + held["graph"]["claims"]
    claims = {c.id: c for c in graph.ledger.claims()}
    assert {t["id"] for t in told} == set(claims) and len(told) == len(claims)
    for t in told:
        own = claims[t["id"]].attestations
        assert {a.id for a in own} <= {s["id"] for s in t["spoken"]}
        assert all(s["voice"] and s["document"] and s["locator"] for s in t["spoken"])
    assert any(t["figure"] for t in held["graph"]["claims"])
    assert not any(t["figure"] for t in held["edges"])


@pytest.mark.parametrize("status", ["contested", "uncontested"])
def test_a_lens_chooses_what_is_exported(notebook, status):
    held = json.loads(written(notebook, "node-link", status=[status]))
    told = held["edges"] + held["graph"]["claims"]
    assert told and {t["status"] for t in told} == {status.capitalize()}
    assert held["graph"]["seen"] == f"status: {status}"


def test_tables_hold_every_attestation(notebook, graph):
    made = written(notebook, "csv")
    rows = {
        name: list(csv.DictReader(io.StringIO(made[f"{name}.csv"].decode(), newline="")))
        for name in ("entities", "claims", "attestations", "figures", "conflicts", "matrix")
    }
    claims = list(graph.ledger.claims())
    assert {r["id"] for r in rows["entities"]} == {e.id for e in graph.ledger.entities()}
    assert {r["id"] for r in rows["claims"]} == {c.id for c in claims if not c.figure}
    assert {a.id for c in claims for a in c.attestations} <= {
        r["attestation"] for r in rows["attestations"]
    }
    assert {r["claim"] for r in rows["figures"]} == {c.id for c in claims if c.figure}
    assert rows["conflicts"] and rows["matrix"]


def test_a_workbook_has_frozen_heads_and_calculates_nothing(notebook, graph):
    book = openpyxl.load_workbook(io.BytesIO(written(notebook, "xlsx")))
    names = ["about", "entities", "claims", "attestations", "figures", "conflicts", "matrix"]
    assert book.sheetnames == names
    cells = [c for page in book for row in page.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert all(page.freeze_panes == "B2" for page in book if page.title != "about")
    assert book["claims"].max_row == 1 + sum(not c.figure for c in graph.ledger.claims())
    assert any(c.hyperlink for c in cells)


def test_neo4j_has_an_edge_a_claim_and_the_command(notebook, graph):
    made = written(notebook, "neo4j")
    assert b"neo4j-admin database import full" in made["README.txt"]
    rows = list(csv.DictReader(io.StringIO(made["relationships.csv"].decode(), newline="")))
    assert {r["id"] for r in rows} == {c.id for c in joining(graph)}
    nodes = {r["id:ID"] for r in csv.DictReader(io.StringIO(made["nodes.csv"].decode()))}
    assert {r[":START_ID"] for r in rows} | {r[":END_ID"] for r in rows} <= nodes


def test_followthemoney_has_a_link_a_claim_with_its_voices(notebook, graph):
    lines = [json.loads(line) for line in written(notebook, "followthemoney").splitlines()]
    links = {e["id"]: e["properties"] for e in lines if e["schema"] == "UnknownLink"}
    assert set(links) == {c.id for c in joining(graph)}
    for c in joining(graph):
        assert c.standing.status.lower() in links[c.id]["status"][0]
        assert {a.document for a in c.attestations} <= set(links[c.id]["proof"])
    assert {e["schema"] for e in lines} >= {"UnknownLink", "Note", "Document"}


def test_stix_has_an_opinion_for_each_stance_in_a_dispute(notebook, graph):
    held = json.loads(written(notebook, "stix"))["objects"]
    ids = {o["id"] for o in held}
    assert len(ids) == len(held)
    for o in held:
        refs = [v for k, v in o.items() if k.endswith("_ref")] + o.get("object_refs", [])
        assert set(refs) <= ids
        assert all(o[k] for k in ("created", "modified"))
    assert sum(o["type"] == "relationship" for o in held) == len(joining(graph))
    kinds = {o["opinion"] for o in held if o["type"] == "opinion"}
    assert kinds & {"disagree", "strongly-disagree"} and kinds & {"agree", "strongly-agree"}


def test_a_denial_is_no_assertion_of_a_nanopublication(notebook, graph):
    dataset = rdflib.Dataset()
    dataset.parse(data=written(notebook, "nanopublications"), format="trig")
    base = graph.base
    denied = [
        (c, a)
        for c in graph.ledger.claims()
        if not c.figure and c.object
        for a in c.attestations
        if a.stance == "denies"
    ]
    assert denied
    for c, a in denied:
        said = rdflib.URIRef(f"{base}nanopublication/{a.id}#assertion")
        held = dataset.graph(said)
        assert (rdflib.URIRef(base + c.subject), None, rdflib.URIRef(base + c.object)) not in held
        assert (rdflib.URIRef(base + a.voice), rdflib.URIRef(kg_iri("denies")), None) in held
    heads = [g for g in dataset.graphs() if str(g.identifier).endswith("#head")]
    assert len(heads) == sum(len(c.attestations) for c in graph.ledger.claims())


def test_sources_are_listed(notebook, graph):
    items = json.loads(written(notebook, "csl"))
    documents = {e.id for e in graph.ledger.entities() if graph.terms.is_a(e.kind, "Document")}
    assert {i["id"] for i in items} == documents
    text = written(notebook, "bibtex").decode()
    assert text.count("\n@misc{") == len(documents)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2022", "2022"),
        ("2022-10", "2022-10"),
        ("2022-10-29", "2022-10-29"),
        ("2022~", ""),
        ("2021-04/2022-07", ""),
        ("", ""),
    ],
)
def test_a_date_of_publication_is_no_more_precise_than_it_is_known(published, told):
    from kg.exchange.handed.documents import published as known

    assert known(published) == told


def test_what_xml_cannot_hold_is_replaced():
    from kg.exchange.handed.xml_text import attribute, comment, text

    hostile = 'a\x01b\ufffe<&>"\n--'
    element = ElementTree.fromstring(
        f"<r a={attribute(hostile)}>{comment(hostile)}{text(hostile)}</r>"
    )
    assert element.get("a") == element.text == 'a\ufffdb\ufffd<&>"\n--'


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


def test_a_folder_is_written_whole_and_never_over_what_is_not_of_its_kind(built_case, tmp_path):
    with pytest.raises(UsageError, match="folder of files"):
        run("export", built_case, "csv")
    folder = tmp_path / "tables"
    assert run("export", built_case, "csv", out=str(folder)) == 0
    names = {p.name for p in folder.iterdir()}
    with pytest.raises(UsageError, match="not empty"):
        run("export", built_case, "csv", out=str(folder))
    assert run("export", built_case, "csv", out=str(folder), force=True) == 0
    (folder / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=r"mine\.txt, which would be lost"):
        run("export", built_case, "csv", out=str(folder), force=True)
    assert {p.name for p in folder.iterdir()} == names | {"mine.txt"}
    assert {p.name for p in tmp_path.iterdir()} == {"tables"}
    with pytest.raises(UsageError, match="never written over"):
        run("export", built_case, "csv", out=str(built_case / "data"), force=True)


def test_a_form_that_needs_a_library_names_its_install(built_case, tmp_path, monkeypatch):
    import sys

    for library, form in (("xlsxwriter", "xlsx"), ("pyarrow", "parquet")):
        monkeypatch.setitem(sys.modules, library, None)
        ending = exports.form(form).ENDING
        with pytest.raises(UsageError, match=r"pip install 'actors-kg\["):
            run("export", built_case, form, out=str(tmp_path / f"g{ending}"))
    assert not any(tmp_path.iterdir())


@pytest.fixture(scope="module")
def tied(tmp_path_factory):
    """A case in which Ann and Carl know each other, which has no direction, and Ann owns shares."""
    root = tmp_path_factory.mktemp("tied")
    claims = (
        "p4,knows,p1,,,,,,,,d1,p. 1,,,,,,,\n"
        "p1,owns,p4,,,,,,,,d1,p. 2,,,,,,25.5,chair\n"
        "p1,owns,p4,,,denies,p2,,,,d1,p. 3,,,,,,90,\n"
        "p1,owns,o1,,,,,,,,d1,p. 3,,,,,,7,\n"
    )
    laid(root, claims)
    with (root / "ontology" / "terms.ttl").open("a") as file:
        file.write('my:knows a kg:State , kg:Symmetric ; rdfs:label "knows"@en .\n')
    return kg.build(root)


def test_a_relation_without_direction_has_none(tied):
    gexf = ElementTree.fromstring(written(tied, "gexf"))
    [edge] = gexf.iterfind(".//{*}edge[@type='undirected']")
    assert (edge.get("source"), edge.get("target")) == ("p1", "p4")
    dot = written(tied, "dot").decode().splitlines()
    assert [line for line in dot if 'dir="none"' in line] == [
        line for line in dot if '"knows"' in line
    ]
    assert len([line for line in dot if 'dir="none"' in line]) == 1
    net = nx.parse_graphml(written(tied, "graphml").decode())
    told = {d["label"]: d["directed"] for *_, d in net.edges(data=True)}
    assert told["knows"] is False
    assert told["owns"] is True
    both = json.loads(written(tied, "cytoscape"))["elements"]["edges"]
    assert [e["data"]["label"] for e in both if not e["data"]["directed"]] == ["knows"]
    assert b"knows (uncontested, asserted, no direction)" in written(tied, "pajek")
    for name, file in (("csv", "claims.csv"), ("neo4j", "relationships.csv")):
        rows = csv.DictReader(io.StringIO(written(tied, name)[file].decode()))
        column = "directed" if name == "csv" else "directed:boolean"
        assert [r["label"] for r in rows if r[column] == "false"] == ["knows"]


def test_what_is_said_of_a_claim_besides_is_in_columns_of_its_own(tied):
    for made in (
        nx.parse_graphml(written(tied, "graphml").decode()),
        nx.read_gexf(io.BytesIO(written(tied, "gexf").replace(b' type="undirected"', b""))),
    ):
        told = [(a, b, d.get("share"), d.get("role")) for a, b, d in made.edges(data=True)]
        assert {t for t in told if t[2]} == {("p1", "o1", 7.0, None), ("p1", "p4", 25.5, "chair")}
    rows = csv.DictReader(io.StringIO(written(tied, "neo4j")["relationships.csv"].decode()))
    assert [r["q_share:double"] for r in rows if r["q_share:double"]] == ["7.0", "25.5"]


def test_networkx_walks_a_tie_both_ways_and_has_shares_as_numbers(tied):
    net = tied.network()
    [key] = net["p1"]["p4"].keys() & net["p4"]["p1"].keys()
    assert net["p1"]["p4"][key] == net["p4"]["p1"][key]
    assert net["p1"]["p4"][key]["directed"] is False
    shares = {(a, b): d["share"] for a, b, d in net.edges(data=True) if "share" in d}
    assert shares == {("p1", "p4"): 25.5, ("p1", "o1"): 7.0}
    assert {d["role"] for *_, d in net.edges(data=True) if "role" in d} == {"chair", "aide"}
    assert not any("share" in d for *_, d in tied.network("all", voice="p2").edges(data=True))


def test_tables_can_be_read_in_any_order(notebook):
    whole = written(notebook, "csv")
    pieces = dict(notebook.export("csv").files())
    for name in ("figures.csv", "claims.csv", "attestations.csv"):
        assert "".join(pieces[name]).encode() == whole[name]


def test_a_picture_through_a_lens_draws_what_is_joined(notebook):
    made = written(notebook, "dot", status="contested").decode()
    nodes = set(re.findall(r"^(n\d+) \[", made, re.M))
    ends = {n for pair in re.findall(r"^(n\d+) -> (n\d+)", made, re.M) for n in pair}
    assert nodes == ends != set()


@pytest.mark.parametrize(("name", "form"), [("turtle", "turtle"), ("trig", "trig")])
def test_an_address_that_ends_in_a_dot_is_read_by_others(tmp_path, name, form):
    laid(
        tmp_path,
        "p1,owns,p4,,,,,,,,d1,p. 1,,,,,,,\n",
        organisations="id,name,same_as\no1,Firm,https://example.org/terms#Firm_Inc. | https://b.example/.\n",
    )
    made = kg.build(tmp_path)
    assert triples(written(made, name), form) == triples(written(made, "n-triples"), "nt")


def test_who_puts_something_else_in_its_place_never_reads_as_if_he_said_the_same(make_case):
    head = "subject,relation,object,stance,voice,instead_of,document,locator,key\n"
    rows = (
        "body-fuzhou,operates,station-irl01,alleges,body-ngo,,doc-page,p. 1,said\n"
        "body-ngo,operates,station-irl01,asserts,body-state,@said,doc-page,p. 2,\n"
        "body-fuzhou,operates,station-irl01,asserts,body-fuzhou,,doc-page,p. 3,\n"
        "body-fuzhou,operates,station-irl01,retracts,body-fuzhou,,doc-page,p. 4,\n"
    )
    folder = make_case(claims=head + rows)
    built = kg.open(folder) if run("build", folder) == 0 else None
    told = [json.loads(line) for line in written(built, "followthemoney").splitlines()]
    summary = ["Fuzhou police operates Dublin station"]
    (link,) = (e for e in told if e["properties"].get("summary") == summary)
    assert link["properties"]["description"] == [
        "The NGO alleged: “A page”, p. 1",
        "The embassy asserted that The NGO operates Dublin station: “A page”, p. 2",
        "Fuzhou police asserted, taken back: “A page”, p. 3",
        "Fuzhou police retracted: “A page”, p. 4",
    ]
    held = json.loads(written(built, "stix"))["objects"]
    (tie,) = (o for o in held if o.get("description", "").startswith(summary[0]))
    assert tie["description"].endswith(
        "(alleged by one voice in one document, contested (opposed by one voice))"
    )
    opinions = [
        (o["authors"][0], o["opinion"])
        for o in held
        if tie["id"] in o.get("object_refs", ()) and o["type"] == "opinion"
    ]
    assert opinions == [
        ("The NGO", "agree"),
        ("The embassy", "disagree"),
        ("Fuzhou police", "neutral"),
        ("Fuzhou police", "neutral"),
    ]


def test_what_a_row_holds_as_it_stands_is_handed_on_by_tables_and_pages(notebook):
    """What is added to `TEXTS` shows there too, or this fails."""
    (head,) = csv.reader(
        io.StringIO(
            written(notebook, "csv")["attestations.csv"].decode("utf-8-sig").splitlines()[0]
        )
    )
    assert {*TEXTS} <= {*head}
    meant = {value for value in CONTEXT.values() if isinstance(value, str)}
    assert {prop for field, (_, prop) in TEXTS.items() if field != "digest"} <= meant
