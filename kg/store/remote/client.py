"""HTTP to a SPARQL store: a form in, JSON out, within a time; every error with the store's own words.

A query is sent as a form by POST, which all stores take. Nothing is sent to any other address than
the one that was named: no redirect is followed, no proxy asked, no file of passwords read.
"""

from __future__ import annotations

import json
import os
import time

import httpx

from kg.model.errors import BadGraph, OutOfBounds, UsageError, parameter
from kg.store.remote.server import SERVE, known
from kg.text.untrusted import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
_USER, _PASSWORD, _TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
# So much of what a store says of an error is passed on.
_WORDS = 600
_TRIES, _PAUSE = 3, 0.2
_BUSY = (429, 502, 503)
# How a server refuses updates that it takes from nobody.
_NO_UPDATES, _READ_ONLY = (404, 405, 415, 501), "read-only"


class Refused(UsageError):
    """The store holds that the request itself is wrong; its words are the message."""


class Client:
    """Talks to one store. `seconds` is how long one request may take, `most` bytes of one answer.

    `patience` is what a user raises for more time, if it is not ``--timeout``.
    """

    def __init__(
        self, url: str, seconds: float = 10.0, most: int = 1 << 30, patience: str = ""
    ) -> None:
        self.url, self.seconds, self.most = url, seconds, most
        self._patience = patience or parameter("timeout")
        self.server = ""
        self._auth: httpx.Auth | None = None
        self._http = httpx.Client(
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "kg", "Accept-Encoding": "gzip"},
        )

    @property
    def known(self) -> bool:
        """Whether the store has asked who we are, and was told."""
        return self._auth is not None

    def close(self) -> None:
        """End its connections."""
        self._http.close()

    def __del__(self) -> None:
        if http := getattr(self, "_http", None):
            http.close()

    def json(self, url: str, form: Mapping[str, Any], seconds: float = 0) -> Any:
        """The answer of a query as JSON. Raises as `text`."""
        body = self._asked(url, form, JSON, seconds)
        try:
            return json.loads(body)
        except ValueError as error:
            said = one_line(body[:_WORDS].decode(errors="replace"))
            raise BadGraph(f"{self.url} answers with what is no SPARQL JSON: {said}") from error

    def text(self, url: str, form: Mapping[str, Any], accept: str, seconds: float = 0) -> str:
        """The answer of a query in another form.

        Raises UsageError for a query that the store refuses, OutOfBounds when the time is over or
        the answer too large, BadGraph for whatever else is wrong with the store.
        """
        return self._asked(url, form, accept, seconds).decode(errors="replace")

    def _asked(self, url: str, form: Mapping[str, Any], accept: str, seconds: float) -> bytes:
        headers = {"Accept": accept}
        for turn in range(_TRIES):
            last = turn == _TRIES - 1
            try:
                return self._sent("POST", url, seconds, data=form, headers=headers)
            except _Again as error:
                if last:
                    raise error.fault from error
                # Reading twice changes nothing: a store that is busy is asked again, a little later.
                time.sleep(_PAUSE * 2**turn)
        raise AssertionError

    def send(
        self,
        method: str,
        url: str,
        content: bytes | str = b"",
        kind: str = "",
        seconds: float = 0,
        form: Mapping[str, str] | None = None,
    ) -> bytes:
        """A request that may change something: sent once, whatever comes of it."""
        more: dict[str, Any] = {"data": form} if form else {"content": content}
        if kind:
            more["headers"] = {"Content-Type": kind}
        try:
            return self._sent(method, url, seconds, changing=True, **more)
        except _Again as error:
            raise error.fault from error

    def saved(self, url: str, path: str, seconds: float = 600.0) -> bool:
        """Write a graph to a file as N-Triples, as it comes; False if the store has no such thing."""
        auth = self._auth or httpx.USE_CLIENT_DEFAULT
        headers = {"Accept": N_TRIPLES}
        timeout = httpx.Timeout(60.0, connect=10.0)
        deadline = time.monotonic() + seconds
        try:
            with self._http.stream("GET", url, timeout=timeout, auth=auth, headers=headers) as got:
                if got.status_code != 200 or N_TRIPLES not in got.headers.get("content-type", ""):
                    return False
                with open(path, "wb") as file:
                    for part in got.iter_bytes():
                        if time.monotonic() > deadline:
                            raise self.late(seconds)
                        file.write(part)
        except httpx.HTTPError:
            return False
        return True

    def _sent(
        self, method: str, url: str, seconds: float, changing: bool = False, **more: Any
    ) -> bytes:
        within = seconds or self.seconds
        deadline = time.monotonic() + within
        try:
            status, headers, body = self._answered(method, url, within, deadline, more)
            if status == 401 and self._auth is None:
                self._auth = _auth(headers.get("www-authenticate", ""), url)
                if self._auth is not None:
                    status, headers, body = self._answered(method, url, within, deadline, more)
        except httpx.TimeoutException as error:
            raise self.late(within) from error
        except httpx.HTTPError as error:
            raise BadGraph(f"{self.url} cannot be asked: {_why(error)}") from error
        self.server = headers.get("server", "")
        if self.server == SERVE:
            raise UsageError(
                f"{self.url} is kg serve, which is read-only and no store: it is asked by browsers and "
                f"other programs; name a store for {parameter('store')}, or leave it out"
            )
        if known(self).broke_off(headers, body):
            raise OutOfBounds(
                f"{self.url} ended this at a limit of time of its own; narrow what you ask, or raise that limit"
            )
        if 200 <= status < 300:
            return body
        raise self._fault(status, headers, body, changing)

    def _answered(
        self, method: str, url: str, within: float, deadline: float, more: Mapping[str, Any]
    ) -> tuple[int, httpx.Headers, bytes]:
        timeout = httpx.Timeout(within, connect=min(within, 10.0))
        auth = self._auth or httpx.USE_CLIENT_DEFAULT
        with self._http.stream(method, url, timeout=timeout, auth=auth, **more) as response:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                if size > self.most:
                    told = f"the answer of {self.url} is larger than {self.most / (1 << 30):g} GiB"
                    raise OutOfBounds(f"{told}; narrow it, or raise {parameter('memory')}")
                if time.monotonic() > deadline:
                    # A store that sends a little now and then would never be late.
                    raise self.late(within)
                parts.append(part)
            return response.status_code, response.headers, b"".join(parts)

    def late(self, within: float = 0) -> OutOfBounds:
        """What is told when the time is over."""
        told = f"{self.url} did not answer within {within or self.seconds:g} s"
        return OutOfBounds(f"{told}; narrow what you ask, or raise {self._patience}")

    def _fault(self, status: int, headers: httpx.Headers, body: bytes, changing: bool) -> Exception:
        said = one_line(body.decode(errors="replace").strip()[:_WORDS])
        words = f": {said}" if said else ""
        if 300 <= status < 400:
            where = one_line(headers.get("location", "nowhere"))
            return BadGraph(f"{self.url} sends us on to {where}; name that address if it is meant")
        if changing and (status in _NO_UPDATES or (status == 403 and _READ_ONLY in said.lower())):
            told = f"{self.url} takes no updates ({status}{words}): it is read-only"
            return BadGraph(f"{told}; start it so that it can be written to, or name another store")
        if status in (401, 403):
            how = f"set {_USER} and {_PASSWORD}, or {_TOKEN}"
            if self._auth is not None:
                how = f"{_USER}, {_PASSWORD} or {_TOKEN} is not what it expects"
            return BadGraph(f"{self.url} does not let us in ({status}{words}); {how}")
        if status == 404:
            return BadGraph(f"{self.url} is no endpoint ({status}{words}); look at its address")
        if status in (408, 504):
            return self.late()
        if status in _BUSY:
            return _Again(BadGraph(f"{self.url} is busy or not ready ({status}{words})"))
        if status == 400:
            return Refused(f"the store cannot answer this{words}")
        return BadGraph(f"{self.url} failed ({status}{words})")


class _Again(Exception):
    """The store is busy; what would be told in the end is `fault`."""

    def __init__(self, fault: BadGraph) -> None:
        super().__init__(str(fault))
        self.fault = fault


def _why(error: httpx.HTTPError) -> str:
    told = one_line(str(error)) or type(error).__name__
    if isinstance(error, httpx.ConnectError):
        return f"nothing answers there ({told}); is it running?"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"it broke off before it had answered ({told})"
    return told


def _auth(challenge: str, url: str) -> httpx.Auth | None:
    """What is known to answer a challenge with, from the environment or a keyring; None if nothing is."""
    token, user = os.environ.get(_TOKEN, ""), os.environ.get(_USER, "")
    if token:
        _refuse_open(url)
        return _Bearer(token)
    if not user:
        return None
    password = os.environ.get(_PASSWORD) or _kept(httpx.URL(url).host, user)
    if password is None:
        raise UsageError(f"{_USER} is set, and there is no {_PASSWORD} nor one in a keyring")
    if "digest" in challenge.lower():
        return httpx.DigestAuth(user, password)
    _refuse_open(url)
    return httpx.BasicAuth(user, password)


def _refuse_open(url: str) -> None:
    """Refuse to send a secret readable over the network."""
    where = httpx.URL(url)
    if where.scheme != "https" and where.host not in ("127.0.0.1", "::1", "localhost"):
        raise UsageError(
            f"{where.scheme}://{where.host}: a password would be sent readable; use https"
        )


def _kept(host: str, user: str) -> str | None:
    """A password that a keyring keeps for `kg HOST`, if there is a keyring."""
    try:
        import keyring  # type: ignore[import-not-found,unused-ignore]  # only where it is installed
    except ImportError:
        return None
    found: str | None = keyring.get_password(f"kg {host}", user)
    return found


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]  # a plain one
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def lines(parts: Iterable[str], most: int) -> Iterator[str]:
    """Lines gathered into texts of at most so many lines."""
    held: list[str] = []
    for part in parts:
        held.append(part)
        if len(held) == most:
            yield "".join(held)
            held.clear()
    if held:
        yield "".join(held)
