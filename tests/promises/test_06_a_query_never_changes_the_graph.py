"""A query never changes the graph.

Fault: INSERT, DELETE, LOAD, CLEAR or another update is given to `kg query`.
Seen: “read-only”; exit code 2.
Kept: the store, byte for byte.
"""

import pytest

from kg.model.errors import UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql import query

UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE DATA { <a:a> <a:b> <a:c> }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "# a comment\nPREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "BASE <http://x/> LOAD <file:///etc/hostname>",
    "LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <a:g>",
    "CLEAR ALL",
    "clear silent default",
    "drop all",
    "CREATE GRAPH <a:g>",
    "ADD DEFAULT TO <a:g>",
    "MOVE <a:g> TO DEFAULT",
    "COPY <a:g> TO DEFAULT",
    "\\u0049NSERT DATA { <a:a> <a:b> <a:c> }",
    "CLEAR ALL ; SELECT * { ?s ?p ?o }",
]


def test_every_form_of_update_is_refused_and_the_store_kept(shipped, digest):
    before = digest(shipped.part("store"))
    for text in UPDATES:
        with pytest.raises(UsageError, match="read-only"):
            query.run(shipped.store, text, PREFIXES)
    assert digest(shipped.part("store")) == before


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_that_is_not_recognised_is_no_query_to_the_engine(
    shipped, digest, monkeypatch, text
):
    monkeypatch.setattr(query, "_harmless", lambda _: True)
    before = digest(shipped.part("store"))
    with pytest.raises(UsageError, match="cannot be read"):
        query.run(shipped.store, text, PREFIXES)
    assert digest(shipped.part("store")) == before


def test_the_command_says_what_to_do_instead(built_case, kg):
    ran = kg(built_case, "query", "DROP ALL")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "read-only: change the tables and run kg build" in ran.stderr
