"""The state of a case's graph, looked at in full: what there is, what is wrong, how to mend it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

from kg import __version__
from kg.model.errors import BadGraph, KgError, NoGraph
from kg.model.namespaces import PREFIXES
from kg.model.record import Record
from kg.sparql import query
from kg.store import checksums, generations
from kg.store.graph import CURRENT, FORMAT, Graph, open_graph, pointer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.case.folder import Case

_COUNTED = """select (count(*) as ?n) (sum(if(?p = rdf:type && ?o = kg:Claim, 1, 0)) as ?c)
    { ?s ?p ?o }"""


class Finding(Record):
    """One thing that was looked at: `state` is ``fine``, ``warning`` or ``wrong``."""

    what: str
    state: str
    found: str
    mend: str = ""


def examine(where: str | os.PathLike[str]) -> list[Finding]:
    """Look at a case's graph: every part against its sum, all of the store read, the lock, leftovers.

    Works with no graph, a damaged one, or a case.toml that cannot be read. Writes
    nothing but the sums of large files that were copied or moved, and only
    if every part is as it was built. Cost: all of the graph is read twice.
    """
    return [*_examined(where)]


def _examined(where: str | os.PathLike[str]) -> Iterator[Finding]:
    from kg.case.example import out_of
    from kg.case.folder import find

    yield Finding("kg", "fine", _versions())
    case: Case | None = None
    try:
        case = find(os.fspath(where))
        out = case.out
        yield Finding("case", "fine", f"{case.root.resolve()}: {case.title}")
    except KgError as error:
        out = Path(out_of(os.fspath(where)))
        yield Finding("case", "wrong", str(error), "mend what it names")
    if case is not None:
        yield from _earlier(case)
    yield _lock(out)
    yield from _graph(out, case)
    left = [path.name for path in generations.leftovers(out)]
    if left:
        yield Finding("leftovers", "warning", ", ".join(left), "the next build clears them away")


def _versions() -> str:
    from importlib.metadata import version

    python = ".".join(map(str, sys.version_info[:3]))
    engine = version("pyoxigraph")
    return f"{__version__}, Python {python}, pyoxigraph {engine}, {sys.platform}"


def _earlier(case: Case) -> Iterator[Finding]:
    """What is written as it was in an earlier version of kg: it is told, and never changed."""
    from kg.analysis import earlier_forms

    try:
        for old in earlier_forms.found(case):
            yield Finding("earlier form", "wrong" if old.broken else "warning", old.found, old.mend)
    except KgError as error:
        yield Finding("case", "wrong", str(error), "mend what it names")


def _lock(out: Path) -> Finding:
    noted = (out / generations.BUILDER).exists()
    if generations.locked(out):
        return Finding("lock", "fine", f"being built by process {generations.builder(out)}")
    if noted:
        found = f"process {generations.builder(out)} died while it built; the lock is free"
        return Finding("lock", "warning", found, "the next build clears it away")
    return Finding("lock", "fine", "free")


def _graph(out: Path, case: Case | None) -> Iterator[Finding]:
    try:
        graph = open_graph(out)
    except (NoGraph, BadGraph) as error:
        yield Finding("graph", "wrong", str(error), "kg build")
        return
    at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime((out / CURRENT).stat().st_mtime))
    before = pointer(out)[2]
    found = (
        f"{os.path.basename(graph.folder)}, format {FORMAT}, put in place {at}; before it: {before}"
    )
    yield Finding("graph", "fine", found)
    parts = [*_parts(graph)]
    yield from parts
    if all(p.state == "fine" for p in parts):
        yield from _contents(graph)
        yield from _inputs(graph, case)


def _parts(graph: Graph) -> Iterator[Finding]:
    try:
        noted = checksums.Sums(graph.folder)
    except BadGraph as error:
        yield Finding(checksums.NAME, "wrong", str(error), "kg build")
        return
    faults = dict(noted.faults(whole=True))
    sizes: dict[str, int] = {}
    for name, (_, size, _) in noted.files.items():
        part = name.partition("/")[0]
        sizes[part] = sizes.get(part, 0) + size
    for part, size in sizes.items():
        wrong = [f"{n}: {f}" for n, f in faults.items() if n.partition("/")[0] == part]
        found = "; ".join(wrong) or f"{size:,} bytes, as they were written"
        yield Finding(part, "wrong" if wrong else "fine", found, "kg build" if wrong else "")
    if not faults and noted.moved():
        with contextlib.suppress(OSError):
            checksums.note(graph.folder)


def _contents(graph: Graph) -> Iterator[Finding]:
    """Whether store, ledger and adjacency hold the claims that the manifest counts."""
    counts = graph.manifest["counts"]
    claims = counts["claims"]
    expected = f"{claims:,} claims, {counts['attestations']:,} attestations"
    try:
        limits = query.Limits(3600.0, 8 << 30)
        n, held = graph.store.query(_COUNTED, PREFIXES, limits).rows[0]
        quads, in_store = int(n.value if n else 0), int(held.value if held else 0)
        in_ledger, said, faults = graph.ledger.examined()
        walked = len(graph.adjacency.relation)
    except KgError as error:
        yield Finding("contents", "wrong", str(error), "kg build")
        return
    found = (
        f"{quads:,} triples; claims in the store {in_store:,}, in the ledger {in_ledger:,}; "
        f"{walked:,} between two entities; {said:,} attestations"
    )
    same = in_store == in_ledger == claims and said == counts["attestations"] and walked <= claims
    if same and not faults:
        yield Finding("contents", "fine", found)
    else:
        told = "; ".join([found, f"expected {expected}", *faults])
        yield Finding("contents", "wrong", told, "kg build --force")


def _inputs(graph: Graph, case: Case | None) -> Iterator[Finding]:
    """Whether the tables are still those that the graph was made from."""
    if case is None:
        return
    made_from, made_by = graph.manifest["inputs"], graph.manifest["version"]
    try:
        now = case.digests()
    except (KgError, OSError) as error:
        yield Finding("tables", "wrong", str(error), "put the file back or mend it")
        return
    changed = sorted(k for k in made_from.keys() | now if made_from.get(k) != now.get(k))
    if changed:
        yield Finding("tables", "warning", f"out of date: {', '.join(changed)}", "kg build")
    elif made_by != __version__:
        yield Finding("tables", "warning", f"built by kg {made_by}", "kg build")
    else:
        yield Finding("tables", "fine", f"{len(now)} files, as they were at the build")
