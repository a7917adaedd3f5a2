"""Whose an out folder is: a graph is never read or written for another case.

An `out/` in the case's own folder is its own. One that is a link may be another case's, or
shared by mistake: it then holds the folder of the case that built in it last.
"""

from __future__ import annotations

import os

from kg.model.errors import UsageError

NAME = ".case"


def refuse_others(out: str, root: str) -> None:
    """Refuse an out folder that another case uses. Cost: one look, unless it is a link.

    A case that was moved or deleted since uses it no more. Raises UsageError.
    """
    if not os.path.islink(out):
        return
    real = os.path.realpath(out)
    for other in (os.path.dirname(real), _noted(real)):
        if other and _uses(other, real) and not _same(other, root):
            raise UsageError(
                f"{out} leads to {real}, which the case {other} uses; give each case its own"
            )


def note(out: str, root: str) -> None:
    """Say in an out folder that is a link which case builds in it."""
    if os.path.islink(out):
        path = os.path.join(os.path.realpath(out), NAME)
        fresh = f"{path}.{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(os.path.realpath(root))
        os.replace(fresh, path)


def _noted(out: str) -> str:
    path = os.path.join(out, NAME)
    try:
        if not os.path.isfile(path) or os.path.islink(path):
            return ""
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read(4096)
    except OSError:
        return ""


def _uses(root: str, out: str) -> bool:
    """Whether there is a case in a folder and its out folder is this one."""
    there = os.path.isfile(os.path.join(root, "data", "case.toml"))
    return there and os.path.realpath(os.path.join(root, "out")) == out


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
