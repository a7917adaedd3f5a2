"""A page that `kg view` has written: the rows of the graph that it shows become a case again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.exchange.draft import Draft
from kg.exchange.json_source import value
from kg.exchange.rdf import own
from kg.exchange.rdf.page import Page, blocks
from kg.exchange.source import Source

TITLE = "a page of kg"
_MOST = 512 << 20


def fits(source: Source) -> bool:
    """Whether kg says in its head that it has written it."""
    return '<meta name="generator" content="kg' in source.head


def read(source: Source, draft: Draft) -> Callable[[Path], None] | None:
    """The graph of the page: what writes its case."""
    if source.size > _MOST:
        raise source.bad(f"a page of more than {_MOST >> 20} MiB")
    with source.opened() as file:
        text = file.read().decode("utf-8", "replace")
    held = {name: value(source, block, name) for name, block in blocks(text)}
    if len(held) < 2:
        raise source.bad("it is no whole page of kg's: its data is missing")
    title = str(held["kg-record"].get("title") or source.path.stem)

    def write(folder: Path) -> None:
        try:
            facts = Page(held["kg-data"], held["kg-record"], draft.tally).read()
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise source.bad(f"it is no whole page of kg's: {error}") from error
        own.write(facts, {}, title, draft, folder)

    return write
