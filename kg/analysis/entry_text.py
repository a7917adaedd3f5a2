"""Entries on a terminal: at most five lines each, or one entry with everything in it."""

from __future__ import annotations

from kg.analysis.conflicts import Answer, Entry
from kg.analysis.entry_words import more
from kg.text.sentences import count
from kg.text.terminal import cut, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def text(found: Sequence[Entry], width: int) -> str:
    """Entries for a terminal: question, two sides, kind with reason, what would settle it."""
    return "\n".join("".join(f"{line}\n" for line in _lines(e, width)) for e in found)


def _lines(e: Entry, width: int) -> Iterator[str]:
    yield cut(f"{e.id} {e.question}", width)
    first, second, *rest = e.sides
    others = f"; {count(len(rest), 'other answer')}" if rest else ""
    yield "  < " + _answer(first, e.question, width - 4)
    yield "  > " + _answer(second, e.question, width - 4, others)
    yield "  " + cut(f"{e.hard}, {e.kind}: {e.reason}", width - 2)
    if e.judged:
        yield "  " + cut(e.judged, width - 2)
    elif e.settles:
        yield "  " + cut(f"would settle it: {e.settles}", width - 2)


def _answer(one: Answer, question: str, width: int, others: str = "") -> str:
    """The shortest row of a side: its clause is cut before its place is, and `it` if told."""
    if not one.said:
        return cut(one.label, width, others)
    text, dash, place = one.said[0].rpartition(" — ")
    place = place.partition(", citing ")[0]
    head, that, clause = text.partition(" that ")
    if that and clause.split(", ")[0] in question:
        text = f"{head} {' '.join(['it', *clause.partition(', ')[1:]])}".rstrip(" ,")
    label = f"{one.label}; " if one.label else ""
    return cut(label + text, width, f"{dash}{place}{more(len(one.said) - 1)}{others}")


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
