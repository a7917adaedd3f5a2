"""What the claims rest on: who cites whom, how many independent origins there are, what echoes what.

Ways from a document to a voice are read as they are written, nearest the document
first; sources named side by side are ways of their own.
"""

from __future__ import annotations

from itertools import pairwise

from kg.model.claims import Attestation
from kg.model.parties import sides
from kg.model.record import Record
from kg.model.standing import Standing, forward
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.store.seen_graph import through
from kg.text.phrases import as_sentence
from kg.text.sentences import Wording
from kg.text.terminal import count, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Chain = tuple[str, ...]


class Source(Record):
    """A document or voice, and what rests on it.

    `read` counts attestations in it as the document that was read, `spoken` those with it
    as the voice, `cited` those in which it stands between. `claims` counts the claims that
    any of these support, `alone` those whose every living support passes through it: take
    it away, and nothing is left of them. `grade` and `archived` are what its own record says. `cites` and `cited_by` are ids, from chains and
    from relations that play kg:Cites.
    """

    id: str
    name: str
    kind: str
    read: int
    spoken: int
    cited: int
    claims: int
    alone: int
    cites: tuple[str, ...]
    cited_by: tuple[str, ...]
    grade: str = ""
    archived: str = ""


class Origins(Record):
    """A claim's living support traced back to where it comes from.

    `origins` counts them and `names` names them; `perhaps` is how many are left if records
    that a judgement leaves unsure are one, `sides` how many if those that speak for one another are.
    """

    claim: str
    sentence: str
    origins: int
    perhaps: int
    sides: int
    standing: Standing
    names: tuple[str, ...]
    ids: tuple[str, ...]


class Echo(Record):
    """One step away from a source: who carries what it says.

    `depth` 0 is the source itself. `via` are the ids between it and this one, the source's
    neighbour first; `read` is true for a document that was read, which ends a chain.
    `attestations` and `claims` are those that pass through here.
    """

    depth: int
    id: str
    name: str
    via: tuple[str, ...]
    read: bool
    attestations: int
    claims: int


def sources(graph: Graph, lens: Lens) -> list[Source]:
    """Every document and voice with what rests on it, most claims first.

    Only living stances count for `claims` and `alone`. Cost: one pass over the claims;
    what is held grows with the sources and their citations, not with the claims.
    """
    found: dict[str, _Tally] = {}
    citing_terms = graph.terms.playing("Cites")

    def tally(name: str) -> _Tally:
        return found.setdefault(name, _Tally())

    for claim in Seen(graph, lens).claims():
        if claim.relation in citing_terms and claim.supported and not _is_row(claim.object):
            tally(claim.subject).cites.add(claim.object)
            tally(claim.object)
        for a in claim.attestations:
            tally(a.document).read += 1
            tally(a.voice).spoken += 1
            for name in a.via:
                tally(name).cited += 1
            for way in _ways(a):
                # A document that speaks itself ends its own way: nobody cites it there.
                for citing, cited in pairwise(way[:-1] if a.voice == a.document else way):
                    tally(citing).cites.add(cited)
        rests = [set(way) for a in forward(claim.attestations) for way in _ways(a)]
        for name in set().union(*rests):
            tally(name).claims += 1
            tally(name).alone += all(name in one for one in rests)
    for name, t in list(found.items()):
        for other in t.cites:
            found[other].cited_by.add(name)
    ledger = graph.ledger
    rows = []
    for name, t in found.items():
        entity = ledger.entity(name)
        kind = graph.terms.classes[entity.kind].label
        ends = tuple(sorted(t.cites)), tuple(sorted(t.cited_by))
        own = (graph.terms.value(entity, role) for role in ("Grade", "ArchivedAt"))
        counts = (t.read, t.spoken, t.cited, t.claims, t.alone)
        rows.append(Source(name, entity.name, kind, *counts, *ends, *own))
    return sorted(rows, key=lambda s: (-s.claims, -s.alone, s.id))


class _Tally:
    """What has been counted of one source."""

    def __init__(self) -> None:
        self.read = self.spoken = self.cited = self.claims = self.alone = 0
        self.cites: set[str] = set()
        self.cited_by: set[str] = set()


def origins(graph: Graph, lens: Lens, claim: str = "") -> list[Origins]:
    """How many independent origins each claim has that anybody puts forward.

    An origin is a voice that is no document. Where the voice is a document, it is the last
    document of each way to it, and of that the only author, else the publisher, so that a
    report and those who wrote it are one. Five documents that repeat one voice have one origin.
    `claim` is the id of a claim: only that one. An organ and its government are two. Fewest origins first, then by most
    documents: what is repeated most and rests on least. Raises NotFound. Cost: one pass
    over the claims.
    """
    words, traced = Wording(through(graph, lens).ledger, graph.terms), _Tracer(graph)
    wanted = [graph.ledger.claim(claim)] if claim else None
    found = []
    for seen in Seen(graph, lens).claims(wanted):
        forth = forward(seen.attestations)
        traces = [(o, a.parties) for a in forth for o in traced.origins(a)]
        ids = tuple(sorted({origin for origin, _ in traces}))
        if ids:
            found.append(
                Origins(
                    claim=seen.id,
                    sentence=as_sentence(words.claim(seen)),
                    origins=len(ids),
                    perhaps=traced.fewest(ids),
                    sides=sides(traces),
                    names=tuple(words.name(i) for i in ids),
                    ids=ids,
                    standing=words.stood(seen),
                )
            )
    return sorted(found, key=lambda o: (o.origins, -o.standing.documents, o.sentence, o.claim))


class _Tracer:
    """Finds where an attestation comes from."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._makers: dict[str, str] = {}

    def origins(self, a: Attestation) -> Iterator[str]:
        if self._maker(a.voice) == "":
            yield a.voice
            return
        for way in a.chains or ((),):
            written = [name for name in way if self._maker(name)]
            yield self._maker(written[-1] if written else a.voice)

    def _maker(self, name: str) -> str:
        """Whose word a document is, by the rule of the blank voice; empty for what is none."""
        if name not in self._makers:
            entity = self._graph.ledger.entity(name)
            terms = self._graph.terms
            makers = terms.values(entity, "Author") or terms.values(entity, "Publisher")
            whose = makers[0] if len(makers) == 1 else name
            written = terms.is_a(entity.kind, "Document")
            self._makers[name] = whose if written else ""
        return self._makers[name]

    def fewest(self, ids: Sequence[str]) -> int:
        """How many there are if all those that are unsure to be one are."""
        left, parts = set(ids), 0
        while left:
            parts += 1
            ahead = [left.pop()]
            while ahead:
                twins = {t for t, _ in self._graph.ledger.possibly_same(ahead.pop())} & left
                left -= twins
                ahead += twins
        return parts


def echo(graph: Graph, name: str, lens: Lens | None = None) -> list[Echo]:
    """Who carries what a voice or document says, as a tree read from the top down.

    `name` is an id; its versions belong to a work. Siblings stand by most claims first.
    The first row is the source itself; it is the only one if nobody carries it. Raises
    NotFound. Cost: one pass over the claims.
    """
    entity = graph.ledger.entity(name)
    versions = {name}
    if graph.terms.is_a(entity.kind, "Document"):
        entities, works = graph.ledger.entities(), graph.terms.values
        versions |= {e.id for e in entities if name in works(e, "VersionOf")}
    nodes: dict[Chain, _Node] = {(name,): _Node()}
    for claim in Seen(graph, lens or Lens()).claims():
        for a in claim.attestations:
            for way in _ways(a):
                outward = way[::-1]
                start = next((i for i, part in enumerate(outward) if part in versions), len(way))
                path = outward[start:]
                # What a document says in its own voice is no echo of it.
                if len(set(path)) > 1:
                    steps = path if path[0] == name else (name, *path)
                    for end in range(1, len(steps) + 1):
                        node = nodes.setdefault(steps[:end], _Node())
                        node.said.add(a.id)
                        node.claims.add(claim.id)
                        node.read = node.read or end == len(steps)
    below: dict[Chain, list[Chain]] = {}
    for steps in sorted(nodes, key=lambda n: (-len(nodes[n].claims), n)):
        below.setdefault(steps[:-1], []).append(steps)
    ahead: list[Chain] = [(name,)]
    found: list[Echo] = []
    while ahead:
        chain = ahead.pop()
        ahead += reversed(below.get(chain, []))
        node, label = nodes[chain], graph.ledger.name(chain[-1])
        sizes = len(node.said), len(node.claims)
        found.append(Echo(len(chain) - 1, chain[-1], label, chain[1:-1], node.read, *sizes))
    return found


class _Node:
    """What passes through one place of an echo tree."""

    def __init__(self) -> None:
        self.said: set[str] = set()
        self.claims: set[str] = set()
        self.read = False


def text(tree: Sequence[Echo], width: int) -> str:
    """An echo tree for a terminal, indented; documents that were read are marked."""
    lines = []
    for e in tree:
        indent = "  " * e.depth
        mark = "↳ " if e.depth else ""
        sizes = f"{count(e.claims, 'claim')}, {count(e.attestations, 'attestation')}"
        what = f"{e.name} (read)" if e.read else e.name
        lines.append(wrap(f"{what}: {sizes}", width, indent + mark, indent + "  "))
    if len(tree) == 1:
        lines.append("  what it says is not carried further")
    return "".join(f"{line}\n" for line in lines)


def _ways(a: Attestation) -> list[tuple[str, ...]]:
    """From the document to the voice, by each source that it names side by side."""
    return [(a.document, *way, a.voice) for way in a.chains or ((),)]


def _is_row(name: str) -> bool:
    return name.startswith("attestation/")
