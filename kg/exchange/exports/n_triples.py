"""N-Triples: the graph as RDF 1.1, a triple a line."""

from __future__ import annotations

from kg.exchange.handed import serialized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".nt"
LOSES = ""


def pieces(content: Content) -> Iterator[str | bytes]:
    """The content of the file. Cost: linear in the triples, in steady memory."""
    yield "".join(f"# {line}\n" for line in content.head(LOSES))
    yield from serialized.lines(content)
