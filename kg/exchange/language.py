"""The words of a mapping file: its sections, their keys, what each needs and what refers to another."""

from __future__ import annotations

from kg.exchange.case_writer import EVIDENCE as COLUMNS

TOP = (
    "title",
    "format",
    "read",
    "source",
    "codes",
    "classes",
    "relations",
    "attributes",
    "qualities",
    "measures",
    "entity",
    "document",
    "claim",
    "figure",
    "name",
    "ignore",
    "label",
)
READ = (
    "separator",
    "encoding",
    "sheet",
    "dates",
    "decimal",
    "thousands",
    "language",
    "blank",
    "open",
    "records",
)
KINDS = {"classes": "class", "relations": "state", "attributes": "attribute"}
KINDS |= {"qualities": "quality", "measures": "measure"}
_TERM = {"label", "comment", "example", "parent", "role"}
TERM = {
    "classes": _TERM | {"table", "symbol", "walked", "rank", "colour"},
    "relations": _TERM | {"inverse", "symmetric", "event", "adverse", "walked"},
    "attributes": {"label", "comment", "example", "role", "type", "column", "gone"},
    "qualities": {"label", "comment", "example", "type", "column", "unit"},
    "measures": {"label", "comment", "example"},
}
TYPES = ("string", "decimal", "integer", "date", "boolean", "anyURI", "language")
WHERE = {"of", "when", "each"}
THING = WHERE | {"as", "class", "id", "scope", "name", "aliases", "names", "description", "same_as"}
THING |= {"attributes", "rest", "locator", "document", "foreign"}
EVIDENCE = {"rest", "qualities", *COLUMNS}
RULES = {
    "entity": THING,
    "document": (THING - {"document"}) | {"url", "publisher", "authors"},
    "claim": WHERE | EVIDENCE | {"subject", "relation", "object"},
    "figure": WHERE | EVIDENCE | {"subject", "measure", "value", "unit", "qualifier", "scope"},
    "name": WHERE | EVIDENCE | {"entity", "name", "language"},
    "ignore": {"of", "when", "fields", "reason"},
    "label": WHERE | {"term", "label"},
}
# What refers to another rule comes after it.
ORDER = ("ignore", "label", "document", "entity", "claim", "figure", "name")
NEEDED = {
    "entity": ("class",),
    "document": (),
    "claim": ("subject", "relation", "object"),
    "figure": ("subject", "measure", "value"),
    "name": ("entity", "name"),
    "ignore": ("reason",),
    "label": ("term", "label"),
}
REFERS = (
    "subject",
    "object",
    "entity",
    "scope",
    "voice",
    "via",
    "document",
    "publisher",
    "authors",
)
