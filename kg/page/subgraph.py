"""What of a graph a page shows, as a `View`: everything, or what a `Choice` names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.analysis.evidence import Teller
from kg.analysis.weight import heaviest, heaviest_of
from kg.model.claims import Claim, Entity, is_entity
from kg.model.errors import NothingThere
from kg.page.gathered import Gathered
from kg.page.request import Choice
from kg.page.view import View, ViewClaim
from kg.store.graph import Graph
from kg.store.ledger import Ledger
from kg.text.phrases import seen_through


def select(graph: Graph, choice: Choice | None = None, most: int = 0) -> View:
    """Choose what a page shows: everything that a claim speaks of, or what a choice names.

    `most` keeps so many claims, those that weigh most (`kg.analysis.weight`), with their ends.
    Title and filters say through which lens the graph is seen. Cost: one read of the
    ledger, or of what is known of the entities chosen. Raises NotFound for an id that
    is no entity, NothingThere if a page would be empty.
    """
    return Selection(graph, choice, most).view(most)


class Selection:
    """What a page can show: views of it with as many claims as are wanted.

    It looks once for what weighs most, and puts a claim into words once; of fewer claims than there
    are a view has `room` at most. `number` is how many there are. Raises and costs as `select` does.
    """

    def __init__(self, graph: Graph, choice: Choice | None = None, room: int = 0) -> None:
        self._graph, self._choice, ledger = graph, choice, graph.ledger
        self._teller = Teller(graph)
        self._told: dict[str, ViewClaim] = {}
        self._held: dict[str, Claim] = {}
        self._ranked: Sequence[str] = ()
        self._room = room
        if choice is None:
            self.number = _number(ledger)
        else:
            entities = {name: ledger.entity(name) for name in sorted(choice.entities)}
            self._held = {claim.id: claim for claim in self._chosen(choice, entities)}
            self.number = len(self._held)

    def view(self, most: int = 0) -> View:
        """The view of so many claims, those that weigh most; of all for 0, or if there are no more.

        Raises NothingThere where nothing is left to draw.
        """
        claims = self._claims(most) if 0 < most < self.number else self._all()
        entities = self._entities(claims, len(claims) < self.number)
        light = self.number - len(claims)
        view = Gathered(self._teller, self._choice, claims, entities, light, self._told).view()
        if not view.nodes:
            lens = f"; {seen_through(self._graph.seen)}"
            where = lens if self._graph.seen else "; enter rows in data/, then kg build"
            raise NothingThere(f"nothing to draw: no claim and no entity{where}")
        return view

    def _all(self) -> list[Claim]:
        return list(self._graph.ledger.claims()) if self._choice is None else [*self._held.values()]

    def _claims(self, most: int) -> list[Claim]:
        """Those that weigh most, in the order of the ledger."""
        ledger, held = self._graph.ledger, self._held
        if not self._ranked and self._choice is None:
            self._ranked = heaviest_of(ledger, self._room or self.number)
        elif not self._ranked:
            self._ranked = [claim.id for claim in heaviest(held.values())]
        for mark in self._ranked[:most]:
            if mark not in held:
                held[mark] = ledger.claim(mark)
        return sorted((held[mark] for mark in self._ranked[:most]), key=lambda c: c.order)

    def _entities(self, claims: Iterable[Claim], fewer: bool) -> dict[str, Entity]:
        """The entities of a view: those that claims speak of, and of a choice all that it names."""
        ledger, choice = self._graph.ledger, self._choice
        # An author of a cited article alone is no actor here: no claim speaks of it.
        ends = {end for c in claims for end in (c.subject, c.object) if is_entity(end)}
        if choice is None:
            # Where nothing is said yet, the records are what there is to see.
            held = (
                map(ledger.entity, sorted(ends)) if ends or self._graph.seen else ledger.entities()
            )
            return {e.id: e for e in held}
        names = sorted(choice.entities & ends if fewer else choice.entities)
        return {name: ledger.entity(name) for name in names}

    def _chosen(self, choice: Choice, entities: Iterable[str]) -> list[Claim]:
        found = {
            claim.id: claim
            for name in entities
            for claim in self._graph.ledger.claims_about(name)
            if claim.id in choice.claims or self._joins(claim, choice.joined)
        }
        return sorted(found.values(), key=lambda c: c.order)

    def _joins(self, claim: Claim, joined: frozenset[str]) -> bool:
        if claim.subject not in joined:
            return False
        alone = claim.figure or not is_entity(claim.object)
        return alone or claim.object in joined


def _number(ledger: Ledger) -> int:
    """How many claims a ledger shows."""
    if not ledger.partial:
        return sum(ledger.counts.of("standing").values())
    return sum(1 for _ in ledger.claims())
