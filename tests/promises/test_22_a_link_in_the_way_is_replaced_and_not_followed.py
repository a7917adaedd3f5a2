"""A symbolic link where a file is to be written is replaced; what it points to stays.

Fault: a file of `out/`, or the file named with `-o`, is a link to somewhere else.
Seen: the new file in the link's place; exit code 0.
Kept: what the link pointed to.
"""

import os
from pathlib import Path

import pytest
from asking import run

from kg.case.folder import find
from kg.model.errors import BadGraph, OutOfBounds, UsageError
from kg.store import generations
from kg.store.build import build
from kg.store.graph import open_graph


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "canary"
    path.write_text("safe", encoding="utf-8")
    yield path
    assert path.read_text(encoding="utf-8") == "safe"


def test_a_build_replaces_a_link(make_case, canary):
    folder = make_case()
    (folder / "out").mkdir()
    current = folder / "out" / "current"
    current.symlink_to(canary)
    build(find(folder), force=True)
    assert not current.is_symlink()
    assert run("show", folder, "person-lu") == 0


@pytest.mark.parametrize("command", ["query", "view", "show", "claims"])
def test_an_output_replaces_a_link(built_case, canary, tmp_path, command):

    link = tmp_path / "made"
    link.symlink_to(canary)
    calls = {
        "query": lambda force: run("query", str(built_case), "ASK {}", out=str(link), force=force),
        "view": lambda force: run("view", built_case, out=str(link), force=force),
        "show": lambda force: run("show", str(built_case), "person-lu", out=str(link), force=force),
        "claims": lambda force: run("claims", built_case, out=str(link), force=force),
    }
    with pytest.raises(UsageError, match="use force"):
        calls[command](False)
    assert link.is_symlink()
    assert calls[command](True) == 0
    assert not link.is_symlink()


def test_a_link_that_leads_nowhere_is_replaced(built_case, tmp_path):
    link = tmp_path / "made"
    link.symlink_to(tmp_path / "nothing")
    assert run("query", built_case, "ASK {}", out=str(link)) == 0
    assert not link.is_symlink()
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("name", ["current", "current.new", ".building"])
@pytest.mark.parametrize("there", [True, False])
def test_a_build_follows_no_link_of_its_own_files(make_case, tmp_path, name, there):
    folder, far = make_case(), tmp_path / "far"
    if there:
        far.write_text("safe")
    (folder / "out").mkdir()
    (folder / "out" / name).symlink_to(far)
    build(find(folder))
    assert not (folder / "out" / name).is_symlink()
    assert far.read_text() == "safe" if there else not far.exists()
    assert len([*open_graph(folder / "out").ledger.claims()]) == 4


@pytest.mark.parametrize("name", [".lock", "generations"])
def test_a_build_refuses_what_it_would_write_or_sweep_through_a_link(make_case, canary, name):
    folder = make_case()
    (folder / "out").mkdir()
    (canary.parent / "abc-1").mkdir()
    (folder / "out" / name).symlink_to(canary if name == ".lock" else canary.parent)
    with pytest.raises(OutOfBounds, match=rf"{name} is a link; move it away"):
        build(find(folder))
    assert (canary.parent / "abc-1").is_dir()
    assert not generations.locked(folder / "out")


@pytest.mark.parametrize("name", ["current", ".building", ".lock", "current.new"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_ordinary_file_is_told_before_any_work(make_case, name, make):
    folder, told = make_case(), []
    (folder / "out").mkdir()
    make(folder / "out" / name)
    with pytest.raises(OutOfBounds, match=rf"{name} is no ordinary file; move it away"):
        build(find(folder), progress=told.append)
    assert told == []
    assert generations.builder(folder / "out") == "unknown"
    if name == "current":
        with pytest.raises(BadGraph, match="current is no ordinary file; move it away"):
            open_graph(folder / "out")


@pytest.mark.parametrize("name", ["sums.txt", "terms.txt", "ledger.sqlite"])
def test_a_part_that_is_a_pipe_is_told(make_case, name):
    folder = make_case()
    graph, _ = build(find(folder))
    part = Path(graph.folder, name)
    part.unlink()
    os.mkfifo(part)
    with pytest.raises(BadGraph, match=f"damaged: .*{name}"):
        assert open_graph(folder / "out").terms and open_graph(folder / "out").ledger


def test_a_sweep_deletes_nothing_that_no_build_made(make_case):
    folder = make_case()
    build(find(folder))
    for name in ("my notes", "notes.txt", ".hidden"):
        (folder / "out" / "generations" / name).mkdir()
    (folder / "out" / "generations" / "abc-7").mkdir()
    build(find(folder), force=True)
    left = {p.name for p in (folder / "out" / "generations").iterdir()}
    assert {"my notes", "notes.txt", ".hidden"} < left
    assert "abc-7" not in left
