"""A graph in a SPARQL store elsewhere: asked, loaded, and read in parts. Touches the network."""

from __future__ import annotations


def needed() -> None:
    """Raise UsageError that names what to install, if a store cannot be asked."""
    from importlib.util import find_spec

    if find_spec("httpx") is None:
        from kg.model.errors import UsageError

        raise UsageError(
            "a store is asked by httpx, which is not installed; pip install 'actors-kg[remote]'"
        )
