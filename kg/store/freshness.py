"""Whether the tables are still those that a graph was made from: looked at on every reading.

`inputs.txt` of a generation notes of every file of the case its size, the time it was
written, its number and its digest, and the names of all files beside them. Where the
first three are the same the file is; where they differ its digest decides, so that a
copied or touched file is no other. Cost: a look at each file, some 50 µs a dozen.
"""

from __future__ import annotations

import os

from kg.case.saved import FOLDERS
from kg.model.errors import KgError, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.store.graph import Graph

NAME = "inputs.txt"
# Parts of a line and lines: no sane file name holds them, and one that does is looked at anew.
_PART, _LINE = "\x1f", "\x1e"


def stamps(root: str | os.PathLike[str], names: Mapping[str, str]) -> dict[str, str]:
    """Size, time and number of the files of a case, by their paths within it."""
    return {name: _stamp(os.stat(os.path.join(root, name))) for name in names}


def note(
    folder: str | os.PathLike[str],
    root: str | os.PathLike[str],
    digests: Mapping[str, str],
    seen: Mapping[str, str],
) -> None:
    """Write what a generation was made from; `seen` are the stamps of before it was read."""
    lines = [_PART.join((seen[name], digest, name)) for name, digest in sorted(digests.items())]
    lines += [_PART.join(("", "", name)) for name in sorted(beside(root) - {*digests})]
    path = os.path.join(folder, NAME)
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(_LINE.join(lines))


def unchanged(out: str | os.PathLike[str], root: str | os.PathLike[str]) -> Graph | None:
    """The graph in an out folder, if this version made it from the very files that a case has now.

    A graph that is damaged or cannot be read is no such graph. Cost: reads all of it and all inputs.
    """
    from kg import __version__
    from kg.store import checksums
    from kg.store.graph import open_graph

    try:
        held = open_graph(out)
        noted = _noted(held)
        same = noted.keys() == {"data/case.toml"} | beside(root) and all(
            _digest(os.path.join(root, name)) == digest
            for name, (_, digest) in noted.items()
            if digest
        )
        if not noted or not same or held.manifest["version"] != __version__:
            return None
        return None if any(checksums.Sums(held.folder).faults(whole=True)) else held
    except (KgError, KeyError, TypeError, OSError):
        return None


def changed(graph: Graph, root: str | os.PathLike[str]) -> list[str]:
    """The files of a case that are no longer what its graph was made from, each with what became of it.

    Nothing if the graph was made from no files, or the case's are not there. Cost: a look
    at each file; a digest of those that look different.
    """
    noted = _noted(graph)
    if not noted or not os.path.isdir(os.path.join(root, "data")):
        return []
    found = []
    for name, (stamp, digest) in noted.items():
        if not digest:
            continue
        path = os.path.join(root, name)
        try:
            if _stamp(os.stat(path)) != stamp and _digest(path) != digest:
                found.append(name)
        except FileNotFoundError:
            found.append(f"{name} is gone")
        except OSError:
            found.append(f"{name} cannot be read")
    if beside(root) - noted.keys():
        found += [f"{name} is new" for name in _new(root, noted)]
    return sorted(found)


def told(graph: Graph, root: str | os.PathLike[str]) -> str:
    """What to tell of a graph that is older than its tables; empty if it is not."""
    names = changed(graph, root)
    if not names:
        return ""
    from kg.text.terminal import some

    short = [n.removeprefix("data/").removeprefix("ontology/") for n in names]
    return f"the tables changed since the build ({some(short)}); this is the old graph: kg build, or {parameter('build')}"


def _noted(graph: Graph) -> dict[str, tuple[str, str]]:
    if not graph.holds(NAME):
        return {}
    with open(graph.part(NAME), encoding="utf-8", errors="surrogateescape", newline="") as file:
        lines = (line.split(_PART) for line in file.read().split(_LINE))
        return {line[-1]: (line[0], line[1]) for line in lines if len(line) == 3}


def _new(root: str | os.PathLike[str], noted: Mapping[str, object]) -> Iterator[str]:
    """The files that a build would read and that were not there; the case itself knows which."""
    from kg.case.folder import find

    try:
        inputs = find(os.fspath(root)).digests()
    except (KgError, OSError):
        # Whatever is wrong with the case is told by a build.
        return
    yield from (name for name in inputs if name not in noted)


def beside(root: str | os.PathLike[str]) -> set[str]:
    """Every visible file in the folders of a case."""
    found: set[str] = set()
    for folder in FOLDERS:
        try:
            names = os.listdir(os.path.join(root, folder))
        except OSError:
            continue
        found.update(f"{folder}/{name}" for name in names if not name.startswith("."))
    return found


def _stamp(info: os.stat_result) -> str:
    return f"{info.st_size} {info.st_mtime_ns} {info.st_ino}"


def _digest(path: str) -> str:
    import hashlib
    import stat

    if not stat.S_ISREG(os.stat(path).st_mode):
        return ""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
