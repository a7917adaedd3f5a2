"""Builds whose loader is a process that stays, forked from the one that builds, and that wait for no disk.

A loader that starts anew takes longer to begin than a small case to be loaded, and so does each
look whether what was written lies on the disk. Both as they are: `processes.run`, and what
`tests/promises` say of builds that are killed and of disks that are full.

No store on the disk is opened in the process of the tests itself: the engine starts threads that
stay, and a process forked from one that has them, as that of a query is, can wait for them for ever.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterable
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.sparql import ahead
from kg.sparql.child import fork
from kg.store import build, increment, loader

Folder = str | os.PathLike[str]
# `setattr`, or that of a `monkeypatch`.
Put = Callable[[object, str, object], None]
Task = tuple[Callable[..., Any], tuple[Any, ...]]
_OPENED = ahead.opened_here


def engine_threads() -> list[str]:
    """The engine's threads in this process, where the system tells their names."""
    names = []
    for file in Path("/proc/self/task").glob("*/comm"):
        # One may end meanwhile.
        with contextlib.suppress(OSError):
            names.append(file.read_text())
    return [name for name in names if "rocksdb" in name]


def apart(work: Callable[..., Any], *given: Any) -> Any:
    """What a function returns, or raises, that runs in a process forked from this one."""
    with Apart((work, given)) as process:
        return process.answer()


class Apart:
    """A process forked from this one, in which functions run. As a context it ends with it.

    What it runs first need not be such that it can be sent.
    """

    def __init__(self, *first: Task) -> None:
        assert engine_threads() == [], "a test opened a store on the disk in this process"
        self._ours, theirs = Pipe()
        self.parent, self._child = os.getpid(), fork()
        if not self._child:
            try:
                self._ours.close()
                _serve([*first], theirs)
            finally:
                os._exit(0)
        theirs.close()

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *error: object) -> None:
        self._ours.close()
        os.waitpid(self._child, 0)

    def run(self, work: Callable[..., Any], *given: Any) -> Any:
        """What a function returns, or raises, there."""
        self._ours.send((work, given))
        return self.answer()

    def answer(self) -> Any:
        """What the next function returned, or raised."""
        good, found = self._ours.recv()
        if not good:
            raise found
        return found


def _serve(first: list[Task], theirs: Any) -> None:
    with contextlib.suppress(EOFError):
        while True:
            work, given = first.pop() if first else theirs.recv()
            try:
                theirs.send((True, work(*given)))
            except Exception as error:
                theirs.send((False, error))


_engines: list[Apart] = []


def _engine() -> Apart:
    """The process in which stores are opened for this one."""
    if not _engines or _engines[-1].parent != os.getpid():
        _engines.append(Apart())
    return _engines[-1]


def lines(folder: Folder) -> list[str]:
    """The triples of a store on the disk as sorted lines of N-Triples."""
    return _engine().run(_lines, os.path.abspath(folder))


def _lines(folder: str) -> list[str]:
    store = Store.read_only(folder)
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return sorted(text.decode().splitlines(keepends=True))


def in_memory(folder: Folder) -> Store:
    """A store on the disk as one in memory, which starts no threads."""
    store = Store()
    store.load("".join(lines(folder)), RdfFormat.N_TRIPLES)
    return store


class Loading(contextlib.AbstractContextManager["Loading"]):
    """Takes what a `Loader` takes, and loads all of it in the end."""

    def __init__(self, folder: Folder, old: Folder | None = None) -> None:
        self._words = [os.path.abspath(name) for name in (folder, old) if name]
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
        _engine().run(_load, self._words, text)


def _load(words: list[str], text: bytes) -> None:
    (loader.change if words[1:] else loader.load)(*words, loader.Source(io.BytesIO(text)))


def begin(put: Put) -> None:
    """Have builds of this process, and of what is forked from it, done so."""
    put(build, "Loader", Loading)
    put(increment, "Loader", Loading)
    put(ahead, "opened_here", in_memory)
    put(os, "fsync", lambda handle: None)
    _engine()


def end(put: Put) -> None:
    """Have them done as they are."""
    put(build, "Loader", loader.Loader)
    put(increment, "Loader", loader.Loader)
    put(ahead, "opened_here", _OPENED)
