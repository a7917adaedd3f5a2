"""Processes that tests start: with the package of this folder, watched by their numbers.

No test measures time. HANG only ends what would never end, so that a fault is a failed
test and no stopped run; nothing that is tested may depend on its size.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
KG = (sys.executable, "-m", "kg")
HANG = 120
# The same in milliseconds, as a browser counts.
WAIT = HANG * 1000
# A query that no machine answers, and that takes no memory while it tries.
ENDLESS = (
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r "
    "FILTER(CONCAT(STR(?a), STR(?r)) = '') }"
)


def environment(**settings: str) -> dict[str, str]:
    """This process's environment, in which `import kg` finds the package of this folder.

    What the shell of whoever runs the tests tells Python, as to keep no compiled modules, is left out.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return plain | {"PYTHONPATH": str(ROOT)} | settings


def run(folder: Path, *command: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command from a folder to its end; what it wrote is text."""
    given: dict[str, Any] = {
        "env": environment(), "capture_output": True, "encoding": "utf-8", "timeout": HANG, "check": False
    }  # fmt: skip
    return subprocess.run(command, cwd=folder, **(given | more))


def start(folder: Path, *command: str, **more: Any) -> subprocess.Popen[bytes]:
    """Start a command from a folder, in a group of its own."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True}
    return subprocess.Popen(command, cwd=folder, env=environment(), **(given | more))


def children(running: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """What a process has started; waits until it has started something."""
    parent = psutil.Process(running.pid)
    while not (found := parent.children()):
        assert running.poll() is None, "it ended and had started nothing"
    return found


def outlived(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that do not end by themselves; waits for each that does."""
    return psutil.wait_procs(processes, timeout=HANG)[1]


def clocks(first: float = 0.5) -> Iterator[float]:
    """Ever longer clocks, in seconds, for what must happen before one of them runs out.

    On a slow machine a later one is the first that is long enough.
    """
    while first < HANG:
        yield first
        first *= 3
