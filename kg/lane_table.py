"""The commands and options of `kg.cli`, written by make docs for `kg.lane`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TABLE: dict[str, Any] = {
    "": "Usage: kg [OPTIONS] COMMAND [ARGS]...\n"
    "\n"
    "  Who says what about whom, where, and who disputes it: tables to an RDF graph,\n"
    "  SPARQL, paths and offline network pages. Every edge carries its evidence.\n"
    "\n"
    "Options:\n"
    "  --case <str>  The case's folder, or “example” for the shipped case.  [default:\n"
    "                .]\n"
    "  --help        Show this message and exit.\n"
    "\n"
    "Commands:\n"
    "  version  Print the version.\n"
    "  check    Check every row of the tables; report all that is wrong at once.\n"
    "  build    Build the graph; the old one stays until the new is whole.\n"
    "  query    Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE.\n"
    "  show     Show all that is said of an entity, and by it.\n"
    "  path     Find the best paths between two actors, with evidence.\n"
    "  view     Write the network as one HTML page that works offline.\n",
    "build": {
        "arguments": [],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"}
        },
    },
    "check": {
        "arguments": [],
        "options": {
            "--read": {"kind": "flag", "many": False, "max": None, "min": None, "name": "read"},
            "--strict": {"kind": "flag", "many": False, "max": None, "min": None, "name": "strict"},
        },
    },
    "path": {
        "arguments": [["start", True], ["end", True]],
        "options": {
            "--avoid": {"kind": "str", "many": True, "max": None, "min": None, "name": "avoid"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--directed": {
                "kind": "flag",
                "many": False,
                "max": None,
                "min": None,
                "name": "directed",
            },
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--hubs": {"kind": "flag", "many": False, "max": None, "min": None, "name": "hubs"},
            "--max-hops": {"kind": "int", "many": False, "max": 12, "min": 1, "name": "max_hops"},
            "--min-voices": {
                "kind": "int",
                "many": False,
                "max": None,
                "min": 0,
                "name": "min_voices",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--relation": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "relation",
            },
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--through": {"kind": "str", "many": True, "max": None, "min": None, "name": "through"},
            "--timeout": {
                "kind": "float",
                "many": False,
                "max": None,
                "min": 0.1,
                "name": "timeout",
            },
            "--via": {"kind": "str", "many": True, "max": None, "min": None, "name": "via"},
            "-k": {"kind": "int", "many": False, "max": 100, "min": 1, "name": "k"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "query": {
        "arguments": [["text", False]],
        "options": {
            "--exit-code": {
                "kind": "flag",
                "many": False,
                "max": None,
                "min": None,
                "name": "exit_code",
            },
            "--file": {"kind": "str", "many": False, "max": None, "min": None, "name": "file"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--limit": {"kind": "int", "many": False, "max": None, "min": 1, "name": "limit"},
            "--memory": {
                "kind": "float",
                "many": False,
                "max": None,
                "min": 0.01,
                "name": "memory",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--timeout": {
                "kind": "float",
                "many": False,
                "max": None,
                "min": 0.1,
                "name": "timeout",
            },
            "-f": {"kind": "str", "many": False, "max": None, "min": None, "name": "file"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "show": {
        "arguments": [["name", True]],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "version": {"arguments": [], "options": {}},
    "view": {
        "arguments": [],
        "options": {
            "--depth": {"kind": "int", "many": False, "max": 6, "min": 1, "name": "depth"},
            "--focus": {"kind": "str", "many": True, "max": None, "min": None, "name": "focus"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--layout": {"kind": "str", "many": False, "max": None, "min": None, "name": "layout"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
}
