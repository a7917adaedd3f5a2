"""A graph as a whole: how much it holds, which terms it uses, what its ledger lacks."""

from __future__ import annotations

from kg.errors import UsageError
from kg.evidence import capital
from kg.graph import Graph
from kg.lens import Lens, Seen
from kg.model import BASES, OPPOSITION, STANCES, STATUSES, SUPPORT, TENTATIVE, Attestation, Claim
from kg.ontology import did_you_mean
from kg.record import Record
from kg.terminal import wrap
from kg.text import folded
from kg.wording import Wording, count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.ontology import Term

GAPS = (
    "disputed-unanswered",
    "denied-only",
    "alleged-only",
    "single-voice",
    "no-date",
    "no-passage",
    "undated-document",
    "unread-document",
)


class Stat(Record):
    """How many there are of something; `id` where the item is an entity or a term."""

    group: str
    item: str
    number: int
    note: str
    id: str


class TermRow(Record):
    """A term of the ontology; `used` counts the entities, claims or figures that have it.

    `broader` is the class above a class.
    """

    term: str
    kind: str
    label: str
    inverse: str
    domain: str
    range: str
    broader: str
    used: int
    definition: str


class Gap(Record):
    """Something that the ledger lacks; `sentence` and standing are those of the claim.

    Where a document is what lacks, the sentence is its name, and it has no standing.
    """

    gap: str
    sentence: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    standing: str
    detail: str
    closes: str
    id: str


def stats(graph: Graph, lens: Lens, *, top: int = 10) -> list[Stat]:
    """Counts of everything the lens shows, group by group, the most frequent first.

    Entities are those of the graph, through a lens those that its claims are about.
    `top` bounds the voices and the connected actors: members of classes that paths
    pass through, with as many others of them as asserted or alleged claims join them to.
    Cost: every claim once; the pairs of actors are held.
    """
    return list(_Stats(graph, lens).rows(top))


class _Stats:
    def __init__(self, graph: Graph, lens: Lens) -> None:
        self.terms, self.words = graph.terms, Wording(graph.ledger, graph.terms)
        self.kinds = {e.id: e.kind for e in graph.ledger.entities()}
        self.walked = {name for name in self.terms.classes if self.terms.walked(name)}
        self.relations: dict[str, int] = {}
        self.standings: dict[tuple[str, str], int] = {}
        self.stances: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.voices: dict[str, dict[str, int]] = {}
        self.joined: dict[str, set[str]] = {}
        self.days: list[str] = []
        self.claims = self.dated = 0
        ends: set[str] = set()
        for claim in Seen(graph, lens).claims():
            self._add(claim)
            ends |= {claim.subject, claim.object}
        self.entities = [e for e in self.kinds if lens.clear or e in ends]

    def _add(self, claim: Claim) -> None:
        self.claims += 1
        _tally(self.relations, claim.relation)
        standing = (claim.status, claim.basis)
        self.standings[standing] = self.standings.get(standing, 0) + 1
        days = [d for d in (claim.earliest, claim.latest) if d]
        self.dated += bool(days)
        self.days = [min(self.days + days), max(self.days + days)] if days else self.days
        for a in claim.attestations:
            _tally(self.stances, a.stance)
            _tally(self.documents, a.document)
            _tally(self.voices.setdefault(a.voice, {}), a.document)
        ends = {claim.subject, claim.object}
        actors = all(self.kinds.get(end) in self.walked for end in ends)
        if claim.supported and not claim.figure and actors and len(ends) == 2:
            for end in ends:
                self.joined.setdefault(end, set()).update(ends - {end})

    def rows(self, top: int) -> Iterator[Stat]:
        kinds: dict[str, int] = {}
        for name in self.entities:
            _tally(kinds, self.kinds[name])
        yield Stat("all", "entities", len(self.entities), "", "")
        yield Stat("all", "claims", self.claims, "", "")
        yield Stat("all", "attestations", sum(self.stances.values()), "", "")
        yield Stat("all", "documents read", len(self.documents), "", "")
        yield Stat("all", "voices", len(self.voices), "", "")
        span = f"{self.days[0]} to {self.days[1]}" if self.days else ""
        yield Stat("all", "dated claims", self.dated, span, "")
        for kind, n in _most(kinds):
            yield Stat("entities", self.terms.classes[kind].label, n, "", kind)
        for group, known in (("claims", self.terms.relations), ("figures", self.terms.measures)):
            used = {name: n for name, n in self.relations.items() if name in known}
            for name, n in _most(used):
                yield Stat(group, known[name].label, n, "", name)
        for status in STATUSES:
            for basis in BASES:
                if n := self.standings.get((status, basis), 0):
                    yield Stat("standing", f"{basis}, {status}".lower(), n, "", "")
        for stance in STANCES:
            if stance in self.stances:
                yield Stat("stances", stance, self.stances[stance], "", "")
        for document, n in _most(self.documents):
            yield Stat("documents", self.words.name(document), n, "", document)
        voices = {v: sum(where.values()) for v, where in self.voices.items()}
        for voice, n in _most(voices)[:top]:
            note = f"in {count(len(self.voices[voice]), 'document')}"
            yield Stat("voices", self.words.name(voice), n, note, voice)
        actors = {actor: len(others) for actor, others in self.joined.items()}
        for actor, n in _most(actors)[:top]:
            label = self.terms.classes[self.kinds[actor]].label
            yield Stat("connected", self.words.name(actor), n, label, actor)


def _tally(counts: dict[str, int], key: str) -> None:
    counts[key] = counts.get(key, 0) + 1


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def terms(graph: Graph, *, kind: str = "", text: str = "") -> list[TermRow]:
    """Every class, relation, measure and attribute, in this order, by label.

    `kind` is one of these, or event or state; `text` is looked for in name, labels
    and definition. A class counts the entities of narrower ones too. Raises
    UsageError for another kind. Cost: every entity and claim once.
    """
    kinds = ("class", "relation", "event", "state", "measure", "attribute")
    _known(kinds, kind, "kind of term")
    t = graph.terms
    groups: list[Mapping[str, Term]] = [t.classes, t.relations, t.measures, t.attributes]
    used = _used(graph)
    found = []
    for group in groups:
        for term in sorted(group.values(), key=lambda t: (folded(t.label), t.id)):
            relation = kind == "relation" and term.kind in ("event", "state")
            if (not kind or relation or term.kind == kind) and _mentions(term, text):
                found.append(
                    TermRow(
                        term.id,
                        term.kind,
                        term.label,
                        term.inverse,
                        term.domain,
                        term.range,
                        term.parent,
                        used.get((term.kind == "class", term.id), 0),
                        term.definition,
                    )
                )
    return found


def _mentions(term: Term, text: str) -> bool:
    labels = (label for _, label in term.labels)
    return any(folded(text) in folded(t) for t in (term.id, *labels, term.inverse, term.definition))


def _used(graph: Graph) -> dict[tuple[bool, str], int]:
    used: dict[tuple[bool, str], int] = {}
    for entity in graph.ledger.entities():
        line = [(True, name) for name in graph.terms.lineage(entity.kind)]
        for key in (*line, *((False, p) for p in {p for p, _ in entity.attributes})):
            used[key] = used.get(key, 0) + 1
    for claim in graph.ledger.claims():
        used[False, claim.relation] = used.get((False, claim.relation), 0) + 1
    return used


def gaps(graph: Graph, lens: Lens, *, kind: str = "", entity: str = "") -> list[Gap]:
    """What the ledger lacks, by kind of gap, and what would close each one.

    `disputed-unanswered`: put forward and opposed, with no later support and no remark
    on the opposition. `denied-only`: opposed, and nobody says it. `alleged-only`:
    nobody vouches for it. `single-voice`: one voice, in however many documents.
    `no-date`: an event that nobody dates, not even as unknown. `no-passage`: an
    attestation without its place in the text. `undated-document`: one that carries
    attestations. `unread-document`: cited by what was read, not read itself.

    A gap is no finding about the claim: it says what these documents leave open.
    `entity` keeps gaps of claims about one. Raises UsageError for another kind,
    NotFound. Cost: every claim once.
    """
    _known(GAPS, kind, "kind of gap")
    found = list(_Gaps(graph, lens).all(entity))
    return sorted((g for g in found if kind in ("", g.gap)), key=_urgency)


def _urgency(gap: Gap) -> tuple[int | str, ...]:
    """By kind; then opposed first, the weaker basis first, the fewer documents first."""
    if not gap.basis:
        # Documents come in their own order, the weightiest first.
        return (GAPS.index(gap.gap),)
    basis = -BASES.index(gap.basis)
    return GAPS.index(gap.gap), -gap.opposing, basis, gap.documents, gap.sentence, gap.id


class _Gaps:
    def __init__(self, graph: Graph, lens: Lens) -> None:
        self.graph, self.ledger, self.terms = graph, graph.ledger, graph.terms
        self.words = Wording(graph.ledger, graph.terms)
        self.seen = Seen(graph, lens)
        self.any = Seen(graph, lens._replace(statuses=(), bases=()))
        said = (a for claim in self.ledger.claims() for a in claim.attestations)
        self.read = {a.document for a in said}
        self.carried: dict[str, int] = {}
        self.undated: dict[str, int] = {}
        self.cited: dict[str, int] = {}

    def all(self, entity: str) -> Iterator[Gap]:
        if entity:
            self.ledger.entity(entity)
        pool = self.ledger.claims_about(entity) if entity else None
        for claim in self.seen.claims(pool):
            for a in claim.attestations:
                _tally(self.carried, a.document)
                if not a.said:
                    _tally(self.undated, a.document)
            for name in {name for a in claim.attestations for name in a.via}:
                _tally(self.cited, name)
            yield from self._of(claim)
        yield from self._documents()

    def _of(self, claim: Claim) -> Iterator[Gap]:
        living = [a for a in claim.attestations if a.living]
        support = [a for a in living if a.stance in SUPPORT]
        forward = support or [a for a in living if a.stance in TENTATIVE]
        against = self._against(claim) if claim.opposing else []
        if claim.status == "Denied":
            names = self._names(a.voice for a in against)
            yield self._gap(
                "denied-only",
                claim,
                f"{names} opposed it; nobody here puts it forward in these words",
                "the passage that this answers, or the claim that both sides mean",
            )
        elif against and (unanswered := self._unanswered(against, forward)):
            yield self._disputed(claim, unanswered, forward)
        if claim.basis == "Alleged":
            names = self._names(a.voice for a in support)
            detail = f"{names} alleged it; nobody asserts it"
            closes = "a voice that asserts it from what it knows itself, or what rules it out"
            yield self._gap("alleged-only", claim, detail, closes)
        if claim.supported and claim.voices == 1:
            yield self._single(claim, support)
        term = self.terms.relations.get(claim.relation)
        event = term and term.kind == "event"
        if event and forward and not any(a.period for a in living):
            days = [a.said_latest for a in support if a.said_latest]
            told = f"; told of no later than {min(days)}" if days else ""
            detail = f"an event, and nobody who puts it forward says when{told}"
            yield self._gap("no-date", claim, detail, "a passage that says when")
        if bare := [a for a in claim.attestations if not a.passage]:
            places = "; ".join(f"{self.words.name(a.document)}, {a.locator}" for a in bare)
            closes = "the position of the words in the document's text"
            detail = f"{count(len(bare), 'attestation')} without: {places}"
            yield self._gap("no-passage", claim, detail, closes)

    def _single(self, claim: Claim, support: Sequence[Attestation]) -> Gap:
        voice = support[0].voice
        name = self._names([voice])
        detail = f"rests on {name} alone"
        if claim.documents > 1:
            detail += f", repeated in {count(claim.documents, 'document')}"
        if voice in (claim.subject, claim.object):
            detail += ", which speaks of itself here"
        closes = f"a voice that does not draw on {name}"
        unread = dict.fromkeys(v for a in support for v in a.via if self._unread(v))
        if unread:
            closes += f"; not read yet: {self._names(unread)}"
        return self._gap("single-voice", claim, detail, closes)

    def _disputed(
        self, claim: Claim, unanswered: Sequence[Attestation], forward: Sequence[Attestation]
    ) -> Gap:
        names = self._names(a.voice for a in unanswered)
        detail = f"no support known to be later than what {names} said, no remark on it"
        if not all(a.said_latest for a in (*unanswered, *forward)):
            detail += "; some of it is undated"
        closes = f"what {self._names(a.voice for a in forward)} answered, or the day of each"
        return self._gap("disputed-unanswered", claim, detail, closes)

    def _against(self, claim: Claim) -> list[Attestation]:
        found = [a for a in claim.attestations if a.living and a.stance in OPPOSITION]
        if claim.opposing > len({a.voice for a in found}):
            # What stands instead of a denial is no opposition to the claim.
            for a in (a for a in claim.attestations if a.stance not in OPPOSITION):
                found += [b for b in self._shown_replacements(a) if b.voice != a.voice]
        return found

    def _unanswered(
        self, against: Sequence[Attestation], forward: Sequence[Attestation]
    ) -> list[Attestation]:
        return [
            a
            for a in against
            if not any(b.said_earliest > a.said_latest > "" for b in forward)
            and not any(b.voice != a.voice for b in self._remarks(a))
        ]

    def _remarks(self, a: Attestation) -> Iterator[Attestation]:
        about = self.ledger.claims_about(f"attestation/{a.id}")
        for claim in self.any.claims(about):
            yield from claim.attestations
        yield from self._shown_replacements(a)

    def _shown_replacements(self, a: Attestation) -> Iterator[Attestation]:
        for other in self.ledger.replacements(a.id):
            for home in self.any.claims([self.ledger.claim(other.claim)]):
                yield from (b for b in home.attestations if b.id == other.id)

    def _documents(self) -> Iterator[Gap]:
        for name, said in _most(self.carried):
            if not self.ledger.entity(name).value("publicationDate"):
                bare = self.undated.get(name, 0)
                detail = f"no date; nor have {bare:,} of its {count(said, 'attestation')}"
                closes = "when it was published; until then nobody can say what was known by when"
                yield self._about("undated-document", name, detail, closes)
        for name, claims in _most(self.cited):
            if self._unread(name):
                detail = f"{count(claims, 'claim')} drawn from it through other documents"
                closes = "its own passages, entered beside those that cite it"
                yield self._about("unread-document", name, detail, closes)

    def _unread(self, name: str) -> bool:
        """A document that others cite and from which no row was taken."""
        return name not in self.read and self._is_document(name)

    def _about(self, kind: str, name: str, detail: str, closes: str) -> Gap:
        return Gap(kind, self.words.name(name), "", "", 0, 0, 0, "", detail, closes, name)

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(self._name(i) for i in dict.fromkeys(ids))

    def _name(self, id_: str) -> str:
        """A name, a document's in quotation marks: many are whole sentences."""
        name = self.words.name(id_)
        return f"“{name}”" if self._is_document(id_) else name

    def _is_document(self, id_: str) -> bool:
        return self.terms.is_a(self.ledger.entity(id_).kind, "Document")

    def _gap(self, kind: str, claim: Claim, detail: str, closes: str) -> Gap:
        return Gap(
            kind,
            capital(self.words.claim(claim)),
            claim.status,
            claim.basis,
            claim.voices,
            claim.documents,
            claim.opposing,
            self.words.standing(claim),
            detail,
            closes,
            claim.id,
        )


def _known(group: Sequence[str], name: str, what: str) -> None:
    if name and name not in group:
        known = f"{name} is no {what}: expected one of {', '.join(group)}"
        raise UsageError(f"{known}; {did_you_mean(name, group)}".rstrip("; "))


def text(found: Sequence[Gap], width: int, *, each: int = 10) -> str:
    """Gaps for a terminal, by kind, at most so many of `each` (0: all), the others counted."""
    return "".join(line + "\n" for line in _gap_lines(found, width, each))


def _gap_lines(found: Sequence[Gap], width: int, each: int) -> Iterator[str]:
    for kind in GAPS:
        group = [g for g in found if g.gap == kind]
        if group:
            yield f"{kind} ({len(group):,})"
        for gap in group[: each or None]:
            yield wrap(gap.sentence, width, "  • ", "    ")
            if gap.standing:
                yield wrap(gap.standing, width, "    ")
            yield wrap(gap.detail, width, "    ")
            yield wrap(f"to close it: {gap.closes}", width, "    ", "      ")
        if each and len(group) > each:
            yield f"  … and {len(group) - each:,} more"


def stats_text(found: Sequence[Stat], width: int) -> str:
    """Counts for a terminal, a line each under their group's name."""
    lines: list[str] = []
    group = ""
    for stat in found:
        if stat.group != group:
            group = stat.group
            lines.append(f"{group}:")
        note = f" ({stat.note})" if stat.note else ""
        lines.append(wrap(stat.item + note, width, f"{stat.number:>7,}  ", " " * 9))
    return "\n".join(lines) + "\n"
