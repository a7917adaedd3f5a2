"""No file of a case, and no part of a graph, is ever written over by an answer or a page.

Fault: `-o` names a table, an ontology, case.toml or a query, by its own name, through a link, in
  another letter case, in another case's folder; with `--force` too.
Seen: what it is, and that another file is to be named; exit code 2.
Kept: every byte of the case and of the graph.
"""

import os
import shutil

import pytest
from asking import run

from kg.model.errors import OutOfBounds, UsageError
from kg.text import files


@pytest.fixture
def case(built_case, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    (folder / "queries").mkdir()
    (folder / "queries" / "who.rq").write_text("ASK {}")
    (folder / "loose.rq").write_text("ASK {}")
    (folder / "story.toml").write_text("")
    return folder


NAMES = [
    "data/claims.csv",
    "data/case.toml",
    "data/new.csv",
    "data/./../data/people.csv",
    "data/deep/er.csv",
    "ontology/terms.ttl",
    "ontology/page.html",
    "queries/who.rq",
    "loose.rq",
    "story.toml",
    "CASE.TOML",
    "out/current",
    "out/generations/page.html",
    "out/.lock",
    "../case/data/claims.csv",
    "../other/data/claims.csv",
    "to-table",
    "to-data/claims.csv",
    "to-data/new.html",
    "DATA/claims.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_case_is_made_of_is_refused(case, digest, monkeypatch, name):
    monkeypatch.chdir(case)
    shutil.copytree(case, case.parent / "other")
    (case / "data" / "deep").mkdir()
    (case / "DATA").mkdir(exist_ok=True)
    (case / "to-table").symlink_to("data/claims.csv")
    (case / "to-data").symlink_to("data")
    before = digest(case.parent)
    for force in (False, True):
        with pytest.raises(UsageError, match="is never written over"):
            files.write("<html>", name, force=force)
    assert digest(case.parent) == before


@pytest.mark.parametrize("folder", ["data", "ontology"])
def test_what_a_case_is_made_of_by_a_link_is_refused(case, digest, folder):
    far = case.parent / "far"
    (case / folder).rename(far)
    (case / folder).symlink_to(far)
    name = {"data": "people.csv", "ontology": "terms.ttl"}[folder]
    before = digest(far)
    for path in (far / name, far / "new.html", case / folder / name):
        with pytest.raises(UsageError, match="is never written over"):
            files.write("<html>", str(path), force=True, case=str(case))
    assert digest(far) == before


def test_a_table_that_is_a_link_is_refused_where_it_leads(case):
    far = case.parent / "far.csv"
    (case / "data" / "people.csv").rename(far)
    (case / "data" / "people.csv").symlink_to(far)
    with pytest.raises(UsageError, match=r"data/people\.csv of the case by another name"):
        files.write("<html>", str(far), force=True, case=str(case))


@pytest.mark.parametrize(
    "name", ["claims.csv", "page.html", "out/view.html", "data.html", "new.rq"]
)
def test_what_is_no_part_of_a_case_is_written(case, monkeypatch, name):
    monkeypatch.chdir(case)
    files.write("one", name)
    with pytest.raises(UsageError, match=r"use force|a query"):
        files.write("two", name)
    if not name.endswith(".rq"):
        files.write("two", name, force=True)
        assert (case / name).read_text() == "two"


def test_a_link_beside_the_file_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "urandom", lambda n: b"\0" * n)
    (tmp_path / f".kg-{os.getpid()}-00000000").symlink_to(tmp_path / "canary")
    (tmp_path / "page.html").write_text("old")
    with pytest.raises(OutOfBounds, match="cannot write"):
        files.write("new", str(tmp_path / "page.html"), force=True)
    assert not (tmp_path / "canary").exists()
    assert (tmp_path / "page.html").read_text() == "old"


def test_the_mode_of_a_file_stays(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    path.chmod(0o600)
    files.write("new", str(path), force=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("view",), "data/new.html"),
        (("query", "ASK {}"), "data/claims.csv"),
        (("show", "person-lu"), "ontology/new.md"),
        (("claims",), "data/claims.csv"),
        (("path", "person-lu", "place-irl"), "data/new.json"),
    ],
)
def test_every_command_asks_the_one_writer(case, digest, words, name):
    before = digest(case)
    verb, *more = words
    with pytest.raises(UsageError, match="is never written over"):
        run(verb, case, *more, out=str(case / name), force=True)
    assert digest(case) == before


def test_the_page_of_paths_too(case, digest):
    before = digest(case)
    with pytest.raises(UsageError, match="is never written over"):
        run("path", case, "person-lu", "place-irl", view=str(case / "data" / "a"), force=True)
    assert digest(case) == before


def test_a_page_of_the_library_too(case):
    import kg as library

    page = library.open(case).view()
    with pytest.raises(UsageError, match="is never written over"):
        page.write(case / "data" / "claims.csv", force=True)


def test_half_of_a_character_is_written_as_its_replacement(tmp_path):
    files.write("a\ud800b", str(tmp_path / "x"))
    assert (tmp_path / "x").read_text() == "a\ufffdb"
