"""What a check keeps of a case's rows: how many there are, and which of them stand there twice.

It takes rows as a ledger that is written does, and holds twelve bytes of each.
"""

from __future__ import annotations

import tempfile

from kg.model.claims import Attestation, Entity, beside
from kg.store.ledger_writer import joined_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_ID = 12
# So many rows go into the file together.
_SOME = 500
_END, _PART = "\x1e", "\x1f"


class Tally:
    """Counts what is stored; as a context it ends. `targets` are the records that others are merged into."""

    def __init__(self, targets: Collection[str] = ()) -> None:
        self._targets = targets
        self._whole: dict[str, Entity] = {}
        self._entities = 0
        self._said: set[bytes] = set()
        self._claims = bytearray()
        # What else a row says is looked up only once a row stands there twice.
        self._texts = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  # as long as itself
        self._lines: list[str] = []
        self._first: dict[str, tuple[str, ...]] = {}

    def __enter__(self) -> Tally:
        return self

    def __exit__(self, *error: object) -> None:
        self._texts.close()

    def add_entity(self, entity: Entity, keys: Iterable[str]) -> None:
        """Count an entity."""
        self._entities += 1
        if entity.id in self._targets:
            self._whole[entity.id] = entity

    def add_names(self, entity: str, keys: Iterable[str]) -> None:
        """Names are not kept."""

    def complete(self, target: str, parts: Iterable[Entity]) -> list[tuple[str, str, str, str]]:
        """As a ledger does: what two records of one thing have that differs."""
        whole = self._whole.get(target)
        return joined_record(whole, parts)[1] if whole else []

    def add_said(
        self, subject: str, relation: str, object_: str, figure: bool, a: Attestation
    ) -> tuple[str, ...] | None:
        """Count an attestation; if its id was counted already, return what stood beside it then."""
        before = len(self._said)
        self._said.add(bytes.fromhex(a.id))
        if len(self._said) == before:
            return self._told(a.id)
        self._claims += bytes.fromhex(a.claim)
        told = beside(a)
        if self._first:
            self._first[a.id] = told
            return None
        self._lines.append(_PART.join((a.id, *told)))
        if len(self._lines) >= _SOME:
            self._flush()
        return None

    def _flush(self) -> None:
        """Put what waits in memory into the file."""
        self._texts.write("".join([f"{line}{_END}" for line in self._lines]))
        self._lines.clear()

    def add_possibly_same(self, left: str, right: str, reason: str) -> None:
        """Judgements are not kept."""

    def counts(self) -> tuple[int, int, int]:
        """How many entities, claims and attestations there were. Cost: a look at each claim."""
        said = len(self._said)
        self._said.clear()
        marks = bytes(self._claims)
        claims = {marks[i : i + _ID] for i in range(0, len(marks), _ID)}
        return self._entities, len(claims), said

    def _told(self, mark: str) -> tuple[str, ...]:
        if not self._first:
            self._flush()
            self._texts.seek(0)
            for row in self._texts.read().split(_END)[:-1]:
                id_, *told = row.split(_PART)
                self._first[id_] = (*told,)
        return self._first[mark]
