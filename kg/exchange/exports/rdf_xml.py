"""RDF/XML: the graph as RDF 1.1, for programs that read nothing else."""

from __future__ import annotations

from kg.exchange.handed import serialized

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".rdf"
LOSES = ""


def pieces(content: Content) -> Iterator[bytes]:
    """The content of the file. Raises UsageError for a relation that XML has no name for.

    Cost: linear in the triples, in steady memory.
    """
    for group in content.terms.groups[1:]:
        for term in group.values():
            serialized.nameable(term.iri)
    known = serialized.prefixes(content)
    return serialized.written(lambda: serialized.triples(content), "RDF_XML", known)
