"""Which store is meant, and which of its graphs: the one place where an address is read."""

from __future__ import annotations

import os

from kg.model.errors import UsageError, parameter
from kg.model.record import Record

# The state of a graph, and what RDF itself does not keep of it, lie in a graph beside it.
BESIDE = "#kg"
STORE, GRAPH = "KG_STORE", "KG_GRAPH"


class Address(Record):
    """The URL where a store answers queries, and the IRI of the graph; empty if the store says which."""

    url: str
    graph: str = ""

    @property
    def beside(self) -> str:
        """The IRI of the graph that says what state this one is in."""
        return self.graph + BESIDE


class Named(Record):
    """What was named: a URL or ``case``, and the IRI of a graph or nothing.

    `ambient` says that the environment names it, for whatever verb reads a store.
    """

    url: str
    graph: str = ""
    ambient: bool = False


# The word for the store that case.toml names.
CASE = "case"


def named(url: str = "", graph: str = "") -> Named | None:
    """What was given, else what the environment names (KG_STORE, KG_GRAPH); None if neither is."""
    told = url or os.environ.get(STORE, "").strip()
    return Named(told, graph or os.environ.get(GRAPH, "").strip(), not url) if told else None


def resolved(name: Named) -> Address:
    """The address of what was named. Raises UsageError for what is none, or has a password in it."""
    for text, option in ((name.url, "store"), (name.graph, "graph")):
        web = option == "store"
        if (text or web) and (fault := _fault(text, web)):
            raise UsageError(f"{parameter(option)} {_hidden(text)}: {fault}")
    return Address(name.url, name.graph)


def _fault(text: str, web: bool) -> str:
    """What is wrong with an address; empty if nothing is."""
    scheme, colon, rest = text.partition(":")
    if any(c in '<>"{}|\\^`' or c <= " " for c in text) or not colon or not rest:
        return "expected an address, as http://127.0.0.1:7878/query" if web else "expected an IRI"
    if not web:
        return ""
    if scheme.lower() not in ("http", "https") or not rest.startswith("//") or not rest[2:]:
        return "expected http:// or https://, as http://127.0.0.1:7878/query"
    if "@" in rest[2:].partition("/")[0]:
        return "a password has no place in an address; put it into KG_STORE_PASSWORD, or a keyring"
    if "#" in rest:
        return "an endpoint has no part after #"
    return ""


def _hidden(text: str) -> str:
    """An address without what stands before an @, which may be a secret."""
    head, slashes, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    return f"{head}{slashes}{host.rpartition('@')[2]}{slash}{path}" if slashes else text
