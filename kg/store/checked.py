"""What the last check of a case found, kept in its out folder: unchanged files are not read again.

It is used only if it is whole, this version wrote it, and every file of the case is the very one that was
checked: its bytes, its size, its times and its number on the disk. A copy of a case is checked anew,
whatever came with it. Nothing is written where there is no out folder yet, nor through a link.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kg import __version__
from kg.case.folder import Case
from kg.model.errors import KgError
from kg.model.problems import Problem
from kg.store import checksums, freshness

NAME = "checked.json"
_LARGEST = 1 << 25


@dataclass(frozen=True, slots=True)
class Checked:
    """What the tables of a case hold: counts, and every problem found."""

    entities: int
    claims: int
    attestations: int
    problems: tuple[Problem, ...]
    dropped: int

    @property
    def fine(self) -> bool:
        """Whether a graph can be built."""
        return all(p.warning for p in self.problems)


def state(case: Case) -> str:
    """What tells one state of a case's files from another. Cost: reads all of them.

    Raises KgError or OSError for a file that cannot be read.
    """
    found: dict[str, object] = {"version": __version__, "inputs": case.digests()}
    names = sorted(freshness.beside(case.root))
    found["files"] = [_look(case.root / name, name) for name in names]
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def held(case: Case) -> tuple[str, Checked | None]:
    """The state of a case, and what was found when it was checked in that state; if it was.

    The state is empty if it cannot be told.
    """
    try:
        now = state(case)
    except (KgError, OSError):
        return "", None
    path = case.out / NAME
    try:
        info = path.lstat()
        if not stat.S_ISREG(info.st_mode) or info.st_size > _LARGEST:
            return now, None
        text = checksums.unsealed(path.read_text(encoding="utf-8"))
        kept = json.loads(text) if text else {}
        if kept.pop("state", "") != now:
            return now, None
        problems = (p | {"rows": tuple(p["rows"])} for p in kept.pop("problems"))
        return now, Checked(problems=tuple(Problem(**p) for p in problems), **kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return now, None


def keep(case: Case, before: str, found: Checked) -> None:
    """Note what a check found, if the case is still in the state that it was in before.

    What cannot be written is left.
    """
    with contextlib.suppress(KgError, OSError):
        if not before or not case.out.is_dir() or case.out.is_symlink() or state(case) != before:
            return
        sizes = {n: getattr(found, n) for n in ("entities", "claims", "attestations", "dropped")}
        kept = {"state": before, **sizes, "problems": [p._asdict() for p in found.problems]}
        fresh = case.out / f"{NAME}.{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(checksums.sealed(json.dumps(kept, ensure_ascii=False) + "\n"))
        os.replace(fresh, case.out / NAME)


def _look(path: Path, name: str) -> list[object]:
    info = path.lstat()
    return [name, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino, info.st_mode]
