"""GraphML, GEXF, GML, node-link, Cytoscape and edge lists become cases: what becomes what, what is refused."""

import csv
import json

import pytest
from asking import run

from kg.exchange import importing
from kg.model.errors import BadData

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
GEXF = (
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">{}</gexf>'
)


@pytest.fixture
def made(tmp_path):
    """Imports a text under a name; gives tally as {(step, kind): number} and the tables by name."""

    def imported(name, text, format=""):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        lines = importing.run(path, tmp_path / "made", format=format)
        tables = {}
        for file in sorted((tmp_path / "made" / "data").glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as opened:
                tables[file.stem] = [*csv.DictReader(opened)]
        told = {}
        for x in lines:
            told[x.step, x.kind] = told.get((x.step, x.kind), 0) + x.number
        return told, tables

    imported.folder = tmp_path / "made"
    return imported


def edges(tables):
    return [(r["subject"], r["relation"], r["object"]) for r in tables["claims"]]


def row(tables, table, id):
    return next(r for r in tables[table] if r["id"] == id)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.gml", 'Creator "x"\ngraph [ directed 1 name "A net" node [ id 1 ] ]'),
        ("g.gexf", '<gexf><graph name="A net"><nodes><node id="1"/></nodes></graph></gexf>'),
        (
            "g.gexf",
            "<gexf><meta><description>A net</description></meta><graph><node id='1'/></graph></gexf>",
        ),
        (
            "g.cyjs",
            '{"data": [["name", "x"], ["of", "A net"]], "elements": [{"data": {"id": "1"}}]}',
        ),
        ("g.graphml", GRAPHML.format("<graph><desc>A net</desc><node id='1'/></graph>")),
        ("g.json", '{"graph": {"name": "A net"}, "nodes": [{"id": 1}], "links": []}'),
    ],
)
def test_what_is_said_of_a_whole_graph_is_told(made, name, text):
    tally, _ = made(name, text)
    assert {k: n for k, n in tally.items() if k[0] == "left out"} == {
        ("left out", "data of a graph"): 1
    }


def test_a_description_in_graphml_describes_what_it_stands_in(made):
    nodes = "<node id='a'><desc>Denies it.</desc></node><node id='b'/>"
    edge = "<edge source='a' target='b'><desc>Is said to own.</desc></edge>"
    _, tables = made("g.graphml", GRAPHML.format(f"<graph>{nodes}{edge}</graph>"))
    assert row(tables, "nodes", "a")["description"] == "Denies it."
    assert tables["claims"][0]["gloss"] == "Is said to own."


# -------------------------------------------------------- one graph in every format
SAME = {
    "g.graphml": GRAPHML.format(
        '<key id="n" for="node" attr.name="name" attr.type="string"/>'
        '<key id="t" for="node" attr.name="type" attr.type="string"/>'
        '<key id="r" for="edge" attr.name="relation" attr.type="string"/>'
        '<key id="s" for="edge" attr.name="share" attr.type="double"/>'
        '<graph edgedefault="directed">'
        '<node id="1"><data key="n">Ann Lee</data><data key="t">Person</data></node>'
        '<node id="2"><data key="n">ACME</data><data key="t">Company</data></node>'
        '<edge id="e" source="1" target="2"><data key="r">owns</data><data key="s">0.5</data></edge>'
        "</graph>"
    ),
    "g.gexf": GEXF.format(
        '<graph defaultedgetype="directed"><attributes class="node"><attribute id="t" title="type" '
        'type="string"/></attributes><attributes class="edge"><attribute id="s" title="share" '
        'type="double"/></attributes><nodes>'
        '<node id="1" label="Ann Lee"><attvalues><attvalue for="t" value="Person"/></attvalues></node>'
        '<node id="2" label="ACME"><attvalues><attvalue for="t" value="Company"/></attvalues></node>'
        '</nodes><edges><edge id="e" source="1" target="2" label="owns"><attvalues><attvalue for="s" '
        'value="0.5"/></attvalues></edge></edges></graph>'
    ),
    "g.gml": (
        'Creator "x"\ngraph [ directed 1 node [ id 1 label "Ann Lee" type "Person" ]\n'
        'node [ id 2 label "ACME" type "Company" ]\n'
        'edge [ id "e" source 1 target 2 label "owns" share 0.5 ] ]\n'
    ),
    "g.json": json.dumps(
        {
            "directed": True,
            "nodes": [
                {"id": 1, "name": "Ann Lee", "type": "Person"},
                {"id": 2, "name": "ACME", "type": "Company"},
            ],
            "links": [{"source": 1, "target": 2, "id": "e", "relation": "owns", "share": 0.5}],
        }
    ),
    "g.cyjs": json.dumps(
        {
            "elements": {
                "nodes": [
                    {"data": {"id": "1", "name": "Ann Lee", "type": "Person", "SUID": 1}},
                    {"data": {"id": "2", "name": "ACME", "type": "Company"}, "position": {}},
                ],
                "edges": [
                    {
                        "data": {
                            "id": "e",
                            "source": "1",
                            "target": "2",
                            "interaction": "owns",
                            "name": "Ann Lee (owns) ACME",
                            "share": 0.5,
                        }
                    }
                ],
            }
        }
    ),
    "g.cx2": json.dumps(
        [
            {"CXVersion": "2.0"},
            {
                "attributeDeclarations": [
                    {
                        "nodes": {"name": {"a": "n"}, "type": {"d": "string"}},
                        "edges": {"relation": {"a": "i", "v": "owns"}, "share": {"d": "double"}},
                    }
                ]
            },
            {"nodes": [{"id": 1, "v": {"n": "Ann Lee", "type": "Person"}}]},
            {"nodes": [{"id": 2, "v": {"n": "ACME", "type": "Company"}}]},
            {"edges": [{"id": 0, "s": 1, "t": 2, "v": {"share": 0.5}}]},
        ]
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_one_graph_in_every_format(made, name):
    told, tables = made(name, SAME[name])
    assert edges(tables) == [("ann-lee", "owns", "acme")]
    assert tables["claims"][0]["share"] == "0.5"
    assert tables["claims"][0]["document"] == "doc-g"
    assert tables["claims"][0]["locator"] in ("edge e", "link e", "edge 0")
    assert tables["claims"][0]["voice"] == ""
    assert row(tables, "persons", "ann-lee")["name"] == "Ann Lee"
    assert row(tables, "persons", "ann-lee")["foreign_ids"] == "g:1"
    assert [r["id"] for r in tables["companies"]] == ["acme"]
    assert (told["read", "node"], told["read", "edge"]) == (2, 1)
    assert not any(step == "left out" for step, _ in told)


@pytest.mark.parametrize("name", ["g.graphml", "g.gml"])
def test_the_case_is_checked_and_built_and_has_the_path(made, name, capsys):
    made(name, SAME[name].replace("Ann Lee", "Ann Œ Lee"))
    assert run("check", made.folder, strict=True) == 0
    assert run("build", made.folder) == 0
    capsys.readouterr()
    assert run("path", made.folder, "Ann Œ Lee", "ACME") == 0
    assert "ACME" in capsys.readouterr().out


# ----------------------------------------------------------------------- GraphML
def test_defaults_nested_graphs_a_second_graph_and_mixed_directions(made):
    told, tables = made(
        "g.graphml",
        GRAPHML.format(
            '<key id="w" for="edge" attr.name="weight" attr.type="int"><default>1</default></key>'
            '<key id="k" for="node" attr.name="rank" attr.type="int"/>'
            '<graph edgedefault="undirected"><node id="a"><graph><node id="a::b"/></graph></node>'
            '<edge source="a" target="a::b"/>'
            '<edge source="a::b" target="a" directed="true"><data key="w">9</data></edge></graph>'
            '<graph edgedefault="directed"><node id="c"><data key="k">7</data></node>'
            '<edge source="c" target="a"/></graph>'
        ),
    )
    assert edges(tables) == [
        ("a-b", "isPartOf", "a"),
        ("a", "linkedTo", "a-b"),
        ("a-b", "linkedToDirected", "a"),
        ("c", "linkedToDirected", "a"),
    ]
    assert [r["weight"] for r in tables["claims"]] == ["", "1", "9", "1"]
    assert row(tables, "nodes", "c")["rank"] == "7"
    assert (told["read", "node"], told["read", "edge"]) == (3, 3)


def test_an_edge_of_several_ends_is_a_thing_that_joins_them(made):
    _, tables = made(
        "g.graphml",
        GRAPHML.format(
            '<graph><node id="a"/><node id="b"/><hyperedge id="h"><endpoint node="a" type="in"/>'
            '<endpoint node="b"/></hyperedge></graph>'
        ),
    )
    assert edges(tables) == [("a", "joins", "h"), ("b", "joinsUndirected", "h")]
    assert [r["id"] for r in tables["hyperedges"]] == ["h"]


def test_values_that_are_not_what_their_key_says_are_left_out_and_counted(made):
    told, tables = made(
        "g.graphml",
        GRAPHML.format(
            '<key id="w" for="edge" attr.name="weight" attr.type="double"/>'
            '<key id="b" for="node" attr.name="active" attr.type="boolean"/>'
            '<graph><node id="a"><data key="b">True</data></node>'
            '<edge source="a" target="a2"><data key="w">NaN</data><data key="z">1</data></edge></graph>'
        ),
    )
    assert row(tables, "nodes", "a")["active"] == "true"
    assert told["left out", "value of weight"] == 1
    assert told["left out", "data"] == 1
    assert told["kept apart", "node"] == 1


def test_parallel_edges_stay_apart_by_their_places(made):
    _, tables = made(
        "g.graphml",
        GRAPHML.format(
            '<graph><node id="a"/><node id="b"/><edge id="1" source="a" target="b"/>'
            '<edge id="2" source="a" target="b"/></graph>'
        ),
    )
    assert [r["locator"] for r in tables["claims"]] == ["edge 1", "edge 2"]


def test_labels_that_yed_draws_are_names(made):
    told, tables = made(
        "g.graphml",
        '<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d" for="node" '
        'yfiles.type="nodegraphics"/><graph><node id="n0"><data key="d"><y:ShapeNode><y:Fill '
        'color="#f00"/><y:NodeLabel>Ann Lee</y:NodeLabel></y:ShapeNode></data></node></graph></graphml>',
    )
    assert row(tables, "nodes", "ann-lee")["foreign_ids"] == "g:n0"
    assert told["passed over", "drawing"] == 1


# -------------------------------------------------------------------------- GEXF
def test_times_become_periods_lists_several_values_defaults_and_hierarchies(made):
    told, tables = made(
        "g.gexf",
        GEXF.format(
            '<graph timeformat="date" defaultedgetype="directed"><attributes class="node">'
            '<attribute id="0" title="tags" type="liststring"/>'
            '<attribute id="1" title="rank" type="integer"><default>5</default></attribute></attributes>'
            '<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="[x, y]"/></attvalues>'
            '<viz:color r="1" g="2" b="3"/><nodes><node id="b" label="B"/></nodes></node>'
            '<node id="c" label="C" pid="a" start="2001"/></nodes>'
            '<edges><edge source="a" target="b" weight="2.5"><spells><spell start="2001-02-03" '
            'end="2004"/><spell start="2010T00:00"/></spells></edge>'
            '<edge source="b" target="c" type="mutual"/></edges></graph>'
        ),
    )
    assert edges(tables) == [
        ("b", "isPartOf", "a"),
        ("c", "isPartOf", "a"),
        ("a", "linkedTo", "b"),
        ("a", "linkedTo", "b"),
        ("b", "linkedTo", "c"),
        ("c", "linkedTo", "b"),
    ]
    periods = [(r["from"], r["to"]) for r in tables["claims"][2:4]]
    assert periods == [("2001-02-03", "2004"), ("2010", "")]
    assert tables["claims"][2]["weight"] == "2.5"
    assert row(tables, "nodes", "a")["tags"] == "x | y"
    assert [r["rank"] for r in tables["nodes"]] == ["5", "5", "5"]
    assert row(tables, "nodes", "c")["time"] == "2001 to …"
    assert told["passed over", "drawing"] == 1


# --------------------------------------------------------------------------- GML
def test_gml_in_latin_1_with_keys_in_keys_and_lists(made):
    text = (
        '# a graph\ngraph [\n node [ id 0 label "Zoé &amp; Co" graphics [ x 1.0 ] a [ b 2 ]\n'
        ' tag "x" tag "y" ]\n node [ id 1 ]\n edge [ source 0 target 1 value 1e2 ] ]\n'
        "graph [ directed 1 node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]"
    )
    told, tables = made("g.gml", text.encode("latin-1"))
    zoe = row(tables, "nodes", "zoe-co")
    assert (zoe["name"], zoe["a_b"], zoe["tag"]) == ("Zoé & Co", "2", "x | y")
    assert (told["read", "node"], told["read", "edge"]) == (4, 2)
    assert len(tables["nodes"]) == 4
    assert tables["claims"][0]["value_2"] == "100"
    assert {r["relation"] for r in tables["claims"]} == {"linkedTo", "linkedToDirected"}


# --------------------------------------------------------------------- node-link
@pytest.mark.parametrize(
    "graph",
    [
        {"nodes": [{"name": "Ann"}, {"name": "Bob"}], "links": [{"source": 0, "target": 1}]},
        {
            "nodes": [{"id": "Ann", "index": 0, "x": 1}, {"id": "Bob"}],
            "links": [{"source": {"id": "Ann"}, "target": {"id": "Bob"}}],
        },
        {"nodes": ["Ann", "Bob"], "edges": [{"source": "Ann", "target": "Bob"}]},
        {
            "options": {"type": "directed", "multi": True},
            "nodes": [
                {"key": "1", "attributes": {"label": "Ann", "color": "#fff"}},
                {"key": "2", "attributes": {"label": "Bob"}},
            ],
            "edges": [{"key": "e", "source": "1", "target": "2", "attributes": {}}],
        },
        {
            "edges": [{"source": "b", "target": "a"}],
            "nodes": [{"id": "a", "name": "Bob"}, {"id": "b", "name": "Ann"}],
        },
    ],
    ids=["d3", "d3 after it has run", "names alone", "graphology", "edges first"],
)
def test_node_link_as_programs_write_it(made, graph):
    _, tables = made("g.json", json.dumps(graph))
    assert edges(tables) == [("ann", "linkedTo", "bob")]


def test_an_attribute_that_tells_no_kinds_apart_is_no_class(made):
    nodes = [{"id": i, "type": f"thing number {i}"} for i in range(40)]
    _, tables = made("g.json", json.dumps({"nodes": nodes, "links": []}))
    assert {*tables} == {"claims", "documents", "nodes"}
    assert row(tables, "nodes", "7")["type"] == "thing number 7"


# --------------------------------------------------------------------- edge lists
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.edgelist", "# networkx\nann bob {'weight': 3}\n"),
        ("g.edges", "ann\tbob\t3\n"),
        ("g.csv", "Target,Source,weight\nbob,ann,3\n"),
        ("g.tsv", "from\tto\tweight\nann\tbob\t3\n"),
    ],
)
def test_edge_lists(made, name, text):
    _, tables = made(name, text, "edge-list")
    assert edges(tables) == [("ann", "linkedTo", "bob")]
    assert tables["claims"][0]["weight"] == "3"


def test_gephis_table_of_edges_says_which_have_a_direction(made):
    text = "Source,Target,Type,Label\na,b,Undirected,knows\nb,c,Directed,pays\n"
    _, tables = made("g.csv", text, "edge-list")
    assert edges(tables) == [("a", "knows", "b"), ("b", "pays", "c")]
    terms = (made.folder / "ontology" / "terms.ttl").read_text("utf-8")
    assert "my:knows a kg:State , kg:Symmetric ;" in terms
    assert "my:pays a kg:State ;" in terms


# ------------------------------------------------------------- what cannot be read
BOMB = '<!DOCTYPE g [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
WRONG = [
    ("g.graphml", GRAPHML.format("<graph><node id='a'/>")[:-10], "cut off"),
    ("g.graphml", BOMB + GRAPHML.format("<graph/>"), "declares the entity a"),
    ("g.graphml", GRAPHML.format("<graph>" + "<node id='a'><graph>" * 200), "nested more than 200"),
    ("g.graphml", GRAPHML.format("<graph><node/></graph>"), "line 1: a node without an id"),
    ("g.graphml", GRAPHML.format("<graph><edge source='a'/></graph>"), "without source or target"),
    ("g.graphml", GRAPHML.format("<graph>&nbsp;</graph>"), "line 1: no XML: undefined entity"),
    ("g.gexf", GEXF.format("<graph><nodes><node id='a'>")[:-7], "cut off"),
    ("g.gml", "graph [ node [ id 1 ]", "cut off"),
    ("g.gml", 'graph [ node [ id 1 label "a', "cut off"),
    ("g.gml", "graph [ node [ id ] ]", "where a value is expected"),
    ("g.gml", "graph [ " + "a [ " * 300, "nested more than 200 deep"),
    ("g.gml", 'graph [ node [ label "x" ] ]', "a node without an id: label x"),
    ("g.json", '{"nodes": [{"id": 1}, {"id"', "cut off"),
    ("g.json", '{"nodes": [{"id": [1]}]}', "node 1 has no id"),
    ("g.json", '{"nodes": [], "links": [{"source": 1}]}', "link 1 has no source and target"),
    ("g.json", '{"nodes": [{"id": 1, "w": NaN}]}', "NaN is no JSON"),
    ("g.cyjs", '{"elements": {"nodes": [{"id": 1}]}}', "element 1 has no data"),
    ("g.cyjs", '{"data": {}}', "it has no elements"),
    ("g.cx2", '[{"CXVersion": "1.0"}]', "CX of version 1.0"),
    ("g.edges", "a\n", "line 1: one name"),
    ("g.edges", "a b\xff".encode("latin-1"), "not UTF-8"),
]


@pytest.mark.parametrize(("name", "text", "said"), WRONG)
def test_what_cannot_be_read_is_one_line_and_leaves_nothing(made, name, text, said):
    with pytest.raises(BadData, match=said) as error:
        made(name, text)
    assert "\n" not in str(error.value)
    assert not made.folder.exists()


def test_a_table_of_edges_needs_no_mapping(made):
    told, _ = made("g.csv", "source,target\na,b\n")
    assert told["written", "claims.csv"] == 1
