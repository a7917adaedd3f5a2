"""What of a graph a page shows, as a `View`: everything, or what a `Choice` names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.analysis.dossier import facts
from kg.analysis.evidence import Spoken, Teller
from kg.analysis.path_text import steps
from kg.analysis.weight import heaviest, heaviest_of
from kg.model.claims import SPEECH, Attestation, Claim, Entity, Hop, Path, is_entity
from kg.model.errors import NothingThere
from kg.model.ontology import Ontology, Term
from kg.model.qualities import statements
from kg.model.standing import BASES, STATUSES, forward
from kg.page import finding, palette
from kg.page.request import Choice
from kg.page.settling import weight
from kg.page.view import (
    DRAWN_RANK,
    View,
    ViewAttestation,
    ViewClaim,
    ViewDocument,
    ViewNode,
    ViewPath,
    ViewTerm,
)
from kg.store.graph import Graph
from kg.store.ledger import Ledger
from kg.text.phrases import as_sentence, seen_through
from kg.text.qualities import Quality


def select(graph: Graph, choice: Choice | None = None, most: int = 0) -> View:
    """Choose what a page shows: everything that a claim speaks of, or what a choice names.

    `most` keeps so many claims, those that weigh most (`kg.analysis.weight`), with their ends.
    Title and filters say through which lens the graph is seen. Cost: one read of the
    ledger, or of what is known of the entities chosen. Raises NotFound for an id that
    is no entity, NothingThere if a page would be empty.
    """
    return Selection(graph, choice, most).view(most)


class Selection:
    """What a page can show: views of it with as many claims as are wanted.

    It looks once for what weighs most, and puts a claim into words once; of fewer claims than there
    are a view has `room` at most. `number` is how many there are. Raises and costs as `select` does.
    """

    def __init__(self, graph: Graph, choice: Choice | None = None, room: int = 0) -> None:
        self._graph, self._choice, ledger = graph, choice, graph.ledger
        self._teller = Teller(graph)
        self._told: dict[str, ViewClaim] = {}
        self._held: dict[str, Claim] = {}
        self._ranked: Sequence[str] = ()
        self._room = room
        if choice is None:
            self.number = _number(ledger)
        else:
            entities = {name: ledger.entity(name) for name in sorted(choice.entities)}
            self._held = {claim.id: claim for claim in self._chosen(choice, entities)}
            self.number = len(self._held)

    def view(self, most: int = 0) -> View:
        """The view of so many claims, those that weigh most; of all for 0, or if there are no more."""
        claims = self._claims(most) if 0 < most < self.number else self._all()
        entities = self._entities(claims, len(claims) < self.number)
        light = self.number - len(claims)
        selector = _Selector(self._graph, self._choice, claims, entities, light)
        view = selector.view(self._teller, self._told)
        if not view.nodes:
            lens = f"; {seen_through(self._graph.seen)}"
            where = lens if self._graph.seen else "; enter rows in data/, then kg build"
            raise NothingThere(f"nothing to draw: no claim and no entity{where}")
        return view

    def _all(self) -> list[Claim]:
        return list(self._graph.ledger.claims()) if self._choice is None else [*self._held.values()]

    def _claims(self, most: int) -> list[Claim]:
        """Those that weigh most, in the order of the ledger."""
        ledger, held = self._graph.ledger, self._held
        if not self._ranked and self._choice is None:
            self._ranked = heaviest_of(ledger, self._room or self.number)
        elif not self._ranked:
            self._ranked = [claim.id for claim in heaviest(held.values())]
        for mark in self._ranked[:most]:
            if mark not in held:
                held[mark] = ledger.claim(mark)
        return sorted((held[mark] for mark in self._ranked[:most]), key=_place)

    def _entities(self, claims: Iterable[Claim], fewer: bool) -> dict[str, Entity]:
        """The entities of a view: those that claims speak of, and of a choice all that it names."""
        ledger, choice = self._graph.ledger, self._choice
        # An author of a cited article alone is no actor here: no claim speaks of it.
        ends = {end for c in claims for end in (c.subject, c.object) if is_entity(end)}
        if choice is None:
            # Where nothing is said yet, the records are what there is to see.
            held = (
                map(ledger.entity, sorted(ends)) if ends or self._graph.seen else ledger.entities()
            )
            return {e.id: e for e in held}
        names = sorted(choice.entities & ends if fewer else choice.entities)
        return {name: ledger.entity(name) for name in names}

    def _chosen(self, choice: Choice, entities: Iterable[str]) -> list[Claim]:
        found = {
            claim.id: claim
            for name in entities
            for claim in self._graph.ledger.claims_about(name)
            if claim.id in choice.claims or self._joins(claim, choice.joined)
        }
        return sorted(found.values(), key=_place)

    def _joins(self, claim: Claim, joined: frozenset[str]) -> bool:
        if claim.subject not in joined:
            return False
        alone = claim.figure or not is_entity(claim.object)
        return alone or claim.object in joined


def _number(ledger: Ledger) -> int:
    """How many claims a ledger shows."""
    if not ledger.partial:
        return sum(ledger.counts.of("standing").values())
    return sum(1 for _ in ledger.claims())


def _place(claim: Claim) -> tuple[bool, str, str, str]:
    """Where a claim stands in the ledger."""
    return claim.figure, claim.relation, claim.subject, claim.object


class _Selector:
    """Gathers a view: entities first, then what claims add to them."""

    def __init__(
        self,
        graph: Graph,
        choice: Choice | None,
        claims: Sequence[Claim],
        entities: dict[str, Entity],
        light: int,
    ) -> None:
        self._graph, self._choice, self._light = graph, choice, light
        self._claims, self._entities = claims, entities
        self._terms = graph.terms
        self._looks = palette.looks(graph.terms)
        self._omitted = graph.manifest["counts"]["entities"] - len(entities)
        self._own = self._objects_by_subject()

    def _objects_by_subject(self) -> dict[str, list[Claim]]:
        own: dict[str, list[Claim]] = {}
        for claim in self._claims:
            if claim.supported and not claim.figure:
                own.setdefault(claim.subject, []).append(claim)
                own.setdefault(claim.object, []).append(claim)
        return own

    def view(self, teller: Teller, known: dict[str, ViewClaim]) -> View:
        """Put it together. `known` are claims in words, to which those are added that are not there."""
        self._teller = teller
        about, choice = self._graph.manifest["case"], self._choice or Choice()
        lens = self._graph.seen
        said = "; ".join(
            filter(
                None, (choice.said or ("" if lens else "everything that a claim speaks of"), lens)
            )
        )
        title = f"{choice.title} – {about['title']}" if choice.title else about["title"]
        for claim in self._claims:
            if claim.id not in known:
                known[claim.id] = self._claim(claim)
        told = [known[claim.id] for claim in self._claims]
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
            nodes=tuple(self._node(e) for e in self._entities.values()),
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

    def _node(self, e: Entity) -> ViewNode:
        languages = [language for language, _ in e.names]
        was = self._teller.words.state(e.id)
        return ViewNode(
            id=e.id,
            name=e.name,
            kind=self._terms.drawn_as(e.kind).id,
            short=_short(self._terms, e),
            narrow=self._terms.classes[e.kind].label,
            name_local=e.names[0][1] if e.names else "",
            language="zh-Hans" if languages[:1] == ["zh"] else "".join(languages[:1]),
            aliases=e.aliases,
            description=self._terms.value(e, "Description"),
            facts=tuple(facts(self._graph, self._teller, e)),
            lane=self._lane(e),
            cell=self._cell(e),
            state=self._state(e) or ("gone" if was else ""),
            was=was,
            where=self._where(e),
            country=self._country(e),
            degree=len(self._own.get(e.id, ())),
            walked=self._terms.walked(e.kind) and not was,
            found_by=finding.besides(
                self._graph.ledger.names.sought(e.id),
                (e.name, _short(self._terms, e), *e.aliases, *(n for _, n in e.names[:1])),
                self._terms.value(e, "Description"),
            ),
        )

    def _lane(self, e: Entity) -> str:
        if self._terms.drawn_as(e.kind).part == "lane":
            return e.id
        heads = [
            (-c.standing.voices, c.subject)
            for c in self._own.get(e.id, ())
            if c.object == e.id
            and self._terms.relations[c.relation].part == "lane-member"
            and c.subject in self._entities
            and self._terms.drawn_as(self._entities[c.subject].kind).part == "lane"
        ]
        return min(heads)[1] if heads else ""

    def _cell(self, e: Entity) -> str:
        for claim in self._own.get(e.id, ()):
            if claim.subject == e.id and self._terms.relations[claim.relation].part == "cell":
                return self._teller.words.name(claim.object)
        for prop, value in e.attributes:
            if self._terms.attributes[prop].part == "cell":
                return self._teller.words.name(value)
        return ""

    def _state(self, e: Entity) -> str:
        """Closed only where a document flatly says so and nobody opposes it."""
        states = {""}
        for claim in self._own.get(e.id, ()):
            term = self._terms.relations[claim.relation]
            firm = (claim.standing.status, claim.standing.basis) == ("Uncontested", "Asserted")
            if not firm:
                continue
            if "Closes" in term.roles and claim.object == e.id:
                states.add("closed")
            if claim.subject == e.id and claim.object == term.closed_state:
                states.add("closed")
            if "OrdersClosure" in term.roles and claim.object == e.id:
                states.add("ordered closed")
        return "closed" if "closed" in states else max(states)

    def _country(self, e: Entity) -> str:
        """The code of the country whose body it is or that it is in; its own if it is one."""
        if own := self._terms.value(e, "CountryCode"):
            return own
        territory = self._terms.playing("TerritoryOf")
        named = [v for p, v in e.attributes if p in territory]
        named += [v for p, v in e.attributes if self._terms.attributes[p].part == "cell"]
        named += [
            c.object
            for c in self._own.get(e.id, ())
            if c.subject == e.id and self._terms.relations[c.relation].part == "cell"
        ]
        for name in named:
            if code := self._terms.value(self._graph.ledger.entity(name), "CountryCode"):
                return code
        return ""

    def _where(self, e: Entity) -> tuple[float, float, str] | None:
        own = self._coordinates(e)
        if own:
            return (*own, e.name)
        located = self._terms.playing("LocatedIn")
        named = [v for p, v in e.attributes if p in located]
        said = [
            c.object for c in self._own.get(e.id, ()) if c.subject == e.id and c.relation in located
        ]
        for name in (*named, *said):
            place = self._graph.ledger.entity(name)
            # A whole country is no spot on a map.
            if not self._terms.value(place, "CountryCode") and (at := self._coordinates(place)):
                return (*at, place.name)
        return None

    def _coordinates(self, e: Entity) -> tuple[float, float] | None:
        latitude, longitude = (self._terms.value(e, r) for r in ("Latitude", "Longitude"))
        return (float(latitude), float(longitude)) if latitude and longitude else None

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
            short=_short(self._terms, e),
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


def _short(terms: Ontology, e: Entity) -> str:
    """What a label says of an entity: its short name, what follows its code, or the name."""
    if short := terms.value(e, "ShortName"):
        return short
    code = terms.value(e, "Code")
    # Only where the name begins with its code: a code elsewhere in a name is part of it.
    return e.name[len(code) :].lstrip(" ,:") or code if code and e.name.startswith(code) else e.name
