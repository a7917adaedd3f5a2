"""What is answered at which address."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from kg.server import workbench
from kg.server.api import About, Api, described
from kg.server.endpoint import PATH, Endpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Receive, Scope, Send

    from kg.server.engines import Engines


def application(engines: Engines, root: str) -> ASGIApp:
    """The application, without the guards that stand before it; `root` is the folder of the case."""

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        # Forked ahead, so that the first question waits for nothing.
        engines.now()
        yield
        await engines.close()

    endpoint = Endpoint(engines)
    routes = [
        Route("/", workbench.page),
        Route("/workbench/{name:path}", workbench.file),
        Route("/api/workbench", About(engines, root)),
        Route("/api/openapi.json", described),
        Route("/api/{name}", Api(engines)),
    ]
    rest = Starlette(routes=routes, lifespan=alive)

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        # A look-up costs less than finding a route does.
        found = endpoint if scope.get("path") in (PATH, f"{PATH}/") else rest
        await found(scope, receive, send)

    return front
