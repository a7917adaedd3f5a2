"""Turtle files as facts: what is said of each named thing, in which file, on which line.

What has no name (blank nodes: unions, restrictions, lists) is kept apart: kg reads named
terms, and the graph has no blank nodes.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

from kg.model.errors import BadCase
from kg.model.namespaces import OWL, RDF, local
from kg.model.problems import Problem
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

_MARK = b"\xef\xbb\xbf"


def triples(path: str | os.PathLike[str]) -> tuple[list[Any], dict[str, str], str]:
    """The triples of a Turtle file, its prefixes, its text. Raises BadCase with file and line."""
    from pyoxigraph import RdfFormat, parse

    name = os.path.basename(path)
    try:
        with open(path, "rb") as file:
            data = file.read().removeprefix(_MARK)
        text = data.decode()
        reader = parse(input=data, format=RdfFormat.TURTLE)
        return list(reader), dict(reader.prefixes), text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadCase(f"{name}, line {line}: not UTF-8; save it as UTF-8") from error
    except (SyntaxError, OSError) as error:
        raise BadCase(f"{name}: {error}") from error


def named(path: str | os.PathLike[str]) -> str:
    """The triples of a file as N-Triples of RDF 1.1, without those about what has no name."""
    from pyoxigraph import Literal, RdfFormat, Triple, serialize

    def plain() -> Iterator[Any]:
        for t in triples(path)[0]:
            if _blank(t.subject) or _blank(t.object) or isinstance(t.object, Triple):
                continue
            if getattr(t.object, "direction", None):
                text = Literal(t.object.value, language=t.object.language)
                yield Triple(t.subject, t.predicate, text)
            else:
                yield t

    return (serialize(plain(), format=RdfFormat.N_TRIPLES) or b"").decode()


def _blank(node: Any) -> bool:
    return type(node).__name__ == "BlankNode"


@dataclass
class Source:
    """One file of an ontology: its name, its text, how it shortens IRIs."""

    name: str
    text: str
    prefixes: dict[str, str]
    _lines: list[str] = field(default_factory=list)
    _first: dict[str, int] = field(default_factory=dict)
    _anywhere: dict[str, int] = field(default_factory=dict)

    def line(self, iri: str, said: str = "") -> int:
        """The line on which a subject stands, or what is said of it after that; 0 if not found."""
        if not self._lines:
            self._lines = self.text.splitlines()
            for number, line in enumerate(self._lines, 1):
                if first := _WORD.match(line):
                    self._first.setdefault(first[0], number)
                for word in _WORD.findall(line):
                    self._anywhere.setdefault(word, number)
        # A subject begins its line; if not, it stands where it is first named.
        forms = [*self._forms(iri)]
        found = (
            held[form] for held in (self._first, self._anywhere) for form in forms if form in held
        )
        start = next(found, 0)
        wanted = tuple(self._forms(said)) if start and said else ()
        for number in range(start, min(start + _NEAR, len(self._lines) + 1)) if wanted else ():
            line = self._lines[number - 1]
            if len(line) > _LONG:
                break
            if any(form in line for form in wanted):
                return number
            if line.rstrip().endswith("."):
                break
        return start

    def _forms(self, iri: str) -> Iterator[str]:
        yield f"<{iri}>"
        for prefix, space in self.prefixes.items():
            if space and iri.startswith(space):
                yield f"{prefix}:{iri[len(space) :]}"


# Likeness is looked for in the first so many slips, and their lines so far below the subject.
_HINTS = 100
_NEAR, _LONG = 60, 10_000
_WORD = re.compile(r"<[^>\s]*>|[\w.-]*:(?:[\w%-]|\.(?=[\w%-]))*")


@dataclass
class Facts:
    """What files say: by subject and predicate the objects; of nameless things by their label.

    `beside` has the terms of some kinds that are declared, by these and namespace.
    """

    about: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    nameless: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    said_in: dict[tuple[str, str], Source] = field(default_factory=dict)
    beside: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _told: dict[Problem, None] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, by file and line."""
        order = {source.name: i for i, source in enumerate(self.sources)}
        return sorted(self._told, key=lambda p: (order.get(p.file, 0), p.row))

    def add(self, path: str | os.PathLike[str]) -> Iterator[Any]:
        """Take in a file; yields its triples on the way."""
        found, prefixes, text = triples(path)
        source = Source(os.path.basename(path), text, prefixes)
        self.sources.append(source)
        for t in found:
            yield t
            subject, predicate = t.subject.value, t.predicate.value
            for key in ((subject, ""), (subject, predicate)):
                self.said_in.setdefault(key, source)
            where = self.nameless if _blank(t.subject) else self.about
            about = where.setdefault(subject, {})
            if hasattr(t.object, "value"):
                about.setdefault(predicate, []).append(t.object)
            else:
                told = f"{self.node(t.subject)} is said of a triple, of which kg makes nothing"
                self.tell(subject, predicate, told, "RDF 1.1", "it is left out", True)

    def tell(
        self,
        iri: str,
        predicate: str,
        found: str,
        expected: str,
        hint: str = "",
        warning: bool = False,
    ) -> None:
        """Note what is wrong with what is said of a subject, with file and line."""
        source = self.said_in.get((iri, predicate)) or self.said_in.get((iri, ""))
        file, line = (source.name, source.line(iri, predicate)) if source else ("", 0)
        self._told[Problem(file, line, "", found, expected, hint, warning, "line")] = None

    def tell_file(self, source: Source, words: str, found: str, expected: str) -> None:
        """Note what is wrong in a file, on the line that holds these words."""
        lines = source.text.splitlines()
        line = next((n for n, text in enumerate(lines, 1) if words in text), 0)
        self._told[Problem(source.name, line, "", found, expected, "", False, "line")] = None

    def near(self, found: str, known: Iterable[str]) -> str:
        """A hint naming what is spelt most alike, while not too many have been looked for."""
        return did_you_mean(found, known) if len(self._told) < _HINTS else ""

    def shown(self, iri: str) -> str:
        """An IRI as the files write it, as ``my:met``; in angle brackets where nothing shortens it."""
        for source in self.sources:
            for prefix, space in source.prefixes.items():
                if space and iri.startswith(space) and local(iri) == iri[len(space) :]:
                    return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def nameless_in_words(self, node: Any) -> str:
        """What a thing without a name is: ``a union of my:Person and my:Org``."""
        about = self.nameless.get(node.value, {})
        for predicate, word in _MADE:
            if OWL + predicate in about:
                parts = [self.node(o) for o in self._list(about[OWL + predicate][0])]
                return f"{word} {' and '.join(parts)}" if parts else word
        if OWL + "onProperty" in about:
            return f"a restriction on {self.node(about[OWL + 'onProperty'][0])}"
        return "a list" if RDF + "first" in about else "a description without a name"

    def node(self, node: Any) -> str:
        """A node as a person reads it: a text in quotes, a name, what has none in words."""
        if hasattr(node, "datatype"):
            text = " ".join(node.value.split())
            return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
        if _blank(node):
            return self.nameless_in_words(node)
        return self.shown(node.value)

    def _list(self, node: Any) -> Iterator[Any]:
        seen: set[str] = set()
        while _blank(node) and node.value not in seen:
            seen.add(node.value)
            about = self.nameless.get(node.value, {})
            yield from about.get(RDF + "first", ())[:1]
            node = next(iter(about.get(RDF + "rest", ())), None)
            if node is None:
                return


_MADE = (
    ("unionOf", "a union of"),
    ("intersectionOf", "an intersection of"),
    ("complementOf", "the complement of"),
    ("oneOf", "a list of"),
)
