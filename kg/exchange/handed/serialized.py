"""A graph as RDF, through whatever lens: the same triples as in its store, where it is seen whole."""

from __future__ import annotations

import tempfile

from kg.case import ids
from kg.model.errors import UsageError
from kg.model.namespaces import RDF
from kg.store.graph import ONTOLOGY
from kg.store.part import judgements
from kg.store.triples import Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from kg.exchange.handed.content import Content

_AT_ONCE = 1 << 16


def writer(content: Content) -> Triples:
    """What writes a claim or an entity of this graph as triples."""
    case = content.graph.manifest["case"]
    return Triples(content.graph.base, case["language"], content.terms)


def lines(content: Content) -> Iterator[str]:
    """N-Triples: terms, entities, judgements, claims with their attestations.

    A piece is one or several whole lines, all of one entity or claim.
    """
    graph, triples = content.graph, writer(content)
    if graph.holds(ONTOLOGY):
        with open(graph.part(ONTOLOGY), encoding="utf-8", newline="\n") as file:
            yield from file
    yield from triples.kinds()
    for entity in content.entities():
        yield "".join(triples.entity(entity))
    judged = judgements(graph)
    merged = ids.merged((j.left, j.right) for j in judged if j.kind == "same")
    yield from (triples.same(record, target) for record, target in merged.items())
    for left, right, _ in graph.ledger.unsure():
        yield from triples.possibly_same(left, right)
    for claim in graph.ledger.claims():
        yield "".join(triples.claim(claim))


def prefixes(content: Content) -> dict[str, str]:
    """The prefixes of the graph that a file can use."""
    return dict(content.graph.prefixes)


class _Pieces:
    """A file to read from, whose content is made while it is read."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces, self._left = iter(pieces), b""

    def read(self, size: int = -1) -> bytes:
        """Some of the rest; empty at its end."""
        parts, length = [self._left], len(self._left)
        while size < 0 or length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece.encode())
            length += len(parts[-1])
        whole = b"".join(parts)
        size = len(whole) if size < 0 else size
        self._left = whole[size:]
        return whole[:size]


def triples(content: Content) -> Iterator[Any]:
    """Its triples, as the engine has them."""
    return parsed(lines(content))


def parsed(pieces: Iterable[str]) -> Iterator[Any]:
    """The triples of N-Triples, as the engine has them, without holding them all."""
    import pyoxigraph as ox

    return ox.parse(_Pieces(pieces), ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]  # a file to read


def written(
    statements: Callable[[], Iterable[Any]], name: str, known: dict[str, str]
) -> Iterator[bytes]:
    """Statements in one of the engine's formats (``TURTLE``, ``TRIG``, ``N_QUADS``, ``RDF_XML``).

    They go through a temporary file, so that memory stays the same however many there are. A prefix
    under which an address ends in a dot is left out, at the cost of writing all of it again: other
    parsers take that dot for the end of the statement.
    """
    import pyoxigraph as ox

    form = getattr(ox.RdfFormat, name)
    dotted: set[str] = set()
    with tempfile.TemporaryFile() as file:
        ox.serialize(_watched(statements(), known, dotted), file, form, prefixes=known)
        if dotted:
            file.seek(0)
            file.truncate()
            fewer = {prefix: space for prefix, space in known.items() if prefix not in dotted}
            ox.serialize(statements(), file, form, prefixes=fewer)
        file.seek(0)
        while part := file.read(_AT_ONCE):
            yield part


def _watched(statements: Iterable[Any], known: dict[str, str], dotted: set[str]) -> Iterator[Any]:
    """The statements, noting the prefixes under which an address ends in a dot."""
    for s in statements:
        for node in (s.subject, s.predicate, s.object):
            value = getattr(node, "value", "")
            if value[-1:] == ".":
                dotted |= {prefix for prefix, space in known.items() if value.startswith(space)}
        yield s


def in_one_graph(content: Content) -> Iterator[Any]:
    """Its triples in one named graph, the case's: ``BASE`` and ``graph``."""
    import pyoxigraph as ox

    graph = ox.NamedNode(content.iri("graph"))
    for t in parsed(lines(content)):
        yield ox.Quad(t.subject, t.predicate, t.object, graph)


def reified(content: Content) -> Iterator[Any]:
    """Its triples with the parts of each claim as one triple term of RDF 1.2 (``rdf:reifies``).

    Those of a claim without an object, a figure about nothing else, stay as they are.
    """
    import pyoxigraph as ox

    parts = {RDF + p: p for p in ("subject", "predicate", "object")}
    reifies = ox.NamedNode(RDF + "reifies")
    held: dict[str, Any] = {}
    about: Any = None

    def whole() -> Iterator[Any]:
        if len(held) == 3:
            term = ox.Triple(held["subject"], held["predicate"], held["object"])
            yield ox.Triple(about, reifies, term)
        else:
            for part, value in held.items():
                yield ox.Triple(about, ox.NamedNode(RDF + part), value)

    for t in parsed(lines(content)):
        if t.subject != about:
            yield from whole()
            held.clear()
            about = t.subject
        if part := parts.get(t.predicate.value):
            held[part] = t.object
        else:
            yield t
    yield from whole()


def commented(content: Content, loses: str, pieces: Iterable[bytes]) -> Iterator[str | bytes]:
    """RDF in a syntax that has comments with ``#``, under its head."""
    yield "".join(f"# {line}\n" for line in content.head(loses))
    yield from pieces


def nameable(predicate: str) -> str:
    """A predicate's IRI, if XML has a name for it. Raises UsageError."""
    local = predicate[max(predicate.rfind(c) for c in "#/:") + 1 :]
    if not local or not (local[0].isalpha() or local[0] == "_"):
        raise UsageError(
            f"{predicate}: RDF/XML can name no relation whose last part does not begin with a letter; "
            "expected another form, as turtle"
        )
    return predicate
