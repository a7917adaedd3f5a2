"""What a build said of the case's story, kept in its out folder: of the same story and graph it is told again.

It is used only if it is whole, this version wrote it, and the story's bytes and the sums of the graph are
the very ones. Nothing is written through a link.
"""

from __future__ import annotations

import os

from kg import __version__
from kg.store import checksums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.graph import Graph

NAME = "story.txt"
_LARGEST = 1 << 20


def state(graph: Graph, story: str) -> str:
    """What tells one story on one graph from another; empty if the story cannot be read. Cost: reads the story."""
    import hashlib

    found = hashlib.sha256(__version__.encode())
    try:
        for path in (os.path.join(graph.folder, checksums.NAME), story):
            with open(path, "rb") as file:
                found.update(hashlib.file_digest(file, "sha256").digest())
    except OSError:
        return ""
    return found.hexdigest()


def held(graph: Graph, now: str) -> list[str] | None:
    """The lines that were told in a state; None if that is not known."""
    path = os.path.join(graph.out, NAME)
    try:
        if not now or os.path.islink(path) or not os.path.isfile(path):
            return None
        with open(path, encoding="utf-8", newline="") as file:
            text = checksums.unsealed(file.read(_LARGEST)) or ""
    except (OSError, ValueError):
        return None
    first, *lines = text.split("\n")[:-1] or [""]
    return lines if first == now else None


def keep(graph: Graph, now: str, lines: Sequence[str]) -> None:
    """Note the lines that are told in a state; what cannot be written is left."""
    if not now or os.path.islink(graph.out):
        return
    path = os.path.join(graph.out, NAME)
    fresh = f"{path}.{os.getpid()}"
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(checksums.sealed("".join(f"{line}\n" for line in (now, *lines))))
        os.replace(fresh, path)
    except (OSError, ValueError):
        return
