"""What the last check found is told again for unchanged files, and for no others."""

import json
import os
import shutil

import pytest

from kg.case.folder import find
from kg.store import checked
from kg.store.build import build
from kg.store.check import check
from kg.verbs.check import answer
from kg.verbs.place import Place

ODD = "person-lu,visited,place-irl,2202-11-01,,,,doc-report,p. 3,Later,\n"


@pytest.fixture
def folder(make_case):
    """A case with a warning and an out folder, checked once."""
    folder = make_case()
    more(folder / "data" / "claims.csv", ODD)
    (folder / "out").mkdir()
    told(folder)
    return folder


def more(table, rows):
    """Put rows at the end of a table."""
    table.write_text(table.read_text("utf-8") + rows, encoding="utf-8")


def told(folder, strict=False):
    """The notes and the exit code of a check."""
    found = answer(Place(str(folder)), read=False, strict=strict)
    return found.notes, found.code


def from_file(folder):
    return checked.held(find(folder))[1]


def test_the_second_check_tells_the_same_from_what_was_kept(folder):
    first = check(find(folder))
    assert [p.kind for p in first.problems] == ["far-year"]
    assert from_file(folder) == first
    assert told(folder) == told(folder)
    notes, code = told(folder)
    assert notes[0].startswith("warning: claims.csv, row")
    assert code == 0
    assert told(folder, strict=True)[1] == 3


def test_it_is_what_was_kept_that_is_told(folder):
    state, held = checked.held(find(folder))
    problem = held.problems[0]._replace(found="told from the file")
    checked.keep(find(folder), state, type(held)(1, 2, 3, (problem,), 0))
    notes, _ = told(folder)
    assert "told from the file" in notes[0]
    assert "1 entity, 2 claims, 3 attestations" in notes[-1]


def test_errors_are_told_again(folder):
    more(folder / "data" / "people.csv", "Bad Id,Nobody,\n")
    first = told(folder)
    assert first[1] == 3
    assert from_file(folder) is not None
    assert told(folder) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda f: more(f / "data" / "people.csv", "person-new,New,\n"),
        lambda f: (f / "data" / "more.xls").write_text(""),
        lambda f: (f / "data" / "story.toml").write_text('title = "s"\n'),
        lambda f: (f / "data" / "people.csv").unlink(),
        lambda f: (f / "ontology" / "terms.owl").write_text(""),
        lambda f: os.utime(f / "data" / "claims.csv", ns=(1, 1)),
        lambda f: shutil.copy(f / "data" / "claims.csv", f / "data" / "claims.csv.new").replace(
            f / "data" / "claims.csv"
        ),
    ],
    ids=["a row", "a file not read", "a story", "a table gone", "terms", "touched", "copied"],
)
def test_what_changed_is_checked_anew(folder, change):
    change(folder)
    assert from_file(folder) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-20],
        lambda text: text.replace("far-year", "far-yeaR"),
        lambda _: "",
        lambda _: "[]\n",
        lambda text: checked.checksums.sealed(text.splitlines()[0].replace("rows", "lines") + "\n"),
        lambda _: checked.checksums.sealed("[1]\n"),
        lambda _: checked.checksums.sealed("no JSON\n"),
    ],
)
def test_a_damaged_file_is_not_used(folder, damage):
    path = folder / "out" / checked.NAME
    path.write_text(damage(path.read_text("utf-8")), encoding="utf-8")
    assert from_file(folder) is None
    assert told(folder)[0][0].startswith("warning: claims.csv, row")
    assert from_file(folder) is not None


def test_another_version_checks_anew(folder, monkeypatch):
    monkeypatch.setattr(checked, "__version__", "0.0.0")
    assert from_file(folder) is None


def test_a_copied_case_is_checked_anew(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    assert from_file(tmp_path / "copy") is None


def test_nothing_is_written_without_an_out_folder_or_through_a_link(make_case, tmp_path):
    folder = make_case()
    told(folder)
    assert not (folder / "out").exists()
    (tmp_path / "elsewhere").mkdir()
    (folder / "out").symlink_to(tmp_path / "elsewhere")
    told(folder)
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_what_changes_while_it_is_checked_is_not_kept(folder):
    state, held = checked.held(find(folder))
    (folder / "out" / checked.NAME).unlink()
    more(folder / "data" / "people.csv", "\n")
    checked.keep(find(folder), state, held)
    assert not (folder / "out" / checked.NAME).exists()


def test_a_purge_takes_it_away(folder):
    claims = folder / "data" / "claims.csv"
    kept = json.dumps(ODD)[:20]
    assert kept not in (folder / "out" / checked.NAME).read_text("utf-8")
    claims.write_text(claims.read_text("utf-8").replace(ODD, ""), encoding="utf-8")
    build(find(folder), purge=True)
    assert not (folder / "out" / checked.NAME).exists()


TWICE = "person-lu,visited,place-irl,2022-11-01,,,,doc-report,p. 7,{},\n"


def test_a_row_that_stands_twice_is_told_with_the_gloss_of_the_first(make_case):
    folder = make_case()
    rows = [TWICE.format("One"), TWICE.format("Other"), TWICE.format("One")]
    more(folder / "data" / "claims.csv", "".join(rows))
    first, second = check(find(folder)).problems
    assert (first.warning, first.hint) == (False, "it has another gloss: One")
    assert (second.warning, second.hint) == (True, "")
