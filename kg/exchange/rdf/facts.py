"""Everything that RDF files say, by subject: with lists made plain, and what is said of statements apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.exchange.rdf.words import FIRST, NIL, PARTS, REIFIES, REST, STATEMENT, TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    # What a resource is: its IRI, or a name that begins with _: for one without.
    Node = str


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: its text, its language or empty, the IRI of its datatype."""

    value: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple as a thing of its own."""

    subject: str
    predicate: str
    object: str | Text | Statement


Said = tuple[str, "str | Text | Statement", str]
"""What is said of a subject: predicate, object, the document that says so."""


@dataclass(slots=True)
class Facts:
    """What is said, by subject. `stated` has the statements that something is said of, by its name;
    `count` is the number of triples, `documents` are the graphs and files that say something.
    """

    about: dict[str, list[Said]] = field(default_factory=dict)
    stated: dict[str, list[Statement]] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)
    count: int = 0

    def add(self, quads: Iterable[tuple[str, Any]]) -> None:
        """Take in quads of the engine, each with the file that it stands in. Linear."""
        for file, quad in quads:
            graph = quad.graph_name
            document = node(graph) if hasattr(graph, "value") else file
            self.take(node(quad.subject), quad.predicate.value, term(quad.object), document)

    def take(
        self, subject: str, predicate: str, target: str | Text | Statement, document: str
    ) -> None:
        """Take in one triple, and which document says so."""
        self.documents[document] = None
        self.about.setdefault(subject, []).append((predicate, target, document))
        self.count += 1

    def settle(self) -> None:
        """Set statements apart and make lists plain, once all is taken in."""
        for name, said in self.about.items():
            whole = [o for p, o, _ in said if p == REIFIES and isinstance(o, Statement)]
            parts = {p: o for p, o, _ in said if p in PARTS}
            if len(parts) == len(PARTS):
                subject, predicate, target = (parts[p] for p in PARTS)
                if isinstance(subject, str) and isinstance(predicate, str):
                    whole.append(Statement(subject, predicate, target))
            if whole:
                self.stated[name] = whole
        self._unlist()

    def of(self, name: str, *predicates: str) -> Iterator[str | Text | Statement]:
        """What a subject has, by the order of the predicates."""
        said = self.about.get(name, ())
        for wanted in predicates:
            yield from (o for p, o, _ in said if p == wanted)

    def beside(self, name: str) -> Iterator[Said]:
        """What is said of a statement beside what it states."""
        for said in self.about.get(name, ()):
            if said[0] not in (*PARTS, REIFIES) and said[:2] != (TYPE, STATEMENT):
                yield said

    def _unlist(self) -> None:
        """Put the members of a list in its place; what nothing refers to stays as it is."""
        links = (FIRST, REST, TYPE)
        plain = {
            name
            for name, said in self.about.items()
            if name.startswith("_:")
            and any(p == FIRST for p, _, _ in said)
            and all(p in links for p, _, _ in said)
        }
        gone: set[str] = set()
        for name, said in self.about.items() if plain else ():
            if name in plain or plain.isdisjoint(o for _, o, _ in said if isinstance(o, str)):
                continue
            made: list[Said] = []
            for p, o, document in said:
                if o in plain:
                    gone.update(self._links(o))
                    made += (
                        (p, m, document) for link in self._links(o) for m in self.of(link, FIRST)
                    )
                else:
                    made.append((p, o, document))
            self.about[name] = made
        for name in gone:
            del self.about[name]

    def _links(self, head: Any) -> Iterator[str]:
        """The nodes of a list, in order; a circle ends."""
        here, seen = head, set[str]()
        while isinstance(here, str) and here != NIL and here not in seen and here in self.about:
            seen.add(here)
            yield here
            here = next(self.of(here, REST), NIL)


def node(named: Any) -> str:
    """The name of a resource of the engine's."""
    return f"_:{named.value}" if type(named).__name__ == "BlankNode" else str(named.value)


def term(said: Any) -> str | Text | Statement:
    """A term of the engine's: a resource by its name, a literal, or a triple."""
    kind = type(said).__name__
    if kind == "Literal":
        language = said.language or ""
        return Text(said.value, language, "" if language else said.datatype.value)
    if kind == "Triple":
        return Statement(node(said.subject), said.predicate.value, term(said.object))
    return node(said)
