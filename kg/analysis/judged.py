"""What editors decided about entries: settled, silenced, or misprinted, with a reason and a date."""

from __future__ import annotations

from kg.store.graph import JUDGEMENTS, Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Judged:
    """The judgements of a graph about entries of `kg conflicts`; `unmet` are those not looked up yet."""

    def __init__(self, graph: Graph) -> None:
        self._notes: dict[str, str] = {}
        self.unmet: set[str] = set()
        if not graph.holds(JUDGEMENTS):
            return
        import json

        with open(graph.part(JUDGEMENTS), encoding="utf-8") as file:
            rows: list[dict[str, Any]] = json.load(file)
        for row in rows:
            if row["kind"] in ("settled", "silenced", "misprint"):
                by = f" by {row['by']}" if row["by"] else ""
                when = f" on {row['date']}" if row["date"] else ""
                note = f"{row['kind']}{by}{when}: {row['reason']}"
                for side in (row["left"], row["right"]):
                    self._notes.setdefault(side, note)
        self._notes.pop("", None)
        self.unmet.update(filter(printed, self._notes))

    def of(self, entry: str, parts: Sequence[set[str]]) -> tuple[str, bool]:
        """What was decided about an entry, in a sentence, and whether that is about all of it.

        `parts` are the ids that each of its findings has by itself: an entry of which all parts were
        decided before they became one is decided.
        """
        if entry in self._notes:
            self.unmet.discard(entry)
            return self._notes[entry], True
        held = [sorted(marks & self._notes.keys()) for marks in parts]
        told = dict.fromkeys(mark for marks in held for mark in marks)
        self.unmet.difference_update(told)
        if not told:
            return "", False
        notes = "; ".join(f"{mark} {self._notes[mark]}" for mark in told)
        if all(held):
            return notes, True
        return f"of a part of it, which was an entry of its own: {notes}", False

    def told(self) -> list[str]:
        """What was decided about entries that were not met, in a sentence each."""
        return [
            f"{mark}, {self._notes[mark]}: no entry is called so any more"
            for mark in sorted(self.unmet)
        ]


def printed(text: str) -> bool:
    """Whether a text is formed as the ids of entries are: ``c-0bef971``."""
    mark = text.removeprefix("c-")
    return mark != text and len(mark) == 7 and not mark.strip("0123456789abcdef")
