"""The floors of the code: a module imports only from below, each outside library by one door."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"

# From the ground up. Modules on one floor may import each other only where the table below says so.
FLOORS = [
    {"record", "namespaces", "errors", "problems", "text", "terminal"},
    {"model", "dates", "ontology"},
    {"case", "cells", "tables", "status", "rdf", "sums"},
    {"adjacency", "ledger"},
    {"register", "attestations", "entities", "retractions", "rows"},
    {"graph", "network"},
    {"refusals", "datasets", "mistakes", "engine", "query", "results", "wording", "lens"},
    {"evidence", "filters", "sides"},
    {"dossiers", "paths", "names", "listing", "surroundings", "gaps", "overview", "sources"},
    {"candidates", "pairs", "conflicts", "compare", "changes", "differences"},
    {"passages", "verify", "shapes", "named"},
    {"walks", "views", "choices", "selection"},
    {"springs", "columns", "context"},
    {"plan"},
    {"bands", "links", "routes", "payload", "naming"},
    {"layouts"},
    {"page"},
    {"loader", "generations", "builder", "doctor"},
    {"library", "commands", "analyses"},
    {"lane", "lane_table", "cli", "cli_analyses"},
    {"__main__", "__init__"},
]
HEIGHT = {name: i for i, floor in enumerate(FLOORS) for name in floor}
DOORS = {
    "typer": {"cli", "cli_analyses", "lane"},
    "pyvis": {"page"},
    "networkx": {"network"},
    "pandas": {"library"},
    "filelock": {"generations"},
    "sqlite3": {"ledger"},
    "pyoxigraph": {"ontology", "builder", "loader", "engine", "datasets", "shapes"},
    "rdflib": {"shapes"},
    "pyshacl": {"shapes"},
}
MODULES = sorted(p.stem for p in PACKAGE.glob("*.py"))


def imports(name):
    """(module, loaded when the module is) of everything that a module imports when it runs."""
    tree = ast.parse((PACKAGE / f"{name}.py").read_text("utf-8"))
    quiet = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and getattr(block.test, "id", "") == "TYPE_CHECKING"
        for part in block.body
        for node in ast.walk(part)
    }
    for node in ast.walk(tree):
        if node in quiet:
            continue
        top = node in tree.body
        if isinstance(node, ast.Import):
            yield from ((alias.name, top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "kg":
                names = (a.name for a in node.names if not a.name.startswith("__"))
                yield from ((f"kg.{name}", top) for name in names)
            else:
                yield node.module, top


def test_every_module_has_a_floor():
    assert sorted(HEIGHT) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_from_below(name):
    for module, _ in imports(name):
        inside = module.removeprefix("kg.")
        if module.startswith("kg.") and inside in HEIGHT:
            assert HEIGHT[inside] <= HEIGHT[name], f"{name} imports {module}"


@pytest.mark.parametrize("name", MODULES)
def test_libraries_come_in_by_their_doors(name):
    for module, _ in imports(name):
        library = module.partition(".")[0]
        if library in DOORS:
            assert name in DOORS[library], f"{name} imports {library}"


def test_no_circle_at_loading():
    seen, done = [], set()

    def visit(name):
        assert name not in seen, " > ".join([*seen, name])
        if name in done:
            return
        seen.append(name)
        for module, top in imports(name):
            if top and module.startswith("kg."):
                visit(module.removeprefix("kg."))
        seen.remove(name)
        done.add(name)

    for name in MODULES:
        visit(name)
