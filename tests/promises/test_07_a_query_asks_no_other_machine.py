"""A query asks no other machine.

Fault: SERVICE in a query, however it is spelt and wherever it stands.
Seen: “no remote sources”; exit code 2.
Kept: nobody outside learns that anything was asked.
"""

import pytest

from kg.model.errors import OutOfBounds, UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql import query

SPELLINGS = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{url}> }} SeRvIcE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ S\\U00000045RVICE <{url}> {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE<{url}>{{ ?s ?p ?o }} }} }}",
    "PREFIX s: <{url}> CONSTRUCT {{ ?s ?p ?o }} {{ {{ SELECT * {{ SERVICE s: {{ ?s ?p ?o }} }} }} }}",
    'SELECT * {{ ?s rdfs:label "#" #"\n SERVICE#\n<{url}>{{ ?s ?p ?o }} }}',
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_refused(shipped, listener, text):
    with pytest.raises(UsageError, match="no remote sources"):
        query.run(shipped.store, text.format(url=listener.url), PREFIXES)
    listener.close()
    assert listener.hits == 0


@pytest.mark.parametrize("files", [False, True])
def test_one_that_is_not_recognised_finds_no_way_out(shipped, listener, monkeypatch, files):
    monkeypatch.setattr(query, "_harmless", lambda _: True)
    where = [] if files else shipped.store
    text = f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"
    with pytest.raises(OutOfBounds, match="could not be run"):
        query.run(where, text, PREFIXES)
    listener.close()
    assert listener.hits == 0


def test_a_word_in_a_text_or_name_is_not_refused(shipped):
    text = """SELECT * { ?service rdfs:label "SERVICE FROM <x> INSERT" . # SERVICE
              ?from ?p <http://x/service> }"""
    assert query.run(shipped.store, text, PREFIXES).rows == ()
