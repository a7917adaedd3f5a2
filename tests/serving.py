"""The server without a socket: its application, asked by messages as a server of ASGI asks it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from uvicorn.server import ServerState

from kg.model.record import Record
from kg.server import guards
from kg.server.app import application
from kg.server.connection import Connection
from kg.server.endpoint import Endpoint
from kg.server.engines import Engines
from kg.server.heads import Heads
from kg.server.verbs import Verbs
from kg.sparql.child import Limits

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


class Reply(Record):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        """The media type."""
        return self.headers.get("content-type", "").partition(";")[0]


class Loop:
    """An event loop that runs whenever it is asked to, though a browser's loop waits in this thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def run_until_complete(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """What it comes to."""
        waiting = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return self._loop.run_until_complete(doing)
        finally:
            asyncio._set_running_loop(waiting)

    def close(self) -> None:
        """It is not asked again."""
        self._loop.close()


class Served:
    """An application, and the loop that it runs in."""

    def __init__(self, app: Any, loop: Loop, engines: Any = None) -> None:
        self.app, self.loop, self.engines = app, loop, engines

    def ask(
        self,
        path: str = "/sparql",
        method: str = "GET",
        body: bytes | Sequence[bytes] = b"",
        headers: dict[str, str] | None = None,
        **fields: str | Sequence[str],
    ) -> Reply:
        """Ask by a method; `fields` are those of the query string."""
        return self.loop.run_until_complete(self.asked(path, method, body, headers, **fields))

    async def asked(
        self,
        path: str = "/sparql",
        method: str = "GET",
        body: bytes | Sequence[bytes] = b"",
        headers: dict[str, str] | None = None,
        **fields: str | Sequence[str],
    ) -> Reply:
        """As `ask`, within the loop. A body of several parts stops coming after the last."""
        given = {"host": "localhost"} | (headers or {})
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": urlencode(fields, doseq=True).encode(),
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in given.items()],
        }
        whole = isinstance(body, bytes)
        coming = [
            {"type": "http.request", "body": part, "more_body": not whole}
            for part in ([body] if whole else body)
        ]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if coming:
                return coming.pop(0)
            return await asyncio.Future()

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        named = {k.decode(): v.decode("latin-1") for k, v in sent[0]["headers"]}
        return Reply(sent[0]["status"], named, b"".join(m.get("body", b"") for m in sent[1:]))

    def sparql(self, query: str, accept: str = "", **headers: str) -> Reply:
        """Ask a query by GET."""
        more = {"accept": accept} if accept else {}
        return self.ask(headers=more | headers, query=query)


async def until(there: Callable[[], Any]) -> None:
    """Let the loop turn until something is so."""
    loop = asyncio.get_running_loop()
    while not there():
        turned: asyncio.Future[None] = loop.create_future()
        loop.call_soon(turned.set_result, None)
        await turned


@contextmanager
def serving(folder: Path, limits: Limits | None = None, **guard: Any) -> Iterator[Served]:
    """The graph of a case, served by one process for queries and one for verbs."""
    loop = Loop()
    # As long as it takes: nothing that is asked here is late.
    limits = limits or Limits(1000)
    verbs = Verbs(str(folder), limits)
    engines = Engines(str(folder / "out"), limits, 1, verbs)
    try:
        app = guards.Guards(application(engines, verbs.root), guards.Rules(**guard))
        yield Served(app, loop, engines)
    finally:
        loop.run_until_complete(engines.close())
        loop.close()


class Wire:
    """A server that listens, in the loop of whoever asks it."""

    def __init__(self, server: Served, rules: guards.Rules) -> None:
        self._loop = server.loop
        config = uvicorn.Config(server.app, http="httptools", log_config=None, lifespan="off")
        config.load()
        self.state = ServerState()
        endpoint, known = Endpoint(server.engines), Heads()

        def connection() -> Connection:
            how = {"config": config, "server_state": self.state, "app_state": {}}
            return Connection(endpoint, rules, known, **how)

        async def listen() -> asyncio.Server:
            loop = asyncio.get_running_loop()
            return await loop.create_server(connection, "127.0.0.1", 0)

        self._server: asyncio.Server = self._loop.run_until_complete(listen())
        self.port: int = self._server.sockets[0].getsockname()[1]

    def send(self, *texts: bytes, last: bool = True) -> bytes:
        """What comes back for some bytes, sent one after the other, until the server ends it."""
        return self._loop.run_until_complete(self.sent(*texts, last=last))

    async def sent(self, *texts: bytes, last: bool = True) -> bytes:
        """As `send`, within the loop; unless they are the last, nothing that comes back is waited for."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for text in texts:
            writer.write(text)
            await writer.drain()
        found = await reader.read() if last else b""
        writer.close()
        await writer.wait_closed()
        return found

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do some work within the loop."""
        return self._loop.run_until_complete(work)

    async def spoken(self, *texts: bytes) -> list[bytes]:
        """What comes back for each of several requests on one connection, each sent when the last is answered."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        found = []
        for text in texts:
            writer.write(text)
            head = await reader.readuntil(b"\r\n\r\n")
            size = re.search(rb"content-length: (\d+)", head)
            found.append(head + (await reader.readexactly(int(size[1])) if size else b""))
        writer.close()
        await writer.wait_closed()
        return found

    def close(self) -> None:
        """Listen no more."""
        self._server.close()
