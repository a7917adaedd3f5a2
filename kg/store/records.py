"""The records of a case in memory: what a ledger takes in, kept to be compared with one that there is."""

from __future__ import annotations

from itertools import chain

from kg.model.claims import beside
from kg.model.ontology import CALLED
from kg.store.ledger_writer import joined_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.claims import Attestation, Entity


class Records:
    """Takes rows as a ledger that is written does. `called` has the ends of claims that records are called so."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.called: dict[str, set[str]] = {}
        self.unsure: dict[tuple[str, str], str] = {}
        self._keys: dict[str, list[Iterable[str]]] = {}
        self._told: dict[str, tuple[str, ...]] = {}

    def keys(self, entity: str) -> tuple[str, ...]:
        """The texts that a record is found by."""
        held = tuple(chain.from_iterable(self._keys.get(entity, ())))
        self._keys[entity] = [held]
        return held

    def add_entity(self, entity: Entity, keys: Iterable[str]) -> None:
        """Keep an entity; its keys are made when they are asked for."""
        self.entities[entity.id] = entity
        self.add_names(entity.id, keys)

    def add_names(self, entity: str, keys: Iterable[str]) -> None:
        """Let an entity be found by more texts."""
        self._keys.setdefault(entity, []).append(keys)

    def complete(self, target: str, parts: Iterable[Entity]) -> list[tuple[str, str, str, str]]:
        """As a ledger does: give a record what those merged into it have; returns what differs."""
        if target not in self.entities:
            return []
        self.entities[target], clashes = joined_record(self.entities[target], parts)
        return clashes

    def add_said(
        self, subject: str, relation: str, object_: str, figure: bool, a: Attestation
    ) -> tuple[str, ...] | None:
        """Note an attestation; if its id was noted already, return what stood beside it then."""
        if relation == CALLED and not figure:
            self.called.setdefault(subject, set()).add(object_)
        told = beside(a)
        held = self._told.setdefault(a.id, told)
        return None if held is told else held

    def add_possibly_same(self, left: str, right: str, reason: str) -> None:
        """Keep an unsure judgement, readable from both sides."""
        for pair in ((left, right), (right, left)):
            self.unsure.setdefault(pair, reason)
