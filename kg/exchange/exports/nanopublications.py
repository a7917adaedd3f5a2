"""Nanopublications in TriG: one for each attestation, with what it says, where from, by whom told.

What a voice puts forward is the assertion itself; of a denial the assertion is that the voice
denies the claim, so that no reader takes what is denied for what is said.
"""

from __future__ import annotations

from kg.model import dates
from kg.model.claims import TEXTS
from kg.model.claims import named as name_of
from kg.model.namespaces import KG, RDF, XSD
from kg.model.standing import SUPPORT
from kg.store.triples import Triples, literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content
    from kg.model.claims import Attestation, Claim

ENDING = ".trig"
LOSES = (
    "entities' names and attributes, and the ontology: a nanopublication holds one attestation; ids "
    "are the graph's, not trusty URIs, since nothing here is signed or published"
)
_NP, _PROV, _DCT = (
    "http://www.nanopub.org/nschema#",
    "http://www.w3.org/ns/prov#",
    "http://purl.org/dc/terms/",
)


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, a nanopublication a piece. Cost: linear, in steady memory."""
    yield "".join(f"# {line}\n" for line in content.head(LOSES))
    for prefix, space in (("np", _NP), ("prov", _PROV), ("dct", _DCT), ("kg", KG)):
        yield f"@prefix {prefix}: <{space}> .\n"
    triples = Triples(content.graph.base, "", content.terms)
    for claim in content.graph.ledger.claims():
        for a in claim.attestations:
            yield _publication(content, claim, a, triples)


def _publication(content: Content, claim: Claim, a: Attestation, triples: Triples) -> str:
    me = content.iri(f"nanopublication/{a.id}")
    head, said, prov, info = (f"<{me}#{n}>" for n in ("head", "assertion", "provenance", "pubinfo"))
    about, named = (
        f"<{content.iri(f'claim/{claim.id}')}>",
        f"<{content.iri(f'attestation/{a.id}')}>",
    )
    term = content.terms.relations.get(claim.relation) or content.terms.measures[claim.relation]
    subject, relation = f"<{content.iri(claim.subject)}>", f"<{term.iri}>"
    target = f"<{content.iri(claim.object)}>" if claim.object else ""
    language, name = name_of(claim.object)
    if name:
        target = literal(name) + (f"@{language}" if language else "")
    lines = [f"GRAPH {head} {{"]
    lines.append(
        f"<{me}> a np:Nanopublication ; np:hasAssertion {said} ; np:hasProvenance {prov} ; "
        f"np:hasPublicationInfo {info} . }}"
    )
    lines.append(f"GRAPH {said} {{")
    if a.stance in SUPPORT and not claim.figure:
        lines.append(f"{subject} {relation} {target} .")
    else:
        lines.append(f"<{content.iri(a.voice)}> kg:{a.stance} {about} .")
        end = f"kg:scope {target}" if claim.figure else f"<{RDF}object> {target}"
        parts = [f"<{RDF}subject> {subject}", f"<{RDF}predicate> {relation}", end if target else ""]
        lines.append(f"{about} {' ; '.join(filter(None, parts))} .")
        if a.value:
            lines.append(f"{about} kg:valueAsPrinted {literal(a.value)} .")
            lines += [f"{about} kg:unit {literal(a.unit)} ."] if a.unit else []
    lines.append(f"}}\nGRAPH {prov} {{")
    lines.append(f"{said} prov:wasAttributedTo <{content.iri(a.voice)}> ;")
    lines.append(f"  prov:wasDerivedFrom <{content.iri(a.document)}> ; kg:about {about} ;")
    lines.append(f"  kg:stance kg:{a.stance} ; kg:attestation {named} .")
    for prop, text in (
        *((prop, getattr(a, field)) for field, (_, prop) in TEXTS.items()),
        *(("asPrinted", dates.printed(a.period)), ("said", a.said)),
    ):
        if text:
            lines.append(f"{said} kg:{prop} {literal(text)} .")
    for name, value in a.qualities:
        lines += (f"{said} {told} ." for told in triples.quality(name, value))
    lines.append(
        f"{said} kg:status kg:{claim.standing.status} ; kg:basis kg:{claim.standing.basis} ."
    )
    lines.append(f"}}\nGRAPH {info} {{")
    lines.append(f"<{me}> prov:wasDerivedFrom <{content.iri('graph')}> .")
    if a.known_earliest:
        lines.append(f"<{me}> dct:issued {literal(a.known_earliest)}^^<{XSD}date> .")
    if licence := content.about.get("licence"):
        lines.append(f"<{me}> dct:rights {literal(licence)} .")
    lines.append("}")
    return "\n".join(lines) + "\n"
