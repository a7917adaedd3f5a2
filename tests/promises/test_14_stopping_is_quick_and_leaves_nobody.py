"""Ctrl-C stops within a second and leaves nobody at work.

Fault: Ctrl-C, or a request to terminate, reaches a query or a build, or its whole group, at any moment.
Seen: “stopped”, and nothing else; exit code 130, or 143 where it was asked to terminate.
Kept: the old graph. No child process goes on.
"""

import os
import signal
import subprocess
import sys
import time

import faults
import pytest

from kg.case.folder import find
from kg.store.build import build

ENDLESS = "SELECT * {?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o} ORDER BY ?a ?d"


def start(folder, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(faults.ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def children(pid):
    ran = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], text=True, capture_output=True)
    return [int(p) for p in ran.stdout.split()]


def alive(pid):
    ran = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], text=True, capture_output=True)
    return bool(ran.stdout.strip()) and not ran.stdout.startswith("Z")


# The second is no plain command line: the full parser hears the signal first.
QUERIES = [
    ("query", ENDLESS, "--memory", "20", "--timeout", "60"),
    ("query", ENDLESS, "--memory=20", "--timeout=60"),
]


@pytest.mark.parametrize("words", QUERIES, ids=["plain", "parsed"])
@pytest.mark.parametrize("whom", [os.killpg, os.kill])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_query(built_case, whom, number, code, words):
    running = start(built_case, *words)
    while not (found := children(running.pid)):
        assert running.poll() is None
    began = time.monotonic()
    whom(running.pid, number)
    out, err = running.communicate(timeout=30)
    # A second, and what a busy machine adds to it; the query itself would take a minute.
    assert time.monotonic() - began < 10
    assert (running.returncode, out, err) == (code, b"", b"stopped\n")
    assert not any(map(alive, found))


@pytest.mark.parametrize("step", [1, 30])
def test_a_build_at_any_step(make_case, step):
    folder = make_case()
    old, _ = faults.stage(folder)
    count = faults.steps(folder, "disk", "check")
    ran = faults.drive(folder, "disk", "interrupt", count + step, "build")
    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr.splitlines()[-1] == "stopped"
    assert set(ran.stderr.splitlines()[:-1]) <= {"reading tables", "writing the graph"}
    assert faults.state(folder / "out") == old
    assert len(faults.generations(folder)) == 1
    assert not faults.loading(folder)


@pytest.mark.parametrize("whom", [os.killpg, os.kill])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_with_its_loader_at_work(make_case, whom, number, code):
    folder = make_case()
    build(find(folder))
    old = faults.state(folder / "out")
    running = start(folder, "build", "--force")
    while not children(running.pid) and running.poll() is None:
        pass
    ended = running.poll() is not None
    whom(running.pid, number)
    out, err = running.communicate(timeout=30)
    if not ended and not out:
        assert (running.returncode, out) == (code, b"")
        assert err == b"reading tables\nwriting the graph\nstopped\n"
    assert faults.state(folder / "out") == old
    assert not faults.loading(folder)


def test_a_stop_that_python_wraps_in_another_error(built_case):
    script = (
        "import sys; sys.argv = ['kg', 'show', 'person-lu']\n"
        "import kg.analysis.dossier\n"
        "def dossier(*_, **__):\n"
        "    try:\n        raise KeyboardInterrupt\n"
        "    except KeyboardInterrupt as stop:\n        raise RuntimeError('in __set_name__') from stop\n"
        "kg.analysis.dossier.dossier = dossier\nfrom kg.cli.main import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=built_case,
        env=os.environ | {"PYTHONPATH": str(faults.ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "stopped\n")
