from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import generations as generations_on_disk
from kg.builder import build, check
from kg.case import find
from kg.errors import BadCase, BadTables, OutOfBounds
from kg.generations import lock
from kg.graph import current, open_graph
from kg.tables import MAX_BYTES

BAD_CLAIMS = "subject,relation,object,document,locator\nnobody,visited,place-irl,doc-page,p. 1\n"


@pytest.fixture
def folder(make_case):
    return make_case()


@pytest.fixture
def python():
    """Run a script with words of its own from a folder."""
    root = str(Path(__file__).parents[1])

    def run(folder, script, *words):
        return subprocess.run(
            [sys.executable, "-B", "-c", script, *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": root},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def touch(folder):
    """Change a table so that it makes another graph."""
    table = folder / "data" / "people.csv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(f"{rows}person-{len(rows)},Another,\n", encoding="utf-8")


def generations(folder):
    return sorted(p.name for p in (folder / "out" / "generations").iterdir())


def test_a_build_holds_what_the_tables_say(folder):
    graph, done = build(find(folder))
    assert done
    assert graph.manifest["counts"] == {"entities": 9, "claims": 4, "attestations": 6}
    assert {c.relation: c.status for c in graph.ledger.claims()} == {
        "locatedIn": "Uncontested",
        "operates": "Contested",
        "visited": "Uncontested",
        "stationCount": "Uncontested",
    }
    assert graph.manifest["inputs"] == find(folder).digests()


def test_a_check_counts_the_same_and_writes_nothing(folder):
    found = check(find(folder))
    assert (found.entities, found.claims, found.attestations, found.fine) == (9, 4, 6, True)
    assert not (folder / "out").exists()


def test_an_unchanged_case_is_left_alone(folder):
    first, _ = build(find(folder))
    before = {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*")}
    second, done = build(find(folder))
    assert not done
    assert second.folder == first.folder
    assert {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*")} == before


def test_force_builds_again_and_a_change_builds_another(folder):
    first, _ = build(find(folder))
    again, done = build(find(folder), force=True)
    assert done
    assert again.version == first.version
    assert again.folder != first.folder
    touch(folder)
    other, done = build(find(folder))
    assert done
    assert other.version != first.version


def test_a_failing_build_leaves_the_graph_and_no_leftovers(folder):
    first, _ = build(find(folder))
    (folder / "data" / "claims.csv").write_text(BAD_CLAIMS)
    with pytest.raises(BadTables):
        build(find(folder))
    assert generations(folder) == [Path(first.folder).name]
    assert len([*open_graph(folder / "out").ledger.claims()]) == 4


@pytest.mark.parametrize("moment", ["reading tables", "writing the graph"])
def test_a_table_that_changes_meanwhile_stops_the_build(folder, moment):
    first, _ = build(find(folder))
    touch(folder)

    def change(step):
        if step == moment:
            touch(folder)

    with pytest.raises(OutOfBounds, match="changed while it was read; nothing changed"):
        build(find(folder), progress=change)
    now = current(folder / "out")
    assert now and now.folder == first.folder
    assert generations(folder) == [Path(first.folder).name]


@pytest.mark.parametrize("name", ["data/claims.csv", "ontology/more.ttl"])
@pytest.mark.parametrize("made", ["pipe", "endless", "huge"])
def test_an_input_without_end_is_not_waited_for(folder, name, made):
    path = folder / name
    path.unlink(missing_ok=True)
    if made == "pipe":
        os.mkfifo(path)
    elif made == "endless":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
    with pytest.raises(
        BadCase, match=f"{path.name}: (this is no ordinary file|8,589,934,593 byte)"
    ):
        build(find(folder))
    assert not (folder / "out").exists()


def test_leftovers_of_a_build_that_died_are_swept(folder):
    first, _ = build(find(folder))
    dead = folder / "out" / "generations" / "dead-1"
    dead.mkdir()
    (dead / "ledger.sqlite").write_bytes(b"half")
    touch(folder)
    second, _ = build(find(folder))
    assert generations(folder) == sorted(Path(g.folder).name for g in (first, second))


def test_one_older_graph_stays_for_who_has_it_open(folder):
    built = []
    for _ in range(3):
        built.append(build(find(folder))[0])
        touch(folder)
    assert generations(folder) == sorted(Path(g.folder).name for g in built[1:])
    assert len([*built[1].ledger.entities()]) == 10


def test_the_name_of_the_new_graph_is_put_in_place_last_and_whole(folder, monkeypatch):
    first, _ = build(find(folder))
    touch(folder)
    seen = []

    def stopped(source, target):
        name = Path(source).read_text().split("\n")[0]
        made = folder / "out" / "generations" / name
        seen.append((Path(target).name, sorted(p.name for p in made.iterdir())))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations_on_disk.os, "replace", stopped)
    with pytest.raises(OutOfBounds, match="No space left on device; nothing changed"):
        build(find(folder))
    monkeypatch.undo()
    parts = ["adjacency.bin", "ledger.sqlite", "manifest.json", "store", "terms.txt"]
    assert seen == [("current", parts)]
    now = current(folder / "out")
    assert now and now.folder == first.folder


KILLED = """
import os, sys
from kg.builder import build
from kg.case import find
steps, last = 0, int(sys.argv[1])
def guard(call):
    def guarded(*words):
        global steps
        steps += 1
        if steps == last:
            os._exit(9)
        return call(*words)
    return guarded
os.fsync, os.replace = guard(os.fsync), guard(os.replace)
build(find("."), force=True)
print(steps)
"""


def test_a_build_killed_before_a_step_to_the_disk_leaves_a_whole_graph(folder, python):
    steps = int(python(folder, KILLED, "0").stdout)
    touch(folder)
    people = []
    # The last three: the new name's file, its being put in place, the folder it lies in.
    for last in (1, steps - 2, steps - 1, steps):
        assert python(folder, KILLED, str(last)).returncode == 9
        graph = open_graph(folder / "out")
        people.append(len([*graph.ledger.entities("Person")]))
        assert graph.manifest["counts"]["entities"] == people[-1] + 8
    assert people == [1, 1, 1, 2]
    build(find(folder), force=True)
    assert len(generations(folder)) == 2


# ------------------------------------------------------------------ on the command line


def test_0_built_then_unchanged_then_checked(folder, kg):
    ran = kg(folder, "build")
    told = "built: 9 entities, 4 claims, 6 attestations in out\n"
    assert (ran.returncode, ran.stdout) == (0, told)
    assert kg(folder, "build").stdout.startswith("unchanged: ")
    ran = kg(folder, "check")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == "9 entities, 4 claims, 6 attestations; nothing to mend\n"


def test_1_nothing_of_that_name(built_case, kg):
    ran = kg(built_case, "show", "Lu Jianwong")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "nothing is called “Lu Jianwong”" in ran.stderr
    assert "person-lu  Lu Jianwang" in ran.stderr


def test_2_a_request_that_is_refused(built_case, kg):
    ran = kg(built_case, "query", "DELETE WHERE { ?s ?p ?o }")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "read-only" in ran.stderr


def test_3_bad_rows_are_all_told(make_case, kg):
    folder = make_case(claims=BAD_CLAIMS, people="id,name\nperson-lu,\n")
    for command in ("check", "build"):
        ran = kg(folder, command)
        assert (ran.returncode, ran.stdout) == (3, "")
        assert "people.csv, row 2, column name: nothing; expected a name\n" in ran.stderr
        assert "claims.csv, row 2, column subject: “nobody” is in no table" in ran.stderr
    assert current(folder / "out") is None


def test_3_no_case_here(tmp_path, kg):
    ran = kg(tmp_path, "build")
    assert ran.returncode == 3
    assert "is no case: it has no data/case.toml" in ran.stderr


def test_3_warnings_count_where_one_is_strict(make_case, kg):
    folder = make_case(people="id,name\nperson-lu,Lu\u202eJianwang\n")
    assert kg(folder, "check").returncode == 0
    ran = kg(folder, "check", "--strict")
    assert ran.returncode == 3
    assert "warning: people.csv, row 2, column name: invisible characters \\u202e" in ran.stderr


def test_4_two_builds_at_once(folder, kg):
    build(find(folder))
    before = generations(folder)
    with lock(folder / "out"):
        ran = kg(folder, "build", "--force")
    assert (ran.returncode, ran.stdout) == (4, "")
    assert f"is being built by process {os.getpid()} since" in ran.stderr
    assert generations(folder) == before
    assert kg(folder, "build", "--force").returncode == 0


def test_4_nowhere_to_write(folder, kg):
    # A file where the folder should be stops root too, whom modes do not.
    (folder / "out").write_text("mine")
    ran = kg(folder, "build")
    assert (folder / "out").read_text() == "mine"
    assert ran.returncode == 4
    assert "cannot write" in ran.stderr


LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv = ["kg", "build"]
runpy.run_module("kg", run_name="__main__")
"""


@pytest.mark.parametrize("size", [0, 1_000, 20_000, 60_000])
def test_4_the_disk_is_full(folder, python, size):
    first, _ = build(find(folder))
    touch(folder)
    ran = python(folder, LIMITED, str(size))
    assert ran.returncode == 4, ran.stderr
    assert "nothing changed" in ran.stderr
    now = current(folder / "out")
    assert now and now.folder == first.folder
    assert len([*now.ledger.claims()]) == 4
    assert generations(folder) == [Path(first.folder).name]


def test_many_builds_at_once_leave_one_whole_graph(folder):
    command = [sys.executable, "-m", "kg", "build", "--force"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, cwd=folder, env=environment, **quiet) for _ in range(3)]
    codes = {process.wait(timeout=60) for process in running}
    assert codes in ({0}, {0, 4})
    assert len([*open_graph(folder / "out").ledger.claims()]) == 4
    assert len(generations(folder)) <= 2


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ],
)
def test_the_same_case_makes_the_same_bytes_anywhere(built_case, make_case, kg, environment):
    folder = make_case()
    assert kg(folder, "build", **environment).returncode == 0
    one, other = open_graph(built_case / "out"), open_graph(folder / "out")
    for part in ("adjacency.bin", "ledger.sqlite", "terms.txt", "manifest.json"):
        assert Path(one.part(part)).read_bytes() == Path(other.part(part)).read_bytes(), part
