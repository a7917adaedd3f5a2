"""JSON-LD 1.1: each entity with its claims, each claim with what is said of it; its own context.

The same triples as Turtle. Nothing has to be fetched to read it: the context stands in the file.
"""

from __future__ import annotations

from kg.exchange.handed import serialized
from kg.model.namespaces import KG, RDF, RDFS, SKOS, XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.exchange.handed.content import Content

ENDING = ".jsonld"
LOSES = ""

_ATTESTATIONS, _CLAIMS = "attestations", "claims"
_IDS = ("status", "basis", "stance", "voice", "document")
_OWN = {f"{RDFS}label": "label", f"{SKOS}altLabel": "alias"}


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, an entity a piece. Cost: linear, in the memory of the claims' text."""
    from json import dumps

    from kg.text.untrusted import in_json

    def written(value: object) -> str:
        return in_json(dumps(value, ensure_ascii=False, indent=1))

    yield f'{{\n"@context": {written(_context(content))},\n"@graph": ['
    for i, node in enumerate(_nodes(content)):
        yield f"{',' if i else ''}\n{written(node)}"
    yield "\n]\n}\n"


def _context(content: Content) -> dict[str, Any]:
    """Prefixes; claims under the entity they are about, attestations under their claim."""
    return {
        "@version": 1.1,
        **{p: {"@id": space, "@prefix": True} for p, space in _prefixes(content).items()},
        _CLAIMS: {"@reverse": f"{RDF}subject", "@type": "@id"},
        _ATTESTATIONS: {"@reverse": f"{KG}about", "@type": "@id"},
        **{short: iri for iri, short in _OWN.items()},
        **{short: {"@id": f"{KG}{short}", "@type": "@id"} for short in _IDS},
    }


def _prefixes(content: Content) -> dict[str, str]:
    """The prefixes but those that are called as one of the context's own words."""
    taken = {_ATTESTATIONS, _CLAIMS, *_OWN.values(), *_IDS}
    return {p: space for p, space in serialized.prefixes(content).items() if p and p not in taken}


def _nodes(content: Content) -> Iterator[dict[str, Any]]:
    """Terms, then entities with their claims."""
    about, said = f"{KG}about", f"{RDF}subject"
    a_claim, an_attestation = content.iri("claim/"), content.iri("attestation/")
    claims: dict[str, list[dict[str, Any]]] = {}
    first: list[dict[str, Any]] = []
    under: dict[str, dict[str, Any]] = {}
    shorten = _Shortener(content)
    for subject, pairs in _subjects(content):
        node: dict[str, Any] = {"@id": subject}
        if subject.startswith(an_attestation):
            claim = next(o.value for p, o in pairs if p == about)
            under[claim].setdefault(_ATTESTATIONS, []).append(shorten(node, pairs, about))
        elif subject.startswith(a_claim):
            entity = next(o.value for p, o in pairs if p == said)
            under = {subject: shorten(node, pairs, said)}
            claims.setdefault(entity, []).append(under[subject])
        else:
            first.append(shorten(node, pairs, ""))
    for node in first:
        if own := claims.pop(node["@id"], None):
            node[_CLAIMS] = own
        yield node
    # What is said of an attestation, which is written under its claim.
    for entity, rest in claims.items():
        yield {"@id": entity, _CLAIMS: rest}


def _subjects(content: Content) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """The triples by subject, in the order in which they come; those of one are gathered where they are near."""
    here, pairs = "", _none()
    for t in serialized.parsed(serialized.lines(content)):
        if t.subject.value != here:
            if pairs:
                yield here, pairs
            here, pairs = t.subject.value, _none()
        pairs.append((t.predicate.value, t.object))
    if pairs:
        yield here, pairs


def _none() -> list[tuple[str, Any]]:
    return []


class _Shortener:
    """Writes properties under their prefixes."""

    def __init__(self, content: Content) -> None:
        spaces = _prefixes(content)
        self._spaces = sorted(((s, p) for p, s in spaces.items()), key=lambda x: -len(x[0]))
        self._ids = {f"{KG}{name}": name for name in _IDS}

    def __call__(
        self, node: dict[str, Any], pairs: list[tuple[str, Any]], without: str
    ) -> dict[str, Any]:
        for predicate, value in pairs:
            if predicate == without:
                continue
            if predicate == f"{RDF}type":
                key, held = "@type", value.value
            elif predicate in self._ids:
                key, held = self._ids[predicate], value.value
            else:
                key, held = _OWN.get(predicate) or self._short(predicate), _value(value)
            before = node.get(key)
            if before is None:
                node[key] = held
            else:
                node[key] = [*(before if isinstance(before, list) else [before]), held]
        return node

    def _short(self, iri: str) -> str:
        for space, prefix in self._spaces:
            if iri.startswith(space) and iri != space and "/" not in iri[len(space) :]:
                return f"{prefix}:{iri[len(space) :]}"
        return iri


def _value(term: Any) -> Any:
    """An object: an id, a text with its language or type; numbers are texts with a type."""
    if not hasattr(term, "datatype"):
        return {"@id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == f"{XSD}string":
        return term.value
    return {"@value": term.value, "@type": term.datatype.value}
