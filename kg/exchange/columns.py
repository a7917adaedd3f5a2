"""The columns of a table that nobody has described: what their headers usually mean, what their cells look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.case import local_forms, slugs
from kg.exchange.addresses import address

# Headers by what they usually hold, as whole words.
_WORDS = {
    "subject": "source from subject owner parent payer sender person_a entity_a a node1 start director member employee shareholder holder originator",
    "object": "target to object asset child payee recipient beneficiary receiver entity_b b node2 company organisation organization employer",
    "relation": "relation relationship connection link role position interaction type_of_relation tie predicate edge",
    "id": "id identifier uid uuid key code number no nr ref",
    "name": "name title label fullname full_name company person organisation organization entity",
    "kind": "type class category kind schema",
    "aliases": "alias aliases aka also_known_as other_names alternative_names",
    "description": "description note notes comment comments summary details remarks",
    "source": "source sources url urls link links reference references citation evidence website",
    "start": "start from since begin began start_date date_from valid_from appointed",
    "end": "end to until ended end_date date_to valid_to resigned ceased",
    "date": "date day when year",
    "share": "share percentage percent stake ownership",
    "amount": "amount value sum price total payment",
}
_LISTED = {role: frozenset(words.split()) for role, words in _WORDS.items()}
_SPLITS = ("; ", ";", " | ", "|", "\n")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:[ ,.'][0-9]{3})*(?:[.,][0-9]+)?|-?[0-9]+(?:[.,][0-9]+)?")


@dataclass
class Column:
    """A column: its header, its filled cells, and what they look like."""

    name: str
    cells: list[str] = field(default_factory=list)
    form: str = "text"
    split: str = ""
    dates: str = ""

    def is_a(self, role: str) -> bool:
        """Whether the header is one that usually has this role."""
        plain = slugs.slug(self.name).replace("-", "_")
        words = {plain, *plain.split("_")[-1:], *plain.split("_")[:1]}
        return bool(words & _LISTED[role])

    @property
    def different(self) -> int:
        """How many different cells there are."""
        return len(set(self.cells))


def look(column: Column) -> None:
    """What the cells of a column look like."""
    cells = column.cells
    for mark in _SPLITS:
        several = [c for c in cells if mark in c]
        enough = len(several) > max(1, len(cells) // 50)
        links = several and all(address(part) for part in several[0].split(mark))
        if (enough or links) and not (mark == "|" and " | " in several[0]):
            column.split = mark
            break
    parts = [p.strip() for c in cells for p in (c.split(column.split) if column.split else [c])]
    parts = [p for p in parts if p]
    if _most(parts, lambda p: bool(address(p))):
        column.form = "address"
    elif _most(parts, _is_date) or (
        any(map(column.is_a, ("start", "end", "date")))
        and _most(parts, lambda p: _is_date(p) or bool(re.fullmatch(r"[12]\d{3}", p)))
    ):
        orders = Counter(o for p in parts for o in local_forms.orders(p))
        column.form = "date"
        column.dates = orders.most_common(1)[0][0] if orders else ""
    elif _most(parts, lambda p: bool(_NUMBER.fullmatch(p.removesuffix("%").strip()))):
        column.form = "number"
    elif len(parts) > 1 and len(set(parts)) <= max(2, len(parts) // 10):
        column.form = "few"


def _most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, cells)) * 10 >= len(cells) * 9


def _is_date(cell: str) -> bool:
    return bool(local_forms.orders(cell) or re.fullmatch(r"[12]\d{3}-\d\d(-\d\d([T ].*)?)?", cell))


def pick(
    columns: list[Column], role: str, forms: tuple[str, ...], taken: list[Column]
) -> Column | None:
    """The first column not taken whose header has a role and whose cells one of the forms; it is taken then."""
    free = (c for c in columns if c not in taken and c.form in forms and c.is_a(role))
    found = next(free, None)
    if found:
        taken.append(found)
    return found
