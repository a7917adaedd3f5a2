"""What a node of a graph file holds, in columns: names, class, and what its own row says."""

from __future__ import annotations

from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content, Edge
    from kg.model.claims import Entity

JOINT = " | "
# What some reader takes for more than a column.
_TAKEN = ("id", "label", "source", "target", "type", "colour", "x", "y", "size", "")
EDGE_NUMBERS = ("voices", "documents", "opposing")


class Column(Record):
    """A column: its `key` in the file, what it is called, whether it holds numbers, its property."""

    key: str
    title: str
    number: bool = False
    attribute: str = ""


def node_columns(content: Content) -> list[Column]:
    """The columns of entities: name, class, other names, then those of the ontology in its order.

    Keys begin with ``a_`` for what the ontology calls, so that no column is taken for an id,
    a label or an end of an edge; titles are the ontology's labels, where no other column has one.
    """
    first = [Column(key, key.replace("_", " ")) for key in ("name", "class", "other_names")]
    taken = {*_TAKEN, *(column.title for column in first)}
    own = []
    for name, term in content.terms.attributes.items():
        title = term.label if term.label not in taken else f"a_{name}"
        taken.add(title)
        own.append(Column(f"a_{name}", title, term.datatype in ("decimal", "integer"), name))
    return [*first, *own]


def node_cells(
    content: Content, columns: list[Column], entity: Entity
) -> Iterator[tuple[str, str]]:
    """(key, value) of what an entity has; several values of one column in one text.

    A column of numbers holds one number of each entity: the first.
    """
    yield "name", entity.name
    yield "class", content.kind(entity.kind)
    if others := (*entity.aliases, *(name for _, name in entity.names)):
        yield "other_names", JOINT.join(others)
    for column in columns:
        if column.attribute and (found := entity.values(column.attribute)):
            yield column.key, found[0] if column.number else JOINT.join(found)


def edge_cells(edge: Edge) -> Iterator[tuple[str, str]]:
    """(column, value) of what a claim has but its id and its ends."""
    for name, value in zip(edge._fields[3:], edge[3:], strict=True):
        if value != "":
            yield name, str(value)


def edge_columns(edge: type[Edge]) -> list[str]:
    """The columns of claims, without id and ends."""
    return list(edge._fields[3:])
