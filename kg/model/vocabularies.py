"""The words of the vocabularies that are closed: another word in one of them is a slip of the pen."""

from __future__ import annotations

from kg.model.namespaces import OWL, RDF, RDFS, SKOS, XSD

_RDF = """type subject predicate object value first rest nil Property Statement List Bag Seq Alt
 XMLLiteral HTML JSON langString dirLangString CompoundLiteral language direction PlainLiteral
 reifies"""
_RDFS = """Class Resource Literal Datatype Container ContainerMembershipProperty label comment
 domain range subClassOf subPropertyOf member seeAlso isDefinedBy"""
_OWL = """AllDifferent AllDisjointClasses AllDisjointProperties Annotation AnnotationProperty
 AsymmetricProperty Axiom Class DataRange DatatypeProperty DeprecatedClass DeprecatedProperty
 FunctionalProperty InverseFunctionalProperty IrreflexiveProperty NamedIndividual
 NegativePropertyAssertion Nothing ObjectProperty Ontology OntologyProperty ReflexiveProperty
 Restriction SymmetricProperty Thing TransitiveProperty allValuesFrom annotatedProperty
 annotatedSource annotatedTarget assertionProperty backwardCompatibleWith bottomDataProperty
 bottomObjectProperty cardinality complementOf datatypeComplementOf deprecated differentFrom
 disjointUnionOf disjointWith distinctMembers equivalentClass equivalentProperty hasKey hasSelf
 hasValue imports incompatibleWith intersectionOf inverseOf maxCardinality
 maxQualifiedCardinality members minCardinality minQualifiedCardinality onClass onDataRange
 onDatatype onProperties onProperty oneOf priorVersion propertyChainAxiom propertyDisjointWith
 qualifiedCardinality sameAs someValuesFrom sourceIndividual targetIndividual targetValue
 topDataProperty topObjectProperty unionOf versionIRI versionInfo withRestrictions rational
 real"""
_SKOS = """Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader
 broaderTransitive changeNote closeMatch definition editorialNote exactMatch example
 hasTopConcept hiddenLabel historyNote inScheme mappingRelation member memberList narrowMatch
 narrower narrowerTransitive notation note prefLabel related relatedMatch scopeNote
 semanticRelation topConceptOf"""
_XSD = """string boolean decimal integer double float date time dateTime dateTimeStamp gYear
 gMonth gDay gYearMonth gMonthDay duration yearMonthDuration dayTimeDuration byte short int long
 unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger nonNegativeInteger
 negativeInteger nonPositiveInteger hexBinary base64Binary anyURI language normalizedString
 token NMTOKEN Name NCName ID IDREF ENTITY QName NOTATION NMTOKENS IDREFS ENTITIES
 minInclusive maxInclusive minExclusive maxExclusive length minLength maxLength pattern
 totalDigits fractionDigits anyType anySimpleType anyAtomicType"""

CLOSED = {
    space: frozenset(words.split())
    for space, words in ((RDF, _RDF), (RDFS, _RDFS), (OWL, _OWL), (SKOS, _SKOS), (XSD, _XSD))
}
PREFIX = {RDF: "rdf", RDFS: "rdfs", OWL: "owl", SKOS: "skos", XSD: "xsd"}


def unknown(iri: str) -> str:
    """The closed namespace of a word that it does not have; empty for every other IRI.

    >>> unknown(RDFS + "domian") == RDFS, unknown(RDFS + "domain"), unknown("https://example.org/x")
    (True, '', '')
    """
    for space, words in CLOSED.items():
        if iri.startswith(space):
            word = iri[len(space) :]
            numbered = space == RDF and word[:1] == "_" and word[1:].isdecimal()
            return "" if word in words or not word or numbered else space
    return ""
