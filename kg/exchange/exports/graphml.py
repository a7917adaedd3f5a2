"""GraphML: entities as nodes, claims as edges, for Gephi, yEd, Cytoscape, igraph and networkx."""

from __future__ import annotations

from kg.exchange.handed.columns import edge_cells, edge_columns, node_cells, node_columns, number
from kg.exchange.handed.xml_text import attribute, comment, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".graphml"
LOSES = (
    "figures, claims about attestations; the evidence of an edge is one text; that a relation has no "
    "direction stands in the column directed, since networkx reads no file with edges of both kinds"
)


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, a node or an edge a piece. Cost: linear, in steady memory."""
    columns = node_columns(content)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield "".join(f"{comment(line)}\n" for line in content.head(LOSES))
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for column in columns:
        yield _key(column.key, "node", column.title, "double" if column.number else "string")
    for column in edge_columns(content):
        flag = column.key == "directed"
        kind = "boolean" if flag else number(column, "int", "double", "string")
        yield _key(f"e_{column.key}", "edge", column.title, kind)
    for name in ("title", "caveat", "seen", "version"):
        yield _key(f"g_{name}", "graph", name, "string")
    yield '<graph edgedefault="directed">\n'
    about = content.about
    yield _data((f"g_{k}", about[k]) for k in ("title", "caveat", "seen", "version") if k in about)
    yield "\n"
    for entity in content.entities():
        cells = node_cells(content, columns, entity)
        yield f"<node id={attribute(entity.id)}>{_data(cells)}</node>\n"
    for edge in content.edges():
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        cells = ((f"e_{name}", value) for name, value in edge_cells(edge))
        yield f'<edge id="{edge.id}" {ends}>{_data(cells)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _key(id_: str, of: str, name: str, kind: str) -> str:
    # The name is what most readers call the column; an edge's and a node's may be alike.
    return f'<key id={attribute(id_)} for="{of}" attr.name={attribute(name)} attr.type="{kind}"/>\n'


def _data(cells: Iterator[tuple[str, str]]) -> str:
    return "".join(f"<data key={attribute(key)}>{text(value)}</data>" for key, value in cells)
