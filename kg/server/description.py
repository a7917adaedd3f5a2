"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID, in Turtle and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.server import negotiation
from kg.server.replies import Reply
from kg.server.requests import Refused

if TYPE_CHECKING:
    from kg.server.engines import Engine
    from kg.server.heads import Head
    from kg.sparql.child import Limits

_HTML = "text/html"
_SD, _FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
_FORMS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def answer(engine: Engine, head: Head, limits: Limits) -> Reply:
    """The description of an endpoint, in a form that the client takes; a person is led to the workbench."""
    kinds = tuple(kinds[0] for kinds in negotiation.GRAPHS.values())
    kind = negotiation.best(head.accept, (*kinds, _HTML))
    if kind == _HTML:
        return Reply(status=303, headers={"location": "/"})
    if not kind:
        raise Refused(406, f"the description can be {', '.join(kinds)}")
    text = turtle(engine, head.address, limits)
    form = next(f for f, known in negotiation.GRAPHS.items() if known[0] == kind)
    from kg.sparql.served import converted

    body = text.encode() if form == "ttl" else converted(text, form)
    headers = {
        "content-type": negotiation.content_type(form),
        "vary": "Accept",
        "cache-control": "no-cache",
        "kg-generation": engine.generation,
    }
    return Reply(body, headers=headers)


def turtle(engine: Engine, address: str, limits: Limits) -> str:
    """The description in Turtle, for the address that it was asked at."""
    manifest = engine.graph.manifest
    case, counts = manifest["case"], manifest["counts"]
    language = case["language"]
    texts = [("title", case["title"]), ("description", case["description"])]
    named = "".join(f'    dcterms:{p} "{_text(t)}"@{language} ;\n' for p, t in texts if t)
    forms = ", ".join(f"<{_FORMATS}{name}>" for name in _FORMS)
    spaces = sorted({iri for iri in engine.prefixes.values() if iri != engine.graph.base})
    return f"""\
@prefix sd: <{_SD}> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<{address}> a sd:Service ;
    sd:endpoint <{address}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {forms} ;
    dcterms:description "At most {limits.rows} rows and {limits.seconds:g} seconds an answer; read-only."@en ;
    sd:defaultDataset <{address}#dataset> .

<{address}#dataset> a sd:Dataset ;
    sd:defaultGraph <{address}#graph> .

<{address}#graph> a sd:Graph, void:Dataset ;
{named}    void:sparqlEndpoint <{address}> ;
    void:uriSpace "{_text(engine.graph.base)}" ;
    void:entities {counts["entities"]} ;
    void:vocabulary {", ".join(f"<{iri}>" for iri in spaces)} ;
    dcterms:identifier "{engine.generation}" .
"""


def _text(text: str) -> str:
    """A text as it stands between quotes in Turtle."""
    from kg.text.formats import escaped

    return escaped(text).replace('"', '\\"')
