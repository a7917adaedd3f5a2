"""Rows that deny who took part in an event and are silent on its amounts, which then nobody disputes."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.standing import FORWARD, OPPOSITION
from kg.text.figures import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.case.claim_rows import Said
    from kg.case.ids import Register
    from kg.case.row import Row
    from kg.model.claims import Attestation
    from kg.model.ontology import Ontology

KIND = "undisputed-amount"
# Who denies so many roles of an event denies that it was between those who play them.
_SEVERAL = 2


def denies_roles(row: Row, terms: Ontology) -> bool:
    """Whether a row takes its stance against those who took part in an event that it names."""
    if not row.get("id") or row.get("stance") not in OPPOSITION:
        return False
    return any(row.get(c) for c, term in terms.roles.items() if term.kind != "measure")


@dataclass
class _Event:
    """What the rows of one event say: who plays what and which amounts are put forward, who speaks of an
    amount, which amounts are disputed, and the rows that take a stance against who took part."""

    played: set[tuple[str, str]] = field(default_factory=set)
    amounts: dict[str, dict[str, None]] = field(default_factory=dict)
    spoken: set[tuple[str, str]] = field(default_factory=set)
    disputed: set[str] = field(default_factory=set)
    denials: list[tuple[Row, Attestation, tuple[tuple[str, str], ...]]] = field(
        default_factory=list
    )

    def denied(self, parts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The roles of which a row denies who plays them, where it thereby denies the event: it denies
        several, or all that are put forward."""
        roles = tuple(dict.fromkeys(role for role, who in parts if (role, who) in self.played))
        several = len(roles) >= _SEVERAL
        return roles if several or {*roles} == {role for role, _ in self.played} else ()


class Undisputed:
    """Looks at the rows of the events of which a row denies who took part.

    Cost: an entry for each row of these events.
    """

    def __init__(self, known: Register) -> None:
        self._known = known
        self._events: dict[str, _Event] = {}

    def see(self, row: Row, said: Sequence[Said]) -> None:
        """Look at what a good row says of its event."""
        if not said or said[0].subject not in self._known.denied:
            return
        event = self._events.setdefault(said[0].subject, _Event())
        for one in said:
            a = one.attestation
            if one.figure:
                event.spoken.add((a.voice, one.relation))
            if one.figure and a.stance in OPPOSITION:
                event.disputed.add(one.relation)
            elif one.figure and a.stance in FORWARD:
                event.amounts.setdefault(one.relation, {})[number(a)] = None
            elif a.stance in FORWARD:
                event.played.add((one.relation, one.object))
        parts = tuple((one.relation, one.object) for one in said if not one.figure)
        if parts and (a := said[0].attestation).stance in OPPOSITION:
            event.denials.append((row, a, parts))

    def tell(self) -> None:
        """Warn of each row that denies an event by its roles and leaves an amount undisputed."""
        terms = self._known.terms
        for event in self._events.values():
            for row, a, parts in event.denials:
                if not (roles := event.denied(parts)):
                    continue
                named = " and ".join(f"the {terms.relations[role].label}" for role in roles)
                for column, term in terms.roles.items():
                    amounts = event.amounts.get(term.id)
                    if not amounts or term.id in event.disputed:
                        continue
                    if (a.voice, term.id) in event.spoken:
                        continue
                    told = " or ".join(amounts)
                    row.warn(
                        column,
                        f"nothing, and the row {a.stance} {named} of {row.get('id')}: "
                        f"nobody disputes the {term.label} of {told}",
                        f"the {term.label} in the row too, if it is denied as well",
                        "a row with the id and no role denies all that others say of the event",
                        KIND,
                    )
