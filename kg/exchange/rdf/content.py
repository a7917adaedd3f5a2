"""What RDF says as things and ties between them, each tie with all that is said for it.

A resource is a thing: its names, its classes, its literals as attributes, and addresses of it
elsewhere too. What joins two things is a tie. What has neither name nor ties of its own and
is spoken of once, as an address without a name, is told in a line of what it belongs to.
A statement about a statement says who stands for a tie, where and when.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from kg.case.term import best
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Facts, Statement, Text
from kg.model import dates
from kg.model.namespaces import RDF, RDFS, XSD, local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]+")
_DATES = {XSD + n for n in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")}
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_NESTED = 4


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who says a tie, where: a thing as voice or none, the document, the place in it, the time.

    `cited` is what the document takes it from, if that is not the voice. `qualities` are (IRI of a
    property, text) of what else literals say of it, `gloss` what else is said. `stance` is ``asserts`` where it is stated and ``alleges`` where it is only spoken of.
    """

    document: str
    locator: str
    voice: str = ""
    stance: str = "asserts"
    start: str = ""
    end: str = ""
    said: str = ""
    gloss: str = ""
    cited: str = ""
    qualities: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Thing:
    """A resource: the IRIs of its classes, the most telling first; (IRI of a property, text) as attributes,
    `links` likewise with addresses.
    """

    id: str
    name: str
    kinds: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    description: str = ""
    attributes: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


class Content:
    """Reads facts as things and ties. `prefixes` shorten the IRIs of what has no name."""

    def __init__(self, facts: Facts, prefixes: Mapping[str, str]) -> None:
        self.facts, self.prefixes = facts, prefixes
        self._names: dict[str, str] = {}
        self._alike: dict[str, int] = {}
        self._inline = dict.fromkeys(self._leaves(), "")

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

    def things(self) -> Iterator[Thing]:
        """Every thing, in the order in which it is first spoken of."""
        facts, seen = self.facts, set[str]()
        speakers = filter(None, map(self._voice, facts.documents))
        for name in [*facts.documents, *speakers, *facts.about]:
            for one in (name, *self._ends(name)):
                if one not in seen and one not in facts.stated and one not in self._inline:
                    seen.add(one)
                    yield self._thing(one)

    def ties(self) -> Iterator[tuple[str, str, str, list[Spoken]]]:
        """Every tie once: subject, IRI of the relation, object, all that is said of it. Linear."""
        held: dict[tuple[str, str, str], list[Spoken]] = {}
        told: dict[tuple[str, str, str], list[str]] = {}
        for name, statements in self.facts.stated.items():
            for s in statements:
                if isinstance(s.object, str):
                    told.setdefault((s.subject, s.predicate, s.object), []).append(name)
        for name, said in self.facts.about.items():
            for p, o, document in said:
                if isinstance(o, str) and self._ties(name, p, o) and name not in self.facts.stated:
                    spoken = held.setdefault((name, p, o), [])
                    if (name, p, o) not in told:
                        spoken.append(self._plain(name, document))
        for tie, names in told.items():
            if not self._ties(*tie):
                continue
            stated = tie in held
            spoken = held.setdefault(tie, [])
            for name in names:
                spoken += self._vouched(name, tie, "asserts" if stated else "alleges")
        for (subject, relation, target), spoken in held.items():
            yield subject, relation, target, list(dict.fromkeys(spoken))

    def label(self, iri: str) -> str:
        """What a term is called: its label, else the end of its IRI in words."""
        told = best(self._texts(iri, words.NAMES[:2]), "en") or words.PLAIN.get(iri, "")
        return told or words.in_words(local(iri.rstrip("/#")) or iri)

    def labels(self, iri: str) -> tuple[tuple[str, str], ...]:
        """The labels of a term as (language, text), one a language."""
        held = dict(reversed(self._texts(iri, words.NAMES[:2])))
        return tuple(sorted(held.items()))

    def name(self, iri: str, nested: int = 0) -> str:
        """What a thing is called."""
        if iri not in self._names:
            told = best(self._first(iri), "en")
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
        if term in self._inline:
            return self._line(term)
        return self.name(term)

    def short(self, iri: str) -> str:
        """A resource as its file may write it."""
        return words.compact(iri, self.prefixes)

    # ------------------------------------------------------------- what is a thing, what a tie

    def _ends(self, name: str) -> Iterator[str]:
        """The things that a subject is tied to, and those that stand for what is said of it."""
        if name in self.facts.stated:
            for s in self.facts.stated[name]:
                if isinstance(s.object, str) and self._ties(s.subject, s.predicate, s.object):
                    yield from (s.subject, s.object)
            yield from (one for one in self._sources(name) if one)
        else:
            for p, o, _ in self.facts.about.get(name, ()):
                if isinstance(o, str) and self._ties(name, p, o):
                    yield o

    def _ties(self, subject: str, predicate: str, target: str) -> bool:
        """Whether a triple joins two things."""
        if predicate in (words.TYPE, words.REIFIES) or target == words.NIL:
            return False
        if target in self._inline or subject in self._inline or target.startswith(words.LINKING):
            return False
        return predicate not in words.LINKS or target in self.facts.about

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

    # --------------------------------------------------------------------- what a thing says

    def _thing(self, iri: str) -> Thing:
        made = Thing(iri, self.name(iri), self._kinds(iri))
        first = self._first(iri)
        others = {tag: text for tag, text in reversed(first) if tag and text != made.name}
        made.names = tuple(sorted(others.items()))
        every = self._texts(iri, (*words.NAMES, *words.ALIASES))
        known = {made.name, *others.values()}
        made.aliases = tuple(dict.fromkeys(text for _, text in every if text not in known))
        said = self._texts(iri, words.DESCRIPTIONS)
        made.description = best(said, "en")
        for p, o, _ in self.facts.about.get(iri, ()):
            if isinstance(o, str):
                if p != words.TYPE and o in self._inline:
                    made.attributes.append((p, self._line(o)))
                elif (
                    p not in (words.TYPE, words.REIFIES)
                    and o != words.NIL
                    and not self._ties(iri, p, o)
                ):
                    made.links.append((p, o))
            elif isinstance(o, Statement) or (
                p not in words.NAMES
                and p not in words.ALIASES
                and line(o.value) != made.description
            ):
                made.attributes.append((p, self.plain(o)))
        made.attributes = [pair for pair in dict.fromkeys(made.attributes) if pair[1]]
        return made

    def _kinds(self, iri: str) -> tuple[str, ...]:
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

    def _texts(self, iri: str, predicates: Sequence[str]) -> list[tuple[str, str]]:
        """(language, text) of what literals say, by the order of the predicates."""
        said = (o for o in self.facts.of(iri, *predicates) if isinstance(o, Text))
        return [(o.language, text) for o in said if (text := line(o.value))]

    def _first(self, iri: str) -> list[tuple[str, str]]:
        """The texts of the first property that names a thing."""
        return next(filter(None, (self._texts(iri, (p,)) for p in words.NAMES)), [])

    def _nameless(self, iri: str, nested: int) -> str:
        if iri.startswith('"'):
            return iri[1:-1]
        if not iri.startswith("_:"):
            return words.called(iri, self.prefixes)
        kinds = self._kinds(iri)
        parent = self._parents.get(iri)
        what = self.label(kinds[0]) if kinds else self.label(parent[1]) if parent else "something"
        if parent and nested < _NESTED:
            owner = parent[0]
            if (
                owner in self._names
                or not owner.startswith("_:")
                or self._texts(owner, words.NAMES)
            ):
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
        if not self._inline[node]:
            said = self.facts.about[node]
            kinds = [self.label(o) for p, o, _ in said if p == words.TYPE and isinstance(o, str)]
            parts = [
                f"{self.label(p)}: {self.plain(o)}"
                for p, o, _ in said
                if p != words.TYPE or not isinstance(o, str)
            ]
            self._inline[node] = "; ".join(parts) or " and ".join(kinds)
        return self._inline[node]

    # ------------------------------------------------------------------- who stands for it

    def _plain(self, subject: str, document: str) -> Spoken:
        voice = self._voice(document)
        said = next(self._days(document, words.SAID), "") if voice else ""
        return Spoken(document, self.short(subject), voice, said=said)

    def _voice(self, of: str) -> str:
        """Who stands for a document or a statement; a text that names somebody in quotation marks."""
        for o in self.facts.of(of, *words.VOICES):
            if isinstance(o, str) and o not in self._inline:
                return o
            if isinstance(o, Text) and line(o.value):
                return f'"{line(o.value)}"'
        return ""

    @cached_property
    def cited(self) -> set[str]:
        """What statements are taken from."""
        return {one for name in self.facts.stated for one in self._documents(name)}

    def _sources(self, name: str) -> tuple[str, ...]:
        """The voice and the documents of a statement."""
        return self._voice(name), *self._documents(name)

    def _documents(self, name: str) -> list[str]:
        found = []
        for o in self.facts.of(name, *words.DOCUMENTS):
            if isinstance(o, str):
                found.append(o)
            elif isinstance(o, Text) and line(o.value):
                found.append(f'"{line(o.value)}"')
        return [o for o in dict.fromkeys(found) if o not in self._inline]

    def _vouched(self, name: str, tie: tuple[str, str, str], stance: str) -> Iterator[Spoken]:
        """What one statement about a tie says of who says it, where and when."""
        told: list[str] = []
        qualities: list[tuple[str, str]] = []
        documents, voice = self._documents(name), self._voice(name)
        taken = {*documents, voice}
        start = next(self._days(name, words.STARTS), "")
        end = next(self._days(name, words.ENDS), "")
        said = next(self._days(name, words.SAID), "")
        dated = {**dict.fromkeys(words.STARTS, start), **dict.fromkeys(words.ENDS, end)}
        dated |= dict.fromkeys(words.SAID, said)
        where = ""
        for p, o, document in self.facts.beside(name):
            where = where or document
            known = f'"{line(o.value)}"' if isinstance(o, Text) else o
            if (p in words.VOICES or p in words.DOCUMENTS) and known in taken:
                continue
            if dated.get(p):
                continue
            if isinstance(o, Text):
                qualities.append((p, self.plain(o)))
            else:
                told.append(f"{self.label(p)}: {self.plain(o)}")
        where = where or next((d for p, _, d in self.facts.about.get(name, ())), "")
        gloss = "; ".join(dict.fromkeys(told))
        voice = voice or ("" if documents else self._voice(where))
        place = self.short(tie[0]) if name.startswith("_:") else self.short(name)
        for cited in documents or [""]:
            speaker, via = (voice, cited) if voice and voice != cited else (cited or voice, "")
            more = tuple(dict.fromkeys(qualities))
            yield Spoken(where, place, speaker, stance, start, end, said, gloss, via, more)

    def _days(self, name: str, predicates: Sequence[str]) -> Iterator[str]:
        """The dates that literals give, as a cell has them."""
        for o in self.facts.of(name, *predicates):
            if isinstance(o, Text) and (day := date(o)):
                yield day


def line(text: str) -> str:
    """A text on one line, without control characters."""
    plain = text.isprintable() and "  " not in text
    return (text if plain else _CONTROL.sub(" ", text)).strip()


def date(text: Text) -> str:
    """A literal as a date, as precise as it is; empty if it is none.

    >>> date(Text("2020-05-01T10:00:00Z", "", XSD + "dateTime")), date(Text("about 2020"))
    ('2020-05-01', '')
    """
    found = _DAY.fullmatch(text.value.strip())
    if not found or (text.datatype not in _DATES and text.datatype != XSD + "string"):
        return ""
    try:
        return dates.parse(found[1]).text
    except ValueError:
        return ""
