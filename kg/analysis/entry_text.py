"""Entries on a terminal: at most five lines each, or one entry with everything in it."""

from __future__ import annotations

from kg.analysis.conflicts import Entry
from kg.analysis.entry_words import Answer, more
from kg.text.phrases import count
from kg.text.terminal import wrap
from kg.text.untrusted import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def text(found: Sequence[Entry], width: int) -> str:
    """Entries for a terminal: question, two sides, kind with reason, what would settle it.

    A line is never cut, whatever the `width`: a terminal breaks it, a file keeps it whole.
    """
    return "\n".join("".join(f"{one_line(line)}\n" for line in _lines(e)) for e in found)


def _lines(e: Entry) -> Iterator[str]:
    yield f"{e.id} {e.question}"
    first, second, *rest = e.sides
    others = f"; {count(len(rest), 'other answer')}" if rest else ""
    yield f"  < {shortest(first)}"
    yield f"  > {shortest(second)}{others}"
    yield f"  {e.hard}, {e.kind}: {e.reason}"
    if e.judged:
        yield f"  {e.judged}"
    elif e.settles:
        yield f"  would settle it: {e.settles}"


def shortest(one: Answer) -> str:
    """The first row of a side, and how many more there are; of one that no voice takes, its label."""
    told = f"{one.short}{more(len(one.said) - 1)}" if one.said else ""
    return "; ".join(filter(None, (one.label, told)))


def explained(e: Entry, width: int, rules: Sequence[str]) -> str:
    """One entry in full: every row of every side, the standing of its claims, by which rule."""
    return "".join(f"{line}\n" for line in _full(e, width, rules))


def _full(e: Entry, width: int, rules: Sequence[str]) -> Iterator[str]:
    yield wrap(f"{e.id}  {e.question}", width, "", "  ")
    yield wrap(f"{e.hard}, {e.kind}: {e.reason}", width, "  ")
    for rule in rules:
        yield wrap(f"rule {rule}", width, "  ", "    ")
    for i, one in enumerate(e.sides, 1):
        yield f"  side {i}: {one.label}".rstrip().removesuffix(":")
        for sentence in one.said:
            yield wrap(sentence, width, "    • ", "      ")
    for line in e.standing:
        yield wrap(line, width, "  = ", "    ")
    if e.settles:
        yield wrap(f"would settle it: {e.settles}", width, "  ", "    ")
    if e.judged:
        yield wrap(e.judged, width, "  ", "    ")
    else:
        yield f"  to settle or silence it, a row in judgements.csv: settled,{e.id},,REASON,BY,DATE"
