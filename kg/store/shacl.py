"""A built graph checked once more, as RDF, by SHACL shapes.

The tables were checked row by row before anything was written; this reads what
was written, by rules of its own (`shapes.ttl`) and by rules made from the case's
ontology: which classes a relation joins, what an attribute holds, that a direct
edge is there if and only if a living voice supports it.
"""

from __future__ import annotations

import os

from kg.model.namespaces import KG, PREFIXES, XSD, local
from kg.model.ontology import Ontology, Term
from kg.model.record import Record
from kg.store.graph import Graph
from kg.store.triples import TYPED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CORE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shapes.ttl")
SH = "http://www.w3.org/ns/shacl#"
_HEAD = f"""\
@prefix kg: <{KG}> .
@prefix sh: <{SH}> .
@prefix rdf: <{PREFIXES["rdf"]}> .
@prefix xsd: <{XSD}> .
@prefix shapes: <https://w3id.org/actors-kg/shapes#> .
"""


class Violation(Record):
    """One thing that a shape forbids: what is wrong, of which node, by which property, the value."""

    rule: str
    node: str
    path: str
    value: str


def validate(graph: Graph) -> list[Violation]:
    """Check a built graph against the shapes; an empty list if it keeps to all of them.

    Cost: the whole graph in memory and some 5 ms a claim; for cases of a few
    ten thousand claims.
    """
    import pyoxigraph as ox
    import rdflib

    store = ox.Store.read_only(graph.store)
    dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    data = rdflib.Graph().parse(data=(dumped or b"").decode(), format="nt")
    # Every entity has the types of all classes above its own; without the ladders between the
    # classes nobody climbs a thousand of them.
    for term in graph.terms.classes.values():
        data.remove((rdflib.URIRef(term.iri), rdflib.RDFS.subClassOf, None))
    return check(data, graph.terms, graph.base)


def check(data: Any, terms: Ontology, base: str = "") -> list[Violation]:
    """Check an `rdflib.Graph` that holds the ontology too; IRIs of the base are shown by id.

    Violations come by rule, node and value.
    """
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(data=turtle(terms), format="turtle")
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", inplace=True, do_owl_imports=False
    )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"the shapes themselves are wrong: {report!r}")
    return sorted(_violations(report, base))


def turtle(terms: Ontology) -> str:
    """All shapes for graphs of one ontology, as Turtle that any SHACL engine reads."""
    with open(CORE, encoding="utf-8") as file:
        own = file.read()
    return own + "\n" + _HEAD + "".join(_generated(terms))


def _generated(terms: Ontology) -> Iterator[str]:
    """The shapes that follow from the terms of an ontology."""
    for term in terms.relations.values():
        yield from _relation(term, terms)
    for term in terms.measures.values():
        yield _ends(term, terms)
    for term in terms.attributes.values():
        yield from _attribute(term, terms)


def _relation(term: Term, terms: Ontology) -> Iterator[str]:
    range_ = _is_a(term.ranges, terms)
    if term.takes_attestation:
        range_ = f"sh:or ( [ {range_} ] [ sh:class kg:Attestation ] )"
    yield _ends(term, terms)
    yield _through("object", term, range_, _joins(term.ranges, term, "object"))


def _ends(term: Term, terms: Ontology) -> str:
    joins = _joins(term.domains, term, "subject")
    return _through("subject", term, _is_a(term.domains, terms), joins)


def _through(end: str, term: Term, constraint: str, message: str) -> str:
    """A shape of the ends of all claims of a term, reached from the term itself."""
    return (
        f"shapes:{term.id}-{end} a sh:PropertyShape ; sh:targetNode <{term.iri}> ;"
        f' sh:message "{message}" ;'
        f" sh:path ( [ sh:inversePath rdf:predicate ] rdf:{end} ) ; {constraint} .\n"
    )


def _attribute(term: Term, terms: Ontology) -> Iterator[str]:
    head = f"shapes:{term.id}-"
    said = _joins(term.domains, term, "subject")
    yield (
        f"{head}domain a sh:NodeShape ; sh:targetSubjectsOf <{term.iri}> ;"
        f' {_is_a(term.domains, terms)} ; sh:message "{said}" .\n'
    )
    value = _value(term, terms)
    yield (
        f"{head}range a sh:NodeShape ; sh:targetObjectsOf <{term.iri}> ;"
        f' {value} ; sh:message "{_joins(term.ranges, term, "value")}" .\n'
    )
    if term.datatype == "date":
        for side in ("Earliest", "Latest"):
            yield (
                f"{head}{side} a sh:NodeShape ; sh:targetObjectsOf <{term.iri}{side}> ;"
                f' sh:datatype xsd:date ; sh:message "the {side.lower()} {term.id} is a date" .\n'
            )


def _value(term: Term, terms: Ontology) -> str:
    """What an attribute's values must be, as the tables' writer writes them."""
    if terms.refers(term):
        return _is_a(term.ranges, terms)
    if term.datatype == "anyURI":
        return "sh:nodeKind sh:IRI"
    # A date and a language stand as printed; the days that a date may mean are beside it.
    return f"sh:datatype xsd:{term.datatype if term.datatype in TYPED else 'string'}"


def _is_a(kinds: tuple[str, ...], terms: Ontology) -> str:
    return " ; ".join(f"sh:class <{terms.classes[k].iri}>" for k in kinds or ("Entity",))


def _joins(kinds: tuple[str, ...], term: Term, end: str) -> str:
    return f"the {end} of {term.id} is of the class or kind {' and '.join(kinds) or 'Entity'}"


def _violations(report: Any, base: str) -> Iterator[Violation]:
    from rdflib import RDF, Namespace

    sh = Namespace(SH)

    def shown(node: Any) -> str:
        text = str(node) if node is not None else ""
        return (text.replace(base, "") if base else text).replace(KG, "")

    for result in report.subjects(RDF.type, sh.ValidationResult):
        path = report.value(result, sh.resultPath)
        named = local(str(path)) if path is not None and str(path).startswith("http") else ""
        message = report.value(result, sh.resultMessage)
        focus, value = (report.value(result, p) for p in (sh.focusNode, sh.value))
        yield Violation(str(message), shown(focus), named, shown(value))
