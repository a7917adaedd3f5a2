"""What is answered at which address."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from kg.server.api import Api, described
from kg.server.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kg.server.engines import Engines


def application(engines: Engines) -> Starlette:
    """The application, without the guards that stand before it."""

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        # Forked ahead, so that the first question waits for nothing.
        engines.now()
        yield
        await engines.close()

    endpoint = Endpoint(engines)
    routes = [
        Route("/sparql", endpoint),
        Route("/sparql/", endpoint),
        Route("/api/openapi.json", described),
        Route("/api/{name}", Api(engines)),
    ]
    return Starlette(routes=routes, lifespan=alive)
