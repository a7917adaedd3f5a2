"""What other data models would call an entity: told by the roles that its class and columns play."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

PERSON, BODY, AUTHORITY, PLACE, DOCUMENT, OTHER = (
    *("person", "body", "authority", "place", "document", "other"),
)


class Kinds:
    """Sorts entities: a person, an authority, a place, a document, what speaks or acts, something else.

    Who is no person and no authority is a body where it has spoken as a voice, or stands where
    a person or an authority may: as the subject of a relation.
    """

    def __init__(self, content: Content) -> None:
        self._terms = content.terms
        self._people = self._terms.playing("HumanBeing")
        self._authorities = self._terms.playing("PublicAuthority")
        self._acts = {
            domain
            for relation in self._terms.relations.values()
            for domain in relation.domains
            if any(self._terms.is_a(p, domain) for p in (*self._people, *self._authorities))
        }

    def kind(self, entity: Entity) -> str:
        """One of the kinds."""
        terms = self._terms

        def among(names: tuple[str, ...]) -> bool:
            return any(terms.is_a(entity.kind, name) for name in names)

        if among(self._people):
            return PERSON
        if among(self._authorities):
            return AUTHORITY
        if terms.is_a(entity.kind, "Document"):
            return DOCUMENT
        if terms.value(entity, "CountryCode") or terms.value(entity, "Latitude"):
            return PLACE
        return BODY if any(terms.is_a(entity.kind, d) for d in self._acts) else OTHER
