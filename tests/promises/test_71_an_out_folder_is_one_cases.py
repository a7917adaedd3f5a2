"""A case reads and writes no graph of another case.

Fault: `out/` is a link to the `out/` of another case, or to a folder that another one uses too.
Seen: which case uses it, and to give each its own; exit code 2.
Kept: the other case's graph. A case that was moved, or that is reached by another name, keeps its own.
"""

import shutil

import pytest

from kg.case.folder import find
from kg.model.errors import UsageError
from kg.store import ownership
from kg.store.build import build
from kg.store.graph import open_graph


@pytest.fixture
def shared(make_case, tmp_path):
    """A case whose out folder is elsewhere, built."""
    folder = make_case()
    (tmp_path / "far").mkdir()
    (folder / "out").symlink_to(tmp_path / "far")
    build(find(folder))
    return folder


def refused(folder):
    with pytest.raises(UsageError, match=r"which the case .* uses; give each case its own"):
        build(find(folder))
    with pytest.raises(UsageError, match="which the case"):
        ownership.refuse_others(str(folder / "out"), str(folder))


def test_a_link_to_the_out_folder_of_another_case_is_refused(built_case, make_case, digest):
    folder, before = make_case(), digest(built_case)
    (folder / "out").symlink_to(built_case / "out")
    refused(folder)
    assert digest(built_case) == before


def test_a_folder_that_another_case_uses_is_refused(shared, make_case):
    folder = make_case()
    (folder / "out").symlink_to(shared / "out")
    before = open_graph(shared / "out").folder
    refused(folder)
    assert open_graph(shared / "out").folder == before
    build(find(shared), force=True)


def test_a_case_by_another_name_is_the_same(shared, tmp_path):
    (tmp_path / "alias").symlink_to(shared)
    build(find(tmp_path / "alias"), force=True)


def test_a_case_that_was_moved_keeps_its_graph(shared, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(shared, moved)
    ownership.refuse_others(str(moved / "out"), str(moved))
    build(find(moved), force=True)


def test_a_case_that_uses_it_no_more_gives_it_free(shared, make_case):
    folder, far = make_case(), (shared / "out").resolve()
    (shared / "out").unlink()
    (folder / "out").symlink_to(far)
    build(find(folder))


def test_a_note_is_written_over_no_link(shared, tmp_path):
    (tmp_path / "canary").write_text("safe")
    (tmp_path / "far" / ".case").unlink()
    (tmp_path / "far" / ".case").symlink_to(tmp_path / "canary")
    build(find(shared), force=True)
    assert (tmp_path / "canary").read_text() == "safe"
    assert (tmp_path / "far" / ".case").read_text() == str(shared)
