"""Generations of a built graph on disk: made aside, put in place in one step, cleared away.

``out/current`` names the generation that is the graph, its format, its base IRI,
the version that made it and the generation before. Replacing that small file is
the only moment at which the graph changes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from kg import __version__
from kg.errors import KgError, OutOfBounds
from kg.graph import CURRENT, FORMAT, Graph, current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case import Case

_BUILDER = ".building"


def unchanged(case: Case) -> Graph | None:
    """The current graph, if this version made it from the very files that the case has now."""
    held = current(case.out)
    try:
        made_from = held and (held.manifest["version"], held.manifest["inputs"])
    except (KgError, KeyError, TypeError):
        return None
    return held if made_from == (__version__, case.digests()) else None


@contextlib.contextmanager
def lock(out: Path) -> Iterator[None]:
    """Be the only builder of an out folder. Raises OutOfBounds naming the other one."""
    import filelock

    note = out / _BUILDER
    try:
        with filelock.FileLock(out / ".lock", timeout=0):
            note.write_text(f"{os.getpid()} since {time.strftime('%H:%M:%S')}", encoding="utf-8")
            try:
                yield
            finally:
                note.unlink(missing_ok=True)
    except filelock.Timeout as error:
        who = note.read_text(encoding="utf-8") if note.exists() else "unknown"
        raise OutOfBounds(
            f"{out} is being built by process {who}; try again when it is done"
        ) from error


@contextlib.contextmanager
def new(out: Path, mark: str, base: str) -> Iterator[Path]:
    """A folder for a new generation; it becomes the graph if the block ends without error."""
    sweep(out)
    folder = out / "generations" / _free_name(out, mark)
    folder.mkdir(parents=True)
    try:
        yield folder
        _sync(folder)
        _switch(out, folder.name, base)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    sweep(out)


def sweep(out: Path) -> None:
    """Delete all generations but the current one and the one before it.

    The one before stays for readers that have opened it; leftovers of builds that
    died go.
    """
    keep = _named(out)
    folder = out / "generations"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _named(out: Path) -> tuple[str, str]:
    """The current generation and the one before it."""
    pointer = out / CURRENT
    lines = pointer.read_text(encoding="utf-8").splitlines() if pointer.exists() else []
    return (lines[0], lines[4]) if len(lines) == 5 else ("", "")


def _free_name(out: Path, mark: str) -> str:
    number = 1
    while (out / "generations" / f"{mark}-{number}").exists():
        number += 1
    return f"{mark}-{number}"


def _switch(out: Path, name: str, base: str) -> None:
    fresh = out / (CURRENT + ".new")
    before = _named(out)[0] or "none"
    with fresh.open("w", encoding="utf-8") as file:
        file.write("\n".join((name, FORMAT, base, __version__, before)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, out / CURRENT)
    _sync_folder(out)


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    for path in (folder, folder.parent):
        _sync_folder(path)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
