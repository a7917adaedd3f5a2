"""The server without a socket: its application, asked by messages as a server of ASGI asks it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kg.model.record import Record
from kg.server import guards
from kg.server.app import application
from kg.server.engines import Engines
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

    def __init__(self, app: Any, loop: Loop) -> None:
        self.app, self.loop = app, loop

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


@contextmanager
def serving(folder: Path, limits: Limits | None = None, **guard: Any) -> Iterator[Served]:
    """The graph of a case, served by one process for queries and one for verbs."""
    loop = Loop()
    # As long as it takes: nothing that is asked here is late.
    limits = limits or Limits(1000)
    verbs = Verbs(str(folder), limits)
    engines = Engines(str(folder / "out"), limits, 1, verbs)
    try:
        yield Served(guards.Guards(application(engines, verbs.root), guards.Rules(**guard)), loop)
    finally:
        loop.run_until_complete(engines.close())
        loop.close()
