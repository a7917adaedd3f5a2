"""What stores do otherwise than SPARQL 1.1 says: one module a program, found by its name.

A module of this folder is called as its program calls itself in what it answers (``Server: Virtuoso/07.20``),
in small letters. Its class `Program` is a `kg.store.remote.server.Server` that says what differs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.store.remote.server import Server


def program(said: str) -> type[Server] | None:
    """What is known of the program that calls itself so, or None.

    >>> program("Virtuoso/07.20.3236 (Linux)").name, program("Apache")
    ('Virtuoso', None)
    """
    import os

    told = said.lower()
    files = os.listdir(os.path.dirname(os.path.abspath(__file__)))
    names = [f.removesuffix(".py") for f in files if f.endswith(".py") and not f.startswith("_")]
    # Of several names in it the first is the program's own.
    name = min((n for n in names if n in told), key=told.find, default="")
    if not name:
        return None
    found: type[Server] = __import__(f"{__name__}.{name}", fromlist=("Program",)).Program
    return found
