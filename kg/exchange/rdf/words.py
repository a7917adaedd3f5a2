"""Words of the vocabularies that RDF is written in: which of them name, describe, link, and vouch."""

from __future__ import annotations

from urllib.parse import unquote

from kg.model.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DC, DCTERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
FOAF, PROV = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/ns/prov#"
SCHEMA, PAV = "http://schema.org/", "http://purl.org/pav/"
# The same vocabulary under its newer address.
_SECURE = "https://schema.org/"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
# Prefixes that everybody uses alike, for files that declare none.
USUAL = PREFIXES | {
    "schema": SCHEMA,
    "dc": DC,
    "geo": GEO,
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "dbr": "http://dbpedia.org/resource/",
    "dbo": "http://dbpedia.org/ontology/",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
}

TYPE, REIFIES = RDF + "type", RDF + "reifies"
STATEMENT = RDF + "Statement"
PARTS = (RDF + "subject", RDF + "predicate", RDF + "object")
FIRST, REST, NIL = RDF + "first", RDF + "rest", RDF + "nil"


def _each(*names: str) -> tuple[str, ...]:
    """Addresses, those of schema.org in both its forms."""
    both = (name.replace(SCHEMA, _SECURE) for name in names if name.startswith(SCHEMA))
    return (*names, *both)


# What a thing is called: the first that it has is its name, the others are further names.
NAMES = _each(
    *(RDFS + "label", SKOS + "prefLabel", FOAF + "name", SCHEMA + "name", DCTERMS + "title"),
    *(DC + "title", "http://www.w3.org/2006/vcard/ns#fn", "http://www.geonames.org/ontology#name"),
    *("http://usefulinc.com/ns/doap#name", "http://rdfs.org/sioc/ns#name", FOAF + "nick"),
)
ALIASES = _each(
    *(SKOS + "altLabel", SCHEMA + "alternateName", DCTERMS + "alternative", SKOS + "hiddenLabel"),
    *(SCHEMA + "legalName", "http://www.geonames.org/ontology#alternateName"),
)
DESCRIPTIONS = _each(
    *(RDFS + "comment", DCTERMS + "description", SCHEMA + "description", SKOS + "definition"),
    *(DC + "description", SKOS + "scopeNote"),
)
# Addresses of a thing elsewhere: no claims, unless what is there is described here too.
LINKS = _each(
    *(OWL + "sameAs", RDFS + "seeAlso", RDFS + "isDefinedBy", FOAF + "homepage", FOAF + "page"),
    *(FOAF + "depiction", FOAF + "img", FOAF + "mbox", FOAF + "weblog", FOAF + "phone"),
    *(SCHEMA + "url", SCHEMA + "sameAs", SCHEMA + "image", SCHEMA + "logo", SCHEMA + "contentUrl"),
    *(SKOS + "exactMatch", SKOS + "closeMatch", DCTERMS + "license", OWL + "imports"),
    *(SCHEMA + "license", "http://creativecommons.org/ns#license", DCTERMS + "identifier"),
)
LINKING = ("mailto:", "tel:", "data:", "geo:", "callto:")
LATITUDE = _each(GEO + "lat", SCHEMA + "latitude")
LONGITUDE = _each(GEO + "long", SCHEMA + "longitude")

# Of a statement, or of the graph or file that it stands in: who stands for it, what it is taken from,
# when it holds, when it was said.
VOICES = _each(
    *(PROV + "wasAttributedTo", DCTERMS + "creator", DC + "creator", SCHEMA + "author"),
    *(SCHEMA + "creator", PAV + "authoredBy", PAV + "createdBy", FOAF + "maker"),
    *(DCTERMS + "publisher", DC + "publisher", SCHEMA + "publisher"),
)
DOCUMENTS = _each(
    *(DCTERMS + "source", DC + "source", PROV + "wasDerivedFrom", PROV + "hadPrimarySource"),
    *(PROV + "wasQuotedFrom", SCHEMA + "citation", SCHEMA + "isBasedOn", PAV + "retrievedFrom"),
    *(PAV + "derivedFrom", PAV + "importedFrom", DCTERMS + "isReferencedBy"),
    *(DCTERMS + "bibliographicCitation", "http://purl.org/spar/cito/citesAsEvidence"),
)
STARTS = _each(SCHEMA + "startDate", PROV + "startedAtTime", SCHEMA + "validFrom")
ENDS = _each(SCHEMA + "endDate", PROV + "endedAtTime", SCHEMA + "validThrough")
SAID = _each(
    *(DCTERMS + "created", DCTERMS + "issued", DCTERMS + "date", DC + "date"),
    *(
        PROV + "generatedAtTime",
        SCHEMA + "dateCreated",
        SCHEMA + "datePublished",
        PAV + "createdOn",
    ),
)
# Classes that say nothing where a thing has another one.
VAGUE = (
    *(OWL + "NamedIndividual", OWL + "Thing", RDFS + "Resource", RDF + "Property"),
    *(SKOS + "Concept", SCHEMA + "Thing", _SECURE + "Thing", PROV + "Entity"),
)
# What a few terms are called where no file says so.
PLAIN = {
    RDFS + "subClassOf": "is a kind of",
    RDFS + "subPropertyOf": "is narrower than",
    OWL + "sameAs": "is the same as",
    SKOS + "broader": "has the broader",
    SKOS + "narrower": "has the narrower",
    SKOS + "related": "is related to",
}
PART_CLASS, PART_RELATION = RDFS + "subClassOf", RDFS + "subPropertyOf"
INVERSE = OWL + "inverseOf"
SYMMETRIC = OWL + "SymmetricProperty"


def compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with the prefix that covers most of it, as ``ex:alice``; else as it is."""
    best, length = iri, 0
    for prefix, space in prefixes.items():
        if len(space) > length and iri.startswith(space):
            rest = iri[len(space) :]
            if rest and not any(c in rest for c in "/#?:"):
                best, length = f"{prefix}:{rest}", len(space)
    return best


def expanded(name: str, prefixes: Mapping[str, str]) -> str:
    """The inverse of `compact`: ``ex:alice`` as an IRI; anything else as it is."""
    prefix, colon, rest = name.partition(":")
    if colon and not rest.startswith("//") and prefix in prefixes:
        return prefixes[prefix] + rest
    return name.removeprefix("<").removesuffix(">") if name.startswith("<") else name


def called(iri: str, prefixes: Mapping[str, str]) -> str:
    """What a thing is called that nothing names: the end of its IRI if that is a word, else its short form.

    >>> called("http://ex.org/New_York", {}), called("http://ex.org/Q42", {"ex": "http://ex.org/"})
    ('New York', 'ex:Q42')
    """
    end = unquote(local(iri.rstrip("/#"))).replace("_", " ").strip()
    letters = sum(c.isalpha() for c in end)
    return end if letters > 2 and letters > len(end) / 2 else compact(iri, prefixes)


def in_words(name: str) -> str:
    """The end of a term's IRI in words: ``birthDate`` is “birth date”.

    >>> in_words("birthDate"), in_words("has_part"), in_words("worksForNGO")
    ('birth date', 'has part', 'works for NGO')
    """
    import re

    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = re.sub(r"[_\W]+", " ", parts).split()
    return " ".join(w if w[1:] != w[1:].lower() else w.lower() for w in words) or name
