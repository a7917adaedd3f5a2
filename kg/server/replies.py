"""An answer of HTTP, and what each error is as one: for SPARQL, for the verbs, and for what stands before both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.errors import (
    Ambiguous,
    BadCase,
    BadData,
    BadGraph,
    KgError,
    NoGraph,
    NotFound,
    NothingThere,
    OutOfBounds,
    UsageError,
)
from kg.server.pool import Busy
from kg.server.requests import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import Receive, Scope, Send

_STATUS = {
    UsageError: 400,
    NotFound: 404,
    NothingThere: 404,
    Ambiguous: 409,
    NoGraph: 503,
    BadGraph: 503,
    BadCase: 503,
    BadData: 503,
    OutOfBounds: 504,
}
_BARE = (204, 304)
PLAIN = "text/plain; charset=utf-8"


class Reply:
    """A status, headers and a body, which ASGI can send; `pairs` are the headers as it has them."""

    __slots__ = ("body", "pairs", "status")

    def __init__(
        self, body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        self.body, self.status = body, status
        self.pairs = [
            (name.encode("latin-1"), value.encode("latin-1"))
            for name, value in (headers or {}).items()
        ]
        if status not in _BARE:
            self.pairs.append((b"content-length", b"%d" % len(body)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.pairs})
        await send({"type": "http.response.body", "body": self.body})


def text(told: str, status: int, headers: Mapping[str, str] | None = None) -> Reply:
    """A line of text."""
    return Reply(f"{told}\n".encode(), status, {"content-type": PLAIN, **(headers or {})})


def json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A value as JSON."""
    from json import dumps

    body = dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Reply(body, status, {"content-type": "application/json", **(headers or {})})


def status(kind: type) -> int:
    """The status for a kind of error; 500 for one that should not come up here."""
    return _STATUS.get(kind, 500)


# What goes wrong with a request: each is an answer.
WRONG = (Refused, Busy, KgError)


def said(
    error: Refused | Busy | KgError, form: Callable[[str], str] = str
) -> tuple[str, int, dict[str, str]]:
    """What an error is as an answer: words, status, headers. `form` is how a parameter is named."""
    if isinstance(error, Refused):
        return error.reason, error.status, error.headers
    if isinstance(error, Busy):
        return str(error), 503, {"retry-after": str(error.seconds)}
    return error.said(form), status(type(error)), {}
