"""A built graph checked once more, as RDF, by SHACL shapes.

The tables were checked row by row before anything was written; this reads what
was written, by rules of its own (`shapes.ttl`) and by rules made from the case's
ontology: which classes a relation joins, what an attribute holds, that a direct
edge is there if and only if a living voice supports it.
"""

from __future__ import annotations

import os
import time

from kg.model import qualities
from kg.model.errors import OutOfBounds, parameter
from kg.model.namespaces import KG, PREFIXES, RDFS, XSD, local
from kg.model.ontology import CALLED, Ontology, Term
from kg.model.record import Record
from kg.sparql.query import Limits
from kg.store import shape_queries
from kg.store.graph import Graph
from kg.store.shape_queries import SH
from kg.store.triples import TYPED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from kg.store.stores import Store

CORE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shapes.ttl")
_LADDERS = f"SELECT ?below ?above {{ ?below <{RDFS}subClassOf> ?above }}"
# Rules asked in one query; violations that it may find; seconds between two words on progress.
_TOGETHER, _MOST, _EVERY = 16, 100_000, 2.0
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


def validate(
    graph: Graph,
    *,
    seconds: float = 60.0,
    memory: int = 1 << 30,
    progress: Callable[[str], None] | None = None,
) -> list[Violation]:
    """Check a built graph against the shapes; an empty list if it keeps to all of them.

    Each constraint is a query, asked of the graph's store, so that no triple is held here.
    Violations come by rule, node and value.

    Raises OutOfBounds if it takes more `seconds`, or one query more `memory`. Cost: some
    0.2 ms a claim.
    """
    limits = Limits(seconds, memory, _MOST)
    return check(graph.store, graph.terms, graph.base, limits, progress)


def check(
    store: Store,
    terms: Ontology,
    base: str = "",
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Violation]:
    """Check any store that holds the ontology too; IRIs of the base are shown by id.

    Raises OutOfBounds where it takes more than the `limits`.
    """
    limits = limits or Limits(60.0, rows=_MOST)
    start = told = time.monotonic()
    done, rules = 0, []
    found: set[Violation] = set()
    try:
        # Every entity has the types of all classes above its own: only the core's are climbed.
        own = {term.iri for term in terms.classes.values()}
        ladders = store.query(_LADDERS, PREFIXES, limits).rows
        pairs = [(b.value, a.value) for b, a in ladders if b and a and b.value not in own]
        rules = shape_queries.rules(turtle(terms), shape_queries.classes_above(pairs))
        while done < len(rules):
            some = rules[done : done + _TOGETHER]
            left = max(limits.seconds - (time.monotonic() - start), 1e-9)
            found.update(_broken(store, some, base, Limits(left, limits.memory, limits.rows)))
            done += len(some)
            if progress and time.monotonic() - told > _EVERY:
                told = time.monotonic()
                progress(f"{done:,} of {len(rules):,} rules checked")
    except OutOfBounds as error:
        if time.monotonic() - start < limits.seconds:
            raise
        raise OutOfBounds(_stopped(limits.seconds, done, len(rules))) from error
    return sorted(found)


def _stopped(seconds: float, done: int, all_: int) -> str:
    return (
        f"stopped after {seconds:g} s, with {f'{done:,} of {all_:,}' if all_ else 'no'} rules "
        f"checked; raise {parameter('timeout')}"
    )


def _broken(
    store: Store, rules: Sequence[shape_queries.Rule], base: str, limits: Limits
) -> Iterable[Violation]:
    """What breaks some rules, asked at once."""
    each = (f"{{ {{ {rule.query} }} BIND({n} AS ?rule) }}" for n, rule in enumerate(rules))
    answer = store.query(
        f"SELECT ?rule ?this ?value {{ {' UNION '.join(each)} }}", PREFIXES, limits
    )

    def shown(text: str) -> str:
        return (text.replace(base, "") if base else text).replace(KG, "")

    for number, this, value in answer.rows:
        rule = rules[int(number.value if number else 0)]
        node = rule.focus or (this.value if this else "")
        told = shown(value.value) if value else ""
        yield Violation(rule.message, shown(node), local(rule.path) if rule.path else "", told)


def second_opinion(data: Any, terms: Ontology, base: str = "") -> list[Violation]:
    """What pySHACL finds in an `rdflib.Graph` by the same shapes.

    For who would rather trust an engine that others wrote, and for the test that ours finds
    the same. Cost: the whole graph in memory and some 5 ms a claim.
    """
    import pyshacl
    import rdflib

    for term in terms.classes.values():
        data.remove((rdflib.URIRef(term.iri), rdflib.RDFS.subClassOf, None))
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
    for term in terms.qualities.values():
        yield from _quality(term, terms)


def _relation(term: Term, terms: Ontology) -> Iterator[str]:
    range_ = _is_a(term.ranges, terms)
    if term.takes_attestation:
        range_ = f"sh:or ( [ {range_} ] [ sh:class kg:Attestation ] )"
    yield _ends(term, terms)
    if term.id == CALLED:
        yield _through(
            "object", term, "sh:nodeKind sh:Literal", "what something is called is a name"
        )
        return
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


def _quality(term: Term, terms: Ontology) -> Iterator[str]:
    head = f"shapes:{term.id}-"
    refers, numeric = terms.refers(term), term.datatype in qualities.NUMBERS
    # What is printed is there for every number, and a number for none that is open at both ends.
    said = f"{term.iri}AsPrinted" if numeric and not refers else term.iri
    yield (
        f"{head}of a sh:NodeShape ; sh:targetSubjectsOf <{said}> ; sh:class kg:Attestation ;"
        f' sh:message "{term.id} is a quality of attestations" .\n'
    )
    if term.on:
        below = sorted({b for name in term.on for b in terms.narrower(name)})
        on = " ".join(f"<{terms.term(name).iri}>" for name in below)
        yield (
            f"{head}on a sh:NodeShape ; sh:targetSubjectsOf <{said}> ;"
            f" sh:property [ sh:path ( kg:about rdf:predicate ) ; sh:in ( {on} ) ;"
            f' sh:message "{term.id} goes on {" and ".join(term.on)}" ] .\n'
        )
    yield (
        f"{head}range a sh:NodeShape ; sh:targetObjectsOf <{term.iri}> ;"
        f' {_value(term, terms)} ; sh:message "{_joins(term.ranges, term, "value")}" .\n'
    )
    if numeric and not refers:
        for side in ("From", "To"):
            yield (
                f"{head}{side} a sh:NodeShape ; sh:targetObjectsOf <{term.iri}{side}> ;"
                f' sh:datatype xsd:{term.datatype} ; sh:message "an end of {term.id} is a number" .\n'
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
