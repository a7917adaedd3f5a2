"""A build that is killed at any moment leaves a whole graph.

Fault: kill -9 of a build, of its loader alone, or a power cut, at any step.
Seen: the next command answers from the old graph, whole; from the new one once it is in place.
  A loader that dies is told: exit code 4, nothing changed.
Kept: the old graph. What the dead build left is cleared by the next one.
"""

import os
import shutil
import sys

import faults
import processes
import pytest

from kg.case.folder import find
from kg.model.errors import OutOfBounds
from kg.store import generations
from kg.store.build import build
from kg.store.graph import current, open_graph


def test_killed_at_any_step_the_old_graph_or_the_new(staged):
    folder, old, new = staged
    trial = folder.with_name(f"{folder.name}-trial")
    shutil.copytree(folder, trial)
    count = faults.steps(trial, "disk", "build")
    seen = []
    for k in [*faults.sampled(count - 12, 3), *range(count - 11, count, 3)]:
        assert faults.drive(folder, "disk", "kill", k, "build").returncode in (-9, 0)
        seen.append(faults.state(folder / "out"))
        faults.loaded(folder)
        # The next build clears what is left; here, so that its steps can be counted on.
        generations.sweep(folder / "out")
    assert set(seen) == {old, new}
    assert seen == sorted(seen, key=[old, new].index)
    assert not (folder / "out" / "current.new").exists()


def test_killed_while_it_takes_over_what_has_not_changed(make_case):
    folder = make_case()
    old, new = faults.stage_row(folder)
    trial = shutil.copytree(folder, folder.with_name(f"{folder.name}-trial"))
    count = faults.steps(trial, "disk", "build")
    seen = []
    for k in [*faults.sampled(count - 12, 2), *range(count - 11, count, 9)]:
        ran = faults.drive(folder, "disk", "kill", k, "build")
        assert ran.returncode in (-9, 0)
        assert ran.stderr in ("", "building what changed: 2 rows\n")
        seen.append(faults.state(folder / "out"))
        faults.loaded(folder)
        generations.sweep(folder / "out")
    assert set(seen) == {old, new}
    assert seen == sorted(seen, key=[old, new].index)


def test_the_next_build_clears_what_is_left(staged):
    folder, old, new = staged
    assert faults.drive(folder, "disk", "builder", 1, "build").returncode == -9
    assert len(faults.generations(folder)) == 2
    assert (folder / "out" / ".building").exists()
    assert faults.state(folder / "out") == old
    faults.loaded(folder)
    build(find(folder), force=True)
    assert len(faults.generations(folder)) == 2
    assert not (folder / "out" / ".building").exists()
    assert faults.state(folder / "out") == new


def test_a_loader_that_is_killed_is_told_and_nothing_changes(staged):
    folder, old, _ = staged
    ran = faults.drive(folder, "disk", "loader", 1, "build")
    assert ran.returncode == 4
    told = (
        "cannot write out: the process that loads the store was killed (signal 9); nothing changed"
    )
    assert ran.stderr.splitlines()[-1] == f"kg: {told}"
    assert faults.state(folder / "out") == old
    assert len(faults.generations(folder)) == 1


def test_a_loader_whose_builder_is_killed_ends_by_itself(staged):
    folder, old, _ = staged
    for k in (1, 15):
        assert faults.drive(folder, "disk", "builder", k, "build").returncode == -9
        faults.loaded(folder)
        assert faults.state(folder / "out") == old


def test_everything_is_on_the_disk_before_it_is_named(staged):
    folder, _, new = staged
    script = (
        "import os\nfrom kg.store.build import build\nfrom kg.case.folder import find\n"
        "real, moved = os.fsync, os.replace\n"
        "def fsync(handle):\n    print(os.path.relpath(os.readlink(f'/proc/self/fd/{handle}')))\n"
        "    real(handle)\n"
        "def replace(a, b):\n    print('replace', b)\n    moved(a, b)\n"
        "os.fsync, os.replace = fsync, replace\nprint('folder', build(find('.'))[0].folder)"
    )
    if not os.path.isdir("/proc/self/fd"):
        script = script.replace("os.readlink(f'/proc/self/fd/{handle}')", "'?'")
    ran = processes.run(folder, sys.executable, "-c", script, check=True)
    *lines, last = ran.stdout.splitlines()
    named = lines.index("replace out/current")
    assert lines[named - 1 :] == ["out/current.new", "replace out/current", "out"]
    made = folder / last.removeprefix("folder ")
    written = {str(p.relative_to(folder)) for p in made.rglob("*")}
    assert {*written, "out/generations", "out"} <= {*lines[: named - 1], "out"}
    assert faults.state(folder / "out") == new


def test_a_fault_after_the_switch_keeps_the_new_graph(staged, monkeypatch):
    folder, _, new = staged
    real = generations._sync_folder

    before = open_graph(folder / "out").folder

    def failing(path):
        if path == folder / "out" and open_graph(path).folder != before:
            raise OSError(5, "Input/output error")
        real(path)

    monkeypatch.setattr(generations, "_sync_folder", failing)
    with pytest.raises(OutOfBounds, match="the new graph is in place, but"):
        build(find(folder))
    assert faults.state(folder / "out") == new


def test_leftovers_of_a_build_that_died_are_swept(make_case):
    folder = make_case()
    first, _ = build(find(folder))
    dead = folder / "out" / "generations" / "dead-1"
    dead.mkdir()
    (dead / "ledger.sqlite").write_bytes(b"half")
    faults.touch(folder)
    second, _ = build(find(folder))
    assert faults.generations(folder) == sorted(os.path.basename(g.folder) for g in (first, second))


def test_one_older_graph_stays_for_who_has_it_open(make_case):
    folder = make_case()
    built = []
    for _ in range(3):
        built.append(build(find(folder))[0])
        faults.touch(folder)
    assert faults.generations(folder) == sorted(os.path.basename(g.folder) for g in built[1:])
    assert len([*built[1].ledger.entities()]) == 10
    assert open_graph(folder / "out").folder == built[2].folder == current(folder / "out").folder
