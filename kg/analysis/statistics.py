"""A graph as a whole: how much it holds, and which terms it uses."""

from __future__ import annotations

from collections import Counter

from kg.analysis.filters import known
from kg.model.claims import Claim
from kg.model.record import Record
from kg.model.standing import BASES, STANCES, STATUSES
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.text.names import folded
from kg.text.phrases import count
from kg.text.sentences import Wording
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model.ontology import Ontology, Term


class Stat(Record):
    """How many there are of something; `id` where the item is an entity or a term."""

    group: str
    item: str
    number: int
    note: str
    id: str


class TermRow(Record):
    """A term of the ontology; `used` counts the entities, claims, figures or rows that have it.

    `broader` is the class above a class; `roles` are what the term means to kg.
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
    iri: str
    roles: str


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
        self.relations = Counter[str]()
        self.standings = Counter[tuple[str, str]]()
        self.stances = Counter[str]()
        self.documents = Counter[str]()
        self.voices: dict[str, Counter[str]] = {}
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
        self.relations[claim.relation] += 1
        s = claim.standing
        self.standings[s.status, s.basis] += 1
        days = [d for d in (s.earliest, s.latest) if d]
        self.dated += bool(days)
        self.days = [min(self.days + days), max(self.days + days)] if days else self.days
        for a in claim.attestations:
            self.stances[a.stance] += 1
            self.documents[a.document] += 1
            if a.voice:
                self.voices.setdefault(a.voice, Counter())[a.document] += 1
        ends = {claim.subject, claim.object}
        actors = all(self.kinds.get(end) in self.walked for end in ends)
        if claim.supported and not claim.figure and actors and len(ends) == 2:
            for end in ends:
                self.joined.setdefault(end, set()).update(ends - {end})

    def rows(self, top: int) -> Iterator[Stat]:
        kinds = Counter(self.kinds[name] for name in self.entities)
        yield Stat("all", "entities", len(self.entities), "", "")
        yield Stat("all", "claims", self.claims, "", "")
        yield Stat("all", "attestations", sum(self.stances.values()), "", "")
        yield Stat("all", "documents read", len(self.documents), "", "")
        yield Stat("all", "voices", len(self.voices), "", "")
        span = f"{self.days[0]} to {self.days[1]}" if self.days else ""
        yield Stat("all", "dated claims", self.dated, span, "")
        for kind, n in most(kinds):
            yield Stat("entities", self.terms.classes[kind].label, n, "", kind)
        for group, named in (("claims", self.terms.relations), ("figures", self.terms.measures)):
            used = {name: n for name, n in self.relations.items() if name in named}
            for name, n in most(used):
                yield Stat(group, named[name].label, n, "", name)
        for status in STATUSES:
            for basis in BASES:
                if n := self.standings[status, basis]:
                    yield Stat("standing", f"{basis}, {status}".lower(), n, "", "")
        for stance in STANCES:
            if stance in self.stances:
                yield Stat("stances", stance, self.stances[stance], "", "")
        for document, n in most(self.documents):
            yield Stat("documents", self.words.name(document), n, "", document)
        voices = {v: sum(where.values()) for v, where in self.voices.items()}
        for voice, n in most(voices)[:top]:
            note = f"in {count(len(self.voices[voice]), 'document')}"
            yield Stat("voices", self.words.name(voice), n, note, voice)
        actors = {actor: len(others) for actor, others in self.joined.items()}
        for actor, n in most(actors)[:top]:
            label = self.terms.classes[self.kinds[actor]].label
            yield Stat("connected", self.words.name(actor), n, label, actor)


def most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was counted, the most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def terms(graph: Graph, *, kind: str = "", text: str = "") -> list[TermRow]:
    """Every class, relation, measure, attribute and quality, in this order, by label.

    `kind` is one of these, or event or state; `text` is looked for in name, labels
    and definition. A class counts the entities of narrower ones too. Raises
    UsageError for another kind. Cost: every entity and claim once.
    """
    return _listed(graph.terms, _used(graph), kind, text)


def declared(t: Ontology, *, kind: str = "", text: str = "") -> list[TermRow]:
    """The same of an ontology alone, before there is a graph: nothing is used yet."""
    return _listed(t, Counter(), kind, text)


def _listed(t: Ontology, used: Counter[tuple[bool, str]], kind: str, text: str) -> list[TermRow]:
    kinds = ("class", "relation", "event", "state", "measure", "attribute", "quality")
    known(kinds, kind, "kind of term", told=True)
    found = []
    for group in t.groups:
        for term in sorted(group.values(), key=lambda t: (folded(t.label), t.id)):
            relation = kind == "relation" and term.kind in ("event", "state")
            if (not kind or relation or term.kind == kind) and _mentions(term, text):
                found.append(
                    TermRow(
                        term.id,
                        term.kind,
                        term.label,
                        term.inverse,
                        " or ".join(term.on) or " and ".join(term.domains),
                        " and ".join(term.ranges),
                        " and ".join(term.parents),
                        used[term.kind == "class", term.id],
                        term.definition,
                        term.iri,
                        " and ".join(term.roles),
                    )
                )
    return found


def _mentions(term: Term, text: str) -> bool:
    labels = (label for _, label in term.labels)
    return any(folded(text) in folded(t) for t in (term.id, *labels, term.inverse, term.definition))


def _used(graph: Graph) -> Counter[tuple[bool, str]]:
    used = Counter[tuple[bool, str]]()
    for entity in graph.ledger.entities():
        used.update((True, name) for name in graph.terms.lineage(entity.kind))
        used.update((False, name) for name in {name for name, _ in entity.attributes})
    for claim in graph.ledger.claims():
        used[False, claim.relation] += 1
        for a in claim.attestations:
            used.update((False, name) for name in {name for name, _ in a.qualities})
    return used


def stats_text(found: Sequence[Stat], width: int, *, each: int = 20) -> str:
    """Counts for a terminal, a line each under their group's name, so many of each group at most."""
    lines: list[str] = []
    groups: dict[str, list[Stat]] = {}
    for stat in found:
        groups.setdefault(stat.group, []).append(stat)
    for group, stats in groups.items():
        lines.append(f"{group}:")
        for stat in stats[:each]:
            note = f" ({stat.note})" if stat.note else ""
            lines.append(wrap(stat.item + note, width, f"{stat.number:>7,}  ", " " * 9))
        if len(stats) > each:
            lines.append(f"         … and {len(stats) - each:,} more; a csv has all")
    return "\n".join(lines) + "\n"
