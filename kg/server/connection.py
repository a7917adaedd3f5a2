"""HTTP as uvicorn speaks it, with clocks for slow clients, and a short way for queries by GET.

A look-up costs the engine less than a request costs the ways of ASGI: a parser, a task, an application in an
application, an answer in parts. A query by GET that comes alone and whole goes by none of them: if
its head is that of one before, nothing is read of it but what it asks.
"""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.server import heads, replies
from kg.server.endpoint import PATH

if TYPE_CHECKING:
    import asyncio
    from typing import Any

    from kg.server.endpoint import Asking, Endpoint
    from kg.server.guards import Rules
    from kg.server.heads import Heads, Known
    from kg.server.replies import Reply

# Seconds in which the head of a request must have come, and in which a client must read on.
HEAD_SECONDS, READ_SECONDS = 10.0, 30.0
# Bytes of an address and of a head.
_MOST_URL, _MOST_HEAD = 0xFFFF, 1 << 18
# Java's client offers HTTP/2 with each first request; nothing is ever said in it here.
_OFFERED = (b"upgrade", b"http2-settings")
# What begins a query by GET; its headers follow.
_QUERY = re.compile(
    rb"GET %b\?([!\"$-~]{1,%d}) HTTP/1\.1\r\n" % (PATH.encode(), _MOST_URL - len(PATH) - 1)
)
_END = b"\r\n\r\n"


def _no_request(data: bytes) -> str:
    """What to say of bytes that are no request."""
    if not data.partition(b"\r\n")[0].isascii() and data[:1].isalpha():
        return "an address is in ASCII: escape each other byte in it (海 is %E6%B5%B7)"
    return "this is no request of HTTP"


class Connection(HttpToolsProtocol):
    """One connection of a client."""

    url = b""
    # Whether a head is to come; bytes of it.
    _coming, _size = True, 0
    # Whether the parser is within a request; whether its client offers to go on in another protocol.
    _within = _offered = False
    _clock: asyncio.TimerHandle | None = None
    _patience: asyncio.TimerHandle | None = None
    # By the short way: what is asked, since when, the head of the request, what came behind it, whether it is the
    # last; when the last answer was sent.
    _asking: Asking | None = None
    _began = _since = 0.0
    _known: Known
    _behind = b""
    _last = False
    # Of a query alone that is new: what stands behind its address; its head once that is read.
    _raw = b""
    _read: Known | None = None

    def __init__(self, endpoint: Endpoint, rules: Rules, heads: Heads, **how: Any) -> None:
        super().__init__(**how)
        self._endpoint, self._rules, self._heads = endpoint, rules, heads

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
        """A part of what the client says."""
        if self._asking:
            # Requests that come one behind the other are answered one after the other.
            self._behind += data
            self.flow.pause_reading()
            return
        if self._free() and (asked := _QUERY.match(data)):
            raw = data[asked.end() :]
            if known := self._heads.get(raw):
                self._coming = False
                self._stop()
                self._ask(known, asked[1])
                return
            self._raw = raw if data.find(_END) == len(data) - len(_END) else b""
        self._parse(data)
        if self._read:
            assert asked
            known, self._read = self._read, None
            self._heads.put(raw, known)
            self._ask(known, asked[1])
        self._raw = b""

    def _free(self) -> bool:
        """Whether a request can be answered the short way: none is under way, and there are not too many clients."""
        most = self.limit_concurrency
        full = most is not None and len(self.connections) >= most
        return not (self._under_way() or self.flow.write_paused or full)

    def _under_way(self) -> bool:
        """Whether the parser is within a request, or one is answered the long way."""
        return self._within or bool(self.cycle and not self.cycle.response_complete)

    def _parse(self, data: bytes) -> None:
        """Have the parser read on; a head that is not there whole has a clock."""
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
        if self._under_way():
            self._unset_keepalive_if_required()
        if self._coming and not self.transport.is_closing():
            self._size += size
            if self._size > _MOST_HEAD:
                self._refuse(431, "the head of the request is larger than 256 KiB")
            elif self._clock is None:
                self._wind()

    def on_message_begin(self) -> None:
        """The head of a request begins."""
        super().on_message_begin()
        self._within = self._coming = True
        self._size = 0

    def on_headers_complete(self) -> None:
        """The head of a request is there."""
        self._coming = False
        self._stop()
        self._offered = self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"
        if self._raw and not self._offered and heads.alone(self.headers):
            scope: Any = self.scope
            scope.update(method="GET", path=PATH)
            if not self._rules.refusal(scope):
                origin = self._rules.named(dict(self.headers))
                lasts = self.parser.should_keep_alive()
                self._read = heads.Known(heads.read(scope), origin, lasts)
                return
        if not self._offered:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is there whole, if the parser has not left its body out."""
        self._within = False
        if not (self._offered or self._read):
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

    def _ask(self, known: Known, url: bytes) -> None:
        self._known, self._began = known, monotonic()
        self._asking = self._endpoint.asking(known.head, self._heard)
        self._asking.begin(url)

    def _heard(self, reply: Reply) -> None:
        """Send an answer, and be ready for the next request."""
        self._asking = None
        if self.transport.is_closing():
            return
        rules, known = self._rules, self._known
        rules.tell("GET", PATH, reply.status, self._began)
        head = [STATUS_LINE[reply.status]]
        head += [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        head.append(rules.lines(reply.pairs, known.origin))
        if length := reply.length:
            head.append(b"content-length: %b\r\n" % length)
        if stays := known.lasts and not self._last:
            head.append(b"\r\n")
        else:
            head.append(b"connection: close\r\n\r\n")
        self.transport.writelines((b"".join(head), reply.body))
        if not stays:
            self.transport.close()
            return
        self._since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._rest(self.timeout_keep_alive)
        if self._behind:
            data, self._behind = self._behind, b""
            self.flow.resume_reading()
            self.data_received(data)

    def _rest(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        """The client has asked nothing for long, unless it asked the short way, which winds no clock anew."""
        self.timeout_keep_alive_task = None
        left = self._since + self.timeout_keep_alive - self.loop.time()
        if left > 0 and not self._asking:
            self._rest(left)
        elif not self._asking:
            super().timeout_keep_alive_handler()

    def shutdown(self) -> None:
        """The server ends: what is asked is answered still."""
        if self._asking:
            self._last = True
        else:
            super().shutdown()

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
