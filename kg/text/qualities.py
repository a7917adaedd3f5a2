"""What rows say of their claim besides, in words: a share, an amount, a role."""

from __future__ import annotations

from kg.model.claims import reach
from kg.model.qualities import NUMBERS
from kg.model.record import Record
from kg.text.figures import grouped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.model.claims import Attestation
    from kg.model.ontology import Ontology

# So many values of one quality are told where the rows of a claim are told at once.
_MOST = 3


class Quality(Record):
    """One quality of a row: its term, what that is called, the value as in the table.

    Of a number `unit` is its unit; `text` is the value in words, `sentence` all of it, empty
    where it is told as the unit of another quality.
    """

    name: str
    label: str
    value: str
    unit: str
    text: str
    sentence: str

    @property
    def parts(self) -> tuple[str, str]:
        """What it is called and its value in words; of what holds or not, all of it and nothing."""
        flag = self.text in ("yes", "no") and self.sentence.endswith(self.label)
        return (self.sentence, "") if flag else (self.label, self.text)

    def __str__(self) -> str:
        return self.sentence or f"{self.label} {self.text}"


def qualities(a: Attestation, terms: Ontology, name: Callable[[str], str]) -> tuple[Quality, ...]:
    """The qualities of a row, in the order of the ontology. `name` gives the name of an entity."""
    held, known = dict(reversed(a.qualities)), terms.qualities
    units = {known[key].unit_from for key in held if key in known}
    order = list(known)
    placed = sorted(a.qualities, key=lambda q: order.index(q[0]) if q[0] in known else len(order))
    found = []
    for key, value in placed:
        if key not in known:
            # A row of an earlier build may have what the ontology has no more.
            found.append(Quality(key, key, value, "", value, f"{key} {value}"))
            continue
        term = known[key]
        unit = term.unit or held.get(term.unit_from, "")
        text, sentence = value, ""
        if terms.refers(term):
            text = name(value)
        elif term.datatype == "boolean":
            text = "yes" if value == "true" else "no"
            sentence = term.label if value == "true" else f"not {term.label}"
        elif term.datatype in NUMBERS:
            text = ranged(value) + (f" {unit}" if unit else "")
        sentence = "" if key in units else sentence or f"{term.label} {text}"
        found.append(Quality(key, term.label, value, unit, text, sentence))
    return tuple(found)


def ranged(value: str) -> str:
    """A number or a range as said.

    >>> ranged("1200.5"), ranged("25..50"), ranged("25.."), ranged("..50")
    ('1,200.5', '25 to 50', 'at least 25', 'at most 50')
    """
    low, high = reach(value)
    if low and high:
        return " to ".join(map(grouped, dict.fromkeys((low, high))))
    return f"at least {grouped(low)}" if low else f"at most {grouped(high)}"


def told(held: Iterable[Quality]) -> str:
    """What rows of one claim say besides, each value once: ``share 25 % / 30 %, role director``."""
    values: dict[str, dict[str, Quality]] = {}
    for q in held:
        if q.sentence:
            values.setdefault(q.name, {}).setdefault(q.text, q)
    return ", ".join(map(_several, values.values()))


def _several(found: dict[str, Quality]) -> str:
    if len(found) == 1:
        return str(next(iter(found.values())))
    held = sorted(found.values(), key=size)
    more = f" and {len(held) - _MOST:,} more" if len(held) > _MOST else ""
    return f"{held[0].label} {' / '.join(q.text for q in held[:_MOST])}{more}"


def size(q: Quality) -> tuple[float, str]:
    """Numbers by their size, all else by its words."""
    try:
        return float(next(filter(None, reach(q.value)))), q.text
    except ValueError:
        return 0.0, q.text
