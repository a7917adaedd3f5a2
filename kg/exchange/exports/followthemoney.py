"""FollowTheMoney: entities and links as lines of JSON, for Aleph, OpenSanctions' tools and ftm.

Which schema an entity has is told by the roles of its class. A claim is an UnknownLink, whose
`role` is its relation; status, basis and voices are its `status`, each attestation one of its
`description`, documents its `proof`.
"""

from __future__ import annotations

from kg.exchange.handed import content as contents
from kg.exchange.handed.documents import published
from kg.exchange.handed.kinds import AUTHORITY, BODY, DOCUMENT, PERSON, PLACE, Kinds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.analysis.evidence import Told
    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

ENDING = ".json"
LOSES = (
    "the ontology: an entity's class is a keyword, a claim's relation a role; which of its dates are "
    "bounds; figures and remarks are notes"
)
_SCHEMATA = {
    PERSON: "Person",
    AUTHORITY: "PublicBody",
    BODY: "Organization",
    DOCUMENT: "Document",
    PLACE: "Address",
}


def pieces(content: Content) -> Iterator[str]:
    """The content of the file: a line an entity or a claim. Cost: linear, in steady memory."""
    from json import dumps

    from kg.text.untrusted import in_json

    def written(id_: str, schema: str, values: dict[str, list[str]]) -> str:
        # An empty value is none, and the order of the values of a property says nothing.
        kept = {k: list(dict.fromkeys(filter(None, v))) for k, v in values.items()}
        held: dict[str, Any] = {"id": id_, "schema": schema}
        held["properties"] = {k: v for k, v in kept.items() if v}
        return in_json(dumps(held, ensure_ascii=False)) + "\n"

    kinds = Kinds(content)
    for entity in content.entities():
        kind = kinds.kind(entity)
        yield written(entity.id, _SCHEMATA.get(kind, "LegalEntity"), _thing(content, entity, kind))
    for claim in content.told():
        if content.joins(claim):
            yield written(claim.id, "UnknownLink", _link(content, claim))
        else:
            yield written(claim.id, "Note", _note(content, claim))


def _thing(content: Content, entity: Entity, kind: str) -> dict[str, list[str]]:
    terms = content.terms
    values = {
        "name": [entity.name],
        "alias": [*entity.aliases, *(name for _, name in entity.names)],
        "keywords": [content.kind(entity.kind)],
        "summary": list(terms.values(entity, "Description")),
    }
    if kind == PLACE:
        values |= {
            "full": [entity.name],
            "latitude": list(terms.values(entity, "Latitude")),
            "longitude": list(terms.values(entity, "Longitude")),
        }
    if kind == DOCUMENT:
        values |= {
            "title": [entity.name],
            "date": [published(terms.value(entity, "PublishedOn"))],
            "sourceUrl": list(terms.values(entity, "Address")),
            "publisher": [content.name(p) for p in terms.values(entity, "Publisher")],
            "author": [content.name(a) for a in terms.values(entity, "Author")],
        }
    elif kind != PLACE:
        values["sourceUrl"] = list(terms.values(entity, "Address"))
    return values


def _link(content: Content, claim: Told) -> dict[str, list[str]]:
    return {
        "subject": [claim.subject],
        "object": [claim.object],
        "role": [claim.relation_label],
        "summary": [claim.sentence],
        "status": [_standing(claim)],
        "startDate": [claim.earliest],
        "endDate": [claim.latest],
        "recordId": [claim.id],
        "description": list(map(contents.evidence, claim.spoken)),
        "proof": [said.document for said in claim.spoken],
        "sourceUrl": _addresses(content, claim),
    }


def _note(content: Content, claim: Told) -> dict[str, list[str]]:
    about = [e for e in (claim.subject, claim.object) if e in content.held]
    return {
        "name": [claim.sentence],
        "description": [_standing(claim), *map(contents.evidence, claim.spoken)],
        "entity": about,
        "proof": [said.document for said in claim.spoken],
    }


def _standing(claim: Told) -> str:
    s = claim.standing
    counts = f"{s.voices} voices, {s.documents} documents, {s.opposing} opposing"
    return f"{s.status.lower()}, {s.basis.lower()}; {counts}"


def _addresses(content: Content, claim: Told) -> list[str]:
    ledger, terms = content.graph.ledger, content.terms
    documents = dict.fromkeys(said.document for said in claim.spoken)
    return [url for d in documents for url in terms.values(ledger.entity(d), "Address")]
