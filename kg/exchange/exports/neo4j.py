"""Neo4j: nodes and relationships as its importer takes them, with the command."""

from __future__ import annotations

from kg.exchange.handed.columns import (
    JOINT,
    edge_cells,
    edge_columns,
    node_cells,
    node_columns,
    number,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.exchange.handed.content import Content

ENDING = ""
LOSES = (
    "figures and claims about attestations as relationships: they are nodes of the label Figure and "
    "Remark; the evidence of a relationship is one text; that it has no direction stands in its "
    "property directed"
)
_COMMAND = """\
neo4j-admin database import full --overwrite-destination \\
  --multiline-fields=true --nodes=nodes.csv --nodes=others.csv \\
  --relationships=relationships.csv neo4j
"""


def files(content: Content) -> Iterator[tuple[str, Iterator[str]]]:
    """Nodes, relationships, what joins no two nodes, and the command. Cost: linear, row by row."""
    yield "README.txt", iter([*(f"{line}\n" for line in content.head(LOSES)), "\n", _COMMAND])
    yield "nodes.csv", _csv(_nodes(content))
    yield "relationships.csv", _csv(_relationships(content))
    yield "others.csv", _csv(_others(content))


def _nodes(content: Content) -> Iterator[Sequence[object]]:
    columns = node_columns(content)
    rest = (f"{c.key}:double" if c.number else c.key for c in columns)
    yield "id:ID", "iri", *rest, ":LABEL"
    for entity in content.entities():
        cells = dict(node_cells(content, columns, entity))
        labels = ";".join((*content.terms.lineage(entity.kind),))
        values = (cells.get(c.key, "") for c in columns)
        yield entity.id, content.iri(entity.id), *values, labels


def _relationships(content: Content) -> Iterator[Sequence[object]]:
    columns = edge_columns(content)
    flags = {"directed": ":boolean"}
    names = (f"{c.key}{number(c, ':int', ':double', flags.get(c.key, ''))}" for c in columns)
    yield ":START_ID", ":END_ID", ":TYPE", "id", *names
    for edge in content.edges():
        cells = dict(edge_cells(edge))
        values = (cells.get(c.key, "") for c in columns)
        yield edge.source, edge.target, edge.relation, edge.id, *values


def _others(content: Content) -> Iterator[Sequence[object]]:
    yield "id:ID", "sentence", "status", "basis", "evidence", ":LABEL"
    for claim in content.others():
        s = claim.standing
        told = JOINT.join(said.sentence for said in claim.spoken)
        label = "Claim;Figure" if claim.figure else "Claim;Remark"
        yield f"claim/{claim.id}", claim.sentence, s.status.lower(), s.basis.lower(), told, label


def _csv(rows: Iterator[Sequence[object]]) -> Iterator[str]:
    """Every text in quotes: its importer reads an empty text in quotes as one, and trims none."""
    import csv
    import io

    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    for row in rows:
        write(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
