"""The local index: all of a graph, fetched once for each version of it, for what asks about all.

`find`, `search`, the conflicts of a whole graph and every look through a lens need it. It is made
by the same build that makes a graph of a case, so that both answer alike.
"""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

from kg.case.claim_rows import Said
from kg.case.ids import Judgement
from kg.case.source import Rows
from kg.case.withhold import Withheld
from kg.model.claims import Attestation, Entity
from kg.model.errors import OutOfBounds
from kg.model.namespaces import KG, OWL
from kg.sparql.ahead import opens_here
from kg.sparql.results import turtle
from kg.store.graph import JUDGEMENTS, ONTOLOGY, WITHHELD
from kg.store.remote import beside, cache, records
from kg.store.remote.records import Facts, Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from kg.case.row import Problems
    from kg.model.ontology import Ontology
    from kg.store.remote.endpoint import Endpoint, Row
    from kg.store.remote.graph import RemoteGraph

# More triples are not asked for share by share: it would take hours.
_MOST_IN_SHARES = 1_000_000
_CLAIM, _ATTESTATION = "claim/", "attestation/"


def need(graph: RemoteGraph) -> None:
    """Have the index of a graph here. Cost, once for each version: all of its triples are fetched.

    Raises OutOfBounds where the store does not give all of them.
    """
    if graph.indexed:
        return
    from kg.store.build import assemble

    graph.say("fetching the graph, once for this version")
    # The small files come first; what is made of all of it is put beside them.
    _ = graph.manifest

    def fill(folder: str) -> None:
        store = fetched(graph, os.path.join(folder, "fetched"))
        assemble(_Source(graph, store, Path(folder)), Path(folder))
        for name in os.listdir(folder):
            if name not in ("ledger.sqlite", "adjacency.bin", "speech.bin"):
                path = os.path.join(folder, name)
                _drop(path)

    cache.put(graph.folder, fill)
    graph.still()


def _drop(path: str) -> None:
    import shutil

    if os.path.isdir(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def fetched(graph: RemoteGraph, path: str) -> Any:
    """All triples of a graph in an engine's store of this machine.

    They come as one text if the store gives all of it, which some do not and say nothing; then in
    shares. Raises OutOfBounds if there are fewer than the store counts.
    """
    import pyoxigraph as ox

    endpoint = graph.endpoint
    wanted = graph.state.triples
    os.mkdir(path)
    if wanted < 2_000_000:
        store = ox.Store()
    else:
        opens_here()
        store = ox.Store(os.path.join(path, "store"))
    file = os.path.join(path, "graph.nt")
    if endpoint.dumped(file):
        store.bulk_load(path=file, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        os.unlink(file)
    if len(store) == wanted:
        return store
    for rows in _shares(endpoint, wanted):
        text = "".join(f"{' '.join(turtle(t) for t in row if t)} .\n" for row in rows)
        store.bulk_load(input=text.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    if len(store) != wanted:
        raise OutOfBounds(
            f"{endpoint.address.url} gave {len(store):,} of {wanted:,} triples; raise its limit of "
            "rows (ResultSetMaxRows in virtuoso.ini), or load the graph again"
        )
    return store


def _shares(endpoint: Endpoint, wanted: int) -> Iterator[list[Row]]:
    """All triples in shares that are small enough to come whole: those of a predicate, or a part of them.

    Pages would not do: a store need not keep their order from one question to the next.
    """
    if wanted > _MOST_IN_SHARES:
        raise OutOfBounds(
            f"{endpoint.address.url} does not give a graph of {wanted:,} triples whole; raise its "
            "limit of rows (ResultSetMaxRows in virtuoso.ini)"
        )
    size = endpoint.server.rows
    counts = endpoint.rows("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    small: list[tuple[str, int]] = []
    for iri, number in ((p.value, int(n.value)) for p, n in counts if p and n):
        if number > size // 2:
            yield from _parts(endpoint, iri, number)
            continue
        if small and sum(n for _, n in small) + number > size // 2:
            yield _several(endpoint, small)
            small = []
        small.append((iri, number))
    if small:
        yield _several(endpoint, small)


def _several(endpoint: Endpoint, predicates: Sequence[tuple[str, int]]) -> list[Row]:
    """All triples of some predicates; how many there are is known."""
    some = " ".join(f"<{iri}>" for iri, _ in predicates)
    return endpoint.rows(f"SELECT ?s ?p ?o {{ VALUES ?p {{ {some} }} ?s ?p ?o }}", counted=False)


def _parts(endpoint: Endpoint, predicate: str, number: int) -> Iterator[list[Row]]:
    """All triples of one predicate, in parts by a hash of each."""
    digits = 1
    while number / 16**digits > endpoint.server.rows / 2:
        digits += 1
    for share in product("0123456789abcdef", repeat=digits):
        start = f'STRSTARTS(LCASE(MD5(CONCAT(STR(?s), " ", STR(?o)))), "{"".join(share)}")'
        told = f"BIND(<{predicate}> AS ?p) ?s <{predicate}> ?o FILTER({start})"
        yield endpoint.rows(f"SELECT ?s ?p ?o {{ {told} }}", counted=False)


class _Source:
    """The rows of a graph that was fetched, as `kg.store.build` takes them."""

    root = None

    def __init__(self, graph: RemoteGraph, store: Any, out: Path) -> None:
        self._graph, self._store, self.out = graph, store, out
        about = graph.manifest["case"]
        self._reader = Reader(graph.base, about["language"], graph.terms)
        self._exact = exact(graph)

    @property
    def about(self) -> Mapping[str, Any]:
        about: Mapping[str, Any] = self._graph.manifest["case"]
        return about

    @property
    def ontology(self) -> Ontology:
        return self._graph.terms

    def turtle(self) -> Iterator[str]:
        with open(self._graph.part(ONTOLOGY), encoding="utf-8", newline="\n") as file:
            yield from file

    def digests(self) -> dict[str, str]:
        return {}

    def rows(self, problems: Problems) -> Rows:
        merged = {
            self._id(q.subject): self._id(q.object) for q in self._with(OWL + "sameAs", self._store)
        }
        judged = self._file(JUDGEMENTS, Judgement)
        kept = self._file(WITHHELD, Withheld)
        return Rows(self._entities(merged), self._attestations(), merged, judged, {}, kept)

    def _file(self, name: str, kind: Any) -> list[Any]:
        import json

        if not self._graph.holds(name):
            return []
        with open(self._graph.part(name), encoding="utf-8") as file:
            return [kind(**row) for row in json.load(file)]

    def _with(self, predicate: str, store: Any, value: str = "") -> Iterator[Any]:
        import pyoxigraph as ox

        target = ox.NamedNode(value) if value else None
        found = store.quads_for_pattern(None, ox.NamedNode(predicate), target, None)
        # Terms of the ontology stand in relations of the same names.
        return (q for q in found if q.subject.value.startswith(self._graph.base))

    def _id(self, node: Any) -> str:
        return self._reader.id(node.value)

    def _facts(self, subject: Any) -> Facts:
        quads = self._store.quads_for_pattern(subject, None, None, None)
        return records.facts_of(quads)[subject.value]

    def _entities(self, merged: Mapping[str, str]) -> Iterator[tuple[Entity, tuple[Said, ...]]]:
        nodes = [q.subject for q in self._with(records.TYPE, self._store, KG + "Entity")]
        held = {}
        for node in sorted(nodes, key=lambda n: n.value):
            name = self._id(node)
            entity = self._exact.get(name) or self._reader.entity(name, self._facts(node))
            if entity is not None:
                held[name] = (entity.name, entity.kind)
                yield entity, ()
        for name, target in sorted(merged.items()):
            # What it was called and said is with the record that stands; its id is found yet.
            if target in held:
                yield Entity(name, *held[target]), ()

    def _attestations(self) -> Iterator[Said]:
        for quad in self._with(records.TYPE, self._store, KG + "Claim"):
            claim = self._reader.claim(
                self._id(quad.subject).removeprefix(_CLAIM), self._facts(quad.subject)
            )
            for about in self._store.quads_for_pattern(
                None, _node(records.ABOUT), quad.subject, None
            ):
                name = self._id(about.subject)
                a = self._exact.get(name) or self._reader.attestation(
                    name.removeprefix(_ATTESTATION), self._facts(about.subject)
                )
                ends = (claim.subject, claim.relation, claim.object, claim.figure)
                yield Said(*ends, a, ("", 0))


def _node(iri: str) -> Any:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def exact(graph: RemoteGraph) -> dict[str, Any]:
    """The records that are written down whole beside a graph, by id."""
    rows = graph.endpoint.rows(
        f"SELECT ?s ?o {{ ?s <{beside.ROW}> ?o }}", graph.endpoint.address.beside
    )
    return {
        name: record
        for s, o in rows
        if s and o
        for name, record in [one(graph.base, s.value, o.value)]
    }


def one(base: str, iri: str, text: str) -> tuple[str, Entity | Attestation]:
    """A record that is written down whole, with its id."""
    name = iri.removeprefix(base)
    kind = Attestation if name.startswith(_ATTESTATION) else Entity
    return name, records.unpacked(text, kind)
