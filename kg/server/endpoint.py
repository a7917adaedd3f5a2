"""The SPARQL endpoint: a request of the protocol to a prepared engine, its answer to the client."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from kg.model.errors import KgError, OutOfBounds
from kg.server import description, heads, negotiation, replies, requests
from kg.server.pool import Busy, hear
from kg.server.process import Job
from kg.server.replies import Reply
from kg.server.requests import Refused, Request
from kg.sparql.child import ABORT, killer
from kg.verbs.description import flag

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from starlette.types import Receive, Scope, Send

    from kg.server.engines import Engine, Engines
    from kg.server.heads import Head
    from kg.server.pool import Found, Pool
    from kg.server.process import Messages
    from kg.sparql.query import Question

# Bytes of a body, and seconds in which it must have come; a query is 256 KiB at most.
MOST, BODY_SECONDS = 1 << 20, 10.0
# Seconds after which it is looked whether the client is still there.
_PATIENCE = 0.05
_TOO_LARGE = 507
PATH = "/sparql"


class Endpoint:
    """Answers ``/sparql``."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with an error of HTTP where it has to be one."""
        kind, body = "", b""
        try:
            if scope["method"] == "POST":
                kind = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
                body = await whole(scope, receive)
            heard: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
            asking = self.asking(heads.read(scope), partial(hear, heard))
            asking.begin(scope["query_string"], kind, body)
            try:
                reply = await while_there(heard, receive)
            finally:
                asking.leave()
        except Refused as error:
            reply = _wrong(error)
        await reply(scope, receive, send)

    def asking(self, head: Head, then: Callable[[Reply], None]) -> Asking:
        """What answers a request with a head; once begun, `then` hears the reply, perhaps at once."""
        return Asking(self._engines, head, then)


class Asking:
    """A request on its way to the engine and back."""

    __slots__ = (
        "_asked",
        "_engine",
        "_engines",
        "_head",
        "_headers",
        "_job",
        "_question",
        "_then",
    )

    def __init__(self, engines: Engines, head: Head, then: Callable[[Reply], None]) -> None:
        self._engines, self._head, self._then = engines, head, then
        self._job: tuple[Pool, Job] | None = None

    def leave(self) -> None:
        """Nobody waits for the reply any more."""
        if self._job:
            pool, job = self._job
            pool.drop(job)

    def begin(self, url: bytes, kind: str = "", body: bytes = b"") -> None:
        """Read the request, of which `url` is the query string, and ask."""
        self._reply(lambda: self._ask(self._request(url, kind, body)))

    def _reply(self, work: Callable[[], Reply | None]) -> None:
        """Have the reply heard that some work comes to, if it comes to one."""
        try:
            reply = work()
        except replies.WRONG as error:
            reply = _wrong(error)
        except Exception as error:
            logging.getLogger("uvicorn.error").exception("a fault of our own")
            reply = replies.text(f"a fault of our own: {error}", 500)
        if reply:
            self._then(reply)

    def _request(self, url: bytes, kind: str, body: bytes) -> Request | None:
        method = self._head.method
        if method not in ("GET", "HEAD", "POST"):
            allow = {"allow": "GET, HEAD, POST, OPTIONS"}
            raise Refused(405, f"{method} is not answered here; ask by GET or POST", allow)
        return requests.parsed(method, url, kind, body)

    def _ask(self, asked: Request | None) -> Reply | None:
        """A reply, if there is one without the engine."""
        head, engine = self._head, self._engines.now()
        if asked is None:
            return description.answer(engine, head, self._engines.limits)
        rows, graphs, packed = head.rows, head.graphs, head.packed
        steady = head.method != "POST" and not asked.fickle
        headers = {
            "vary": "Accept, Accept-Encoding",
            "kg-generation": engine.generation,
            "cache-control": "no-cache" if steady else "no-store",
        }
        if steady:
            tag = f'"{engine.generation}.{"+".join((*rows[:1], *graphs[:1]))}.{packed:d}"'
            headers["etag"] = tag
            if tag in head.tag:
                return Reply(status=304, headers=headers)
        self._question, self._engine, self._asked = engine.question(asked.query), engine, asked
        self._headers = headers
        request = (asked.query, rows, graphs, packed, asked.default, asked.named, head.address)
        job = Job(request, self._heard)
        self._job = engine.queries, job
        engine.queries.put(job)
        return None

    def _heard(self, found: Found) -> None:
        """The engine has answered, or nobody has time."""
        self._reply(lambda: self._found(found))

    def _found(self, found: Found) -> Reply | None:
        if isinstance(found, Busy):
            raise found
        messages, in_time = found
        if overtaken(messages, self._engine, self._engines):
            return self._ask(self._asked)
        return self._told(dict(messages), in_time)

    def _told(self, said: dict[str, Any], in_time: bool) -> Reply:
        headers, accept = self._headers, self._head.accept
        if "body" in said:
            form, packed = said["form"]
            headers["content-type"] = negotiation.content_type(form)
            if packed:
                headers["content-encoding"] = "gzip"
            return Reply(said["body"], headers=headers)
        if not in_time:
            self._question.found([], in_time=False)
        refuse(self._question, said)
        if "unacceptable" in said:
            known = negotiation.GRAPHS if said["unacceptable"] == "graph" else negotiation.ROWS
            kinds = ", ".join(kinds[0] for kinds in known.values())
            raise Refused(406, f"the answer can be {kinds}; the client takes only {accept}")
        if "over" in said:
            raise Refused(
                _TOO_LARGE,
                f"the answer has more than {said['over']:,} rows; give the query a LIMIT, or kg serve a "
                f"higher {flag('limit')}",
            )
        raise Refused(406, f"XML cannot hold {said['unwritable']} of the answer; ask for JSON")


def _wrong(error: Refused | Busy | KgError) -> Reply:
    return replies.text(*replies.said(error, flag))


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
        raise Refused(_TOO_LARGE if memory else 500, told) from None
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


async def while_there(heard: asyncio.Future[Any], receive: Receive) -> Any:
    """What is heard at last. Raises Refused as soon as the client has gone; nobody waits for it then."""
    loop = asyncio.get_running_loop()
    watching: list[asyncio.Task[None]] = []
    gone: list[bool] = []

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.append(True)
        heard.cancel()

    clock = loop.call_later(_PATIENCE, lambda: watching.append(loop.create_task(watch())))
    try:
        return await heard
    except asyncio.CancelledError:
        if gone:
            raise Refused(499, "the client has gone") from None
        raise
    finally:
        clock.cancel()
        for one in watching:
            one.cancel()


async def asked(pool: Pool, request: Any, receive: Receive) -> tuple[Messages, bool]:
    """The messages of a pool that answer a request, and whether they came in time. Raises Refused, Busy."""
    found: tuple[Messages, bool] = await while_there(
        asyncio.ensure_future(pool.ask(request)), receive
    )
    return found
