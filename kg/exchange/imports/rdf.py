"""RDF in all its syntaxes: a triple between two things is a claim, its graph or the file the document.

Reified statements and RDF 1.2 say who stands for a claim, where and when. Literals are
attributes, classes and properties become the ontology.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kg.exchange.draft import Draft
from kg.exchange.rdf import own, words
from kg.exchange.rdf.content import Content, Thing
from kg.exchange.rdf.facts import Text
from kg.exchange.rdf.names import line
from kg.exchange.rdf.own_facts import is_own
from kg.exchange.rdf.parsed import facts
from kg.exchange.rdf.speakers import Spoken
from kg.exchange.source import Source
from kg.exchange.tally import PASSED
from kg.exchange.xml_source import root
from kg.model.namespaces import OWL, RDFS, SKOS, XSD, local
from kg.sparql.files import FORMATS, data_file

TITLE = "RDF"
_XML = ("xml", "rdf", "owl")
_TYPES = dict.fromkeys(
    ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"), "integer"
)
_TYPES |= dict.fromkeys(("unsignedInt", "unsignedLong", "negativeInteger"), "integer")
_TYPES |= dict.fromkeys(("decimal", "double", "float"), "decimal")
_TYPES |= {"boolean": "boolean"} | dict.fromkeys(
    ("date", "gYear", "gYearMonth", "dateTime"), "date"
)
# What joins terms to terms: told in the ontology, or for other programs.
_OF_TERMS = {words.PART_CLASS, words.PART_RELATION, words.INVERSE, RDFS + "domain", RDFS + "range"}
_OF_TERMS |= {OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "disjointWith"}
_OF_TERMS |= {OWL + "propertyDisjointWith", RDFS + "isDefinedBy"}
_SAME = {OWL + "sameAs", SKOS + "exactMatch"}
# Bytes of memory for the parser beside what the file takes.
_MEMORY = 2 << 30


def fits(source: Source) -> bool:
    """Whether the ending says so; XML only if it is RDF/XML."""
    kind = source.ending.removeprefix(".")
    return kind in FORMATS and (kind not in _XML or root(source) == "RDF")


def read(source: Source, draft: Draft) -> Callable[[Path], None] | None:
    """All triples of the file. Cost: they are held in memory, a gigabyte for some million and a half.

    Of a graph that kg wrote it gives what writes the case again, with all its ids.
    """
    if source.ending.removeprefix(".") not in FORMATS:
        raise source.bad(
            "its name does not say which syntax it has", f"name it .{', .'.join(FORMATS)}"
        )
    memory = _MEMORY + 4 * source.size
    # The parser's own limit of size is for questions.
    file = data_file(os.fspath(source.path), memory=memory * 16)
    found, prefixes = facts([file], memory)
    if is_own(found):
        return lambda folder: own.write(found, prefixes, source.path.stem, draft, folder)
    draft.read("triple", found.count)
    _Taker(draft, Content(found, words.USUAL | prefixes), file.base).take()
    return None


class _Taker:
    """Gives a draft the things and ties of RDF."""

    def __init__(self, draft: Draft, content: Content, file: str) -> None:
        self._draft, self._content, self._file = draft, content, file
        self._names = content.names
        self._called: dict[tuple[str, str], str] = {}
        self._made: dict[tuple[str, str], str] = {}
        self._terms = set(self._names.classes) | self._names.predicates
        self._things = {t.id: t for t in content.things()}
        self._sources = {*content.facts.documents} - {file}
        self._types = self._datatypes()

    def take(self) -> None:
        draft = self._draft
        ties = [*self._content.ties()]
        # What a relation is called backwards is a term as the relation is, and so is what lies above.
        used = {*self._terms}
        for subject, relation, target, _ in ties:
            if relation in (words.INVERSE, words.PART_RELATION) and {subject, target} & used:
                self._terms |= {subject, target}
        # A term is a record too only where it is spoken of as things are.
        spoken = {one for s, _, o, _ in ties if not {s, o} <= self._terms for one in (s, o)}
        told = set[str]()
        for thing in self._things.values():
            if thing.id == self._file and not (thing.attributes or thing.kinds):
                continue
            if thing.id in self._terms and thing.id not in spoken:
                told.add(thing.id)
                draft.tally.add(PASSED, "term", "it is in the ontology")
            else:
                draft.read("thing")
                self._thing(thing)
        for subject, relation, target, said in ties:
            draft.read("tie")
            if {subject, target} <= told and relation in _OF_TERMS:
                draft.tally.add(PASSED, "tie", "of two terms: it is in the ontology")
            elif {subject, target} <= told:
                label = self._names.label(relation)
                draft.left("tie", f"“{label}” of two terms, of which an ontology says nothing")
            else:
                for one in said:
                    self._claim(subject, relation, target, one)

    # ---------------------------------------------------------------- things

    def _key(self, id: str) -> str:
        """The key of a thing: its IRI; of the file, the source's; what has no name is this file's own."""
        if id == self._file:
            return self._draft.source
        scheme = {"_": self._draft.called, '"': "text"}.get(id[0], "iri")
        return f"{scheme}/{id}"

    def _thing(self, thing: Thing) -> None:
        web = thing.id.startswith(("http://", "https://"))
        if (
            web
            and thing.id in self._content.speakers.cited
            and thing.id not in self._content.facts.about
        ):
            # Nothing is said of it: it is a page that is cited.
            self._draft.document("", key=self._key(thing.id), url=thing.id)
            return
        kind = self._kind(thing)
        attributes: dict[str, list[str]] = {}
        for iri, text in thing.attributes:
            attributes.setdefault(self._attribute(iri), []).append(self._plain(iri, text))
        same = []
        for iri, target in thing.links:
            if iri in _SAME and target.startswith(("http://", "https://")):
                same.append(target)
            else:
                attributes.setdefault(self._attribute(iri, "link"), []).append(target)
        for other in thing.kinds[1:]:
            if other not in words.VAGUE:
                label = self._names.label(other)
                attributes.setdefault(self._attribute(words.TYPE), []).append(label)
        end = unquote(local(thing.id.rstrip("/#")))
        named = thing.id[:1] in '_"' or not any(map(str.isalpha, end))
        self._draft.thing(
            self._key(thing.id),
            kind,
            thing.name,
            called=thing.name if named else end,
            foreign="" if thing.id[0] in '_"' or thing.id == self._file else thing.id,
            aliases=thing.aliases,
            names=dict(thing.names),
            description=thing.description,
            same_as=same,
            attributes=attributes,
            locator=self._names.short(thing.id),
        )

    def _kind(self, thing: Thing) -> str:
        document = thing.id in self._sources or thing.id == self._file
        if not thing.kinds:
            if document:
                return "Document"
            return self._draft.term("class", "Thing", label="thing", table="things")
        return self._class(thing.kinds[0], document)

    def _class(self, iri: str, document: bool = False) -> str:
        called = self._call("class", iri)
        group = "document class" if document else "class"
        if (group, iri) not in self._made:
            # Before the parents are made, so that a circle ends.
            self._made[group, iri] = "Document" if document else "Entity"
            above = [self._class(a, document) for a in self._names.classes.get(iri, ())]
            above = [a for a in above if a != "Entity"] or (["Document"] if document else [])
            if document:
                called = f"{called} (document)" if ("class", iri) in self._made else called
            self._made[group, iri] = self._draft.term(
                "class",
                called,
                label=self._names.label(iri),
                parent=above,
                **self._about(iri),
            )
        return self._made[group, iri]

    def _attribute(self, iri: str, kind: str = "attribute") -> str:
        if (kind, iri) not in self._made:
            called = self._call("attribute", iri)
            if kind == "link" and ("attribute", iri) in self._made:
                called = f"{called} link"
            self._made[kind, iri] = self._draft.term(
                "attribute",
                called,
                label=self._names.label(iri),
                datatype=self._types.get(iri, "string") if kind == "attribute" else "string",
                **self._about(iri),
            )
        return self._made[kind, iri]

    def _relation(self, iri: str) -> str:
        if ("state", iri) not in self._made:
            facts = self._content.facts
            self._made["state", iri] = ""
            backwards = (i for i in facts.of(iri, words.INVERSE) if isinstance(i, str))
            inverse = next((self._names.label(i) for i in backwards if i[:2] != "_:"), "")
            above = (i for i in facts.of(iri, words.PART_RELATION) if isinstance(i, str))
            parents = [self._relation(i) for i in above if i[:2] != "_:" and i != iri]
            self._made["state", iri] = self._draft.term(
                "state",
                self._call("state", iri),
                label=self._names.label(iri),
                inverse=inverse,
                parent=[p for p in parents if p],
                symmetric=words.SYMMETRIC in facts.of(iri, words.TYPE),
                **self._about(iri),
            )
        return self._made["state", iri]

    def _call(self, kind: str, iri: str) -> str:
        """What a term is called: the end of its IRI, with its prefix where another ends alike."""
        if (kind, iri) not in self._called:
            taken = {name for (k, _), name in self._called.items() if k == kind}
            wanted = (
                local(iri.rstrip("/#")),
                self._names.short(iri).replace(":", " "),
                iri,
            )
            self._called[kind, iri] = next(w for w in wanted if w and w not in taken)
        return self._called[kind, iri]

    def _about(self, iri: str) -> dict[str, Any]:
        """What a term says of itself, and where it comes from."""
        said = self._content.facts.of(iri, *words.DESCRIPTIONS)
        comment = next((line(o.value) for o in said if isinstance(o, Text)), "")
        plain = not any(c in iri for c in '<>"{}|^`\\ ')
        marks = {"rdfs:seeAlso": f"<{iri}>"} if plain and ":" in iri else {}
        return {"comment": comment, "marks": marks}

    def _datatypes(self) -> dict[str, str]:
        """The type of each property whose literals are all of it."""
        found: dict[str, set[str]] = {}
        for said in self._content.facts.about.values():
            for predicate, target, _ in said:
                if isinstance(target, Text):
                    kind = _TYPES.get(target.datatype.removeprefix(XSD), "string")
                    found.setdefault(predicate, set()).add(kind)
                else:
                    found.setdefault(predicate, set()).add("string")
        made = {}
        for iri, kinds in found.items():
            if kinds <= {"integer", "decimal"}:
                made[iri] = "decimal" if "decimal" in kinds else "integer"
            else:
                made[iri] = min(kinds) if len(kinds) == 1 else "string"
        return made

    def _plain(self, iri: str, text: str) -> str:
        if self._types.get(iri) == "boolean":
            return {"1": "true", "0": "false"}.get(text, text)
        return text

    # ---------------------------------------------------------------- claims

    def _claim(self, subject: str, relation: str, target: str, one: Spoken) -> None:
        self._draft.claim(
            self._key(subject),
            self._relation(relation),
            self._key(target),
            document=self._key(one.document),
            locator=one.locator,
            voice=self._key(one.voice) if one.voice else "",
            via=[self._key(one.cited)] if one.cited else [],
            stance="" if one.stance == "asserts" else one.stance,
            from_=one.start,
            to=one.end,
            said=one.said,
            gloss=one.gloss,
            qualities=self._qualities(one),
        )

    def _qualities(self, one: Spoken) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for iri, text in one.qualities:
            if ("quality", iri) not in self._made:
                self._made["quality", iri] = self._draft.term(
                    "quality",
                    self._call("quality", iri),
                    label=self._names.label(iri),
                    datatype=self._types.get(iri, "string"),
                    **self._about(iri),
                )
            found.setdefault(self._made["quality", iri], []).append(self._plain(iri, text))
        return {name: " | ".join(texts) for name, texts in found.items()}
