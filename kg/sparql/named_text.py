"""Named questions and their answers in text: things by name, claims as sentences."""

from __future__ import annotations

import re

from kg.model.namespaces import KG
from kg.sparql.named import ANY
from kg.text.sentences import Wording
from kg.text.terminal import table, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.sparql.named import Query
    from kg.sparql.query import Answer, Term
    from kg.store.graph import Graph


def worded(
    graph: Graph, answer: Answer, given: Mapping[str, str]
) -> tuple[list[str], list[list[str]]]:
    """An answer for people: columns and rows, things by name, claims as sentences.

    Columns of parameters that were given are left out: the same in every row.
    """
    words = Wording(graph.ledger, graph.terms)
    # One that was given is the same in every row, unless others lie below it.
    several = {i for i in range(len(answer.variables)) if len({row[i] for row in answer.rows}) > 1}
    columns = [
        i for i, v in enumerate(answer.variables) if i in several or given.get(v, ANY) == ANY
    ]
    rows = [[_worded(words, graph.base, row[i]) for i in columns] for row in answer.rows]
    return [answer.variables[i] for i in columns], rows


def text(query: Query, width: int) -> str:
    """A query's question and parameters, for a terminal."""
    lines = [wrap(f"{query.name}: {query.question}", width, "", "  ")]
    for p in query.params:
        kind = p.kind.lower() if p.kind else p.type
        default = f" (otherwise {p.default})" if p.default else ""
        lines.append(wrap(f"{p.name}=…  {kind}: {p.description}{default}", width, "  ", "      "))
    return "\n".join(lines) + "\n"


def answered(
    graph: Graph, query: Query, answer: Answer, given: Mapping[str, str], width: int
) -> str:
    """An answer as a table for a terminal, under its question."""
    head, rows = worded(graph, answer, given)
    with_values = "; ".join(f"{name}: {value}" for name, value in given.items())
    title = f"{query.question}{' (' + with_values + ')' if with_values else ''}"
    return wrap(title, width) + "\n\n" + table(head, rows, width)


def _worded(words: Wording, base: str, term: Term | None) -> str:
    if term is None or term.kind != "uri":
        return term.value if term else ""
    # Of the case that kg init makes the terms have addresses below those of its records.
    if label := words.label(term.value):
        return label
    if term.value.startswith(base):
        name = term.value[len(base) :]
        if name.startswith("claim/"):
            return words.claim(words.ledger.claim(name.removeprefix("claim/")))
        return words.name(name)
    return _spaced(term.value.removeprefix(KG)) if term.value.startswith(KG) else term.value


def _spaced(name: str) -> str:
    """The name of a status, basis, stance or qualifier as a word: ``at least``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
