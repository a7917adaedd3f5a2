"""Where what was fetched from a store is kept: a folder of the user's own, one for each version."""

from __future__ import annotations

import os
import shutil

from kg.store import checksums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store.remote.address import Address


def root() -> str:
    """The folder of all that is kept: below XDG_CACHE_HOME, or ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "kg", "stores")


def folder(address: Address, version: str) -> str:
    """Where one version of a graph is kept."""
    return os.path.join(_of(address), version)


def _of(address: Address) -> str:
    import hashlib

    mark = hashlib.sha256(f"{address.url}\n{address.graph}".encode()).hexdigest()[:16]
    return os.path.join(root(), mark)


def put(place: str, fill: Callable[[str], None]) -> None:
    """Have a folder filled, and put it in place whole; what is kept of other versions goes.

    Files that are there already stay, and those of the same name are replaced.
    """
    import tempfile

    above = os.path.dirname(place)
    os.makedirs(above, mode=0o700, exist_ok=True)
    fresh = tempfile.mkdtemp(prefix=".new-", dir=above)
    try:
        fill(fresh)
        try:
            os.rename(fresh, place)
        except OSError:
            # It is there: each file goes in by itself, the last one is the one that is looked for.
            for name in sorted(os.listdir(fresh), key=lambda n: (n == "ledger.sqlite", n)):
                os.replace(os.path.join(fresh, name), os.path.join(place, name))
        # It is compared when it is read, as a graph that was built here.
        checksums.note(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for name in os.listdir(above):
        if name != os.path.basename(place) and not name.startswith("."):
            shutil.rmtree(os.path.join(above, name), ignore_errors=True)
