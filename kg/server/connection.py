"""HTTP as uvicorn speaks it, with clocks for slow clients, and a short way for queries by GET.

A look-up costs the engine less than a request costs the ways of ASGI: a task, an application in an
application, an answer in parts. A query by GET, which has no body to wait for, goes by none of them.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.server import replies
from kg.server.endpoint import PATHS

if TYPE_CHECKING:
    from typing import Any

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

    from kg.server.endpoint import Asking, Endpoint
    from kg.server.guards import Rules
    from kg.server.replies import Reply

# Seconds in which the head of a request must have come, and in which a client must read on.
HEAD_SECONDS, READ_SECONDS = 10.0, 30.0
# Bytes of an address and of a head.
_MOST_URL, _MOST_HEAD = 0xFFFF, 1 << 18
# Java's client offers HTTP/2 with each first request; nothing is ever said in it here.
_OFFERED = (b"upgrade", b"http2-settings")


def _no_request(data: bytes) -> str:
    """What to say of bytes that are no request."""
    if not data.partition(b"\r\n")[0].isascii() and data[:1].isalpha():
        return "an address is in ASCII: escape each other byte in it (海 is %E6%B5%B7)"
    return "this is no request of HTTP"


class Connection(HttpToolsProtocol):
    """One connection of a client."""

    _asking: Asking | None = None
    _coming = True
    url = b""
    # Bytes of the head that is coming.
    _size = 0
    # Whether the client offers to go on in another protocol.
    _offered = False
    _clock: asyncio.TimerHandle | None = None
    _patience: asyncio.TimerHandle | None = None

    def __init__(self, endpoint: Endpoint, rules: Rules, **how: Any) -> None:
        super().__init__(**how)
        self._endpoint, self._rules = endpoint, rules

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; the head of its request is to come."""
        super().connection_made(transport)
        self._wind()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone: nobody waits for an answer."""
        self._stop()
        self.resume_writing()
        super().connection_lost(exc)
        if self._asking:
            self._asking.leave()

    def data_received(self, data: bytes) -> None:
        """A part of what the client says; a head that is not there whole has a clock."""
        self._unset_keepalive_if_required()
        size = len(data)
        while data:
            try:
                self.parser.feed_data(data)
                data = b""
            except httptools.HttpParserUpgrade as offer:
                # The parser leaves out what follows. It is not taken (RFC 9110, 7.8): the same again without it.
                data = self._head() + data[offer.args[0] :]
            except httptools.HttpParserError:
                if len(self.url) > _MOST_URL:
                    self._refuse(414, "the address is longer than 64 KiB: ask by POST")
                else:
                    self._refuse(400, _no_request(data))
                return
        if self._coming and not self.transport.is_closing():
            self._size += size
            if self._size > _MOST_HEAD:
                self._refuse(431, "the head of the request is larger than 256 KiB")
            elif self._clock is None:
                self._wind()

    def on_message_begin(self) -> None:
        """The head of a request begins."""
        super().on_message_begin()
        self._coming, self._size = True, 0

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        self._coming = False
        self._stop()
        self._offered = self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"
        if not self._offered:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is there whole, if the parser has not left its body out."""
        if not self._offered:
            super().on_message_complete()

    def _head(self) -> bytes:
        """The head that was read, without the offer of another protocol."""
        version = self.parser.get_http_version().encode("ascii")
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, version)]
        for name, value in self.headers:
            if name == b"connection":
                kept = (t.strip() for t in value.split(b",") if t.strip().lower() not in _OFFERED)
                value = b", ".join(kept)
            if value and name not in _OFFERED:
                lines.append(name + b": " + value)
        return b"\r\n".join((*lines, b"", b""))

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        scope: Any = cycle.scope
        short = scope["method"] == "GET" and scope["path"] in PATHS and app is self.app
        if not short or self.flow.write_paused:
            super()._start_asgi_task(cycle, app)
            return
        began, at_once = monotonic(), True

        def answer(reply: Reply) -> None:
            self._asking = None
            if not cycle.disconnected:
                self._rules.tell(scope, reply.status, began)
                self._answer(cycle, reply)

        def heard(reply: Reply) -> None:
            if at_once:
                # Requests that come one behind the other are answered one after the other.
                self.loop.call_soon(answer, reply)
            else:
                answer(reply)

        if told := self._rules.refusal(scope):
            heard(replies.text(told, 403, {"connection": "close"}))
        else:
            self._asking = self._endpoint.ask(scope, heard)
        at_once = False

    def _answer(self, cycle: RequestResponseCycle, reply: Reply) -> None:
        """Send an answer, and be ready for the next request."""
        scope: Any = cycle.scope
        pairs = self._rules.marked(scope, reply.pairs)
        if (b"connection", b"close") in pairs:
            cycle.keep_alive = False
        elif not cycle.keep_alive:
            pairs.append((b"connection", b"close"))
        head = [STATUS_LINE[reply.status]]
        for name, value in (*cycle.default_headers, *pairs):
            head += (name, b": ", value, b"\r\n")
        head.append(b"\r\n")
        self.transport.writelines((b"".join(head), reply.body))
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def pause_writing(self) -> None:
        """The client does not read as fast as it is answered."""
        super().pause_writing()
        self._patience = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads on."""
        if self._patience:
            self._patience.cancel()
            self._patience = None
        super().resume_writing()

    def _wind(self) -> None:
        self._clock = self.loop.call_later(HEAD_SECONDS, self._late)

    def _stop(self) -> None:
        if self._clock:
            self._clock.cancel()
            self._clock = None

    def _late(self) -> None:
        self._clock = None
        if not self.transport.is_closing():
            self._refuse(408, f"the head of the request did not come within {HEAD_SECONDS:g} s")

    def _refuse(self, status: int, told: str) -> None:
        """Say what is wrong with what is no request, and end the connection."""
        body = f"{told}\n".encode()
        head = b"connection: close\r\ncontent-type: %b\r\ncontent-length: %d\r\n\r\n"
        self.transport.write(
            STATUS_LINE[status] + head % (replies.PLAIN.encode(), len(body)) + body
        )
        self.transport.close()
