"""What was taken out of the tables is, after `build --purge`, in no file under `out/`.

Fault: a row must not be kept any longer; the generation before, a page, leftovers still hold it.
Seen: which pages were deleted, and which files in `out/` were not looked into; exit code 0.
Kept: the current graph, and what kg did not make.
"""

import pytest

from kg.case.folder import find
from kg.model.errors import OutOfBounds
from kg.page import render, subgraph
from kg.store import generations
from kg.store.build import build
from kg.store.graph import open_graph, previous
from kg.text import files

PEOPLE = "id,name,aliases\nperson-lu,Lu Jianwang,Harry Lu\n"
SECRET = "person-qz,Quirinius Zobel,The Zobelissimo\n"
CLAIM = "person-qz,visited,place-irl,2022-11-01,,,,doc-report,folio zettelqz,Vanishes wholly,\n"


def holding(folder, words):
    """The files that hold a word, in their bytes or names."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        for word in words
        if word in path.name or (path.is_file() and word.encode() in path.read_bytes())
    }


@pytest.fixture
def case(make_case):
    folder = make_case(people=PEOPLE + SECRET)
    claims = folder / "data" / "claims.csv"
    kept = claims.read_text("utf-8")
    claims.write_text(kept + CLAIM, encoding="utf-8")
    graph, _ = build(find(folder))
    said = [a.id for c in graph.ledger.claims_about("person-qz") for a in c.attestations]
    ids = [c.id for c in graph.ledger.claims_about("person-qz")]
    page = render.render(subgraph.select(graph))
    files.write(page, str(folder / "out" / "view.html"))
    files.write(page, str(folder / "out" / "deep.html"))
    (folder / "data" / "people.csv").write_text(PEOPLE, encoding="utf-8")
    claims.write_text(kept, encoding="utf-8")
    words = ["person-qz", "Quirinius", "quirinius", "Zobel", "zobelissimo", "Vanishes", "zettelqz"]
    return folder, [*words, *said, *ids]


def test_nothing_of_a_row_that_went_in_a_build_of_differences_is_left(make_case):
    folder = make_case()
    claims = folder / "data" / "claims.csv"
    kept, told = claims.read_text("utf-8"), []
    for people, text in (("", kept), (SECRET, kept + CLAIM), ("", kept)):
        (folder / "data" / "people.csv").write_text(PEOPLE + people, encoding="utf-8")
        claims.write_text(text, encoding="utf-8")
        build(find(folder), progress=told.append)
    assert told[2:] == ["building what changed: 2 rows"] * 2
    words = ["person-qz", "Quirinius", "quirinius", "Zobel", "zobelissimo", "Vanishes", "zettelqz"]
    generations.sweep(folder / "out")
    assert holding(folder / "out", words)
    told = []
    build(find(folder), purge=True, progress=told.append)
    assert holding(folder / "out", words) == set()
    assert "reading tables" in told


def test_nothing_of_a_row_is_left(case):
    folder, words = case
    assert len(holding(folder / "out", words)) > 3
    build(find(folder), force=True)
    assert previous(folder / "out") is not None
    assert holding(folder / "out", words)
    told = []
    build(find(folder), purge=True, progress=told.append)
    assert holding(folder / "out", words) == set()
    assert previous(folder / "out") is None
    out = folder / "out"
    assert told == [f"deleted for good: the graph before, {out}/deep.html, {out}/view.html"]
    assert len([*open_graph(out).ledger.claims()]) == 4


def test_it_builds_first_what_has_changed(case):
    folder, words = case
    build(find(folder), purge=True)
    assert holding(folder / "out", words) == set()


def test_leftovers_of_a_build_that_died_go_too(case):
    folder, words = case
    generations_ = folder / "out" / "generations"
    (current,) = generations_.iterdir()
    for name in ("abc-9", f".{current.name}"):
        (generations_ / name).mkdir()
        (generations_ / name / "ledger.sqlite").write_text("person-qz")
    (folder / "out" / "current.new").write_text("person-qz")
    build(find(folder), purge=True)
    assert holding(folder / "out", words) == set()


def test_what_kg_did_not_make_stays_and_is_told(case):
    folder, _ = case
    (folder / "out" / "mine.csv").write_text("person-qz")
    (folder / "out" / "generations" / "my notes").mkdir()
    told = []
    build(find(folder), purge=True, progress=told.append)
    out = folder / "out"
    assert told[-1] == f"not looked into: {out}/mine.csv, {out}/generations/my notes"
    assert (out / "mine.csv").read_text() == "person-qz"


def test_what_cannot_be_deleted_is_told(case, monkeypatch):
    folder, _ = case
    build(find(folder))

    def refused(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(generations.shutil, "rmtree", refused)
    with pytest.raises(OutOfBounds, match="not all could be deleted"):
        build(find(folder), purge=True)
