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
    "  version    Print the version.\n"
    "  check      Check every row of the tables; report all that is wrong at once.\n"
    "  build      Build the graph; the old one stays until the new is whole.\n"
    "  query      Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE.\n"
    "  show       Show all that is said of an entity, and by it.\n"
    "  path       Find the best paths between two actors, with evidence.\n"
    "  view       Write the network as one HTML page that works offline.\n"
    "  find       Find entities by any part of any of their names.\n"
    "  neighbors  Show who is next to an entity, and on whose word.\n"
    "  timeline   Show what is dated about an entity, in order.\n"
    "  claims     List the ledger, claim by claim or row by row.\n"
    "  figures    List every number said, with who says it.\n"
    "  conflicts  Show where the documents disagree, and in what way.\n"
    "  compare    Put two documents side by side: agree, contradict, only one.\n"
    "  diff       Show what changed between two builds.\n"
    "  sources    Show who cites whom and what rests on each source.\n"
    "  gaps       Show what the ledger lacks, and what would close each gap.\n"
    "  stats      Count everything.\n"
    "  terms      List the classes, relations, measures and attributes.\n"
    "  verify     Find each passage again in the documents' texts.\n"
    "  validate   Check the built graph against its ontology, by SHACL.\n"
    "  ask        Ask one of the named questions, or list them.\n",
    "ask": {
        "arguments": [["name", False, False], ["values", False, True]],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--timeout": {
                "kind": "float",
                "many": False,
                "max": None,
                "min": 0.1,
                "name": "timeout",
            },
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
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
    "claims": {
        "arguments": [],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--entity": {"kind": "str", "many": False, "max": None, "min": None, "name": "entity"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--object": {"kind": "str", "many": False, "max": None, "min": None, "name": "object"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--relation": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "relation",
            },
            "--rows": {"kind": "flag", "many": False, "max": None, "min": None, "name": "rows"},
            "--since": {"kind": "str", "many": False, "max": None, "min": None, "name": "since"},
            "--stance": {"kind": "str", "many": False, "max": None, "min": None, "name": "stance"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--subject": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "subject",
            },
            "--until": {"kind": "str", "many": False, "max": None, "min": None, "name": "until"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "compare": {
        "arguments": [["left", True, False], ["right", True, False]],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "conflicts": {
        "arguments": [],
        "options": {
            "--all": {"kind": "flag", "many": False, "max": None, "min": None, "name": "all"},
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--entity": {"kind": "str", "many": False, "max": None, "min": None, "name": "entity"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "diff": {
        "arguments": [["old", False, False], ["new", False, False]],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "figures": {
        "arguments": [],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--entity": {"kind": "str", "many": False, "max": None, "min": None, "name": "entity"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--measure": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "measure",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "find": {
        "arguments": [["text", True, False]],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--kind": {"kind": "str", "many": False, "max": None, "min": None, "name": "kind"},
            "--limit": {"kind": "int", "many": False, "max": None, "min": 1, "name": "limit"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "gaps": {
        "arguments": [],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--entity": {"kind": "str", "many": False, "max": None, "min": None, "name": "entity"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--kind": {"kind": "str", "many": False, "max": None, "min": None, "name": "kind"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "neighbors": {
        "arguments": [["name", True, False]],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--relation": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "relation",
            },
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "path": {
        "arguments": [["start", True, False], ["end", True, False]],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--avoid": {"kind": "str", "many": True, "max": None, "min": None, "name": "avoid"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--directed": {
                "kind": "flag",
                "many": False,
                "max": None,
                "min": None,
                "name": "directed",
            },
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--hubs": {"kind": "flag", "many": False, "max": None, "min": None, "name": "hubs"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
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
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-k": {"kind": "int", "many": False, "max": 100, "min": 1, "name": "k"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "query": {
        "arguments": [["text", False, False]],
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
        "arguments": [["name", True, False]],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "sources": {
        "arguments": [],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--echo": {"kind": "str", "many": False, "max": None, "min": None, "name": "echo"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--origins": {
                "kind": "flag",
                "many": False,
                "max": None,
                "min": None,
                "name": "origins",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "stats": {
        "arguments": [],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "terms": {
        "arguments": [["text", False, False]],
        "options": {
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--kind": {"kind": "str", "many": False, "max": None, "min": None, "name": "kind"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "timeline": {
        "arguments": [["name", True, False]],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
    "validate": {
        "arguments": [],
        "options": {
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"}
        },
    },
    "verify": {
        "arguments": [],
        "options": {
            "--fill": {"kind": "flag", "many": False, "max": None, "min": None, "name": "fill"},
            "--format": {"kind": "str", "many": False, "max": None, "min": None, "name": "format"},
            "--texts": {"kind": "str", "many": False, "max": None, "min": None, "name": "texts"},
        },
    },
    "version": {"arguments": [], "options": {}},
    "view": {
        "arguments": [],
        "options": {
            "--as-of": {"kind": "str", "many": False, "max": None, "min": None, "name": "as_of"},
            "--basis": {"kind": "str", "many": True, "max": None, "min": None, "name": "basis"},
            "--depth": {"kind": "int", "many": False, "max": 6, "min": 1, "name": "depth"},
            "--document": {
                "kind": "str",
                "many": True,
                "max": None,
                "min": None,
                "name": "document",
            },
            "--focus": {"kind": "str", "many": True, "max": None, "min": None, "name": "focus"},
            "--force": {"kind": "flag", "many": False, "max": None, "min": None, "name": "force"},
            "--known-by": {
                "kind": "str",
                "many": False,
                "max": None,
                "min": None,
                "name": "known_by",
            },
            "--layout": {"kind": "str", "many": False, "max": None, "min": None, "name": "layout"},
            "--out": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
            "--status": {"kind": "str", "many": True, "max": None, "min": None, "name": "status"},
            "--voice": {"kind": "str", "many": True, "max": None, "min": None, "name": "voice"},
            "-o": {"kind": "str", "many": False, "max": None, "min": None, "name": "out"},
        },
    },
}
