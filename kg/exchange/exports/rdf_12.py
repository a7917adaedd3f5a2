"""RDF 1.2 Turtle: each claim names the triple that it is about (``rdf:reifies``)."""

from __future__ import annotations

from kg.exchange.handed import serialized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".ttl"
LOSES = ""


def pieces(content: Content) -> Iterator[str | bytes]:
    """The content of the file. Cost: linear in the triples, in steady memory.

    In place of the three triples of RDF 1.1 reification, a claim between two entities has one
    ``rdf:reifies`` with the triple term; a triple that is annotated is asserted only where a
    living voice puts it forward, as the direct edge.
    """
    made = serialized.written(
        lambda: serialized.reified(content), "TURTLE", serialized.prefixes(content)
    )
    return serialized.commented(content, LOSES, made)
