"""The formats that can be imported: one module a format, found by its name.

A module of this folder says `TITLE`, what the format is called; `fits(source)`, whether a file is
of it by its name and beginning; and has one of two functions. `read(source, draft)` gives the
draft all that is in the source. `records(source, options)` yields its records as plain values, each
with its kind and its locator, for a mapping to say what becomes of them; the shipped one is the file of the
module's name in `kg/exchange/mappings/`.
"""

from __future__ import annotations

from kg.exchange import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any, Protocol

    from kg.exchange.draft import Draft
    from kg.exchange.plan import Plan
    from kg.exchange.source import Record, Source

    class Format(Protocol):
        """A module of this folder."""

        TITLE: str

        def fits(self, source: Source) -> bool:
            """Whether a file is most likely of the format."""

        def read(self, source: Source, draft: Draft) -> Callable[[Path], None] | None:
            """Give the draft what is in the source. Raises BadData for what is not of the format.

            Of a source that is a case of kg's own, give what writes that case into a folder.
            """

        def records(self, source: Source, options: dict[str, Any]) -> Iterator[Record]:
            """Instead of `read`: its records, as a mapping reads them."""


def names() -> list[str]:
    """The formats that there are."""
    return modules(__file__)


def format(name: str) -> Format:
    """The format of one of the `names`."""
    made: Format = __import__(f"kg.exchange.imports.{name.replace('-', '_')}", fromlist=("TITLE",))
    return made


def known(name: str) -> str:
    """The name of a format, if it is one. Raises UsageError."""
    from kg.model.errors import UsageError, parameter
    from kg.text.spelling import did_you_mean

    if name not in (held := names()):
        told = f"{parameter('as_')} {name}: expected one of {', '.join(held)}"
        raise UsageError(f"{told}; {did_you_mean(name, held)}".removesuffix("; "))
    return name


def fitting(source: Source) -> list[str]:
    """The formats that a source may be of, by its name and beginning."""
    return [name for name in names() if format(name).fits(source)]


def needs_mapping(name: str) -> bool:
    """Whether a format is read by a mapping, and none ships for it."""
    from kg.exchange.mapping import SHIPPED

    return hasattr(format(name), "records") and not (SHIPPED / f"{name}.toml").is_file()


def chosen(source: Source) -> str:
    """The name of the only format that a source fits. Raises UsageError if it fits none, or several."""
    from kg.model.errors import UsageError, parameter

    found = fitting(source)
    # A table may be anything: what is known better goes first.
    found = [name for name in found if not needs_mapping(name)] or found
    if len(found) == 1:
        return found[0]
    what = f"may be {' or '.join(found)}" if found else "is of no format that is known"
    told = f"{source.name} {what}; say {parameter('as_')} and one of"
    raise UsageError(f"{told} {', '.join(found or names())}")


def read(
    name: str, source: Source, draft: Draft, own: Plan | None
) -> Callable[[Path], None] | None:
    """Read a source of a format into a draft, by a plan of one's `own` or by the shipped one.

    What is a whole case already is no draft: then it gives what writes that case into a folder.
    Raises BadData for a source or a mapping that cannot be read, UsageError where a mapping is
    missing, or is given and not needed.
    """
    from kg.exchange import mapping, own_links
    from kg.exchange.rules import Mapper
    from kg.exchange.tally import KEPT
    from kg.model.errors import UsageError, parameter

    module = format(name)
    if not hasattr(module, "records"):
        if own is not None:
            raise UsageError(f"{name} is read without {parameter('mapping')}")
        return module.read(source, draft)
    if own is None and needs_mapping(name):
        raise UsageError(
            f"{source.name} needs a mapping: {parameter('mapping')} FILE; "
            f"{parameter('suggest')} proposes one"
        )
    plan = own or mapping.read(mapping.SHIPPED / f"{name}.toml")
    mapper = Mapper(plan, draft)
    for record in module.records(source, plan.read):
        if len(record) == 2:
            draft.read(record[0])
            draft.left(record[0], record[1])
        else:
            if isinstance(stood := record[2].get(own_links.FIELD), own_links.Stands):
                del record[2][own_links.FIELD]
                draft.tally.add(KEPT, own_links.kind(stood), own_links.REASON)
            mapper.take(*record)
    return None
