"""A new case: what `kg init` makes, what it refuses, and that nothing is left of what fails."""

import csv
import os
import re
import sys
import tomllib
from pathlib import Path

import processes
import pytest
from asking import run

from kg import verbs
from kg.case import event_rows, example, new, terms
from kg.case import folder as cases
from kg.model.errors import BadCase, NotFound, NothingThere, OutOfBounds, UsageError
from kg.store import build
from kg.text import manual


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_terms_are_listed_before_there_is_a_graph(tmp_path, capsys):
    assert run("init", ".", str(tmp_path / "club")) == 0
    capsys.readouterr()
    assert run("terms", tmp_path / "club", "owns") == 0
    assert "Holds all of it, or a part" in capsys.readouterr().out
    assert not (tmp_path / "club" / "out").exists()


def test_a_new_case_is_clean_and_draws_at_once(tmp_path, capsys):
    folder = tmp_path / "Harbour affair"
    assert run("init", ".", str(folder)) == 0
    told = capsys.readouterr()
    assert "title and base in data/case.toml are made up" in told.err
    assert run("check", folder, strict=True) == 0
    assert run("verify", folder) == 0
    assert run("build", folder) == 0
    assert run("view", folder) == 0
    assert "3 passages: 3 exact" in capsys.readouterr().out
    page = (folder / "out" / "view.html").read_text("utf-8")
    assert "Example Harbour Ltd" in page
    # Its terms have addresses below those of its records, and are told by their labels.
    assert run("ask", folder, "neighbours", ["Ann Example"]) == 0
    assert re.search(r"relation +owns\n", capsys.readouterr().out)
    said = tomllib.loads((folder / "data" / "case.toml").read_text("utf-8"))
    assert said["title"] == "Harbour affair"
    assert said["base"] == "https://example.org/harbour-affair/"
    assert "https://example.org/harbour-affair/terms#" in (
        folder / "ontology" / "terms.ttl"
    ).read_text("utf-8")


def test_the_two_rows_are_for_and_against_one_claim(tmp_path):
    new.make(tmp_path / "a")
    one, other = rows(tmp_path / "a" / "data" / "claims.csv")
    names = ("subject", "relation", "object")
    assert [one[n] for n in names] == [other[n] for n in names]
    assert (one["stance"], other["stance"]) == ("asserts", "denies")


@pytest.mark.parametrize("like", ["", "example"])
def test_headers_alone(tmp_path, capsys, like):
    folder = tmp_path / "a"
    new.make(folder, empty=not like, like=like)
    assert all(rows(path) == [] for path in (folder / "data").glob("*.csv"))
    assert not list((folder / "texts").iterdir())
    assert run("check", folder, strict=True) == 0
    assert "0 entities, 0 claims, 0 attestations; nothing to mend" in capsys.readouterr().err
    assert run("build", folder) == 0
    with pytest.raises(NothingThere, match="nothing to draw: no claim and no entity; enter rows"):
        run("view", folder)
    headers = {p.name for p in (Path(example.root()) / "data").glob("*.csv")}
    assert bool(like) == ({p.name for p in (folder / "data").glob("*.csv")} == headers)


def test_every_term_to_begin_with_is_whole():
    ontology = terms.read([new.STARTER / "ontology" / "terms.ttl"])
    own = [t for g in ontology.groups for t in g.values() if "example.org" in t.iri]
    relations = [t for t in own if t.kind in ("event", "state")]
    assert len(relations) >= 25
    assert not ontology.told
    for term in own:
        assert term.label and term.definition and term.example, term.id
        if term.kind != "class":
            assert (term.domains or term.on) and term.ranges, term.id
    for term in relations:
        assert term.inverse, term.id
    own_columns = {term.column for term in ontology.qualities.values()}
    header = (new.STARTER / "data" / "claims.csv").read_text("utf-8").split("\n")[0]
    assert own_columns == {"share", "amount", "currency", "role"} < set(header.split(","))
    tables = {p.stem for p in (new.STARTER / "data").glob("*.csv")}
    assert tables == {*ontology.tables, "claims", "figures", "names", "judgements"}
    for table, held in ontology.tables.items():
        header = (new.STARTER / "data" / f"{table}.csv").read_text("utf-8").split("\n")[0]
        own_columns = set(ontology.columns(held.id))
        if table == "events":
            own_columns |= {*event_rows.columns(ontology)}
        assert own_columns >= set(header.split(",")) - {"id", "name", "class", "aliases"}


def test_texts_that_lie_there_stay(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "texts" / "doc-mine.txt").write_text("Mine.", encoding="utf-8")
    (tmp_path / "texts" / "My, letter_2.md").write_text("Too.", encoding="utf-8")
    (tmp_path / "texts" / "photo.jpg").write_bytes(b"no text")
    new.make(tmp_path)
    held = {row["id"]: row["name"] for row in rows(tmp_path / "data" / "documents.csv")}
    assert held == {
        "doc-harbour": "Who owns the harbour?",
        "doc-mine": "doc-mine",
        "my-letter-2": "My, letter 2",
    }
    assert (tmp_path / "texts" / "doc-mine.txt").read_text("utf-8") == "Mine."
    assert "texts/doc-harbour.txt" in files(tmp_path)
    build.build(cases.find(tmp_path))


@pytest.mark.parametrize("name", ["notes.txt", "data/claims.csv", "texts/doc-harbour.txt", "texts"])
def test_a_folder_that_holds_something_is_refused(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"is not empty: it holds|is there already"):
        new.make(tmp_path)
    assert files(tmp_path) == [name]
    assert path.read_text("utf-8") == "mine"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "a").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        new.make(tmp_path / "a")


def test_a_case_that_is_none_to_be_like(tmp_path):
    with pytest.raises(UsageError, match="expected example"):
        new.make(tmp_path / "a", like="harbour")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("failing", [1, 3, 4])
@pytest.mark.parametrize("there", [True, False])
def test_what_fails_leaves_nothing(tmp_path, monkeypatch, failing, there):
    folder, calls, rename = tmp_path / "a", [], os.rename
    if there:
        (folder / "texts").mkdir(parents=True)

    def stops(source, target):
        calls.append(target)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", stops)
    with pytest.raises(OutOfBounds, match="No space left"):
        new.make(folder)
    assert [p.name for p in tmp_path.iterdir()] == (["a"] if there else [])
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "base"),
    [("Zürich & Söhne", "zurich-sohne"), ('say "hi"', "say-hi"), ("___", "case")],
)
def test_the_name_of_the_folder_makes_title_and_base(tmp_path, name, base):
    new.make(tmp_path / name)
    case = cases.find(tmp_path / name)
    assert (case.title, case.base) == (name, f"https://example.org/{base}/")


@pytest.mark.parametrize("verb", ["check", "build", "stats", "view", "find", "verify", "fmt"])
def test_where_no_case_is_kg_init_is_named(tmp_path, verb):
    words = ["x"] if verb == "find" else []
    with pytest.raises(BadCase, match="begin one with kg init DIR"):
        run(verb, tmp_path, *words)


def test_the_manual(capsys):
    assert run("help", ".") == 0
    listed = capsys.readouterr().out
    assert listed.startswith("tutorial ")
    pages = {p.stem for p in (Path(__file__).parent.parent / "docs").glob("*.md")}
    assert set(manual.topics()) == pages
    verb = {verb.name for verb in verbs.every()}
    assert [line.split("  ")[0] for line in listed.splitlines()[:-2]] == [
        f"{name}.md" if name in verb else name for name in manual.topics()
    ]
    assert run("help", ".", "tables") == 0
    assert capsys.readouterr().out.startswith("# The tables of a case")
    assert run("help", ".", "conflicts") == 0
    told = capsys.readouterr().out
    assert "Usage: kg conflicts" in told and "kg help conflicts.md shows the page" in told
    assert run("help", ".", "conflicts.md") == 0
    assert capsys.readouterr().out.startswith("# Disagreements")
    assert run("help", ".", "check") == 0
    assert capsys.readouterr().out.startswith("Usage: kg check")
    with pytest.raises(NotFound) as told:
        run("help", ".", "tabels")
    assert told.value.near == (("tables", "The tables of a case"),)


def test_every_page_of_the_manual_is_in_the_wheel():
    root = Path(__file__).parent.parent
    said = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    included = said["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pages = {f"docs/{p.name}": f"kg/docs/{p.name}" for p in (root / "docs").glob("*.md")}
    assert {k: v for k, v in included.items() if k.startswith("docs/")} == pages


WINDOWS = "import os, sys; os.name = 'nt'; sys.modules |= {'fcntl': None, 'resource': None}; "


@pytest.mark.parametrize("words", [["--help"], ["build"], ["init", "a"]])
def test_on_windows_the_command_says_what_works(tmp_path, words):
    code = WINDOWS + f"sys.argv = {['kg', *words]!r}; from kg.cli.main import main; main()"
    ran = processes.run(tmp_path, sys.executable, "-c", code)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(
        "kg: on Windows kg works inside WSL, Microsoft's Linux for Windows: install that"
    )
    assert ran.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_on_windows_the_library_says_what_works(tmp_path):
    code = WINDOWS + "import kg\ntry: kg.open\nexcept ImportError as told: print(told)"
    ran = processes.run(tmp_path, sys.executable, "-c", code)
    assert ran.stdout.startswith("on Windows kg works inside WSL"), ran.stderr
