"""The OpenAPI 3.1 description of the API, made from what the verbs say of themselves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg import __version__
from kg.server import verbs

if TYPE_CHECKING:
    from typing import Any

    from kg.verbs.description import Param, Verb

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_FORMS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "markdown": "text/markdown",
    "html": "text/html",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
}
_PROBLEMS = {
    "400": "The request is wrong or refused.",
    "403": "A foreign host or page asks.",
    "404": "Nothing has that name, or nothing is there.",
    "409": "Several things have that name; they are listed.",
    "503": "Too many questions at once, or there is no graph.",
    "504": "Stopped: it took too long.",
    "507": "Stopped: it needs too much memory, or has too many rows.",
}


@cache
def document() -> dict[str, Any]:
    """The description, as JSON has it.

    >>> document()["paths"]["/api/find"]["get"]["operationId"]
    'find'
    """
    paths: dict[str, Any] = {f"/api/{v.name}": {"get": _asked(v)} for v in verbs.reading().values()}
    paths["/sparql"] = {"get": _sparql([_query("query", "query", True)]), "post": _posted()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": __version__,
            "summary": "A graph of who says what about whom, where, and who disputes it; read-only.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": _SCHEMAS, "responses": _responses()},
    }


_SCHEMAS = {
    "Answer": {
        "type": "object",
        "required": ["answer", "notes", "code"],
        "properties": {
            "answer": {"description": "What the verb prints as JSON on a command line."},
            "notes": {
                "type": "array",
                "items": {"type": "string"},
                "description": "What is to be said beside it: why it is empty, what was left out.",
            },
            "code": {
                "type": "integer",
                "description": "The exit code of the command: 1 where the answer is no.",
            },
        },
    },
    "Problem": {
        "type": "object",
        "required": ["error", "near"],
        "properties": {
            "error": {"type": "string"},
            "near": {
                "type": "array",
                "description": "What may have been meant.",
                "items": {
                    "type": "object",
                    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
                },
            },
        },
    },
}


def _responses() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {f"Problem{c}": {"description": d, "content": content} for c, d in _PROBLEMS.items()}


def _asked(verb: Verb) -> dict[str, Any]:
    kinds: dict[str, Any] = {}
    for form in verbs.forms(verb):
        if form == "json":
            kinds["application/json"] = {"schema": {"$ref": "#/components/schemas/Answer"}}
        else:
            kinds[_FORMS.get(form, "text/plain")] = {"schema": {"type": "string"}}
    problems = {c: {"$ref": f"#/components/responses/Problem{c}"} for c in _PROBLEMS}
    return {
        "operationId": verb.name,
        "summary": verb.help,
        "description": verb.more or verb.help,
        "parameters": [*map(_parameter, verbs.params(verb)), _form(verb)],
        "responses": {"200": {"description": "The answer.", "content": kinds}, **problems},
    }


def _parameter(param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES[param.kind]}
    if param.low is not None:
        schema["minimum"] = param.low
    if param.high is not None:
        schema["maximum"] = param.high
    if param.known:
        schema["enum"] = list(param.known)
    if param.many or param.words > 1:
        schema = {"type": "array", "items": schema}
        if param.words > 1:
            schema |= {"minItems": param.words, "maxItems": param.words}
    elif param.default not in ("", (), None) and not param.needed and _within(param):
        schema["default"] = param.default
    return _query(param.name, param.help, param.needed, schema)


def _within(param: Param) -> bool:
    """Whether a default is a value that could be given: 0 may stand for nothing at all."""
    return param.kind in (str, bool) or param.low is None or float(str(param.default)) >= param.low


def _query(
    name: str, told: str, needed: bool, schema: dict[str, Any] | None = None
) -> dict[str, Any]:
    held = {"name": name, "in": "query", "description": told, "required": needed}
    return {**held, "schema": schema or {"type": "string"}}


def _form(verb: Verb) -> dict[str, Any]:
    known = list(verbs.forms(verb))
    schema = {"type": "string", "enum": known, "default": known[0]}
    return _query("format", "How the answer is written.", False, schema)


def _sparql(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = (
        *("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
        *("text/tab-separated-values", "text/turtle", "application/n-triples"),
        *("application/rdf+xml", "application/ld+json"),
    )
    text = {"schema": {"type": "string"}}
    told = {"description": "What is wrong, in words.", "content": {"text/plain": text}}
    return {
        "operationId": "sparql",
        "summary": "Ask the graph in SPARQL 1.1, by its protocol.",
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": dict.fromkeys(kinds, text)},
            **dict.fromkeys(("400", "403", "406", "408", "413", "415", *list(_PROBLEMS)[4:]), told),
        },
    }


def _posted() -> dict[str, Any]:
    text = {"type": "string"}
    form = {"type": "object", "required": ["query"], "properties": {"query": text}}
    return {
        **_sparql([]),
        "operationId": "sparqlByPost",
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {"schema": form},
                "application/sparql-query": {"schema": text},
            },
        },
    }
