"""STIX 2.1: a bundle for threat intelligence platforms, an opinion for each stance in a dispute.

What STIX has no field for (status, basis, counts of voices) stands in a property extension, which
the bundle declares. Ids are made from the graph's own, so that the same claim is the same object.
"""

from __future__ import annotations

from kg.exchange.handed.content import evidence
from kg.exchange.handed.documents import Document, documents
from kg.exchange.handed.kinds import AUTHORITY, BODY, DOCUMENT, PERSON, PLACE, Kinds
from kg.model.standing import FORWARD, SIDES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.analysis.evidence import Spoken, Told
    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

    Object = dict[str, Any]

ENDING = ".json"
LOSES = (
    "when each object was made (all have the day of the newest document); figures and remarks are "
    "notes and no relationships"
)
_CLASSES = {PERSON: "individual", AUTHORITY: "organization", BODY: "organization"}
_OPINIONS = {
    "asserts": "strongly-agree",
    "alleges": "agree",
    "announces": "neutral",
    "questions": "neutral",
    "disputes": "disagree",
    "denies": "strongly-disagree",
    "retracts": "neutral",
}
_SPACE = "https://w3id.org/actors-kg/stix/"


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, an object a piece. Cost: linear, in the memory of the documents."""
    from json import dumps

    from kg.text.untrusted import in_json

    made = _Maker(content)
    bundle = made.id("bundle", content.about.get("base", "") + content.about["version"])
    yield f'{{\n"type": "bundle",\n"id": "{bundle}",\n"objects": ['
    for i, thing in enumerate(made.objects()):
        yield f"{',' if i else ''}\n{in_json(dumps(thing, ensure_ascii=False))}"
    yield "\n]\n}\n"


class _Maker:
    def __init__(self, content: Content) -> None:
        self.content = content
        self.kinds = Kinds(content)
        self.documents: dict[str, Document] = {d.id: d for d in documents(content)}
        days = [_first(d.published) for d in self.documents.values() if d.published]
        self.day = max(days, default="2000-01-01") + "T00:00:00.000Z"
        self.refs = {e.id: self.id(self.type(e), e.id) for e in content.entities()}
        self.extension = self.id("extension-definition", "standing")
        self.maker = self.id("identity", "kg")

    def id(self, kind: str, name: str) -> str:
        """An id of a kind that the same name always has."""
        from uuid import NAMESPACE_URL, uuid5

        return f"{kind}--{uuid5(NAMESPACE_URL, f'{_SPACE}{self.content.graph.base}{name}')}"

    def type(self, entity: Entity) -> str:
        """The type of the object that an entity becomes."""
        kind = self.kinds.kind(entity)
        if kind == DOCUMENT:
            return "report" if self.documents[entity.id].published else "grouping"
        return "location" if kind == PLACE and self._placed(entity) else "identity"

    def _placed(self, entity: Entity) -> bool:
        terms = self.content.terms
        return bool(terms.value(entity, "CountryCode") or terms.value(entity, "Latitude"))

    def objects(self) -> Iterator[Object]:
        """Everything, what is referred to first but for reports."""
        content = self.content
        yield self._object("identity", self.maker, name="kg", identity_class="system")
        yield self._object(
            "extension-definition",
            self.extension,
            name="Standing of a claim",
            description="Status, basis, and how many voices and documents speak for and against.",
            created_by_ref=self.maker,
            schema=f"{_SPACE}standing",
            version="1.0.0",
            extension_types=["property-extension"],
        )
        for entity in content.entities():
            if self.kinds.kind(entity) != DOCUMENT:
                yield self._entity(entity)
        held: dict[str, dict[str, None]] = {}
        for claim in content.told():
            for thing in self._claim(claim):
                yield thing
                if thing["type"] in ("relationship", "note"):
                    for said in claim.spoken:
                        held.setdefault(said.document, {})[thing["id"]] = None
        for document in self.documents.values():
            yield self._document(document, list(held.get(document.id, ())))

    def _object(self, kind: str, id_: str, **rest: Any) -> Object:
        first = {"type": kind, "spec_version": "2.1", "id": id_}
        return {**first, "created": self.day, "modified": self.day, **rest}

    def _entity(self, entity: Entity) -> Object:
        terms = self.content.terms
        told = {"name": entity.name, "labels": [self.content.kind(entity.kind)]}
        if about := terms.value(entity, "Description"):
            told["description"] = about
        own = {"external_references": [self._own(entity.id)]}
        id_ = self.refs[entity.id]
        if id_.startswith("location"):
            place: dict[str, Any] = {}
            if code := terms.value(entity, "CountryCode"):
                place["country"] = code.upper()
            at = terms.value(entity, "Latitude"), terms.value(entity, "Longitude")
            if all(at):
                place |= {"latitude": float(at[0]), "longitude": float(at[1])}
            return self._object("location", id_, **told, **place, **own)
        kind = _CLASSES.get(self.kinds.kind(entity), "unspecified")
        return self._object("identity", id_, **told, identity_class=kind, **own)

    def _own(self, id_: str) -> Object:
        """Where the graph has it."""
        return {"source_name": "kg", "external_id": id_, "url": self.content.iri(id_)}

    def _document(self, d: Document, held: list[str]) -> Object:
        name: dict[str, Any] = {"name": d.title, "external_references": [self._own(d.id)]}
        if d.address:
            name["external_references"].append({"source_name": d.title, "url": d.address})
        # The format has no report about nothing.
        refs = held or [self.maker]
        id_ = self.refs[d.id]
        if id_.startswith("grouping"):
            return self._object("grouping", id_, **name, context="unspecified", object_refs=refs)
        day = _first(d.published) + "T00:00:00Z"
        return self._object("report", id_, **name, published=day, object_refs=refs)

    def _claim(self, claim: Told) -> Iterator[Object]:
        s = claim.standing
        standing = {
            "extension_type": "property-extension",
            "status": s.status.lower(),
            "basis": s.basis.lower(),
            "voices": s.voices,
            "documents": s.documents,
            "opposing": s.opposing,
        }
        sources = [self._own(f"claim/{claim.id}"), *map(self._cited, claim.spoken)]
        rest = {"external_references": sources, "extensions": {self.extension: standing}}
        if self.content.joins(claim):
            id_ = self.id("relationship", f"claim/{claim.id}")
            ends = {"source_ref": self.refs[claim.subject], "target_ref": self.refs[claim.object]}
            kind = _slug(claim.relation_label) or _slug(claim.relation)
            days: Object = {}
            if claim.earliest:
                days["start_time"] = claim.earliest + "T00:00:00Z"
            if claim.latest and claim.latest > claim.earliest:
                days["stop_time"] = claim.latest + "T00:00:00Z"
            # A platform that reads no extension has the sentence alone: it must not read as a fact.
            told = {"relationship_type": kind, "description": f"{claim.sentence} ({s.words})"}
            yield self._object("relationship", id_, **told, **ends, **days, **rest)
        else:
            id_ = self.id("note", f"claim/{claim.id}")
            about = [self.refs[e] for e in (claim.subject, claim.object) if e in self.refs]
            text = "\n".join([f"{claim.sentence} ({s.words})", *map(evidence, claim.spoken)])
            yield self._object(
                "note",
                id_,
                abstract=claim.sentence,
                content=text,
                object_refs=about or [self.maker],
                **rest,
            )
        if any(said.side == SIDES[2] for said in claim.spoken):
            made = (self._opinion(said, claim, id_) for said in claim.spoken)
            yield from {thing["id"]: thing for thing in made}.values()

    def _cited(self, said: Spoken) -> Object:
        told = {"source_name": said.document_name or said.document, "description": evidence(said)}
        address = self.documents[said.document].address if said.document in self.documents else ""
        return told | ({"url": address} if address else {})

    def _opinion(self, said: Spoken, claim: Told, about: str) -> Object:
        name, opinion, stance = f"attestation/{said.id}", _OPINIONS[said.stance], said.stance
        if said.elsewhere or (said.side == SIDES[2] and said.stance in FORWARD):
            # It puts something in the place of what the claim says: of that, another opinion.
            name, opinion, stance = f"{name}/claim/{claim.id}", "disagree", "disputes"
        if said.side == "withdrawn":
            opinion, stance = "neutral", "retracts"
        back = " Taken back." if said.side == "withdrawn" and said.stance != "retracts" else ""
        return self._object(
            "opinion",
            self.id("opinion", name),
            opinion=opinion,
            # The format has five words for seven stances.
            labels=[stance],
            explanation=said.sentence + back,
            authors=[said.voice_name],
            object_refs=[about],
        )


def _first(published: str) -> str:
    """The first day that a date may mean."""
    return published + "-01-01"[len(published) - 4 :] if len(published) < 10 else published


def _slug(label: str) -> str:
    """A label as the format writes types: small letters, digits, hyphens."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in label.lower())
    return "-".join(filter(None, kept.split("-")))
