"""Generations of a built graph on disk: made aside, put in place in one step, cleared away.

``out/current`` names the generation that is the graph, its format, its base IRI,
the version that made it and the generation before. Replacing that small file is
the only moment at which the graph changes: everything that it names is on the disk
by then, and nothing is deleted before.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from kg import __version__
from kg.model.errors import BadGraph, KgError, NoGraph, OutOfBounds
from kg.store import checksums
from kg.store.graph import CURRENT, GENERATIONS, Graph, current, pointer, pointer_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.folder import Case

BUILDER, LOCK = ".building", ".lock"


def unchanged(case: Case) -> Graph | None:
    """The current graph, if this version made it from the very files that the case has now.

    A graph that is damaged or cannot be read is no such graph. Cost: reads all of it and all inputs.
    """
    held = current(case.out)
    try:
        if held is None or held.manifest["version"] != __version__:
            return None
        same = held.manifest["inputs"] == case.digests()
        return held if same and not any(checksums.Sums(held.folder).faults(whole=True)) else None
    except (KgError, KeyError, TypeError, OSError):
        return None


@contextlib.contextmanager
def lock(out: Path) -> Iterator[None]:
    """Be the only builder of an out folder. Raises OutOfBounds naming the other one."""
    import filelock

    note = out / BUILDER
    held = filelock.FileLock(out / LOCK, timeout=0)
    try:
        # The other one may not have said yet who it is, or be just done.
        held.acquire(timeout=0 if note.exists() else 0.5)
    except filelock.Timeout as error:
        raise OutOfBounds(
            f"{out} is being built by process {builder(out)}; try again when it is done"
        ) from error
    try:
        note.write_text(f"{os.getpid()} since {time.strftime('%H:%M:%S')}", encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)
        # It ends with this process in any case; the build is done or told by now.
        with contextlib.suppress(OSError):
            held.release()


def locked(out: Path) -> bool:
    """Whether somebody is building in an out folder now."""
    import filelock

    if not (out / LOCK).exists():
        return False
    try:
        with filelock.FileLock(out / LOCK, timeout=0):
            return False
    except filelock.Timeout:
        return True
    except OSError:
        return False


def builder(out: Path) -> str:
    """Who said last that it builds here, as “PID since TIME”."""
    with contextlib.suppress(OSError):
        return (out / BUILDER).read_text(encoding="utf-8") or "unknown"
    return "unknown"


@contextlib.contextmanager
def new(out: Path, mark: str, base: str) -> Iterator[Path]:
    """A folder for a new generation; it becomes the graph if the block ends without error."""
    sweep(out)
    folder = out / GENERATIONS / _free_name(out, mark)
    try:
        folder.mkdir(parents=True)
        yield folder
        checksums.note(folder)
        _sync(folder)
        _switch(out, folder.name, base)
    except BaseException:
        # Once its name is in place it is the graph, whatever comes after.
        if (_named(out) or ("",))[0] != folder.name:
            shutil.rmtree(folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                _fresh(out).unlink(missing_ok=True)
        raise
    sweep(out)


def sweep(out: Path) -> None:
    """Delete all generations but the current one and the one before it.

    The one before stays for readers that have opened it; leftovers of builds that
    died go. Nothing goes while `current` is damaged or of another version.
    """
    for path in leftovers(out):
        gone = path.with_name(f".{path.name}")
        # In one step, so that a reader finds it whole or not at all.
        with contextlib.suppress(OSError):
            shutil.rmtree(path.rename(gone) if not path.name.startswith(".") else path)


def leftovers(out: Path) -> list[Path]:
    """What a sweep would delete."""
    keep = _named(out)
    folder = out / GENERATIONS
    if keep is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name not in keep)


def _named(out: Path) -> tuple[str, str] | None:
    """The current generation and the one before it; None if that cannot be told."""
    try:
        name, _, before = pointer(out)
    except NoGraph:
        return "", ""
    except BadGraph:
        return None
    return name, before


def _free_name(out: Path, mark: str) -> str:
    number = 1
    while (out / GENERATIONS / f"{mark}-{number}").exists():
        number += 1
    return f"{mark}-{number}"


def _fresh(out: Path) -> Path:
    return out / f"{CURRENT}.new"


def _switch(out: Path, name: str, base: str) -> None:
    before = (_named(out) or ("",))[0] or "none"
    with _fresh(out).open("w", encoding="utf-8") as file:
        file.write(pointer_text(name, base, before))
        file.flush()
        os.fsync(file.fileno())
    os.replace(_fresh(out), out / CURRENT)
    try:
        _sync_folder(out)
    except OSError as error:
        raise OutOfBounds(
            f"the new graph is in place, but {out} may not be on the disk yet: {error}"
        ) from error


def _sync(folder: Path) -> None:
    """Bring a generation to the disk: its files, then every folder that names one of them."""
    parts = sorted(folder.rglob("*"))
    for path in parts:
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    for path in (*filter(Path.is_dir, parts), folder, folder.parent, folder.parent.parent):
        _sync_folder(path)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
