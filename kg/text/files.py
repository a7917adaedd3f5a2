"""A file that is written whole, or not at all, and never over a stranger's."""

from __future__ import annotations

import os

from kg.model.errors import UsageError, parameter

_OURS = b'<meta name="generator" content="kg'


def write(text: str, path: str, force: bool = False) -> None:
    """Put a text in place of a page of kg, or where nothing is; of anything else with `force`.

    Raises UsageError for a file of somebody else's, a folder, a device or a pipe.
    """
    if not path:
        raise UsageError(f"{parameter('out')}: nothing; expected the name of a file")
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder; name a file")
    if os.path.exists(path) and not os.path.isfile(path):
        # To be asked whose it is, a pipe would never answer; a file would take a device's place.
        raise UsageError(
            f"{path} is a device or pipe; name a file, or leave out {parameter('out')} and use “>”"
        )
    if os.path.exists(path) and not force:
        with open(path, "rb") as held:
            if _OURS not in held.read(4096):
                raise UsageError(
                    f"{path} is there already and is no page of kg; use {parameter('force')}"
                )
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise UsageError(f"{folder} is no folder; make it first, or write somewhere else")
    fresh = os.path.join(folder, f".{os.path.basename(path)}.{os.getpid()}")
    try:
        with open(fresh, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(fresh, path)
    finally:
        if os.path.exists(fresh):
            os.unlink(fresh)
