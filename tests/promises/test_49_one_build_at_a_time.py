"""One build at a time.

Fault: a build begins while another one is at work on the same case.
Seen: “out is being built by process 4711 since 10:15:00; try again when it is done”; exit code 4.
Kept: the first build, unharmed. Whoever holds the lock and dies gives it back.
"""

import os
import signal
import subprocess
import sys

import faults
from processes import HANG, KG, start

from kg.case.folder import find
from kg.store.build import build
from kg.store.generations import lock

HOLDER = """
import sys
from pathlib import Path
from kg.store.generations import lock
with lock(Path("out")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_is_told_who_builds(make_case, kg):
    folder = make_case()
    build(find(folder))
    before = faults.generations(folder)
    with lock(folder / "out"):
        ran = kg(folder, "build", "--force")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert f"is being built by process {os.getpid()} since" in ran.stderr
    assert faults.generations(folder) == before
    assert kg(folder, "build", "--force").returncode == 0


def test_a_holder_that_is_killed_gives_the_lock_back(make_case, kg):
    folder = make_case()
    build(find(folder))
    with start(folder, sys.executable, "-c", HOLDER, stdin=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        ran = kg(folder, "build", "--force")
        assert ran.returncode == 4
        assert f"process {holder.pid} since" in ran.stderr
        holder.send_signal(signal.SIGKILL)
    assert kg(folder, "build", "--force").returncode == 0
    assert not (folder / "out" / ".building").exists()


def test_many_at_once_leave_one_whole_graph(staged):
    folder, _, new = staged
    running = [start(folder, *KG, "build", "--force") for _ in range(5)]
    ended = [(p.communicate(timeout=HANG)[1].decode(), p.returncode) for p in running]
    assert {code for _, code in ended} in ({0}, {0, 4})
    for said, code in ended:
        if code:
            assert "is being built by process" in said.splitlines()[-1]
    assert faults.state(folder / "out") == new
    assert len(faults.generations(folder)) <= 2
