"""GeoJSON: what has coordinates of its own, with the claims about it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

ENDING = ".geojson"
LOSES = "entities without coordinates and the claims between them; what is on a map is counted in members of its own"


def pieces(content: Content) -> Iterator[str]:
    """The content of the file (RFC 7946), a feature a piece. Cost: linear in what is on the map."""
    from json import dumps

    from kg.model.claims import plain
    from kg.text.untrusted import in_json

    def written(value: object) -> str:
        return in_json(dumps(value, ensure_ascii=False))

    terms, ledger = content.terms, content.graph.ledger
    placed = 0
    yield '{\n"type": "FeatureCollection",\n"features": ['
    for entity in content.entities():
        at = [_number(terms.value(entity, role)) for role in ("Longitude", "Latitude")]
        if None in at:
            continue
        claims = [
            plain(content.edge(claim)) | {"figure": claim.figure}
            for claim in ledger.claims_about(entity.id)
        ]
        feature = {
            "type": "Feature",
            "id": content.iri(entity.id),
            "geometry": {"type": "Point", "coordinates": at},
            "properties": {**_properties(content, entity), "claims": claims},
        }
        yield f"{',' if placed else ''}\n{written(feature)}"
        placed += 1
    left = len(content.held) - placed
    about = {**content.about, "loses": LOSES, "placed": placed, "without_coordinates": left}
    # Members of its own, which readers that know none of them leave alone (RFC 7946, 6.1).
    yield f'\n],\n"kg": {written(about)}\n}}\n'


def _properties(content: Content, entity: Entity) -> dict[str, Any]:
    own: dict[str, list[str]] = {}
    for prop, value in entity.attributes:
        own.setdefault(prop, []).append(value)
    values = {prop: found[0] if len(found) == 1 else found for prop, found in own.items()}
    named = {"name": entity.name, "class": content.kind(entity.kind)}
    return {**values, **named, "other_names": list(entity.aliases)}


def _number(text: str) -> float | None:
    return float(text) if text else None
