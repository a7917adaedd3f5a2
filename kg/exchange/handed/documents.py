"""The documents of a graph as a list of sources wants them."""

from __future__ import annotations

from kg.model import dates
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content


class Document(Record):
    """A document: `published` is as precise as it is known, as ``2022-10``, or empty."""

    id: str
    title: str
    authors: tuple[str, ...]
    publishers: tuple[str, ...]
    published: str
    language: str
    address: str


def documents(content: Content) -> Iterator[Document]:
    """Every document, by id."""
    terms = content.terms
    languages = {n for n, t in terms.attributes.items() if t.datatype == "language"}
    for entity in content.entities():
        if terms.is_a(entity.kind, "Document"):
            spoken = (v for p, v in entity.attributes if p in languages)
            yield Document(
                entity.id,
                entity.name,
                tuple(map(content.name, terms.values(entity, "Author"))),
                tuple(map(content.name, terms.values(entity, "Publisher"))),
                published(terms.value(entity, "PublishedOn")),
                next(spoken, ""),
                terms.value(entity, "Address"),
            )


def published(printed: str) -> str:
    """A date of publication as far as it is certain: of a span or an “about” only what both ends share."""
    span = dates.parse(printed)
    if not (span.earliest and span.latest) or "~" in printed:
        return ""
    first, last = span.earliest.split("-"), span.latest.split("-")
    if first == last:
        return span.earliest
    if first[:2] == last[:2] and first[2] == "01":
        return "-".join(first[:2])
    return first[0] if first[0] == last[0] and first[1:] == ["01", "01"] else ""
