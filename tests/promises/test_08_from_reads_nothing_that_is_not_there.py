"""FROM reads nothing that is not there.

Fault: FROM or FROM NAMED of an address, of a file on this machine, or of an unknown graph.
Seen: “no such graph”, with those that there are; exit code 2.
Kept: the file unread, the address not asked.
"""

import pytest

from kg.model.errors import UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql import query
from kg.sparql.files import data_file

FORMS = ["FROM <{}>", "FROM NAMED <{}>", "from\n<{}>", "\\u0046ROM <{}>"]


@pytest.mark.parametrize("form", FORMS)
def test_no_graph_of_a_case_is_named(shipped, listener, canary, form):
    for address in (listener.url, canary, "http://example.org/unknown"):
        text = f"SELECT * {form.format(address)} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        with pytest.raises(UsageError, match="no such graph"):
            query.run(shipped.store, text, PREFIXES)
    listener.close()
    assert listener.hits == 0


@pytest.mark.parametrize("form", FORMS)
def test_the_graphs_of_files_are_listed(tmp_path, listener, canary, form):
    (tmp_path / "two.trig").write_text("<a:g> { <a:a> <a:b> 1 } <a:h> { <a:a> <a:b> 2 }")
    files = [data_file(str(tmp_path / "two.trig"))]
    for address in (listener.url, canary, "a:unknown"):
        with pytest.raises(UsageError, match=r"no such graph.*there are <a:g>, <a:h>"):
            query.run(files, f"SELECT * {form.format(address)} {{ ?s ?p ?o }}", {})
    listener.close()
    assert listener.hits == 0


def test_without_the_refusal_nothing_is_read_either(shipped, listener, canary, monkeypatch):
    monkeypatch.setattr(query, "_harmless", lambda _: True)
    for address in (listener.url, canary):
        text = f"SELECT * FROM <{address}> {{ ?s ?p ?o }}"
        assert query.run(shipped.store, text, PREFIXES).rows == ()
    listener.close()
    assert listener.hits == 0


def test_the_command_refuses_it(built_case, kg):
    ran = kg(built_case, "query", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "no such graph" in ran.stderr
