"""Long runs of what `tests/promises` samples: `make soak`. Each prints how much it survived."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time

import draws
import faults
import processes
import pytest

from kg.case.folder import find
from kg.store.build import build
from kg.store.generations import sweep
from kg.store.graph import open_graph

STRACE = shutil.which("strace")
CALLS = "write,pwrite64,fsync,fdatasync,rename,openat,mkdir,ftruncate"


@pytest.fixture
def staged(make_case):
    folder = make_case()
    return folder, *faults.stage(folder)


@pytest.fixture
def told(capsys):
    """Print a figure past the capture."""

    def tell(text):
        with capsys.disabled():
            print(f"\n  {text}", flush=True)

    return tell


def start(folder, *words, **more):
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return processes.start(folder, *processes.KG, *words, **(nowhere | more))


def again(folder, state, old):
    """After a switch, back to the graph before, so that every step meets the same."""
    if state == old:
        sweep(folder / "out")
        return
    tables = [folder / "data" / name for name in ("people.csv", "case.toml")]
    texts = [table.read_text() for table in tables]
    shutil.rmtree(folder / "out")
    for table, text in zip(tables, texts, strict=True):
        table.write_text("".join(text.splitlines(True)[:-1]))
    build(find(folder))
    for table, text in zip(tables, texts, strict=True):
        table.write_text(text)


def test_killed_at_every_step(staged, told):
    folder, old, new = staged
    trial = folder.with_name(f"{folder.name}-trial")
    shutil.copytree(folder, trial)
    count = faults.steps(trial, "disk", "build")
    seen = {old: 0, new: 0}
    for k in range(1, count + 1, int(os.environ.get("SOAK_EVERY", "1"))):
        faults.drive(folder, "disk", "kill", k, "build")
        state = faults.state(folder / "out")
        seen[state] += 1
        again(folder, state, old)
    told(
        f"killed at {sum(seen.values())} of {count} steps: {seen[old]} old graphs, {seen[new]} new, 0 else"
    )


def test_killed_at_every_step_while_it_takes_over_what_has_not_changed(make_case, told):
    folder = make_case()
    old, new = faults.stage_row(folder)
    trial = folder.with_name(f"{folder.name}-trial")
    shutil.copytree(folder, trial)
    count = faults.steps(trial, "disk", "build")
    seen = {old: 0, new: 0}
    every = range(1, count + 1, int(os.environ.get("SOAK_EVERY", "1")))
    for k in sorted({*every, *range(count - 10, count + 1)}):
        shutil.rmtree(trial)
        shutil.copytree(folder, trial)
        faults.drive(trial, "disk", "kill", k, "build")
        seen[faults.state(trial / "out")] += 1
        faults.loaded(trial)
    assert seen[new]
    found = f"{seen[old]} old graphs, {seen[new]} new, 0 else"
    told(f"killed at {sum(seen.values())} of {count} steps of differences: {found}")


def test_killed_at_random_times(staged, told):
    folder, old, new = staged
    chance, seen, tries = (
        draws.chance(),
        {old: 0, new: 0},
        int(os.environ.get("SOAK_KILLS", "200")),
    )
    began = time.monotonic()
    running = start(folder, "build", "--force")
    running.wait()
    whole = time.monotonic() - began
    again(folder, new, old)
    for _ in range(tries):
        running = start(folder, "build")
        time.sleep(chance.uniform(0, whole))
        faults.end(running)
        running.wait()
        faults.loaded(folder)
        state = faults.state(folder / "out")
        seen[state] += 1
        if state == new:
            again(folder, state, old)
    told(f"killed {tries} times at random: {seen[old]} old graphs, {seen[new]} new, 0 else")


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO])
def test_an_error_at_every_step(staged, fault, told):
    folder, old, new = staged
    trial = folder.with_name(f"{folder.name}-trial")
    shutil.copytree(folder, trial)
    count = faults.steps(trial, "disk", "build")
    codes = {}
    for k in range(1, count + 1, int(os.environ.get("SOAK_EVERY", "1"))):
        ran = faults.drive(folder, "disk", str(fault), k, "build")
        state = faults.state(folder / "out")
        codes[ran.returncode] = codes.get(ran.returncode, 0) + 1
        assert ran.returncode in (0, 3, 4), (k, ran.stderr)
        # What fails after the switch, as reading what is told of it, is told and no harm.
        allowed = (new,) if ran.returncode == 0 else (old,)
        if "nothing changed" not in ran.stderr:
            allowed = (old, new)
        assert state in allowed, (k, ran.stderr)
        again(folder, state, old)
    told(
        f"{errno.errorcode[fault]} at {sum(codes.values())} of {count} steps: by exit code {codes}"
    )


@pytest.mark.parametrize("how", ["error=ENOSPC", "error=EIO", "signal=SIGKILL"])
def test_the_kernel_fails_builder_and_loader(staged, how, told):
    if not STRACE:
        told("strace is not installed: see the errors at every step above")
        return
    folder, old, new = staged
    tried, codes = 0, {}
    for k in range(1, 120, int(os.environ.get("SOAK_EVERY", "1")) * 4):
        inject = f"inject={'write,pwrite64,fsync,fdatasync,rename' if 'error' in how else CALLS}:{how}:when={k}"
        traced = (STRACE, "-f", "-qq", "-o", os.devnull, "-e", f"trace={CALLS}", "-e", inject)
        ran = processes.run(folder, *traced, *processes.KG, "build")
        faults.loaded(folder)
        state = faults.state(folder / "out")
        assert state in (old, new)
        if "error" in how:
            assert ran.returncode >= 0, ran.stderr
        if ran.returncode == 0:
            assert state == new
        tried += 1
        codes[ran.returncode] = codes.get(ran.returncode, 0) + 1
        again(folder, state, old)
    told(f"{how} by the kernel at {tried} calls: by exit code {codes}")


def test_a_small_disk(make_case, tmp_path, told):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(tmp_path)], capture_output=True
    )
    if mounted.returncode:
        told("no disk of 2 MB could be mounted: see the limits of file size in tests/promises")
        return
    try:
        folder = tmp_path / "case"
        shutil.copytree(make_case(), folder)
        build(find(folder))
        full, built = 0, 0
        filler = tmp_path / "filler"
        for size in range(1_900_000, 0, -100_000):
            before = faults.state(folder / "out")
            faults.touch(folder)
            left = os.statvfs(tmp_path)
            filler.write_bytes(bytes(max(0, min(size, left.f_bavail * left.f_frsize - 8192))))
            ran = processes.run(folder, *processes.KG, "build")
            filler.unlink()
            if ran.returncode:
                assert ran.returncode == 4, ran.stderr
                assert faults.state(folder / "out") == before
                full += 1
            else:
                built += 1
        assert full
        told(f"a disk of 2 MB: {full} builds stopped with exit code 4, {built} built")
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_twenty_builds_at_once(staged, told):
    folder, _, new = staged
    running = [start(folder, "build", "--force") for _ in range(20)]
    codes = [p.wait(timeout=300) for p in running]
    assert set(codes) <= {0, 4}
    assert faults.state(folder / "out") == new
    told(
        f"20 builds at once: {codes.count(0)} built, one after the other, {codes.count(4)} were told"
    )


def test_queries_through_switches(make_case, kg, told):
    folder = make_case()
    build(find(folder))
    script = (
        "import sys\nsys.path.insert(0, sys.argv[1])\nimport faults\nfrom pathlib import Path\n"
        "from kg.store.build import build\nfrom kg.case.folder import find\n"
        "for line in sys.stdin:\n    faults.touch(Path('.'))\n    build(find('.'))\n"
    )
    wanted, switches = int(os.environ.get("SOAK_QUERIES", "1000")), 20
    tests = str(processes.ROOT / "tests")
    builder = processes.start(
        folder, sys.executable, "-c", script, tests, stdin=subprocess.PIPE, stdout=None, stderr=None
    )
    counts = []
    for i in range(wanted):
        if i % (wanted // switches) == 0:
            builder.stdin.write(b"\n")
            builder.stdin.flush()
        ran = kg(folder, "query", "SELECT (COUNT(*) AS ?n) { ?s a kg:Person }", "--format", "csv")
        # Asked while a table has changed and its graph is not there yet, it says so.
        assert (ran.returncode, ran.stderr.partition(";")[0]) in (
            (0, ""),
            (0, "the tables changed since the build (people.csv)"),
        )
        counts.append(int(ran.stdout.split()[1]))
    builder.communicate()
    assert counts == sorted(counts)
    assert len([*open_graph(folder / "out").ledger.entities("Person")]) == switches + 1
    told(
        f"{wanted} queries through {switches} switches: {len(set(counts))} generations seen, each whole"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_at_random_times(staged, number, told):
    folder, old, new = staged
    chance, codes = draws.chance(), {}
    for i in range(int(os.environ.get("SOAK_STOPS", "60"))):
        running = start(folder, "build")
        time.sleep(chance.uniform(0, 1.0))
        (os.killpg if i % 2 else os.kill)(running.pid, number)
        code = running.wait(timeout=30)
        codes[code] = codes.get(code, 0) + 1
        # Before the first line of kg runs, it is Python that dies.
        assert code in (0, -number, 130 if number == signal.SIGINT else 143, 1)
        faults.loaded(folder)
        state = faults.state(folder / "out")
        assert state in (old, new)
        again(folder, state, old)
    told(
        f"{signal.Signals(number).name} at {sum(codes.values())} moments of a build: by exit code {codes}"
    )
