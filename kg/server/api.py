"""The verbs at ``/api/NAME``: an answer as JSON with its notes, or in another form as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import errors
from kg.model.errors import KgError, OutOfBounds
from kg.server import openapi, replies, requests, verbs
from kg.server.endpoint import asked, overtaken, refuse, whole
from kg.server.negotiation import packed
from kg.server.replies import PLAIN, Reply
from kg.server.requests import FORM, Refused
from kg.sparql.query import Question

if TYPE_CHECKING:
    from starlette.requests import Request as HttpRequest
    from starlette.types import Receive, Scope, Send

    from kg.server.engines import Engines
    from kg.server.pool import Busy

_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
}
# A page is shown by itself or in a frame of the workbench, runs its own scripts (its own policy says
# which) and is no page of this server: it can ask it nothing.
_PAGE = (
    "sandbox allow-scripts allow-downloads allow-popups; frame-ancestors 'self'; base-uri 'none'"
)


class Api:
    """Answers ``/api/NAME``."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what goes wrong is JSON too."""
        try:
            answer = await self._answer(scope, receive)
        except replies.WRONG as error:
            answer = _problem(error)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Reply:
        method = scope["method"]
        if method not in ("GET", "HEAD", "POST"):
            allow = {"allow": "GET, HEAD, POST, OPTIONS"}
            raise Refused(405, f"{method} is not answered here; ask by GET or POST", allow)
        name = scope["path_params"]["name"]
        verb = verbs.reading().get(name)
        if verb is None:
            raise Refused(404, f"nothing is at /api/{name}; there are {', '.join(verbs.reading())}")
        said = dict(scope["headers"])
        fields = requests.fields(scope["query_string"], "the query string")
        if method == "POST":
            kind = said.get(b"content-type", b"").decode("latin-1")
            if kind.partition(";")[0].strip().lower() != FORM:
                raise Refused(415, f"a POST has a body of {FORM}")
            fields += requests.fields(await whole(scope, receive), "the form")
        values, form = verbs.given(verb, fields)
        engine = self._engines.now()
        messages, in_time = await asked(engine.verbs, (name, values, form), receive)
        if overtaken(messages, engine, self._engines):
            engine = self._engines.now()
            messages, in_time = await asked(engine.verbs, (name, values, form), receive)
        result = dict(messages)
        if "problem" in result:
            kind, told = result["problem"]
            return replies.json(told, replies.status(getattr(errors, kind)))
        if not in_time:
            raise OutOfBounds(f"{name} was stopped after {self._engines.limits.seconds:g} s")
        if "body" not in result:
            refuse(Question("", {}, self._engines.limits), result, name)
        body = result["body"]
        if form == "json":
            body = enveloped(body, result["notes"], result["code"])
        headers = {
            "content-type": _TYPES.get(form, PLAIN),
            "kg-generation": engine.generation,
            "cache-control": "no-cache",
            "vary": "Accept-Encoding",
        }
        if form == "html":
            headers["content-security-policy"] = _PAGE
        if len(body) > 1400 and packed(said.get(b"accept-encoding", b"").decode("latin-1")):
            import gzip

            body = gzip.compress(body, 1, mtime=0)
            headers["content-encoding"] = "gzip"
        return Reply(body, headers=headers)


def enveloped(body: bytes, notes: list[str], code: int) -> bytes:
    """An answer with what is to be said beside it; `code` is what a command line would leave with."""
    import json

    more = json.dumps({"notes": notes, "code": code}, ensure_ascii=False)
    return b'{"answer": ' + body.strip() + b", " + more[1:].encode("utf-8") + b"\n"


def _problem(error: Refused | Busy | KgError) -> Reply:
    told, status, headers = replies.said(error)
    return replies.json({"error": told, "near": []}, status, headers)


class About:
    """Answers ``/api/workbench``: what the workbench shows before anything is asked."""

    def __init__(self, engines: Engines, root: str) -> None:
        self._engines, self._root = engines, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            engine = self._engines.now()
            old = verbs.old(engine.graph, self._root)
        except KgError as error:
            await _problem(error)(scope, receive, send)
            return
        told = {
            "title": engine.graph.manifest["case"]["title"],
            "language": engine.graph.manifest["case"]["language"],
            "base": engine.graph.base,
            "prefixes": engine.prefixes,
            "questions": _BEGINNINGS,
            "note": old,
        }
        await replies.json(told)(scope, receive, send)


# Questions that any graph can be asked, to begin with.
_BEGINNINGS = {
    "Claims by how they stand": (
        "SELECT ?status ?basis (COUNT(?claim) AS ?claims) {\n"
        "  ?claim kg:status ?status ; kg:basis ?basis\n}\n"
        "GROUP BY ?status ?basis ORDER BY DESC(?claims)"
    ),
    "What is contested": (
        "SELECT ?claim ?subject ?relation ?object {\n"
        "  ?claim kg:status kg:Contested ; rdf:subject ?subject ;\n"
        "    rdf:predicate ?relation ; rdf:object ?object\n}\nLIMIT 100"
    ),
    "Who speaks most": (
        "SELECT ?voice (COUNT(DISTINCT ?claim) AS ?claims) {\n"
        "  ?row kg:about ?claim ; kg:voice ?voice\n}\nGROUP BY ?voice ORDER BY DESC(?claims) LIMIT 30"
    ),
    "Relations by how often they are claimed": (
        "SELECT ?relation (COUNT(?claim) AS ?claims) {\n"
        "  ?claim rdf:predicate ?relation\n}\nGROUP BY ?relation ORDER BY DESC(?claims)"
    ),
    "The rows behind claims": (
        "SELECT ?claim ?stance ?voice ?document ?locator {\n"
        "  ?row kg:about ?claim ; kg:stance ?stance ; kg:voice ?voice ; kg:document ?document .\n"
        "  OPTIONAL { ?row kg:locator ?locator }\n}\nLIMIT 100"
    ),
}


async def described(_: HttpRequest) -> Reply:
    """Answer ``/api/openapi.json``."""
    return replies.json(openapi.document())
