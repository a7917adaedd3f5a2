"""Write again everything that is generated, or with --check say what is out of date."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg import verbs
from kg.case.terms import read
from kg.cli import overview
from kg.model.ontology import Term

ROOT = Path(__file__).resolve().parent.parent
TERMS = {
    "classes": "Classes",
    "relations": "Relations",
    "measures": "Measures",
    "attributes": "Attributes",
}


def commands() -> str:
    parts = ["# Commands", "", "Written by `make docs` from the commands themselves.", ""]
    for name in ["", *(verb.name for verb in verbs.every())]:
        shown = f"kg {name}".strip()
        parts += [
            f"## {shown}",
            "",
            "```text",
            run_kg([*name.split(), "--help"]).rstrip(),
            "```",
            "",
        ]
    return "\n".join(parts)


def terms() -> str:
    known = read(sorted((ROOT / "ontology").glob("*.ttl")))
    parts = [
        "# Terms",
        "",
        "Written by `make docs` from `kg/model/core.ttl` and `ontology/actors.ttl`.",
        "",
    ]
    for group, title in TERMS.items():
        parts += [f"## {title}", "", *term_rows(getattr(known, group).values()), ""]
    return "\n".join(parts)


def term_rows(found: Iterable[Term]) -> list[str]:
    rows = [
        "| term | label | definition | from | to | example |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for t in sorted(found, key=lambda t: t.id.lower()):
        label = f"{t.label} / {t.inverse}" if t.inverse else t.label
        below = f"below {' and '.join(t.parents)}" if t.parents else ""
        target, source = " and ".join(t.ranges) or below, " and ".join(t.domains)
        rows.append(f"| `{t.id}` | {label} | {t.definition} | {source} | {target} | {t.example} |")
    return rows


def interchange() -> str:
    """What each form is, who reads it back, what it cannot hold: from the forms and the tests."""
    from importlib import import_module

    from kg.exchange import exports

    sys.path.insert(0, str(ROOT / "tests" / "interop"))
    said = import_module("read_by")
    versions = dict(re.findall(r"^([\w.-]+)==(\S+)", _interop("requirements.txt"), re.M))
    versions |= dict(re.findall(r'"(?:@[\w-]+/)?([\w-]+)": "([\d.]+)"', _interop("package.json")))
    versions = {name.lower().replace("_", "-"): version for name, version in versions.items()}

    def reader(name: str) -> str:
        plain = name.removeprefix(said.NODE).replace("_", "-").lower()
        known = {n: v for n, v in versions.items() if plain == n or plain.startswith(n + "-")}
        library = max(known, key=len, default="")
        aside = " (JavaScript)" if name.startswith(said.NODE) else ""
        return f"{library} {known[library]}{aside}" if library else plain.split("-")[0]

    parts = ["", "| form | ending | what it is | read back by | what it cannot hold |"]
    parts += ["| --- | --- | --- | --- | --- |"]
    for name in exports.names():
        form = exports.form(name)
        what = (form.__doc__ or "").strip().splitlines()[0].partition(": ")[2].rstrip(".")
        readers = ", ".join(dict.fromkeys(map(reader, said.READ.get(name, ())))) or "–"
        cells = (f"`{name}`", form.ENDING or "a folder", what, readers, form.LOSES or "–")
        parts.append(f"| {' | '.join(cells)} |")
    parts += ["", "What a reader does to a file:", ""]
    parts += [f"- {reader(name)}: {told}." for name, told in said.NOTES.items()]
    page = (ROOT / "docs" / "interchange.md").read_text("utf-8")
    start, end = "<!-- forms -->\n", "<!-- /forms -->\n"
    return page.partition(start)[0] + start + "\n".join(parts) + "\n\n" + end


def _interop(name: str) -> str:
    return (ROOT / "tests" / "interop" / name).read_text("utf-8")


def promises() -> str:
    """What is promised, from the tests that hold it: a module of tests/promises each."""
    parts = [
        "# Promises",
        "",
        "What goes wrong, what the user sees, what is kept. Written by `make docs` from the tests in",
        "`tests/promises/`, a module a promise, and from the bad inputs in `tests/bad/`.",
        "",
    ]
    for path in sorted((ROOT / "tests" / "promises").glob("test_*.py")):
        number = path.name.split("_")[1]
        tree = ast.parse(path.read_text("utf-8"))
        title, _, body = (ast.get_docstring(tree) or "").partition("\n\n")
        tests = [n.name for n in tree.body if isinstance(n, ast.FunctionDef)]
        held = [t.removeprefix("test_").replace("_", " ") for t in tests if t.startswith("test_")]
        bad = sorted(p.name for p in (ROOT / "tests" / "bad").glob(f"{number}-*"))
        lines = [
            f"- **{k}**: {v}" for k, v in re.findall(r"^(\w+): (.*(?:\n(?!\w+: ).+)*)", body, re.M)
        ]
        shown = [f"- {t}" for t in held] + [f"- bad input `{name}`" for name in bad]
        parts += [f"## {int(number)}. {title}", "", *lines, "", "Held by:", "", *shown, ""]
    return "\n".join(parts)


def architecture() -> str:
    """The map of the code: its prose, and a line of every module from its docstring."""
    rooms: dict[str, list[str]] = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        parts = path.relative_to(ROOT / "kg").parts
        if "vendor" in parts or path.name == "__main__.py":
            continue
        line = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
        room = "/".join(parts[:-1])
        if path.name == "__init__.py":
            rooms.setdefault(room, []).insert(0, line)
        else:
            rooms.setdefault(room, []).append(f"| `{path.stem}` | {line} |")
    made = []
    for room, (title, *rows) in sorted(rooms.items()):
        made += [f"### `kg/{room}{'/' if room else ''}`", "", title, ""]
        made += ["| module | |", "| --- | --- |", *rows, ""] if rows else []
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    start, end = "<!-- modules -->\n", "<!-- /modules -->\n"
    return page.partition(start)[0] + start + "\n" + "\n".join(made) + end


def stubs() -> str:
    """What type checkers see of the methods of an open graph."""
    from importlib import import_module

    sys.path.insert(0, str(ROOT / "scripts"))
    made: str = import_module("stubs").methods()
    return made


def run_kg(words: list[str]) -> str:
    """What a command prints, on the shipped case, a hundred columns wide."""
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "kg", "--case", "example", *words],
        cwd=FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


FOLDER = tempfile.mkdtemp(prefix="kg-docs-")
BLOCK = re.compile(r"<!-- kg (.*?) -->\n(?:\n```console\n.*?\n```\n)?", re.DOTALL)


def with_outputs(path: Path) -> str:
    """A page with the output of each command that it names in a comment, after the comment."""

    def fill(match: re.Match[str]) -> str:
        output = run_kg(shlex.split(match[1])).rstrip()
        return f"<!-- kg {match[1]} -->\n\n```console\n$ kg {match[1]}\n{output}\n```\n"

    return BLOCK.sub(fill, path.read_text("utf-8"))


def generated() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    made = {
        Path(overview.WRITTEN): overview.overview(),
        ROOT / "docs" / "commands.md": commands(),
        ROOT / "docs" / "terms.md": terms(),
        ROOT / "docs" / "promises.md": promises(),
        ROOT / "docs" / "interchange.md": interchange(),
        ROOT / "docs" / "architecture.md": architecture(),
        ROOT / "kg" / "notebook" / "methods.pyi": stubs(),
    }
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return made | {
        p: with_outputs(p) for p in pages if p not in made and "<!-- kg " in p.read_text()
    }


def stale() -> list[str]:
    """The names of generated files that are not as they would be written now."""
    return [
        p.name for p, text in generated().items() if not p.exists() or p.read_text("utf-8") != text
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        if old := stale():
            sys.exit("out of date, run make docs: " + ", ".join(old))
    else:
        # The outputs below have it: it comes first.
        Path(overview.WRITTEN).write_text(overview.overview(), encoding="utf-8")
        for path, text in generated().items():
            path.write_text(text, encoding="utf-8", newline="\n")
        script = str(ROOT / "scripts" / "gallery.py")
        subprocess.run([sys.executable, script], check=True)
