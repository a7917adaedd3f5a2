"""A case checked: all its rows are read and everything wrong with them is found; no graph is made."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path

from kg.case.row import Problems
from kg.store.checked import Checked
from kg.store.filling import fill
from kg.store.ledger import Ledger
from kg.store.ledger_writer import Writer
from kg.store.settling import settled
from kg.store.tally import Tally
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.case.claim_rows import Said
    from kg.case.source import Source


def check(case: Source, each: Callable[[Said], None] | None = None) -> Checked:
    """Read everything in a case and find everything wrong with it.

    `each` is handed every good attestation, entity cells' own claims included.
    Writes nothing but a temporary file. Cost: linear in the rows; some bytes of each are held.
    """
    problems = Problems()
    rows = case.rows(problems)
    with Tally({*rows.merged.values()}) as tally:
        fill(case, rows, tally, problems, each)
        return Checked(*tally.counts(), tuple(problems.found), problems.dropped)


def proofread(case: Source) -> Iterator[tuple[str, int, str, str, str]]:
    """Every good row as (file, row, sentence, gloss, quote), in the order of the tables."""
    read: list[tuple[tuple[str, int], str]] = []
    with as_ledger(case, lambda said: read.append((said.place, said.attestation.id))) as held:
        words = Wording(held, case.ontology)
        for (file, row), mark in sorted(read):
            a = held.attestation(mark)
            yield file, row, words.attestation(a, held.claim(a.claim)), a.gloss, a.quote


@contextmanager
def as_ledger(case: Source, each: Callable[[Said], None] | None = None) -> Iterator[Ledger]:
    """The good rows of a case as a ledger whose claims are settled, in a temporary file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        ledger = Writer(path)
        problems = Problems()
        fill(case, case.rows(problems), ledger, problems, each)
        ledger.add_claims((claim, ()) for claim in list(settled(ledger, case.ontology)))
        ledger.close()
        held = Ledger(path)
        yield held
        held.close()
