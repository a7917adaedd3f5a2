"""An answer of HTTP, and what each error is as one: for SPARQL, for the verbs, and for what stands before both."""

from __future__ import annotations

from functools import lru_cache
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
    """A status, headers and a body, which ASGI can send; `pairs` are the headers but for the length of the body."""

    __slots__ = ("body", "pairs", "status")

    def __init__(
        self,
        body: bytes | bytearray = b"",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.body, self.status = body, status
        self.pairs = _encoded(tuple(headers.items())) if headers else ()

    @property
    def length(self) -> bytes:
        """The length of the body as a header says it; empty where none is said."""
        return b"" if self.status in _BARE else b"%d" % len(self.body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        size = [(b"content-length", length)] if (length := self.length) else []
        start = {"status": self.status, "headers": [*self.pairs, *size]}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": self.body})


@lru_cache(512)
def _encoded(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)


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
