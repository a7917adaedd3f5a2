"""What one reading of a case's tables leaves for the next, so that only changed rows need be read."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from kg.case.ids import Register
from kg.case.row import Row
from kg.model.problems import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.case.plausibility import Watch

# The tables of the ledger, in the order in which they are read.
ROWS = ("claims", "figures", "events", "names")
# Those whose rows can be read one by one.
SINGLE = ROWS[:2]
OTHERS = ROWS[2:]
REFERRING, TOGETHER, RETRACTIONS = "referring", "together", "retractions"
# When something was told: before the rows of the ledger, in each of its tables, of the rows that
# refer to others, of what all rows together show, of what was taken back and never said.
PHASES = ("", *ROWS, REFERRING, TOGETHER, RETRACTIONS)
# What is known of a line: it holds a row, which has a key, which refers to other rows.
ROW, KEYED, REFERS = 1, 2, 4
ID = 12


@dataclass
class Told:
    """Every warning in the order in which it came; a text that comes again is kept once."""

    texts: dict[Problem, int] = field(default_factory=dict)
    phases: bytearray = field(default_factory=bytearray)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    rows: array[int] = field(default_factory=lambda: array("I"))

    def add(self, phase: str, problem: Problem) -> None:
        """Keep one more."""
        self.put(phase, problem._replace(row=0), problem.row)

    def put(self, phase: str, text: Problem, row: int) -> None:
        """Keep a warning that is given without its row."""
        self.phases.append(PHASES.index(phase))
        self.numbers.append(self.texts.setdefault(text, len(self.texts)))
        self.rows.append(row)

    def all(self) -> Iterator[tuple[str, Problem, int]]:
        """Each with its phase, in order: without its row, and that."""
        texts = [*self.texts]
        for phase, number, row in zip(self.phases, self.numbers, self.rows, strict=True):
            yield PHASES[phase], texts[number], row

    def of_file(self, phase: str, file: str) -> bool:
        """Whether one of them is of a file as a whole."""
        return any(not row and at == phase and text.file == file for at, text, row in self.all())


@dataclass
class Lines:
    """The attestation of each row of a table by the number of the row, and what is known of it."""

    ids: bytearray = field(default_factory=bytearray)
    flags: bytearray = field(default_factory=bytearray)

    def __len__(self) -> int:
        return len(self.flags)

    def note(self, number: int, mark: str, flag: int) -> None:
        """Enter a row; the header is row 1."""
        if (more := number - len(self.flags)) > 0:
            self.flags += bytes(more)
            self.ids += bytes(more * ID)
        self.flags[number - 1] = flag
        self.ids[(number - 1) * ID : number * ID] = bytes.fromhex(mark)


@dataclass
class Kept:
    """What was known of the entities, the attestation of each row, and what all rows show together.

    `elsewhere` are the attestations of rows of tables that are not read row by row, `own` those of
    the records' own rows, `twice` those that stand in several rows. `referring` are the places of
    rows that were left out because they refer to others; `keyed` tells whether one of those that are
    read whole has a key.
    """

    known: Register
    lines: dict[str, Lines] = field(default_factory=dict)
    watch: Watch | None = None
    elsewhere: bytearray = field(default_factory=bytearray)
    own: bytearray = field(default_factory=bytearray)
    twice: set[str] = field(default_factory=set)
    referring: list[tuple[str, int]] = field(default_factory=list)
    keyed: bool = False

    def note(self, row: Row, mark: str, *, refers: bool = False) -> None:
        """Enter a good row with its attestation's id."""
        stem = row.file.rpartition(".")[0]
        if stem in SINGLE:
            flag = ROW | (KEYED if row.get("key") else 0) | (REFERS if refers else 0)
            self.lines.setdefault(stem, Lines()).note(row.number, mark, flag)
        else:
            self.elsewhere += bytes.fromhex(mark)


def marks(ids: bytes | bytearray) -> Iterator[str]:
    """The attestations of ids that follow each other, once each."""
    held = (ids[i : i + ID].hex() for i in range(0, len(ids), ID))
    return iter(dict.fromkeys(held))


def found(ids: bytes | bytearray | memoryview, mark: str) -> Iterator[int]:
    """The places at which an id stands among ids that follow each other. Cost: a search of all."""
    wanted, held = bytes.fromhex(mark), bytes(ids)
    place = held.find(wanted)
    while place >= 0:
        if place % ID == 0:
            yield place // ID
        place = held.find(wanted, place + 1)
