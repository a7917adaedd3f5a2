"""TriG: the graph as RDF 1.1 in one named graph, as a store with several cases wants it."""

from __future__ import annotations

from kg.exchange.handed import serialized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".trig"
LOSES = ""


def pieces(content: Content) -> Iterator[str | bytes]:
    """The content of the file. Cost: linear in the triples, in steady memory."""
    made = serialized.written(
        lambda: serialized.in_one_graph(content), "TRIG", serialized.prefixes(content)
    )
    return serialized.commented(content, LOSES, made)
