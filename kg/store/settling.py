"""How the claims of a ledger that is being written come to stand."""

from __future__ import annotations

from kg.model.claims import Attestation, Claim
from kg.model.parties import Parties, link
from kg.model.standing import alive, settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model.ontology import Ontology
    from kg.store.ledger_amender import Amender
    from kg.store.ledger_writer import Writer


def settled(ledger: Writer, terms: Ontology) -> Iterator[Claim]:
    """Every claim with its standing, in the order of ids: first who speaks for whom, then all."""
    if found := parties(ledger, terms):
        ledger.set_parties(lambda *spoke: " | ".join(found.of(*spoke)))
    yield from _standing(ledger)


def parties(ledger: Writer, terms: Ontology) -> Parties:
    """Who speaks for whom, as the claims of the relations that say so stand by themselves."""
    speaking = terms.speaking_for
    held = _standing(ledger, speaking) if speaking else ()
    return Parties(filter(None, map(link, held)))


def settled_again(ledger: Amender, claims: Iterable[str]) -> dict[str, Claim]:
    """Some claims as they stand now, by id, and those whose standing changes with theirs.

    Whose rows stand in place of another claim's counts there as it lives here.
    """
    found: dict[str, Claim] = {}
    ahead = {*claims}
    while ahead:
        groups = [*ledger.gathered(claims=sorted(ahead))]
        marks = [a.id for _, said in groups for a in said]
        instead: dict[str, list[Attestation]] = {}
        for _, said in ledger.gathered(claims=ledger.replacing(marks)):
            for a in alive(said, ledger.replaced(a.id for a in said)):
                if a.instead_of:
                    instead.setdefault(a.instead_of, []).append(a)
        ahead = set()
        for (subject, relation, object_, figure), said in groups:
            ends = (said[0].claim, subject, relation, object_, figure)
            claim = Claim(*ends, *settle(said, instead))
            found[claim.id] = claim
            ahead |= ledger.claims_of(a.instead_of for a in claim.attestations if a.instead_of)
        ahead -= found.keys()
    return found


def _standing(ledger: Writer, relations: Sequence[str] = ()) -> Iterator[Claim]:
    """Every claim with its standing, or those of some relations."""
    replaced = ledger.replaced()
    instead: dict[str, list[Attestation]] = {}
    for _, said in ledger.gathered(replacing=True):
        for a in alive(said, replaced):
            if a.instead_of:
                instead.setdefault(a.instead_of, []).append(a)
    for (subject, relation, object_, figure), said in ledger.gathered(relations=relations):
        ends = (said[0].claim, subject, relation, object_, figure)
        yield Claim(*ends, *settle(said, instead))
