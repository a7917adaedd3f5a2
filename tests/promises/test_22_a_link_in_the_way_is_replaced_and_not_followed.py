"""A symbolic link where a file is to be written is replaced; what it points to stays.

Fault: a file of `out/`, or the file named with `-o`, is a link to somewhere else.
Seen: the new file in the link's place; exit code 0.
Kept: what the link pointed to.
"""

import pytest
from asking import run

from kg.case.folder import find
from kg.model.errors import UsageError
from kg.store.build import build


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
