"""Nodes and edges of other programs as things and claims: one way for every format of graphs.

A format yields `Node`, `Edge` and `Ignored`, in any order. They are read twice: first to see what
the attributes hold (numbers, texts, words that tell kinds apart), then to give the draft what they are.
A node's name and class, and what an edge is called, are taken from the attributes that
programs keep them in; every other attribute of a node describes it, of an edge is a quality.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.exchange import own_links
from kg.exchange.attributes import Attributes, Values, plain
from kg.exchange.draft import Draft
from kg.exchange.fitting import clean
from kg.exchange.tally import KEPT, PASSED
from kg.model import dates

DRAWING = "how it is drawn: colours, sizes, places"
OF_ALL = "a case has no place for what is said of a whole graph"
# Where programs keep the name of a node, further names, its class; what an edge is called; times.
# Programs that have a label of their own put there what they call a node, which may be its id.
NAMES = ("name", "full name", "display name", "label", "title", "shared name", "caption")
ALIASES = ("alias", "aliases", "alternative label", "alt label", "also known as")
CLASSES = ("type", "kind", "class", "category", "node type", "entity type", "labels", "schema")
DESCRIPTIONS = ("description", "desc", "comment", "summary", "abstract")
ADDRESSES = ("uri", "iri", "same as", "url", "homepage", "wikidata")
RELATIONS = (
    *("relation", "relationship", "predicate", "interaction", "shared interaction", "type", "kind"),
    *("edge type", "rel", "label", "name"),
)
GLOSSES = ("description", "desc", "comment", "summary", "note", "notes", "label", "name")
STARTS = ("start", "from date", "since", "begin", "start date", "valid from")
ENDS = ("end", "to date", "until", "end date", "valid to")
SAID = ("said", "date said", "published", "date published")
LINKED, NODE, PART = "linked to", "Node", "is part of"


@dataclass(slots=True)
class Node:
    """A node: what its file says of it. Attributes are (name, value, datatype or empty)."""

    id: str
    locator: str
    label: str = ""
    attributes: Sequence[tuple[str, Any, str]] = ()
    within: str = ""


@dataclass(slots=True)
class Edge:
    """An edge from node to node; `directed` is False where it has no direction."""

    source: str
    target: str
    locator: str
    directed: bool = True
    label: str = ""
    attributes: Sequence[tuple[str, Any, str]] = ()
    periods: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Ignored:
    """What is not taken, with the reason; `passed` where nobody would miss it in a case."""

    kind: str
    reason: str
    passed: bool = False


Item = Node | Edge | Ignored


def take(draft: Draft, items: Callable[[], Iterator[Item]]) -> None:
    """Give a draft the nodes and edges of a source, which `items` reads from its beginning each time."""
    nodes, edges = Attributes(), Attributes()
    relations, known = Values(), set[str]()
    for item in items():
        if isinstance(item, Node):
            known.add(item.id)
            nodes.see(item.attributes)
        elif isinstance(item, Edge):
            edges.see(item.attributes)
            if item.label:
                relations.see(item.label, "")
    taker = _Taker(draft, nodes, edges, relations.tells_kinds(), known)
    for item in items():
        taker.take(item)


class _Taker:
    """Gives items to a draft, once it is known what their attributes hold."""

    def __init__(
        self, draft: Draft, nodes: Attributes, edges: Attributes, labels: bool, known: set[str]
    ) -> None:
        self._draft, self._nodes, self._edges, self._known = draft, nodes, edges, known
        self._class = nodes.first(CLASSES, Values.tells_kinds)
        self._relation = edges.first(RELATIONS, Values.tells_kinds)
        # A label of its own comes before an attribute, but not before one that says what type it is.
        self._labels = labels and plain(self._relation) not in RELATIONS[:-2]
        if self._labels:
            self._relation = ""
        self._terms: dict[tuple[str, str], str] = {}

    def take(self, item: Item) -> None:
        if isinstance(item, Node):
            self._node(item)
        elif isinstance(item, Edge):
            self._edge(item)
        elif item.passed:
            self._draft.tally.add(PASSED, item.kind, item.reason)
        else:
            self._draft.left(item.kind, item.reason)

    def key(self, id: str) -> str:
        """The key of a node: its id, in its file. One that only edges name gets a record."""
        key = f"{self._draft.called}/{id}"
        if id not in self._known:
            self._known.add(id)
            self._draft.thing(key, self._term("class", NODE), id, called=id)
            self._draft.tally.add(KEPT, "node", "named by an edge and nowhere described")
        return key

    # ---------------------------------------------------------------- nodes

    def _node(self, node: Node) -> None:
        draft = self._draft
        draft.read("node")
        kind, names, told = NODE, [("label", node.label)] if node.label else [], _Told()
        for name, value, datatype in node.attributes:
            word = plain(name)
            text = value if isinstance(value, str) else ""
            if value is None or value == "":
                continue
            if name == self._class:
                first, *others = value if isinstance(value, list) else [value]
                kind = first
                for other in others:
                    self._attribute(told, "further class", other, "string")
            elif word in NAMES and text:
                names.append((word, text))
            elif word in ALIASES and (text or isinstance(value, list)):
                told.aliases += [text] if text else [v for v in value if isinstance(v, str)]
            elif word in DESCRIPTIONS and text and not told.description:
                told.description = text
            elif word in ADDRESSES and text.startswith(("http://", "https://")):
                told.links.append(text)
            else:
                self._attribute(told, name, value, datatype or self._nodes.seen[name].datatype)
        names.sort(key=lambda pair: NAMES.index(pair[0]))
        called = list(dict.fromkeys(text for _, name in names if (text := clean(name))))
        shown = called[0] if called else node.id
        key = self.key(node.id)
        draft.thing(
            key,
            self._term("class", kind),
            shown,
            called=shown,
            foreign=node.id if node.id != shown else "",
            aliases=[*called[1:], *told.aliases],
            description=told.description,
            same_as=told.links,
            attributes=told.attributes,
            locator=node.locator,
        )
        if node.within:
            part = self._term("state", PART, inverse="has the part", role="PartOf")
            draft.claim(key, part, self.key(node.within), locator=node.locator)

    def _attribute(self, told: _Told, name: str, value: Any, datatype: str) -> None:
        seen = self._nodes.seen.get(name)
        fits = seen.datatype if seen else datatype
        term = self._term("attribute", name, datatype=fits)
        told.attributes.setdefault(term, []).extend(_texts(value, fits))

    # ---------------------------------------------------------------- edges

    def _edge(self, edge: Edge) -> None:
        self._draft.read("edge")
        relation = edge.label if self._labels else ""
        glosses = [] if self._labels or not edge.label else [edge.label]
        qualities: dict[str, str] = {}
        said, start, end = "", "", ""
        for name, value, _ in edge.attributes:
            word = plain(name)
            text = value if isinstance(value, str) else ""
            if value is None or value == "":
                continue
            if name == self._relation:
                relation, *others = value if isinstance(value, list) else [value]
                glosses += others
            elif word in STARTS and not start and _date(text):
                start = text
            elif word in ENDS and not end and _date(text):
                end = text
            elif word in SAID and not said and _date(text):
                said = text
            elif word in GLOSSES and text:
                glosses.append(text)
            else:
                fits = self._edges.seen[name].datatype
                term = self._term("quality", name, datatype=fits)
                qualities[term] = " | ".join(_texts(value, fits))
        term = self._joined(relation or LINKED, edge.directed)
        told: dict[str, Any] = {"qualities": qualities, "said": said, "locator": edge.locator}
        said_so = (text for text in map(clean, glosses) if text not in ("", relation))
        told["gloss"] = "; ".join(dict.fromkeys(said_so))
        ends = self.key(edge.source), self.key(edge.target)
        if not edge.directed and ends[0] > ends[1]:
            ends = ends[::-1]
        own = own_links.of_fields({plain(name): value for name, value, _ in edge.attributes})
        if own:
            self._draft.tally.add(KEPT, own_links.kind(own), own_links.REASON)
        for first, last in edge.periods or ((start, end),):
            self._draft.claim(ends[0], term, ends[1], from_=first, to=last, **told, **_stance(own))
            if own[1:]:
                against = {**told, "stance": own[1], "locator": edge.locator + own_links.AGAINST}
                self._draft.claim(ends[0], term, ends[1], from_=first, to=last, **against)

    def _joined(self, called: str, directed: bool) -> str:
        """A relation; one that has edges of both kinds is two relations."""
        if directed:
            return self._term("state", called)
        other = f"{called} (undirected)" if ("state", called) in self._terms else called
        if ("symmetric", called) not in self._terms:
            made = self._draft.term("state", other, label=other, symmetric=True)
            self._terms["symmetric", called] = made
        return self._terms["symmetric", called]

    def _term(self, kind: str, called: str, **about: Any) -> str:
        key = (kind, called)
        if key not in self._terms:
            called = clean(called) or "unnamed"
            if kind == "state" and ("symmetric", called) in self._terms:
                called = f"{called} (directed)"
            if role := about.pop("role", ""):
                about["marks"] = {"kg:role": f"kg:{role}"}
            self._terms[key] = self._draft.term(kind, called, label=label(called), **about)
        return self._terms[key]


def _stance(own: tuple[str, ...]) -> dict[str, str]:
    """The stance of the row of an edge that kg handed on; nothing of any other."""
    return {"stance": own[0]} if own and own[0] != "asserts" else {}


@dataclass(slots=True)
class _Told:
    """What the attributes of a node say."""

    aliases: list[str] = field(default_factory=list)
    description: str = ""
    links: list[str] = field(default_factory=list)
    attributes: dict[str, list[str]] = field(default_factory=dict)


def label(name: str) -> str:
    """A name in words, its letter case kept where it is no mark of a new word.

    >>> label("start_date"), label("worksFor"), label("ACTS FOR")
    ('start date', 'works for', 'ACTS FOR')
    """
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", " ", name)
    words = parts.replace("_", " ").split()
    changed = len(words) > len(name.split())
    return " ".join(w.lower() if changed and w[1:] == w[1:].lower() else w for w in words)


def _texts(value: Any, datatype: str) -> list[str]:
    """The values of an attribute as cells have them."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one, datatype)]
    if isinstance(value, dict):
        return [json.dumps(value, ensure_ascii=False, sort_keys=True)]
    text = clean(value)
    return [text.lower() if datatype == "boolean" else text]


def _date(text: str) -> bool:
    try:
        return bool(dates.parse(text).text)
    except ValueError:
        return False
