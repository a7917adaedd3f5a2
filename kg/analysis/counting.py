"""How many: the rows of a listing counted by what they have in common."""

from __future__ import annotations

from collections import Counter
from itertools import product

from kg.analysis.belonging import Countries
from kg.analysis.filters import Wanted, known, selected
from kg.model.claims import Attestation, Claim, is_entity
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import forward
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

OF = ("claims", "passages", "figures", "entities")
BY = (
    *("country", "voice", "document", "relation", "status", "basis", "stance", "year", "class"),
    *("subject", "object"),
)


class Number(Record):
    """How many there are of something; `id` is of the entity or term that they share.

    `second` and `second_id` are empty where there is one question only.
    """

    group: str
    second: str
    number: int
    id: str
    second_id: str


def count(
    graph: Graph, lens: Lens, *, of: str = "claims", by: Sequence[str] = ("status",), **filters: str
) -> list[Number]:
    """Counts of claims, passages, figures or entities, by one or two of `BY`; the most first.

    A claim counts once under each voice that puts it forward, each document with it, each
    country of its subject or object, and the first year that somebody gives it; what has none
    is under an empty name. `filters` are those of `filters.Wanted`; entities have none, and
    are counted by class and country alone, those of the claims that a lens shows. Raises
    UsageError, NotFound. Cost: the claims that fit, once.
    """
    known(OF, of, "thing to count", told=True)
    for name in by:
        known(BY, name, "thing to count by", told=True)
    if not 0 < len(by) < 3:
        raise UsageError("count by one thing or by two")
    counter = _Counter(graph, by)
    if of == "entities":
        if any(filters.values()):
            raise UsageError("entities are counted without filters; a lens leaves out some")
        counter.entities(lens)
    else:
        wanted = Wanted(**filters)
        for claim, said in selected(graph, lens, wanted):
            if of == "figures" and not claim.figure:
                continue
            if of == "claims":
                counter.add(claim, said)
                continue
            for a in said:
                counter.add(claim, [a], each=True)
    return counter.rows()


class Keys:
    """What claims have in common: the groups that each belongs to, and what these are called."""

    def __init__(self, graph: Graph, by: Sequence[str]) -> None:
        self.graph, self.by = graph, by
        self.words = Wording(graph.ledger, graph.terms)
        self.countries = Countries(graph.ledger)
        self._kinds: dict[str, str] = {}

    def of(
        self, claim: Claim, said: Sequence[Attestation], *, each: bool = False
    ) -> Iterator[tuple[str, ...]]:
        """The groups of a claim, or with `each` of one of its attestations."""
        return product(*(set(self._keys(name, claim, said, each)) or {""} for name in self.by))

    def _keys(
        self, by: str, claim: Claim, said: Sequence[Attestation], each: bool
    ) -> Iterable[str]:
        forth = said if each else forward(said) or said
        read: dict[str, Callable[[], Iterable[str]]] = {
            "country": lambda: self.within([claim.subject, claim.object]),
            "voice": lambda: (a.voice for a in forth),
            "document": lambda: (a.document for a in said),
            "relation": lambda: [claim.relation],
            "status": lambda: [claim.standing.status],
            "basis": lambda: [claim.standing.basis],
            "stance": lambda: (a.stance for a in said),
            "year": lambda: [(claim.standing.earliest or claim.standing.latest)[:4]],
            "class": lambda: [self._kind(claim.subject)],
            "subject": lambda: [claim.subject],
            "object": lambda: [claim.object],
        }
        return read[by]()

    def within(self, names: Sequence[str]) -> list[str]:
        """The countries of some entities."""
        return sorted({c for name in names if name for c in self.countries.of(name)})

    def _kind(self, name: str) -> str:
        if not is_entity(name):
            return ""
        if name not in self._kinds:
            self._kinds[name] = self.graph.ledger.entity(name).kind
        return self._kinds[name]

    def id(self, by: str, key: str) -> str:
        """The id of the entity or term that a group is about; empty for a plain word."""
        return key if by not in ("year", "status", "basis", "stance") else ""

    def called(self, by: str, key: str) -> str:
        """What a group is called."""
        if not key:
            return ""
        if by == "relation":
            return self.words.relation(key)
        if by == "class":
            return self.graph.terms.classes[key].label
        if by in ("status", "basis"):
            return key.lower()
        return key if by in ("year", "stance") else self.words.name(key)


class _Counter:
    def __init__(self, graph: Graph, by: Sequence[str]) -> None:
        self.graph, self.by, self.keys = graph, by, Keys(graph, by)
        self.found = Counter[tuple[str, ...]]()

    def add(self, claim: Claim, said: Sequence[Attestation], *, each: bool = False) -> None:
        self.found.update(self.keys.of(claim, said, each=each))

    def entities(self, lens: Lens) -> None:
        if wrong := [name for name in self.by if name not in ("class", "country")]:
            raise UsageError(f"entities are counted by class and country, not by {wrong[0]}")
        ends = {e for c, _ in selected(self.graph, lens, Wanted()) for e in (c.subject, c.object)}
        for e in self.graph.ledger.entities():
            if lens.clear or e.id in ends:
                groups = (
                    [e.kind] if name == "class" else self.keys.within([e.id]) or [""]
                    for name in self.by
                )
                self.found.update(product(*groups))

    def rows(self) -> list[Number]:
        ranked = sorted(self.found.items(), key=lambda item: (-item[1], item[0]))
        return [self._row(keys, number) for keys, number in ranked]

    def _row(self, keys: tuple[str, ...], number: int) -> Number:
        pairs = list(zip(self.by, keys, strict=True))
        names = [self.keys.called(by, key) for by, key in pairs]
        ids = [self.keys.id(by, key) for by, key in pairs]
        return Number(
            names[0], names[1] if names[1:] else "", number, ids[0], ids[1] if ids[1:] else ""
        )


def text(rows: Sequence[Number], width: int) -> str:
    """Counts for a terminal, a line each."""
    from kg.text.terminal import wrap

    lines = []
    for row in rows:
        parts = [row.group] + [row.second] * bool(row.second or row.second_id)
        name = " · ".join(part or "(none)" for part in parts)
        lines.append(wrap(name, width, f"{row.number:>7,}  ", " " * 9))
    return "\n".join(lines) + "\n"
