"""Records that changed, brought into a ledger that is amended: their rows, and what they are found by.

The index of passages holds the names of all that a row speaks of: rows that speak of a record with
another name are entered anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.claims import Entity
from kg.model.ontology import CALLED
from kg.store import keys
from kg.store.remembered import Whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.model.claims import Claim
    from kg.model.ontology import Ontology
    from kg.store.changed import Changes
    from kg.store.ledger_amender import Amender

    Labels = Callable[[str], str]

# So many rows may speak of records with another name.
_MOST = 20_000


@dataclass
class Renewal:
    """The records, by id, that changed or by whose claims they are called otherwise: as they were, and
    as they are. `renamed` are those with other names, `rows` the attestations that speak of these."""

    terms: Ontology
    labels: Labels
    records: dict[str, tuple[Entity | None, Entity | None]] = field(default_factory=dict)
    renamed: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)

    @property
    def now(self) -> dict[str, Entity | None]:
        """As they are."""
        return {name: new for name, (_, new) in self.records.items()}

    def described(self, side: int) -> dict[str, str]:
        """The descriptions of these records, as they were or as they are."""
        held = ((name, both[side]) for name, both in self.records.items())
        told = ((name, self.terms.value(e, "Description")) for name, e in held if e)
        return {name: text for name, text in told if text}

    def leave(self, ledger: Amender, gone: set[str]) -> None:
        """Take out of the index of passages what speaks of these, and attestations that are gone."""
        ledger.drop_passages(sorted(gone | self.rows), self.labels)
        ledger.drop_described(self.described(0), self.labels)

    def enter(self, ledger: Amender, changes: Changes, gone: set[str], new: set[str]) -> None:
        """Put the records in, and into the index of passages what speaks of them, and what is new."""
        beside = changes.beside
        if beside:
            with ledger.counting((), self.records):
                ledger.replace(self.now, beside.records.keys)
            called = ledger.called(self.records)
            recorded = keys.recorded(self.terms)
            old = (name for name, (held, _) in self.records.items() if held)
            fresh = (recorded(e, called.get(n, ()), ()) for n, e in self.now.items() if e)
            if not ledger.reindex(old, [*fresh]):
                raise Whole("the index of names has no room left between others")
            ledger.have_countries(
                {n: bool(e and self.terms.value(e, "CountryCode")) for n, e in self.now.items()}
            )
            ledger.have_unsure(beside.records.unsure)
        ledger.describe(self.described(1), self.labels)
        ledger.add_passages(sorted(new | self.rows - gone), self.labels)

    def retitle(self, ledger: Amender, changes: Changes, claims: Iterable[Claim]) -> None:
        """Have those found by their titles who hold other offices now, or offices of another name."""
        offices = self.terms.playing("HoldsOffice")
        subjects = {claim.subject for claim in claims if claim.relation in offices}
        subjects |= ledger.holders(self.renamed, offices) | self.records.keys()
        for name in sorted(subjects):
            _, entity = self.records.get(name, (None, None))
            if name not in self.records:
                entity = changes.held.ledger.entity(name)
            if entity:
                ledger.retitle(name, self.terms.values(entity, "Description"), offices)


def of(changes: Changes, ledger: Amender, labels: Labels) -> Renewal:
    """Tell which records are renewed, while the ledger is as it was. Raises Whole."""
    terms, beside = changes.held.terms, changes.beside
    found = Renewal(terms, labels)
    if not beside:
        return found
    found.records = dict(beside.changed)
    called = {key[0] for key, _ in ledger.said(beside.gone).values() if key[1] == CALLED}
    called |= {said.subject for said in beside.fresh if said.relation == CALLED}
    for name in called - found.records.keys():
        entity = beside.records.entities.get(name)
        found.records[name] = entity, entity
    recorded = keys.recorded(terms)

    def names(entity: Entity | None) -> tuple[str, ...]:
        return recorded(entity, (), ()).names if entity else ()

    found.renamed = {n for n, (one, other) in found.records.items() if names(one) != names(other)}
    held = {name for name, (one, _) in found.records.items() if one}
    found.rows = ledger.passages_naming(sorted((found.renamed | called) & held))
    if len(found.rows) > _MOST:
        raise Whole(f"{len(found.rows):,} rows speak of records with another name")
    return found


def belonging(
    terms: Ontology, entities: Iterable[Entity | None], claims: Iterable[Claim]
) -> set[tuple[str, str]]:
    """What belongs to what: of a claim that somebody supports, or of a record's own cell."""
    whole = {n for role in ("PartOf", "LocatedIn", "TerritoryOf") for n in terms.playing(role)}
    found = {(c.subject, c.object) for c in claims if c.relation in whole and c.supported}
    return found | {(e.id, v) for e in entities if e for p, v in e.attributes if p in whole}


def ended(terms: Ontology, records: Mapping[str, Entity | None]) -> dict[str, bool]:
    """Whether each of some records is no more, of those that there are."""
    return {name: bool(terms.ended(e)) for name, e in records.items() if e}
