"""Cytoscape JSON (``.cyjs``): entities and claims as Cytoscape and cytoscape.js read them."""

from __future__ import annotations

from kg.exchange.handed.columns import EDGE_NUMBERS, edge_cells, node_cells, node_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".cyjs"
LOSES = (
    "figures, claims about attestations; the evidence of an edge is one text; that a relation has no "
    "direction is data of the edge, directed"
)


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, a node or an edge a piece. Cost: linear, in steady memory."""
    from json import dumps

    from kg.text.untrusted import in_json

    def written(value: object) -> str:
        return in_json(dumps(value, ensure_ascii=False))

    columns = node_columns(content)
    numbers = {c.key for c in columns if c.number}
    about = {"name": content.about.get("title", ""), **content.about, "loses": LOSES}
    yield '{\n"format_version": "1.0",\n"generated_by": "kg",\n"target_cytoscapejs_version": "~3",\n'
    # What networkx looks for besides.
    yield '"directed": true,\n"multigraph": true,\n'
    yield f'"data": {written(about)},\n"elements": {{\n"nodes": ['
    for i, entity in enumerate(content.entities()):
        cells = node_cells(content, columns, entity)
        data = {
            "id": entity.id,
            "value": entity.id,
            **{k: float(v) if k in numbers else v for k, v in cells},
        }
        yield f"{',' if i else ''}\n{written({'data': data})}"
    yield '\n],\n"edges": ['
    for i, edge in enumerate(content.edges()):
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        rest: dict[str, object] = {
            k: int(v) if k in EDGE_NUMBERS else v for k, v in edge_cells(edge)
        }
        rest |= {"directed": edge.directed == "true"}
        rest |= {f"q_{name}": value for name, value in edge.qualities}
        held: dict[str, object] = {**ends, "key": edge.id, "interaction": edge.label, **rest}
        yield f"{',' if i else ''}\n{written({'data': held})}"
    yield "\n]\n}\n}\n"
