"""A request of the SPARQL 1.1 Protocol: what is asked, and what is wrong with how it is asked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from kg.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

QUERY, FORM, UPDATE = (
    "application/sparql-query",
    "application/x-www-form-urlencoded",
    "application/sparql-update",
)
READ_ONLY = "the graph is read-only: change the tables and run kg build"
_MOST_FIELDS = 200
_FICKLE = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\s*\(", re.IGNORECASE)


class Refused(Exception):
    """A request that is refused, with the status of HTTP and the reason in words."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.reason, self.headers = status, reason, dict(headers or {})
        super().__init__(reason)


class Request(Record):
    """A query, and the graphs that it is asked of where the client names them.

    One that is `fickle` gives something else each time that it is asked.
    """

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    fickle: bool = False


def fields(raw: bytes, where: str) -> list[tuple[str, str]]:
    """The names and values of a query string or form. Raises Refused for what is not UTF-8."""
    try:
        return parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise Refused(400, f"{where} is not percent-encoded UTF-8") from None
    except ValueError as error:
        raise Refused(400, f"{where} cannot be read: {error}") from None


@lru_cache(256)
def parsed(method: str, url: bytes, kind: str = "", body: bytes = b"") -> Request | None:
    """What is asked by GET or POST; None where nothing is, so that the service describes itself.

    `url` is the query string, `kind` the Content-Type. Raises Refused: 400 for what is missing,
    doubled or not UTF-8, 403 for an update, 415 for a body of another kind.
    """
    given = fields(url, "the query string") if url else []
    media, charset = _media(kind)
    if method == "POST":
        if media not in (QUERY, FORM, UPDATE):
            raise Refused(
                415, f"a POST has a body of {QUERY} or {FORM}, and this is {media or 'of no type'}"
            )
        if charset not in ("utf-8", "utf8", "us-ascii", ""):
            raise Refused(415, f"the body is in {charset}; expected UTF-8")
        if media == FORM:
            given += fields(body, "the form")
        elif media == UPDATE:
            raise Refused(403, READ_ONLY)
        else:
            try:
                given.append(("query", body.decode("utf-8")))
            except UnicodeDecodeError:
                raise Refused(400, "the query is not UTF-8") from None
    elif any(name == "update" for name, _ in given):
        raise Refused(400, "an update comes by POST, and none is taken: " + READ_ONLY)
    if any(name == "update" for name, _ in given):
        raise Refused(403, READ_ONLY)
    queries = [value for name, value in given if name == "query"]
    if not queries and method != "POST" and not given:
        return None
    if len(queries) != 1:
        raise Refused(400, f"expected one query, found {len(queries) or 'none'}")
    return Request(
        queries[0],
        tuple(value for name, value in given if name == "default-graph-uri"),
        tuple(value for name, value in given if name == "named-graph-uri"),
        bool(_FICKLE.search(queries[0])),
    )


def _media(kind: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type."""
    media, *rest = (part.strip().lower() for part in kind.split(";"))
    charset = next((p.partition("=")[2] for p in rest if p.startswith("charset=")), "")
    return media, charset.strip('"')
