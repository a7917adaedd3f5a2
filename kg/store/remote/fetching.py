"""What of a graph in a store is here so far: asked for in batches, kept in a ledger of the process's own."""

from __future__ import annotations

from kg.model.namespaces import KG, RDF
from kg.store.ledger_writer import Writer
from kg.store.remote import index
from kg.store.remote.endpoint import Cut
from kg.store.remote.records import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from kg.model.claims import Attestation, Claim
    from kg.store.remote.endpoint import Endpoint
    from kg.store.remote.graph import RemoteGraph
    from kg.store.remote.n_triples import Facts
    from kg.store.remote.parts import _PartLedger

CLAIM, ATTESTATION = "claim/", "attestation/"
# Each for itself: an engine may begin a pattern of all three with every claim that there is.
_OF = " UNION ".join(
    f"{{ ?c <{end}> ?e }}" for end in (f"{RDF}subject", f"{RDF}object", f"{KG}scope")
)
# So many triples a claim or an attestation has at most, as good as always; its own and that of all its rows.
_WIDE = 30
_DIGITS = "0123456789abcdef"


class Held:
    """The entities and claims of a graph that were fetched.

    `asked` has what was asked for, so that it is asked once; `db` reads them, for each
    of the `readers`.
    """

    def __init__(self, graph: RemoteGraph) -> None:
        self._graph = graph
        self.writer = Writer("")
        self.db = self.writer.read_meanwhile()
        self.readers: list[_PartLedger] = []
        self.reader = Reader(graph.base, graph.manifest["case"]["language"], graph.terms)
        self._exact = index.exact(graph)
        self._entities_here: set[str] = set()
        self.claims: set[str] = set()
        self.asked: set[tuple[str, str]] = set()
        self._attested: list[str] = []
        self._reached: dict[str, int] = {}
        # The attributes that name records and stand anywhere; asked for when they are first needed.
        self._referring: list[str] | None = None

    def __del__(self) -> None:
        if db := getattr(self, "db", None):
            db.close()

    def rows(self, sparql: str) -> list[tuple[Any, ...]]:
        """The rows of a question of the store, all of them."""
        return self._graph.endpoint.rows(sparql)

    def have_entities(self, names: Iterable[str]) -> None:
        """Have the entities of some ids here, those that there are."""
        missing = sorted({n for n in names if n} - self._entities_here)
        self._entities_here.update(missing)
        for found in self._of(missing, self._said_of_entities):
            for iri, facts in found.items():
                name = self.reader.id(iri)
                entity = self._exact.get(name) or self.reader.entity(name, facts)
                if entity is not None:
                    self.writer.add_entity(entity, ())

    def _said_of_entities(self, iris: str) -> str:
        """The pattern of what entities say of themselves, and not of all that they are tied to.

        One pattern for each predicate: of a list of them an engine may make a join with all triples.
        """
        if self._referring is None:
            terms = self.reader.terms
            told = " ".join(f"<{t.iri}>" for t in terms.attributes.values() if terms.refers(t))
            held = self.rows(f"SELECT ?p {{ VALUES ?p {{ {told} }} FILTER EXISTS {{ ?s ?p ?o }} }}")
            self._referring = [p.value for (p,) in held if p]
        some = f"VALUES ?s {{ {iris} }}"
        own = (f"?s <{p}> ?o BIND(<{p}> AS ?p)" for p in (f"{RDF}type", *self._referring))
        parts = ("?s ?p ?o FILTER(isLiteral(?o))", *own)
        return " UNION ".join(f"{{ {some} {part} }}" for part in parts)

    def _of(
        self, names: Iterable[str], pattern: Callable[[str], str]
    ) -> Iterator[dict[str, Facts]]:
        """What is said of the things of a pattern, made of the IRIs of some ids; in shares that come whole."""
        iris = [self.reader.iri(name) for name in names if fits(name)]
        return said(self._graph.endpoint, iris, pattern)

    def batches(self, names: Sequence[str]) -> Iterator[str]:
        """Ids as IRIs, so many at once that what is said of them comes whole."""
        return map(" ".join, _batches(self._graph.endpoint, [*map(self.reader.iri, names)]))

    def have_claims(self, pattern: str) -> list[str]:
        """Have the claims ``?c`` of a pattern here, with their attestations; returns their ids."""
        begin = self.reader.base + CLAIM
        found = matching(self._graph.endpoint, begin, pattern)
        names = [n.removeprefix(begin) for n in found if n.startswith(begin)]
        self._load([n for n in names if n not in self.claims])
        return names

    def _load(self, names: Sequence[str]) -> None:
        self.claims.update(names)
        near: set[str] = set()
        wanted = [CLAIM + n for n in sorted(names)]
        said: dict[str, list[Attestation]] = {}
        for found in self._of(wanted, _rows_of_claims):
            for a in self._attestations(found):
                said.setdefault(a.claim, []).append(a)
                near |= {a.voice, a.document, *a.via, *a.parties}
        for found in self._of(wanted, said_of):
            for iri, facts in found.items():
                name = self.reader.id(iri).removeprefix(CLAIM)
                claim = self.reader.claim(name, facts, said.get(name, ()))
                near |= {claim.subject, claim.object}
                self._keep(claim)
        self.have_entities(near)

    def _attestations(self, found: dict[str, Facts]) -> Iterator[Attestation]:
        for iri, facts in found.items():
            name = self.reader.id(iri)
            made: Attestation = self._exact.get(name) or self.reader.attestation(
                name.removeprefix(ATTESTATION), facts
            )
            yield made

    def _keep(self, claim: Claim) -> None:
        for a in claim.attestations:
            self.writer.add_said(claim.subject, claim.relation, claim.object, claim.figure, a)
            self._attested.append(a.id)
        overtaken = tuple(a.id for a in claim.attestations if not a.living)
        self.writer.add_claims([(claim, overtaken)])

    def once(self, what: str, name: str, pattern: Callable[[str], str]) -> None:
        """Have the claims of a pattern about a name here, asked for once."""
        if not fits(name) or (what, name) in self.asked:
            return
        self.asked.add((what, name))
        self.have_claims(pattern(self.reader.iri(name)))

    def unasked(self, what: str, attestation: str) -> Iterator[str]:
        """An attestation, and all that came since, as IRIs in batches: each is asked about once.

        Whoever asks of one row what is said of it asks so of the next one too.
        """
        begin, self._reached[what] = self._reached.get(what, 0), len(self._attested)
        wanted = dict.fromkeys((attestation, *self._attested[begin:]))
        new = [n for n in wanted if is_mark(n) and (what, ATTESTATION + n) not in self.asked]
        self.asked.update((what, ATTESTATION + n) for n in new)
        return self.batches([ATTESTATION + n for n in new])

    def have_about(self, names: Iterable[str]) -> None:
        """Have the claims here that have some entities as subject, object or scope."""
        new = [n for n in names if fits(n) and ("about", n) not in self.asked]
        rows = [n for n in new if n.startswith(ATTESTATION)]
        new = [n for n in new if n not in rows]
        self.asked.update(("about", n) for n in new)
        for some in self.batches(new):
            self.have_claims(f"VALUES ?e {{ {some} }} {_OF}")
        for row in rows:
            for some in self.unasked("about", row.removeprefix(ATTESTATION)):
                self.have_claims(f"VALUES ?e {{ {some} }} {_OF}")


def said(
    endpoint: Endpoint, iris: Sequence[str], pattern: Callable[[str], str]
) -> Iterator[dict[str, Facts]]:
    """What is said of the things of a pattern, made of some IRIs; share by share, each of them whole.

    Raises Cut where what is said of a single one does not come whole.
    """

    def ask(share: Sequence[str]) -> dict[str, Facts]:
        try:
            return endpoint.facts(pattern(" ".join(share)))
        except Cut:
            if len(share) == 1:
                raise
            half = len(share) // 2
            return ask(share[:half]) | ask(share[half:])

    return endpoint.several(ask, _batches(endpoint, iris))


def _batches(endpoint: Endpoint, iris: Sequence[str]) -> list[Sequence[str]]:
    server = endpoint.server
    size = max(1, min(server.values, server.rows // _WIDE))
    return [iris[begin : begin + size] for begin in range(0, len(iris), size)]


def matching(endpoint: Endpoint, claims: str, pattern: str, share: str = "") -> list[str]:
    """The IRIs that ``?c`` stands for in a pattern; where they are too many at once, the claims among
    them by the first signs of their hashes, `claims` being what the IRI of each begins with.

    Raises Cut where not even one of 65,536 parts comes whole.
    """
    only = f' FILTER(STRSTARTS(STR(?c), "{claims}{share}"))' if share else ""
    try:
        rows = endpoint.rows(f"SELECT DISTINCT ?c {{ {pattern}{only} }}")
    except Cut:
        if len(share) > 3:
            raise
        further = [share + digit for digit in _DIGITS]
        return [name for part in further for name in matching(endpoint, claims, pattern, part)]
    return [c.value for (c,) in rows if c is not None]


def said_of(iris: str) -> str:
    """The pattern of all that is said of some things."""
    return f"VALUES ?s {{ {iris} }} ?s ?p ?o"


def _rows_of_claims(iris: str) -> str:
    """The pattern of all that is said of the attestations of some claims."""
    return f"VALUES ?c {{ {iris} }} ?s <{KG}about> ?c . ?s ?p ?o"


def fits(name: str) -> bool:
    """Whether a text may be the id of an entity, or of a row, and so stand in an IRI."""
    return bool(name) and all(c.isascii() and (c.isalnum() or c in "-_/") for c in name)


def is_mark(text: str) -> bool:
    """Whether a text is the whole hash of a claim or a row."""
    return len(text) == 24 and all(c in "0123456789abcdef" for c in text)
