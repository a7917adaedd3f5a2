"""The words of the project: what is generated is up to date, what is named exists."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

from kg import verbs
from kg.case import terms
from kg.model.ontology import CALLED

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
VERBS = {verb.name: verb for verb in verbs.every()}
TERMS = terms.read(sorted((ROOT / "ontology").glob("*.ttl")))


def test_what_is_generated_is_up_to_date(stand, kg):
    path = ROOT / "scripts" / "generate_docs.py"
    spec = importlib.util.spec_from_file_location("generate_docs", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    def printed(words):
        ran = kg(stand, "--case", "example", *words, COLUMNS="100")
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    script.run_kg = printed
    assert script.stale() == []


def test_every_place_that_the_map_names_is_there():
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Every module")[0]
    places = {*re.findall(r"`([a-z_]+(?:/[\w.-]+)+/?)`", told)}
    assert len(places) > 50
    for place in places:
        # `model/record.Record` is a class of a module.
        forms = (place, f"{place}.py", f"{place.rpartition('.')[0]}.py")
        assert any((top / form).exists() for top in (ROOT / "kg", ROOT) for form in forms), place


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_in_the_pages_exist(page):
    for line in re.findall(r"^\$ (?:\.venv/bin/)?kg (.*)$", page.read_text("utf-8"), re.MULTILINE):
        words = line.split()
        command = words[2] if words[0] == "--case" else words[0]
        assert command in VERBS, line
        known = {flag for p in VERBS[command].params for flag in p.flags}
        for option in re.findall(r"(?<=\s)--[a-z-]+", line.partition("#")[0]):
            assert option in {"--case", "--store", "--graph", *known}, line


def test_every_command_is_explained():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name in VERBS:
        assert f"## kg {name}" in text


@pytest.mark.parametrize("group", ["classes", "relations", "measures", "attributes"])
def test_every_term_is_whole(group):
    for term in getattr(TERMS, group).values():
        assert term.label
        assert term.definition
        assert group == "classes" or term.id == CALLED or (term.domains and term.ranges), term.id
        if group == "relations":
            assert term.inverse, term.id
        if term.id not in ("Entity",):
            assert term.example, term.id


def test_domains_and_ranges_are_classes():
    plain = {"string", "decimal", "date", "anyURI", "language", "integer"}
    for group in (TERMS.relations, TERMS.measures, TERMS.attributes):
        for term in group.values():
            assert {*term.domains} <= {*TERMS.classes}, term.id
            assert {*term.ranges} <= {*TERMS.classes, *plain}, term.id


def test_the_project_speaks_of_itself_alone():
    ran = subprocess.run(["git", "ls-files"], text=True, capture_output=True, cwd=ROOT)
    for name in ran.stdout.split():
        path = ROOT / name
        if "bad" not in path.parts and path.suffix in (
            ".py",
            ".md",
            ".toml",
            ".ttl",
            ".js",
            ".css",
            ".j2",
            ".txt",
            "",
        ):
            text = path.read_text("utf-8")
            assert not re.search(r"(^|[^\w.])/(work|root)/|\.\./shared", text), name


def test_the_small_case_of_the_pages_works_as_it_stands(tmp_path, kg):
    text = (ROOT / "docs" / "tables.md").read_text("utf-8").partition("## A whole small case")[2]
    files = re.findall(r"`((?:data|ontology)/[^`]+)`\n\n```\w+\n(.*?)```", text, re.DOTALL)
    assert len(files) == 5
    for name, content in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")

    checked = kg(tmp_path, "check", "--strict")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert kg(tmp_path, "build").returncode == 0
    assert (
        "asserted by one voice in one document, contested (opposed by one voice)"
        in kg(tmp_path, "show", "Annie").stdout
    )
    assert kg(tmp_path, "view").returncode == 0
