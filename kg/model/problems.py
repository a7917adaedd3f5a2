"""What is wrong in a table or an ontology, as a value: where, found, expected, what to do."""

from __future__ import annotations

from kg.model.record import Record


class Problem(Record):
    """One thing wrong in a table or an ontology: where, found, expected, what to do.

    `row` counts as a spreadsheet does: the header is row 1; 0 means the file as
    a whole. `warning` problems are reported and do not stop a build; one with a `kind` can
    be switched off by that name. `unit` is what is counted: a ``row`` of a table, a
    ``line`` of a text. What is wrong in the same way in several rows is one problem:
    `times` of them, the first few in `rows`.
    """

    file: str
    row: int
    column: str
    found: str
    expected: str
    hint: str = ""
    warning: bool = False
    unit: str = "row"
    rows: tuple[int, ...] = ()
    times: int = 1
    kind: str = ""

    @property
    def where(self) -> str:
        """File, row and column, or key, as a person reads them."""
        parts = [self.file]
        if self.times > 1:
            first, more = ", ".join(f"{row:,}" for row in self.rows), self.times - len(self.rows)
            parts.append(f"{self.unit}s {first}" + (f" and {more:,} more" if more else ""))
        elif self.row:
            parts.append(f"{self.unit} {self.row}")
        if self.column:
            kind = "key" if self.file.endswith(".toml") else "column"
            parts.append(f"{kind} {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        text = f"{self.where}: {self.found}; expected {self.expected}"
        text = f"{text}; {self.hint}" if self.hint else text
        return f"{text} [{self.kind}]" if self.kind else text
