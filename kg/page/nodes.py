"""An entity as a node of a page: its lane and cell, its place on the map, whether it is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.analysis.dossier import facts
from kg.analysis.evidence import Teller
from kg.model.claims import Claim, Entity
from kg.model.ontology import Ontology
from kg.page import finding
from kg.page.view import ViewNode


class Nodes:
    """Makes the nodes of some entities; `said` has for each the claims that are drawn at it."""

    def __init__(
        self, teller: Teller, entities: Mapping[str, Entity], said: Mapping[str, Sequence[Claim]]
    ) -> None:
        self._teller, self._graph, self._terms = teller, teller.graph, teller.graph.terms
        self._entities, self._own = entities, said

    def node(self, e: Entity) -> ViewNode:
        """It as a page draws it."""
        languages = [language for language, _ in e.names]
        was = self._teller.words.state(e.id)
        return ViewNode(
            id=e.id,
            name=e.name,
            kind=self._terms.drawn_as(e.kind).id,
            short=short(self._terms, e),
            narrow=self._terms.classes[e.kind].label,
            name_local=e.names[0][1] if e.names else "",
            language="zh-Hans" if languages[:1] == ["zh"] else "".join(languages[:1]),
            aliases=e.aliases,
            description=self._terms.value(e, "Description"),
            facts=tuple(facts(self._graph, self._teller, e)),
            lane=self._lane(e),
            cell=self._cell(e),
            state=self._state(e) or ("gone" if was else ""),
            was=was,
            where=self._where(e),
            country=self._country(e),
            degree=len(self._own.get(e.id, ())),
            walked=self._terms.walked(e.kind) and not was,
            found_by=finding.besides(
                self._graph.ledger.names.sought(e.id),
                (e.name, short(self._terms, e), *e.aliases, *(n for _, n in e.names[:1])),
                self._terms.value(e, "Description"),
            ),
        )

    def _lane(self, e: Entity) -> str:
        if self._terms.drawn_as(e.kind).part == "lane":
            return e.id
        heads = [
            (-c.standing.voices, c.subject)
            for c in self._own.get(e.id, ())
            if c.object == e.id
            and self._terms.relations[c.relation].part == "lane-member"
            and c.subject in self._entities
            and self._terms.drawn_as(self._entities[c.subject].kind).part == "lane"
        ]
        return min(heads)[1] if heads else ""

    def _cell(self, e: Entity) -> str:
        for claim in self._own.get(e.id, ()):
            if claim.subject == e.id and self._terms.relations[claim.relation].part == "cell":
                return self._teller.words.name(claim.object)
        for prop, value in e.attributes:
            if self._terms.attributes[prop].part == "cell":
                return self._teller.words.name(value)
        return ""

    def _state(self, e: Entity) -> str:
        """Closed only where a document flatly says so and nobody opposes it."""
        states = {""}
        for claim in self._own.get(e.id, ()):
            term = self._terms.relations[claim.relation]
            firm = (claim.standing.status, claim.standing.basis) == ("Uncontested", "Asserted")
            if not firm:
                continue
            if "Closes" in term.roles and claim.object == e.id:
                states.add("closed")
            if claim.subject == e.id and claim.object == term.closed_state:
                states.add("closed")
            if "OrdersClosure" in term.roles and claim.object == e.id:
                states.add("ordered closed")
        return "closed" if "closed" in states else max(states)

    def _country(self, e: Entity) -> str:
        """The code of the country whose body it is or that it is in; its own if it is one."""
        if own := self._terms.value(e, "CountryCode"):
            return own
        territory = self._terms.playing("TerritoryOf")
        named = [v for p, v in e.attributes if p in territory]
        named += [v for p, v in e.attributes if self._terms.attributes[p].part == "cell"]
        named += [
            c.object
            for c in self._own.get(e.id, ())
            if c.subject == e.id and self._terms.relations[c.relation].part == "cell"
        ]
        for name in named:
            if code := self._terms.value(self._graph.ledger.entity(name), "CountryCode"):
                return code
        return ""

    def _where(self, e: Entity) -> tuple[float, float, str] | None:
        own = self._coordinates(e)
        if own:
            return (*own, e.name)
        located = self._terms.playing("LocatedIn")
        named = [v for p, v in e.attributes if p in located]
        said = [
            c.object for c in self._own.get(e.id, ()) if c.subject == e.id and c.relation in located
        ]
        for name in (*named, *said):
            place = self._graph.ledger.entity(name)
            # A whole country is no spot on a map.
            if not self._terms.value(place, "CountryCode") and (at := self._coordinates(place)):
                return (*at, place.name)
        return None

    def _coordinates(self, e: Entity) -> tuple[float, float] | None:
        latitude, longitude = (self._terms.value(e, r) for r in ("Latitude", "Longitude"))
        return (float(latitude), float(longitude)) if latitude and longitude else None


def short(terms: Ontology, e: Entity) -> str:
    """What a label says of an entity: its short name, what follows its code, or the name."""
    if short := terms.value(e, "ShortName"):
        return short
    code = terms.value(e, "Code")
    # Only where the name begins with its code: a code elsewhere in a name is part of it.
    return e.name[len(code) :].lstrip(" ,:") or code if code and e.name.startswith(code) else e.name
