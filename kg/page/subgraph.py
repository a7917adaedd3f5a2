"""What of a graph a page shows, as a `View`: everything, or what a `Choice` names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.analysis.evidence import Spoken, Teller
from kg.analysis.path_text import steps
from kg.analysis.weight import heaviest, heaviest_of
from kg.model.claims import SPEECH, Attestation, Claim, Hop, Path, is_entity
from kg.model.errors import NothingThere
from kg.model.ontology import Term
from kg.model.qualities import statements
from kg.model.standing import BASES, STATUSES, forward
from kg.page import palette
from kg.page.nodes import Nodes, short
from kg.page.request import Choice
from kg.page.settling import weight
from kg.page.view import (
    DRAWN_RANK,
    View,
    ViewAttestation,
    ViewClaim,
    ViewDocument,
    ViewPath,
    ViewTerm,
)
from kg.store.graph import Graph
from kg.text.phrases import as_sentence, seen_through
from kg.text.qualities import Quality


def select(graph: Graph, choice: Choice | None = None, most: int = 0) -> View:
    """Choose what a page shows: everything that a claim speaks of, or what a choice names.

    `most` keeps so many claims, those that weigh most (`kg.analysis.weight`), with their ends.
    Title and filters say through which lens the graph is seen. Cost: one read of the
    ledger, or of what is known of the entities chosen. Raises NotFound for an id that
    is no entity, NothingThere if a page would be empty.
    """
    view = _Selector(graph, choice, most).view()
    if not view.nodes:
        lens = f"; {seen_through(graph.seen)}"
        where = lens if graph.seen else "; enter rows in data/, then kg build"
        raise NothingThere(f"nothing to draw: no claim and no entity{where}")
    return view


class _Selector:
    """Gathers a view: entities first, then what claims add to them."""

    def __init__(self, graph: Graph, choice: Choice | None, most: int = 0) -> None:
        self._graph, self._choice = graph, choice
        self._teller = Teller(graph)
        self._terms = graph.terms
        self._looks = palette.looks(graph.terms)
        if choice is None:
            ledger = graph.ledger
            self._claims = heaviest_of(ledger, most) if most else list(ledger.claims())
            # An author of a cited article alone is no actor here: no claim speaks of it.
            ends = {end for c in self._claims for end in (c.subject, c.object) if is_entity(end)}
            # Where nothing is said yet, the records are what there is to see.
            held = map(ledger.entity, sorted(ends)) if ends or graph.seen else ledger.entities()
            self._entities = {e.id: e for e in held}
            self._light = self._number() - len(self._claims) if most else 0
        else:
            self._entities = {n: graph.ledger.entity(n) for n in sorted(choice.entities)}
            self._claims = self._chosen(choice)
            self._light = max(0, len(self._claims) - most) if most else 0
        if choice and self._light:
            kept = {claim.id for claim in heaviest(self._claims)[:most]}
            self._claims = [claim for claim in self._claims if claim.id in kept]
            ends = {end for c in self._claims for end in (c.subject, c.object)}
            self._entities = {n: e for n, e in self._entities.items() if n in ends}
        self._omitted = graph.manifest["counts"]["entities"] - len(self._entities)
        self._nodes = Nodes(self._teller, self._entities, self._drawn_at())

    def _number(self) -> int:
        """How many claims there are to be seen."""
        ledger = self._graph.ledger
        if not ledger.partial:
            return sum(ledger.counts.of("standing").values())
        return sum(1 for _ in ledger.claims())

    def _chosen(self, choice: Choice) -> list[Claim]:
        found = {
            claim.id: claim
            for name in self._entities
            for claim in self._graph.ledger.claims_about(name)
            if claim.id in choice.claims or self._joins(claim, choice.joined)
        }
        return sorted(found.values(), key=lambda c: (c.figure, c.relation, c.subject, c.object))

    def _joins(self, claim: Claim, joined: frozenset[str]) -> bool:
        if claim.subject not in joined:
            return False
        alone = claim.figure or not is_entity(claim.object)
        return alone or claim.object in joined

    def _drawn_at(self) -> dict[str, list[Claim]]:
        """The claims that are edges, by both of their ends."""
        own: dict[str, list[Claim]] = {}
        for claim in self._claims:
            if claim.supported and not claim.figure:
                own.setdefault(claim.subject, []).append(claim)
                own.setdefault(claim.object, []).append(claim)
        return own

    def view(self) -> View:
        """Put it together."""
        about, choice = self._graph.manifest["case"], self._choice or Choice()
        lens = self._graph.seen
        said = "; ".join(
            filter(
                None, (choice.said or ("" if lens else "everything that a claim speaks of"), lens)
            )
        )
        title = f"{choice.title} – {about['title']}" if choice.title else about["title"]
        told = [self._claim(c) for c in self._claims]
        used = {a.document for c in told for a in c.attestations}
        relations = {c.relation for c in told}
        return View(
            title=f"{title} ({lens})" if lens else title,
            description=choice.text or ("" if choice.paths else about["description"]),
            licence=about["licence"],
            language=about["language"],
            version=self._graph.version,
            filters=said,
            lens=lens,
            kinds=self._kinds(choice),
            relations=tuple(self._relation(r) for r in sorted(relations)),
            statuses=tuple(ViewTerm(s, s.lower()) for s in STATUSES),
            bases=tuple(ViewTerm(b, b.lower()) for b in BASES),
            nodes=tuple(map(self._nodes.node, self._entities.values())),
            claims=tuple(told),
            documents=tuple(self._document(d) for d in sorted(used)),
            highlight=choice.highlight,
            base=about["base"],
            omitted=self._omitted,
            light=self._light,
            paths=tuple(self._path(p) for p in choice.paths),
            note=choice.note,
        )

    def _path(self, path: Path) -> ViewPath:
        said = f"{len(path.hops)} hop{'s' * (len(path.hops) != 1)}"
        if against := sum(hop.adverse for hop in path.hops):
            said += f", {against} of opposition"
        hops = tuple(
            (told, tuple(claim.id for hop in together for claim in hop.claims))
            for told, together in steps(self._teller.words, path)
        )
        apart = tuple(self._apart(hop) for hop in path.hops if hop.kind)
        return ViewPath(tuple(path.nodes), hops, f"{said}, cost {path.cost:.2f}", apart)

    def _apart(self, hop: Hop) -> tuple[str, str, str]:
        """A hop that is no tie, from the one who speaks."""
        speakers = {self._teller.words.speaker(name, hop) for name in hop.said}
        if hop.kind == SPEECH and hop.start not in speakers:
            return hop.end, hop.start, hop.kind
        return hop.start, hop.end, "exchange" if len(speakers) > 1 else hop.kind

    def _kinds(self, choice: Choice) -> tuple[ViewTerm, ...]:
        """What the legend counts; kinds that were asked for are switched on, all if nothing would show."""
        held = {e.id: self._terms.drawn_as(e.kind) for e in self._entities.values()}
        found = {term.id: term for term in held.values()}
        on = {name for name, term in found.items() if term.rank < DRAWN_RANK}
        on |= {held[name].id for name in choice.named}
        if not self._shows(held, on):
            on = {*found}
        kinds = (self._kind(term, term.id in on) for term in found.values())
        return tuple(sorted(kinds, key=_rank))

    def _shows(self, held: dict[str, Term], on: set[str]) -> bool:
        """Whether these kinds make a picture: a line, if there is any; else a symbol."""
        lines = False
        for claim in self._claims:
            if not claim.figure and claim.subject in held and claim.object in held:
                lines = True
                if held[claim.subject].id in on and held[claim.object].id in on:
                    return True
        return bool(on) and not lines

    def _kind(self, term: Term, on: bool) -> ViewTerm:
        look = self._looks[term.id]
        return ViewTerm(
            *(term.id, term.label, "", term.definition),
            *(look.symbol, look.colour, look.colour_dark),
            rank=min(term.rank, DRAWN_RANK - 1) if on else term.rank,
            part=term.part,
            iri=term.iri,
            letter=look.letter,
        )

    def _relation(self, name: str) -> ViewTerm:
        term = self._terms.relations.get(name) or self._terms.measures[name]
        colour, colour_dark = palette.line(term)
        return ViewTerm(
            *(term.id, term.label, term.inverse, term.definition),
            colour=colour,
            colour_dark=colour_dark,
            rank=term.rank,
            part=_part(term),
            iri=term.iri,
            adverse=term.adverse,
            symmetric=term.symmetric,
            idle=not term.walked,
        )

    def _claim(self, claim: Claim) -> ViewClaim:
        told = self._teller.tell(claim)
        said = {a.id: a for a in claim.attestations}
        alone = claim.figure or not is_entity(claim.object)
        return ViewClaim(
            id=told.id,
            subject=told.subject,
            relation=told.relation,
            object="" if alone else told.object,
            object_text=told.object_name,
            # What its rows say besides stands with them: a lens of the page may hide them.
            sentence=as_sentence(self._teller.words.bare(claim)),
            standing=self._teller.words.stood(claim, named=True),
            attestations=tuple(self._attestation(s, said) for s in told.spoken),
            figure=claim.figure,
            out=max(map(self._graph.first_day, (claim.subject, claim.object))),
        )

    def _attestation(self, s: Spoken, said: Mapping[str, Attestation]) -> ViewAttestation:
        """What is told of a claim; `said` are its own attestations, the others stand in their place."""
        ledger = self._graph.ledger
        a = said.get(s.id) or ledger.attestation(s.id)
        return ViewAttestation(
            id=s.id,
            sentence=s.sentence,
            stance=s.stance,
            side=s.side,
            voice=s.voice,
            voice_name=s.voice_name,
            via=s.via_names,
            document=s.document,
            locator=s.locator,
            gloss=s.gloss,
            value=s.value,
            number=s.number,
            unit=s.unit,
            qualifier=s.qualifier,
            quote=s.quote,
            quoted=s.quoted,
            chain=s.chain if a.chain else (),
            passage=s.passage,
            digest=s.digest,
            besides=tuple(q.parts for q in s.qualities if q.sentence),
            stated=tuple(self._stated(s.qualities)),
            period=s.period,
            said=s.said,
            known=s.known,
            remarks=s.remarks,
            elsewhere=s.id not in said,
            weight=weight(ledger, a),
        )

    def _stated(self, held: Iterable[Quality]) -> Iterator[tuple[str, str, str, str]]:
        """What an attestation says besides as statements: key, IRI, value, kind."""
        for q in held:
            term = self._terms.qualities[q.name]
            for said in statements(term, q.value, self._terms.refers(term)):
                yield q.name + said.suffix, term.iri + said.suffix, said.value, said.kind

    def _document(self, name: str) -> ViewDocument:
        e = self._graph.ledger.entity(name)
        words = self._teller.words
        disputes = [
            words.attestation(a, claim)
            for claim in self._graph.ledger.claims_about(name)
            if self._terms.plays(claim.relation, "ObjectsTo") and claim.object == name
            for a in forward(claim.attestations)
        ]
        return ViewDocument(
            id=name,
            title=e.name,
            short=short(self._terms, e),
            published=self._terms.value(e, "PublishedOn"),
            url=self._terms.value(e, "Address"),
            disputes=tuple(disputes),
        )


def _rank(term: ViewTerm) -> tuple[int, str]:
    return term.rank, term.id


def _part(term: Term) -> str:
    """What a page has to know of a relation: the part it plays in a layout, or its role."""
    if term.closed_state:
        return "closing-state"
    parts = (part for role, part in _PARTS.items() if role in term.roles)
    return next(parts, "") or term.part


_PARTS = {"Closes": "closing", "OrdersClosure": "ordering", "ObjectsTo": "objection"}
