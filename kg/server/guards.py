"""Who may ask: the machine's own programs and pages, and those that were named.

A web page elsewhere can have a browser send requests to this machine. It cannot choose their Host,
Origin and Sec-Fetch-Site, so these are looked at before anything else.
"""

from __future__ import annotations

import ipaddress
import socket
from time import monotonic
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from kg.verbs.description import flag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_METHODS = "GET, HEAD, POST, OPTIONS"
_CLOSED = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_ALWAYS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))


class Guards:
    """Refuses foreign requests with 403, says on every answer what a browser may do with it.

    `hosts` are the names that this server goes by, `origins` the web pages elsewhere that may
    ask; `wide` says that it is bound to every address of the machine. `log` hears of each request.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str] = LOOPBACK,
        port: int = 80,
        origins: Collection[str] = (),
        wide: bool = False,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self._app, self._origins, self._log = app, frozenset(origins), log
        names = {name.lower() for name in hosts}
        self._hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        self._wide, self._port = wide, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        found = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = found.get(b"host", "").lower(), found.get(b"origin", "")
        named = origin in self._origins
        began = monotonic()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._marked(message["headers"], origin if named else "")
                if self._log:
                    took = (monotonic() - began) * 1000
                    status = message["status"]
                    self._log(f"{scope['method']} {scope['path']} {status} {took:,.0f} ms")
            await send(message)

        if told := self._refused(scope, found, host, origin, named):
            answer: ASGIApp = PlainTextResponse(f"{told}\n", 403, {"connection": "close"})
        elif scope["method"] == "OPTIONS":
            answer = _options(found, named)
        else:
            answer = self._app
        await answer(scope, receive, sent)

    def _refused(
        self, scope: Scope, found: dict[bytes, str], host: str, origin: str, named: bool
    ) -> str:
        """Why a request is refused; empty if it is not."""
        if sum(name == b"host" for name, _ in scope["headers"]) > 1:
            return "the request names several hosts"
        if host not in self._hosts and not (self._wide and self._own(host)):
            return f"this server does not go by the name {host or '(none)'}"
        if origin and not named and origin != f"http://{host}":
            return f"pages of {origin} may not ask; kg serve names those that may by {flag('allow_origin')}"
        site = found.get(b"sec-fetch-site", "none")
        if site not in ("none", "same-origin") and not named:
            walks = found.get(b"sec-fetch-mode") == "navigate"
            if not (walks and scope["path"] == "/" and scope["method"] == "GET"):
                return "a page of another site may not ask"
        return ""

    def _own(self, host: str) -> bool:
        """Whether a name is an address or this machine's own: no foreign name leads here then."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if port and port != str(self._port):
            return False
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return name == socket.gethostname().lower()
        return True

    def _marked(self, headers: list[tuple[bytes, bytes]], origin: str) -> list[tuple[bytes, bytes]]:
        there = {name for name, _ in headers}
        more = [
            *_ALWAYS,
            (b"cross-origin-resource-policy", b"cross-origin" if origin else b"same-origin"),
        ]
        if b"content-security-policy" not in there:
            more.append((b"content-security-policy", _CLOSED))
        if self._origins:
            headers = [h for h in headers if h[0] != b"vary"] + [
                (b"vary", b", ".join([*(v for n, v in headers if n == b"vary"), b"Origin"]))
            ]
        if origin:
            more += [
                (b"access-control-allow-origin", origin.encode("latin-1")),
                (b"access-control-expose-headers", b"ETag, Kg-Generation"),
            ]
        return [*headers, *more]


def _options(found: dict[bytes, str], named: bool) -> Response:
    """What may be asked; to a browser that asks before it asks, whether it may."""
    headers = {"allow": _METHODS, "accept-post": "application/sparql-query"}
    if named and b"access-control-request-method" in found:
        headers |= {
            "access-control-allow-methods": _METHODS,
            "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
            "access-control-max-age": "600",
        }
        if b"access-control-request-private-network" in found:
            headers["access-control-allow-private-network"] = "true"
    return Response(status_code=204, headers=headers)
