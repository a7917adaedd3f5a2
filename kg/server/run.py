"""The server's beginning and end: its socket, its clocks for slow clients, its signals."""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.model.errors import OutOfBounds, UsageError, parameter
from kg.server import guards
from kg.server.app import application
from kg.server.engines import Engines
from kg.sparql.child import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kg.verbs.answer import Service

# Seconds in which the head of a request must have come, in which a client must read on, and in
# which a connection may be idle.
HEAD_SECONDS, READ_SECONDS, _IDLE = 10.0, 30.0, 30
# Connections at once; seconds in which what is under way may end when the server does.
_CONNECTIONS, _LAST = 512, 5
_LATE = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class _Corked:
    """A transport that writes the head of an answer together with its body: one packet, one call."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held:
            self._transport.write(b"".join(held))


class _Clocked(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with a clock for the head of each request, and for who does not read."""

    _clock: asyncio.TimerHandle | None = None
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(_Corked(transport, self.loop))  # type: ignore[arg-type]
        self._wind()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self.resume_writing()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._clock is None:
            self._wind()

    def on_headers_complete(self) -> None:
        self._stop()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._patience = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
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
            self.transport.write(_LATE)
            self.transport.close()


def run(service: Service, told: Callable[[str], None], say: Callable[[str], None]) -> None:
    """Serve until a signal ends it; `told` hears the address, `say` each request if that is wanted.

    Raises OutOfBounds if the port is taken, UsageError for an address that is not this machine's.
    """
    from kg.server.verbs import Verbs

    with bound(service.host, service.port) as listener:
        port = listener.getsockname()[1]
        limits = Limits(service.timeout, service.memory * (1 << 30), service.limit)
        verbs = Verbs(service.where, limits)
        engines = Engines(service.out, limits, service.processes, verbs)
        hosts = {*guards.LOOPBACK, _written(service.host)}
        app = guards.Guards(
            application(engines, verbs.root),
            hosts,
            port,
            service.origins,
            wide=service.host in ("0.0.0.0", "::"),
            log=say if service.log else None,
        )
        config = uvicorn.Config(
            app,
            http=_Clocked,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=_IDLE,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LAST,
        )
        told(f"http://{_written(service.host)}:{port}/ answers until Ctrl-C; SPARQL at /sparql")
        # What is loaded stays: nobody looks at it again, and processes share it.
        gc.collect()
        gc.freeze()
        uvicorn.Server(config).run(sockets=[listener])


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OutOfBounds for a port that is taken, UsageError for a wrong host."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{parameter('host')} {host}: no such address ({error})") from None
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise OutOfBounds(
                f"port {port} of {host} is taken by another program; name another with "
                f"{parameter('port')}, or 0 for any that is free"
            ) from None
        raise UsageError(
            f"{parameter('host')} {host}, {parameter('port')} {port}: {error.strerror}"
        ) from None
    return listener


def _written(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host
