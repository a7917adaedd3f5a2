"""The graph as lists: claims, attestations, figures, names, neighbours, a timeline.

Every row that shows a claim carries its standing. Filters pick rows and leave the
standing as it is; a lens settles claims anew over a part of the sources.
"""

from __future__ import annotations

from kg.errors import Ambiguous, NotFound, UsageError
from kg.evidence import capital
from kg.graph import Graph
from kg.lens import Lens, Seen
from kg.model import OPPOSITION, STANCES, SUPPORT, TENTATIVE, Attestation, Claim, Entity
from kg.ontology import did_you_mean
from kg.record import Record
from kg.terminal import wrap
from kg.text import folded
from kg.wording import Wording, number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any


class ClaimRow(Record):
    """A claim. `by` puts it forward and `against` opposes it, `sources` are the documents of both.

    `values` are the numbers put forward if it is a figure; `period` as said, `earliest`
    and `latest` as ISO days; `subject`, `relation`, `object` and `id` are ids.
    """

    sentence: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    standing: str
    values: tuple[str, ...]
    period: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]
    sources: tuple[str, ...]
    earliest: str
    latest: str
    subject: str
    relation: str
    object: str
    id: str


class AttestationRow(Record):
    """An attestation; `side` is for, against, open or withdrawn. Counts are its claim's."""

    voice: str
    stance: str
    sentence: str
    value: str
    period: str
    said: str
    document: str
    locator: str
    via: tuple[str, ...]
    gloss: str
    instead_of: str
    side: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    standing: str
    statement: str
    voice_id: str
    document_id: str
    claim: str
    id: str


class FigureRow(Record):
    """A number as one passage gives or rejects it; `number` is the bare one, as printed."""

    measure: str
    subject: str
    scope: str
    stance: str
    value: str
    period: str
    voice: str
    via: tuple[str, ...]
    document: str
    locator: str
    side: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    standing: str
    number: str
    unit: str
    qualifier: str
    claim: str
    id: str


class Found(Record):
    """A match: `match` is exact, part or near, `matched` the name that did."""

    name: str
    kind: str
    match: str
    matched: str
    id: str


class Neighbour(Record):
    """A claim as seen from one entity; `edge` where a living voice asserts or alleges it."""

    direction: str
    relation: str
    name: str
    kind: str
    sentence: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    standing: str
    period: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]
    sources: tuple[str, ...]
    edge: bool
    id: str
    claim: str


class Moment(Record):
    """A claim at a period as said; an empty one where nobody says when. `by` say it of then.

    Where `side` is not ``for``, the sentence names who announces, asks or rejects it.
    """

    period: str
    sentence: str
    side: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    standing: str
    values: tuple[str, ...]
    by: tuple[str, ...]
    against: tuple[str, ...]
    sources: tuple[str, ...]
    earliest: str
    latest: str
    id: str


class Wanted(Record):
    """The filters of a listing; the fields are the arguments of `claims`."""

    entity: str = ""
    subject: str = ""
    object: str = ""
    relation: str = ""
    document: str = ""
    voice: str = ""
    stance: str = ""
    since: str = ""
    until: str = ""


def claims(
    graph: Graph,
    lens: Lens,
    *,
    entity: str = "",
    subject: str = "",
    object: str = "",
    relation: str = "",
    document: str = "",
    voice: str = "",
    stance: str = "",
    since: str = "",
    until: str = "",
) -> list[ClaimRow]:
    """The claims that meet every filter, by relation, subject, object; figures last.

    `entity` stands at either end; `relation` may be a measure; `document`, `voice`
    and `stance` are of one and the same attestation. `since` and `until` keep claims
    of which a living attestation says a time that may reach into that span, a state
    without an end lasting on; what nobody dates goes (`undated` counts it). Raises
    UsageError for a term, stance or date that is none, NotFound for an id that is
    none. Cost: the claims about the entity, else of the voice, else all.
    """
    wanted = Wanted(entity, subject, object, relation, document, voice, stance, since, until)
    reader = Reader(graph, lens)
    return [reader.row(claim) for claim, _ in reader.selected(wanted)]


def undated(graph: Graph, lens: Lens, wanted: Wanted) -> int:
    """How many claims `since` and `until` leave out only because nobody dates them."""
    everywhen = wanted._replace(since="", until="")
    found = Reader(graph, lens).selected(everywhen)
    return sum(not any(map(_dated, _living(claim))) for claim, _ in found)


def attestations(
    graph: Graph,
    lens: Lens,
    *,
    entity: str = "",
    subject: str = "",
    object: str = "",
    relation: str = "",
    document: str = "",
    voice: str = "",
    stance: str = "",
    since: str = "",
    until: str = "",
) -> list[AttestationRow]:
    """The attestations of those claims, each with its claim's standing.

    The filters are those of `claims`: `since` and `until` look at the claim's dates,
    so that an undated denial stays beside the dated assertion. Raises the same.
    """
    wanted = Wanted(entity, subject, object, relation, document, voice, stance, since, until)
    reader = Reader(graph, lens)
    return [
        reader.spoken(a, claim)
        for claim, said in reader.selected(wanted)
        for a in sorted(said, key=_order)
    ]


def figures(
    graph: Graph,
    lens: Lens,
    *,
    entity: str = "",
    measure: str = "",
    document: str = "",
    voice: str = "",
) -> list[FigureRow]:
    """Every number given or rejected, by measure, subject, scope, then when it was said.

    `entity` is what the number is about or counts over. Raises UsageError for a
    measure that is none, NotFound for an id that is none.
    """
    _known(graph.terms.measures, measure, "measure")
    reader = Reader(graph, lens)
    wanted = Wanted(entity=entity, relation=measure, document=document, voice=voice)
    found = [
        reader.figure(a, claim)
        for claim, said in reader.selected(wanted)
        if claim.figure
        for a in sorted(said, key=_order)
    ]
    return sorted(found, key=lambda f: (f.measure, f.subject, f.scope, f.claim))


def neighbors(graph: Graph, entity: str, lens: Lens, *, relation: str = "") -> list[Neighbour]:
    """A row for each entity and relation that a claim joins to this one; edges first.

    Claims that are only announced, asked or denied are there too: `edge` is false.
    An attestation that the entity takes a stand on counts as a neighbour. Raises
    UsageError, NotFound. Cost: the entity's claims.
    """
    _known(graph.terms.relations, relation, "relation")
    reader = Reader(graph, lens)
    found = [
        reader.neighbour(claim, entity)
        for claim, _ in reader.selected(Wanted(entity=entity, relation=relation))
        if not claim.figure
    ]
    return sorted(
        found,
        key=lambda n: (not n.edge, n.direction == "←", n.relation, n.name, n.id, n.claim),
    )


def timeline(graph: Graph, entity: str, lens: Lens) -> list[Moment]:
    """What is claimed of an entity, in the order of the days it may have begun.

    A claim that voices date differently is there once for each period as said. What
    is said to be of an unknown time comes after the dated, what nobody dates last.
    Raises NotFound. Cost: the entity's claims.
    """
    reader = Reader(graph, lens)
    found = [
        moment
        for claim, _ in reader.selected(Wanted(entity=entity))
        for moment in reader.moments(claim)
    ]
    return sorted(
        found,
        key=lambda m: (
            not m.period,
            m.earliest or m.latest or "~",
            m.latest or "~",
            m.sentence,
            m.side,
            m.id,
        ),
    )


def find(graph: Graph, text: str, *, kind: str = "", limit: int = 20) -> list[Found]:
    """What is called so, best first: exactly, then in part, and near ones if there is neither.

    Ids, names in any script, aliases and the texts of attributes (a code, a street)
    count; `kind` is a class with those below it; a `limit` of 0 is none. Raises
    UsageError for an empty text or a class that is none. Cost: every name once.
    """
    key = folded(text.removeprefix(graph.base))
    if not key:
        raise UsageError("say what to look for")
    _known(graph.terms.classes, kind, "class")
    pool = [e for e in graph.ledger.entities() if graph.terms.is_a(e.kind, kind)]
    names = {e.id: list(_names(graph, e)) for e in pool}
    exact = _exact(graph, text)
    ranked: list[tuple[float, str, Entity]] = []
    for e in pool:
        tier, name = min(((_tier(key, n), n) for n in names[e.id]), key=lambda t: t[0])
        if e.id in exact and tier:
            # Found by a name of a record that was merged into it.
            tier, name = 0, text
        if tier < _NEAR:
            ranked.append((tier, name, e))
    if not ranked:
        near = _Near(key)
        best = (
            (max(((near.score(n), n) for n in names[e.id]), key=lambda s: s[0]), e) for e in pool
        )
        ranked = [(_NEAR + 1 - score, name, e) for (score, name), e in best if score]
    ranked.sort(key=lambda r: (r[0], len(r[1]), r[2].name, r[2].id))
    return [
        Found(
            e.name,
            graph.terms.classes[e.kind].label,
            "exact" if not tier else "part" if tier < _NEAR else "near",
            name,
            e.id,
        )
        for tier, name, e in ranked[: limit or None]
    ]


_NEAR = 5


def _names(graph: Graph, entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from (name for _, name in entity.names)
    yield from entity.aliases
    for prop, value in entity.attributes:
        if graph.terms.attributes[prop].range == "string" and prop not in ("description", "digest"):
            yield value
    yield entity.id


def _exact(graph: Graph, text: str) -> set[str]:
    try:
        return {graph.find(text)}
    except Ambiguous as several:
        return {id_ for id_, _ in several.matches}
    except NotFound:
        return set()


def _tier(key: str, name: str) -> int:
    """0 the whole name, then whole words, their beginnings, in another order, inside a word."""
    held = folded(name)
    words = f" {held} "
    fits = (
        held == key,
        f" {key} " in words,
        f" {key}" in words,
        all(f" {word}" in words for word in key.split()),
        key in held,
    )
    return fits.index(True) if any(fits) else _NEAR


class _Near:
    """How alike names are to a text, as a whole or word by word."""

    def __init__(self, key: str) -> None:
        from difflib import SequenceMatcher

        self._whole = SequenceMatcher(None, "", key)
        self._words = [SequenceMatcher(None, "", word) for word in key.split()]

    def score(self, name: str) -> float:
        """From 0.75 to 1, or 0."""
        name = folded(name)
        words = name.split()
        worst = min(max((_ratio(m, w) for w in words), default=0.0) for m in self._words)
        return max(_ratio(self._whole, name), worst)


def _ratio(matcher: Any, text: str) -> float:
    matcher.set_seq1(text)
    if matcher.real_quick_ratio() < 0.75 or matcher.quick_ratio() < 0.75:
        return 0.0
    found = float(matcher.ratio())
    return found if found >= 0.75 else 0.0


def _known(group: Iterable[str], name: str, what: str) -> None:
    if name and name not in group:
        raise UsageError(f"“{name}” is no {what}; {did_you_mean(name, group)}".rstrip("; "))


def _living(claim: Claim) -> list[Attestation]:
    return [a for a in claim.attestations if a.living]


def _dated(a: Attestation) -> bool:
    return bool(a.earliest or a.latest)


def _order(a: Attestation) -> tuple[int, str, str, str, str]:
    """Support first, then by the day it was said, as far as it is known."""
    return _SIDES.index(_side(a)), a.said_earliest or "~", a.document, a.locator, a.id


_SIDES = ("for", "open", "against", "withdrawn")


def _side(a: Attestation) -> str:
    if not a.living or a.stance == "retracts":
        return "withdrawn"
    if a.stance in OPPOSITION:
        return "against"
    return "open" if a.stance in TENTATIVE else "for"


class Reader:
    """Reads claims of a graph through a lens into rows."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        self.graph = graph
        self.words = Wording(graph.ledger, graph.terms)
        self._seen = Seen(graph, lens)
        # What speaks against a claim counts whatever its own claim's standing is.
        self._any = Seen(graph, lens._replace(statuses=(), bases=()))

    def selected(self, wanted: Wanted) -> Iterator[tuple[Claim, list[Attestation]]]:
        """The claims that meet the filters, with the attestations that do. Raises as `claims`."""
        begin, end = _span(wanted.since, wanted.until)
        for claim in self._seen.claims(self._pool(wanted)):
            if not all(_ends(claim, wanted)):
                continue
            if (begin or end) and not any(
                self._within(a, claim, begin, end) for a in _living(claim)
            ):
                continue
            said = [
                a
                for a in claim.attestations
                if wanted.document in ("", a.document)
                and wanted.voice in ("", a.voice)
                and wanted.stance in ("", a.stance)
            ]
            if said:
                yield claim, said

    def _pool(self, w: Wanted) -> Iterable[Claim]:
        terms, ledger = self.graph.terms, self.graph.ledger
        _known([*terms.relations, *terms.measures], w.relation, "relation or measure")
        _known(STANCES, w.stance, "stance")
        for name in (w.entity, w.subject, w.object, w.document, w.voice):
            if name.startswith("attestation/"):
                ledger.attestation(name.removeprefix("attestation/"))
            elif name:
                ledger.entity(name)
        end = w.subject or w.object or w.entity
        if end:
            return ledger.claims_about(end)
        return ledger.said_by(w.voice) if w.voice else ledger.claims()

    def _within(self, a: Attestation, claim: Claim, begin: str, end: str) -> bool:
        if not _dated(a) or (end and a.earliest > end):
            return False
        term = self.graph.terms.relations.get(claim.relation)
        lasts = bool(term and term.kind == "state") and " – " not in a.period
        return lasts or not a.latest or a.latest >= begin

    def forward(self, claim: Claim) -> list[Attestation]:
        """Those that put it forward and count: support, else what only announces or asks."""
        living = sorted(_living(claim), key=_order)
        support = [a for a in living if a.stance in SUPPORT]
        return support or [a for a in living if a.stance in TENTATIVE]

    def against(self, claim: Claim) -> list[Attestation]:
        """Those that oppose it, and what other voices put in its place."""
        found = [a for a in sorted(_living(claim), key=_order) if a.stance in OPPOSITION]
        if claim.opposing > len({a.voice for a in found}):
            # What stands instead of a denial is no opposition to the claim.
            for a in (a for a in claim.attestations if a.stance not in OPPOSITION):
                for other in self.graph.ledger.replacements(a.id):
                    home = self._any.claims([self.graph.ledger.claim(other.claim)])
                    shown = any(other.id == b.id for c in home for b in c.attestations)
                    if shown and other.voice != a.voice:
                        found.append(other)
        return found

    def row(self, claim: Claim) -> ClaimRow:
        """A claim as a row."""
        forward = self.forward(claim)
        return ClaimRow(
            **self._standing(claim),
            **self._sides(claim, forward),
            sentence=capital(self.words.claim(claim)),
            values=_values(forward),
            period=self._periods(claim),
            earliest=claim.earliest,
            latest=claim.latest,
            subject=claim.subject,
            relation=claim.relation,
            object=claim.object,
            id=claim.id,
        )

    def spoken(self, a: Attestation, claim: Claim) -> AttestationRow:
        """An attestation as a row."""
        words = self.words
        return AttestationRow(
            **self._standing(claim),
            **self._passage(a, claim),
            sentence=capital(words.claim(claim)),
            said=a.said,
            gloss=a.gloss,
            instead_of=words.statement(a.instead_of) if a.instead_of else "",
            statement=words.attestation(a, claim),
            voice_id=a.voice,
            document_id=a.document,
        )

    def figure(self, a: Attestation, claim: Claim) -> FigureRow:
        """A number as a row."""
        words = self.words
        return FigureRow(
            **self._standing(claim),
            **self._passage(a, claim),
            measure=words.relation(claim.relation),
            subject=words.name(claim.subject),
            scope=words.name(claim.object) if claim.object else "",
            number=a.value,
            unit=a.unit,
            qualifier=a.qualifier,
        )

    def neighbour(self, claim: Claim, entity: str) -> Neighbour:
        """A claim as seen from one of its ends."""
        out = claim.subject == entity
        other = claim.object if out else claim.subject
        term = self.graph.terms.relations[claim.relation]
        return Neighbour(
            **self._standing(claim),
            **self._sides(claim, self.forward(claim)),
            direction="→" if out else "←",
            relation=term.label if out else term.inverse or f"({term.label})",
            name=self.words.name(other),
            kind=self._kind(other),
            sentence=capital(self.words.claim(claim)),
            period=self._periods(claim),
            edge=claim.supported,
            id=other,
            claim=claim.id,
        )

    def moments(self, claim: Claim) -> Iterator[Moment]:
        """A claim at each period that a living attestation gives, apart for each side."""
        groups: dict[tuple[str, str], list[Attestation]] = {}
        living = sorted(_living(claim), key=_order)
        for a in living:
            if a.period and a.stance != "retracts":
                groups.setdefault((a.period, _side(a)), []).append(a)
        for (_, side), said in groups.items():
            yield self._moment(claim, side, said, self.words.period(said[0], claim))
        if not groups:
            forward = self.forward(claim)
            side = _side(forward[0]) if forward else "against"
            yield self._moment(claim, side, forward or living, "")

    def _moment(self, claim: Claim, side: str, said: list[Attestation], period: str) -> Moment:
        tells = side == "for" or not said
        sentence = self.words.claim(claim) if tells else self.words.stance(said[0], claim)
        return Moment(
            **self._standing(claim),
            **self._sides(claim, () if side == "against" else said),
            period=period,
            sentence=capital(sentence),
            side=side,
            values=_values(said),
            earliest=min((a.earliest for a in said if a.earliest), default="") if period else "",
            latest=max((a.latest for a in said if a.latest), default="") if period else "",
            id=claim.id,
        )

    def _standing(self, claim: Claim) -> dict[str, Any]:
        return {
            "status": claim.status,
            "basis": claim.basis,
            "voices": claim.voices,
            "documents": claim.documents,
            "opposing": claim.opposing,
            "standing": self.words.standing(claim),
        }

    def _sides(self, claim: Claim, by: Sequence[Attestation]) -> dict[str, Any]:
        against = self.against(claim)
        return {
            "by": self._each(a.voice for a in by),
            "against": self._each(a.voice for a in against),
            "sources": self._each(a.document for a in (*by, *against)),
        }

    def _passage(self, a: Attestation, claim: Claim) -> dict[str, Any]:
        words = self.words
        return {
            "voice": words.name(a.voice),
            "stance": a.stance,
            "value": number(a) if a.value else "",
            "period": words.period(a, claim) if a.period else "",
            "via": tuple(words.name(v) for v in a.via),
            "document": words.name(a.document),
            "locator": a.locator,
            "side": _side(a),
            "claim": claim.id,
            "id": a.id,
        }

    def _periods(self, claim: Claim) -> tuple[str, ...]:
        said = self.forward(claim) or _living(claim)
        dated = sorted((a for a in said if a.period), key=lambda a: (a.earliest or a.latest, a.id))
        return tuple(dict.fromkeys(self.words.period(a, claim) for a in dated))

    def _each(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.words.name(i) for i in dict.fromkeys(ids))

    def _kind(self, name: str) -> str:
        if name.startswith("attestation/"):
            return "attestation"
        return self.graph.terms.classes[self.graph.ledger.entity(name).kind].label


def _ends(claim: Claim, w: Wanted) -> Iterator[bool]:
    yield w.entity in ("", claim.subject, claim.object)
    yield w.subject in ("", claim.subject)
    yield w.object in ("", claim.object)
    yield w.relation in ("", claim.relation)


def _span(since: str, until: str) -> tuple[str, str]:
    """The first and the last day meant; a year or month means all of it."""
    if not (since or until):
        return "", ""
    from kg.dates import parse

    days = []
    for text, name in ((since, "since"), (until, "until")):
        try:
            span = parse(text)
        except ValueError as error:
            raise UsageError(f"{name} {text}: expected {error}") from error
        days.append(span.earliest if name == "since" else span.latest)
        if text and not days[-1]:
            raise UsageError(f"{name} {text}: expected a day, as 2022-10-29")
    begin, end = days
    if begin and end and begin > end:
        raise UsageError(f"since {since} is after until {until}")
    return begin, end


def _values(said: Iterable[Attestation]) -> tuple[str, ...]:
    given = sorted((a for a in said if a.value), key=lambda a: (float(a.value), a.qualifier))
    return tuple(dict.fromkeys(number(a) for a in given))


def text(rows: Sequence[ClaimRow | AttestationRow | Neighbour | Moment], width: int) -> str:
    """Rows for a terminal: the sentence, its standing, who is for and who against."""
    return "".join(line + "\n" for row in rows for line in _lines(row, width))


def _lines(row: ClaimRow | AttestationRow | Neighbour | Moment, width: int) -> Iterator[str]:
    if isinstance(row, AttestationRow):
        yield wrap(row.statement, width, "• ", "  ")
        if row.gloss:
            yield wrap(row.gloss, width, "  ")
        aside = "; this was withdrawn" if row.side == "withdrawn" else ""
        yield wrap(f"the claim: {row.standing}{aside}", width, "  ")
        return
    head = row.sentence
    if isinstance(row, Neighbour):
        head = f"{row.direction} {row.relation}: {row.name} ({row.kind})"
    elif isinstance(row, Moment):
        head = f"{row.period or 'undated'}: {head}"
    values = () if isinstance(row, Neighbour) else row.values
    yield wrap(head + (f": {' / '.join(values)}" if values else ""), width, "• ", "  ")
    yield wrap(row.standing, width, "  ")
    dating = isinstance(row, Moment) and row.period and row.by
    when = row.period if isinstance(row.period, tuple) else ()
    said = f"{', '.join(row.by)}{' (' + '; '.join(when) + ')' if when else ''}"
    if dating:
        yield wrap(f"so dated by {said}", width, "    + ", "      ")
    elif row.by:
        yield wrap(said, width, "    + ", "      ")
    if row.against:
        yield wrap(", ".join(row.against), width, "    − ", "      ")
    yield wrap(f"in {'; '.join(row.sources)}", width, "    ", "      ")
