"""A full disk changes nothing.

Fault: no space, a quota, a limit of file size, or an input/output error at any step of a build.
Seen: “cannot write out/: No space left on device; nothing changed”; exit code 4. What
  cannot be read is named; exit code 3.
Kept: the old graph; what was half written is removed.
"""

import errno
import sys
from pathlib import Path

import faults
import processes
import pytest

from kg.case.folder import find
from kg.store.build import build
from kg.store.graph import current

LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv = ["kg", "build"]
runpy.run_module("kg", run_name="__main__")
"""


@pytest.mark.parametrize("size", [0, 1_000, 20_000, 60_000])
def test_a_limit_of_size_for_builder_and_loader(make_case, size):
    folder = make_case()
    first, _ = build(find(folder))
    faults.touch(folder)
    ran = processes.run(folder, sys.executable, "-B", "-c", LIMITED, str(size))
    assert ran.returncode == 4, ran.stderr
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("kg: cannot write out: ")
    assert last.endswith("; nothing changed")
    now = current(folder / "out")
    assert now and now.folder == first.folder
    assert len([*now.ledger.claims()]) == 4
    assert faults.generations(folder) == [Path(first.folder).name]


@pytest.mark.parametrize(("fault", "steps"), [(errno.ENOSPC, (20, 110)), (errno.EIO, (90, 200))])
def test_an_error_at_any_step(staged, fault, steps):
    folder, old, new = staged
    count = faults.steps(folder, "disk", "check")
    codes = []
    for k in (count + step for step in steps):
        ran = faults.drive(folder, "disk", str(fault), k, "build")
        codes.append(ran.returncode)
        found = faults.state(folder / "out")
        if ran.returncode == 0:
            assert found == new
            break
        last = ran.stderr.splitlines()[-1]
        assert ran.returncode in (3, 4), ran.stderr
        assert last.endswith("; nothing changed") or ran.returncode == 3, last
        assert found == old
        assert len(faults.generations(folder)) == 1
    assert 4 in codes
