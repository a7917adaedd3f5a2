"""The graph as rdflib sees it: a store that can be read, over the engine's files, without a copy.

An `rdflib.Graph` over it takes what one asks of any other: `triples`, `value`, `serialize`, SPARQL
by rdflib's own engine. It is opened in this process; nothing of it can be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pyoxigraph as ox
import rdflib
from rdflib.store import Store as RdflibStore

from kg.model.errors import UsageError
from kg.model.namespaces import XSD
from kg.sparql import ahead

if TYPE_CHECKING:
    from kg.store.graph import Graph

# How many terms are kept for the next time that they come.
_KEPT = 100_000


def rdf(graph: Graph) -> rdflib.Graph:
    """The graph as an `rdflib.Graph` that cannot be changed, with its prefixes.

    Adding to it, or taking from it, raises UsageError; a copy can be changed:
    ``rdflib.Graph() + g``. Cost: nothing at first; a pattern is looked up each time that it is
    asked for. rdflib's SPARQL does so row by row, and is slow on patterns that fit much: `query`
    asks the engine itself. What rdflib fetches by itself (``SERVICE``, ``FROM``) it fetches here too.

    >>> import kg
    >>> g = kg.open("example").rdf()
    >>> len(list(g.subjects(rdflib.RDF.type, g.namespace_manager.expand_curie("kg:Claim")))) > 1000
    True
    """
    made = rdflib.Graph(store=_Store(graph))
    for prefix, space in graph.prefixes.items():
        made.bind(prefix, space, replace=True)
    return made


class _Store(RdflibStore):
    context_aware = False
    formula_aware = False
    transaction_aware = False

    def __init__(self, graph: Graph) -> None:
        self._spaces: dict[str, rdflib.URIRef] = {}
        self._prefixes: dict[rdflib.URIRef, str] = {}
        super().__init__()
        self._files = ahead.opened_here(graph.part("store"))
        self._terms: dict[Any, Any] = {}

    def triples(self, pattern: Any, context: Any = None) -> Iterator[Any]:
        """The triples that fit; None fits everything."""
        subject, predicate, target = map(_engine, pattern)
        if False in (subject, predicate, target):
            return
        found = self._files.quads_for_pattern(subject, predicate, target, ox.DefaultGraph())
        for quad in found:
            yield tuple(map(self._term, (quad.subject, quad.predicate, quad.object))), iter(())

    def __len__(self, context: Any = None) -> int:
        return len(self._files)

    def _term(self, term: Any) -> Any:
        held = self._terms.get(term)
        if held is None:
            if len(self._terms) > _KEPT:
                self._terms.clear()
            held = self._terms[term] = _rdflib(term)
        return held

    def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:
        """Remember a prefix."""
        if override or prefix not in self._spaces:
            self._spaces[prefix], self._prefixes[namespace] = namespace, prefix

    def namespace(self, prefix: str) -> Any:
        """The namespace of a prefix."""
        return self._spaces.get(prefix)

    def prefix(self, namespace: Any) -> Any:
        """The prefix of a namespace."""
        return self._prefixes.get(namespace)

    def namespaces(self) -> Iterator[Any]:
        """All (prefix, namespace)."""
        return iter(list(self._spaces.items()))

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise UsageError("the graph is read-only; change a copy of it: rdflib.Graph() + g")

    add = addN = remove = create = destroy = commit = rollback = add_graph = remove_graph = _refuse


def _rdflib(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    kind = None if term.language or term.datatype.value == f"{XSD}string" else term.datatype.value
    return rdflib.Literal(
        term.value, lang=term.language, datatype=kind and rdflib.URIRef(kind), normalize=False
    )


def _engine(term: Any) -> Any:
    """A term of a pattern; None for what may be anything, False for what no graph of ours has."""
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        kind = term.datatype and ox.NamedNode(str(term.datatype))
        return ox.Literal(str(term), datatype=kind) if kind else ox.Literal(str(term))
    return ox.NamedNode(str(term)) if isinstance(term, rdflib.URIRef) else False
