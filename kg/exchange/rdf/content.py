"""What RDF says as things and ties between them, each tie with all that is said for it.

A resource is a thing: its names, its classes, its literals as attributes, and addresses of it
elsewhere too. What joins two things is a tie. `kg.exchange.rdf.names` says what they are called,
`kg.exchange.rdf.speakers` who stands for a tie.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.case.term import best
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Facts, Statement
from kg.exchange.rdf.names import Names, line
from kg.exchange.rdf.speakers import Speakers, Spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
    """Reads facts as things and ties. `prefixes` shorten the IRIs of what has no name.

    `names` says what they are called, `speakers` who stands for them.
    """

    def __init__(self, facts: Facts, prefixes: Mapping[str, str]) -> None:
        self.facts = facts
        self.names = Names(facts, prefixes)
        self.speakers = Speakers(self.names)

    def things(self) -> Iterator[Thing]:
        """Every thing, in the order in which it is first spoken of."""
        facts, seen = self.facts, set[str]()
        speakers = filter(None, map(self.speakers.voice, facts.documents))
        for name in [*facts.documents, *speakers, *facts.about]:
            for one in (name, *self._ends(name)):
                if one not in seen and one not in facts.stated and one not in self.names.inline:
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
        stating: dict[tuple[str, str, str], dict[str, None]] = {}
        for name, said in self.facts.about.items():
            for p, o, document in said:
                if isinstance(o, str) and self._ties(name, p, o) and name not in self.facts.stated:
                    held.setdefault((name, p, o), [])
                    stating.setdefault((name, p, o), {})[document] = None
        for tie, names in told.items():
            if self._ties(*tie):
                spoken = held.setdefault(tie, [])
                for name in names:
                    spoken += self.speakers.vouched(name, tie, stating.get(tie, {}))
        for tie, documents in stating.items():
            # What a statement beside it tells more of is not told twice; another document's is its own.
            more = {one.document for one in held[tie]}
            held[tie] += (self.speakers.plain(tie[0], d) for d in documents if d not in more)
        for (subject, relation, target), spoken in held.items():
            yield subject, relation, target, list(dict.fromkeys(spoken))

    # ------------------------------------------------------------- what is a thing, what a tie

    def _ends(self, name: str) -> Iterator[str]:
        """The things that a subject is tied to, and those that stand for what is said of it."""
        if name in self.facts.stated:
            for s in self.facts.stated[name]:
                if isinstance(s.object, str) and self._ties(s.subject, s.predicate, s.object):
                    yield from (s.subject, s.object)
            yield from (one for one in self.speakers.sources(name) if one)
        else:
            for p, o, _ in self.facts.about.get(name, ()):
                if isinstance(o, str) and self._ties(name, p, o):
                    yield o

    def _ties(self, subject: str, predicate: str, target: str) -> bool:
        """Whether a triple joins two things."""
        if predicate in (words.TYPE, words.REIFIES) or target == words.NIL:
            return False
        if (
            target in self.names.inline
            or subject in self.names.inline
            or target.startswith(words.LINKING)
        ):
            return False
        return predicate not in words.LINKS or target in self.facts.about

    # --------------------------------------------------------------------- what a thing says

    def _thing(self, iri: str) -> Thing:
        made = Thing(iri, self.names.name(iri), self.names.kinds(iri))
        first = self.names.first(iri)
        others = {tag: text for tag, text in reversed(first) if tag and text != made.name}
        made.names = tuple(sorted(others.items()))
        every = self.names.texts(iri, (*words.NAMES, *words.ALIASES))
        known = {made.name, *others.values()}
        made.aliases = tuple(dict.fromkeys(text for _, text in every if text not in known))
        said = self.names.texts(iri, words.DESCRIPTIONS)
        made.description = best(said, "en")
        for p, o, _ in self.facts.about.get(iri, ()):
            if isinstance(o, str):
                if p != words.TYPE and o in self.names.inline:
                    made.attributes.append((p, self.names.plain(o)))
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
                made.attributes.append((p, self.names.plain(o)))
        made.attributes = [pair for pair in dict.fromkeys(made.attributes) if pair[1]]
        return made
