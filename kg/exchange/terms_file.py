"""The ontology of an import as a Turtle file: each new term with what it says of itself."""

from __future__ import annotations

from kg.exchange.vocabulary import RELATIONS
from kg.model.namespaces import KG
from kg.store.triples import literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.exchange.vocabulary import Vocabulary

_TYPES = {
    "class": "rdfs:Class",
    "state": "kg:State",
    "event": "kg:Event",
    "measure": "kg:Measure",
    "attribute": "kg:Attribute",
    "quality": "kg:Quality",
}


def turtle(terms: Vocabulary, domains: dict[str, str], namespace: str, title: str) -> str:
    """The ontology of an import: each new term with label, definition and an example.

    `domains` has the class of each attribute.
    """
    prefix = "my"
    there = {t.id: t.iri for group in terms.known.groups for t in group.values()}

    def name(called: str) -> str:
        term = terms.local(called)
        iri = there.get(term, "")
        if iri.startswith(KG):
            return f"kg:{iri.removeprefix(KG)}"
        return f"<{iri}>" if iri else f"{prefix}:{term}"

    lines = [
        f"# The terms of {' '.join(title.split())}, as they were imported: change labels and marks as you like.",
        "@prefix kg: <https://w3id.org/actors-kg/ontology#> .",
        f"@prefix {prefix}: <{namespace}> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "",
    ]
    for term in terms.needed():
        types = [_TYPES[term.kind], *(["kg:Symmetric"] if term.symmetric else [])]
        said = [f"{name(term.name)} a {' , '.join(types)}", f"rdfs:label {literal(term.label)}@en"]
        if term.inverse:
            said.append(f"kg:inverseLabel {literal(term.inverse)}@en")
        above = "rdfs:subClassOf" if term.kind == "class" else "rdfs:subPropertyOf"
        said += [f"{above} {name(p)}" for p in term.parents]
        if term.table:
            said.append(f"kg:table {literal(term.table)}")
        if term.kind == "quality":
            said.append(f"kg:qualityOf {' , '.join(name(r) for r in sorted(term.within))}")
        elif term.kind != "class":
            said.append(f"rdfs:domain {name(domains.get(term.name, 'Entity'))}")
        if term.kind in RELATIONS:
            said.append("rdfs:range kg:Entity")
        elif term.kind != "class":
            said.append(f"rdfs:range xsd:{term.datatype}")
        if term.column:
            said.append(f"kg:column {literal(term.column)}")
        said += [f"{mark} {value}" for mark, value in term.marks.items()]
        said.append(
            f"rdfs:comment {literal(term.comment or f'As the source has it: {term.label}.')}@en"
        )
        said.append(f"skos:example {literal(term.example or term.label)}")
        lines.append(" ;\n    ".join(said) + " .\n")
    return "\n".join(lines)
