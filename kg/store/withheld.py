"""The graph as it is handed on: what a case withholds is left out, or stands under no name.

What is withheld is said by `withhold.csv`. Of a record whose *name* is withheld every name and alias
gives way to other words, wherever it stands, its id to a number, and its own row to nothing but its
class, dates of print and places; of one whose *claims* are withheld nothing is left: no claim about
it, nothing that it says or that stands in it. Texts that are changed lose their digests and quotes,
by which somebody could try names.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.case import claim_rows, slugs
from kg.case.claim_rows import Said
from kg.case.source import Rows
from kg.model.claims import Attestation, Entity, is_entity, named
from kg.model.errors import BadGraph
from kg.store import scratch
from kg.store.build import assemble
from kg.store.graph import ONTOLOGY, WITHHELD, Graph
from kg.text.phrases import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kg.case.row import Problems
    from kg.model.ontology import Ontology
    from kg.store.stores import Store

_IN_PLACE = "(name withheld)"
# What is kept of the row of a record whose name is withheld.
_KEPT = ("PublishedOn", "ChangedOn", "Author", "Publisher", "PartOf", "LocatedIn", "TerritoryOf")
_ROW = "attestation/"


def handed_on(graph: Graph, root: str = "") -> Graph:
    """The graph as it may be handed on; itself, if nothing is withheld.

    `root` is the folder of its case, whose table of what is withheld must be the one that the
    graph was built with: raises BadGraph if it is not. Cost: with anything withheld, all of the
    graph is read and written once, into a folder that goes with the process.
    """
    if root:
        _refuse_changed(graph, Path(root))
    if not graph.holds(WITHHELD):
        return graph
    with open(graph.part(WITHHELD), encoding="utf-8") as file:
        rows = json.load(file)
    source = _Source(graph, rows)
    folder = scratch.folder("kg-handed-on-")
    assemble(source, Path(folder))
    return _HandedOn(graph, folder, source.told())


def _refuse_changed(graph: Graph, root: Path) -> None:
    inputs: Mapping[str, str] = graph.manifest["inputs"]
    now = {p.name for p in (root / "data").glob("withhold.*") if not p.name.startswith(".")}
    then = {name.removeprefix("data/") for name in inputs if name.startswith("data/withhold.")}
    changed = now ^ then
    for name in now & then:
        import hashlib

        if (
            hashlib.sha256((root / "data" / name).read_bytes()).hexdigest()
            != inputs[f"data/{name}"]
        ):
            changed.add(name)
    if changed:
        raise BadGraph(
            f"{min(changed)} is not as it was when the graph was built, and says what is not to be "
            "handed on; run kg build"
        )


class _HandedOn(Graph):
    """A graph without what is withheld. SPARQL is asked of the whole; its answer only chooses."""

    def __init__(self, whole: Graph, folder: str, told: str) -> None:
        super().__init__(folder, whole.out, whole.base)
        self._whole = whole
        self.seen, self.say = told, whole.say

    @property
    def version(self) -> str:
        return self._whole.version

    @property
    def store(self) -> Store:
        return self._whole.store


class _Source:
    """The rows of a graph without what is withheld."""

    out, root = Path(), None

    def __init__(self, graph: Graph, rows: list[dict[str, str]]) -> None:
        self._graph = graph
        self._gone = {row["record"] for row in rows if row["what"] == "claims"}
        self._ids = {
            row["record"]: f"withheld-{number}"
            for number, row in enumerate(rows, 1)
            if row["what"] == "name"
        }
        self._words: dict[str, str] = {}
        self._instead: dict[str, str] = {}
        for row in rows:
            instead = row["instead"] or _IN_PLACE
            self._instead[row["record"]] = instead
            entity = graph.ledger.entity(row["record"])
            names = (entity.name, *entity.aliases, *(name for _, name in entity.names))
            called = (named(c.object)[1] for c in graph.ledger.claims_about(entity.id))
            for name in filter(None, (*names, *called)):
                self._words[name.casefold()] = instead
        longest = sorted(self._words, key=lambda word: (-len(word), word))
        self._pattern = re.compile(
            "|".join(
                rf"(?<!\w){re.escape(w)}(?!\w)" if w.isascii() else re.escape(w) for w in longest
            ),
            re.IGNORECASE,
        )
        self._rename()
        self._renamed: dict[str, str] = {}
        self._left = 0

    def _rename(self) -> None:
        """Give numbers to the other records whose ids tell a name."""
        told = {slugs.slug(word) for word in self._words} - {""}
        pattern = re.compile(
            "|".join(rf"(?:^|-){re.escape(t)}(?:-|$)" for t in sorted(told)) or "$^"
        )
        others = (e.id for e in self._entities() if e.id not in self._ids and pattern.search(e.id))
        self._others = {name: f"record-{number}" for number, name in enumerate(others, 1)}

    def told(self) -> str:
        """What is withheld, in words."""
        parts = []
        if self._ids:
            parts.append(f"{count(len(self._ids), 'name')} withheld")
        if self._gone:
            parts.append(
                f"{count(len(self._gone), 'record')} withheld with {count(self._left, 'attestation')}"
            )
        return ", ".join(parts)

    @property
    def about(self) -> Mapping[str, Any]:
        about: Mapping[str, Any] = self._graph.manifest["case"]
        return {k: self._said(v) if isinstance(v, str) else v for k, v in about.items()}

    @property
    def ontology(self) -> Ontology:
        return self._graph.terms

    def turtle(self) -> Iterator[str]:
        with open(self._graph.part(ONTOLOGY), encoding="utf-8", newline="\n") as file:
            # Definitions and examples may tell a name as any text does.
            yield from map(self._said, file)

    def digests(self) -> dict[str, str]:
        return {}

    def rows(self, problems: Problems) -> Rows:
        return Rows(((self._entity(e), ()) for e in self._entities()), self._attestations())

    def _entities(self) -> Iterator[Entity]:
        return (e for e in self._graph.ledger.entities() if e.id not in self._gone)

    def _said(self, text: str) -> str:
        """A text without the names."""
        return self._pattern.sub(lambda m: self._words[m[0].casefold()], text)

    def _id(self, name: str) -> str:
        return self._ids.get(name) or self._others.get(name, name)

    def _entity(self, entity: Entity) -> Entity:
        terms = self._graph.terms
        withheld = entity.id in self._ids
        pairs = []
        for prop, value in entity.attributes:
            kept = not withheld or any(terms.plays(prop, role) for role in _KEPT)
            if terms.refers(terms.attributes[prop]):
                if kept and value not in self._gone:
                    pairs.append((prop, self._id(value)))
            elif kept:
                pairs.append((prop, self._said(value)))
        if withheld:
            return Entity(
                self._id(entity.id), self._instead[entity.id], entity.kind, attributes=tuple(pairs)
            )
        return entity._replace(
            id=self._id(entity.id),
            name=self._said(entity.name),
            aliases=tuple(dict.fromkeys(map(self._said, entity.aliases))),
            names=tuple((language, self._said(name)) for language, name in entity.names),
            attributes=tuple(dict.fromkeys(pairs)),
        )

    def _attestations(self) -> Iterator[Said]:
        """What is said of all that is left, what is said of a row of it after that row."""
        waiting: list[Said] = []
        for claim in self._graph.ledger.claims():
            ends = (claim.subject, claim.object)
            for a in claim.attestations:
                if {*ends, a.voice, a.document} & self._gone or self._names(
                    claim.subject, claim.object
                ):
                    self._left += 1
                    continue
                made = Said(
                    self._id(claim.subject),
                    claim.relation,
                    self._end(claim.object),
                    claim.figure,
                    self._attestation(a),
                    ("", 0),
                )
                if a.instead_of or claim.object.startswith(_ROW):
                    waiting.append(made)
                else:
                    yield self._with_ids(a.id, made)
        yield from self._settled(waiting)

    def _names(self, subject: str, target: str) -> bool:
        """Whether a claim says how a record is called whose name is withheld."""
        return subject in self._ids and bool(named(target)[1])

    def _end(self, end: str) -> str:
        return self._id(end) if is_entity(end) else end

    def _attestation(self, a: Attestation) -> Attestation:
        gloss, quote, locator = map(self._said, (a.gloss, a.quote, a.locator))
        same = (gloss, quote, locator) == (a.gloss, a.quote, a.locator)
        ways = []
        for way in a.chains:
            kept = (self._id(name) for name in way if name not in self._gone)
            ways.append(" < ".join(kept))
        return a._replace(
            voice=self._id(a.voice),
            document=self._id(a.document),
            locator=locator,
            gloss=gloss,
            quote=quote if same else "",
            digest=a.digest if same else "",
            chain=" | ".join(filter(None, ways)),
            # Who speaks for whom is worked out anew from what is left.
            party="",
            qualities=tuple((term, self._quality(value)) for term, value in a.qualities),
        )

    def _quality(self, value: str) -> str:
        """The value of a quality: an id, or a text."""
        return self._ids.get(value) or self._others.get(value) or self._said(value)

    def _with_ids(self, old: str, said: Said) -> Said:
        """With the ids of what it says now, which are those of the graph where nothing was changed."""
        made = claim_rows.sealed(said)
        self._renamed[old] = made.attestation.id
        return made

    def _settled(self, waiting: list[Said]) -> Iterator[Said]:
        """What refers to rows, each after the row that it refers to; without those that are gone."""
        while waiting:
            later = []
            for said in waiting:
                a = said.attestation
                about = said.object.removeprefix(_ROW) if said.object.startswith(_ROW) else ""
                if all(r in self._renamed for r in (about, a.instead_of) if r):
                    target = _ROW + self._renamed[about] if about else said.object
                    instead = self._renamed[a.instead_of] if a.instead_of else ""
                    new = a._replace(instead_of=instead)
                    ends = (said.subject, said.relation, target, said.figure)
                    yield self._with_ids(a.id, Said(*ends, new, said.place))
                else:
                    later.append(said)
            if len(later) == len(waiting):
                break
            waiting = later
        for said in waiting:
            if said.object.startswith(_ROW):
                self._left += 1
            else:
                # What it stood in place of is gone; it stands itself.
                alone = said.attestation._replace(instead_of="")
                ends = (said.subject, said.relation, said.object, said.figure)
                yield self._with_ids(said.attestation.id, Said(*ends, alone, said.place))
