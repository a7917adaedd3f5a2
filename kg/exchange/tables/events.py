"""What is said of events, attestation by attestation, as the rows of their table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, permutations, product
from types import SimpleNamespace
from typing import Any

from kg.case import event_rows
from kg.case.evidence_cells import EVIDENCE
from kg.model.ontology import Ontology, Term

_ORDERS = 720
# Class, label, the name that a row gave, other cells.
Described = tuple[str, str, str, Mapping[str, str]]


class Events:
    """Gathers the roles of each event into rows: what one passage says of it is one row."""

    def __init__(self, terms: Ontology) -> None:
        self._terms = terms
        self._columns = {term.id: column for column, term in terms.roles.items()}
        self._rows: dict[str, list[dict[str, str]]] = {}
        self._besides = list(event_rows.qualities(terms))

    def add(self, event: str, role: Term, value: str, said: Mapping[str, str]) -> None:
        """Take in one attestation: which role, who or how much, the evidence of its row."""
        column = self._columns[role.id]
        cells = {column: value}
        if role.kind == "measure":
            cells |= {f"{column}_unit": said["unit"], f"{column}_qualifier": said["qualifier"]}
        evidence = {c: said.get(c, "") for c in EVIDENCE}
        besides = {c: said[c] for c in self._besides if said.get(c)}
        held = self._rows.setdefault(event, [])
        for row in held:
            if self._joins(row, role, cells, evidence, besides):
                if role.kind == "measure" or column not in row:
                    row |= cells
                else:
                    row[column] += f" | {value}"
                row |= besides
                return
        held.append({**evidence, **cells, **besides})

    def _joins(
        self,
        row: Mapping[str, str],
        role: Term,
        cells: Mapping[str, str],
        evidence: Mapping[str, str],
        besides: Mapping[str, str],
    ) -> bool:
        """Whether a role can stand in a row that is there: the same evidence, and room for it."""
        if evidence["key"] or any(row[c] != cell for c, cell in evidence.items()):
            return False
        if role.kind == "measure" and any(c in row for c in cells):
            return False
        terms = self._terms
        for column, quality in event_rows.qualities(terms).items():
            others = (t for c, t in terms.roles.items() if c in row)
            same = row.get(column, "") == besides.get(column, "")
            both = terms.qualifies(quality, role.id) and any(
                terms.qualifies(quality, t.id) for t in others
            )
            if both and not same:
                return False
        return True

    def rows(
        self, described: Callable[[str], Described], names: Mapping[str, str]
    ) -> Iterator[dict[str, str]]:
        """The rows, those of one event together; first the one that the event is called after."""
        known: Any = SimpleNamespace(terms=self._terms, names=SimpleNamespace(shown=names))
        top = self._terms.events.id if self._terms.events else ""
        for event, held in sorted(self._rows.items()):
            kind, label, name, cells = described(event)
            for row in held:
                row |= {"id": event, "class": "" if kind == top else kind}
            first = held[0]
            told = [r for r in held if not name and self._called(r, kind, label, known)]
            if told:
                first = told[0]
            else:
                first["name"] = name or label
            first |= cells
            yield first
            yield from (row for row in held if row is not first)

    def _called(self, row: dict[str, str], kind: str, label: str, known: Any) -> bool:
        """Whether the event is called after this row; several in one role are put in that order."""
        several = [c for c in self._terms.roles if " | " in row.get(c, "")]
        orders = (permutations(row[c].split(" | ")) for c in several)
        for order in islice(product(*orders), _ORDERS):
            tried: Any = _Cells(
                row | {c: " | ".join(o) for c, o in zip(several, order, strict=True)}
            )
            if event_rows.sentence(tried, kind, known) == label:
                row |= tried.cells
                return True
        return False


class _Cells:
    """Cells as a row of a table gives them."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells

    def get(self, column: str) -> str:
        """A cell, empty if there is none."""
        return self.cells.get(column, "")

    def values(self, column: str) -> list[str]:
        """The values of a cell."""
        return self.cells[column].split(" | ") if self.get(column) else []
