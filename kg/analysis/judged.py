"""What editors decided about entries: settled, silenced, or misprinted, with a reason and a date."""

from __future__ import annotations

from kg.store.graph import JUDGEMENTS, Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Judged:
    """The judgements of a graph about entries of `kg conflicts`."""

    def __init__(self, graph: Graph) -> None:
        self._notes: dict[str, str] = {}
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

    def of(self, entry: str) -> str:
        """What was decided about an entry, in a sentence; empty if nothing was."""
        return self._notes.get(entry, "")
