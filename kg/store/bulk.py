"""What a build asks of the ledger before it, of many rows or records at once."""

from __future__ import annotations

from kg.store.ledger import ATTESTATION, Ledger, attestation_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from kg.model.claims import Attestation

# So many are asked for in one question.
_AT_ONCE = 500


class Bulk(Ledger):
    """A finished ledger, read by the lot."""

    def attestations(self, marks: Iterable[str]) -> dict[str, Attestation]:
        """Those of some attestations that there are, by id."""
        some = f"select {','.join(ATTESTATION)} from said where id in"
        return {a.id: a for a in map(attestation_of, self._some(some, marks))}

    def resting_on(self, records: Iterable[str]) -> set[str]:
        """The attestations that stand in some documents, are by some voices, or come by way of them.

        Cost: a look at each attestation that comes by way of somebody.
        """
        wanted = {*records}
        found = {row[0] for row in self._some("select id from said where document in", wanted)}
        found |= {row[0] for row in self._some("select id from said where voice in", wanted)}
        for mark, chain in self._db.execute("select id, chain from said where chain<>''"):
            if not wanted.isdisjoint(chain.replace(" | ", " < ").split(" < ")):
                found.add(mark)
        return found

    def texts(self, entities: Iterable[str]) -> dict[str, set[str]]:
        """The folded texts that some records are found by. Cost: a look at each text."""
        found: dict[str, set[str]] = {}
        for text, entity in self._some("select folded, entity from name where entity in", entities):
            found.setdefault(str(entity), set()).add(str(text))
        return found

    def _some(self, one: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a question whose last column has one of some values."""
        held = [*dict.fromkeys(values)]
        for i in range(0, len(held), _AT_ONCE):
            part = held[i : i + _AT_ONCE]
            yield from self._db.execute(f"{one} ({','.join('?' * len(part))})", part)
