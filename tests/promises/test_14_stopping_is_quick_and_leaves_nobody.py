"""Ctrl-C stops within a second and leaves nobody at work.

Fault: Ctrl-C, or a request to terminate, reaches a query or a build, or its whole group, at any moment.
Seen: “stopped”, and nothing else; exit code 130, or 143 where it was asked to terminate.
Kept: the old graph. No child process goes on.
"""

import os
import signal
import sys

import faults
import processes
import pytest
from processes import ENDLESS, HANG, KG, children, outlived, start

# The second is no plain command line: the full parser hears the signal first.
QUERIES = [
    ("query", ENDLESS, "--timeout", "100000"),
    ("query", ENDLESS, "--timeout=100000"),
]


@pytest.mark.parametrize("words", QUERIES, ids=["plain", "parsed"])
@pytest.mark.parametrize("whom", [os.killpg, os.kill])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_query(built_case, whom, number, code, words):
    with start(built_case, *KG, *words) as running:
        found = children(running)
        whom(running.pid, number)
        # The query itself would take a day.
        said = running.communicate(timeout=HANG)
    assert (running.returncode, *said) == (code, b"", b"stopped\n")
    assert outlived(found) == []


@pytest.mark.parametrize("step", [1, 30])
def test_a_build_at_any_step(staged, step):
    folder, old, _ = staged
    count = faults.steps(folder, "disk", "check")
    ran = faults.drive(folder, "disk", "interrupt", count + step, "build")
    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr.splitlines()[-1] == "stopped"
    whole = "building all of it: data/case.toml changed"
    assert set(ran.stderr.splitlines()[:-1]) <= {whole, "reading tables", "writing the graph"}
    assert faults.state(folder / "out") == old
    assert len(faults.generations(folder)) == 1
    assert faults.loading(folder) == []


@pytest.mark.parametrize("whom", ["killpg", "kill"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_with_its_loader_at_work(staged, whom, number, code):
    folder, old, _ = staged
    ran = faults.drive(folder, "disk", f"stop:{whom}:{number:d}", 1, "build")
    assert (ran.returncode, ran.stdout) == (code, "")
    whole = "building all of it: data/case.toml changed"
    assert ran.stderr == f"{whole}\nreading tables\nwriting the graph\nstopped\n"
    assert faults.state(folder / "out") == old
    assert faults.loading(folder) == []


def test_a_stop_that_python_wraps_in_another_error(built_case):
    script = (
        "import sys; sys.argv = ['kg', 'show', 'person-lu']\n"
        "import kg.analysis.dossier\n"
        "def dossier(*_, **__):\n"
        "    try:\n        raise KeyboardInterrupt\n"
        "    except KeyboardInterrupt as stop:\n        raise RuntimeError('in __set_name__') from stop\n"
        "kg.analysis.dossier.dossier = dossier\nfrom kg.cli.main import main; main()"
    )
    ran = processes.run(built_case, sys.executable, "-c", script)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "stopped\n")


# Rings when a module is about to be loaded for the first time.
AT_LOADING = """
import os, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), {number:d})
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.parametrize(
    "name", ["kg.cli", "kg.cli.main", "kg.model.errors", "kg.verbs", "kg.verbs.show"]
)
def test_while_kg_itself_is_loaded(built_case, tmp_path, name):
    (tmp_path / "sitecustomize.py").write_text(
        AT_LOADING.format(name=name, number=signal.SIGINT), encoding="utf-8"
    )
    path = os.pathsep.join((str(tmp_path), str(processes.ROOT)))
    ran = processes.run(
        built_case, *KG, "show", "person-lu", env=processes.environment(PYTHONPATH=path)
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "stopped\n")


def test_who_had_it_ignored_is_not_stopped(built_case, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        f"import signal; signal.signal({signal.SIGINT:d}, signal.SIG_IGN)\n"
        + AT_LOADING.format(name="kg.verbs.show", number=signal.SIGINT),
        encoding="utf-8",
    )
    path = os.pathsep.join((str(tmp_path), str(processes.ROOT)))
    ran = processes.run(
        built_case, *KG, "show", "person-lu", env=processes.environment(PYTHONPATH=path)
    )
    assert (ran.returncode, ran.stderr) == (0, "")
