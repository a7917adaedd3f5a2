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
from kg.store.remnants import Remnants

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


def left(names, text, others=(), plain=()):
    """The words of names that a text still tells."""
    found = Remnants(names, others, plain)
    found.note(text, "row", "gloss")
    return found.found.get(("row", "gloss"), [])


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("Nikos Papas", "Papas's brother", "papas"),
        ("Nikos Papas", "so says PAPAS.", "papas"),
        ("Nikos Papas", "the Papases", "papases"),
        ("Νίκος Παπάς", "του Παπά", "παπα"),
        ("Иван Иванов", "жена Иванова", "иванова"),
        ("Мария Иванова", "к Ивановой", "ивановой"),
        ("أحمد المصري", "قال والمصري", "والمصري"),
        ("משה כהן-צדק", "אמר צדק", "צדק"),
        ("王小明", "小明说", "小明"),
        ("王小明", "王某否认", "王某"),
        ("田中太郎", "田中は否定", "田中"),
        ("김민수", "민수는", "민수"),
        ("राम शर्मा", "शर्मा ने", "शर्मा"),
        ("สมชาย ใจดี", "นายสมชายกล่าว", "สมชาย"),
        ("Ludwig van der Rohe", "van der Rohe", "rohe"),
        ("Omar Al-Masri", "AlMasri", "almasri"),
        ("José Núñez", "Nunez", "nunez"),
    ],
)
def test_a_word_of_a_withheld_name_is_found_in_each_script(name, text, word):
    assert word in left([name], text)


def test_words_that_tell_nobody_are_no_remnants():
    names = ["The House of Lu Ltd", "Mark de la Cruz"]
    assert left(names, "the bank of the city, ltd; it marked de la Ville") == []
    assert left(["Bank Lu"], "a bank", plain=["bank"]) == []
    assert left(["Lu Trading"], "Trading", others=[f"{n} Trading" for n in "ABC"]) == []
    assert left(["Lu Trading"], "Trading", others=["A Trading"]) == ["trading"]
    assert left([], "Papas") == []


def test_words_of_a_withheld_name_that_are_left_are_told_by_all_that_hands_on(
    make_case, tmp_path, capsys
):
    claims = (
        "subject,relation,object,stance,document,locator,gloss\n"
        "person-lu,visited,station-irl01,asserts,doc-page,p. 1,Lu Jianwang came\n"
        "person-lu,visited,body-ngo,asserts,doc-page,p. 2,Jianwang came\n"
    )
    names = "entity,name,document,locator\nbody-ngo,Friends of Lu Jianwang,doc-page,p. 3\n"
    folder = make_case(claims=claims, names=names, withhold=HEAD + "person-lu,name,a man,\n")
    assert run("build", folder) == 0
    told = capsys.readouterr().err
    assert "still stand in one place" in told
    assert "claims.csv row 3, gloss: “jianwang”" in told
    for what, options in (("view", {"out": "v.html"}), ("report", {"out": "r.md"})):
        assert run(what, folder, **{k: str(tmp_path / v) for k, v in options.items()}) == 0
        assert "claims.csv row 3, gloss: “jianwang”" in capsys.readouterr().err
    assert run("export", folder, "csv", out=str(tmp_path / "csv")) == 0
    assert "claims.csv row 3, gloss: “jianwang”" in capsys.readouterr().err
    text = "".join(p.read_text("utf-8") for p in tmp_path.glob("csv/*"))
    assert "Friends of a man" in text
    assert "Lu Jianwang" not in text
    mended = claims.replace(",Jianwang came", ",He came")
    (folder / "data" / "claims.csv").write_text(mended, "utf-8")
    assert run("build", folder) == 0
    assert "still stand" not in capsys.readouterr().err
