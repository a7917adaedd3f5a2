"""A query is read in time that grows as it does, and in one way for everybody who looks at it."""

import pytest

from kg.model.errors import UsageError
from kg.sparql import diagnosis, guard, hints
from kg.sparql.query import Answer
from kg.sparql.tokens import tokens, unclosed

# Each would take minutes by a reader that goes back at every character.
LONG = {
    "digits": "1",
    "name": "a",
    "dots": "a.",
    "hyphens": "a-",
    "quotes": '"\\"',
    "marks": "'",
    "long-text": '"""a',
    "escapes": "\\'",
    "less-than": "<a",
    "colons": "a:",
    "points": ".",
    "braces": "{",
    "blanks": " ",
    "comments": "#a\n",
    "prefixes": "PREFIX a: <b:> ",
    "terms": "kg:x.y ",
}


@pytest.mark.parametrize("name", LONG)
def test_no_text_takes_longer_than_its_length(name):
    text = "SELECT * { ?s ?p " + LONG[name] * (100_000 // len(LONG[name]))
    assert len(tokens(text)) > 4
    try:
        guard.refuse(text)
    except UsageError as error:
        assert "nested too deeply" in str(error)
    assert len(diagnosis.unreadable("at 1:1: expected X", text, {})) < 1000


def test_of_many_unknown_terms_some_are_told(shipped_terms):
    text = "SELECT * { ?s a " + ", ".join(f"kg:nothing{i}" for i in range(20_000)) + " }"
    told = hints.hints(text, Answer("select"), shipped_terms)
    assert len(told) == 21
    assert told[0].startswith("kg:nothing0 is no term of this case")
    assert told[-1] == "… and 19,980 more terms are none of this case"


@pytest.fixture(scope="module")
def shipped_terms():
    from kg.case.folder import find

    return find("example").ontology


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("?s ?p ?o.ex:a ex:b.", ["?s", "?p", "?o", ".", "ex:a", "ex:b", "."]),
        ("5.SERVICE<a:b>{}", ["5", ".", "SERVICE", "<a:b>", "{", "}"]),
        (r"ex:it\'s . ex:a 'b'", [r"ex:it\'s", ".", "ex:a", "'b'"]),
        (r"\u0053ERVICE ?x", ["SERVICE", "?x"]),
        ('""""a"b""" ""', ['""""a"b"""', '""']),
        ("1.5e-3-2", ["1.5e-3", "-", "2"]),
        ("?a<?b && 1<2", ["?a", "<", "?b", "&", "&", "1", "<", "2"]),
        ("'a\n} 'b", ["'a", "}", "'b"]),
        ("_:b0 [] ()", ["_:b0", "[", "]", "(", ")"]),
        ("<a:b#c> # d\n:e", ["<a:b#c>", "# d", ":e"]),
    ],
)
def test_a_query_in_tokens(text, found):
    assert tokens(text) == found


@pytest.mark.parametrize("text", ['"a', "'a\\'", '"', '"""a"', "'''a''", '"a\\\\\\"'])
def test_a_text_that_is_not_closed(text):
    assert unclosed(text)


@pytest.mark.parametrize("text", ['"a"', "''", '"""a"""', "'''a\n'b'''", '"a\\\\"', "<a>", "?a"])
def test_a_text_that_is_closed(text):
    assert not unclosed(text)


@pytest.mark.parametrize("before", [r"ex:a\' . ", '"it\\"s" ', "<a:b'c> ", "'''a''' ", "# ' \n"])
def test_no_mark_hides_a_word(before):
    with pytest.raises(UsageError, match="SERVICE is refused"):
        guard.refuse(f"ASK {{ ?s ?p {before} SERVICE <a:b> {{}} #'\n }}")
