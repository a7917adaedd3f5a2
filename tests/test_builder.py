from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from kg.case.folder import find
from kg.case.table import MAX_BYTES
from kg.model.errors import BadCase, BadTables
from kg.store.build import build
from kg.store.check import check
from kg.store.graph import current, open_graph

BAD_CLAIMS = "subject,relation,object,document,locator\nnobody,visited,place-irl,doc-page,p. 1\n"


@pytest.fixture
def folder(make_case):
    return make_case()


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
    assert {c.relation: c.standing.status for c in graph.ledger.claims()} == {
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


@pytest.mark.usefixtures("own_loader")
def test_a_failing_build_leaves_the_graph_and_no_leftovers(folder):
    first, _ = build(find(folder))
    table = folder / "data" / "claims.csv"
    good = table.read_text(encoding="utf-8")
    table.write_text(BAD_CLAIMS)
    with pytest.raises(BadTables):
        build(find(folder))
    # What was read before the bad row was with the loader by then.
    header, row, *_ = good.splitlines(keepends=True)
    table.write_text(f"{header}{row}{'nobody'}{row[row.index(',') :]}", encoding="utf-8")
    with pytest.raises(BadTables):
        build(find(folder))
    assert not [p for p in psutil.Process().children() if "loader.py" in " ".join(p.cmdline())]
    assert generations(folder) == [Path(first.folder).name]
    assert len([*open_graph(folder / "out").ledger.claims()]) == 4


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


# ------------------------------------------------------------------ on the command line


def test_0_built_then_unchanged_then_checked(folder, kg):
    ran = kg(folder, "build")
    told = "built: 9 entities, 4 claims, 6 attestations in out\n"
    assert (ran.returncode, ran.stdout) == (0, told)
    assert kg(folder, "build").stdout == told.replace("built", "unchanged")
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
    told = [kg(folder, "build").stderr for _ in range(2)]
    assert "warning: people.csv, row 2" in told[0]
    assert told[1] == "1 warning as before: kg check shows them\n"


def test_a_case_file_nested_without_end_is_told(make_case, kg):
    folder = make_case()
    (folder / "data" / "case.toml").write_text("title = " + "[" * 20_000, encoding="utf-8")
    ran = kg(folder, "build")
    assert ran.returncode == 3
    assert "case.toml: nested too deeply" in ran.stderr
