"""Who may ask: the machine's own programs and pages, and those that were named.

A web page elsewhere can have a browser send requests to this machine. It cannot choose their Host,
Origin and Sec-Fetch-Site, so these are looked at before anything else.
"""

from __future__ import annotations

import ipaddress
import socket
from time import monotonic
from typing import TYPE_CHECKING

from kg.server import replies
from kg.server.replies import Reply
from kg.verbs.description import flag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Pairs = list[tuple[bytes, bytes]]

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_METHODS = "GET, HEAD, POST, OPTIONS"
_CLOSED = (
    b"content-security-policy",
    b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
)
_ALWAYS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
_OWN = (b"cross-origin-resource-policy", b"same-origin")
# So many answers' headers are remembered.
_LINES = 512
_SHARED = (b"cross-origin-resource-policy", b"cross-origin")


class Rules:
    """Which requests are refused, and what is said on every answer of what a browser may do with it.

    `hosts` are the names that this server goes by, `origins` the web pages elsewhere that may
    ask; `wide` says that it is bound to every address of the machine. `log` hears of each request.
    """

    def __init__(
        self,
        hosts: Collection[str] = LOOPBACK,
        port: int = 80,
        origins: Collection[str] = (),
        wide: bool = False,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self._origins, self.log = frozenset(origins), log
        names = {name.lower() for name in hosts}
        self._hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        self._wide, self._port = wide, port
        self._lines: dict[tuple[tuple[tuple[bytes, bytes], ...], bytes], bytes] = {}

    def refusal(self, scope: Scope) -> str:
        """Why a request is refused; empty if it is not."""
        pairs = scope["headers"]
        found = dict(pairs)
        host = found.get(b"host", b"").decode("latin-1").lower()
        if len(found) < len(pairs) and sum(name == b"host" for name, _ in pairs) > 1:
            return "the request names several hosts"
        if host not in self._hosts and not (self._wide and self._own(host)):
            return f"this server does not go by the name {host or '(none)'}"
        origin, other = self.named(found), found.get(b"origin", b"").decode("latin-1")
        if other and not origin and other != f"http://{host}":
            return f"pages of {other} may not ask; kg serve names those that may by {flag('allow_origin')}"
        site = found.get(b"sec-fetch-site", b"none")
        if site not in (b"none", b"same-origin") and not origin:
            walks = found.get(b"sec-fetch-mode") == b"navigate"
            if not (walks and scope["path"] == "/" and scope["method"] == "GET"):
                return "a page of another site may not ask"
        return ""

    def named(self, found: dict[bytes, bytes]) -> bytes:
        """The page elsewhere that asks, if it is one that may."""
        origin = found.get(b"origin", b"")
        return origin if origin and origin.decode("latin-1") in self._origins else b""

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

    def marked(self, headers: Iterable[tuple[bytes, bytes]], origin: bytes) -> Pairs:
        """The headers of an answer with what a browser may do with it, if `origin` is the page that asks."""
        headers = list(headers)
        own = b"content-security-policy" in dict(headers)
        more = [*_ALWAYS, _SHARED if origin else _OWN, *(() if own else (_CLOSED,))]
        if self._origins:
            varies = [*(v for n, v in headers if n == b"vary"), b"Origin"]
            headers = [h for h in headers if h[0] != b"vary"] + [(b"vary", b", ".join(varies))]
        if origin:
            more += [
                (b"access-control-allow-origin", origin),
                (b"access-control-expose-headers", b"ETag, Kg-Generation"),
            ]
        return [*headers, *more]

    def lines(self, headers: tuple[tuple[bytes, bytes], ...], origin: bytes) -> bytes:
        """The same as they are sent; what was sent lately is not put together again."""
        found = self._lines.get((headers, origin))
        if found is None:
            if len(self._lines) >= _LINES:
                self._lines.clear()
            pairs = self.marked(headers, origin)
            found = b"".join(b"%b: %b\r\n" % pair for pair in pairs)
            self._lines[headers, origin] = found
        return found

    def tell(self, method: str, path: str, status: int, began: float) -> None:
        """Tell of a request that is answered, where that is wanted: without what it asks."""
        if self.log:
            took = (monotonic() - began) * 1000
            self.log(f"{method} {path} {status} {took:,.0f} ms")

    def options(self, scope: Scope) -> Reply:
        """What may be asked; to a browser that asks before it asks, whether it may."""
        found = dict(scope["headers"])
        headers = {
            "allow": _METHODS,
            "accept-post": "application/sparql-query, application/x-www-form-urlencoded",
        }
        if b"access-control-request-method" in found and self.named(found):
            headers |= {
                "access-control-allow-methods": _METHODS,
                "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
                "access-control-max-age": "600",
            }
            if b"access-control-request-private-network" in found:
                headers["access-control-allow-private-network"] = "true"
        return Reply(status=204, headers=headers)


class Guards:
    """Stands before an application of ASGI, and lets it answer what the rules allow."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        rules, began = self._rules, monotonic()
        origin = rules.named(dict(scope["headers"]))

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = rules.marked(message["headers"], origin)
                rules.tell(scope["method"], scope["path"], message["status"], began)
            await send(message)

        answer = self._app
        if told := rules.refusal(scope):
            answer = replies.text(told, 403, {"connection": "close"})
        elif scope["method"] == "OPTIONS":
            answer = rules.options(scope)
        await answer(scope, receive, sent)
