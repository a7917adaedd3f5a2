"""How much: the numbers that events give, added up by what they share; units are never mixed."""

from __future__ import annotations

from decimal import Decimal

from kg.analysis.counting import Keys
from kg.analysis.filters import Wanted, named, selected
from kg.model.claims import Claim, ends
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import forward
from kg.model.units import reckoned
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The statuses that a claim may have that somebody opposes.
_OPPOSED = ("Contested", "Corrected", "Retracted", "Denied")
_BY = ("class", "relation", "year", "document", "voice", "status", "basis", "subject")


class Sum(Record):
    """Numbers of one measure and unit that add up.

    `low` and `high` are plain decimal numbers, the same where voices agree; `number` counts the
    events, `contested` those whose number somebody opposes, `role_contested` those of which somebody
    opposes only who took part, and nobody the number, `alleged` those whose number is alleged and by
    nobody asserted, `announced` those that are only announced or asked, `inexact` those that are
    about so, at least so, and the like. `group` and `second` are what they share, with `id` and `second_id`.
    """

    group: str
    second: str
    measure: str
    unit: str
    low: str
    high: str
    number: int
    contested: int
    role_contested: int
    alleged: int
    announced: int
    inexact: int
    id: str
    second_id: str


def sums(
    graph: Graph, lens: Lens, *, by: Sequence[str] = ("class",), role: str = "", **filters: str
) -> list[Sum]:
    """The numbers of events added up, the greatest first within each unit.

    `by` are one or two of class, relation, year, document, voice, status, basis, subject; `role` names a
    relation of events: who plays it is one of the two. Where voices give several numbers for
    one, the lowest and the highest are added up apart. `filters` are those of `filters.Wanted`;
    with a `relation` figures of other measures than those of events are added up too. Raises
    UsageError, NotFound. Cost: the claims that fit, once; with a `role` all claims of it too; those of roles that
    somebody opposes, through a lens of sources or days all of roles.
    """
    names = list(by)
    if wrong := next((n for n in names if n not in _BY), ""):
        raise UsageError(f"sums go by {', '.join(_BY)} or a role, not by {wrong}")
    terms = graph.terms
    players: dict[str, set[str]] = {}
    if role:
        role = named(role, {t.id: t for t in terms.roles.values() if t.kind != "measure"}, "role")
        for claim, said in selected(graph, lens, Wanted(relation=role)):
            if forward(said):
                players.setdefault(claim.subject, set()).add(claim.object)
        names = [*names[:1], role]
    if not 0 < len(names) < 3:
        raise UsageError("sums go by one thing or by two")
    keys = Keys(graph, [n for n in names if n != role])
    opposed = _opposed(graph, lens)
    found: dict[tuple[str, ...], _Total] = {}
    for claim, said in selected(graph, lens, Wanted(**filters)):
        if not claim.figure or not (filters.get("relation") or terms.is_role(claim.relation)):
            continue
        for unit, numbers, exact in _numbers(claim):
            for group in keys.of(claim, said):
                for who in players.get(claim.subject, {""}) if role else [""]:
                    parts = [*group, who] if role else group
                    total = found.setdefault((unit, claim.relation, *parts), _Total())
                    total.add(claim, numbers, exact, claim.subject in opposed)
    ranked = sorted(found.items(), key=lambda item: (item[0][0], -item[1].high, item[0]))
    rows = []
    for (unit, measure, *parts), total in ranked:
        pairs = list(zip(names, parts, strict=True))
        told = [
            graph.ledger.name(part) if name == role and part else keys.called(name, part)
            for name, part in pairs
        ]
        own = [part if name == role else keys.id(name, part) for name, part in pairs]
        rows.append(
            Sum(
                group=told[0],
                second=told[1] if told[1:] else "",
                measure=terms.measures[measure].label,
                unit=unit,
                low=f"{total.low:f}",
                high=f"{total.high:f}",
                number=total.number,
                contested=total.contested,
                role_contested=total.role_contested,
                alleged=total.alleged,
                announced=total.announced,
                inexact=total.inexact,
                id=own[0],
                second_id=own[1] if own[1:] else "",
            )
        )
    return rows


class _Total:
    """What has been added up."""

    def __init__(self) -> None:
        self.low = self.high = Decimal(0)
        self.number = self.contested = self.role_contested = self.inexact = 0
        self.alleged = self.announced = 0

    def add(self, claim: Claim, numbers: Sequence[Decimal], exact: bool, opposed: bool) -> None:
        self.low += min(numbers)
        self.high += max(numbers)
        self.number += 1
        contested = bool(claim.standing.opposing)
        self.contested += contested
        self.role_contested += opposed and not contested
        self.alleged += claim.standing.basis == "Alleged"
        self.announced += claim.standing.basis in ("Announced", "Questioned")
        self.inexact += not exact


def _opposed(graph: Graph, lens: Lens) -> set[str]:
    """The events of which somebody opposes who took part, whatever standing a lens asks for."""
    roles = sorted(t.id for t in graph.terms.roles.values() if t.kind != "measure")
    if not roles:
        return set()
    lens = lens._replace(statuses=(), bases=())
    among = {"status": _OPPOSED} if lens.clear else lens.among
    found = Seen(graph, lens).claims(graph.ledger.claims(roles, **among))
    return {claim.subject for claim in found if claim.standing.opposing}


def _numbers(claim: Claim) -> Iterator[tuple[str, list[Decimal], bool]]:
    """The numbers that a figure is put forward with, by unit, and whether all are exact."""
    held: dict[str, list[Decimal]] = {}
    spelt: dict[str, str] = {}
    exact = True
    for a in forward(claim.attestations):
        exact = exact and a.qualifier == "exact"
        for end in ends(a.value):
            unit, number = reckoned(end, a.unit)
            held.setdefault(unit, []).append(number)
            # Currencies are written as their codes, in capitals.
            spelt.setdefault(
                unit,
                unit.upper() if a.unit.upper().endswith(unit.upper()) and len(unit) == 3 else unit,
            )
    return ((spelt[unit], numbers, exact) for unit, numbers in held.items())


def text(rows: Sequence[Sum], width: int) -> str:
    """Sums for a terminal, a line each."""
    from kg.text.terminal import wrap

    lines = []
    for row in rows:
        parts = [row.group] + [row.second] * bool(row.second or row.second_id)
        name = " · ".join(part or "(none)" for part in parts)
        amount = _grouped(row.low) + (f" to {_grouped(row.high)}" if row.low != row.high else "")
        notes = [f"of {row.number:,}"]
        notes += [f"{row.contested:,} contested"] * bool(row.contested)
        notes += [f"{row.role_contested:,} with only a role contested"] * bool(row.role_contested)
        notes += [f"{row.alleged:,} only alleged"] * bool(row.alleged)
        notes += [f"{row.announced:,} only announced or asked"] * bool(row.announced)
        notes += [f"{row.inexact:,} not exact"] * bool(row.inexact)
        told = f"{row.measure} {amount} {row.unit}".rstrip()
        lines.append(wrap(f"{name}: {told} ({', '.join(notes)})", width, "", "  "))
    return "\n".join(lines) + "\n"


def _grouped(number: str) -> str:
    whole, dot, part = number.partition(".")
    return f"{int(whole):,}{dot}{part}"
