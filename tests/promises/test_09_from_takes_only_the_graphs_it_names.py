"""FROM takes only the graphs it names.

Fault: a question about one graph of a file that holds several.
Seen: only that graph's rows; exit code 0.
Kept: what the other graphs say stays out of the answer.
"""

import pytest

from kg.sparql import query
from kg.sparql.files import data_file

TRIG = """\
@prefix x: <https://example.org/> .
x:s x:says "default" .
x:one { x:s x:says "one" }
x:two { x:s x:says "two" }
"""
NQ = """\
<https://example.org/s> <https://example.org/says> "default" .
<https://example.org/s> <https://example.org/says> "one" <https://example.org/one> .
<https://example.org/s> <https://example.org/says> "two" <https://example.org/two> .
"""
JSONLD = """[
{"@id": "https://example.org/s", "https://example.org/says": "default"},
{"@id": "https://example.org/one", "@graph": [{"@id": "https://example.org/s", "https://example.org/says": "one"}]},
{"@id": "https://example.org/two", "@graph": [{"@id": "https://example.org/s", "https://example.org/says": "two"}]}]
"""
FILES = {"trig": TRIG, "nq": NQ, "jsonld": JSONLD}
UNION = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
ASKED = [
    ("", {"default", "one", "two"}),
    ("FROM <https://example.org/one>", {"one"}),
    ("FROM x:two", {"two"}),
    ("FROM NAMED x:one", {"one"}),
    ("FROM x:one FROM x:two", {"one", "two"}),
    ("FROM x:one FROM NAMED <two>", {"one", "two"}),
]


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize(("clause", "found"), ASKED)
def test_each_graph_has_its_canary(tmp_path, ending, clause, found):
    (tmp_path / f"f.{ending}").write_text(FILES[ending])
    files = [data_file(str(tmp_path / f"f.{ending}"))]
    prologue = "BASE <https://example.org/> PREFIX x: <https://example.org/>"
    answer = query.run(files, f"{prologue} SELECT ?o {clause} {UNION}", {})
    assert {row[0].value for row in answer.rows} == found


def test_the_command_reads_files_into_graphs_without_any_case(tmp_path, kg):
    (tmp_path / "a.ttl").write_text("<a:s> <a:says> 'default' .")
    (tmp_path / "b.nt").write_text('<a:s> <a:says> "one" .\n')
    words = ("--data", "a.ttl", "--graph", "https://example.org/one=b.nt", "--format", "csv")
    for clause, found in (("", "default"), ("FROM <https://example.org/one>", "one")):
        ran = kg(tmp_path, "query", f"SELECT ?o {clause} {{ ?s ?p ?o }}", *words)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"o\n{found}\n", "")
