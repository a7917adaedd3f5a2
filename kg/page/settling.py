"""What a page needs of an attestation to settle its claim anew: days, statement, what stands in its place."""

from __future__ import annotations

from kg.model.standing import statement, unsays
from kg.page.view import ViewAnswer, ViewWeight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.model.claims import Attestation
    from kg.store.ledger import Ledger


def weight(ledger: Ledger, a: Attestation) -> ViewWeight:
    """What the rule of standing and the clock ask of an attestation."""
    back = a.stance == "retracts" and unsays(a, ledger.whole(a.claim).attestations)
    return ViewWeight(days(a), statement(a), a.parties, back, tuple(_answers(ledger, a)))


def days(a: Attestation) -> str:
    """Its days as one text: known, spoken, holds, period, each FIRST/LAST, and whether it goes on.

    >>> from kg.model.claims import Attestation
    >>> days(Attestation("1", "c", "asserts", "v", "d", "1", known_earliest="2022-01-01"))
    '2022-01-01/ / / / -'
    """
    known, spoken = (a.known_earliest, a.known_latest), (a.said_earliest, a.said_latest)
    pairs = (known, spoken, (a.holds_from, a.holds_to), (a.earliest, a.latest))
    return " ".join(["/".join(pair) for pair in pairs] + ["on" if a.goes_on else "-"])


def _answers(ledger: Ledger, a: Attestation) -> list[ViewAnswer]:
    """What stands in its place, each with what its own voice says besides and puts in its place."""
    found = []
    for b in ledger.replacements(a.id):
        own_words = (c for c in ledger.whole(b.claim).attestations if c.voice == b.voice)
        said = [c for c in own_words if c.id != b.id and ledger.shown(c)]
        own = [c for c in ledger.replacements(b.id) if c.voice == b.voice]
        rivals, replaced = (tuple(_bare(c) for c in group) for group in (said, own))
        found.append(_bare(b)._replace(rivals=rivals, replaced=replaced))
    return found


def _bare(a: Attestation) -> ViewAnswer:
    return ViewAnswer(a.id, a.voice, a.document, a.stance, days(a), statement(a), a.parties)
