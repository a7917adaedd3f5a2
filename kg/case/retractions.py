"""Whether a voice that takes something back has ever said it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.case.claim_rows import Said
from kg.case.row import Row
from kg.model.claims import Attestation
from kg.model.standing import statement

_What = tuple[str, str, str, bool, str, str]


def _what(said: Said) -> _What:
    """The statement that a row is about, and whose word it is."""
    a = said.attestation
    return said.subject, said.relation, said.object, said.figure, a.voice, statement(a)


@dataclass
class Retractions:
    """The rows that take something back: few, so that they can be kept."""

    rows: dict[_What, list[tuple[Row, Said]]] = field(default_factory=dict)

    def note(self, row: Row, said: Said) -> None:
        """Keep a row if it is a retraction."""
        if said.attestation.stance == "retracts":
            self.rows.setdefault(_what(said), []).append((row, said))

    def warn(self, read_again: Callable[[], Iterable[Said]]) -> None:
        """Report those whose voice took no earlier stance; all is read again if there are any."""
        if not self.rows:
            return
        for said in read_again():
            if said.attestation.stance != "retracts" and (open_ := self.rows.get(_what(said))):
                open_[:] = [
                    (row, back) for row, back in open_ if before(back.attestation, said.attestation)
                ]
        held = (pair for pairs in self.rows.values() for pair in pairs)
        for row, back in sorted(held, key=lambda pair: pair[0].place):
            row.warn(*of_nothing(back.attestation, back.figure))


def before(back: Attestation, said: Attestation) -> bool:
    """Whether a retraction was certainly spoken before what it would take back."""
    last, first = back.said_latest, said.said_earliest
    return bool(last and first and last < first)


def of_nothing(back: Attestation, figure: bool) -> tuple[str, str, str, str]:
    """Column, what is found, what is expected and a hint, of a retraction of what was never said."""
    found = f"“{back.voice}” takes back what it says in no earlier row"
    same = ", with the same number" if figure else ""
    expected = f"an earlier row of the same voice on the same claim{same}"
    return "stance", found, expected, "is the voice another one?"
