"""`import kg`: what the commands do, with plain values and DataFrames, for notebooks.

The methods of a `Notebook` are made from the descriptions of the verbs (`kg.notebook.methods`).
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.analysis.cards import safe
from kg.case.folder import Case, find
from kg.model.errors import NoGraph, UsageError, spoken
from kg.notebook.answers import shown
from kg.notebook.methods import Methods
from kg.sparql import query as asking
from kg.store import build as builder
from kg.store import check as checking
from kg.store.checked import Checked
from kg.store.graph import Graph, open_graph
from kg.text.spelling import did_you_mean
from kg.verbs import answer_of, every, named
from kg.verbs.answer import Page
from kg.verbs.description import Verb
from kg.verbs.parameters import LensRequest
from kg.verbs.place import READING, Place, checked

__all__ = ["Notebook", "Page", "Table", "build", "check", "open", "read"]

if TYPE_CHECKING:
    import rdflib

    from kg.notebook.frames import Table
    from kg.store.network import Network


def __getattr__(name: str) -> Any:
    """Load pandas when its table is first asked for."""
    if name == "Table":
        from kg.notebook.frames import Table

        return Table
    raise AttributeError(f"module 'kg.notebook' has no attribute '{name}'")


def check(where: str | os.PathLike[str] = ".") -> Checked:
    """Everything wrong with the tables of a case, and how much they hold.

    `where` is the folder of a case, or `example` for the shipped one. Of what it gives, `problems` have a
    file, a row, what was found and what was expected each, `dropped` is how many more there are, and `fine`
    says whether a graph can be built. Writes nothing. Raises BadCase for what is no case.
    Cost: linear in the rows, some ten seconds for a million.

    >>> found = kg.check("example")
    >>> found.fine, found.claims > 1000, found.problems
    (True, True, ())
    """
    return checking.check(_case(where))


def build(where: str | os.PathLike[str] = ".", *, force: bool = False) -> Notebook:
    """Build the graph of a case and open it; if nothing has changed since it was built, only that.

    With `force` it is built anew whatever there is. Where a build is stopped the graph before it stays.
    Raises BadTables with every bad row, BadCase for what is no case, OutOfBounds if somebody else is
    building, a table changes meanwhile or the disk is full. Cost: linear in the rows; where few have
    changed, in those.

    >>> kg.build("example").graph.manifest["case"]["language"]
    'en'
    """
    return Notebook(builder.build(_case(where), force=force)[0], where)


def open(where: str | os.PathLike[str] = ".") -> Notebook:
    """Open the graph of a case's folder; `example` is the shipped one, built if need be.

    Warns if the tables have changed since it was built: `build` builds what has. Raises NoGraph if the
    case has not been built, BadGraph if its graph is damaged or of another version, BadCase for what
    is no case. Cost: the same for any size; parts are mapped or read when they are first asked for.

    >>> graph = kg.open("example")
    >>> graph.id("Jeremy Daum")
    'person-jeremy-daum'
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

    They may use so much `memory`, in GiB, and `timeout` seconds. Raises UsageError for what is no RDF
    file, BadData for one that cannot be read, OutOfBounds where it needs more than it may.

    >>> from pathlib import Path
    >>> _ = Path("a.ttl").write_text("<http://a.test/ann> <http://a.test/owns> <http://a.test/yacht> .")
    >>> list(kg.read("a.ttl").claims()["sentence"])
    ['ann owns yacht']
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


class Notebook(Methods):
    """An open graph with everything that can be asked of it.

    A method gives a `Table`, a DataFrame, but for `show` (a dossier, or a claim with its evidence), `paths`, `view` (a page),
    `export` (what can be written, or read as text) and `query` (a bool for ASK, Turtle for a graph). The frame's ``attrs["notes"]`` say what a
    person should know of it: why it is empty, what was left out. Names are ids, IRIs, names
    or aliases; what can be given several times takes one value or a list of them.

    Raises NotFound and Ambiguous for names, UsageError for what is asked wrongly, OutOfBounds for what takes
    longer or more memory than it may.

    >>> graph = kg.open("example")
    >>> set(graph.claims(status="contested", known_by="2022-12")["status"])
    {'Contested'}
    >>> graph.query("ASK { ?claim a kg:Claim }")
    True
    """

    def __init__(self, graph: Graph, where: str | os.PathLike[str] = ".") -> None:
        self.graph = graph
        graph.say = _warn
        place = os.fspath(where)
        self._place = Place(place if place == "example" else os.path.abspath(place), graph)

    def __repr__(self) -> str:
        title = self.graph.manifest["case"]["title"]
        counts = self.graph.manifest["counts"]
        return f"<{title}: {counts['entities']:,} entities, {counts['claims']:,} claims>"

    def _repr_html_(self) -> str:
        counts = self.graph.manifest["counts"]
        told = ", ".join(
            f"{counts[name]:,} {name}" for name in ("entities", "claims", "attestations")
        )
        title = safe(self.graph.manifest["case"]["title"])
        return f"<p><b>{title}</b><br><small>{told}; graph {safe(self.graph.version)}</small></p>"

    def __dir__(self) -> list[str]:
        """What can be asked, and nothing of how it is made."""
        own = (name for name in vars(Notebook) if not name.startswith("_"))
        return sorted({"graph", *own, *(v.method for v in every() if v.method)})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        hint = did_you_mean(name, dir(self))
        raise AttributeError(
            f"an open graph has no {name}; {hint}".removesuffix("; "), name=name, obj=self
        )

    def id(self, name: str) -> str:
        """The id behind an id, IRI, name or alias, in any script.

        Raises NotFound with the names that are spelt alike, Ambiguous with all that are called so,
        UsageError for what is no text.

        >>> kg.open("example").id("ministry of public security")
        'ministry-public-security-chn'
        """
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

    def ask(self, name: str = "", *words: str, timeout: float = 10.0, **values: str) -> Table:
        """A named question with its values by name, or in order; all questions if none is named.

        It is stopped after `timeout` seconds. Raises UsageError for values that the question does not
        take, OutOfBounds where it takes too long.

        >>> graph = kg.open("example")
        >>> "charges" in set(graph.ask()["name"])
        True
        """
        given = [*words, *(f"{k}={v}" for k, v in values.items())]
        verb = named("ask")
        assert verb
        frame: Table = self._ask(verb, {"name": name, "values": given, "timeout": timeout})
        return frame

    def _ask(self, verb: Verb, given: Mapping[str, Any]) -> Any:
        return shown(answer_of(verb, self._place, given), verb.name)
