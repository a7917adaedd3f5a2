"""RDF files as a graph of their own, without a case: read, built in a folder of its own, opened.

The files are read and the graph is built in a child process, under the limits of a query. What the
graph says is what the files say: a file or a named graph is the document, and where nothing says
who stands for a triple it has no voice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.case import terms as case_terms
from kg.case.claim_rows import Said, sealed
from kg.case.source import Rows
from kg.exchange.rdf import words
from kg.exchange.rdf.content import Content, Thing
from kg.exchange.rdf.facts import Facts
from kg.exchange.rdf.speakers import Spoken
from kg.model import dates
from kg.model.claims import Attestation, Entity
from kg.model.namespaces import OWL, RDF, RDFS, SKOS, local
from kg.model.ontology import Ontology, Term
from kg.sparql import files as datasets

if TYPE_CHECKING:
    from kg.case.row import Problems
    from kg.sparql.files import DataFile

LOCATORS = {
    **dict.fromkeys(words.LATITUDE, "Latitude"),
    **dict.fromkeys(words.LONGITUDE, "Longitude"),
}
# Classes whose members are about data and not about the world: not drawn at first.
_ASIDE = {RDFS + "Class", OWL + "Class", RDF + "Property", OWL + "ObjectProperty"}
_ASIDE |= {OWL + "DatatypeProperty", OWL + "AnnotationProperty", OWL + "Ontology"}
_ASIDE |= {OWL + "Restriction", SKOS + "ConceptScheme"}
_FIRST = 6


class Terms:
    """The ontology of RDF: its classes, what joins things, what describes them.

    A term is called by the end of its IRI; where two end alike, by its short form.
    """

    def __init__(self, content: Content) -> None:
        self._names = content.names
        core = case_terms.read(())
        self.classes = dict(core.classes)
        # What has no class is drawn here: it may be all that there is.
        self.classes["Entity"] = core.classes["Entity"]._replace(rank=_FIRST + 1)
        self.relations: dict[str, Term] = {}
        self.qualities: dict[str, Term] = {}
        self.attributes = {n: core.attributes[n] for n in ("description", "digest")}
        self._named: dict[tuple[str, str], str] = {}

    def ontology(self, prefixes: Mapping[str, str]) -> Ontology:
        """All terms that were asked for."""
        terms = self.classes, self.relations, dict[str, Term](), self.attributes
        return Ontology(*terms, prefixes, qualities=self.qualities)

    def kind(self, iris: Sequence[str], *, document: bool = False) -> str:
        """The class of a thing; of several the first, and Entity or Document of what has none."""
        if not iris:
            return "Document" if document else "Entity"
        return self._class(iris[0])

    def _class(self, iri: str) -> str:
        if iri == RDFS + "Resource":
            return "Entity"
        if held := self._named.get(("class", iri)):
            return held
        name = self._name("class", iri, self.classes)
        # Noted before its parents are, so that a circle ends.
        self.classes[name] = self._term("class", name, iri)
        above = self._names.classes.get(iri, ())
        parents = tuple(map(self._class, above)) or ("Entity",)
        rank = 99 if iri in _ASIDE else _FIRST
        # A picture tells the highest classes apart that tell anything.
        drawn = iri not in words.VAGUE and all(a in words.VAGUE for a in above)
        made = self.classes[name]._replace(parents=parents, rank=rank, table=name if drawn else "")
        self.classes[name] = made
        return name

    def relation(self, iri: str) -> str:
        """What joins two things."""
        if held := self._named.get(("relation", iri)):
            return held
        name = self._name("relation", iri, self.relations)
        # Noted before its parents are, so that a circle ends.
        self.relations[name] = self._term("state", name, iri)
        facts, label = self._names.facts, self._names.label
        backwards = (i for i in facts.of(iri, words.INVERSE) if isinstance(i, str))
        inverse = next((label(i) for i in backwards if i[:2] != "_:"), "")
        symmetric = words.SYMMETRIC in facts.of(iri, words.TYPE)
        above = (i for i in facts.of(iri, words.PART_RELATION) if isinstance(i, str))
        self.relations[name] = self.relations[name]._replace(
            inverse=label(iri) if symmetric else inverse,
            symmetric=symmetric,
            parents=tuple(self.relation(i) for i in above if i[:2] != "_:" and i != iri),
        )
        return name

    def attribute(self, iri: str, link: bool = False) -> str:
        """What describes a thing: a text, or an address elsewhere."""
        kind = "link" if link else "attribute"
        if held := self._named.get((kind, iri)):
            return held
        name = self._name(kind, iri, self.attributes)
        roles = (LOCATORS[iri],) if iri in LOCATORS and not link else ()
        made = self._term("attribute", name, iri)
        self.attributes[name] = made._replace(
            ranges=("anyURI" if link else "string",), roles=roles, domains=("Entity",)
        )
        return name

    def quality(self, iri: str) -> str:
        """What literals say of a statement."""
        if held := self._named.get(("quality", iri)):
            return held
        name = self._name("quality", iri, self.qualities)
        made = self._term("quality", name, iri)
        self.qualities[name] = made._replace(column=name, ranges=("string",))
        return name

    def _name(self, kind: str, iri: str, taken: Mapping[str, Term]) -> str:
        wanted = (local(iri.rstrip("/#")), self._names.short(iri), iri, f"{iri} ({kind})")
        name = next(w for w in wanted if w and w not in taken)
        self._named[kind, iri] = name
        return name

    def _term(self, kind: str, name: str, iri: str) -> Term:
        told = next((o for o in self._names.facts.of(iri, *words.DESCRIPTIONS)), "")
        said = "" if isinstance(told, str) else self._names.plain(told)
        labels = self._names.labels(iri)
        return Term(name, iri, kind, self._names.label(iri), labels, said)


class Files:
    """RDF files as a source of rows (`kg.case.source.Source`)."""

    root = None

    def __init__(self, files: Sequence[DataFile], texts: Sequence[bytes], out: Path) -> None:
        self.out = out
        known: dict[str, str] = {}
        facts = Facts()
        names = [file.graph or file.base for file in files]
        paths = [os.path.basename(file.path) for file in files]
        facts.add((names[n], quad) for n, quad in datasets.each(files, texts, known))
        facts.settle()
        self.prefixes = words.USUAL | known
        self.content = Content(facts, self.prefixes)
        self._files = dict(zip(names, paths, strict=True))
        self._terms = Terms(self.content)
        self._things = list(self.content.things())
        self._kinds = {t.id: self._kind(t) for t in self._things}
        self._ties = [(s, self._terms.relation(r), o, a) for s, r, o, a in self.content.ties()]
        self._entities = list(map(self._entity, self._things))
        title = " and ".join(paths)
        self.about: Mapping[str, Any] = {
            "title": title,
            "description": "",
            "licence": "",
            "base": "file:///",
            "language": "en",
            "editors": (),
            "version": "",
        }

    @property
    def ontology(self) -> Ontology:
        """The terms that the files use."""
        return self._terms.ontology(self.prefixes)

    def turtle(self) -> Iterator[str]:
        """Nothing: SPARQL is asked of the files themselves."""
        return iter(())

    def digests(self) -> dict[str, str]:
        """Nothing to compare with later."""
        return {}

    def rows(self, problems: Problems) -> Rows:
        """Every thing and every tie."""
        return Rows(((entity, ()) for entity in self._entities), self._said())

    def _kind(self, thing: Thing) -> str:
        document = thing.id in self.content.facts.documents
        return self._terms.kind(thing.kinds, document=document)

    def _entity(self, thing: Thing) -> Entity:
        terms = self._terms
        attributes = [("description", thing.description)] if thing.description else []
        others = thing.kinds[1:]
        attributes += ((terms.attribute(words.TYPE), self.content.names.label(k)) for k in others)
        attributes += (
            (terms.attribute(p), text) for p, text in thing.attributes if _holds(p, text)
        )
        attributes += ((terms.attribute(p, link=True), iri) for p, iri in thing.links)
        name = self._files.get(thing.id, thing.name) if not thing.kinds else thing.name
        return Entity(
            thing.id, name, self._kinds[thing.id], thing.aliases, thing.names, tuple(attributes)
        )

    def _said(self) -> Iterator[Said]:
        for number, (subject, relation, target, spoken) in enumerate(self._ties):
            for one in spoken:
                ends = self._terms.relations[relation].ends(subject, target)
                place = (one.document, number)
                yield sealed(Said(ends[0], relation, ends[1], False, self._attested(one), place))

    def _attested(self, one: Spoken) -> Attestation:
        """What is said of a tie as a row of a ledger."""
        qualities = ((self._terms.quality(iri), text) for iri, text in one.qualities)
        start, end, said = map(dates.parse, (one.start, one.end, one.said))
        period, earliest, latest = dates.period(start, end)
        return Attestation(
            id="",
            claim="",
            stance=one.stance,
            voice=one.voice,
            document=one.document,
            locator=one.locator,
            chain=one.cited,
            period=period,
            earliest=earliest,
            # A state whose end nobody tells has none.
            latest=latest if one.end else "",
            said=said.text,
            said_earliest=said.earliest,
            said_latest=said.latest,
            holds_from=start.earliest,
            holds_to=end.latest,
            known_earliest=said.earliest,
            known_latest=said.latest,
            gloss=one.gloss,
            qualities=tuple(sorted(qualities)),
        )


def _holds(iri: str, text: str) -> bool:
    """Whether a text can be kept under a property: a place on the map has to be a number."""
    if iri not in LOCATORS:
        return True
    try:
        return abs(float(text)) <= 180
    except ValueError:
        return False
