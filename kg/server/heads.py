"""What the head of a request says to the endpoint beside its address: read once for all that say the same.

A client says the same again and again, and reading it takes longer than a look-up does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.record import Record
from kg.server import negotiation

if TYPE_CHECKING:
    from starlette.types import Scope

# So many heads are remembered, each of so many bytes at most.
_KNOWN, _MOST = 256, 4096
# With these a request is more than its head.
_MORE = frozenset((b"content-length", b"transfer-encoding", b"expect"))


class Head(Record):
    """What a request says: how it asks, at which address, which forms it takes, what it has already (`tag`)."""

    method: str
    address: str
    accept: str
    rows: tuple[str, ...]
    graphs: tuple[str, ...]
    packed: bool
    tag: str


def read(scope: Scope) -> Head:
    """The head of a request."""
    said = dict(scope["headers"])
    accept = said.get(b"accept", b"").decode("latin-1")
    if len(said) < len(scope["headers"]):
        # What is said twice is one list (RFC 9110, 5.3).
        accept = ", ".join(v.decode("latin-1") for n, v in scope["headers"] if n == b"accept")
    host = said.get(b"host", b"localhost").decode("latin-1")
    return Head(
        scope["method"],
        f"http://{host}{scope['path']}",
        accept,
        *negotiation.forms(accept),
        negotiation.packed(said.get(b"accept-encoding", b"").decode("latin-1")),
        said.get(b"if-none-match", b"").decode("latin-1"),
    )


class Known(Record):
    """A head that was not refused, the page elsewhere that asks, and whether the connection stays."""

    head: Head
    origin: bytes
    lasts: bool


class Heads:
    """The heads that came, by their bytes; only those of requests that are their head alone."""

    def __init__(self) -> None:
        self._known: dict[bytes, Known] = {}
        self.get = self._known.get

    def put(self, raw: bytes, known: Known) -> None:
        """Remember one, if it is not too large."""
        if len(self._known) >= _KNOWN:
            self._known.clear()
        if len(raw) <= _MOST:
            self._known[raw] = known


def alone(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether nothing follows a head with these headers, nor is to be said before it does."""
    return not any(name in _MORE for name, _ in headers)
