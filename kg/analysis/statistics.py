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
    Cost: of the whole graph a look at what was counted when it was built; through a lens every
    claim that it may show once, the pairs of actors being held.
    """
    tally = _Whole(graph) if lens.clear else _Through(graph, lens)
    return list(_rows(graph, tally, top))


class _Tally:
    """What is counted: of each kind how many, by its id."""

    kinds: dict[str, int]
    relations: dict[str, int]
    standings: dict[tuple[str, str], int]
    stances: dict[str, int]
    documents: dict[str, int]
    voices = claims = dated = 0
    days: Sequence[str] = ()

    def loudest(self, top: int) -> list[tuple[str, int, int]]:
        """(voice, how often it speaks, in how many documents) of those that speak most."""
        raise NotImplementedError

    def joined(self, top: int) -> list[tuple[str, int]]:
        """(actor, to how many others it is joined) of those that are to most."""
        raise NotImplementedError


class _Whole(_Tally):
    """All that a graph holds, as it was counted when it was built."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self._counts = graph, graph.ledger.counts
        of = self._counts.of
        self.kinds, self.relations, self.stances = of("class"), of("relation"), of("stance")
        self.documents = of("document")
        held = of("standing")
        pairs = ((name.partition(" "), n) for name, n in held.items())
        self.standings = {(status, basis): n for (status, _, basis), n in pairs}
        self.voices = self._counts.many("voice")
        self.claims, self.dated = sum(held.values()), of("dated").get("", 0)
        self.days = [day for day in self._counts.days() if day]

    def loudest(self, top: int) -> list[tuple[str, int, int]]:
        found = self._counts.most("voice", top)
        return [(voice, n, self._counts.spoken_in(voice)) for voice, n in found]

    def joined(self, top: int) -> list[tuple[str, int]]:
        from heapq import nsmallest

        net = self._graph.adjacency
        # Nodes stand in the order of their ids.
        ranked = nsmallest(top, ((-n, node) for node, n in enumerate(net.joined) if n))
        return [(net.name(node), -n) for n, node in ranked]


class _Through(_Tally):
    """What a lens shows."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        terms = graph.terms
        kinds = {e.id: e.kind for e in graph.ledger.entities()}
        walked = {name for name in terms.classes if terms.walked(name)}
        actors = {name for name, kind in kinds.items() if kind in walked}
        self.relations, self.stances = Counter[str](), Counter[str]()
        self.standings, self.documents = Counter[tuple[str, str]](), Counter[str]()
        self._voices: dict[str, Counter[str]] = {}
        self._joined: dict[str, set[str]] = {}
        ends: set[str] = set()
        for claim in Seen(graph, lens).claims():
            self._add(claim)
            pair = {claim.subject, claim.object}
            ends |= pair
            if claim.supported and not claim.figure and len(pair) == 2 and pair <= actors:
                for end in pair:
                    self._joined.setdefault(end, set()).update(pair - {end})
        self.kinds = Counter(kind for name, kind in kinds.items() if name in ends)
        self.voices = len(self._voices)

    def _add(self, claim: Claim) -> None:
        self.claims += 1
        self.relations[claim.relation] += 1
        s = claim.standing
        self.standings[s.status, s.basis] += 1
        days = [d for d in (s.earliest, s.latest) if d]
        self.dated += bool(days)
        span = [*self.days, *days]
        self.days = [min(span), max(span)] if span else ()
        for a in claim.attestations:
            self.stances[a.stance] += 1
            self.documents[a.document] += 1
            if a.voice:
                self._voices.setdefault(a.voice, Counter())[a.document] += 1

    def loudest(self, top: int) -> list[tuple[str, int, int]]:
        voices = {v: sum(where.values()) for v, where in self._voices.items()}
        return [(voice, n, len(self._voices[voice])) for voice, n in most(voices)[:top]]

    def joined(self, top: int) -> list[tuple[str, int]]:
        return most({actor: len(others) for actor, others in self._joined.items()})[:top]


def _rows(graph: Graph, tally: _Tally, top: int) -> Iterator[Stat]:
    terms, words = graph.terms, Wording(graph.ledger, graph.terms)
    yield Stat("all", "entities", sum(tally.kinds.values()), "", "")
    yield Stat("all", "claims", tally.claims, "", "")
    yield Stat("all", "attestations", sum(tally.stances.values()), "", "")
    yield Stat("all", "documents read", len(tally.documents), "", "")
    yield Stat("all", "voices", tally.voices, "", "")
    span = " to ".join(tally.days)
    yield Stat("all", "dated claims", tally.dated, span, "")
    for kind, n in most(tally.kinds):
        yield Stat("entities", terms.classes[kind].label, n, "", kind)
    for group, named in (("claims", terms.relations), ("figures", terms.measures)):
        used = {name: n for name, n in tally.relations.items() if name in named}
        for name, n in most(used):
            yield Stat(group, named[name].label, n, "", name)
    for status in STATUSES:
        for basis in BASES:
            if n := tally.standings.get((status, basis), 0):
                yield Stat("standing", f"{basis}, {status}".lower(), n, "", "")
    for stance in STANCES:
        if stance in tally.stances:
            yield Stat("stances", stance, tally.stances[stance], "", "")
    for document, n in most(tally.documents):
        yield Stat("documents", words.name(document), n, "", document)
    for voice, n, places in tally.loudest(top):
        yield Stat("voices", words.name(voice), n, f"in {count(places, 'document')}", voice)
    for actor, n in tally.joined(top):
        label = terms.classes[graph.ledger.entity(actor).kind].label
        yield Stat("connected", words.name(actor), n, label, actor)


def most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was counted, the most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def terms(graph: Graph, *, kind: str = "", text: str = "") -> list[TermRow]:
    """Every class, relation, measure, attribute and quality, in this order, by label.

    `kind` is one of these, or event or state; `text` is looked for in name, labels
    and definition. A class counts the entities of narrower ones too. Raises
    UsageError for another kind.
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
    """How many have each term: (whether it is a class, term)."""
    used = Counter[tuple[bool, str]]()
    counts = graph.ledger.counts
    for kind, n in counts.of("class").items():
        for name in graph.terms.lineage(kind):
            used[True, name] += n
    for what in ("attribute", "relation", "quality"):
        for name, n in counts.of(what).items():
            used[False, name] += n
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
