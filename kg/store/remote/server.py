"""What a store can take: how many values, triples and rows at once, and where it is written to.

`Server` is what any SPARQL 1.1 store does; what one program does otherwise is a module of `programs/`,
found by what the program calls itself.
"""

from __future__ import annotations

from kg.model.errors import UsageError, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.remote.client import Client


# What `kg serve` calls itself: it answers queries, and is no store.
SERVE = "kg"


class Server:
    """A store by the standard alone: it is read. Where it is written to, no standard says."""

    name = "a SPARQL store"
    # Values in one query, triples sent at once, rows asked for at once.
    values, triples, rows = 500, 10_000, 5_000
    turtle = "application/n-triples"
    # What goes before a query whose variables were given values.
    hint = ""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def update(self) -> str:
        """Where updates are sent."""
        raise UsageError(
            f"how {self._client.url} is written to is not known; "
            f"load it with the files of {parameter('bulk')} DIR"
        )

    @property
    def graphs(self) -> str:
        """Where whole graphs are sent (SPARQL 1.1 Graph Store HTTP Protocol)."""
        return self.update

    def broke_off(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether an answer is a part or none, because the time that the store itself gives was over."""
        return False

    def bulk(self, folder: str, files: dict[str, str]) -> dict[str, str]:
        """Texts to be put beside bulk files, by name, and how they are loaded, under ``README``.

        `files` are the names of the files with the IRI of the graph that each goes into.
        """
        told = "\n".join(f"{name} into the graph <{graph}>" for name, graph in files.items())
        return {"README": f"Load, with what your store has for that:\n{told}\n"}


def known(client: Client) -> Server:
    """The store behind a client, by the name that it gave with its last answer."""
    from kg.store.remote.programs import program

    return (program(client.server) or Server)(client)
