"""Builds that load their store in the process that builds, and wait for no disk.

A loader of its own takes longer to begin than a small case to be loaded, and so does each look
whether what was written lies on the disk. Both as they are: `processes.run`, and what
`tests/promises` say of builds that are killed and of disks that are full.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterable

from kg.store import build, increment, loader

Folder = str | os.PathLike[str]
# `setattr`, or that of a `monkeypatch`.
Put = Callable[[object, str, object], None]


class Loading(contextlib.AbstractContextManager["Loading"]):
    """Takes what a `Loader` takes, and loads all of it in the end."""

    def __init__(self, folder: Folder, old: Folder | None = None) -> None:
        self._words = [os.fspath(name) for name in (folder, old) if name]
        self._text: list[str] = []
        self._amended = b""

    def __exit__(self, *error: object) -> None:
        self._text.clear()

    def send(self, part: str) -> None:
        self._text.append(part)

    def feed(self, parts: Iterable[str]) -> None:
        self._text += parts

    def amend(self, gone: Iterable[str], come: Iterable[str]) -> None:
        self._amended = b"".join(loader.TURN + "".join(part).encode() for part in (gone, come))

    def end(self) -> None:
        """It is loaded in the end."""

    def finish(self) -> None:
        text = "".join(self._text).encode() + self._amended + loader.LAST_LINE
        source = loader.Source(io.BytesIO(text))
        if self._words[1:]:
            loader.change(*self._words, source)
        else:
            loader.load(*self._words, source)


def begin(put: Put) -> None:
    """Have builds of this process, and of what is forked from it, done so."""
    put(build, "Loader", Loading)
    put(increment, "Loader", Loading)
    put(os, "fsync", lambda handle: None)


def end(put: Put) -> None:
    """Have them done as they are."""
    put(build, "Loader", loader.Loader)
    put(increment, "Loader", loader.Loader)
