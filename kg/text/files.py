"""The one writer of files that a person names: put in place whole, and never over a case.

What a case is made from (its tables, ontology, questions, texts) and what its graph
lies in is never written over, whatever the name, the link or the letter case it is
reached by, and whether or not it is forced.
"""

from __future__ import annotations

import os
import stat

from kg.model.errors import OutOfBounds, UsageError, parameter
from kg.text.untrusted import shown, sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OURS = b'<meta name="generator" content="kg'
# The folders of a case that a person fills; what is in them is theirs.
_KEPT = ("data", "ontology", "queries", "texts")
# Files that are somebody's work wherever they lie.
_WORK = ("case.toml", "story.toml")
_QUESTIONS = (".rq", ".sparql")
# What a graph lies in: one file in place of it, and there is no graph.
_GRAPH = ("current", "current.new", "generations", ".building", ".lock", ".case")


def write(text: str, path: str, *, force: bool = False, case: str = ".") -> None:
    """Write a text to a file, in one step; over a page of ours, or with `force` over any other file.

    A link is replaced and what it leads to stays. Raises UsageError for a name that is
    none, a folder, a device or pipe, a file that is not ours, and for what belongs to a
    case (of any, and of the `case` in hand by its links too), which `force` does not
    change; OutOfBounds if it cannot be written.
    """
    write_pieces((text,), path, force=force, case=case)


def write_pieces(
    pieces: Iterable[str | bytes], path: str, *, force: bool = False, case: str = "."
) -> None:
    """The same with a content that is made piece by piece, and never held whole.

    What the making of a piece raises is raised; the old file is untouched then. Raises UsageError for
    a folder, a device, a pipe, and without `force` for a file that is no page of kg's.
    """
    told = _sayable(path, case)
    if os.path.isdir(path):
        raise UsageError(f"{told} is a folder; name a file")
    if os.path.exists(path) and not os.path.isfile(path):
        # To be asked whose it is, a pipe would never answer; a file would take a device's place.
        raise UsageError(
            f"{told} is a device or pipe; name a file, or leave out {parameter('out')} and use “>”"
        )
    if os.path.exists(path) and not force:
        with open(path, "rb") as held:
            if _OURS not in held.read(4096):
                raise UsageError(
                    f"{told} is there already and is no page of kg; use {parameter('force')}"
                )
    replace(path, map(encoded, pieces))


def write_folder(
    files: Iterable[tuple[str, Iterable[str | bytes]]],
    path: str,
    *,
    force: bool = False,
    case: str = ".",
) -> None:
    """Write a folder of files, in one step: it is there with all of them, or not at all.

    A name may have folders in it, with ``/`` between. An empty folder is filled. One that holds
    something is replaced with `force`, where everything in it is a file of a name that is written,
    unless it is a case. Raises UsageError for what is never written over, OutOfBounds if it cannot be written.
    """
    told = _sayable(path, case)
    if os.path.lexists(path) and (os.path.islink(path) or not os.path.isdir(path)):
        raise UsageError(f"{told} is no folder; name one that is not there yet")
    held = set(_files(path)) if os.path.isdir(path) else set[str]()
    if held and (_is_case(path) or not force):
        what = (
            "is a case already, and is never written over; name another folder"
            if _is_case(path)
            else f"is there already and is not empty; name another folder, or use {parameter('force')}"
        )
        raise UsageError(f"{told} {what}")
    fresh = _beside(path)
    try:
        try:
            os.mkdir(fresh)
            names = set[str]()
            for name, pieces in files:
                names.add(name)
                place = os.path.join(fresh, name)
                os.makedirs(os.path.dirname(place), exist_ok=True)
                replace(place, map(encoded, pieces))
            if others := sorted(held - names):
                raise UsageError(
                    f"{told} holds {shown(others[0])}, which would be lost; name another folder"
                )
            if os.path.isdir(path):
                old = _beside(path)
                os.rename(path, old)
                os.rename(fresh, path)
                _emptied(old)
            else:
                os.rename(fresh, path)
        finally:
            if os.path.isdir(fresh):
                _emptied(fresh)
    except OSError as error:
        raise OutOfBounds(f"cannot write {told}: {error.strerror}") from error


def _files(folder: str, before: str = "") -> Iterator[str]:
    """The names of all that a folder holds, those of its folders with what is in them."""
    for name in os.listdir(folder):
        place = os.path.join(folder, name)
        if os.path.isdir(place) and not os.path.islink(place) and os.listdir(place):
            yield from _files(place, f"{before}{name}/")
        else:
            yield before + name


def _emptied(folder: str) -> None:
    """Delete a folder of files and folders."""
    for name in os.listdir(folder):
        place = os.path.join(folder, name)
        if os.path.isdir(place) and not os.path.islink(place):
            _emptied(place)
        else:
            os.unlink(place)
    os.rmdir(folder)


def _beside(path: str) -> str:
    """A name that nothing has yet, in the same folder."""
    folder = os.path.dirname(os.path.abspath(path))
    return os.path.join(folder, f".kg-{os.getpid()}-{os.urandom(4).hex()}")


def _sayable(path: str, case: str) -> str:
    """A path that something can be written to, as it is told. Raises UsageError for another."""
    if not path or "\0" in path:
        raise UsageError(f"{parameter('out')}: nothing; expected the name of a file")
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise UsageError(f"{shown(folder)} is no folder; make it first, or write somewhere else")
    if what := kept(path, case):
        raise UsageError(f"{shown(path)} is {what}, and is never written over; name another file")
    return shown(path)


def encoded(piece: str | bytes) -> bytes:
    """A piece of a file as its bytes."""
    if isinstance(piece, bytes):
        return piece
    try:
        return piece.encode()
    except UnicodeEncodeError:
        return sound(piece).encode()


def replace(path: str | os.PathLike[str], content: bytes | Iterable[bytes]) -> None:
    """Put a file's new content in its place in one step; of a file that is there, its mode stays.

    Asks no questions: for what the caller has already found to be its to change.
    Raises OutOfBounds, the old file untouched, if it cannot be written.
    """
    name = os.fspath(path)
    fresh = _beside(name)
    try:
        try:
            # Made anew or not at all: a link that lies in wait is not followed.
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with open(handle, "wb") as file:
                for piece in (content,) if isinstance(content, bytes) else content:
                    file.write(piece)
                if os.path.isfile(name) and not os.path.islink(name):
                    os.chmod(fresh, stat.S_IMODE(os.stat(name).st_mode))
                    file.flush()
                    os.fsync(handle)
            os.replace(fresh, name)
        finally:
            if os.path.lexists(fresh):
                os.unlink(fresh)
    except OSError as error:
        raise OutOfBounds(f"cannot write {shown(name)}: {error.strerror}") from error


def kept(path: str, case: str = ".") -> str:
    """What of a case lies, or would lie, at a path; empty if none of it does.

    Looked for where the name says and where links lead; of the `case` in hand also
    where its own links lead.
    """
    for place in {os.path.abspath(path), _placed(path), os.path.realpath(path)}:
        name = os.path.basename(place).casefold()
        if name in _WORK:
            return f"a file that a case is made from ({name})"
        if name.endswith(_QUESTIONS) and os.path.isfile(place):
            return "a query"
        for parent, first in _above(place):
            if first.casefold() in _KEPT and _is_case(parent):
                return f"in {first}/ of a case"
            if first.casefold() in _GRAPH and _is_out(parent):
                return "part of a built graph"
            if os.path.isfile(os.path.join(parent, _WORK[0])):
                return "in the folder of a case's tables"
    return _led_to(os.path.realpath(path), case)


def _placed(path: str) -> str:
    """Where a name really lies, if it is a link not where that leads."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _above(place: str) -> Iterator[tuple[str, str]]:
    """Every folder above a path, with the name that follows it in the path."""
    parent, name = os.path.split(place)
    while name:
        yield parent, name
        parent, name = os.path.split(parent)


def _is_case(folder: str) -> bool:
    data = os.path.join(folder, "data")
    return os.path.isfile(os.path.join(data, _WORK[0])) or (
        os.path.isdir(data) and os.path.isdir(os.path.join(folder, "ontology"))
    )


def _is_out(folder: str) -> bool:
    return os.path.isdir(os.path.join(folder, "generations")) or _is_case(os.path.dirname(folder))


def _led_to(place: str, case: str) -> str:
    """Which folder or file of a case leads, by a link, to a place."""
    for folder in _KEPT:
        held = os.path.join(case, folder)
        real = os.path.realpath(held)
        if os.path.isdir(held) and os.path.commonpath((real, place)) == real:
            return f"in {folder}/ of the case"
        if os.path.isdir(held):
            with os.scandir(held) as entries:
                for entry in entries:
                    if entry.is_symlink() and os.path.realpath(entry.path) == place:
                        return f"{folder}/{entry.name} of the case by another name"
    return ""
