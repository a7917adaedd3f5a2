"""The rooms of the code: a room imports only from those below it, a library comes in by one door."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "kg"
# From the ground up; what stands on one line may not import from each other.
ORDER = [
    {"model"},
    {"text"},
    {"case"},
    {"sparql"},
    {"store"},
    {"analysis"},
    {"page", "exchange"},
    {"verbs"},
    {"server"},
    {"cli", "notebook"},
]
HEIGHT = {room: i for i, rooms in enumerate(ORDER) for room in rooms}
# What a room may import although it stands above, with the reason.
EXCEPTIONS: dict[tuple[str, str], str] = {}
DOORS = {
    "typer": {"cli.parser"},
    "pyvis": {"page.render"},
    "networkx": {"store.network", "store.measures"},
    "pandas": {"notebook.frames"},
    "filelock": {"store.generations"},
    "_sqlite3": {"store.ledger"},
    "sqlite3": {
        "store.ledger_writer",
        "store.ledger_amender",
        "store.known",
        "store.beginnings",
        "exchange.spool",
    },
    "pyoxigraph": {
        "case.turtle",
        "store.loader",
        "store.shape_queries",
        "sparql.ahead",
        "sparql.worker",
        "sparql.files",
        "sparql.served",
        "exchange.handed.serialized",
        "store.rdflib_store",
        "store.remote.beside",
        "store.remote.graphs",
        "store.remote.index",
    },
    "httpx": {"store.remote.client"},
    "keyring": {"store.remote.client"},
    "uvicorn": {"server.run", "server.connection"},
    "docx": {"exchange.report.docx"},
    "xlsxwriter": {"exchange.exports.xlsx"},
    "pyarrow": {"exchange.exports.parquet", "notebook.frames"},
    "rdflib": {"store.shacl", "store.rdflib_store"},
    "python_calamine": {"case.sheet"},
    "pypdf": {"case.texts"},
    "anyascii": {"text.latin"},
    "pyshacl": {"store.shacl"},
}
FILES = {
    ".".join(p.relative_to(PACKAGE).with_suffix("").parts): p
    for p in sorted(PACKAGE.rglob("*.py"))
    if "vendor" not in p.parts
}
MODULES = sorted(n for n in FILES if not n.endswith("__") or n == "notebook")


def room(name):
    return name.partition(".")[0]


@cache
def imports(name):
    """(module, loaded when the module is) of everything that a module imports when it runs."""
    tree = ast.parse(FILES[name].read_text("utf-8"))
    quiet = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and getattr(block.test, "id", "") == "TYPE_CHECKING"
        for part in block.body
        for node in ast.walk(part)
    }
    found = []
    for node in ast.walk(tree):
        if node in quiet:
            continue
        top = node in tree.body
        if isinstance(node, ast.Import):
            found += [(alias.name, top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = (f"{node.module}.{a.name}".removeprefix("kg.") for a in node.names)
            held = [n for n in inside if n in FILES]
            if node.module.startswith("kg") and held:
                found += [(f"kg.{n}", top) for n in held]
            else:
                found.append((node.module, top))
    return found


def ours(name):
    """The modules of the package that a module imports."""
    for module, top in imports(name):
        inside = module.removeprefix("kg.")
        if module.startswith("kg.") and inside in FILES:
            yield inside, top


def test_every_module_is_in_a_room():
    assert {room(n) for n in MODULES} == set(HEIGHT)
    assert {n for n in FILES if n not in MODULES and "." not in n} == {"__init__", "__main__"}


def test_the_map_has_the_rooms_in_this_order():
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    drawn = text.partition("```text\n")[2].partition("```")[0].splitlines()
    known = [[w for w in line.split("  ") if w.strip() in HEIGHT] for line in drawn]
    assert [{w.strip() for w in rooms} for rooms in known if rooms][::-1] == ORDER


def test_arrows_go_down():
    up = [
        f"{name} imports {module}"
        for name in MODULES
        for module, _ in ours(name)
        if (name, module) not in EXCEPTIONS and room(module) != room(name)
        if HEIGHT[room(module)] >= HEIGHT[room(name)]
    ]
    assert up == []


def test_each_exception_is_needed():
    for name, module in EXCEPTIONS:
        assert module in dict(ours(name)), f"{name} no longer imports {module}"


def test_libraries_come_in_by_their_doors():
    found = {(name, module.partition(".")[0]) for name in MODULES for module, _ in imports(name)}
    assert {library for _, library in found} > {"pandas", "pyoxigraph"}
    assert [f"{n} imports {lib}" for n, lib in found if n not in DOORS.get(lib, (n,))] == []


def test_each_door_is_used():
    for library, names in DOORS.items():
        for name in names:
            assert library in FILES[name].read_text("utf-8"), f"{name} imports no {library}"


def test_no_circle_at_loading():
    seen, done = [], set()

    def visit(name):
        assert name not in seen, " > ".join([*seen, name])
        if name in done:
            return
        seen.append(name)
        for module, top in ours(name):
            if top:
                visit(module)
        seen.remove(name)
        done.add(name)

    for name in MODULES:
        visit(name)
