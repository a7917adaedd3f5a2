"""Queries that are wrong: where, and what, in plain words."""

import pytest

from kg.model.errors import UsageError
from kg.sparql import query

PREFIXES = {"kg": "https://example.org/kg#", "rdfs": "https://example.org/rdfs#"}
WRONG = [
    ("SELECT * { ?s foo:p ?o }", 15, "the prefix foo: is not known; known are kg, rdfs"),
    ("SELECT * { ?s rdf:p ?o }", 15, "did you mean “rdfs”?"),
    ("SELECT * { ?s ?p }", 12, "a triple has three parts"),
    ("SELECT * { ?s ?p ?o ?x ?y ?z }", 21, "a “.” is missing before this"),
    ("SELECT * { ?s ?p ?o", 10, "this { is never closed"),
    ("SELECT * { ?s ?p ?o } }", 23, "this } closes nothing"),
    ("SELECT * { FILTER(?o > 3 }", 18, "this ( is not closed: a } comes first"),
    ("SELECT ?s, ?p { ?s ?p ?o }", 10, "without commas"),
    ("SELECT COUNT(?y) { ?x ?p ?y }", 8, "(COUNT(…) AS ?name)"),
    ("SELECT (COUNT(?y)) { ?x ?p ?y }", 8, "needs a name"),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", 1, "neither grouped nor counted"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", 8, "SELECT * does not go with GROUP BY"),
    ('SELECT * { ?s ?p "abc }', 18, "is not closed on its line"),
    ("SELECT * { ?s ?p “abc” }", 18, "“ is no quotation mark"),
    ("SELECT * { ?s <abc> ?o }", 15, "<abc> is no whole address"),
    ("SELECT s { ?s ?p ?o }", 8, "a variable is written ?s"),
    ('SELECT * { FILTER regx(?o,"a") }', 19, "“regx” is no word of SPARQL; did you mean “REGEX”?"),
    ("SELECT * { ?s ?p ?o FILTER ?o > 3 }", 28, "stands in brackets"),
    ("SELECT * WHERE ?s ?p ?o", 16, "after WHERE a { is missing"),
    ("SELECT * { ?s ?p ?o } ORDER ?s", 23, "ORDER is followed by BY"),
    ("SELECT * { ?s ?p ?o } LIMIT ten", 29, "is no word of SPARQL"),
    ("SELECT * { ?s ?p ?o } LIMIT", 23, "LIMIT needs a whole number"),
    ("PREFIX x <a:b> SELECT * {}", 8, "PREFIX name: <https://…>"),
    ("WHERE { ?s ?p ?o }", 1, "a query begins with SELECT"),
    ("", 1, "there is no query"),
    ("SELECT * { ?s = ?o }", 20, "what stands before this place"),
]


@pytest.mark.parametrize(("text", "column", "said"), WRONG)
def test_a_mistake_is_told_where_it_is(text, column, said):
    with pytest.raises(UsageError) as caught:
        query.run([], text, PREFIXES)
    message = str(caught.value)
    assert f"line 1, column {column}: " in message
    assert said in message
    if text:
        *_, shown, mark = message.split("\n")
        assert (shown, mark) == (f"  {text}", f"  {' ' * (column - 1)}^")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x (COUNT(?y) AS ?n) { ?x a kg:T ; ?p ?y , 1 , 'a'@en } GROUP BY ?x ORDER BY ?n LIMIT 3",
        "PREFIX x: <a:> SELECT * { VALUES (?a ?b) { (1 2) (x:a.b UNDEF) } ?a (x:p|^x:q)*/x:r ?b }",
        "BASE <a:> CONSTRUCT { ?s <p> [] } WHERE { { SELECT ?s { ?s ?p 1.5e3 . ?p ?q true } } }",
        "ASK { FILTER NOT EXISTS { ?s ?p '''it's\n“so”''' } . BIND(1 < 2 && ?s != <a:b> AS ?z) }",
        "SELECT (GROUP_CONCAT(?x; SEPARATOR=', ') AS ?all) { VALUES ?x { <a:a> <a:b> <a:c> <a:d> } }",
    ],
)
def test_what_is_right_is_not_called_wrong(text):
    from kg.sparql import diagnosis

    query.run([], text, PREFIXES)
    assert diagnosis.unreadable("at 1:1: expected X", text, PREFIXES).startswith(
        "the query cannot be read at line 1, column 1: what stands before"
    )


def test_of_several_lines_the_right_one_is_shown():
    with pytest.raises(UsageError) as caught:
        query.run([], "SELECT *\nWHERE {\n\t?s bar:p ?o\n}", PREFIXES)
    assert str(caught.value).startswith("the query cannot be read at line 3, column 5: ")
    assert str(caught.value).endswith("\n   ?s bar:p ?o\n      ^")


def test_of_a_long_line_the_part_around_is_shown():
    with pytest.raises(UsageError) as caught:
        query.run([], "SELECT * { " + "?s ?p ?o . " * 50 + "?s ?p }", PREFIXES)
    *_, shown, mark = str(caught.value).split("\n")
    assert len(shown) < 80
    assert shown[mark.index("^") :] == "?s ?p }"


def test_a_function_that_nobody_knows():
    with pytest.raises(UsageError, match="function <a:f> is not supported"):
        query.run([], "SELECT * { FILTER(<a:f>(1)) }", {})


def test_an_unknown_term_is_told_when_nothing_is_found(built_case, kg):
    ran = kg(built_case, "query", "SELECT * { ?s kg:operate ?o }")
    assert ran.returncode == 0
    assert (
        ran.stderr == "no rows\nkg:operate is no term of this case; did you mean “kg:operates”?\n"
    )
    full = "ASK { ?s <https://w3id.org/actors-kg/ontology#zzz> 'kg:text' } # kg:note"
    assert kg(built_case, "query", full).stderr == "kg:zzz is no term of this case\n"
    ran = kg(built_case, "query", "SELECT * { ?s kg:operates ?o OPTIONAL { ?s kg:zzz ?x } }")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert kg(built_case, "query", "ASK { ?s kg:status kg:Denied }").stderr == ""
