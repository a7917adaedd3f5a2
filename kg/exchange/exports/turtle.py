"""Turtle: the graph as RDF 1.1, as its store has it."""

from __future__ import annotations

from kg.exchange.handed import serialized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".ttl"
LOSES = ""


def pieces(content: Content) -> Iterator[str | bytes]:
    """The content of the file. Cost: linear in the triples, in steady memory."""
    known = serialized.prefixes(content)
    made = serialized.written(lambda: serialized.triples(content), "TURTLE", known)
    return serialized.commented(content, LOSES, made)
