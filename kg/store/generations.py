"""Generations of a built graph on disk: made aside, put in place in one step, cleared away.

``out/current`` names the generation that is the graph, its format, its base IRI,
the version that made it and the generation before. Replacing that small file is
the only moment at which the graph changes: everything that it names is on the disk
by then, and nothing is deleted before.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from kg import __version__
from kg.model.errors import BadGraph, KgError, NoGraph, OutOfBounds
from kg.store import checked, checksums, ownership, story_told
from kg.store.graph import CURRENT, GENERATIONS, Graph, current, pointer, pointer_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kg.case.source import Source

BUILDER, LOCK = ".building", ".lock"
_NAME = re.compile(r"[0-9a-z]+-[0-9]+")
# What kg itself writes into every page.
_PAGE = b'<meta name="generator" content="kg'


def unchanged(case: Source) -> Graph | None:
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

    _refuse_links(out)
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
        with _anew(note) as file:
            file.write(f"{os.getpid()} since {time.strftime('%H:%M:%S')}")
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

    if not (out / LOCK).is_file() or (out / LOCK).is_symlink():
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
    note = out / BUILDER
    with contextlib.suppress(OSError):
        # What is no ordinary file may never answer.
        if stat.S_ISREG(note.lstat().st_mode):
            return note.read_text(encoding="utf-8", errors="replace") or "unknown"
    return "unknown"


def _refuse_links(out: Path) -> None:
    """Refuse what would be written, emptied or swept through a link, or can't be replaced.

    Raises OutOfBounds naming it.
    """
    for name in (LOCK, GENERATIONS):
        if (out / name).is_symlink():
            raise OutOfBounds(f"{out / name} is a link; move it away, then build")
    if (out / LOCK).exists() and not (out / LOCK).is_file():
        raise OutOfBounds(f"{out / LOCK} is no ordinary file; move it away, then build")
    for name in (CURRENT, f"{CURRENT}.new", BUILDER):
        path = out / name
        if path.exists() and not path.is_symlink() and not path.is_file():
            raise OutOfBounds(f"{path} is no ordinary file; move it away, then build")


@contextlib.contextmanager
def _anew(path: Path) -> Iterator[TextIO]:
    """A file written from nothing; what was there goes, a link and not what it leads to."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(handle, "w", encoding="utf-8") as file:
        yield file


@contextlib.contextmanager
def new(out: Path, mark: str, base: str) -> Iterator[Path]:
    """A folder for a new generation; it becomes the graph if the block ends without error.

    Files that it has in common with the current one are not read once more.
    """
    sweep(out)
    held = current(out)
    folder = out / GENERATIONS / _free_name(out, mark)
    try:
        folder.mkdir(parents=True)
        yield folder
        checksums.note(folder, held.folder if held else None)
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
    # A name that no build gives is somebody's own.
    ours = (p for p in folder.iterdir() if _NAME.fullmatch(p.name.removeprefix(".")))
    return sorted(path for path in ours if path.name not in keep)


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


def purged(out: Path) -> Iterator[str]:
    """Leave nothing under an out folder but the current graph and what kg did not make.

    The generation before goes, leftovers, what the last check found, and every page of kg's too. Says which pages went
    and which files stayed without being looked into. Raises OutOfBounds if something could
    not be deleted.
    """
    name, base, _ = pointer(out)
    _switch(out, name, base, "none")
    pages: list[str] = []
    others: list[str] = []
    for path in sorted(p for p in out.rglob("*") if not p.is_dir() or p.is_symlink()):
        inside = path.relative_to(out)
        # The example's graph is another case's.
        if inside.parts[0] in (GENERATIONS, CURRENT, LOCK, BUILDER, ownership.NAME, "example"):
            continue
        if path.parent == out and path.name.startswith((checked.NAME, story_told.NAME)):
            path.unlink()
            continue
        (pages if _is_page(path) else others).append(inside.as_posix())
    try:
        for path in leftovers(out):
            shutil.rmtree(path)
        for page in pages:
            (out / page).unlink()
        _fresh(out).unlink(missing_ok=True)
    except OSError as error:
        raise OutOfBounds(f"not all could be deleted: {error}") from error
    others += [f"{GENERATIONS}/{p.name}" for p in (out / GENERATIONS).iterdir() if p.name != name]
    yield "deleted for good: the graph before" + "".join(f", {out / page}" for page in pages)
    if others:
        yield f"not looked into: {', '.join(str(out / other) for other in others)}"


def _is_page(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return _PAGE in file.read(4096)


def _switch(out: Path, name: str, base: str, before: str = "") -> None:
    before = before or (_named(out) or ("",))[0] or "none"
    with _anew(_fresh(out)) as file:
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


def bring(folder: Path) -> None:
    """Bring the files of a folder to the disk, but for those of folders in it."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Bring a generation to the disk: its files, then every folder that names one of them."""
    parts = sorted(folder.rglob("*"))
    for path in (folder, *filter(Path.is_dir, parts)):
        bring(path)
    for path in (*filter(Path.is_dir, parts), folder, folder.parent, folder.parent.parent):
        _sync_folder(path)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
