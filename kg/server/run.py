"""The server's beginning and end: its socket and its signals."""

from __future__ import annotations

import errno
import gc
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn

from kg.model.errors import OutOfBounds, UsageError, parameter
from kg.server import guards, memory
from kg.server.app import application
from kg.server.connection import Connection
from kg.server.endpoint import Endpoint
from kg.server.engines import Engines
from kg.server.heads import Heads
from kg.sparql.child import Limits
from kg.store.remote.server import SERVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.verbs.answer import Service

# Seconds in which a connection may be idle; connections at once; seconds in which what is under way may
# end when the server does.
_IDLE, _CONNECTIONS, _LAST = 30, 512, 5


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
        rules = guards.Rules(
            hosts,
            port,
            service.origins,
            wide=service.host in ("0.0.0.0", "::"),
            log=say if service.log else None,
        )
        http: Any = partial(Connection, Endpoint(engines), rules, Heads())
        config = uvicorn.Config(
            guards.Guards(application(engines, verbs.root), rules),
            http=http,
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            headers=[("server", SERVE)],
            proxy_headers=False,
            timeout_keep_alive=_IDLE,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_LAST,
        )
        told(f"http://{_written(service.host)}:{port}/ answers until Ctrl-C; SPARQL at /sparql")
        memory.keep()
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
