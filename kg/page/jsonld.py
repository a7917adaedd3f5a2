"""What the short names of the fields of a page mean: the context of its linked data."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
KG = "https://w3id.org/actors-kg/ontology#"
CONTEXT: Json = {
    "@version": 1.1,
    "@vocab": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "kind": "@type",
    "name": "rdfs:label",
    "label": "shortName",
    "aliases": "skos:altLabel",
    "text": "description",
    "c": {"@reverse": "rdf:subject"},
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
    "v": {"@id": "voice", "@type": "@vocab"},
    "d": {"@id": "document", "@type": "@vocab"},
    "loc": "locator",
    "g": "gloss",
    "per": "asPrinted",
    **dict.fromkeys(
        [
            "f",
            "o",
            "stand",
            "p",
            "via",
            "z",
            "n",
            "un",
            "by",
            "x",
            "away",
            "out",
            "r",
            "w",
            "narrow",
            "local",
            "lang",
            "facts",
            "lane",
            "cell",
            "state",
            "where",
        ]
    ),
}
"""What the names of the fields mean. The page reads the linked data itself: it stands in the file once."""
