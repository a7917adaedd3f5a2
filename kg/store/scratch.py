"""Folders for what lasts as long as the process, and not a moment longer."""

from __future__ import annotations

_held: set[str] = set()


def folder(prefix: str) -> str:
    """A new folder that nobody else can read; it goes when the process ends, or by `drop`."""
    import atexit
    import tempfile

    if not _held:
        atexit.register(clear)
    path = tempfile.mkdtemp(prefix=prefix)
    _held.add(path)
    return path


def drop(path: str) -> None:
    """Delete one of the folders."""
    import shutil

    shutil.rmtree(path, ignore_errors=True)
    _held.discard(path)


def clear() -> None:
    """Delete them all."""
    for path in list(_held):
        drop(path)
