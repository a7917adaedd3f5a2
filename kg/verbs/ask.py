"""kg ask: the questions that come ready to be asked."""

from __future__ import annotations

from kg.model.errors import BadCase, NoGraph, UsageError
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import TIMEOUT, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.store.graph import Graph
    from kg.text.formats import Guard
    from kg.verbs.place import Place


def names() -> Sequence[str]:
    """The questions by name."""
    from kg.sparql.named import all_names

    return all_names()


FORMATS = (*LISTS, "xml")
VERB = Verb(
    "ask",
    "questions",
    "Ask one of the named questions, or list them.",
    params=(
        Param(
            "name",
            "A question by name; none: list them.",
            argument=True,
            choices=names,
            of="question",
        ),
        Param("values", "Its values, in order or as name=value.", argument=True, many=True),
        TIMEOUT,
        *output(FORMATS),
    ),
    examples=(
        "ask",
        "ask charges 'Lu Jianwang'",
        "ask charges 'person=Lu Jianwang' -o charges.csv",
    ),
    formats=FORMATS,
    after="query",
    engine=lambda given: "name" in given,
)


def answer(place: Place, *, name: str, values: Sequence[str], timeout: float) -> Answer:
    """The rows of a question, or all questions if none is named."""
    from kg.sparql import named, named_text
    from kg.sparql.query import Limits

    if not name:
        return _questions(_built(place))
    graph = place.graph
    query = named.named(name, graph)
    given = values_of(values, [p.name for p in query.params])
    found = named.ask(graph, query, given, Limits(timeout))

    def write(form: str, width: int, guard: Guard) -> str:
        from kg.sparql import results

        if form in ("", "text"):
            return named_text.answered(graph, query, found, given, width)
        return results.write(found, form, graph.prefixes, width, guard)

    notes = []
    if found.truncated:
        notes.append(f"truncated: only the first {len(found.rows):,} rows are shown")
    if not found.rows:
        notes.append("no rows")
    return Answer(found, write, notes=notes)


def _built(place: Place) -> Graph | None:
    """The graph, if there is one: the questions of every case can be listed without."""
    try:
        return place.graph
    except (NoGraph, BadCase):
        return None


def _questions(graph: Graph | None) -> Answer:
    from kg.sparql import named, named_text

    notes: list[str] = []
    queries = named.all_queries(graph, notes.append)
    rows = [named.listed(query) for query in queries]

    def prose(_: Sequence[Any], width: int) -> str:
        return "".join(named_text.text(query, width) + "\n" for query in queries)

    answer = listed(rows, named.Listed, "there is no question", prose=prose)
    answer.notes += notes
    return answer


def values_of(given: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """``name=value`` words as parameters; a bare word fills the next one in order.

    Raises UsageError for one too many.
    """
    found: dict[str, str] = {}
    for word in given:
        name, sign, value = word.partition("=")
        if sign and name in names:
            found[name] = value
            continue
        free = [n for n in names if n not in found]
        if not free:
            raise UsageError(
                f"“{word}”: the question takes {len(names)} values: {', '.join(names)}"
            )
        found[free[0]] = word
    return found
