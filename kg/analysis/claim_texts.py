"""All claims as the texts of a table: what claims of one kind have in common is told once.

Most claims of a large graph have one row, and many of these differ in nothing but their ends,
their days, and who says it where. How such a claim is told, `kg.analysis.listing` says of the
first of its kind; the others are told like it, and all else one by one.
"""

from __future__ import annotations

from itertools import islice

from kg.analysis.evidence import in_line
from kg.analysis.listing import ClaimRow, RowReader
from kg.model.claims import flat_names
from kg.store.lens import Lens
from kg.text.formats import texts_of
from kg.text.phrases import SPOKE, as_sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from kg.model.claims import Claim
    from kg.store.graph import Graph

    # A claim and its rows, as they are read.
    Read = tuple[tuple[Any, ...], list[tuple[Any, ...]]]
    # What claims of a kind have in common: what stands before the subject and before the object, the
    # columns of the standing, whether the voice is for it, whether against, whether its time is told.
    Kind = tuple[str, str, list[str], bool, bool, bool]

NAMES = flat_names(ClaimRow)
"""The columns of a claim."""
# What is read of a claim and of its rows: what differs within a kind, then what does not.
_OWN = ("id", "subject", "object", "earliest", "latest")
_COMMON = (
    *("relation", "status", "basis", "voices", "documents", "opposing"),
    *("sides", "opposing_sides", "figure"),
)
_SAID = ("voice", "document", "locator", "passage", "period")
_STANCE = ("stance", "living", "value", "qualities")
# So many claims are read at once.
_AT_ONCE = 500


def claim_texts(graph: Graph) -> Iterator[list[str]]:
    """The names of the columns, then every claim: the texts of what `kg.analysis.listing.each_claim` gives.

    Cost: two sorted passes over the ledger; the names of all records are in hand.
    """
    yield NAMES
    read = graph.ledger.side_by_side((*_OWN, *_COMMON), (*_SAID, *_STANCE))
    told = _Texts(graph)
    while some := [*islice(read, _AT_ONCE)]:
        yield from told.texts(some)


class _Shown(dict[str, str]):
    """The names of entities with what has become of them, each looked up once."""

    def __init__(self, name: Callable[[str], str]) -> None:
        self._name = name

    def __missing__(self, entity: str) -> str:
        self[entity] = found = self._name(entity)
        return found


class _Texts:
    def __init__(self, graph: Graph) -> None:
        self._ledger = graph.ledger
        self._rows = RowReader(graph, Lens())
        self._words = words = self._rows.words
        words.names.update(self._ledger.all_names())
        self._shown = _Shown(words.shown) if graph.terms.ending else words.names
        self._kinds: dict[tuple[Any, ...], Kind | None] = {}

    def texts(self, some: list[Read]) -> Iterator[list[str]]:
        """Some claims that were read together."""
        kinds = [self._kind(claim, said) for claim, said in some]
        rest = [claim[0] for (claim, _), kind in zip(some, kinds, strict=True) if not kind]
        alone = {claim.id: claim for claim in self._ledger.claims_of(rest)} if rest else {}
        shown, names, time = self._shown, self._words.names, self._words.time
        for (claim, said), kind in zip(some, kinds, strict=True):
            if not kind:
                yield texts_of(self._rows.row(alone[claim[0]]))
                continue
            id_, subject, object_, earliest, latest, relation = claim[:6]
            _, voice, document, locator, passage, period, stance = said[0][:7]
            begin, between, standing, by, against, dated = kind
            speaker, source = names[voice], names[document]
            yield [
                as_sentence(f"{begin}{shown[subject]}{between}{shown[object_]}"),
                *standing,
                "",
                "",
                time(period, relation) if dated and period else "",
                speaker if by else "",
                speaker if against else "",
                source,
                earliest,
                latest,
                subject,
                relation,
                object_,
                id_,
                in_line(speaker, SPOKE[stance], source, locator, passage),
            ]

    def _kind(self, claim: tuple[Any, ...], said: list[tuple[Any, ...]]) -> Kind | None:
        """The kind of a claim; None for one of several rows, of numbers, or with more to be told."""
        row = said[0]
        if len(said) > 1 or row[-1] or row[-2] or claim[-1]:
            return None
        key = claim[5:] + row[6:]
        if key not in self._kinds:
            self._kinds[key] = self._like(self._ledger.whole(claim[0]))
        return self._kinds[key]

    def _like(self, claim: Claim) -> Kind | None:
        """How the claims are told that are of the kind of one."""
        row, held = self._rows.row(claim), claim.attestations[0]
        by, against = bool(row.by), bool(row.against)
        if claim.standing.opposing > against:
            # What stands in its place opposes it, and is its own.
            return None
        standing = [*map(str, row.standing.shown)]
        return *self._words.form(claim.relation), standing, by, against, held.living
