"""A ledger filled as it is asked: the claims of what a question is about come from the store, and no more.

What was fetched lies in a ledger of the process's own, which answers; so the questions are those
of `kg.store.ledger`, and so are the answers. A question about all of the graph (every claim, every
name) turns to the local index, and everything after it too.
"""

from __future__ import annotations

import os

from kg.model.errors import NotFound
from kg.model.namespaces import KG, OWL, RDF
from kg.store.ledger import Ledger
from kg.store.remote.fetching import ATTESTATION, CLAIM, Held, fits, is_mark
from kg.store.seen_graph import SeenLedger
from kg.text.untrusted import sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from kg.model.claims import Attestation, Claim, Entity
    from kg.store.counts import Counts
    from kg.store.lens import Lens
    from kg.store.name_index import NameIndex
    from kg.store.passage_index import PassageIndex
    from kg.store.remote.graph import RemoteGraph


def ledger(graph: RemoteGraph) -> Ledger:
    """The ledger of a graph in a store: what it has not, it asks for."""
    return _PartLedger(graph)


def seen_ledger(graph: RemoteGraph, lens: Lens) -> SeenLedger:
    """The same as a lens shows it; what was fetched for the one is there for the other."""
    return _SeenPartLedger(graph, lens)


class _PartLedger(Ledger):
    """The rows that were asked for, of a graph in a store."""

    def __init__(self, graph: RemoteGraph, held: Held | None = None) -> None:
        self._graph, self._names = graph, None
        self._held = held or Held(graph)
        self._db = self._held.db
        self._all = False
        self._held.readers.append(self)

    @property
    def held(self) -> Held:
        """What of the graph is here."""
        return self._held

    def have_entities(self, names: Iterable[str]) -> None:
        """Have the entities of some ids here, those that there are."""
        if not self._all:
            self._held.have_entities(names)

    def _have_about(self, names: Iterable[str]) -> None:
        if not self._all:
            self._held.have_about(names)

    def _once(self, what: str, name: str, pattern: Callable[[str], str]) -> None:
        if not self._all:
            self._held.once(what, name, pattern)

    def turn(self) -> None:
        """Answer from the local index, which is there, from here on."""
        for reader in self._held.readers:
            reader.turn_alone()

    def turn_alone(self) -> None:
        """The same, whoever else reads what is here."""
        if not self._all:
            self._entire = Ledger(os.path.join(self._graph.folder, "ledger.sqlite"))
            self._db, self._all = self._entire._db, True

    def close(self) -> None:
        """Let go of the local index; what was fetched ends with the last that reads it."""
        if self._all:
            self._entire.close()

    def _whole(self) -> None:
        """Have the local index, and answer from it."""
        if not self._all:
            self._graph.part("ledger.sqlite")
            self.turn()

    # ---------------------------------------------------------------- questions about a part

    def entity(self, name: str) -> Entity:
        self.have_entities([name])
        return super().entity(name)

    def name(self, entity: str) -> str:
        self.have_entities([entity])
        return super().name(entity)

    def find(self, text: str) -> str:
        wanted = sound(text).removeprefix("id:")
        if fits(wanted) and not self._all:
            self.have_entities([wanted])
            if wanted in {e.id for e in self._there([wanted])}:
                return wanted
        self._whole()
        return super().find(text)

    def _there(self, names: Sequence[str]) -> Iterator[Entity]:
        for name in names:
            try:
                yield super().entity(name)
            except NotFound:
                continue

    def claim(self, id_: str) -> Claim:
        return self.whole(id_)

    def whole(self, id_: str) -> Claim:
        if not self._all and id_ not in self._held.claims and is_mark(id_):
            iri = self._held.reader.iri(CLAIM + id_)
            self._held.have_claims(f"VALUES ?c {{ {iri} }} ?c a <{KG}Claim>")
        return super().whole(id_)

    def claims_about(self, entity: str) -> list[Claim]:
        self._have_about([entity])
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
        if is_mark(id_):
            self._once("row", ATTESTATION + id_, lambda iri: f"{iri} <{KG}about> ?c")

    def replacements(self, attestation: str) -> list[Attestation]:
        if not self._all:
            for some in self._held.unasked("instead", attestation):
                self._held.have_claims(
                    f"VALUES ?a {{ {some} }} ?b <{KG}insteadOf> ?a ; <{KG}about> ?c"
                )
        return super().replacements(attestation)

    def speaking_of(self, entity: str, voice: str = "") -> list[Claim]:
        self._have_about([entity])
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
            new = [n for n in ahead if ("stated", n) not in self._held.asked]
            self._held.asked.update(("stated", n) for n in new)
            ahead = []
            for some in self._held.batches([CLAIM + n for n in new]):
                told = f"VALUES ?d {{ {some} }} ?a <{KG}about> ?d . ?c {object_} ?a"
                ahead += self._held.have_claims(told)
        if voice:
            self._once("voice", voice, lambda iri: f"?a <{KG}voice> {iri} ; <{KG}about> ?c")
        return super().speaking_of(entity, voice)

    def naming(self, entity: str) -> Iterator[Entity]:
        terms = self._held.reader.terms
        refer = " ".join(f"<{t.iri}>" for t in terms.attributes.values() if terms.refers(t))
        if not self._all and refer and fits(entity):
            iri = self._held.reader.iri(entity)
            rows = self._held.rows(f"SELECT DISTINCT ?s {{ VALUES ?p {{ {refer} }} ?s ?p {iri} }}")
            self.have_entities(self._held.reader.id(s.value) for (s,) in rows if s)
        return super().naming(entity)

    def claims(self, relations: Sequence[str] = (), **among: Sequence[str]) -> Iterator[Claim]:
        if relations:
            self._have_relations(relations)
        elif among.get("document") or among.get("voice"):
            # Those of each document, or of each voice, whatever else is asked of them.
            what = "document" if among.get("document") else "voice"
            for name in among[what]:
                self._once(what, name, lambda iri: f"?a <{KG}{what}> {iri} ; <{KG}about> ?c")
        else:
            self._whole()
        return super().claims(relations, **among)

    def _have_relations(self, relations: Sequence[str]) -> None:
        known = {**self._held.reader.terms.measures, **self._held.reader.terms.relations}
        new = [n for n in relations if n in known and ("relation", n) not in self._held.asked]
        if self._all or not new:
            return
        self._held.asked.update(("relation", n) for n in new)
        iris = " ".join(f"<{known[n].iri}>" for n in new)
        told = f"VALUES ?p {{ {iris} }} ?c <{RDF}predicate> ?p . ?c a <{KG}Claim>"
        self._held.have_claims(told)

    def between(self, one: str, other: str) -> list[Claim]:
        if not self._all and fits(one) and fits(other):
            left, right = self._held.reader.iri(one), self._held.reader.iri(other)
            ways = (
                f"{{ ?c <{RDF}subject> {a} ; <{RDF}object>|<{KG}scope> {b} ; a <{KG}Claim> }}"
                for a, b in ((left, right), (right, left))
            )
            self._held.have_claims(" UNION ".join(ways))
        return super().between(one, other)

    def about_statement(self, attestation: str) -> list[str]:
        if not self._all:
            for some in self._held.unasked("of row", attestation):
                self._held.have_claims(f"VALUES ?a {{ {some} }} ?c <{RDF}object> ?a")
        return super().about_statement(attestation)

    def all_names(self) -> Iterator[tuple[str, str]]:
        self._whole()
        return super().all_names()

    def entities(self, kind: str = "") -> Iterator[Entity]:
        classes = self._held.reader.terms.classes
        if kind not in classes:
            self._whole()
        elif not self._all and ("class", kind) not in self._held.asked:
            self._held.asked.add(("class", kind))
            rows = self._held.rows(f"SELECT DISTINCT ?s {{ ?s a <{classes[kind].iri}> }}")
            self.have_entities(self._held.reader.id(s.value) for (s,) in rows if s)
        return super().entities(kind)

    def parts(self, whole: str) -> list[str]:
        self._belonging(whole, "?w", "?e")
        return super().parts(whole)

    def wholes(self, part: str) -> list[str]:
        self._belonging(part, "?e", "?w")
        return super().wholes(part)

    def _belonging(self, name: str, part: str, whole: str) -> None:
        """Have here what belongs to something, and what to that; or what something belongs to."""
        terms = self._held.reader.terms
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
            new = [n for n in ahead if fits(n) and (whole, n) not in self._held.asked]
            self._held.asked.update((whole, n) for n in new)
            ahead = []
            for some in self._held.batches(new):
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
                    rows = self._held.rows(f"SELECT DISTINCT {part} {whole} {{ {told}{pattern} }}")
                    pairs = [tuple(self._held.reader.id(t.value) for t in row if t) for row in rows]
                    self._held.writer.add_belonging([(p[0], p[1]) for p in pairs], ())
                    ahead += [p[0] for p in pairs] if down else []

    def is_country(self, name: str) -> bool:
        if self._all:
            return super().is_country(name)
        self.have_entities([name])
        return any(self._held.reader.terms.value(e, "CountryCode") for e in self._there([name]))

    def documents_read(self) -> set[str]:
        if self._all:
            return super().documents_read()
        rows = self._held.rows(f"SELECT DISTINCT ?d {{ ?a <{KG}document> ?d }}")
        return {self._held.reader.id(d.value) for (d,) in rows if d}

    def replaced(self) -> frozenset[str]:
        if self._all:
            return super().replaced()
        rows = self._held.rows(f"SELECT DISTINCT ?d {{ ?a <{KG}insteadOf> ?d }}")
        return frozenset(
            self._held.reader.id(d.value).removeprefix(ATTESTATION) for (d,) in rows if d
        )

    def unsure(self) -> list[tuple[str, str, str]]:
        self._judged()
        return super().unsure()

    def possibly_same(self, entity: str) -> list[tuple[str, str]]:
        self._judged()
        return super().possibly_same(entity)

    def _judged(self) -> None:
        """Have all unsure judgements here: there are as many as editors have written."""
        if (
            self._all
            or ("unsure", "") in self._held.asked
            or not self._graph.holds("judgements.json")
        ):
            return
        self._held.asked.add(("unsure", ""))
        import json

        with open(self._graph.part("judgements.json"), encoding="utf-8") as file:
            rows = [row for row in json.load(file) if row["kind"] == "unsure"]
        if not rows:
            return
        merged = self._held.rows(f"SELECT ?s ?o {{ ?s <{OWL}sameAs> ?o FILTER(isIRI(?o)) }}")
        base = self._held.reader.base
        stands = {
            self._held.reader.id(s.value): self._held.reader.id(o.value)
            for s, o in merged
            if s and o and s.value.startswith(base) and o.value.startswith(base)
        }
        for row in rows:
            left, right = (stands.get(row[side], row[side]) for side in ("left", "right"))
            self._held.writer.add_possibly_same(left, right, row["reason"])

    def opened(self, id_: str, limit: int = 9) -> list[str]:
        if not is_mark(id_):
            self._whole()
        elif not self._all:
            iris = (self._held.reader.iri(kind + id_) for kind in (CLAIM, ATTESTATION))
            claim, row = iris
            self._held.have_claims(
                f"{{ VALUES ?c {{ {claim} }} ?c a <{KG}Claim> }} UNION {{ {row} <{KG}about> ?c }}"
            )
        return super().opened(id_, limit)

    # ---------------------------------------------------------------- questions about all of it

    @property
    def counts(self) -> Counts:
        self._whole()
        return super().counts

    def side_by_side(
        self, claim: Sequence[str], said: Sequence[str]
    ) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
        self._whole()
        return super().side_by_side(claim, said)

    def qualified(self) -> Iterator[Claim]:
        self._whole()
        return super().qualified()

    def claims_where(self, some: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Claim]:
        self._whole()
        return super().claims_where(some)

    def claims_of(self, ids: Sequence[str]) -> Iterator[Claim]:
        self._whole()
        return super().claims_of(ids)

    def any_where(self, condition: str, values: Sequence[str]) -> bool:
        self._whole()
        return super().any_where(condition, values)

    def told_often(self) -> Iterator[Claim]:
        self._whole()
        return super().told_often()

    def told_once(self, most: int) -> Iterator[tuple[str, int, int, str]]:
        self._whole()
        return super().told_once(most)

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


class _SeenPartLedger(SeenLedger, _PartLedger):
    """The rows that were asked for, as a lens shows them."""

    def __init__(self, graph: RemoteGraph, lens: Lens) -> None:
        whole = graph.ledger
        _PartLedger.__init__(self, graph, whole.held if isinstance(whole, _PartLedger) else None)
        self.look(graph, lens)
