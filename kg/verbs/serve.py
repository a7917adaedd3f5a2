"""kg serve: the graph over HTTP."""

from __future__ import annotations

import os

from kg.model.errors import UsageError, parameter
from kg.verbs.answer import Answer, Service
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import MEMORY, TIMEOUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.verbs.place import Place

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ORIGIN = r"https?://[a-z0-9.\[\]:-]+|null"
VERB = Verb(
    "serve",
    "pages",
    "Answer SPARQL and the API to programs, with a workbench.",
    more="""\
At / is a workbench for a browser, at /sparql an endpoint of the SPARQL 1.1 Protocol, at /api/NAME
each verb that reads, described at /api/openapi.json. All of it is read-only, and a new build is
answered from as soon as it is in place. Only this machine can ask, and no web page but the
workbench. --host with another address of this machine lets everybody ask who can reach it: there
is no password, and nothing is encrypted. Needs pip install 'actors-kg[serve]'.""",
    params=(
        Param(
            "port",
            "Where to listen; 0 for any that is free.",
            kind=int,
            default=8000,
            low=0,
            high=65535,
            metavar="N",
        ),
        Param("host", "The address to listen at.", default="127.0.0.1", metavar="ADDRESS"),
        Param(
            "allow_origin",
            "A web page that may ask: https://example.org.",
            many=True,
            metavar="ORIGIN",
        ),
        TIMEOUT.but(help="Seconds that a question may take, and may wait for its turn before."),
        MEMORY.but(help="GiB that each question may use."),
        Param(
            "limit", "Rows that an answer may have.", kind=int, default=100_000, low=1, metavar="N"
        ),
        Param(
            "processes",
            "Questions at once; 0 for one a processor.",
            kind=int,
            low=0,
            high=256,
            metavar="N",
        ),
        Param("log", "Tell of each request, without what it asks.", kind=bool),
    ),
    examples=("serve", "serve --port 0 --log", "serve --allow-origin https://yasgui.triply.cc"),
    formats=(),
    default="",
    method="",
    after="report",
)


def answer(
    place: Place,
    *,
    port: int,
    host: str,
    allow_origin: Sequence[str],
    timeout: float,
    memory: float,
    limit: int,
    processes: int,
    log: bool,
) -> Answer:
    """What is to be served. Raises UsageError where that cannot be, and as `Place.graph` does."""
    import re

    for origin in allow_origin:
        if not re.fullmatch(_ORIGIN, origin):
            raise UsageError(
                f"{parameter('allow_origin')} {origin}: expected http or https, a host and its port, "
                "and nothing after them: https://example.org"
            )
    try:
        __import__("starlette"), __import__("uvicorn"), __import__("httptools")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"serve needs {error.name}, which is not installed; pip install 'actors-kg[serve]'"
        ) from None
    if place.address is not None:
        raise UsageError(
            f"{parameter('store')} names a store that answers SPARQL by itself; kg serve is for a "
            "graph of this machine"
        )
    graph = place.graph
    if host not in _LOOPBACK:
        from kg.store.graph import WITHHELD

        if graph.holds(WITHHELD):
            raise UsageError(
                f"{parameter('host')} {host}: the case withholds some of its graph, and others could "
                "ask for it; serve it to this machine alone"
            )
        place.say(f"everybody who can reach {host} can ask: no password, nothing encrypted")
    return Answer(
        Service(
            place.where,
            graph.out,
            host=host,
            port=port,
            origins=allow_origin,
            timeout=timeout,
            memory=memory,
            limit=limit,
            processes=processes or max(2, os.cpu_count() or 1),
            log=log,
        )
    )
