"""Virtuoso 7: what it does otherwise, each seen on version 7.2.5.

- Its answers end at `ResultSetMaxRows` with status 200; a COUNT is the only way to know.
- Its default graph is the union of all graphs: every query names the graph.
- More than some thousand values, or triples in one update, are refused.
- Updates need a login: digest authentication at /sparql-auth and /sparql-graph-crud-auth.
- Where its own time is over, it may give a part with status 200, and say so in a header alone
  (`timeout` in the address), or fail with status 500 (`MaxQueryExecutionTime`).
- It may choose an order of joins that never ends, or fail to compile one: in a query whose patterns
  stand in a good order, that of the text is better. UNION followed by more patterns is slow either
  way; so is one triple pattern with a list of predicates, and quick a UNION of one for each of them.
- To write a table in JSON costs it five to ten times what the same costs as N-Triples.
- SELECT DISTINCT may give a row with an empty column twice.
- A boolean comes back as 1 or 0, a language tag in small letters, 0.70 as 0.7.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from kg.store.remote.server import Server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Program(Server):
    """`virtuoso-t`: queries at /sparql, the rest at the same host."""

    name = "Virtuoso"
    values, triples, rows = 500, 10_000, 9_000
    turtle = "text/turtle"
    hint = 'DEFINE sql:select-option "order"\n'

    @property
    def update(self) -> str:
        """Where a login by digest is asked for."""
        return self._at("/sparql-auth")

    @property
    def graphs(self) -> str:
        """Graphs with a login."""
        return self._at("/sparql-graph-crud-auth")

    def _at(self, path: str) -> str:
        scheme, host, *_ = urlsplit(self._client.url)
        return urlunsplit((scheme, host, path, "", ""))

    def broke_off(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Its state for “returning incomplete results”, and its words for `MaxQueryExecutionTime`."""
        return headers.get("x-sql-state", "") == "S1TAT" or body.startswith(b"Virtuoso S1T00")

    def bulk(self, folder: str, files: dict[str, str]) -> dict[str, str]:
        """Statements that load all files of one graph, by as many loaders as are at work, before those of
        the next: what says that a graph is whole comes after it."""
        mine = f"DB.DBA.load_list where ll_file like '{folder}/%'"
        cleared = "".join(f"SPARQL CLEAR GRAPH <{g}>;\n" for g in dict.fromkeys(files.values()))
        steps = []
        for graph in dict.fromkeys(files.values()):
            names = (name for name, g in files.items() if g == graph)
            steps += [f"  ld_dir ('{folder}', '{name}', '{graph}');\n" for name in names]
            steps += [
                "  rdf_loader_run ();\n",
                f"  while (exists (select 1 from {mine} and ll_state = 1)) delay (1);\n",
                f"  if (exists (select 1 from {mine} and (ll_state <> 2 or ll_error is not null)))\n",
                "    signal ('KG001', 'some files were not loaded: see DB.DBA.load_list');\n",
            ]
        load = f"create procedure DB.DBA.KG_LOAD ()\n{{\n{''.join(steps)}}};\nDB.DBA.KG_LOAD ();\n"
        again = f"update {mine.replace(' where', ' set ll_state = 0 where')} and ll_state = 1;\n"
        run = "isql-vt PORT USER PASSWORD"
        told = (
            f"{folder} must be in DirsAllowed of virtuoso.ini. Then:\n{run} {folder}/load.sql\n"
            f"For more loaders at once, one a core, meanwhile and as often:\n"
            f'{run} exec="rdf_loader_run();"\n'
            f"Where that broke off, and the server went on:\n{run} {folder}/resume.sql\n"
        )
        return {
            "load.sql": f"{cleared}delete from {mine};\n{load}checkpoint;\n",
            "resume.sql": f"{again}DB.DBA.KG_LOAD ();\ncheckpoint;\n",
            "README": told,
        }
