"""The claim network of a graph in a store, row by row: a search asks for what is next, and gets it.

It reads like the mapped file of `kg.store.adjacency`, and a search cannot tell them apart. A node's
number is made of its id, so that numbers are in the order of ids whichever are known so far. When a
row is wanted, rows that will soon be wanted come with it: those of the known nodes that have the
fewest claims, which a search of the cheapest path reaches first. A search that goes as far as all of
the graph is large ends with `Far`, and begins again in the local index, which is there as soon.
"""

from __future__ import annotations

from kg.model.claims import is_entity
from kg.model.errors import OutOfBounds
from kg.model.namespaces import KG, RDF
from kg.model.standing import BASES, STATUSES
from kg.store.adjacency import Adjacency, Far
from kg.store.remote.fetching import ATTESTATION, CLAIM, matching, said, said_of
from kg.store.remote.records import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from kg.model.claims import Claim
    from kg.store.remote.graph import RemoteGraph

# Ids are shorter; a number has room for any of them.
_LONGEST = 200
# So many claims come with one question, as far as they are known before.
_AHEAD = 400
# Beyond so many claims the local index may be quicker: to fetch a claim takes as long as this many
# triples of the whole graph.
_MOST, _LIKE = 5_000, 60
_EDGE = ("relation", "status", "basis", "voices", "sides", "documents", "earliest", "latest")


def adjacency(graph: RemoteGraph) -> Adjacency:
    """The claim network of a graph in a store."""
    return _Growing(graph)


class _Growing(Adjacency):
    """Who is next to whom, fetched as it is asked."""

    def __init__(self, graph: RemoteGraph) -> None:
        self._graph, self._ledger = graph, graph.ledger
        terms = graph.terms
        self.relations, self.statuses, self.bases = [*terms.relations], [*STATUSES], [*BASES]
        self.kinds = [*terms.classes]
        self.walked = [terms.walked(kind) for kind in self.kinds]
        self._place_of = {name: i for i, name in enumerate(terms.relations)}
        self._reader = Reader(graph.base, graph.manifest["case"]["language"], terms)
        self._place = {kind: i for i, kind in enumerate(self.kinds)}
        self._degrees: dict[int, int] = {}
        self._begin: dict[int, int] = {}
        self._end: dict[int, int] = {}
        self._edges: dict[str, int] = {}
        self._seen: set[str] = set()
        self._held: list[str] = []
        self._known: dict[int, str] = {}
        self.other: list[int] = []
        self.edge: list[int] = []
        self.subject: list[int] = []
        self.object: list[int] = []
        for column in _EDGE:
            setattr(self, column, [])
        self.start = _Asked(self._row)  # type: ignore[assignment]  # only ever indexed
        self.kind = _Asked(self._kind_of)  # type: ignore[assignment]  # the same
        self._gone: list[int] | None = None
        self._entire = True

    @property
    def gone(self) -> Sequence[int]:  # type: ignore[override]  # from a file it is an array
        """The nodes that are no more. Cost: a look at each entity that has an end."""
        if self._gone is None:
            terms = self._graph.terms
            iris = " ".join(f"<{term.iri}>" for term in terms.ending)
            found: list[str] = []
            if iris:
                rows = self._rows(f"SELECT DISTINCT ?s {{ VALUES ?p {{ {iris} }} ?s ?p ?o }}")
                found = [self._graph.local(s.value) for (s,) in rows if s]
                self._have(found)
            ended = (n for n in found if terms.ended(self._ledger.entity(n)))
            self._gone = sorted(map(self._number, ended))
        return self._gone

    def __len__(self) -> int:
        rows = self._rows(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{KG}Entity> }}")
        return int(rows[0][0].value)

    def name(self, node: int) -> str:
        """The id of a node."""
        return self._known[node]

    def node(self, name: str) -> int:
        """The node of an id; -1 if there is none."""
        number = self._number(name)
        if number not in self._known:
            self._have([name])
            if not self._ledger.name(name) or not self._is_there(name):
                return -1
            self._known[number] = name
        return number

    def degree(self, node: int) -> int:
        """How many claims a node takes part in."""
        if node not in self._degrees:
            self._count([node])
        return self._degrees[node]

    def degrees(self, nodes: Iterable[int]) -> list[int]:
        """The same of some nodes."""
        return [self.degree(n) for n in nodes]

    def mark(self, edge: int) -> str:
        """The id of the claim that is an edge."""
        return self._held[edge]

    def showing(self, claims: Iterable[Claim], gone: Iterable[str] | None = None) -> Adjacency:
        """As `Adjacency.showing`, of the local index."""
        return self._graph.entire().adjacency.showing(claims, gone)

    # ---------------------------------------------------------------- fetching

    def _rows(self, sparql: str) -> list[tuple[Any, ...]]:
        return self._graph.endpoint.rows(sparql)

    def _have(self, names: Iterable[str]) -> None:
        have: Callable[[Iterable[str]], None] | None = getattr(self._ledger, "have_entities", None)
        if have:
            have(names)

    def _is_there(self, name: str) -> bool:
        from kg.model.errors import NotFound

        try:
            self._ledger.entity(name)
        except NotFound:
            return False
        return True

    def _number(self, name: str) -> int:
        """A number for an id, in the order of ids; the one above it is nobody's."""
        return int.from_bytes(name.encode().ljust(_LONGEST, b"\0"), "big") << 1

    def _kind_of(self, node: int) -> int:
        return self._place[self._ledger.entity(self._known[node]).kind]

    def _row(self, node: int) -> int:
        """Where the row of a node begins; of the number above a node, where its row ends."""
        if node & 1:
            self._row(node - 1)
            return self._end[node - 1]
        if node not in self._begin:
            self._expand(node)
        return self._begin[node]

    def _expand(self, wanted: int) -> None:
        """Have the rows of a node here, and of those that will be wanted next."""
        if self._entire and len(self._seen) > max(_MOST, self._graph.state.triples // _LIKE):
            self._turn()
        most = self._graph.endpoint.server.values
        ahead = sorted((d, n) for n, d in self._degrees.items() if n not in self._begin)
        nodes, room = [wanted], _AHEAD - self.degree(wanted)
        for degree, node in ahead[:most]:
            room -= degree
            if room < 0:
                break
            if node != wanted:
                nodes.append(node)
        found: dict[int, list[tuple[int, int]]] = {n: [] for n in nodes}
        iris = " ".join(f"<{self._graph.base}{self._known[n]}>" for n in nodes)
        for edge in self._edges_of(iris):
            subject, target = self.subject[edge], self.object[edge]
            if subject in found:
                found[subject].append((target, edge * 2))
            if target in found and target != subject:
                found[target].append((subject, edge * 2 + 1))
        for node, row in found.items():
            self._begin[node] = len(self.other)
            for far, half in sorted(row):
                self.other.append(far)
                self.edge.append(half)
            self._end[node] = len(self.other)
            self._degrees[node] = len(row)
        far_ends = {n for row in found.values() for n, _ in row}
        self._have(self._known[n] for n in far_ends)
        self._count([n for n in far_ends if n not in self._degrees])

    def _turn(self) -> None:
        """Have the local index, and raise Far; where the store does not give it, go on row by row."""
        try:
            self._graph.entire()
        except OutOfBounds:
            self._entire = False
            return
        raise Far

    def _edges_of(self, iris: str) -> list[int]:
        """The edges of the claims that have some entities at an end."""
        names: dict[str, None] = {}
        endpoint, claims = self._graph.endpoint, self._graph.base + CLAIM
        for end in ("subject", "object"):
            pattern = f"VALUES ?e {{ {iris} }} ?c <{RDF}{end}> ?e"
            names |= dict.fromkeys(matching(endpoint, claims, pattern))
        self._have_edges([n for n in names if n not in self._seen])
        return [self._edges[n] for n in names if n in self._edges]

    def _have_edges(self, claims: Sequence[str]) -> None:
        """Have the edges of some claims; figures, and claims about rows and names, are none."""
        self._seen.update(claims)
        for found in said(self._graph.endpoint, [f"<{c}>" for c in claims], said_of):
            for iri, facts in found.items():
                name = self._graph.local(iri).removeprefix(CLAIM)
                claim = self._reader.claim(name, facts)
                if not claim.figure and is_entity(claim.object):
                    self._add(iri, claim)

    def _add(self, iri: str, claim: Claim) -> None:
        self._edges[iri] = len(self._held)
        self._held.append(claim.id)
        for column, end in ((self.subject, claim.subject), (self.object, claim.object)):
            node = self._number(end)
            self._known[node] = end
            column.append(node)
        s = claim.standing
        values = (
            self._place_of[claim.relation],
            self.statuses.index(s.status),
            self.bases.index(s.basis),
            *(min(n, 65535) for n in (s.voices, s.sides, s.documents)),
            *(int(day.replace("-", "") or 0) for day in (s.earliest, s.latest)),
        )
        for name, value in zip(_EDGE, values, strict=True):
            getattr(self, name).append(value)

    def _count(self, nodes: Sequence[int]) -> None:
        """Have the degrees of some nodes."""
        size = self._graph.endpoint.server.values
        # By what an IRI looks like: with its type an engine may begin with every entity that there is.
        is_row = f'STRSTARTS(STR(?o), "{self._graph.base}{ATTESTATION}")'
        forth = f"?c <{RDF}subject> ?e ; <{RDF}object> ?o . FILTER(isIRI(?o) && !{is_row})"
        back = f"?c <{RDF}object> ?e ; <{RDF}subject> ?s . FILTER(?s != ?e)"
        self._degrees.update(dict.fromkeys(nodes, 0))
        asked: list[str] = []
        for begin in range(0, len(nodes), size):
            some = nodes[begin : begin + size]
            iris = " ".join(f"<{self._graph.base}{self._known[n]}>" for n in some)
            for way in (forth, back):
                told = f"VALUES ?e {{ {iris} }} {way}"
                asked.append(f"SELECT ?e (COUNT(?c) AS ?n) {{ {told} }} GROUP BY ?e")
        for rows in self._graph.endpoint.several(self._rows, asked):
            for entity, number in rows:
                if entity and number:
                    node = self._number(self._graph.local(entity.value))
                    self._degrees[node] += int(number.value)


class _Asked:
    """A column that is worked out when it is asked for."""

    def __init__(self, value: Callable[[int], int]) -> None:
        self._value = value

    def __getitem__(self, node: int) -> int:
        return self._value(node)
