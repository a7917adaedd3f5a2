"""Graphs as an answer: a template filled with rows, and what is said of resources."""

from __future__ import annotations

from kg.sparql import worker
from kg.sparql.results import turtle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from kg.store.remote.endpoint import Asked, Endpoint, Row
    from kg.store.remote.rewriting import Query

# So many rows are put into one query.
_AT_ONCE = 5_000


def constructed(query: Query, variables: Sequence[str], rows: Sequence[Row]) -> Iterator[Any]:
    """The triples that the template of a CONSTRUCT makes of rows."""
    import pyoxigraph as ox

    empty = ox.Store()
    head = " ".join(f"?{v}" for v in variables)
    for begin in range(0, len(rows), _AT_ONCE):
        some = " ".join(
            f"({' '.join(turtle(t) if t else 'UNDEF' for t in row)})"
            for row in rows[begin : begin + _AT_ONCE]
        )
        values = f"VALUES ({head}) {{ {some} }}" if variables else ""
        asked = f"{query.prologue}CONSTRUCT {query.template} WHERE {{ {values} }}"
        found: Any = empty.query(asked)
        yield from found


def named(query: Query, variables: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The resources that a DESCRIBE is about, as IRIs in brackets."""
    import pyoxigraph as ox

    known = [f"<{t.value}>" for row in rows for t in row if t and t.kind == "uri"]
    if own := query.named:
        told = " ".join(f"({iri})" for iri in own)
        found: Any = ox.Store().query(f"{query.prologue}SELECT ?s {{ VALUES (?s) {{ {told} }} }}")
        known += [str(row["s"]) for row in found]
    return list(dict.fromkeys(known))


def described(endpoint: Endpoint, resources: Sequence[str], seconds: float) -> Iterator[Any]:
    """All triples that resources are the subject of."""
    import pyoxigraph as ox

    size = endpoint.server.values
    for begin in range(0, len(resources), size):
        some = " ".join(resources[begin : begin + size])
        rows = endpoint.rows(
            f"SELECT ?s ?p ?o {{ VALUES ?s {{ {some} }} ?s ?p ?o }}", "", True, seconds
        )
        text = "".join(f"{' '.join(turtle(t) for t in row if t)} .\n" for row in rows)
        yield from (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))


def written(made: Iterator[Any], asked: Asked, prefixes: Mapping[str, str]) -> tuple[str, bool]:
    """Triples as text in the form that is asked for, in order, and whether they were cut."""
    said = dict(worker.graph(made, asked, prefixes))
    return said["text"], said["end"]
