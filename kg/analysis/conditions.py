"""A condition on what rows say besides, as ``share>25``: read from words, and asked of a row."""

from __future__ import annotations

import re

from kg.model.claims import Attestation, reach
from kg.model.errors import UsageError, parameter
from kg.model.qualities import NUMBERS
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_FORM = re.compile(r"\s*([^<>=!]+?)\s*(?:(!=|>=|<=|=|>|<)\s*(.*\S))?\s*")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EXPECTED = "a quality, or a quality, one of = != > >= < <= and a value, as share>25"


class Condition(Record):
    """What a row must say: of a `quality`, by a `sign`, a `value`; without a sign, that it says anything of it."""

    quality: str
    sign: str = ""
    value: str = ""


def condition(graph: Graph, text: str) -> Condition:
    """A condition as typed: the quality by name or label, an entity by its id.

    Raises UsageError for what is none.
    """
    from kg.analysis.filters import named

    found = _FORM.fullmatch(text)
    if not found:
        raise UsageError(f"{parameter('quality')} {text}: expected {_EXPECTED}")
    name, sign, value = (part or "" for part in found.groups())
    quality = named(name, graph.terms.qualities, "quality")
    made = Condition(quality, sign, value)
    ordered = graph.terms.qualities[quality].datatype in (*NUMBERS, "date")
    if sign not in ("", "=", "!=") and not ordered:
        told = f"{quality} is no number and no date: expected = or !="
        raise UsageError(f"{parameter('quality')} {text}: {told}")
    if sign and ordered:
        try:
            _bounds(graph, made, value)
        except ValueError as error:
            told = str(error) if graph.terms.qualities[quality].datatype == "date" else "a number"
            raise UsageError(f"{parameter('quality')} {text}: expected {told}") from error
    return made


def meets(graph: Graph, wanted: Condition) -> Callable[[Attestation], bool]:
    """Whether a row meets a condition: a range or a date does if any value that it may mean does."""
    term = graph.terms.qualities[wanted.quality]
    ordered = term.datatype in (*NUMBERS, "date") and not graph.terms.refers(term)
    asked = _bounds(graph, wanted, wanted.value) if wanted.sign and ordered else None

    def holds(value: str) -> bool:
        if asked is None:
            same = folded(value) == folded(wanted.value)
            if graph.terms.refers(term) and not same:
                same = folded(graph.ledger.name(value)) == folded(wanted.value)
            return same == (wanted.sign != "!=") or not wanted.sign
        (low, high), (least, most) = _bounds(graph, wanted, value), asked
        return {
            "=": low <= most and least <= high,
            "!=": not (low == high == least == most),
            ">": high > most,
            ">=": high >= least,
            "<": low < least,
            "<=": low <= most,
        }[wanted.sign]

    return lambda a: any(holds(value) for name, value in a.qualities if name == wanted.quality)


def _bounds(graph: Graph, wanted: Condition, value: str) -> tuple[float, float]:
    """The lowest and the highest that a value may mean; days as numbers. Raises ValueError."""
    if graph.terms.qualities[wanted.quality].datatype == "date":
        from kg.model import dates

        span = dates.parse(value)
        first, last = (day.replace("-", "") for day in (span.earliest, span.latest))
    else:
        first, last = reach(value)
        if any(end and not NUMBER.fullmatch(end) for end in (first, last)) or not (first or last):
            raise ValueError
    return float(first or "-inf"), float(last or "inf")
