"""What became of a source: read, written, merged and left out, by kind and reason, all of it counted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.record import Record

READ, WRITTEN, MERGED, KEPT = "read", "written", "merged", "kept apart"
PASSED, LEFT = "passed over", "left out"
# Kinds that are named where many have one reason.
_SHOWN = 8
_ORDER = (READ, WRITTEN, MERGED, KEPT, PASSED, LEFT)


class Line(Record):
    """So many of a kind were `step`: ``read`` (the source's own count), ``written``, ``merged``,
    ``kept apart`` (taken, but not as the source has it), ``passed over`` (as the mapping says) or
    ``left out``; `reason` says why."""

    step: str
    kind: str
    number: int
    reason: str = ""


class Tally:
    """Counts by step, kind and reason."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str], int] = {}

    def add(self, step: str, kind: str, reason: str = "", count: int = 1) -> None:
        """Count some more."""
        key = (step, kind, reason)
        self._counts[key] = self._counts.get(key, 0) + count

    def count(self, step: str, kind: str = "") -> int:
        """How many, of one kind or of all."""
        return sum(n for (s, k, _), n in self._counts.items() if s == step and kind in ("", k))

    def lines(self) -> list[Line]:
        """All counts: by step, the largest first."""
        held = [Line(s, k, n, r) for (s, k, r), n in self._counts.items() if n]
        return sorted(held, key=lambda x: (_ORDER.index(x.step), -x.number, x.kind, x.reason))


def text(lines: list[Line], width: int) -> Iterator[str]:
    """The tally for people: a step a paragraph, and in it what has one reason together."""
    from kg.text.terminal import wrap

    for step in _ORDER:
        first = step
        for reason in dict.fromkeys(line.reason for line in lines if line.step == step):
            held = [x for x in lines if x.step == step and x.reason == reason]
            where = "in " if step == WRITTEN else ""
            shown = [f"{x.number:,} {where}{x.kind}" for x in held[: _SHOWN if reason else None]]
            told = ", ".join(shown)
            if more := len(held) - len(shown):
                told += f" and {sum(x.number for x in held[len(shown) :]):,} of {more} other kinds"
            told += f": {reason}" if reason else ""
            yield wrap(told, width, f"{first:<12}", " " * 14 if reason else " " * 12) + "\n"
            first = ""
