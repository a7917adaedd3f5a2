"""Whether a file of a case was saved: a look at each of them, again and again."""

from __future__ import annotations

import os
import time

# Between two looks; what was written between none of them is still being written.
PAUSE = 0.2
FOLDERS = ("data", "ontology")
"""Where the files of a case that kg reads are."""

State = frozenset[tuple[str, int, int, int]]


def state(root: str | os.PathLike[str]) -> State:
    """Name, size, time and number of every visible file in the folders of a case."""
    found = set()
    for folder in FOLDERS:
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                for entry in entries:
                    if not entry.name.startswith((".", "~$")):
                        info = entry.stat()
                        stamp = info.st_size, info.st_mtime_ns, info.st_ino
                        found.add((f"{folder}/{entry.name}", *stamp))
        except OSError:
            # A folder or a file that is gone for a moment is a change as well.
            found.add((folder, -1, 0, 0))
    return frozenset(found)


def awaited(root: str | os.PathLike[str], before: State) -> State:
    """Wait until a case is in another state, and stays in it from one look to the next."""
    last = before
    while True:
        time.sleep(PAUSE)
        now = state(root)
        if now == last != before:
            return now
        last = now
