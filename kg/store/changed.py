"""What changed in the rows of a case since its graph was built, as it is found out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.case.claim_rows import sealed
from kg.case.kept import KEYED, ROW
from kg.text.terminal import count, some

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.claim_rows import Said
    from kg.case.ids import Register
    from kg.case.kept import Lines, Told
    from kg.case.keyed import Keyed
    from kg.case.lines import Difference
    from kg.case.row import Row
    from kg.store.beside import Beside
    from kg.store.graph import Graph
    from kg.store.remembered import Remembered, Table


@dataclass
class Changes:
    """What has to be done: rows that are gone, by attestation, and rows that are new.

    `held` is the graph as it is, `before` what was remembered with it and `tables` what will be;
    `told` has the warnings on new rows, `differences` what became of the lines, by table; `keys` the
    keys of new rows by attestation. `again` are the lines, as they were, of rows that are as they
    were and are read once more; `known` is what the case knows now, `was` what it knew. `beside` has
    what the other tables hold, if one of them changed.
    """

    held: Graph
    known: Register
    was: Register
    before: Remembered
    keyed: Keyed
    tables: dict[str, Table] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    new: list[Said] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    differences: dict[str, Difference] = field(default_factory=dict)
    in_order: bool = True
    keys: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[Row, Said]] = field(default_factory=list)
    again: set[tuple[str, int]] = field(default_factory=set)
    beside: Beside | None = None

    def rows(self, stem: str) -> Lines:
        """What is known of the lines of a table as they are now."""
        return (self.tables.get(stem) or self.before.tables[stem]).rows

    @property
    def number(self) -> int:
        """How many rows changed."""
        rows = max(len(self.gone), len(self.new)) - len(self.again)
        return rows + (self.beside.number if self.beside else 0)

    @property
    def told_shortly(self) -> str:
        """What changed: ``3 rows; withheld: ann``, or how tables that say the same are otherwise."""
        told = [count(self.number, "row")] if self.number else []
        if self.beside and self.beside.withheld:
            told.append(self.beside.withheld)
        if told:
            return "; ".join(told)
        if self.beside:
            return f"the order of rows, or how they are written, in {some(self.beside.rewritten)}"
        return "blank lines" if self.in_order else "the order of rows"

    def enter(self, row: Row, said: Said, flag: int = 0) -> None:
        """Put down a row whose references are known."""
        said = sealed(said)
        mark, key = said.attestation.id, row.get("key")
        table = self.tables[row.file.rpartition(".")[0]]
        table.rows.note(row.number, mark, ROW | flag | (KEYED if key else 0))
        self.new.append(said)
        if key:
            self.keys[mark] = key
