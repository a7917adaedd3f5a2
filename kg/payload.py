"""What a page carries of a view, as JSON: slim records, each thing said once.

The claims are JSON-LD as they stand. Names of fields are short because they
stand in the file a thousand times; `CONTEXT` says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.columns import Head
from kg.views import View, ViewAttestation, ViewClaim, ViewNode, ViewTerm

# Characters that reorder or hide what stands around them; a name has no use for them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
Json = dict[str, Any]
KG = "https://w3id.org/actors-kg/ontology#"
CONTEXT: Json = {
    "@version": 1.1,
    "@vocab": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "kg": "@nest",
    "from": {"@id": "rdf:subject", "@type": "@id"},
    "rel": {"@id": "rdf:predicate", "@type": "@vocab"},
    "to": {"@id": "rdf:object", "@type": "@id"},
    "s": "rdfs:label",
    "st": {"@id": "status", "@type": "@vocab"},
    "ba": {"@id": "basis", "@type": "@vocab"},
    "nv": "voices",
    "nd": "documents",
    "no": "opposingVoices",
    "e": {"@id": "earliest", "@type": "xsd:date"},
    "l": {"@id": "latest", "@type": "xsd:date"},
    "a": {"@reverse": "about"},
    "t": {"@id": "stance", "@type": "@vocab"},
    "v": {"@id": "voice", "@type": "@id"},
    "d": {"@id": "document", "@type": "@id"},
    "loc": "locator",
    "g": "gloss",
    "per": "asPrinted",
    **dict.fromkeys(("n", "f", "text", "stand", "arrows", "p", "via", "k", "r", "w"), None),
}
"""The page's claims are JSON-LD as they stand: the data is in the file once, for both readers."""


class Tables:
    """What stands once in the file: names of nodes and voices, documents nobody listed."""

    def __init__(self, view: View) -> None:
        self.names = {node.id: node.name for node in view.nodes}
        self.listed = {document.id for document in view.documents}
        self.unlisted: dict[str, None] = {}
        self.voices: dict[str, str] = {}
        self.phrases: dict[str, int] = {}

    def document(self, ident: str) -> str:
        """Note a document; give its id."""
        if ident not in self.listed:
            self.unlisted[ident] = None
        return ident

    def phrase(self, text: str) -> int:
        """The number of a text that many claims share."""
        return self.phrases.setdefault(plain(text), len(self.phrases))

    def voice(self, ident: str, name: str) -> str:
        """Note a voice and its name; give its id."""
        self.voices.setdefault(ident, name)
        return ident


def plain(text: str) -> str:
    """Text without characters that would reorder or hide its neighbours."""
    return _UNSEEN.sub("\ufffd", text)


def _slim(record: Json) -> Json:
    """A record without its empty fields."""
    return {key: value for key, value in record.items() if value not in ("", [], None, 0)}


def _plain_all(texts: Iterable[str]) -> list[str]:
    return [plain(text) for text in texts]


def node_record(node: ViewNode) -> Json:
    """A node's record, positions not yet in it."""
    return _slim(
        {
            "name": plain(node.name) if node.name != node.short else "",
            "kind": node.kind,
            "narrow": plain(node.narrow),
            "local": plain(node.name_local),
            "lang": node.language,
            "aliases": _plain_all(node.aliases),
            "text": plain(node.description),
            "facts": [_plain_all(fact) for fact in node.facts],
            "lane": node.lane,
            "cell": plain(node.cell),
            "state": node.state,
            "where": _where(node),
        }
    )


def _where(node: ViewNode) -> list[Any] | None:
    if node.where is None:
        return None
    latitude, longitude, name = node.where
    x, y = project(latitude, longitude)
    return [x, y, plain(name)]


def project(latitude: float, longitude: float) -> tuple[int, int]:
    """Degrees to the page's map, 2000 units wide (Natural Earth projection).

    The polynomial is that of Šavrič et al. 2011, "A polynomial equation for
    the Natural Earth projection", https://doi.org/10.1559/15230406382143.

    >>> project(0, 0)
    (1000, 519)
    """
    lam, phi = longitude * 0.017453292519943295, latitude * 0.017453292519943295
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return round(1000 + x * 365), round(519 - y * 365)


def claim_record(claim: ViewClaim, tables: Tables) -> Json:
    """A claim's record with its attestations."""
    return _slim(
        {
            "rel": claim.relation,
            "text": plain(
                claim.object_text if claim.object_text != tables.names.get(claim.object) else ""
            ),
            "s": plain(claim.sentence),
            "st": claim.status,
            "ba": claim.basis,
            "stand": tables.phrase(claim.standing),
            "nv": claim.voices,
            "nd": claim.documents,
            "no": claim.opposing,
            "e": claim.earliest,
            "l": claim.latest,
            "f": int(claim.figure),
            "a": [_attestation(row, claim, tables) for row in claim.attestations],
        }
    )


def _attestation(row: ViewAttestation, claim: ViewClaim, tables: Tables) -> Json:
    return _slim(
        {
            "id": f"attestation/{row.id}",
            "v": tables.voice(row.voice, row.voice_name),
            "d": tables.document(row.document),
            "w": _short(row, claim),
            "t": row.stance,
            "p": row.side,
            "via": [tables.phrase(name) for name in row.via],
            "loc": plain(row.locator),
            "g": plain(row.gloss),
            "per": plain(row.period),
            "said": plain(row.said),
            "k": row.known,
            "r": _plain_all(row.remarks),
        }
    )


def _short(row: ViewAttestation, claim: ViewClaim) -> str:
    """The sentence with marks in place of what the record says elsewhere: claim, gloss, voice, locator.

    The marks are control characters, which no text has after `plain`; the page puts the words back.
    """
    text = plain(row.sentence)
    parts = (claim.sentence.rstrip("."), row.gloss, *row.via, row.voice_name, row.locator)
    for mark, part in enumerate(parts, 1):
        if len(part) > 6 and mark < 9:
            text = text.replace(plain(part), chr(mark))
    return text


def head_record(head: Head) -> list[Any]:
    """A band: title, x, y, width, height, node, count."""
    box = [head.x, head.y, head.width, head.height]
    return [plain(head.text), *box, head.node, head.count]


def _terms(terms: Iterable[ViewTerm]) -> list[Json]:
    return [
        {key: plain(v) if isinstance(v, str) else v for key, v in asdict(t).items()} for t in terms
    ]


def view_record(view: View, tables: Tables) -> Json:
    """All that stands once: terms, documents, voices, phrases. Call it last."""
    documents = [
        _slim(
            {
                "id": document.id,
                "title": plain(document.title),
                "short": plain(document.short),
                "date": document.published,
                "url": _link(document.url),
                "disputes": _plain_all(document.disputes),
            }
        )
        for document in view.documents
    ]
    documents += [
        {"id": ident, "title": tables.names.get(ident, ident)} for ident in tables.unlisted
    ]
    return {
        "title": plain(view.title),
        "description": plain(view.description),
        "licence": plain(view.licence),
        "version": plain(view.version),
        "filters": plain(view.filters),
        "kinds": _terms(view.kinds),
        "relations": _terms(view.relations),
        "statuses": _terms(view.statuses),
        "bases": _terms(view.bases),
        "documents": documents,
        "voices": [[ident, plain(name)] for ident, name in tables.voices.items()],
        "highlight": list(view.highlight),
        "omitted": view.omitted,
        "phrases": list(tables.phrases),
    }


def _link(url: str) -> str:
    """The address if it is a web address, else nothing."""
    return url if re.fullmatch(r"https?://[^\s\x00-\x20]+", url, re.IGNORECASE) else ""
