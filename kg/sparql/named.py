"""Questions that analysts ask, ready to be asked by name: SPARQL with named parameters.

Each is a file in `kg/sparql/queries/`, or in the `queries/` of a case: the question in its
first line, a line ``# param name: type, description = default`` for each parameter, for
those of every case ``# needs Role …``, one of which a term of the case must play (they know
no term of a case by name); then SPARQL that runs on any store. A parameter is a variable of the query; its value is
put in as an RDF term by the engine and never as text, so that no value can be
read as SPARQL.
"""

from __future__ import annotations

import os
import re
from itertools import product

from kg.model.errors import NotFound, UsageError
from kg.model.namespaces import XSD
from kg.model.record import Record
from kg.sparql.hints import unknown_terms
from kg.sparql.query import Answer, Limits, Term
from kg.text.names import folded
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.model.ontology import Ontology
    from kg.store.graph import Graph

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
    """A named query: its question, its parameters, its SPARQL text as it stands in the file.

    `needs` are roles, of which at least one must be played for it to find anything.
    """

    name: str
    question: str
    params: tuple[Param, ...]
    needs: tuple[str, ...]
    text: str


class Listed(Record):
    """A named query in a list: `values` are its parameters, each with what it is otherwise."""

    name: str
    question: str
    values: tuple[str, ...]


def named(name: str, graph: Graph | None = None) -> Query:
    """The query of a name, the case's own before those of every case.

    Raises NotFound with the nearest names, UsageError for a file that is no named query.
    """
    path = _files(graph).get(name)
    if path is None:
        import difflib

        known = {q.name: q.question for q in all_queries(graph)}
        near = difflib.get_close_matches(name.casefold(), known, n=5, cutoff=0.5)
        near += [n for n, said in known.items() if name.casefold() in said.casefold()]
        raise NotFound(name, [(n, known[n]) for n in dict.fromkeys(near)])
    try:
        with open(path, encoding="utf-8-sig") as file:
            return _query(name, file.read())
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 at byte {error.start}") from error


def all_names(graph: Graph | None = None) -> list[str]:
    """The names of all named queries; of a graph its case's own too."""
    return sorted(_files(graph))


def all_queries(
    graph: Graph | None = None, wrong: Callable[[str], None] = lambda _: None
) -> list[Query]:
    """Every named query by name; of a graph those that its ontology has terms for, and its own.

    A file of the case's own that is no query is left out; `wrong` hears what is the matter.
    """
    found = []
    for name in all_names(graph):
        try:
            query = named(name, graph)
        except UsageError as error:
            wrong(str(error))
            continue
        if graph is None or _is_fit(query, graph.terms):
            found.append(query)
    return found


def _files(graph: Graph | None) -> dict[str, str]:
    """The files of the questions, by name."""
    folders = [FOLDER, *([own] if graph and (own := _own_folder(graph)) else [])]
    return {
        file.name.removesuffix(".rq"): file.path
        for folder in folders
        for file in os.scandir(folder)
        if re.fullmatch(r"[a-z0-9-]+\.rq", file.name) and file.is_file()
    }


def _own_folder(graph: Graph) -> str:
    """Where the questions of a graph's own case lie; empty if it has none."""
    root = os.path.dirname(os.path.abspath(graph.out))
    if not os.path.isfile(os.path.join(root, "data", "case.toml")):
        if os.path.basename(graph.out) != "example":
            return ""
        from kg.case import example

        root = example.root()
    own = os.path.join(root, "queries")
    return own if os.path.isdir(own) else ""


def _is_fit(query: Query, terms: Ontology) -> bool:
    marked = [t for t in terms.relations.values() if t.closed_state]
    played = (terms.playing(need) or (need == "closedState" and marked) for need in query.needs)
    return not query.needs or any(played)


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
        names = ", ".join(strange)
        raise UsageError(f"{query.name} is about {names}: no term of this case")
    if not _is_fit(query, graph.terms):
        roles = " or ".join(f"kg:{need}" for need in query.needs)
        raise UsageError(
            f"{query.name}: no term of this case plays {roles}; give the role to one, "
            f"as my:term kg:role kg:{query.needs[0]}, and build again"
        )
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

    Raises as `bind` does, and UsageError for what is no SELECT. Cost: that of the query; some milliseconds for a few
    thousand claims.
    """
    bound = bind(graph, query, given)
    several = _several(graph, query, bound)
    terms = {
        name: Term("uri", value) if kind == "uri" else Term("literal", value, XSD + kind)
        for name, (kind, value) in bound.items()
        if name not in several
    }
    asked = query.text + _values(several)
    answer = graph.store.query(asked, graph.prefixes, limits, bindings=terms)
    if answer.kind != "select":
        raise UsageError(f"{query.name} is no SELECT")
    return answer


def _several(
    graph: Graph, query: Query, bound: Mapping[str, tuple[str, str]]
) -> dict[str, list[str]]:
    """The relations and measures that are meant by one that others lie below, by parameter."""
    terms = {t.iri: t for t in (*graph.terms.relations.values(), *graph.terms.measures.values())}
    found = {}
    for param in query.params:
        if param.type in ("relation", "measure") and param.name in bound:
            names = graph.terms.narrower(terms[bound[param.name][1]].id)
            if len(names) > 1:
                found[param.name] = sorted(graph.terms.term(n).iri for n in names)
    return found


def _values(several: Mapping[str, list[str]]) -> str:
    """What follows a query, so that its variables are one of several each."""
    if not several:
        return ""
    rows = (" ".join(f"<{iri}>" for iri in row) for row in product(*several.values()))
    head = " ".join(f"?{name}" for name in several)
    return f"\nVALUES ({head}) {{ {' '.join(f'({row})' for row in rows)} }}"


def _query(name: str, text_: str) -> Query:
    first, *rest = text_.splitlines() or [""]
    if not first.startswith("#") or not first.strip("# "):
        told = f"{name}.rq: its first line is “{first[:60]}”"
        raise UsageError(f"{told}; expected the question as a comment: # Who owns what?")
    params = []
    needs: tuple[str, ...] = ()
    for line in rest:
        if line.startswith("# needs "):
            needs = tuple(line.split()[2:])
            continue
        if line.strip() and not line.startswith("#"):
            break
        if not line.startswith("# param "):
            continue
        match = _PARAM.fullmatch(line)
        if not match or match[2] not in TYPES:
            told = f"{name}.rq: {line}; expected # param name: type, description"
            raise UsageError(f"{told}; types are {', '.join(TYPES)}")
        params.append(Param(match[1], match[2], match[3] or "", match[4], match[5] or ""))
    return Query(name, first.removeprefix("#").strip(), tuple(params), needs, text_)


def _value(graph: Graph, query: Query, param: Param, text_: str) -> tuple[str, str]:
    if param.type == "entity":
        return "uri", graph.base + _entity(graph, query, param, text_)
    if param.type in ("relation", "measure"):
        terms = graph.terms.relations if param.type == "relation" else graph.terms.measures
        by_label = {folded(t.inverse): t for t in terms.values() if t.inverse}
        by_label |= {folded(label): t for t in terms.values() for _, label in t.labels}
        by_iri = {t.iri: t for t in terms.values()}
        prefix, colon, rest = text_.partition(":")
        whole = graph.prefixes.get(prefix, "") + rest if colon else text_
        term = (
            terms.get(text_)
            or by_label.get(folded(text_))
            or by_iri.get(whole)
            or by_iri.get(text_)
        )
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
