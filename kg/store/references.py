"""Rows that changed and the rows that they refer to by keys, or are referred to by. Raises `Whole`."""

from __future__ import annotations

from kg.case import reader
from kg.case.kept import ID, KEYED, REFERS, SINGLE
from kg.case.kept import found as ids_at
from kg.store.remembered import Whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.plausibility import Watch
    from kg.store.changed import Changes


def settle(found: Changes, watch: Watch) -> None:
    """Settle the new rows that refer to others, once those are settled."""
    while found.waiting:
        stuck = []
        for row, said in found.waiting:
            ids = {column: _keyed(found, key) for column, key in reader.references(row).items()}
            if not all(ids.values()):
                stuck.append((row, said))
                continue
            told = len(row.problems.told.rows) if row.problems.told else 0
            watch.alone(row, said)
            if row.problems.told and len(row.problems.told.rows) > told:
                raise Whole(f"{row.file}, row {row.number} refers to another one, and is odd")
            found.enter(row, reader.pointed(said, ids), REFERS)
        if len(stuck) == len(found.waiting):
            # A circle, which is told.
            raise Whole("")
        found.waiting = stuck


def _keyed(found: Changes, key: str) -> str:
    """The attestation of the row that has a key; empty where it is not settled."""
    places = [*found.keyed.places(key)]
    if len(places) != 1:
        raise Whole(f"the key “{key}” may stand in several rows" if places else "")
    stem, line = places[0]
    if stem not in SINGLE or line < 0:
        raise Whole(f"the key “{key}” stands in a row of {stem}")
    rows = found.rows(stem)
    return rows.ids[line * ID : (line + 1) * ID].hex() if rows.flags[line] else ""


def check(found: Changes) -> None:
    """Refuse to take a key from a row that others refer to, or that a judgement may name."""
    lost = set()
    for stem, made in found.differences.items():
        old = found.before.tables[stem].rows
        places = (place for place in made.gone if old.flags[place] & KEYED)
        lost |= {old.ids[place * ID : (place + 1) * ID].hex() for place in places}
    # What was read again and says the same has the key that it had.
    kept = {found.before.mark(*place) for place in found.again} & found.keys.keys()
    lost -= kept
    if any(len([*found.keyed.places(key)]) != 1 for _, _, key in found.known.pointing):
        raise Whole("")
    judged = (end for j in found.known.judgements for end in (j.left, j.right))
    if (lost or found.keys.keys() - kept) and any(end.startswith("@") for end in judged):
        raise Whole("a row with a key changed, and a judgement names rows by their keys")
    ledger = found.held.ledger
    for mark in lost:
        claims = (ledger.claim(name) for name in ledger.about_statement(mark))
        said = [*ledger.replacements(mark), *(a for c in claims for a in c.attestations)]
        for a in said:
            if a.id not in found.gone and not _still_refers(found, a.id, found.keys.get(mark, "")):
                raise Whole("a row changed that others refer to")


def _still_refers(found: Changes, mark: str, key: str) -> bool:
    """Whether the row of an attestation refers to a key."""
    for stem in found.before.tables:
        for line in ids_at(found.rows(stem).ids, mark):
            row = found.keyed.row(stem, line)
            return f"@{key}" in (row.get("object"), row.get("instead_of"))
    return False
