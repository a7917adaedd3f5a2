"""Other people's RDF files: every format, what is refused, blank nodes, sizes."""

import csv
import io
import json
import os

import pytest

from kg.model.errors import BadData, OutOfBounds, UsageError
from kg.sparql import files as datasets
from kg.sparql import hints, query
from kg.sparql.files import data_file
from kg.sparql.query import Limits

SAYS = "https://example.org/says"
NT = f'<https://example.org/s> <{SAYS}> "word" .\n'
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = (
    f'<?xml version="1.0"?>\n<r:RDF xmlns:r="{RDF}" xmlns:x="https://example.org/">\n'
    '<r:Description r:about="https://example.org/s"><x:says>word</x:says></r:Description></r:RDF>'
)
FILES = {
    "ttl": NT,
    "n3": NT,
    "nt": NT,
    "nq": NT,
    "trig": NT,
    "rdf": XML,
    "xml": XML,
    "owl": XML,
    "jsonld": json.dumps({"@id": "https://example.org/s", SAYS: "word"}),
}
BLANK = '[] <a:p> [ <a:q> "x" ] , _:k . _:k <a:q> "y" , ( 1 ) .'


def ask(path, text, **options):
    files = [data_file(str(path), **options)]
    return query.run(files, text, {})


def written(folder, name, text):
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("ending", FILES)
def test_every_format_is_read(tmp_path, ending):
    path = written(tmp_path, f"f.{ending}", FILES[ending])
    answer = ask(path, f"SELECT ?o {{ <https://example.org/s> <{SAYS}> ?o }}")
    assert [row[0].value for row in answer.rows] == ["word"]


def test_every_format_has_a_test():
    assert FILES.keys() == datasets.FORMATS.keys()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("f.ttl", "<a:a> <a:b>\n  1, <a b> .", "f.ttl, line 2, column 6: "),
        ("f.ttl", b"<a:a> <a:b> \n'\xff' .", "f.ttl, line 2, column "),
        ("f.nt", "<a:a> <a:b> <rel> .", "f.nt, line 1, column "),
        ("f.jsonld", '{"@id": "a:b",\n "@type": [}', "f.jsonld, line 2, column "),
        ("f.rdf", XML.replace("</x:says>", ""), "f.rdf"),
        ("f.rdf", f"<!DOCTYPE r [<!ENTITY a 'b&c;'>]>\n{XML}", "line 1: a DOCTYPE is refused"),
        ("f.rdf", f"<!DOCTYPE r [<!ENTITY a SYSTEM 'b'>]>\n{XML}", "line 1: a DOCTYPE is refused"),
        ("f.rdf", f"<!DOCTYPE r [<!ENTITY % a 'b'>]>\n{XML}", "line 1: a DOCTYPE is refused"),
        (
            "f.rdf",
            f"<!DOCTYPE r [<!ENTITY a '{'b' * 257}'>]>\n{XML}",
            "line 1: a DOCTYPE is refused",
        ),
        (
            "f.rdf",
            f'<!DOCTYPE r [<!ENTITY a "<!--"><!ENTITY b "&a;"><!ENTITY c "-->">]>\n{XML}',
            "DOCTYPE",
        ),
        (
            "f.rdf",
            f"<!DOCTYPE r [<!ENTITY a 'b'>]>\n<!DOCTYPE r [<!ENTITY c '&a;'>]>{XML}",
            "DOCTYPE",
        ),
        ("f.rdf", XML.replace("?>", "?>\n<?x <!-- ?><!DocType r><?-->?>"), "line 2: a DOCTYPE"),
        ("f.rdf", "<a>\n" * 1001, "line 1001: nested too deeply, more than 1,000 levels"),
        ("f.jsonld", '{"a:b":\n' * 1001, "line 1001: nested too deeply"),
        (
            "f.ttl",
            "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 90_000 + "1" + ")>>" * 90_000 + ".",
            "f.ttl is nested too deeply",
        ),
        ("f.jsonld", '{"@context": {"@import": "http://127.0.0.1:9/"}}', "f.jsonld"),
    ],
)
def test_what_cannot_be_read_says_where(tmp_path, name, text, said):
    with pytest.raises(BadData) as caught:
        ask(written(tmp_path, name, text), "ASK {}")
    assert said in str(caught.value)


def test_nothing_is_fetched(tmp_path, kg):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/c"
        for name, text in (
            ("f.jsonld", f'{{"@context": "{url}", "a": "b"}}'),
            ("f.jsonld", f'{{"@context": ["{url}"], "a": "b"}}'),
            ("f.rdf", f'<!DOCTYPE r SYSTEM "{url}">\n{XML}'),
        ):
            written(tmp_path, name, text)
            ran = kg(tmp_path, "query", "ASK {}", "--data", name)
            assert (ran.returncode, ran.stdout) == (3, "")
        ran = kg(tmp_path, "query", "ASK {}", "--data", url)
        assert ran.returncode == 2
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_word_in_a_text_is_no_doctype_and_no_depth(tmp_path):
    said = "<!--<!DOCTYPE x>--><x:says><![CDATA[<!DOCTYPE html>]]></x:says>"
    path = written(tmp_path, "f.rdf", XML.replace("<x:says>", f"{said}<x:says>"))
    assert len(ask(path, "SELECT * { ?s ?p ?o }").rows) == 2
    many = [{"@id": f"a:{i}", "a:b": '[{\\"['} for i in range(2000)]
    assert len(ask(written(tmp_path, "f.jsonld", json.dumps(many)), "SELECT * { ?s ?p ?o }").rows)
    closed = "<x:says x:of='>'></x:says><x:says x:of='>'/>" * 1500
    path = written(tmp_path, "g.rdf", XML.replace("<x:says>", f"{closed}<x:says>"))
    assert ask(path, "SELECT * { ?s ?p ?o }").rows


def test_what_is_no_file_is_refused_before_anything_is_read(tmp_path, kg):
    os.mkfifo(tmp_path / "pipe.ttl")
    (tmp_path / "folder.ttl").mkdir()
    written(tmp_path, "sheet.csv", "a,b")
    for name in ("pipe.ttl", "folder.ttl", "/dev/zero", "none.ttl", "sheet.csv", "ftp://x/y.ttl"):
        ran = kg(tmp_path, "query", "ASK {}", "--data", name)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert name in ran.stderr
    assert "a device or pipe" in kg(tmp_path, "query", "ASK {}", "--data", "pipe.ttl").stderr


@pytest.mark.parametrize("word", ["x=f.nt", "f.nt", "https://exa mple/=f.nt"])
def test_a_graph_is_named_by_an_iri(tmp_path, kg, word):
    written(tmp_path, "f.nt", NT)
    assert kg(tmp_path, "query", "ASK {}", "--graph", word).returncode == 2


def test_size_is_bounded_by_the_memory_that_is_allowed(tmp_path):
    path = written(tmp_path, "f.nt", NT)
    size = len(NT)
    assert ask(path, "ASK { ?s ?p ?o }", memory=size * datasets.PART).boolean is True
    with pytest.raises(BadData, match="too large"):
        data_file(str(path), memory=(size - 1) * datasets.PART)


def test_loading_has_the_clock_of_a_query(tmp_path):
    lines = (f'<a:s{i}> <a:p{i % 9}> "a text of its own, {i}" .\n' for i in range(200_000))
    files = [data_file(str(written(tmp_path, "f.nt", "".join(lines))))]
    # To load them takes some fifty times as long, wherever it is done.
    with pytest.raises(OutOfBounds, match=r"stopped after 0\.01 s"):
        query.run(files, "ASK {}", {}, Limits(0.01))


def test_blank_nodes_have_short_names_in_every_format(tmp_path, kg):
    written(tmp_path, "f.ttl", BLANK)
    text = "SELECT ?s ?o { ?s <a:p> ?o }"

    def run(form, asked=text):
        return kg(tmp_path, "query", asked, "--data", "f.ttl", "--format", form).stdout

    rows = list(csv.reader(io.StringIO(run("csv"), newline="")))
    assert sorted({cell for row in rows[1:] for cell in row}) == ["_:b0", "_:b1", "_:b2"]
    assert "_:b0\t_:b1\n" in run("tsv")
    assert "_:b0" in run("table")
    assert "<bnode>b0</bnode>" in run("xml")
    assert json.loads(run("json"))["results"]["bindings"][0]["s"] == {
        "type": "bnode",
        "value": "b0",
    }
    made = run("nt", "CONSTRUCT { ?s <a:made> [ <a:of> ?o ] } WHERE { ?s <a:p> ?o }")
    names = {word for word in made.split() if word.startswith("_:")}
    assert names == {f"_:b{i}" for i in range(len(names))}


def test_the_answer_is_the_same_every_time(tmp_path, kg):
    written(tmp_path, "f.ttl", BLANK)
    for asked in (
        "SELECT * { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "DESCRIBE ?s { ?s ?p 1 }",
    ):
        words = ("query", asked, "--data", "f.ttl")
        assert kg(tmp_path, *words).stdout == kg(tmp_path, *words).stdout != ""


def test_blank_nodes_of_two_files_are_two(tmp_path):
    for name in ("a.ttl", "b.ttl"):
        written(tmp_path, name, "_:x <a:p> 1 .")
    files = [data_file(str(tmp_path / name)) for name in ("a.ttl", "b.ttl")]
    assert len(query.run(files, "SELECT ?s { ?s <a:p> 1 }", {}).rows) == 2


def test_relative_names_do_not_tell_where_a_file_lay(tmp_path):
    path = written(tmp_path, "my file.ttl", "<#me> <a:p> <other> .")
    (row,) = ask(path, "SELECT ?s ?o { ?s ?p ?o }").rows
    assert [t.value for t in row] == ["file:///my%20file.ttl#me", "file:///other"]


def test_hostile_text_moves_no_cursor(tmp_path, kg):
    written(tmp_path, "f.ttl", '<a:s> <a:p> "\\u001B[31mred\\u202E" . <a:s> <a:p> <a:\\u202Ex> .')
    ran = kg(tmp_path, "query", "SELECT ?o { ?s ?p ?o }", "--data", "f.ttl")
    assert not {"\x1b", "\u202e"} & {*ran.stdout}
    written(tmp_path, "b\x1b[31m.ttl", "<a:s> <a:p> <\u202e bad> .")
    ran = kg(tmp_path, "query", "ASK {}", "--data", "b\x1b[31m.ttl")
    assert ran.returncode == 3
    assert not {"\x1b", "\u202e"} & {*ran.stderr}


def test_a_question_of_the_package_is_about_a_case(built_case, kg):
    ran = kg(built_case, "query", "--name", "charges", "--data", "f.ttl")
    assert ran.returncode == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<urn:a> <urn:b> 1 ."),
        ("a.nt", '<urn:a> <urn:b> "1" .'),
        ("a.trig", "{ <urn:a> <urn:b> 1 }"),
        ("a.jsonld", '{"@id": "urn:a", "urn:b": 1}'),
    ],
)
def test_a_mark_before_the_text_changes_nothing(kg, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    ran = kg(tmp_path, "query", "ASK { <urn:a> <urn:b> ?o }", "--data", name)
    assert (ran.returncode, ran.stdout) == (0, "true\n")


IN_GRAPHS = '<a:s> <a:p> "1" <a:g1> .\n<a:s> <a:p> "2" <a:g2> .\n'


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "DESCRIBE ?s { ?s <a:graph> 'from GRAPH' }",
    ],
)
def test_a_default_graph_that_is_empty_is_told(tmp_path, text):
    path = written(tmp_path, "f.nq", IN_GRAPHS)
    (hint,) = hints.hints(text, ask(path, text))
    assert hint == (
        "the default graph is empty: all is in 2 named graphs (<a:g1>, <a:g2>); "
        "ask with GRAPH ?g { … }, or with FROM"
    )


def test_named_graphs_beside_a_default_graph_are_told_where_nothing_was_found(tmp_path):
    path = written(tmp_path, "f.nq", IN_GRAPHS + "<a:s> <a:p> <a:o> .\n")
    some, none = "ASK { ?s ?p <a:o> }", "ASK { ?s ?p 1 }"
    assert hints.hints(some, ask(path, some)) == []
    (hint,) = hints.hints(none, ask(path, none))
    assert hint.startswith("nothing was asked of 2 named graphs")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { GRAPH ?g { ?s ?p 1 } }",
        "ASK FROM <a:g1> { ?s ?p ?o }",
        "ASK FROM NAMED <a:g1> { ?s ?p ?o }",
    ],
)
def test_who_asks_named_graphs_is_told_nothing(tmp_path, text):
    path = written(tmp_path, "f.nq", IN_GRAPHS)
    assert hints.hints(text, ask(path, text)) == []


def test_the_command_tells_it_too(tmp_path, kg):
    written(tmp_path, "f.nq", IN_GRAPHS)
    ran = kg(tmp_path, "query", "--data", "f.nq", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert (ran.returncode, ran.stdout.split()[-1]) == (0, "0")
    assert ran.stderr.startswith("the default graph is empty")
    ran = kg(tmp_path, "query", "--data", "f.nq", "CONSTRUCT WHERE { ?s ?p ?o }")
    assert (ran.returncode, ran.stdout, ran.stderr.split("\n")[0]) == (0, "", "no triples")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING (?n > 0)", True),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING (?n > 0 && COUNT(*) > 0) LIMIT 1", True),
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p 3 } GROUP BY ?p HAVING (COUNT(*) > 9)", False),
        ("SELECT ?p { ?s ?p 3 } GROUP BY ?p HAVING (?p > 9) ORDER BY ?p", False),
        ("SELECT ?m { ?s ?p 3 } GROUP BY (STR(?p) AS ?m) HAVING (?m > 9)", False),
    ],
)
def test_a_having_that_cannot_see_a_name_is_told(text, hidden):
    told = hints.hints(text, query.run([], text, {}))
    assert [h.startswith("HAVING does not see ?n") for h in told] == [True] * hidden


OWL = (
    f'<?xml version="1.0"?>\n<!-- &ex; is\nnot meant -->\n<r:RDF xmlns:r="{RDF}" xmlns:x="a:">\n'
    '<r:Description r:about="&ex;a"/></r:RDF>'
)


def test_an_entity_that_nothing_explains_is_told_with_its_line(tmp_path):
    with pytest.raises(BadData, match=r"f\.owl, line 5: nothing says what the entity &ex; stands"):
        ask(written(tmp_path, "f.owl", OWL), "ASK {}")


def test_a_doctype_is_told_with_what_it_declares(tmp_path):
    text = OWL.replace("<r:RDF", '<!DOCTYPE r:RDF [ <!ENTITY ex "&y;" > ]>\n<r:RDF')
    with pytest.raises(BadData, match=r"line 4: a DOCTYPE is refused.* \(&ex;\) and remove it"):
        ask(written(tmp_path, "f.owl", text), "ASK {}")


def test_a_doctype_that_gives_short_names_to_addresses_is_read(tmp_path):
    text = OWL.replace("<r:RDF", '<!DOCTYPE r:RDF [ <!ENTITY ex "https://e/" > ]>\n<r:RDF')
    text = text.replace('"/></r', '"><x:p>1</x:p></r:Description></r')
    answer = ask(written(tmp_path, "f.owl", text), "SELECT ?s { ?s ?p ?o }")
    assert answer.rows[0][0].value == "https://e/a"
    with pytest.raises(BadData, match=r"f\.owl, line 7"):
        ask(written(tmp_path, "f.owl", text.replace("<x:p>", "\n<x:p>&z;")), "ASK {}")


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld"])
def test_a_text_longer_than_can_be_read_tells_that_limit(tmp_path, ending):
    path = written(tmp_path, f"f.{ending}", FILES[ending].replace("word", "x" * (17 << 20)))
    with pytest.raises(BadData, match="a text in it is longer than the 16 MiB that can be read"):
        ask(path, "ASK {}")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("a:g=f.nt", ("a:g", "f.nt")),
        ("a:g=b=c.nt", ("a:g", "b=c.nt")),
        ("a:g?x=1=f.nt", ("a:g?x=1", "f.nt")),
        ("a:g=none=x.nt", ("a:g=none", "x.nt")),
    ],
)
def test_a_graph_and_its_file_may_hold_an_equals_sign(tmp_path, monkeypatch, word, found):
    monkeypatch.chdir(tmp_path)
    for name in ("f.nt", "b=c.nt"):
        written(tmp_path, name, NT)
    assert datasets.graph_file(word) == found


def test_a_graph_and_its_file_that_can_be_parted_in_two_ways_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("f.nt", "b=f.nt"):
        written(tmp_path, name, NT)
    with pytest.raises(UsageError, match=r"the file may be b=f\.nt or f\.nt"):
        datasets.graph_file("a:g=b=f.nt")
    for word in ("a:g", "=f.nt", "a:g="):
        with pytest.raises(UsageError, match="expected IRI=FILE"):
            datasets.graph_file(word)
