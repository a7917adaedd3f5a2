"""Records that may be one, each pair with what speaks for it and what against.

Nothing here decides: the number of a pair ranks it and is no probability. Which records are
worth a comparison is told by what their names have in common (`kg.text.likeness.keys`) and by values
that few have, so that each is compared with some others and not with all.
"""

from __future__ import annotations

from collections import Counter
from math import log2

from kg.analysis.called import called
from kg.analysis.filters import class_of
from kg.analysis.ties import Ties
from kg.model import dates
from kg.model.record import Record
from kg.text import likeness
from kg.text.likeness import ACRONYM, FORM, INITIALS, NEAR, ORDER, PART, SAME, SCRIPT, SOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.model.claims import Entity
    from kg.model.ontology import Ontology
    from kg.store.graph import Graph
    from kg.text.likeness import Likeness, Name

# What a likeness of names weighs, at most; together with other reasons up to 99.
_NAME = {
    SAME: 55,
    FORM: 50,
    SCRIPT: 48,
    ORDER: 45,
    NEAR: 45,
    INITIALS: 32,
    SOUND: 32,
    PART: 30,
    ACRONYM: 20,
}
_ID, _DAY, _YEAR, _RARE = 40, 25, 8, 12
_OTHER_DATE, _OTHER_ID, _OTHER_PLACE, _JOINED, _OTHER_CLASS = 40, 25, 12, 40, 10
# So many records with one key are all compared with each other; of more, those that also share a
# value, and with one whole name each with the first.
_BLOCK, _RARELY = 12, 5
# The roles of attributes whose value is one thing's alone.
_ONES = ("Code", "TextDigest", "Address")


class Pair(Record):
    """Two records that may be one: a number that ranks them, what speaks for it, what against.

    `left` has the more claims and would stand, `right` give way. `names` is in what way their names
    are alike, one of `kg.text.likeness.KINDS`, or empty.
    """

    score: int
    left_name: str
    right_name: str
    kind: str
    names: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    left: str
    right: str


class Proposals(Record):
    """The pairs, the likeliest first; how many an editor had judged, which keys were too common."""

    pairs: list[Pair]
    judged: int
    common: int


def duplicates(
    graph: Graph,
    seen: Graph | None = None,
    *,
    kind: str = "",
    entity: str = "",
    least: int = 30,
    judged: Collection[frozenset[str]] = (),
) -> Proposals:
    """Records that may be one and are not judged yet.

    `seen` is the graph through a lens, in which neighbours are looked for; `kind` a class, with
    those below it; `entity` an id, of which all pairs must be; pairs that rank below `least` are left
    out. Raises UsageError for a class that is none. Cost: linear in the records but for keys that
    many share; a hundred thousand take about half a minute.
    """
    terms = graph.terms
    kinds = terms.below(class_of(terms, kind)) if kind else ()
    looked = _Records(terms, list(called(graph, kinds)))
    ties = Ties(seen or graph)
    known, found = 0, []
    pairs, common = looked.pairs(entity)
    for a, b in pairs:
        if frozenset((looked.ids[a], looked.ids[b])) in judged:
            known += 1
        elif (made := looked.compared(a, b, ties)) and made.score >= least:
            found.append(made)
    found.sort(key=lambda p: (-p.score, p.left_name, p.left, p.right))
    return Proposals(found, known, common)


class _Records:
    """The records by number, with their names in all forms and what values they share."""

    def __init__(self, terms: Ontology, named: Sequence[tuple[Entity, Sequence[str]]]) -> None:
        self.terms = terms
        self.held = held = [e for e, _ in named]
        self.ids = [e.id for e in held]
        self.tables = [_table(terms, e.kind) for e in held]
        self.names = [tuple(map(likeness.named, names)) for _, names in named]
        self.foreign = [frozenset(terms.foreign_ids(e)) for e in held]
        self.values: Counter[tuple[str, str]] = Counter()
        self.words: Counter[str] = Counter()
        for e, names in zip(held, self.names, strict=True):
            self.values.update(e.attributes)
            self.words.update({w for n in names for w in n.words})

    def pairs(self, entity: str) -> tuple[Iterator[tuple[int, int]], int]:
        """The pairs worth a comparison, each once, and how many keys were too common."""
        blocks: dict[tuple[str, str], list[int]] = {}
        for number, names in enumerate(self.names):
            table = self.tables[number]
            found = {key for name in names for key in likeness.keys(name)}
            found |= {
                f"{prop}\x1f{value}"
                for prop, value in self.held[number].attributes
                if 1 < self.values[prop, value] <= _RARELY or self._one(prop)
            }
            found |= {"\x1f".join(pair) for pair in self.foreign[number]}
            for key in found:
                blocks.setdefault((table, key), []).append(number)
        wanted = self.ids.index(entity) if entity in self.ids else -1 if not entity else -2
        pairs: set[tuple[int, int]] = set()
        common = 0
        for (_, key), members in blocks.items():
            if len(members) < 2 or (wanted != -1 and wanted not in members):
                continue
            if wanted >= 0:
                pairs.update((min(wanted, m), max(wanted, m)) for m in members if m != wanted)
            elif len(members) <= _BLOCK:
                pairs.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
            else:
                # Of what many share, those are compared that have a value in common, too.
                for some in self._by_shared(members):
                    pairs.update((a, b) for i, a in enumerate(some) for b in some[i + 1 :])
                if key[0] == "=":
                    common += 1
                    pairs.update((members[0], m) for m in members[1:])
        return iter(sorted(pairs)), common

    def _by_shared(self, members: Sequence[int]) -> Iterator[list[int]]:
        groups: dict[tuple[str, str], list[int]] = {}
        for number in members:
            for pair in self.held[number].attributes:
                groups.setdefault(pair, []).append(number)
        return (some for some in groups.values() if 2 <= len(some) <= _BLOCK)

    def _one(self, prop: str) -> bool:
        return any(role in self.terms.attributes[prop].roles for role in _ONES)

    def compared(self, a: int, b: int, ties: Ties) -> Pair | None:
        """The pair with its reasons, or None where nothing speaks for it."""
        best = self._alike(a, b)
        for_, against = self._by_value(a, b)
        if best:
            like, ours, theirs = best
            told = f"{likeness.WORDS[like.kind]}: “{ours.text}”"
            told += f", “{theirs.text}”" * (ours.text != theirs.text)
            for_.insert(0, (self._weight(like, a, b), told))
        if not for_:
            return None
        one, other = self.held[a], self.held[b]
        shared = ties.shared(one.id, other.id)
        for_ += shared
        joined = ties.joined(one.id, other.id)
        if joined or (joined := self._refers(one, other) or self._refers(other, one)):
            against.append((_JOINED, f"one {self._label(joined)} the other"))
        if not (self.terms.is_a(one.kind, other.kind) or self.terms.is_a(other.kind, one.kind)):
            classes = " and ".join(self._class(e.kind) for e in (one, other))
            against.append((_OTHER_CLASS, f"{classes}: one class must be mended first"))
        score = sum(w for w, _ in for_) - sum(w for w, _ in against)
        if ties.degree(other.id) > ties.degree(one.id):
            one, other = other, one
        return Pair(
            max(0, min(99, round(score))),
            one.name,
            other.name,
            self._class(one.kind),
            best[0].kind if best else "",
            tuple(text for _, text in sorted(for_, key=lambda r: -r[0])),
            tuple(text for _, text in sorted(against, key=lambda r: -r[0])),
            one.id,
            other.id,
        )

    def _label(self, prop: str) -> str:
        term = self.terms.relations.get(prop) or self.terms.attributes[prop]
        return f"is the {term.label} of" if prop in self.terms.attributes else term.label

    def _refers(self, one: Entity, other: Entity) -> str:
        """The column of one record that names the other, empty if none does."""
        return next((p for p, v in one.attributes if v == other.id), "")

    def _class(self, kind: str) -> str:
        return self.terms.classes[kind].label

    def _alike(self, a: int, b: int) -> tuple[Likeness, Name, Name] | None:
        best, most = None, 0.0
        for ours in self.names[a]:
            for theirs in self.names[b]:
                like = likeness.alike(ours, theirs)
                if like and (weight := _NAME[like.kind] * like.degree) > most:
                    best, most = (like, ours, theirs), weight
        return best

    def _weight(self, like: Likeness, a: int, b: int) -> float:
        """What a likeness of names weighs: less where many records have the words in common."""
        rarest = min((self.words[w] for w in like.words if w in self.words), default=2)
        rare = max(0.6, 1 - 0.1 * log2(max(rarest, 2) / 2))
        return _NAME[like.kind] * (like.degree if like.kind != PART else 1) * rare

    def _by_value(self, a: int, b: int) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
        """What the columns of two records say for their being one, and what against."""
        for_: list[tuple[float, str]] = []
        against: list[tuple[float, str]] = []
        ours, theirs = _by_column(self.held[a]), _by_column(self.held[b])
        for prop in ours.keys() & theirs.keys():
            term = self.terms.attributes[prop]
            if "Description" in term.roles or "ForeignId" in term.roles:
                continue
            same = [v for v in ours[prop] if v in theirs[prop]]
            if term.datatype == "date":
                _compare_dates(term.label, ours[prop], theirs[prop], for_, against)
            elif same:
                held = self.values[prop, same[0]]
                few = self._one(prop) and held <= _RARELY
                weight = _ID if few else min(_RARE, log2(len(self.held) / held))
                value = self._shown(same[0]) if self.terms.refers(term) else same[0]
                for_.append((weight, f"the same {term.label}: {value}"))
            elif self._one(prop) or self.terms.refers(term):
                values = (self._shown(v[prop][0]) for v in (ours, theirs))
                weight = _OTHER_ID if self._one(prop) else _OTHER_PLACE
                against.append((weight, f"different {term.label}: {', '.join(values)}"))
        self._by_foreign_id(a, b, for_, against)
        return for_, against

    def _by_foreign_id(
        self, a: int, b: int, for_: list[tuple[float, str]], against: list[tuple[float, str]]
    ) -> None:
        ours, theirs = self.foreign[a], self.foreign[b]
        same = sorted(ours & theirs)
        for_ += [(_ID, f"the same id in {scheme}: {value}") for scheme, value in same]
        told = {scheme for scheme, _ in same}
        # One record may have several ids of a scheme; of another scheme says nothing.
        for scheme in sorted({s for s, _ in ours} & {s for s, _ in theirs} - told):
            values = (min(v for s, v in side if s == scheme) for side in (ours, theirs))
            against.append((_OTHER_ID, f"different ids in {scheme}: {', '.join(values)}"))

    def _shown(self, value: str) -> str:
        if not hasattr(self, "_called"):
            self._called = {e.id: e.name for e in self.held}
        return self._called.get(value, value)


def _by_column(entity: Entity) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for prop, value in entity.attributes:
        found.setdefault(prop, []).append(value)
    return found


def _compare_dates(
    label: str,
    ours: Sequence[str],
    theirs: Sequence[str],
    for_: list[tuple[float, str]],
    against: list[tuple[float, str]],
) -> None:
    one, other = dates.parse(ours[0]), dates.parse(theirs[0])
    if not (one.earliest and other.earliest):
        return
    if dates.after(one, other) or dates.after(other, one):
        against.append((_OTHER_DATE, f"different {label}: {one.text}, {other.text}"))
    else:
        exact = one.earliest == one.latest == other.earliest == other.latest
        both = one.text if one.text == other.text else f"{one.text}, {other.text}"
        for_.append((_DAY if exact else _YEAR, f"the same {label}: {both}"))


def _table(terms: Ontology, kind: str) -> str:
    """The class whose table holds a class: records of two tables are no one thing."""
    return next((c for c in terms.lineage(kind) if terms.classes[c].table), kind)


def text(pairs: Sequence[Pair], width: int) -> str:
    """The pairs for a terminal: the two, then what speaks for it and what against."""
    from kg.text.terminal import wrap

    lines = []
    for p in pairs:
        head = f"{p.left_name} ({p.left}) – {p.right_name} ({p.right}), {p.kind}"
        lines.append(wrap(head, width, f"{p.score:>3}  ", "     "))
        lines.append(wrap("; ".join(p.reasons), width, "     for: ", "     "))
        if p.against:
            lines.append(wrap("; ".join(p.against), width, "     against: ", "     "))
    return "".join(f"{line}\n" for line in lines)
