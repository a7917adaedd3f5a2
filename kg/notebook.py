"""`import kg`: what the commands do, with plain values and DataFrames, for notebooks.

The methods of a `Notebook` are made from the descriptions of the verbs: a verb's options are
the keywords of its method.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

from kg.analysis.claim_evidence import Evidence
from kg.analysis.dossier import Dossier
from kg.analysis.path_text import Paths
from kg.case.folder import Case, find
from kg.model.claims import flat
from kg.model.errors import NoGraph, UsageError, spoken
from kg.sparql import query as asking
from kg.store import build as builder
from kg.store.checked import Checked
from kg.store.graph import Graph, open_graph
from kg.text.spelling import did_you_mean
from kg.verbs import answer_of, every, named
from kg.verbs.answer import Export, Page
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import LensRequest
from kg.verbs.place import READING, Place, checked

__all__ = ["Notebook", "Page", "build", "check", "open", "read"]

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from kg.store.network import Network


def check(where: str | os.PathLike[str] = ".") -> Checked:
    """Everything wrong with the tables of a case, and how much they hold.

    >>> kg.check("example").fine
    True
    """
    return builder.check(_case(where))


def build(where: str | os.PathLike[str] = ".", *, force: bool = False) -> Notebook:
    """Build the graph of a case and open it. Raises BadTables with every bad row."""
    return Notebook(builder.build(_case(where), force=force)[0], where)


def open(where: str | os.PathLike[str] = ".") -> Notebook:
    """Open the graph of a case's folder; `example` is the shipped one, built if need be.

    Warns if the tables have changed since it was built: `build` builds what has. Raises NoGraph if the case has not been built.
    """
    case = _case(where)
    try:
        return Notebook(checked(open_graph(case.out), str(case.root), _warn), where)
    except NoGraph:
        if os.fspath(where) != "example":
            raise
        return build(where)


def read(*files: str | os.PathLike[str], memory: float = 1.0, timeout: float = READING) -> Notebook:
    """The graph of RDF files, without a case: what they say, found, shown, walked and drawn.

    They may use so much `memory`, in GiB, and so many seconds. Raises UsageError for what is no RDF
    file, BadData for one that cannot be read, OutOfBounds where it needs more than it may.
    """
    from kg.exchange.rdf.opened import opened

    if not files:
        raise UsageError("name an RDF file, or several")
    limits = asking.Limits(timeout, memory * (1 << 30))
    return Notebook(opened([os.fspath(file) for file in files], limits))


def _warn(told: str) -> None:
    warnings.warn(spoken(told), stacklevel=4)


def _case(where: str | os.PathLike[str]) -> Case:
    """A case whose graph is found again wherever one stands by then."""
    found = find(os.fspath(where))
    return replace(found, root=found.root.absolute(), out=found.out.absolute())


class Notebook:
    """An open graph with everything that can be asked of it.

    A method gives a DataFrame, but for `show` (a dossier, or a claim with its evidence), `paths`, `view` (a page),
    `export` (what can be written, or read as text) and `query` (a bool for ASK, Turtle for a graph). The frame's ``attrs["notes"]`` say what a
    person should know of it: why it is empty, what was left out. Names are ids, IRIs, names
    or aliases; what can be given several times takes one value or a list of them.

    Raises NotFound and Ambiguous for names, UsageError for what is asked wrongly.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Callable[..., Any]: ...

    def __init__(self, graph: Graph, where: str | os.PathLike[str] = ".") -> None:
        self.graph = graph
        graph.say = _warn
        place = os.fspath(where)
        self._place = Place(place if place == "example" else os.path.abspath(place), graph)

    def __repr__(self) -> str:
        title = self.graph.manifest["case"]["title"]
        counts = self.graph.manifest["counts"]
        return f"<{title}: {counts['entities']:,} entities, {counts['claims']:,} claims>"

    def id(self, name: str) -> str:
        """The id behind an id, IRI, name or alias. Raises NotFound, Ambiguous."""
        if not isinstance(name, str):
            raise UsageError(f"{name!r} is no name; expected an id, IRI, name or alias as text")
        return self.graph.find(name)

    def network(self, claims: str = "supported", **lens: Any) -> Network:
        """The claim network as a read-only networkx graph over the files, without a copy.

        What is denied, withdrawn or only announced is no edge, but with ``claims="all"``;
        see `kg.store.network.network`. `lens` are the keywords that the methods have:
        document, voice, status, basis, as_of, known_by.
        """
        from kg.store.network import network

        one = ("as_of", "known_by")
        given: dict[str, Any] = {
            k: (v,) if isinstance(v, str) and k not in one else v for k, v in lens.items()
        }
        return network(LensRequest(**given).through(self.graph), claims)

    def rdf(self) -> rdflib.Graph:
        """The graph as a read-only `rdflib.Graph` over its files, without a copy.

        It is the whole graph, whatever is withheld; see `kg.store.rdflib_store.rdf`.
        """
        from kg.store.rdflib_store import rdf

        return rdf(self.graph)

    def ask(
        self, name: str = "", *words: str, timeout: float = 10.0, **values: str
    ) -> pd.DataFrame:
        """A named question with its values by name, or in order; all questions if none is named."""
        given = [*words, *(f"{k}={v}" for k, v in values.items())]
        verb = named("ask")
        assert verb
        frame: pd.DataFrame = self._ask(verb, {"name": name, "values": given, "timeout": timeout})
        return frame

    def _ask(self, verb: Verb, given: Mapping[str, Any]) -> Any:
        return _shown(answer_of(verb, self._place, given))


def _shown(answer: Any) -> Any:
    """The value of an answer, as a notebook takes it."""
    value, notes = answer.value, [spoken(note) for note in answer.notes]
    if isinstance(value, asking.Answer):
        if value.kind == "ask":
            return value.boolean
        if value.kind == "graph":
            for note in notes:
                warnings.warn(note, stacklevel=4)
            return value.text
        rows: Sequence[Sequence[object]] = [[_value(term) for term in row] for row in value.rows]
        frame = _frame(rows, value.variables)
        frame.attrs["truncated"] = value.truncated
    elif isinstance(value, (Dossier, Evidence, Export, Paths, Page, str)):
        if isinstance(value, Paths):
            value.notes = notes
        return value
    else:
        cells = [flat(row) for row in value]
        frame = _frame([tuple(row.values()) for row in cells], tuple(cells[0]) if cells else ())
    frame.attrs["notes"], frame.attrs["lens"] = notes, answer.seen
    return frame


def _frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns), dtype=object).infer_objects()


def _value(term: asking.Term | None) -> object:
    if term is None:
        return None
    kind = term.datatype.rpartition("#")[2]
    try:
        if kind in ("integer", "int", "long"):
            return int(term.value)
        return float(term.value) if kind in ("decimal", "double", "float") else term.value
    except ValueError:
        # Said to be a number and none, or one too long for Python.
        return term.value


def _method(verb: Verb) -> Callable[..., Any]:
    """A method that takes the parameters of a verb: arguments by place, options by keyword."""
    params = [p for p in verb.params if not p.shell]
    placed = [p for p in params if p.argument]

    def method(self: Notebook, *words: Any, **given: Any) -> Any:
        for p, word in zip(placed, words, strict=False):
            if p.name in given:
                raise UsageError(f"{p.name} is given twice")
            given[p.name] = word
        if len(words) > len(placed):
            if not (placed and placed[-1].many):
                raise UsageError(f"{words[len(placed)]!r} is one too many; {_usage(verb)}")
            given[placed[-1].name] = words[len(placed) - 1 :]
        return self._ask(verb, _checked(verb, params, given))

    method.__name__ = method.__qualname__ = verb.method
    method.__doc__ = _doc(verb, params)
    found = [
        Parameter(
            p.name,
            Parameter.POSITIONAL_OR_KEYWORD if p.argument else Parameter.KEYWORD_ONLY,
            default=Parameter.empty if p.needed and p.argument else p.default,
        )
        for p in sorted(params, key=lambda p: not p.argument)
    ]
    me = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
    method.__signature__ = Signature([me, *found])  # type: ignore[attr-defined]
    return method


def _checked(verb: Verb, params: Sequence[Param], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, each value of its kind; None is as good as nothing."""
    known = {p.name: p for p in params}
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(f"{verb.method} has no {name}; {hint or _usage(verb)}")
    values = {n: _checked_value(known[n], v) for n, v in given.items() if v is not None}
    lacking = [p.name for p in params if p.needed and p.name not in values]
    if lacking:
        raise UsageError(f"{verb.method} needs {' and '.join(lacking)}; {_usage(verb)}")
    return values


def _checked_value(p: Param, value: Any) -> Any:
    if p.many and isinstance(value, Mapping):
        return [f"{name}={word}" for name, word in value.items()]
    if p.many or p.words > 1:
        single = isinstance(value, (str, os.PathLike)) or not hasattr(value, "__iter__")
        found = [_one(p, one) for one in ((value,) if single else value)]
        if p.words > 1 and len(found) != p.words:
            raise UsageError(f"{p.name} {value!r}: expected {p.words} of them")
        return found
    return _one(p, value)


def _one(p: Param, value: Any) -> Any:
    if p.kind is bool:
        return bool(value)
    if p.kind is str:
        if isinstance(value, os.PathLike):
            value = os.fspath(value)
        if not isinstance(value, str):
            raise UsageError(f"{p.name} {value!r}: expected text")
        if not value:
            raise UsageError(f"{p.name} is empty; give one, or leave it out")
        return value
    whole = p.kind is int
    try:
        number: float = int(value) if whole else float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"{p.name} {value!r}: expected a number") from error
    if whole and number != value:
        raise UsageError(f"{p.name} {value!r}: expected a whole number")
    low, high = p.low, p.high
    if (low is not None and number < low) or (high is not None and number > high):
        ends = f"at least {low:g}" if high is None else f"from {low:g} to {high:g}"
        raise UsageError(f"{p.name} {value!r}: expected a number {ends}")
    return number


def _usage(verb: Verb) -> str:
    words = [p.name for p in verb.params if p.argument and not p.shell]
    return f"it is {verb.method}({', '.join([*words, '…'])})"


def _doc(verb: Verb, params: Sequence[Param]) -> str:
    lines = [verb.help, ""]
    for p in params:
        known = f" One of: {', '.join(p.known)}." if 0 < len(p.known) < 10 else ""
        lines.append(f"{p.name}: {p.help}{known}")
    return "\n".join(lines)


for _verb in every():
    if _verb.method and _verb.method not in vars(Notebook):
        setattr(Notebook, _verb.method, _method(_verb))
