"""A query never changes the graph.

Fault: INSERT, DELETE, LOAD, CLEAR or another update is given to `kg query`.
Seen: “read-only”; exit code 2.
Kept: the store, byte for byte.
"""

import pytest

from kg import query
from kg.errors import UsageError
from kg.namespaces import PREFIXES


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "# a comment\nPREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/x>",
        "CLEAR ALL",
        "drop all",
    ],
)
def test_updates_are_refused(shipped, text):
    with pytest.raises(UsageError, match="read-only"):
        query.run(shipped.store, text, PREFIXES)
