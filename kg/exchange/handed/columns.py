"""What a node of a graph file holds, in columns: names, class, and what its own row says."""

from __future__ import annotations

from kg.exchange.handed.content import Edge
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

JOINT = " | "
# What some reader takes for more than a column.
_TAKEN = ("id", "label", "source", "target", "type", "colour", "x", "y", "size", "")
EDGE_NUMBERS = ("voices", "documents", "opposing")
# The columns of claims that every graph has, without id and ends.
EDGE = Edge._fields[3:-1]
_QUALITY = "q_"


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
    for name, value in zip(EDGE, edge[3:-1], strict=True):
        if value != "":
            yield name, str(value)
    for name, told in edge.qualities:
        yield _QUALITY + name, str(told)


def number(column: Column, whole: str, other: str, text: str) -> str:
    """How a form calls what a column of claims holds: counts, other numbers, texts."""
    return (whole if column.key in EDGE_NUMBERS else other) if column.number else text


def edge_columns(content: Content) -> list[Column]:
    """The columns of claims, without id and ends; last the qualities of the ontology, in its order.

    Keys of these begin with ``q_``, so that no other column is taken for one.
    """
    own = content.terms.qualities.items()
    taken = {*_TAKEN, *EDGE}
    titles = (
        (name, term.label if term.label not in taken else f"{_QUALITY}{name}") for name, term in own
    )
    numbers = {
        name
        for held in content.besides.values()
        for name, told in held.items()
        if not isinstance(told, str)
    }
    return [
        *(Column(name, name, name in EDGE_NUMBERS) for name in EDGE),
        *(Column(_QUALITY + name, title, name in numbers) for name, title in titles),
    ]
