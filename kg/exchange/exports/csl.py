"""CSL-JSON: the documents that are quoted, for Zotero, pandoc and citation processors."""

from __future__ import annotations

from kg.exchange.handed.documents import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.exchange.handed.content import Content
    from kg.exchange.handed.documents import Document

ENDING = ".json"
LOSES = "everything but the documents"


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, an item a piece. Cost: linear in the documents."""
    from json import dumps

    from kg.text.untrusted import in_json

    yield "["
    for i, d in enumerate(documents(content)):
        item = in_json(dumps(_item(d), ensure_ascii=False, indent=1))
        yield f"{',' if i else ''}\n{item}"
    yield "\n]\n"


def _item(d: Document) -> dict[str, Any]:
    item: dict[str, Any] = {"id": d.id, "type": "document", "title": d.title}
    if d.authors:
        item["author"] = [{"literal": a} for a in d.authors]
    if d.publishers:
        item["publisher"] = "; ".join(d.publishers)
    if d.published:
        parts = [int(p) for p in d.published.split("-")]
        item["issued"] = {"date-parts": [parts]}
    for key, value in (("language", d.language), ("URL", d.address)):
        if value:
            item[key] = value
    return item
