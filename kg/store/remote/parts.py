"""A ledger filled as it is asked: the claims of what a question is about come from the store, and no more.

What was fetched lies in a ledger of the process's own, which answers; so the questions are those
of `kg.store.ledger`, and so are the answers. A question about all of the graph (every claim, every
name) turns to the local index, and everything after it too.
"""

from __future__ import annotations

from kg.model.errors import NotFound
from kg.model.namespaces import KG, OWL, RDF
from kg.store.ledger import Ledger
from kg.store.ledger_writer import Writer
from kg.store.remote import index
from kg.store.remote.records import Reader, gathered
from kg.text.untrusted import sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from kg.model.claims import Attestation, Claim, Entity
    from kg.store.name_index import NameIndex
    from kg.store.passage_index import PassageIndex
    from kg.store.remote.graph import RemoteGraph

_CLAIM, _ATTESTATION = "claim/", "attestation/"
_OF = f"<{RDF}subject>|<{RDF}object>|<{KG}scope>"
# So many triples a claim or an attestation has at most, as good as always.
_WIDE = 30


class PartLedger(Ledger):
    """The rows that were asked for, of a graph in a store."""

    def __init__(self, graph: RemoteGraph) -> None:
        self._graph, self._names = graph, None
        self._writer = Writer("")
        self._db = self._writer.read_meanwhile()
        self._reader = Reader(graph.base, graph.manifest["case"]["language"], graph.terms)
        self._exact = index.exact(graph)
        self._entities_here: set[str] = set()
        self._claims_here: set[str] = set()
        self._asked: set[tuple[str, str]] = set()
        self._unchecked: list[str] = []
        self._all = False

    # ---------------------------------------------------------------- what comes from the store

    def rows(self, sparql: str) -> list[tuple[Any, ...]]:
        """The rows of a question of the store, all of them."""
        return self._graph.endpoint.rows(sparql)

    def have_entities(self, names: Iterable[str]) -> None:
        """Have the entities of some ids here, those that there are."""
        if self._all:
            return
        missing = sorted({n for n in names if n} - self._entities_here)
        self._entities_here.update(missing)
        predicates = " ".join(f"<{p}>" for p in self._reader.entity_predicates)
        for some in self._batches([n for n in missing if _fits(n)]):
            found = gathered(
                self.rows(
                    f"SELECT ?s ?p ?o {{ VALUES ?s {{ {some} }} VALUES ?p {{ {predicates} }} ?s ?p ?o }}"
                )
            )
            for iri, facts in found.items():
                name = self._reader.id(iri)
                entity = self._exact.get(name) or self._reader.entity(name, facts)
                if entity is not None:
                    self._writer.add_entity(entity, ())

    def _batches(self, names: Sequence[str]) -> Iterator[str]:
        """Ids as IRIs, so many at once that what is said of them comes whole."""
        server = self._graph.endpoint.server
        size = max(1, min(server.values, server.rows // _WIDE))
        for begin in range(0, len(names), size):
            yield " ".join(self._reader.iri(name) for name in names[begin : begin + size])

    def have_claims(self, pattern: str) -> list[str]:
        """Have the claims ``?c`` of a pattern here, with their attestations; returns their ids."""
        rows = self.rows(f"SELECT DISTINCT ?c {{ {pattern} }}")
        found = [self._reader.id(c.value) for (c,) in rows if c is not None]
        names = [n.removeprefix(_CLAIM) for n in found if n.startswith(_CLAIM)]
        self._load([n for n in names if n not in self._claims_here])
        return names

    def _load(self, names: Sequence[str]) -> None:
        self._claims_here.update(names)
        near: set[str] = set()
        about = f"<{KG}about>"
        for some in self._batches([_CLAIM + n for n in sorted(names)]):
            told = f"VALUES ?c {{ {some} }}"
            claims = gathered(self.rows(f"SELECT ?s ?p ?o {{ VALUES ?s {{ {some} }} ?s ?p ?o }}"))
            marks = self.rows(f"SELECT ?a {{ {told} ?a {about} ?c }}")
            said: dict[str, list[Attestation]] = {}
            for a in self._attestations([self._reader.id(m.value) for (m,) in marks if m]):
                said.setdefault(a.claim, []).append(a)
                near |= {a.voice, a.document, *a.via, *a.parties}
            for iri, facts in claims.items():
                name = self._reader.id(iri).removeprefix(_CLAIM)
                claim = self._reader.claim(name, facts, said.get(name, ()))
                near |= {claim.subject, claim.object}
                self._keep(claim)
        self.have_entities(near)

    def _attestations(self, names: Sequence[str]) -> Iterator[Attestation]:
        for some in self._batches(sorted(names)):
            rows = self.rows(f"SELECT ?s ?p ?o {{ VALUES ?s {{ {some} }} ?s ?p ?o }}")
            for iri, facts in gathered(rows).items():
                name = self._reader.id(iri)
                made: Attestation = self._exact.get(name) or self._reader.attestation(
                    name.removeprefix(_ATTESTATION), facts
                )
                yield made

    def _keep(self, claim: Claim) -> None:
        for a in claim.attestations:
            self._writer.add_said(claim.subject, claim.relation, claim.object, claim.figure, a)
            self._unchecked.append(a.id)
        overtaken = tuple(a.id for a in claim.attestations if not a.living)
        self._writer.add_claims([(claim, overtaken)])

    def _once(self, what: str, name: str, pattern: Callable[[str], str]) -> None:
        """Have the claims of a pattern about a name here, asked for once."""
        if self._all or not _fits(name) or (what, name) in self._asked:
            return
        self._asked.add((what, name))
        self.have_claims(pattern(self._reader.iri(name)))

    def have_about(self, names: Iterable[str]) -> None:
        """Have the claims here that have some entities as subject, object or scope."""
        new = [n for n in names if _fits(n) and ("about", n) not in self._asked]
        if self._all or not new:
            return
        self._asked.update(("about", n) for n in new)
        for some in self._batches(new):
            self.have_claims(f"VALUES ?e {{ {some} }} ?c {_OF} ?e . ?c a <{KG}Claim>")

    def _whole(self) -> None:
        """From here on everything is answered by the local index."""
        if not self._all:
            self._entire = Ledger(self._graph.part("ledger.sqlite"))
            self._db, self._all = self._entire._db, True

    # ---------------------------------------------------------------- questions about a part

    def entity(self, name: str) -> Entity:
        self.have_entities([name])
        return super().entity(name)

    def name(self, entity: str) -> str:
        self.have_entities([entity])
        return super().name(entity)

    def find(self, text: str) -> str:
        wanted = sound(text).removeprefix("id:")
        if _fits(wanted) and not self._all:
            self.have_entities([wanted])
            if wanted in {e.id for e in self._held([wanted])}:
                return wanted
        self._whole()
        return super().find(text)

    def _held(self, names: Sequence[str]) -> Iterator[Entity]:
        for name in names:
            try:
                yield super().entity(name)
            except NotFound:
                continue

    def claim(self, id_: str) -> Claim:
        return self.whole(id_)

    def whole(self, id_: str) -> Claim:
        if not self._all and id_ not in self._claims_here and _is_mark(id_):
            iri = self._reader.iri(_CLAIM + id_)
            self.have_claims(f"VALUES ?c {{ {iri} }} ?c a <{KG}Claim>")
        return super().whole(id_)

    def claims_about(self, entity: str) -> list[Claim]:
        self.have_about([entity])
        return super().claims_about(entity)

    def said_by(self, voice: str) -> list[Claim]:
        self._once("voice", voice, lambda iri: f"?a <{KG}voice> {iri} ; <{KG}about> ?c")
        return super().said_by(voice)

    def standing_in(self, document: str) -> list[Claim]:
        self._once("document", document, lambda iri: f"?a <{KG}document> {iri} ; <{KG}about> ?c")
        return super().standing_in(document)

    def attestation(self, id_: str) -> Attestation:
        self._have_attestation(id_)
        return super().attestation(id_)

    def stated(self, attestation: str) -> tuple[str, str, str]:
        self._have_attestation(attestation)
        return super().stated(attestation)

    def _have_attestation(self, id_: str) -> None:
        if _is_mark(id_):
            self._once("row", _ATTESTATION + id_, lambda iri: f"{iri} <{KG}about> ?c")

    def replacements(self, attestation: str) -> list[Attestation]:
        if not self._all:
            # All that came since are asked about at once.
            wanted = dict.fromkeys((*self._unchecked, attestation))
            new = [n for n in wanted if _is_mark(n) and ("instead", n) not in self._asked]
            self._asked.update(("instead", n) for n in new)
            self._unchecked.clear()
            for some in self._batches([_ATTESTATION + n for n in new]):
                self.have_claims(f"VALUES ?a {{ {some} }} ?b <{KG}insteadOf> ?a ; <{KG}about> ?c")
        return super().replacements(attestation)

    def speaking_of(self, entity: str, voice: str = "") -> list[Claim]:
        self.have_about([entity])
        own, object_ = f"?a <{KG}voice>", f"<{RDF}object>"
        self._once(
            "spoken of",
            entity,
            lambda iri: (
                f"{{ {own} {iri} . ?b <{KG}insteadOf> ?a . {{ ?a <{KG}about> ?c }} UNION "
                f"{{ ?b <{KG}about> ?c }} }} UNION {{ {own} {iri} . ?d {object_} ?a . "
                f"{{ ?a <{KG}about> ?c }} UNION {{ ?d {object_} ?a . ?c {object_} ?a }} }}"
            ),
        )
        ahead = [c.id for c in super().speaking_of(entity)]
        while ahead and not self._all:
            new = [n for n in ahead if ("stated", n) not in self._asked]
            self._asked.update(("stated", n) for n in new)
            ahead = []
            for some in self._batches([_CLAIM + n for n in new]):
                told = f"VALUES ?d {{ {some} }} ?a <{KG}about> ?d . ?c {object_} ?a"
                ahead += self.have_claims(told)
        if voice:
            self._once("voice", voice, lambda iri: f"?a <{KG}voice> {iri} ; <{KG}about> ?c")
        return super().speaking_of(entity, voice)

    def naming(self, entity: str) -> Iterator[Entity]:
        terms = self._reader.terms
        refer = " ".join(f"<{t.iri}>" for t in terms.attributes.values() if terms.refers(t))
        if not self._all and refer and _fits(entity):
            iri = self._reader.iri(entity)
            rows = self.rows(f"SELECT DISTINCT ?s {{ VALUES ?p {{ {refer} }} ?s ?p {iri} }}")
            self.have_entities(self._reader.id(s.value) for (s,) in rows if s)
        return super().naming(entity)

    def claims(self, relations: Sequence[str] = ()) -> Iterator[Claim]:
        if not relations:
            self._whole()
        elif not self._all:
            known = {**self._reader.terms.measures, **self._reader.terms.relations}
            new = [n for n in relations if n in known and ("relation", n) not in self._asked]
            self._asked.update(("relation", n) for n in new)
            iris = " ".join(f"<{known[n].iri}>" for n in new)
            if iris:
                told = f"VALUES ?p {{ {iris} }} ?c <{RDF}predicate> ?p . ?c a <{KG}Claim>"
                self.have_claims(told)
        return super().claims(relations)

    def qualified(self) -> Iterator[Claim]:
        return (c for c in self.claims() if any(a.qualities for a in c.attestations))

    def entities(self, kind: str = "") -> Iterator[Entity]:
        classes = self._reader.terms.classes
        if kind not in classes:
            self._whole()
        elif not self._all and ("class", kind) not in self._asked:
            self._asked.add(("class", kind))
            rows = self.rows(f"SELECT DISTINCT ?s {{ ?s a <{classes[kind].iri}> }}")
            self.have_entities(self._reader.id(s.value) for (s,) in rows if s)
        return super().entities(kind)

    def parts(self, whole: str) -> list[str]:
        self._belonging(whole, "?w", "?e")
        return super().parts(whole)

    def wholes(self, part: str) -> list[str]:
        self._belonging(part, "?e", "?w")
        return super().wholes(part)

    def _belonging(self, name: str, part: str, whole: str) -> None:
        """Have here what belongs to something, and what to that; or what something belongs to."""
        terms = self._reader.terms
        names = {n for role in ("PartOf", "LocatedIn", "TerritoryOf") for n in terms.playing(role)}
        relations = " ".join(
            f"<{terms.relations[n].iri}>" for n in sorted(names & terms.relations.keys())
        )
        attributes = " ".join(
            f"<{terms.attributes[n].iri}>" for n in sorted(names & terms.attributes.keys())
        )
        ahead = [name]
        down = whole == "?e"
        while ahead and not self._all:
            new = [n for n in ahead if _fits(n) and (whole, n) not in self._asked]
            self._asked.update((whole, n) for n in new)
            ahead = []
            for some in self._batches(new):
                told = f"VALUES ?e {{ {some} }} "
                patterns = []
                if relations:
                    patterns.append(
                        f"VALUES ?r {{ {relations} }} ?c <{RDF}predicate> ?r ; <{RDF}subject> {part} ; "
                        f"<{RDF}object> {whole} ; <{KG}basis> ?b . "
                        f"FILTER(?b IN (<{KG}Asserted>, <{KG}Alleged>))"
                    )
                if attributes:
                    patterns.append(f"VALUES ?r {{ {attributes} }} {part} ?r {whole}")
                for pattern in patterns:
                    rows = self.rows(f"SELECT DISTINCT {part} {whole} {{ {told}{pattern} }}")
                    pairs = [tuple(self._reader.id(t.value) for t in row if t) for row in rows]
                    self._writer.add_belonging([(p[0], p[1]) for p in pairs], ())
                    ahead += [p[0] for p in pairs] if down else []

    def is_country(self, name: str) -> bool:
        if self._all:
            return super().is_country(name)
        self.have_entities([name])
        return any(self._reader.terms.value(e, "CountryCode") for e in self._held([name]))

    def documents_read(self) -> set[str]:
        if self._all:
            return super().documents_read()
        rows = self.rows(f"SELECT DISTINCT ?d {{ ?a <{KG}document> ?d }}")
        return {self._reader.id(d.value) for (d,) in rows if d}

    def replaced(self) -> frozenset[str]:
        if self._all:
            return super().replaced()
        rows = self.rows(f"SELECT DISTINCT ?d {{ ?a <{KG}insteadOf> ?d }}")
        return frozenset(self._reader.id(d.value).removeprefix(_ATTESTATION) for (d,) in rows if d)

    def unsure(self) -> list[tuple[str, str, str]]:
        self._judged()
        return super().unsure()

    def possibly_same(self, entity: str) -> list[tuple[str, str]]:
        self._judged()
        return super().possibly_same(entity)

    def _judged(self) -> None:
        """Have all unsure judgements here: there are as many as editors have written."""
        if self._all or ("unsure", "") in self._asked or not self._graph.holds("judgements.json"):
            return
        self._asked.add(("unsure", ""))
        import json

        with open(self._graph.part("judgements.json"), encoding="utf-8") as file:
            rows = [row for row in json.load(file) if row["kind"] == "unsure"]
        if not rows:
            return
        merged = self.rows(f"SELECT ?s ?o {{ ?s <{OWL}sameAs> ?o FILTER(isIRI(?o)) }}")
        base = self._reader.base
        stands = {
            self._reader.id(s.value): self._reader.id(o.value)
            for s, o in merged
            if s and o and s.value.startswith(base) and o.value.startswith(base)
        }
        for row in rows:
            left, right = (stands.get(row[side], row[side]) for side in ("left", "right"))
            self._writer.add_possibly_same(left, right, row["reason"])

    def opened(self, id_: str, limit: int = 9) -> list[str]:
        if not _is_mark(id_):
            self._whole()
        elif not self._all:
            iris = (self._reader.iri(kind + id_) for kind in (_CLAIM, _ATTESTATION))
            claim, row = iris
            self.have_claims(
                f"{{ VALUES ?c {{ {claim} }} ?c a <{KG}Claim> }} UNION {{ {row} <{KG}about> ?c }}"
            )
        return super().opened(id_, limit)

    # ---------------------------------------------------------------- questions about all of it

    @property
    def names(self) -> NameIndex:
        self._whole()
        return super().names

    @property
    def passages(self) -> PassageIndex:
        self._whole()
        return super().passages

    def examined(self) -> tuple[int, int, list[str]]:
        self._whole()
        return super().examined()


def _fits(name: str) -> bool:
    """Whether a text may be the id of an entity, or of a row, and so stand in an IRI."""
    return bool(name) and all(c.isascii() and (c.isalnum() or c in "-_/") for c in name)


def _is_mark(text: str) -> bool:
    """Whether a text is the whole hash of a claim or a row."""
    return len(text) == 24 and all(c in "0123456789abcdef" for c in text)
