"""The workbench: a page for a browser, held in memory, that asks this server and nobody else."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

VENDOR = "vendor/codemirror-5.65.21/"
SCRIPTS = ("ask.js", "editor.js", "results.js", "names.js", "main.js")
FILES = (
    "index.html",
    "workbench.css",
    *SCRIPTS,
    *(VENDOR + name for name in ("codemirror.js", "codemirror.css", "sparql.js")),
    *(VENDOR + name for name in ("show-hint.js", "show-hint.css", "matchbrackets.js", "LICENSE")),
)
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
# Its own scripts and styles, and pages of the graph in frames; it asks this server alone.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@cache
def _read(name: str) -> tuple[bytes, str]:
    data = resources.files(__package__).joinpath(name).read_bytes()
    return data, f'"{hashlib.sha256(data).hexdigest()[:16]}"'


async def page(_: Request) -> Response:
    """Answer ``/``."""
    return _answer("index.html", "")


async def file(request: Request) -> Response:
    """Answer ``/workbench/NAME``."""
    name = request.path_params["name"]
    if name not in FILES:
        return Response("there is no such file\n", 404, media_type="text/plain")
    return _answer(name, request.headers.get("if-none-match", ""))


def _answer(name: str, known: str) -> Response:
    data, tag = _read(name)
    headers = {"etag": tag, "cache-control": "no-cache", "content-security-policy": POLICY}
    if tag in known:
        return Response(status_code=304, headers=headers)
    kind = _TYPES.get(name.rpartition(".")[2], "text/plain")
    return Response(data, headers=headers, media_type=kind)
