"""A part of a graph as the rows of a graph of its own, under the names that may be told.

What is withheld is said by rows as `withhold.csv` has them. Of a record whose *name* is withheld
every name and alias gives way to other words, wherever it stands, its id to a number, and its own
row to nothing but its class, dates of print and places; of one whose *claims* are withheld nothing
is left: no claim about it, nothing that it says or that stands in it. Texts that are changed lose
their digests and quotes, by which somebody could try names.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from kg.case import claim_rows, slugs
from kg.case.claim_rows import Said
from kg.case.ids import RECORDS, Judgement, merged
from kg.case.source import Rows
from kg.model.claims import TEXTS, Attestation, Entity, is_entity, name_end, named
from kg.store.graph import JUDGEMENTS, ONTOLOGY, Graph
from kg.store.remnants import Remnants
from kg.text.phrases import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.case.row import Problems
    from kg.model.ontology import Ontology

_IN_PLACE = "(name withheld)"
# What is kept of the row of a record whose name is withheld.
_KEPT = ("PublishedOn", "ChangedOn", "Author", "Publisher", "PartOf", "LocatedIn", "TerritoryOf")
_ROW = "attestation/"
# The cells of a row in which a name may stand.
_IN_WORDS = [field for field in TEXTS if field not in ("passage", "digest")]
# Nothing fits it.
_NOTHING = "(?!)"


class Part:
    """The rows that a graph shows (`kg.case.source.Source`), without what is withheld."""

    out, root = Path(), None

    def __init__(
        self, graph: Graph, rows: Sequence[Mapping[str, str]], gone: Iterable[str] = ()
    ) -> None:
        self._graph = graph
        self._gone = {row["record"] for row in rows if row["what"] == "claims"}
        # What has to go for another reason is not counted as withheld.
        self._unsaid = {*gone}
        self._judged = judgements(graph)
        self._merged = merged((j.left, j.right) for j in self._judged if j.kind == "same")
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
            called = (named(c.object)[1] for c in graph.ledger.claims_about(entity.id))
            for name in filter(None, (*_called(entity), *called)):
                self._words[name.casefold()] = instead
        longest = sorted(self._words, key=lambda word: (-len(word), word))
        self._pattern = re.compile(
            "|".join(
                rf"(?<!\w){re.escape(w)}(?!\w)" if w.isascii() else re.escape(w) for w in longest
            )
            or _NOTHING,
            re.IGNORECASE,
        )
        self._rename()
        self.remnants = self._gathering({row["record"] for row in rows})
        self._renamed: dict[str, str] = {}
        self._left = 0

    def _rename(self) -> None:
        """Give numbers to the other records whose ids tell a name, and to those merged into one withheld."""
        told = {slugs.slug(word) for word in self._words} - {""}
        self._telling = re.compile(
            "|".join(rf"(?:^|[^a-z0-9]){re.escape(t)}(?:$|[^a-z0-9])" for t in sorted(told))
            or _NOTHING
        )
        names = (*(e.id for e in self._entities()), *self._merged)
        others = (n for n in names if n not in self._ids and self._tells(n))
        self._others = {name: f"record-{number}" for number, name in enumerate(others, 1)}

    def _gathering(self, withheld: set[str]) -> Remnants:
        """What looks for words of the names that are withheld."""
        names = (n for e in self._entities() if e.id not in withheld for n in _called(e))
        terms = self._graph.terms
        plain = (label for group in terms.groups for t in group.values() for _, label in t.labels)
        return Remnants(self._words, names if self._words else (), plain)

    def _tells(self, name: str) -> bool:
        return self._merged.get(name, "") in self._ids or bool(self._telling.search(name))

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
        """What the case says of itself."""
        about: Mapping[str, Any] = self._graph.manifest["case"]
        return {
            k: self.text(v, "case.toml", k) if isinstance(v, str) else v for k, v in about.items()
        }

    @property
    def ontology(self) -> Ontology:
        """The terms of the graph."""
        return self._graph.terms

    def turtle(self) -> Iterator[str]:
        """The ontology as N-Triples."""
        with open(self._graph.part(ONTOLOGY), encoding="utf-8", newline="\n") as file:
            # Definitions and examples may tell a name as any text does.
            for line in file:
                yield self.text(line, "the ontology", "a text")

    def digests(self) -> dict[str, str]:
        """Nothing to compare with later."""
        return {}

    def rows(self, problems: Problems) -> Rows:
        """Every entity, attestation and judgement that is left."""
        judged = [j for j in map(self._decided, self._judged) if j]
        entities = ((self._entity(e), ()) for e in self._entities())
        same = merged((j.left, j.right) for j in judged if j.kind == "same")
        return Rows(entities, self._attestations(), same, judged)

    def _decided(self, judgement: Judgement) -> Judgement | None:
        """A judgement as it may be told; None where it would tell who is withheld."""
        sides = judgement.left, judgement.right
        standing = {self._merged.get(side, side) for side in sides}
        if standing & (self._gone | self._unsaid):
            return None
        if judgement.kind not in RECORDS:
            if any(s not in self._ids and s not in self._others and self._tells(s) for s in sides):
                return None
        elif judgement.kind != "same" and standing & {*self._ids}:
            return None
        left, right = map(self.id, sides)
        where = f"judgements.csv, {left} and {right}"
        reason, by = (
            self.text(judgement.reason, where, "reason"),
            self.text(judgement.by, where, "by"),
        )
        return replace(judgement, left=left, right=right, reason=reason, by=by)

    def _entities(self) -> Iterator[Entity]:
        gone = self._gone | self._unsaid
        return (e for e in self._graph.ledger.entities() if e.id not in gone)

    def text(self, text: str, row: str, column: str) -> str:
        """A text without the names; words of them that are left in it are noted for a row and its column."""
        left = self._pattern.sub(lambda m: self._words[m[0].casefold()], text)
        self.remnants.note(left, row, column)
        return left

    def id(self, name: str) -> str:
        """The id that a record goes by."""
        return self._ids.get(name) or self._others.get(name, name)

    def _entity(self, entity: Entity) -> Entity:
        terms = self._graph.terms
        withheld = entity.id in self._ids
        pairs = []
        for prop, value in entity.attributes:
            kept = not withheld or any(terms.plays(prop, role) for role in _KEPT)
            if terms.refers(terms.attributes[prop]):
                if kept and value not in self._gone | self._unsaid:
                    pairs.append((prop, self.id(value)))
            elif kept:
                pairs.append(
                    (prop, self.text(value, entity.id, terms.attributes[prop].column or prop))
                )
        if withheld:
            return Entity(
                self.id(entity.id), self._instead[entity.id], entity.kind, attributes=tuple(pairs)
            )
        own = entity.id
        if self.id(own) == own:
            self.remnants.note(own, own, "id")
        return entity._replace(
            id=self.id(own),
            name=self.text(entity.name, own, "name"),
            aliases=tuple(dict.fromkeys(self.text(a, own, "aliases") for a in entity.aliases)),
            names=tuple(
                (lang, self.text(name, own, f"name_{lang}")) for lang, name in entity.names
            ),
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
                if {*ends, a.voice} & self._unsaid:
                    continue
                made = Said(
                    self.id(claim.subject),
                    claim.relation,
                    self._end(claim.object, _ROW + a.id),
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

    def _end(self, end: str, row: str) -> str:
        language, name = named(end)
        if name:
            return name_end(language, self.text(name, row, "name"))
        return self.id(end) if is_entity(end) else end

    def _attestation(self, a: Attestation) -> Attestation:
        texts: dict[str, Any] = {
            field: self.text(getattr(a, field), _ROW + a.id, TEXTS[field][0]) for field in _IN_WORDS
        }
        if any(text != getattr(a, field) for field, text in texts.items()):
            texts |= {"quote": "", "digest": ""}
        ways = []
        for way in a.chains:
            kept = (self.id(name) for name in way if name not in self._gone)
            ways.append(" < ".join(kept))
        return a._replace(
            voice=self.id(a.voice),
            document=self.id(a.document),
            **texts,
            chain=" | ".join(filter(None, ways)),
            # Who speaks for whom is worked out anew from what is left.
            party="",
            qualities=tuple(
                (term, self._quality(value, _ROW + a.id, term)) for term, value in a.qualities
            ),
        )

    def _quality(self, value: str, row: str, term: str) -> str:
        """The value of a quality: an id, or a text."""
        return self._ids.get(value) or self._others.get(value) or self.text(value, row, term)

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


def _called(entity: Entity) -> tuple[str, ...]:
    """All that a record is called."""
    return (entity.name, *entity.aliases, *(name for _, name in entity.names))


def judgements(graph: Graph) -> list[Judgement]:
    """What editors have decided, in the order of their table."""
    if not graph.holds(JUDGEMENTS):
        return []
    with open(graph.part(JUDGEMENTS), encoding="utf-8") as file:
        return [Judgement(**row) for row in json.load(file)]
