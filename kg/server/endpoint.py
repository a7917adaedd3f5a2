"""The SPARQL endpoint: a request of the protocol to a prepared engine, its answer to the client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from kg.model.errors import (
    Ambiguous,
    BadCase,
    BadData,
    BadGraph,
    KgError,
    NoGraph,
    NotFound,
    NothingThere,
    OutOfBounds,
    UsageError,
)
from kg.server import description, negotiation, requests
from kg.server.pool import Busy
from kg.server.requests import Refused, Request
from kg.sparql.child import ABORT, killer
from kg.verbs.description import flag

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from starlette.types import Receive, Scope, Send

    from kg.server.engines import Engine, Engines
    from kg.server.pool import Messages, Pool
    from kg.sparql.query import Question

# Bytes of a body, and seconds in which it must have come; a query is 256 KiB at most.
MOST, BODY_SECONDS = 1 << 20, 10.0
# Seconds after which it is looked whether the client is still there.
_PATIENCE = 0.05
STATUS = {
    UsageError: 400,
    NotFound: 404,
    NothingThere: 404,
    Ambiguous: 409,
    NoGraph: 503,
    BadGraph: 503,
    BadCase: 503,
    BadData: 503,
    OutOfBounds: 504,
}
TOO_LARGE = 507


class Endpoint:
    """Answers ``/sparql``."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with an error of HTTP where it has to be one."""
        try:
            answer = await self._answer(scope, receive)
        except Refused as error:
            answer = PlainTextResponse(f"{error.reason}\n", error.status, error.headers)
        except KgError as error:
            answer = PlainTextResponse(f"{error.said(flag)}\n", STATUS.get(type(error), 500))
        await answer(scope, receive, send)

    async def _answer(
        self, scope: Scope, receive: Receive, asked: Request | None = None
    ) -> Response:
        """The answer; `asked` is what was read of the request already."""
        method = scope["method"]
        if method not in ("GET", "HEAD", "POST"):
            allow = {"allow": "GET, HEAD, POST, OPTIONS"}
            raise Refused(405, f"{method} is not answered here; ask by GET or POST", allow)
        said = dict(scope["headers"])
        if asked is None:
            kind, body = "", b""
            if method == "POST":
                kind = said.get(b"content-type", b"").decode("latin-1")
                body = await whole(scope, receive)
            asked = requests.parsed(method, scope["query_string"], kind, body)
        accept = said.get(b"accept", b"").decode("latin-1")
        if accept and sum(name == b"accept" for name, _ in scope["headers"]) > 1:
            accept = ", ".join(v.decode("latin-1") for n, v in scope["headers"] if n == b"accept")
        engine = self._engines.now()
        if asked is None:
            return description.answer(engine, scope, accept, self._engines.limits)
        rows, graphs = negotiation.forms(accept)
        packed = negotiation.packed(said.get(b"accept-encoding", b"").decode("latin-1"))
        steady = method != "POST" and not asked.fickle
        tag = f'"{engine.generation}.{"+".join((*rows[:1], *graphs[:1]))}.{packed:d}"'
        headers = {
            "vary": "Accept, Accept-Encoding",
            "kg-generation": engine.generation,
            "cache-control": "no-cache" if steady else "no-store",
        }
        if steady:
            headers["etag"] = tag
            if tag in said.get(b"if-none-match", b"").decode("latin-1"):
                return Response(status_code=304, headers=headers)
        question = engine.question(asked.query)
        base = description.address(scope, said)
        request = (asked.query, rows, graphs, packed, asked.default, asked.named, base)
        messages, in_time = await asked_of(engine.queries, request, receive)
        if overtaken(messages, engine, self._engines):
            return await self._answer(scope, receive, asked)
        return self._told(question, messages, in_time, accept, headers)

    def _told(
        self,
        question: Question,
        messages: Messages,
        in_time: bool,
        accept: str,
        headers: dict[str, str],
    ) -> Response:
        said = dict(messages)
        if "body" in said:
            form, packed = said["form"]
            headers["content-type"] = negotiation.content_type(form)
            if packed:
                headers["content-encoding"] = "gzip"
            return Response(said["body"], headers=headers)
        if not in_time:
            question.found([], in_time=False)
        refuse(question, said)
        if "unacceptable" in said:
            known = negotiation.GRAPHS if said["unacceptable"] == "graph" else negotiation.ROWS
            kinds = ", ".join(kinds[0] for kinds in known.values())
            raise Refused(406, f"the answer can be {kinds}; the client takes only {accept}")
        if "over" in said:
            raise Refused(
                TOO_LARGE,
                f"the answer has more than {said['over']:,} rows; give the query a LIMIT, or kg serve a "
                f"higher {flag('limit')}",
            )
        raise Refused(406, f"XML cannot hold {said['unwritable']} of the answer; ask for JSON")


def overtaken(messages: Messages, engine: Engine, engines: Engines) -> bool:
    """Whether a generation could not be asked any more because there is another: that one is asked."""
    said = dict(messages)
    lost = "body" not in said and ("refused" in said or "damaged" in said or "failed" in said)
    return lost and engines.now() is not engine


def refuse(question: Question, said: dict[str, Any], what: str = "the query") -> None:
    """Raise what went wrong, if the messages tell of anything. Refused says 507 for memory, 500 for a fault."""
    try:
        question.refuse(said)
    except OutOfBounds as error:
        told = error.said(flag).replace("the query", what)
        memory = "memory" in said or killer(said.get("status", 0)) == ABORT
        raise Refused(TOO_LARGE if memory else 500, told) from None
    except RuntimeError as error:
        raise Refused(500, f"a fault of our own: {error}") from None


async def whole(scope: Scope, receive: Receive) -> bytes:
    """The body of a request. Raises Refused: 413 for one too large, 408 for one that does not come."""
    close = {"connection": "close"}
    told = f"the body is larger than {MOST:,} bytes"
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if length.isdigit() and int(length) > MOST:
        raise Refused(413, told, close)
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refused(400, "the client has gone", close)
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > MOST:
                    raise Refused(413, told, close)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise Refused(408, f"the body did not come within {BODY_SECONDS:g} s", close) from None


async def asked_of(pool: Pool, request: Any, receive: Receive) -> tuple[Messages, bool]:
    """What a pool answers; whoever leaves before it is answered ends the work. Raises Refused."""
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task
    gone: list[bool] = []

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.append(True)
        task.cancel()

    watcher: list[asyncio.Task[None]] = []

    def look() -> None:
        begun: Coroutine[Any, Any, None] = watch()
        watcher.append(loop.create_task(begun))

    clock = loop.call_later(_PATIENCE, look)
    try:
        return await pool.ask(request)
    except Busy as busy:
        raise Refused(503, str(busy), {"retry-after": str(busy.seconds)}) from None
    except asyncio.CancelledError:
        if not gone:
            raise
        task.uncancel()
        raise Refused(499, "the client has gone") from None
    finally:
        clock.cancel()
        for one in watcher:
            one.cancel()
