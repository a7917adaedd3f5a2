"""Faults on purpose: a build or a reading stopped, refused or killed at its k-th step.

`DRIVER` runs `kg` in an interpreter of its own and counts its steps: calls to the
disk (`disk`) or into a library (`library`). At step k it does one of: `kill` itself,
`builder` (the same, counted from when the loader is at work), `loader` (kill the loader
alone, counted likewise), `interrupt`, `stop` (itself or its group, by a signal, counted
likewise: `stop:kill:2`, `stop:killpg:15`), raise an OSError by its number, or raise a
LookupError (`fault`). With k = 0 nothing happens, and the number of steps
is the last line of stderr.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import inprocess
import processes
import psutil

from kg.case.folder import find
from kg.store.build import build
from kg.store.graph import open_graph

DRIVER = """
import os, signal, sys
counted, what, last, *words = sys.argv[1:]
what, *how = what.split(":")
last, steps, out = int(last), 0, os.path.abspath("out")
DISK = {"write", "fsync", "replace", "rename", "mkdir", "unlink", "rmdir", "open", "executescript",
    "tobytes", "link", "sendfile"}
LIBRARIES = ("pyoxigraph", "sqlite3", "pyvis", "networkx", "pandas", "rdflib", "filelock", "jinja2")
# Under its name: a report shows the line that raises.
FAULT = "a fault of person-lu\\nin two lines"
loaders = []
import subprocess
class Popen(subprocess.Popen):
    def __init__(self, *words, **more):
        super().__init__(*words, **more)
        loaders.append(self.pid)
subprocess.Popen = Popen
def library(event, frame, arg):
    if event == "c_call":
        owner = getattr(arg, "__self__", None)
        module = getattr(arg, "__module__", None) or type(owner).__module__
        return str(module).startswith(LIBRARIES) or type(owner).__module__ in LIBRARIES
    return event == "call" and frame.f_globals.get("__name__", "").startswith(LIBRARIES)
def disk(event, frame, arg):
    # What the import of a module reads is no step of a build.
    return event == "c_call" and arg.__name__ in DISK and "importlib" not in frame.f_code.co_filename
is_step = {"disk": disk, "library": library}[counted]
def step(frame, event, arg):
    global steps
    if not is_step(event, frame, arg) or (what in ("loader", "builder", "stop") and not loaders):
        return
    steps += 1
    if steps != last:
        return
    if what in ("kill", "builder"):
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "loader":
        for pid in loaders:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
    elif what == "interrupt":
        os.kill(os.getpid(), signal.SIGINT)
    elif what == "stop":
        getattr(os, how[0])(os.getpid(), int(how[1]))
    elif what == "fault":
        raise LookupError(FAULT)
    else:
        raise OSError(int(what), os.strerror(int(what)))
import kg.cli.main, kg.cli.output, kg.cli.parser, kg.store.build, kg.store.generations, kg.verbs.build
sys.argv = ["kg", *words]
sys.setprofile(step)
try:
    kg.cli.main.main()
finally:
    sys.setprofile(None)
    if last == 0:
        print(steps, file=sys.stderr)
"""


def drive(
    folder: Path, counted: str, what: str, step: int, *words: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `kg` from a folder with a fault at a step."""
    return processes.run(
        folder,
        *(sys.executable, "-c", DRIVER, counted, what, str(step), *words),
        env=processes.environment(COLUMNS="80", **settings),
        errors="replace",
        start_new_session=True,
    )


def steps(folder: Path, counted: str, *words: str) -> int:
    """How many steps a command takes."""
    ran = drive(folder, counted, "kill", 0, *words)
    assert ran.returncode == 0, ran.stderr
    return int(ran.stderr.splitlines()[-1])


def sampled(count: int, how_many: int) -> list[int]:
    """Steps from first to last, evenly; both ends are among them, all of them if they are few."""
    if count <= how_many:
        return list(range(1, count + 1))
    return sorted({1 + round(i * (count - 1) / (how_many - 1)) for i in range(how_many)})


# A line of case.toml that says nothing.
ANOTHER = "# another\n"


def stage(folder: Path) -> tuple[str, str]:
    """Build a case, then change a table, and what all hangs on: the states of the graph before and
    after a next build, which builds all of it."""
    build(find(folder))
    before = state(folder / "out")
    touch(folder)
    with (folder / "data" / "case.toml").open("a", encoding="utf-8") as file:
        file.write(ANOTHER)
    with tempfile.TemporaryDirectory() as other:
        build(find(folder, Path(other) / "out"))
        return before, state(Path(other) / "out")


def stage_row(folder: Path) -> tuple[str, str]:
    """The same with somebody new and one row of claims changed: a build takes over the rest."""
    build(find(folder))
    before = state(folder / "out")
    touch(folder)
    table = folder / "data" / "claims.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("denies", "disputes"), "utf-8")
    with tempfile.TemporaryDirectory() as other:
        build(find(shutil.copytree(folder, Path(other) / "case")))
        return before, state(Path(other) / "case" / "out")


def touch(folder: Path) -> None:
    """Change a table so that it makes another graph."""
    table = folder / "data" / "people.csv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(f"{rows}person-{len(rows)},Another,\n", encoding="utf-8")


def triples(out: Path) -> str:
    """The sorted N-Triples of the current graph."""
    return "".join(inprocess.lines(open_graph(out).part("store")))


def ledger(path: str) -> str:
    """All rows of a ledger, sorted."""
    with contextlib.closing(sqlite3.connect(path)) as held:
        return "\n".join(sorted(held.iterdump()))


def state(out: Path) -> str:
    """A digest of the whole current graph: its content, whichever generation holds it."""
    graph = open_graph(out)
    whole = hashlib.sha256(triples(out).encode())
    for part in ("manifest.json", "adjacency.bin", "terms.txt"):
        whole.update(Path(graph.part(part)).read_bytes())
    whole.update(ledger(graph.part("ledger.sqlite")).encode())
    return whole.hexdigest()


def generations(folder: Path) -> list[str]:
    """The names of the generations on disk."""
    return sorted(p.name for p in (folder / "out" / "generations").iterdir())


def loading(folder: Path) -> list[psutil.Process]:
    """The loaders that are at work for a folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            loads = any(word.endswith("loader.py") for word in process.cmdline())
            if loads and os.path.samefile(process.cwd(), folder):
                found.append(process)
    return found


def loaded(folder: Path) -> None:
    """Wait until no loader is at work for a folder."""
    assert processes.outlived(loading(folder)) == []


def end(process: subprocess.Popen[bytes], number: int = signal.SIGKILL) -> None:
    """End a process and its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
