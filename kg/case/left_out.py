"""Rows that deny, or take back, who took part in an event and leave out its amounts, which then stand."""

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

KIND = "amount-left-out"
# Who denies so many roles of an event denies that it was between those who play them.
_SEVERAL = 2
_BACK = "retracts"
AGAINST = (*OPPOSITION, _BACK)


def speaks_against(row: Row, terms: Ontology) -> bool:
    """Whether a row denies or takes back who took part in an event that it names."""
    if not row.get("id") or row.get("stance") not in AGAINST:
        return False
    return any(row.get(c) for c, term in terms.roles.items() if term.kind != "measure")


@dataclass
class _Event:
    """What the rows of one event say.

    `played` is who is said to play what, `amounts` the voices of each number of a measure that is put
    forward, `stances` what each voice does with a measure, `against` the rows that deny or take back who took part.
    """

    played: set[tuple[str, str]] = field(default_factory=set)
    amounts: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    stances: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    against: list[tuple[Row, Attestation, list[tuple[str, str]]]] = field(default_factory=list)

    def roles(self, parts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The roles that a row speaks against, where it thereby speaks against the event: it names
        several, or all that are put forward."""
        roles = tuple(dict.fromkeys(role for role, who in parts if (role, who) in self.played))
        several = len(roles) >= _SEVERAL
        return roles if several or {*roles} == {role for role, _ in self.played} else ()

    def standing(self, measure: str, a: Attestation) -> list[str]:
        """The numbers of a measure that stand beside a row against the event that is silent on it: its
        own voice's, if that takes back; else all, if nobody disputes them."""
        amounts, stances = self.amounts.get(measure, {}), self.stances.get(measure, set())
        own = {stance for voice, stance in stances if voice == a.voice}
        if a.stance == _BACK:
            return [
                n for n, voices in amounts.items() if a.voice in voices and not own & {*AGAINST}
            ]
        disputed = own or any(stance in OPPOSITION for _, stance in stances)
        return [] if disputed else [*amounts]


class LeftOut:
    """Looks at the rows of the events of which a row denies or takes back who took part.

    Cost: an entry for each row of these events.
    """

    def __init__(self, known: Register) -> None:
        self._known = known
        self._events: dict[str, _Event] = {}

    def beside(self, one: Said) -> None:
        """Look at what a good row of claims or of figures says of an event."""
        if one.subject not in self._known.opposed:
            return
        event, a = self._events.setdefault(one.subject, _Event()), one.attestation
        if one.figure:
            event.stances.setdefault(one.relation, set()).add((a.voice, a.stance))
        if one.figure and a.stance in FORWARD:
            numbers = event.amounts.setdefault(one.relation, {})
            numbers.setdefault(number(a), set()).add(a.voice)
        elif a.stance in FORWARD and self._known.terms.is_role(one.relation):
            event.played.add((one.relation, one.object))

    def see(self, row: Row, said: Sequence[Said]) -> None:
        """Look at what a good row of the table of events says of one."""
        if not said or said[0].subject not in self._known.opposed:
            return
        for one in said:
            self.beside(one)
        event = self._events[said[0].subject]
        parts = [(one.relation, one.object) for one in said if not one.figure]
        if parts and (a := said[0].attestation).stance in AGAINST:
            event.against.append((row, a, parts))

    def tell(self) -> None:
        """Warn of each row that speaks against an event by its roles and leaves an amount as it stands."""
        terms = self._known.terms
        for event in self._events.values():
            for row, a, parts in event.against:
                if not (roles := event.roles(parts)):
                    continue
                named = " and ".join(f"the {terms.relations[role].label}" for role in roles)
                named = f"{named} of {row.get('id')}"
                for column, term in terms.roles.items():
                    if told := " or ".join(event.standing(term.id, a)):
                        row.warn(column, *_words(a, named, f"the {term.label}", told), KIND)


def _words(a: Attestation, named: str, amount: str, told: str) -> tuple[str, str, str]:
    """What is found, what is expected, and what to do."""
    if a.stance == _BACK:
        found, done = f"takes back {named}: its voice stands by {amount}", "taken back"
    else:
        found, done = f"{a.stance} {named}: nobody disputes {amount}", "denied"
    return (
        f"nothing, and the row {found} of {told}",
        f"{amount} in the row too, if it is {done} as well",
        "a row with the id and no role takes its stance on all that others say of the event",
    )
