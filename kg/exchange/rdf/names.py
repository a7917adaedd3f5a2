"""What resources and terms of RDF are called, and the classes that they are of.

What has neither name nor ties of its own and is spoken of once, as an address without a name, is
told in a line of what it belongs to.
"""

from __future__ import annotations

import re
from functools import cached_property

from kg.case.term import best
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Facts, Statement, Text
from kg.model.namespaces import RDF, RDFS, local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_NESTED = 4


class Names:
    """Names what facts speak of. `prefixes` shorten the IRIs of what has no name.

    `inline` has what is told in a line of what it belongs to.
    """

    def __init__(self, facts: Facts, prefixes: Mapping[str, str]) -> None:
        self.facts, self.prefixes = facts, prefixes
        self._names: dict[str, str] = {}
        self._alike: dict[str, int] = {}
        self.inline = dict.fromkeys(self._leaves(), "")

    @cached_property
    def classes(self) -> dict[str, tuple[str, ...]]:
        """The classes that things are of and those above them, with their own parents."""
        found: dict[str, tuple[str, ...]] = {}
        types = {o for n in self.facts.about for o in self.facts.of(n, words.TYPE)}
        ahead = sorted(t for t in types if isinstance(t, str))
        while ahead:
            iri = ahead.pop()
            if iri not in found:
                above = self.facts.of(iri, words.PART_CLASS)
                found[iri] = tuple(
                    p for p in above if isinstance(p, str) and p[:2] != "_:" and p != iri
                )
                ahead += found[iri]
        return found

    @cached_property
    def predicates(self) -> set[str]:
        """The properties that are used."""
        return {p for said in self.facts.about.values() for p, _, _ in said}

    def kinds(self, iri: str) -> tuple[str, ...]:
        """The classes of a thing, the most telling first: none above another, none that all things have."""
        types = [t for t in dict.fromkeys(self.facts.of(iri, words.TYPE)) if isinstance(t, str)]
        if not types and iri in self.classes:
            return (RDFS + "Class",)
        if not types and iri in self.predicates:
            return (RDF + "Property",)
        if len(types) < 2:
            return tuple(types)
        above = {a for t in types for a in self._above(t)}
        return tuple(sorted(types, key=lambda t: (t in words.VAGUE, t in above, t[:2] == "_:", t)))

    def _above(self, iri: str) -> set[str]:
        found, ahead = set[str](), list(self.classes.get(iri, ()))
        while ahead:
            here = ahead.pop()
            if here not in found:
                found.add(here)
                ahead += self.classes.get(here, ())
        return found - {iri}

    def label(self, iri: str) -> str:
        """What a term is called: its label, else the end of its IRI in words."""
        told = best(self.texts(iri, words.NAMES[:2]), "en") or words.PLAIN.get(iri, "")
        return told or words.in_words(local(iri.rstrip("/#")) or iri)

    def labels(self, iri: str) -> tuple[tuple[str, str], ...]:
        """The labels of a term as (language, text), one a language."""
        held = dict(reversed(self.texts(iri, words.NAMES[:2])))
        return tuple(sorted(held.items()))

    def name(self, iri: str, nested: int = 0) -> str:
        """What a thing is called."""
        if iri not in self._names:
            told = best(self.first(iri), "en")
            self._names[iri] = told or self._apart(iri, self._nameless(iri, nested))
        return self._names[iri]

    def _apart(self, iri: str, name: str) -> str:
        """A name that no other thing without a name has: the second address of Ann has a number."""
        if not iri.startswith("_:"):
            return name
        number = self._alike[name] = self._alike.get(name, 0) + 1
        return name if number == 1 else f"{name} ({number})"

    def plain(self, term: str | Text | Statement) -> str:
        """A term on one line."""
        if isinstance(term, Text):
            text = line(term.value)
            return f"{text} ({term.language})" if term.language not in ("", "en") else text
        if isinstance(term, Statement):
            parts = (self.name(term.subject), self.label(term.predicate), self.plain(term.object))
            return " ".join(parts)
        if term in self.inline:
            return self._line(term)
        return self.name(term)

    def short(self, iri: str) -> str:
        """A resource as its file may write it."""
        return words.compact(iri, self.prefixes)

    def texts(self, iri: str, predicates: Sequence[str]) -> list[tuple[str, str]]:
        """(language, text) of what literals say, by the order of the predicates."""
        said = (o for o in self.facts.of(iri, *predicates) if isinstance(o, Text))
        return [(o.language, text) for o in said if (text := line(o.value))]

    def first(self, iri: str) -> list[tuple[str, str]]:
        """The texts of the first property that names a thing."""
        return next(filter(None, (self.texts(iri, (p,)) for p in words.NAMES)), [])

    def _nameless(self, iri: str, nested: int) -> str:
        if iri.startswith('"'):
            return iri[1:-1]
        if not iri.startswith("_:"):
            return words.called(iri, self.prefixes)
        kinds = self.kinds(iri)
        parent = self._parents.get(iri)
        what = self.label(kinds[0]) if kinds else self.label(parent[1]) if parent else "something"
        if parent and nested < _NESTED:
            owner = parent[0]
            if owner in self._names or not owner.startswith("_:") or self.texts(owner, words.NAMES):
                return f"{what} of {self.name(owner, nested + 1)}"
            return f"{what} of {self._nameless(owner, nested + 1)}"
        return f"{what} ({iri})"

    @cached_property
    def _parents(self) -> dict[str, tuple[str, str]]:
        """What first speaks of each thing without a name, and by which property."""
        found: dict[str, tuple[str, str]] = {}
        for name, said in self.facts.about.items():
            for p, o, _ in said:
                if isinstance(o, str) and o.startswith("_:") and o != name:
                    found.setdefault(o, (name, p))
        return found

    def _line(self, node: str) -> str:
        """What is said of something without a name: ``street: Main St 1; city: Berlin``."""
        if not self.inline[node]:
            said = self.facts.about[node]
            kinds = [self.label(o) for p, o, _ in said if p == words.TYPE and isinstance(o, str)]
            parts = [
                f"{self.label(p)}: {self.plain(o)}"
                for p, o, _ in said
                if p != words.TYPE or not isinstance(o, str)
            ]
            self.inline[node] = "; ".join(parts) or " and ".join(kinds)
        return self.inline[node]

    def _leaves(self) -> Iterator[str]:
        """What has no name and is told in a line of what it belongs to."""
        about = self.facts.about
        blank = {n for n in about if n.startswith("_:") and n not in self.facts.stated}
        times: dict[str, int] = {}
        for said in about.values() if blank else ():
            for _, o, _ in said:
                if isinstance(o, str) and o in blank:
                    times[o] = times.get(o, 0) + 1
        for statements in self.facts.stated.values() if blank else ():
            for statement in statements:
                for end in (statement.subject, statement.object):
                    if isinstance(end, str) and end in blank:
                        times[end] = times.get(end, 0) + 2
        for name in blank:
            said = about[name]
            alone = times.get(name) == 1 and not any(p in words.NAMES for p, _, _ in said)
            if alone and all(p == words.TYPE or not isinstance(o, str) for p, o, _ in said):
                yield name


def line(text: str) -> str:
    """A text on one line, without control characters."""
    plain = text.isprintable() and "  " not in text
    return (text if plain else _CONTROL.sub(" ", text)).strip()
