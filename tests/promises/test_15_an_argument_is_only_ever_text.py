"""An argument is only ever text.

Fault: a name on the command line that is also SPARQL, SQL, a pattern or an escape.
Seen: nothing is called that, with what is spelt alike; exit code 1. Or what is called that; exit 0.
Kept: the look-up or query that was meant: no part of a name is ever read as a part of it.
"""

import pytest
from draws import draws
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model.errors import Ambiguous, NotFound
from kg.model.namespaces import PREFIXES
from kg.sparql import named, query
from kg.store.graph import open_graph
from kg.text.names import folded
from kg.text.words import joined

HOSTILE = [
    *('A" || true', "'; DROP TABLE entity; --", "{}", "} UNION { ?s ?p ?o", "%_", "%", "*", "\\"),
    *("a\nb", "\u202e", "id:body-fuzhoux", "<https://example.org/id/x> ?p ?o", "$(id)", "[a-z]*"),
    "Lu" * 20_000,
]
PIECES = st.sampled_from(
    ["Lu", " ", "Jianwang", "Dublin station", '"', "'", "%", "_", "\\", "{", "}", "|", "?s", "\n"]
)
TEXTS = st.one_of(st.text(max_size=20), st.lists(PIECES, max_size=6).map("".join))


@pytest.fixture(scope="module")
def graph(built_case):
    return open_graph(built_case / "out")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_looked_up_and_not_found(built_case, kg, text):
    ran = kg(built_case, "path", text, "Lu Jianwang")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("kg: nothing is called “")


def found_by(names):
    """What finds names: each of them folded, and its initials as one word."""
    return {form for name in map(folded, names) for form in (name, joined(name))}


@given(TEXTS)
@example("Lu Jianwang")
@example("Lu%")
@example("body_fuzhou")
@example("\0")
@example("\0\u0301")
def test_a_look_up_finds_what_is_called_that_and_nothing_else(graph, text):
    # The plain look-up: every id, IRI, name and alias, compared one by one.
    wanted = set()
    for entity in graph.ledger.entities():
        names = (entity.id, graph.base + entity.id, entity.name, *entity.aliases)
        if text.strip() and {folded(text), joined(folded(text))} & found_by(names):
            wanted.add(entity.id)
    try:
        found = {graph.ledger.find(text)}
    except NotFound:
        found = set()
    except Ambiguous as error:
        found = {name for name, _ in error.matches}
    assert found == wanted


@draws(5)
@given(st.lists(TEXTS, min_size=20, max_size=20))
@example(['"} UNION { ?s ?p ?given } #'])
def test_a_value_of_a_query_is_bound_to_the_letter(graph, texts):
    # Many at once: each query is a process.
    values = {f"v{i}": query.Term("literal", text) for i, text in enumerate(texts)}
    columns = " ".join(f"?{name} (STRLEN(?{name}) AS ?{name}n)" for name in values)
    (row,) = query.run(graph.store, f"SELECT {columns} {{}}", PREFIXES, bindings=values).rows
    assert [*row[::2]] == [*values.values()]
    assert [length.value for length in row[1::2]] == [str(len(text)) for text in texts]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_named_question_takes_it_as_a_name(shipped, text):
    with pytest.raises(NotFound):
        named.ask(shipped, named.named("charges"), {"person": text})
