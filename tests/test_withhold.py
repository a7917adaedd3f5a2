"""What a case withholds: in no page, no export, no report; still in the graph, and counted."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from asking import run

import kg
from kg.case.folder import find
from kg.exchange import exports
from kg.model.errors import BadGraph
from kg.store.build import build
from kg.store.check import check

HEAD = "record,what,instead,reason\n"
NEEDS_MORE = {"parquet"}


@pytest.fixture
def withholding(built_case, tmp_path):
    """A copy of the case with a table of what is withheld, and its notebook."""

    def make(rows):
        folder = tmp_path / "case"
        shutil.copytree(built_case, folder, dirs_exist_ok=True)
        (folder / "data" / "withhold.csv").write_text(HEAD + rows, "utf-8")
        build(find(folder))
        return folder

    return make


@pytest.fixture(scope="module")
def told(built_case):
    """A claim that is disputed: its subject, and the words for it."""
    graph = kg.open(built_case).graph
    claim = next(c for c in graph.ledger.claims() if c.standing.status == "Contested")
    return claim, graph.ledger.entity(claim.subject)


def everything(folder):
    """All that can be handed on, as text, by what it is."""
    notebook = kg.open(folder)
    made = {"page": notebook.view().html, "report": str(notebook.report())}
    for name in exports.names():
        if name not in NEEDS_MORE | {"xlsx"}:
            files = notebook.export(name).files()
            made[name] = "".join(
                p if isinstance(p, str) else p.decode() for _, pieces in files for p in pieces
            )
    return made


def test_a_withheld_name_is_nowhere(withholding, told):
    _, entity = told
    folder = withholding(f"{entity.id},name,somebody,asked for\n")
    names = [entity.id, entity.name, *entity.aliases, *(n for _, n in entity.names)]
    for what, text in everything(folder).items():
        for name in names:
            assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE), (
                what,
                name,
            )
        if what not in ("csl", "bibtex", "geojson"):
            assert "somebody" in text or "withheld-1" in text, what
    # The graph itself has it still: nothing is lost.
    assert kg.open(folder).graph.ledger.entity(entity.id).name == entity.name
    seen = kg.open(folder).export("node-link")
    assert json.loads(str(seen))["graph"]["seen"] == "one name withheld"


def test_a_claim_keeps_its_standing_under_another_name(withholding, told, built_case):
    _, entity = told
    held = json.loads(str(kg.open(withholding(f"{entity.id},name,,\n")).export("node-link")))
    before = json.loads(str(kg.open(built_case).export("node-link")))

    def standings(graph):
        return sorted((e["relation"], e["status"], e["basis"], e["voices"]) for e in graph["edges"])

    assert standings(held) == standings(before)
    assert "(name withheld)" in {n["name"] for n in held["nodes"]}


def test_a_record_is_withheld_with_all_that_is_said_of_it_and_by_it(withholding, told):
    _, entity = told
    folder = withholding(f"{entity.id},claims,,\n")
    held = json.loads(str(kg.open(folder).export("node-link")))
    assert entity.id not in {n["id"] for n in held["nodes"]}
    ends = {e[end] for e in held["edges"] for end in ("source", "target")}
    voices = {s["voice"] for e in held["edges"] for s in e["spoken"]}
    assert entity.id not in ends | voices
    assert re.fullmatch(r"one record withheld with \w+ attestations?", held["graph"]["seen"])


def test_what_changed_after_the_build_stops_the_handing_on(withholding, told, tmp_path):
    _, entity = told
    folder = withholding(f"{entity.id},name,,\n")
    table = folder / "data" / "withhold.csv"
    table.write_text(HEAD + f"{entity.id},claims,,\n", "utf-8")
    with pytest.raises(BadGraph, match=r"withhold\.csv is not as it was"):
        run("export", folder, "graphml", out=str(tmp_path / "g.graphml"))
    table.unlink()
    with pytest.raises(BadGraph, match=r"withhold\.csv is not as it was"):
        run("view", folder, out=str(tmp_path / "v.html"))
    assert not list(tmp_path.glob("*.graphml")) + list(tmp_path.glob("*.html"))


def test_rows_that_cannot_be_followed_are_told(withholding, told):
    _, entity = told
    folder = withholding(f"{entity.id},name,,\n")
    table = folder / "data" / "withhold.csv"
    rows = f"nobody-here,name,,\n{entity.id},face,,\n{entity.id},name,,\n{entity.id},claims,,\n"
    table.write_text(HEAD + rows, "utf-8")
    problems = [str(p) for p in check(find(folder)).problems if p.file == "withhold.csv"]
    assert [re.search(r"row (\d)", p)[1] for p in problems] == ["2", "3", "5"]
    assert "nobody-here" in problems[0]
    assert "name or claims" in problems[1]
    assert "a record once" in problems[2]


def test_a_file_of_what_was_asked_says_that_it_has_everything(withholding, told, capsys):
    """Lists and dossiers are for whoever asks; somebody may hand the file on all the same."""
    _, entity = told
    folder = withholding(f"{entity.id},name,somebody,asked for\n")
    for name, ending in (("claims", "csv"), ("matrix", "html")):
        assert run(name, folder, out=str(folder / f"a.{ending}")) == 0
        assert "may hold what data/withhold.csv withholds" in capsys.readouterr().err
        assert entity.name in (folder / f"a.{ending}").read_text("utf-8")
    assert run("claims", folder) == 0
    assert run("report", folder, out=str(folder / "r.md")) == 0
    assert run("export", folder, "csv", out=str(folder / "csv")) == 0
    assert "withhold.csv" not in capsys.readouterr().err
    assert entity.name not in (folder / "r.md").read_text("utf-8")
