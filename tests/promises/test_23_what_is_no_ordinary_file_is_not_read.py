"""An address, a device, a pipe or a folder in place of a file is refused at once.

Fault: a case, table, query file or folder of texts is a URL, `/dev/zero`, a pipe or a folder; or
    what is to be written is.
Seen: that it is no file, no folder or no case; exit code 2 or 3.
Kept: everything; nothing is fetched and nothing waits.
"""

import os

import pytest
from asking import run

from kg.case.row import Problems
from kg.case.table import read
from kg.model.errors import BadCase, KgError, UsageError


def test_an_address_is_not_fetched(built_case, listener):
    url = listener.url
    for call in (
        lambda: run("check", url),
        lambda: run("build", url),
        lambda: run("show", url, "x"),
        lambda: run("query", built_case, file=f"{url}q.rq"),
        lambda: run("verify", built_case, texts=url),
        lambda: run("diff", built_case, f"{url}a", f"{url}b"),
        lambda: run("view", built_case, out=f"{url}x.html"),
    ):
        with pytest.raises(KgError) as error:
            call()
        assert error.value.exit_code in (2, 3)
    listener.close()
    assert listener.hits == 0


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "nothing"])
def test_a_table_that_is_no_file_is_not_waited_for(tmp_path, kind):
    path = tmp_path / "people.csv"
    make(path, kind)
    problems = Problems()
    assert list(read(path, ("id",), ("id",), problems)) == []
    assert problems.errors == 1
    assert problems.torn == {"people.csv"}


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
@pytest.mark.parametrize("part", ["data/people.csv", "ontology/terms.ttl", "data/case.toml"])
def test_a_part_of_a_case_that_is_no_file_is_refused(make_case, complain, part, kind):
    folder = make_case()
    (folder / part).unlink()
    make(folder / part, kind)
    try:
        found = complain(folder)
    except BadCase as error:
        found = [str(error)]
    assert "no ordinary file" in found[0] or "is no case" in found[0]


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_a_query_file_that_is_none_is_refused(built_case, tmp_path, kind):
    make(tmp_path / "q.rq", kind)
    with pytest.raises(KgError, match="is no file") as error:
        run("query", built_case, file=str(tmp_path / "q.rq"))
    assert error.value.exit_code == 2


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_an_output_that_is_none_is_neither_waited_for_nor_replaced(
    built_case, tmp_path, kind, force
):
    made = tmp_path / "made.csv"
    make(made, kind)
    before = made.lstat().st_ino
    with pytest.raises(UsageError, match="name a file"):
        run("query", built_case, "ASK {}", out=str(made), force=force)
    assert made.lstat().st_ino == before


def test_an_output_without_a_name_is_refused(built_case):
    with pytest.raises(UsageError, match="the name of a file"):
        run("query", built_case, "ASK {}", out="")


def make(path, kind):
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
