"""GEXF 1.2: entities and claims for Gephi, with names, colours, coordinates and time.

Valid against the schema of the format, which has colours in its own namespace and not, as some
programs write them, in another one; each node's colour is therefore a column as well.
"""

from __future__ import annotations

from kg.exchange.handed.columns import edge_cells, edge_columns, node_cells, node_columns, number
from kg.exchange.handed.xml_text import attribute, comment, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.exchange.handed.content import Content, Edge
    from kg.model.claims import Entity

ENDING = ".gexf"
LOSES = "figures, claims about attestations; the evidence of an edge is one text"
_COORDINATES = (("longitude", "Longitude"), ("latitude", "Latitude"))
_DRAWN = {"colour": "colour", **{f"at_{name}": f"{name} on a map" for name, _ in _COORDINATES}}


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, a node or an edge a piece. Cost: linear, in steady memory."""
    columns = node_columns(content)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield "".join(f"{comment(line)}\n" for line in content.head(LOSES))
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n<meta>\n'
    yield f"<creator>kg</creator>\n<description>{text(' '.join(content.head(LOSES)))}</description>\n"
    yield '</meta>\n<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    titles = {column.key: column.title for column in columns} | _DRAWN
    numbers = {c.key for c in columns if c.number} | {f"at_{name}" for name, _ in _COORDINATES}
    held = {key: str(i) for i, key in enumerate(titles)}
    yield '<attributes class="node" mode="static">\n'
    for key, title in titles.items():
        yield _declared(held[key], title, "double" if key in numbers else "string")
    yield '</attributes>\n<attributes class="edge" mode="static">\n'
    # An edge's label stands in the edge itself, and that it has no direction.
    own = [c for c in edge_columns(content) if c.key not in ("label", "directed")]
    for i, column in enumerate(own):
        kind = number(column, "integer", "double", "string")
        yield _declared(str(i), column.title, kind)
    places = {column.key: str(i) for i, column in enumerate(own)}
    yield "</attributes>\n<nodes>\n"
    for entity in content.entities():
        cells = _drawn(content, entity, node_cells(content, columns, entity))
        yield _node(content, entity, _values((held[k], v) for k, v in cells))
    yield "</nodes>\n<edges>\n"
    for edge in content.edges():
        yield _edge(edge, places)
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(id_: str, title: str, kind: str) -> str:
    # A whole number as id: then every reader calls the column by its title.
    return f'<attribute id="{id_}" title={attribute(title)} type="{kind}"/>\n'


def _drawn(
    content: Content, entity: Entity, cells: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The cells of a node, with its colour and where it is on a map."""
    yield from cells
    yield "colour", _colour(content, entity)
    for name, role in _COORDINATES:
        if value := content.terms.value(entity, role):
            yield f"at_{name}", value


def _colour(content: Content, entity: Entity) -> str:
    return content.terms.drawn_as(entity.kind).colour or "#999999"


def _node(content: Content, entity: Entity, values: str) -> str:
    colour = _colour(content, entity)
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    drawn = f'<color r="{red}" g="{green}" b="{blue}"/>'
    label = attribute(" ".join(entity.name.split()))
    return f"<node id={attribute(entity.id)} label={label}>{values}{drawn}</node>\n"


def _edge(edge: Edge, places: dict[str, str]) -> str:
    kind = "" if edge.directed == "true" else ' type="undirected"'
    ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
    days = (("start", edge.earliest), ("end", edge.latest))
    time = "".join(f' {name}="{day}"' for name, day in days if day)
    label = attribute(" ".join(edge.label.split()))
    shape = {"contested": "dashed", "denied": "dotted"}.get(edge.status, "solid")
    values = _values((places[k], v) for k, v in edge_cells(edge) if k in places)
    return f'<edge id="{edge.id}" {ends}{kind} label={label}{time}>{values}<shape value="{shape}"/></edge>\n'


def _values(cells: Iterable[tuple[str, str]]) -> str:
    pairs = (f"<attvalue for={attribute(k)} value={attribute(v)}/>" for k, v in cells)
    return f"<attvalues>{''.join(pairs)}</attvalues>"
