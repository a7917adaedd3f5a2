"""Questions that analysts ask, ready to be asked by name: SPARQL with named parameters.

Each is a file in `kg/queries/`: the question in its first line, a line
``# param name: type, description = default`` for each parameter, then SPARQL
that runs on any store. A parameter is a variable of the query; its value is
put in as an RDF term by the engine and never as text, so that no value can be
read as SPARQL.
"""

from __future__ import annotations

import os
import re

from kg.model.errors import NotFound, UsageError
from kg.model.namespaces import KG, PREFIXES, XSD
from kg.model.record import Record
from kg.sparql.diagnosis import unknown_terms
from kg.sparql.query import Answer, Limits, Term, run
from kg.store.graph import Graph
from kg.text.sentences import Wording
from kg.text.spelling import did_you_mean
from kg.text.terminal import table, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "queries")
TYPES = ("entity", "relation", "measure", "date", "integer")
ANY = "any"
_PARAM = re.compile(r"# param (\w+): (\w+)(?: (\w+))?, (.+?)(?: = (.+))?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Param(Record):
    """A parameter of a query: its variable, its type, for an entity its class.

    `default` is empty where a value must be given; ``any`` leaves the variable
    free, so that every value is found.
    """

    name: str
    type: str
    kind: str
    description: str
    default: str

    @property
    def needed(self) -> bool:
        """Whether the question cannot be asked without it."""
        return not self.default


class Query(Record):
    """A named query: its question, its parameters, its SPARQL text as it stands in the file."""

    name: str
    question: str
    params: tuple[Param, ...]
    text: str


class Listed(Record):
    """A named query in a list: `values` are its parameters, each with what it is otherwise."""

    name: str
    question: str
    values: tuple[str, ...]


def named(name: str) -> Query:
    """The query of a name. Raises NotFound with the nearest names."""
    if not re.fullmatch(r"[a-z0-9-]+", name) or f"{name}.rq" not in os.listdir(FOLDER):
        import difflib

        known = {q.name: q.question for q in all_queries()}
        near = difflib.get_close_matches(name.casefold(), known, n=5, cutoff=0.5)
        near += [n for n, said in known.items() if name.casefold() in said.casefold()]
        raise NotFound(name, [(n, known[n]) for n in dict.fromkeys(near)])
    with open(os.path.join(FOLDER, f"{name}.rq"), encoding="utf-8") as file:
        return _query(name, file.read())


def all_names() -> list[str]:
    """The names of all named queries."""
    return sorted(f.removesuffix(".rq") for f in os.listdir(FOLDER) if f.endswith(".rq"))


def all_queries() -> list[Query]:
    """Every named query, by name."""
    return [named(name) for name in all_names()]


def listed(query: Query) -> Listed:
    """A query as a row of a list."""
    values = tuple(f"{p.name}={p.default}" for p in query.params)
    return Listed(query.name, query.question, values)


def bind(graph: Graph, query: Query, given: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The values of a query's parameters, from texts, as (kind, value) by variable.

    The kind is ``uri`` or the local name of a literal's XSD type. An entity may
    be given by id, IRI, name or alias; a parameter that is left free is not in
    the answer.

    Raises UsageError for a parameter that the query does not have, that is
    missing or that holds something else, and for a query that speaks of terms
    this case does not have; NotFound and Ambiguous for names.
    """
    known = {p.name: p for p in query.params}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known)
            expected = f"it has {', '.join(known)}" if known else "it has none"
            raise UsageError(
                f"{query.name} has no parameter “{name}”; {expected}{'; ' + hint if hint else ''}"
            )
    if strange := unknown_terms(query.text, graph.terms):
        names = ", ".join(f"kg:{name}" for name, _ in strange)
        raise UsageError(f"{query.name} is about {names}: no term of this case")
    bound = {}
    for param in query.params:
        text = given.get(param.name, param.default).strip()
        if not text:
            raise UsageError(f"{query.name} needs {param.name}: {param.description}")
        if text != ANY or param.default != ANY:
            bound[param.name] = _value(graph, query, param, text)
    return bound


def ask(
    graph: Graph, query: Query, given: Mapping[str, str], limits: Limits | None = None
) -> Answer:
    """Ask a graph a named query; its columns are the variables of the SELECT.

    Raises as `bind` does. Cost: that of the query; some milliseconds for a few
    thousand claims.
    """
    terms = {
        name: Term("uri", value) if kind == "uri" else Term("literal", value, XSD + kind)
        for name, (kind, value) in bind(graph, query, given).items()
    }
    prefixes = PREFIXES | {"id": graph.base}
    answer = run(graph.store, query.text, prefixes, limits, bindings=terms)
    if answer.kind != "select":
        raise UsageError(f"{query.name} is no SELECT")
    return answer


def worded(
    graph: Graph, answer: Answer, given: Mapping[str, str]
) -> tuple[list[str], list[list[str]]]:
    """An answer for people: columns and rows, things by name, claims as sentences.

    Columns of parameters that were given are left out: the same in every row.
    """
    words = Wording(graph.ledger, graph.terms)
    columns = [i for i, v in enumerate(answer.variables) if given.get(v, ANY) == ANY]
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


def _query(name: str, text_: str) -> Query:
    first, *rest = text_.splitlines()
    params = []
    for line in rest:
        if not line.startswith("# param "):
            break
        match = _PARAM.fullmatch(line)
        if not match or match[2] not in TYPES:
            raise ValueError(f"{name}.rq: {line}: expected # param name: type, description")
        params.append(Param(match[1], match[2], match[3] or "", match[4], match[5] or ""))
    return Query(name, first.removeprefix("#").strip(), tuple(params), text_)


def _value(graph: Graph, query: Query, param: Param, text_: str) -> tuple[str, str]:
    if param.type == "entity":
        return "uri", graph.base + _entity(graph, query, param, text_)
    if param.type in ("relation", "measure"):
        terms = graph.terms.relations if param.type == "relation" else graph.terms.measures
        by_label = {t.label: t for t in terms.values()}
        term = terms.get(text_.removeprefix("kg:")) or by_label.get(text_)
        if term is None:
            hint = did_you_mean(text_, [*terms, *by_label])
            expected = f"a {param.type} of the ontology"
            raise UsageError(
                f"{param.name}: “{text_}”; expected {expected}{'; ' + hint if hint else ''}"
            )
        return "uri", term.iri
    fits = _is_day(text_) if param.type == "date" else bool(re.fullmatch(r"[0-9]{1,9}", text_))
    if not fits:
        expected = "a day as 2022-10-29" if param.type == "date" else "a whole number"
        raise UsageError(f"{param.name}: “{text_}”; expected {expected}")
    return param.type, text_


def _entity(graph: Graph, query: Query, param: Param, text_: str) -> str:
    found = graph.find(text_)
    kind = graph.ledger.entity(found).kind
    if not graph.terms.is_a(kind, param.kind):
        label, wanted = (graph.terms.classes[k].label for k in (kind, param.kind))
        raise UsageError(
            f"{param.name}: {found} is of the class {label}; {query.name} asks about the class {wanted}"
        )
    return found


def _is_day(text_: str) -> bool:
    from datetime import date

    try:
        return bool(_DAY.fullmatch(text_) and date.fromisoformat(text_))
    except ValueError:
        return False


def _worded(words: Wording, base: str, term: Term | None) -> str:
    if term is None or term.kind != "uri":
        return term.value if term else ""
    if term.value.startswith(base):
        name = term.value[len(base) :]
        if name.startswith("claim/"):
            return words.claim(words.ledger.claim(name.removeprefix("claim/")))
        return words.name(name)
    name = term.value.removeprefix(KG)
    label = words.relation(name)
    return label if label != name else _spaced(name)


def _spaced(name: str) -> str:
    """The name of a status, basis, stance or qualifier as a word: ``at least``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
