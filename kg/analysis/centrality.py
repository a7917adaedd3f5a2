"""Who is central, and who belongs together, in what documents say; never without what it rests on.

What is counted are claims that somebody asserts or alleges between entities that paths pass.
Documents, places, groups and topics join everything to everything, and are counted only if asked
for.
"""

from __future__ import annotations

from kg.analysis.filters import class_of, relation_of
from kg.model.errors import OutOfBounds, UsageError, parameter
from kg.model.record import Record
from kg.model.standing import EDGE, Standing
from kg.store.graph import Graph
from kg.text.phrases import as_sentence, count, seen_through
from kg.text.sentences import Wording
from kg.text.terminal import count as numbered
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model.claims import Claim

BY = ("degree", "betweenness", "communities")
# More pairs than this are not measured: a search that nobody waits for.
MOST_PAIRS = 500_000
# Nodes times pairs up to which betweenness is worked out in full, some ten seconds.
_WHOLE = 20_000_000
# So many members, and neighbours, are called by name.
NAMED = 6

CAVEAT = (
    "This counts what the documents put beside each other. Where claims are accusations it measures "
    "attention, not importance or guilt: who is written about more stands higher."
)


class Central(Record):
    """An entity by its rank. `score` is its number of neighbours, or its betweenness from 0 to 1.

    `claims` join it to `neighbours` others, so many of them `contested`, so many only `alleged`,
    on the word of so many `by`, in so many `sources`. `near` are those with most claims. `sentence`
    and `standing` are those of the heaviest claim, `claim` is its id.
    """

    rank: int
    name: str
    kind: str
    score: float
    neighbours: int
    claims: int
    contested: int
    alleged: int
    by: int
    sources: int
    near: tuple[str, ...]
    sentence: str
    standing: Standing
    claim: str
    id: str


class Community(Record):
    """Entities with more claims between them than to others: the best joined `members` first.

    `inside` are the claims between them, `outside` those to others. `sentence` and `standing` are
    those of the heaviest claim inside, `claim` is its id.
    """

    rank: int
    size: int
    members: tuple[str, ...]
    inside: int
    outside: int
    contested: int
    alleged: int
    sentence: str
    standing: Standing
    claim: str
    ids: tuple[str, ...]


class Ranking(Record):
    """What was found, of how many entities and claims; `notes` say what it leaves out."""

    by: str
    rows: tuple[Central | Community, ...]
    entities: int
    claims: int
    notes: tuple[str, ...]


def rank(
    graph: Graph,
    *,
    by: str = "degree",
    relations: Sequence[str] = (),
    through: Sequence[str] = (),
    ties: bool = False,
    limit: int = 0,
) -> Ranking:
    """The entities of a graph by how central they are, or the groups that they make.

    `relations` restrict the claims, `through` names classes that count although paths do not
    pass them (``all`` for every one), `ties` leaves out relations of opposition; of the rows at
    most `limit`, if it is not 0. The answer is the same every time. Raises UsageError for a word
    that names nothing, OutOfBounds for a network too large for what is asked. Cost: one look at
    each claim; betweenness as many entities times ties as are worked out, a few seconds at most.
    """
    if by not in BY:
        raise UsageError(f"{parameter('by')} {by}: expected one of {', '.join(BY)}")
    found = _Network(graph, relations, through, ties)
    made = found.communities(limit) if by == "communities" else found.central(by, limit)
    return Ranking(by, tuple(made), len(found.near), len(found.edges), tuple(found.notes))


class _Network:
    """The entities and claims that count."""

    def __init__(
        self, graph: Graph, relations: Sequence[str], through: Sequence[str], ties: bool
    ) -> None:
        self.graph, self.net = graph, graph.entire().adjacency
        self.words = Wording(graph.ledger, graph.terms)
        self.notes: list[str] = []
        terms, net = graph.terms, self.net
        wanted = {relation_of(terms, name) for name in relations}
        opened = [class_of(terms, name) for name in through if name != "all"]
        counts = [
            walked or "all" in through or any(terms.is_a(kind, name) for name in opened)
            for kind, walked in zip(net.kinds, net.walked, strict=True)
        ]
        joins = [
            (not wanted or name in wanted) and not (ties and terms.relations[name].adverse)
            for name in net.relations
        ]
        edge = [basis in EDGE for basis in net.bases]
        self.edges: list[int] = []
        self._counted: set[int] = set()
        self.pairs: dict[tuple[int, int], int] = {}
        self.near: dict[int, dict[int, int]] = {}
        for e in range(len(net.relation)):
            a, b = net.subject[e], net.object[e]
            fits = joins[net.relation[e]] and edge[net.basis[e]] and a != b
            if fits and counts[net.kind[a]] and counts[net.kind[b]]:
                self.edges.append(e)
                self._counted.add(e)
                pair = (min(a, b), max(a, b))
                self.pairs[pair] = self.pairs.get(pair, 0) + 1
                for one, other in ((a, b), (b, a)):
                    row = self.near.setdefault(one, {})
                    row[other] = row.get(other, 0) + 1
        left = {terms.classes[k].label for k, c in zip(net.kinds, counts, strict=True) if not c}
        if left:
            told = f"not counted, being what joins all to all: {', '.join(sorted(left))}"
            self.notes.append(f"{told}; {parameter('through')} counts them")

    def central(self, by: str, limit: int) -> Iterator[Central]:
        """Entities by their score, then by id."""
        score: dict[int, float] = {n: len(row) for n, row in self.near.items()}
        if by == "betweenness" and self.pairs:
            self._bounded()
            from kg.store import measures

            whole = len(score) * len(self.pairs) <= _WHOLE
            pivots = 0 if whole else max(_WHOLE // len(self.pairs), 1)
            score = measures.betweenness(self.pairs, pivots)
            if pivots:
                told = f"estimated from {pivots:,} of {len(score):,} entities as ends of ways"
                self.notes.append(told)
        order = sorted(score, key=lambda n: (-score[n], n))[: limit or None]
        for place, node in enumerate(order, 1):
            yield self._central(place, node, score[node])

    def _central(self, place: int, node: int, score: float) -> Central:
        name, near = self.net.name(node), self.near[node]
        held = self._claims(node)
        first = held[0]
        said = [a for c in held for a in c.attestations if a.living]
        return Central(
            rank=place,
            name=self.words.name(name),
            kind=self.graph.terms.classes[self.graph.ledger.entity(name).kind].label,
            score=round(score, 4),
            neighbours=len(near),
            claims=len(held),
            contested=sum(c.standing.opposing > 0 for c in held),
            alleged=sum(c.standing.basis == EDGE[1] for c in held),
            by=len({a.voice for a in said}),
            sources=len({a.document for a in said}),
            near=tuple(self._name(n) for n in sorted(near, key=lambda n: (-near[n], n))[:NAMED]),
            sentence=as_sentence(self.words.claim(first)),
            standing=self.words.stood(first),
            claim=first.id,
            id=name,
        )

    def communities(self, limit: int) -> Iterator[Community]:
        """Groups, the largest first."""
        if not self.pairs:
            return
        self._bounded()
        from kg.store import measures

        groups, modularity = measures.communities(self.pairs)
        self.notes.append(
            f"{count(len(groups), 'group')}, modularity {modularity:.2f}: 0 is chance, above 0.3 is "
            "a structure"
        )
        home = {node: i for i, group in enumerate(groups) for node in group}
        inside: list[list[int]] = [[] for _ in groups]
        outside = [0] * len(groups)
        for e in self.edges:
            one, other = home[self.net.subject[e]], home[self.net.object[e]]
            if one == other:
                inside[one].append(e)
            else:
                outside[one] += 1
                outside[other] += 1
        for i, group in enumerate(groups[: limit or None]):
            yield self._community(i + 1, group, inside[i], outside[i])

    def _community(
        self, place: int, group: Sequence[int], inside: Sequence[int], outside: int
    ) -> Community:
        own = frozenset(group)
        joined = {n: sum(k for other, k in self.near[n].items() if other in own) for n in group}
        order = sorted(group, key=lambda n: (-joined[n], n))
        net = self.net
        heaviest = min(inside, key=lambda e: (-net.voices[e], -net.documents[e], net.mark(e)))
        first = self.graph.ledger.claim(net.mark(heaviest))
        return Community(
            rank=place,
            size=len(group),
            members=tuple(map(self._name, order)),
            inside=len(inside),
            outside=outside,
            contested=sum(net.statuses[net.status[e]] == "Contested" for e in inside),
            alleged=sum(net.bases[net.basis[e]] == EDGE[1] for e in inside),
            sentence=as_sentence(self.words.claim(first)),
            standing=self.words.stood(first),
            claim=first.id,
            ids=tuple(net.name(n) for n in order),
        )

    def _claims(self, node: int) -> list[Claim]:
        """The claims that join a node to others, the heaviest first."""
        net = self.net
        counted = {*self._marks(node)}
        about = self.graph.ledger.claims_about(net.name(node))
        held = [c for c in about if c.id in counted]
        return sorted(held, key=lambda c: (*c.standing.weight, c.relation, c.id))

    def _marks(self, node: int) -> Iterator[str]:
        net = self.net
        for i in range(net.start[node], net.start[node + 1]):
            if (e := net.edge[i] >> 1) in self._counted:
                yield net.mark(e)

    def _name(self, node: int) -> str:
        return self.words.name(self.net.name(node))

    def _bounded(self) -> None:
        if len(self.pairs) > MOST_PAIRS:
            raise OutOfBounds(
                f"{len(self.pairs):,} pairs are joined, and at most {MOST_PAIRS:,} are measured so; "
                f"narrow them by {parameter('relation')} or a choice of sources"
            )


def text(found: Ranking, width: int, seen: str = "") -> str:
    """A ranking for a terminal, with what it rests on and what it does not say."""
    if not found.rows:
        return ""
    lines = [wrap(seen_through(seen), width), ""] if seen else []
    sizes = numbered(found.entities, "entity"), numbered(found.claims, "claim")
    lines += [f"{sizes[0]} joined by {sizes[1]}, by {found.by}", ""]
    for row in found.rows:
        lines += _central(row, width, found.by) if isinstance(row, Central) else _group(row, width)
    lines += ["", wrap(CAVEAT, width)]
    return "\n".join(lines) + "\n"


def _central(row: Central, width: int, by: str) -> Iterator[str]:
    score = f", betweenness {row.score:.3f}" if by == "betweenness" else ""
    yield wrap(f"{row.rank}. {row.name} ({row.kind}){score}", width, "", "   ")
    parts = [
        f"{count(row.claims, 'claim')} with {count(row.neighbours, 'other')}"
        f" on the word of {count(row.by, 'voice')} in {count(row.sources, 'document')}",
        *_doubts(row),
    ]
    yield wrap("; ".join(parts), width, "   ")
    more = row.neighbours - len(row.near)
    yield wrap(f"with {', '.join(row.near)}{f' and {more:,} more' if more else ''}", width, "   ")
    yield wrap(f"first: {row.sentence} ({row.standing.words})", width, "   ", "     ")


def _group(row: Community, width: int) -> Iterator[str]:
    yield wrap(
        f"{row.rank}. {count(row.size, 'member')}: {', '.join(row.members[:NAMED])}"
        + (f" and {row.size - NAMED:,} more" if row.size > NAMED else ""),
        *(width, "", "   "),
    )
    parts = [
        f"{count(row.inside, 'claim')} inside, {row.outside:,} to others",
        *_doubts(row),
    ]
    yield wrap("; ".join(parts), width, "   ")
    yield wrap(f"first: {row.sentence} ({row.standing.words})", width, "   ", "     ")


def _doubts(row: Central | Community) -> Iterator[str]:
    if row.contested:
        yield f"{row.contested:,} contested"
    if row.alleged:
        yield f"{row.alleged:,} only alleged"
