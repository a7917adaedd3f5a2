"""Rows of claims and figures that need no second look: each of their parts was good in another row.

What is good is said where a row is read in full (`kg.case.claim_rows`). Here it is only
remembered, part by part: what cells that belong together said in a row of which there was nothing
to tell. A row with a part that is new is read in full, and so is one that refers to another row.
"""

from __future__ import annotations

from kg.case import cells, quality_cells
from kg.case.claim_rows import Said, seal
from kg.case.evidence_cells import (
    COPIED,
    REST,
    STRAIGHT,
    Times,
    Way,
    between,
    fields,
    is_passage,
    times,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, TypeVar

    from kg.case.ids import Register
    from kg.case.row import Row
    from kg.model.ontology import Term

    Key = TypeVar("Key")
    Value = TypeVar("Value")

# Of each part so many are remembered.
_KEPT = 20_000


class Plain:
    """Reads the plain rows of a table of claims or of figures, and remembers parts of the others."""

    def __init__(self, known: Register, figure: bool, columns: Collection[str]) -> None:
        self._known = known
        self._figure = figure
        self._relation, self._object = ("measure", "scope") if figure else ("relation", "object")
        self._columns = [c for c in quality_cells.columns(known.terms) if c in columns]
        self._more = figure or bool(self._columns)
        # By relation and the classes of both ends.
        self._terms: dict[tuple[str, str | None, str | None], Term] = {}
        # By kind of relation and the cells of time.
        self._times: dict[tuple[str, str, str, str], Times] = {}
        # By document, voice and the cell of what is between.
        self._ways: dict[tuple[str, str, str], Way] = {}
        # By relation and the cells of all qualities.
        self._qualities: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
        # By the cell.
        self._stances: dict[str, str] = {}
        self._qualifiers: dict[str, str] = {}

    def read(self, row: Row) -> Said | None:
        """What a plain row says, with its ids; nothing of any other row."""
        get, known = row.cells.get, self._known
        subject, object_ = get("subject", ""), get(self._object, "")
        relation = get(self._relation, "")
        kinds = known.kinds
        one, other = kinds.get(subject), kinds.get(object_)
        term, stance = self._terms.get((relation, one, other)), self._stances.get(get("stance", ""))
        if not term or not stance or (object_ and (not other or subject == object_)):
            return None
        document, voice, via = get("document", ""), get("voice", ""), get("via", "")
        if document not in known.documents or (voice and voice not in kinds):
            return None
        way = self._ways.get((document, voice, via)) if via else STRAIGHT
        when = self._times.get((term.kind, get("from", ""), get("to", ""), get("said", "")))
        rest = self._rest(row, relation) if self._more else REST
        texts = [get(column, "") for column in COPIED]
        if not (way and when and rest and row.fine) or get("instead_of") or not _good(*texts):
            return None
        told = fields(known, document, voice, way, stance, when, get("key", ""), texts, rest)
        if known.merged:
            subject, object_ = known.resolve(subject), known.resolve(object_)
        if term.symmetric:
            subject, object_ = term.ends(subject, object_)
        return seal(subject, relation, object_, self._figure, told, (row.file, row.number))

    def _rest(self, row: Row, relation: str) -> tuple[Any, ...] | None:
        """The last fields of an attestation, which other columns fill; nothing if one of them is new."""
        get = row.cells.get
        besides: tuple[tuple[str, str], ...] | None = ()
        if any(own := [get(column, "") for column in self._columns]):
            besides = self._qualities.get((relation, *own))
            if besides is None:
                return None
        value, unit, qualifier = "", "", ""
        if self._figure:
            value, unit = get("value", ""), get("unit", "")
            qualifier = self._qualifiers.get(get("qualifier", ""), "")
            if not qualifier or not cells.NUMBER.fullmatch(value):
                return None
        return value, unit, qualifier, "", besides, True

    def learn(self, row: Row, said: Said) -> None:
        """Remember the parts of a row that was read in full, and of which there was nothing to tell."""
        get, known, a = row.get, self._known, said.attestation
        subject, relation, object_ = get("subject"), get(self._relation), get(self._object)
        terms = known.terms.measures if self._figure else known.terms.relations
        term = terms[relation]
        one, other = known.kinds.get(subject), known.kinds.get(object_)
        if other or not object_:
            _keep(self._terms, (relation, one, other), term)
        spans = get("from"), get("to"), get("said")
        if when := times(*spans, term.kind):
            _keep(self._times, (term.kind, *spans), when)
        if get("via"):
            _keep(self._ways, (get("document"), get("voice"), get("via")), between(row, known))
        if any(own := [get(column) for column in self._columns]):
            _keep(self._qualities, (relation, *own), a.qualities)
        _keep(self._stances, get("stance"), a.stance)
        if self._figure:
            _keep(self._qualifiers, get("qualifier"), a.qualifier)


def _keep(held: dict[Key, Value], key: Key, value: Value) -> None:
    if len(held) < _KEPT:
        held[key] = value


def _good(locator: str, gloss: str, passage: str, digest: str, quote: str) -> bool:
    """Whether cells that are copied as they stand may stand so."""
    if not locator or (passage and not is_passage(passage)):
        return False
    return not digest or cells.DIGEST.fullmatch(digest) is not None
