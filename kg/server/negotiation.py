"""Which form a client takes: Accept and Accept-Encoding, by their q values (RFC 9110, 12.5)."""

from __future__ import annotations

from functools import cache, lru_cache

# The forms of a SPARQL endpoint and their media types, the one that is said first; those that
# come first are preferred where a client takes several alike.
ROWS = {
    "json": ("application/sparql-results+json", "application/json", "text/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
GRAPHS = {
    "ttl": ("text/turtle", "application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3"),
    "nt": ("application/n-triples", "text/plain"),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
    "jsonld": ("application/ld+json", "application/json"),
}
# What is text says that it is UTF-8.
TEXT = ("text/csv", "text/tab-separated-values", "text/turtle")


@cache
def content_type(form: str) -> str:
    """The media type of a form, as a Content-Type says it."""
    kind = {**ROWS, **GRAPHS}[form][0]
    return f"{kind}; charset=utf-8" if kind in TEXT else kind


@lru_cache(512)
def forms(accept: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of rows and of graphs that a client takes, best first.

    >>> forms("text/turtle, application/sparql-results+xml;q=0.9, text/csv;q=0")
    (('xml',), ('ttl',))
    >>> forms("")[0]
    ('json', 'xml', 'csv', 'tsv')
    """
    return _taken(accept, ROWS), _taken(accept, GRAPHS)


def _taken(accept: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not accept.strip():
        return tuple(known)
    ranges = _ranges(accept)
    # Another name of a form is taken where it is named, and not where a range has it too.
    found = {
        form: max(_quality(first, ranges), *(ranges.get(kind, 0.0) for kind in ("", *others)))
        for form, (first, *others) in known.items()
    }
    return tuple(sorted((f for f in found if found[f] > 0), key=lambda f: -found[f]))


@lru_cache(512)
def best(accept: str, kinds: tuple[str, ...]) -> str:
    """The media type that a client takes best, of several; empty if it takes none.

    >>> best("text/html,*/*;q=0.1", ("application/json", "text/html"))
    'text/html'
    """
    if not accept.strip():
        return kinds[0]
    ranges = _ranges(accept)
    found = max(kinds, key=lambda kind: _quality(kind, ranges))
    return found if _quality(found, ranges) > 0 else ""


@lru_cache(64)
def packed(encodings: str) -> bool:
    """Whether a client takes gzip, and would not rather have none.

    >>> packed("gzip, br"), packed("gzip;q=0"), packed("identity, gzip;q=0.5"), packed("*")
    (True, False, False, True)
    """
    said = _ranges(encodings)
    gzip = said.get("gzip", said.get("x-gzip", said.get("*", 0.0)))
    return gzip > 0 and gzip >= said.get("identity", 0.0)


def _ranges(header: str) -> dict[str, float]:
    """What stands in such a header, each with its q; parameters but q are passed over."""
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *rest = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        quality = 1.0
        for piece in rest:
            key, _, value = piece.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        found[name] = max(found.get(name, 0.0), quality)
    return found


def _quality(kind: str, ranges: dict[str, float]) -> float:
    """How well a client takes a media type: what names it most exactly counts."""
    for name in (kind, kind.partition("/")[0] + "/*", "*/*", "*"):
        if name in ranges:
            return ranges[name]
    return 0.0
