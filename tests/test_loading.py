"""What a command loads before it answers: most of what a short command costs is imports."""

import sys

import processes
import pytest
from processes import ROOT

RUN = """\
import sys
sys.path.insert(0, {root!r})
before = set(sys.modules)
sys.argv = ["kg", *{words!r}]
import kg.cli.main as entry
try:
    entry.main()
except SystemExit as end:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
    raise
"""
# Costs more than most answers, wherever it is asked for.
HEAVY = {
    *("typer", "pandas", "numpy", "rdflib", "networkx", "pyvis", "pydantic", "pyoxigraph"),
    *("jinja2", "filelock", "tomllib", "hashlib"),
    *("typing", "dataclasses", "inspect", "pathlib", "subprocess", "tempfile", "signal", "csv"),
    *("logging", "argparse", "shutil", "traceback", "urllib", "unicodedata"),
}
# `json` brings `re`, which brings `enum`; a text that is plain needs none of them.
PARSERS = {"json", "re", "enum"}
# What reads a ledger needs no more than the reader in C.
READING = PARSERS | {"sqlite3", "datetime"}
LEDGER = READING | {"_sqlite3"}
COMMANDS = {
    "--help": HEAVY | LEDGER | {"kg.verbs", "kg.text"},
    "version": HEAVY | LEDGER | {"kg.store"},
    "--complete fish path --st": HEAVY | LEDGER | {"kg.store", "kg.cli.parser", "kg.verbs.view"},
    "--complete fish show L": (HEAVY - {"unicodedata"})
    | {"kg.store.ledger", "kg.model.ontology", "kg.cli.parser", "kg.verbs.view", "json"},
    "query ASK{}": HEAVY | LEDGER | {"kg.analysis", "kg.verbs.path", "kg.model.claims"},
    "show person-lu": HEAVY
    | READING
    | {"kg.sparql", "kg.store.lens", "kg.store.seen_graph", "kg.store.adjacency"},
    "stats": HEAVY | READING | {"kg.sparql", "kg.store.seen_graph", "kg.model.dates"},
    # That a case is unchanged takes digests of its files.
    "build": (HEAVY - {"hashlib"})
    | LEDGER
    | {"kg.store.build", "kg.store.ledger", "kg.case.folder"},
    "path person-lu place-irl": HEAVY
    | READING
    | {"kg.sparql", "kg.store.lens", "kg.store.seen_graph", "kg.store.adjacency_writer", "kg.page"}
    | {"kg.analysis.path_absence", "kg.store.speech", "array"},
}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_short_command_loads_little(built_case, line):
    code = RUN.format(root=str(ROOT), words=line.split())
    settings = processes.environment(COLUMNS="100")
    ran = processes.run(built_case, sys.executable, "-I", "-c", code, env=settings)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout
    loaded = set(ran.stderr.splitlines()[-1].split())
    assert "kg.cli.main" in loaded
    assert loaded & COMMANDS[line] == set()
